"""Faults that sit in the words of single sentences."""

from collections.abc import Iterator
from functools import lru_cache

from appealkit.checks.draft import Check, Draft, Found, about
from appealkit.checks.patterns import Shows, any_of


def signalled(rule: str) -> Check:
    """Make the check for a fault that sits in the words of single sentences."""

    def check(draft: Draft) -> Iterator[Found]:
        return (about(sentence) for sentence in draft.body if rule in sentence.signals or rule in outright(sentence.text))

    return check


_OUTRIGHT = {rule: Shows(any_of(rule), words=True) for rule in ("blame", "emotional")}
_ANY_OUTRIGHT = Shows("|".join(map(any_of, _OUTRIGHT)), words=True)
_QUOTES = frozenset('"\u201c\u201d\u201e\u00ab')
_NEGATED = Shows(any_of("negated"), words=True)


@lru_cache(maxsize=2048)
def outright(text: str) -> frozenset[str]:
    """Return the faults that words say outright, such as “the courier is at fault”: no word takes it back, and nobody is quoted."""
    if not _ANY_OUTRIGHT.within(text) or _NEGATED.within(text) or not _QUOTES.isdisjoint(text):
        return frozenset()
    return frozenset([rule for rule, words in _OUTRIGHT.items() if words.within(text)])
