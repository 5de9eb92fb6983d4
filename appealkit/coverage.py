"""A letter beside the notice that it answers: which question about which issue is answered by which sentences."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from appealkit.notice import COUNTED, QUESTIONS, Issue, Notice, Question
from appealkit.phrases import Keys, found_in, holds, pattern
from appealkit.remarks import Remark
from appealkit.roles import Role, Sentence
from appealkit.segment import FRAME, Layout, Span
from appealkit.text import Lang, load
from appealkit.topics import has, stems


class Read(Protocol):
    """What has been read sentence by sentence, such as an annotation."""

    @property
    def sentences(self) -> Sequence[Sentence]:
        """The sentences in order."""

    @property
    def unjudged(self) -> Remark | None:
        """Why it is not judged; None when it is."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One question about one issue, and the sentences that answer it.

    Args:
        question: `cause`, `taken`, `prevention` or `evidence`.
        asked: the notice asks it.
        sentences: the sentences of the letter that answer it.
        loose: sentences that might answer it, or do so by where they stand alone: no word of theirs ties them to the issue.
    """

    question: Question
    asked: bool
    sentences: tuple[Sentence, ...] = ()
    loose: tuple[Sentence, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where in the letter it is answered."""
        return tuple(sentence.span for sentence in self.sentences)

    @property
    def gap(self) -> bool:
        """Is it asked and left without an answer?"""
        return self.asked and not self.sentences


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
        notice: the notice.
        rows: one row an issue, in the order of the notice.
        unjudged: why the letter is not judged, and answers nothing; None when it is.
    """

    notice: Notice
    rows: tuple[Row, ...]
    unjudged: Remark | None = None

    @property
    def gaps(self) -> tuple[tuple[str, Question], ...]:
        """The questions that are asked and not answered, each with the id of its issue."""
        return tuple((row.issue.id, cell.question) for row in self.rows for cell in row.cells if cell.gap)

    def __repr__(self) -> str:
        """Return one line an issue, with the number of answers or the gap for each question that is asked."""
        return "\n".join(f"{row.issue.id}: {', '.join(map(_told_of, row.cells))}" for row in self.rows) or "no issue"

    def _repr_html_(self) -> str:
        from appealkit.notice_view import show_coverage  # noqa: PLC0415 - the view depends on the table; only notebooks ask for this

        return show_coverage(self, "en").html


def _told_of(cell: Cell) -> str:
    return f"{cell.question} {'open' if cell.gap else len(cell.sentences) or 'not asked'}"


def coverage(annotation: Read, notice: Notice) -> Coverage:
    """Lay a letter beside a notice.

    A sentence answers a question about an issue when its role fits the question, and when it is about the issue: because the notice names
    no other, by the heading above it, by naming it, by more words about it than about its neighbours, by words of the cause of this issue
    alone, or else, loosely, by the sentence before it in the same paragraph. What is tied to no issue might answer any, and closes no
    gap. Below a heading that names an issue which is not asked about, only a sentence that names one itself answers it; and under no
    heading none that tells of a subject which the issue cannot be about, such as a carrier beside used items. Refunds and what is said of
    all issues, where they name none and stand under no heading, count for all of them. What the notice asks without naming a complaint,
    such as the cause of the order defect rate, is answered by what is surely about no other issue, and by what names the rate.

    Args:
        annotation: the letter, as `annotate` returns it.
        notice: what the notice asks, as `read_notice` returns it.

    Returns:
        The coverage: a row for each issue.

    >>> from appealkit.annotate import annotate
    >>> from appealkit.reading import read_notice
    >>> notice = read_notice("Please tell us the root cause of late shipments, and how you will prevent late shipments.")
    >>> coverage(annotate("The cause was that one person packed all parcels."), notice).gaps
    (('late-shipment', 'prevention'),)
    """
    rate = frozenset(issue.id for issue in notice.issues if issue.metric)  # papers about any complaint are papers about the rate
    answers: dict[tuple[str, Question], list[Sentence]] = {}
    loose: dict[tuple[str, Question], list[Sentence]] = {}
    for sentence, issues, perhaps, headed in _about(() if annotation.unjudged else annotation.sentences, notice.issues):
        for question in _answered(sentence, headed=headed):
            for issue in issues | rate if question == "evidence" else issues:
                answers.setdefault((issue, question), []).append(sentence)
            for issue in perhaps:
                loose.setdefault((issue, question), []).append(sentence)
    return Coverage(notice, tuple(_row(issue, answers, loose) for issue in notice.issues), annotation.unjudged)


_Answers = Mapping[tuple[str, Question], Sequence[Sentence]]


def _row(issue: Issue, answers: _Answers, loose: _Answers) -> Row:
    found = ((question, [tuple(told.get((issue.id, question), ())) for told in (answers, loose)]) for question in QUESTIONS)
    return Row(issue, tuple(Cell(question, issue.asks(question), *told) for question, told in found))


_RATE: tuple[Keys, ...] = (
    ("metric", "odr", "phrases"),
    ("metric", "odr", "counted"),
    *(("issue", name, "phrases") for name in sorted(COUNTED)),
)
_PARTS = re.compile(r" and |;|, (?=\w{1,20}ed )", re.IGNORECASE)
_ASIDE = re.compile(r" and |[;,(]")
_VERB = 3  # words: fewer in front of an enclosed paper tell of nothing else that was done
_SPACE = 1  # character between two sentences of a paragraph
_NO_SECTION = COUNTED | {"refund", "other"}
"""What a heading names that tells of no complaint by itself: under "Refunds" stands what was done."""
_UNNAMED = frozenset({"other"})
"""What a notice asks about without naming a complaint."""


def _about(sentences: Sequence[Sentence], issues: tuple[Issue, ...]) -> Iterator[tuple[Sentence, frozenset[str], frozenset[str], bool]]:
    """Yield the sentences of the letter's body, and what they are about.

    Yields:
        The sentence; the issues that it is about; those to which no word of its own ties it; and whether its heading hands papers in.
    """
    every = frozenset(issue.id for issue in issues)
    unnamed, rate = every & _UNNAMED, frozenset(issue.id for issue in issues if issue.metric)
    apart = any(sentence.layout is Layout.HEADING and _named(sentence.text, every) for sentence in sentences)
    section: frozenset[str] | None = None
    headed = False
    before: tuple[int, frozenset[str]] = (0, frozenset())
    causes: dict[str, frozenset[str]] = {}
    for sentence in sentences:
        if sentence.layout is Layout.HEADING:
            section = _section(sentence.text, every, section, rate, apart=apart)
            headed = pattern("letter", "headed").search(sentence.text.lower()) is not None
        if sentence.layout in FRAME:
            continue
        can = _able(sentence.text, every) if section is None else every
        if section is None:
            about = can & (every if len(every) == 1 or _of_all(sentence.text, every) else _told(sentence.text, every))
        else:
            about = _within(sentence.text, section) if section else _named(sentence.text, every)
        if section is None and about <= {"refund"} and Role.ACTION_TAKEN in sentence.roles and _for_everyone(sentence.text):
            about = can
        hardly = bool(about) and section is None and not _named(sentence.text, every)
        if rate and (hardly or _of_the_rate(sentence.text)):
            about |= rate
        about = about or (can & _of_causes(sentence.text, causes) if section is None else about)
        if Role.CAUSE in sentence.roles:
            causes |= {issue: causes.get(issue, frozenset()) | stems(sentence.text) for issue in about}
        perhaps: frozenset[str] = frozenset()
        if not about and sentence.span.start - before[0] <= _SPACE:
            about = before[1] & can
            perhaps = can if about else perhaps
        before = sentence.span.end, about
        if not about and section is None:
            about, perhaps = (can, perhaps) if headed else (unnamed, can)
        yield sentence, about, perhaps, headed


def _of_causes(text: str, causes: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the issue with whose causes alone a sentence shares words, or more of them than with those of any other."""
    words = stems(text)
    shared = {issue: len(words & told) for issue, told in causes.items()}
    most = max(shared.values(), default=0)
    nearest = frozenset(issue for issue, count in shared.items() if most and count == most)
    return nearest if len(nearest) == 1 else frozenset()


