"""Orders by day to metrics: those of a window, the rate of every day, and what would bring it down."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby, pairwise
from math import ceil, floor
from operator import attrgetter
from typing import Any, Literal

from pydantic import ValidationError

from appealkit.case import Case, Metric, reasons
from appealkit.health import Health, HealthError, Note, Reading, healthy, marketplace_name
from appealkit.text import Lang, load, say

DateOrder = Literal["day-first", "month-first"]


def parted(words: str) -> list[str]:
    """Part several choices of columns that stand in one line: at a comma or semicolon of any width, if a further choice follows.

    Args:
        words: such as `date=Placed, a-to-z=Guarantee`.

    Returns:
        One choice each; a comma within the name of a column parts nothing.

    >>> parted("date=Placed; rating = Stars, of five")
    ['date=Placed', 'rating = Stars, of five']
    """
    return [choice for choice in map(str.strip, _FURTHER.split(words)) if choice]


_FURTHER = re.compile(
    r"[,;\uff0c\uff1b\u3001](?=\s{0,9}[a-z-]{1,30}\s{0,9}[=\uff1d\uff1a])"
)  # full width, as a Chinese keyboard writes them
_EQUALS = re.compile(r"[=\uff1d\uff1a]")


def chosen_columns(given: Iterable[str], lang: Lang) -> dict[str, str]:
    """Read which column of a file of orders tells what, as a user writes it.

    Args:
        given: one `part=column` each, such as `date=Placed`.
        lang: language of the error, `en` or `zh-Hant`.

    Returns:
        The column of each part.

    Raises:
        HealthError: when one is not written like that, or names no part.

    >>> chosen_columns(["date=Placed", "a-to-z = Guarantee"], "en")
    {'date': 'Placed', 'a-to-z': 'Guarantee'}
    """
    chosen = {}
    for words in given:
        part, name = map(str.strip, (*_EQUALS.split(words, maxsplit=1), "")[:2])
        if not name or part not in load("health.toml")["columns"]:
            raise HealthError(say("health.no-column", lang, given=words.strip(), known=", ".join(load("health.toml")["columns"])))
        chosen[part] = name
    return chosen


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
        metrics = tuple(reading for group in self._groups() for reading in _readings(self.kinds, group, end))
        body = stray(self.days, end)
        if body.behind:
            metrics = tuple(_unjudged(metric, _far_window(body, end)) for metric in metrics)
        starts = [metric.start for metric in metrics if metric.start and metric.start < body.first]
        short = [Note("begins-late", {"first": body.first, "start": min(starts)})] if starts else []
        if end < self.first:
            short = [Note("before-all", {"first": self.first, "end": end})]
        if end > self.last:
            short.append(Note("ends-early", {"last": self.last, "end": end}))
        return Health(metrics, (*self.notes, *short))

    def _groups(self) -> Iterator[Sequence[Daily]]:
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


def stray(days: Iterable[Daily], end: date | None = None) -> Body:
    """Tell days with hardly any orders, far from those with all others: a mistyped year makes such a day.

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


def _unjudged(reading: Reading, note: Note) -> Reading:
    """Return a metric with the reason why nothing is said of its target."""
    return replace(reading, meets_target=None, disagreements=(note, *reading.disagreements))


def misplaced(reading: Reading) -> Note | None:
    """Return why the window of a metric cannot be that of the account, None where it can."""
    return next((note for note in reading.disagreements if note.key in {"far-window", "to-come"}), None)


def unclear(reading: Reading) -> Note | None:
    """Return what is said of cells that are not understood and may be defects, None where there are none in the window."""
    return next((note for note in reading.disagreements if note.key == "unknown-in-window"), None)


def uncompared(reading: Reading) -> Note | None:
    """Return what of a metric no letter is compared with, None where it is compared with all."""
    return Note("not-compared") if misplaced(reading) else Note("worse-not-compared") if unclear(reading) else None


