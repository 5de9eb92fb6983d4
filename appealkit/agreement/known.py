"""What the data has for a figure, how sure that is, and how it is said."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from appealkit.figures.health import Reading, added_with, place, sum_of, together, unclear

_TOGETHER = "+"
"""Instead of the way of fulfilment of what is counted in another way: such figures may be told, and are not told to the user."""


def without_cancelled(readings: Sequence[Reading]) -> Iterator[Reading]:
    """Yield what the metrics are without the orders that the data names as cancelled."""
    for reading in readings:
        for note in reading.disagreements:
            if note.key == "cancelled-in-window" and reading.orders is not None:
                rate, cancelled = (float(str(note.values[name])) for name in ("rate", "count"))
                yield replace(reading, fulfilment=_TOGETHER, value=rate, orders=reading.orders - int(cancelled))


def sums_of(readings: Sequence[Reading]) -> Iterator[Reading]:
    """Yield what the marketplaces and ways of fulfilment of a metric have together: all, those of one marketplace, and those of one way."""
    yield from together(readings)
    groups: dict[tuple[str, ...], list[Reading]] = {}
    for reading in readings:
        if reading.orders is not None and reading.defects is not None:
            for key in (("place", str(reading.marketplace)), ("way", str(reading.fulfilment))):
                groups.setdefault((reading.id, str(added_with(reading)), *key), []).append(reading)
    yield from (replace(sum_of(some), fulfilment=_TOGETHER) for some in groups.values() if len(some) > 1)


def known_rates(reading: Reading, part: str = "", *, high: bool = False) -> Iterator[float]:
    """Yield the rate of the data, and that of its counts, which is the exact one; or that of a kind of defect.

    Args:
        reading: the metric.
        part: what the rate is a part of, as `part_of` tells it.
        high: whether the metric is the better the higher it is, so that a part of the orders may be the good or the bad ones.
    """
    if part and part != "orders":
        if reading.orders and part in reading.by_kind:
            yield 100 * reading.by_kind[part] / reading.orders
        return
    for rate in (*([] if reading.value is None else [reading.value]), *_counted_rate(reading)):
        yield from (rate, 100 - rate) if part and high else (rate,)


def sound_orders(reading: Reading) -> Iterator[int]:
    """Yield the orders that count for the seller: “174 of 180 had valid tracking”."""
    if reading.orders is not None and reading.defects is not None:
        yield reading.orders - reading.defects


def may_count_too_few(reading: Reading) -> bool:
    """Tell whether the data may count too few: it tells some kinds of defect and not all that the metric counts, or has unknown words."""
    if unclear(reading):
        return True
    kinds = {*reading.facts.counts}
    return bool(reading.by_kind) and not kinds <= {*reading.by_kind} and sum(reading.by_kind.values()) >= (reading.defects or 0)


def said(readings: Sequence[Reading], figure: Callable[[Reading], str | None]) -> str:
    """Return the figure of the data; of several, each with its place.

    Args:
        readings: the part of the data that a figure of the letter is about.
        figure: what to tell of a reading; None for nothing.
    """
    figures: dict[str, str] = {}
    for reading in readings:
        words = figure(reading) if reading.fulfilment != _TOGETHER else None
        if words is not None:
            figures.setdefault(words, place(reading.marketplace, reading.fulfilment))
    if len(figures) == 1:
        return next(iter(figures))
    return " | ".join(f"{words} ({place})" if place else words for words, place in figures.items())


def rate_said(reading: Reading, part: str = "") -> str | None:
    """Return the rate as `health` prints it, and where the counts give another, that too."""
    counts = (reading.by_kind.get(part) if part not in {"", "orders"} else reading.defects, reading.orders)
    known = [f"{rate:.4g}%" for rate in known_rates(reading, part)]
    if not known:
        return None
    if any(note.key == "rate-differs" for note in reading.disagreements):
        known[-1] = f"{counts[0]} / {counts[1]} = {known[-1]}"
        return " | ".join(known)
    return known[0]


def counts_said(reading: Reading) -> str:
    """Return the counts as they are told to the user."""
    return f"{reading.defects} / {reading.orders}"


def window_said(reading: Reading) -> str | None:
    """Return the window as it is told to the user."""
    return f"{reading.start} \u2013 {reading.end}" if reading.start else None


def _counted_rate(reading: Reading) -> Iterator[float]:
    if reading.orders and reading.defects is not None and reading.defects <= reading.orders:
        yield reading.facts.rate(100 * reading.defects / reading.orders)
