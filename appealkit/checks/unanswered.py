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
        yield about(causes[0][0])
        return
    # A step that only watches the results answers no cause, since it would answer every one.
    no_answer = {Role.COMMITMENT, Role.CAUSE}
    steps = [step.text for step in draft.steps if not step.roles & no_answer and not repairs(step)]
    # What stands outside the list of causes, or admits, tells of one that is told elsewhere.
    points = [cause for cause in causes if Layout.ITEM in [sentence.layout for sentence in cause]]
    plain = [cause for cause in causes if not all(Role.ACKNOWLEDGEMENT in sentence.roles for sentence in cause)]
    causes = next((some for some in (points, plain) if len(some) > 1), causes)
    if len(causes) < 2:
        return
    told = [" ".join([sentence.text for sentence in cause]) for cause in causes]
    laid = _beside(tuple(told), tuple(steps))
    shared = frozenset[str]().union(*[beside.words for beside in laid])
    lower = [(sentence.text, sentence.text.lower()) for sentence in draft.sentences] if shared else []
    telling = {stem for stem in shared if sum([stem in words and stem in _stems(text) for text, words in lower]) <= _TELLING}
    open_causes, free = [], set(steps)
    for cause, beside in zip(causes, laid, strict=True):
        words = beside.words & telling
        answers = beside.answers.union([step for step, stems in beside.others if not words.isdisjoint(stems)])
        free -= answers
        if beside.known and not answers:  # what is about no known subject is what happened, rather than why, or too vague to be answered
            open_causes.append(cause)
    if len(open_causes) * _IN_OTHER_WORDS > len(free):
        yield from (about(cause[0]) for cause in open_causes)


_OF_EVERYTHING = {"quality"}  # "we check" and "defect" stand beside every cause
_TELLING = 5  # sentences: a word that stands in more of them, such as the name of the goods, ties no step to a cause
_IN_OTHER_WORDS = 3  # so many steps that answer no cause leave it open whether one of them answers this one


class _Beside(NamedTuple):
    """A cause beside the steps."""

    known: bool  # it is about a known subject
    answers: frozenset[str]  # the steps that share with it what it alone is about, two topics, or all that it is about
    others: tuple[tuple[str, frozenset[str]], ...]  # the other steps, each with its stems
    words: frozenset[str]  # the stems that it shares with any of the steps


@lru_cache(maxsize=8)
def _beside(causes: tuple[str, ...], steps: tuple[str, ...]) -> tuple[_Beside, ...]:
    """Lay causes beside steps; while somebody types, both mostly stay."""
    told_steps = [((step, _stems(step)), topics(step)) for step in steps]
    of_steps = frozenset[str]().union(*map(_stems, steps))
    subjects_of = [topics(cause) - _OF_EVERYTHING for cause in causes]
    often = Counter(chain.from_iterable(subjects_of))
    laid = []
    for cause, about_it in zip(causes, subjects_of, strict=True):
        own = {topic for topic in about_it if often[topic] == 1}
        answers, others = [], []
        for step, subjects in told_steps:
            common = about_it & subjects
            if len(common) > 1 or not own.isdisjoint(common) or (common and common == about_it):
                answers.append(step[0])
            else:
                others.append(step)
        laid.append(_Beside(bool(about_it), frozenset(answers), tuple(others), _stems(cause) & of_steps))
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
def _stems(text: str) -> frozenset[str]:
    """Return the stems of the words that say what a sentence is about."""
    commonplace = listed("commonplace")[0]
    return frozenset([_stem[word] for word in words_of(text) if len(word) > 3 and word not in commonplace])
