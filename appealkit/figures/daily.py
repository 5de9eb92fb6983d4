"""Orders by day to the metrics of a window."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby, pairwise
from operator import attrgetter

from appealkit.figures.health import Health, Note, Reading, without_verdict
from appealkit.metrics import Published, published


@dataclass(frozen=True, slots=True)
class Daily:
    """The orders of one day in one marketplace, sent in one way.

    Args:
        day: the order date.
        orders: number of orders.
        counts: number of orders with each kind of defect.
        odr: number of orders with at least one defect that counts for the order defect rate.
        unclear: for a metric the number of orders without a defect that counts for it, but with a cell that may tell one and is not
            understood.
        marketplace: name of the marketplace; None when the file does not tell.
        fulfilment: `MFN` (sent by the seller), `AFN` (sent by Amazon), what else the file says, or None.
        cancelled: number of orders without such a defect that the file names as cancelled.
        until: the last day that the file gives for these orders, where their rows differ; the first day counts. None where they agree.
    """

    day: date
    orders: int
    counts: Mapping[str, int] = field(default_factory=dict)
    odr: int = 0
    unclear: Mapping[str, int] = field(default_factory=dict)
    marketplace: str | None = None
    fulfilment: str | None = None
    cancelled: int = 0
    until: date | None = None

    @property
    def place(self) -> tuple[str | None, str | None]:
        """Marketplace and fulfilment, by which orders are kept apart."""
        return self.marketplace, self.fulfilment


@dataclass(frozen=True, slots=True)
class Orders:
    """What a file of orders says, day by day.

    Args:
        days: the days with orders, by marketplace and fulfilment, then in order. A day stands more than once where the file gives a second
            one for some of its orders.
        kinds: the kinds of defect that the file tells.
        notes: what was left out, and how the file was read.
    """

    days: tuple[Daily, ...]
    kinds: tuple[str, ...]
    notes: tuple[Note, ...] = ()

    @property
    def first(self) -> date:
        """The day of the oldest order."""
        return min(day.day for day in self.days)

    @property
    def last(self) -> date:
        """The day of the newest order."""
        return max(day.day for day in self.days)

    def health(self, end: date | None = None) -> Health:
        """Return the metrics of each marketplace and way of fulfilment.

        Args:
            end: last day of the windows; that of the newest order of the file when None.
        """
        end = end or self.last
        metrics = tuple(reading for group in self.groups() for reading in _readings(self.kinds, group, end))
        body = body_of(self.days, end)
        if body.behind:
            metrics = tuple(without_verdict(metric, _far_window(body, end)) for metric in metrics)
        starts = [metric.start for metric in metrics if metric.start and metric.start < body.first]
        short = [Note("begins-late", {"first": body.first, "start": min(starts)})] if starts else []
        if end < self.first:
            short = [Note("before-all", {"first": self.first, "end": end})]
        if end > self.last:
            short.append(Note("ends-early", {"last": self.last, "end": end}))
        return Health(metrics, (*self.notes, *short))

    def groups(self) -> Iterator[Sequence[Daily]]:
        """Yield the days of each marketplace and way of fulfilment."""
        return (tuple(days) for _, days in groupby(self.days, attrgetter("place")))


@dataclass(frozen=True, slots=True)
class Body:
    """Where the orders of a file stand, and which of its days lie far from them.

    Args:
        first: the first day that does not lie far before the others.
        last: the last day that does not lie far behind the others.
        orders: number of orders up to the last day.
        before: the days that lie far before, with their orders.
        behind: the days that lie far behind, with their orders.
    """

    first: date
    last: date
    orders: int
    before: tuple[tuple[date, int], ...]
    behind: tuple[tuple[date, int], ...]


def body_of(days: Iterable[Daily], end: date | None = None) -> Body:
    """Tell where the orders of a file stand, apart from days with hardly any, far from all others: a mistyped year makes such a day.

    Args:
        days: the days with orders; at least one.
        end: the last day of the window that is asked for, which may lie behind all orders; the newest order's when None.

    Returns:
        Where the orders stand. With an end, days behind it are left out, as long as there are others.
    """
    counts = Counter[date]()
    for day in days:
        counts[day.day] += day.orders
    if end and end >= min(counts):
        counts = Counter({day: count for day, count in counts.items() if day <= end})
        counts[end] += 0
    known = sorted(counts.items())
    few = _thin_end([(day.toordinal(), count) for day, count in known])
    old = _thin_end([(-day.toordinal(), count) for day, count in reversed(known)])
    inner = known[old : len(known) - few] or known
    return Body(
        inner[0][0], inner[-1][0], sum(count for _, count in known[: len(known) - few]), (*known[:old],), (*known[len(known) - few :],)
    )


_RARE = 20
"""So many times fewer orders than the days without any would have held, at the pace before them: a holiday or a slow shop has more."""
_SPAN = 60
"""Days over which a pace is counted at least: a few orders of one day are none."""


def _thin_end(counts: Sequence[tuple[int, int]]) -> int:
    """Count the last days with hardly any orders, behind a long time without one."""
    whole, before = sum(count for _, count in counts), 0
    for place, ((day, count), (following, _)) in enumerate(pairwise(counts), 1):
        before += count
        missed = before * (following - day - 1) / max(day - counts[0][0] + 1, _SPAN)
        if missed >= _RARE * max(1, whole - before):
            return len(counts) - place
    return 0


def _far_window(body: Body, end: date) -> Note:
    count = sum(count for _, count in body.behind)
    gap = (body.behind[0][0] - body.last).days - bool(count)
    return Note("far-window", {"last": body.last, "before": body.orders, "gap": gap, "count": count, "end": end})


def _readings(kinds: Sequence[str], days: Sequence[Daily], end: date) -> Iterator[Reading]:
    for facts in published().values():
        counted = [kind for kind in facts.counts if kind in kinds]
        if counted:
            yield _reading(facts, counted, days, end)


def _reading(facts: Published, kinds: Sequence[str], days: Sequence[Daily], end: date) -> Reading:
    start = end - timedelta(days=facts.window_days - 1)
    inside = [day for day in days if start <= day.day <= end]
    by_other_day = [day for day in days if start <= (day.until or day.day) <= end]
    moved = sum(day.orders for day in days if day.until and (start <= day.day <= end) != (start <= day.until <= end))
    total, bad = tally(facts.id, kinds, inside)
    unknown = sum(day.unclear.get(facts.id, 0) for day in inside)
    void = sum(day.cancelled for day in inside) if facts.id == "odr" else 0
    absent = tuple(kind for kind in facts.counts if kind not in kinds)
    least = {"least": True} if unknown or absent else {}
    otherwise = (  # of how many orders it is not certain, and what would be counted then
        (Note("unknown-in-window", {"count": unknown}), (total, bad + unknown)),
        (Note("two-days-in-window", {"count": moved, **least}), tally(facts.id, kinds, by_other_day)),
        (Note("cancelled-in-window", {"count": void, **least}), (total - void, bad)),
    )
    rate = facts.rate_of(bad, total) if total else None
    others = [(note, facts.rate_of(defects, orders)) for note, (orders, defects) in otherwise if note.values["count"] and orders and total]
    return Reading(
        id=facts.id,
        marketplace=days[0].marketplace,
        fulfilment=days[0].fulfilment,
        value=rate,
        target=facts.target,
        orders=total,
        defects=bad,
        by_kind={kind: sum(day.counts[kind] for day in inside) for kind in kinds},
        start=start,
        end=end,
        meets_target=_meets(facts, (rate, *(other for *_, other in others)), certain=not absent),
        disagreements=(
            *([Note("kinds-absent", {"metric": facts.id, "kinds": absent})] if absent else []),
            *(Note(note.key, {**note.values, "rate": f"{other:.4g}"}) for note, other in others),
        ),
    )


def _meets(facts: Published, rates: Iterable[float | None], *, certain: bool) -> bool | None:
    """Tell whether each of the rates that a window may have meets the target; where more may count against the seller, none meets it."""
    verdicts = {facts.meets(rate, facts.target) for rate in rates if rate is not None}
    return verdicts.pop() if len(verdicts) == 1 and (certain or verdicts == {False}) else None


def tally(metric: str, kinds: Sequence[str], days: Sequence[Daily]) -> tuple[int, int]:
    """Count the orders of some days, and those that count against the seller."""
    against = sum(day.odr if metric == "odr" else sum(day.counts[kind] for kind in kinds) for day in days)
    return sum(day.orders for day in days), against
