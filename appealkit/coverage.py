"""A letter beside the notice that it answers: which question about which issue is answered by which sentences."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from appealkit.language import Lang
from appealkit.notice import QUESTIONS, Issue, Notice, Question, orders_in
from appealkit.papers import enclosing, kinds_of_papers
from appealkit.phrases import around, holds, pattern
from appealkit.remarks import Remark
from appealkit.roles import Role, Sentence
from appealkit.span import Span
from appealkit.tables import load
from appealkit.ties import Issues, Tied, tied
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

    @property
    def perhaps(self) -> tuple[Sentence, ...]:
        """The sentences that might fill its gap: none that shifts the fault, disputes it or names nothing, which answers nothing."""
        return tuple(sentence for sentence in self.loose if sentence.signals.isdisjoint(_NO_ANSWER)) if self.gap else ()

    @property
    def beside(self) -> tuple[Sentence, ...]:
        """The papers that the letter hands in besides those that answer: of another kind than is asked for, or tied to no issue."""
        others = (sentence for sentence in self.loose if sentence not in self.sentences)
        return tuple(others) if self.question == "evidence" and self.sentences else ()


_NO_ANSWER = frozenset(["blame", "denial", "vague-cause"])  # signals


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
        orders: the numbers of the orders that the notice names and the letter does not; none where no letter is judged, or asked for.
    """

    notice: Notice
    rows: tuple[Row, ...]
    unjudged: Remark | None = None
    orders: tuple[str, ...] = ()

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

    A sentence answers a question about an issue when its role fits the question, and when it is about the issue: by the heading above it,
    by the label in front of it, by naming it, by more words about it than about its neighbours, by the words in which the notice tells it,
    by words of the cause of this issue alone, or else, loosely, by the sentence before it in the same paragraph; or because the notice
    names no other, and nothing in the sentence, its paragraph or its cause is about another complaint. What is tied to no issue might
    answer any, and closes no gap. A heading may name an issue or a cause; below one of another complaint only a sentence that names an
    issue itself answers it; and under no heading none that tells of a subject which the issue cannot be about, such as a carrier beside
    used items. What is said of all issues, where it names none and stands under no heading, counts for all of them, and a refund for each
    that money mends. What the notice asks without naming a complaint, such as the cause of the order defect rate, is answered by what is
    surely about no other issue, and by what names the rate. What tells of a complaint that none of the other issues is, such as something
    broken beside late shipments, is about the claims, or ratings, if the notice asks about these. Papers of a kind that is asked for are
    not answered by those of another.

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
    asked = {issue.id: tuple(_evidence_asked(notice, issue)) for issue in notice.issues}
    wanted = {issue: _papers_in(parts) for issue, parts in asked.items()}
    proofs = {issue: stems(" ".join(parts)) for issue, parts in asked.items()}
    answers: dict[tuple[str, Question], list[Sentence]] = {}
    loose: dict[tuple[str, Question], list[Sentence]] = {}
    letter = list(tied(() if annotation.unjudged else annotation.sentences, notice))
    proven = _proven({issue.id: asked[issue.id] for issue in notice.issues if issue.evidence and _can_prove(wanted, issue.id)}, letter)
    for sentence, issues, perhaps, headed in letter:
        for question in _answered(sentence, headed=headed):
            proves = issues | rate if question == "evidence" else issues
            if question == "evidence":
                proves |= frozenset(issue for issue, said in proofs.items() if issue in proven and len(said & stems(sentence.text)) > 1)
            unfit = frozenset(issue for issue in proves if question == "evidence" and not _fits(sentence, wanted[issue]))
            for issue in proves - unfit:
                answers.setdefault((issue, question), []).append(sentence)
            for issue in perhaps | unfit:
                loose.setdefault((issue, question), []).append(sentence)
    rows = tuple(_row(issue, answers, loose, proven) for issue in notice.issues)
    named = orders_in("\n".join(sentence.text for sentence in annotation.sentences))
    orders = tuple(order for order in notice.orders if order not in named) if rows and not annotation.unjudged else ()
    return Coverage(notice, rows, annotation.unjudged, orders)


_Answers = Mapping[tuple[str, Question], Sequence[Sentence]]


def _row(issue: Issue, answers: _Answers, loose: _Answers, proven: Issues) -> Row:
    found = ((question, [tuple(told.get((issue.id, question), ())) for told in (answers, loose)]) for question in QUESTIONS)
    asked = {question: issue.asks(question) and (question != "evidence" or issue.id in proven) for question in QUESTIONS}
    return Row(issue, tuple(Cell(question, asked[question], *told) for question, told in found))


_ASIDE = re.compile(r" and |[;,(]")
_STOP = re.compile(r"[;\u3002\uff1b]|\n(?=[ >]{0,20}(?:\n|[-*\u2022\d(]))|\.\s")
_PRODUCT = re.compile(r"(?<![a-z\d])b0[a-z\d]{8}(?![a-z\d])")
_THINGS = re.compile(
    r"\b(?:for|about|regarding|concerning) ([a-z' -]{3,60}?)(?= (?:issued|dated|from|that|which|with|in|within|covering)\b|[^a-z' -]|\Z)"
)
_VERB = 3  # words: fewer in front of an enclosed paper, or of what was ordered, tell of nothing else that is done


