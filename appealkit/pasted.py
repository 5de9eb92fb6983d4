"""A pasted message to Amazon's own words: without markup, mail headers and what others wrote around them.

Every step keeps the length of the text, so that an offset means the same before and after it.
"""

import html
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from appealkit.phrases import pattern
from appealkit.sentences import sentence_spans
from appealkit.tables import load
from appealkit.text import WIDE, in_lower_case
from appealkit.vocabulary import ONE_TO_TEN
from appealkit.written import FULL_WIDTH

PASTED = 400_000
"""Characters; so long is no mail, its markup included. What lies beyond is told as not understood."""


class Piece(NamedTuple):
    """A sentence, heading or list item of Amazon's message.

    Args:
        start: offset of its first character behind a list mark.
        end: offset behind its last one.
        lower: its words in lower case, as long as itself.
        item: it stands in a list.
        block: number of the paragraph or list item it stands in.
        lead: number of the piece that leads its list, or its paragraph of questions, in; None outside of these.
    """

    start: int
    end: int
    lower: str
    item: bool
    block: int
    lead: int | None


class _Line(NamedTuple):
    start: int  # behind quotation marks, indent and list mark
    end: int
    item: bool
    gap: bool  # a blank line stands before it
    quoted: bool
    text: str


_ONE_TO_ONE = {
    **FULL_WIDTH,
    **dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x2010), 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF, ord("\t")], " "),
    **dict.fromkeys(map(ord, "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"), "\n"),
    **dict.fromkeys(map(ord, "\u2018\u2019\u02bc"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u300c\u300d"), '"'),
    **dict.fromkeys(map(ord, "\u2010\u2011"), "-"),
}
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_BLOCK_TAG = re.compile(r"<(?:/(?:p|div|tr|h[1-6]|ul|ol|table|li)|p|div|tr|h[1-6]|ul|ol|table|br)\b[^<>]{0,400}>", re.IGNORECASE)
_ITEM_TAG = re.compile(r"<li\b[^<>]{0,400}>", re.IGNORECASE)
_TAG = re.compile(r"<(?![^<>\s]{1,100}@[^<>\s]{1,100}>)/?[a-zA-Z!][^<>\n]{0,1000}>")
_UNSEEN = re.compile(r"<(?:style|script|title)\b[^<>]{0,400}>[^<]*", re.IGNORECASE)
_LINK = re.compile(r"\[(?:cid:|image:|https?:)[^\[\]\n]{0,1000}\]|https?://[!-~]+|\bwww\.[!-~]+", re.IGNORECASE)
_COMMENT = re.compile(
    r"(?:<{2,}|<-+|<=+|\u2190|\^\^|(?:^|(?<=\n))[ ]*@[^\W\d]|(?<=\s)//)[^\n]*|\[[^\W\d][^\[\]\n:]{1,30}:[^\[\]\n]{0,400}\]"
)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+){1,6}")  # "no-reply" in it complains of no reply
_FILLED = "\u2063"  # a sign without width: no column of a table begins behind it
_SOFT = re.compile(r"(?<![=\s])=\n|[\u00ad\u200b-\u200d\u2060]")
_CODED = re.compile(r"=(?:C[23]|E[2-9])(?:=[89AB][0-9A-F]){1,2}|=(?:20|3D)")
_WRONGLY_READ = re.compile(
    r"\u00e2\u20ac[\u0153\u009d\u2122\u02dc\u201c\u201d\u00a2\u00a6\u2018]|\u00c2[\u00a0-\u00bf]|\u00c3[\u0080-\u00bf]"
)
_GARBLED = re.compile(f"{_SOFT.pattern}|=E2=80|=C2=|=C3=|{_WRONGLY_READ.pattern}")
_TOKEN = re.compile(r"\S+(?:(?<=[^=\s]=)\n\S*)*")
_LEADER = re.compile(r"\.{3,60}(?=\s{0,9}\d)")  # dots from a name in a table to its figure
_TELLING = re.compile(r"[^\W_]")
_LINE = re.compile(r"[^\n]+")
_QUOTE = re.compile(r"[\s>|]*")
_RULED = re.compile(r"[-=_*~#\s]+\Z")
_MARK = re.compile(
    r"(?:[\u2022\u00b7\u2023\u2027\u30fb\u25e6\u25aa\u25a0\u25a1\u25cf\u25cb\u25ba\u25b6\u25b8\u25c6\u25c7\u2192\u27a4\u2013\u2014\u203a\u00bb]"
    r"|[\u2610\u2611\u2612\u2713\u2714\u2605\u2756]|\[[ xX]\]|~(?=\s)|-{1,2}(?=\s|[^\W\d])|[*+o](?=\s)"
    r"|[\u2460-\u249b]|(?:step|q|\u554f\u984c|\u6b65\u9a5f)\s?\d{1,2}\s?[.:)]"
    r"|(?:part|matter|group|section) (?:[a-h\d]|[ivx]{1,4}|one|two|three|four)(?:[.:]\s|\s[-\u2013\u2014]\s)"
    r"|\(?(?:\d{1,2}|[ivx]{1,5}|[a-z])(?:[.):](?=\s)|\))|\d- (?=\S)|#?\d{1,2} {2}|q\d{1,2}(?=\s)|\d{1,2}[.\u3001](?!\d)"
    rf"|\(?[{ONE_TO_TEN}\u7532\u4e59\u4e19\u4e01\u620a][)\u3001.])\s*",
    re.IGNORECASE,
)
_COLUMNS = re.compile(r"\S {3}|\t|\S \| ")  # a row of a table never goes on with the row above
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)|\d\.\d{1,2}\.\d\d(?!\d)")
_GOES_ON = re.compile(rf"{WIDE}{{8}}[,\u3001]\Z")  # no greeting is so long
_WIDE = re.compile(WIDE)  # takes the room of two
_WRAPPED = 50  # a line this long may go on in the next one
_FEW = 5  # lines; so many quoted ones are a quoted message, and so many have to stand above a closing
_LIST = 12  # points; a longer quotation is a message
_CLOSING_WORDS = 8


