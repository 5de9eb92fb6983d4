"""Figures and dates of a letter beside those of the seller's data: which of them differ."""

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from appealkit.health import Reading, place
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

    def metric(self, position: int) -> str | None:
        """Return the metric that was named last before a place, or else the first of the letter."""
        return self.named[max(0, bisect_left(self.named, (position, "")) - 1)][1] if self.named else None


def disagreements(told: Told, readings: Collection[Reading]) -> Iterator[Differing]:
    """Find the figures and dates that differ from the data.

    A figure is compared only with the same figure of the same metric. It agrees when any marketplace or way of fulfilment has it,
    within what rounding allows; where the data does not give it, nothing is said.

    Args:
        told: what the letter tells.
        readings: the metrics of the data.

    Yields:
        The words of the letter, and what the data says.
    """
    yield from _kinds(told, readings)
    for sentence in told.sentences:
        metric = told.metric(sentence.end)
        about = [reading for reading in readings if reading.id == metric] if metric else [*readings]
        rates = [span for span in told.rates if sentence.start <= span.start < sentence.end]
        yield from _rates(told.text, sentence, rates, about)
        yield from _counts(told.text, sentence, about)
        yield from _windows(told.text, sentence, about, has_rate=bool(rates))


# -- rates --------------------------------------------------------------------------------------------------------------------


def _rates(text: str, sentence: Span, spans: Sequence[Span], readings: Sequence[Reading]) -> Iterator[Differing]:
    known = [reading.value for reading in readings if reading.value is not None]
    if not spans or not known or _other_time().search(text, *sentence):
        return
    apart = [(min(_apart(text[slice(*span)], value) for value in known), span) for span in spans]
    nearest, span = min(apart)
    if nearest > 0:
        yield span, _said(readings, lambda reading: None if reading.value is None else f"{round(reading.value, 2):g}%")


def _apart(words: str, value: float) -> float:
    """Return how far a percentage lies from a rate, beyond half of its last digit."""
    digits = re.split(r"[^\d.,]", words)[0].replace(",", ".").rstrip(".")
    decimals = len(digits.partition(".")[2])
    return max(0.0, abs(float(digits) - value) - 0.5 * 10.0**-decimals - 1e-9)


# -- counts -------------------------------------------------------------------------------------------------------------------


def _counts(text: str, sentence: Span, readings: Sequence[Reading]) -> Iterator[Differing]:
    """Compare “4 of 310 orders”: the orders with those of the data, and the part with its defects, all or those of a kind."""
    counted = [reading for reading in readings if reading.orders is not None and reading.defects is not None]
    for found in _share().finditer(text, *sentence) if counted else ():
        part, whole = _number(found["part"]), _number(found["whole"])
        parts = [{reading.defects, *reading.by_kind.values(), *_sound(reading)} for reading in counted]
        if any(whole in known or (whole == reading.orders and part in known) for reading, known in zip(counted, parts, strict=True)):
            continue  # the whole may be the defective orders themselves: “three of the four”
        yield Span(*found.span()), _said(counted, lambda reading: f"{reading.defects} / {reading.orders}")


def _sound(reading: Reading) -> Iterator[int]:
    """Yield the orders that count for the seller, where the rate is theirs: “174 of 180 had valid tracking”."""
    if load("metrics.toml")[reading.id]["better"] == "over" and reading.orders is not None and reading.defects is not None:
        yield reading.orders - reading.defects


def _kinds(told: Told, readings: Collection[Reading]) -> Iterator[Differing]:
    """Compare the number of each kind of defect; a letter may tell it in parts, so that the sum of all that it tells may be the number."""
    found = [
        (kind, _number(match["count"]), Span(match.start(), match.end()))
        for sentence in told.sentences
        for kind, pattern in _kind_patterns().items()
        for match in pattern.finditer(told.text, *sentence)
    ]
    for kind, stated in groupby(sorted(found, key=itemgetter(0)), itemgetter(0)):
        counts = [*stated]
        about = [reading for reading in readings if kind in reading.by_kind]
        known = {reading.by_kind[kind] for reading in about}
        if known and known.isdisjoint({*map(itemgetter(1), counts), sum(map(itemgetter(1), counts))}):
            yield counts[0][2], _said(about, lambda reading, kind=kind: str(reading.by_kind[kind]))  # type: ignore[misc]


# -- dates --------------------------------------------------------------------------------------------------------------------


def _windows(text: str, sentence: Span, readings: Sequence[Reading], *, has_rate: bool) -> Iterator[Differing]:
    """Compare a period: beside the rate it is the window of the data; without the rate it only has to lie within it."""
    windows = [(reading.start, reading.end) for reading in readings if reading.start and reading.end]
    if not windows or _other_time().search(text, *sentence):
        return
    for found in _range().finditer(text, *sentence):
        parts = {name.rstrip("abcd"): value for name, value in found.groupdict().items() if value}
        periods = [period for told in _ways(parts) if (period := _period(told, windows[0][1]))]
        if periods and not any(
            period == window or (not has_rate and window[0] <= period[0] <= period[1] <= window[1])
            for period in periods
            for window in windows
        ):
            yield Span(*found.span()), _said(readings, lambda reading: f"{reading.start} \u2013 {reading.end}" if reading.start else None)