def _able(text: str, issues: frozenset[str]) -> frozenset[str]:
    """Return the issues that a sentence can be about.

    Where a part of it is about a known subject, these are the issues that go with it, and those that the rest has words for, or it names.
    """
    subjects = load("notices.toml")["letter"]["subject"]
    told = {
        part: next((name for name in subjects if holds(part, "letter", "subject", name, "words")), "")
        for part in _PARTS.split(text.lower())
    }
    if not any(told.values()):
        return issues
    fit = [subjects[name]["of"] if name else _most(part, issues) for part, name in told.items()]
    return issues & _named(text, issues).union(COUNTED, _UNNAMED, *fit)


def _of_all(text: str, issues: frozenset[str]) -> bool:
    """Does it speak of all issues, and name none of them?"""
    return holds(text.lower(), "letter", "all") and not _named(text, issues)


def _of_the_rate(text: str) -> bool:
    """Does it name the order defect rate, or what it counts?"""
    return any(holds(text.lower(), *keys) for keys in _RATE)


def _section(
    heading: str, every: frozenset[str], above: frozenset[str] | None, rate: frozenset[str], *, apart: bool
) -> frozenset[str] | None:
    """Return the issues that a heading governs.

    Where it names another complaint alone, that is the rate that counts it, if that is asked about. Where other headings keep the issues
    `apart`, one about the order defect rate has a part of its own. A single issue goes by the name of a like one, too.
    """
    known = load("notices.toml")
    named = _named(heading, frozenset(known["issue"]))
    if named & every:
        return named & every
    others = named - _NO_SECTION
    if len(every) == 1:
        others = others.difference(*[group for group in known["letter"]["alike"].values() if every.intersection(group)])
    own = _of_the_rate(heading) if rate else apart and holds(heading.lower(), *_RATE[0])
    return rate if others or own else above


