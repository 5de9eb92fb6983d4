"""A file of any common encoding to UTF-8, on disk and piece by piece, so that a huge one needs no memory."""

import codecs
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from charset_normalizer import from_bytes

from appealkit.health import HealthError
from appealkit.text import Lang, say

Progress = Callable[[int, int], None]
"""Called with the bytes that were read, and with all."""

SAMPLE = 1 << 16
"""Bytes by which encoding, separator and columns are told."""
_BLOCK = 1 << 20
_GUESSES = ["big5", "big5hkscs", "gb18030", "cp1252", "shift_jis"]


def as_utf8(source: Path | str | BinaryIO, name: str, room: Path, *, lang: Lang, progress: Progress | None = None) -> Path:
    """Copy a file in UTF-8, whatever it is written in.

    Args:
        source: the file's path, or what it is read from, such as standard input.
        name: what it is called in messages.
        room: a folder for the copy.
        lang: language of the error.
        progress: told how far the work is.

    Returns:
        The copy.

    Raises:
        HealthError: when the file cannot be read, is empty, or is no text.
    """
    try:
        if not isinstance(source, Path | str):
            source = _kept(source, name, room / "given", lang)
        elif Path(source).is_fifo():
            with Path(source).open("rb") as pipe:  # it can be read only once
                source = _kept(pipe, name, room / "given", lang)
        return _copy(Path(source), name, room / "text", lang, progress)
    except HealthError:
        raise
    except (OSError, ValueError) as error:  # the latter for a name that no file can have
        reason = error.strerror if isinstance(error, OSError) else error
        raise HealthError(say("check.cannot-read", lang, file=ascii(name) if "\x00" in name else name, reason=reason)) from error


def _kept(stream: BinaryIO, name: str, copy: Path, lang: Lang) -> Path:
    """Keep what a stream gives in a file, as far as its beginning is a text."""
    with copy.open("wb") as out:
        sample = stream.read(SAMPLE)
        _known(sample, name, lang)
        out.write(sample)
        shutil.copyfileobj(stream, out, _BLOCK)
    return copy


def _known(sample: bytes, name: str, lang: Lang) -> str:
    """Return the encoding of a file by its beginning, or refuse it."""
    if not sample.strip(b"\x00 \t\r\n\xff\xfe\xef\xbb\xbf"):
        raise HealthError(say("health.empty", lang, file=name))
    encoding = _encoding(sample)
    if encoding is None:
        raise HealthError(say("health.no-text", lang, file=name))
    return encoding


def _copy(path: Path, name: str, copy: Path, lang: Lang, progress: Progress | None) -> Path:
    with path.open("rb") as file:
        attempts: list[str | None] = [_known(file.read(SAMPLE), name, lang)]
    size = path.stat().st_size
    for attempt in attempts:
        if attempt is None:
            break
        try:
            with path.open("rb") as file, copy.open("w", encoding="utf-8", newline="") as out:
                decoder = codecs.getincrementaldecoder(attempt)()
                while block := file.read(_BLOCK):
                    out.write(decoder.decode(block))
                    if progress:
                        progress(file.tell(), size)
                out.write(decoder.decode(b"", final=True))
        except UnicodeDecodeError as error:
            if attempt == "utf-8-sig":  # its beginning was plain ASCII, which is also that of many other encodings
                line = error.object.rfind(b"\n", 0, error.start) + 1
                attempts.append(_guess(error.object[line : line + SAMPLE]))
            continue
        return copy
    raise HealthError(say("health.no-text", lang, file=name))


def _encoding(sample: bytes) -> str | None:
    """Name the encoding of the beginning of a file; None for what is no text."""
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\x00" in sample:
        return _wide(sample)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return _guess(sample)
    return "utf-8-sig"


def _guess(sample: bytes) -> str | None:
    """Guess by how the words look; a few Chinese words among figures are too few for that, and are known by their bytes."""
    guess = from_bytes(sample, cp_isolation=_GUESSES).best()
    if guess is None and _COMMON_BIG5.fullmatch(sample[: sample.rfind(b"\n")]):
        return "big5"
    return guess.encoding if guess else None


_COMMON_BIG5 = re.compile(rb"(?:[\t\r\n -\x7e]|[\xa1-\xc6][\x40-\x7e\xa1-\xfe])+")  # the 5,401 characters of everyday use, and punctuation


def _wide(sample: bytes) -> str | None:
    """Name the UTF-16 that a text without a mark is in: its commas, digits and line ends have a zero on one side only."""
    for encoding, zero in (("utf-16-le", 1), ("utf-16-be", 0)):
        if 0 in sample[1 - zero :: 2]:
            continue
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(sample)
        except UnicodeDecodeError:
            return None
        return None if any(letter < " " and letter not in "\t\r\n" for letter in text) else encoding
    return None