def _ways(parts: dict[str, str]) -> list[dict[str, str]]:
    """Return how the parts of two days may read: days in digits begin with the day or with the month."""
    if "onefirst" not in parts:
        return [parts]
    return [{**parts, **{f"{name}{end}": parts[f"{spot}{end}"] for name, spot in order for end in ("first", "last")}} for order in _ORDERS]


_ORDERS = ((("d", "one"), ("m", "two")), (("m", "one"), ("d", "two")))


def _period(told: Mapping[str, str], known: date) -> tuple[date, date] | None:
    """Put the parts of two days together: what one of them leaves out is that of the other, and a missing year that of the data."""
    last_year = int(told.get("ylast") or told.get("yfirst") or known.year)
    first_month, last_month = told.get("mfirst") or told.get("mlast"), told.get("mlast") or told.get("mfirst")
    try:
        last = date(last_year, _month(last_month), int(told["dlast"]))
        first = date(int(told.get("yfirst") or last_year), _month(first_month), int(told["dfirst"]))
    except ValueError:
        return None
    if first > last and "yfirst" not in told:  # from December to January
        first = first.replace(year=first.year - 1)
    return (first, last) if first <= last else None


def _month(name: str | None) -> int:
    if name is None:
        raise ValueError
    if name.isdigit():
        return int(name)
    return next(number for number, month in enumerate(load("layout.toml")["month"], 1) if month.startswith(name[:3]))


# -- what is shared -----------------------------------------------------------------------------------------------------------


def _said(readings: Sequence[Reading], figure: Callable[[Reading], str | None]) -> str:
    """Return the figure of the data; of several, each with its place."""
    figures: dict[str, str] = {}
    for reading in readings:
        words = figure(reading)
        if words is not None:
            figures.setdefault(words, place(reading.marketplace, reading.fulfilment))
    if len(figures) == 1:
        return next(iter(figures))
    return " | ".join(f"{words} ({place})" if place else words for words, place in figures.items())


def _number(words: str) -> int:
    named: dict[str, int] = _data()["number"]
    return named[words] if words in named else int(words.replace(",", ""))


def _data() -> dict[str, Any]:
    return load("agreement.toml")


@cache
def _a_number() -> str:
    return rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,2}}|\d{{1,9}}|{'|'.join(_data()['number'])})"


@cache
def _share() -> re.Pattern[str]:
    between = "|".join(_data()["part"])
    return re.compile(
        rf"(?<![\w.,])(?P<part>{_a_number()})(?: (?:{between})){{0,2}} (?:out )?of (?:(?:our|the|all|those|these|a total of) )?"
        rf"(?P<whole>{_a_number()})(?![\w%]|[.,]\d| ?%| (?:days?|weeks?|months?|hours?|per)\b)"
    )


@cache
def _kind_patterns() -> Mapping[str, re.Pattern[str]]:
    return {
        kind: re.compile(rf"(?<![\w.,-])(?P<count>{_a_number()}) (?:(?:open|such|new) )?(?:{'|'.join(names)})\b")
        for kind, names in _data()["kind"].items()
    }


@cache
def _other_time() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_data()['other_time'])})\b")


@cache
def _range() -> re.Pattern[str]:
    months = "|".join(sorted(load("layout.toml")["month"], key=len, reverse=True))
    to = r"(?:,? (?:to|and|until|till|through) (?:the )?| ?[-\u2013\u2014] ?)"
    end = r"(?:st|nd|rd|th)?"
    return re.compile(
        rf"(?<![\w.-])(?P<dfirsta>\d{{1,2}}){end}(?: (?:of )?(?P<mfirsta>{months})\b\.?(?:,? (?P<yfirsta>20\d\d)\b)?)?{to}"
        rf"(?P<dlasta>\d{{1,2}}){end} (?:of )?(?P<mlasta>{months})\b(?:,? (?P<ylasta>20\d\d)\b)?"
        rf"|\b(?P<mfirstb>{months})\b\.? (?P<dfirstb>\d{{1,2}}){end}(?:,? (?P<yfirstb>20\d\d)\b)?{to}"
        rf"(?:(?P<mlastb>{months})\b\.? )?(?P<dlastb>\d{{1,2}}){end}(?!\d)(?:,? (?P<ylastb>20\d\d)\b)?"
        rf"|(?<![\d-])(?P<yfirstc>20\d\d)-(?P<mfirstc>\d{{1,2}})-(?P<dfirstc>\d{{1,2}}){to}"
        r"(?P<ylastc>20\d\d)-(?P<mlastc>\d{1,2})-(?P<dlastc>\d{1,2})(?!\d)"
        rf"|(?<![\d./-])(?P<onefirstd>\d{{1,2}})[./-](?P<twofirstd>\d{{1,2}})[./-](?P<yfirstd>20\d\d){to}"
        r"(?P<onelastd>\d{1,2})[./-](?P<twolastd>\d{1,2})[./-](?P<ylastd>20\d\d)(?!\d)"
    )
