"""What the words of one sentence show by themselves, wherever it stands: looked for once, and remembered."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from appealkit.checks.patterns import MONTH, SEARCHES, Search, any_of
from appealkit.sentences import sentence_spans
from appealkit.spelling import misspellings
from appealkit.text import count_words, in_lower_case

LONG_SENTENCE = 40  # words
Values = dict[str, str]
Fault = tuple[str, int, int, Values]
"""Id of a rule, where the words begin and end that it is about, and what fills its message."""


class Seen(NamedTuple):
    """What the words of a sentence show.

    Args:
        words: how many they are.
        found: what the searches find, each with where it begins and ends.
        faults: what is wrong with them.
    """

    words: int
    found: tuple[tuple[Search, int, int], ...]
    faults: tuple[Fault, ...]


@lru_cache(maxsize=2048)
def seen(text: str, frame: bool) -> Seen:  # noqa: FBT001 - by name it would be looked up at half the speed
    """Look at the words of a sentence.

    Args:
        text: its text.
        frame: whether it greets or closes the letter: such a one is mostly names, and no sentence.

    Returns:
        What they show.

    >>> [words for _, _, _, words in seen("We recived it.", False).faults]
    [{'words': 'recived', 'suggestion': 'received'}]
    """
    lower, words = in_lower_case(text), count_words(text)
    faults = [*_blanks(text, lower), *_misspelt(text, names=frame)]
    if not frame and words > LONG_SENTENCE:
        faults += _long_in(text)
    texts = [(search, lower if search.lower else text) for search in SEARCHES]
    found = [(search, *match.span()) for search, searched in texts if search.first(searched) for match in search.all(searched)]
    return Seen(words, tuple(found), tuple(faults))


_FILLED = rf"{any_of('particular')}\b[^:()\[\]\n]{{0,30}}: ?(?!{any_of('unfilled')})[^\W_]"  # “(store: Blue Kite)”
_PLACEHOLDERS = {
    "[": rf"\[(?!{any_of('bracketed')}\b|{_FILLED})[^\[\]]{{0,60}}?[a-z][^\[\]]{{0,60}}\]",
    "{": r"\{\{?[^{}\n]{1,60}\}\}?",
    "<": r"<[a-z][^<>\n@/]{1,60}>",
    "(": rf"\((?!{_FILLED}){any_of('blank')}\b[^()\n\"\u201c]{{0,50}}\)",
    "__": r"_{3,}",
    "xx": rf"\bx{{3,}}\b|\bxx(?:%| {MONTH}\b)|\b{MONTH} xx\b|\bxx(?= (?:new |more |other |of our )?{any_of('of_number')}\b)",
    "x.x": r"\bx{1,2}\.x{1,2}\b",
    "x%": r"\bx%",
    "000-0": r"\b0{3,}-0{3,}-0+\b",
    "##-#": r"#{2,}-#{2,}",
    " here": r"\b(?:your|the) (?:name|store|company|date|title) here\b",
    "tb": r"\btb[cd]\b",
}
"""Blanks of a template, each behind a piece of text without which it cannot be there: looking for that is quick."""

_PLACEHOLDER = [(piece, re.compile(pattern)) for piece, pattern in _PLACEHOLDERS.items()]


def _blanks(text: str, lower: str) -> list[Fault]:
    patterns = [pattern for piece, pattern in _PLACEHOLDER if piece in lower]
    places = [found.span() for pattern in patterns for found in pattern.finditer(lower)]
    return [("placeholder", start, end, {"words": text[start:end]}) for start, end in places]


def _misspelt(text: str, *, names: bool) -> list[Fault]:
    return [
        ("misspelling", start, end, {"words": word, "suggestion": " / ".join(suggestions)})
        for (start, end), word, suggestions in misspellings(text, names=names)
    ]


def _long_in(text: str) -> Iterator[Fault]:
    for cell in _CELL.finditer(text):
        for start, end in sentence_spans(cell[0]):
            sentence = cell[0][start:end]
            if (count := count_words(sentence)) > LONG_SENTENCE:
                values = {"words": f"{' '.join(sentence.split()[:8])} …", "count": str(count)}
                yield "long-sentence", cell.start() + start, cell.start() + end, values


_CELL = re.compile(r"[^|]+")  # a row of a table is a list item, and its cells are no one sentence
