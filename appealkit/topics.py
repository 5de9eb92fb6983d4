"""What the words of a sentence tell, by the lists of `data/checks.toml`: its topics, and whether it holds a word of some kind."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache, partial

from appealkit.lexicon import entries_in
from appealkit.memory import Memory
from appealkit.tables import load
from appealkit.vocabulary import months, number_words, weekdays

_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=2048)
def distinct_words(text: str) -> frozenset[str]:
    """Return the words of a text in lower case.

    >>> sorted(distinct_words("We count the shelf; we count it twice."))
    ['count', 'it', 'shelf', 'the', 'twice', 'we']
    """
    return frozenset(_WORD.findall(text.lower()))


@lru_cache(maxsize=2048)
def topics(text: str) -> frozenset[str]:
    """Return the topics that the words of a sentence belong to.

    Args:
        text: a sentence.

    Returns:
        Names of the topics; empty when none of its words belongs to any.

    >>> sorted(topics("We count the shelf."))
    ['stock']
    """
    lower = text.lower()
    topic_of, phrases = _topic_of()
    found = {topic for word in distinct_words(text) for topic in topic_of.get(word, ())}
    return frozenset(found.union(*[topic_of[phrase] for phrase in phrases if phrase in lower]))


@lru_cache(maxsize=2048)
def has(kind: str, text: str) -> bool:
    """Tell whether a text holds one of the words or phrases of a kind.

    Args:
        kind: name of a list, such as `rhythm`.
        text: a sentence.

    Returns:
        Whether it does.

    >>> has("rhythm", "Every Monday two people count the shelf.")
    True
    """
    words, phrases = words_of_kind(kind)
    if not words.isdisjoint(distinct_words(text)):
        return True
    lower = text.lower()
    return any(phrase in lower for phrase in phrases)


@cache
def words_of_kind(kind: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the single words and the phrases of a kind.

    Args:
        kind: name of a list.

    Returns:
        The words and the phrases.
    """
    entries = load("checks.toml")[kind]
    return frozenset(entry for entry in entries if entry.isalpha()), tuple(entry for entry in entries if not entry.isalpha())


_ENDING = re.compile(r"(?<=\w{3})(?:ings?|e[drs]?|ers|(?<!s)s)\Z")  # without it, "packed", "packing" and "packs" are alike
_stem = Memory(partial(_ENDING.sub, ""), most=1 << 13)
_SHORTEST = 3  # letters: "mug" is a word to tell by


@lru_cache(maxsize=2048)
def stems(text: str) -> frozenset[str]:
    """Return the stems of the words that say what a sentence is about.

    >>> sorted(stems("We packed the mugs."))
    ['mug', 'pack']
    """
    return frozenset([_stem[word] for word in distinct_words(text) if len(word) >= _SHORTEST and word not in _commonplace()])


@cache
def _commonplace() -> frozenset[str]:
    """Return the words that say nothing of what a sentence is about: how many and when are told of anything."""
    return words_of_kind("commonplace")[0].union(number_words(), months(), weekdays())


@cache
def _topic_of() -> tuple[Mapping[str, tuple[str, ...]], tuple[str, ...]]:
    """Return the topics of every word and phrase, and the phrases by themselves."""
    known: dict[str, tuple[str, ...]] = {}
    for topic, entries in load("checks.toml")["topic"].items():
        for entry in {entry.lower() for entry in entries_in(entries)}:
            known[entry] = (*known.get(entry, ()), topic)
    return known, tuple(phrase for phrase in known if " " in phrase)
