"""Attempts: nothing is kept before the trainee agrees, nothing is lost but what was being written, and all of it can be deleted."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jupyter_client.manager import KernelManager
from pydantic import ValidationError

from appealkit.exercises.attempts import AttemptBook, AttemptsError
from appealkit.exercises.exported import Attempt, Export
from appealkit.language import LANGS, Lang, say

AT = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
KEY = ((0, "no-dates"), (3, "blame"))
ATTEMPT = Attempt(exercise="kettles", at=AT, outcome="not-yet", rules=("blame", "no-dates"), marks=((3, "blame"),), key=KEY)

_ids = st.text("azAZ09-_é原", min_size=1, max_size=80)
_marks = st.lists(st.tuples(st.integers(0, 100_000), _ids), max_size=4).map(tuple)
ATTEMPTS = st.builds(
    Attempt,
    exercise=_ids,
    at=st.datetimes(timezones=st.integers(-839, 839).map(lambda minutes: timezone(timedelta(minutes=minutes)))),
    rules=st.lists(_ids, max_size=4).map(tuple),
    marks=_marks,
    key=_marks,
)


@pytest.fixture
def book(tmp_path: Path) -> AttemptBook:
    """Give a book that was agreed to."""
    book = AttemptBook(tmp_path / "my-attempts.sqlite", lang="en")
    book.agree("Lin Mei")
    return book


def test_nothing_is_kept_before_the_trainee_agrees(tmp_path: Path) -> None:
    """Without agreement there is no file, and no attempt makes one."""
    book = AttemptBook(tmp_path / "my-attempts.sqlite", lang="en")
    assert not book.keep(ATTEMPT)
    assert not book.agreed
    assert book.attempts == ()
    book.delete()
    assert list(tmp_path.iterdir()) == []


@given(attempts=st.lists(ATTEMPTS, max_size=5))
def test_what_is_kept_is_seen_and_exported(attempts: list[Attempt], tmp_path_factory: pytest.TempPathFactory) -> None:
    """After agreement all attempts are seen in their order, also by who opens the file anew, and the export tells the same."""
    path = tmp_path_factory.mktemp("attempts") / "my-attempts.sqlite"
    book = AttemptBook(path, lang="en")
    book.agree(" Lin\nMei ")
    assert all(map(book.keep, attempts))
    seen = AttemptBook(path, lang="zh-Hant")
    assert (seen.trainee, seen.attempts) == ("Lin Mei", tuple(attempts))
    exported = Export.model_validate_json(book.export(path.with_suffix(".json")).read_bytes())
    assert (exported.trainee, exported.attempts) == ("Lin Mei", tuple(attempts))


def test_export_has_the_form_that_its_description_shows(book: AttemptBook, tmp_path: Path) -> None:
    """The export is JSON with exactly the fields that trainers are told of."""
    book.keep(ATTEMPT)
    assert json.loads(book.export(tmp_path / "lin.json").read_text(encoding="utf-8")) == {
        "appealkit": "attempts",
        "version": 1,
        "trainee": "Lin Mei",
        "attempts": [
            {
                "exercise": "kettles",
                "at": "2026-11-28T09:30:00Z",
                "outcome": "not-yet",
                "rules": ["blame", "no-dates"],
                "marks": [[3, "blame"]],
                "key": [[0, "no-dates"], [3, "blame"]],
                "principle": None,
            }
        ],
    }


@pytest.mark.parametrize(
    "wrong",
    [{"exercise": ""}, {"exercise": "a b"}, {"at": datetime(2026, 11, 28)}, {"outcome": "passed"}, {"marks": ((-1, "blame"),)},  # noqa: DTZ001
     {"key": ((1, "=1+1"),)}, {"principle": "courage"}, {"text": "what was written"}],
)  # fmt: skip
def test_impossible_attempts_are_refused(wrong: dict[str, Any]) -> None:
    """An attempt has the fields that it may have, and a moment in time with its offset."""
    with pytest.raises(ValidationError):
        Attempt.model_validate(ATTEMPT.model_dump() | wrong)


def test_agreeing_again_keeps_what_is_there(book: AttemptBook) -> None:
    """Who agrees twice loses nothing."""
    book.keep(ATTEMPT)
    book.agree("Somebody else")
    assert (book.trainee, book.attempts) == ("Lin Mei", (ATTEMPT,))


def test_deleted_is_gone(book: AttemptBook, tmp_path: Path) -> None:
    """After deletion there is no file, nothing is kept, and agreeing begins anew."""
    book.keep(ATTEMPT)
    book.delete()
    assert list(tmp_path.iterdir()) == []
    assert not book.keep(ATTEMPT)
    book.agree("Lin Mei")
    assert book.attempts == ()


@pytest.mark.parametrize("name", ["", " \n", "x" * 101, "\u200b\x07"])
def test_trainee_needs_a_name(name: str, tmp_path: Path) -> None:
    """An empty or endless name is refused with a sentence, and no file is made."""
    with pytest.raises(AttemptsError, match="pseudonym"):
        AttemptBook(tmp_path / "my-attempts.sqlite", lang="en").agree(name)
    assert list(tmp_path.iterdir()) == []


def _database(version: int) -> bytes:
    with closing(sqlite3.connect(":memory:")) as file:
        file.executescript(f"PRAGMA application_id = {0x41504B41}; PRAGMA user_version = {version}; CREATE TABLE t (x);")
        content: bytes = file.serialize()
        return content


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"diary", b"SQLite format 3\0" + b"x" * 4080, _database(0), _database(2)])
@pytest.mark.parametrize("lang", LANGS)
def test_foreign_files_are_left(content: bytes, lang: Lang, tmp_path: Path) -> None:
    """A file that is none of the kit's, or of a later version, is neither read, written nor deleted; the message names it."""
    path = tmp_path / "diary"
    path.write_bytes(content)
    book = AttemptBook(path, lang=lang)
    for use in (lambda: book.attempts, lambda: book.trainee, lambda: book.agree("Lin"), lambda: book.keep(ATTEMPT), book.delete):
        with pytest.raises(AttemptsError) as refused:
            use()
        assert str(refused.value).startswith(str(path))
    assert path.read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == ["diary"]


