"""The roles of a sentence and the principles that they serve."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from appealkit.segment import Layout, Segment, Span
from appealkit.text import load


class Principle(StrEnum):
    """The four principles of the letter, in the order in which it meets them."""

    SINCERITY = "sincerity"
    STRUCTURE = "structure"
    CAUSE = "cause"
    CLOSING = "closing"


class Role(StrEnum):
    """What a sentence does in the letter."""

    GREETING = "greeting"
    HEADING = "heading"
    ACKNOWLEDGEMENT = "acknowledgement"
    CAUSE = "cause"
    FACT = "fact"
    ACTION_TAKEN = "action_taken"
    ACTION_PLANNED = "action_planned"
    COMMITMENT = "commitment"
    REQUEST = "request"
    SIGNOFF = "signoff"
    OTHER = "other"

    @property
    def principle(self) -> Principle | None:
        """The principle that the role serves; None for `other`."""
        return _PRINCIPLE.get(self)


_PRINCIPLE = {
    Role.GREETING: Principle.STRUCTURE,
    Role.HEADING: Principle.STRUCTURE,
    Role.SIGNOFF: Principle.STRUCTURE,
    Role.ACKNOWLEDGEMENT: Principle.SINCERITY,
    Role.CAUSE: Principle.CAUSE,
    Role.FACT: Principle.CAUSE,
    Role.ACTION_TAKEN: Principle.CLOSING,
    Role.ACTION_PLANNED: Principle.CLOSING,
    Role.COMMITMENT: Principle.CLOSING,
    Role.REQUEST: Principle.CLOSING,
}


SIGNALS = ("blame", "denial", "emotional", "demanding", "vague-action", "vague-cause")
"""Faults that sit in the words of a sentence: weighed like roles, by the same cues, and read by the rules of the same name."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words of one segment say: its roles, the signals in it, and the words that decided each of them."""

    segment: Segment
    roles: frozenset[Role]
    signals: frozenset[str]
    cues: tuple[tuple[str, Span], ...]


_TOKEN = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*|\d+(?:[.,:/-]\d+)*|[%$\u20ac\u00a3?]")
_DECIDED = {Layout.GREETING: Role.GREETING, Layout.SIGNOFF: Role.SIGNOFF, Layout.NOTICE: Role.OTHER}
_CUES_SHOWN = 3


def read(text: str, segments: Sequence[Segment]) -> tuple[Reading, ...]:
    """Give every segment its roles.

    A role is a sum of weights: of the words of the segment, of the heading above it, of its neighbours and its place.
    The weights are data (`data/weights.json`), learned from labelled letters by `tests/letters/fit.py`.

    Args:
        text: the letter.
        segments: its segments, as `segment` gives them.

    Returns:
        One reading a segment, in order.
    """
    described = describe(text, segments)
    return tuple(_reading(segment, features) for segment, features in zip(segments, described, strict=True))


def _reading(segment: Segment, features: Mapping[str, Span | None]) -> Reading:
    decided = _DECIDED.get(segment.layout)
    if decided is not None:
        return Reading(segment, frozenset({decided}), frozenset(), ())
    weights = _weights()
    totals = list(weights.bias)
    for feature in features:
        for label, weight in weights.table.get(feature, ()):
            totals[label] += weight
    chosen = [label for label, total in enumerate(totals) if total > 0]
    if not any(label < len(Role) - 1 for label in chosen):
        best = max(range(len(Role)), key=totals.__getitem__)
        chosen = [best, *(label for label in chosen if label >= len(Role))]
    chosen = [label for label in chosen if weights.labels[label] != Role.OTHER or len([c for c in chosen if c < len(Role)]) == 1]
    names = [weights.labels[label] for label in chosen]
    return Reading(
        segment,
        frozenset(Role(name) for label, name in zip(chosen, names, strict=True) if label < len(Role)),
        frozenset(name for label, name in zip(chosen, names, strict=True) if label >= len(Role)),
        tuple((weights.labels[label], span) for label in chosen for span in _deciding(label, features)),
    )


