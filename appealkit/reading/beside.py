"""What stands beside some words of a notice: the features by which they are weighed."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from appealkit.reading.told import Told
from appealkit.text import CHINESE

_WORD = re.compile(rf"[a-z]+|{CHINESE}")
_FIGURE = re.compile(r"\d[\d.,]*")
_STEM = 6  # letters; what follows them is mostly an ending
_WINDOW = 6  # words on either side
_NEAR = 200  # characters, in which these mostly lie: to look through all of a long line for each of its periods takes long
_SENTENCE = 60  # words; what lies beyond says little about its beginning
_FIFTHS = 5  # parts of a notice


def beginnings(text: str) -> list[str]:
    """Return the beginnings of words, a word for each figure; of Chinese the characters.

    Args:
        text: some words, in lower case.

    >>> beginnings("within 14 business days")
    ['within', 'num', 'busine', 'days']
    """
    return [word[:_STEM] for word in _WORD.findall(_FIGURE.sub(" num ", text))][:_SENTENCE]


def by_ones_and_twos(words: Sequence[str]) -> list[str]:
    """Return words, and each two in a row.

    Args:
        words: some words, in their order.

    >>> by_ones_and_twos(["root", "cause"])
    ['root', 'cause', 'root cause']
    """
    return [*words, *map(" ".join, pairwise(words))]


def beside(told: Sequence[Told], words: Sequence[Sequence[str]], number: int, start: int, end: int) -> Iterator[str]:
    """Yield what stands beside some words of a piece: the words around them, the pieces around it.

    Args:
        told: the pieces of the notice.
        words: the beginnings of words of each.
        number: the number of the piece.
        start: where in it the words begin.
        end: where they end.
    """
    one = told[number]
    before, after = beginnings(one.text[max(0, start - _NEAR) : start])[-_WINDOW:], beginnings(one.text[end : end + 2 * _NEAR])[:_WINDOW]
    yield from (f"before:{word}" for word in before)
    yield from (f"after:{word}" for word in after)
    pieces = {"in": number, "lead": one.lead.number if one.lead else -1, "up": number - 1, "down": number + 1}
    for name, other in pieces.items():
        if 0 <= other < len(told):
            yield from (f"{name}:{word}" for word in words[other])
    yield from (f"under:{name}" for name in sorted(one.lead.aside if one.lead else ()))
    yield from (f"question:{name}" for name in one.questions)
    if len(told) >= _FIFTHS:
        yield f"part:{_FIFTHS * number // len(told)}"


def traits(told: Told) -> list[str]:
    """Return what a piece is."""
    lead = told.lead
    holds = {
        "item": told.piece.item,
        "heading": told.heading,
        "asks": told.asks,
        "complains": told.complains,
        "requests": told.requests,
        "short": told.short,
        "cited": told.cited,
        "metric": bool(told.metrics),
        "under-question": bool(lead and lead.questions),
        "under-request": bool(lead and lead.requests),
    }
    return [*(f"is:{name}" for name, so in holds.items() if so), *(f"aside:{name}" for name in sorted(told.aside))]
