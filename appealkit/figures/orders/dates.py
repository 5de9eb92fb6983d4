"""The dates of a file of orders: how they are written, and what comes first in those of digits."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from appealkit.dates import FIRST_YEAR
from appealkit.figures.columns import DateOrder
from appealkit.vocabulary import months_in_reports

_YEAR = r"^\s*(?:民[國国])?\s?((?:19|20)\d\d|0?1\d\d)"  # 115: years since 1911, as Taiwan counts them
_YEAR_FIRST = _YEAR + r"\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?:\D|$)"
_UNPARTED = _YEAR + r"(\d\d)(\d\d)(?:\D|$)"  # 20260302, and 1150302 in Taiwan
_SERIAL = r"^\s*([2-7]\d{4})(?:\.\d+)?\s*$"  # 46083: days since 1899-12-30, what a spreadsheet shows of an unformatted date
_LETTERS = r"\p{L}{3}"
_DIGITS = r"^\s*(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d\d|\d\d)\b"
_SHORT = r"^\s*\d{1,2}[-/.]\d{1,2}[-/.]\d{2}\b"  # 11-03-26
_DOTTED = r"^\s*\d{1,2}\.\d{1,2}\.(?:(?:19|20)\d\d|\d\d)\b"
_SPELT = (r"\b((?:19|20)\d\d)\b", r"\b(\d{1,2})(?:st|nd|rd|th)?\b", r"^\s*\d{1,2}[-/. ]*\p{L}+\.?[-/. ,']+(\d{2})\b")
"""Where a date with its month spelt out has its year, its day, and a year of two digits, as in 2-Mar-26."""
_DAY_ZERO = pl.lit(date(1899, 12, 30))  # of the days that a spreadsheet counts
_MONTHS_OF_YEAR = 12
_SLIP = 20  # dates of one order for each of the other, more than


def dates_in(given: pl.Expr) -> dict[str, pl.Expr]:
    """Look how the dates of a column are written.

    Args:
        given: the column.

    Returns:
        For `order_of` and `shown_order` what they have to know; how many are a spreadsheet's numbers, or have a year of two digits, and the
        first of these; and whether any is spelt out.
    """
    first, second = (given.str.extract(_DIGITS, part).cast(pl.Int32) for part in (1, 2))
    return {
        "dated": first.is_not_null().any(),
        "first": (first > _MONTHS_OF_YEAR).sum(),
        "second": (second > _MONTHS_OF_YEAR).sum(),
        "differ": (first != second).any(),
        "other signs": given.str.contains(_DIGITS).sum() - given.str.contains(_DOTTED).sum(),
        "serial": given.str.contains(_SERIAL).sum(),
        "spelt": given.str.contains(_LETTERS).any(),
        "short": given.str.contains(_SHORT).sum(),
        "a short one": given.filter(given.str.contains(_SHORT)).str.strip_chars().str.slice(0, 40).first(),
    }


def order_of(survey: Mapping[str, Any]) -> DateOrder | None:
    """Tell by the whole column whether the day or the month stands first in dates of digits; None when it reads both ways.

    Every country that writes dates with dots writes the day first, 01.11.2026, or the year; a file of another mind shows it by its days.
    """
    if not (survey["dated"] and survey["differ"]):
        return "day-first"  # there is no such date, or every one reads the same both ways
    if not (survey["first"] or survey["second"] or survey["other signs"]):
        return "day-first"
    return shown_order(survey)


def shown_order(survey: Mapping[str, Any]) -> DateOrder | None:
    """Tell what stands first where days over twelve show it; a few that show the contrary are slips."""
    first, second = survey["first"], survey["second"]
    if max(first, second) <= _SLIP * min(first, second):
        return None
    return "day-first" if first > second else "month-first"


def against(rows: pl.LazyFrame, number: int, order: DateOrder) -> dict[str, object]:
    """Name the first row whose date cannot be read in an order, and what stands there."""
    given = pl.col(f"c{number}")
    month = given.str.extract(_DIGITS, 1 if order == "month-first" else 2).cast(pl.Int32)
    found = rows.filter(month > _MONTHS_OF_YEAR).select("row", cell=given.str.strip_chars().str.slice(0, 40)).head(1)
    return found.collect(engine="streaming").row(0, named=True)


def date_in(given: pl.Expr, order: DateOrder, *, spelt: bool) -> pl.Expr:
    """Read a date: year first, digits in the order of the file, or with the month spelt out."""
    counted, *rest = (
        pl.coalesce(given.str.extract(pattern, group).cast(pl.Int32) for pattern in (_YEAR_FIRST, _UNPARTED)) for group in (1, 2, 3)
    )
    first = [pl.when(counted < FIRST_YEAR).then(counted + FIRST_YEAR).otherwise(counted), *rest]
    serial = _DAY_ZERO + pl.duration(days=given.str.extract(_SERIAL, 1).cast(pl.Int32))
    one, other, year = (given.str.extract(_DIGITS, group).cast(pl.Int32) for group in (1, 2, 3))
    day, month = (one, other) if order == "day-first" else (other, one)
    year = pl.when(year < 100).then(year + 2000).otherwise(year)
    ways = [first, [year, month, day], *([_spelt(given)] if spelt else [])]
    parts = [pl.coalesce(*(way[part] for way in ways)) for part in range(3)]
    return pl.coalesce(serial, pl.format("{}-{}-{}", *parts).str.to_date("%Y-%m-%d", strict=False))


def _spelt(given: pl.Expr) -> list[pl.Expr]:
    """Read year, month and day of a date with its month spelt out, in the languages of Amazon's reports."""
    lower = given.str.to_lowercase()
    months = pl.coalesce(
        *(
            pl.when(lower.str.contains(rf"\b(?:{'|'.join(names)})\p{{L}}*")).then(pl.lit(number, pl.Int32))
            for number, names in enumerate(months_in_reports(), 1)
        )
    )
    year, day, short = (lower.str.extract(part, 1).cast(pl.Int32) for part in _SPELT)
    return [pl.coalesce(year, short + 2000), months, day]