def as_of(health: Health, today: date) -> Health:
    """Return what was read as it stands on one day: of a window that ends later nobody can say whether it meets its target.

    Args:
        health: the metrics.
        today: the day.

    Returns:
        The metrics; those that end later say so, and bear no verdict.

    >>> late = as_of(Health((Reading("odr", end=date(2027, 11, 1), meets_target=True),)), date(2026, 11, 29))
    >>> late.metrics[0].meets_target, late.metrics[0].disagreements[0].key
    (None, 'to-come')
    """
    return replace(
        health,
        metrics=tuple(
            _unjudged(metric, Note("to-come", {"end": metric.end, "today": today})) if metric.end and metric.end > today else metric
            for metric in health.metrics
        ),
    )


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
    bad = _bad(metric, kinds, inside)
    unknown = sum(day.unclear.get(metric, 0) for day in inside)
    other = [day for day in days if start <= (day.until or day.day) <= end]
    moved = sum(day.orders for day in days if day.until and (start <= day.day <= end) != (start <= day.until <= end))
    void = sum(day.cancelled for day in inside) if metric == "odr" else 0
    ways = {  # how else the file can be read: of how many orders it is not certain, and what would count then
        "unknown-in-window": (unknown, bad + unknown, total),
        "two-days-in-window": (moved, _bad(metric, kinds, other), sum(day.orders for day in other)),
        "cancelled-in-window": (void, bad, total - void),
    }
    rate = _rate(facts, bad, total) if total else None
    others = {key: (count, _rate(facts, defects, orders)) for key, (count, defects, orders) in ways.items() if count and orders and total}
    target = float(facts["target"])
    verdicts = {healthy(metric, each, target) for each in (rate, *(other for _, other in others.values())) if each is not None}
    return Reading(
        id=metric,
        marketplace=days[0].marketplace,
        fulfilment=days[0].fulfilment,
        value=rate,
        target=target,
        orders=total,
        defects=bad,
        by_kind=by_kind,
        start=start,
        end=end,
        meets_target=verdicts.pop() if len(verdicts) == 1 else None,  # what is not certain may tip it
        disagreements=tuple(Note(key, {"count": count, "rate": f"{other:.4g}"}) for key, (count, other) in others.items()),
    )


def _bad(metric: str, kinds: Sequence[str], days: Iterable[Daily]) -> int:
    """Count the orders of some days that count against the seller."""
    return sum(day.odr if metric == "odr" else sum(day.counts[kind] for kind in kinds) for day in days)


def _rate(facts: Mapping[str, Any], defects: int, orders: int) -> float:
    share = 100 * defects / orders
    return round(share if facts["better"] == "under" else 100 - share, 4)


# -- the rate of every day ----------------------------------------------------------------------------------------------------


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
        return point.rate is not None and not healthy(self.metric, point.rate, self.target)

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
    facts = load("metrics.toml")[metric]
    kinds = [kind for kind in facts["counts"] if kind in orders.kinds]
    end = end or orders.last
    first = max(orders.first, end - (_LONGEST - 1) * _DAY)
    earliest = stray(orders.days, end).first
    groups = orders._groups() if kinds else ()  # noqa: SLF001 - the same module
    return tuple(_course(metric, facts, kinds, group, (first, earliest, end)) for group in groups)


