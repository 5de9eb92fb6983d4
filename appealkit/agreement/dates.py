"""Periods of a letter beside the window of the data."""

from collections.abc import Iterator, Sequence
from datetime import date

from appealkit.agreement.known import said, window_said
from appealkit.agreement.told import CLAUSE, Differing, Told, other_words
from appealkit.agreement.where import readings_about
from appealkit.figures.health import Reading
from appealkit.span import Span
from appealkit.stated.numbers import Number
from appealkit.stated.periods import moments, periods, windows


def differing_windows(
    told: Told, sentence: Span, given: Sequence[Number], readings: Sequence[Reading], rates: Sequence[Span]
) -> Iterator[Differing]:
    """Compare a period: beside the rate it is the window of the data; where no rate is told of it, it only has to lie within it.

    Args:
        told: what the letter tells.
        sentence: where the sentence is.
        given: its numbers.
        readings: the part of the data that it is about.
        rates: where it tells rates.
    """
    if other_words("other_time").search(told.text, *sentence):
        return
    for span, told_as, about in _periods(told, sentence, given, readings):
        known, beside = _windows(about), has_rate(told, span, rates)
        if (told_as or beside) and not any(_is_window(period, window, inside=not beside) for period in told_as for window in known):
            yield Differing(span, said(about, window_said))
    for span, days in windows(told.text, sentence, given):
        about = readings_about(told.metrics_of_time(sentence, span), readings)
        lengths = {(end - start).days + 1 for start, end in _windows(about)}
        if lengths and days not in lengths and has_rate(told, span, rates):
            yield Differing(span, said(about, window_said))


def spans_of_window(told: Told, sentence: Span, given: Sequence[Number], readings: Sequence[Reading]) -> list[tuple[Span, frozenset[str]]]:
    """Return where a sentence tells the window of the data itself, and of which metrics."""
    every = _periods(told, sentence, given, readings)
    found = ((span, frozenset(each.id for each in about if (each.start, each.end) in told_as)) for span, told_as, about in every)
    return [(span, metrics) for span, metrics in found if metrics]


def tells_part_of_window(told: Told, sentence: Span, given: Sequence[Number], readings: Sequence[Reading]) -> bool:
    """Tell whether a sentence is about some days of the window only: what it counts is no more than a part."""
    known = _windows(readings)
    every = [period for _, told_as in (periods(told.text, sentence, given, known[0][1]) if known else ()) for period in told_as]
    days = moments(told.text, sentence, known[0][1]) if known else ()
    months = [day for day in days if day.first < day.last and not any(day.first <= start and end <= day.last for start, end in known)]
    inside = (any(start <= first and last <= end for start, end in known) and (first, last) not in known for first, last in every)
    return bool(every or months) and all(inside)


def _periods(
    told: Told, sentence: Span, given: Sequence[Number], readings: Sequence[Reading]
) -> Iterator[tuple[Span, list[tuple[date, date]], list[Reading]]]:
    """Find the periods of a sentence that can be compared, how each can be read, and the data that it may be said of."""
    last = max((end for _, end in _windows(readings)), default=None)
    for span, told_as in periods(told.text, sentence, given, last) if last else ():
        about = readings_about(told.metrics_of_time(sentence, span), readings)
        if _windows(about):
            yield span, told_as, about


def _windows(readings: Sequence[Reading]) -> list[tuple[date, date]]:
    return [(reading.start, reading.end) for reading in readings if reading.start and reading.end]


def has_rate(told: Told, span: Span, rates: Sequence[Span]) -> bool:
    """Tell whether a rate stands in the same clause as a time."""
    return any(told.parted(span, rate) < CLAUSE for rate in rates)


def _is_window(period: tuple[date, date], window: tuple[date, date], *, inside: bool) -> bool:
    return period == window or (inside and window[0] <= period[0] <= period[1] <= window[1])
