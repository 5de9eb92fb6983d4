"""Words of a notice to what they are most like, by weights learned from examples: a complaint, a question, or a kind of notice.

`tests/notices/fit.py` learns from the examples in `tests/notices/examples`, and from labelled notices what `weigh` decides.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from math import exp, log
from typing import Literal, NamedTuple

from appealkit.tables import load
from appealkit.text import CHINESE

NONE = "none"
Examples = Literal["complaints", "questions", "kinds"]
Decision = Literal["asked", "notices", "numbers", "readings", "deadline", "mentions"]
"""What is decided by weighing: whether a complaint is asked about, the kind of a notice, how many complaints it asks about, which reading
of the whole is right, whether a period is the time to answer, whether a question that is mentioned is asked."""
_WORD = re.compile(rf"(?<![a-z\d])[a-z]+(?![a-z\d])|{CHINESE}")  # no part of a product number
_STEM = 5  # letters; what follows them is mostly an ending
_FEW = 2  # words; fewer tell nothing


class _Learned(NamedTuple):
    classes: tuple[str, ...]
    bias: tuple[float, ...]
    step: float
    weights: Mapping[str, list[int]]


def features(words: str) -> list[str]:
    """Return what weighs in words: their beginnings, and each two in a row; of Chinese the characters.

    Args:
        words: some words, in lower case.

    Returns:
        The features, each once, in their order.

    >>> features("lost parcels")
    ['lost', 'parce', 'lost parce']
    """
    found = [word[:_STEM] for word in _WORD.findall(words)]
    return list(dict.fromkeys([*found, *map(" ".join, pairwise(found))]))


def weigh(shown: Iterable[str] | Mapping[str, float], table: Examples | Decision) -> dict[str, float]:
    """Add up what speaks for each class.

    Args:
        shown: features, each once, or with how much of each there is.
        table: what was learned.

    Returns:
        For each class the logarithm of its odds, before they are weighed against one another.
    """
    learned = _learned(table)
    total = list(learned.bias)
    amounts = shown if isinstance(shown, Mapping) else dict.fromkeys(shown, 1.0)
    for name, amount in amounts.items():
        parts = learned.weights.get(name, [])
        for place, steps in zip(parts[::2], parts[1::2], strict=True):
            total[place] += amount * steps * learned.step
    return dict(zip(learned.classes, total, strict=True))


def shares(words: str, examples: Examples) -> dict[str, float]:
    """Tell how likely words belong to each class of examples, of which they belong to one.

    Args:
        words: some words, in lower case.
        examples: what they are compared with.

    Returns:
        For each class a share of one.
    """
    return {name: exp(share) for name, share in log_shares(weigh(features(words), examples)).items()}


def log_shares(told: Mapping[str, float]) -> dict[str, float]:
    """Return the logarithm of the share of each class, where one of them is right.

    Args:
        told: the logarithm of the odds of each, before they are weighed against one another.

    >>> {name: round(exp(share), 2) for name, share in log_shares({"one": 5.0, "other": 5.0}).items()}
    {'one': 0.5, 'other': 0.5}
    """
    most = max(told.values())
    whole = most + log(sum(exp(total - most) for total in told.values()))
    return {name: total - whole for name, total in told.items()}


def most_alike(words: str, examples: Examples = "complaints") -> tuple[str, float]:
    """Tell which class of examples words are most like.

    Args:
        words: a sentence or point, in lower case.
        examples: what they are compared with.

    Returns:
        The class, or `none` for what stands in any notice, and how likely it is against all others, from 0 to 1.

    >>> most_alike("the doorbell never rang")[0], most_alike("the accounts share one owner", "kinds")[0]
    ('not-received', 'related-account')
    """
    told = shares(words, examples) if len(_WORD.findall(words)) >= _FEW else {NONE: 0.0}
    best = max(told, key=lambda name: told[name])
    return best, told[best]


def likely(words: str, examples: Examples) -> dict[str, float]:
    """Tell how likely words belong to each class of examples, of which they may belong to several.

    Args:
        words: some words, in lower case.
        examples: what they are compared with.

    Returns:
        For each class a number from 0 to 1.
    """
    return {name: 1 / (1 + exp(-total)) for name, total in weigh(features(words), examples).items()}


@cache
def _learned(table: Examples | Decision) -> _Learned:
    stored = load("likeness.json")[table]
    return _Learned(tuple(stored["classes"]), tuple(stored["bias"]), stored["step"], stored["features"])
