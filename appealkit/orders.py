"""A file of orders (CSV, TSV) to orders by day: one row an order, or an item of it, with its date and its defects; read as a stream."""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl

from appealkit.columns import DateOrder
from appealkit.daily import Daily, Orders, stray
from appealkit.health import Health, HealthError, Note
from appealkit.report import plain_name, read_health_report
from appealkit.source import SAMPLE, Progress, as_utf8
from appealkit.text import Lang, load, printable, say

LISTED_ROWS = 20
"""Numbers of unreadable rows that are listed; of the others their number is told."""
LISTED_COLUMNS = 30
"""Columns that are named, where a file has more."""
MOST_PLACES = 40
"""Marketplaces, or ways of fulfilment, that a file may tell apart; a column with more of them tells something else."""

_SEPARATORS = ",;\t|"
_BAD, _GOOD = range(1, 3), range(3, 6)  # stars that are negative feedback, and those that are none
_STARRED = {"rating", "negative-feedback"}
_TITLES = 20  # lines that may stand above the heading row
_LARGEST_REPORT = 20_000_000  # bytes; a report has a few thousand
_APART = ("marketplace", "fulfilment")
_HINTS = {"id", "date", "total", "status", *_APART}  # what a column may tell beside defects


def read_figures(
    source: Path | str | BinaryIO,
    *,
    columns: Mapping[str, str] | None = None,
    dates: DateOrder | None = None,
    lang: Lang = "en",
    progress: Progress | None = None,
) -> Health | Orders:
    """Read the account-health report or a file of orders; which of the two it is its first character tells.

    Args:
        source: the file, or a stream of its bytes, such as standard input. Any common encoding.
        columns: as in `read_orders`.
        dates: as in `read_orders`.
        lang: language of the error, `en` or `zh-Hant`.
        progress: told how many bytes were read, and of how many.

    Returns:
        The metrics of a report, or the orders by day of a file of orders.

    Raises:
        HealthError: when the file cannot be used; the message says why and what to do.
    """
    name = _name_of(source, lang)
    with tempfile.TemporaryDirectory() as room:
        text = as_utf8(source, name, Path(room), lang=lang, progress=progress)
        if not _opens_json(text):
            return _read(text, name, columns or {}, dates, lang)
        try:
            return read_health_report(_report(text), lang=lang)
        except HealthError as error:
            raise HealthError(say("view.labelled", lang, label=name, words=error)) from error


def _report(text: Path) -> str:
    """Return what a report says; nothing of a file that is too large to be one."""
    return text.read_text(encoding="utf-8") if text.stat().st_size <= _LARGEST_REPORT else "{}"


def _name_of(source: Path | str | BinaryIO, lang: Lang) -> str:
    return printable(str(source)) if isinstance(source, Path | str) else say("health.standard-input", lang)


def read_orders(
    source: Path | str | BinaryIO, *, columns: Mapping[str, str] | None = None, dates: DateOrder | None = None, lang: Lang = "en"
) -> Orders:
    """Read a file of orders.

    Args:
        source: a CSV or TSV file with a heading row, or a stream of its bytes. One row an order; rows of the same order number are one.
        columns: the file's column for a part, such as `{"date": "Placed", "a-to-z": "Guarantee"}`; others are found by name.
        dates: which part of a date such as 04/05/2026 comes first. Asked for only where the file itself does not tell.
        lang: language of the error, `en` or `zh-Hant`.

    Returns:
        Its orders by day, marketplace and fulfilment. Rows without a readable date are left out and listed by number.

    Raises:
        HealthError: when the file cannot be read, has no date or no defects, counts whole days, or its dates read in two ways.
    """
    name = _name_of(source, lang)
    with tempfile.TemporaryDirectory() as room:
        return _read(as_utf8(source, name, Path(room), lang=lang), name, columns or {}, dates, lang)


def sample_orders() -> Path:
    """Return the file of orders of an invented shop that the lessons read.

    >>> sum(day.orders for day in read_orders(sample_orders()).days)
    591
    """
    return Path(str(files("appealkit").joinpath("data", "lamps-orders.csv")))


def _opens_json(text: Path) -> bool:
    with text.open(encoding="utf-8") as file:
        return file.read(SAMPLE).lstrip()[:1] in {"{", "["}


