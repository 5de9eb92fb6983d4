"""The rules at work: one function a rule, each of them reading the draft and yielding what it found."""

from collections.abc import Iterator, Mapping

from appealkit.checks.cause import ambiguous_date, no_cause, no_dates, no_figure, vague_cause
from appealkit.checks.closing import buyer_data, no_commitment, no_request
from appealkit.checks.draft import Check, Draft, Found, about
from appealkit.checks.plan import no_prevention, nothing_done_yet, unmeasurable_plan, vague_action
from appealkit.checks.seen import Values
from appealkit.checks.sincerity import late_acknowledgement, no_acknowledgement, shared_run
from appealkit.checks.structure import long_letter, no_parts, no_plan, placeholder, unlisted_actions
from appealkit.checks.targets import figure_disagrees, wrong_target
from appealkit.checks.unanswered import unanswered_issue, uncovered_cause
from appealkit.span import Span


def run(draft: Draft) -> Iterator[tuple[str, Span | None, Values]]:
    """Run every check on a letter.

    Args:
        draft: the letter, with what it is compared with.

    Yields:
        The id of the rule, the words that it is about (None when something is missing), and what fills its message.
    """
    for rule, check in CHECKS.items():
        for span, values in check(draft):
            yield rule, span, values


def _signalled(rule: str) -> Check:
    """Make the check for a fault that sits in the words of single sentences."""

    def check(draft: Draft) -> Iterator[Found]:
        return (about(rule, sentence) for sentence in draft.signalled.get(rule, ()))

    return check


def _shown(rule: str) -> Check:
    """Make the check for a fault that some words have, whatever stands around them."""

    def check(draft: Draft) -> Iterator[Found]:
        return ((span, values) for _, span, values in draft.faults(rule))

    return check


CHECKS: Mapping[str, Check] = {
    "no-acknowledgement": no_acknowledgement,
    "late-acknowledgement": late_acknowledgement,
    "blame": _signalled("blame"),
    "denial": _signalled("denial"),
    "own-words": shared_run,
    "no-plan": no_plan,
    "unlisted-actions": unlisted_actions,
    "no-parts": no_parts,
    "long-sentence": _shown("long-sentence"),
    "long-letter": long_letter,
    "placeholder": placeholder,
    "misspelling": _shown("misspelling"),
    "unanswered-issue": unanswered_issue,
    "no-cause": no_cause,
    "vague-cause": vague_cause,
    "no-figure": no_figure,
    "no-dates": no_dates,
    "ambiguous-date": ambiguous_date,
    "wrong-target": wrong_target,
    "figure-disagrees": figure_disagrees,
    "vague-action": vague_action,
    "unmeasurable-plan": unmeasurable_plan,
    "nothing-done-yet": nothing_done_yet,
    "no-prevention": no_prevention,
    "uncovered-cause": uncovered_cause,
    "no-commitment": no_commitment,
    "no-request": no_request,
    "emotional": _signalled("emotional"),
    "demanding": _signalled("demanding"),
    "buyer-data": buyer_data,
}
"""Every rule and the check that finds it, in the order in which findings are shown."""
