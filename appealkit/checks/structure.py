"""Whether the letter is laid out so that a reviewer finds its parts, and is written cleanly."""

import re
from collections.abc import Iterator
from itertools import pairwise

from appealkit.checks.draft import MISSING, Draft, Found
from appealkit.cues import leads_into
from appealkit.roles import Role, Sentence
from appealkit.segment import Layout
from appealkit.sentences import clauses
from appealkit.span import Span

LONG_LETTER = 600  # words


def no_plan(draft: Draft) -> Iterator[Found]:
    """Find that there is no concrete step."""
    if not draft.steps:
        yield from MISSING


def unlisted_actions(draft: Draft) -> Iterator[Found]:
    """Find three or more steps that stand in running prose."""
    running = [step for step in draft.steps if step.layout is Layout.PROSE and step.start not in draft.alone]
    # A check of the rate in a paragraph without other steps is the promise with which a letter closes.
    plan = {step.block for step in running if Role.COMMITMENT not in step.roles}
    running = [step for step in running if step.block in plan]
    count = sum(len(clauses(step.text)) for step in running)
    if count > 2:
        yield Span(running[0].start, running[-1].end), {"count": str(count)}


def no_parts(draft: Draft) -> Iterator[Found]:
    """Find that cause and plan share a paragraph, and no heading and no list tells them apart."""
    causes = draft.by_role[Role.CAUSE]
    if not causes or not draft.steps or any(s.layout is Layout.ITEM for s in draft.sentences):
        return
    first = min(causes[0].start, draft.steps[0].start)
    if any(_heads(s) and s.start > first for s in _opening(draft)):
        return
    if {s.block for s in causes} & {s.block for s in draft.steps}:
        yield from MISSING


def _opening(draft: Draft) -> Iterator[Sentence]:
    """Yield the sentences that open a paragraph, a list item or a heading."""
    return (here for before, here in pairwise([None, *draft.sentences]) if here and (before is None or before.block != here.block))


_LABEL = re.compile(r"[^:.!?]{1,40}:\s")


def _heads(opening: Sentence) -> bool:
    """Does what opens a paragraph name what follows: by itself, or with a colon behind its first words?"""
    if Role.HEADING in opening.roles or opening.layout is Layout.HEADING:
        return True
    label = _LABEL.match(opening.text)
    return label is not None and leads_into(label.group()) != ("plain",)


def long_letter(draft: Draft) -> Iterator[Found]:
    """Find that the letter has more words than `LONG_LETTER`."""
    if draft.words > LONG_LETTER:
        yield Span(draft.sentences[0].start, draft.sentences[-1].end), {"count": str(draft.words)}


def placeholder(draft: Draft) -> Iterator[Found]:
    """Find blanks of a template."""
    for sentence, span, values in draft.faults("placeholder"):
        if sentence.layout is not Layout.HEADING or span != sentence.span:  # "[Reason]" by itself is a heading
            yield span, values