def _for_everyone(text: str) -> bool:
    """Does it tell what was done for buyers, whatever they complained of? What was paid on claims was not done for all."""
    lower = text.lower()
    return bool(pattern("letter", "everyone").search(lower)) and not any(pattern("issue", name, "letter").search(lower) for name in COUNTED)


def _within(text: str, section: frozenset[str]) -> frozenset[str]:
    """Return the issues of a heading; of several, those that the sentence is about, if it is about any of them."""
    return section if len(section) == 1 else _told(text, section) or section


def _told(text: str, issues: frozenset[str]) -> frozenset[str]:
    """Return the issues that the parts of a sentence name, or else those that most of their words are about: like issues share words."""
    return frozenset(issue for part in _PARTS.split(text) for issue in _named(part, issues) or _most(part, issues))


def _most(text: str, issues: frozenset[str]) -> frozenset[str]:
    lower = text.lower()
    words = {issue: len({found.group() for found in pattern("issue", issue, "letter").finditer(lower)}) for issue in issues}
    most = max(words.values(), default=0)
    return frozenset(issue for issue, count in words.items() if most and count == most)


def _named(text: str, issues: frozenset[str]) -> frozenset[str]:
    (found,) = found_in([text.lower()], [("issue", issue, "phrases") for issue in sorted(issues)])
    return frozenset(keys[1] for keys in found)


def _answered(sentence: Sentence, *, headed: bool) -> Iterator[Question]:
    """Yield the questions that a sentence answers by its role and its words."""
    if Role.CAUSE in sentence.roles:
        yield "cause"
    lower = sentence.text.lower()
    enclosed = pattern("letter", "evidence").search(lower)
    papers = holds(lower, "letter", "papers")
    done = Role.ACTION_TAKEN in sentence.roles and not (enclosed and papers and _only_encloses(lower[: enclosed.start()]))
    if done:
        yield "taken"
    if Role.ACTION_PLANNED in sentence.roles or (done and (has("prevention", lower) or _lasts(lower))):
        yield "prevention"
    if enclosed or (headed and papers):
        yield "evidence"


def _only_encloses(words: str) -> bool:
    """Do the words before "enclose" tell of nothing else that was done?"""
    *others, _ = ["", *_ASIDE.split(words)]
    return max(len(other.split()) for other in others) <= _VERB


def _lasts(lower: str) -> bool:
    """Does it tell what is done since some day? What was paid since then is done."""
    return holds(lower, "letter", "lasting") and not holds(lower, "letter", "everyone")
