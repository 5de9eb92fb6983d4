"""The health of an account: its metrics, by a report, a file of orders or numbers that were typed in, and what is uncertain about them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from appealkit.files import KitError
from appealkit.language import Lang, listed, metric_name, say
from appealkit.marketplaces import is_amazons, marketplace_name
from appealkit.metrics import Published, published
from appealkit.tables import load


class HealthError(KitError):
    """A report or a file of orders cannot be used; the message says why and what to do, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a reader of the figures should know.

    Args:
        key: its key under `health.note` in the strings.
        values: what fills the string; with `least`, which is true where more may count against the seller than is told.
    """

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def say(self, lang: Lang) -> str:
        """Tell it in one language; what is a least, as more may count, in words of its own."""
        key = f"so-far-{self.key}" if self.values.get("least") else self.key
        return say(f"health.note.{key}", lang, **self.told(lang))

    def told(self, lang: Lang) -> dict[str, object]:
        """Return what fills the string, in one language."""
        return {name: _named_in(lang, name, value) for name, value in self.values.items()}


def _named_in(lang: Lang, name: str, value: object) -> object:
    """Name a metric, a kind of defect, what a column tells or a marketplace by words instead of by its id."""
    named: object = value
    match name:
        case "metric":
            named = metric_name(str(value), lang)
        case "beside-part":
            named = load("health.toml")["beside"][str(value)]["name"][lang]
        case "kind" | "tells":
            named = _name_of(str(value), lang)
        case "kinds" if isinstance(value, tuple):
            named = listed((_name_of(kind, lang) for kind in value), lang)
        case "beside" if isinstance(value, tuple):
            named = listed((part.say(lang) for part in value), lang, "text.between-parts")
        case "marketplace":
            named = marketplace_name(str(value))
        case _ if isinstance(value, tuple):
            named = listed(value, lang)
    return named


def _name_of(part: str, lang: Lang) -> str:
    return say(f"defect.{part}" if part in load("strings.toml")["defect"] else f"health.part.{part}", lang)


@dataclass(frozen=True, slots=True)
class Reading:
    """One metric as a report, a file of orders or the user's own figures give it.

    Args:
        id: which metric, as in `data/metrics.toml`.
        marketplace: Amazon's id or name of the marketplace, as it was given; None when it was not.
        fulfilment: `MFN` (sent by the seller), `AFN` (sent by Amazon) or None when it was not given.
        value: the rate in per cent; None when neither the rate nor the counts were given.
        target: the target in per cent.
        orders: number of orders (of shipments, for tracking and delivery).
        defects: number of those that count against the seller.
        by_kind: number of orders with each kind of defect. An order can have several.
        start: first day of the window.
        end: last day of the window.
        meets_target: whether the value is on the healthy side; None without a value, or where contradicting figures do not tell.
        disagreements: where the figures contradict each other, or what is published.
    """

    id: str
    marketplace: str | None = None
    fulfilment: str | None = None
    value: float | None = None
    target: float | None = None
    orders: int | None = None
    defects: int | None = None
    by_kind: Mapping[str, int] = field(default_factory=dict)
    start: date | None = None
    end: date | None = None
    meets_target: bool | None = None
    disagreements: tuple[Note, ...] = ()

    @property
    def facts(self) -> Published:
        """What is published about the metric."""
        return published()[self.id]

    @property
    def about(self) -> tuple[str, str | None, str | None]:
        """The metric and the orders that it is about, by which it is told from others."""
        return self.id, self.marketplace, self.fulfilment

    @property
    def least(self) -> bool:
        """Whether more may count against it: cells are not understood, or a kind of defect is told by no column."""
        return bool(unclear(self) or partial(self))

    def title(self, lang: Lang) -> str:
        """Say which metric it is, and of which orders."""
        return " · ".join(filter(None, (metric_name(self.id, lang), place(self.marketplace, self.fulfilment))))


@dataclass(frozen=True, slots=True)
class Health:
    """What a report or a file of orders says.

    Args:
        metrics: its metrics, in its order.
        notes: what else a reader should know: what is missing, unknown or was left out.
    """

    metrics: tuple[Reading, ...]
    notes: tuple[Note, ...] = ()


def without_verdict(reading: Reading, note: Note) -> Reading:
    """Return a metric with the reason why nothing is said of its target."""
    return replace(reading, meets_target=None, disagreements=(note, *reading.disagreements))


def misplaced(reading: Reading) -> Note | None:
    """Return why the window of a metric cannot be that of the account, None where it can."""
    return _noted(reading, "far-window", "to-come")


def unclear(reading: Reading) -> Note | None:
    """Return what is said of cells that are not understood and may be defects, None where there are none in the window."""
    return _noted(reading, "unknown-in-window")


def partial(reading: Reading) -> Note | None:
    """Return what is said of kinds of defect that count for a metric and that no column tells of, None where all are told."""
    return _noted(reading, "kinds-absent")


def _noted(reading: Reading, *keys: str) -> Note | None:
    return next((note for note in reading.disagreements if note.key in keys), None)


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
            without_verdict(metric, Note("to-come", {"end": metric.end, "today": today})) if metric.end and metric.end > today else metric
            for metric in health.metrics
        ),
    )


def together(readings: Iterable[Reading]) -> Iterator[Reading]:
    """Yield for each metric what its marketplaces and ways of fulfilment have together, in one window; nothing of one that stands alone.

    What a file names otherwise than Amazon's marketplaces may be another shop's, and is not added to these.

    Args:
        readings: the metrics.

    Yields:
        Their sums, of which nothing tells whether they meet a target. Their place names all.

    >>> both = (Reading("odr", "Amazon.de", orders=421, defects=10), Reading("odr", "Amazon.co.uk", orders=188, defects=4))
    >>> [(whole.value, whole.defects, whole.orders, whole.marketplace) for whole in together(both)]
    [(2.2989, 14, 609, 'Amazon.de + Amazon.co.uk')]
    """
    groups: dict[tuple[object, ...], list[Reading]] = {}
    for reading in readings:
        if reading.orders and reading.defects is not None:
            groups.setdefault((reading.id, reading.start, reading.end, added_with(reading)), []).append(reading)
    yield from (sum_of(some) for some in groups.values() if len(some) > 1)


def added_with(reading: Reading) -> bool:
    """Tell whether the orders of a metric are added to those of Amazon's marketplaces; also where no marketplace is known."""
    return reading.marketplace is None or is_amazons(reading.marketplace)


def sum_of(readings: Sequence[Reading]) -> Reading:
    """Return what some readings of a metric have together; each has its orders and its defects."""
    orders, defects = (sum(getattr(reading, name) for reading in readings) for name in ("orders", "defects"))
    kinds = set.intersection(*({*reading.by_kind} for reading in readings))
    names = ((place(reading.marketplace, None) for reading in readings), (reading.fulfilment for reading in readings))
    marketplace, fulfilment = (" + ".join(dict.fromkeys(filter(None, each))) or None for each in names)
    return replace(
        readings[0],
        marketplace=marketplace,
        fulfilment=fulfilment,
        value=readings[0].facts.rate_of(defects, orders) if defects <= orders and orders else None,
        orders=orders,
        defects=defects,
        by_kind={kind: sum(reading.by_kind[kind] for reading in readings) for kind in kinds},
        meets_target=None,
    )


def place(marketplace: str | None, fulfilment: str | None) -> str:
    """Name the orders that a figure is about.

    Args:
        marketplace: its name or Amazon's id of it, if it is known.
        fulfilment: who sends, if it is known.

    Returns:
        Both, as far as they are known.
    """
    return ", ".join(filter(None, (marketplace and marketplace_name(marketplace), fulfilment)))
