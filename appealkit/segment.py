"""Text to segments: the pieces that carry a role, each with its offsets and its place in the layout.

Every pass looks at each character a bounded number of times, so that no text takes longer than its length deserves.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from appealkit.edges import end_of_notice, mark_points, opens_signoff, start_of_earlier, start_of_signoff
from appealkit.layout import COLONS, anywhere, opening
from appealkit.lines import Line, labelled, lines_of
from appealkit.sentences import sentence_spans


class Layout(StrEnum):
    """What a segment is by its place on the page, before its words are weighed."""

    GREETING = "greeting"
    HEADING = "heading"
    ITEM = "item"
    PROSE = "prose"
    SIGNOFF = "signoff"
    NOTICE = "notice"


FRAME = frozenset({Layout.GREETING, Layout.HEADING, Layout.SIGNOFF, Layout.NOTICE})
"""What stands around the sentences that tell something."""


class Segment(NamedTuple):
    """One sentence, list item, heading, greeting or sign-off block; `block` numbers the paragraph or list item it stands in."""

    start: int
    end: int
    layout: Layout
    block: int


_Unit = tuple[Layout, int]
"""What begins with a line, by the number of that; it goes on to where the next one begins."""
_ROOM = 0.75  # of the longest line: where a line and the next word are shorter, the writer broke it, and not the edge of the page


class _Before(NamedTuple):
    """What a line stands behind: a unit, by its layout and its first and last line."""

    layout: Layout
    first: Line
    last: Line


@lru_cache(maxsize=32)
def segment(text: str) -> tuple[Segment, ...]:
    r"""Split a text into segments, in order and without overlap.

    Args:
        text: any text; line ends of any kind, straight or curly quotes, list marks, Chinese punctuation.

    Returns:
        The segments. What lies between them is white space, list marks and ruled lines.

    >>> [text[s.start : s.end] for text in ["Dear Amazon,\n1) We failed. 2 claims!"] for s in segment(text)]
    ['Dear Amazon,', 'We failed. 2 claims!']
    """
    lines, starts = lines_of(text)
    behind = start_of_earlier(lines)
    lines, below = lines[:behind], lines[behind:]
    first = end_of_notice(lines)
    units = [(Layout.NOTICE, number) for _, number in _units(lines, 0, first)]
    mark_points(lines, first)
    last = start_of_signoff(lines, first)
    units += _units(lines, first, last)
    if last < len(lines):
        units.append((Layout.SIGNOFF, last))
    closing = len(units) - 1
    lines += below
    units += [(Layout.NOTICE, number) for _, number in _units(lines, behind, len(lines))]
    return tuple(_segments(text, lines, starts, units, closing))


def _units(lines: list[Line], first: int, behind: int) -> list[_Unit]:
    """Join wrapped lines and tell headings, greetings, items and prose apart."""
    units: list[_Unit] = []
    lines = lines[:behind]
    joins: Sequence[bool] = ()
    before: _Before | None = None
    for number, (line, after) in enumerate(zip(lines[first:], [*lines[first + 1 :], None], strict=False), first):
        layout, joined = _begun(before, line, after, number < first + 8)
        if layout is not joined:
            joins = joins or _joins(lines[first:])
            layout = joined if joins[number - first] else layout
        if layout:
            before = _Before(layout, line, line)
            units.append((layout, number))
        elif before:
            before = _Before(before.layout, before.first, line)
    return units


def _joins(lines: list[Line]) -> list[bool]:
    """Tell, line by line, whether the page may have broken the text before it: there was so little room that its first word had none.

    A paragraph that goes on in small letters, and fills each line but the last, may have been pasted with an edge of its own.
    """
    double_spaced = len(lines) > 8 and sum([line.gap for line in lines]) * 5 > len(lines) * 4
    ends = [line.ahead + len(line.text) for line in lines]
    page = max(ends) * _ROOM
    joins: list[bool] = []
    starts = [number for number, line in enumerate(lines) if line.gap or not number]
    for start, end in pairwise([*starts, len(lines)]):
        runs_on = [number for number in range(start + 1, end) if not lines[number].mark and not lines[number - 1].looks.ended]
        edge = page
        if any(lines[number].looks.lower for number in runs_on):
            longest = max(ends[start:end])
            if all(ends[number - 1] + lines[number].looks.first >= longest for number in runs_on):
                edge = min(page, longest)
        joins += [double_spaced, *[ends[number - 1] + lines[number].looks.first >= edge for number in range(start + 1, end)]]
    return joins


@lru_cache(maxsize=2048)
def _begun(before: _Before | None, line: Line, after: Line | None, top: bool) -> tuple[Layout | None, Layout | None]:  # noqa: FBT001
    """Tell what begins with a line, and what where the page may have broken the text before it; None for what goes on."""
    if before and _is_part(before, line):
        return Layout.ITEM, Layout.ITEM
    joined = before is not None and _continues(before, line, after, joins=True)
    if before and joined and _continues(before, line, after, joins=False):
        return None, None
    begun = _layout(line, before, after, top=top)
    return begun, None if joined else begun


def _is_part(before: _Before, line: Line) -> bool:
    """Is it a part of the list item above, on an indented line of its own and with a label, such as `Done:`?"""
    return before.layout is Layout.ITEM and line.indented and not line.gap and line.looks.label and before.last.looks.ended


def _continues(before: _Before, line: Line, after: Line | None, *, joins: bool) -> bool:
    if before.layout is Layout.GREETING:
        return (
            not line.gap and not line.mark and before.last.text.endswith(",") and line.text.endswith((",", ".com")) and len(line.text) < 60
        )
    if before.layout not in {Layout.ITEM, Layout.PROSE} or _begins(line, after):
        return False
    last = before.last.looks
    lower = line.looks.lower
    if line.gap:
        return joins and lower and last.filled and not last.ended
    if before.layout is Layout.ITEM:
        hangs = line.indented and not before.first.indented
        return hangs or lower or (last.filled and not last.ended and joins)
    if _heading(line, after, gap=False):
        return False
    broken = lower and before.last.text.endswith("-")  # within a word
    return last.ended or broken or ((last.filled or lower) and joins)


def _begins(line: Line, after: Line | None) -> bool:
    """Does a line begin anew by its looks: with a mark, under a rule, with a label, as a row of a table, or as what leads into a list?"""
    if line.mark or line.ruled or (line.looks.label and not line.indented) or " | " in line.text:
        return True
    return after is not None and bool(after.mark) and line.looks.colon and line.text[0].isupper()


def _layout(line: Line, before: _Before | None, after: Line | None, *, top: bool) -> Layout:
    if top and not line.mark and _greets(line.text, gap=line.gap and (after is None or after.gap)):
        return Layout.GREETING
    if _heading(line, after, gap=line.gap, first=before is None and after is not None and after.gap):
        alone = not line.mark or line.text.isupper() or not _in_run(line, before, after)
        if alone:
            return Layout.HEADING
    if line.mark == "question" and line.text.endswith("?"):
        return Layout.HEADING
    return Layout.ITEM if line.mark not in {"", "answer"} else Layout.PROSE


def _in_run(line: Line, before: _Before | None, after: Line | None) -> bool:
    """Is it one of several list items, or the only one below what leads into a list, rather than a numbered heading?"""
    previous = before is not None and before.layout is Layout.ITEM and before.first.mark == line.mark
    led_in = before is not None and before.layout is Layout.HEADING and before.last.looks.colon and not line.mark.startswith(_COUNTING)
    return previous or led_in or (after is not None and after.mark == line.mark)


def _greets(line: str, *, gap: bool) -> bool:
    words = len(line.split())
    if words > 10:
        return False
    if opening("greeting").match(line):
        return not line.endswith((".", "?"))
    if not gap or words > 7 or anywhere("title").search(line):
        return False
    return line.endswith(",") or (words <= 6 and bool(anywhere("addressee").search(line)) and not line.endswith((".", "?")))


def _heading(line: Line, after: Line | None, *, gap: bool, first: bool = False) -> bool:
    kind, words = line.looks.heading, line.looks.words
    if kind == "label":
        return gap or after is None or after.gap or line.looks.colon or labelled(after.text)
    if kind in {"none", "set-off", "leading"}:
        return kind != "none"
    if kind == "question" or after is None:
        return gap and after is not None
    if kind == "framed" and not after.gap:
        return True
    runs_on = not after.gap and not after.mark and after.looks.lower
    if kind == "asking" and line.mark.startswith(_COUNTING):
        return not runs_on
    shown = kind in {"capital", "asking"} or bool(line.mark)
    return gap and words <= (12 if first or line.mark == "step" else 8) and shown and not runs_on


_WITH_MARK = frozenset({Layout.HEADING, Layout.SIGNOFF})  # the number of a part belongs to its name, and "S." to "S. Barr"
_COUNTING = ("number", "letter", "roman", "step")  # marks of headings, which a bullet is not


def _segments(text: str, lines: list[Line], starts: list[int], units: list[_Unit], closing: int) -> Iterator[Segment]:
    lasts = [*[first - 1 for _, first in units[1:]], len(lines) - 1]
    for block, ((layout, number), last) in enumerate(zip(units, lasts, strict=False)):
        first, start = lines[number], starts[number] + lines[number].ahead
        end = starts[last] + lines[last].ahead + len(lines[last].text)
        if layout is Layout.PROSE:
            for a, b, part in _sentences(text[start:end], block > 2, block == closing):
                yield Segment(start + a, start + b, part, block)
        elif layout is Layout.NOTICE:
            yield from [Segment(start + a, start + b, layout, block) for a, b in sentence_spans(text[start:end])]
        else:
            yield Segment(starts[number] + first.left if layout in _WITH_MARK else start, end, layout, block)


@lru_cache(maxsize=2048)
def _sentences(prose: str, inside: bool, closing: bool) -> tuple[tuple[int, int, Layout], ...]:  # noqa: FBT001
    """Split a paragraph; it may begin with a greeting, and end with what leads into a list, or at the end of a letter with a sign-off."""
    found: list[tuple[int, int, Layout]] = []
    pieces = sentence_spans(prose)
    for number, (a, b) in enumerate(pieces):
        start, layout = a, Layout.PROSE
        cut = 0 if inside or number else _inline_greeting(prose[a:b])
        if cut:
            found.append((a, a + cut, Layout.GREETING))
            start = b - len(prose[a + cut : b].lstrip())
            if start == b:
                continue
        if number == len(pieces) - 1 and len(prose[start:b].split()) <= 14:
            if prose[start:b].endswith(COLONS):
                layout = Layout.HEADING
            elif number and closing and opens_signoff(prose[start:b]):
                layout = Layout.SIGNOFF
        found.append((start, b, layout))
    return tuple(found)


def _inline_greeting(sentence: str) -> int:
    """Return the length of a greeting that a sentence runs on from, 0 for none."""
    found = opening("greeting").match(sentence)
    comma = sentence.find(",", 0, 60)
    rest = sentence[comma + 1 :].strip()
    if not found or comma < 0 or len(sentence[:comma].split()) > 7 or not rest:
        return 0
    return len(sentence) if len(rest.split()) <= 4 and opening("greeting").match(rest) else comma + 1