@lru_cache(maxsize=2)
def without_markup(text: str) -> str:
    """Blank out markup and links, and write every letter in its usual form; the length stays.

    Args:
        text: what was pasted.

    Returns:
        A text of the same length.

    >>> without_markup("<b>Valid&nbsp;Tracking</b>")
    '   Valid      Tracking    '
    """
    if _GARBLED.search(text):
        text = _TOKEN.sub(_mended, text)
    text = _LEADER.sub(_blank, text.translate(_ONE_TO_ONE))
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    if "<" in text:
        text = _UNSEEN.sub(_blank, text)
        text = _ITEM_TAG.sub(lambda tag: "\n-".ljust(len(tag.group())), text)
        text = _BLOCK_TAG.sub(lambda tag: "\n".ljust(len(tag.group())), text)
        text = _TAG.sub(_blank, text)
    text = _COMMENT.sub(_blank, _LINK.sub(_blank, text))
    return text.translate(_traditional())


def _mended(token: re.Match[str]) -> str:
    """Write a word as it was meant: without soft hyphens and signs of no width, not as a mail's transport or a wrong reading left it."""
    word = token.group()
    if not _GARBLED.search(word):
        return word
    whole = _CODED.sub(lambda found: _decoded(bytes.fromhex(found.group().replace("=", "")), found.group()), _SOFT.sub("", word))
    whole = _WRONGLY_READ.sub(lambda found: _decoded(found.group().encode("cp1252", "replace"), found.group()), whole)
    return whole.ljust(len(word), _FILLED if _TELLING.search(whole) else " ")


def _decoded(coded: bytes, otherwise: str) -> str:
    try:
        return coded.decode()
    except UnicodeDecodeError:
        return otherwise


def _entity(found: re.Match[str]) -> str:
    letter = html.unescape(found.group()).translate(_ONE_TO_ONE)
    return (letter if len(letter) == 1 else " ").ljust(len(found.group()))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


