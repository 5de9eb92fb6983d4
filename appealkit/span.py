"""A stretch of a text: where words stand."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of text: `start` and `end` are offsets in code points, `end` exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return what stands there in a text."""
        return text[self.start : self.end]

    def meets(self, other: "Span") -> bool:
        """Tell whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def cut(self, marks: Iterable["Span"]) -> Iterator[tuple["Span", "Span | None"]]:
        """Cut it where something is marked.

        Args:
            marks: what is marked, in order; where two overlap, the first has both.

        Yields:
            Its pieces in order: of each where it stands, and the mark that it bears; None for what is not marked.

        >>> list(Span(0, 9).cut([Span(2, 4), Span(3, 5)]))[:2]
        [(Span(start=0, end=2), None), (Span(start=2, end=4), Span(start=2, end=4))]
        """
        start = self.start
        for mark in marks:
            first, last = max(mark.start, start), min(mark.end, self.end)
            if first < last:
                if start < first:
                    yield Span(start, first), None
                yield Span(first, last), mark
                start = last
        if start < self.end:
            yield Span(start, self.end), None
