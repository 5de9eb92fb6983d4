"""A complaint that no phrase tells, by the words that it shares with complaints of one kind more than with those of others."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from math import exp, log
from typing import NamedTuple

from appealkit.text import load

NONE = "none"
_WORD = re.compile(r"[a-z]+|[\u4e00-\u9fff]")
_STEM = 6  # letters; what follows them is mostly an ending
_FEW = 2  # words; fewer tell nothing
_SMOOTHING = 0.2  # of a word, for those that an issue never had
_NOTATION = re.compile(r"\{\w+\}|[*~#\u2026/]")


class _Known(NamedTuple):
    weights: dict[str, dict[str, float]]  # by issue: the logarithm of each word's share
    unseen: dict[str, float]
    words: frozenset[str]


def most_alike(words: str) -> tuple[str, float]:
    """Tell which kind of complaint words are most like.

    Each word counts by its share among the examples and phrases of each kind (naive Bayes); words that none of them has count nothing.

    Args:
        words: a sentence or point, in lower case.

    Returns:
        The id of the issue, or `none` for what stands in any notice, and how likely it is against all others, from 0 to 1.

    >>> most_alike("the doorbell never rang")[0]
    'not-received'
    """
    known = _known()
    features = [word for word in _features(words) if word in known.words]
    sums = {kind: sum(weights.get(word, known.unseen[kind]) for word in features) for kind, weights in known.weights.items()}
    if len(features) < _FEW:
        return NONE, 0.0
    kind = max(sums, key=lambda name: sums[name])
    return kind, 1 / sum(exp(other - sums[kind]) for other in sums.values())


def _features(words: str) -> set[str]:
    """Return the beginnings of the words, and Chinese characters by one and by two."""
    found = [match.group()[:_STEM] for match in _WORD.finditer(words)]
    pairs = {a + b for a, b in pairwise(found) if not a.isascii() and not b.isascii()}
    return (set(found) | pairs) - _common()


@cache
def _common() -> frozenset[str]:
    return frozenset(load("notices.toml")["common"]["words"])


def _examples() -> Iterator[tuple[str, str]]:
    for kind, complaints in load("complaints.toml").items():
        for complaint in complaints:
            yield kind, complaint.lower()
    for kind, entry in load("notices.toml")["issue"].items():
        for phrase in entry["phrases"] if kind != "other" else ():
            yield kind, _NOTATION.sub(" ", phrase)
    for question in load("notices.toml")["question"].values():
        for phrase in (*question["phrases"], *question["weak"]):
            yield NONE, _NOTATION.sub(" ", phrase)


@cache
def _known() -> _Known:
    counts: dict[str, Counter[str]] = {}
    size: Counter[str] = Counter()
    for kind, example in _examples():
        counts.setdefault(kind, Counter()).update(_features(example))
        size[kind] += 1
    words = frozenset(word for counter in counts.values() for word in counter)
    total = {kind: size[kind] + _SMOOTHING * len(words) for kind in counts}
    weights = {kind: {word: log((n + _SMOOTHING) / total[kind]) for word, n in counter.items()} for kind, counter in counts.items()}
    return _Known(weights, {kind: log(_SMOOTHING / total[kind]) for kind in counts}, words)
