"""Attempts at exercises, kept in a file of the trainee's own: nothing before they agree, and nothing that they cannot see and delete."""

import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from errno import EACCES, EBUSY, ENOSPC
from pathlib import Path

from pydantic import ValidationError

from appealkit.exercises.exported import Attempt, Export
from appealkit.files import KitError, give_name, refused_as, why_refused, write_whole
from appealkit.language import Lang, say


class AttemptsError(KitError):
    """The file of attempts cannot be used; the message says why and what to do, in the reader's language. No other file was changed."""


_MARK = 0x41504B41  # tells sqlite and us whose file it is
_VERSION = 1
_TABLES = f"""
BEGIN;
CREATE TABLE trainee (name TEXT NOT NULL);
CREATE TABLE attempt (
  number INTEGER PRIMARY KEY, exercise TEXT NOT NULL, at TEXT NOT NULL, outcome TEXT NOT NULL,
  rules TEXT NOT NULL, marks TEXT NOT NULL, key TEXT NOT NULL, principle TEXT
);
PRAGMA application_id = {_MARK};
PRAGMA user_version = {_VERSION};
"""
_FIELDS = tuple(Attempt.model_fields)
_LISTS = ("rules", "marks", "key")
_AS_SYSTEM = {sqlite3.SQLITE_BUSY: EBUSY, sqlite3.SQLITE_CANTOPEN: EACCES, sqlite3.SQLITE_READONLY: EACCES, sqlite3.SQLITE_FULL: ENOSPC}
"""What the operating system would call it, by the first byte of sqlite's code."""
_BESIDE = ("", "-journal", "-wal", "-shm")  # the file, and what sqlite may leave beside it when a machine stops


