"""Rates of a letter beside those of the data, and beside the letter's own counts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from appealkit.agreement.known import counts_said, known_rates, may_count_too_few, rate_said, said, sound_orders, window_said
from appealkit.agreement.told import Differing, Told, other_words
from appealkit.agreement.where import readings_about
from appealkit.figures.health import Reading, unclear
from appealkit.metrics import published
from appealkit.span import Span
from appealkit.stated.counts import Share, count_alone
from appealkit.stated.numbers import Number
from appealkit.stated.periods import Moment, moment_of, moments, periods
from appealkit.stated.rates import Rate, from_to, one_in, part_of, says_the_same, told_as_earlier, with_time


def differing_rates(
    told: Told, sentence: Span, stated: Sequence[Rate], window: Sequence[tuple[Span, frozenset[str]]], readings: Sequence[Reading]
) -> Iterator[Differing]:
    """Compare the rates of a sentence, each with that of its metric or of its kind of defect.

    Args:
        told: what the letter tells.
        sentence: where the sentence is.
        stated: its rates.
        window: where it tells the window of the data, and of which metrics.
        readings: the part of the data that it is about.
    """
    if other_words("other_time").search(told.text, *sentence):
        return
    days = [*moments(told.text, sentence, max((reading.end for reading in readings if reading.end), default=date.max))]
    now: dict[str | None, list[Span]] = {}
    groups: dict[tuple[str | None, str], list[tuple[float, Rate]]] = {}
    for rate in stated:
        metric = told.metric(sentence, rate.span)
        about = readings_about([metric] if metric else (), readings)
        part = part_of(told.text, rate.span, sentence)
        apart = _apart(rate, part, about)
        if apart is None:
            continue
        moment = moment_of(told.text, rate.span, days)
        ends = [(reading.start, reading.end) for reading in about if reading.start and reading.end]
        if moment and ends and not any(_may_be_in(moment, *known) for known in ends):
            if apart == 0 and not any(start <= moment.last and moment.first <= end for start, end in ends):
                yield Differing(moment.span, said(about, window_said))
            continue
        if moment and any(moment.first == moment.last == end for _, end in ends):
            now.setdefault(metric, []).append(moment.span)
        groups.setdefault((metric, part), []).append((apart, rate))
    for (metric, part), found in groups.items():
        about = readings_about([metric] if metric else (), readings)
        spans = [*(span for span, metrics in window if not metric or metric in metrics), *now.get(metric, ())]
        worse = -1 if any(reading.facts.high for reading in about) else 1
        for rate in _wrong(told.text, found, spans, worse):
            yield Differing(rate.span, said(about, lambda reading, part=part: rate_said(reading, part)))  # type: ignore[misc]


def differing_one_in(told: Told, sentence: Span, given: Sequence[Number], readings: Sequence[Reading]) -> Iterator[Differing]:
    """Compare “one in 80 orders”."""
    if other_words("other_time").search(told.text, *sentence):
        return
    for span, number in one_in(told.text, sentence, given):
        about = [reading for reading in readings_about(told.metrics(sentence, span), readings) if reading.orders and reading.defects]
        if about and not any(_is_one_in(number, reading) for reading in about):
            yield Differing(span, said(about, counts_said))


def differing_from_own_counts(  # noqa: PLR0913, PLR0917 - what a sentence tells, and what is known of it
    told: Told,
    sentence: Span,
    stated: Sequence[Rate],
    found: Mapping[Share, str],
    differing: Sequence[Differing],
    readings: Sequence[Reading] = (),
) -> Iterator[Differing]:
    """Compare a rate with the count right beside it, “9.1%, 10 of 412 orders”: whatever the data says, both cannot be right.

    A period may stand between them. Where the rate is the data's, and the count is not, it is the count that differs.

    Args:
        told: what the letter tells.
        sentence: where the sentence is.
        stated: its rates.
        found: its shares, each with the kind of defect that it counts; empty for none.
        differing: what of it is known to differ, and is not told again.
        readings: the part of the data that it is about.
    """
    times = [span for span, _ in periods(told.text, sentence, (), date.max)] if stated and found else ()
    known = {each.span for each in differing}
    for rate in stated:
        told_at = with_time(told.text, rate.span, times)
        share = next(
            (share for share in found if says_the_same(told.text, rate.span, share) or says_the_same(told.text, told_at, share)), None
        )
        metric = told.metric(sentence, rate.span) if told.named_in(sentence) else None
        if not share or not share.whole.value or _has_other_rate(found[share], metric):
            continue
        if rate.bound or share.part.bound or share.whole.bound or {rate.span, share.span} & known:
            continue
        about = readings_about([metric] if metric else (), readings)
        counted = [reading for reading in about if any(rate.apart(value) == 0 for value in known_rates(reading))]
        for against in _against_count(rate, share):
            yield Differing(share.span, said(counted, counts_said)) if counted and not _is_counted(share, about) else against


def _is_counted(share: Share, readings: Sequence[Reading]) -> bool:
    return any(
        share.whole.value == reading.orders and share.part.value in {reading.defects, *sound_orders(reading)} for reading in readings
    )


def differing_from_count_behind(told: Told, sentence: Span, stated: Sequence[Rate], behind: Span) -> Iterator[Differing]:
    """Compare the only rate of a sentence, that of all defects, with a next sentence that tells nothing but how many there were.

    Args:
        told: what the letter tells.
        sentence: where the sentence is.
        stated: its rates.
        behind: where the next one is.
    """
    if len(stated) != 1 or told.named_in(sentence) != {"odr"} or told.of_another(sentence):
        return
    (rate,), share = stated, count_alone(told.text, behind)
    if share and not (rate.bound or part_of(told.text, rate.span, sentence) or told_as_earlier(told.text, rate.span)):
        yield from _against_count(rate, share)


def _against_count(rate: Rate, share: Share) -> Iterator[Differing]:
    known = 100 * share.part.value / share.whole.value
    if not (rate.counts(known) or rate.counts(100 - known)):
        yield Differing(rate.span, f"{share.part.value} / {share.whole.value} = {known:.4g}%", own=True)


def _has_other_rate(kind: str, metric: str | None) -> bool:
    """Tell whether a count of a kind of defect has another rate than a metric: it is one of several kinds, or another metric's."""
    return bool(kind) and ((kind,) != published()[metric].counts if metric else kind in published()["odr"].counts)


