"""What is published about each metric: its target, its window, what it counts, and on which side of the target it is met."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal, TypeVar

from appealkit.language import Lang
from appealkit.tables import load

Share = TypeVar("Share", float, Decimal)


@dataclass(frozen=True, slots=True)
class Published:
    """What is published about a metric, as `data/metrics.toml` has it.

    Args:
        id: which metric it is.
        name: what it is called, in both languages.
        named: what English texts call it without doubt.
        target: the target, in per cent.
        better: on which side of its target a rate is healthy.
        window_days: over how many days it is counted.
        counts: the kinds of defect that it counts.
    """

    id: str
    name: Mapping[Lang, str]
    named: tuple[str, ...]
    target: float
    better: Literal["under", "over"]
    window_days: int
    counts: tuple[str, ...]

    @property
    def high(self) -> bool:
        """Whether it is a rate that should be high, such as that of valid tracking."""
        return self.better == "over"

    def meets(self, value: float, target: float) -> bool:
        """Tell whether a rate is on the healthy side: under the target, or for the rates that should be high, not under it.

        >>> published()["odr"].meets(1.0, 1), published()["valid-tracking"].meets(95.0, 95)
        (False, True)
        """
        return value >= target if self.high else value < target

    def rate(self, bad: Share) -> Share:
        """Return the rate in per cent, by the share of orders that count against the seller."""
        return 100 - bad if self.high else bad

    def rate_of(self, defects: int, orders: int) -> float:
        """Return the rate in per cent that counts give, of at least one order.

        >>> published()["odr"].rate_of(1, 200), published()["valid-tracking"].rate_of(1, 200)
        (0.5, 99.5)
        """
        return round(self.rate(100 * defects / orders), 4)


@cache
def published() -> Mapping[str, Published]:
    """Return what is published about all metrics, by their ids.

    >>> published()["odr"].window_days
    60
    """
    stored = load("metrics.toml").items()
    lists = ("counts", "named")
    return {
        name: Published(name, **entry | {"target": float(entry["target"])} | {field: tuple(entry[field]) for field in lists})
        for name, entry in stored
    }
