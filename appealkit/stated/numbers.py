"""Numbers of a letter, in digits or in words, and how exact they are meant."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice

from appealkit.span import Span
from appealkit.stated.patterns import AHEAD, MOST, behind, data
from appealkit.vocabulary import in_words, month_names
from appealkit.vocabulary import value_of as value_in_words

Bound = str
"""How exact a figure is meant: empty for an exact one, else a word of `[bound]` in the data."""
_A_YEAR = re.compile(r"20\d\d\Z")


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

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)

    def fits(self, known: int) -> bool:
        """Tell whether it can be what the data says."""
        return fits(self.value, self.bound, known, 0.5 * 10.0 ** (len(str(self.value)) - len(str(self.value).rstrip("0"))))


FLOATING = 1e-9
"""How far two rates may lie apart that are the same: they are reckoned in binary fractions."""


def half_digit(written: str) -> float:
    """Return half of the last digit of a figure that was written, with a point or a comma.

    >>> half_digit("1.3"), half_digit("2,25"), half_digit("4")
    (0.05, 0.005, 0.5)
    """
    return 0.5 * 10.0 ** -len(written.replace(",", ".").partition(".")[2])


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


def numbers(text: str, sentence: Span) -> list[Number]:
    """Return the numbers of a sentence, but for those of days, of order numbers and of per cent.

    Args:
        text: the letter, in lower case.
        sentence: where the sentence is.

    >>> [number.value for number in numbers("of three hundred and ten orders, 4 (four) on 2 march drew 1.29%", Span(0, 63))]
    [310, 4]
    """
    found = []
    for match in islice(_number().finditer(text, *sentence), MOST):
        before = text[max(sentence.start, match.start() - AHEAD) : match.start()]
        is_year = _A_YEAR.match(match[0]) and _month_before().search(before.replace(",", ""))
        if not (is_year or _month_before().search(before) or _month_behind().match(text, match.end())):
            found.append(Number(match.start(), match.end(), number_of(match[0]), bound_of(before)))
    return found


def of_time(text: str, end: int, sentence: Span) -> bool:
    """Tell whether a number counts days, or what comes in each of them."""
    return bool(_a_time().match(text, end, sentence.end) or behind("rhythm").match(text, end, sentence.end))


def number_of(words: str) -> int:
    """Return what a number says, in digits or in words; one in brackets behind it says the same again."""
    words = words.partition("(")[0].strip()
    return int(words.replace(",", "")) if words[0].isdigit() else value_in_words(words)


def bound_of(before: str) -> Bound:
    """Return how exact a figure is meant by the words before it."""
    found = _bounds().search(before)
    return (found.lastgroup or "") if found else ""


@cache
def _number() -> re.Pattern[str]:
    digits = r"(?:\d{1,3}(?:,\d{3}){1,2}|\d{1,9})"
    number = rf"(?:{digits}|no\b|{in_words()})"
    behind = r"(?![\w%]|[.,:]\d| ?%| ?per ?cent| point |-[a-z]*\d)"
    return re.compile(rf"(?<![\w.,$\u20ac\u00a3#-]){number}(?: \({number}\))?{behind}")


@cache
def _bounds() -> re.Pattern[str]:
    return re.compile("|".join(rf"(?P<{name}>\b(?:{'|'.join(words)})) \Z" for name, words in data()["bound"].items()))


@cache
def _month_before() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{month_names()})\b\.? (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)?(?:,|, | ?[-\u2013] ?| ))?\Z")


@cache
def _month_behind() -> re.Pattern[str]:
    return re.compile(rf"(?: ?[-\u2013] ?\d{{1,2}})?(?: of)? (?:{month_names()})\b(?! (?:have|be|not))|[./-]\d{{1,4}}[./-]\d")


@cache
def _a_time() -> re.Pattern[str]:
    return re.compile(r" ?(?:%|(?:days?|weeks?|months?|hours?|years?|minutes?|per)\b)")
