"""Days that people write, in any form that reads in one way only, to dates; and why other forms are none that can be taken."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from itertools import pairwise
from unicodedata import normalize

from appealkit.vocabulary import NUMERALS, ONE_TO_TEN, month_names, month_number, number_in, weekdays

_ZEROS = "\u3007\u96f6\u25cb"  # in a year whose digits are written one by one


def today() -> date:
    """Return the day of the computer's clock, where it stands."""
    return datetime.now().astimezone().date()


_DAY_OR_MONTH = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](20\d\d)")
_ALL_SHORT = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d\d)")
_YEAR_FIRST = re.compile(
    r"(?:\u6c11[\u570b\u56fd]\s?)?(1\d\d|20\d\d)(?:\s?[-/.\u5e74]\s?(\d{1,2})\s?[-/.\u6708]\s?(\d{1,2})\s?\u65e5?|(\d\d)(\d\d))"
)
_MONTH_NAMED = re.compile(r"(\d{1,2})[-/ ]([a-z]{3,9})[-/ ](?:20)?(\d\d)")  # as spreadsheets write it: 19-Nov-26
FIRST_YEAR = 1911
"""From which on Taiwan counts: its year 115 is 2026."""


def day_named(words: str) -> date | None:
    """Read a day that somebody wrote, in any form that reads in one way only.

    Args:
        words: what was written, in any case.

    Returns:
        The day; None when the words are no full date, can be read as two days, or say more than a date.

    >>> day_named("2026/3/19"), day_named("3/19/2026"), day_named("03/04/2026")
    (datetime.date(2026, 3, 19), datetime.date(2026, 3, 19), None)
    >>> day_named("\u6c11\u570b115\u5e743\u670819\u65e5"), day_named("115/3/19"), day_named("2026.3.19")
    (datetime.date(2026, 3, 19), datetime.date(2026, 3, 19), datetime.date(2026, 3, 19))
    >>> day_named("1150319"), day_named("1151319")
    (datetime.date(2026, 3, 19), None)
    >>> day_named("11/18/26"), day_named("18/11/26")  # the latter may be 26 November 2018
    (datetime.date(2026, 11, 18), None)
    >>> day_named("Thu, 19 Nov 2026"), day_named("Friday 19 November 2026"), day_named("19-Nov-26")  # that day is a Thursday
    (datetime.date(2026, 11, 19), None, datetime.date(2026, 11, 19))
    """
    told = " ".join(normalize("NFKC", words).lower().split())
    beside = _WEEKDAY.search(told)
    weekday = _weekday_of(beside) if beside else None
    if beside is None or weekday is None:
        return _day_alone(told)
    day = _day_alone(told[: beside.start()] + told[beside.end() :])
    return day if day and day.weekday() == weekday else None


_WEEK = "\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u65e5"
_OF_WEEK = r"(?:\u661f\u671f|\u9031|\u5468|\u79ae\u62dc)"
_WEEKDAY = re.compile(
    r"\A\(?([a-z]{3,9})[.,)]{0,2} |[ ,] ?\(?([a-z]{3,9})\.?\)?\Z"
    rf"| ?\({_OF_WEEK}?([{_WEEK}])\)\Z| ?{_OF_WEEK}([{_WEEK}])\Z"
)


def _weekday_of(found: re.Match[str]) -> int | None:
    """Return the number of the weekday that stands before or behind a date, Monday being 0; None where the word is none."""
    name = found.group(found.lastindex or 0)
    if name in _WEEK:
        return _WEEK.index(name)
    return next((number for number, day in enumerate(weekdays()) if day.startswith(name.rstrip("s"))), None)


def _day_alone(told: str) -> date | None:
    if digits := _YEAR_FIRST.fullmatch(told):
        year, month, day = map(int, filter(None, digits.groups()))
        return day_of(_year(str(year)), month, day)
    if digits := _DAY_OR_MONTH.fullmatch(told):
        one, other, year = map(int, digits.groups())
        return _only(day_of(year, one, other), day_of(year, other, one))
    if digits := _ALL_SHORT.fullmatch(told):
        one, other, last = map(int, digits.group(1, 3, 4))
        return _only(day_of(2000 + last, one, other), day_of(2000 + last, other, one), day_of(2000 + one, other, last))
    if found := _MONTH_NAMED.fullmatch(told):
        told = f"{found[1]} {found[2]} 20{found[3]}"
    return next((day for start, end, day in dates(told) if (start, end) == (0, len(told)) and isinstance(day, date)), None)


def days_apart(text: str) -> Iterator[tuple[int, date]]:
    """Yield of each two dates that follow each other in a text how many days lie between them, and the later; one may leave out its year.

    Args:
        text: some words, in lower case.

    >>> [*days_apart("from september 20 to november 18, 2026")]
    [(59, datetime.date(2026, 11, 18))]
    """
    for pair in pairwise(day for _, _, day in dates(text)):
        year = next((day.year for day in pair if isinstance(day, date)), None)
        first, last = (day_of(year, *day) if year and isinstance(day, tuple) else day for day in pair)
        if isinstance(first, date) and isinstance(last, date):
            yield (last - first).days, last


