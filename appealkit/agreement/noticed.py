"""Rates of a letter beside the one that its notice states for a metric."""

from collections.abc import Iterator, Mapping

from appealkit.agreement.told import Told, other_words
from appealkit.metrics import published
from appealkit.span import Span
from appealkit.stated.patterns import AHEAD, rate_words
from appealkit.stated.rates import Rate, part_of, rates, told_as_earlier


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