def _read(text: Path, name: str, columns: Mapping[str, str], dates: DateOrder | None, lang: Lang) -> Orders:
    header, separator, above, unquoted = _header(text, name, columns, lang)
    places = _places(header, columns, name, lang)
    rows = pl.scan_csv(
        text,
        separator=separator,
        quote_char=None if unquoted else '"',
        has_header=False,
        skip_lines=above,
        schema={f"c{number}": pl.String for number in range(len(header))},
        truncate_ragged_lines=True,
        row_index_name="row",
        row_index_offset=above + 1,
    ).filter(pl.any_horizontal(pl.col(f"c{number}").is_not_null() for number in places.values()))  # an empty line is no order
    try:
        survey = _survey(rows, places)
        _refuse_totals(rows, survey, {part: (number, header[number]) for part, number in places.items()}, name, lang)
        order = dates or _date_order(survey)
        if order is None:
            raise HealthError(say("health.two-dates", lang, file=name))
        if dates and _shown_order(survey) not in {dates, None}:
            raise HealthError(say(f"health.not-{dates}", lang, file=name, **_against(rows, places["date"], dates)))
        orders = _collect(rows, header, places, order, survey)
    except pl.exceptions.PolarsError as error:
        if odd := _unclosed(text):
            raise HealthError(say("health.unclosed", lang, file=name, rows=odd)) from error
        raise HealthError(say("health.no-table", lang, file=name)) from error
    if not orders.days:
        if any(note.key == "elsewhere" for note in orders.notes):
            raise HealthError(say("health.all-elsewhere", lang, file=name, column=header[places["marketplace"]]))
        raise HealthError(say("health.no-rows", lang, file=name, column=header[places["date"]]))
    return orders


# -- lines to columns ---------------------------------------------------------------------------------------------------------


def _header(text: Path, name: str, chosen: Mapping[str, str], lang: Lang) -> tuple[list[str], str, int, bool]:
    """Find the row that names the columns: the first with a date, since titles may stand above it.

    Returns:
        The names, what parts them, how many lines end with them, and whether quotation marks are characters like others.
    """
    stored = load("health.toml")
    dated = {plain_name(name) for name in (*stored["columns"]["date"], *filter(None, [chosen.get("date")]))}
    first: tuple[list[str], str, int, bool] | None = None
    with text.open(encoding="utf-8", newline="") as file:
        for number in range(1, _TITLES + 1):
            line = file.readline(SAMPLE).strip("\r\n")
            separator = max(_SEPARATORS, key=line.count)
            header = [printable(cell).strip() for cell in next(csv.reader([line], delimiter=separator), [])]
            if len(header) > 1 and not line.startswith("sep="):  # with which Excel is told the separator
                unquoted = separator == "\t" and not {*line.split(separator)}.isdisjoint(stored["unquoted"]["id"])
                first = first or (header, separator, number, unquoted)
                if not dated.isdisjoint(map(plain_name, header)):
                    return header, separator, number, unquoted
    if first is None or not _is_table(text, first):
        raise HealthError(say("health.no-columns", lang, file=name))
    return first


def _is_table(text: Path, found: tuple[list[str], str, int, bool]) -> bool:
    """Tell whether lines below a row that may name columns have as many cells as it; in a letter or a notice hardly one has."""
    header, separator, above, _ = found
    with text.open(encoding="utf-8", newline="") as file:
        lines = [file.readline(SAMPLE) for _ in range(above + _TITLES)][above:]
    try:
        rows = [row for row in csv.reader(lines, delimiter=separator) if row]
    except csv.Error:  # a quotation mark that is never closed, which is told by its line
        return True
    return 2 * sum(len(row) == len(header) for row in rows) > len(rows) or not rows


def _places(header: Sequence[str], chosen: Mapping[str, str], file: str, lang: Lang) -> dict[str, int]:
    """Find the column of each part: as chosen, or else by its name."""
    known = load("health.toml")["columns"]
    names = {plain_name(name): number for number, name in reversed(list(enumerate(header)))}
    places: dict[str, int] = {}
    for part, name in chosen.items():
        if part not in known:
            raise HealthError(say("health.no-part", lang, part=part, known=", ".join(known)))
        if plain_name(name) not in names:
            raise HealthError(say("health.no-such-column", lang, file=file, column=name, columns=", ".join(header[:LISTED_COLUMNS])))
        places[part] = names[plain_name(name)]
    for part, aliases in known.items():
        found = next((names[alias] for alias in map(plain_name, aliases) if alias in names and names[alias] not in places.values()), None)
        if part not in places and found is not None:
            places[part] = found
    needed = {"no-date": "date" not in places, "no-defect": not places.keys() - _HINTS}
    if wanting := [say(f"health.{part}", lang) for part, wants in needed.items() if wants]:
        told = {"missing": say("health.and", lang).join(wanting), "columns": ", ".join(header[:LISTED_COLUMNS]), "known": ", ".join(known)}
        raise HealthError(say("health.no-parts", lang, file=file, **told))
    return places


