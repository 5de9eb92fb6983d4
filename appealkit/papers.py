"""Papers that words are about: those that a letter hands in, and of which kinds they are."""

from typing import Literal

from appealkit.phrases import holds, pattern
from appealkit.span import Span
from appealkit.tables import load


def enclosing(text: str) -> Span | None:
    """Return the words with which a sentence hands in papers that it names; None where it hands in none.

    Args:
        text: a sentence of a letter.

    >>> text = "We refunded all (enclosed: the invoices)."
    >>> enclosing(text).of(text), enclosing("We checked the invoices.")
    ('enclosed', None)
    """
    lower = text.lower()
    found = pattern("letter", "evidence").search(lower)
    return Span(*found.span()) if found and holds(lower, "letter", "papers") else None


def kinds_of_papers(words: str, told: Literal["asked", "given"]) -> frozenset[str]:
    """Return the kinds of papers that words ask for, or hand in.

    Args:
        words: the words, in lower case.
        told: whether they ask, or hand in.

    >>> sorted(kinds_of_papers("we enclose the proof of delivery", "given"))
    ['delivery']
    """
    return frozenset(kind for kind in load("notices.toml")["letter"]["proof"] if holds(words, "letter", "proof", kind, told))
