"""How numbers and names are written: in digits, with a decimal point, in half width, or without what two of them may differ in."""

import re
from decimal import Decimal

PUNCTUATION = " .;,:!"
"""What is taken off the end of a fact where the letter sets a mark of its own."""

BULLETS = r"\u2022\u2023\u2043\u25a0-\u25ff\u2705\u2713-\u2718\u2794\u27a2-\u27a4\uf0a7\uf0b7\uf0d8"
"""Signs that are marks of a list and nothing else, for a pattern; the last ones are those of a word processor."""

_LIST_MARK = re.compile(rf"\A(?:[{BULLETS}]\ufe0f?|[-*+\u00b7\u2010-\u2015](?=\s))\s*")

FULL_WIDTH = {mark + 0xFEE0: chr(mark) for mark in range(0x21, 0x7F)}
"""What a Chinese or Japanese keyboard writes in full width, and how English writes it."""

_LETTERS = {wide: mark for wide, mark in FULL_WIDTH.items() if mark.isalnum()}
_DECIMAL_COMMA = re.compile(r"\A(-?\d+),(\d{1,2}|\d{4,})\Z")


def in_digits(number: float) -> str:
    """Write a number out in digits, as exact as it is.

    Args:
        number: any finite number.

    Returns:
        Its digits: 100 for 100.0, and never 1e-05.

    >>> in_digits(100.0), in_digits(0.00001)
    ('100', '0.00001')
    """
    return f"{Decimal(str(number + 0)):f}".removesuffix(".0")  # + 0 turns -0.0 into 0.0


def decimal_point(number: str) -> str:
    """Write a decimal comma as a point; with three digits behind it, a comma parts thousands, and stays.

    Args:
        number: a number, without white space around it.

    >>> decimal_point("3,41"), decimal_point("1,290")
    ('3.41', '1,290')
    """
    return _DECIMAL_COMMA.sub(r"\1.\2", number)


def half_width(words: str) -> str:
    """Write letters and digits that a Chinese keyboard made wide as English has them; marks too, where all else is English.

    Args:
        words: any text.

    Returns:
        The text, with as many characters.

    >>> half_width("\uff21\uff4d\uff41\uff5a\uff4f\uff4e\uff0e\uff43\uff4f\uff4d"), half_width("\u71c8\uff0c\uff11")
    ('Amazon.com', '\u71c8\uff0c1')
    """
    narrow = words.translate(FULL_WIDTH)
    return narrow if narrow.isascii() else words.translate(_LETTERS)


def without_mark(line: str) -> str:
    """Take the mark of a list away that a line begins with, as it comes along with copied words.

    >>> without_mark("\u2022 counted the shelf"), without_mark("- counted it"), without_mark("-18 degrees")
    ('counted the shelf', 'counted it', '-18 degrees')
    """
    return _LIST_MARK.sub("", line)


def plain_name(name: str) -> str:
    """Return a name without case, spaces and punctuation, by which names are compared.

    >>> plain_name("A-to-z Claim")
    'atozclaim'
    """
    return "".join(character for character in name.casefold() if character.isalnum())