def _unclosed(text: Path) -> str:
    """Name the lines with an odd number of quotation marks, as many as are listed at most: one of them opens what is never closed."""
    rows: list[int] = []
    row, marks = 1, 0
    with text.open("rb") as file:
        while len(rows) <= LISTED_ROWS and (piece := file.readline(SAMPLE)):
            marks += piece.count(b'"')
            if piece.endswith(b"\n"):
                rows += [row] * (marks % 2)
                row, marks = row + 1, 0
    return _listed([*rows, row] if marks % 2 else rows)


# -- columns to days ----------------------------------------------------------------------------------------------------------

_ISO = r"^\s*(\d{4})(?:[-/.年]\s?)?(\d{1,2})(?:[-/.月]\s?)?(\d{1,2})"
_ROC = r"^\s*(?:民[國国])?\s?(1\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})"  # 115/3/2: years since 1911, as Taiwan counts them
_SERIAL = r"^\s*([2-7]\d{4})(?:\.\d+)?\s*$"  # 46083: days since 1899-12-30, what a spreadsheet shows of an unformatted date
_LETTERS = r"\p{L}{3}"
_DIGITS = r"^\s*(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})\b"
_DOTTED = r"^\s*\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})\b"
_A_COUNT = r"^(?:[2-9]|[1-9]\d{1,3})$"  # more than a yes or no, and no number of a claim or a day


def _survey(rows: pl.LazyFrame, places: Mapping[str, int]) -> dict[str, Any]:
    """Look through the file once: how its dates read, whether cells count, how many places it tells apart, which words it uses."""
    given = pl.col(f"c{places['date']}")
    first, second = (given.str.extract(_DIGITS, part).cast(pl.Int32) for part in (1, 2))
    facts = {
        "dated": first.is_not_null().any(),
        "first": (first > _MONTHS_OF_YEAR).sum(),
        "second": (second > _MONTHS_OF_YEAR).sum(),
        "differ": (first != second).any(),
        "other signs": given.str.contains(_DIGITS).sum() - given.str.contains(_DOTTED).sum(),
        "serial": given.str.contains(_SERIAL).sum(),
        "spelt": given.str.contains(_LETTERS).any(),
    }
    for part, number in places.items():
        cell = _cell(number)
        if part == "total":
            facts[part] = cell.str.contains(r"^\d{0,9}$").all()
        elif part in _APART:
            facts[part] = _names(number).unique().sort().head(MOST_PLACES + 1).implode()
        if part not in _HINTS:
            facts[f"{part} strange"] = _few(number, _unknown(part, number))
        if part not in _HINTS | {"rating"}:
            facts[part] = _few(number, _counts(part, number))
            facts[f"{part} no"] = _few(number, cell.is_in(load("health.toml")["values"]["dropped"]))
        if part not in _HINTS | {"kind", "rating"}:
            facts[f"{part} yes"] = _few(number, _told_by_digits(number) & _no(part, number).not_() & cell.is_in(_yes(part)).not_())
    return rows.select(**facts).collect(engine="streaming").row(0, named=True)


def _few(number: int, wanted: pl.Expr) -> pl.Expr:
    """Return a few of the cells that are wanted."""
    return pl.col(f"c{number}").filter(wanted).str.slice(0, 40).str.replace_all(r"\p{C}", "").unique().sort().head(5).implode()


def _refuse_totals(rows: pl.LazyFrame, survey: Mapping[str, Any], columns: Mapping[str, tuple[int, str]], file: str, lang: Lang) -> None:
    """Refuse a file in which a row is a day with its counts: nothing tells which orders they are, or whether one has two defects."""
    if survey.get("total") and "id" not in columns:
        raise HealthError(say("health.totals", lang, file=file, column=columns["total"][1]))
    for part, (number, name) in columns.items():
        if part not in _HINTS | {"rating"} and survey[part]:
            found = rows.filter(_counts(part, number)).select("row", cell=_cell(number)).head(1).collect(engine="streaming")
            raise HealthError(say("health.counts", lang, file=file, column=name, **found.row(0, named=True)))


