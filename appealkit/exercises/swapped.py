"""Steps and papers of a letter beside those of its fact sheet: told with the day or person of another, or standing on no line of it."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from appealkit.annotate import Annotation
from appealkit.case import Action, Case
from appealkit.papers import enclosing
from appealkit.roles import STEPS, Role
from appealkit.segment import FRAME
from appealkit.stated.days import days_in, same_day
from appealkit.steps import about
from appealkit.topics import stems

_NAME = re.compile(r"\b[^\W\d_a-z][^\W\d_]+")
_STRANGE, _MOSTLY = 3, 2
"""Words of a step that the sheet has not, from which on it may be another one, and how many times more they are than those that it has."""
_NO_STEP = {Role.CAUSE, Role.ACKNOWLEDGEMENT, Role.COMMITMENT, Role.REQUEST}


def swapped(answer: Annotation, actions: Sequence[Action]) -> Iterator[tuple[str, Action]]:
    """Find the sentences that tell a step, and in place of its day or its person those of another.

    Which step a sentence tells, is read from the words that no other step of the sheet has; one that has as many of two is left alone.

    Args:
        answer: the letter, annotated.
        actions: the steps of the sheet.

    Yields:
        The words of the sentence, and the step that it tells.
    """
    for sentence in answer.sentences:
        if sentence.layout not in FRAME and (action := _told(sentence.text, actions)):
            others = [other for other in actions if other is not action]
            if _of_others(_days(sentence.text, actions), action, others) or _of_others(_people(sentence.text, actions), action, others):
                yield sentence.text, action


def not_on_sheet(answer: Annotation, case: Case, start: str = "") -> Iterator[tuple[Literal["step", "paper"], str]]:
    """Find the steps and the enclosed papers of a letter of which the fact sheet has nothing.

    A step stands on the sheet with the day of one of its steps, or where its words are not mostly others; a paper with a word of one.

    Args:
        answer: the letter, annotated.
        case: the facts of the sheet.
        start: a draft that was handed out: what it tells is given.

    Yields:
        `step` or `paper`, and the words of the sentence.
    """
    sheet = stems(" ".join((*_facts_of(case), start)))
    papers = stems(" ".join((*(paper.what for paper in case.evidence), start)))
    for sentence in answer.sentences:
        own = stems(sentence.text)
        if sentence.layout in FRAME or sentence.text in start:
            continue
        if enclosing(sentence.text) and Role.REQUEST not in sentence.roles and not own & papers:  # what is only offered is not handed in
            yield "paper", sentence.text
        elif sentence.roles & STEPS and not sentence.roles & _NO_STEP and not _days(sentence.text, case.actions):
            strange = len(own - sheet)
            if strange >= _STRANGE and strange > _MOSTLY * len(own & sheet):
                yield "step", sentence.text


def _facts_of(case: Case) -> Iterator[str]:
    for entry in (*case.causes, *case.actions, *case.evidence):
        yield from entry.model_dump(mode="json", exclude={"id", "answers", "proves", "status"}, exclude_none=True).values()
    yield from (case.store, case.contact.name, case.contact.role)


def _told(text: str, actions: Sequence[Action]) -> Action | None:
    words = about(text)
    told = [words & about(one.what).difference(*[about(other.what) for other in actions if other is not one]) for one in actions]
    counts = [len(own) for own in told]
    most = max(counts, default=0)
    return actions[counts.index(most)] if most and counts.count(most) == 1 else None


def _of_others(named: Sequence[Action], action: Action, others: Sequence[Action]) -> bool:
    return action not in named and any(other in named for other in others)


def _days(text: str, actions: Sequence[Action]) -> list[Action]:
    days = [day for _, readings in days_in(" ".join(text.split())) for reading in readings for day in reading]
    dated = [(action, action.when) for action in actions if action.when]
    return [action for action, when in dated if any(same_day(day, (when.year, when.month, when.day)) for day in days)]


def _people(text: str, actions: Sequence[Action]) -> list[Action]:
    words = set(_NAME.findall(text))
    return [action for action in actions if words.intersection(_NAME.findall(action.who))]
