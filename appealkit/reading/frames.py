"""What a heading, or a word before a colon, says of all that stands under it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from appealkit.pasted import Piece
from appealkit.phrases import Keys, Place, holds
from appealkit.tables import load

_LONGEST = 60  # characters of a heading, at most
_ENDS = (".", "!", ";", ",", "\u3002")
_ROW = re.compile(r"[|%]|\d{2}")  # in a table or a list of goods, which no line of is a heading
_INLINE = re.compile(r"\W{0,3}([^\n:.?!(\u3002]{2,40}):\s?\S")
_CLOSES = re.compile(r"[)\]]\W{0,2}\Z")
_SAID = ("dispute", "healthy")


class Frame(NamedTuple):
    """What the place of a piece makes of it."""

    heading: bool
    asides: frozenset[str]  # of the heading above it, and of the word before a colon


def frames(cut: Sequence[Piece], found: Sequence[Mapping[Keys, Place]]) -> Iterator[Frame]:
    """Yield for each piece the asides of the heading that it stands under.

    Args:
        cut: the pieces of a notice.
        found: the lists of phrases that each piece holds.

    Yields:
        For each piece what its heading, down to the next one, or the word before a colon, down to the end of its paragraph, makes of it.
    """
    blocks = Counter(piece.block for piece in cut)
    section: frozenset[str] = frozenset()
    inline: frozenset[str] = frozenset()
    block = -1
    for piece, lists in zip(cut, found, strict=True):
        heading = blocks[piece.block] == 1 and not piece.item and _is_heading(piece.lower)
        if heading and ("says", "goes_on") not in lists:
            section = frozenset(_framed(piece.lower)) or frozenset(name for name in _SAID if ("aside", name) in lists)
        elif section and not (piece.item and "waived" in section) and _asks_anew(lists):
            section = frozenset()
        named = _INLINE.match(piece.lower)
        if piece.block != block:
            inline = frozenset()
        if named:
            inline = frozenset(_framed(named.group(1)))
        block = piece.block
        yield Frame(heading, section | inline)
        if inline and piece.lower[:1] != "(" and _CLOSES.search(piece.lower):
            inline = frozenset()


def _is_heading(words: str) -> bool:
    if words.endswith("?"):
        return True
    return len(words) < _LONGEST and not words.endswith(_ENDS) and not _ROW.search(words)


def _framed(words: str) -> Iterator[str]:
    """Yield what words of a heading make of what stands under them."""
    return (name for name in load("notices.toml")["frame"] if holds(words, "frame", name, "phrases"))


def _asks_anew(lists: Mapping[Keys, Place]) -> bool:
    """Does it ask for a plan, or one of its questions, in words that no heading above takes back?"""
    plan = ("says", "plan") in lists or any(("question", question, "phrases") in lists for question in ("cause", "taken", "prevention"))
    return plan and ("request", "phrases") in lists and ("aside", "waived") not in lists