def _counts(part: str, number: int) -> pl.Expr:
    """Say whether a cell is a count, and neither a yes nor a number of stars."""
    counts = _cell(number).str.contains(_A_COUNT)
    return counts & _cell(number).is_in([*_stars(part, _BAD), *_stars(part, _GOOD)]).not_() if part in _STARRED else counts


def _collect(rows: pl.LazyFrame, header: Sequence[str], places: Mapping[str, int], dates: DateOrder, survey: Mapping[str, Any]) -> Orders:
    """Count the orders of each day, and what could not be read."""
    doubts = {f"{part}?": _unknown(part, number) for part, number in places.items() if survey.get(f"{part} strange")}
    flags = _flags(places, doubts)
    kinds = tuple(flags)
    apart = [part for part in _APART if part in places and len(survey[part]) <= MOST_PLACES]
    void = {"void": _cell(places["status"]).is_in(load("health.toml")["values"]["cancelled"])} if "status" in places else {}
    table = rows.select(
        "row",
        day=_date(pl.col(f"c{places['date']}"), dates, spelt=survey["spelt"]),
        **flags,
        **{part: _place(part, places[part], survey[part]) for part in apart},
        **doubts,
        **void,
        **({"id": pl.col(f"c{places['id']}").str.strip_chars()} if "id" in places else {}),
    )
    notes = [Note("column", {"tells": part, "column": header[number]}) for part, number in places.items() if part != "total"]
    if unused := [name for number, name in enumerate(header) if name and number not in places.values()]:
        more = " …" if len(unused) > LISTED_COLUMNS else ""
        notes.append(Note("unused", {"columns": ", ".join(name[:60] for name in unused[:LISTED_COLUMNS]) + more}))
    if "id" not in places:
        notes.append(Note("no-id"))
    mixed = [part for part in _APART if part in places and part not in apart]
    notes += [Note("not-apart", {"column": header[places[part]], "most": MOST_PLACES}) for part in mixed]
    if survey["differ"] and not survey["other signs"] and dates == "day-first" and not _shown_order(survey):
        notes.append(Note("dotted-dates", {"column": header[places["date"]]}))
    if survey["serial"]:
        notes.append(Note("serial-dates", {"column": header[places["date"]], "count": survey["serial"]}))
    single = table
    if "id" in places:  # a row may be an item of an order; an order is as old as its oldest row, and has the defects of all
        number = pl.when(pl.col("id").fill_null("") == "").then(pl.format("row {}", "row")).otherwise(pl.col("id"))
        flagged = [pl.col(kind).any() for kind in (*kinds, *doubts)]
        sums = {
            "rows": pl.len(),
            "undated": pl.col("day").is_null().sum(),
            "until": pl.col("day").max(),
            **{name: pl.col(name).all() for name in void},
        }
        least = [pl.col(part).min() for part in ("day", *apart)]
        single = table.group_by(number.hash().alias("number")).agg(*least, *flagged, pl.col("row").max(), **sums)
    else:
        single = single.with_columns(rows=1, undated=pl.col("day").is_null(), until="day")
    no = pl.lit(value=False)
    bad = pl.any_horizontal(no, *(kind for kind in load("metrics.toml")["odr"]["counts"] if kind in kinds))
    grouped = single.group_by("day", "until", *apart).agg(
        row=pl.col("row").min(),
        orders=pl.len(),
        rows=pl.col("rows").sum(),
        undated=pl.col("undated").sum(),
        odr=bad.sum(),
        void=(pl.any_horizontal(no, *void) & bad.not_()).sum(),
        **{kind: pl.col(kind).sum() for kind in kinds},
        **_unclear(kinds, doubts),
    )
    days = grouped.sort(*apart, "day", "until", nulls_last=True).collect(engine="streaming")
    notes += _told_of(days, table, header, survey, places)
    notes += _lost(days, single, kinds)
    kept = tuple(_daily(row, kinds) for row in days.iter_rows(named=True) if row["day"])
    if others := [day for day in kept if _elsewhere(day)]:
        kept = tuple(day for day in kept if not _elsewhere(day))
        names = ", ".join(sorted({str(day.marketplace) for day in others}))
        notes.append(
            Note("elsewhere", {"count": sum(day.orders for day in others), "column": header[places["marketplace"]], "names": names})
        )
    of_odr = load("metrics.toml")["odr"]["counts"]
    # A column that names kinds says nothing of late or cancelled orders unless it names one.
    told = tuple(kind for kind in kinds if kind in places or kind in of_odr or any(day.counts[kind] for day in kept))
    absent = [kind for kind in of_odr if kind not in told]
    if absent and len(absent) < len(of_odr):
        notes.append(Note("kinds-absent", {"kinds": tuple(absent)}))
    if kept and (far := [*(body := stray(kept)).before, *body.behind]):
        listed = table.filter(pl.col("day").is_in([day for day, _ in far])).select("row").head(LISTED_ROWS + 1).collect(engine="streaming")
        values = {"count": sum(count for _, count in far), "first": body.first, "last": body.last, "rows": _listed(listed["row"].to_list())}
        notes.insert(0, Note("far-days", values | {"days": ", ".join(str(day) for day, _ in far[:LISTED_ROWS])}))
    return Orders(kept, told, tuple(notes))


