"""Figures and dates of a letter beside those of the seller's data: which of them differ."""

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise

from appealkit.health import Reading, marketplace_name, place
from appealkit.segment import Span
from appealkit.stated import (
    Count,
    Moment,
    Number,
    Rate,
    Share,
    beside,
    counts,
    from_to,
    is_rate_of,
    moment_of,
    moments,
    numbers,
    one_in,
    part_of,
    periods,
    rates,
    shares,
    told_as_earlier,
    windows,
)
from appealkit.text import load
from appealkit.workbench import misplaced

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

    def rates_in(self, sentence: Span) -> list[Span]:
        """Return the percentages of a sentence."""
        return [span for span in self.rates if sentence.start <= span.start < sentence.end]

    def metric(self, sentence: Span, position: int) -> str | None:
        """Return the metric that a figure is about.

        It is the one that its sentence names last before it, or else first behind it, or else the one named last before the sentence.
        """
        first, here, end = (bisect_left(self.named, (place, "")) for place in (sentence.start, position, sentence.end))
        if first < end:
            return self.named[here - 1 if here > first else first][1]
        return self.named[max(0, first - 1)][1] if self.named else None


def disagreements(told: Told, readings: Collection[Reading]) -> Iterator[Differing]:
    """Find the figures and dates that differ from the data, and rates that differ from the counts beside them.

    A figure is compared only with the same figure of the same metric, and of the marketplace that its sentence names. It agrees when any
    marketplace or way of fulfilment has it, or some together, within what rounding and its words allow; where the data does not give it,
    nothing is said. Where the data contradicts itself, either of its figures agrees; where it may count too few, a greater one does.

    Args:
        told: what the letter tells.
        readings: the metrics of the data; without any, only the letter's own figures are compared with each other.

    Yields:
        The words of the letter, in their order, and what the data says.
    """
    yield from sorted(_disagreements(told, [reading for reading in readings if not misplaced(reading)]))


def _disagreements(told: Told, readings: Collection[Reading]) -> Iterator[Differing]:
    stated: list[tuple[Count, Sequence[Reading]]] = []
    together: dict[tuple[int, ...], tuple[Reading, ...]] = {}
    for sentence in told.sentences:
        given = numbers(told.text, sentence)
        found = [*shares(told.text, sentence, given)]
        kinds = [*_kinds(told.text, sentence, given, found)]
        percentages = [*rates(told.text, sentence, told.rates_in(sentence))]
        alone = _there(told.text, sentence, readings)
        differing: list[Differing] = []
        if alone and not _other("other_metric").search(told.text, *sentence) and not _of_another_year(told.text, sentence, alone):
            key = tuple(map(id, alone))
            there = together[key] = together.get(key) or (*alone, *_sums_of(alone))
            window = _spans_of_window(told, sentence, given, there)
            if _tells_part_of_window(told, sentence, given, there):
                found = [replace(share, part=_some(share.part), whole=_some(share.whole)) for share in found]
                kinds = [replace(count, number=_some(count.number)) for count in kinds]
                given = [*map(_some, given)]
            counting = not _other("other_count").search(told.text, *sentence)
            wrong = [*_shares(told, sentence, found, {count.number.start for count in kinds}, there)] if counting else []
            right = [share for share in found if share.span not in {span for span, _ in wrong}]
            stated_rates = [rate for rate in percentages if not any(is_rate_of(told.text, rate, share) for share in right)]
            differing += [*wrong, *_rates(told, sentence, stated_rates, window, there), *_one_in(told, sentence, given, there)]
            if counting:
                stated += [(count, there) for count in kinds]
                sums = _sums(told, sentence, given, found, in_window=bool(window))
                stated += [(count, _about(told, sentence, count.number.start, there)) for count in sums]
            whole = any(share.whole.value == reading.orders for share in found for reading in there)
            has_rate = any(not rate.worded for rate in stated_rates) or (whole and bool(percentages))
            differing += _windows(told, sentence, given, there, has_rate=has_rate)
        yield from differing
        some = {count.number.start for count in kinds if count.what in load("metrics.toml")["odr"]["counts"]}  # one of several kinds
        yield from _own_counts(told.text, percentages, found, some, differing)
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