def _answered(sentence: Sentence, *, headed: bool) -> Iterator[Question]:
    """Yield the questions that a sentence answers by its role and its words."""
    if Role.CAUSE in sentence.roles:
        yield "cause"
    lower = sentence.text.lower()
    below = pattern("letter", "papers").search(lower) if headed else None
    enclosed = enclosing(lower)
    only = below or (enclosed and _tells_nothing(lower[: enclosed.start]))
    pending = pattern("letter", "pending").search(lower)
    to_come = pending and _tells_nothing(lower[: pending.start()])
    once = Role.ACTION_PLANNED in sentence.roles and holds(lower, "letter", "once")
    done = (Role.ACTION_TAKEN in sentence.roles or once) and not only and not to_come
    if done:
        yield "taken"
    planned = Role.ACTION_PLANNED in sentence.roles and not (below and len(lower[: below.start()].split()) <= _VERB)
    if planned or (done and (has("prevention", lower) or _lasts(lower))):
        yield "prevention"
    if below or holds(lower, "letter", "evidence"):
        yield "evidence"


def _proven(asking: Mapping[str, Sequence[str]], letter: Sequence[Tied]) -> Issues:
    """Return the issues of which evidence is asked: that about a thing, or a product, is asked where the letter's cause names it."""
    causes = [(sentence.text.lower(), issues) for sentence, issues, *_ in letter if Role.CAUSE in sentence.roles]
    about = {part: _about(part, causes) for parts in asking.values() for part in parts}
    return frozenset(
        issue
        for issue, parts in asking.items()
        if not parts or any(about[part].isdisjoint(asking) or issue in about[part] for part in parts)
    )


def _can_prove(wanted: Mapping[str, frozenset[str]], issue: str) -> bool:
    """Can the papers that are asked for be about an issue? Where they can be about none of the issues, they are asked of each."""
    proofs = load("notices.toml")["letter"]["proof"]
    able = frozenset[str]().union(*[proofs[kind].get("of", wanted) for kind in wanted[issue]])
    return issue in able or able.isdisjoint(wanted)


def _about(asked: str, causes: Sequence[tuple[str, Issues]]) -> Issues:
    """Return the issues whose causes name the products, or else the things, that papers are asked for; none where one stays unnamed."""
    numbers = _PRODUCT.findall(asked)
    things = [thing for found in _THINGS.findall(asked) for thing in found.split(" and ")]
    named = [[issues for text, issues in causes if number in text] for number in numbers]
    if not all(named) or not named:
        known = [stems(thing) for thing in things if not holds(thing, "letter", "things")]
        named = [[issues for text, issues in causes if words and words <= stems(text)] for words in known]
    return frozenset().union(*[issue for each in named for issue in each]) if all(named) else frozenset()


def products_of_papers(notice: Notice) -> tuple[str, ...]:
    """Return the numbers of the products that papers are asked for, where they are asked of several issues.

    Args:
        notice: the notice.

    >>> from appealkit.reading import read_notice
    >>> asked = "Buyers report late shipments and defective items. Tell us the root cause of both. Attach invoices for ASIN B0FAKE1234."
    >>> products_of_papers(read_notice(asked))
    ('B0FAKE1234',)
    """
    parts = [set(_evidence_asked(notice, issue)) for issue in notice.issues if issue.evidence]
    shared = set.intersection(*parts) if len(parts) > 1 else ()
    return tuple(sorted({number.upper() for part in shared for number in _PRODUCT.findall(part)}))


def _papers_in(parts: Iterable[str]) -> frozenset[str]:
    """Return the kinds of papers that are asked for; none when any will do."""
    asked: set[str] = set()
    for words in parts:
        kinds = kinds_of_papers(words, "asked")
        if not kinds or holds(words, "letter", "such"):
            return frozenset()
        asked |= kinds
    return frozenset(asked)


def _evidence_asked(notice: Notice, issue: Issue) -> Iterator[str]:
    """Yield the parts of sentences that ask for evidence about an issue, in lower case."""
    for label, span in notice.cues:
        if label == f"{issue.id}.evidence":
            yield Span(*around(_STOP, notice.text, *span)).of(notice.text).lower()


def _fits(sentence: Sentence, wanted: frozenset[str]) -> bool:
    """Can the papers that a sentence names be among those that are asked for? What is not known can."""
    given = kinds_of_papers(sentence.text.lower(), "given")
    return not wanted or not given or bool(given & wanted)


def _tells_nothing(words: str) -> bool:
    """Do the words before "enclose", or before what was ordered, tell of nothing else that was done?"""
    *others, _ = ["", *_ASIDE.split(words)]
    return max(len(other.split()) for other in others) <= _VERB


def _lasts(lower: str) -> bool:
    """Does it tell what is done since some day? What was paid since then is done."""
    return holds(lower, "letter", "lasting") and not holds(lower, "letter", "everyone")
