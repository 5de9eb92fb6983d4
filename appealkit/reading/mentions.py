"""Which questions a piece of a notice asks, of those that its words mention: what is settled or left to others is mentioned, too.

The weights are learned by `tests/notices/fit.py` from labelled notices.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from appealkit.alike import weigh
from appealkit.notice import QUESTIONS, Question
from appealkit.phrases import around
from appealkit.reading.beside import beginnings, by_ones_and_twos, traits
from appealkit.reading.told import Told
from appealkit.span import Span

_LIMIT = 0.5  # logarithm of the odds, at least, of a question that is asked
_NEAR = 5  # words on either side
_TURN = re.compile(r"; | but |, (?:and|yet|while|whereas) |,\s?\u4f46|,\s?\u4ecd")
How = Literal["asks", "words", "none"]
_STEPS = 5.0  # of likeness
_NONE = "none"


class Mention(NamedTuple):
    """A question that a piece may ask.

    Args:
        told: the piece.
        question: the question.
        span: the words that may ask it.
        how: phrases and layout take it for asked (`asks`), it holds words that ask elsewhere (`words`), or none of them (`none`).
        shown: what speaks for or against that it is asked, each once.
    """

    told: Told
    question: Question
    span: Span
    how: How
    shown: tuple[str, ...]


def mentions(told: Sequence[Told]) -> Iterator[Mention]:
    """Yield what may be asked: the questions whose words a piece holds, and any question at a point under a request that holds none.

    Args:
        told: the pieces of the notice.
    """
    words = [beginnings(one.text) for one in told]
    often = Counter(question for one in told for question in one.questions)
    for one in told:
        about: list[str] = []
        points = one.requests and not one.aside and not one.questions and (one.piece.item or one.lead) and not one.heading
        announces = one.text.endswith("?") and one.has("says", "heading")  # "Why did this happen?" is answered below it
        for question in QUESTIONS:
            worded = None if announces else one.worded(question)
            span = one.questions.get(question) or worded or (one.at(0, len(one.text)) if points else None)
            if span is None:
                continue
            how: How = "asks" if question in one.questions else "words" if worded else "none"
            about = about or list(_about(told, words, one, often))
            shown = [*about, *_around(one, span, how)]
            shown.append(f"like:{int(_STEPS * one.likely.get(question, 0))}")
            shown += [f"{question[0]}|{name}" for name in shown]
            yield Mention(one, question, span, how, tuple(dict.fromkeys(shown)))


def settle(told: Sequence[Told]) -> None:
    """Leave each piece the questions that it asks.

    Args:
        told: the pieces of the notice.
    """
    for one, question, span, _, shown in list(mentions(told)):
        if weigh(shown, "mentions")["asks"] > _LIMIT:
            one.questions.setdefault(question, span)
        else:
            one.questions.pop(question, None)
    for one in told:
        one.asks = bool(one.questions) and "healthy" not in one.aside


def _about(told: Sequence[Told], words: Sequence[Sequence[str]], one: Told, often: Mapping[Question, int]) -> Iterator[str]:
    """Yield what stands around a piece, and what it is."""
    yield from traits(one)
    if one.lead:
        yield from (f"lead:{word}" for word in by_ones_and_twos(words[one.lead.number]))
    if one.before and one.before is not one.lead:
        yield from (f"before:{word}" for word in words[one.before.number])
    for name, other in (("up", one.number - 1), ("down", one.number + 1)):
        if 0 <= other < len(told):
            beside = told[other]
            alike = "alike" if (beside.piece.item, beside.piece.lead) == (one.piece.item, one.piece.lead) else "unlike"
            yield from (f"{name}:{alike}:{question}" for question in beside.questions or (_NONE,))
    yield f"asked:{''.join(question[0] for question in QUESTIONS if often.get(question, 0) > (question in one.questions))}"


def _around(one: Told, span: Span, how: str) -> Iterator[str]:
    """Yield the words of a question and around it, as far as its sentence does not turn."""
    start, end = span.start - one.piece.start, span.end - one.piece.start
    first, last = around(_TURN, one.piece.lower, start, end)
    before, after = beginnings(one.piece.lower[first:start]), beginnings(one.piece.lower[end:last])
    asking = beginnings(one.piece.lower[start:end])
    yield from (f"w:{word}" for word in by_ones_and_twos([*before, *asking, *after]))
    yield from (f"too:{question}" for question in one.questions)
    if how != "none":
        yield f"asks:{' '.join(asking)}"
        yield from (f"by:{word}" for word in by_ones_and_twos([*before[-_NEAR:], "@", *after[:_NEAR]]))
