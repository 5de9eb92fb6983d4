"""Letters as files: texts in common encodings, and documents of a word processor, hostile ones too."""

import io
import struct
from collections.abc import Iterator, Sequence
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document

from appealkit.annotate import annotate
from appealkit.export import to_docx
from appealkit.roles import Role
from appealkit.segment import Layout
from appealkit.text_file import NoTextError, text_in
from tests.test_annotate import LETTER

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def document(*paragraphs: str, style: str = "") -> bytes:
    """Write paragraphs as a document of a word processor."""
    written = Document()
    for words in paragraphs:
        written.add_paragraph(words, style=style or None)
    stream = io.BytesIO()
    written.save(stream)
    return stream.getvalue()


def archive(parts: dict[str, bytes]) -> bytes:
    """Pack parts as a document has them."""
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return stream.getvalue()


def body(inside: str) -> bytes:
    """Write a document by hand."""
    return archive({"word/document.xml": f"<w:document {W}><w:body>{inside}</w:body></w:document>".encode()})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_texts_of_notepad_are_read(encoding: str) -> None:
    """What an editor on Windows calls ANSI, Unicode or UTF-8 is the same text."""
    text = LETTER + "\nIt wasn’t “them” – £5, café.\n"
    assert text_in(text.encode(encoding)) == text


def test_chinese_names_are_read_in_the_encoding_of_taiwan() -> None:
    """An English letter that a Chinese Windows stored as ANSI keeps the name of who signs."""
    text = LETTER + "\n林美玲\n"
    assert text_in(text.encode("big5")) == text


def test_document_is_read_as_its_text_would_be() -> None:
    """Lines as paragraphs, with and without empty ones, and a document of the kit's own are judged as the letter is."""
    expected = [finding.rule.id for finding in annotate(LETTER).findings]
    lines = LETTER.splitlines()
    assert text_in(document(*lines)) == LETTER
    for content in (document(*filter(None, lines)), to_docx(annotate(LETTER))):
        assert [finding.rule.id for finding in annotate(text_in(content)).findings] == expected


def test_point_that_stands_alone_in_a_document_is_the_same_point() -> None:
    """The one paper below "Also enclosed:" is no heading in a document, where paragraphs are apart."""
    letter = "Dear Amazon,\n\nI am sorry.\n\nAlso enclosed:\n- Post Office receipts and 3 refund emails\n\nPlease reinstate my account.\n"
    told = [[(one.text, one.layout) for one in annotate(text).sentences] for text in (letter, text_in(to_docx(annotate(letter))))]
    assert told[0] == told[1]
    assert ("Post Office receipts and 3 refund emails", Layout.ITEM) in told[0]


def test_paragraphs_are_apart() -> None:
    """Without empty paragraphs each stands by itself; one at the end does not make them lines."""
    assert text_in(document("Dear Amazon,", "we are sorry.", "")) == "Dear Amazon,\n\nwe are sorry.\n"
    assert text_in(document("Hello,", "", "Lin", "Blue Kite")) == "Hello,\n\nLin\nBlue Kite\n"


def test_points_keep_their_marks() -> None:
    """Points of a list that the word processor numbers or marks have number or mark, and stand close together."""
    written = Document()
    for words, style in (
        ("Done:", None), ("one", "List Number"), ("two", "List Number"), ("three", "List Bullet"), ("Bye", None),
    ):  # fmt: skip
        written.add_paragraph(words, style=style)
    stream = io.BytesIO()
    written.save(stream)
    assert text_in(stream.getvalue()) == "Done:\n\n1. one\n2. two\n- three\n\nBye\n"


def test_what_was_deleted_is_not_read() -> None:
    """Of tracked changes the letter as it is now is read, links and fields too, and a text box once."""
    inside = (
        "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>We </w:t></w:r>"
        "<w:del><w:r><w:delText>never </w:delText></w:r></w:del><w:ins><w:r><w:t>now </w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>all </w:t></w:r></w:moveFrom>"
        "<w:hyperlink><w:r><w:t>count</w:t><w:br/><w:t>it</w:t></w:r></w:hyperlink></w:p>"
        "<w:p><w:r><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></w:r><w:r><w:t>around</w:t></w:r></w:p>"
    )
    assert text_in(body(inside)) == "We now count\nit\n\naround\n\nboxed\n"


