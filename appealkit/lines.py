"""The lines of a text, each by itself: its list mark, what its words look like, and what stands straight above it."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from appealkit.layout import COLONS, TERMINAL, layout_words, opening
from appealkit.memory import Memory
from appealkit.text import UNSEEN
from appealkit.vocabulary import ONE_TO_TEN, below_hundred, months

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


class Looks(NamedTuple):
    """What the words of a line look like by themselves."""

    words: int
    first: int  # characters of the first word
    lower: bool  # they begin with a small letter
    ended: bool  # they end with a full stop, a colon or the like
    colon: bool
    filled: bool  # the line is so long that it may go on in the next one
    label: bool  # they begin with a name and a colon
    heading: str  # what kind of heading they may be: as `segment` reads them


@dataclass(slots=True, eq=False)
class Line:
    """A line of a text, with what stands straight above it."""

    left: int  # characters before the list mark, or before the words where there is none
    ahead: int  # characters before the words
    mark: str  # family of the list mark, empty for none
    gap: bool  # a blank line stands before it
    ruled: bool  # a ruled line stands before it
    quoted: bool  # it stands behind ">"
    indented: bool  # without a list mark
    text: str
    looks: Looks


_QUOTE = re.compile(r"\A[\s>]+")
_MARK = re.compile(
    rf"""(?P<bullet>(?:[-=]+>|--(?=\s)|[-\u2010-\u2015\u2022\u00b7\u2023\u203a\u00bb\u30fb\u2190-\u21ff\u25a0-\u25ff\u2605\u2606\u2610-\u2612\u2705\u2713-\u2718
        \u2720-\u274b\u2794-\u27be+]\ufe0f?|\*(?!\*)|o(?=\s)|\u00a7(?=\s+[^\W\d])|\[[\sx\u2713]?\](?=\s)|[^\w\s"'\u2018-\u201f()\[\]{{}}<>\u00a7&$\u20ac\u00a3\u00a5%@.,;:!?#=](?=\s))\s*)
    | (?P<step>(?:step|cause|reason|action|measure|point|problem|issue|fix|section|part|item|task|change|stage|phase|n[or]\.)\s?
        (?:\#?\d{{1,2}}[a-z]?|{below_hundred()})\s?[:.)\-\u2013\u2014]\s*)
    | (?P<question>q(?:\s?\d{{1,2}}[.:)]|:(?=\s))\s*)
    | (?P<circle>(?:[\u2460-\u249b\u24f5-\u24fe\u2776-\u2793]|\d\ufe0f?\u20e3)\s*)
    | (?P<number>(?:[(\uff08]?\#?\d{{1,2}}(?:[-.]\d{{1,2}})*(?:(?:[.:\u3001\uff0e][)\-]?|[)\uff09])(?!\d)|[-,/]\s|\s[-\u2013|,.:)]\s(?!\.))
        |[\u00a7\#\u2116]\s?\d{{1,2}}(?:[.):]|(?=\s))|\[\d{{1,2}}\](?=\s)|<\d{{1,2}}>|\d{{1,2}}[\u00b0\u00ba](?=\s)|\*\*\d{{1,2}}[.):]?\*\*(?=\s)|(?-i:[A-H])\s[-\u2013]\s
        |[(\uff08]?[{ONE_TO_TEN}]{{1,3}}(?:[.\u3001\uff0e]|[)\uff09])|\u7b2c(?:[{ONE_TO_TEN}]{{1,3}}|\d{{1,2}})[,\uff0c\u3001:\uff1a]
        |\d{{1,2}}(?:\.\d{{1,2}})+\s+(?=(?-i:[A-Z]|\d)))\s*)
    | (?P<letter>\(?(?:[a-z]\d{{0,2}}|\d{{1,2}}[a-h]|[ivx]{{2,4}})[.):](?=\s)\s*|[a-h][-/]\s+|\((?:[a-z]|[ivx]{{2,4}})\)\s*)
    | (?P<code>(?-i:[A-H])\d{{1,2}}\s+(?=\w))
    | (?P<bare>\d{{1,2}}\s+(?=(?-i:[A-Z])))
    | (?P<named>(?=step\s?\d{{1,2}}\b))""",
    re.VERBOSE | re.IGNORECASE,
)
_DIGITS = re.compile(rf"\d+|[{ONE_TO_TEN}]+")
_RULE = re.compile(r"[-=_*~#\s]{3,}\Z")
_STOPS = (*TERMINAL, *COLONS)
_DOTS = ("...", "\u2026")
_ENDS = (*TERMINAL, ",", ";")
_LEADS = (*COLONS, *_DOTS)
_WRAPPED = 45  # a line this long may go on in the next one
_LONGEST_TOKEN = 40
_LABEL = re.compile(r"[A-Z][^\W\d]*(?: [^\W\d]+){0,2}:\s")
_Above = Literal["top", "line", "gap", "rule"]  # what stands straight above a line


def lines_of(text: str) -> tuple[list[Line], list[int]]:
    """Cut a text into lines, each with its offset; those that are blank or ruled are left out."""
    lines: list[Line] = []
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


@lru_cache(maxsize=2048)
def _line(raw: _Raw, family: str, above: _Above) -> Line:
    text = raw.content[raw.mark.end() :] if raw.mark and family else raw.content
    ahead = raw.ahead + len(raw.content) - len(text)
    indented = raw.ahead > 1 and not family and above != "top"
    return Line(raw.ahead, ahead, family, above != "line", above == "rule", raw.quoted, indented, text, _looks(text))


def _by_itself(line: str) -> _Raw:
    bare = line.lstrip().lstrip(UNSEEN).lstrip()
    quoted = bare.startswith(">")
    if quoted:
        bare = _QUOTE.sub("", bare)
    content = bare.rstrip().rstrip(UNSEEN).rstrip()
    rule = content[:1] in "-=_*~#" and bool(_RULE.match(content))
    mark = _MARK.match(content)
    return _Raw(content, len(line) - len(bare), quoted, rule, mark, _family(mark) if mark and mark.end() < len(content) else "")


_raw = Memory(_by_itself, most=2048)


def _looks(text: str) -> Looks:
    split = text.split()
    words = len(split)
    label = ":" in text and _LABEL.match(text) is not None
    return Looks(
        words,
        len(split[0]),
        text[0].islower(),
        text.endswith(_STOPS),
        text.endswith(COLONS),
        len(text) >= _WRAPPED,
        label,
        _kind(text, words),
    )


def _kind(text: str, words: int) -> str:
    """Tell what kind of heading the words of a line may be."""
    bare = text.strip("*#_ ")
    ended = bare.endswith(_ENDS) and not bare.endswith(_DOTS)
    if len(text) < 120 and labelled(text):
        kind = "label"
    elif words > 12 or len(text) > 110:
        kind = "none"
    elif text.startswith(("#", "**", "__", "\u3010", "==")) or (text.endswith("**") and words < 10):
        kind = "set-off"
    elif text[0] + text[-1] in {"[]", "<>"} and not (text.isupper() and len(text) > 3):
        kind = "framed"
    elif ended:
        kind = "question" if bare.endswith("?") and words <= 10 and opening("question").match(bare) else "none"
    elif bare.endswith(_LEADS) or (bare.isupper() and len(bare) > 3) or (words < 3 and _numbers_a_part(bare)):
        kind = "leading"
    elif opening("asking").match(bare):
        kind = "asking"
    else:
        kind = "capital" if bare[:1].isupper() else "small"
    return kind


def _numbers_a_part(line: str) -> bool:
    """Is it "Cause 2" or "Fix #1", and nothing else?"""
    found = _MARK.fullmatch(f"{line}:")
    return found is not None and found.lastgroup == "step"


def _counts(mark: re.Match[str], family: str, above: Line | None, counted: int) -> bool:
    """Tell a number that counts from one that the line straight above runs on to ("May 10, 2026"), or that counts things ("12 May")."""
    begins = above is None or above.looks.ended
    if mark.lastgroup == "bare":
        number, words = int(mark.group()), mark.string[mark.end() : mark.end() + _LONGEST_TOKEN].split(maxsplit=1)
        follows = (begins and number == 1) or (counted > 0 and number in {counted, counted + 1})
        return follows and words[0].lower() not in months()
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


@lru_cache(maxsize=2048)
def labelled(line: str) -> bool:
    """Does it begin with a label such as `Subject:`?"""
    if ":" not in line and "\uff1a" not in line and len(line) > _longest_label():
        return False
    found = opening("label").match(line)
    return found is not None and line[found.end() :].lstrip()[:1] in {"", ":", "\uff1a"}


@cache
def _longest_label() -> int:
    return max(map(len, layout_words("label")))
