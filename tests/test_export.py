"""Letters to take away: three answers, a document, a page, and no file replaced without a word."""

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given

from appealkit.annotate import annotate
from appealkit.case import Case
from appealkit.cli import main
from appealkit.export import ExportError, export, letter_to_page, three_answers, to_docx
from appealkit.language import LANGS, Lang, say
from appealkit.letter import assemble
from appealkit.tables import load
from tests.cases import cases

CASE = Case.model_validate(load("samples.toml")["case"]["lamps"]["facts"])


def test_answers_keep_what_a_step_is_for() -> None:
    """A heading that leads steps in, such as “For cause 1:”, stands above them in each answer, once; it is no sentence."""
    letter = "The cause was X.\n\nWhat we do\n\nFor cause 1:\n1. On 2 May 2026 we refunded all.\n2. We now count daily.\n\nFor cause 2:\n"
    _, taken, prevention = three_answers(annotate(f"{letter}3. On 3 May 2026 we hired Petra.\n\nWe will keep our rate under 1%."))
    assert taken.text == "For cause 1:\n- On 2 May 2026 we refunded all.\nFor cause 2:\n- On 3 May 2026 we hired Petra."
    assert prevention.text == "For cause 1:\n- We now count daily.\nWe will keep our rate under 1%."
    assert (len(taken.sentences), len(prevention.sentences)) == (2, 2)


def test_answers_number_the_causes_that_others_name() -> None:
    """A heading names a cause by its number, so that it has it in its own answer; a point of several sentences is one point there."""
    cause, taken, _ = (answer.text for answer in three_answers(assemble(CASE)))
    named = re.findall(r"^For cause (\d),", taken, re.MULTILINE)
    assert named
    assert all(f"\n{number}. " in cause for number in named)
    letter = "The causes were these:\n\n1. Stock was counted once a week. We sold units that were gone.\n2. Nobody read the messages.\n"
    assert three_answers(annotate(letter))[0].text.splitlines()[-2:] == [
        "1. Stock was counted once a week. We sold units that were gone.",
        "2. Nobody read the messages.",
    ]


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
    """Opened again, the document has the letter's lines in order, and its subject and headings as such; a title needs no “Subject:”."""
    letter = assemble(CASE)
    document = Document(io.BytesIO(to_docx(letter)))
    subject, *lines = [line for line in letter.text.splitlines() if line]
    title = subject.removeprefix("Subject: ")
    assert title != subject
    assert [line.text for line in document.paragraphs] == [title, *lines]
    styles = {line.text: line.style.name for line in document.paragraphs if line.style and line.style.name != "Normal"}
    assert styles.pop(title) == "Title"
    assert styles.pop("What went wrong") == "Heading 1"
    assert styles
    assert all(style == ("Heading 2" if line.endswith(":") else "Heading 1") for line, style in styles.items())
    assert document.paragraphs[-1].paragraph_format.space_after is not None


def test_document_says_what_it_is() -> None:
    """Its title is the subject, its author who signs, and its day the given one; nothing in it is that of the library or another's."""
    content = to_docx(assemble(CASE), created=datetime(2026, 3, 31, 9, 30, tzinfo=UTC))
    told = Document(io.BytesIO(content)).core_properties
    assert told.title == "Plan of action for our order defect rate, Quiet Heron Lamps (Amazon.com)"
    assert told.author == "Lin Yu-chen"
    assert told.created == told.modified == datetime(2026, 3, 31, 9, 30, tzinfo=UTC)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        properties = "".join(
            parts.read(name).decode() for name in parts.namelist() if name.startswith("docProps/") and name.endswith("xml")
        )
    assert "2026-03-31" in properties
    assert not re.search("python-docx|2013|Steve", properties)


@pytest.mark.parametrize(
    ("letter", "author"),
    [
        ("We failed.\n\nKind regards,\nBlue Kite\n", "Blue Kite"),
        ("We failed.\n\nKind regards, Lin Mei, Blue Kite", "Lin Mei"),
        ("We failed.\n\nKind regards,", ""),
        ("We failed.", ""),
    ],
)
def test_author_is_who_signs(letter: str, author: str) -> None:
    """The author of a document is taken from the signature, and from nowhere else; a document without one has the moment of its making."""
    told = Document(io.BytesIO(to_docx(annotate(letter)))).core_properties
    assert told.author == author
    assert datetime.now(UTC) - told.created < timedelta(minutes=5)


class _Outline(HTMLParser):
    """The tags of a page that have text of their own, with that text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.parts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.languages: list[str | None] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"br", "meta"}:
            self._open.append(tag)
        self.languages += [value for name, value in attrs if name == "lang"]

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open:
            self.parts.append((self._open[-1], " ".join(data.split())))


def test_page_is_the_letter_alone() -> None:
    """The page has the letter's text in order and nothing else: its subject on top, two levels of headings, numbered points, paragraphs."""
    letter = assemble(CASE)
    outline = _Outline(letter_to_page(letter))
    assert outline.languages == ["en"]
    assert outline.parts.pop(0) == ("title", "Plan of action for our order defect rate, Quiet Heron Lamps (Amazon.com)")
    assert outline.parts.pop(0)[0] == "style"
    lines = [re.sub(r"^(?:\d+\.|-|Subject:) ", "", line) for line in letter.text.splitlines() if line]
    assert [words for _, words in outline.parts] == lines
    tags = {words: tag for tag, words in outline.parts}
    assert tags[lines[0]] == "h1"
    assert tags["Root causes"] == "h2"
    assert {tag for words, tag in tags.items() if words.startswith("For cause")} == {"h3"}
    assert sum(tag == "li" for tag, _ in outline.parts) == len(CASE.causes) + len(CASE.actions)
    assert '<ol start="4">' in letter_to_page(letter)


