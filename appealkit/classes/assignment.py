"""A notebook of exercises for nbgrader: released, answered in its cells, graded by the kit's own verdicts, and fed back with their reasons.

nbgrader runs a notebook again, and what was typed into a form is not there any more: so answers are typed into cells. A mark is a line
such as `3 blame`: the number of a sentence, or 0 for the letter as a whole, and the id of a rule. A sorting is a line such as `2 steady`.
For an id its name in either language does as well.
"""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from unicodedata import normalize

from appealkit.annotate import annotate
from appealkit.exercises.answers import judge_written
from appealkit.exercises.bank import AnyTask, Find, Sort, bank
from appealkit.exercises.drawn import DRAWN, drawn
from appealkit.exercises.marks import NO_FAULT, choices, judge_marks, mark, numbered, where
from appealkit.exercises.own import ExercisesError, read_exercises
from appealkit.exercises.practice import faults
from appealkit.exercises.sorting import judge_sorting, place_name, places, sortable
from appealkit.exercises.verdicts import Verdict, untouched, verdict
from appealkit.files import refused_as
from appealkit.language import LANGS, Lang, listed, rule_name, say
from appealkit.sheet import fact_sheet
from appealkit.view import View, render

OWN = "own-exercises.toml"
"""The name under which a trainer's own exercises lie beside the notebook."""


def find_tasks(names: Iterable[str], *, lang: Lang, own: Path | str | None = None) -> dict[str, AnyTask]:
    """Return exercises by their ids.

    Args:
        names: ids or titles, in either language, of the kit's exercises or of a trainer's own, or ids of letters that can be drawn
            (`practice-SEED-FAULTS`).
        lang: language of the errors, `en` or `zh-Hant`.
        own: a trainer's own file.

    Returns:
        The exercises, in the order of the names.

    Raises:
        ExercisesError: when there is no such exercise, one is named twice, or the trainer's own file cannot be used.
    """
    known = {**bank(), **(read_exercises(own, lang=lang) if own else {})}
    found: dict[str, AnyTask] = {}
    for name in names:
        task = known.get(name) or next((task for task in known.values() if _called(task, name)), None) or _drawn(name, lang)
        if task.id in found:
            raise ExercisesError(say("assignment.twice", lang, id=name))
        found[task.id] = task
    return found


def _called(task: AnyTask, name: str) -> bool:
    """Is this the title of an exercise, in either language?"""
    return _plain(name) in map(_plain, task.title.values())


def _drawn(name: str, lang: Lang) -> Find:
    match = DRAWN.fullmatch(name)
    if match is None:
        raise ExercisesError(say("assignment.unknown", lang, id=name))
    seed, number = map(int, match.groups())
    try:
        return drawn(seed, number)
    except ValueError as error:
        raise ExercisesError(say("practice.too-many", lang, faults=number, known=len(faults()))) from error


