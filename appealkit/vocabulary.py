"""Words of numbers and of the calendar (`data/vocabulary.toml`), what they say, and patterns of them."""

import re
from functools import cache

from appealkit.text import load

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
def below_hundred() -> str:
    """Return a pattern of a number in words, from one to ninety-nine, the longest words first."""
    known = load("vocabulary.toml")
    small = sorted(known["number"], key=len, reverse=True)
    digits = "|".join(word for word in small if known["number"][word] < 10)
    return rf"(?:(?:{'|'.join(known['tens'])})(?:[- ](?:{digits})\b)?|{'|'.join(small)})"


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
            part += known["number"].get(word) or known["tens"].get(word, 0)
    return total + part


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