@cache
def _traditional() -> dict[int, int]:
    """Map the simplified characters that phrases are written with to the traditional ones."""
    table = load("notices.toml")["script"]
    return str.maketrans(table["simplified"], table["traditional"])


def pieces(text: str) -> tuple[Piece, ...]:
    r"""Cut Amazon's own words out of a pasted message.

    Args:
        text: what was pasted.

    Returns:
        The pieces in order; offsets are those of the text as it was given.

    >>> [text[p.start : p.end] for text in ["Hi Lin, see below.\n\nFrom: Amazon\n\nTell us:\n1) Why?"] for p in pieces(text)]
    ['Tell us:', 'Why?']
    """
    clean = without_markup(text)
    lower = in_lower_case(clean)
    found: list[Piece] = []
    lead: int | None = None
    listed = False
    above = ""
    for block, (start, end, item) in enumerate(_blocks(_amazons(clean)[0])):
        joined = clean[start:end].replace("\n", " ")
        if _illustrates(words := lower[start:end], above):
            continue
        above = words
        asks = lead is not None and not item and not listed and "?" in joined and clean[found[lead].end - 1] == ":"
        for first, last in sentence_spans(joined):
            if not _TELLING.search(clean, start + first, start + last):
                continue
            told = _ADDRESS.sub(_blank, lower[start + first : start + last].replace("\n", " ").replace(">", " "))
            found.append(Piece(start + first, start + last, told, item, block, lead if item or asks else None))
        if found and not asks and (not item or joined.endswith(":")):
            lead = len(found) - 1
        listed = item
    return tuple(found)


def behind_closing(text: str) -> tuple[tuple[int, int], ...]:
    """Find what stands behind the closing of Amazon's message: who signs, and what nobody can say who wrote.

    Args:
        text: what was pasted.

    Returns:
        Start and end of each paragraph or list item.
    """
    return tuple((start, end) for start, end, _ in _blocks(_amazons(without_markup(text))[1]))


def _lines(text: str) -> Iterator[_Line]:
    last = 0
    for found in _LINE.finditer(text):
        start = _end(_QUOTE, text, *found.span())
        words = text[start : found.end()].rstrip()
        if not words or _RULED.match(words):
            continue
        mark = _end(_MARK, text, start, start + len(words))
        first = mark if mark < start + len(words) else start
        gap = not last or text.count("\n", last, found.start()) > 1
        yield _Line(first, start + len(words), first > start, gap, ">" in text[found.start() : start], text[first : start + len(words)])
        last = found.end()


def _end(expected: re.Pattern[str], text: str, start: int, end: int) -> int:
    found = expected.match(text, start, end)
    return found.end() if found else start


def _amazons(text: str) -> tuple[list[_Line], list[_Line]]:
    """Leave the lines that Amazon wrote: no colleague's, no mail headers, nothing behind the closing; what stands there comes second."""
    lines = [_as_field(line) for line in _message(list(_lines(text))) if not _heads(line)]
    lines = [line for line in lines if not _only_identifies(line)]
    quoted = [line for line in lines if line.quoted]
    if quoted and pattern("mail", "yours").match(quoted[0].text.lower()):
        lines = [line for line in lines if not line.quoted]
    elif _marks_a_list(lines, quoted):
        lines = [line._replace(item=True) if line.quoted else line for line in lines]
    elif len(quoted) >= _FEW and len(quoted) * 2 >= len(lines):
        lines = quoted
    closing = next((number for number, line in enumerate(lines) if number >= _FEW and _closes(line)), len(lines))
    return lines[:closing], lines[closing + 1 :]


def _heads(line: _Line) -> bool:
    """Is it a mail header, or a line that tells when somebody wrote what stands below it?"""
    lower = line.text.lower()
    tells_when = lower.endswith(":") and _YEAR.search(lower) and pattern("mail", "wrote").search(lower[:200])
    return bool(pattern("mail", "header").match(lower) or tells_when)


def _as_field(line: _Line) -> _Line:
    """Take the line of a listed complaint that names a field for a point of its own, whether it bears a mark or not."""
    lower = line.text.lower()
    return line._replace(item=True) if any(pattern("field", name).match(lower) for name in ("names", "comment")) else line


