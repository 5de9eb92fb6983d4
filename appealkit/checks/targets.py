"""Percentages: targets of Amazon that are stated wrongly, and figures that differ from the data."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from unicodedata import normalize

from appealkit.agreement import contradictions, disagreements
from appealkit.agreement.noticed import beside_notice, differing_periods
from appealkit.agreement.told import Differing, Told
from appealkit.agreement.where import readings_meant
from appealkit.checks.draft import Draft, Found
from appealkit.checks.patterns import PERCENT, any_of
from appealkit.checks.seen import Values
from appealkit.figures.health import misplaced
from appealkit.language import LANGS, say
from appealkit.layout import TERMINAL
from appealkit.metrics import published
from appealkit.notice import Notice
from appealkit.roles import STEPS, Role, Sentence
from appealkit.segment import Layout
from appealkit.span import Span
from appealkit.stated.numbers import half_digit
from appealkit.stated.rates import Rate
from appealkit.tables import load
from appealkit.text import in_lower_case

_TARGET = rf"\b(?:{any_of('target')}|{any_of('amazon_says')})\b"
_OWN = re.compile(rf"\b{any_of('own_aim')}\b")
_BEFORE = re.compile(rf"(?:{_TARGET}[^.;!?%(]{{0,45}}|\b{any_of('amazon_before')})\Z")
_AFTER = re.compile(rf"[^.,;!?%\d]{{0,12}}?{_TARGET}(?![^.;]{{0,25}}\d)|,? {any_of('amazon_after')}\b")
_RATE_AFTER = re.compile(rf" {any_of('rate_after')}\b")
_AMAZON_SAYS = re.compile(rf"\b(?:{any_of('amazon_says')}|{any_of('amazon_before')}|{any_of('amazon_after')})")
_RATE_BEFORE = re.compile(rf"\b{any_of('rate_is')}(?: only| at| now)?\W{{0,3}}\Z")
_TARGET_IS = re.compile(rf"\b{any_of('target')}\b(?:(?!with\b)[^.;,!?%]){{0,30}}\Z")


_FURTHER_TARGET = re.compile(rf"\b{any_of('targets')} of(?:(?!\b{any_of('not_target')}\b)[^;!?]){{0,80}}(?:and|,) (?:of |under |over )?\Z")


def wrong_target(draft: Draft) -> Iterator[Found]:
    """Find a target of Amazon with a wrong value."""
    named: list[tuple[int, str]] = []
    for sentence, span in draft.find(PERCENT):
        before, after = _around(draft, sentence, span)
        if sentence.layout in {Layout.GREETING, Layout.SIGNOFF} or not _states_target(before, after):
            continue
        if not sentence.roles.isdisjoint(_OF_PLAN) and not _AMAZON_SAYS.search(before[-40:] + after[:30]):
            continue  # the seller's own aim, or the limit at which a step sets in
        metrics = _metrics_in(sentence.text, "metric")  # mostly its own sentence names it
        if not metrics:
            named = named or _named_metrics(draft)
            if not named:
                return
            last = bisect_left(named, (sentence.end, ""))  # the metric that was named last, or else the first of the letter
            metrics = (named[max(0, last - 1)],)
        words = span.of(draft.text)
        stated = float(re.split(r"[^\d.,]", words)[0].replace(",", "."))
        if all(published()[metric].target != stated for _, metric in metrics):  # of several metrics, any may be meant
            here = bisect_left(metrics, (span.start - sentence.start, ""))
            facts = published()[metrics[max(0, here - 1)][1]]
            yield span, {"words": words, "target": f"{_SIGN[facts.better]} {facts.target:g}%"}


def only_targets(draft: Draft, sentence: Sentence) -> bool:
    """Tell whether a sentence has percentages, and all of them are Amazon's targets."""
    spans = [span for each, span in draft.find(PERCENT) if each is sentence]
    return bool(spans) and all(_states_target(*_around(draft, sentence, span)) for span in spans)


