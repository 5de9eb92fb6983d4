"""The metrics that a notice says do fail: by their rate, or by its words where it gives none."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from appealkit.metrics import published
from appealkit.notice import PLAN
from appealkit.phrases import holds, pattern
from appealkit.reading.told import Told
from appealkit.span import Span

_LOW = 20  # per cent; a share of valid numbers or parcels in time is never so low, but what is missing of it may be
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{1,3})?)\s{0,8}(?:%|per ?cent\b)")
_BOUND = r"\s?\d{1,3}(?:[.,]\d{1,3})?\s?(?:%|per ?cent\b)"
_BEYOND = {
    better: re.compile(rf"(?<!not )(?:(?:{english}) (?:[a-z]{{1,10}} ){{0,3}}?|{chinese}){_BOUND}")
    for better, english, chinese in (
        ("under", "above|over|exceed(?:s|ed|ing)?|(?:higher|more|greater) than", "\u8d85\u904e|\u9ad8\u65bc"),
        ("over", "below|under|(?:lower|less) than", "\u4f4e\u65bc"),
    )
}
"""How a metric is said to have gone beyond a rate, which is then the notice's own target and no value."""
_JOINED = re.compile(
    r"[\s(),/&\u3001]{0,4}(?:(?:and|or|as well as|\u4ee5\u53ca|[\u548c\u53ca\u8207\u6216])\s?)?"
    r"(?:(?:your|the|its|a|high|\u60a8\u7684)\s?){0,2}"
)
"""What parts two metrics of which the same is said: "your late shipment rate and your cancellation rate do not meet our targets"."""
_TARGET = re.compile(
    r"(?:target|goal|requirement|minimum|maximum|limit|\u76ee\u6a19|\u6a19\u6e96)\W{0,8}"
    r"(?:(?:is|of|under|below|above|over|at least|less than|more than|\u70ba|\u4f4e\u65bc|\u9ad8\u65bc)\W{0,3}){0,2}\Z"
)
"""What stands before a rate that is a target, and no value."""
_NEAR = 40  # characters
_MARKS = ' :(\u201c"'
_NOT_ASKED = {"advice", "healthy", "definition", "routine"}
_NOT_BLAMED = _NOT_ASKED | {"standing", "tips", "elsewhere", "condition"}
_NO_METRIC = {"condition", "advice", "waived"}


def failing(told: Told) -> Iterator[tuple[str, Span]]:
    """Yield the metrics that it says do fail: by their rate, or by its words where no rate is given."""
    if "condition" in told.aside or told.cited or told.option or not (told.metrics or told.before):
        return
    settled = "waived" in told.aside  # a rate that misses its target does so, whatever is settled about it
    listed = not settled and (_asked_about(told) or ("advice" not in told.aside and _listed_as_failing(told)))
    for metric, span, words, targets, first in _about_metrics(told):
        rates = [rate for rate in _rates(words) if rate not in targets][: 1 if settled else None]
        before = _rates(told.before.text) if told.before and not rates and len(told.metrics) == 1 and not told.before.metrics else []
        beyond = any(bound not in targets for bound in _bounds(metric, words))
        worded = not settled and (_worded(told, metric, words) or _blamed(told, first))
        if any(_misses(metric, rate) for rate in rates or before) or ((not rates or beyond) and (worded or listed)):
            yield metric, span
    if not told.metrics and told.before and len(dict(told.before.metrics)) == 1 and told.has("fails", "own"):
        metric, span = told.before.metrics[0]
        if any(_misses(metric, rate) for rate in _rates(told.text)):
            yield metric, span


def recovered(told: Told) -> str | None:
    """Return the metric that the sentence before names, where this one says that it meets its target by now."""
    named = dict(told.before.metrics) if told.before and not told.metrics else {}
    if len(named) != 1 or "healthy" not in told.aside or not told.has("fails", "own"):
        return None
    [metric] = named
    rates = [rate for rate in _rates(told.text) if rate != published()[metric].target]
    return metric if rates and not any(_misses(metric, rate) for rate in rates) else None