def assignment(tasks: Mapping[str, AnyTask], lang: Lang) -> str:
    """Return a notebook for nbgrader, as the text of its file.

    Args:
        tasks: the exercises by their ids.
        lang: language of the notebook, `en` or `zh-Hant`.

    Returns:
        The notebook in its instructor's form: `nbgrader generate_assignment` makes of it what trainees get.
    """
    named = [(rule, rule_name(rule, lang)) for rule in choices()] if any(isinstance(task, Find) for task in tasks.values()) else []
    cells = [
        _text("title", _markdown("head", lang, rules=named)),
        *(cell for number, task in enumerate(tasks.values(), 1) for cell in _task(number, task, lang)),
    ]
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return json.dumps({"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}, ensure_ascii=False, indent=1) + "\n"


def veiled(name: str) -> str:
    """Write an id so that it gives nothing away at a glance: that of a drawn letter tells how many faults the letter has.

    Args:
        name: id of an exercise.

    >>> unveiled(veiled("practice-7-2"))
    'practice-7-2'
    """
    return urlsafe_b64encode(name.encode()).decode()


def unveiled(name: str) -> str:
    """Return the id that `veiled` wrote."""
    return urlsafe_b64decode(name).decode()


def grade(name: str, answer: str | None, *, lang: Lang) -> Verdict:
    """Judge an answer in a graded notebook.

    Args:
        name: id of the exercise; a trainer's own are read from the file beside the notebook.
        answer: what the trainee wrote into the cell; None where the cell is no Python any more, or did not run.
        lang: language of the reasons, `en` or `zh-Hant`.

    Returns:
        The verdict, the same as in practice; `not-yet` where there is no answer to read.

    Raises:
        ExercisesError: when there is no such exercise.
    """
    if not isinstance(answer, str):
        return verdict("not-yet", lang, say("assignment.unread", lang))
    own = OWN if Path(OWN).exists() else None
    return judge_answer(find_tasks([name], lang=lang, own=own)[name], answer, lang)


def feedback(judged: Verdict, *, lang: Lang) -> View:
    """Show a verdict; what would give the answer away is folded.

    Args:
        judged: the verdict.
        lang: its language, `en` or `zh-Hant`.

    Returns:
        The view for a cell, and for the page that nbgrader makes of it.
    """
    return View(render("verdict.html.j2", lang, verdict=judged, annotated=""), str(judged))


def points(judged: Verdict) -> int:
    """Return what a verdict is worth: 1 when it is correct, else 0.

    Args:
        judged: the verdict.

    >>> points(grade("practice-7-2", "", lang="en"))
    0
    """
    return int(judged.outcome == "correct")


def judge_answer(task: AnyTask, answer: str, lang: Lang) -> Verdict:
    """Judge an answer that was written as text.

    Args:
        task: the exercise.
        answer: a letter; or lines of marks or places.
        lang: language of the reasons, `en` or `zh-Hant`.

    Returns:
        The verdict; `not-yet` where a line is no mark or place, or a number has two places; that and what the others come to is told.
    """
    if untouched(answer, str(getattr(task, "start", "")), lang):
        return verdict("not-attempted", lang, say("assignment.untouched", lang))
    if not isinstance(task, Find | Sort):
        return judge_written(task, answer, lang)
    pairs, broken = _read(task, answer, lang)
    if isinstance(task, Find):
        judged = judge_marks(task, [mark(*pair) for pair in pairs], lang)[0]
    else:
        chosen: dict[int, list[str]] = {}
        for number, end in dict.fromkeys(pairs):
            chosen.setdefault(number, []).append(end)
        broken += [_two_places(number, given, lang) for number, given in chosen.items() if len(given) > 1]
        judged = judge_sorting(task, [next(iter(chosen.get(number, ())), None) for number, _ in enumerate(sortable(task), 1)], lang)
    if broken:
        return replace(verdict("not-yet", lang, *broken, *(judged.reasons if pairs else ())), key=judged.key)
    return judged


def _read(task: Find | Sort, answer: str, lang: Lang) -> tuple[list[tuple[int, str]], list[str]]:
    """Read the marks or places of an answer, and tell which of its lines are none."""
    least, most = (0, len(annotate(task.letter).sentences)) if isinstance(task, Find) else (1, len(sortable(task)))
    ends = {end: sorted({_words(name) for name in (end, *named.values())}, key=len, reverse=True) for end, named in _ends(task).items()}
    pairs: list[tuple[int, str]] = []
    broken = []
    for told in filter(None, map(str.strip, _NEXT.split(answer))):
        number, words = _numbered(told)
        end = next((end for end, names in ends.items() if _all_are(names, words)), None)
        number = 0 if number is None and end == NO_FAULT else number
        if end is None or number is None or not least <= number <= most:
            broken.append(say("assignment.no-mark", lang, line=" ".join(told.split()), least=least, most=most))
        else:
            pairs.append((number, end))
    return pairs, broken


def _two_places(number: int, given: Iterable[str], lang: Lang) -> str:
    return say("assignment.two-places", lang, number=number, places=listed(given, lang))


_NEXT = re.compile(r"\n|(?<![\d\s])\s*[;\uff1b,\uff0c、。/|]\s*(?=\W{0,2}\d|第)")
"""Between two marks: the end of a line, or a sign of a list with a number behind it."""

_NUMBER = re.compile(
    r"(?:[-\u2013—+]\s+|[*•·]\s*)?"  # the sign of a list; with a dash directly before it a number is none of ours
    r"[\[(#]?(?:第|(?:sentence|number|closing)\b)?\s?([0-9]{1,6})(?![0-9])\s?(?:句|項|段結尾|段)?"
)
"""A number, as it stands in the letter, or as the forms name a sentence in either language."""


def _numbered(told: str) -> tuple[int | None, str]:
    """Read a number, and the words behind it; the letter as a whole is 0."""
    plain = _plain(told)
    if read := _NUMBER.match(plain):
        return int(read[1]), plain[read.end() :]
    whole = next((name for name in (_plain(where(0, lang)) for lang in LANGS) if plain.startswith(name)), None)
    return (None, plain) if whole is None else (0, plain.removeprefix(whole))


def _all_are(names: Iterable[str], words: str) -> bool:
    """Do words tell one thing and nothing else, by its id, its name in either language, or several of them beside each other?"""
    told = left = _words(words)
    for name in names:
        left = left.replace(name, " ")
    return left != told and not re.search(r"\w", left)


def _plain(words: str) -> str:
    """Fold what reads the same: white space, capitals, and the full-width signs of a Chinese keyboard."""
    return " ".join(normalize("NFKC", words).split()).casefold()


def _words(name: str) -> str:
    """Fold an id into words: who copies one may write its hyphens as spaces."""
    return _plain(name).replace("-", " ").replace("_", " ")


def _ends(task: Find | Sort) -> dict[str, dict[Lang, str]]:
    """Return the ids that may stand behind a number, each with its name in both languages."""
    if isinstance(task, Find):
        return {rule: {lang: rule_name(rule, lang) for lang in LANGS} for rule in choices()}
    return {place: {lang: place_name(task.into, place, lang) for lang in LANGS} for place in places(task)}


def write_assignment(names: Iterable[str], folder: Path | str, *, lang: Lang, own: Path | str | None = None) -> Path:
    """Write an assignment into the source folder of an nbgrader course.

    Args:
        names: ids or titles of the exercises, as `find_tasks` takes them.
        folder: the folder of the assignment, such as `source/practice`; made when it is not there.
        lang: language of the notebook, `en` or `zh-Hant`.
        own: a trainer's own file; it is copied beside the notebook.

    Returns:
        The path of the notebook.

    Raises:
        ExercisesError: when an exercise is unknown or named twice, there is a notebook already, or the folder cannot be written to.
    """
    tasks = find_tasks(names, lang=lang, own=own)
    path = Path(folder) / "practice.ipynb"
    with (
        refused_as(ExercisesError, "assignment.unwritable", lang, folder=folder),
        refused_as(ExercisesError, "assignment.exists", lang, of=FileExistsError, folder=folder),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(assignment(tasks, lang))
        if own:
            path.with_name(OWN).write_bytes(Path(own).read_bytes())
    return path


# -- cells ----------------------------------------------------------------------------------------------------------------


def _task(number: int, task: AnyTask, lang: Lang) -> Iterator[dict[str, Any]]:
    yield _text(f"task-{number}", _markdown("task", lang, number=number, task=task, **_handed_out(task, lang)))
    yield _code(f"answer-{number}", _python("answer", lang, number=number, start=_start(task)))
    yield _code(f"verdict-{number}", _python("verdict", lang, number=number, name=veiled(task.id)), points=1)


def _handed_out(task: AnyTask, lang: Lang) -> dict[str, object]:
    """Return what a task shows besides its words: numbered lines, a notice, facts, places."""
    lines: list[str] = []
    if isinstance(task, Find):
        lines = numbered(task.letter).splitlines()
    elif isinstance(task, Sort):
        lines = [f"[{number}] {' '.join(thing.text.split())}" for number, thing in enumerate(sortable(task), 1)]
    case = getattr(task, "case", None)
    return {
        # the title of a drawn letter tells how many faults it has
        "title": say("assignment.drawn", lang) if DRAWN.fullmatch(task.id) else task.title[lang],
        "example": _example(task, lang),
        "lines": lines,
        "notice": getattr(task, "notice", "").strip().splitlines(),
        "facts": fact_sheet(case, lang) if case else (),
        "places": [(place, named[lang]) for place, named in _ends(task).items()] if isinstance(task, Sort) else (),
    }


def _example(task: AnyTask, lang: Lang) -> dict[str, str]:
    """Return what a mark or a place looks like, by its id and by its name."""
    if isinstance(task, Find):
        return {"id": "blame", "name": rule_name("blame", lang), "none_id": NO_FAULT, "none": rule_name(NO_FAULT, lang)}
    if isinstance(task, Sort):
        place, named = next(iter(_ends(task).items()))
        return {"id": place, "name": named[lang]}
    return {}


def _start(task: AnyTask) -> str:
    """Return the text that the answer begins with, so that it can stand between three quotation marks."""
    return str(getattr(task, "start", "")).strip().replace("\\", "\\\\").replace('"""', '\\"\\"\\"')


def _markdown(part: str, lang: Lang, **values: object) -> str:
    return render(f"assignment_{part}.md.j2", lang, **values).strip() + "\n"


def _python(part: str, lang: Lang, **values: object) -> str:
    return render("assignment.py.j2", lang, part=part, **values).strip()


def _text(name: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": name, "metadata": _nbgrader(name), "source": source}


def _code(name: str, source: str, points: int | None = None) -> dict[str, Any]:
    metadata = {"deletable": False} if points is None else _nbgrader(name, points)  # nbgrader keeps its own cells from being deleted
    return {"cell_type": "code", "execution_count": None, "id": name, "metadata": metadata, "outputs": [], "source": source}


def _nbgrader(name: str, points: int | None = None) -> dict[str, Any]:
    """Mark a cell as nbgrader reads it: locked. Answers have no mark, since nbgrader empties what is marked as a solution."""
    marks = {"grade": points is not None, "grade_id": name, "locked": True, "schema_version": 3, "solution": False, "task": False}
    return {"nbgrader": marks if points is None else {**marks, "points": points}}
