"""Whether the letter says why, with figures and dates that can be looked up."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from appealkit.checks.draft import MISSING, NO_CAUSE, Draft, Found, about
from appealkit.checks.patterns import DIGIT_DATE, MONTH, NUMBER, any_of
from appealkit.checks.targets import OF_PROBLEM, only_targets
from appealkit.roles import Role, Sentence
from appealkit.shows import Shows
from appealkit.stated.days import DAY_SIGN


def no_cause(draft: Draft) -> Iterator[Found]:
    """Find that nothing says why."""
    if draft.lacks(Role.CAUSE) and not any(map(_gives_reason, draft.by_role[Role.ACKNOWLEDGEMENT])):
        yield from MISSING


def _gives_reason(admission: Sentence) -> bool:
    """Does an admission say why as well ("our slow replies led to …", "it was our job to check the glass, and we did not")?"""
    classes = admission.shown.classes if admission.shown else ()
    return "c=because" in classes or ({"c=own", "c=lapse"}.issubset(classes) and not _PLACES.isdisjoint(classes))


_PLACES = frozenset(["c=watch", "c=tool"])
"""Cues of where in the shop something was left undone."""


def vague_cause(draft: Draft) -> Iterator[Found]:
    """Find that no cause names what failed in the seller's own operation."""
    causes = draft.by_role[Role.CAUSE]
    nothing_own = [sentence for rule in NO_CAUSE for sentence in draft.signalled.get(rule, ())]
    vague = [cause for cause in causes if cause in nothing_own]
    if vague and not any(Role.CAUSE in cause.clear for cause in causes if cause not in vague):
        yield from (about("vague-cause", cause) for cause in vague if cause is vague[0] or "blame" not in cause.signals)


_FIGURE = Shows(
    rf"\d\s?%|\bper ?cent\b|\b(?!(?:19|20)\d\d\b){NUMBER}\b(?!(?:st|nd|rd|th)?\.? (?:of )?{MONTH}\b)"
    rf"(?:\W+(?!(?:because|first|each|per)\b)\w+){{0,4}}?\W+{any_of('counted')}\b|\b{NUMBER} (?:\w+ ){{0,2}}out of (?:\w+ )?\d",
)

_COUNTED = frozenset(["f=value", "f=ratio", "f=count"])  # cues of a figure


def no_figure(draft: Draft) -> Iterator[Found]:
    """Find that no figure of the problem is told."""
    if not any(Role.FACT in sentence.roles and _has_figure(sentence) and not _of_amazon(draft, sentence) for sentence in draft.body):
        yield from MISSING


def _has_figure(sentence: Sentence) -> bool:
    counted = sentence.shown is not None and not _COUNTED.isdisjoint(sentence.shown.marked)
    return counted or _FIGURE.within(sentence.text)


def _of_amazon(draft: Draft, sentence: Sentence) -> bool:
    """Are the figures of a sentence no more than Amazon's targets?"""
    return only_targets(draft, sentence) and not _FIGURE.within(_PERCENTAGE.sub("", sentence.text))


_PERCENTAGE = re.compile(r"\d[\d.,]* ?%")
_DATE_WORDS = (
    rf"(?:(?:\d{{1,2}}|20\d\d)(?:(?:st|nd|rd|th)?\.?(?: of)? |{DAY_SIGN}?){MONTH}(?:20\d\d)?\b|{MONTH}{DAY_SIGN}\d{{1,4}}(?:st|nd|rd|th)?\b"
    rf"|{any_of('before_month')}[ -]?{MONTH}\b(?! (?:have|be|cause|not)\b)|\d{{4}}\u5e74"
    r"|weeks? \d{1,2}\b|\d{4}[-/.]\d{1,2}\b|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|q[1-4]\b"
    rf"|{any_of('season')}\b|(?:past|last|previous) \w+ (?:days|weeks|months)\b)"
)

_DATE = Shows(_DATE_WORDS, words=True)
_OF_NOTICE = re.compile(rf"\b{any_of('of_notice')}\b(?: \w+){{0,5}}? (?:on|of|from|dated) (?:the )?{_DATE_WORDS}", re.IGNORECASE)


@lru_cache(maxsize=2048)
def _dates_problem(text: str) -> bool:
    """Is a date left in a sentence when those of the notice and of the decision are taken out?"""
    return _DATE.within(_OF_NOTICE.sub("", text))


_PERIOD = Shows(rf"\d(?: {MONTH}(?: \d{{4}})?)? ?(?:to|until|till|-|\u2013) ?(?:{MONTH} )?\d{{1,2}}\b")


def no_dates(draft: Draft) -> Iterator[Found]:
    """Find that no date or period of the problem is told."""
    if not any(_tells_when(sentence) and _dates_problem(sentence.text) for sentence in draft.body):
        yield from MISSING


def _tells_when(sentence: Sentence) -> bool:
    """Does a sentence about the problem have a date, or a heading a period?"""
    told = not sentence.roles.isdisjoint(OF_PROBLEM) or (Role.HEADING in sentence.roles and _PERIOD.within(sentence.text))
    return told and _DATE.within(sentence.text)


def ambiguous_date(draft: Draft) -> Iterator[Found]:
    """Find dates in digits that read as two different days."""
    for _, span in draft.find(DIGIT_DATE):
        one, other, year = map(int, re.split(r"[/.-]", span.of(draft.text)))
        if one != other and 0 < one <= 12 and 0 < other <= 12:
            year += 2000 if year < 100 else 0
            yield span, {**draft.at(span)[1], "first": str(date(year, other, one)), "second": str(date(year, one, other))}