def _daily(row: Mapping[str, Any], kinds: Sequence[str]) -> Daily:
    return Daily(
        day=row["day"],
        orders=row["orders"],
        counts={kind: row[kind] for kind in kinds},
        odr=row["odr"],
        unclear={metric: row[f"{metric}?"] for metric in load("metrics.toml") if row.get(f"{metric}?")},
        marketplace=row.get("marketplace"),
        fulfilment=row.get("fulfilment"),
        cancelled=row["void"],
        until=row["until"] if row["until"] > row["day"] else None,
    )


def _lost(days: pl.DataFrame, single: pl.LazyFrame, kinds: Sequence[str]) -> Iterator[Note]:
    """Name the rows that tell a defect and were left out, since they have no date."""
    bad = pl.any_horizontal(pl.lit(value=False), *kinds)
    if days.filter(pl.col("day").is_null(), pl.any_horizontal(pl.lit(value=False), *(pl.col(kind) > 0 for kind in kinds))).height:
        marked = single.filter(pl.col("day").is_null() & bad).select("row").sort("row").head(LISTED_ROWS + 1)
        yield Note("undated-defects", {"rows": _listed(marked.collect(engine="streaming")["row"].to_list())})


def _unclear(kinds: Sequence[str], doubts: Iterable[str]) -> dict[str, pl.Expr]:
    """Count for each metric the orders that have no defect of its kinds that is understood, and a cell that may tell one."""
    counted = {}
    for metric, facts in load("metrics.toml").items():
        told = {"kind", *facts["counts"], *(["rating"] if "negative-feedback" in facts["counts"] else [])}
        its = [name for name in doubts if name.removesuffix("?") in told]
        sure = pl.any_horizontal(pl.lit(value=False), *(kind for kind in facts["counts"] if kind in kinds))
        if its:
            counted[f"{metric}?"] = (pl.any_horizontal(*its) & sure.not_()).sum()
    return counted


def _elsewhere(day: Daily) -> bool:
    """Tell whether orders were placed elsewhere than at Amazon, which only sent them."""
    return (day.marketplace or "").lower().startswith(tuple(load("health.toml")["elsewhere"]["names"]))


def _told_of(
    days: pl.DataFrame, table: pl.LazyFrame, header: Sequence[str], survey: Mapping[str, Any], places: Mapping[str, int]
) -> Iterator[Note]:
    """Tell what was left out, put together, or not understood."""
    if wrong := int(days["undated"].sum()):
        bad = table.filter(pl.col("day").is_null()).select("row").head(LISTED_ROWS + 1).collect(engine="streaming")
        yield Note("wrong-rows", {"count": wrong, "rows": _listed(bad["row"].to_list())})
    if again := int(days["rows"].sum()) - int(days["orders"].sum()):
        yield Note("same-order", {"count": again, "column": header[places["id"]]})
    split = days.filter(pl.col("until") > pl.col("day"))
    if count := int(split["orders"].sum()):
        more = " …" if count > len(split) <= LISTED_ROWS else ""  # one row of each pair of days is known
        yield Note("two-days", {"count": count, "rows": _listed(split["row"].to_list()) + more})
    kinds_of_note = {"strange": "unknown-{part}", "yes": "taken-as-yes", "no": "taken-as-no"}
    for part, number in places.items():
        for found, key in kinds_of_note.items():
            if words := survey.get(f"{part} {found}"):
                told = {"column": header[number], "words": ", ".join(words)}
                if found == "strange":
                    bad = table.filter(f"{part}?").select("row").head(LISTED_ROWS + 1).collect(engine="streaming")
                    told["rows"] = _listed(bad["row"].to_list())
                yield Note(key.format(part=part if part in {"kind", "rating"} else "cell"), told)


