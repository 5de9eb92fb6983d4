"""Periods of a letter beside the window of the data."""

from collections.abc import Iterator, Sequence
from datetime import date

from appealkit.agreement.known import said, window_said
from appealkit.agreement.told import Differing, Told, other_words
from appealkit.agreement.where import readings_about
from appealkit.health import Reading
from appealkit.segment import Span
from appealkit.stated.numbers import Number
from appealkit.stated.periods import moments, periods, windows


def differing_windows(
    told: Told, sentence: Span, given: Sequence[Number], readings: Sequence[Reading], *, has_rate: bool
) -> Iterator[Differing]:
    """Compare a period: beside the rate it is the window of the data; without the rate it only has to lie within it.

    Args:
        told: what the letter tells.
        sentence: where the sentence is.
        given: its numbers.
        readings: the part of the data that it is about.
        has_rate: whether it tells the rate.
    """
    about = readings_about(told, sentence, sentence.end, readings)
    known = [(reading.start, reading.end) for reading in about if reading.start and reading.end]
    if not known or other_words("other_time").search(told.text, *sentence):
        return
    for span, told_as in periods(told.text, sentence, given, known[0][1]):
        if (told_as or has_rate) and not any(_is_window(period, window, inside=not has_rate) for period in told_as for window in known):
            yield span, said(about, window_said)
    lengths = {(end - start).days + 1 for start, end in known}
    for span, days in windows(told.text, sentence, given) if has_rate else ():
        if days not in lengths:
            yield span, said(about, window_said)


def spans_of_window(told: Told, sentence: Span, given: Sequence[Number], readings: Sequence[Reading]) -> list[Span]:
    """Return where a sentence tells the window of the data itself."""
    about = readings_about(told, sentence, sentence.end, readings)
    known = {(reading.start, reading.end) for reading in about if reading.start and reading.end}
    last = max((end for _, end in known if end), default=None)
    return [span for span, told_as in periods(told.text, sentence, given, last) if known.intersection(told_as)] if last else []


def tells_part_of_window(told: Told, sentence: Span, given: Sequence[Number], readings: Sequence[Reading]) -> bool:
    """Tell whether a sentence is about some days of the window only: what it counts is no more than a part."""
    known = [(reading.start, reading.end) for reading in readings if reading.start and reading.end]
    every = [period for _, told_as in (periods(told.text, sentence, given, known[0][1]) if known else ()) for period in told_as]
    days = moments(told.text, sentence, known[0][1]) if known else ()
    months = [day for day in days if day.first < day.last and not any(day.first <= start and end <= day.last for start, end in known)]
    inside = (any(start <= first and last <= end for start, end in known) and (first, last) not in known for first, last in every)
    return bool(every or months) and all(inside)


def _is_window(period: tuple[date, date], window: tuple[date, date], *, inside: bool) -> bool:
    return period == window or (inside and window[0] <= period[0] <= period[1] <= window[1])