def _apart(rate: Rate, part: str, about: Sequence[Reading]) -> float | None:
    """Return how far a rate lies from those of the data; None when there is none that it can be compared with."""
    high = all(reading.facts.high for reading in about)
    if (
        part == "other" or (part == "orders" and not high) or (rate.worded and rate.bound == "below")
    ):  # a part of something else, or a target in words
        return None
    known = [(value, reading) for reading in about for value in known_rates(reading, part, high=high)]
    worse = -1 if high else 1
    if any((unclear(reading) if part else may_count_too_few(reading)) and worse * (rate.value - value) >= 0 for value, reading in known):
        return 0.0
    return min((rate.apart(value) for value, _ in known), default=None)


def _may_be_in(moment: Moment, start: date, end: date) -> bool:
    """Tell whether a rate at a time can be that of the window: a day in it has a rate of its own, and so has a month that lies outside."""
    one_day = moment.first == moment.last
    return moment.last >= end if one_day else start <= moment.last and moment.first <= end


def _wrong(text: str, found: Sequence[tuple[float, Rate]], window: Sequence[Span], worse: int) -> list[Rate]:
    """Return the rates of one metric in a sentence that cannot be right.

    That beside the window has to agree, and that to which the rate came when it got worse. Of others, such as an earlier one or how far
    it was to fall, one has to.
    """
    became = [
        then
        for (_, first), then in pairwise(found)
        if from_to(text, first.span, then[1].span) and worse * (then[1].value - first.value) > 0
    ]
    earlier = [first for (_, first), (_, then) in pairwise(found) if from_to(text, first.span, then.span)]
    beside_window = [min(found, key=lambda each: _distance(span, each[1].span)) for span in window]
    must = [(apart, rate) for apart, rate in (*became, *beside_window) if rate not in earlier]
    wrong = list(dict.fromkeys(rate for apart, rate in must if apart > 0))
    exact = [each for each in found if each[1].bound in {"", "about"}]  # “over 1%” agrees with much
    nearest, rate = min(exact or found, key=lambda each: (each[0], each[1].span))
    if nearest > 0 and exact:
        now = [each for each in exact if not told_as_earlier(text, each[1].span)]
        nearest, rate = min(now or found, key=lambda each: (each[0], each[1].span))
    return wrong or ([rate] if nearest > 0 else [])


def _distance(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end)


def _is_one_in(number: Number, reading: Reading) -> bool:
    each = (reading.orders or 0) / (reading.defects or 1)
    return number.fits(int(each)) or number.fits(round(each)) or number.fits(int(each) + 1)