def hostile() -> Iterator[tuple[str, bytes]]:
    """Give files that look like a document and are none, or would take all memory."""
    good = document("Dear Amazon,")
    yield "cut", good[: len(good) // 2]
    yield "no document", archive({"content.xml": b"<a/>"})
    yield "no XML", archive({"word/document.xml": b"Dear Amazon,"})
    yield "other XML", archive({"word/document.xml": b"<a>Dear Amazon,</a>"})
    yield "bomb", body("<w:p/>" * 2_000_000)
    yield "bomb that tells a small size", body("<w:p/>" * 2_000_000).replace(struct.pack("<I", 12_000_115), struct.pack("<I", 99))
    yield "deep", body("<w:p>" * 100_000)
    yield "list bomb", archive({"word/document.xml": body("<w:p/>"), "word/numbering.xml": b" " * 9_000_000})
    flagged = bytearray(archive({"word/document.xml": b"x"}))
    for place in (6, flagged.index(b"PK\x01\x02") + 8):
        flagged[place] |= 1
    yield "locked", bytes(flagged)
    yield "PDF", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj <</Type/Catalog>>\nendobj\n"
    yield "old Word", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


@pytest.mark.parametrize(("kind", "content"), [*hostile()], ids=lambda value: value if isinstance(value, str) else "")
def test_what_is_no_letter_is_refused(kind: str, content: bytes) -> None:
    """Damaged, locked and hostile files are refused, and no more of them is unpacked than a letter could have."""
    assert kind
    with pytest.raises(NoTextError):
        text_in(content)


def test_entities_are_left_alone() -> None:
    """What a document defines to grow, or to be fetched from a file, is not filled in."""
    defined = "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'><!ENTITY c 'ccc'>]>"
    xml = f"{defined}<w:document {W}><w:p><w:r><w:t>a&b;&c;</w:t></w:r></w:p></w:document>"
    assert text_in(archive({"word/document.xml": xml.encode()})) == "a\n"


def tabled(*rows: Sequence[str], after: str = "") -> str:
    """Return how a document with a table is read."""
    written = Document()
    written.add_paragraph("Preventive steps")
    table = written.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            first, *more = words.split("\n\n")
            cell.text = first
            for paragraph in more:
                cell.add_paragraph(paragraph)
    written.add_paragraph(after)
    stream = io.BytesIO()
    written.save(stream)
    return text_in(stream.getvalue())


def test_row_of_a_table_is_a_point() -> None:
    """The cells of a row stand in one line, so that a bare name or day is no sentence; the row that names the columns is a heading."""
    steps = ("Marko checks the first scan of every parcel every morning.", "Jelena checks each new listing before it goes online.")
    rows = [(steps[0], "Marko", "28.11.2026"), (steps[1], "Jelena", ""), ("We now inspect 10% of every batch.", "Marko", "30.11.2026")]
    text = tabled(("Step", "Who", "Since"), *rows, after="Please reinstate our account.")
    assert text == (
        f"Preventive steps\n\nStep | Who | Since\n\n- {steps[0]} | Marko | 28.11.2026\n- {steps[1]} | Jelena\n"
        "- We now inspect 10% of every batch. | Marko | 30.11.2026\n\nPlease reinstate our account.\n"
    )
    found = annotate(text)
    assert [sentence.text for sentence in found.having(Role.ACTION_PLANNED)] == [line.removeprefix("- ") for line in text.splitlines()[4:7]]
    assert "unlisted-actions" not in {finding.rule.id for finding in found.findings}


def test_table_that_lays_out_a_page_is_read_as_its_paragraphs() -> None:
    """Where a cell has paragraphs of its own, or stands alone in its row, nothing is put together; a row of figures is no heading."""
    assert tabled(("Root cause", "We counted on Mondays only.\n\nNobody looked at the shelf.")).count(" | ") == 0
    assert "\n\nRoot cause\n\nWe counted" in tabled(("Root cause", "We counted on Mondays only.\n\nNobody looked at the shelf."))
    assert "\n\nOnly one" in tabled(("", "Only one"))
    assert "\n- Orders | 609\n- Rate | 2.3%\n" in tabled(("Orders", "609"), ("Rate", "2.3%"))