def why_no_day(words: str) -> tuple[str, tuple[int, ...] | tuple[date, ...]] | None:
    """Tell why words that tell a date are none that can be taken.

    Args:
        words: what was written, in any case.

    Returns:
        What is wrong, and what shows it: `no-month` or `no-such-day` with year, month and day, `two-ways` with both days, `short-year`,
        or `no-year`. None for any other words.

    >>> why_no_day("31.11.2026"), why_no_day("2026-13-45"), why_no_day("Nov 28"), why_no_day("yesterday")
    (('no-such-day', (2026, 11, 31)), ('no-month', (2026, 13, 45)), ('no-year', ()), None)
    >>> why_no_day("03/04/2026")
    ('two-ways', (datetime.date(2026, 4, 3), datetime.date(2026, 3, 4)))
    """
    told = normalize("NFKC", words).strip().lower()
    if day_named(told):
        return None
    if numbers := _whole(told):
        year, month, day = numbers
        if not 1 <= month <= _MONTHS:
            return "no-month", numbers
        both = [found for found in (day_of(year, month, day), day_of(year, day, month)) if found]
        return ("two-ways", tuple(reversed(both))) if len(both) > 1 else ("no-such-day", numbers)
    if _ALL_SHORT.fullmatch(told) or a_date().match(told[: -len(" 26")] if re.search(r"\s\d\d\Z", told) else "\0"):
        return "short-year", ()
    return ("no-year", ()) if _NO_YEAR.fullmatch(told) or a_date().fullmatch(told) else None


_MONTHS = 12
_NO_YEAR = re.compile(r"\d{1,2}[-/.]\d{1,2}\.?")


def _whole(told: str) -> tuple[int, int, int] | None:
    """Return year, month and day of words that are nothing but a date, in the one order in which its month can be one."""
    if digits := _YEAR_FIRST.fullmatch(told):
        year, month, day = map(int, filter(None, digits.groups()))
        return _year(str(year)), month, day
    if digits := _DAY_OR_MONTH.fullmatch(told):
        one, other, year = map(int, digits.groups())
        return (year, other, one) if one > _MONTHS else (year, one, other)
    if not (found := a_date().fullmatch(told)):
        return None
    given, month, day = _parts(found)
    return None if given is None else (given, month, day)


def _parts(found: re.Match[str]) -> tuple[int | None, int, int]:
    """Return year, where there is one, month and day of a date that `a_date` finds."""
    told = {name.rstrip("0123456789"): value for name, value in found.groupdict().items() if value}
    month = number_in(told["m"]) if told["m"][0] in NUMERALS else month_number(told["m"])
    return _year(told["y"]) if "y" in told else None, month, number_in(told["d"])


def dates(words: str) -> Iterator[tuple[int, int, "date | tuple[int, int] | None"]]:
    """Yield each date with its place; one without a year as month and day, and none for what reads as two days or is no day at all.

    Args:
        words: some words, in lower case.
    """
    for found in a_date().finditer(words):
        if found["slashed"]:
            yield *found.span(), day_named(found["slashed"])
            continue
        year, month, day = _parts(found)
        yield *found.span(), (month, day) if year is None else day_of(year, month, day)


def _year(words: str) -> int:
    """Return the year that is told in digits or in Chinese characters, by the count of Taiwan where it is one of that."""
    year = int(words if words.isascii() else "".join(str(NUMERALS.get(character, 0)) for character in words))
    return year if year > FIRST_YEAR else year + FIRST_YEAR


def _only(*read: date | None) -> date | None:
    """Return the one day of all readings that are one; None where they are several."""
    days = set(filter(None, read))
    return days.pop() if len(days) == 1 else None


def day_of(year: int, month: int, day: int) -> date | None:
    """Return a day by its numbers; None where no calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def a_date() -> re.Pattern[str]:
    """Return the pattern of a date in words that are in lower case; `dates` reads what it finds."""
    months = month_names()
    return re.compile(
        rf"(?<![\w.])(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\.?(?:\sof)?\s(?P<m1>{months})\b\.?(?:,?\s(?P<y1>20\d\d)\b)?"
        rf"|(?<!\w)(?P<m2>{months})\.?\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s(?P<y2>20\d\d)\b)?"
        rf"|(?<!\d)(?:(?:\u6c11[\u570b\u56fd]\s?)?(?P<y3>20\d\d|1\d\d|[{_ZEROS}{ONE_TO_TEN}]{{3,4}})\s?\u5e74\s?)?"
        rf"(?P<m3>\d{{1,2}}|[{ONE_TO_TEN}]{{1,2}})\s?\u6708\s?(?P<d3>\d{{1,2}}|[{ONE_TO_TEN}]{{1,3}})\s?[\u65e5\u865f]"
        r"|(?<![\d-])(?P<y4>20\d\d)[-/](?P<m4>\d{1,2})[-/](?P<d4>\d{1,2})(?!\d)"
        r"|(?<![\d.])(?P<d5>\d{1,2})\.(?P<m5>\d{1,2})\.(?P<y5>20\d\d)(?!\d)"
        r"|(?<![\d/])(?P<m6>\d{1,2})/(?P<d6>\d{1,2})(?=\s?(?:\u4ee5|\u4e4b)?\u524d)"  # Chinese "before": the month stands first
        r"|(?<![\d/-])(?P<slashed>\d{1,2}/\d{1,2}/20\d\d|\d{1,2}-\d{1,2}-20\d\d)(?![\d/-])"
    )
