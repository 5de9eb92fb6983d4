"""Figures and dates of a letter beside those of the seller's data: which of them differ."""

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from appealkit.health import Reading, marketplace_name, place
from appealkit.segment import Span
from appealkit.stated import Count, Number, Share, bound_before, counts, fits, numbers, one_in, periods, shares, windows, worded_rates
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

    def metric(self, sentence: Span, position: int) -> str | None:
        """Return the metric that a figure is about.

        It is the one that its sentence names last before it, or else first behind it, or else the one named last before the sentence.
        """
        first, here, end = (bisect_left(self.named, (place, "")) for place in (sentence.start, position, sentence.end))
        if first < end:
            return self.named[here - 1 if here > first else first][1]
        return self.named[max(0, first - 1)][1] if self.named else None


def disagreements(told: Told, readings: Collection[Reading]) -> Iterator[Differing]:
    """Find the figures and dates that differ from the data.

    A figure is compared only with the same figure of the same metric, and of the marketplace that its sentence names. It agrees when any
    marketplace or way of fulfilment has it, within what rounding and its words allow; where the data does not give it, nothing is said.

    Args:
        told: what the letter tells.
        readings: the metrics of the data.

    Yields:
        The words of the letter, in their order, and what the data says.
    """
    yield from sorted(_disagreements(told, readings))


def _disagreements(told: Told, readings: Collection[Reading]) -> Iterator[Differing]:
    stated: list[tuple[Count, Sequence[Reading]]] = []
    for sentence in told.sentences:
        there = _there(told.text, sentence, readings)
        if not there or _other("other_metric").search(told.text, *sentence) or _of_another_year(told.text, sentence, there):
            continue
        rates = [span for span in told.rates if sentence.start <= span.start < sentence.end]
        given = numbers(told.text, sentence)
        yield from _rates(told, sentence, rates, given, there)
        if not _other("other_count").search(told.text, *sentence):
            found = [*shares(told.text, sentence, given)]
            kinds = [*_kinds(told.text, sentence, given, found)]
            yield from _shares(told, sentence, found, {count.number.start for count in kinds}, there)
            stated += [(count, there) for count in kinds]
            stated += [(count, _about(told, sentence, count.number.start, there)) for count in _sums(told, sentence, given, found)]
        yield from _windows(told, sentence, given, there, has_rate=bool(rates))
    yield from _counts(stated)


# -- which part of the data ---------------------------------------------------------------------------------------------------


def _there(text: str, sentence: Span, readings: Collection[Reading]) -> tuple[Reading, ...]:
    """Return the readings of the marketplaces and the way of fulfilment that a sentence, or its paragraph before it, names."""
    named = {found.lastgroup for found in _places().finditer(text, *sentence)}
    if not named:
        before = [found.lastgroup for found in _places().finditer(text, text.rfind("\n", 0, sentence.start) + 1, sentence.start)]
        named = {*before[-1:]}
    ways = {way for way, words in load("agreement.toml")["way"].items() if re.search(rf"\b(?:{'|'.join(words)})\b", text[slice(*sentence)])}
    known = {_key(name): name for name in load("health.toml")["marketplaces"].values()}
    return tuple(
        reading
        for reading in readings
        if (not named or reading.marketplace is None or (key := _key(marketplace_name(reading.marketplace))) in named or key not in known)
        and (not ways or reading.fulfilment not in load("agreement.toml")["way"] or reading.fulfilment in ways)
    )


def _of_another_year(text: str, sentence: Span, readings: Sequence[Reading]) -> bool:
    """Tell whether a sentence speaks of a year, and of none in which the data is."""
    named = {int(found[1]) for found in _YEAR.finditer(text, *sentence)}
    known = {day.year for reading in readings for day in (reading.start, reading.end) if day}
    return bool(named and known) and named.isdisjoint(known)


_YEAR = re.compile(r"\b(?:in|of|for|during|since|year) (20\d\d)\b")


def _key(name: str) -> str:
    return name.lower().replace(".", "_")


@cache
def _places() -> re.Pattern[str]:
    """Find the marketplaces that are named, by their address or by their country."""
    site = "marketplaces?|store|site|account|shop|amazon"
    shapes = {name: re.escape(name.lower()) + r"(?!\.?\w)" for name in load("health.toml")["marketplaces"].values()}
    for name, words in load("agreement.toml")["place"].items():
        country = "|".join(words)
        shapes[name] += rf"|\b(?:{country}) (?:{site})\b|\b(?:{site}) (?:(?:in|for) )?(?:the )?(?:{country})(?!\w)"
    return re.compile("|".join(rf"(?P<{_key(name)}>{shape})" for name, shape in shapes.items()))


