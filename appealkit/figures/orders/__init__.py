"""A file of orders (CSV, TSV) to orders by day: one row an order, or an item of it, with its date and its defects; read as a stream."""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import polars as pl

from appealkit.figures.columns import DateOrder
from appealkit.figures.daily import Orders
from appealkit.figures.health import Health, HealthError, Note
from appealkit.figures.orders.dates import against, order_of, shown_order
from appealkit.figures.orders.days import LISTED_ROWS, Sheet, collect, listed_rows, look_through, refuse_strange_kinds, refuse_totals
from appealkit.figures.orders.heading import Heading, heading_of, places_of
from appealkit.figures.orders.source import SAMPLE, Progress, as_utf8
from appealkit.figures.report import read_health_report
from appealkit.language import Lang, listed, say
from appealkit.tables import DATA
from appealkit.text import printable

_WIDE = 100  # columns; no export has so many, and looking into each takes too long
_LARGEST_REPORT = 20_000_000  # bytes; a report has a few thousand


def read_figures(  # noqa: PLR0913 - all but the first are named
    source: Path | str | BinaryIO,
    *,
    columns: Mapping[str, str] | None = None,
    dates: DateOrder | None = None,
    name: str = "",
    lang: Lang = "en",
    progress: Progress | None = None,
) -> Health | Orders:
    """Read the account-health report or a file of orders; which of the two it is its first character tells.

    Args:
        source: the file, or a stream of its bytes, such as standard input. Any common encoding. A file of orders is CSV or TSV with a
            heading row, one row an order; rows of the same order number are one.
        columns: the column of orders for a part, such as `{"date": "Placed", "a-to-z": "Guarantee"}`, or with the words of it that are
            defects, `"Guarantee=LATE|LOST"`; others are found by name.
        dates: which part of a date such as 04/05/2026 comes first. Asked for only where the file itself does not tell.
        name: what the file is called in messages, where that is not its path.
        lang: language of the error, `en` or `zh-Hant`.
        progress: told how many bytes were read, and of how many.

    Returns:
        The metrics of a report, or the orders of a file by day, marketplace and fulfilment. Rows without a readable date are left out and
        listed by number.

    Raises:
        HealthError: when the file cannot be read, or orders have no date or no defects, are counted by whole days, or their dates read in
            two ways; the message says why and what to do.

    >>> sum(day.orders for day in read_figures(sample_orders()).days)
    591
    """
    name = printable(name) or _name_of(source, lang)
    with tempfile.TemporaryDirectory() as room:
        text = as_utf8(source, name, Path(room), lang=lang, progress=progress)
        if not _opens_json(text):
            return _read(text, name, columns or {}, dates, lang)
        try:
            return read_health_report(_report(text), lang=lang)
        except HealthError as error:
            raise HealthError(say("view.labelled", lang, label=name, words=error)) from error


def sample_orders() -> Path:
    """Return the file of orders of an invented shop that the lessons read."""
    return DATA / "lamps-orders.csv"


def _name_of(source: Path | str | BinaryIO, lang: Lang) -> str:
    return printable(str(source)) if isinstance(source, Path | str) else say("health.standard-input", lang)


def _opens_json(text: Path) -> bool:
    with text.open(encoding="utf-8") as file:
        return file.read(SAMPLE).lstrip()[:1] in {"{", "["}


def _report(text: Path) -> str:
    """Return what a report says; nothing of a file that is too large to be one."""
    return text.read_text(encoding="utf-8") if text.stat().st_size <= _LARGEST_REPORT else "{}"


def _read(text: Path, name: str, columns: Mapping[str, str], dates: DateOrder | None, lang: Lang) -> Orders:
    heading = heading_of(text, name, columns, lang)
    places = places_of(heading.names, columns, name, lang)
    rows = _rows(text, heading, places.numbers)
    try:
        seen = look_through(rows, heading.names, places)
        refuse_totals(seen, name, lang)
        refuse_strange_kinds(seen, name, lang)
        orders = collect(seen, _date_order(seen, dates, name, lang))
    except pl.exceptions.PolarsError as error:
        if odd := _unclosed(text, lang):
            raise HealthError(say("health.unclosed", lang, file=name, rows=odd)) from error
        raise HealthError(say("health.no-table", lang, file=name)) from error
    if not orders.days:
        if any(note.key == "elsewhere" for note in orders.notes):
            raise HealthError(say("health.all-elsewhere", lang, file=name, column=seen.column("marketplace")))
        raise HealthError(say("health.no-rows", lang, file=name, column=seen.column("date")))
    titled = (Note("heading-row", {"row": heading.above}),) if heading.above > 1 else ()
    return replace(orders, notes=(*titled, *orders.notes))


def _rows(text: Path, heading: Heading, places: Mapping[str, int]) -> pl.LazyFrame:
    """Return the rows below a heading, with their numbers; an empty line is no order."""
    columns = range(len(heading.names)) if len(heading.names) <= _WIDE else places.values()
    return pl.scan_csv(
        text,
        separator=heading.separator,
        quote_char=None if heading.unquoted else '"',
        has_header=False,
        skip_lines=heading.above,
        schema={f"c{number}": pl.String for number in range(len(heading.names))},
        truncate_ragged_lines=True,
        row_index_name="row",
        row_index_offset=heading.above + 1,
    ).filter(pl.any_horizontal(pl.col(f"c{number}").is_not_null() for number in columns))


def _date_order(seen: Sheet, given: DateOrder | None, file: str, lang: Lang) -> DateOrder:
    """Return what comes first in the dates: as it was given, unless the file shows the contrary, or as the file tells."""
    order = given or order_of(seen.survey)
    if order is None:
        raise HealthError(say("health.two-dates", lang, file=file))
    if given and shown_order(seen.survey) not in {given, None}:
        raise HealthError(say(f"health.not-{given}", lang, file=file, **against(seen.rows, seen.places["date"], given)))
    return order


def _unclosed(text: Path, lang: Lang) -> str:
    """Name the lines with an odd number of quotation marks, as many as are listed at most: one of them opens what is never closed."""
    rows: list[int] = []
    row, marks = 1, 0
    with text.open("rb") as file:
        while len(rows) <= LISTED_ROWS and (piece := file.readline(SAMPLE)):
            marks += piece.count(b'"')
            if piece.endswith(b"\n"):
                rows += [row] * (marks % 2)
                row, marks = row + 1, 0
    return listed(listed_rows([*rows, row] if marks % 2 else rows), lang)
