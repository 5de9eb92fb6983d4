"""A trainer's own exercises: a file in the form of `data/exercises.toml`, and what is wrong with it, line and reason.

The form is that of `bank`; what an exercise claims is held against the annotator, which also judges the trainees, and against
what the trainer judges otherwise.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

import tomli
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from appealkit.exercises.bank import AnyTask, bank, task
from appealkit.exercises.claims import claims, judged_otherwise
from appealkit.exercises.drawn import DRAWN, Titles
from appealkit.exercises.verdicts import Verdict, untouched, verdict
from appealkit.files import KitError, TooLargeError, read_within, refused_as
from appealkit.language import LANGS, Lang, listed, say
from appealkit.problems import counted, reasons_by_field
from appealkit.rules import rule_called
from appealkit.samples import stored_text
from appealkit.tables import DATA
from appealkit.text import short
from appealkit.toml_lines import Place, blocks, headed, line_of, lines_of_keys

_LARGEST = 4_000_000
"""Bytes of the largest file that is read: some thousand exercises."""

_STARTER = "own-exercises.toml"  # in the kit's data

_SHOWN = 50  # characters of a line of the file

_TWICE = ("Cannot overwrite", "Duplicate", "Cannot declare")  # how the parser begins to say that something stands there already

_COMMENT = re.compile(r"(?<=# )([^|\n]*) \| ([^|\n]*)$", re.MULTILINE)
"""A comment of the file to start from, in both languages."""

_STAND_IN: Mapping[str, object] = {
    "level": 1, "situation": "existing", "metric": "odr", "title": "x", "about": "x", "hint": "x", "done": "x",
}  # fmt: skip
"""What the annotator does not look at: where one of these is wrong, the rest of an exercise can still be held against it."""


class ExercisesError(KitError):
    """A file of exercises cannot be used; the message names each line and reason in the reader's language."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong in a file of exercises.

    Args:
        line: the line, from 1, on which the value stands, or the entry that lacks it.
        exercise: id of the exercise; empty for the whole file.
        message: why it is wrong and what to do, in the reader's language.
    """

    line: int
    exercise: str
    message: str

    def __str__(self) -> str:
        """Return line, exercise and message, as an editor or a colleague finds them again."""
        return ": ".join(filter(None, (str(self.line), self.exercise, self.message)))


@dataclass(frozen=True, slots=True)
class Checked:
    """A file of exercises as it was checked.

    Args:
        tasks: the exercises that can be read, by their ids.
        flaws: what is wrong, by line; empty when all of it can be used.
        notes: what is no flaw and good to know, by line.
    """

    tasks: Mapping[str, AnyTask]
    flaws: tuple[Flaw, ...]
    notes: tuple[Flaw, ...] = ()

    @property
    def usable(self) -> Mapping[str, AnyTask]:
        """The exercises that nothing is wrong with."""
        flawed = {flaw.exercise for flaw in self.flaws}
        return {name: task for name, task in self.tasks.items() if name not in flawed}


def check_exercises(text: str, lang: Lang) -> Checked:
    r"""Check exercises: whether they can be read, and whether the annotator agrees with what they claim.

    Args:
        text: the content of the file, in TOML.
        lang: language of the reasons, `en` or `zh-Hant`.

    Returns:
        The exercises and what is wrong with them.

    >>> [str(flaw) for flaw in check_exercises("[mugs]\nkind = 'seek'", "en").flaws]
    ['2: mugs: “seek” is no kind of exercise. Write one of: find, mend, build, sort, revise. The rest of the exercise was not read.']
    """
    tasks: dict[str, AnyTask] = {}
    flaws: list[Flaw] = []
    notes: list[Flaw] = []
    began: dict[str, int] = {}
    for numbers, block in blocks(text):
        try:
            entries = tomli.loads(f"{block}\n")  # so that the parser tells where, but for what is never closed
        except tomli.TOMLDecodeError as error:
            flaws.append(_broken(error, numbers, block, lang))
            continue
        lines = lines_of_keys(block)
        for name, entry in entries.items():
            line = numbers[line_of(lines, (name,)) - 1]
            if name in began:
                flaws.append(Flaw(line, name, say("own.twice", lang, id=name, line=began[name])))
            began.setdefault(name, line)
            usable, wrong = _read(name, entry, lang)
            tasks |= {name: usable} if usable else {}
            for found, told in ((flaws, wrong), (notes, _notes(entry, usable, lang) if usable else ())):
                found += [Flaw(numbers[line_of(lines, (name, *place)) - 1], name, words) for place, words in told]
    if not began and not flaws:
        flaws.append(Flaw(1, "", say("own.empty", lang)))
    by_line = attrgetter("line")
    return Checked(tasks, tuple(sorted(flaws, key=by_line)), tuple(sorted(notes, key=by_line)))


def read_exercises(path: Path | str, *, lang: Lang) -> Mapping[str, AnyTask]:
    """Read a trainer's own exercises.

    Args:
        path: the file.
        lang: language of the errors, `en` or `zh-Hant`.

    Returns:
        The exercises by their ids, in the order of the file.

    Raises:
        ExercisesError: when the file cannot be read, or anything in it is wrong.
    """
    checked = check_exercises(file_text(path, lang=lang), lang)
    if checked.flaws:
        raise ExercisesError("\n".join(f"{path}:{flaw}" for flaw in checked.flaws))
    return checked.tasks


def own_titles(path: Path | str, *, lang: Lang) -> Titles:
    """Return what a trainer's own exercises are called, by their ids.

    Args:
        path: the file.
        lang: language of the errors, `en` or `zh-Hant`.

    Raises:
        ExercisesError: when the file cannot be read, or anything in it is wrong.
    """
    return {name: exercise.title for name, exercise in read_exercises(path, lang=lang).items()}


def file_text(path: Path | str, *, lang: Lang) -> str:
    """Return the text of a file of exercises.

    Args:
        path: the file.
        lang: language of the errors, `en` or `zh-Hant`.

    Returns:
        The text, without a byte order mark.

    Raises:
        ExercisesError: when the file cannot be read, is no text in UTF-8, or is too large to be one of exercises.
    """
    unreadable = refused_as(ExercisesError, "check.cannot-read", lang, file=path)
    with unreadable, refused_as(ExercisesError, "own.too-large", lang, of=TooLargeError, file=path):
        content = read_within(Path(path), _LARGEST)
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ExercisesError(say("own.not-text", lang, file=path)) from error


def starter(lang: Lang = "en") -> str:
    """Return the text of a file of exercises to start from.

    Args:
        lang: language of its comments, `en` or `zh-Hant`.

    >>> check_exercises(starter(), "en").flaws
    ()
    """
    text = (DATA / _STARTER).read_text(encoding="utf-8")
    return _COMMENT.sub(rf"\g<{LANGS.index(lang) + 1}>", text)


def write_starter(path: Path, *, lang: Lang) -> None:
    """Write a file of exercises to start from.

    Args:
        path: a new file.
        lang: language of the errors, `en` or `zh-Hant`.

    Raises:
        ExercisesError: when there is a file of that name, or it cannot be written.
    """
    with (
        refused_as(ExercisesError, "export.unwritable", lang, file=path),
        refused_as(ExercisesError, "export.exists", lang, of=FileExistsError, file=path),
        path.open("x", encoding="utf-8", newline="\n") as file,
    ):
        file.write(starter(lang).replace(_STARTER, path.name))  # its comment names the command that checks this file


def own_sample(name: str) -> str:
    """Return the exercise about exercises, which is flawed on purpose.

    Args:
        name: key of the exercise in `data/samples.toml`.

    Returns:
        The text, in TOML.

    Raises:
        KeyError: when there is no such exercise.
    """
    return stored_text("own", name, "start")


def judge_own(text: str, lang: Lang, *, start: str = "") -> Verdict:
    """Judge exercises that a trainer wrote.

    Args:
        text: what they wrote, in TOML.
        lang: language of the reasons, `en` or `zh-Hant`.
        start: what was handed out; empty when nothing was.

    Returns:
        `correct` when nothing is wrong with it, `not-attempted` when it is empty or what was handed out, else `not-yet`; each reason
        begins with the line that it is about.
    """
    if early := untouched(text, start, lang):
        return early
    checked, lines = check_exercises(text, lang), text.splitlines()
    told = [
        say(
            "own.line", lang, line=flaw.line, text=short(lines[flaw.line - 1], _SHOWN) if flaw.line <= len(lines) else "", told=flaw.message
        )
        for flaw in (*checked.flaws, *checked.notes)
    ]
    if checked.flaws:
        return verdict("not-yet", lang, *told)
    accepted = "own.accepted-but" if checked.notes else "own.accepted"
    return verdict("correct", lang, say(accepted, lang, count=len(checked.tasks)), *told)


# -- what the file says ---------------------------------------------------------------------------------------------------


def _broken(error: tomli.TOMLDecodeError, numbers: Sequence[int], block: str, lang: Lang) -> Flaw:
    """Say where a piece of the file stops being TOML; the parser's own words are English."""
    name = headed(block)
    if error.pos >= len(error.doc):
        return Flaw(numbers[block.rstrip().count("\n")], name, say("own.not-closed", lang, line=numbers[0]))
    line = numbers[error.lineno - 1]
    written = block.splitlines()[error.lineno - 1]
    if not name and written.lstrip()[:1].isalnum():
        return Flaw(line, name, say("own.no-table", lang))
    if not (there := written[error.colno - 1 :][:1]).isascii():
        return Flaw(line, name, say("own.bare-id" if written.lstrip().startswith("[") else "own.full-width", lang, character=there))
    if written.lstrip().startswith("[") and " " in name:
        return Flaw(line, name, say("own.spaced-id", lang, id=name.replace(" ", "-")))
    problem = "key-twice" if error.msg.startswith(_TWICE) else "not-toml"
    return Flaw(line, name, say(f"own.{problem}", lang, column=error.colno))