def _about(told: Told, sentence: Span, position: int, readings: Sequence[Reading]) -> list[Reading]:
    metric = told.metric(sentence, position)
    return [reading for reading in readings if reading.id == metric] if metric else [*readings]


# -- rates --------------------------------------------------------------------------------------------------------------------


def _rates(told: Told, sentence: Span, spans: Sequence[Span], given: Sequence[Number], readings: Sequence[Reading]) -> Iterator[Differing]:
    """Compare the rates of a sentence; of several of one metric, such as a rate and how far it was to fall, one has to agree."""
    if _other("other_time").search(told.text, *sentence):
        return
    stated = [(span, *_percent(told.text[slice(*span)])) for span in spans] + [*worded_rates(told.text, sentence)]
    groups: dict[str | None, list[tuple[float, Span]]] = {}
    for span, value, rounding in stated:
        known = [rate for reading in _about(told, sentence, span.start, readings) for rate in _known_rates(reading)]
        bound = bound_before(told.text, span.start).replace("part", "")  # “a rate of 2%” is no part of it
        if known and not (bound == "below" and (span, value, rounding) not in stated[: len(spans)]):  # a target in words
            apart = min(0.0 if fits(value, bound, rate, rounding) else _apart(value, rate, rounding) for rate in known)
            groups.setdefault(told.metric(sentence, span.start), []).append((apart, span))
    for found in groups.values():
        nearest, span = min(found)
        if nearest > 0:
            about = _about(told, sentence, span.start, readings)
            yield span, _said(about, lambda reading: None if reading.value is None else f"{reading.value:.4g}%")
    for span, number in one_in(told.text, sentence, given):
        about = [reading for reading in _about(told, sentence, span.start, readings) if reading.orders and reading.defects]
        if about and not any(_is_one_in(number, reading) for reading in about):
            yield span, _said(about, lambda reading: f"{reading.defects} / {reading.orders}")


def _known_rates(reading: Reading) -> Iterator[float]:
    """Yield the rate of the data, and that of its counts, which is the exact one."""
    if reading.value is not None:
        yield reading.value
        if reading.orders and reading.defects is not None and reading.defects <= reading.orders:
            bad = 100 * reading.defects / reading.orders
            yield bad if load("metrics.toml")[reading.id]["better"] == "under" else 100 - bad


def _percent(words: str) -> tuple[float, float]:
    """Return a percentage, and half of its last digit."""
    digits = re.split(r"[^\d.,]", words)[0].replace(",", ".").rstrip(".")
    return float(digits), 0.5 * 10.0 ** -len(digits.partition(".")[2])


def _apart(stated: float, known: float, rounding: float) -> float:
    """Return how far a percentage lies from a rate, beyond half of its last digit."""
    return max(0.0, abs(stated - known) - rounding - 1e-9)


def _is_one_in(number: Number, reading: Reading) -> bool:
    each = (reading.orders or 0) / (reading.defects or 1)
    return number.fits(int(each)) or number.fits(round(each)) or number.fits(int(each) + 1)


# -- counts -------------------------------------------------------------------------------------------------------------------


def _shares(told: Told, sentence: Span, found: Sequence[Share], told_as_kind: set[int], readings: Sequence[Reading]) -> Iterator[Differing]:
    """Compare “4 of 310 orders”: the orders with those of the data, and the part with its defects, all or those of a kind."""
    for share in found:
        about = _about(told, sentence, share.span.start, readings)
        if share.part.start in told_as_kind:  # then it may be another metric's, and its part is compared with the others of its kind
            about = [reading for reading in readings if reading.orders is not None]
        counted = [reading for reading in about if reading.orders is not None and reading.defects is not None]
        if not counted or any(_is_part_of(share, reading, told_as_kind) for reading in counted):
            continue
        yield share.span, _said(counted, lambda reading: f"{reading.defects} / {reading.orders}")


def _is_part_of(share: Share, reading: Reading, told_as_kind: set[int]) -> bool:
    """Tell whether a share can be of a metric's orders, or of its defective ones: “three of the four”."""
    parts = {reading.defects or 0, *reading.by_kind.values(), *_sound(reading)}
    if share.whole.value in parts:
        return True
    told = share.part.start in told_as_kind or any(share.part.fits(part) for part in parts)
    return told and share.whole.fits(reading.orders or 0)


def _sound(reading: Reading) -> Iterator[int]:
    """Yield the orders that count for the seller, where the rate is theirs: “174 of 180 had valid tracking”."""
    if load("metrics.toml")[reading.id]["better"] == "over" and reading.orders is not None and reading.defects is not None:
        yield reading.orders - reading.defects


