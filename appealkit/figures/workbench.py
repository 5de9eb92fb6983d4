"""What would bring a rate to the right side of its target, and figures to a letter."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor

from pydantic import ValidationError

from appealkit.case import Case, Metric
from appealkit.figures.health import HealthError, Reading, misplaced, unclear
from appealkit.language import Lang, say
from appealkit.marketplaces import marketplace_meant
from appealkit.metrics import published
from appealkit.problems import reasons_by_field
from appealkit.sheet import figure_names


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
    known = published()[metric]
    goal = Fraction(str(known.target if target is None else target)) / 100
    allowed = 1 - goal if known.high else goal
    if not allowed:
        return None
    whole = ceil(defects / allowed) if known.high else floor(defects / allowed) + 1  # a share that may reach the target, or one under it
    return max(0, whole - orders)


def what_if(reading: Reading) -> tuple[Step, ...]:
    """Tell what would come of claims that are withdrawn or succeed on appeal, and of further orders.

    Args:
        reading: a metric with its counts.

    Returns:
        One step for no claim, one for each further one, and where there are more than ten, one for as many as are enough, or for all;
        none without counts. An order may have another defect beside its claim and then still counts, so that these are the best cases.
    """
    if not reading.orders or reading.defects is None or reading.defects > reading.orders:
        return ()
    # An order with another kind of defect stays defective, so that at least as many stay as have one of these.
    others = max((count for kind, count in reading.by_kind.items() if kind != "a-to-z"), default=0)
    claims = max(0, min(reading.by_kind.get("a-to-z", 0), reading.defects - others))
    enough = bisect_left(range(claims), 1, key=lambda withdrawn: _without(reading, withdrawn).needed == 0)
    single = min(claims, _SINGLY)
    return tuple(_without(reading, withdrawn) for withdrawn in sorted({*range(single + 1), max(enough, single)}))


_SINGLY = 10  # claims that are taken away one by one


def _without(reading: Reading, withdrawn: int) -> Step:
    """Return what is left of a metric without so many of its defects."""
    orders, defects = reading.orders or 0, (reading.defects or 0) - withdrawn
    return Step(withdrawn, defects, reading.facts.rate_of(defects, orders), needed(reading.id, orders, defects, reading.target))


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
    value = metric.rate_from_counts if metric.value is None or metric.orders == 0 else metric.value  # without orders there is no rate
    target = metric.facts.target if metric.target is None else metric.target
    return Reading(
        id=metric.id,
        value=None if value is None else round(value, 4),
        target=target,
        orders=metric.orders,
        defects=metric.defective_orders,
        by_kind={str(kind): count for kind, count in metric.defects.items()},
        start=end and end - timedelta(days=metric.facts.window_days - 1),
        end=end,
        meets_target=None if value is None else metric.facts.meets(value, target),
    )


def fill(case: Case, reading: Reading, *, lang: Lang = "en") -> Case:
    """Return the case with the figures of a metric: its rate, target, counts, kinds of defect, window and marketplace.

    Args:
        case: the facts so far; all others are kept.
        reading: the metric.
        lang: language of the error, `en` or `zh-Hant`.

    Returns:
        The case. Figures that the reading does not give stay empty, and are not taken over from what stood there before; the marketplace
        that is the seller's own fact stays where the reading names none of Amazon's, or the same one in other words.

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
        "defects": dict(reading.by_kind),
        "window": {"start": reading.start, "end": reading.end} if reading.start and reading.end else None,
    }
    where = marketplace_meant(reading.marketplace or "")
    placed = {"marketplace": where} if where and where != marketplace_meant(case.marketplace) else {}
    try:
        return Case.model_validate(case.model_dump() | {"metric": figures} | placed)
    except ValidationError as error:
        names = {f"metric.{part}": name for part, name in figure_names(lang).items()}
        told = [say("case.refused", lang, field=names.get(path, path), reason=reason) for path, reason in reasons_by_field(error, lang)]
        raise HealthError("\n".join([say("health.contradiction", lang), *told])) from error
