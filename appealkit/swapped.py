"""Steps of a fact sheet that a letter tells with the day or the person of another step."""

import re
from collections.abc import Iterator, Sequence

from appealkit.annotate import Annotation
from appealkit.case import Action
from appealkit.segment import FRAME
from appealkit.stated.days import days_in, same_day

_WORD = re.compile(r"[^\W\d_]{4,}")
_NAME = re.compile(r"\b[^\W\d_a-z][^\W\d_]+")
_STEM = 5  # letters


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


def _told(text: str, actions: Sequence[Action]) -> Action | None:
    stems = _stems(text)
    told = [stems & _stems(one.what) - {stem for other in actions if other is not one for stem in _stems(other.what)} for one in actions]
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


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(text.casefold())}
