"""A file of orders (CSV, TSV) to metrics: one row an order, with its date and its defects; read as a stream."""

import codecs
import csv
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

import polars as pl
from charset_normalizer import from_bytes

from appealkit.health import Health, HealthError, Note, Reading, healthy, plain_name
from appealkit.text import Lang, load, say

DateOrder = Literal["day-first", "month-first"]
LISTED_ROWS = 20
"""Numbers of unreadable rows that are listed; of the others their number is told."""

_SAMPLE = 1 << 16  # bytes by which encoding, separator and columns are told
_BLOCK = 1 << 20
_SEPARATORS = ",;\t|"
_NEGATIVE_STARS = 2


@dataclass(frozen=True, slots=True)
class Daily:
    """The orders of one day.

    Args:
        day: the order date.
        orders: number of orders.
        counts: number of orders with each kind of defect.
        odr: number of orders with at least one defect that counts for the order defect rate.
    """

    day: date
    orders: int
    counts: Mapping[str, int]
    odr: int


@dataclass(frozen=True, slots=True)
class Orders:
    """What a file of orders says, day by day.

    Args:
        days: the days with orders, in order.
        kinds: the kinds of defect that the file tells.
        notes: what was left out, and how the file was read.
    """

    days: tuple[Daily, ...]
    kinds: tuple[str, ...]
    notes: tuple[Note, ...] = ()

    def health(self) -> Health:
        """Return the metrics of the newest window that the file covers."""
        return Health(tuple(_metrics(self)), self.notes)


def read_orders(path: Path | str, *, columns: Mapping[str, str] | None = None, dates: DateOrder | None = None, lang: Lang = "en") -> Orders:
    """Read a file of orders.

    Args:
        path: a CSV or TSV file with a heading row; one row an order. Any common encoding.
        columns: the file's column for a part, such as `{"date": "Placed", "a-to-z": "Guarantee"}`; others are found by name.
        dates: which part of a date such as 04/05/2026 comes first. Asked for only where the file itself does not tell.
        lang: language of the error, `en` or `zh-Hant`.

    Returns:
        Its orders by day. Rows without a readable date are left out and listed by number; a row counts one order.

    Raises:
        HealthError: when the file cannot be read, has no date or no defects, or its dates read in two ways.
    """
    with tempfile.TemporaryDirectory() as room:
        source = _as_utf8(Path(path), Path(room) / "orders.csv", lang)
        header, separator = _header(source, path, lang)
        places = _places(header, columns or {}, path, lang)
        names = [f"c{number}" for number in range(len(header))]
        rows = pl.scan_csv(
            source,
            separator=separator,
            has_header=False,
            skip_rows=1,
            schema=dict.fromkeys(names, pl.String),
            truncate_ragged_lines=True,
            row_index_name="row",
            row_index_offset=2,
        )
        try:
            order = dates or _date_order(rows, pl.col(names[places["date"]]))
            if order is None:
                raise HealthError(say("health.two-dates", lang, file=path))
            orders = _collect(rows, header, places, order)
        except pl.exceptions.PolarsError as error:
            raise HealthError(say("health.no-table", lang, file=path)) from error
    if not orders.days:
        raise HealthError(say("health.no-rows", lang, file=path, column=header[places["date"]]))
    return orders


# -- bytes to columns ---------------------------------------------------------------------------------------------------------


def _as_utf8(path: Path, copy: Path, lang: Lang) -> Path:
    """Copy the file in UTF-8, whatever it is written in, and return the copy."""
    try:
        with path.open("rb") as file:
            sample = file.read(_SAMPLE)
    except OSError as error:
        raise HealthError(say("check.cannot-read", lang, file=path, reason=error.strerror)) from error
    if not sample.strip():
        raise HealthError(say("health.empty", lang, file=path))
    encoding = _encoding(sample)
    if encoding is None:
        raise HealthError(say("health.no-text", lang, file=path))
    for attempt in (encoding, "cp1252") if encoding == "utf-8-sig" else (encoding,):  # the sample alone may have been plain ASCII
        try:
            with path.open(encoding=attempt, newline="") as file, copy.open("w", encoding="utf-8", newline="") as out:
                shutil.copyfileobj(file, out, _BLOCK)
        except UnicodeError:
            continue
        return copy
    raise HealthError(say("health.no-text", lang, file=path))


def _encoding(sample: bytes) -> str | None:
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\x00" in sample:
        return None
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        guess = from_bytes(sample, cp_isolation=["big5", "big5hkscs", "gb18030", "cp1252", "shift_jis"]).best()
        return guess.encoding if guess else None
    return "utf-8-sig"


def _header(source: Path, path: Path | str, lang: Lang) -> tuple[list[str], str]:
    with source.open(encoding="utf-8", newline="") as file:
        line = file.readline(_SAMPLE)
    separator = max(_SEPARATORS, key=line.count)
    header = next(csv.reader([line], delimiter=separator), [])
    if len(header) < 2:
        raise HealthError(say("health.no-columns", lang, file=path))
    return [name.strip().strip("\ufeff") for name in header], separator


