"""What a letter tells of its figures."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from appealkit.segment import Span
from appealkit.text import load

Differing = tuple[Span, str]
"""Words of the letter, and what the data says instead."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a letter tells of its figures.

    Args:
        text: the letter, in lower case.
        sentences: where the sentences are that tell of the problem, in order.
        rates: the seller's own percentages in them, in order.
        named: where which metric is named, in order.
    """

    text: str
    sentences: Sequence[Span]
    rates: Sequence[Span]
    named: Sequence[tuple[int, str]]

    def rates_in(self, sentence: Span) -> list[Span]:
        """Return the percentages of a sentence."""
        return [span for span in self.rates if sentence.start <= span.start < sentence.end]

    def metric(self, sentence: Span, position: int) -> str | None:
        """Return the metric that a figure is about.

        It is the one that its sentence names last before it, or else first behind it, or else the one named last before the sentence.
        """
        first, here, end = (bisect_left(self.named, (place, "")) for place in (sentence.start, position, sentence.end))
        if first < end:
            return self.named[here - 1 if here > first else first][1]
        return self.named[max(0, first - 1)][1] if self.named else None


@cache
def other_words(words: str) -> re.Pattern[str]:
    """Find the words by which a sentence is about something that the data does not give.

    Args:
        words: their list in `data/agreement.toml`: `other_metric`, `other_count` or `other_time`.
    """
    return re.compile(rf"\b(?:{'|'.join(load('agreement.toml')[words])})\b")