def _read(name: str, entry: Any, lang: Lang) -> tuple[AnyTask | None, list[tuple[Place, str]]]:  # noqa: ANN401 - what TOML tells
    """Read one entry; and tell why it cannot be used, and where it and the annotator disagree, as far as it can be read."""
    if not isinstance(entry, dict):
        return None, [((), say("own.no-table", lang))]
    taken = [((), say("own.taken", lang, id=name))] if name in bank() or DRAWN.fullmatch(name) else []
    try:
        usable = task(name, entry)
    except ValidationError as error:
        readable = _as_far_as_readable(entry, error.errors(include_url=False))
        return None, [*taken, *_refused(entry, error, lang), *(claims(readable, lang) if readable else ())]
    return usable, [*taken, *claims(usable, lang)]


def _refused(entry: Mapping[str, Any], error: ValidationError, lang: Lang) -> Iterator[tuple[Place, str]]:
    """Yield why an entry is no exercise."""
    found = error.errors(include_url=False)
    for details, (path, reason) in zip(found, reasons_by_field(error, lang, "own"), strict=True):
        place = details["loc"]
        if details["type"] == "too_short" and any(other["loc"][:-1] == place for other in found):
            continue  # the list is too short only because an item of it was refused
        if details["type"].startswith("union_tag"):
            yield ("kind",), reason + say("own.unread", lang)
            continue
        below = place[:1] == (entry.get("kind"),)  # pydantic names the kind too; nobody wrote it there
        field = path.removeprefix(f"{place[0]}.") if below else path
        yield place[below:], say("case.refused", lang, field=counted(field), reason=reason)


