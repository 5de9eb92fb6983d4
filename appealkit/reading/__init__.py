"""Amazon's notice or refusal to what it asks."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from appealkit.notice import COUNTED, PLAN, Cue, Issue, Kind, Notice, orders_in
from appealkit.phrases import holds, pattern
from appealkit.reading.asked import Asked
from appealkit.reading.failing import failing, recovered, stated_rates, states_rate
from appealkit.reading.kinds import kind_of, of_one_claim
from appealkit.reading.mistaken import about_nothing, is_foreign, mistaken
from appealkit.reading.page import Page, page_of
from appealkit.reading.terms import attempts, papers, sent_day, time_to_answer, unread_times, window
from appealkit.reading.told import Told
from appealkit.reading.weighed import Weighed
from appealkit.reading.whole import ASKS_NOTHING, Alone, Whole, likeliest
from appealkit.span import Span
from appealkit.tables import load

_PRODUCT = re.compile("\\s*b0[0-9a-z]{8}\\b[^\n]{0,80}(?<![.?!\u3002])\\Z")

_BEGINS_LIST = re.compile(r":\s{0,3}[(\[]?\d{1,2}[.)\]]\s{0,3}\Z")
"""A piece that leads in a list within its line, and ends with the mark of its first point: “Please tell us: 1.”"""

_FEW = 3  # pieces; in so short a message nothing overturns that a plan is asked for


def read_notice(text: str) -> Notice:
    """Read what a notice of Amazon's asks.

    Args:
        text: the notice as it was pasted: with mail headers, quoted, forwarded, as HTML, in English or Chinese.

    Returns:
        What it asks. The same text always gives the same notice; nothing is guessed that its words do not say.

    >>> notice = read_notice("Please tell us the root cause of late shipments within 3 days.")
    >>> notice.kind, notice.deadline_days, notice.issues[0].id, notice.issues[0].cause, notice.issues[0].taken
    ('performance', 3, 'late-shipment', True, False)
    """
    page = page_of(text)
    if no_notice := mistaken(page):
        return Notice(text, "other", cues=tuple(no_notice))
    if is_foreign(page):  # a word that looks like one of ours would tell something else
        return Notice(text, "other", not_understood=(*(told.span for told in page.told), *page.unread))
    first = first_reading(page)
    alone = first.weighed.alone()
    kind, likely = _likeliest(page, alone)
    metrics, issues = _asked(first, kind, likely)
    sent = sent_day(page)
    (days, until), (number, often) = time_to_answer(page, sent), attempts(page)
    if kind == "other":
        number, often = None, []
        if not of_one_claim(page):
            days, until = None, []
    taken = {issue.id for issue in issues}
    named = {"kind", "refusal", "unasked", "unanswered", "deadline", "attempts", "papers", "detail", "window", *metrics, *taken}
    papers_said = papers(page) if any(issue.evidence for issue in issues) else ()
    told = [*_telling(page, first, kind, asks=bool(issues)), *papers_said, *until, *often, *(window(page) if metrics else ())]
    cues = tuple(cue for cue in told if cue[0].split(".")[0] in named)
    if kind == "other" and not cues and (no_notice := about_nothing(page)):
        return Notice(text, "other", cues=tuple(no_notice))
    doubtful = first.weighed.doubtful(alone, taken)
    # What claims or ratings are about is asked about in their place.
    told_of = [bool(named) and (named.keys() - COUNTED or named.keys()) <= taken for named in first.asked.named]
    doubtful -= {
        number for number, named in enumerate(first.asked.named) if told_of[number] and 0 < len(named.keys() - COUNTED) < len(named)
    }
    doubtful |= set() if until or kind == "other" else unread_times(page)
    wanted = {told.number for told, named in zip(page.told, first.asked.named, strict=True) if _wants_other(told, named.keys() - taken)}
    fewer = bool(issues) and len(issues) < (first.weighed.counted or 0)
    telling = [span for label, span in cues if label != "detail"]  # which tells how to answer what other words ask
    left = {told.span: told.asks or told.number in wanted for told in _left(page, telling, told_of, doubtful | wanted, fewer=fewer)}
    asks_more = (*(span for span, asks in left.items() if asks), *filter(page.asked_in, page.unread))
    orders = orders_in("\n".join(told.span.of(text) for told in page.told))
    return Notice(text, kind, metrics, issues, days, number, sent, (*left, *page.unread), cues, asks_more=asks_more, orders=orders)


class FirstReading(NamedTuple):
    """What phrases and layout decide by themselves, and what weighs it."""

    failed: list[Cue]
    metrics: tuple[str, ...]
    asked: Asked
    words: list[Span]
    weighed: Weighed


def first_reading(page: Page) -> FirstReading:
    """Read a notice by phrases and layout alone; what it decides is then weighed."""
    mended = set(filter(None, map(recovered, page.told)))
    failed = [cue for told in page.told for cue in failing(told) if cue[0] not in mended]
    metrics = tuple(metric for metric in load("notices.toml")["metric"] if metric in dict(failed))
    asked = Asked(page, metrics)
    kind, words = kind_of(page, metrics, asked.issues)
    final = any(told.has("says", "final") for told in page.told) and not page.asks("phrases", *PLAN)
    told = () if final or kind in {"other", "verification"} else asked.issues
    return FirstReading(failed, metrics, asked, words, Weighed(page, kind, metrics, [issue.id for issue in told]))


def _likeliest(page: Page, alone: Alone) -> Whole:
    """Decide kind and complaints together; in so short a message as it asks for a plan in, phrases alone may.

    Where no complaint is named beside its questions, no word makes of it a matter of products or of rights.
    """
    asking = [told for told in page.told if not told.aside]
    planned = any(told.planned for told in asking)
    asked = {question for told in asking for question in told.questions} & set(PLAN)
    whole = likeliest(alone)
    unlike = (whole.kind == "other" and planned) or (whole.kind == "policy" and len(asked) > 1 and alone.first.issues == {"other"})
    return alone.first if alone.first.kind == "performance" and unlike and len(page.told) <= _FEW else whole


def _asked(first: FirstReading, kind: Kind, likely: frozenset[str]) -> tuple[tuple[str, ...], tuple[Issue, ...]]:
    """Return the metrics that a notice of a kind is about, and what it asks about each of its complaints."""
    issues = first.asked.among(first.weighed.named(likely))
    match kind:
        case "related-account":
            return (), (first.asked.merged() or issues) if likely else ()
        case "performance":
            return first.metrics, tuple(map(first.asked.rated, issues))
    return () if kind in ASKS_NOTHING else first.metrics, issues


def _telling(page: Page, first: FirstReading, kind: Kind, *, asks: bool) -> Iterator[Cue]:
    """Yield the words that tell of its metrics, of what it answers and asks, and of its kind."""
    yield from first.failed
    yield from (cue for told in page.told for cue in stated_rates(told))
    yield from (("refusal", span) for span in _refusing(page)) if asks else _closing(page, kind)
    yield from _unanswered(page)
    yield from _in_detail(page) if asks else ()
    yield from first.asked.cues
    decided = kind == first.weighed.first_kind and (first.words or kind == "other")
    yield from (("kind", span) for span in (first.words if decided else first.weighed.told_by(kind)))


def _refusing(page: Page) -> Iterator[Span]:
    """Yield the words that make it an answer to what the seller sent: a refusal that is no threat, or thanks before anything is asked."""
    asked = False
    for told, above in zip(page.told, (None, *page.told), strict=False):
        threat = told.find("says", "threat")
        threatens = threat or (above and above.heading and above.has("says", "threat"))
        refuses, stays, answers = (told.find("refusal", name) for name in ("phrases", "stays", "answers"))
        if not told.aside and refuses and not (threat and threat < refuses):
            yield refuses
        elif not told.aside and stays and not threatens:
            yield stays
        elif answers and not asked and not told.cited and told.aside <= {"waived"}:
            yield answers
        asked = asked or bool(told.questions)


def _closing(page: Page, kind: Kind) -> Iterator[Cue]:
    """Yield, where no complaint is asked about, the words that refuse what the seller sent, or say that nothing is to be answered."""
    if kind not in {"verification", "related-account"}:
        for told in page.told:
            for label in ("refusal", "unasked"):
                found = pattern(label, "decided" if label == "refusal" else "phrases").search(told.piece.lower)
                if found and not told.cited and "condition" not in told.aside and not told.has("says", "threat"):
                    yield label, told.at(*found.span())


def _unanswered(page: Page) -> Iterator[Cue]:
    """Yield the words by which Amazon says that it may not answer again."""
    found = ((told, pattern("unanswered", "phrases").search(told.piece.lower)) for told in page.told if not told.cited)
    yield from (("unanswered", told.at(*words.span())) for told, words in found if words)


def _in_detail(page: Page) -> Iterator[Cue]:
    """Yield the questions that are to be answered in more detail than before, or what leads into them as points of a list."""
    leading = {told.lead.number for told in page.told if told.lead and told.questions and not told.aside}
    asking = (told for told in page.told if (told.questions or told.number in leading) and not told.aside)
    yield from (("detail", told.span) for told in asking if holds(told.text, "detail", "phrases"))


def _left(page: Page, used: list[Span], told_of: list[bool], doubtful: set[int], *, fewer: bool) -> Iterator[Told]:
    """Yield the pieces that told nothing, lead nothing in, tell of no complaint that is asked about, and are no common phrase.

    A piece with a doubtful complaint is among them, whatever else it tells.
    Where fewer complaints were found than the notice says, the words that say how many are among them, and points are no common phrases.
    """
    starts = sorted(span.start for span in used)
    telling = [told for told in page.told if bisect_left(starts, told.piece.start) < bisect_left(starts, told.piece.end)]
    used_up = {told.number for told in telling}
    passed = used_up | {told.lead.number for told in telling if told.lead}
    passed |= {told.number - 1 for told in telling if told.before and _BEGINS_LIST.search(told.before.piece.lower)}
    for told in page.told:
        words = told.text.strip()
        known = told.has("known", "phrases") or (told.has("known", "signed") and " " not in words)
        missed = fewer and told.number not in used_up and (told.piece.item or told.counted)
        idle = told.number not in passed and not told.aside and not known and not states_rate(told)
        tells = any(map(str.isalpha, words)) and not _names_product(told)
        if tells and (told.number in doubtful or ((missed or idle) and not told_of[told.number])):
            yield told


def _wants_other(told: Told, named: AbstractSet[str]) -> bool:
    """Does it ask for more about complaints that are not taken for asked about?"""
    return told.wants_more and not told.aside and bool(named)


def _names_product(told: Told) -> bool:
    """Is it no more than the number of a product, and perhaps its name?"""
    return bool(_PRODUCT.match(told.piece.lower)) and not told.requests
