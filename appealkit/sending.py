"""The last look at a letter: the three questions, the steps, the evidence, own words and length, each by itself and all in one table."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from textwrap import shorten
from typing import get_args

from appealkit.annotate import Annotation, as_annotation
from appealkit.cards import cited
from appealkit.case import Status
from appealkit.export import Answer, three_answers
from appealkit.language import Lang, listed, principle_name, say
from appealkit.ledger import PlanStep, Proof, ledger, proofs
from appealkit.letter import Letter
from appealkit.notice import QUESTIONS, Question, question_name
from appealkit.roles import STEPS, Principle, Sentence
from appealkit.segment import Layout
from appealkit.share import share
from appealkit.tables import load
from appealkit.text import count_words
from appealkit.view import View, render, sentence

_SHORT = 60  # characters of a step that are repeated


@dataclass(frozen=True, slots=True)
class _Cell:
    """What stands in one place of a table: words, whether they are the letter's own, and whether something is still open."""

    words: tuple[str, ...]
    english: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class ReadingTime:
    """How long a letter is, and how long it takes to read.

    Args:
        words: its words, without a pasted notice.
        silent: seconds in which an adult reads it silently.
        aloud: seconds in which an adult reads it aloud.
    """

    words: int
    silent: int
    aloud: int


def reading_time(letter: str | Letter | Annotation) -> ReadingTime:
    """Tell how long reading a letter takes.

    Args:
        letter: any text, an assembled letter, or a letter that is annotated already.

    Returns:
        Words and seconds, at the speeds of the card `reading-time`: an average of readers, not of reviewers.

    >>> reading_time("We refunded all four buyers.")
    ReadingTime(words=5, silent=1, aloud=2)
    """
    own = (sentence.text for sentence in as_annotation(letter).sentences if sentence.layout is not Layout.NOTICE)
    words = sum(count_words(text) for text in own)
    speed = load("ledger.toml")["reading"]
    return ReadingTime(words, round(60 * words / speed["silent"]), round(60 * words / speed["aloud"]))


def show_questions(letter: str | Letter | Annotation, lang: Lang) -> View:
    """Show which sentences answer the three questions of a plan: root cause, actions taken, prevention.

    Args:
        letter: any text, an assembled letter, or a letter that is annotated already.
        lang: language of the explanation, `en` or `zh-Hant`.

    Returns:
        The view; a question without a sentence says so.
    """
    rows = [
        (_Cell((question_name(question, lang),)), _told(_points(answer), say("sending.unanswered", lang)))
        for question, answer in _answers(as_annotation(letter))
    ]
    return _table("questions", ("question", "answer"), rows, lang, [cited("plan-of-action", lang)])


def show_ledger(letter: str | Letter | Annotation, lang: Lang) -> View:
    """Show the steps of a letter as a ledger: done on, running since, planned by whom and when.

    Args:
        letter: an assembled letter, whose facts are known, or any other, of which only what its sentences say is taken.
        lang: language of the explanation, `en` or `zh-Hant`.

    Returns:
        The view; what is not told stands there as a question.
    """
    rows = [
        (
            _Cell((step.what,), english=True),
            _Cell((say(f"form.choice.status-{step.status}", lang),) if step.status else (say("sending.not-told", lang),)),
            _told([step.when], say("sending.not-told", lang), open_="when" in step.gaps),
            _told([step.who], say("sending.not-told", lang), open_="who" in step.gaps),
            _Cell(tuple(_asks(step, lang)) or (say("sending.complete", lang),), open=bool(step.gaps)),
        )
        for step in ledger(letter)
    ]
    notes = [cited("letter-steps", lang)] if rows else [say("sending.no-steps", lang)]
    return _table("ledger", ("step", "status", "when", "who", "open"), rows, lang, notes)


def show_evidence(letter: str | Letter | Annotation, lang: Lang) -> View:
    """Show what proves each cause and each step.

    Args:
        letter: an assembled letter, whose facts are known, or any other, of which only what its sentences say is taken.
        lang: language of the explanation, `en` or `zh-Hant`.

    Returns:
        The view; a step without a document asks for one, unless it is still to come.
    """
    rows = [
        (
            _Cell((proof.statement,), english=True) if proof.statement else _Cell((say("sending.alone", lang),)),
            _told(proof.documents, say(f"sending.{_lack(proof)}", lang), open_=proof.due),
        )
        for proof in proofs(letter)
    ]
    notes = [cited("evidence", lang)] if rows else [say("sending.no-statements", lang)]
    return _table("evidence", ("statement", "documents"), rows, lang, notes)


