"""Drafts: the facts of a case in a file, so that no work is lost, and what has changed since an earlier one."""

import json
from collections.abc import Iterator, Mapping
from difflib import unified_diff
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from appealkit.case import Case
from appealkit.files import KitError, TooLargeError, read_within, refused_as, write_whole
from appealkit.language import Lang, say
from appealkit.letter import assemble
from appealkit.problems import problems
from appealkit.text_file import NoTextError, text_in

_KIND = {"appealkit": "draft", "version": 1}
_LARGEST = 5_000_000  # bytes
_LARGEST_DOCUMENT = 50_000_000  # bytes, photographs among them


class DraftError(KitError):
    """A draft cannot be read or written."""


def save_draft(case: Case, path: Path | str, *, lang: Lang, typed: Mapping[str, str] | None = None) -> Path:
    """Write the facts to a draft, in one step: whoever reads the file finds the old draft or the new one, whole.

    Args:
        case: the facts.
        path: the file. One that is there is replaced only when it is a draft.
        lang: language of the error, `en` or `zh-Hant`.
        typed: what stands in fields of a form and is no fact yet, by the path of the field.

    Returns:
        The path of the file.

    Raises:
        DraftError: when a file of that name is no draft, or the folder cannot be written to.
    """
    path = Path(path)
    if path.exists():
        open_draft(path, lang=lang)
    write_draft(draft_of(case, typed), path, lang=lang)
    return path


def draft_of(case: Case, typed: Mapping[str, str] | None = None) -> bytes:
    """Make the content of a draft.

    Args:
        case: the facts.
        typed: what stands in fields of a form and is no fact yet, by the path of the field.

    Returns:
        What the file holds.
    """
    draft = {**_KIND, "case": case.model_dump(mode="json", exclude_defaults=True)} | ({"typed": dict(typed)} if typed else {})
    return json.dumps(draft, ensure_ascii=False, indent=1).encode()


def write_draft(content: bytes, path: Path, *, lang: Lang) -> None:
    """Write a draft in one step, over whatever is there: the caller knows what that is.

    Args:
        content: what `draft_of` made.
        path: the file.
        lang: language of the error, `en` or `zh-Hant`.

    Raises:
        DraftError: when the folder cannot be written to.
    """
    with refused_as(DraftError, "draft.unwritable", lang, file=path):
        write_whole(path, content, replace=True)


def open_draft(path: Path | str, *, lang: Lang) -> Case:
    """Read the facts of a draft.

    Args:
        path: the file.
        lang: language of the error, `en` or `zh-Hant`.

    Returns:
        The facts.

    Raises:
        DraftError: when the file cannot be read, is no draft, is broken, or is of a later version. It is left as it was.
    """
    return in_draft(read_draft(Path(path), lang=lang), Path(path), lang=lang)[0]


def read_draft(path: Path, *, lang: Lang, most: int = _LARGEST) -> bytes:
    """Read what a file holds that may be a draft.

    Args:
        path: the file.
        lang: language of the error, `en` or `zh-Hant`.
        most: how many bytes it may have.

    Returns:
        Its content.

    Raises:
        DraftError: when the file cannot be read, or is larger.
    """
    unreadable = refused_as(DraftError, "draft.unreadable", lang, file=path)
    with unreadable, refused_as(DraftError, "draft.too-large", lang, of=TooLargeError, file=path):
        return read_within(path, most)


def in_draft(content: bytes, path: Path, *, lang: Lang) -> tuple[Case, dict[str, str]]:
    """Take the facts out of a draft, and what stood in the fields of the form and was no fact yet.

    Args:
        content: what the file holds.
        path: the file, to name it.
        lang: language of the error, `en` or `zh-Hant`.

    Returns:
        The facts, and the other values by the path of their field.

    Raises:
        DraftError: when the content is no draft, is broken, or is of a later version.
    """
    if not is_draft(content):
        raise DraftError(say("draft.foreign", lang, file=path))
    stored = _stored(content)
    if stored.get("version") != _KIND["version"]:
        raise DraftError(say("draft.later", lang, file=path))
    case, typed = _case(stored.get("case"), path, lang), stored.get("typed")
    return case, {field: value for field, value in typed.items() if isinstance(value, str)} if isinstance(typed, dict) else {}


