"""The metrics that a notice says do fail: by their rate, or by its words where it gives none."""

import re
from collections.abc import Iterator

from appealkit.metrics import published
from appealkit.notice import PLAN
from appealkit.phrases import holds
from appealkit.reading.told import Told
from appealkit.span import Span

_LOW = 20  # per cent; a share of valid numbers or parcels in time is never so low, but what is missing of it may be
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{1,3})?)\s{0,8}%")
_BOUND = r"\s?\d{1,3}(?:[.,]\d{1,3})?\s?%"
_BEYOND = {
    better: re.compile(rf"(?<!not )(?:(?:{english}) (?:[a-z]{{1,10}} ){{0,3}}?|{chinese}){_BOUND}")
    for better, english, chinese in (
        ("under", "above|over|exceed(?:s|ed|ing)?|(?:higher|more|greater) than", "\u8d85\u904e|\u9ad8\u65bc"),
        ("over", "below|under|(?:lower|less) than", "\u4f4e\u65bc"),
    )
}
"""How a metric is said to have gone beyond a rate, which is then the notice's own target and no value."""
_NOT_ASKED = {"advice", "healthy", "definition", "routine"}
_NO_METRIC = {"condition", "advice", "waived"}


def failing(told: Told) -> Iterator[tuple[str, Span]]:
    """Yield the metrics that it says do fail: by their rate, or by its words where no rate is given."""
    if told.aside & _NO_METRIC - {"advice"} or not (told.metrics or told.before):
        return
    listed = _asked_about(told) or ("advice" not in told.aside and _listed_as_failing(told))
    for metric, span, stretch in _about_metrics(told):
        rates = [rate for rate in _rates(stretch) if rate != published()[metric].target]
        before = _rates(told.before.text) if told.before and not rates and len(told.metrics) == 1 and not told.before.metrics else []
        beyond = any(bound != published()[metric].target for bound in _bounds(metric, stretch))
        worded = told.aside.isdisjoint({"healthy", "definition", "advice"}) and holds(stretch, "fails", "phrases")
        if any(_misses(metric, rate) for rate in rates or before) or ((not rates or beyond) and (worded or listed)):
            yield metric, span
    if not told.metrics and told.before and len(dict(told.before.metrics)) == 1 and told.has("fails", "own"):
        metric, span = told.before.metrics[0]
        if any(_misses(metric, rate) for rate in _rates(told.text)):
            yield metric, span


def stated_rates(told: Told) -> Iterator[tuple[str, Span]]:
    """Yield the rates of metrics that miss their targets, each as `METRIC.rate`; no target is among them, nor another limit."""
    if not told.aside.isdisjoint(_NO_METRIC | {"definition"}):
        return
    about = [(metric, stretch) for metric, _, stretch in _about_metrics(told)]
    if not told.metrics and told.before and len(dict(told.before.metrics)) == 1 and told.has("fails", "own"):
        about = [(told.before.metrics[0][0], told.text)]
    for metric, stretch in about:
        start, bounds = told.text.index(stretch), {published()[metric].target, *_bounds(metric, stretch)}
        found = [(float(rate[1].replace(",", ".")), Span(start + rate.start(), start + rate.end())) for rate in _PERCENT.finditer(stretch)]
        rates = [(value, span) for value, span in found if value not in bounds]
        if any(_misses(metric, value) for value, _ in rates):
            yield from ((f"{metric}.rate", told.at(*span)) for _, span in rates)


def states_rate(told: Told) -> bool:
    """Tell whether a piece states the rate of a metric, good or bad.

    Args:
        told: the piece.
    """
    return bool(told.metrics and _rates(told.text))


def _about_metrics(told: Told) -> Iterator[tuple[str, Span, str]]:
    """Yield each metric with the words about it: the whole sentence, or up to the next metric where there are several."""
    if not told.metrics:
        return
    if len({metric for metric, _ in told.metrics}) == 1:
        yield (*told.metrics[0], told.text)
        return
    starts = [span.start - told.piece.start for _, span in told.metrics]
    for (metric, span), start, end in zip(told.metrics, starts, [*starts[1:], len(told.text)], strict=False):
        yield metric, span, told.text[start:end]


def _listed_as_failing(told: Told) -> bool:
    return bool(told.lead and told.lead.aside.isdisjoint(_NO_METRIC) and told.lead.has("fails", "phrases"))


def _asked_about(told: Told) -> bool:
    """Does it ask in so many words what became, or is to become, of a metric? That a rate must stay low asks nothing."""
    asks = told.has("says", "tell") or any(told.has("question", question, "phrases") for question in PLAN)
    return asks and told.asks and told.aside.isdisjoint(_NOT_ASKED) and told.asks_plan


def _bounds(metric: str, words: str) -> list[float]:
    """Return the rates that a metric is said to have gone beyond."""
    return _rates(" ".join(_BEYOND[published()[metric].better].findall(words)))


def _rates(words: str) -> list[float]:
    return [float(rate.replace(",", ".")) for rate in _PERCENT.findall(words)]


def _misses(metric: str, rate: float) -> bool:
    """Does a rate miss the published target? Then it fails, whatever the words around say."""
    known = published()[metric]
    return _LOW < rate < known.target if known.high else rate > known.target
