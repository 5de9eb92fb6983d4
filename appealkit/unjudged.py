"""Texts that are not judged, since they are no English letter to Amazon about an account: one plain sentence says so."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from appealkit.roles import Sentence
from appealkit.segment import Layout
from appealkit.spelling import known
from appealkit.text import HAN, load

_HAN = re.compile(HAN)
_LONG_WORD = 200  # characters: no English word, no address of the net in a letter
_FEW_WORDS = 8  # too few to tell by
_PARAGRAPH = 25  # words: a sentence by itself need not say what it is about
_MATTERS = 3  # words of an account that tell a letter in which nobody says “we”
_BEGINNING = 500  # characters
_AROUND = ".,;:!?()[]{}\"'\u201c\u201d\u2018\u2019-*#>/"
# A program, or a row of a table; <Name> and {Name} are blanks.
_CODE = re.compile(r"""\{"|":|=|</|\\|\[(?<=\w.)|_(?<=\w.)|\((?<=\w.)(?!s\))|;(?!\S)|,[^\s,]*,[^\s,]*,""")


def why_unjudged(text: str, sentences: Sequence[Sentence]) -> str:
    """Tell why a text is not judged.

    Args:
        text: the text as it came.
        sentences: its sentences.

    Returns:
        `empty`, `only-notice`, `not-english` or `not-a-letter`, keys of `remark` in the strings; empty for a letter.

    >>> why_unjudged("milk, eggs and bread, butter for the cake, flour, sugar, two lemons and a bag of salt", ())
    'not-a-letter'
    """
    if not any(map(str.isalpha, text)):
        return "empty"
    if sentences and all(sentence.layout is Layout.NOTICE for sentence in sentences):
        return "only-notice"
    if len(text) > _BEGINNING and not _looks_like(text[:_BEGINNING].rpartition(" ")[0]):  # the last word may be cut
        return ""
    if not text.isascii() and len(_HAN.findall(text)) * 2 > sum(map(str.isalpha, text)):
        return "not-english"
    return _looks_like(text)


@lru_cache(maxsize=32)  # while somebody types, the beginning mostly stays
def _looks_like(text: str) -> str:
    """Tell by its words what a text is if it is no letter; the bounds leave out none of the letters that people labelled."""
    pieces = [piece for piece in text.split() if piece.isalpha() or any(map(str.isalpha, piece))]
    if _CODE.search(text) and sum(bool(_CODE.search(piece)) for piece in pieces) > max(2, len(pieces) * 0.08):
        return "not-a-letter"
    if len(pieces) <= _FEW_WORDS:
        return "not-a-letter" if max(map(len, pieces), default=_LONG_WORD + 1) > _LONG_WORD else ""
    words = [piece.strip(_AROUND).lower() for piece in pieces]
    common = sum(map(_english("common").__contains__, words))
    if common < len(words) * 0.2 and sum(map(known, words)) < len(words) * 0.8:
        return "not-english"
    matter, person = (_english(kind).intersection(words) for kind in ("matter", "person"))
    if person:
        return "" if matter or len(words) < _PARAGRAPH else "not-a-letter"
    told = common >= len(words) * 0.1 and len(matter) >= (1 if len(words) < _PARAGRAPH else _MATTERS)
    return "" if told else "not-a-letter"


@cache
def _english(kind: str) -> frozenset[str]:
    return frozenset(load("layout.toml")["english"][kind])