def _sums_of(readings: Sequence[Reading]) -> Iterator[Reading]:
    """Yield what the marketplaces and ways of fulfilment of a metric have together: all, those of one marketplace, and those of one way."""
    groups: dict[tuple[str, ...], list[Reading]] = {}
    for reading in readings:
        if reading.orders is not None and reading.defects is not None:
            for key in ((), ("place", str(reading.marketplace)), ("way", str(reading.fulfilment))):
                groups.setdefault((reading.id, *key), []).append(reading)
    for some in groups.values():
        if len(some) > 1:
            orders, defects = (sum(getattr(reading, name) for reading in some) for name in ("orders", "defects"))
            kinds = set.intersection(*({*reading.by_kind} for reading in some))
            by_kind = {kind: sum(reading.by_kind[kind] for reading in some) for kind in kinds}
            value = next(_counted_rate(replace(some[0], orders=orders, defects=defects)), None)
            yield replace(some[0], fulfilment=_TOGETHER, value=value, orders=orders, defects=defects, by_kind=by_kind)


_TOGETHER = "+"
"""Instead of the way of fulfilment of what is summed up: such figures may be told, and are not told to the user."""


# -- rates --------------------------------------------------------------------------------------------------------------------


def _rates(told: Told, sentence: Span, stated: Sequence[Rate], window: Sequence[Span], readings: Sequence[Reading]) -> Iterator[Differing]:
    """Compare the rates of a sentence, each with that of its metric or of its kind of defect."""
    if _other("other_time").search(told.text, *sentence):
        return
    days = [*moments(told.text, sentence, max((reading.end for reading in readings if reading.end), default=date.max))]
    spans, groups = [*window], dict[tuple[str | None, str], list[tuple[float, Rate]]]()
    for rate in stated:
        about = _about(told, sentence, rate.span.start, readings)
        part = part_of(told.text, rate.span, sentence)
        apart = _apart(rate, part, about)
        if apart is None:
            continue
        moment = moment_of(told.text, rate.span, days)
        ends = [(reading.start, reading.end) for reading in about if reading.start and reading.end]
        if moment and ends and not any(_may_be_in(moment, *known) for known in ends):
            if apart == 0 and not any(start <= moment.last and moment.first <= end for start, end in ends):
                yield moment.span, _said(about, _window_said)
            continue
        spans += [moment.span] if moment and any(moment.first == moment.last == end for _, end in ends) else []
        groups.setdefault((told.metric(sentence, rate.span.start), part), []).append((apart, rate))
    for (_, part), found in groups.items():
        about = _about(told, sentence, found[0][1].span.start, readings)
        worse = -1 if any(_better(reading) == "over" for reading in about) else 1
        for rate in _wrong(told.text, found, spans, worse):
            yield rate.span, _said(about, lambda reading, part=part: _rate_said(reading, part))  # type: ignore[misc]


def _apart(rate: Rate, part: str, about: Sequence[Reading]) -> float | None:
    """Return how far a rate lies from those of the data; None when there is none that it can be compared with."""
    high = all(_better(reading) == "over" for reading in about)
    if (
        part == "other" or (part == "orders" and not high) or (rate.worded and rate.bound == "below")
    ):  # a part of something else, or a target in words
        return None
    known = [(value, reading) for reading in about for value in _known_rates(reading, part, high=high)]
    worse = -1 if high else 1
    if any((_unsure(reading) if part else _open(reading)) and worse * (rate.value - value) >= 0 for value, reading in known):
        return 0.0
    return min((0.0 if rate.fits(value) else max(0.0, abs(rate.value - value) - rate.rounding - 1e-9) for value, _ in known), default=None)


def _one_in(told: Told, sentence: Span, given: Sequence[Number], readings: Sequence[Reading]) -> Iterator[Differing]:
    """Compare “one in 80 orders”."""
    if _other("other_time").search(told.text, *sentence):
        return
    for span, number in one_in(told.text, sentence, given):
        about = [reading for reading in _about(told, sentence, span.start, readings) if reading.orders and reading.defects]
        if about and not any(_is_one_in(number, reading) for reading in about):
            yield span, _said(about, lambda reading: f"{reading.defects} / {reading.orders}")


def _wrong(text: str, found: Sequence[tuple[float, Rate]], window: Sequence[Span], worse: int) -> list[Rate]:
    """Return the rates of one metric in a sentence that cannot be right.

    That beside the window has to agree, and that to which the rate came when it got worse. Of others, such as an earlier one or how far
    it was to fall, one has to.
    """
    became = [
        then
        for (_, first), then in pairwise(found)
        if from_to(text, first.span, then[1].span) and worse * (then[1].value - first.value) > 0
    ]
    earlier = [first for (_, first), (_, then) in pairwise(found) if from_to(text, first.span, then.span)]
    beside_window = [min(found, key=lambda each: _distance(span, each[1].span)) for span in window]
    must = [(apart, rate) for apart, rate in (*became, *beside_window) if rate not in earlier]
    wrong = list(dict.fromkeys(rate for apart, rate in must if apart > 0))
    exact = [each for each in found if each[1].bound in {"", "about"}]  # “over 1%” agrees with much
    nearest, rate = min(exact or found, key=lambda each: (each[0], each[1].span))
    if nearest > 0 and exact:
        now = [each for each in exact if not told_as_earlier(text, each[1].span)]
        nearest, rate = min(now or found, key=lambda each: (each[0], each[1].span))
    return wrong or ([rate] if nearest > 0 else [])