def _course(metric: str, facts: Mapping[str, Any], kinds: Sequence[str], group: Sequence[Daily], span: tuple[date, date, date]) -> Course:
    window = facts["window_days"]
    first, earliest, end = span
    parts = ((day, tuple(same)) for day, same in groupby(group, attrgetter("day")))
    each = {day: (sum(part.orders for part in same), _bad(metric, kinds, same)) for day, same in parts}
    points = []
    before = first - (window - 1) * _DAY
    orders = sum(count for day, (count, _) in each.items() if before <= day < first)
    defects = sum(bad for day, (_, bad) in each.items() if before <= day < first)
    for number in range((end - first).days + 1):
        day = first + number * _DAY
        more, worse = each.get(day, (0, 0))
        less, better = each.get(day - window * _DAY, (0, 0)) if number else (0, 0)
        orders, defects = orders + more - less, defects + worse - better
        rate = _rate(facts, defects, orders) if orders else None
        points.append(Point(day, orders, defects, rate, day - earliest >= (window - 1) * _DAY))
    start = end - (window - 1) * _DAY
    bad = [(day, each[day][1]) for day in sorted(each) if start <= day <= end and each[day][1]]
    left = sum(count for _, count in bad)
    leaving = []
    for day, count in bad:
        left -= count
        leaving.append(Leaving(day, count, day + window * _DAY, left))
    target = float(facts["target"])
    pace = Fraction(points[-1].orders, (end - max(start, min(earliest, end))).days + 1) if points else Fraction()
    over = bool(points) and points[-1].rate is not None and not healthy(metric, points[-1].rate, target)
    falls = _falls(facts, target, [(day, *each.get(day, (0, 0))) for day in _days(start, end)], pace) if over else None
    place = (group[0].marketplace, group[0].fulfilment)
    return Course(metric, *place, target, window, tuple(points), tuple(leaving), earliest, float(pace), falls)


def _days(first: date, last: date) -> Iterator[date]:
    yield from (first + number * _DAY for number in range((last - first).days + 1))


def _falls(facts: Mapping[str, Any], target: float, window: Sequence[tuple[date, int, int]], pace: Fraction) -> date:
    """Return the day on which a rate gets to the right side, while each day of the window gives way to one of so many good orders."""
    orders, defects = Fraction(sum(count for _, count, _ in window)), sum(bad for _, _, bad in window)
    allowed = Fraction(str(target)) / 100
    for day, count, bad in window:
        orders, defects = orders + pace - count, defects - bad
        if (defects < allowed * orders) if facts["better"] == "under" else (orders - defects >= allowed * orders):
            return day + len(window) * _DAY
    return window[-1][0] + len(window) * _DAY  # then none of them is left


