"""Which part of the data a sentence is about: its marketplace, way of fulfilment, year and metric."""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache

from appealkit.agreement.told import Told
from appealkit.health import Reading, marketplace_name
from appealkit.segment import Span
from appealkit.text import load

_YEAR = re.compile(r"\b(?:in|of|for|during|since|year) (20\d\d)\b")


def readings_there(text: str, sentence: Span, readings: Collection[Reading]) -> tuple[Reading, ...]:
    """Return the readings of the marketplaces and the way of fulfilment that a sentence, or its paragraph before it, names."""
    named = {found.lastgroup for found in _places().finditer(text, *sentence)}
    if not named:
        before = [found.lastgroup for found in _places().finditer(text, text.rfind("\n", 0, sentence.start) + 1, sentence.start)]
        named = {*before[-1:]}
    ways = {way for way, words in _ways().items() if words.search(text, *sentence)}
    known = {_key(name) for name in load("health.toml")["marketplaces"].values()}
    return tuple(
        reading
        for reading in readings
        if (not named or reading.marketplace is None or (key := _key(marketplace_name(reading.marketplace))) in named or key not in known)
        and (not ways or reading.fulfilment not in _ways() or reading.fulfilment in ways)
    )


def of_another_year(text: str, sentence: Span, readings: Sequence[Reading]) -> bool:
    """Tell whether a sentence speaks of a year, and of none in which the data is."""
    named = {int(found[1]) for found in _YEAR.finditer(text, *sentence)}
    known = {day.year for reading in readings for day in (reading.start, reading.end) if day}
    return bool(named and known) and named.isdisjoint(known)


def readings_about(told: Told, sentence: Span, position: int, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings of the metric that the figure at a position is about; all where none is named."""
    metric = told.metric(sentence, position)
    return [reading for reading in readings if reading.id == metric] if metric else [*readings]


@cache
def _ways() -> Mapping[str, re.Pattern[str]]:
    """Find the ways of fulfilment that are named."""
    return {way: re.compile(rf"\b(?:{'|'.join(words)})\b") for way, words in load("agreement.toml")["way"].items()}


@cache
def _places() -> re.Pattern[str]:
    """Find the marketplaces that are named, by their address or by their country."""
    site = "marketplaces?|store|site|account|shop|amazon"
    shapes = {name: re.escape(name.lower()) + r"(?!\.?\w)" for name in load("health.toml")["marketplaces"].values()}
    for name, words in load("agreement.toml")["place"].items():
        country = "|".join(words)
        shapes[name] += rf"|\b(?:{country}) (?:{site})\b|\b(?:{site}) (?:(?:in|for) )?(?:the )?(?:{country})(?!\w)"
    return re.compile("|".join(rf"(?P<{_key(name)}>{shape})" for name, shape in shapes.items()))


def _key(name: str) -> str:
    return name.lower().replace(".", "_")
