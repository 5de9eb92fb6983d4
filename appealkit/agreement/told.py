"""What a letter tells of its figures."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from appealkit.span import Span
from appealkit.tables import load


class Differing(NamedTuple):
    """Words of the letter that differ from something.

    Args:
        span: where they stand.
        data: what it says instead.
        own: whether it is another figure of the letter, and not the data.
    """

    span: Span
    data: str
    own: bool = False


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

    def metric(self, sentence: Span, place: Span) -> str | None:
        """Return the metric that a figure is about.

        Of the metrics named last before it and first behind it in its sentence, it is the one from which less parts it, else that before
        it; where the sentence names none, it is the one named last before the sentence.
        """
        before, behind = self._beside(sentence, place)
        if before and behind:
            return min(before, behind, key=itemgetter(0))[1]
        if before or behind:
            return (before or behind or (0, ""))[1]
        first = bisect_left(self.named, (sentence.start, ""))
        return self.named[max(0, first - 1)][1] if self.named else None

    def metrics(self, sentence: Span, place: Span) -> frozenset[str]:
        """Return the metrics that a figure may be about: of several in its sentence each, unless nothing parts it from its own."""
        own = self.metric(sentence, place)
        named = self.named_in(sentence)
        return named if named and min(filter(None, self._beside(sentence, place)))[0] else frozenset(filter(None, [own]))

    def metrics_of_time(self, sentence: Span, place: Span) -> frozenset[str]:
        """Return the metrics that a time may be said of; none where it may be said of anything.

        It is said of one of two between whose names it stands, when more parts it from the other. Before or behind all names it may be
        said of each; where a clause begins between it and all of them, it is said of something else, such as the cause.
        """
        before, behind = self._beside(sentence, place)
        if not before and not behind:
            return frozenset(filter(None, [self.metric(sentence, place)]))
        if min(filter(None, (before, behind)))[0] == CLAUSE:
            return frozenset()
        return frozenset([min(before, behind)[1]]) if before and behind and before[0] != behind[0] else self.named_in(sentence)

    def parted(self, one: Span, other: Span) -> int:
        """Tell what parts two stretches of a sentence: 0 for nothing, 1 for a mark, 2 for the beginning of another clause."""
        first, then = sorted((one, other))
        between = _parting().finditer(self.text, first.end, then.start)
        return max((_PARTS[found.lastgroup] for found in between if found.lastgroup), default=0)

    def named_in(self, sentence: Span) -> frozenset[str]:
        """Return the metrics that a sentence names."""
        first, end = (bisect_left(self.named, (place, "")) for place in sentence)
        return frozenset(metric for _, metric in self.named[first:end])

    def of_another(self, sentence: Span) -> bool:
        """Tell whether a sentence is about another metric, or another time, than the data or the notice gives."""
        return any(other_words(words).search(self.text, *sentence) for words in ("other_metric", "other_time"))

    def _beside(self, sentence: Span, place: Span) -> list[tuple[int, str] | None]:
        """Return the metrics named last before a figure and first behind it in its sentence, each with what parts it from the figure."""
        first, here, end = (bisect_left(self.named, (at, "")) for at in (sentence.start, place.start, sentence.end))
        beside = (self.named[here - 1 : here] if here > first else (), self.named[here : min(here + 1, end)])
        return [next(((self.parted(Span(start, start), place), metric) for start, metric in some), None) for some in beside]


_PARTS = {"mark": 1, "clause": 2}
CLAUSE = _PARTS["clause"]
"""What parts two stretches of a sentence where another clause begins between them."""


@cache
def _parting() -> re.Pattern[str]:
    """Find the marks and words that part a figure from a metric; those within a date or between two dates part nothing."""
    shapes = load("agreement.toml")["parting"]
    return re.compile(rf"{shapes['within']}|(?P<clause>{shapes['clause']})|(?P<mark>{shapes['mark']})")


@cache
def other_words(words: str) -> re.Pattern[str]:
    """Find the words by which a sentence is about something that the data does not give.

    Args:
        words: their list in `data/agreement.toml`: `other_metric`, `other_count` or `other_time`.
    """
    return re.compile(rf"\b(?:{'|'.join(load('agreement.toml')[words])})\b")
