"""Files of orders for the tests."""

from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from appealkit.figures.columns import DateOrder
from appealkit.figures.daily import Orders
from appealkit.figures.orders import read_figures
from appealkit.language import Lang


def read_orders(
    source: Path | str | BinaryIO, *, columns: Mapping[str, str] | None = None, dates: DateOrder | None = None, lang: Lang = "en"
) -> Orders:
    """Read a file of orders, which is no report."""
    found = read_figures(source, columns=columns, dates=dates, lang=lang)
    assert isinstance(found, Orders)
    return found
