"""How a rate went from day to day, by the order date."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby
from operator import attrgetter

from appealkit.figures.daily import Daily, Orders, body_of, tally
from appealkit.metrics import Published, published


@dataclass(frozen=True, slots=True)
class Point:
    """The rate of the window that ends on one day.

    Args:
        day: the day.
        orders: number of orders in the window.
        defects: number of those that count against the seller.
        rate: the rate in per cent; None in a window without orders.
        complete: whether the whole window lies within the file.
    """

    day: date
    orders: int
    defects: int
    rate: float | None
    complete: bool


@dataclass(frozen=True, slots=True)
class Leaving:
    """The defective orders of one day, and when they leave the window.

    Args:
        day: the order date.
        defects: number of defective orders of that day.
        leaves: first day whose window does not hold them any more.
        left: number of older and newer defective orders that the window then still holds.
    """

    day: date
    defects: int
    leaves: date
    left: int


@dataclass(frozen=True, slots=True)
class Course:
    """How one rate went, from day to day.

    Args:
        metric: id in `data/metrics.toml`.
        marketplace: as in `Daily`.
        fulfilment: as in `Daily`.
        target: the target in per cent.
        window: number of days of the window.
        points: the rate of each day, from the first order of the file to the last day asked for.
        leaving: when the defective orders of the last window leave it.
        first: the day of the oldest order of the file, of any place; one that lies far before all others is none.
        pace: orders a day in the last window, as far as the file holds it.
        falls: the first day behind the last one on which the rate is on the right side of the target, if orders keep that pace and none
            of them counts against it; None where it is on the right side already.
        stopped: the same if no orders come at all, since the account is stopped.
        least: whether more may count against it: cells are not understood, or a kind of defect is told by no column.
    """

    metric: str
    marketplace: str | None
    fulfilment: str | None
    target: float
    window: int
    points: tuple[Point, ...]
    leaving: tuple[Leaving, ...]
    first: date | None = None
    pace: float = 0.0
    falls: date | None = None
    stopped: date | None = None
    least: bool = False

    @property
    def about(self) -> tuple[str, str | None, str | None]:
        """The metric and the orders that it is about, as those of a `Reading`."""
        return self.metric, self.marketplace, self.fulfilment

    @property
    def sound(self) -> tuple[Point, ...]:
        """The days with a rate whose whole window lies within the file; that of others is one of too few orders."""
        return tuple(point for point in self.points if point.rate is not None and point.complete)

    @property
    def over(self) -> tuple[Point, ...]:
        """The days on which the rate was on the wrong side of the target, of those whose whole window lies within the file."""
        return tuple(point for point in self.sound if self._misses(point))

    @property
    def crosses(self) -> bool:
        """Whether the rate was on the wrong side on any day, also on one whose rate is not certain."""
        return any(map(self._misses, self.points))

    def _misses(self, point: Point) -> bool:
        return point.rate is not None and not published()[self.metric].meets(point.rate, self.target)

    @property
    def spells(self) -> tuple[tuple[date, date], ...]:
        """The first and the last day of each time in which the rate was on the wrong side without a break."""
        spells: list[tuple[date, date]] = []
        for point in self.over:
            joins = bool(spells) and point.day - spells[-1][1] == _DAY
            spells[-1:] = [(spells[-1][0], point.day)] if joins else [*spells[-1:], (point.day, point.day)]
        return tuple(spells)


_DAY = timedelta(days=1)
_LONGEST = 3660
"""Days over which a rate is followed: a single wrong date must not make it centuries."""


def courses(orders: Orders, metric: str = "odr", *, end: date | None = None) -> tuple[Course, ...]:
    """Follow a rate from day to day, by the order date.

    Args:
        orders: the orders by day.
        metric: id in `data/metrics.toml`.
        end: the last day; that of the newest order when None.

    Returns:
        One course for each marketplace and way of fulfilment; none when the file tells nothing of the metric.
    """
    known = published()[metric]
    kinds = [kind for kind in known.counts if kind in orders.kinds]
    end = end or orders.last
    first = max(orders.first, end - (_LONGEST - 1) * _DAY)
    earliest = body_of(orders.days, end).first
    groups = orders.groups() if kinds else ()
    return tuple(_course(known, kinds, group, (first, earliest, end)) for group in groups)


def all_courses(orders: Orders, *, end: date | None = None) -> list[Course]:
    """Follow the rates of all metrics; see `courses`."""
    return [course for metric in published() for course in courses(orders, metric, end=end)]


def _course(known: Published, kinds: Sequence[str], group: Sequence[Daily], span: tuple[date, date, date]) -> Course:
    """Follow a rate in one place; the span is the first day, that of the oldest order, and the last."""
    window, target = known.window_days, known.target
    first, earliest, end = span
    each = {day: tally(known.id, kinds, [*same]) for day, same in groupby(group, attrgetter("day"))}
    points = [
        Point(day, orders, defects, known.rate_of(defects, orders) if orders else None, day - earliest >= (window - 1) * _DAY)
        for day, orders, defects in _windows(each, window, first, end)
    ]
    start = end - (window - 1) * _DAY
    leaving = tuple(_leaving(each, window, start, end))
    pace = Fraction(points[-1].orders, (end - max(start, min(earliest, end))).days + 1) if points else Fraction()
    over = bool(points) and points[-1].rate is not None and not known.meets(points[-1].rate, target)
    last = [(day, *each.get(day, (0, 0))) for day in _days(start, end)]
    falls, stopped = (_falls(known, target, last, each_day) if over else None for each_day in (pace, Fraction()))
    place = (group[0].marketplace, group[0].fulfilment)
    least = len(kinds) < len(known.counts) or any(day.unclear.get(known.id) for day in group)
    return Course(known.id, *place, target, window, tuple(points), leaving, earliest, float(pace), falls, stopped, least)


_Each = Mapping[date, tuple[int, int]]
"""The orders of each day, and those of them that count against the seller."""


def _windows(each: _Each, window: int, first: date, end: date) -> Iterator[tuple[date, int, int]]:
    """Yield for each day the orders of the window that ends on it, and those that count against the seller."""
    before = first - (window - 1) * _DAY
    orders = sum(count for day, (count, _) in each.items() if before <= day < first)
    defects = sum(bad for day, (_, bad) in each.items() if before <= day < first)
    for number, day in enumerate(_days(first, end)):
        more, worse = each.get(day, (0, 0))
        less, better = each.get(day - window * _DAY, (0, 0)) if number else (0, 0)
        orders, defects = orders + more - less, defects + worse - better
        yield day, orders, defects


def _leaving(each: _Each, window: int, start: date, end: date) -> Iterator[Leaving]:
    """Yield when the defective orders of a window leave it."""
    bad = [(day, each[day][1]) for day in sorted(each) if start <= day <= end and each[day][1]]
    left = sum(count for _, count in bad)
    for day, count in bad:
        left -= count
        yield Leaving(day, count, day + window * _DAY, left)


def _days(first: date, last: date) -> Iterator[date]:
    yield from (first + number * _DAY for number in range((last - first).days + 1))


def _falls(known: Published, target: float, window: Sequence[tuple[date, int, int]], pace: Fraction) -> date:
    """Return the day on which a rate gets to the right side, while each day of the window gives way to one of so many good orders."""
    orders, defects = Fraction(sum(count for _, count, _ in window)), sum(bad for _, _, bad in window)
    allowed = Fraction(str(target)) / 100
    for day, count, bad in window:
        orders, defects = orders + pace - count, defects - bad
        if (orders - defects >= allowed * orders) if known.high else (defects < allowed * orders):
            return day + len(window) * _DAY
    return window[-1][0] + len(window) * _DAY  # then none of them is left
