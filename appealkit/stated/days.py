"""Days that a text tells, in whatever form."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache

from appealkit.span import Span
from appealkit.stated.periods import NO_YEAR, last_day, periods
from appealkit.vocabulary import day_number, month_names, month_number

_YEAR_FIRST = re.compile(r"(?<![\d/.-])(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<![\d/.-])(\d{1,2})[-/.](\d{1,2})[-/.](20\d\d)(?!\d)")
DAY_SIGN = r"(?:[-/ ]|\. ?)"
"""What stands between the parts of a day whose month is a word, as programs write them: 4-May-2026, 4/May/2026."""

Day = tuple[int | None, int, int]
"""Year, None where none is written; month; and day of the month, 0 for the month as a whole."""


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
    told = " ".join(text.split())
    return any(same_day(other, _parts(day)) for _, readings in days_in(told) for reading in readings for other in reading if other[2])


def same_day(one: Day, other: Day) -> bool:
    """Tell whether two days can be the same; a month as a whole is the same as a day in it.

    >>> same_day((None, 2, 8), (2026, 2, 8)), same_day((2026, 2, 0), (2026, 2, 8)), same_day((2026, 2, 9), (2026, 2, 8))
    (True, True, False)
    """
    return all(here == there or not (here and there) for here, there in zip(one, other, strict=True))


def days_in(text: str) -> Iterator[tuple[Span, tuple[tuple[Day, ...], ...]]]:
    """Find the days, periods and months of a text.

    Args:
        text: any text, with single spaces.

    Yields:
        Where each stands, and how it can be read: a period as its two days. None of them where there is no such day.

    >>> [readings for _, readings in days_in("From 9 to 20 April 2026, or on 3 May")]
    [(((2026, 4, 9), (2026, 4, 20)),), (((None, 5, 3),),)]
    """
    told = text.lower()
    for span, read in periods(told, Span(0, len(told)), (), NO_YEAR):
        yield span, tuple(tuple((day.year if day.year < NO_YEAR.year - 1 else None, day.month, day.day) for day in ends) for ends in read)
        told = without(told, span)
    for shape in (last_day(), _joined(), _YEAR_FIRST, _YEAR_LAST):
        for found in shape.finditer(told):
            yield Span(*found.span()), tuple((day,) for day in _read(found))
            told = without(told, Span(*found.span()))
    for found in _month().finditer(text):
        if told[found.start()] != ";":
            yield Span(*found.span()), (((int(found[2]) if found[2] else None, month_number(found[1].lower()), 0),),)


@lru_cache(maxsize=2048)  # a form asks for each sentence of the letter with every key
def impossible_days(text: str) -> tuple[Span, ...]:
    """Find the days that no calendar has, and the periods that end before they begin.

    Args:
        text: any text, with single spaces.

    Returns:
        Where each stands. Greater numbers than a month has days, beside a word such as `may`, tell no day at all.

    >>> text = "From 25 to 31 November 2026, and until 30 February 2026; 45 may be late."
    >>> [text[slice(*span)] for span in impossible_days(text)]
    ['25 to 31 November 2026', '30 February 2026']
    """
    told = days_in(text)
    none = (span for span, readings in told if not any(all(map(_exists, days)) for days in readings))
    return tuple(span for span in none if not _NO_DAY.search(span.of(text)))


def _exists(day: Day) -> bool:
    year, month, number = day
    try:
        date(year or _LEAP, month, number or 1)
    except ValueError:
        return False
    return True


_LEAP = 2024  # where no year is written, 29 February may be meant
_NO_DAY = re.compile(r"\b(?:0|00|3[2-9]|[4-9]\d)\b")


@cache
def _month() -> re.Pattern[str]:
    """Find a month by itself: it has a capital, and “May we …” is none."""
    names = "|".join(name.capitalize() for name in month_names().split("|"))
    return re.compile(rf"\b({names})\b(?! (?:we|I|you|have|be|not)\b)(?:\.?,? (20\d\d)\b)?")


@cache
def _joined() -> re.Pattern[str]:
    """Find a day whose month is a word, with other signs than spaces between its parts; a word parts two numbers by itself."""
    month, sign = rf"(?P<mlast#>{month_names()})", f"{DAY_SIGN}?"
    day, year = "(?P<dlast#>0?[1-9]|[12][0-9]|3[01])", "(?P<ylast#>20[0-9][0-9])"
    shapes = {
        "h": rf"(?<![\d/.-]){day}{sign}{month}{sign}{year}(?!\d)",
        "i": rf"\b{month}{sign}{day}{DAY_SIGN}{year}(?!\d)",
        "j": rf"(?<![\d/.-]){year}{sign}{month}{sign}{day}(?!\d)",
        "k": rf"(?<![\d/.-]){day}(?P<sign>[-/.]){month}(?P=sign)(?P<ylast#>[0-9][0-9])(?!\d)",
    }
    return re.compile("|".join(shape.replace("#", letter) for letter, shape in shapes.items()))


def _read(found: re.Match[str]) -> Iterator[Day]:
    if found.re in {last_day(), _joined()}:
        yield _parts(found)
        return
    one, other, year = map(int, found.groups())
    if found.re is _YEAR_FIRST:
        yield one, other, year
    else:
        yield from ((year, other, one), (year, one, other))


def without(told: str, span: Span) -> str:
    """Return a text with a stretch of it blanked: what stands behind keeps its place.

    >>> without("on 3 May at 9:00", Span(3, 8))
    'on ;;;;; at 9:00'
    """
    return f"{told[: span.start]}{';' * (span.end - span.start)}{told[span.end :]}"


def _parts(found: re.Match[str]) -> Day:
    parts = {name.rstrip("hijk"): value for name, value in found.groupdict().items() if value}
    year = 2000 + int(parts["ylast"]) % 100 if "ylast" in parts else None  # 4-May-26, too
    return year, month_number(parts["mlast"]), day_number(parts["dlast"])