def unnamed_metrics(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield the metrics beside the order defect rate that fail, by the `notice` or by the `data`, and that the letter does not name.

    What the notice names is spoken of by a hint, too, such as “late” for the late shipment rate.
    """
    letter = " ".join(sentence.text for sentence in draft.sentences)
    named = {kind: {metric for _, metric in _metrics_in(letter, kind)} for kind in ("metric", "metric_hint")}
    meant = readings_meant(draft.lower, draft.notice_lower, [reading for reading in draft.metrics if not misplaced(reading)]).unnamed
    failing = dict.fromkeys(draft.notice.metrics if draft.notice else (), "notice")
    for reading in meant:
        if reading.meets_target is False:
            failing.setdefault(reading.id, "data")
    for metric, source in failing.items():
        if metric not in {"odr", *named["metric"]} and (source == "data" or metric not in named["metric_hint"]):
            yield metric, source


def _around(draft: Draft, sentence: Sentence, span: Span) -> tuple[str, str]:
    """Return what a sentence says right before and right behind a percentage, on one line."""
    before = draft.lower[max(sentence.start, span.start - 90) : span.start]
    return before.replace("\n", " "), draft.lower[span.end : min(sentence.end, span.end + 40)].replace("\n", " ")


_OF_PLAN = STEPS | {Role.COMMITMENT}
_SIGN = {"under": "<", "over": ">"}  # reads the same in every language
_IS_ALLOWED = re.compile(rf" (?:is|are|was) {any_of('allowed')}\b")


def _named_metrics(draft: Draft) -> list[tuple[int, str]]:
    """Return where which metric is named, in order, the notice above included; where none is, the words that hint at one."""
    for kind in ("metric", "metric_hint"):
        named = [(each.start + place, metric) for each in draft.every for place, metric in _metrics_in(each.text, kind)]
        if named:
            return named
    return []


@lru_cache(maxsize=2048)
def _metrics_in(text: str, kind: str) -> tuple[tuple[int, str], ...]:
    lower = in_lower_case(text)
    names = [(metric, phrase) for phrase, metric in _metric_of(kind) if phrase in lower]
    return tuple(sorted((found.start(), metric) for metric, phrase in names for found in re.finditer(rf"\b{phrase}\b", lower)))


@cache
def _metric_of(kind: str) -> tuple[tuple[str, str], ...]:
    return tuple((phrase, metric) for metric, phrases in load("checks.toml")[kind].items() for phrase in phrases)


@lru_cache(maxsize=2048)
def _states_target(before: str, after: str) -> bool:
    """Is the percentage between these words told as Amazon's target, rather than as the seller's own rate or aim?"""
    if _OWN.search(before[-60:]) or _OWN.search(after[:20]) or _RATE_AFTER.match(after):
        return False
    if _RATE_BEFORE.search(before):
        return bool(_TARGET_IS.search(before) or _IS_ALLOWED.match(after))
    return bool(_BEFORE.search(before) or _AFTER.match(after))


_LABELLED = re.compile(rf"\b{any_of('rate')}: ?\Z")
_STATED = re.compile(rf"\b{any_of('rate')} {any_of('rate_reached')} (?:only )?\Z")
OF_PROBLEM = frozenset([Role.FACT, Role.ACKNOWLEDGEMENT, Role.CAUSE])
"""The roles of sentences about the problem."""


@lru_cache(maxsize=2048)
def _leads_to_rate(before: str) -> str:
    """Tell whether words name a rate and lead to its figure: `labelled`, `stated`, or empty for neither."""
    return "labelled" if _LABELLED.search(before) else "stated" if _STATED.search(before) else ""


def figure_disagrees(draft: Draft) -> Iterator[Found]:
    """Find figures that differ from the seller's own data or the notice, and rates that differ from the counts beside them."""
    if not (draft.metrics or draft.find(PERCENT)):
        return
    noticed = dict(_rates_of(draft.notice))
    told = _told(draft, _named_metrics(draft) if draft.metrics or noticed else ())
    by_notice: dict[Span, str] = {}
    days: dict[Span, str] = {}
    agreeing: set[Span] = set()
    read: dict[str, Rate] = {}
    if draft.notice and noticed:
        text = draft.notice.text
        read = {metric: rate for metric, place in noticed.items() if (rate := _noticed(text, place))}
        beside = [*beside_notice(told, read)]
        by_notice = {span: _quoted(text, noticed[metric]) for span, metric, same in beside if not same}
        days = dict(differing_periods(told, draft.notice, read))
        agreeing = {span for span, _, same in beside if same}
    for span, data, own in disagreements(told, draft.metrics, draft.notice_lower, read) if draft.metrics else _own(draft, told):
        too = by_notice.pop(span, None)
        days.pop(span, None)
        source = ("own-both" if too else "own") if own else "both" if too else "alone" if span in agreeing else "data"
        yield span, _differs(draft, span, f"{data} | {too}" if too else data, source)
    for span, data in by_notice.items():
        yield span, _differs(draft, span, data, "notice")
    for span, data in days.items():
        yield span, _differs(draft, span, data, "notice-days")


def _told(draft: Draft, named: Sequence[tuple[int, str]]) -> Told:
    """Return what a letter tells of its figures: the sentences about the problem, and the seller's own rates in them.

    A heading or a sentence of no known role is one of them if it states a rate; what tells of a step is none, unless it labels a rate.
    """
    found = draft.find(PERCENT)
    around = {span: (sentence.start, draft.lower[max(sentence.start, span.start - 90) : span.start]) for sentence, span in found}
    labelled = {start for start, before in around.values() if _leads_to_rate(before) == "labelled"}
    stated = {start for start, before in around.values() if _leads_to_rate(before)}
    with_rate = {sentence.start for sentence, _ in found}
    telling = [
        sentence.span
        for sentence in draft.body
        if (draft.metrics or sentence.start in with_rate)  # without data, a rate can only differ from what stands beside it
        and (
            (sentence.roles & OF_PROBLEM and (sentence.start in labelled or sentence.roles.isdisjoint(_OF_PLAN)))
            or (sentence.start in stated and sentence.roles <= {Role.HEADING, Role.OTHER})
        )
    ]
    places = {span.start for span in telling}
    rates = [span for span, (start, before) in around.items() if start in places and not _aimed_at(before, draft.lower[span.end :][:40])]
    return Told(draft.lower, telling, rates, named)


def _differs(draft: Draft, span: Span, data: str, source: str) -> Values:
    return {**draft.at(span)[1], "data": data} | {f"whose@{lang}": say(f"figure.whose.{source}", lang) for lang in LANGS}


def _rates_of(notice: Notice | None) -> Iterator[tuple[str, Span]]:
    """Yield the metrics that a notice says do fail, and where it states their rates, as far as it states one."""
    for metric in notice.metrics if notice else ():
        if notice and (span := notice.rate(metric)):
            yield metric, span


def _noticed(notice: str, place: Span) -> Rate | None:
    """Read the rate of a notice as it was pasted: with a full-width sign, or one of HTML; None where it cannot be read there."""
    digits = _DIGITS.match(normalize("NFKC", place.of(notice)))
    rate = digits.group().replace(",", ".") if digits else ""
    return Rate(place, float(rate), half_digit(rate)) if rate else None


_DIGITS = re.compile(r"\d{1,3}(?:[.,]\d{1,3})?")


def _quoted(notice: str, rate: Span) -> str:
    """Return the rate of a notice with some words on either side, also of the line on which its sentence goes on."""
    start = notice.rfind("\n", 0, rate.start) + 1
    lines = [line.lstrip("> ") for line in notice[start:].split("\n", 2)]
    words = " ".join(lines[: 1 if lines[0].rstrip().endswith(TERMINAL) else 2]).split()
    place = len(notice[start : rate.start].lstrip("> ").split())
    said = " ".join([*(["…"] if place > _BESIDE else []), *words[max(0, place - _BESIDE) : place], *_to_an_end(words[place:])])
    return _OPENED.sub("", said).rstrip(".,;:\u3002")


def _to_an_end(words: Sequence[str]) -> list[str]:
    """Return the beginning of some words up to a sensible end: that of their sentence, or else of a clause, or else an ellipsis."""
    for ends, far in ((TERMINAL, _FAR), (_CLAUSE, _BESIDE)):
        if last := next((number for number, word in enumerate(words[:far], 1) if number > 1 and word.endswith(ends)), 0):
            return [*words[:last]]
    return [*words[:_BESIDE], *(["…"] if len(words) > _BESIDE else [])]


_OPENED = re.compile(r" ?\([^()]*\Z")
"""A bracket whose end is cut off."""


_BESIDE, _FAR = 8, 14  # words; so many where the sentence then ends
_CLAUSE = (",", ";", ":")


def _own(draft: Draft, told: Told) -> Iterator[Differing]:
    """Find what differs within the sentences that tell of the problem: each is looked at with the next one, and remembered."""
    behind = {one.start: after.text.lower() for one, after in pairwise(draft.body) if draft.text[one.end : after.start] == " "}
    for sentence in told.sentences:
        start = sentence.start
        within = tuple([Span(rate.start - start, rate.end - start) for rate in told.rates_in(sentence)])
        text = sentence.of(told.text)
        for each in contradictions(text, within, _metrics_in(text, "metric"), behind.get(start, "")) if within else ():
            yield each._replace(span=Span(each.span.start + start, each.span.end + start))


@lru_cache(maxsize=2048)
def _aimed_at(before: str, after: str) -> bool:
    """Is the percentage between these words a target, of Amazon's or of the seller's own, rather than a rate?"""
    aims = (_OWN.search(before[-60:]), _OWN.search(after[:20]), _TARGET_IS.search(before), _FURTHER_TARGET.search(before))
    return _states_target(before, after) or any(aims)
