"""Whether a text tells a day, in whatever form."""

import re
from collections.abc import Iterator
from datetime import date

from appealkit.segment import Span
from appealkit.stated.periods import day_number, last_day, periods
from appealkit.text import month_number

_YEAR_FIRST = re.compile(r"(?<![\d/.-])(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<![\d/.-])(\d{1,2})[-/.](\d{1,2})[-/.](20\d\d)(?!\d)")


def tells_day(text: str, words: str) -> bool:
    """Tell whether a text tells a day. What a date of the text leaves out stands beside it, as in “from 8 to 27 February 2026”.

    Args:
        text: any text.
        words: the day, such as `8 February 2026`; without a year it may be told in any.

    Returns:
        Whether the day is told; False when `words` are none. What reads in two ways, as 03/02/2026, may be read in either.

    >>> tells_day("Between 8 and 27 Feb. 2026 five orders went wrong.", "8 February 2026")
    True
    """
    day = last_day().fullmatch(words.strip().casefold())
    if day is None:
        return False
    year, *wanted = _parts(day, None)
    told = " ".join(text.split()).casefold()
    return any(day[1:] == tuple(wanted) and year in {None, day[0]} for day in _days(told, year or 2000))


_Day = tuple[int | None, int, int]


def _days(told: str, year: int) -> Iterator[_Day]:
    """Find all days, of periods and alone; the year is the one that is meant where none is written."""
    alone, end = "", 0
    for span, read in periods(told, Span(0, len(told)), (), date(year, 1, 1)):
        yield from ((day.year, day.month, day.day) for period in read for day in period)
        alone, end = f"{alone}{told[end : span.start]}; ", span.end
    alone += told[end:]
    yield from (_parts(found, year) for found in last_day().finditer(alone))
    yield from ((int(found[1]), int(found[2]), int(found[3])) for found in _YEAR_FIRST.finditer(alone))
    for found in _YEAR_LAST.finditer(alone):
        one, other, year = map(int, found.groups())
        yield from ((year, other, one), (year, one, other))


def _parts(found: re.Match[str], year: int | None) -> _Day:
    parts = {name.rstrip("hi"): value for name, value in found.groupdict().items() if value}
    return int(parts["ylast"]) if "ylast" in parts else year, month_number(parts["mlast"]), day_number(parts["dlast"])