class AttemptBook:
    """The file in which a trainee's attempts are kept. There is none until they agree.

    Each attempt is one transaction of its own, on the disk before `keep` returns: whatever is killed, only the attempt that was just
    being written can be lost. The file is opened anew each time, so that it can be deleted, copied or looked at at any time.

    Args:
        path: the file, such as `my-attempts.sqlite`.
        lang: language of the errors, `en` or `zh-Hant`.

    >>> AttemptBook("there-is-none.sqlite", lang="en").agreed
    False
    """

    def __init__(self, path: Path | str, *, lang: Lang) -> None:
        """Remember where the file is, or would be."""
        self.path = Path(path)
        self.titles: dict[str, Mapping[Lang, str]] = {}
        """What the exercises are called that were opened with it; the file holds their ids alone."""
        self._lang = lang
        self._watching: list[Callable[[], object]] = []

    def watch(self, tell: Callable[[], object]) -> None:
        """Tell somebody of each attempt that is kept from now on, such as a form that shows them.

        Args:
            tell: called after each.
        """
        self._watching.append(tell)

    @property
    def agreed(self) -> bool:
        """Has the trainee agreed that attempts are kept?"""
        return self.path.exists()

    @property
    def trainee(self) -> str:
        """The name that the trainee chose.

        Raises:
            AttemptsError: when there is no file, or it cannot be used.
        """
        with self._open() as file:
            name: str = file.execute("SELECT name FROM trainee").fetchone()[0]
            return name

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """All attempts, the earliest first; none before the trainee agreed.

        Raises:
            AttemptsError: when the file cannot be used.
        """
        if not self.agreed:
            return ()
        with self._open() as file:
            rows = file.execute(f"SELECT {', '.join(_FIELDS)} FROM attempt ORDER BY number")  # noqa: S608 - names of our own
            return tuple(map(_attempt, rows))

    def agree(self, trainee: str) -> None:
        """Begin to keep attempts: the trainee has said that they want it. A file that is there is gone on with, under its own name.

        Args:
            trainee: the name under which they are kept; it may be a pseudonym.

        Raises:
            AttemptsError: when the name is empty or too long, or the file cannot be made or used.
        """
        try:
            name = Export(trainee=trainee).trainee
        except ValidationError as error:
            raise AttemptsError(say("attempts.no-name", self._lang)) from error
        try:
            if not self.agreed:
                self._make(name)
        except FileExistsError:  # another notebook was quicker
            pass
        except (OSError, sqlite3.Error) as error:
            raise AttemptsError(say("export.unwritable", self._lang, file=self.path, reason=_reason(error, self._lang))) from error
        with self._open():
            return

    def keep(self, attempt: Attempt) -> bool:
        """Keep an attempt, if the trainee agreed.

        Args:
            attempt: the attempt.

        Returns:
            Whether it was kept.

        Raises:
            AttemptsError: when the file cannot be used.
        """
        if not self.agreed:
            return False
        values = attempt.model_dump(mode="json")
        row = [json.dumps(values[field]) if field in _LISTS else values[field] for field in _FIELDS]
        with self._open() as file, file:
            file.execute(f"INSERT INTO attempt ({', '.join(_FIELDS)}) VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608 - names of our own
        for tell in self._watching:
            tell()
        return True

    def export(self, path: Path | str) -> Path:
        """Write all attempts to a JSON file, in one step.

        Args:
            path: the file. One that is there is replaced only when it is an earlier export of the same trainee's.

        Returns:
            The path of the file.

        Raises:
            AttemptsError: when there is nothing to export, a file of that name is something else, or the folder cannot be written to.
        """
        path = Path(path)
        content = Export(trainee=self.trainee, attempts=self.attempts).model_dump_json(indent=1) + "\n"
        with refused_as(AttemptsError, "export.unwritable", self._lang, file=path):
            if not path.exists() or self._exported(path):
                write_whole(path, content.encode(), replace=True)
                return path
        raise AttemptsError(say("attempts.foreign-export", self._lang, file=path))

    def delete(self) -> None:
        """Delete the file with all attempts. Nothing more is kept until the trainee agrees again.

        Raises:
            AttemptsError: when the file is none of the kit's, or cannot be deleted.
        """
        if not self.agreed:
            return
        with self._open():
            pass
        with refused_as(AttemptsError, "export.unwritable", self._lang, file=self.path):
            for ending in _BESIDE:
                Path(f"{self.path}{ending}").unlink(missing_ok=True)

    def _exported(self, path: Path) -> bool:
        """Is a file an export of this trainee's?"""
        try:
            return Export.model_validate_json(path.read_bytes()).trainee == self.trainee
        except ValidationError:
            return False

    def _make(self, name: str) -> None:
        """Make the file whole under another name, and put it in place: nobody finds half a file."""
        with tempfile.TemporaryDirectory(dir=self.path.parent, prefix=f".{self.path.name}.") as folder:
            new = Path(folder) / "new"
            with closing(sqlite3.connect(new)) as file, file:
                file.executescript(_TABLES)
                file.execute("INSERT INTO trainee VALUES (?)", [name])
            give_name(new, self.path)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Open the file, if it is one of ours, and close it."""
        try:
            with closing(sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=rw", uri=True)) as file:
                file.execute("PRAGMA synchronous = FULL")
                kind, version = (file.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
                if (kind, version) == (_MARK, _VERSION):
                    yield file
                    return
        except sqlite3.OperationalError as error:
            raise AttemptsError(say("attempts.unreadable", self._lang, file=self.path, reason=_reason(error, self._lang))) from error
        except sqlite3.DatabaseError as error:
            problem = "foreign" if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB else "damaged"
            raise AttemptsError(say(f"attempts.{problem}", self._lang, file=self.path)) from error
        except (ValueError, TypeError) as error:  # what stands in a damaged file may be anything
            raise AttemptsError(say("attempts.damaged", self._lang, file=self.path)) from error
        raise AttemptsError(say("attempts.foreign", self._lang, file=self.path))


def _attempt(row: tuple[str, ...]) -> Attempt:
    values = dict(zip(_FIELDS, row, strict=True))
    return Attempt.model_validate({name: json.loads(value) if name in _LISTS else value for name, value in values.items()})


def _reason(error: OSError | sqlite3.Error, lang: Lang) -> str:
    if isinstance(error, sqlite3.Error):
        error = OSError(_AS_SYSTEM.get(error.sqlite_errorcode & 0xFF, 0), str(error))
    return why_refused(error, lang)
