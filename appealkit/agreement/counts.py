"""Counts of a letter beside those of the data."""

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import replace

from appealkit.agreement.known import counts_said, may_count_too_few, said, sound_orders
from appealkit.agreement.told import Differing, Told
from appealkit.agreement.where import readings_about
from appealkit.figures.health import Reading, unclear
from appealkit.span import Span
from appealkit.stated.counts import Count, Share, counts
from appealkit.stated.numbers import Number


def kinds_told(text: str, sentence: Span, given: Sequence[Number], found: Sequence[Share]) -> Iterator[Count]:
    """Find the numbers of each kind of defect; what became of orders is said of the part that is counted out of them."""
    shared = {share.whole.start: share for share in found}
    for count in counts(text, sentence, given, "kind"):
        share = shared.get(count.number.start) if count.by_verb else None
        yield replace(count, number=share.part, span=share.span) if share else count


def sums_told(told: Told, sentence: Span, given: Sequence[Number], found: Sequence[Share], *, in_window: bool) -> Iterator[Count]:
    """Find all defects and all orders, where they are not told as a share; where the window is told, orders are those of it."""
    shared = {number.start for share in found for number in (share.part, share.whole)}
    rest = [number for number in given if number.start not in shared]
    every = [*counts(told.text, sentence, rest, "sum"), *(counts(told.text, sentence, rest, "in-window") if in_window else ())]
    yield from {count.number.start: count for count in every}.values()


def differing_shares(
    told: Told, sentence: Span, found: Sequence[Share], told_as_kind: Mapping[int, str], readings: Sequence[Reading]
) -> Iterator[Differing]:
    """Compare “4 of 310 orders”: the orders with those of the data, and the part with its defects, all or those of a kind.

    Args:
        told: what the letter tells.
        sentence: where the sentence is.
        found: its shares.
        told_as_kind: where its numbers begin that count a kind of defect, and which.
        readings: the part of the data that it is about.
    """
    for share in found:
        about = readings_about(told.metrics(sentence, share.span), readings)
        if share.part.start in told_as_kind:  # then it may be another metric's, and its part is compared with the others of its kind
            kind = told_as_kind[share.part.start]
            about = [*readings] if any(kind in reading.facts.counts for reading in readings) else []
        counted = [reading for reading in about if reading.orders is not None and reading.defects is not None]
        if not counted or any(_is_part_of(share, reading, told_as_kind) for reading in counted):
            continue
        yield Differing(share.span, said(counted, counts_said))


def _is_part_of(share: Share, reading: Reading, told_as_kind: Container[int]) -> bool:
    """Tell whether a share can be of a metric's orders, or of its defective ones: “three of the four”."""
    defects, parts = reading.defects or 0, {reading.defects or 0, *reading.by_kind.values()}
    if share.whole.value in parts:
        return True
    sound = (
        share.whole.value - share.part.value <= defects if share.part.bound == "part" else any(map(share.part.fits, sound_orders(reading)))
    )
    told = share.part.start in told_as_kind or sound or any(map(share.part.fits, parts))
    return (told or (may_count_too_few(reading) and share.part.value > defects)) and share.whole.fits(reading.orders or 0)


def differing_counts(stated: Sequence[tuple[Count, Sequence[Reading]]]) -> Iterator[Differing]:
    """Compare what is counted; a letter may tell a number in parts, so that the sum of all that it tells may be the number.

    No part is greater than the whole, so that a greater number always differs.
    """
    groups: dict[tuple[object, ...], tuple[list[Count], Sequence[Reading]]] = {}
    for count, readings in stated:
        groups.setdefault((count.what, *map(id, readings)), ([], readings))[0].append(count)
    for told, readings in groups.values():
        what = told[0].what
        known = {value for reading in readings for value in _known(what, reading)}
        if known and what != "orders" and any(map(may_count_too_few if what == "defects" else unclear, readings)):
            told = [count for count in told if count.number.value < min(known)]  # noqa: PLW2901 - there may be more than the data counts
        differing = next(_differ(told, known), None) if known else None
        if differing:
            yield Differing(differing.span, said(readings, lambda reading, what=what: _figure(what, reading)))  # type: ignore[misc]
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
        yield from (reading.orders, *filter(None, (reading.defects,)), *sound_orders(reading))


def _figure(what: str, reading: Reading) -> str | None:
    known = next(_known(what, reading), None)
    return None if known is None else str(known)


def _too_many(told: Sequence[Count], readings: Sequence[Reading]) -> Iterator[Differing]:
    """Where the data does not tell a kind, no more orders can have it than have any defect that its metric counts."""
    counting = [reading for reading in readings if reading.defects is not None and not may_count_too_few(reading)]
    about = [reading for reading in counting if told[0].what in reading.facts.counts]
    most = max((reading.defects or 0 for reading in about), default=None)
    over = next((count for count in told if most is not None and count.number.bound != "most" and count.number.value > most), None)
    if over:
        yield Differing(over.span, said(about, lambda reading: f"\u2264 {reading.defects}"))