def _places(header: Sequence[str], chosen: Mapping[str, str], path: Path | str, lang: Lang) -> dict[str, int]:
    """Find the column of each part: as chosen, or else by its name."""
    known = load("health.toml")["columns"]
    names = {plain_name(name): number for number, name in reversed(list(enumerate(header)))}
    places: dict[str, int] = {}
    for part, name in chosen.items():
        if part not in known:
            raise HealthError(say("health.no-part", lang, part=part, known=", ".join(known)))
        if plain_name(name) not in names:
            raise HealthError(say("health.no-such-column", lang, file=path, column=name, columns=", ".join(header[:30])))
        places[part] = names[plain_name(name)]
    for part, aliases in known.items():
        found = next((names[alias] for alias in map(plain_name, aliases) if alias in names and names[alias] not in places.values()), None)
        if part not in places and found is not None:
            places[part] = found
    if "date" not in places:
        raise HealthError(say("health.no-dates", lang, file=path, columns=", ".join(header[:30])))
    if not places.keys() - {"date", "marketplace", "fulfilment"}:
        raise HealthError(say("health.no-defects", lang, file=path, columns=", ".join(header[:30])))
    return places


# -- columns to days ----------------------------------------------------------------------------------------------------------

_ISO = r"^\s*(\d{4})(?:[-/.年]\s?)?(\d{1,2})(?:[-/.月]\s?)?(\d{1,2})"
_DIGITS = r"^\s*(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})\b"


def _collect(rows: pl.LazyFrame, header: Sequence[str], places: Mapping[str, int], dates: DateOrder) -> Orders:
    """Count the orders of each day, and what could not be read."""
    table = rows.select("row", day=_date(pl.col(f"c{places['date']}"), dates), **_flags(places))
    kinds = tuple(name for name in table.collect_schema().names() if name not in {"row", "day"})
    odr = [pl.col(kind) for kind in load("metrics.toml")["odr"]["counts"] if kind in kinds]
    grouped = table.group_by("day").agg(
        orders=pl.len(), odr=pl.any_horizontal(odr).sum() if odr else pl.lit(0), **{kind: pl.col(kind).sum() for kind in kinds}
    )
    days = grouped.sort("day", nulls_last=True).collect(engine="streaming")
    wrong = int(days.filter(pl.col("day").is_null())["orders"].sum())
    notes = [Note("column", {"part": part, "column": header[number]}) for part, number in places.items()]
    if wrong:
        bad = table.filter(pl.col("day").is_null()).select("row").head(LISTED_ROWS).collect(engine="streaming")
        listed = sorted(bad["row"].to_list())
        notes.append(Note("wrong-rows", {"count": wrong, "rows": ", ".join(map(str, listed)) + (" …" if wrong > len(listed) else "")}))
    if strange := _strange(rows, places["kind"]) if "kind" in places else []:
        notes.append(Note("unknown-kinds", {"column": header[places["kind"]], "words": ", ".join(strange)}))
    kept = tuple(
        Daily(row["day"], row["orders"], {kind: row[kind] for kind in kinds}, row["odr"])
        for row in days.iter_rows(named=True)
        if row["day"]
    )
    of_odr = load("metrics.toml")["odr"]["counts"]
    # A column that names kinds says nothing of late or cancelled orders unless it names one.
    told = tuple(kind for kind in kinds if kind in places or kind in of_odr or any(day.counts[kind] for day in kept))
    absent = [kind for kind in of_odr if kind not in told]
    if absent and len(absent) < len(of_odr):
        notes.append(Note("kinds-absent", {"kinds": ", ".join(absent)}))
    return Orders(kept, told, tuple(notes))


def _strange(rows: pl.LazyFrame, number: int) -> list[str]:
    """Return a few of the cells that name no kind of defect that the kit knows."""
    known = [spelling for spellings in _spellings().values() for spelling in spellings]
    told = _kinds_in(number).str.contains_any(known) | _cell(number).is_in(load("health.toml")["values"]["no"])
    cells = rows.filter(told.not_()).select(pl.col(f"c{number}").str.slice(0, 40).alias("cell")).unique()
    return sorted(cells.head(5).collect(engine="streaming")["cell"].to_list())


def _date_order(rows: pl.LazyFrame, given: pl.Expr) -> DateOrder | None:
    """Tell by the whole column whether the day or the month stands first in dates of digits; None when it reads both ways."""
    parts = rows.select(first=given.str.extract(_DIGITS, 1).cast(pl.Int32), second=given.str.extract(_DIGITS, 2).cast(pl.Int32))
    found = parts.select(pl.col("first").max(), pl.col("second").max(), differ=(pl.col("first") != pl.col("second")).any())
    first, second, differ = found.collect(engine="streaming").row(0)
    if first is None or not differ:
        return "day-first"  # there is no such date, or every one reads the same both ways
    if max(first, second) <= _MONTHS_OF_YEAR or min(first, second) > _MONTHS_OF_YEAR:
        return None
    return "day-first" if first > second else "month-first"