def _listed(rows: Sequence[int]) -> str:
    """Name rows by their numbers, as many as are listed at most."""
    return ", ".join(map(str, sorted(rows)[:LISTED_ROWS])) + (" …" if len(rows) > LISTED_ROWS else "")


def _names(number: int) -> pl.Expr:
    return pl.col(f"c{number}").fill_null("").str.replace_all(r"\p{C}", "").str.strip_chars().str.slice(0, 60)


def _place(part: str, number: int, given: Sequence[str]) -> pl.Expr:
    """Return the marketplace or the way of fulfilment; the latter by Amazon's own names where it is one of them.

    A name that the file writes in capitals here and small there is one name: the first of them in the order of characters.
    """
    ways = load("health.toml")["fulfilment"].items() if part == "fulfilment" else ()
    names = {name.lower(): name for name in reversed(given) if name} | {word: way for way, words in ways for word in words}
    return _names(number).str.to_lowercase().replace_strict(names, default=None, return_dtype=pl.String)


def _unknown(part: str, number: int) -> pl.Expr:
    """Say whether a cell of a column is not understood: it is no defect then, and no order without one."""
    if part != "kind":
        understood = _no(part, number) | _cell(number).is_in(_yes(part))
        return (understood if part == "rating" else understood | _told_by_digits(number)).not_()
    known = [spelling for spellings in _spellings().values() for spelling in spellings]
    return (_kinds_in(number).str.contains_any(known) | _no(part, number)).not_()


def _date_order(survey: Mapping[str, Any]) -> DateOrder | None:
    """Tell by the whole column whether the day or the month stands first in dates of digits; None when it reads both ways.

    Every country that writes dates with dots writes the day first, 01.11.2026, or the year; a file of another mind shows it by its days.
    """
    if not (survey["dated"] and survey["differ"]):
        return "day-first"  # there is no such date, or every one reads the same both ways
    if not (survey["first"] or survey["second"] or survey["other signs"]):
        return "day-first"
    return _shown_order(survey)


def _shown_order(survey: Mapping[str, Any]) -> DateOrder | None:
    """Tell what stands first where days over twelve show it; a few that show the contrary are slips."""
    first, second = survey["first"], survey["second"]
    if max(first, second) <= _SLIP * min(first, second):
        return None
    return "day-first" if first > second else "month-first"


def _against(rows: pl.LazyFrame, number: int, order: DateOrder) -> dict[str, object]:
    """Name the first row whose date cannot be read in an order, and what stands there."""
    given = pl.col(f"c{number}")
    month = given.str.extract(_DIGITS, 1 if order == "month-first" else 2).cast(pl.Int32)
    found = rows.filter(month > _MONTHS_OF_YEAR).select("row", cell=given.str.strip_chars().str.slice(0, 40)).head(1)
    return found.collect(engine="streaming").row(0, named=True)


_MONTHS_OF_YEAR = 12
_SLIP = 20  # dates of one order for each of the other, more than


def _date(given: pl.Expr, order: DateOrder, *, spelt: bool) -> pl.Expr:
    """Read a date: year first, digits in the order of the file, or with the month spelt out."""
    iso = [given.str.extract(_ISO, group).cast(pl.Int32) for group in (1, 2, 3)]
    roc = [given.str.extract(_ROC, group).cast(pl.Int32) for group in (1, 2, 3)]
    serial = _DAY_ZERO + pl.duration(days=given.str.extract(_SERIAL, 1).cast(pl.Int32))
    one, other, year = (given.str.extract(_DIGITS, group).cast(pl.Int32) for group in (1, 2, 3))
    day, month = (one, other) if order == "day-first" else (other, one)
    year = pl.when(year < 100).then(year + 2000).otherwise(year)
    ways = [iso, [roc[0] + 1911, *roc[1:]], [year, month, day], *([_spelt(given)] if spelt else [])]
    parts = [pl.coalesce(*(way[part] for way in ways)) for part in range(3)]
    return pl.coalesce(serial, pl.format("{}-{}-{}", *parts).str.to_date("%Y-%m-%d", strict=False))