def _kinds(text: str, sentence: Span, given: Sequence[Number], found: Sequence[Share]) -> Iterator[Count]:
    """Find the numbers of each kind of defect; what became of orders is said of the part that is counted out of them."""
    shared = {share.whole.start: share for share in found}
    for count in counts(text, sentence, given, "kind"):
        share = shared.get(count.number.start) if count.by_verb else None
        yield replace(count, number=share.part, span=share.span) if share else count


def _sums(told: Told, sentence: Span, given: Sequence[Number], found: Sequence[Share]) -> Iterator[Count]:
    """Find all defects and all orders, where they are not told as a share."""
    shared = {number.start for share in found for number in (share.part, share.whole)}
    yield from counts(told.text, sentence, [number for number in given if number.start not in shared], "sum")


def _counts(stated: Sequence[tuple[Count, Sequence[Reading]]]) -> Iterator[Differing]:
    """Compare what is counted; a letter may tell a number in parts, so that the sum of all that it tells may be the number.

    No part is greater than the whole, so that a greater number always differs.
    """
    groups: dict[tuple[object, ...], tuple[list[Count], Sequence[Reading]]] = {}
    for count, readings in stated:
        groups.setdefault((count.what, *map(id, readings)), ([], readings))[0].append(count)
    for told, readings in groups.values():
        what = told[0].what
        known = {value for reading in readings for value in _known(what, reading)}
        differing = next(_differ(told, known), None) if known else None
        if differing:
            yield differing.span, _said(readings, lambda reading, what=what: _figure(what, reading))  # type: ignore[misc]
        elif not known:
            yield from _too_many(told, readings)


def _differ(told: Sequence[Count], known: Collection[int]) -> Iterator[Count]:
    """Yield what differs from all that the data has."""
    whole = sum(count.number.value for count in told)
    exact = [count.number for count in told if count.number.bound != "part"]
    agree = not exact or whole in known or any(number.fits(value) for number in exact for value in known)
    for count in told:
        if not any(map(count.number.fits, known)) and (not agree or count.number.value > max(known)):
            yield count


def _known(what: str, reading: Reading) -> Iterator[int]:
    """Yield what the data has for something that is counted."""
    if what in reading.by_kind:
        yield reading.by_kind[what]
    if what == "defects" and reading.defects is not None:
        yield from (reading.defects, *([sum(reading.by_kind.values())] if reading.by_kind else []))
    if what == "orders" and reading.orders is not None:
        yield from (reading.orders, *filter(None, (reading.defects,)), *_sound(reading))


def _figure(what: str, reading: Reading) -> str | None:
    known = next(_known(what, reading), None)
    return None if known is None else str(known)


def _too_many(told: Sequence[Count], readings: Sequence[Reading]) -> Iterator[Differing]:
    """Where the data does not tell a kind, no more orders can have it than have any defect that its metric counts."""
    counting = [reading for reading in readings if reading.defects is not None]
    about = [reading for reading in counting if told[0].what in load("metrics.toml")[reading.id]["counts"]]
    most = max((reading.defects or 0 for reading in about), default=None)
    over = next((count for count in told if most is not None and count.number.bound != "most" and count.number.value > most), None)
    if over:
        yield over.span, _said(about, lambda reading: f"{reading.defects} / {reading.orders}")


# -- dates --------------------------------------------------------------------------------------------------------------------


def _windows(told: Told, sentence: Span, given: Sequence[Number], readings: Sequence[Reading], *, has_rate: bool) -> Iterator[Differing]:
    """Compare a period: beside the rate it is the window of the data; without the rate it only has to lie within it."""
    about = _about(told, sentence, sentence.end, readings)
    known = [(reading.start, reading.end) for reading in about if reading.start and reading.end]
    if not known or _other("other_time").search(told.text, *sentence):
        return
    for span, told_as in periods(told.text, sentence, given, known[0][1]):
        if told_as and not any(_is_window(period, window, inside=not has_rate) for period in told_as for window in known):
            yield span, _said(about, lambda reading: f"{reading.start} \u2013 {reading.end}" if reading.start else None)
    lengths = {(end - start).days + 1 for start, end in known}
    for span, days in windows(told.text, sentence, given) if has_rate else ():
        if days not in lengths:
            yield span, _said(about, lambda reading: f"{reading.start} \u2013 {reading.end}" if reading.start else None)


def _is_window(period: tuple[date, date], window: tuple[date, date], *, inside: bool) -> bool:
    return period == window or (inside and window[0] <= period[0] <= period[1] <= window[1])


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


@cache
def _other(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(load('agreement.toml')[words])})\b")
