"""How much of an assembled letter is the seller's, and how much is the template's."""

import json
import re
from functools import lru_cache
from typing import Any, NamedTuple

from appealkit.case import Case
from appealkit.letter import Letter, assemble
from appealkit.text import count_words

_GIVEN = "x"  # stands for whatever the seller wrote; no word of the template
_DATE = re.compile(r"\b\d{1,2} [A-Z][a-z]{2,8} \d{4}\b")
_WRITTEN = frozenset({"store", "marketplace", "title", "failed", "led_to", "what", "who", "how", "frequency", "name", "role", "own"})
"""The facts that are words of the seller's own, by the names that they have in a case."""


class Share(NamedTuple):
    """How many words of a letter the seller gave: facts, figures, dates, own wording.

    Args:
        given: the words that stand in the letter because the seller gave them.
        words: all words of the letter.
    """

    given: int
    words: int


def share(letter: Letter) -> Share:
    """Count the words of an assembled letter, and those of them that the seller gave.

    Args:
        letter: an assembled letter.

    Returns:
        Both counts. A figure counts as given, and so does a date.

    >>> share(assemble(Case(store="Blue Kite"))).given
    4
    """
    words = count_words(_told(letter))
    return Share(words - _kits(json.dumps(_emptied(letter.case.model_dump(mode="json")))), words)


@lru_cache(maxsize=64)  # while a fact is being typed, the rest of the letter stays
def _kits(bare: str) -> int:
    """Count the words that the template contributes to the letter of a case, given as JSON with nothing of the seller's in it."""
    words = (word.strip(".,;:()") for word in _DATE.sub("", _told(assemble(Case.model_validate_json(bare)))).split())
    return sum(word not in {"", _GIVEN} and not any(map(str.isdigit, word)) for word in words)


def _told(letter: Letter) -> str:
    """Return the words of a letter without its list marks."""
    return " ".join(letter.text[segment.start : segment.end] for segment, _ in letter.parts)


def _emptied(facts: Any) -> Any:  # noqa: ANN401 - a case as plain data has values of any kind
    """Put one letter in the place of everything that the seller wrote in words of their own."""
    match facts:
        case dict():
            facts = {name: below for name, below in facts.items() if name != "email"}  # it stands alone in its line, and must be one
            return {name: _GIVEN if name in _WRITTEN and below else _emptied(below) for name, below in facts.items()}
        case list():
            return [_emptied(entry) for entry in facts]
        case _:
            return facts
