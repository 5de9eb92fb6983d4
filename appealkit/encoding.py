"""In which encoding a text is, by its bytes."""

import codecs
import re
from unicodedata import category

_GUESSES = ["big5", "big5hkscs", "gb18030", "cp1252", "shift_jis"]
_BETWEEN_WORDS = re.compile(r"[ ,\n\u3001\u3002\uff0c]")
_NO_LETTERS = {"Cc", "Cn", "Co", "Cs"}  # control characters, and what stands for no character


def encoding_of(sample: bytes) -> str | None:
    r"""Name the encoding of a text.

    Args:
        sample: its beginning; the more of it, the surer.

    Returns:
        The name by which Python knows it; None for what is no text.

    >>> encoding_of(b"\xff\xfeh\x00i\x00"), encoding_of(b"hi"), encoding_of(b"\x89PNG\r\n\x1a\n\x00\xff")
    ('utf-16', 'utf-8-sig', None)
    """
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\x00" in sample:
        return _wide(sample)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return guessed(sample)
    return "utf-8-sig"


def guessed(sample: bytes) -> str | None:
    """Guess the encoding of what is no UTF, by how its words look.

    A few Chinese words among figures are too few for that, and are known by their bytes.

    Args:
        sample: the beginning of the text, down to the end of a line.

    Returns:
        The name by which Python knows it; None for what is no text.
    """
    from charset_normalizer import from_bytes  # noqa: PLC0415 - it takes long to import, and most texts are UTF-8

    guess = from_bytes(sample, cp_isolation=_GUESSES).best()
    japanese = guess is not None and guess.encoding == "shift_jis" and _HALF_WIDTH.search(str(guess))
    if (guess is None or japanese) and _COMMON_BIG5.fullmatch(sample[: sample.rfind(b"\n")]):
        return "big5"
    return guess.encoding if guess else None


_HALF_WIDTH = re.compile("[\uff66-\uff9f]")  # what the bytes of Big5 look like in Shift-JIS, and no report of today is written in


_COMMON_BIG5 = re.compile(rb"(?:[\t\r\n -\x7e]|[\xa1-\xc6][\x40-\x7e\xa1-\xfe])+")  # the 5,401 characters of everyday use, and punctuation


def _wide(sample: bytes) -> str | None:
    """Name the UTF-16 that a text without a mark is in: its spaces, digits and line ends have a zero mostly on one side."""
    encoding = "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return None
    odd = any(category(letter) in _NO_LETTERS and letter not in "\t\r\n" for letter in text)
    return None if odd or not _BETWEEN_WORDS.search(text) else encoding