def test_page_takes_any_list_for_what_it_is() -> None:
    """Numbers that go on make one list, others a new one; bullets make another kind, and marks of other kinds stay as they were typed."""
    text = "Dear Amazon,\n\nWe did this:\n1) We counted.\n2) We refunded.\n\n5) We hired.\n- We packed.\n• We sent.\nStep 1: We called.\n"
    lists = re.findall(r"<(ol|ul)([^>]*)>(.*?)</\1>", letter_to_page(annotate(text)), re.DOTALL)
    told = [(kind, mark.strip(), re.findall("<li>(.*?)</li>", points)) for kind, mark, points in lists]
    assert told == [
        ("ol", "", ["We counted.", "We refunded."]),
        ("ol", 'start="5"', ["We hired."]),
        ("ul", "", ["We packed.", "We sent."]),
        ("ul", 'class="marked"', ["Step 1: We called."]),
    ]


@given(case=cases())
def test_page_loses_no_word(case: Case) -> None:
    """Whatever the facts are, each word of the letter stands in the page, but for the one that says that a line is its subject."""
    letter = assemble(case)
    words = " ".join(words for tag, words in _Outline(letter_to_page(letter)).parts if tag not in {"title", "style"}).split()
    printable = ("".join(filter(str.isprintable, word)) for word in letter.text.removeprefix("Subject:").split())
    assert [word for word in words if word.strip("-.0123456789")] == [word for word in printable if word.strip("-.0123456789")]


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
    """A file that is there is not replaced; the message names it."""
    path = tmp_path / f"letter.{form}"
    first = export(assemble(CASE), path, lang=lang).read_bytes()
    assert first
    path.write_bytes(b"mine")
    with pytest.raises(ExportError) as refused:
        export(assemble(CASE), path, lang=lang)
    assert str(refused.value) == say("export.exists", lang, file=path)
    assert path.read_bytes() == b"mine"


@pytest.mark.parametrize(("name", "key"), [("letter.pdf", "unknown-form"), ("letter", "unknown-form"), ("gone/letter.txt", "unwritable")])
def test_name_that_cannot_be_is_explained(name: str, key: str, tmp_path: Path) -> None:
    """Another kind of file, or a folder that is not there, is explained."""
    with pytest.raises(ExportError) as refused:
        export(assemble(CASE), tmp_path / name, lang="en")
    assert str(refused.value).startswith(say(f"export.{key}", "en", file=tmp_path / name, forms="", reason="").split("(")[0][:20])


def test_page_escapes_the_letter(tmp_path: Path) -> None:
    """Both pages show markup in a letter as text, also in a subject, a point and a signature."""
    hostile = "<script>alert('x')</script> & {{ 7 * 7 }} \x00</title>"
    letter = annotate(f"Subject: Appeal {hostile}\n\nWe failed {hostile} in March.\n\n- We refunded {hostile}\n\nRegards,\n{hostile}")
    for annotated in (True, False):
        page = export(letter, tmp_path / f"letter-{annotated}.html", lang="en", annotated=annotated).read_text(encoding="utf-8")
        assert page.count("&lt;script&gt;") >= 4
        assert "<script" not in page
        assert page.count("</title>") == 1
        assert "{{ 7 * 7 }}" in page


def test_only_a_page_is_annotated(tmp_path: Path) -> None:
    """An annotated letter is a page: another ending is refused, and the message says which one it takes."""
    with pytest.raises(ExportError) as refused:
        export(assemble(CASE), tmp_path / "letter.docx", lang="en", annotated=True)
    assert str(refused.value).endswith(": .html")
    assert not list(tmp_path.iterdir())


def test_command_writes_a_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`write --out` writes the letter to a new file, and refuses to do it twice."""
    case, out = tmp_path / "case.json", tmp_path / "letter.docx"
    case.write_text(CASE.model_dump_json(), encoding="utf-8")
    assert main(["write", str(case), "--out", str(out)]) == 0
    assert capsys.readouterr().out == say("export.done", "en", file=out) + "\n"
    assert Document(str(out)).paragraphs
    assert main(["write", str(case), "--out", str(out)]) == 2
    assert capsys.readouterr().err.strip() == say("export.exists", "en", file=out)


def test_command_writes_both_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`write --out` writes the letter alone as a page, and with `--annotated` the annotated one; facts in Chinese are named."""
    case = tmp_path / "case.json"
    case.write_text(CASE.model_copy(update={"store": "南星"}).model_dump_json(), encoding="utf-8")
    assert main(["write", str(case), "--out", str(tmp_path / "letter.html")]) == 0
    assert say("case.chinese-name", "en", words="南星") in capsys.readouterr().err
    assert main(["write", str(case), "--annotated", "--out", str(tmp_path / "annotated.html")]) == 0
    assert "ak-letter" not in (tmp_path / "letter.html").read_text(encoding="utf-8")
    assert "ak-letter" in (tmp_path / "annotated.html").read_text(encoding="utf-8")
