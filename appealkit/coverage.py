"""A letter beside the notice that it answers: which question about which issue is answered by which sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from appealkit.notice import QUESTIONS, Issue, Notice, Question
from appealkit.phrases import pattern
from appealkit.roles import Role, Sentence
from appealkit.segment import Layout, Span
from appealkit.text import Lang, load
from appealkit.topics import has, topics


class Read(Protocol):
    """What has been read sentence by sentence, such as an annotation."""

    @property
    def sentences(self) -> Sequence[Sentence]:
        """The sentences in order."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One question about one issue, and the sentences that answer it.

    Args:
        question: `cause`, `taken`, `prevention` or `evidence`.
        asked: the notice asks it.
        spans: the sentences of the letter that answer it.
    """

    question: Question
    asked: bool
    spans: tuple[Span, ...] = ()

    @property
    def gap(self) -> bool:
        """Is it asked and left without an answer?"""
        return self.asked and not self.spans


@dataclass(frozen=True, slots=True)
class Row:
    """One issue with all four questions.

    Args:
        issue: the issue.
        cells: one cell a question, in the order of the notice reader.
    """

    issue: Issue
    cells: tuple[Cell, ...]

    def ask(self, question: Question, lang: Lang) -> str:
        """Return the question that a gap leaves to be answered."""
        words: str = load("notices.toml")["question"][question]["ask"][lang]
        return words.format(issue=self.issue.name(lang))


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which questions of a notice a letter answers.

    Args:
        rows: one row an issue, in the order of the notice.
    """

    rows: tuple[Row, ...]

    @property
    def gaps(self) -> tuple[tuple[str, Question], ...]:
        """The questions that are asked and not answered, each with the id of its issue."""
        return tuple((row.issue.id, cell.question) for row in self.rows for cell in row.cells if cell.gap)


def coverage(annotation: Read, notice: Notice) -> Coverage:
    """Lay a letter beside a notice.

    A sentence answers a question about an issue when its role fits the question, and when it is about the issue: by its words, by its
    topic, by the heading above it, or because the notice names no other.

    Args:
        annotation: the letter, as `annotate` returns it.
        notice: what the notice asks, as `read_notice` returns it.

    Returns:
        The coverage: a row for each issue.

    >>> from appealkit.annotate import annotate
    >>> from appealkit.notice import read_notice
    >>> notice = read_notice("Please tell us the root cause of late shipments, and how you will prevent late shipments.")
    >>> coverage(annotate("The cause was that one person packed all parcels."), notice).gaps
    (('late-shipment', 'prevention'),)
    """
    answers: dict[tuple[str, Question], list[Span]] = {}
    for sentence, issues in _about(annotation.sentences, notice.issues):
        for question in _answered(sentence):
            for issue in issues:
                answers.setdefault((issue, question), []).append(sentence.span)
    return Coverage(tuple(_row(issue, answers) for issue in notice.issues))


def _row(issue: Issue, answers: dict[tuple[str, Question], list[Span]]) -> Row:
    return Row(issue, tuple(Cell(question, issue.asks(question), tuple(answers.get((issue.id, question), ()))) for question in QUESTIONS))


_FRAME = {Layout.NOTICE, Layout.GREETING, Layout.SIGNOFF, Layout.HEADING}


def _about(sentences: Sequence[Sentence], issues: tuple[Issue, ...]) -> Iterator[tuple[Sentence, frozenset[str]]]:
    """Yield the sentences of the letter's body, each with the issues that it is about."""
    every = frozenset(issue.id for issue in issues)
    section: frozenset[str] = frozenset()
    for sentence in sentences:
        if sentence.layout is Layout.HEADING:
            section = _named(sentence.text, every) or section
        if sentence.layout in _FRAME:
            continue
        yield sentence, every if len(every) == 1 else _named(sentence.text, every) | (section or _topical(sentence.text, every))


def _named(text: str, issues: frozenset[str]) -> frozenset[str]:
    lower = text.lower()
    return frozenset(issue for issue in issues if pattern("issue", issue, "phrases").search(lower))


def _topical(text: str, issues: frozenset[str]) -> frozenset[str]:
    known = load("notices.toml")["issue"]
    return frozenset(issue for issue in issues if topics(text).intersection(known[issue]["topics"]))


def _answered(sentence: Sentence) -> Iterator[Question]:
    """Yield the questions that a sentence answers by its role and its words."""
    if Role.CAUSE in sentence.roles:
        yield "cause"
    if Role.ACTION_TAKEN in sentence.roles:
        yield "taken"
    if Role.ACTION_PLANNED in sentence.roles or (Role.ACTION_TAKEN in sentence.roles and has("prevention", sentence.text)):
        yield "prevention"
    if pattern("letter", "evidence").search(sentence.text.lower()):
        yield "evidence"