def _spelt(given: pl.Expr) -> list[pl.Expr]:
    """Read year, month and day of a date with its month spelt out, in the languages of Amazon's reports."""
    lower = given.str.to_lowercase()
    months = pl.coalesce(
        *(
            pl.when(lower.str.contains(rf"\b(?:{'|'.join(names)})\p{{L}}*")).then(pl.lit(number, pl.Int32))
            for number, names in enumerate(load("health.toml")["months"]["names"], 1)
        )
    )
    year, day, short = (lower.str.extract(part, 1).cast(pl.Int32) for part in _SPELT)
    return [pl.coalesce(year, short + 2000), months, day]


_SPELT = (r"\b((?:19|20)\d\d)\b", r"\b(\d{1,2})(?:st|nd|rd|th)?\b", r"^\s*\d{1,2}[-/. ]*\p{L}+\.?[-/. ,']+(\d{2})\b")
"""Where a date with its month spelt out has its year, its day, and a year of two digits, as in 2-Mar-26."""


_DAY_ZERO = pl.lit(date(1899, 12, 30))  # of the days that a spreadsheet counts


def _flags(places: Mapping[str, int], doubts: Mapping[str, pl.Expr]) -> dict[str, pl.Expr]:
    """Say for each kind of defect whether an order has it, by its own column, by a column that names kinds, or by its stars."""
    flags: dict[str, list[pl.Expr]] = {}
    for kind in load("health.toml")["kinds"]:
        if kind in places:
            understood = [doubts[f"{kind}?"].not_()] if f"{kind}?" in doubts else []
            flags.setdefault(kind, []).append(pl.all_horizontal(_no(kind, places[kind]).not_(), *understood))
        if "kind" in places:
            flags.setdefault(kind, []).append(_kinds_in(places["kind"]).str.contains_any(_spellings()[kind]))
    if "rating" in places:
        flags.setdefault("negative-feedback", []).append(_cell(places["rating"]).is_in(_yes("rating")))
    return {kind: pl.any_horizontal(told) for kind, told in flags.items()}


def _kinds_in(number: int) -> pl.Expr:
    """Return the kinds that a cell names, each between two semicolons."""
    plain = _cell(number).str.replace_all(r"[+,|/&\u3001\uff0c\uff1b]", ";").str.replace_all(r"[^\p{L}\p{N};]", "")
    return pl.format(";{};", plain)


def _cell(number: int) -> pl.Expr:
    return pl.col(f"c{number}").fill_null("").str.strip_chars().str.to_lowercase()


def _no(part: str, number: int) -> pl.Expr:
    """Say whether a cell tells that there is no defect."""
    values = load("health.toml")["values"]
    return _cell(number).is_in([*values["no"], *values["dropped"], *_stars(part, _GOOD)])


def _told_by_digits(number: int) -> pl.Expr:
    """Say whether a cell is an amount, a day or the number of a claim, which nobody writes where there is none."""
    return _cell(number).str.contains(r"\d") & _cell(number).str.contains(r"^\P{L}*(?:\p{L}{1,4}\P{L}+){0,3}\p{L}{0,4}\P{L}*$")


@cache
def _yes(part: str) -> list[str]:
    """Return the cells that are known to tell a defect, such as its own name; a yes is no number of stars."""
    stored = load("health.toml")
    values, names = stored["values"], (*stored["kinds"].get(part, ()), *stored["columns"][part])
    words = [*([] if part == "rating" else [*values["yes"], *map(str.lower, names)]), *(values["negative"] if part in _STARRED else ())]
    return [*words, *_stars(part, _BAD)]


@cache
def _stars(part: str, numbers: range) -> list[str]:
    """Return how so many stars are written, in a column that may hold them; in others they are something else."""
    if part not in _STARRED:
        return []
    known = load("health.toml")["stars"]
    named = [form.replace("#", name) for number in numbers for name in known["numbers"][number - 1] for form in known["forms"]]
    drawn = [number * sign + hollow for number in numbers for sign in known["signs"] for hollow in ("", (5 - number) * known["empty"])]
    return [*named, *drawn]


@cache
def _spellings() -> dict[str, list[str]]:
    stored = load("health.toml")
    return {
        kind: sorted({f";{plain_name(name)};" for name in (kind, *names, *stored["columns"][kind])})
        for kind, names in stored["kinds"].items()
    }
