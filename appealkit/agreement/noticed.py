"""Rates of a letter beside the one that its notice states for a metric."""

from collections.abc import Iterator, Mapping
from datetime import date

from appealkit.agreement.told import Told, other_words
from appealkit.due import days_apart
from appealkit.metrics import published
from appealkit.notice import Notice
from appealkit.span import Span
from appealkit.stated.patterns import AHEAD, rate_words
from appealkit.stated.periods import moment_of, moments
from appealkit.stated.rates import Rate, part_of, rates, told_as_earlier
from appealkit.text import in_lower_case


def beside_notice(told: Told, noticed: Mapping[str, Rate]) -> Iterator[tuple[Span, str, bool]]:
    """Find the rates of a metric that the notice states, too, and where there are none, one that misses the target and is another.

    A letter may tell of other times, too: where any of its rates of a metric is the notice's, nothing is said of this metric, nor of a
    rate that is on the healthy side of the target. Where its sentence does not say of which metric a rate is, it is of the one of which
    the notice states it.

    Args:
        told: what the letter tells.
        noticed: the rates of the notice, by metric.

    Yields:
        Each rate that is the notice's, or the first of a metric that is another; the metric; and whether it is the notice's.
    """
    found: dict[str, list[Rate]] = {}
    for sentence in told.sentences:
        if any(other_words(words).search(told.text, *sentence) for words in ("other_metric", "other_time")):
            continue
        for rate in rates(told.text, sentence, told.rates_in(sentence)):
            metric = told.metric(sentence, rate.span) or (next(iter(noticed)) if len(noticed) == 1 else "")
            if metric in noticed and not _says_so(told, sentence, rate, metric):
                metric = next((other for other, known in noticed.items() if _same(rate, known)), metric)
            if metric in noticed and not part_of(told.text, rate.span, sentence):
                found.setdefault(metric, []).append(rate)
    for metric, stated in found.items():
        if same := [rate for rate in stated if _same(rate, noticed[metric])]:
            yield from ((rate.span, metric, True) for rate in same)
            continue
        known = published()[metric]
        beyond = (rate for rate in stated if (rate.value > known.target) != known.high)
        missing = (rate for rate in beyond if not told_as_earlier(told.text, rate.span))
        yield from ((rate.span, metric, False) for rate in [*missing][:1])


def _says_so(told: Told, sentence: Span, rate: Rate, metric: str) -> bool:
    """Tell whether a sentence names a metric and leads from a rate to this figure: “our order defect rate was 6%”."""
    before = told.text[max(sentence.start, rate.span.start - AHEAD) : rate.span.start]
    return metric in told.named_in(sentence) and bool(rate_words("rate").search(before))


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
