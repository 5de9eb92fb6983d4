"""Orders by day to metrics: those of a window, the rate of every day, and what would bring it down."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any, Literal

from appealkit.health import Health, Note, Reading, healthy
from appealkit.text import load

DateOrder = Literal["day-first", "month-first"]


@dataclass(frozen=True, slots=True)
class Daily:
    """The orders of one day in one marketplace, sent in one way.

    Args:
        day: the order date.
        orders: number of orders.
        counts: number of orders with each kind of defect.
        odr: number of orders with at least one defect that counts for the order defect rate.
        unknown: number of orders with a defect that the kit does not know.
        marketplace: name of the marketplace; None when the file does not tell.
        fulfilment: `MFN` (sent by the seller), `AFN` (sent by Amazon), what else the file says, or None.
    """

    day: date
    orders: int
    counts: Mapping[str, int] = field(default_factory=dict)
    odr: int = 0
    unknown: int = 0
    marketplace: str | None = None
    fulfilment: str | None = None

    @property
    def place(self) -> tuple[str | None, str | None]:
        """Marketplace and fulfilment, by which orders are kept apart."""
        return self.marketplace, self.fulfilment


@dataclass(frozen=True, slots=True)
class Orders:
    """What a file of orders says, day by day.

    Args:
        days: the days with orders, by marketplace and fulfilment, then in order.
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
        metrics = tuple(reading for group in self._groups() for reading in _readings(self.kinds, group, end))
        starts = [metric.start for metric in metrics if metric.start and metric.start < self.first]
        short = [Note("begins-late", {"first": self.first, "start": min(starts)})] if starts else []
        return Health(metrics, (*self.notes, *short))

    def _groups(self) -> Iterator[Sequence[Daily]]:
        return (tuple(days) for _, days in groupby(self.days, attrgetter("place")))


def _readings(kinds: Sequence[str], days: Sequence[Daily], end: date) -> Iterator[Reading]:
    for metric, facts in load("metrics.toml").items():
        counted = [kind for kind in facts["counts"] if kind in kinds]
        if counted:
            yield _reading(metric, facts, counted, days, end)


def _reading(metric: str, facts: Mapping[str, Any], kinds: Sequence[str], days: Sequence[Daily], end: date) -> Reading:
    start = end - timedelta(days=facts["window_days"] - 1)
    inside = [day for day in days if start <= day.day <= end]
    total = sum(day.orders for day in inside)
    by_kind = {kind: sum(day.counts[kind] for day in inside) for kind in kinds}
    bad = sum(map(attrgetter("odr"), inside)) if metric == "odr" else sum(by_kind.values())
    unknown = min(sum(map(attrgetter("unknown"), inside)), total - bad)
    target = float(facts["target"])
    rates = [_rate(facts, defects, total) for defects in (bad, bad + unknown)] if total else []
    verdicts = {healthy(metric, rate, target) for rate in rates}
    return Reading(
        id=metric,
        marketplace=days[0].marketplace,
        fulfilment=days[0].fulfilment,
        value=rates[0] if rates else None,
        target=target,
        orders=total,
        defects=bad,
        by_kind=by_kind,
        start=start,
        end=end,
        meets_target=verdicts.pop() if len(verdicts) == 1 else None,  # defects that are not understood may tip it
        disagreements=(Note("unknown-in-window", {"count": unknown, "rate": f"{rates[1]:.4g}"}),) if unknown else (),
    )


def _rate(facts: Mapping[str, Any], defects: int, orders: int) -> float:
    share = 100 * defects / orders
    return round(share if facts["better"] == "under" else 100 - share, 4)