_MONTHS_OF_YEAR = 12


def _date(given: pl.Expr, order: DateOrder) -> pl.Expr:
    """Read a date: year first, digits in the order of the file, or with the month spelt out."""
    iso = [given.str.extract(_ISO, group).cast(pl.Int32) for group in (1, 2, 3)]
    one, other, year = (given.str.extract(_DIGITS, group).cast(pl.Int32) for group in (1, 2, 3))
    day, month = (one, other) if order == "day-first" else (other, one)
    lower = given.str.to_lowercase()
    months = pl.coalesce(
        *[
            pl.when(lower.str.contains(rf"\b{name[:3]}[a-z]*\b")).then(pl.lit(number, pl.Int32))
            for number, name in enumerate(load("layout.toml")["month"][:_MONTHS_OF_YEAR], 1)
        ]
    )
    spelt_day = lower.str.extract(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", 1).cast(pl.Int32)
    spelt_year = lower.str.extract(r"\b((?:19|20)\d\d)\b", 1).cast(pl.Int32)
    year = pl.when(year < 100).then(year + 2000).otherwise(year)
    parts = (pl.coalesce(iso[0], year, spelt_year), pl.coalesce(iso[1], month, months), pl.coalesce(iso[2], day, spelt_day))
    return pl.format("{}-{}-{}", *parts).str.to_date("%Y-%m-%d", strict=False)


def _flags(places: Mapping[str, int]) -> dict[str, pl.Expr]:
    """Say for each kind of defect whether an order has it, by its own column, by a column that names kinds, or by its stars."""
    flags: dict[str, list[pl.Expr]] = {}
    for kind in load("health.toml")["kinds"]:
        if kind in places:
            cell = _cell(places[kind])
            told = cell.is_in(load("health.toml")["values"]["no"]).not_()
            if kind == "negative-feedback":  # such a column may hold stars; 1 is a yes, too
                told &= cell.is_in(_GOOD_STARS).not_()
            flags.setdefault(kind, []).append(told)
        if "kind" in places:
            flags.setdefault(kind, []).append(_kinds_in(places["kind"]).str.contains_any(_spellings()[kind]))
    if "rating" in places:
        stars = _cell(places["rating"]).str.extract(r"^([1-5])", 1).cast(pl.Int32)
        flags.setdefault("negative-feedback", []).append((stars <= _NEGATIVE_STARS).fill_null(value=False))
    return {kind: pl.any_horizontal(told) for kind, told in flags.items()}


_GOOD_STARS = [f"{stars}{end}" for stars in (3, 4, 5) for end in ("", ".0", " stars", "星")]


def _kinds_in(number: int) -> pl.Expr:
    """Return the kinds that a cell names, each between two semicolons."""
    plain = _cell(number).str.replace_all(r"[+,|/&\u3001\uff0c\uff1b]", ";").str.replace_all(r"[^\p{L}\p{N};]", "")
    return pl.format(";{};", plain)


def _cell(number: int) -> pl.Expr:
    return pl.col(f"c{number}").fill_null("").str.strip_chars().str.to_lowercase()


@cache
def _spellings() -> dict[str, list[str]]:
    stored = load("health.toml")
    return {
        kind: sorted({f";{plain_name(name)};" for name in (kind, *names, *stored["columns"][kind])})
        for kind, names in stored["kinds"].items()
    }


# -- days to metrics ----------------------------------------------------------------------------------------------------------


def _metrics(orders: Orders) -> Iterator[Reading]:
    unknown = any(note.key == "unknown-kinds" for note in orders.notes)
    for metric, facts in load("metrics.toml").items():
        kinds = [kind for kind in facts["counts"] if kind in orders.kinds]
        if kinds:
            reading = _reading(metric, facts, kinds, orders.days)
            yield replace(reading, meets_target=None) if unknown and reading.meets_target else reading  # they may be defects


def _reading(metric: str, facts: Mapping[str, Any], kinds: Sequence[str], days: Sequence[Daily]) -> Reading:
    end = days[-1].day
    start = end - timedelta(days=facts["window_days"] - 1)
    inside = [day for day in days if day.day >= start]
    total = sum(day.orders for day in inside)
    by_kind = {kind: sum(day.counts[kind] for day in inside) for kind in kinds}
    bad = sum(day.odr for day in inside) if metric == "odr" else sum(by_kind.values())
    share = 100 * bad / total
    value = round(share if facts["better"] == "under" else 100 - share, 4)
    return Reading(
        metric, None, None, value, float(facts["target"]), total, bad, by_kind, start, end, healthy(metric, value, facts["target"])
    )
