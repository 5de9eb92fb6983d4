"""Whether the letter closes with a promise and a request, and leaves out what is private."""

import re
from collections.abc import Iterator

from appealkit.checks.draft import MISSING, Draft, Found
from appealkit.checks.patterns import ADDRESS, EMAIL, NAMED_BUYER, PHONE, STREET, TITLE, any_of
from appealkit.roles import Role, Sentence
from appealkit.segment import FRAME
from appealkit.shows import Shows
from appealkit.topics import has


def no_commitment(draft: Draft) -> Iterator[Found]:
    """Find that nothing promises to watch the results or to meet the standard."""
    if (
        not any(map(_promises, draft.by_role[Role.COMMITMENT]))
        and not any(map(_watches, draft.body))
        and not any(map(_aims, _behind_steps(draft)))
    ):
        yield from MISSING


def _promises(commitment: Sentence) -> bool:
    """Does a promise say more than what could be said of anything (“excellent service at all times”), or name what is watched?"""
    return "vague-action" not in commitment.signals or has("watched", commitment.text)


def _watches(sentence: Sentence) -> bool:
    """Does a sentence name a metric together with how often, as a promise to watch it does however short?"""
    return sentence.roles <= _AHEAD and has("watched", sentence.text) and has("rhythm", sentence.text)


def _behind_steps(draft: Draft) -> Iterator[Sentence]:
    """Yield the last step and what stands behind it."""
    return (sentence for sentence in draft.body if draft.steps and sentence.start >= draft.steps[-1].start)


def _aims(sentence: Sentence) -> bool:
    """Does a sentence name a share, as a short promise to meet the standard does (“Defects: 0.5%”)?"""
    tense = sentence.shown.tense if sentence.shown else ""
    return sentence.roles <= _AIM and tense not in _TOLD and _SHARE.within(sentence.text)


_AHEAD = frozenset([Role.ACTION_PLANNED, Role.REQUEST, Role.OTHER])  # roles of what may look ahead
_AIM = frozenset([Role.ACTION_PLANNED, Role.FACT])
_TOLD = frozenset(["was", "was-done", "had", "had-done"])  # forms of the verb of what tells a rate of the past
_SHARE = Shows(r"\d ?%|\bper ?cent\b|\d (?:of|in|out of) 100\b")


def no_request(draft: Draft) -> Iterator[Found]:
    """Find that nothing is asked for."""
    if draft.lacks(Role.REQUEST):
        yield from MISSING


_STAFF_BEFORE = re.compile(rf"\b(?:(?:our|my)\b[\w ,-]{{0,30}}|the (?!{any_of('no_post')}\b)\w+(?:er|or|ist), )\Z", re.IGNORECASE)
_STAFF_BEHIND = re.compile(any_of("staff"))
_BUYER = re.compile(rf"\b{any_of('buyer')}\b", re.IGNORECASE)


def buyer_data(draft: Draft) -> Iterator[Found]:
    """Find what tells who a buyer is or where they live."""
    for search in (EMAIL, PHONE, ADDRESS, STREET):
        for sentence, span in draft.find(search):
            own = _OWN_CONTACT.search(draft.text[max(sentence.start, span.start - 40) : span.start])
            if not own and sentence.layout not in FRAME and Role.REQUEST not in sentence.roles:
                yield draft.at(span)
    for _, span in draft.find(NAMED_BUYER):
        yield draft.at(span)
    for sentence, span in draft.find(TITLE):
        if sentence.layout in FRAME or sentence.roles & {Role.REQUEST, Role.ACTION_PLANNED}:
            continue
        before, behind = draft.text[max(sentence.start, span.start - 40) : span.start], draft.text[span.end : sentence.end]
        staff = _STAFF_BEFORE.search(before) or _STAFF_BEHIND.match(behind)
        near = draft.text[max(sentence.start, span.start - 200) : min(sentence.end, span.end + 200)]
        if not staff and _BUYER.search(near):
            yield draft.at(span)


_OWN_CONTACT = re.compile(r"\b(?:us|me|(?:our|my)(?! (?:customer|buyer|client)))\b", re.IGNORECASE)
