"""Words of numbers and of the calendar (`data/vocabulary.toml`), what they say, and patterns of them."""

import re
from collections.abc import Mapping
from functools import cache

from appealkit.tables import load

ONE_TO_TEN = "\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341"
NUMERALS = {
    **{numeral: value for value, numeral in enumerate(ONE_TO_TEN, 1)},
    "\u3007": 0, "\u96f6": 0, "\u5169": 2, "\u5eff": 20, "\u5345": 30, "\u767e": 100,
}  # fmt: skip
"""Chinese numerals and their values: those up to ten, zeros, the two of counts, the twenty and thirty of one character, the hundred."""
CHINESE_NUMBER = f"[{''.join(NUMERALS)}]{{1,5}}"
"""Pattern of a number in Chinese characters."""


@cache
def number_words() -> frozenset[str]:
    """Return the single words that numbers are made of."""
    known = load("vocabulary.toml")
    return frozenset([*known["number"], *known["tens"], *known["times"]])


@cache
def alone() -> Mapping[str, int]:
    """Return the words that tell a number by themselves, and what they tell."""
    told: dict[str, int] = load("vocabulary.toml")["alone"]
    return told


@cache
def _placed(key: str) -> Mapping[str, int]:
    """Return words of which each tells its place in their list."""
    return {word: place for place, word in enumerate(load("vocabulary.toml")[key], 1)}


@cache
def below_hundred() -> str:
    """Return a pattern of a number in words, from one to ninety-nine, the longest words first."""
    number = _placed("number")
    small = sorted(number, key=len, reverse=True)
    digits = "|".join(word for word in small if number[word] < 10)
    return rf"(?:(?:{'|'.join(load('vocabulary.toml')['tens'])})(?:[- ](?:{digits})\b)?|{'|'.join(small)})"


@cache
def in_words() -> str:
    """Return a pattern of a number in words, up to hundreds of thousands."""
    below = below_hundred()
    hundreds = rf"(?:(?:a|{below}) (?:hundred|dozen)(?: (?:and )?{below}\b)?|{below})"
    return rf"(?:(?:a|{hundreds}) thousand(?:,? (?:and )?{hundreds}\b)?|{hundreds})\b"


def value_of(words: str) -> int:
    """Return what a number in words says, in lower case; 0 for words that say none.

    >>> value_of("three hundred and ten"), value_of("a dozen"), value_of("ninety-nine")
    (310, 12, 99)
    """
    known = load("vocabulary.toml")
    total = part = 0
    for word in re.split(r"[ ,-]+", words):
        if word == "thousand":
            total, part = total + max(1, part) * known["times"][word], 0
        elif word in known["times"]:
            part = max(1, part) * known["times"][word]
        else:
            part += _placed("number").get(word) or known["tens"].get(word, 0)
    return total + part


def number_in(words: str) -> int:
    """Return the number that words tell, in digits or by name; 1 when they tell none.

    Args:
        words: some words, in lower case.

    Returns:
        The number.

    >>> number_in("three more appeals"), number_in("within 17 days"), number_in("within twenty-one days"), number_in("一百八十天內")
    (3, 17, 21, 180)
    """
    digits = re.search(r"\d{1,3}", words)
    if digits:
        return int(digits.group())
    named = _named().search(words)
    if not named:
        return _chinese_number(words)
    return alone().get(named[0]) or value_of(named[0])


@cache
def _named() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alone())}|{in_words()})\b")


def _chinese_number(words: str) -> int:
    """Read the first number in Chinese characters: a digit before a ten or a hundred counts these; 1 when there is none."""
    number = digit = 0
    run = re.search(CHINESE_NUMBER, words)
    for character in run.group() if run else "":
        value = NUMERALS[character]
        if value < 10:
            digit = value
        else:
            number, digit = number + (digit or 1) * value, 0
    return number + digit or 1


@cache
def months() -> tuple[str, ...]:
    """Return the names of the months, the long ones in their order before the short ones."""
    return tuple(load("vocabulary.toml")["calendar"]["month"])


@cache
def month_names() -> str:
    """Return a pattern of the names of the months, the longest first, between bars."""
    return "|".join(sorted(months(), key=len, reverse=True))


@cache
def weekdays() -> tuple[str, ...]:
    """Return the names of the days of the week, in their order."""
    return tuple(load("vocabulary.toml")["calendar"]["weekday"])


def month_number(name: str) -> int:
    """Return the number of a month, by its number or by how its English name begins, in lower case.

    >>> month_number("sept"), month_number("9")
    (9, 9)
    """
    if name.isdigit():
        return int(name)
    return next(number for number, month in enumerate(months(), 1) if month.startswith(name[:3]))


@cache
def ordinals() -> str:
    """Return a pattern of the days of a month in words, the longest first, between bars."""
    return "|".join(sorted(_placed("ordinal"), key=len, reverse=True))


def day_number(name: str) -> int:
    """Return the number of a day of the month, by its number or by its name, in lower case.

    >>> day_number("twenty-third"), day_number("9")
    (23, 9)
    """
    return _placed("ordinal").get(name) or int(name)


@cache
def months_in_mails() -> Mapping[str, str]:
    """Return the names of months that stand in the head of a mail in another language, each with the English one."""
    return {name: month for month, names in load("vocabulary.toml")["calendar"]["in_mails"].items() for name in names}


def months_in_reports() -> list[list[str]]:
    """Return how each month begins in the languages of Amazon's reports."""
    beginnings: list[list[str]] = load("vocabulary.toml")["calendar"]["in_reports"]
    return beginnings
