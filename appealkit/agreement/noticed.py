"""Rates of a letter beside the one that its notice states for a metric."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from appealkit.agreement.dates import has_rate
from appealkit.agreement.told import Told
from appealkit.dates import days_apart
from appealkit.metrics import published
from appealkit.notice import Notice
from appealkit.span import Span
from appealkit.stated.numbers import numbers
from appealkit.stated.patterns import AHEAD, rate_words
from appealkit.stated.periods import NO_YEAR, moment_of, moments, periods
from appealkit.stated.rates import Rate, part_of, rates, told_as_earlier
from appealkit.text import in_lower_case


def beside_notice(told: Told, noticed: Mapping[str, Rate]) -> Iterator[tuple[Span, str, bool]]:
    """Find the rates of a metric that the notice states, too, and where there are none, one that misses the target and is another.

    A letter may tell of other times, too: where any of its rates of a metric is the notice's, nothing is said of this metric, nor of a
    rate that is on the healthy side of the target, unless it is told plainly, as in “our rate was 0.4%”, and of no other time. Where
    its sentence does not say of which metric a rate is, it is of the one of which the notice states it.

    Args:
        told: what the letter tells.
        noticed: the rates of the notice, by metric.

    Yields:
        Each rate that is the notice's, or the first of a metric that is another; the metric; and whether it is the notice's.
    """
    found: dict[str, list[Rate]] = {}
    plain: set[Span] = set()
    for sentence in told.sentences:
        if told.of_another(sentence):
            continue
        for rate in rates(told.text, sentence, told.rates_in(sentence)):
            metric = told.metric(sentence, rate.span) or (next(iter(noticed)) if len(noticed) == 1 else "")
            if metric in noticed and not _says_so(told, sentence, rate, metric):
                metric = next((other for other, known in noticed.items() if _same(rate, known)), metric)
            if metric in noticed and not part_of(told.text, rate.span, sentence):
                found.setdefault(metric, []).append(rate)
                plain |= {rate.span} if _says_so(told, sentence, rate, metric) and _says_plainly(told, sentence, rate) else set()
    for metric, stated in found.items():
        if same := [rate for rate in stated if _same(rate, noticed[metric])]:
            yield from ((rate.span, metric, True) for rate in same)
            continue
        known = published()[metric]
        beyond = (rate for rate in stated if (rate.value > known.target) != known.high or rate.span in plain)
        missing = (rate for rate in beyond if not told_as_earlier(told.text, rate.span))
        yield from ((rate.span, metric, False) for rate in [*missing][:1])


def differing_periods(told: Told, notice: Notice, noticed: Mapping[str, Rate]) -> Iterator[tuple[Span, str]]:
    """Find the periods beside a rate of a metric that are others than the one over which the notice counts.

    Args:
        told: what the letter tells.
        notice: the notice.
        noticed: its rates, by metric.

    Yields:
        Each such period, and that of the notice.
    """
    windows = [*windows_of(notice)]
    for sentence in told.sentences if windows else ():
        stated = told.rates_in(sentence)
        if not stated or told.of_another(sentence):
            continue
        for span, ways in periods(told.text, sentence, numbers(told.text, sentence), windows[0][1]):
            about = told.metrics_of_time(sentence, span) & noticed.keys()
            same = any(_same_days(period, window) for period in ways for window in windows)
            if about and ways and not same and has_rate(told, span, stated):
                yield span, f"{windows[0][0]} \u2013 {windows[0][1]}"


def windows_of(notice: Notice) -> Iterator[tuple[date, date]]:
    """Yield the days over which a notice says that its rates are counted, in each way in which they can be read.

    Args:
        notice: the notice.

    >>> from appealkit.reading import read_notice
    >>> told = "Your order defect rate is 2%. It is based on 50 orders between 1 and 31 May 2026. Explain the root cause of it."
    >>> [(str(first), str(last)) for first, last in windows_of(read_notice(told))]
    [('2026-05-01', '2026-05-31')]
    """
    for words in map(in_lower_case, notice.words("window")):
        whole = Span(0, len(words))
        for _, ways in periods(words, whole, numbers(words, whole), notice.sent or NO_YEAR):
            yield from (period for period in ways if period[1].year < NO_YEAR.year)


def _same_days(one: tuple[date, date], other: tuple[date, date]) -> bool:
    """Tell whether two periods are the same; “the 30 days up to” a day may leave out their first."""
    return one[1] == other[1] and abs(one[0] - other[0]) <= timedelta(days=1)


def _says_so(told: Told, sentence: Span, rate: Rate, metric: str) -> bool:
    """Tell whether a sentence names a metric and leads from a rate to this figure: “our order defect rate was 6%”."""
    before = told.text[max(sentence.start, rate.span.start - AHEAD) : rate.span.start]
    return metric in told.named_in(sentence) and bool(rate_words("rate").search(before))


def _says_plainly(told: Told, sentence: Span, rate: Rate) -> bool:
    """Tell whether it is said that the rate was exactly this, and nothing of a time: “was 3.2%,”."""
    before, behind = told.text[sentence.start : rate.span.start], told.text[rate.span.end : sentence.end]
    timed = [*moments(told.text, sentence, date.max), *periods(told.text, sentence, (), date.max)]
    return not (rate.bound or timed) and before.endswith(" was ") and bool(_PLAINLY.match(behind))


_PLAINLY = re.compile(r"\s*(?:[,.;)(]|and\b|\Z)")


def _same(rate: Rate, noticed: Rate) -> bool:
    """Tell whether a rate of the letter can be that of the notice; either may have more digits than the other."""
    return not (rate.apart(noticed.value) and noticed.apart(rate.value))


def counted_to(notice: Notice) -> date | None:
    """Return the day to which a notice counts its rates, so that orders can be counted to the same.

    Args:
        notice: the notice.

    Returns:
        The last day of a period as long as the window of a metric that fails, or else the day on which it says that a rate was such. None
        when it tells no such day, or several.
    """
    windows = {published()[metric].window_days for metric in notice.metrics}
    ends = {last for days, last in days_apart(in_lower_case(notice.text)) if days + 1 in windows}
    return _only(ends) if ends else _only({day for metric in notice.metrics for day in _days_of_rate(notice, metric)})


def _days_of_rate(notice: Notice, metric: str) -> Iterator[date]:
    """Yield the day on which a notice says that a rate was such, where it says one."""
    rate, lower = notice.rate(metric), in_lower_case(notice.text)
    if rate:
        around = Span(max(0, rate.start - _AROUND), min(len(lower), rate.end + _AROUND))
        moment = moment_of(lower, rate, [*moments(lower, around, date.max)])
        if moment and moment.first == moment.last and moment.last.year < date.max.year:
            yield moment.last


_AROUND = 200  # characters


def _only(days: set[date]) -> date | None:
    return days.pop() if len(days) == 1 else None
