"""A text: what its characters are, how many words it has, and how it is written in a line or a cell."""

import re

HAN = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
"""Pattern of a Chinese, Japanese or Korean character."""
HAN_STRETCH = re.compile(rf"{HAN}+(?:[^\w\n]{{1,3}}{HAN}+)*")
"""Such characters in a row, with the marks between as they were written."""
CHINESE = r"[\u4e00-\u9fff]"
"""Pattern of a Chinese character, but for rare ones."""
WIDE = r"[\u2e80-\u9fff]"
"""Pattern of a Chinese or Japanese character or mark, which takes the room of two."""
UNSEEN = "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
"""Characters that nobody sees: where a word may break, in which direction it is written."""
_FORMULA = tuple("=+-@|%\uff1d\uff0b\uff0d\uff20")
"""With these a cell begins that a spreadsheet may run; the last four are full-width."""
_HAN = re.compile(HAN)
_LETTER = re.compile(r"[^\W_]")
_QUOTED = re.compile(r"\n(?:[ \t]*>)+[ \t]*(\d?)")


def in_lower_case(text: str) -> str:
    """Return a text in lower case, each character at its place."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text  # a few letters grow in lower case, and move what follows


def printable(words: str) -> str:
    r"""Take out what no one can read, and what a terminal would take for a command.

    >>> printable("Amazon\x1b[2J.de")
    'Amazon[2J.de'
    """
    return "".join(filter(str.isprintable, words))


def harmless(words: str) -> str:
    """Keep a spreadsheet from running what somebody else wrote.

    Args:
        words: the content of a cell.

    Returns:
        The content; with an apostrophe in front when a spreadsheet would take it for a formula.

    >>> harmless("=1+1"), harmless("Mei")
    ("'=1+1", 'Mei')
    """
    return f"'{words}" if words.lstrip().startswith(_FORMULA) else words


def count_words(text: str) -> int:
    """Count the words of a text: what stands between spaces and has a letter or a digit in it.

    Args:
        text: any text.

    Returns:
        How many words it has.

    >>> count_words("3 A-to-z claims \u2013 and 1 rating.")
    6
    """
    words = text.split()
    return len(words) - sum(not _LETTER.search(word) for word in words if not word.isalnum())


def mostly_chinese(text: str) -> bool:
    """Tell whether most letters of a text are Chinese, Japanese or Korean characters.

    >>> mostly_chinese("\u6797\u7f8e counts the shelf"), mostly_chinese("\u6211\u5011\u5df2\u9000\u6b3e, ok")
    (False, True)
    """
    return 2 * len(_HAN.findall(text)) > sum(map(str.isalpha, text))


def one_line(words: str) -> str:
    r"""Write words in one line, without the marks of a quoted message between them.

    Args:
        words: any text.

    Returns:
        The line.

    >>> one_line("tell us\n> the root cause, where it is\n> 4%")
    'tell us the root cause, where it is > 4%'
    """
    return " ".join(_QUOTED.sub(_unquoted, words).split())


def _unquoted(mark: re.Match[str]) -> str:
    return mark.group() if mark.group(1) else "\n"  # before a figure it says "more than"


def short(words: str, most: int) -> str:
    """Write words in one line, cut where there is no more room.

    Args:
        words: any text.
        most: how many characters there is room for, at least 1.

    Returns:
        The line; when it is cut, it ends in an ellipsis.

    >>> short("We count  the shelf.", 9)
    'We count…'
    """
    line = one_line(words)
    return line if len(line) <= most else f"{line[: most - 1]}…"