def _notes(entry: Mapping[str, Any], usable: AnyTask, lang: Lang) -> Iterator[tuple[Place, str]]:
    """Yield what to know of a usable exercise: which of its texts lack a language, and what is judged otherwise."""
    if single := _in_one_language(entry):
        yield (), say("own.one-language", lang, fields=listed(single, lang))
    yield from judged_otherwise(usable, lang)


def _as_far_as_readable(entry: Mapping[str, object], found: Iterable[ErrorDetails]) -> AnyTask | None:
    """Return an exercise without what was refused in it, if there is enough left."""
    refused = {str(place) for details in found for place in details["loc"][1:2]}
    left = {field: value for field, value in entry.items() if field not in refused}
    left |= {field: value for field, value in _STAND_IN.items() if field in refused}
    if "faults" in refused and isinstance(named := entry.get("faults"), list):
        left["faults"] = [rule for rule in named if rule_called(str(rule))] or None  # or all that it has would be told as too many
    try:
        return task("x", left)
    except ValidationError:
        return None


def _in_one_language(entry: Mapping[str, Any]) -> list[str]:
    """Name the texts of a usable exercise that have one language where there is room for two; a bare text is meant for both."""
    texts = [(field, entry[field]) for field in ("title", "about", "hint", "done")]
    texts += [(f"judged.{number}.reason", judged["reason"]) for number, judged in enumerate(entry.get("judged", ()))]
    return [
        counted(field)
        for field, told in texts
        if isinstance(told, dict) and len([words for words in told.values() if words.strip()]) < len(LANGS)
    ]
