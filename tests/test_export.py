"""Letters to take away: three answers, a document, a page, and no file replaced without a word."""

import io
from pathlib import Path

import pytest
from docx import Document

from appealkit.annotate import annotate
from appealkit.case import Case
from appealkit.cli import main
from appealkit.export import ExportError, export, three_answers, to_docx
from appealkit.letter import assemble
from appealkit.text import LANGS, Lang, load, say

CASE = Case.model_validate(load("samples.toml")["case"]["lamps"]["facts"])


def test_three_answers_share_out_the_letter() -> None:
    """Each sentence of cause, finished step and prevention stands in one answer, in the letter's own words; no other does."""
    cause, taken, prevention = (answer.text for answer in three_answers(assemble(CASE)))
    for text, facts in ((cause, [one.failed for one in CASE.causes]), (taken, [one.what for one in CASE.actions if one.status == "done"])):
        assert facts
        assert all(fact.rstrip(".") in text for fact in facts)
    assert all(one.what not in taken and one.what in prevention for one in CASE.actions if one.status == "planned")
    assert "Dear" not in cause + taken + prevention


def test_limit_is_counted_in_characters() -> None:
    """With a limit of the user's, an answer says by how many characters it is too long; without one, it never is."""
    answers = three_answers(annotate("Stock was counted once a week."), limit=10)
    assert [answer.over for answer in answers] == [len("Stock was counted once a week.") - 10, 0, 0]
    assert {answer.over for answer in three_answers(assemble(CASE))} == {0}
    with pytest.raises(ValueError, match="no room"):
        three_answers(assemble(CASE), limit=0)


def test_document_holds_the_letter() -> None:
    """Opened again, the document has the letter's lines in order, its subject and headings as such, and nobody's name as its author."""
    letter = assemble(CASE)
    document = Document(io.BytesIO(to_docx(letter)))
    assert [line.text for line in document.paragraphs] == [line for line in letter.text.splitlines() if line]
    styles = {line.text: line.style.name for line in document.paragraphs if line.style and line.style.name != "Normal"}
    assert styles.pop(letter.text.splitlines()[0]) == "Title"
    assert styles.pop("What went wrong") == "Heading 1"
    assert styles
    assert all(style == ("Heading 2" if line.endswith(":") else "Heading 1") for line, style in styles.items())
    assert document.paragraphs[-1].paragraph_format.space_after is not None
    assert document.core_properties.author == ""


def test_headings_that_all_end_in_a_colon_are_of_one_level() -> None:
    """A letter without other headings has no second level, and without a subject no title."""
    text = (
        "Dear Seller Performance,\n\nRoot cause:\nWe counted once a week.\n\nWhat we have done:\n- On 2 May 2026 we refunded all buyers.\n"
    )
    styles = [line.style.name for line in Document(io.BytesIO(to_docx(annotate(text)))).paragraphs if line.style]
    assert styles == ["Normal", "Heading 1", "Normal", "Heading 1", "Normal"]


def test_document_bears_any_character() -> None:
    """Characters that a document cannot hold are left out, and no others."""
    document = Document(io.BytesIO(to_docx(annotate("We\x00 failed <b>badly</b> \x0b in 三月 & April."))))
    assert "".join(line.text for line in document.paragraphs).replace(" ", "") == "Wefailed<b>badly</b>in三月&April."


@pytest.mark.parametrize("form", ["txt", "docx", "html"])
@pytest.mark.parametrize("lang", LANGS)
def test_file_of_the_same_name_is_left(form: str, lang: Lang, tmp_path: Path) -> None:
    """A file that is there is not replaced unless that was asked for; the message names it."""
    path = tmp_path / f"letter.{form}"
    first = export(assemble(CASE), path, lang=lang).read_bytes()
    assert first
    path.write_bytes(b"mine")
    with pytest.raises(ExportError) as refused:
        export(assemble(CASE), path, lang=lang)
    assert str(refused.value) == say("export.exists", lang, file=path)
    assert path.read_bytes() == b"mine"
    assert export(assemble(CASE), path, lang=lang, overwrite=True).read_bytes() != b"mine"


@pytest.mark.parametrize(("name", "key"), [("letter.pdf", "unknown-form"), ("letter", "unknown-form"), ("gone/letter.txt", "unwritable")])
def test_name_that_cannot_be_is_explained(name: str, key: str, tmp_path: Path) -> None:
    """Another kind of file, or a folder that is not there, is explained."""
    with pytest.raises(ExportError) as refused:
        export(assemble(CASE), tmp_path / name, lang="en")
    assert str(refused.value).startswith(say(f"export.{key}", "en", file=tmp_path / name, forms="", reason="").split("(")[0][:20])


def test_page_escapes_the_letter(tmp_path: Path) -> None:
    """The annotated page shows markup in a letter as text."""
    page = export(annotate("We failed <script>alert(1)</script> in March."), tmp_path / "letter.html", lang="en").read_text(
        encoding="utf-8"
    )
    assert "&lt;script&gt;" in page
    assert "<script" not in page


def test_command_writes_a_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`write --out` writes the letter to a new file, and refuses to do it twice."""
    case, out = tmp_path / "case.json", tmp_path / "letter.docx"
    case.write_text(CASE.model_dump_json(), encoding="utf-8")
    assert main(["write", str(case), "--out", str(out)]) == 0
    assert capsys.readouterr().out == say("export.done", "en", file=out) + "\n"
    assert Document(str(out)).paragraphs
    assert main(["write", str(case), "--out", str(out)]) == 2
    assert capsys.readouterr().err.strip() == say("export.exists", "en", file=out)
