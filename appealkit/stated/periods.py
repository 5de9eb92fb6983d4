"""Days, months and periods of a letter, and how long a window is said to be."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import islice

from appealkit.span import Span
from appealkit.stated.numbers import Number
from appealkit.stated.patterns import AHEAD, MOST, data, filled, rate_words
from appealkit.vocabulary import day_number, month_names, month_number, ordinals, weekdays

NO_YEAR = date(2400, 12, 31)
"""Stands for the last day that is known where no year is: days without one are then read into its year, or the one before."""
_LONGEST = 3660
"""Days of a period that a letter may tell."""
_NUMBER = r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])(?!\d)"
"""A day of a month; “April 18 and 32 lamps” tells one day."""
_ORDERS = ((("d", "one"), ("m", "two")), (("m", "one"), ("d", "two")))


@dataclass(frozen=True, slots=True)
class Moment:
    """A day or a month that a letter names by itself.

    Args:
        span: where it stands.
        first: its first day.
        last: its last day.
    """

    span: Span
    first: date
    last: date


def periods(text: str, sentence: Span, given: Sequence[Number], known: date) -> Iterator[tuple[Span, list[tuple[date, date]]]]:
    """Find the periods of a sentence: from a day to a day, or so many days up to one.

    Args:
        text: the letter, in lower case.
        sentence: where the sentence is.
        given: its numbers.
        known: the last day of the data, whose year is meant where none is written.

    Yields:
        Where each stands, and how it can be read: days in digits begin with the day or with the month.
    """
    for found in _range().finditer(text, *sentence):
        parts = {name.rstrip("abcdefg"): value for name, value in found.groupdict().items() if value}
        yield Span(*found.span()), [period for told in _ways(parts) if (period := _period(told, known))]
    for number in given:
        behind = _window("behind")[0].match(text, number.end, sentence.end)
        last = last_day().match(text, behind.end(), sentence.end) if behind else None
        if behind and last:
            parts = {name.rstrip("hi"): value for name, value in last.groupdict().items() if value}
            parts |= {f"{part}first": parts[f"{part}last"] for part in "dmy" if f"{part}last" in parts}
            days = timedelta(days=number.value - 1)
            ended = [period[1] for told in _ways(parts) if (period := _period(told, known))]
            ended += [end - timedelta(days=1) for end in ended if "before" in behind[0]]
            yield Span(number.start, last.end()), [(end - days, end) for end in ended if days < timedelta(days=_LONGEST)]


def moments(text: str, sentence: Span, known: date) -> Iterator[Moment]:
    """Find the single days and months of a sentence.

    Args:
        text: the letter, in lower case.
        sentence: where the sentence is.
        known: the last day of the data, whose year is meant where none is written.
    """
    for found in islice(_moment().finditer(text, *sentence), MOST):
        parts = {name.rstrip("hij"): value for name, value in found.groupdict().items() if value}
        year, month = int(parts.get("ylast") or known.year), month_number(parts["mlast"])
        try:
            if "dlast" in parts:
                first = last = date(year, month, day_number(parts["dlast"]))
            else:
                first, last = date(year, month, 1), date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        except ValueError:
            continue
        yield Moment(Span(*found.span("day")), first, last)


def moment_of(text: str, rate: Span, told: Sequence[Moment]) -> Moment | None:
    """Return the moment at which a rate is told to have been such: “on 3 May our rate was 2%”, “2% in May”."""
    for moment in told:
        taken = rate_words("moment-taken").search(text, max(0, moment.span.start - AHEAD), moment.span.start)
        if moment.span.end <= rate.start and not taken and rate_words("moment-ahead").fullmatch(text, moment.span.end, rate.start):
            return moment
        if rate.end < moment.span.start and rate_words("moment-behind").fullmatch(text, rate.end, moment.span.start):
            return moment
    return None


def windows(text: str, sentence: Span, given: Sequence[Number]) -> Iterator[tuple[Span, int]]:
    """Find how many days a window is said to have.

    Args:
        text: the letter, in lower case.
        sentence: where the sentence is.
        given: its numbers.

    Yields:
        The words, and the number of days.
    """
    _, named, days = _window("behind")
    _, _, last = _window("before")
    for number in given:
        before = text[max(sentence.start, number.start - AHEAD) : number.start]
        found = named.match(text, number.end, sentence.end) or (last.search(before) and days.match(text, number.end, sentence.end))
        if found:
            yield Span(number.start, found.end()), number.value


def _ways(parts: dict[str, str]) -> list[dict[str, str]]:
    """Return how the parts of two days may read: days in digits begin with the day or with the month."""
    if "onelast" not in parts:
        return [parts]
    return [{**parts, **{f"{name}{end}": parts[f"{spot}{end}"] for name, spot in order for end in ("first", "last")}} for order in _ORDERS]


def _period(told: Mapping[str, str], known: date) -> tuple[date, date] | None:
    """Put the parts of two days together: what one of them leaves out is that of the other, and a missing year that of the data."""
    last_year = _year(told.get("ylast") or told.get("yfirst") or str(known.year))
    first_month, last_month = told.get("mfirst") or told["mlast"], told.get("mlast") or told["mfirst"]
    try:
        last = date(last_year, month_number(last_month), day_number(told["dlast"]))
        first = date(_year(told.get("yfirst") or str(last_year)), month_number(first_month), day_number(told["dfirst"]))
        if first > last and "yfirst" not in told:  # from December to January
            first = first.replace(year=first.year - 1)
    except ValueError:
        return None
    return (first, last) if first <= last else None


def _year(digits: str) -> int:
    return int(digits) % 2000 + 2000


@cache
def _window(side: str) -> list[re.Pattern[str]]:
    return [filled(pattern if side == "behind" else rf"{pattern}\Z") for pattern in data()["window"][side]]


@cache
def _a_day(end: str, letter: str) -> str:
    """Return a pattern of a day and its month, the day first."""
    return rf"(?P<d{end}{letter}>{_NUMBER}|{ordinals()})(?:st|nd|rd|th)?"


@cache
def _range() -> re.Pattern[str]:
    to = r"(?:,? (?:to|and|until|till|through|up to) (?:and including )?(?:the )?| ?[-\u2013\u2014] ?)"
    to += rf"(?:(?:{'|'.join(weekdays())}),? (?:the )?)?"
    end = r"(?:st|nd|rd|th)?"
    months = month_names()
    return re.compile(
        rf"(?<![\w.-]){_a_day('first', 'a')}(?: (?:of )?(?P<mfirsta>{months})\b\.?(?:,? (?P<yfirsta>20\d\d)\b)?)?{to}"
        rf"{_a_day('last', 'a')} (?:of )?(?P<mlasta>{months})\b\.?(?:,? (?P<ylasta>20\d\d)\b)?"
        rf"|\b(?P<mfirstb>{months})\b\.? (?P<dfirstb>{_NUMBER}){end}(?:,? (?P<yfirstb>20\d\d)\b)?{to}"
        rf"(?:(?P<mlastb>{months})\b\.? )?(?P<dlastb>{_NUMBER}){end}(?:,? (?P<ylastb>20\d\d)\b)?"
        rf"|(?<![\d/.-])(?P<yfirstc>20\d\d)[-/.](?P<mfirstc>\d{{1,2}})[-/.](?P<dfirstc>\d{{1,2}}){to}"
        r"(?P<ylastc>20\d\d)[-/.](?P<mlastc>\d{1,2})[-/.](?P<dlastc>\d{1,2})(?!\d)"
        rf"|(?<![\d./-])(?P<onefirstd>\d{{1,2}})[./-](?P<twofirstd>\d{{1,2}})(?:[./-](?P<yfirstd>(?:20)?\d\d)|\.)?{to}"
        r"(?P<onelastd>\d{1,2})[./-](?P<twolastd>\d{1,2})[./-](?P<ylastd>(?:20)?\d\d)(?!\d)"
    )


@cache
def _moment() -> re.Pattern[str]:
    months = month_names()
    alone = rf"(?P<mlastj>{months})\b(?! (?:have|be|not))(?: (?P<ylastj>20\d\d)\b)?(?! ?[\d\u2013-]| (?:to|and|until) (?:{months})\b)"
    return re.compile(rf"\b(?:on|as of|as at|in|during|for) (?:the )?(?P<day>{last_day().pattern}|{alone})")


@cache
def last_day() -> re.Pattern[str]:
    """Find a day and its month: one alone, or the last of a window."""
    months = month_names()
    return re.compile(
        rf"{_a_day('last', 'h')} (?:of )?(?P<mlasth>{months})\b\.?(?:,? (?P<ylasth>20\d\d)\b)?"
        rf"|(?P<mlasti>{months})\b\.? (?P<dlasti>{_NUMBER})(?:st|nd|rd|th)?(?:,? (?P<ylasti>20\d\d)\b)?"
    )
