"""The rows of a file of orders to orders by day, and what is to be told of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import polars as pl

from appealkit.figures.columns import DateOrder, choice_of
from appealkit.figures.daily import Daily, Orders, body_of
from appealkit.figures.health import HealthError, Note
from appealkit.figures.orders.cells import (
    answered,
    cell,
    defects,
    is_count,
    is_no,
    is_read_as_no,
    is_taken_as_yes,
    is_unknown,
    name_in,
    named,
    names_kind,
    place_in,
    yes_words,
)
from appealkit.figures.orders.dates import date_in, dates_in, shown_order
from appealkit.figures.orders.heading import APART, HINTS, LISTED_COLUMNS, Places
from appealkit.language import Lang, listed, say
from appealkit.marketplaces import is_elsewhere
from appealkit.metrics import published
from appealkit.tables import load
from appealkit.text import printable
from appealkit.written import plain_name

LISTED_ROWS = 20
"""Numbers of unreadable rows that are listed; of the others their number is told."""
LISTED_WORDS = 10
"""Words of a column that are listed, where it has more."""
MOST_PLACES = 40
"""Marketplaces, or ways of fulfilment, that a file may tell apart; a column with more of them tells something else."""


class Sheet(NamedTuple):
    """A file of orders as it was looked through.

    Args:
        rows: its rows, with their numbers.
        header: the names of its columns.
        places: the number of the column of each part.
        words: for a part the words that are defects, where the user says so.
        survey: what was seen in it: how its dates read, whether cells count, how many places it tells apart, which words it uses.
    """

    rows: pl.LazyFrame
    header: Sequence[str]
    places: Mapping[str, int]
    words: Mapping[str, Sequence[str]]
    survey: Mapping[str, Any]

    def column(self, part: str) -> str:
        """Return the name of the column of a part."""
        return self.header[self.places[part]]


def look_through(rows: pl.LazyFrame, header: Sequence[str], found: Places) -> Sheet:
    """Look through a file of orders once, before its orders are counted: at every date, and at each different cell of other columns."""
    # A column with words of the user's own is read as another one, in which they are a yes: that of a second part may have other words.
    own = {part: number for number, part in enumerate(found.words, len(header))}
    rows = rows.with_columns(**{f"c{number}": answered(part, found) for part, number in own.items()})
    header = [*header, *(header[found.numbers[part]] for part in own)]
    places = found.numbers | own
    looks = [rows.select(**dates_in(pl.col(f"c{places['date']}")))]
    for part, number in places.items():
        if facts := dict(_cells_in(part, number)):
            looks.append(rows.select(f"c{number}").unique().select(**facts))
    survey = {name: seen for look in pl.collect_all(looks, engine="streaming") for name, seen in look.row(0, named=True).items()}
    return Sheet(rows, header, places, found.words, survey)


def _cells_in(part: str, number: int) -> Iterator[tuple[str, pl.Expr]]:
    """Look what the cells of a column are: how many places it tells apart, or which of its words are counts, or not read at their word."""
    if part == "total":
        yield part, cell(number).str.contains(r"^\d{0,9}$").all()
    elif part == "kind":
        yield "kind named", names_kind(number).any()
    elif part in APART:
        yield part, name_in(number).unique().sort().head(MOST_PLACES + 1).implode()
    if part not in HINTS:
        yield f"{part} strange", _few(number, is_unknown(part, number))
    if part not in HINTS | {"rating"}:
        yield part, _few(number, is_count(part, number))
        yield f"{part} no", _few(number, is_read_as_no(part, number))
    if part not in HINTS | {"kind", "rating"}:
        read = is_no(part, number) | cell(number).is_in(yes_words(part))
        yield f"{part} yes", _few(number, is_taken_as_yes(number) & read.not_())


def _few(number: int, wanted: pl.Expr) -> pl.Expr:
    """Return a few of the cells that are wanted."""
    return named(pl.col(f"c{number}")).filter(wanted).unique().sort().head(LISTED_WORDS + 1).implode()


def refuse_totals(sheet: Sheet, file: str, lang: Lang) -> None:
    """Refuse a file in which a row is a day with its counts: nothing tells which orders they are, or whether one has two defects."""
    if sheet.survey.get("total") and "id" not in sheet.places:
        raise HealthError(say("health.totals", lang, file=file, column=sheet.column("total")))
    for part, number in sheet.places.items():
        if part not in HINTS | {"rating"} and sheet.survey[part]:
            found = sheet.rows.filter(is_count(part, number)).select("row", cell=cell(number)).head(1).collect(engine="streaming")
            raise HealthError(say("health.counts", lang, file=file, column=sheet.column(part), **found.row(0, named=True)))


def refuse_strange_kinds(sheet: Sheet, file: str, lang: Lang) -> None:
    """Refuse a file in which nothing tells a defect but words that the kit does not know as a kind of one."""
    if sheet.places.keys() - HINTS == {"kind"} and not _tells_kinds(sheet):
        words, column = sheet.survey["kind strange"], sheet.column("kind")
        choice = choice_of("a-to-z", column, words[:LISTED_WORDS])
        key = "health.strange-kinds" if choice else "health.unnameable-kinds"
        raise HealthError(say(key, lang, file=file, column=column, words=listed(_listed_words(words), lang), choice=choice))


def _tells_kinds(sheet: Sheet) -> bool:
    """Tell whether a column names kinds of defect: one of which neither the name nor any word says so may tell something else."""
    if "kind" not in sheet.places:
        return False
    called_so = plain_name(sheet.column("kind")) in map(plain_name, load("health.toml")["columns"]["kind"])
    return called_so or bool(sheet.survey["kind named"] or not sheet.survey["kind strange"])


class _Lines(NamedTuple):
    """What each line of a file tells.

    Args:
        table: its number, its day and what is told in the columns below.
        kinds: has it a kind of defect?
        doubts: may it have one, by a cell that is not understood? A name of `kinds`, or of what tells several, with a question mark.
        apart: where the order was placed, and who sent it.
        void: is it cancelled? Empty where the file does not tell.
    """

    table: pl.LazyFrame
    kinds: tuple[str, ...]
    doubts: tuple[str, ...]
    apart: tuple[str, ...]
    void: tuple[str, ...]

    def numbers(self, wanted: pl.Expr | str) -> list[int]:
        """Return the numbers of the first lines that are wanted, one more than are listed."""
        found = self.table.filter(wanted).select("row").head(LISTED_ROWS + 1).collect(engine="streaming")
        return found["row"].to_list()


def collect(sheet: Sheet, dates: DateOrder) -> Orders:
    """Count the orders of each day, and tell what could not be read.

    Args:
        sheet: the file.
        dates: what comes first in its dates.
    """
    lines = _lines(sheet, dates)
    orders = _orders(lines, numbered="id" in sheet.places)
    days = _by_day(lines, orders)
    every = [_daily(row, lines.kinds) for row in days.iter_rows(named=True) if row["day"]]
    kept = tuple(day for day in every if not _elsewhere(day))
    of_odr = published()["odr"].counts
    # A column that names kinds says nothing of late or cancelled orders unless it names one.
    of_own = {*sheet.places, *(["negative-feedback"] if "rating" in sheet.places else []), *(of_odr if _tells_kinds(sheet) else [])}
    told = tuple(kind for kind in lines.kinds if kind in of_own or any(day.counts[kind] for day in kept))
    notes = [
        *_far(kept, lines),
        *_of_columns(sheet, lines, dates),
        *_of_rows(days, lines, sheet),
        *_lost(days, orders, lines.kinds),
        *_left_out(filter(_elsewhere, every), sheet),
    ]
    return Orders(kept, told, tuple(notes))


def _lines(sheet: Sheet, dates: DateOrder) -> _Lines:
    places, survey = sheet.places, sheet.survey
    doubts = {f"{part}?": is_unknown(part, number) for part, number in places.items() if survey.get(f"{part} strange")}
    flags = defects(places, doubts)
    apart = {part: place_in(part, places[part], survey[part]) for part in APART if part in places and len(survey[part]) <= MOST_PLACES}
    void = {"void": cell(places["status"]).is_in(load("health.toml")["values"]["cancelled"])} if "status" in places else {}
    table = sheet.rows.select(
        "row",
        day=date_in(pl.col(f"c{places['date']}"), dates, spelt=survey["spelt"]),
        **flags,
        **apart,
        **doubts,
        **void,
        **({"id": pl.col(f"c{places['id']}").str.strip_chars()} if "id" in places else {}),
    )
    return _Lines(table, tuple(flags), tuple(doubts), tuple(apart), tuple(void))


def _orders(lines: _Lines, *, numbered: bool) -> pl.LazyFrame:
    """Put the lines of an order together: it is as old as its oldest line, and has the defects of all."""
    if not numbered:
        return lines.table.with_columns(rows=1, undated=pl.col("day").is_null(), until="day")
    number = pl.when(pl.col("id").fill_null("") == "").then(pl.format("row {}", "row")).otherwise(pl.col("id"))
    return lines.table.group_by(number.hash().alias("number")).agg(
        *[pl.col(name).min() for name in ("day", *lines.apart)],
        *[pl.col(name).any() for name in (*lines.kinds, *lines.doubts)],
        pl.col("row").max(),
        rows=pl.len(),
        undated=pl.col("day").is_null().sum(),
        until=pl.col("day").max(),
        **{name: pl.col(name).all() for name in lines.void},
    )


def _by_day(lines: _Lines, orders: pl.LazyFrame) -> pl.DataFrame:
    """Count the orders of each day, and of each place; those without a readable day come last."""
    bad = _any(kind for kind in published()["odr"].counts if kind in lines.kinds)
    grouped = orders.group_by("day", "until", *lines.apart).agg(
        row=pl.col("row").min(),
        orders=pl.len(),
        rows=pl.col("rows").sum(),
        undated=pl.col("undated").sum(),
        odr=bad.sum(),
        void=(_any(lines.void) & bad.not_()).sum(),
        **{kind: pl.col(kind).sum() for kind in lines.kinds},
        **_unclear(lines.kinds, lines.doubts),
    )
    return grouped.sort(*lines.apart, "day", "until", nulls_last=True).collect(engine="streaming")


def _any(names: Iterable[pl.Expr | str]) -> pl.Expr:
    """Say whether any of some columns is true; of none, none is."""
    return pl.any_horizontal(pl.lit(value=False), *names)


def _unclear(kinds: Sequence[str], doubts: Iterable[str]) -> dict[str, pl.Expr]:
    """Count for each metric the orders that have no defect of its kinds that is understood, and a cell that may tell one."""
    counted = {}
    for metric, facts in published().items():
        told = {"kind", *facts.counts, *(["rating"] if "negative-feedback" in facts.counts else [])}
        its = [name for name in doubts if name.removesuffix("?") in told]
        sure = _any(kind for kind in facts.counts if kind in kinds)
        if its:
            counted[f"{metric}?"] = (pl.any_horizontal(*its) & sure.not_()).sum()
    return counted


def _daily(row: Mapping[str, Any], kinds: Sequence[str]) -> Daily:
    return Daily(
        day=row["day"],
        orders=row["orders"],
        counts={kind: row[kind] for kind in kinds},
        odr=row["odr"],
        unclear={metric: row[f"{metric}?"] for metric in published() if row.get(f"{metric}?")},
        marketplace=row.get("marketplace"),
        fulfilment=row.get("fulfilment"),
        cancelled=row["void"],
        until=row["until"] if row["until"] > row["day"] else None,
    )


def _elsewhere(day: Daily) -> bool:
    """Tell whether orders were placed elsewhere than at Amazon, even if it sent them."""
    return is_elsewhere(day.marketplace or "")


# -- what is to be told ---------------------------------------------------------------------------------------------------------


def _far(days: Sequence[Daily], lines: _Lines) -> Iterator[Note]:
    """Name the days that lie far from all others."""
    if days and (far := [*(body := body_of(days)).before, *body.behind]):
        rows = listed_rows(lines.numbers(pl.col("day").is_in([day for day, _ in far])))
        values = {"count": sum(count for _, count in far), "first": body.first, "last": body.last, "rows": rows}
        yield Note("far-days", values | {"days": tuple(str(day) for day, _ in far[:LISTED_ROWS])})


def _of_columns(sheet: Sheet, lines: _Lines, dates: DateOrder) -> Iterator[Note]:
    """Tell how the columns were read, and which were not."""
    survey = sheet.survey
    for part in sheet.places:
        values = {"tells": part, "column": sheet.column(part)}
        if part in sheet.words:
            yield Note("column-words", values | {"words": tuple(sheet.words[part])})
        elif part != "total":
            yield Note("column", values)
    used = set(map(sheet.column, sheet.places))
    if unused := [name for name in sheet.header if name and name not in used]:
        told = {*sheet.places, *(["negative-feedback"] if "rating" in sheet.places else [])}
        wanting = next((kind for kind in load("strings.toml")["defect"] if kind not in told), "chargeback")
        yield Note("unused", {"columns": _listed([name[:60] for name in unused], LISTED_COLUMNS), "part": wanting})
    if "id" not in sheet.places:
        yield Note("no-id")
    mixed = [part for part in APART if part in sheet.places and part not in lines.apart]
    yield from (Note("not-apart", {"column": sheet.column(part), "most": MOST_PLACES}) for part in mixed)
    if survey["differ"] and not survey["other signs"] and dates == "day-first" and not shown_order(survey):
        yield Note("dotted-dates", {"column": sheet.column("date")})
    if survey["short"]:
        day = date_in(pl.lit(survey["a short one"]), dates, spelt=False)
        values = {"count": survey["short"], "given": printable(survey["a short one"]), "day": pl.select(day).item()}
        yield Note("short-years", values | {"column": sheet.column("date")})
    if survey["serial"]:
        yield Note("serial-dates", {"column": sheet.column("date"), "count": survey["serial"]})


def _of_rows(days: pl.DataFrame, lines: _Lines, sheet: Sheet) -> Iterator[Note]:
    """Tell what was left out, put together, or not understood."""
    if wrong := int(days["undated"].sum()):
        yield Note("wrong-rows", {"count": wrong, "rows": listed_rows(lines.numbers(pl.col("day").is_null()))})
    if again := int(days["rows"].sum()) - int(days["orders"].sum()):
        yield Note("same-order", {"count": again, "column": sheet.column("id")})
    split = days.filter(pl.col("until") > pl.col("day"))
    if count := int(split["orders"].sum()):
        more = [_MORE] if count > len(split) <= LISTED_ROWS else []  # one row of each pair of days is known
        yield Note("two-days", {"count": count, "rows": (*listed_rows(split["row"].to_list()), *more)})
    for part in sheet.places:
        told = {found: words for found in ("strange", "yes", "no") if (words := sheet.survey.get(f"{part} {found}"))}
        for found, words in told.items():
            column = sheet.column(part)
            values = {"column": column, "words": _listed_words(words)}
            if found == "strange":
                kind = part if part in {"kind", "rating"} else "cell"
                yield Note(f"unknown-{kind}", values | {"rows": listed_rows(lines.numbers(f"{part}?"))})
                if part != "kind" and (choice := choice_of(part, column, words[:LISTED_WORDS], sheet.words.get(part, ()))):
                    yield Note("nameable", {"column": column, "choice": choice})
            else:
                yield Note(f"taken-as-{found}", values)


def _lost(days: pl.DataFrame, orders: pl.LazyFrame, kinds: Sequence[str]) -> Iterator[Note]:
    """Name the rows that tell a defect and were left out, since they have no date."""
    if days.filter(pl.col("day").is_null(), _any(pl.col(kind) > 0 for kind in kinds)).height:
        marked = orders.filter(pl.col("day").is_null() & _any(kinds)).select("row").sort("row").head(LISTED_ROWS + 1)
        yield Note("undated-defects", {"rows": listed_rows(marked.collect(engine="streaming")["row"].to_list())})


def _left_out(days: Iterable[Daily], sheet: Sheet) -> Iterator[Note]:
    """Tell which orders were placed elsewhere."""
    if others := list(days):
        names = tuple(sorted({str(day.marketplace) for day in others}))
        yield Note("elsewhere", {"count": sum(day.orders for day in others), "column": sheet.column("marketplace"), "names": names})


def listed_rows(rows: Sequence[int]) -> tuple[object, ...]:
    """Name rows by their numbers, as many as are listed at most."""
    return _listed(sorted(rows), LISTED_ROWS)


def _listed_words(words: Sequence[str]) -> tuple[object, ...]:
    """Name words of a column, as many and as much of them as can be read."""
    return _listed([word if len(word) <= _SHOWN else f"{word[:_SHOWN].strip()}{_MORE}" for word in words], LISTED_WORDS)


def _listed(parts: Sequence[object], most: int) -> tuple[object, ...]:
    """Cut a list off where it is too long to read."""
    return (*parts[:most], *([_MORE] if len(parts) > most else []))


_MORE = "…"
_SHOWN = 40  # characters of a cell
