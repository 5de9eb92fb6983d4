"""A letter or a notice as a file: plain text in any common encoding, or a document of a word processor (.docx)."""

import io
import re
import zlib
from itertools import groupby
from lzma import LZMAError
from typing import Any
from zipfile import BadZipFile, ZipFile

from appealkit.encoding import encoding_of

_SAMPLE = 1 << 18  # bytes; by so many the encoding of a text is told
_ZIP = b"PK\x03\x04"  # with these bytes a .docx begins
_MOST = 1 << 22  # bytes of one part; a letter of ten pages has some 300,000, and as many as this take three seconds
_BODY = re.compile(r"word/document\d*\.xml")
_ABOUT_LISTS = ("word/numbering.xml", "word/styles.xml")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_UNSEEN = (f"{_W}del", f"{_W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_P, _R, _T, _VAL, _TR, _TC = (f"{_W}{name}" for name in ("p", "r", "t", "val", "tr", "tc"))


class NoTextError(ValueError):
    """The bytes are no text, and no document that can be read."""


def text_in(content: bytes) -> str:
    r"""Return the text of a file.

    Args:
        content: what stands in it: a text in any common encoding, or a `.docx`.

    Returns:
        The text; a byte order mark is not part of it.

    Raises:
        NoTextError: when it is neither.

    >>> text_in(b"\xa35 for a caf\xe9."), text_in(b"\xff\xfeH\x00i\x00")
    ('£5 for a café.', 'Hi')
    """
    if content.startswith(_ZIP):
        return docx_text(content)
    encoding = None if content.startswith(b"%PDF") else encoding_of(content[:_SAMPLE])
    if encoding is None:
        raise NoTextError
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise NoTextError from error


def docx_text(content: bytes) -> str:
    """Return the text of a document as it would stand in a plain-text letter.

    Paragraphs are apart by an empty line where the document has no empty ones of its own; the points of a list stand close together, with
    a dash, or with the number that the word processor shows. The row of a table is a point, too, with bars between its cells, unless one of
    them has paragraphs of its own. Pictures, notes and comments are left out.

    Args:
        content: the bytes of a `.docx` file.

    Returns:
        The text.

    Raises:
        NoTextError: when they are none, the document is damaged or locked, or one of its parts is larger than any letter's.
    """
    try:
        with ZipFile(io.BytesIO(content)) as parts:
            names = parts.namelist()
            body = _parsed(parts, next(filter(_BODY.fullmatch, names)))
            lists = _Lists(*(_parsed(parts, name) if name in names else None for name in _ABOUT_LISTS))
        for unseen in [*body.iterdescendants(*_UNSEEN)]:
            unseen.getparent().remove(unseen)
        return _joined(_paragraphs(body, lists))
    # What is locked, or compressed in an unknown way, is a RuntimeError of zipfile; the errors of lxml are SyntaxErrors.
    except (BadZipFile, StopIteration, EOFError, OSError, RuntimeError, SyntaxError, ValueError, LZMAError, zlib.error) as error:
        raise NoTextError(str(error)) from error


def _parsed(parts: ZipFile, name: str) -> Any:  # noqa: ANN401 - lxml has no types
    """Read one part, as far as no letter goes; entities are left as they are."""
    from docx.oxml import parse_xml  # noqa: PLC0415 - only documents need it, and it is slow to load

    with parts.open(name) as part:
        content = part.read(_MOST + 1)
    if len(content) > _MOST:
        msg = f"{name} is too large"
        raise NoTextError(msg)
    return parse_xml(content)


def _paragraphs(body: Any, lists: "_Lists") -> list[tuple[str, str]]:  # noqa: ANN401
    """Return each paragraph: its mark, empty outside of lists, and its words."""
    words: dict[Any, list[str]] = {}
    for element in body.iterdescendants(_P, _T, *_SIGNS):
        if element.tag == _P:
            words[element] = []
        elif element.getparent().tag == _R:  # a tab may also be a place at which tabs stop
            around = next(element.iterancestors(_P), None)  # a text box has paragraphs of its own
            words.get(around, []).append(_SIGNS.get(element.tag) or element.text or "")
    if not words:
        raise NoTextError
    paragraphs = [(paragraph, (lists.mark(paragraph), "".join(told).strip())) for paragraph, told in words.items()]
    by_row = groupby(paragraphs, lambda entry: next(entry[0].iterancestors(_TR), None))
    return [told for row, entries in by_row for told in _of_row(row, [*entries])]


def _of_row(row: Any, entries: list[tuple[Any, tuple[str, str]]]) -> list[tuple[str, str]]:  # noqa: ANN401
    """Return the row of a table as one point, or as a heading where it names the columns; as its paragraphs where it is more than a row."""
    filled = [(next(paragraph.iterancestors(_TC), None), words) for paragraph, (_, words) in entries if words]
    cells = {cell for cell, _ in filled}
    if row is None or not 1 < len(cells) == len(filled) or any("\n" in words for _, words in filled):
        return [told for _, told in entries]
    told = " | ".join(words for _, words in filled)
    names = row.getprevious() is None or row.getprevious().tag != _TR
    names = names and not _NO_NAME.search(told) and all(len(words.split()) <= _NAME for _, words in filled)
    return [("" if names else "- ", told)]


_NAME = 4  # words that the name of a column has at most
_NO_NAME = re.compile(r"\d|[.!?](?:\s|$)")


def _joined(paragraphs: list[tuple[str, str]]) -> str:
    """Write paragraphs below each other, those of a list close together."""
    lines = "".join(" " if words else "\n" for _, words in paragraphs).strip("\n")
    apart = "\n" if "\n" in lines else "\n\n"
    pieces: list[str] = []
    before = ""
    for mark, words in paragraphs:
        pieces += ["\n" if mark and before else apart, mark if words else "", words]
        before = mark
    return "".join(pieces).strip("\n") + "\n"


class _Lists:
    """Tells which mark the word processor shows in front of a paragraph; numbers are counted from 1 on each level of each list."""

    def __init__(self, numbering: Any, styles: Any) -> None:  # noqa: ANN401
        """Index what a document says of its lists; None for a part that it has not."""
        self._abstract = {} if numbering is None else {num.get(_NUM): _val(num, f"{_W}abstractNumId") for num in numbering.iter(f"{_W}num")}
        self._forms = {} if numbering is None else {
            (form.get(f"{_W}abstractNumId"), level.get(_LEVEL)): _val(level, f"{_W}numFmt")
            for form in numbering.iter(f"{_W}abstractNum")
            for level in form.iter(f"{_W}lvl")
        }  # fmt: skip
        self._styles = {} if styles is None else {style.get(f"{_W}styleId"): _place(style) for style in styles.iter(f"{_W}style")}
        self._counts: dict[str, list[int]] = {}

    def mark(self, paragraph: Any) -> str:  # noqa: ANN401
        """Return the mark, with a space behind it; empty outside of lists."""
        number, level = _place(paragraph)
        if not number:
            number, level = self._styles.get(_val(paragraph, f"{_W}pPr/{_W}pStyle"), ("", ""))
        form = self._forms.get((self._abstract.get(number), level))
        if form in {None, "", "none"}:
            return ""
        if form == "bullet":
            return "- "
        counts = self._counts.setdefault(number, [])
        depth = int(level) if level in _LEVELS else 0
        counts[depth + 1 :] = []
        counts += [0] * (depth + 1 - len(counts))
        counts[depth] += 1
        return f"{counts[depth]}. "


_NUM, _LEVEL = f"{_W}numId", f"{_W}ilvl"
_LEVELS = frozenset("012345678")


def _place(element: Any) -> tuple[str, str]:  # noqa: ANN401
    """Return the list that a paragraph, or those of a style, stand in, and the level there."""
    place = f"{_W}pPr/{_W}numPr/"
    return _val(element, place + _NUM), _val(element, place + _LEVEL) or "0"


def _val(element: Any, path: str) -> str:  # noqa: ANN401
    found = element.find(path)
    return "" if found is None else found.get(_VAL, "")