@pytest.mark.parametrize(("column", "value"), [("rules", "["), ("outcome", "passed"), ("marks", "[[1]]"), ("at", b"\xff"), ("key", 7)])
def test_damaged_row_is_told_and_can_be_deleted(column: str, value: object, book: AttemptBook, lang: Lang) -> None:
    """A row that is no attempt is told, and the file can still be deleted."""
    book.keep(ATTEMPT)
    with closing(sqlite3.connect(book.path)) as file, file:
        file.execute(f"UPDATE attempt SET {column} = ?", [value])  # noqa: S608 - names of our own
    with pytest.raises(AttemptsError) as refused:
        _ = AttemptBook(book.path, lang=lang).attempts
    assert str(refused.value).startswith(str(book.path))
    book.delete()
    assert not book.agreed


def test_locked_file_is_told(book: AttemptBook, lang: Lang, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that another program holds is told, in the reader's language, and not waited for without end."""
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", partial(connect, timeout=0.01))
    with closing(connect(book.path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(AttemptsError, match=say("system.EBUSY", lang)):
            AttemptBook(book.path, lang=lang).keep(ATTEMPT)
    assert book.attempts == ()


def test_foreign_export_is_not_replaced(book: AttemptBook, tmp_path: Path) -> None:
    """An export replaces an earlier export and nothing else; a folder that is not there is explained."""
    path = tmp_path / "lin.json"
    book.export(path)
    book.keep(ATTEMPT)
    assert len(Export.model_validate_json(book.export(path).read_bytes()).attempts) == 1
    path.write_text("{}", encoding="utf-8")
    chinese = AttemptBook(book.path, lang="zh-Hant")
    for place, key in ((path, ""), (tmp_path / "gone" / "lin.json", "ENOENT"), (tmp_path, "EISDIR")):
        with pytest.raises(AttemptsError, match=say(f"system.{key}", "zh-Hant") if key else None):
            chinese.export(place)
    assert path.read_text(encoding="utf-8") == "{}"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["lin.json", "my-attempts.sqlite"]


def test_export_needs_agreement(tmp_path: Path) -> None:
    """Without agreement there is nothing to export, and no file is made."""
    with pytest.raises(AttemptsError):
        AttemptBook(tmp_path / "my-attempts.sqlite", lang="en").export(tmp_path / "lin.json")
    assert list(tmp_path.iterdir()) == []


KEEPER = """
import sys
from datetime import UTC, datetime
from appealkit.exercises.attempts import AttemptBook
from appealkit.exercises.exported import Attempt
book = AttemptBook(sys.argv[1], lang="en")
book.agree("Lin Mei")
for number in range(10**6):
    book.keep(Attempt(exercise=f"e{number}", at=datetime.now(UTC), outcome="correct", rules=["blame"] * 2000))
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("until", [1, 7, 40])
def test_killed_process_loses_at_most_the_current_attempt(until: int, tmp_path: Path) -> None:
    """After SIGKILL all attempts that were said to be kept are there, at most one more, and the file goes on to be used."""
    path = tmp_path / "my-attempts.sqlite"
    with subprocess.Popen([sys.executable, "-c", KEEPER, str(path)], stdout=subprocess.PIPE, text=True) as keeper:  # noqa: S603
        assert keeper.stdout
        for _ in range(until):
            keeper.stdout.readline()
        os.kill(keeper.pid, signal.SIGKILL)
        told = until + len(keeper.stdout.readlines())
    book = AttemptBook(path, lang="en")
    kept = [attempt.exercise for attempt in book.attempts]
    assert kept == [f"e{number}" for number in range(len(kept))]
    assert told <= len(kept) <= told + 1
    assert book.keep(ATTEMPT)
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    book.delete()
    assert list(tmp_path.iterdir()) == []


def test_killed_kernel_loses_no_attempt(tmp_path: Path) -> None:
    """A Jupyter kernel that is killed between two attempts leaves all that were kept; the next kernel goes on with them."""
    path = tmp_path / "my-attempts.sqlite"
    begin = KEEPER.partition("for ")[0].replace("sys.argv[1]", repr(str(path)))
    keep = 'book.keep(Attempt(exercise="kettles", at=datetime.now(UTC), outcome="correct"))'
    for number in (1, 2):
        kernel = KernelManager(kernel_name="python3")
        kernel.start_kernel(extra_arguments=["--log-level=CRITICAL"])
        client = kernel.blocking_client()
        client.start_channels()
        client.wait_for_ready(timeout=60)
        reply = client.execute_interactive(begin + keep, timeout=60, output_hook=lambda _: None)
        assert reply["content"]["status"] == "ok", reply["content"]
        kernel.shutdown_kernel(now=True)
        client.stop_channels()
        assert len(AttemptBook(path, lang="en").attempts) == number