def _only_identifies(line: _Line) -> bool:
    """Does it say of a complaint which goods or order it is about, and nothing else? The name of goods complains of nothing."""
    lower = line.text.lower()
    return bool(pattern("field", "identifies").match(lower)) and not pattern("field", "names").search(lower)


def _illustrates(words: str, above: str) -> bool:
    """Is it the comment of a buyer under the type of the complaint? Where that is a claim or a rating, the comment alone tells of what."""
    named = bool(pattern("field", "comment").match(words)) and bool(pattern("field", "names").match(above))
    return named and not any(pattern("issue", issue, "phrases").search(above) for issue in load("notices.toml")["field"]["told_by_comment"])


def _marks_a_list(lines: list[_Line], quoted: list[_Line]) -> bool:
    """Does `>` stand before the points of lists, each under a line that leads it in, and not before a quoted message?"""
    starts = [number for number, line in enumerate(lines) if line.quoted and not (number and lines[number - 1].quoted and not line.gap)]
    if not quoted or len(quoted) > _LIST or any(pattern("mail", "greeting").match(line.text.lower()) for line in quoted[1:]):
        return False
    return all(number and _leads(lines[number - 1], lines[number]) for number in starts)


def _leads(above: _Line, first: _Line) -> bool:
    """Does a line lead a list in, by its colon or as a sentence that goes on in the first point?"""
    message = pattern("mail", "begins").search(above.text[:200].lower()) or pattern("mail", "greeting").match(first.text.lower())
    goes_on = above.text[-1].isalnum() and first.text[0].islower()
    return not message and (above.text.endswith(":") or goes_on)


def _message(lines: list[_Line]) -> list[_Line]:
    """Choose among several messages in one: the first that came from Amazon, or else the last."""
    starts = [0, *(number for number, line in enumerate(lines) if pattern("mail", "begins").search(line.text[:200].lower()))]
    messages = [lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    told = [message for start, message in zip(starts[1:], messages[1:], strict=True) if _from_amazon(lines, start) and len(message) > 2]
    if told:
        return told[0]
    return messages[0] if len(messages[0]) > _FEW else messages[-1]


def _from_amazon(lines: list[_Line], start: int) -> bool:
    """Does a message that begins with this line come from Amazon, as its line of the sender, or the one right above it, tells?"""
    first = start if lines[start].gap else max(0, start - 1)
    return any(pattern("mail", "sender").search(line.text[:200].lower()) for line in lines[first : start + 1])


def _closes(line: _Line) -> bool:
    return len(line.text.split()) <= _CLOSING_WORDS and len(line.text) < 80 and bool(pattern("mail", "closing").match(line.text.lower()))


def _blocks(lines: list[_Line]) -> Iterator[tuple[int, int, bool]]:
    """Join the lines of a paragraph or list item; lines right under a colon are items, also where their marks were lost."""
    start = end = 0
    item = unmarked = False
    before: _Line | None = None
    for line in lines:
        if before is None or not _goes_on(before, line):
            if before is not None:
                yield start, end, item
            lines_up = unmarked and before is not None and not before.text.endswith((".", "\u3002", "?", "!"))
            colon = before is not None and before.text.endswith(":")
            parted = line.text.endswith(";") if colon else unmarked and before is not None and before.text.endswith(";")
            unmarked = not line.item and (parted if line.gap else lines_up or colon)
            start, item = line.start, line.item or unmarked
        end, before = line.end, line
    if before is not None:
        yield start, end, item


def _goes_on(before: _Line, line: _Line) -> bool:
    if line.item or line.gap or before.text.endswith((":", ";")) or _COLUMNS.search(line.text):
        return False
    if before.text.endswith("?") and line.text[0].isupper():  # a heading, or a question by itself
        return False
    if before.item and line.text.endswith(":"):
        return line.text[0].islower()
    return len(before.text) + len(_WIDE.findall(before.text)) >= _WRAPPED or line.text[0].islower() or bool(_GOES_ON.search(before.text))