def _distance(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end)


def _known_rates(reading: Reading, part: str = "", *, high: bool = False) -> Iterator[float]:
    """Yield the rate of the data, and that of its counts, which is the exact one; or that of a kind of defect."""
    if part and part != "orders":
        if reading.orders and part in reading.by_kind:
            yield 100 * reading.by_kind[part] / reading.orders
        return
    for rate in (*([] if reading.value is None else [reading.value]), *_counted_rate(reading)):
        yield from (rate, 100 - rate) if part and high else (rate,)


def _counted_rate(reading: Reading) -> Iterator[float]:
    if reading.orders and reading.defects is not None and reading.defects <= reading.orders:
        bad = 100 * reading.defects / reading.orders
        yield bad if _better(reading) == "under" else 100 - bad


def _better(reading: Reading) -> str:
    better: str = load("metrics.toml")[reading.id]["better"]
    return better


def _open(reading: Reading) -> bool:
    """Tell whether the data may count too few: it tells some kinds of defect and not all that the metric counts, or has unknown words."""
    if _unsure(reading):
        return True
    kinds = {*load("metrics.toml")[reading.id]["counts"]}
    return bool(reading.by_kind) and not kinds <= {*reading.by_kind} and sum(reading.by_kind.values()) >= (reading.defects or 0)


def _unsure(reading: Reading) -> bool:
    """Tell whether the data holds words that may be defects of any kind."""
    return any(note.key == "unknown-in-window" for note in reading.disagreements)


def _rate_said(reading: Reading, part: str = "") -> str | None:
    """Return the rate as `health` prints it, and where the counts give another, that too."""
    counts = (reading.by_kind.get(part) if part not in {"", "orders"} else reading.defects, reading.orders)
    known = [f"{rate:.4g}%" for rate in _known_rates(reading, part)]
    if not known:
        return None
    if any(note.key == "rate-differs" for note in reading.disagreements):
        known[-1] = f"{counts[0]} / {counts[1]} = {known[-1]}"
        return " | ".join(known)
    return known[0]


def _own_counts(
    text: str, stated: Sequence[Rate], found: Sequence[Share], some: set[int], differing: Sequence[Differing]
) -> Iterator[Differing]:
    """Compare a rate with the count right beside it, “9.1%, 10 of 412 orders”: whatever the data says, both cannot be right."""
    for rate in stated:
        share = next((share for share in found if beside(text, rate.span, share)), None)
        if not share or share.part.start in some or rate.bound or share.part.bound or share.whole.bound or not share.whole.value:
            continue
        known = 100 * share.part.value / share.whole.value
        agree = any(abs(rate.value - value) <= 2 * rate.rounding + 1e-9 for value in (known, 100 - known))
        if not agree and not {rate.span, share.span} & {span for span, _ in differing}:
            yield rate.span, f"{share.part.value} / {share.whole.value} = {known:.4g}%"


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
    defects, parts = reading.defects or 0, {reading.defects or 0, *reading.by_kind.values()}
    if share.whole.value in parts:
        return True
    sound = share.whole.value - share.part.value <= defects if share.part.bound == "part" else any(map(share.part.fits, _sound(reading)))
    told = share.part.start in told_as_kind or sound or any(map(share.part.fits, parts))
    return (told or (_open(reading) and share.part.value > defects)) and share.whole.fits(reading.orders or 0)


def _sound(reading: Reading) -> Iterator[int]:
    """Yield the orders that count for the seller: “174 of 180 had valid tracking”."""
    if reading.orders is not None and reading.defects is not None:
        yield reading.orders - reading.defects


def _kinds(text: str, sentence: Span, given: Sequence[Number], found: Sequence[Share]) -> Iterator[Count]:
    """Find the numbers of each kind of defect; what became of orders is said of the part that is counted out of them."""
    shared = {share.whole.start: share for share in found}
    for count in counts(text, sentence, given, "kind"):
        share = shared.get(count.number.start) if count.by_verb else None
        yield replace(count, number=share.part, span=share.span) if share else count


