"""Figures and dates of a letter beside those of the seller's data: which of them differ."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from appealkit.agreement.counts import differing_counts, differing_shares, kinds_told, sums_told
from appealkit.agreement.dates import differing_windows, spans_of_window, tells_part_of_window
from appealkit.agreement.known import sums_of, without_cancelled
from appealkit.agreement.rates import differing_from_count_behind, differing_from_own_counts, differing_one_in, differing_rates
from appealkit.agreement.told import Differing, Told, other_words
from appealkit.agreement.where import Meant, of_another_year, readings_about, readings_meant, readings_there
from appealkit.dates import dates
from appealkit.figures.health import Reading, misplaced, together
from appealkit.span import Span
from appealkit.stated.counts import Count, Share, shares
from appealkit.stated.numbers import Number, numbers
from appealkit.stated.periods import NO_YEAR, moments, periods
from appealkit.stated.rates import Rate, is_rate_of, rates


def disagreements(
    told: Told, readings: Collection[Reading], notice: str = "", noticed: Mapping[str, Rate] | None = None
) -> Iterator[Differing]:
    """Find the figures and dates that differ from the data, and rates that differ from the counts beside them: `contradictions`.

    A figure is compared only with the same figure of the same metric, and of the marketplace that its sentence names, or else the whole
    letter, or the notice; where none does, and one alone misses a target, of that one. It agrees when any of these marketplaces or ways of
    fulfilment has it, or some together, within what rounding and its words allow; where the data does not give it, nothing is said. What
    all have together agrees, too, where neither letter nor notice settles which marketplace is meant. Where
    the data contradicts itself, either of its figures agrees; where it may count too few, a greater one does.

    Args:
        told: what the letter tells.
        readings: the metrics of the data.
        notice: what the notice says that the letter answers, in lower case; empty when there is none.
        noticed: the rates that it states, by metric; where such a one is that of all marketplaces together, they agree, too.

    Yields:
        The words of the letter, in their order, and what the data says.
    """
    sound = [reading for reading in readings if not misplaced(reading)]
    meant = readings_meant(told.text, notice, sound)
    meant = meant._replace(noticed=tuple(whole for whole in together(sound) if _is_stated(whole, noticed or {}, otherwise=meant.guessed)))
    for each in sorted(_disagreements(told, meant)):
        whence = f" ({meant.whence})" if meant.whence and not each.own and not each.data.endswith(")") else ""
        yield each._replace(data=each.data + whence)


def _is_stated(whole: Reading, noticed: Mapping[str, Rate], *, otherwise: bool) -> bool:
    """Tell whether a notice states the rate of all, or what holds `otherwise` where it states none."""
    rate = noticed.get(whole.id)
    return otherwise if rate is None else whole.value is not None and not rate.apart(whole.value)


@lru_cache(maxsize=1024)
def contradictions(
    sentence: str, percentages: tuple[Span, ...], named: tuple[tuple[int, str], ...] = (), behind: str = ""
) -> tuple[Differing, ...]:
    """Find the rates of a sentence that differ from the counts beside them, or right behind it, whatever the data says.

    Args:
        sentence: its words, in lower case.
        percentages: the seller's own ones in it.
        named: where it names which metric.
        behind: the next sentence of its paragraph; empty for none.

    Returns:
        The words of the sentence, in their order, and what its counts say.

    >>> contradictions("our order defect rate was 9.1%, 10 of 412 orders.", (Span(26, 30),))
    (Differing(span=Span(start=26, end=30), data='10 / 412 = 2.427%', own=True),)
    """
    whole = Span(0, len(sentence))
    given = numbers(sentence, whole)
    found = [*shares(sentence, whole, given)]
    if not (found or behind):
        return ()
    stated = [*rates(sentence, whole, percentages)]
    told = Told(f"{sentence} {behind}", [whole], percentages, named)
    if not found:
        return tuple(differing_from_count_behind(told, whole, stated, Span(len(sentence) + 1, len(told.text))))
    counted = _with_kinds(found, kinds_told(sentence, whole, given, found))
    return tuple(sorted(differing_from_own_counts(told, whole, stated, counted, ())))


def _with_kinds(found: Iterable[Share], kinds: Iterable[Count]) -> dict[Share, str]:
    """Return shares, each with the kind of defect that it counts; empty for none."""
    kind = {count.number.start: count.what for count in kinds}
    return {share: kind.get(share.part.start, "") for share in found}


def stated_in(letter: str) -> tuple[int, int]:
    """Count the figures, and the days and periods, of a letter that can be compared with data.

    Args:
        letter: the letter, in lower case.

    >>> stated_in("from 2 march to 30 april 2026 our order defect rate was 1.29%, 4 of 310 orders."), stated_in("we are sorry.")
    ((3, 1), (0, 0))
    >>> stated_in("1. on 2026/10/3 at 9:30 we refunded 4 buyers.")
    (1, 1)
    """
    whole = Span(0, len(letter))
    given = numbers(letter, whole)
    told = [span for span, _ in periods(letter, whole, given, NO_YEAR)]
    told += [Span(start, end) for start, end, _ in dates(letter)]
    told += [moment.span for moment in moments(letter, whole, NO_YEAR)]
    days, taken = 0, {place for found in _NO_FIGURE.finditer(letter) for place in range(*found.span())}
    for span in told:
        days += span.start not in taken
        taken.update(range(*span))
    return sum(number.start not in taken for number in given) + letter.count("%"), days


_NO_FIGURE = re.compile(r"^[ \t]*\d{1,2}[.)](?=\s)|\d{1,2}:\d\d", re.MULTILINE)
"""The mark of an entry in a list, and a time of day."""


_Window = tuple[Span, frozenset[str]]
"""Where the window of the data is told, and of which metrics."""


class _Figures(NamedTuple):
    """The figures of one sentence; `counted` when it counts what the data counts, too."""

    given: Sequence[Number]
    shares: Sequence[Share]
    kinds: Sequence[Count]
    rates: Sequence[Rate]
    counted: bool

    def of_some_days(self) -> "_Figures":
        """Return them where the sentence is about a part of the window: then they count no more than a part."""
        shares = [replace(share, part=_some(share.part), whole=_some(share.whole)) for share in self.shares]
        kinds = [replace(count, number=_some(count.number)) for count in self.kinds]
        return self._replace(given=[*map(_some, self.given)], shares=shares, kinds=kinds)


def _some(number: Number) -> Number:
    return replace(number, bound=number.bound or "part")


def _figures(told: Told, sentence: Span) -> _Figures:
    given = numbers(told.text, sentence)
    found = [*shares(told.text, sentence, given)]
    kinds = [*kinds_told(told.text, sentence, given, found)]
    stated = [*rates(told.text, sentence, told.rates_in(sentence))]
    return _Figures(given, found, kinds, stated, counted=not other_words("other_count").search(told.text, *sentence))


def _counting(told: Told, sentence: Span, figures: _Figures) -> set[int]:
    """Return where the numbers of a sentence begin that count something."""
    alone = [*figures.kinds, *sums_told(told, sentence, figures.given, figures.shares, in_window=False)]
    return {number.start for share in figures.shares for number in (share.part, share.whole)} | {count.number.start for count in alone}


def _disagreements(told: Told, meant: Meant) -> Iterator[Differing]:
    counted: list[tuple[Count, Sequence[Reading]]] = []
    known: dict[tuple[int, ...], tuple[Reading, ...]] = {}
    for sentence in told.sentences:
        figures = _figures(told, sentence)
        alone = readings_there(told.text, sentence, meant)
        there: tuple[Reading, ...] = ()
        differing: list[Differing] = []
        apart = (
            not alone
            or other_words("other_metric").search(told.text, *sentence)
            or of_another_year(told.text, sentence, alone, _counting(told, sentence, figures))
        )
        if not apart:
            key = tuple(map(id, alone))
            there = known[key] = known.get(key) or (*alone, *sums_of(alone), *without_cancelled(alone), *meant.noticed)
            if tells_part_of_window(told, sentence, figures.given, there):
                figures = figures.of_some_days()
            window = spans_of_window(told, sentence, figures.given, there)
            differing = [*_beside_data(told, sentence, figures, there, window)]
            counted += _counted(told, sentence, figures, there, window) if figures.counted else ()
        yield from differing
        yield from differing_from_own_counts(told, sentence, figures.rates, _with_kinds(figures.shares, figures.kinds), differing, there)
    yield from differing_counts(counted)


def _beside_data(
    told: Told, sentence: Span, figures: _Figures, readings: Sequence[Reading], window: Sequence[_Window]
) -> Iterator[Differing]:
    """Compare the shares, the rates and the periods of a sentence with the data."""
    given, found, kinds, percentages, counted = figures
    wrong = [*differing_shares(told, sentence, found, {count.number.start: count.what for count in kinds}, readings)] if counted else []
    right = [share for share in found if share.span not in {each.span for each in wrong}]
    stated = [rate for rate in percentages if not any(is_rate_of(told.text, rate, share) for share in right)]
    yield from wrong
    yield from differing_rates(told, sentence, stated, window, readings)
    yield from differing_one_in(told, sentence, given, readings)
    whole = any(share.whole.value == reading.orders for share in found for reading in readings)
    beside = [rate.span for rate in (percentages if whole else stated) if whole or not rate.worded]
    yield from differing_windows(told, sentence, given, readings, beside)


def _counted(
    told: Told, sentence: Span, figures: _Figures, readings: Sequence[Reading], window: Sequence[_Window]
) -> Iterator[tuple[Count, Sequence[Reading]]]:
    """Yield what a sentence counts, each with the readings that it is about."""
    yield from ((count, readings) for count in figures.kinds)
    for count in sums_told(told, sentence, figures.given, figures.shares, in_window=bool(window)):
        metrics = told.metrics(sentence, count.number.span)
        yield count, readings_about(metrics.union(*(of for _, of in window)) if metrics else (), readings)
