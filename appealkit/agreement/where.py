"""Which part of the data a sentence is about: its marketplace, way of fulfilment, year and metric."""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from appealkit.figures.health import Reading
from appealkit.marketplaces import key_of, known_marketplaces, marketplace_name, marketplaces
from appealkit.span import Span
from appealkit.tables import load

_YEAR = re.compile(r"\b(?:in|of|for|during|since|year) (20\d\d)\b")


class Meant(NamedTuple):
    """The data, and the part of it that a letter is about where a sentence names no marketplace.

    Args:
        every: all readings.
        unnamed: those of the marketplaces that a sentence means without naming one.
        whence: the marketplace of these, where they are of one of several; empty otherwise.
        guessed: whether neither letter nor notice names it, and it is only the one that misses a target.
        noticed: what all have together, where that may be what the notice states: it may be told wherever a metric is.
    """

    every: Collection[Reading]
    unnamed: Collection[Reading]
    whence: str = ""
    guessed: bool = False
    noticed: tuple[Reading, ...] = ()


def readings_meant(letter: str, notice: str, readings: Collection[Reading]) -> Meant:
    """Tell which marketplace a letter is about: the one that it names, or the notice, or the only one that misses a target.

    An account is deactivated for what it misses: a figure of another marketplace in its place is no answer, even where it is right there.

    Args:
        letter: its text, in lower case.
        notice: what the notice says, in lower case; empty when there is none.
        readings: the metrics of the data.
    """
    given = {key_of(reading.marketplace) for reading in readings if reading.marketplace}
    if len(given) < _SEVERAL:
        return Meant(readings, readings)
    own = _named_in(letter)
    missing = {key_of(each.marketplace) for each in readings if each.marketplace and each.meets_target is False}
    settled = own or _named_in(notice) & given
    named = settled or (missing if len(missing) == 1 else set())
    some = [each for each in readings if each.marketplace and key_of(each.marketplace) in named]
    if not some or len(own) > 1:
        return Meant(readings, readings)
    whence = {marketplace_name(str(each.marketplace)) for each in some}
    return Meant(readings, some, next(iter(whence)) if len(whence) == 1 else "", guessed=not settled)


_SEVERAL = 2


@lru_cache(maxsize=64)
def _named_in(text: str) -> frozenset[str]:
    """Return the marketplaces that a text names, other than in the addresses of mails and pages."""
    return frozenset(
        str(found.lastgroup)
        for found in marketplaces().finditer(text)
        if not _OF_ADDRESS.search(text, max(0, found.start() - 1), found.start())
    )


_OF_ADDRESS = re.compile(r"[\w@.]", re.ASCII)


def readings_there(text: str, sentence: Span, meant: Meant) -> tuple[Reading, ...]:
    """Return the readings of the marketplaces and the way of fulfilment that a sentence, or its paragraph before it, names.

    Where there are no orders there is no rate that a letter could mean, as long as other orders have one.
    """
    named = {found.lastgroup for found in marketplaces().finditer(text, *sentence)}
    if not named:
        before = [found.lastgroup for found in marketplaces().finditer(text, text.rfind("\n", 0, sentence.start) + 1, sentence.start)]
        named = {*before[-1:]}
    ways = {way for way, words in _ways().items() if words.search(text, *sentence)}
    some = meant.every if named else meant.unnamed
    known = set(map(key_of, known_marketplaces()))
    given = {key_of(reading.marketplace) for reading in some if reading.marketplace}
    others = given - known if given.isdisjoint(named) else frozenset()  # a name that is not known may be that of the one that is named
    there = [
        reading
        for reading in some
        if (not named or reading.marketplace is None or key_of(reading.marketplace) in named | others)
        and (not ways or reading.fulfilment not in _ways() or reading.fulfilment in ways)
    ]
    rated = {reading.id for reading in there if reading.orders}
    return tuple(reading for reading in there if reading.orders != 0 or reading.id not in rated)


def of_another_year(text: str, sentence: Span, readings: Sequence[Reading], counting: Collection[int] = ()) -> bool:
    """Tell whether a sentence speaks of a year, and of none in which the data is; a number that counts orders is none: “46 of 2010”.

    Args:
        text: the letter, in lower case.
        sentence: where the sentence is.
        readings: the part of the data that it is about.
        counting: where its numbers begin that count something.
    """
    named = {int(found[1]) for found in _YEAR.finditer(text, *sentence) if found.start(1) not in counting}
    known = {day.year for reading in readings for day in (reading.start, reading.end) if day}
    return bool(named and known) and named.isdisjoint(known)


def readings_about(metrics: Collection[str], readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings of the metrics that a figure may be about; all where there are none."""
    return [reading for reading in readings if reading.id in metrics] if metrics else [*readings]


@cache
def _ways() -> Mapping[str, re.Pattern[str]]:
    """Find the ways of fulfilment that are named."""
    return {way: re.compile(rf"\b(?:{'|'.join(words)})\b") for way, words in load("agreement.toml")["way"].items()}
