"""What no step answers: a cause of the letter, an issue of the notice."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from appealkit.checks.draft import Draft, Found, about
from appealkit.checks.patterns import any_of
from appealkit.checks.plan import prevents, repairs
from appealkit.coverage import coverage
from appealkit.language import LANGS, listed
from appealkit.notice import question_name
from appealkit.roles import STEPS, Role, Sentence
from appealkit.segment import Layout
from appealkit.ties import causes_numbered
from appealkit.topics import stems, topics


def unanswered_issue(draft: Draft) -> Iterator[Found]:
    """Find questions of the notice that no sentence answers."""
    if draft.notice is None:
        return
    for row in coverage(draft, draft.notice).rows:
        gaps = [cell.question for cell in row.cells if cell.gap]
        if gaps:
            told = {f"issue@{lang}": row.issue.name(lang) for lang in LANGS}
            told |= {f"asked@{lang}": listed((question_name(gap, lang) for gap in gaps), lang) for lang in LANGS}
            yield None, told


def uncovered_cause(draft: Draft) -> Iterator[Found]:
    """Find causes that no step answers."""
    if not draft.steps:
        return
    causes = _told_causes(draft)
    # What stands outside the list of causes, or admits, tells of one that is told elsewhere.
    points = [cause for cause in causes if Layout.ITEM in [sentence.layout for sentence in cause]]
    plain = [cause for cause in causes if not all(Role.ACKNOWLEDGEMENT in sentence.roles for sentence in cause)]
    causes = points or (plain if len(plain) > 1 else causes)
    if not any(map(prevents, draft.steps)):
        yield from (about("uncovered-cause", cause[0]) for cause in causes)
        return
    if len(causes) < 2:
        return
    steps = _told_steps(draft)
    told = tuple([" ".join([sentence.text for sentence in cause]) for cause in causes])
    of_all = _EVERY + _MANY * (len(causes) > _FEW) - _STEP * min(len(steps), _MOST_STEPS)
    left = [
        cause[0]
        for cause, beside in zip(causes, _beside(told, steps), strict=True)
        if of_all + _LAST * (cause is causes[-1]) + _UNMET * beside.unmet > _ANSWERED * beside.answered
        and any(Role.CAUSE in sentence.clear for sentence in cause)  # what is perhaps none is not held against a letter
    ]
    if left:
        below = _below_own_heading(draft, causes)
        yield from (about("uncovered-cause", cause) for cause in left if cause.start not in below)


def _below_own_heading(draft: Draft, causes: Sequence[Sequence[Sentence]]) -> set[int]:
    """Return where the causes begin that are the only one below their heading, with a step: it answers them, whatever its words."""
    headings = [sentence.start for sentence in draft.sentences if sentence.layout is Layout.HEADING]
    sections = [bisect_right(headings, cause[0].start) for cause in causes]
    of_causes = Counter(sections)
    of_steps = {bisect_right(headings, step.start) for step in draft.steps if _may_answer(step)}
    return {
        cause[0].start
        for cause, section in zip(causes, sections, strict=True)
        if section > 0 and of_causes[section] == 1 and section in of_steps
    }


def _told_steps(draft: Draft) -> tuple[str, ...]:
    """Return the steps that may answer a cause, the first below a heading with it: some headings name the cause."""
    steps, above = [], ""
    for sentence in draft.sentences:
        if sentence.layout is Layout.HEADING:
            above = sentence.text
        elif not STEPS.isdisjoint(sentence.roles) and _may_answer(sentence):
            steps.append(f"{above} {sentence.text}" if above else sentence.text)
            above = ""
    return tuple(steps)


def _may_answer(step: Sentence) -> bool:
    """Might a step answer a cause? One that watches the results would answer every cause, one that only repaired an order answers none."""
    return Role.COMMITMENT not in step.roles and (Role.ACTION_PLANNED in step.roles or not repairs(step))


_OF_EVERYTHING = {"quality"}  # "we check" and "defect" stand beside every cause
# How much speaks for it that a cause is left open, as it was found among the labelled letters: that it is one of several; of more than a
# few; the last; and each subject of it of which no step speaks.
_EVERY, _MANY, _LAST, _UNMET = 5, 8, 5, 3
_FEW = 2
# How much speaks against it: each step, up to so many, as it may answer in other words; and what steps share with it alone.
_STEP, _ANSWERED = 5, 7
_MOST_STEPS = 5


_DIGITS = 6  # of what is shared: more would hang on the order of adding
_NAMED = 4.0  # a step that names a cause by its number answers it, whatever its words


_Having = dict[str, list[int]]
"""Of each mark, the numbers of the causes that have it."""


class _Beside(NamedTuple):
    """A cause beside the steps."""

    unmet: int  # of how many of its subjects no step speaks
    answered: float  # what the steps that are nearest to it share with it, beyond what they share with the next one


def _beside(causes: tuple[str, ...], steps: Sequence[str]) -> list[_Beside]:
    """Lay causes beside steps, each of which answers the one that it is nearest to."""
    answered = [0.0] * len(causes)
    for step in steps:
        for number, share in _answers(causes, step):
            answered[number] += share
    met = frozenset().union(*map(topics, steps))
    return [_Beside(len(some - met), total) for some, total in zip(_subjects(causes)[0], answered, strict=True)]


# While somebody types, the causes and most steps stay.


@lru_cache(maxsize=256)
def _answers(causes: tuple[str, ...], step: str) -> list[tuple[int, float]]:
    """Return the numbers of the causes that a step answers, by what it shares with each beyond the next one, or by its number."""
    named = [(number - 1, _NAMED) for number in sorted(causes_numbered(step)) if 0 < number <= len(causes)]
    _, *having = _subjects(causes)
    marks_of = zip(having, (topics(step), stems(step)), strict=True)
    shared = [0.0] * len(causes)
    for those, marks in marks_of:
        for mark in marks.intersection(those):
            for number in those[mark]:
                shared[number] += 1 / len(those[mark])  # what several causes are about tells less
    second, first = sorted(shared)[-2:]
    return [*named, (shared.index(first), round(first - second, _DIGITS))]


@lru_cache(maxsize=8)
def _subjects(causes: tuple[str, ...]) -> tuple[list[frozenset[str]], _Having, _Having]:
    """Return the topics of each cause, and by topic and by stem the numbers of the causes that have it."""
    subjects = [topics(cause) - _OF_EVERYTHING for cause in causes]
    return subjects, _having(subjects), _having(map(stems, causes))


def _having(marks_of: Iterable[frozenset[str]]) -> _Having:
    """Return, for each mark, the numbers of the causes that have it."""
    having: _Having = {}
    for number, marks in enumerate(marks_of):
        for mark in marks:
            having.setdefault(mark, []).append(number)
    return having


_FURTHER = re.compile(rf"{any_of('further')}\b", re.IGNORECASE)
_NO_CAUSE = STEPS | {Role.HEADING}  # what a cause cannot be besides: with a step it is answered, and as a heading told below


def _told_causes(draft: Draft) -> list[list[Sentence]]:
    """Return the causes, each with the sentences that tell it: a paragraph goes on about one until it says or shows that another comes."""
    causes: list[list[Sentence]] = []
    last_step = draft.steps[-1].start
    for sentence in draft.by_role[Role.CAUSE]:
        if sentence.start > last_step or not sentence.roles.isdisjoint(_NO_CAUSE):
            continue
        last = causes[-1][-1] if causes else None
        if last and last.block == sentence.block and not _FURTHER.match(sentence.text) and not draft.parted(last, sentence):
            causes[-1].append(sentence)
        else:
            causes.append([sentence])
    return causes
