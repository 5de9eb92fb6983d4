"""What the words of a sentence say outright, wherever it stands."""

from functools import cache, lru_cache

from appealkit.shows import Shows
from appealkit.text import load

_QUOTES = frozenset('"\u201c\u201d\u201e\u00ab')


@lru_cache(maxsize=2048)
def outright(text: str) -> frozenset[str]:
    """Return the faults that words say outright: no word takes it back, and nobody is quoted.

    Args:
        text: a sentence.

    Returns:
        The faults, by the id of their rule.

    >>> outright("The courier is at fault."), outright("The courier is not at fault.")
    (frozenset({'blame'}), frozenset())
    """
    if not _any().now_within(text) or not _QUOTES.isdisjoint(text):
        return frozenset()
    said = frozenset([fault for fault, words in _faults().items() if words.now_within(text)])
    return said - _negatable() if _negated().now_within(text) else said


def where(fault: str, text: str) -> tuple[int, int]:
    """Return where the words begin and end that say a fault outright.

    Args:
        fault: one of those that `outright` gives.
        text: the sentence.
    """
    return _faults()[fault].first(text)


@cache
def _any() -> Shows:
    return _shows(*(words for fault in load("outright.toml")["fault"].values() for words in fault["says"]))


@cache
def _faults() -> dict[str, Shows]:
    return {name: _shows(*fault["says"]) for name, fault in load("outright.toml")["fault"].items()}


@cache
def _negated() -> Shows:
    return _shows(*load("outright.toml")["negated"])


@cache
def _negatable() -> frozenset[str]:
    return frozenset([name for name, fault in load("outright.toml")["fault"].items() if fault["negatable"]])


def _shows(*words: str) -> Shows:
    return Shows(rf"(?:{'|'.join(words)})\b", words=True)
