"""Figures and periods as a letter states them: in digits or in words, in whatever order of words the data of this kit knows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import islice, pairwise
from typing import Any

from appealkit.segment import Span
from appealkit.text import load, month_number

Bound = str
"""How exact a figure is meant: empty for an exact one, else a word of `[bound]` in the data."""

_AHEAD = 60
"""Characters before a figure in which its words stand."""
_A_YEAR = re.compile(r"20\d\d\Z")
_MOST = 60
"""Numbers of a sentence that are looked at; a sentence of more is none that tells figures."""
_PARTNERS = 6
"""Numbers behind a number that may be counted out of it; between them stand those of days."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a letter.

    Args:
        start: its first character.
        end: the character behind it.
        value: what it counts.
        bound: how exact it is meant.
    """

    start: int
    end: int
    value: int
    bound: Bound = ""

    def fits(self, known: int) -> bool:
        """Tell whether it can be what the data says."""
        return fits(self.value, self.bound, known, 0.5 * 10.0 ** (len(str(self.value)) - len(str(self.value).rstrip("0"))))


def fits(stated: float, bound: Bound, known: float, rounding: float) -> bool:
    """Tell whether a figure of a letter can be that of the data.

    Args:
        stated: the figure of the letter.
        bound: how exact it is meant.
        known: the figure of the data.
        rounding: half of the last digit that was written.

    >>> fits(300, "about", 310, 50), fits(300, "", 310, 0), fits(1, "above", 1.29, 0)
    (True, False, True)
    """
    match bound:
        case "above":
            return known > stated
        case "least" | "part":
            return known >= stated
        case "below":
            return known < stated
        case "most":
            return known <= stated
        case "about":
            return abs(known - stated) <= max(rounding, stated / 20)
    return known == stated


@dataclass(frozen=True, slots=True)
class Share:
    """A count out of orders.

    Args:
        part: the number that is counted.
        whole: the number that it is counted out of.
    """

    part: Number
    whole: Number

    @property
    def span(self) -> Span:
        """From the first of the two to the last."""
        return Span(min(self.part.start, self.whole.start), max(self.part.end, self.whole.end))


def numbers(text: str, sentence: Span) -> list[Number]:
    """Return the numbers of a sentence, but for those of days, of order numbers and of per cent.

    Args:
        text: the letter, in lower case.
        sentence: where the sentence is.

    >>> [number.value for number in numbers("of three hundred and ten orders, 4 (four) on 2 march drew 1.29%", Span(0, 63))]
    [310, 4]
    """
    found = []
    for match in islice(_number().finditer(text, *sentence), _MOST):
        before = text[max(sentence.start, match.start() - _AHEAD) : match.start()]
        is_year = _A_YEAR.match(match[0]) and _month_before().search(before.replace(",", ""))
        if not (is_year or _month_before().search(before) or _month_behind().match(text, match.end())):
            found.append(Number(match.start(), match.end(), _value(match[0]), _bound(before)))
    return found


def shares(text: str, sentence: Span, given: Sequence[Number]) -> Iterator[Share]:
    """Find which numbers of a sentence are counted out of which.

    Args:
        text: the letter, in lower case.
        sentence: where the sentence is.
        given: its numbers.

    Yields:
        The shares; a number stands in one of them at most.
    """
    taken: set[int] = set()
    for shape in _shares():
        for place, first in enumerate(given):
            for second in islice(given, place + 1, place + 1 + _PARTNERS):
                if {first.start, second.start} & taken or not shape["between"].fullmatch(text, first.end, second.start):
                    continue
                before = text[max(sentence.start, first.start - _AHEAD) : first.start]
                if not (shape["before"].search(before) and shape["behind"].match(text, second.end, sentence.end)):
                    continue
                if _of_time(text, first.end, sentence) or _of_time(text, second.end, sentence):
                    continue
                part, whole = (second, first) if shape["turned"] else (first, second)
                if part is second and not part.value and second is not given[place + 1]:  # “of 310 orders, 306 had no defect”
                    continue
                if part.value > whole.value and not part.bound:
                    continue
                taken |= {first.start, second.start}
                over = whole is second and text[first.end : second.start].endswith("over ")
                exact = whole.bound == "part" or (over and whole.bound == "above")  # “of” and “over” stand before a whole
                yield Share(part, replace(whole, bound="") if exact else whole)


@dataclass(frozen=True, slots=True)
class Count:
    """A number of which a letter says what it counts.

    Args:
        what: what is counted: a kind of defect, `defects` or `orders`.
        number: the number.
        span: the words that say so.
        by_verb: whether it is told by what became of orders or buyers, and not by a noun right behind the number.
    """

    what: str
    number: Number
    span: Span
    by_verb: bool


def counts(text: str, sentence: Span, given: Sequence[Number], kind: str) -> Iterator[Count]:
    """Find the numbers of which a sentence says what they count.

    Args:
        text: the letter, in lower case.
        sentence: where the sentence is.
        given: its numbers.
        kind: `kind` for kinds of defect, `sum` for all defects and all orders.

    Yields:
        What is counted, with its number.
    """
    for number in given:
        before = text[max(sentence.start, number.start - _AHEAD) : number.start]
        if _part("of-all").search(before):  # “2% of our 310 orders”
            continue
        for what, (noun, verb, pairs) in _counted(kind).items():
            found = noun.match(text, number.end, sentence.end) or verb.match(text, number.end, sentence.end)
            ahead = next((told for told in (_told(pair, text, before, number, sentence) for pair in pairs) if told), None)
            if not found and not ahead:
                continue
            end = found.end() if found else (ahead or (0, number.end))[1]
            if _both().match(text, end, sentence.end) or _rhythm().match(text, end, sentence.end):
                continue
            start = number.start if found else number.start - (ahead or (0, 0))[0]
            yield Count(what, number, Span(start, end), bool(found and found.re is verb))


def _told(pair: tuple[re.Pattern[str], re.Pattern[str]], text: str, before: str, number: Number, sentence: Span) -> tuple[int, int] | None:
    """Return how many characters before a number tell what it counts, and where the words behind it end."""
    ahead, then = pair
    found, behind = ahead.search(before), then.match(text, number.end, sentence.end)
    return (len(before) - found.start(), behind.end()) if found and behind else None


# -- rates --------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rate:
    """A percentage of a letter.

    Args:
        span: where it stands.
        value: what it says, in per cent.
        rounding: half of the last digit that was written.
        bound: how exact it is meant.
        worded: whether it is written in words.
    """

    span: Span
    value: float
    rounding: float
    bound: Bound = ""
    worded: bool = False

    def fits(self, known: float) -> bool:
        """Tell whether it can be what the data says."""
        return fits(self.value, self.bound, known, self.rounding)


def rates(text: str, sentence: Span, spans: Sequence[Span]) -> Iterator[Rate]:
    """Read the percentages of a sentence.

    Args:
        text: the letter, in lower case.
        sentence: where the sentence is.
        spans: where its percentages in digits are.

    Yields:
        Those in digits, and those in words.

    >>> [rate.value for rate in rates("it was 1.3%, or one point two nine per cent", Span(0, 43), [Span(7, 11)])]
    [1.3, 1.29]
    """
    for span in spans[:_MOST]:
        digits = re.split(r"[^\d.,]", text[slice(*span)])[0].replace(",", ".").rstrip(".")
        yield Rate(span, float(digits), 0.5 * 10.0 ** -len(digits.partition(".")[2]), _exact(text, span.start))
    for match in islice(_worded_rate().finditer(text, *sentence), _MOST):
        value = f"{_value(match['whole'])}.{''.join(str(_value(word)) for word in (match['digits'] or '').split()) or 0}"
        decimals = len((match["digits"] or "").split())
        yield Rate(Span(*match.span()), float(value), 0.5 * 10.0**-decimals, _exact(text, match.start()), worded=True)


def _exact(text: str, start: int) -> Bound:
    """Tell how exact a rate is meant; “a rate of 2%” is no part of one."""
    return _bound(text[max(0, start - _AHEAD) : start]).replace("part", "")


def part_of(text: str, rate: Span, sentence: Span) -> str:
    """Tell what a percentage is a part of, other than the orders that a metric counts.

    Returns:
        A kind of defect for its own rate, such as that of claims; `orders` where nothing says that the orders are defective, `other` for a
        part of something else; else nothing.

    >>> part_of("we lost 5% of the parcels.", Span(8, 10), Span(0, 26)), part_of("5% of the parcels were late", Span(0, 2), Span(0, 27))
    ('orders', '')
    """
    before = text[max(sentence.start, rate.start - _AHEAD) : rate.start]
    for kind, (_, verb, _) in _counted("kind").items():
        found = verb.match(text, rate.end, sentence.end)
        if found and not _both().match(text, found.end(), sentence.end):
            return kind
    for kind, ahead in _part("kind").items():
        if ahead.search(before):
            return str(kind)
    if any(_part(name).search(before) for name in ("by", "of-them", "of-others")):
        return "other"
    if any(_part(name).match(text, rate.end, sentence.end) for name in ("more", "defects")):
        return "other"
    if _part("rate").search(before) or not _part("of").match(text, rate.end, sentence.end):
        return ""
    answers = (("failed", ""), ("all-orders", "orders"))
    return next((answer for name, answer in answers if _part(name).match(text, rate.end, sentence.end)), "other")


def from_to(text: str, first: Span, then: Span) -> bool:
    """Tell whether a rate is told to have gone from one percentage to another.

    >>> from_to("rose from 1% in may to 2%", Span(10, 12), Span(23, 25))
    True
    """
    return bool(
        _part("from").search(text, max(0, first.start - _AHEAD), first.start) and _part("to").fullmatch(text, first.end, then.start)
    )


def told_as_earlier(text: str, rate: Span) -> bool:
    """Tell whether a percentage is what a rate was before, or is compared with: “had been 0.4%”.

    >>> told_as_earlier("it had been 0.4%", Span(12, 16))
    True
    """
    return bool(_part("earlier").search(text, max(0, rate.start - _AHEAD), rate.start))


def beside(text: str, rate: Span, share: Share) -> bool:
    """Tell whether a percentage and a count out of orders say the same thing: “9 of 412 orders (2.2%)”."""
    span, whole = share.span, share.whole.end
    of_orders = _part("of-orders").match(text, whole)
    if span.start >= rate.end and (link := _part("then-count").fullmatch(text, rate.end, span.start)):
        return bool(of_orders or (not link["words"] and _part("of-nothing").match(text, whole)))
    then = span.end <= rate.start and _part("then-rate").fullmatch(text, span.end, rate.start)
    return bool(
        then
        and (of_orders or _part("of-nothing").match(text, whole))
        and not any(_part(name).match(text, rate.end) for name in ("more", "of"))
    )


def is_rate_of(text: str, rate: Rate, share: Share) -> bool:
    """Tell whether a percentage only says again what the count before it does: “five of the seven claims (71%)”."""
    if share.span.end > rate.span.start or not share.whole.value or not _part("then-rate").fullmatch(text, share.span.end, rate.span.start):
        return False
    return abs(rate.value - 100 * share.part.value / share.whole.value) <= 2 * rate.rounding


def one_in(text: str, sentence: Span, given: Sequence[Number]) -> Iterator[tuple[Span, Number]]:
    """Find rates that are told as one order in so many.

    Yields:
        Where they stand, and the number of orders.
    """
    for first, second in pairwise(given):
        if first.value == 1 and _one_in().fullmatch(text, first.end, second.start) and not _of_time(text, second.end, sentence):
            yield Span(first.start, second.end), replace(second, bound=first.bound)


# -- periods ------------------------------------------------------------------------------------------------------------------


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
        last = _last_day().match(text, behind.end(), sentence.end) if behind else None
        if behind and last:
            parts = {name.rstrip("hi"): value for name, value in last.groupdict().items() if value}
            parts |= {f"{part}first": parts[f"{part}last"] for part in "dmy" if f"{part}last" in parts}
            days = timedelta(days=number.value - 1)
            ended = [period[1] for told in _ways(parts) if (period := _period(told, known))]
            ended += [end - timedelta(days=1) for end in ended if "before" in behind[0]]
            yield Span(number.start, last.end()), [(end - days, end) for end in ended if days < timedelta(days=_LONGEST)]


_LONGEST = 3660
"""Days of a period that a letter may tell."""


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


def moments(text: str, sentence: Span, known: date) -> Iterator[Moment]:
    """Find the single days and months of a sentence.

    Args:
        text: the letter, in lower case.
        sentence: where the sentence is.
        known: the last day of the data, whose year is meant where none is written.
    """
    for found in islice(_moment().finditer(text, *sentence), _MOST):
        parts = {name.rstrip("hij"): value for name, value in found.groupdict().items() if value}
        year, month = int(parts.get("ylast") or known.year), month_number(parts["mlast"])
        try:
            if "dlast" in parts:
                first = last = date(year, month, _day(parts["dlast"]))
            else:
                first, last = date(year, month, 1), date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        except ValueError:
            continue
        yield Moment(Span(*found.span("day")), first, last)


def moment_of(text: str, rate: Span, told: Sequence[Moment]) -> Moment | None:
    """Return the moment at which a rate is told to have been such: “on 3 May our rate was 2%”, “2% in May”."""
    for moment in told:
        taken = _part("moment-taken").search(text, max(0, moment.span.start - _AHEAD), moment.span.start)
        if moment.span.end <= rate.start and not taken and _part("moment-ahead").fullmatch(text, moment.span.end, rate.start):
            return moment
        if rate.end < moment.span.start and _part("moment-behind").fullmatch(text, rate.end, moment.span.start):
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
        before = text[max(sentence.start, number.start - _AHEAD) : number.start]
        found = named.match(text, number.end, sentence.end) or (last.search(before) and days.match(text, number.end, sentence.end))
        if found:
            yield Span(number.start, found.end()), number.value


def _ways(parts: dict[str, str]) -> list[dict[str, str]]:
    """Return how the parts of two days may read: days in digits begin with the day or with the month."""
    if "onelast" not in parts:
        return [parts]
    return [{**parts, **{f"{name}{end}": parts[f"{spot}{end}"] for name, spot in order for end in ("first", "last")}} for order in _ORDERS]


_ORDERS = ((("d", "one"), ("m", "two")), (("m", "one"), ("d", "two")))


def _period(told: Mapping[str, str], known: date) -> tuple[date, date] | None:
    """Put the parts of two days together: what one of them leaves out is that of the other, and a missing year that of the data."""
    last_year = _year(told.get("ylast") or told.get("yfirst") or str(known.year))
    first_month, last_month = told.get("mfirst") or told["mlast"], told.get("mlast") or told["mfirst"]
    try:
        last = date(last_year, month_number(last_month), _day(told["dlast"]))
        first = date(_year(told.get("yfirst") or str(last_year)), month_number(first_month), _day(told["dfirst"]))
        if first > last and "yfirst" not in told:  # from December to January
            first = first.replace(year=first.year - 1)
    except ValueError:
        return None
    return (first, last) if first <= last else None


def _year(digits: str) -> int:
    return int(digits) % 2000 + 2000


def _day(name: str) -> int:
    named: dict[str, int] = _data()["ordinal"]
    return named[name] if name in named else int(name)


# -- patterns from the data ---------------------------------------------------------------------------------------------------


def _value(words: str) -> int:
    """Return what a number says, in digits or in words; one in brackets behind it says the same again."""
    words = words.partition("(")[0].strip()
    if words[0].isdigit():
        return int(words.replace(",", ""))
    total = part = 0
    for word in re.split(r"[ ,-]+", words):
        if word == "thousand":
            total, part = total + max(1, part) * 1000, 0
        elif word in _data()["times"]:
            part = max(1, part) * _data()["times"][word]
        else:
            part += {**_data()["number"], **_data()["tens"]}.get(word, 0)
    return total + part


def _bound(before: str) -> Bound:
    found = _bounds().search(before)
    return (found.lastgroup or "") if found else ""


def _of_time(text: str, end: int, sentence: Span) -> bool:
    """Tell whether a number counts days, or what comes in each of them."""
    return bool(_a_time().match(text, end, sentence.end) or _rhythm().match(text, end, sentence.end))


def _data() -> dict[str, Any]:
    return load("agreement.toml")


@cache
def _filled(pattern: str) -> re.Pattern[str]:
    """Put the lists of words into a pattern of the data."""
    return re.compile(re.sub(r"\{([a-z]+)\}", lambda name: f"(?:{'|'.join(_data()['words'][name[1]])})", pattern))


@cache
def _in_words() -> str:
    small = "|".join(sorted(_data()["number"], key=len, reverse=True))
    tens = rf"(?:{'|'.join(_data()['tens'])})(?:[- ](?:{small})\b)?"
    below = rf"(?:{tens}|{small})"
    hundreds = rf"(?:(?:a|{below}) (?:hundred|dozen)(?: (?:and )?{below}\b)?|{below})"
    return rf"(?:(?:a|{hundreds}) thousand(?:,? (?:and )?{hundreds}\b)?|{hundreds})\b"


@cache
def _number() -> re.Pattern[str]:
    digits = r"(?:\d{1,3}(?:,\d{3}){1,2}|\d{1,9})"
    number = f"(?:{digits}|{_in_words()})"
    behind = r"(?![\w%]|[.,:]\d| ?%| ?per ?cent| point |-[a-z]*\d)"
    return re.compile(rf"(?<![\w.,$\u20ac\u00a3#-]){number}(?: \({number}\))?{behind}")


@cache
def _bounds() -> re.Pattern[str]:
    return re.compile("|".join(rf"(?P<{name}>\b(?:{'|'.join(words)})) \Z" for name, words in _data()["bound"].items()))


@cache
def _shares() -> list[dict[str, Any]]:
    return [
        {
            "turned": shape.get("turned", False),
            "between": _filled(shape["between"]),
            "behind": _filled(shape.get("behind", "")),
            "before": _filled(rf"\b{shape['before']}\Z" if "before" in shape else ""),
        }
        for shape in _data()["share"]
    ]


@cache
def _counted(kind: str) -> dict[str, tuple[re.Pattern[str], re.Pattern[str], list[tuple[re.Pattern[str], re.Pattern[str]]]]]:
    return {
        what: (
            _any_of(shapes["noun"]),
            _any_of([f"(?: of {{ours}}(?= (?:{{orders}}|{{people}})))?(?:{'|'.join(shapes['verb'])})"] if shapes["verb"] else []),
            [(_filled(rf"\b{ahead}\Z"), _filled(then)) for ahead, then in shapes["before"]],
        )
        for what, shapes in _data()[kind].items()
    }


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return _filled("|".join(patterns) or r"(?!)")


@cache
def _window(side: str) -> list[re.Pattern[str]]:
    return [_filled(pattern if side == "behind" else rf"{pattern}\Z") for pattern in _data()["window"][side]]


@cache
def _both() -> re.Pattern[str]:
    return re.compile(_data()["both"])


@cache
def _rhythm() -> re.Pattern[str]:
    return re.compile(_data()["rhythm"])


@cache
def _a_time() -> re.Pattern[str]:
    return re.compile(r" ?(?:%|(?:days?|weeks?|months?|hours?|years?|minutes?|per)\b)")


@cache
def _one_in() -> re.Pattern[str]:
    return _filled("(?: (?:{quality} )?(?:{orders}))? in (?:every |each )?")


@cache
def _worded_rate() -> re.Pattern[str]:
    small = "|".join(_data()["number"])
    return re.compile(rf"\b(?P<whole>{_in_words()})(?: point (?P<digits>(?:zero|{small})(?: (?:zero|{small})){{0,2}}))? per ?cent\b")


@cache
def _months() -> str:
    return "|".join(sorted(load("layout.toml")["month"], key=len, reverse=True))


@cache
def _month_before() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_months()})\b\.? (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)?(?:,|, | ?[-\u2013] ?| ))?\Z")


@cache
def _month_behind() -> re.Pattern[str]:
    return re.compile(rf"(?: ?[-\u2013] ?\d{{1,2}})?(?: of)? (?:{_months()})\b(?! (?:have|be|not))|[./-]\d{{1,4}}[./-]\d")


@cache
def _a_day(end: str, letter: str) -> str:
    """Return a pattern of a day and its month, the day first."""
    ordinal = "|".join(sorted(_data()["ordinal"], key=len, reverse=True))
    return rf"(?P<d{end}{letter}>\d{{1,2}}(?=\D)|{ordinal})(?:st|nd|rd|th)?"


@cache
def _range() -> re.Pattern[str]:
    to = r"(?:,? (?:to|and|until|till|through|up to) (?:and including )?(?:the )?| ?[-\u2013\u2014] ?)"
    to += r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? (?:the )?)?"
    end = r"(?:st|nd|rd|th)?"
    months = _months()
    return re.compile(
        rf"(?<![\w.-]){_a_day('first', 'a')}(?: (?:of )?(?P<mfirsta>{months})\b\.?(?:,? (?P<yfirsta>20\d\d)\b)?)?{to}"
        rf"{_a_day('last', 'a')} (?:of )?(?P<mlasta>{months})\b\.?(?:,? (?P<ylasta>20\d\d)\b)?"
        rf"|\b(?P<mfirstb>{months})\b\.? (?P<dfirstb>\d{{1,2}}){end}(?:,? (?P<yfirstb>20\d\d)\b)?{to}"
        rf"(?:(?P<mlastb>{months})\b\.? )?(?P<dlastb>\d{{1,2}}){end}(?!\d)(?:,? (?P<ylastb>20\d\d)\b)?"
        rf"|(?<![\d/.-])(?P<yfirstc>20\d\d)[-/.](?P<mfirstc>\d{{1,2}})[-/.](?P<dfirstc>\d{{1,2}}){to}"
        r"(?P<ylastc>20\d\d)[-/.](?P<mlastc>\d{1,2})[-/.](?P<dlastc>\d{1,2})(?!\d)"
        rf"|(?<![\d./-])(?P<onefirstd>\d{{1,2}})[./-](?P<twofirstd>\d{{1,2}})(?:[./-](?P<yfirstd>(?:20)?\d\d)|\.)?{to}"
        r"(?P<onelastd>\d{1,2})[./-](?P<twolastd>\d{1,2})[./-](?P<ylastd>(?:20)?\d\d)(?!\d)"
    )


@cache
def _part(name: str) -> Any:  # noqa: ANN401 - a pattern, or one for each kind
    told = _data()["rate"][name]
    return {kind: _filled(pattern) for kind, pattern in told.items()} if isinstance(told, dict) else _filled(told)


@cache
def _moment() -> re.Pattern[str]:
    months = _months()
    alone = rf"(?P<mlastj>{months})\b(?! (?:have|be|not))(?: (?P<ylastj>20\d\d)\b)?(?! ?[\d\u2013-]| (?:to|and|until) (?:{months})\b)"
    return re.compile(rf"\b(?:on|as of|as at|in|during|for) (?:the )?(?P<day>{_last_day().pattern}|{alone})")


@cache
def _last_day() -> re.Pattern[str]:
    months = _months()
    return re.compile(
        rf"{_a_day('last', 'h')} (?:of )?(?P<mlasth>{months})\b\.?(?:,? (?P<ylasth>20\d\d)\b)?"
        rf"|(?P<mlasti>{months})\b\.? (?P<dlasti>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,? (?P<ylasti>20\d\d)\b)?"
    )
