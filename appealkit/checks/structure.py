"""Whether the letter is laid out so that a reviewer finds its parts, and is written cleanly."""

import re
from collections.abc import Iterator
from functools import lru_cache

from appealkit.checks.draft import MISSING, Draft, Found
from appealkit.checks.patterns import MONTH, any_of, lowered
from appealkit.roles import Role
from appealkit.segment import Layout, Span, sentence_spans
from appealkit.spelling import misspellings

LONG_SENTENCE = 40  # words
LONG_LETTER = 600  # words


def no_plan(draft: Draft) -> Iterator[Found]:
    """Find that there is no concrete step."""
    if not draft.steps:
        yield from MISSING


def unlisted_actions(draft: Draft) -> Iterator[Found]:
    """Find three or more steps that stand in running prose."""
    running = [step for step in draft.steps if step.layout is Layout.PROSE]
    # A check of the rate in a paragraph without other steps is the promise with which a letter closes.
    plan = {step.block for step in running if Role.COMMITMENT not in step.roles}
    running = [step for step in running if step.block in plan]
    together = [step for step in running if step.start not in draft.alone]
    if len(running) > 2 and len(together) > 1:
        yield Span(running[0].start, running[-1].end), {"count": str(len(running))}


def no_parts(draft: Draft) -> Iterator[Found]:
    """Find that cause and plan share a paragraph, and no heading and no list tells them apart."""
    causes = draft.by_role[Role.CAUSE]
    if not causes or not draft.steps or any(s.layout is Layout.ITEM for s in draft.sentences):
        return
    first = min(causes[0].start, draft.steps[0].start)
    if any(s.layout is Layout.HEADING and s.start > first for s in draft.sentences):
        return
    if {s.block for s in causes} & {s.block for s in draft.steps}:
        yield from MISSING


def long_sentence(draft: Draft) -> Iterator[Found]:
    """Find sentences of more words than `LONG_SENTENCE`."""
    for sentence in draft.body:
        for start, end, count in _long_in(sentence.text):
            words = " ".join(sentence.text[start:end].split()[:8])
            yield Span(sentence.start + start, sentence.start + end), {"words": f"{words} …", "count": str(count)}


@lru_cache(maxsize=2048)
def _long_in(text: str) -> tuple[tuple[int, int, int], ...]:
    if len(text.split()) <= LONG_SENTENCE:
        return ()
    cells = [(cell.start(), cell[0]) for cell in _CELL.finditer(text)]
    spans = [(at + start, at + end) for at, cell in cells for start, end in sentence_spans(cell)]
    counted = [(start, end, _count_words(text[start:end])) for start, end in spans]
    return tuple([(start, end, count) for start, end, count in counted if count > LONG_SENTENCE])


_CELL = re.compile(r"[^|]+")  # a row of a table is a list item, and its cells are no one sentence


def long_letter(draft: Draft) -> Iterator[Found]:
    """Find that the letter has more words than `LONG_LETTER`."""
    if len(draft.text.split()) <= LONG_LETTER:
        return
    count = sum(map(_count_words, [sentence.text for sentence in draft.sentences]))
    if count > LONG_LETTER:
        yield Span(draft.sentences[0].start, draft.sentences[-1].end), {"count": str(count)}


_PLACEHOLDERS = {
    "[": rf"\[(?!{any_of('bracketed')}\b)[^\[\]]{{0,60}}?[a-z][^\[\]]{{0,60}}\]",
    "{": r"\{\{?[^{}\n]{1,60}\}\}?",
    "<": r"<[a-z][^<>\n@/]{1,60}>",
    "(": rf"\({any_of('blank')}\b[^()\n]{{0,50}}\)",
    "__": r"_{3,}",
    "xx": rf"\bx{{3,}}\b|\bxx(?:%| {MONTH}\b)|\b{MONTH} xx\b",
    "x.x": r"\bx{1,2}\.x{1,2}\b",
    "x%": r"\bx%",
    "000-0": r"\b0{3,}-0{3,}-0+\b",
    "##-#": r"#{2,}-#{2,}",
    " here": r"\b(?:your|the) (?:name|store|company|date|title) here\b",
    "tb": r"\btb[cd]\b",
}
"""Blanks of a template, each behind a piece of text without which it cannot be there: looking for that is quick."""

_PLACEHOLDER = [(piece, re.compile(pattern)) for piece, pattern in _PLACEHOLDERS.items()]


def placeholder(draft: Draft) -> Iterator[Found]:
    """Find blanks of a template."""
    if not any(piece in draft.lower for piece, _ in _PLACEHOLDER):
        return
    for sentence in draft.sentences:
        for start, end in _blanks(sentence.text):
            span = Span(sentence.start + start, sentence.start + end)
            if sentence.layout is not Layout.HEADING or span != sentence.span:  # "[Reason]" by itself is a heading
                yield draft.at(span)


@lru_cache(maxsize=2048)
def _blanks(text: str) -> tuple[tuple[int, int], ...]:
    lower = lowered(text)
    return tuple([found.span() for piece, pattern in _PLACEHOLDER if piece in lower for found in pattern.finditer(lower)])


def misspelling(draft: Draft) -> Iterator[Found]:
    """Find misspelt words, with what may have been meant."""
    for sentence in draft.sentences:
        names = sentence.layout in _OF_NAMES
        for (start, end), word, suggestions in misspellings(sentence.text, names=names):
            yield Span(sentence.start + start, sentence.start + end), {"words": word, "suggestion": " / ".join(suggestions)}


_OF_NAMES = frozenset([Layout.GREETING, Layout.SIGNOFF])
_WORD = re.compile(r"[^\W_]")


@lru_cache(maxsize=2048)
def _count_words(text: str) -> int:
    return sum(word.isalnum() or bool(_WORD.search(word)) for word in text.split())