def stated_rates(told: Told) -> Iterator[tuple[str, Span]]:
    """Yield the rates of metrics that miss their targets, each as `METRIC.rate`; no target is among them, nor another limit."""
    if not told.aside.isdisjoint(_NO_METRIC | {"definition"}):
        return
    about = [(one.metric, one.words) for one in _about_metrics(told)]
    if not told.metrics and told.before and len(dict(told.before.metrics)) == 1 and told.has("fails", "own"):
        about = [(told.before.metrics[0][0], told.text)]
    for metric, stretch in about:
        start, bounds = told.text.index(stretch), {published()[metric].target, *_bounds(metric, stretch)}
        found = [(float(rate[1].replace(",", ".")), Span(start + rate.start(), start + rate.end())) for rate in _values(stretch)]
        rates = [(value, span) for value, span in found if value not in bounds]
        if any(_misses(metric, value) for value, _ in rates):
            yield from ((f"{metric}.rate", told.at(*span)) for _, span in rates)


def states_rate(told: Told) -> bool:
    """Tell whether a piece states the rate of a metric, good or bad.

    Args:
        told: the piece.
    """
    return bool(told.metrics and _rates(told.text))


class _About(NamedTuple):
    """A metric, where it is named, the words about it, the targets in these, and where the first metric begins that they are about."""

    metric: str
    span: Span
    words: str
    targets: set[float]
    first: int


def _about_metrics(told: Told) -> Iterator[_About]:
    """Yield each metric with the words about it: the whole sentence, or up to the next metric where there are several.

    Those in a row share what is said of them, unless each has a rate of its own.
    """
    starts = [span.start - told.piece.start for _, span in told.metrics]
    ends = [*starts[1:], len(told.text)]
    rows = _rows(told)
    for row in rows:
        first, named = starts[row[0]], {told.metrics[number][0]: told.metrics[number][1] for number in reversed(row)}
        shared = told.text if len(rows) == 1 else told.text[first : ends[row[-1]]]
        targets = {published()[metric].target for metric in named}
        if len(named) == 1 or all(rate in targets for rate in _rates(shared)):
            yield from (_About(metric, span, shared, targets, first) for metric, span in named.items())
        else:
            for number in row:
                metric, span = told.metrics[number]
                yield _About(metric, span, told.text[starts[number] : ends[number]], {published()[metric].target}, starts[number])


def _rows(told: Told) -> list[list[int]]:
    """Put the numbers of metrics together between which stands no more than "and"; where there is but one metric, all of them."""
    if len({metric for metric, _ in told.metrics}) == 1:
        return [[*range(len(told.metrics))]]
    rows: list[list[int]] = []
    for number, (_, span) in enumerate(told.metrics):
        if rows and _JOINED.fullmatch(told.words(Span(told.metrics[number - 1][1].end, span.start))):
            rows[-1].append(number)
        else:
            rows.append([number])
    return rows


def _worded(told: Told, metric: str, words: str) -> bool:
    """Is it said in so many words that a metric fails?"""
    said = holds(words, "fails", "phrases") or (published()[metric].high and holds(words, "fails", "low"))
    return said and told.aside.isdisjoint({"healthy", "definition", "advice"})


def _blamed(told: Told, start: int) -> bool:
    """Do words right before a metric make it the reason for what Amazon did, or wants to read about?"""
    if not told.aside.isdisjoint(_NOT_BLAMED):
        return False
    before = pattern("fails", "blames").finditer(told.text, max(0, start - _NEAR), start)
    return any(not told.text[found.end() : start].strip(_MARKS) for found in before)


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
    return [float(found[1].replace(",", ".")) for found in _values(words)]


def _values(words: str) -> Iterator[re.Match[str]]:
    """Find the rates that words state, without what they call a target."""
    return (found for found in _PERCENT.finditer(words) if not _TARGET.search(words, max(0, found.start() - _NEAR), found.start()))


def _misses(metric: str, rate: float) -> bool:
    """Does a rate miss the published target? Then it fails, whatever the words around say."""
    known = published()[metric]
    return _LOW < rate < known.target if known.high else rate > known.target
