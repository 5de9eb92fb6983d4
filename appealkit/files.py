"""Files that are whole: whoever reads one finds what was there before or all that is new, wherever the machine stops."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EFBIG, errorcode
from glob import escape
from itertools import chain, count
from pathlib import Path

from appealkit.language import Lang, say
from appealkit.tables import load


class KitError(ValueError):
    """What was given cannot be used; the message says why and what to do, in the reader's language. No file was changed."""


def why_refused(error: OSError, lang: Lang) -> str:
    """Say in the reader's language why the operating system refused; in its own words where these are not known.

    >>> why_refused(FileNotFoundError(2, "No such file or directory"), "zh-Hant")
    '找不到這個檔案或資料夾'
    """
    known: dict[str, dict[Lang, str]] = load("strings.toml")["system"]
    name = errorcode.get(error.errno or 0, "")
    return known[name][lang] if name in known else error.strerror or str(error)


Refusal = type[OSError] | tuple[type[OSError], ...]


@contextmanager
def refused_as(kind: type[KitError], key: str, lang: Lang, *, of: Refusal = OSError, **values: object) -> Iterator[None]:
    """Tell in the reader's language what the operating system refuses within.

    Args:
        kind: the error that is raised instead.
        key: key of its message in the strings, which may name the `reason`.
        lang: language of the message, `en` or `zh-Hant`.
        of: which refusals are told so.
        values: what else fills the message.

    Raises:
        KitError: of that kind, when something is refused.
    """
    try:
        yield
    except of as error:
        raise kind(say(key, lang, reason=why_refused(error, lang), **values)) from error


class TooLargeError(OSError):
    """A file holds more than what it is read for ever does."""


def read_within(path: Path, most: int) -> bytes:
    """Read a file, unless it is larger than it may be; no more of it is read, whatever size the system tells.

    Args:
        path: the file.
        most: how many bytes it may have.

    Raises:
        TooLargeError: when it has more.
        OSError: when it cannot be read.
    """
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise TooLargeError(EFBIG, os.strerror(EFBIG), str(path))
    return content


def file_named(words: str) -> str:
    """Take a file's name as it was typed or pasted: file managers copy a path in quotes, and a tilde is short for one's own folder.

    Args:
        words: what stands in a field.

    >>> file_named(' "/home/mei/my letter.txt" ')
    '/home/mei/my letter.txt'
    """
    name = words.strip()
    if len(name) > 1 and name[0] == name[-1] and name[0] in "\"'":
        name = name[1:-1].strip()
    return str(Path(name).expanduser()) if name[:2] in {"~", "~/", "~\\"} else name  # not of "~$orders.xlsx"


_KEPT_BESIDE = {"thumbs.db", "desktop.ini"}


def hidden(path: Path) -> bool:
    """Tell what systems and programs keep beside files of one's own, such as .git/config or the lock of a document that is open.

    Args:
        path: a file or folder, from the folder that is looked through.

    >>> [hidden(Path(name)) for name in (".git/config", "Thumbs.db", "~$letter.docx", "letter.docx")]
    [True, True, True, False]
    """
    return any(part.startswith((".", "~$")) for part in path.parts) or path.name.casefold() in _KEPT_BESIDE


def free_name(file: Path) -> Path:
    """Find a name that no file has: the one that is asked for, or the next with a number behind it.

    Args:
        file: the file that is asked for.

    >>> free_name(Path(__file__)).name
    'files-2.py'
    """
    numbered = (file.with_stem(f"{file.stem}-{number}") for number in count(2))
    return next(free for free in chain([file], numbered) if not free.exists())


_STALE = 3600  # seconds: what a killed process left half written is nobody's by then


def write_whole(path: Path, content: bytes, *, replace: bool) -> None:
    """Write a file in one step.

    Args:
        path: the file; a link is followed.
        content: what shall stand in it.
        replace: whether a file that is there is replaced; it keeps its permissions.

    Raises:
        FileExistsError: when a file is there and shall not be replaced.
        OSError: when the folder cannot be written to. A file that was there is as it was.
    """
    path = path.resolve()
    _sweep(path)
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if not replace:
            give_name(new, path)
            return
        if path.exists():
            new.chmod(path.stat().st_mode)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def give_name(new: Path, name: Path) -> None:
    """Put a finished file in its place, and never in that of another.

    Args:
        new: the file, on the same disk.
        name: its name from now on.

    Raises:
        FileExistsError: when there is a file of that name; another process may have been quicker.
        OSError: when the folder cannot be written to.
    """
    try:
        name.hardlink_to(new)  # unlike a rename, never replaces a file
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links, such as a memory stick
        if name.exists():
            raise FileExistsError(name) from None
        new.rename(name)


def _sweep(path: Path) -> None:
    """Take away what processes left that were killed while they wrote this file."""
    for left in path.parent.glob(f".{escape(path.name)}.*.new"):
        if time.time() - left.stat().st_mtime > _STALE:
            left.unlink(missing_ok=True)
