"""Times to answer: periods in days, hours or weeks, and days until which something is to be done."""

import re
from datetime import date, timedelta
from functools import cache

from appealkit.dates import a_date, dates, day_of
from appealkit.phrases import pattern
from appealkit.tables import load
from appealkit.vocabulary import month_names, months_in_mails, number_in, weekdays

_NEAR = 30  # characters between "by" and the date
_HEADERS = 60  # lines; so many are looked through for the day on which a notice was sent


def days_of(words: str) -> int:
    """Return how many days a period has, of which a part of a day counts as one.

    Args:
        words: the period, in lower case.

    Returns:
        The days.

    >>> days_of("within 72 hours"), days_of("within two weeks")
    (3, 14)
    """
    number = number_in(words)
    if pattern("deadline", "unit", "hour").search(words):
        return -(-number // 24)
    return number * 7 if pattern("deadline", "unit", "week").search(words) else number


def due(words: str, sent: date | None) -> tuple[int, int, int | None] | None:
    """Find a day until which something is to be done.

    Args:
        words: a sentence, in lower case.
        sent: day on which the notice was sent, if it tells.

    Returns:
        Start and end of the date, and the days until then; None for these when the notice does not tell from which day on to count, or
        when the date can be read as two days.

    >>> due("please reply by 14 march 2026.", date(2026, 2, 28)), due("please reply by 14 march 2026.", None)
    ((16, 29, 14), (16, 29, None))
    """
    for start, end, day in dates(words):
        until = pattern("deadline", "until").search(words, max(0, start - _NEAR), start)
        if until or pattern("deadline", "before").match(words, end + words.startswith(" ", end)):
            return start, end, _left(day, sent)
    return None


def deadline(words: str) -> tuple[str, "date | tuple[int, int] | None"] | None:
    """Find the day by which a step is to be done, in the words of the step.

    Args:
        words: the step, such as "dispatch all open orders by 4 December".

    Returns:
        The day as it is written, and as month and number where it has no year; None for these where it is no single day. None when the
        words tell no such day.

    >>> deadline("dispatch all orders by Friday, 4 December"), deadline("by the end of May count all"), deadline("pack by 16:00")
    (('4 December', (12, 4)), ('May', None), None)
    """
    found = _deadline().search(words)
    if not found:
        return None
    return found["day"], next((day for _, _, day in dates(found["day"].lower())), None)


def sent_on(text: str, *, headed: bool = True) -> date | None:
    """Return the day on which a notice was sent, by the last mail header, or line with a name for that date, that stands above it.

    Args:
        text: what stands above the notice, and its first line, in lower case.
        headed: headers of mails count; not below the notice, where those of earlier ones stand.

    Returns:
        The day; None when no full date is told, or only one that reads as two days.

    >>> sent_on("date: sat, 28 feb 2026 09:15"), sent_on("am do., 5. m\u00e4rz 2026 um 03:14 schrieb amazon:")
    (datetime.date(2026, 2, 28), datetime.date(2026, 3, 5))
    """
    lines = [line.lstrip("> |*")[:200] for line in text.split("\n") if line.strip()][-_HEADERS:]
    dated = [line for line in lines if pattern("mail", "dated").match(line) or (headed and pattern("mail", "begins").search(line))]
    days = [day for line in dated for _, _, day in dates(_in_english(line)) if isinstance(day, date)]
    return days[-1] if days else None


_SHORT_DOTTED = re.compile(r"(?<![\d.])(\d{1,2}\.\d{1,2}\.)(\d\d)(?![\d.])")
_BETWEEN_PARTS = re.compile(r"(?<=\d)er(?= )|(?<= )del? ")  # "1er mars", "26 de noviembre de 2026"


def _in_english(header: str) -> str:
    """Write the date of a mail header in English."""
    header = _BETWEEN_PARTS.sub("", _SHORT_DOTTED.sub(r"\g<1>20\g<2>", header))
    return _foreign_month().sub(lambda found: months_in_mails()[found.group()], header)


@cache
def _foreign_month() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(months_in_mails())})\b")


def _left(day: "date | tuple[int, int] | None", sent: date | None) -> int | None:
    if sent is None or day is None:
        return None
    if isinstance(day, tuple):  # without a year: the next such day
        this_year, next_year = day_of(sent.year, *day), day_of(sent.year + 1, *day)
        coming = this_year if this_year and this_year >= sent else next_year
        return (coming - sent) // timedelta(days=1) if coming else None
    return (day - sent) // timedelta(days=1) if day >= sent else None


@cache
def _deadline() -> re.Pattern[str]:
    stored = load("steps.toml")
    by, between = "|".join(stored["by"]), "|".join([*stored["by_day"], *weekdays()])
    day = rf"(?P<day>{a_date().pattern}|(?:{month_names()})\b)"
    return re.compile(rf"\b(?:{by})\s(?:(?:{between}),?\s|mid-){{0,6}}{day}", re.IGNORECASE)
