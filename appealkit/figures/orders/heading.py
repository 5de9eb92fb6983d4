"""The heading of a file of orders: which of its rows names the columns, and which column tells what."""

import csv
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from appealkit.figures.columns import column_and_words, know_part, parts
from appealkit.figures.health import HealthError
from appealkit.figures.orders.source import SAMPLE
from appealkit.language import Lang, listed, say
from appealkit.tables import load
from appealkit.text import printable
from appealkit.written import plain_name

LISTED_COLUMNS = 30
"""Columns that are named, where a file has more."""
APART = ("marketplace", "fulfilment")
"""What keeps orders apart."""
HINTS = {"id", "date", "total", "status", *APART}
"""What a column may tell beside defects."""
_SEPARATORS = ",;\t|"
_OF_BUYER = re.compile("^(?:買家|顧客|客戶|买家|客户)的?")  # before the name of a column: 買家評價星等
_TITLES = 20  # lines that may stand above the heading row


class Heading(NamedTuple):
    """The row that names the columns.

    Args:
        names: the names.
        separator: what parts them.
        above: how many lines end with them.
        unquoted: whether quotation marks are characters like others.
    """

    names: list[str]
    separator: str
    above: int
    unquoted: bool


def heading_of(text: Path, name: str, chosen: Mapping[str, str], lang: Lang) -> Heading:
    """Find the row that names the columns: the first with a date, or else with most of its cells filled, since titles may stand above it.

    Args:
        text: the file, in UTF-8.
        name: what it is called in messages.
        chosen: the column of a part, as the user names it.
        lang: language of the error.

    Raises:
        HealthError: when no row names columns.
    """
    stored = load("health.toml")
    dated = {plain_name(name) for name in (*stored["columns"]["date"], *filter(None, [chosen.get("date")]))}
    first: Heading | None = None
    with text.open(encoding="utf-8", newline="") as file:
        for number in range(1, _TITLES + 1):
            line = file.readline(SAMPLE).strip("\r\n")
            separator = max(_SEPARATORS, key=line.count)
            header = [printable(cell).strip() for cell in next(csv.reader([line], delimiter=separator), [])]
            if len(header) > 1 and not line.startswith("sep="):  # with which Excel is told the separator
                unquoted = separator == "\t" and not {*line.split(separator)}.isdisjoint(stored["unquoted"]["id"])
                heading = Heading(header, separator, number, unquoted)
                if first is None or (_sparse(first) and not _sparse(heading)):
                    first = heading
                if not dated.isdisjoint(map(plain_name, header)):
                    return heading
    if first is None or not _is_table(text, first):
        raise HealthError(say("health.no-columns", lang, file=name))
    return first


def _sparse(heading: Heading) -> bool:
    """Tell whether few cells of a row say anything, as those of a title in a spreadsheet do."""
    return 2 * sum(map(bool, heading.names)) <= len(heading.names)


def _is_table(text: Path, heading: Heading) -> bool:
    """Tell whether lines below a row that may name columns have as many cells as it; in a letter or a notice hardly one has."""
    with text.open(encoding="utf-8", newline="") as file:
        lines = [file.readline(SAMPLE) for _ in range(heading.above + _TITLES)][heading.above :]
    try:
        rows = [row for row in csv.reader(lines, delimiter=heading.separator) if row]
    except csv.Error:  # a quotation mark that is never closed, which is told by its line
        return True
    return 2 * sum(len(row) == len(heading.names) for row in rows) > len(rows) or not rows


class Places(NamedTuple):
    """The columns of a file.

    Args:
        numbers: for each part the number of its column.
        words: for a part the words of its column that are defects, where the user says so.
    """

    numbers: dict[str, int]
    words: dict[str, tuple[str, ...]]


def places_of(header: Sequence[str], chosen: Mapping[str, str], file: str, lang: Lang) -> Places:
    """Find the column of each part: as chosen, or else by its name.

    Args:
        header: the names of the columns.
        chosen: the column of a part, as the user names it.
        file: what the file is called in messages.
        lang: language of the error.

    Returns:
        The columns.

    Raises:
        HealthError: when a chosen column is not there, or has words that are defects and tells none; when none tells the date, or a defect.
    """
    known = load("health.toml")["columns"]
    named = list(reversed(list(enumerate(header))))
    names = {plain_name(_OF_BUYER.sub("", name)): number for number, name in named} | {plain_name(name): number for number, name in named}
    places: dict[str, int] = {}
    told: dict[str, tuple[str, ...]] = {}
    for part, given in chosen.items():
        know_part(part, lang)
        name, words = (given, ()) if plain_name(given) in names else column_and_words(given)
        if plain_name(name) not in names:
            raise HealthError(say("health.no-such-column", lang, file=file, column=name, columns=_listed(header, lang)))
        if words and part in HINTS | {"kind"}:
            raise HealthError(say("health.no-words", lang, part=part, column=name))
        places[part] = names[plain_name(name)]
        if words:
            told[part] = words
    for part, aliases in known.items():
        found = next((names[alias] for alias in map(plain_name, aliases) if alias in names and names[alias] not in places.values()), None)
        if part not in places and found is not None:
            places[part] = found
    needed = {"no-date": "date" not in places, "no-defect": not places.keys() - HINTS}
    if wanting := [say(f"health.{part}", lang) for part, wants in needed.items() if wants]:
        missing = listed(wanting, lang, "text.and")
        raise HealthError(say("health.no-parts", lang, file=file, missing=missing, columns=_listed(header, lang), known=parts(lang)))
    return Places(places, told)


def _listed(header: Sequence[str], lang: Lang) -> str:
    """List the columns that have a name."""
    return listed(list(filter(None, header))[:LISTED_COLUMNS], lang)
