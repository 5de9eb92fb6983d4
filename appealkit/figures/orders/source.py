"""A file of any common encoding to UTF-8, on disk and piece by piece, so that a huge one needs no memory."""

import codecs
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from appealkit.encoding import encoding_of, guessed
from appealkit.figures.health import HealthError
from appealkit.files import why_refused
from appealkit.language import Lang, say
from appealkit.written import FULL_WIDTH

Progress = Callable[[int, int], None]
"""Called with the bytes that were read, and with all."""

SAMPLE = 1 << 16
"""Bytes by which encoding, separator and columns are told."""
_BLOCK = 1 << 20
_WIDE = re.compile("[\uff0d-\uff19]")
_NARROW = {wide: FULL_WIDTH[wide] for wide in range(0xFF0D, 0xFF1A)}  # digits, and the marks between those of a date


def as_utf8(source: Path | str | BinaryIO, name: str, room: Path, *, lang: Lang, progress: Progress | None = None) -> Path:
    """Copy a file in UTF-8, whatever it is written in, with its digits in plain width.

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
        reason = why_refused(error, lang) if isinstance(error, OSError) else error
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
    encoding = encoding_of(sample)
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
                old_mac = False
                while block := file.read(_BLOCK):
                    text = decoder.decode(block)
                    old_mac = old_mac or (file.tell() == len(block) and "\r" in text and "\n" not in text)
                    text = text.replace("\r", "\n") if old_mac else text
                    out.write(text.translate(_NARROW) if _WIDE.search(text) else text)
                    if progress:
                        progress(file.tell(), size)
                out.write(decoder.decode(b"", final=True))
        except UnicodeDecodeError as error:
            if attempt == "utf-8-sig":  # its beginning was plain ASCII, which is also that of many other encodings
                line = error.object.rfind(b"\n", 0, error.start) + 1
                attempts.append(guessed(error.object[line : line + SAMPLE]))
            continue
        return copy
    raise HealthError(say("health.no-text", lang, file=name))
