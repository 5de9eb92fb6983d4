"""Text to segments: the pieces that carry a role, each with its offsets and its place in the layout.

Every pass looks at each character a bounded number of times, so that no text takes longer than its length deserves.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from appealkit.text import Memory, load


class Span(NamedTuple):
    """A stretch of text: `start` and `end` are offsets in code points, `end` exclusive."""

    start: int
    end: int


class Layout(StrEnum):
    """What a segment is by its place on the page, before its words are weighed."""

    GREETING = "greeting"
    HEADING = "heading"
    ITEM = "item"
    PROSE = "prose"
    SIGNOFF = "signoff"
    NOTICE = "notice"


class Segment(NamedTuple):
    """One sentence, list item, heading, greeting or sign-off block; `block` numbers the paragraph or list item it stands in."""

    start: int
    end: int
    layout: Layout
    block: int


# Lines are remembered by their words and carry no place: a line that stays is the same object, and what it leads to is looked up by that.
# Nothing changes them; to freeze them would triple the time in which they are made.


@dataclass(slots=True, eq=False)
class _Raw:
    """What a line is by itself, whatever stands around it."""

    content: str
    ahead: int  # characters before the content
    quoted: bool  # it stands behind ">"
    rule: bool
    mark: re.Match[str] | None
    family: str  # of the list mark, empty for none


class _Looks(NamedTuple):
    """What the words of a line look like by themselves."""

    words: int
    first: int  # characters of the first word
    lower: bool  # they begin with a small letter
    ended: bool  # they end with a full stop, a colon or the like
    colon: bool
    filled: bool  # the line is so long that it may go on in the next one
    label: bool  # they begin with a name and a colon
    heading: str  # what kind of heading they may be: a key of `_heading`


@dataclass(slots=True, eq=False)
class _Line:
    left: int  # characters before the list mark, or before the words where there is none
    ahead: int  # characters before the words
    mark: str  # family of the list mark, empty for none
    gap: bool  # a blank line stands before it
    ruled: bool  # a ruled line stands before it
    quoted: bool  # it stands behind ">"
    indented: bool  # without a list mark
    text: str
    looks: _Looks


_Unit = tuple[Layout, int]
"""What begins with a line, by the number of that; it goes on to where the next one begins."""


class _Before(NamedTuple):
    """What a line stands behind: a unit, by its layout and its first and last line."""

    layout: Layout
    first: _Line
    last: _Line


_Behind = tuple[Layout, _Line, _Line]
"""The same as it is looked up, which is quicker."""

_QUOTE = re.compile(r"\A[\s>]+")
_MARK = re.compile(
    r"""(?P<bullet>(?:[-=]+>|--(?=\s)|[-\u2010-\u2015\u2022\u00b7\u2023\u203a\u00bb\u30fb\u2190-\u21ff\u25a0-\u25ff\u2605\u2606\u2610-\u2612\u2705\u2713-\u2718
        \u2720-\u274b\u2794-\u27be+]\ufe0f?|\*(?!\*)|o(?=\s)|\[[\sx\u2713]?\](?=\s)|[^\w\s"'\u2018-\u201f()\[\]{}<>\u00a7&$\u20ac\u00a3\u00a5%@.,;:!?#=](?=\s))\s*)
    | (?P<step>(?:step|cause|reason|action|measure|point|problem|issue|fix|section|part|item|task|change|stage|phase|n[or]\.)\s?
        (?:\#?\d{1,2}[a-z]?|one|two|three|four|five|six|seven|eight|nine|ten)\s?[:.)\-\u2013\u2014]\s*)
    | (?P<question>q(?:\s?\d{1,2}[.:)]|:(?=\s))\s*)
    | (?P<circle>[\u2460-\u2473\u2474-\u2487]\s*)
    | (?P<number>(?:\(?\#?\d{1,2}(?:[-.]\d{1,2})*(?:(?:[.:\u3001\uff0e][)\-]?|\))(?!\d)|[-,/]\s|\s[-\u2013|,.:)]\s(?!\.))
        |[\u00a7\#\u2116]\s?\d{1,2}(?:[.):]|(?=\s))|\[\d{1,2}\](?=\s)|<\d{1,2}>|\d{1,2}[\u00b0\u00ba](?=\s)|\*\*\d{1,2}[.):]?\*\*(?=\s)|(?-i:[A-H])\s[-\u2013]\s
        |\d{1,2}(?:\.\d{1,2})+\s+(?=(?-i:[A-Z]|\d)))\s*)
    | (?P<letter>\(?(?:[a-z]\d{0,2}|\d{1,2}[a-h]|[ivx]{2,4})[.):](?=\s)\s*|[a-h][-/]\s+|\((?:[a-z]|[ivx]{2,4})\)\s*)
    | (?P<code>(?-i:[A-H])\d{1,2}\s+(?=\w))
    | (?P<bare>\d{1,2}\s+(?=(?-i:[A-Z])))
    | (?P<named>(?=step\s?\d{1,2}\b))""",
    re.VERBOSE | re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_RULE = re.compile(r"[-=_*~#\s]{3,}\Z")
_END = re.compile(  # begins with a set of characters, so that a search leaps from one of them to the next
    r"[.!?\u2026\u3002\uff01\uff1f\"\u201c\u201d]"
    r"(?:(?<=[.!?\u2026])[.!?\u2026]*[\"'\u2019\u201d)\]]*|(?<=[\u3002\uff01\uff1f])[\u3002\uff01\uff1f]*[\u300d\u300f\u201d\uff09]*)?"
)
_TERMINAL = tuple(".!?\u2026\u3002\uff01\uff1f")
_COLONS = (":", "\uff1a")
_STOPS = (*_TERMINAL, *_COLONS)
_DOTS = ("...", "\u2026")
_ENDS = (*_TERMINAL, ",", ";")
_LEADS = (*_COLONS, *_DOTS)
_TOKEN = re.compile(r"[^\W_]+(?:[.'\u2019][^\W_]+)*\Z")
_WRAPPED = 45  # a line this long may go on in the next one
_LONGEST_TOKEN = 40
_ROOM = 0.75  # of the longest line: where a line and the next word are shorter, the writer broke it, and not the edge of the page


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(load("layout.toml")[key])


@cache
def _opening(key: str) -> re.Pattern[str]:
    """Match one of the stored phrases at the start of a line, whole words only."""
    phrases = sorted(_words(key), key=len, reverse=True)
    return re.compile("(?:" + "|".join(re.escape(p) for p in phrases) + r")(?![^\W_])", re.IGNORECASE)


@cache
def _anywhere(key: str) -> re.Pattern[str]:
    """Match one of the stored phrases anywhere, whole words only."""
    phrases = sorted(_words(key), key=len, reverse=True)
    return re.compile(r"(?<![^\W_])(?:" + "|".join(re.escape(p) for p in phrases) + r")(?![^\W_])", re.IGNORECASE)


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
    lines, starts = _lines(text)
    first = _end_of_notice(lines)
    units = [(Layout.NOTICE, number) for _, number in _units(lines, 0, first)]
    quoted = [number for number in range(first, len(lines)) if lines[number].quoted and not lines[number].mark]
    if len(quoted) * 2 < len(lines) - first:  # a few lines of the letter itself: there ">" is the mark of its points
        for number in quoted:
            lines[number] = replace(lines[number], mark="quote")
    last = _start_of_signoff(lines, first)
    units += _units(lines, first, last)
    if last < len(lines):
        units.append((Layout.SIGNOFF, last))
    return tuple(_segments(text, lines, starts, units))


def _lines(text: str) -> tuple[list[_Line], list[int]]:
    """Cut a text into lines, each with its offset; those that are blank or ruled are left out."""
    lines: list[_Line] = []
    starts: list[int] = []
    start = counted = 0
    above: _Above = "top"
    for whole in text.splitlines(keepends=True):
        raw = _raw[whole]
        mark, family = raw.mark, raw.family
        if raw.content and not raw.rule:
            if mark and not _counts(mark, family, lines[-1] if above == "line" else None, counted):
                family = ""
            elif mark and family:
                if lines and lines[-1].mark == "question" and _ANSWER.match(mark.group()):
                    family = "answer"
                counted = int(mark.group()) if family == "bare" else 0
            lines.append(_line(raw, family, above))
            starts.append(start)
            above = "line"
        elif above != "top":
            above = "rule" if raw.rule or above == "rule" else "gap"
        start += len(whole)
    return lines, starts


_Above = Literal["top", "line", "gap", "rule"]  # what stands straight above a line


@lru_cache(maxsize=2048)
def _line(raw: _Raw, family: str, above: _Above) -> _Line:
    text = raw.content[raw.mark.end() :] if raw.mark and family else raw.content
    ahead = raw.ahead + len(raw.content) - len(text)
    indented = raw.ahead > 1 and not family and above != "top"
    return _Line(raw.ahead, ahead, family, above != "line", above == "rule", raw.quoted, indented, text, _looks(text))


def _by_itself(line: str) -> _Raw:
    bare = line.lstrip()
    quoted = bare.startswith(">")
    if quoted:
        bare = _QUOTE.sub("", bare)
    content = bare.rstrip()
    rule = content[:1] in "-=_*~#" and bool(_RULE.match(content))
    mark = _MARK.match(content)
    return _Raw(content, len(line) - len(bare), quoted, rule, mark, _family(mark) if mark and mark.end() < len(content) else "")


_raw = Memory(_by_itself, most=2048)


def _looks(text: str) -> _Looks:
    split = text.split()
    words = len(split)
    label = ":" in text and _LABEL.match(text) is not None
    return _Looks(
        words,
        len(split[0]),
        text[0].islower(),
        text.endswith(_STOPS),
        text.endswith(_COLONS),
        len(text) >= _WRAPPED,
        label,
        _kind(text, words),
    )


def _kind(text: str, words: int) -> str:
    """Tell what kind of heading the words of a line may be: see `_heading`."""
    bare = text.strip("*#_ ")
    ended = bare.endswith(_ENDS) and not bare.endswith(_DOTS)
    if len(text) < 120 and _labelled(text):
        kind = "label"
    elif words > 12 or len(text) > 110:
        kind = "none"
    elif text.startswith(("#", "**", "__", "\u3010", "==")) or (text.endswith("**") and words < 10):
        kind = "set-off"
    elif text[0] + text[-1] in {"[]", "<>"} and not (text.isupper() and len(text) > 3):
        kind = "framed"
    elif ended:
        kind = "question" if bare.endswith("?") and words <= 10 and _opening("question").match(bare) else "none"
    elif bare.endswith(_LEADS) or (bare.isupper() and len(bare) > 3) or (words < 3 and _numbers_a_part(bare)):
        kind = "leading"
    else:
        kind = "capital" if bare[:1].isupper() else "small"
    return kind


def _numbers_a_part(line: str) -> bool:
    """Is it "Cause 2" or "Fix #1", and nothing else?"""
    found = _MARK.fullmatch(f"{line}:")
    return found is not None and found.lastgroup == "step"


def _counts(mark: re.Match[str], family: str, above: _Line | None, counted: int) -> bool:
    """Tell a number that counts from one that the line straight above runs on to ("May 10, 2026"), or that counts things ("12 May")."""
    begins = above is None or above.looks.ended
    if mark.lastgroup == "bare":
        number, words = int(mark.group()), mark.string[mark.end() : mark.end() + _LONGEST_TOKEN].split(maxsplit=1)
        follows = (begins and number == 1) or (counted > 0 and number in {counted, counted + 1})
        return follows and words[0].lower() not in _words("month")
    if mark.lastgroup == "code":
        first = mark.group().rstrip().endswith("1") and (begins or (above is not None and not above.looks.filled))
        return first or (above is not None and above.mark == family)
    return begins or not mark.group().rstrip().endswith(",") or (above is not None and above.mark == family)


def _family(mark: re.Match[str]) -> str:
    """Tell alike list marks from others: `1)` and `2)` are of one family, `1.` and `1.1)` are not, nor are `II.` and `B.`."""
    kind, words = mark.lastgroup or "", mark.group().strip()
    if kind == "letter":
        return "roman" if _ROMAN.fullmatch(words) else kind
    return f"{kind} {_DIGITS.sub('#', words)}" if kind in {"number", "bullet"} else kind


_ANSWER = re.compile(r"a\d{0,2}[.:)]", re.IGNORECASE)  # behind a question, the mark of running text
_ROMAN = re.compile(r"\(?[ivx]+[.):]+", re.IGNORECASE)


def _end_of_notice(lines: list[_Line]) -> int:
    """Count the lines at the top that are a pasted notice of Amazon's."""
    quoted = [number for number, line in enumerate(lines[:_NOTICE_LINES], 1) if line.quoted]
    if quoted and len(quoted) * 2 > quoted[-1] and not _points_of_seller(lines[: quoted[-1]]):
        return quoted[-1]
    opened = bool(lines) and bool(_anywhere("notice_opening").search(lines[0].text.lower()))
    cues = closed = 0
    for number, line in enumerate(lines[:_NOTICE_LINES]):
        lower = line.text.lower()
        from_seller = _speaks_as_seller(line.text)
        if not from_seller and _speaks_as_amazon(lower):
            if not cues and number > 5 and not opened:
                return 0
            cues += 1
        elif cues and (lower.rstrip(" .,-") in _words("notice_closing") or (closed == number and _SITE.fullmatch(lower))):
            closed = number + 1
        elif (cues or opened) and number and (line.ruled or _answers(lower)):
            return number
        elif from_seller and (line.gap or line.ruled):
            return closed or number if cues > 1 or closed or (opened and cues) else 0
    return closed


def _points_of_seller(lines: list[_Line]) -> bool:
    """Do lines with ">" before them stand in the seller's own text, nothing in them being Amazon's? Then it is the mark of points."""
    of_seller = any(_speaks_as_seller(line.text) for line in lines if not line.quoted)
    parted = not lines[0].quoted and any(one.quoted and not other.quoted for one, other in pairwise(lines))
    return (of_seller or parted) and not any(_speaks_as_amazon(line.text.lower()) for line in lines if line.quoted)


_NOTICE_LINES = 200
_SITE = re.compile(r"(?:https?://|www\.)\S{0,20}amazon\.\S{1,40}")  # below who signs
_ANSWER_WORDS = 8


def _answers(line: str) -> bool:
    """Does a line say that what follows is the answer to the message above?"""
    return len(line.split()) <= _ANSWER_WORDS and bool(_anywhere("notice_answer").search(line))


@lru_cache(maxsize=2048)
def _speaks_as_amazon(lower: str) -> bool:
    return bool(_anywhere("notice").search(lower))


@lru_cache(maxsize=2048)
def _speaks_as_seller(line: str) -> bool:
    to_amazon = _opening("greeting").match(line) and "amazon" in line.lower() and "from amazon" not in line.lower()
    return bool(to_amazon) or bool(_anywhere("seller").search(line[:400]))


def _start_of_signoff(lines: list[_Line], first: int) -> int:
    """Find the line that opens the closing block; the number of lines when there is none."""
    count = len(lines)
    for number in range(count - 1, max(first - 1, count - 9), -1):
        line = lines[number]
        if line.mark.startswith("number") or len(line.text.split()) > 12:
            break
        if _opens_signoff(line.text, last=number in {first, count - 1}):
            return _first_of_signoff(lines, first, number)
    start = count
    while start - 1 > first and count - start < 5 and _is_name(lines[start - 1]):
        start -= 1
        if lines[start].gap:
            return start
    above = start - 1  # a valediction in another language: a few words of their own above the name
    if above > first and start < count and lines[above].gap and not lines[above].mark and _is_short(lines[above].text):
        return above
    return count


def _is_short(line: str) -> bool:
    return len(line.split()) <= 4 and line[0].isupper() and not line.endswith((*_TERMINAL, ":"))


_THANKS = re.compile(r"(?:many )?thank(?:s| you)[.,!]?\Z", re.IGNORECASE)


def _first_of_signoff(lines: list[_Line], first: int, number: int) -> int:
    """Go up to where the closing begins: "Thank you." straight above "Regards" belongs to the same block."""
    while number - 1 > first and not lines[number].gap and _closes(lines[number - 1].text):
        number -= 1
    return number


def _closes(line: str) -> bool:
    return bool(_THANKS.match(line)) or _opens_signoff(line)


def _opens_signoff(line: str, *, last: bool = False) -> bool:
    words = line.split()
    if not last and len(words) <= 8 and line.endswith(",") and line[0].isupper():
        return True
    found = _opening("valediction").match(line)
    if not found or len(words) > 9:
        return False
    rest = line[found.end() :].strip()
    free = found.group().lower().startswith(("greetings", "yours", "with", "signed", "best wishes", "for and", "please accept"))
    return not rest or len(rest.split(",")[0].split()) <= 2 or rest[0] in ",.!-\u2013" or free or len(rest.split()) <= 2


def _is_name(line: _Line) -> bool:
    """May it be a line of a closing block: a name, an office, an address?"""
    words = line.text.split()
    if (line.mark and not line.mark.startswith("letter")) or len(words) > 9 or line.text.endswith(_COLONS):
        return False
    if line.text.endswith(_TERMINAL):
        return len(words) <= 7 and _SHORTENED.search(line.text) is not None
    capitals = sum(word[0].isupper() or not word[0].isalpha() for word in words)
    return capitals * 2 > len(words) or (len(words) <= 7 and not _anywhere("speech").search(line.text))


_SHORTENED = re.compile(r"(?:\b[A-Z][^\W\d_]{0,3}|\.[^\W\d_]|\bL\.L\.C)\.\Z")  # "Kft.", "d.o.o."


def _units(lines: list[_Line], first: int, behind: int) -> list[_Unit]:
    """Join wrapped lines and tell headings, greetings, items and prose apart."""
    units: list[_Unit] = []
    lines = lines[:behind]
    joins: Sequence[bool] = ()
    before: _Behind | None = None
    for number, (line, after) in enumerate(zip(lines[first:], [*lines[first + 1 :], None], strict=False), first):
        layout, joined = _begun(before, line, after, number < first + 8)
        if layout is not joined:
            joins = joins or _joins(lines[first:])
            layout = joined if joins[number - first] else layout
        if layout:
            before = layout, line, line
            units.append((layout, number))
        elif before:
            before = before[0], before[1], line
    return units


def _joins(lines: list[_Line]) -> list[bool]:
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
def _begun(behind: _Behind | None, line: _Line, after: _Line | None, top: bool) -> tuple[Layout | None, Layout | None]:  # noqa: FBT001
    """Tell what begins with a line, and what where the page may have broken the text before it; None for what goes on."""
    before = _Before(*behind) if behind else None
    if before and _is_part(before, line):
        return Layout.ITEM, Layout.ITEM
    joined = before is not None and _continues(before, line, after, joins=True)
    if before and joined and _continues(before, line, after, joins=False):
        return None, None
    begun = _layout(line, before, after, top=top)
    return begun, None if joined else begun


def _is_part(before: _Before, line: _Line) -> bool:
    """Is it a part of the list item above, on an indented line of its own and with a label, such as `Done:`?"""
    return before.layout is Layout.ITEM and line.indented and not line.gap and line.looks.label and before.last.looks.ended


def _continues(before: _Before, line: _Line, after: _Line | None, *, joins: bool) -> bool:
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
    return last.ended or ((last.filled or lower) and joins)


def _begins(line: _Line, after: _Line | None) -> bool:
    """Does a line begin anew by its looks: with a mark, under a rule, with a label, as a row of a table, or as what leads into a list?"""
    if line.mark or line.ruled or (line.looks.label and not line.indented) or " | " in line.text:
        return True
    return after is not None and bool(after.mark) and line.looks.colon and line.text[0].isupper()


_LABEL = re.compile(r"[A-Z][^\W\d]*(?: [^\W\d]+){0,2}:\s")


def _layout(line: _Line, before: _Before | None, after: _Line | None, *, top: bool) -> Layout:
    if top and not line.mark and _greets(line.text, gap=line.gap and (after is None or after.gap)):
        return Layout.GREETING
    if _heading(line, after, gap=line.gap, first=before is None and after is not None and after.gap):
        alone = not line.mark or line.text.isupper() or not _in_run(line, before, after)
        if alone:
            return Layout.HEADING
    if line.mark == "question" and line.text.endswith("?"):
        return Layout.HEADING
    return Layout.ITEM if line.mark not in {"", "answer"} else Layout.PROSE


def _in_run(line: _Line, before: _Before | None, after: _Line | None) -> bool:
    """Is it one of several list items, rather than a numbered heading?"""
    previous = before is not None and before.layout is Layout.ITEM and before.first.mark == line.mark
    return previous or (after is not None and after.mark == line.mark)


def _greets(line: str, *, gap: bool) -> bool:
    words = len(line.split())
    if words > 10:
        return False
    if _opening("greeting").match(line):
        return not line.endswith((".", "?"))
    if not gap or words > 7 or _anywhere("title").search(line):
        return False
    return line.endswith(",") or (words <= 6 and bool(_anywhere("addressee").search(line)) and not line.endswith((".", "?")))


def _heading(line: _Line, after: _Line | None, *, gap: bool, first: bool = False) -> bool:
    kind, words = line.looks.heading, line.looks.words
    if kind == "label":
        return gap or after is None or after.gap or line.looks.colon or _labelled(after.text)
    if kind in {"none", "set-off", "leading"}:
        return kind != "none"
    if kind == "question" or after is None:
        return gap and after is not None
    if kind == "framed" and not after.gap:
        return True
    runs_on = not after.gap and not after.mark and after.looks.lower
    return gap and words <= (12 if first or line.mark == "step" else 8) and (kind == "capital" or bool(line.mark)) and not runs_on


@lru_cache(maxsize=2048)
def _labelled(line: str) -> bool:
    """Does it begin with a label such as `Subject:`?"""
    if ":" not in line and "\uff1a" not in line and len(line) > _longest_label():
        return False
    found = _opening("label").match(line)
    return bool(found) and line[found.end() :].lstrip()[:1] in {"", ":", "\uff1a"}  # type: ignore[union-attr]


@cache
def _longest_label() -> int:
    return max(map(len, _words("label")))


def _segments(text: str, lines: list[_Line], starts: list[int], units: list[_Unit]) -> Iterator[Segment]:
    lasts = [*[first - 1 for _, first in units[1:]], len(lines) - 1]
    for block, ((layout, number), last) in enumerate(zip(units, lasts, strict=False)):
        first, start = lines[number], starts[number] + lines[number].ahead
        end = starts[last] + lines[last].ahead + len(lines[last].text)
        if layout is Layout.PROSE:
            for a, b, part in _sentences(text[start:end], block > 2, block == len(units) - 1):
                yield Segment(start + a, start + b, part, block)
        elif layout is Layout.NOTICE:
            yield from [Segment(start + a, start + b, layout, block) for a, b in sentence_spans(text[start:end])]
        else:
            yield Segment(starts[number] + first.left if layout is Layout.HEADING else start, end, layout, block)


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
            if prose[start:b].endswith(_COLONS):
                layout = Layout.HEADING
            elif number and closing and _opens_signoff(prose[start:b]):
                layout = Layout.SIGNOFF
        found.append((start, b, layout))
    return tuple(found)


def _inline_greeting(sentence: str) -> int:
    """Return the length of a greeting that a sentence runs on from, 0 for none."""
    found = _opening("greeting").match(sentence)
    comma = sentence.find(",", 0, 60)
    rest = sentence[comma + 1 :].strip()
    if not found or comma < 0 or len(sentence[:comma].split()) > 7 or not rest:
        return 0
    return len(sentence) if len(rest.split()) <= 4 and _opening("greeting").match(rest) else comma + 1


@lru_cache(maxsize=2048)
def sentence_spans(prose: str) -> tuple[tuple[int, int], ...]:
    """Split running text; offsets are relative to it."""
    pieces: list[tuple[int, int]] = []
    start = 0
    quoted_since = -1
    for found in _END.finditer(prose):
        mark = found.group()
        if mark in '"\u201c\u201d':
            opening = mark == "\u201c" or (mark == '"' and quoted_since < 0)
            quoted_since = found.start() if opening else -1
            continue
        if '"' in mark or "\u201d" in mark:
            quoted_since = -1
        elif quoted_since >= 0 and found.start() - quoted_since < 300:
            continue
        if _ends(prose, found):
            pieces.append((start, found.end()))
            start = found.end()
            while start < len(prose) and prose[start].isspace():
                start += 1
    if start < len(prose):
        pieces.append((start, len(prose)))
    return tuple(pieces)


def _ends(prose: str, found: re.Match[str]) -> bool:
    """Does this punctuation end a sentence?"""
    mark, end = found.group(), found.end()
    if end == len(prose) or mark[0] in "\u3002\uff01\uff1f":
        return True
    follower = prose[end : end + _LONGEST_TOKEN].lstrip() or " "
    before = prose[max(0, found.start() - _LONGEST_TOKEN) : found.start()]
    token = _TOKEN.search(before, before.rfind(" ") + 1)
    word = token.group() if token else ""
    if not prose[end].isspace():
        return mark == "." and _glued(word, follower)
    if follower[0] in "|,;.":  # a cell of a table, or dots that lead to a figure
        return False
    if mark.startswith(("..", "\u2026")) or mark[-1] in '"\u201d':
        return not follower[0].islower()
    return mark[0] in "!?" or not _abbreviated(word.lower(), prose, found.start() - len(word), follower)


def _glued(word: str, follower: str) -> bool:
    """Does a sentence end here and the next one begin without a space, as in `late.We`, but not in `amazon.co`?"""
    first, _, rest = follower.partition(" ")
    begins = (follower[0].isupper() and (follower[1:2].islower() or first == "I")) or (bool(rest) and first in _words("first_word"))
    return begins and (word.isdigit() or word[-1:].islower()) and word.lower() != "amazon"


_DOTTED = re.compile(r"[^\W\d_]{1,2}(?:\.[^\W\d_]{1,3})+")  # "s.a", "o.o"
_SPACE = re.compile(r"\s*")


def _abbreviated(word: str, prose: str, start: int, follower: str) -> bool:
    """Does the full stop behind a word belong to it?"""
    if word in _words("abbreviation") or (not follower[0].isupper() and _DOTTED.fullmatch(word)):
        return True
    next_word = re.split(r"[^\w']", follower, maxsplit=1)[0].lower()
    begins = follower[0].isupper() and next_word in _words("first_word")
    if word in _words("abbreviation_of_number"):
        return not begins
    if len(word) == 1 and word.isalpha() and (word != "i" or follower.startswith("e.")):
        # "J. Lin" and "O. He", but "of 9 V." and "size M. The"
        return not prose[max(0, start - 2) : start].strip().isdigit() and (not begins or next_word in _words("surname"))
    if word in _words("ordinal"):
        return _SPACE.fullmatch(prose, 0, start) is not None
    if word in _words("abbreviation_or_end"):
        return not begins
    return word.isdigit() and len(word) <= 2 and next_word in _words("month")