def _lack(proof: Proof) -> str:
    """Tell what is said where a statement has no document."""
    return "unproved" if proof.due else "of-cause" if proof.cause else "not-due"


def show_own_words(letter: str | Letter | Annotation, lang: Lang) -> View:
    """Show which words of a letter run along with a sample.

    Args:
        letter: any text, an assembled letter, or a letter that is annotated already.
        lang: language of the explanation, `en` or `zh-Hant`.

    Returns:
        The view: each run with its length and the text that has it.
    """
    annotation = as_annotation(letter)
    overlap = annotation.own_words
    rows = [
        (
            _Cell((" ".join(run.span.of(annotation.text).split()),), english=True),
            _Cell((str(run.words),)),
            _Cell(tuple(sample.describe(lang) for sample in run.samples)),
        )
        for run in (overlap.runs if overlap else ())
    ]
    shared = [say("sending.shared", lang, shared=overlap.shared)] if overlap else []
    return _table("own-words", ("run", "count", "sample"), rows, lang, [*shared, *_of_kit(letter, lang), cited("own-words", lang)])


def _of_kit(letter: str | Letter | Annotation, lang: Lang) -> Iterator[str]:
    """Tell how many words of a letter written from facts are sentences of the kit: no sample has them, and they are not own words."""
    if isinstance(letter, Letter):
        yield say("form.share", lang, **share(letter)._asdict())


def show_reading_time(letter: str | Letter | Annotation, lang: Lang) -> View:
    """Show how long a letter is, and how long it takes to read.

    Args:
        letter: any text, an assembled letter, or a letter that is annotated already.
        lang: language of the explanation, `en` or `zh-Hant`.

    Returns:
        The view; a letter that is very short or very long is pointed out as a judgement of this kit.
    """
    time = reading_time(letter)
    return _table("length", (), [], lang, [_time(time, lang), *_length(time, lang), cited("reading-time", lang), cited("length", lang)])


def show_sending(letter: str | Letter | Annotation, lang: Lang) -> View:
    """Show the last look in one table: principles, questions, steps, evidence, own words and length.

    Args:
        letter: any text, an assembled letter, or a letter that is annotated already.
        lang: language of the explanation, `en` or `zh-Hant`.

    Returns:
        The view: for each of them what was seen and what is still open, and below what no program can see. It gives no score.
    """
    annotation = as_annotation(letter)
    if annotation.unjudged:  # where nothing is judged, nothing is found
        return sentence(annotation.unjudged.say(lang), lang)
    rows = [
        (_Cell((what,)), _Cell((seen,)), _Cell(left or (say("sending.nothing-open", lang),), open=bool(left)))
        for what, seen, left in (*_by_principle(annotation, lang), *_by_question(annotation, lang), *_by_facts(letter, annotation, lang))
    ]
    return _table("caption", ("what", "seen", "open"), rows, lang, [say("sending.yours", lang)])


_Row = tuple[str, str, tuple[str, ...]]


def _by_principle(annotation: Annotation, lang: Lang) -> Iterator[_Row]:
    for principle in Principle:
        findings = [finding.message(lang) for finding in annotation.findings if finding.rule.principle is principle]
        serving = annotation.serving(principle)
        left = *findings, *_elsewhere(serving, annotation, lang, here=principle)
        yield principle_name(principle, lang), say("sending.sentences", lang, count=len(serving)), left


def _by_question(annotation: Annotation, lang: Lang) -> Iterator[_Row]:
    for question, answer in _answers(annotation):
        count = len(answer.sentences)
        left = tuple(_elsewhere(answer.sentences, annotation, lang)) if count else (say("sending.unanswered", lang),)
        yield question_name(question, lang), say("sending.sentences", lang, count=count), left


