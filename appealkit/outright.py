"""What the words of a sentence say outright, wherever it stands."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from appealkit.cues import cues_of
from appealkit.shows import Shows
from appealkit.tables import load

_QUOTES = frozenset('"\u201c\u201d\u201e\u00ab')


class Outright(NamedTuple):
    """Labels of a sentence that its words decide by themselves.

    Args:
        said: those that it has.
        unsaid: those that it does not have.
    """

    said: frozenset[str] = frozenset()
    unsaid: frozenset[str] = frozenset()


_NOTHING = Outright()


@lru_cache(maxsize=2048)
def outright(text: str) -> Outright:
    """Return what words say outright: no other word of the sentence takes it back, and nobody is quoted.

    Args:
        text: a sentence.

    Returns:
        The labels that it has and does not have, faults by the id of their rule.

    >>> outright("The courier is at fault.").said, outright("No courier is at fault.").said
    (frozenset({'blame'}), frozenset())
    """
    found = _found(text)
    if not found:
        return _NOTHING
    rest = _without(text, [group for group in found if group.said])
    said = [label for group in found if group.said for label in group.labels if not _taken_back(label, group, rest)]
    return Outright(frozenset(said), frozenset([label for group in found if not group.said for label in group.labels]))


def said_at(fault: str, text: str) -> tuple[int, int]:
    """Return where the words begin and end that say a fault outright.

    Args:
        fault: one of those that `outright` gives.
        text: the sentence.
    """
    return next(group.says.first(text) for group in _found(text) if group.said and fault in group.labels)


class _Group(NamedTuple):
    """Words that say the same, or that it is not so."""

    said: bool
    labels: tuple[str, ...]
    says: Shows
    unless: Shows | None


def _found(text: str) -> list[_Group]:
    """Return the groups whose words stand in a sentence that quotes nobody."""
    needing = _needing()
    near = dict.fromkeys([group for word in cues_of(text).words if word in needing for group in needing[word]])
    return [group for group in near if group.says.now_within(text)] if near and _QUOTES.isdisjoint(text) else []


def _without(text: str, groups: list[_Group]) -> str:
    """Return what stands beside all that is said outright: who complains of two people takes neither complaint back by the other."""
    for start, end in [group.says.first(text) for group in groups]:
        text = f"{text[:start]}{','.center(end - start)}{text[end:]}"
    return text


def _taken_back(label: str, group: _Group, rest: str) -> bool:
    """Do words beside those that say it take it back?"""
    back = group.unless or _unless().get(label)
    return back is not None and back.now_within(rest)


@cache
def _needing() -> Mapping[str, list[_Group]]:
    """Return the groups by the words that they need."""
    needing: dict[str, list[_Group]] = {}
    for kind in ("said", "unsaid"):
        for listed in load("outright.toml")[kind]:
            unless = _shows(listed["unless"]) if "unless" in listed else None
            group = _Group(kind == "said", tuple(listed["labels"]), _shows(listed["says"]), unless)
            for word in listed["needs"]:
                needing.setdefault(word, []).append(group)
    return needing


@cache
def _unless() -> Mapping[str, Shows]:
    return {label: _shows(words) for label, words in load("outright.toml")["unless"].items()}


def _shows(patterns: list[str]) -> Shows:
    pattern = "|".join(patterns)
    for name, words in reversed(load("outright.toml")["words"].items()):  # what stands below may hold what stands above
        pattern = pattern.replace(f"{{{name}}}", f"(?:{'|'.join(words)})")
    return Shows(rf"(?:{pattern})\b", words=True)