def _deciding(label: int, features: Mapping[str, Span | None]) -> list[Span]:
    """Return the words that weighed most for a label, in the order of the text."""
    table = _weights().table
    weighed = [
        (weight, span) for feature, span in features.items() if span for of, weight in table.get(feature, ()) if of == label and weight > 0
    ]
    weighed.sort(key=lambda pair: (-pair[0], pair[1]))
    return sorted({span for _, span in weighed[:_CUES_SHOWN]})


def describe(text: str, segments: Sequence[Segment]) -> list[dict[str, Span | None]]:
    """Describe every segment by its features; a feature of its own words has their span.

    Args:
        text: the letter.
        segments: its segments.

    Returns:
        For each segment its features, such as `w=sorry` (a word), `b=we failed` (two in a row), `c=admit` (a class of phrases in
        `data/cues.toml`), `h=cause` (a word of the heading above), `p=0` (its fifth of the letter).
    """
    body = max(1, sum(segment.layout is not Layout.NOTICE for segment in segments))
    described: list[dict[str, Span | None]] = []
    heading: list[str] = []
    before: list[str] = ["^"]
    place = 0
    for number, segment in enumerate(segments):
        words, spans = _tokens(text, segment)
        features: dict[str, Span | None] = {f"@{segment.layout}": None}
        if segment.layout is not Layout.NOTICE:
            features[f"p={5 * place // body}"] = None
            place += 1
        _describe_words(words, spans, features)
        if segment.layout is Layout.HEADING:
            heading = words
        else:
            features |= dict.fromkeys(map("h={}".format, heading or ("-",)))
        features[f"before={before[0]}"] = None
        features[f"before=@{segments[number - 1].layout if number else '^'}"] = None
        features[f"after=@{segments[number + 1].layout if number + 1 < len(segments) else '$'}"] = None
        features[f"long={min(4, len(words) // 8)}"] = None
        described.append(features)
        before = words or ["^"]
    return described


def _tokens(text: str, segment: Segment) -> tuple[list[str], list[Span]]:
    words: list[str] = []
    spans: list[Span] = []
    for found in _TOKEN.finditer(text, segment.start, segment.end):
        word = found.group().lower().replace("\u2019", "'")
        words.append("0" if word[0].isdigit() else word)
        spans.append(Span(found.start(), found.end()))
    return words, spans


def _describe_words(words: list[str], spans: list[Span], features: dict[str, Span | None]) -> None:
    classes = _cues()
    for number, word in enumerate(words):
        features.setdefault(f"w={word}", spans[number])
        if number:
            features.setdefault(f"b={words[number - 1]} {word}", Span(spans[number - 1].start, spans[number].end))
        for phrase, name in classes.get(word, ()):
            last = number + len(phrase)
            if words[number:last] == phrase:
                features.setdefault(f"c={name}", Span(spans[number].start, spans[last - 1].end))
    if words:
        features[f"s={words[0]}"] = spans[0]
        features[f"s={' '.join(words[:2])}"] = Span(spans[0].start, spans[:2][-1].end)


@dataclass(frozen=True, slots=True)
class _Weights:
    labels: tuple[str, ...]
    bias: tuple[float, ...]
    table: Mapping[str, tuple[tuple[int, float], ...]]


@cache
def _weights() -> _Weights:
    stored = load("weights.json")
    labels = (*Role, *SIGNALS)
    table = {
        feature: tuple((labels.index(label), weight) for label, weight in weights.items()) for feature, weights in stored["features"].items()
    }
    return _Weights(labels, tuple(stored["bias"][label] for label in labels), table)


@cache
def _cues() -> Mapping[str, list[tuple[list[str], str]]]:
    """Return the phrases of all classes by their first word."""
    by_first: dict[str, list[tuple[list[str], str]]] = {}
    for name, phrases in load("cues.toml").items():
        for phrase in phrases:
            words = phrase.split()
            by_first.setdefault(words[0], []).append((words, name))
    return by_first