def _elsewhere(sentences: Collection[Sentence], annotation: Annotation, lang: Lang, here: Principle | None = None) -> Iterator[str]:
    """Tell how many sentences have findings that stand in the rows of other principles: they are not in order for that."""
    ends = [sentence.end for sentence in annotation.sentences]
    marked: dict[Sentence, set[Principle]] = defaultdict(set)
    for finding in annotation.findings:
        if finding.span and finding.rule.principle is not here:
            marked[annotation.sentences[bisect_right(ends, finding.span.start)]].add(finding.rule.principle)
    if found := [marked[sentence] for sentence in sentences if sentence in marked]:
        names = [say("notice.words", lang, words=principle_name(name, lang)) for name in Principle if name in set().union(*found)]
        yield say("sending.elsewhere", lang, count=len(found), principles=listed(names, lang))


def _answers(annotation: Annotation) -> Iterator[tuple[Question, Answer]]:
    """Pair the answers with the questions, which have the same names; evidence is looked at by itself."""
    return zip(QUESTIONS, three_answers(annotation), strict=False)


def _points(answer: Answer) -> Iterator[str]:
    return (line.removeprefix("- ") for line in answer.text.splitlines())


def _by_facts(letter: str | Letter | Annotation, annotation: Annotation, lang: Lang) -> Iterator[_Row]:
    steps, statements, overlap, time = ledger(letter), proofs(letter), annotation.own_words, reading_time(annotation)
    states = Counter(step.status for step in steps)
    counts = {state: states[state] for state in get_args(Status)}
    plan = [sentence for sentence in annotation.sentences if sentence.roles & STEPS]
    gaps = *(_gap(step, lang) for step in steps if step.gaps), *_elsewhere(plan, annotation, lang)
    yield say("form.field.actions", lang), say("sending.steps", lang, **counts), gaps if steps else (say("sending.no-steps", lang),)
    due = [proof for proof in statements if proof.statement and (proof.due or proof.documents)]
    proved = say("sending.proved", lang, proved=sum(bool(proof.documents) for proof in due), statements=len(due))
    nothing = say("sending.not-due" if statements else "sending.no-statements", lang)
    yield say("form.field.evidence", lang), proved, tuple(_unproved(due, lang)) if due else (nothing,)
    if overlap:
        shared = say("sending.shared", lang, shared=overlap.shared)
        seen = " ".join([shared, *_of_kit(letter, lang)])
        yield say("sending.own", lang), seen, tuple(sample.describe(lang) for sample in overlap.samples)
    yield say("sending.length", lang), _time(time, lang), tuple(_length(time, lang))


def _gap(step: PlanStep, lang: Lang) -> str:
    return say("sending.gap", lang, what=shorten(step.what, _SHORT, placeholder=" …"), asks=" ".join(_asks(step, lang)))


def _asks(step: PlanStep, lang: Lang) -> Iterator[str]:
    return (say(f"sending.ask.{gap}", lang) for gap in step.gaps)


def _unproved(statements: Iterable[Proof], lang: Lang) -> Iterator[str]:
    for proof in statements:
        if not proof.documents:
            what = shorten(proof.statement, _SHORT, placeholder=" …")
            yield say("sending.gap", lang, what=what, asks=say("sending.unproved", lang))


def _time(time: ReadingTime, lang: Lang) -> str:
    return say("sending.reading", lang, words=time.words, silent=_clock(time.silent), aloud=_clock(time.aloud))


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def _length(time: ReadingTime, lang: Lang) -> Iterator[str]:
    limits = load("ledger.toml")["reading"]
    if time.words < limits["short"]:
        yield say("sending.short", lang, limit=limits["short"])
    if time.words > limits["long"]:
        yield say("sending.long", lang, limit=limits["long"])


def _told(words: Iterable[str], otherwise: str, *, open_: bool = True) -> _Cell:
    """Make a cell of words of the letter, or of what is said where there are none."""
    told = tuple(filter(None, words))
    return _Cell(told, english=True) if told else _Cell((otherwise,), open=open_)


def _table(name: str, columns: Iterable[str], rows: Iterable[tuple[_Cell, ...]], lang: Lang, notes: list[str]) -> View:
    heads = [say(f"sending.{column}", lang) for column in columns]
    values = {"caption": say(f"sending.{name}", lang), "heads": heads, "rows": list(rows), "notes": notes}
    return View(render("sending.html.j2", lang, **values), render("sending.txt.j2", lang, **values).rstrip())
