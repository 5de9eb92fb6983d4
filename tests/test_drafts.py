"""Drafts: no work is lost, and no foreign file is touched."""

import json
import subprocess
import sys
import time
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given

from appealkit.annotate import annotate
from appealkit.case import Case
from appealkit.cli import main
from appealkit.drafts import DraftError, compare, letter_in, open_draft, save_draft
from appealkit.export import to_docx
from appealkit.language import LANGS, Lang, say
from tests.cases import cases


@given(case=cases())
def test_draft_gives_back_the_facts(case: Case, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Saved and opened again, the facts are the same."""
    path = tmp_path_factory.mktemp("drafts") / "draft.json"
    assert open_draft(save_draft(case, path, lang="en"), lang="en") == case


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"store": "x"}', b'{"appealkit": "draft", "version": 2, "case": {}}', b"[" * 99_999,
     b'{"appealkit": "draft", "version": 1}', b'{"appealkit": "draft", "version": 1, "case": {"metric": {"id": "odr", "value": 140}}}'],
)  # fmt: skip
@pytest.mark.parametrize("lang", LANGS)
def test_foreign_and_broken_files_are_left(content: bytes, lang: Lang, tmp_path: Path) -> None:
    """A file that is no sound draft is neither opened nor replaced; the message names it, and the file stays as it was."""
    path = tmp_path / "notes.json"
    path.write_bytes(content)
    for attempt in (lambda: open_draft(path, lang=lang), lambda: save_draft(Case(store="Kite"), path, lang=lang)):
        with pytest.raises(DraftError) as refused:
            attempt()
        assert str(refused.value).startswith(str(path))
    assert path.read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == ["notes.json"]


@pytest.mark.parametrize("name", ["gone/draft.json", "."])
def test_place_that_cannot_be_is_explained(name: str, tmp_path: Path) -> None:
    """A folder that is not there, or that is named instead of a file, is explained."""
    with pytest.raises(DraftError):
        save_draft(Case(store="Kite"), tmp_path / name, lang="en")


WRITER = """
import sys
from appealkit.case import Case
from appealkit.drafts import save_draft
for number in range(10**6):
    save_draft(Case(store=f"Store {number}", causes=[{"failed": "We forgot. " * 80}] * 20), sys.argv[1], lang="en")
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_kill_in_the_middle_leaves_a_whole_draft(tmp_path: Path) -> None:
    """Killed while it writes, again and again, a process leaves the old draft or the new one, never half of one."""
    path = save_draft(Case(store="Store"), tmp_path / "draft.json", lang="en")
    for attempt in range(5):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE) as process:  # noqa: S603
            assert process.stdout is not None
            while process.stdout.readline() != b"%d\n" % attempt:
                assert process.poll() is None
            time.sleep(0.05 + 0.013 * attempt)  # each time in another place
            process.kill()
        assert int(open_draft(path, lang="en").store.removeprefix("Store ")) >= attempt


def test_command_line_writes_the_letter_of_a_draft(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`appealkit write` takes the form's draft as it takes a case."""
    draft = save_draft(Case(store="Blue Kite"), tmp_path / "draft.json", lang="en")
    assert main(["write", str(draft)]) == 0
    assert "Blue Kite" in capsys.readouterr().out


def test_draft_of_a_later_version_is_written_no_letter(tmp_path: Path, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """`appealkit write` refuses what a later version stored, as the form does: this one may not know what all of it means."""
    path = tmp_path / "draft.json"
    path.write_text('{"appealkit": "draft", "version": 2, "case": {"store": "Kite"}}', encoding="utf-8")
    assert main(["write", "--lang", lang, str(path)]) == 2
    assert tuple(capsys.readouterr()) == ("", say("draft.later", lang, file=path) + "\n")


def test_letter_may_be_large_in_a_document_alone(tmp_path: Path, lang: Lang) -> None:
    """A document with photographs is read; a text as large as one is refused with words, and not taken for an empty one."""
    document, text = tmp_path / "letter.docx", tmp_path / "letter.txt"
    document.write_bytes(to_docx(annotate("We are sorry.")))
    with ZipFile(document, "a") as parts:
        parts.writestr("word/media/shelf.jpeg", bytes(6_000_000))
    assert letter_in(document, lang=lang).strip() == "We are sorry."
    text.write_bytes(b"We are sorry. " * 400_000)
    with pytest.raises(DraftError) as refused:
        letter_in(text, lang=lang)
    assert str(refused.value) == say("draft.too-large", lang, file=text)


def test_comparison_shows_what_changed() -> None:
    """The comparison has the changed line, old and new, and is empty for the same facts."""
    lines = list(compare(Case(store="Kite"), Case(store="Blue Kite")))
    assert any(line.startswith("-") and "Kite" in line for line in lines)
    assert any(line.startswith("+") and "Blue Kite" in line for line in lines)
    assert not list(compare(Case(store="Kite"), Case(store="Kite")))


def test_draft_is_named_as_one(tmp_path: Path) -> None:
    """The file says what it is, so that another program's file is never taken for it."""
    stored = json.loads(save_draft(Case(store="Kite"), tmp_path / "draft.json", lang="en").read_text(encoding="utf-8"))
    assert (stored["appealkit"], stored["version"], stored["case"]) == ("draft", 1, {"store": "Kite"})
