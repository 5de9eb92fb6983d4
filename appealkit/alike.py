"""A sentence that no phrase tells, by the words that it shares with examples of one class more than with those of others."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from math import exp, log
from typing import Literal, NamedTuple

from appealkit.text import load

NONE = "none"
Examples = Literal["complaints", "kinds"]
_WORD = re.compile(r"[a-z]+|[\u4e00-\u9fff]")
_STEM = 6  # letters; what follows them is mostly an ending
_FEW = 2  # words; fewer tell nothing
_SMOOTHING = 0.2  # of a word, for those that a class never had
_NOTATION = re.compile(r"\{\w+\}|[*~#\u2026/]")


class _Known(NamedTuple):
    weights: dict[str, dict[str, float]]  # by class: the logarithm of each word's share
    unseen: dict[str, float]
    words: frozenset[str]


def most_alike(words: str, examples: Examples = "complaints") -> tuple[str, float]:
    """Tell which class of examples words are most like.

    Each word counts by its share among the examples of each class (naive Bayes); words that none of them has count nothing.

    Args:
        words: a sentence or point, in lower case.
        examples: `complaints`, to tell an issue, or `kinds`, to tell a kind of notice.

    Returns:
        The class, or `none` for what stands in any notice, and how likely it is against all others, from 0 to 1.

    >>> most_alike("the doorbell never rang")[0], most_alike("the accounts share one owner", "kinds")[0]
    ('not-received', 'related-account')
    """
    known = _known(examples)
    features = [word for word in _features(words) if word in known.words]
    if len(features) < _FEW:
        return NONE, 0.0
    sums = {name: sum(weights.get(word, known.unseen[name]) for word in features) for name, weights in known.weights.items()}
    best = max(sums, key=lambda name: sums[name])
    return best, 1 / sum(exp(other - sums[best]) for other in sums.values())


def _features(words: str) -> set[str]:
    """Return the beginnings of the words, and Chinese characters by one and by two."""
    found = [match.group()[:_STEM] for match in _WORD.finditer(words)]
    pairs = {a + b for a, b in pairwise(found) if not a.isascii() and not b.isascii()}
    return (set(found) | pairs) - _common()


@cache
def _common() -> frozenset[str]:
    return frozenset(load("notices.toml")["common"]["words"])


def _listed(examples: Examples) -> Iterator[tuple[str, str]]:
    for name, sentences in load(f"{examples}.toml").items():
        for sentence in sentences:
            yield name, sentence.lower()
    if examples == "complaints":
        yield from _phrases()


def _phrases() -> Iterator[tuple[str, str]]:
    """Yield the phrases that tell an issue, and those that ask a question, which names none."""
    for name, entry in load("notices.toml")["issue"].items():
        for phrase in entry["phrases"] if name != "other" else ():
            yield name, _NOTATION.sub(" ", phrase)
    for question in load("notices.toml")["question"].values():
        for phrase in (*question["phrases"], *question["weak"]):
            yield NONE, _NOTATION.sub(" ", phrase)


@cache
def _known(examples: Examples) -> _Known:
    counts: dict[str, Counter[str]] = {}
    size: Counter[str] = Counter()
    for name, sentence in _listed(examples):
        counts.setdefault(name, Counter()).update(_features(sentence))
        size[name] += 1
    words = frozenset(word for counter in counts.values() for word in counter)
    total = {name: size[name] + _SMOOTHING * len(words) for name in counts}
    weights = {name: {word: log((n + _SMOOTHING) / total[name]) for word, n in counter.items()} for name, counter in counts.items()}
    return _Known(weights, {name: log(_SMOOTHING / total[name]) for name in counts}, words)