def is_draft(content: bytes) -> bool:
    """Tell whether a file holds a draft, of this version or another.

    Args:
        content: what the file holds.

    >>> is_draft(b'{"appealkit": "draft", "version": 2}'), is_draft(b'{"store": "Kite"}')
    (True, False)
    """
    return bool(_stored(content).get("appealkit") == _KIND["appealkit"])


def is_case(content: bytes) -> bool:
    """Tell whether a file holds a case, as `appealkit write` takes one, and no draft of a form.

    Args:
        content: what the file holds.

    >>> is_case(b'{"store": "Kite"}'), is_case(b'{"appealkit": "draft"}'), is_case(b'{"city": "Kyoto"}')
    (True, False, False)
    """
    stored = _stored(content)
    return "appealkit" not in stored and not Case.model_fields.keys().isdisjoint(stored)


def facts_in(content: bytes, path: Path, *, lang: Lang) -> tuple[Case, dict[str, str]]:
    """Take the facts out of a draft, as `in_draft` does, or out of a case.

    Args:
        content: what the file holds.
        path: the file, to name it.
        lang: language of the error, `en` or `zh-Hant`.

    Returns:
        The facts, and of a draft the other values by the path of their field.

    Raises:
        DraftError: when the content is neither, is broken, or is of a later version.
    """
    return (_case(_stored(content), path, lang), {}) if is_case(content) else in_draft(content, path, lang=lang)


def _stored(content: bytes) -> dict[str, Any]:
    """Return the object that JSON tells; an empty one when it tells none."""
    try:
        stored = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return stored if isinstance(stored, dict) else {}


def _case(stored: object, path: Path, lang: Lang) -> Case:
    try:
        return Case.model_validate_json(json.dumps(stored))
    except ValidationError as error:
        raise DraftError(say("draft.broken", lang, file=path, problems=" ".join(problems(error, lang)))) from error


def letter_in(path: Path, *, lang: Lang) -> str:
    """Return the letter in a file: the one that the facts of a draft or a case give, or that of a text or a Word document.

    Args:
        path: the file.
        lang: language of the error, `en` or `zh-Hant`.

    Returns:
        The letter.

    Raises:
        DraftError: when the file cannot be read, is too large, or holds neither.
    """
    kind = path.suffix.lower()
    content = read_draft(path, lang=lang, most=_LARGEST_DOCUMENT if kind == ".docx" else _LARGEST)
    if kind == ".json":
        return assemble(facts_in(content, path, lang=lang)[0]).text
    try:
        return text_in(content)
    except NoTextError as error:
        raise DraftError(say("check.not-text", lang, file=path)) from error


def drafts(folder: Path, *, lang: Lang) -> Iterator[Path]:
    """Find the drafts of a folder.

    Args:
        folder: the folder.
        lang: language of an error, which nobody sees here.

    Yields:
        The files that hold a sound draft, by name.
    """
    for path in sorted(folder.glob("*.json")):
        try:
            open_draft(path, lang=lang)
        except DraftError:
            continue
        yield path


def compare(before: Case, after: Case) -> Iterator[str]:
    """Tell how the letter of one draft differs from that of another.

    Args:
        before: the facts of the earlier draft.
        after: the facts of the later one.

    Yields:
        The lines that differ with those around them, as `diff -u` writes them; none when the letters are the same.

    >>> print("".join(compare(Case(store="Kite"), Case(store="Blue Kite"))).count("+Blue Kite"))
    1
    """
    return unified_diff(assemble(before).text.splitlines(keepends=True), assemble(after).text.splitlines(keepends=True), n=1)
