"""What a letter commits to: each step with its state, its day and its person; each statement with its documents."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from appealkit.annotate import Annotation, annotate
from appealkit.case import Action, Case, Status
from appealkit.due import deadline
from appealkit.letter import Letter
from appealkit.marketplaces import english_of
from appealkit.phrases import pattern
from appealkit.roles import STEPS, Role, Sentence
from appealkit.segment import Layout
from appealkit.span import Span
from appealkit.stated.days import days_in
from appealkit.steps import after_we, misfits
from appealkit.tables import load
from appealkit.topics import words_of_kind
from appealkit.vocabulary import months, number_words, weekdays

Gap = Literal["status", "wording", "when", "who"]


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step of the plan, as the facts or the letter tell it.

    Args:
        what: the step.
        status: `done`, `running` or `planned`; None when the facts do not say.
        when: the day it was done, began or will begin; empty when it is not told.
        who: the person or post; empty when it is not told.
        misfits: whether its words say another tense than its state.
    """

    what: str
    status: Status | None
    when: str = ""
    who: str = ""
    misfits: bool = False

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What is still to be told: the state, words that fit it, a day, and for a step to come a person too."""
        needed: dict[Gap, object] = {"status": self.status, "wording": not self.misfits, "when": self.when}
        if self.status == "planned":
            needed["who"] = self.who
        return tuple(name for name, told in needed.items() if not told)


@dataclass(frozen=True, slots=True)
class Proof:
    """One statement of the letter, and what proves it.

    Args:
        statement: a cause or a step; empty for documents that stand by themselves.
        documents: what is enclosed for it, in the letter's words.
        due: False for a step that is still to come: nothing of it can be proved yet; and for a cause: what was not done leaves no paper.
        cause: whether it is a cause.
    """

    statement: str
    documents: tuple[str, ...]
    due: bool = True
    cause: bool = False


Source = Case | Letter | Annotation | str
"""Facts, a letter written from facts, or any other letter."""


def ledger(source: Source) -> tuple[PlanStep, ...]:
    """List the steps of a plan, with their states, days and persons.

    Args:
        source: facts, a letter written from facts, or any other letter. From facts everything is known; of any other letter only what
            its sentences say is taken, word for word.

    Returns:
        One entry a step, in the order of the facts or of the letter.

    >>> [(step.status, step.when, step.who) for step in ledger("- From 1 April 2026 Chen Bo will count the shelf every morning.")]
    [('planned', '1 April 2026', 'Chen Bo')]
    """
    case = _facts(source)
    if case:
        return tuple(_known(action, case) for action in case.actions if action.what)
    return tuple(_read(sentence) for sentence in _body(source) if sentence.roles & STEPS)


def proofs(source: Source) -> tuple[Proof, ...]:
    """List the statements of a letter, each with the documents that prove it.

    Args:
        source: facts, a letter written from facts, or any other letter.

    Returns:
        One entry a statement, causes before steps; last, without a statement, the documents that stand by themselves.

    >>> proofs(Case(causes=[{"failed": "We counted once a week"}], evidence=[{"what": "the stock sheet", "proves": "c1"}]))
    (Proof(statement='We counted once a week', documents=('the stock sheet',), due=False, cause=True),)
    """
    case = _facts(source)
    return tuple(_proved(case) if case else _enclosed(source))


def _facts(source: Source) -> Case | None:
    if isinstance(source, Letter):
        return source.case
    return source if isinstance(source, Case) else None


def _body(source: Source) -> list[Sentence]:
    """Return the sentences of a letter that is known by its words alone, without the headings."""
    annotation = source if isinstance(source, Annotation) else annotate(str(source))
    return [sentence for sentence in annotation.sentences if sentence.layout is not Layout.HEADING]


# -- from facts -----------------------------------------------------------------------------------------------------------


def _known(action: Action, case: Case) -> PlanStep:
    until = deadline(action.what) if action.status == "planned" else None
    when = english_of(case.marketplace).day(action.when) if action.when else until[0] if until else ""
    alone = "I" if case.voice == "I" and action.status == "planned" and after_we(action, "I") else ""
    return PlanStep(action.what, action.status, when, action.who or alone, misfits(action))


def _proved(case: Case) -> Iterator[Proof]:
    def documents(name: str | None) -> tuple[str, ...]:
        return tuple(item.what for item in case.evidence if item.what and item.proves == name)

    for cause in case.causes:
        if cause.failed:
            yield Proof(cause.failed, documents(cause.id), due=False, cause=True)
    for action in case.actions:
        if action.what:
            yield Proof(action.what, documents(action.id), action.status != "planned")
    if documents(None):
        yield Proof("", documents(None))


# -- from any letter --------------------------------------------------------------------------------------------------------


def _enclosed(source: Source) -> Iterator[Proof]:
    statements: list[tuple[Sentence, list[str]]] = []
    for sentence in _body(source):
        if sentence.roles & {Role.CAUSE, *STEPS}:
            statements.append((sentence, []))
        if statements and statements[-1][0].block == sentence.block:  # "(Enclosed: …)" may be a sentence of its own behind the statement
            statements[-1][1].extend(_documents(" ".join(sentence.text.split())))
    for sentence, documents in sorted(statements, key=lambda statement: Role.CAUSE not in statement[0].roles):
        cause = sentence.roles.isdisjoint(STEPS)
        due = not cause and _state(sentence) != "planned"
        yield Proof(" ".join(sentence.text.split()), tuple(documents), due, cause)


def _documents(told: str) -> list[str]:
    return _ENCLOSED.findall(told) or ([told] if pattern("letter", "evidence").search(told.lower()) else [])


_ENCLOSED = re.compile(r"\((?:Enclosed|Attached|See): ([^()]{1,300}?)\.?\)", re.IGNORECASE)


def _read(sentence: Sentence) -> PlanStep:
    told = " ".join(sentence.text.split())
    day = min(_days(told), default=Span(0, 0))
    return PlanStep(told, _state(sentence), day.of(told).rstrip("."), _person(told))


def _state(sentence: Sentence) -> Status:
    if Role.ACTION_PLANNED not in sentence.roles:
        return "done"
    told = " ".join(sentence.text.split())
    to_come = {found.end() for found in _words("to_come", " (?:on )?").finditer(told)}
    return "planned" if _words("planned", r"\b").search(told) or any(day.start in to_come for day in _days(told)) else "running"


@cache
def _words(name: str, behind: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(load('ledger.toml')[name])}){behind}", re.IGNORECASE)


def _days(told: str) -> list[Span]:
    """Return where a sentence tells days, periods, or months with their year."""
    days = (span for span, readings in days_in(told) if readings and (readings[0][0][2] or readings[0][0][0]))
    return [*days, *(Span(*found.span()) for found in _SHORT.finditer(told))]


_SHORT = re.compile(r"\b\d{1,2}([/.])\d{1,2}\1\d\d\b")
"""A day in digits with a short year, which elsewhere may be anything: 4/5/26."""


_RESPONSIBLE = re.compile(r"\bresponsible: ([^();.]{1,100})", re.IGNORECASE)
_I_WILL = re.compile(r"\bI(?: will|['\u2019]ll)\b")
_CAPITAL = r"[A-Z][a-z][\w'-]*"
_NAME = re.compile(
    rf"(?:^(?P<full>{_CAPITAL}(?: {_CAPITAL}){{1,2}})"
    rf"|(?<![\w'-])(?P<before>[\w'-]++)(?P<mark>[.,:]?) (?P<name>{_CAPITAL}(?: {_CAPITAL}){{0,2}}))"
    r"(?= (?:will|now|also|has|in|[a-z]{2,}(?:s|ed)) )"
    r"|^(?P<first>[A-Z][a-z]++)(?= (?:(?<!s )will (?!be |not )|(?:now )?[a-z]{3,}s (?:a|all|each|every|one|the) ))"
)
"""A name that does something: behind another word, or at the beginning where two capitals or what follows tell it from a noun."""


def _person(told: str) -> str:
    """Return who answers for a step: the person named as responsible, a name that does something, a post, or who signs as “I”."""
    if found := _RESPONSIBLE.search(told):
        return found.group(1).strip()
    words = load("ledger.toml")
    for match in _NAME.finditer(told):
        name: str = match["full"] or match["name"] or match["first"]
        before = (match["before"] or "").lower()
        labelled = match["mark"] == ":" and not _of_calendar(match["before"])
        if before not in words["not_before"] and not labelled and not any(_no_person(word) for word in name.split()):
            return name
    posts = (word for word in re.findall(r"[A-Za-z]+", told) if word.lower() in words_of_kind("responsible")[0])
    return next((post for post in posts if post.lower() not in words["no_person"]), "I" if _I_WILL.search(told) else "")


def _no_person(word: str) -> bool:
    return word.lower() in {*load("ledger.toml")["no_person"], *number_words()} or _of_calendar(word)


def _of_calendar(word: str) -> bool:
    return word.isdecimal() or word.lower() in months() or word.lower().removesuffix("s") in weekdays()
