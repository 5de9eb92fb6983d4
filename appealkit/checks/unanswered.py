"""What no step answers: a cause of the letter, an issue of the notice."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache, partial
from itertools import chain
from typing import NamedTuple

from appealkit.checks.draft import Draft, Found, about
from appealkit.checks.patterns import any_of
from appealkit.checks.plan import prevents, repairs
from appealkit.coverage import coverage
from appealkit.notice import question_name
from appealkit.roles import Role, Sentence
from appealkit.segment import Layout
from appealkit.text import LANGS, Memory, say
from appealkit.topics import listed, topics, words_of


def unanswered_issue(draft: Draft) -> Iterator[Found]:
    """Find questions of the notice that no sentence answers."""
    if draft.notice is None:
        return
    for row in coverage(draft, draft.notice).rows:
        gaps = [cell.question for cell in row.cells if cell.gap]
        if gaps:
            told = {f"issue@{lang}": row.issue.name(lang) for lang in LANGS}
            told |= {f"asked@{lang}": say("case.between", lang).join(question_name(gap, lang) for gap in gaps) for lang in LANGS}
            yield None, told


def uncovered_cause(draft: Draft) -> Iterator[Found]:
    """Find causes that no step answers."""
    if not draft.steps:
        return
    causes = _told_causes(draft)
    if causes and not any(map(prevents, draft.steps)):
        yield about("uncovered-cause", causes[0][0])
        return
    steps = [step.text for step in draft.steps if _may_answer(step)]
    # What stands outside the list of causes, or admits, tells of one that is told elsewhere.
    points = [cause for cause in causes if Layout.ITEM in [sentence.layout for sentence in cause]]
    plain = [cause for cause in causes if not all(Role.ACKNOWLEDGEMENT in sentence.roles for sentence in cause)]
    causes = next((some for some in (points, plain) if len(some) > 1), causes)
    if len(causes) < 2:
        return
    told = [" ".join([sentence.text for sentence in cause]) for cause in causes]
    laid = _beside(tuple(told), tuple(steps))
    free = set(steps).difference(*[beside.answers for beside in laid])
    in_other_words = _FREE * len(free) + _MORE * max(0, len(steps) - len(causes))
    # What is about no known subject is what happened, rather than why, or too vague to be answered.
    open_causes = [cause for cause, beside in zip(causes, laid, strict=True) if beside.known and not beside.answers]
    if len(open_causes) * _OPEN > in_other_words:
        yield from (about("uncovered-cause", cause[0]) for cause in open_causes)


def _may_answer(step: Sentence) -> bool:
    """Might a step answer a cause? One that watches the results would answer every cause, one that only repaired an order answers none."""
    return Role.COMMITMENT not in step.roles and (Role.ACTION_PLANNED in step.roles or not repairs(step))


_OF_EVERYTHING = {"quality"}  # "we check" and "defect" stand beside every cause
_OPEN = 6  # how much speaks for a cause that is left open: no step shares a word with it, nor what it alone is about
# How much speaks for one that is answered in other words: each step that answers none, and each that there are more of than causes.
_FREE, _MORE = 2, 3


class _Beside(NamedTuple):
    """A cause beside the steps."""

    known: bool  # it is about a known subject
    answers: frozenset[str]  # the steps that share with it a word, or what it alone is about


@lru_cache(maxsize=8)
def _beside(causes: tuple[str, ...], steps: tuple[str, ...]) -> tuple[_Beside, ...]:
    """Lay causes beside steps; while somebody types, both mostly stay."""
    told_steps = [(step, _stems(step, 3), topics(step)) for step in steps]  # "mug" may answer for "mugs"
    subjects_of = [topics(cause) - _OF_EVERYTHING for cause in causes]
    often = Counter(chain.from_iterable(subjects_of))
    laid = []
    for cause, about_it in zip(causes, subjects_of, strict=True):
        words = _stems(cause, 4)
        own = {topic for topic in about_it if often[topic] == 1}
        same_words = [step for step, stems, _ in told_steps if not words.isdisjoint(stems)]
        same_subject = [step for step, _, subjects in told_steps if not own.isdisjoint(subjects)]
        laid.append(_Beside(bool(about_it), frozenset(same_words + same_subject)))
    return tuple(laid)


_FURTHER = re.compile(rf"{any_of('further')}\b", re.IGNORECASE)


def _told_causes(draft: Draft) -> list[list[Sentence]]:
    """Return the causes, each with the sentences that tell it: a paragraph goes on about one until it says or shows that another comes."""
    causes: list[list[Sentence]] = []
    for sentence in draft.by_role[Role.CAUSE]:
        last = causes[-1][-1] if causes else None
        if last and last.block == sentence.block and not _FURTHER.match(sentence.text) and not draft.parted(last, sentence):
            causes[-1].append(sentence)
        else:
            causes.append([sentence])
    return causes


_ENDING = re.compile(r"(?<=\w{3})(?:ings?|e[drs]?|ers|s)\Z")  # without it, "packed", "packing" and "packs" are alike
_stem = Memory(partial(_ENDING.sub, ""), most=1 << 13)


@lru_cache(maxsize=2048)
def _stems(text: str, shortest: int) -> frozenset[str]:
    """Return the stems of the words, of so many letters at least, that say what a sentence is about."""
    commonplace = listed("commonplace")[0]
    return frozenset([_stem[word] for word in words_of(text) if len(word) >= shortest and word not in commonplace])
