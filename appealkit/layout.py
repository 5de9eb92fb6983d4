"""The words by which the layout of a text is told: the lists of `data/layout.toml`, and patterns that find them."""

import re
from functools import cache

from appealkit.tables import load

TERMINAL = tuple(".!?\u2026\u3002\uff01\uff1f")
COLONS = (":", "\uff1a")


@cache
def layout_words(key: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(load("layout.toml")[key])


@cache
def opening(key: str) -> re.Pattern[str]:
    """Match one of the stored phrases at the start of a line, whole words only."""
    phrases = sorted(layout_words(key), key=len, reverse=True)
    return re.compile("(?:" + "|".join(re.escape(p) for p in phrases) + r")(?![^\W_])", re.IGNORECASE)


@cache
def anywhere(key: str) -> re.Pattern[str]:
    """Match one of the stored phrases anywhere, whole words only."""
    return re.compile(rf"(?<![^\W_]){opening(key).pattern}", re.IGNORECASE)