def _sums(told: Told, sentence: Span, given: Sequence[Number], found: Sequence[Share], *, in_window: bool) -> Iterator[Count]:
    """Find all defects and all orders, where they are not told as a share; where the window is told, orders are those of it."""
    shared = {number.start for share in found for number in (share.part, share.whole)}
    rest = [number for number in given if number.start not in shared]
    every = [*counts(told.text, sentence, rest, "sum"), *(counts(told.text, sentence, rest, "in-window") if in_window else ())]
    yield from {count.number.start: count for count in every}.values()


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
        if known and what != "orders" and any(map(_open if what == "defects" else _unsure, readings)):
            told = [count for count in told if count.number.value < min(known)]  # noqa: PLW2901 - there may be more than the data counts
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
    counting = [reading for reading in readings if reading.defects is not None and not _open(reading)]
    about = [reading for reading in counting if told[0].what in load("metrics.toml")[reading.id]["counts"]]
    most = max((reading.defects or 0 for reading in about), default=None)
    over = next((count for count in told if most is not None and count.number.bound != "most" and count.number.value > most), None)
    if over:
        yield over.span, _said(about, lambda reading: f"\u2264 {reading.defects}")


# -- dates --------------------------------------------------------------------------------------------------------------------


def _windows(told: Told, sentence: Span, given: Sequence[Number], readings: Sequence[Reading], *, has_rate: bool) -> Iterator[Differing]:
    """Compare a period: beside the rate it is the window of the data; without the rate it only has to lie within it."""
    about = _about(told, sentence, sentence.end, readings)
    known = [(reading.start, reading.end) for reading in about if reading.start and reading.end]
    if not known or _other("other_time").search(told.text, *sentence):
        return
    for span, told_as in periods(told.text, sentence, given, known[0][1]):
        if (told_as or has_rate) and not any(_is_window(period, window, inside=not has_rate) for period in told_as for window in known):
            yield span, _said(about, _window_said)
    lengths = {(end - start).days + 1 for start, end in known}
    for span, days in windows(told.text, sentence, given) if has_rate else ():
        if days not in lengths:
            yield span, _said(about, _window_said)


def _window_said(reading: Reading) -> str | None:
    return f"{reading.start} \u2013 {reading.end}" if reading.start else None


def _spans_of_window(told: Told, sentence: Span, given: Sequence[Number], readings: Sequence[Reading]) -> list[Span]:
    """Return where a sentence tells the window of the data itself."""
    about = _about(told, sentence, sentence.end, readings)
    known = {(reading.start, reading.end) for reading in about if reading.start and reading.end}
    last = max((end for _, end in known if end), default=None)
    return [span for span, told_as in periods(told.text, sentence, given, last) if known.intersection(told_as)] if last else []


def _tells_part_of_window(told: Told, sentence: Span, given: Sequence[Number], readings: Sequence[Reading]) -> bool:
    """Tell whether a sentence is about some days of the window only: what it counts is no more than a part."""
    known = [(reading.start, reading.end) for reading in readings if reading.start and reading.end]
    every = [period for _, told_as in (periods(told.text, sentence, given, known[0][1]) if known else ()) for period in told_as]
    days = moments(told.text, sentence, known[0][1]) if known else ()
    months = [day for day in days if day.first < day.last and not any(day.first <= start and end <= day.last for start, end in known)]
    inside = (any(start <= first and last <= end for start, end in known) and (first, last) not in known for first, last in every)
    return bool(every or months) and all(inside)


def _some(number: Number) -> Number:
    return replace(number, bound=number.bound or "part")


def _may_be_in(moment: Moment, start: date, end: date) -> bool:
    """Tell whether a rate at a time can be that of the window: a day in it has a rate of its own, and so has a month that lies outside."""
    one_day = moment.first == moment.last
    return moment.last >= end if one_day else start <= moment.last and moment.first <= end


def _is_window(period: tuple[date, date], window: tuple[date, date], *, inside: bool) -> bool:
    return period == window or (inside and window[0] <= period[0] <= period[1] <= window[1])


# -- what is shared -----------------------------------------------------------------------------------------------------------


def _said(readings: Sequence[Reading], figure: Callable[[Reading], str | None]) -> str:
    """Return the figure of the data; of several, each with its place."""
    figures: dict[str, str] = {}
    for reading in readings:
        words = figure(reading) if reading.fulfilment != _TOGETHER else None
        if words is not None:
            figures.setdefault(words, place(reading.marketplace, reading.fulfilment))
    if len(figures) == 1:
        return next(iter(figures))
    return " | ".join(f"{words} ({place})" if place else words for words, place in figures.items())


@cache
def _other(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(load('agreement.toml')[words])})\b")
