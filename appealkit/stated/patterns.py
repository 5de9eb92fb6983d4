"""What figures are found by: patterns made of the words in `data/agreement.toml`, compiled once."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from appealkit.tables import load

AHEAD = 60
"""Characters before a figure in which its words stand."""
MOST = 60
"""Numbers of a sentence that are looked at; a sentence of more is none that tells figures."""


def data() -> dict[str, Any]:
    """Return the words and shapes of `data/agreement.toml`."""
    return load("agreement.toml")


@cache
def filled(pattern: str) -> re.Pattern[str]:
    """Put the lists of words into a pattern of the data."""
    return re.compile(re.sub(r"\{([a-z]+)\}", lambda name: f"(?:{'|'.join(data()['words'][name[1]])})", pattern))


@cache
def rate_words(name: str) -> Any:  # noqa: ANN401 - a pattern, or one for each kind
    """Return what stands beside a percentage.

    Args:
        name: its name under `[rate]` in `data/agreement.toml`.

    Returns:
        The pattern; for `kind` one for each kind of defect.
    """
    told = data()["rate"][name]
    return {kind: filled(pattern) for kind, pattern in told.items()} if isinstance(told, dict) else filled(told)


@cache
def counted(kind: str) -> dict[str, tuple[re.Pattern[str], re.Pattern[str], list[tuple[re.Pattern[str], re.Pattern[str]]]]]:
    """Return what tells that a number counts something.

    Args:
        kind: `kind` for kinds of defect, `sum` for all defects and all orders, `in-window` for what is so only beside the window.

    Returns:
        For each thing that is counted: a noun behind the number, a verb behind it, and pairs of words before it and behind it.
    """
    return {
        what: (
            _any_of(shapes["noun"]),
            _any_of([f"(?: of {{ours}}(?= (?:{{orders}}|{{people}})))?(?:{'|'.join(shapes['verb'])})"] if shapes["verb"] else []),
            [(filled(rf"\b{ahead}\Z"), filled(then)) for ahead, then in shapes["before"]],
        )
        for what, shapes in data()[kind].items()
    }


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return filled("|".join(patterns) or r"(?!)")


@cache
def behind(key: str) -> re.Pattern[str]:
    """Return what may stand behind a count: another kind (`both`), what comes again (`rhythm`), what it is about (`named-part`)."""
    return re.compile(data()[key])