# -- what if --------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """What a rate would be if some defects no longer counted.

    Args:
        withdrawn: how many defective orders no longer count.
        defects: how many still do.
        rate: the rate in per cent.
        needed: how many further orders without a defect would bring the rate to the right side, while none leaves the window;
            None when no number is enough.
    """

    withdrawn: int
    defects: int
    rate: float
    needed: int | None


def needed(metric: str, orders: int, defects: int, target: float | None = None) -> int | None:
    """Count the further orders without a defect that bring a rate to the right side of its target.

    Args:
        metric: id in `data/metrics.toml`.
        orders: orders in the window.
        defects: those that count against the seller.
        target: the target in per cent; the published one when None.

    Returns:
        Their number, 0 when the rate is there already, None when no number is enough. It holds while no order leaves the window.

    >>> needed("odr", 45, 1), needed("odr", 0, 1)
    (56, 101)
    """
    if not defects:
        return 0
    facts = load("metrics.toml")[metric]
    goal = Fraction(str(facts["target"] if target is None else target)) / 100
    under = facts["better"] == "under"
    allowed = goal if under else 1 - goal
    if not allowed:
        return None
    whole = floor(defects / allowed) + 1 if under else ceil(defects / allowed)  # a share under the target, or one that may reach it
    return max(0, whole - orders)


def what_if(reading: Reading, *, most: int = 10) -> tuple[Step, ...]:
    """Tell what would come of claims that are withdrawn or succeed on appeal, and of further orders.

    Args:
        reading: a metric with its counts.
        most: how many claims to take away at most.

    Returns:
        One step for no claim and for each further one; none without counts. An order may have another defect beside its claim and then
        still counts, so that these are the best cases.
    """
    if not reading.orders or reading.defects is None or reading.defects > reading.orders:
        return ()
    facts = load("metrics.toml")[reading.id]
    # An order with another kind of defect stays defective, so that at least as many stay as have one of these.
    others = max((count for kind, count in reading.by_kind.items() if kind != "a-to-z"), default=0)
    claims = max(0, min(reading.by_kind.get("a-to-z", 0), reading.defects - others, most))
    return tuple(
        Step(
            withdrawn,
            defects := reading.defects - withdrawn,
            _rate(facts, defects, reading.orders),
            needed(reading.id, reading.orders, defects, reading.target),
        )
        for withdrawn in range(claims + 1)
    )


def shares(reading: Reading) -> tuple[tuple[str, int, float], ...]:
    """Tell which kind of defect carries how much.

    Args:
        reading: a metric with its kinds of defect.

    Returns:
        For each kind its id, its number of orders, and their share of the defective orders in per cent, the greatest first.
        An order can have several kinds, so that the shares may come to more than 100.
    """
    whole = reading.defects or 0
    counted = sorted(reading.by_kind.items(), key=lambda entry: -entry[1])
    return tuple((kind, count, round(100 * count / whole, 1) if whole else 0.0) for kind, count in counted)


# -- from numbers that were typed in, and to the letter ---------------------------------------------------------------------------


def read_numbers(metric: Metric, *, end: date | None = None) -> Reading:
    """Read a metric from numbers that were typed in.

    Args:
        metric: its figures, which `Metric` has checked.
        end: last day of the window, when it is known.

    Returns:
        The metric, with the window that is published for it.

    >>> read_numbers(Metric(id="odr", orders=45, defective_orders=1)).value
    2.2222
    """
    facts = metric.facts
    value = metric.rate_from_counts if metric.value is None or metric.orders == 0 else metric.value  # without orders there is no rate
    target = float(facts["target"]) if metric.target is None else metric.target
    return Reading(
        id=metric.id,
        value=None if value is None else round(value, 4),
        target=target,
        orders=metric.orders,
        defects=metric.defective_orders,
        by_kind={str(kind): count for kind, count in metric.defects.items()},
        start=end and end - (facts["window_days"] - 1) * _DAY,
        end=end,
        meets_target=None if value is None else healthy(metric.id, value, target),
    )


def fill(case: Case, reading: Reading, *, lang: Lang = "en") -> Case:
    """Return the case with the figures of a metric: its rate, target, counts, kinds of defect, window and marketplace.

    Args:
        case: the facts so far; all others are kept.
        reading: the metric.
        lang: language of the error, `en` or `zh-Hant`.

    Returns:
        The case. Figures that the reading does not give stay empty, and are not taken over from what stood there before; the marketplace
        that is the seller's own fact stays where the reading names none.

    Raises:
        HealthError: when there are no orders, the window cannot be that of the account, cells of it are not understood, or the figures
            contradict each other, so that no letter could state them.
    """
    if reason := misplaced(reading):
        raise HealthError(reason.say(lang))
    if unclear(reading):
        raise HealthError(say("health.still-open", lang))
    if reading.orders == 0:
        raise HealthError(say("health.nothing-to-state", lang))
    figures = {
        "id": reading.id,
        "value": None if reading.value is None else round(reading.value, 2),
        "target": reading.target,
        "orders": reading.orders,
        "defective_orders": reading.defects,
        "defects": {kind: count for kind, count in reading.by_kind.items() if count},
        "window": {"start": reading.start, "end": reading.end} if reading.start and reading.end else None,
    }
    where = marketplace_name(reading.marketplace) if reading.marketplace else case.marketplace
    try:
        return Case.model_validate(case.model_dump() | {"metric": figures, "marketplace": where})
    except ValidationError as error:
        told = [_by_its_name(path, reason, lang) for path, reason in reasons(error, lang)]
        raise HealthError("\n".join([say("health.contradiction", lang), *told])) from error


def _by_its_name(path: str, reason: str, lang: Lang) -> str:
    """Name the figure that contradicts others as the form of the letter does, and not by its place in the case."""
    part = path.removeprefix("metric.")
    names = {f"defects.{kind}": say(f"defect.{kind}", lang) for kind in load("strings.toml")["defect"]}
    names |= {name: say(f"form.field.metric-{name}", lang) for name in ("value", "target", "orders", "defective_orders")}
    return say("case.refused", lang, field=names.get(part, path), reason=reason)
