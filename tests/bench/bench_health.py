"""How fast a file of a million orders is read, and with how much memory: `python tests/bench/bench_health.py`.

The floor is a count of the same file's lines in the same run. Then what it costs to compare a letter with the data, also a hostile one;
the floor is the same letter without data.
"""

import random
import resource
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from appealkit.annotate import annotate
from appealkit.figures.daily import Orders
from appealkit.figures.health import Reading
from appealkit.figures.orders import read_figures

ORDERS = 1_000_000


def write(path: Path) -> None:
    """Write a file of orders over two hundred days."""
    dice = random.Random(7)  # noqa: S311 - the same file in every run
    first = date(2026, 1, 1)
    with path.open("w", encoding="utf-8") as file:
        file.write("Order ID,Order Date,SKU,A-to-z Claim,Rating,Chargeback\n")
        for number in range(ORDERS):
            day = first + timedelta(days=number * 200 // ORDERS)
            claim = "yes" if dice.random() < 0.004 else "no"
            file.write(f"{number:07},{day},SKU{number % 97},{claim},{dice.choice(('', '', '5', '2'))},\n")


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / "orders.csv"
        write(path)
        start = perf_counter()
        with path.open("rb") as file:
            lines = sum(1 for _ in file)
        floor = perf_counter() - start
        start = perf_counter()
        orders = read_figures(path)
        took = perf_counter() - start
    assert isinstance(orders, Orders)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    print(
        f"{sum(day.orders for day in orders.days)} orders of {lines} lines: {took:.2f} s (under 3), {took / floor:.0f} times a line count"
    )
    print(f"peak memory {memory:.0f} MB (under 400)")


def compare() -> None:
    """Print what it costs to compare a letter with the data."""
    data = [Reading("odr", None, None, 1.29, 1.0, 310, 4, {"a-to-z": 4}, date(2026, 3, 2), date(2026, 4, 30))]
    opening = "Our order defect rate was 9% from 3 to 9 May 2026, and four of 301 orders went wrong. "
    hostile = {"a letter": "", "shares": "4 of " * 20_000, "days": "1 march to " * 10_000, "rates": "our odr was 9% " * 3_000}
    for name, more in hostile.items():
        took = []
        for metrics in ((), data):
            annotate(opening + more, metrics=metrics)
            start = perf_counter()
            annotate(opening + more, metrics=metrics)
            took.append(perf_counter() - start)
        print(f"{name}: {1000 * took[1]:.1f} ms beside the data, {took[1] / took[0]:.1f} times the same without")


if __name__ == "__main__":
    main()
    compare()
