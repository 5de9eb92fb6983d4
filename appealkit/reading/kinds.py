"""Of which kind a notice is."""

from appealkit.alike import NONE, most_alike
from appealkit.notice import PLAN, Issue, Kind, orders_in
from appealkit.pasted import PASTED, without_markup
from appealkit.phrases import holds, pattern
from appealkit.reading.asked import POLICY
from appealkit.reading.page import Page
from appealkit.span import Span

_APART = frozenset({"condition", "advice", "standing"})
_TOPIC = frozenset({"dispute", "papers", "waived", "elsewhere"})  # what is told aside, and yet of the matter
_ALIKE = 0.6  # how likely a sentence is one of a kind, at least, when only its words make it like others
_SAME_KIND = 1.5  # the same, of all such sentences together


def kind_of(page: Page, metrics: tuple[str, ...], issues: tuple[Issue, ...]) -> tuple[Kind, list[Span]]:
    """Tell of which kind a notice is.

    Args:
        page: the notice.
        metrics: the metrics that fail.
        issues: what it asks.

    Returns:
        Its kind, and the words that tell it.
    """
    if _holds(page, "phrases") or _holds(page, "claim"):
        return "other", []
    asks = bool(issues)
    ids = {issue.id for issue in issues}
    weak = bool(ids - {"other"})  # a named complaint makes a question of words that tell little by themselves
    plan = page.asks("phrases", *PLAN) or (weak and any(told.asks_plan for told in page.told))
    wants = any(told.requests and not told.aside & {"waived", "advice"} for told in page.told)
    rates_no_metric = not any(told.metrics for told in page.told)
    final = any(told.has("says", "final") for told in page.told)
    checks: list[tuple[Kind, bool]] = [
        ("related-account", True),
        ("other", (not asks and not (final and metrics)) or not (final or _sure(page))),
        ("performance", bool(metrics) and (asks or final)),
        ("verification", wants and not plan and not ids & {"authenticity", "condition"}),
        ("policy", bool(ids & POLICY) and not (ids & POLICY == {"condition"} and ids - POLICY and not _hints(page, "policy"))),
    ]
    for kind, possible in checks:
        spans = (_cues_of(page, kind) or ([] if weak and kind != "related-account" else _like(page, kind))) if possible else []
        if spans or (kind == "performance" and possible):
            return kind, spans
    if ids and (ids <= POLICY - {"other"} or ("condition" in ids and rates_no_metric and _hints(page, "policy"))):
        return "policy", []
    if ids == {"other"} and not metrics and any(told.has("says", "conduct") and not told.aside for told in page.telling):
        return "policy", []
    return ("performance" if asks and _serious(page, ids) else "other"), []


def of_one_claim(page: Page) -> bool:
    """Tell whether it is about a claim or a chargeback of an order that it names: no letter is asked for, and yet an answer, often in days.

    Args:
        page: the notice.
    """
    claimed = any(holds(told.text, "issue", claim, "phrases") for told in page.told for claim in ("a-to-z", "chargeback"))
    return claimed and bool(orders_in(page.text[:PASTED])) and not _holds(page, "phrases")


def _holds(page: Page, name: str) -> bool:
    """Does it hold words of what is no notice about the account?"""
    return holds(without_markup(page.text[:PASTED]).lower(), "buyer", name)


def _sure(page: Page) -> bool:
    """Is more asked than to keep the rules from now on? A reminder in a message of good news is no question."""
    return page.asks("phrases", *PLAN) or page.asks("weak", "cause")


def _serious(page: Page, issues: set[str]) -> bool:
    """Does it ask in words that do nothing else, what became of complaints, or about a closed account? A case or an order does not."""
    closed = any(told.has("says", "serious") or told.has("says", "plan") for told in page.telling)
    tells = any(told.questions and told.has("says", "tell") for told in page.told)
    several = len({question for told in page.told for question in told.questions} & set(PLAN)) > 1
    sure = tells or several or "authenticity" in issues or page.asks("weak", "cause", "taken")
    return closed or page.asks("phrases", *PLAN) or (issues != {"other"} and sure)


def _cues_of(page: Page, kind: Kind) -> list[Span]:
    """Find the words that tell a kind: phrases that are enough by themselves, or else several that tell a little each."""
    telling = [told for told in page.telling if not told.aside & _APART and not told.has("kind", kind, "not")]
    sure = [span for told in telling for span in [told.find("kind", kind, "phrases")] if span]
    hints = _hints(page, kind)
    return sure or (hints if len(hints) > 1 else [])


def _hints(page: Page, kind: Kind) -> list[Span]:
    """Find phrases that tell a little of a kind."""
    hinting = [
        told for told in page.telling if told.has("kind", kind, "weak") and not told.aside & _APART and not told.has("kind", kind, "not")
    ]
    return [told.at(*found.span()) for told in hinting for found in pattern("kind", kind, "weak").finditer(told.text)]


def _like(page: Page, kind: Kind) -> list[Span]:
    """Find sentences that are like those of a kind; one alone, unless it is very much so, tells nothing."""
    spans, sure = [], 0.0
    for told in page.told:
        name, likely = most_alike(told.piece.lower, "kinds") if told.aside <= _TOPIC else (NONE, 0.0)
        if name == kind and likely > _ALIKE:
            spans.append(told.at(0, len(told.text)))
            sure += likely
    return spans if sure > _SAME_KIND else []
