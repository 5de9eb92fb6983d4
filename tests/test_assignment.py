"""Assignments for nbgrader: the notebook, its verdicts, and the whole way through the real nbgrader where there is one."""

import ast
import csv
import json
import os
import re
import shutil
import subprocess
import tomllib
from html import unescape
from pathlib import Path
from typing import Any

import nbformat
import pytest

from appealkit.annotate import annotate
from appealkit.classes.assignment import OWN, assignment, find_tasks, grade, judge_answer, points, write_assignment
from appealkit.cli import CLEAN, UNREADABLE, main
from appealkit.exercises.bank import AnyTask, Build, Find, Revise, Sort, bank
from appealkit.exercises.bank import task as make_task
from appealkit.exercises.marks import choices, judge_marks, key, where
from appealkit.exercises.own import ExercisesError, starter
from appealkit.exercises.practice import faults
from appealkit.exercises.sorting import place_name, places, sortable
from appealkit.language import LANGS, Lang, listed, rule_name, say

NAMES = ("mugs-courier", "practice-7-2", "mugs-plea")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Give a trainer's own file."""
    path = tmp_path / "mine.toml"
    path.write_text(starter(), encoding="utf-8")
    return path


def cells(notebook: str) -> dict[str, dict[str, Any]]:
    """Return the cells of a notebook by their ids."""
    return {cell["id"]: cell for cell in json.loads(notebook)["cells"]}


def marks_of(task: AnyTask) -> str:
    """Return the right answer to a letter with faults."""
    assert isinstance(task, Find)
    return "\n".join(f"{number} {rule}" for number, rule in key(task))


# -- the notebook -----------------------------------------------------------------------------------------------------------


def test_notebook_is_one_that_nbgrader_reads(own: Path, lang: Lang) -> None:
    """The notebook is valid; each exercise has its task, an answer that is the trainee's own, and a locked verdict worth a point."""
    text = assignment(find_tasks(NAMES, lang=lang, own=own), lang)
    nbformat.validate(nbformat.reads(text, as_version=4))  # type: ignore[no-untyped-call]
    told = cells(text)
    assert list(told)[:4] == ["title", "task-1", "answer-1", "verdict-1"]
    for name, cell in told.items():
        marks = cell["metadata"].get("nbgrader")
        assert (marks is None) == name.startswith("answer-") == (cell["metadata"].get("deletable") is False)
        assert marks is None or (marks["locked"], marks["solution"], marks.get("points")) == (True, False, 1 if "verdict" in name else None)
    assert sum(name.startswith("verdict-") for name in told) == len(NAMES)


def test_every_kind_of_exercise_can_be_assigned(lang: Lang) -> None:
    """Each exercise of the kit makes cells that are Python, with all that a trainee needs to answer it."""
    assert {task.kind for task in bank().values()} == {"find", "mend", "build", "sort", "revise"}
    notebook = cells(assignment(bank(), lang))
    for number, task in enumerate(bank().values(), 1):
        text = notebook[f"task-{number}"]["source"]
        assert task.title[lang] in text
        placed = [(place, place_name(task.into, place, lang)) for place in places(task)] if isinstance(task, Sort) else []
        example = placed[0] if placed else ("blame", rule_name("blame", lang))
        values = dict(zip(("id", "name"), example, strict=True)) | {"none_id": "no-fault", "none": rule_name("no-fault", lang)}
        assert say(f"assignment.do.{task.kind}", lang, **values) in text
        assert re.search(rf"<details>.*\n\n{re.escape(task.hint[lang])}\n\n</details>", text)  # folded: it may be half the answer
        assert all(f"- `{place}`: {named}" in text for place, named in placed)
        shown = " ".join(re.sub(r"\[\d+\] ", "", text).split())
        told = [task.notice] if isinstance(task, Build | Revise) else [task.letter] if isinstance(task, Find) else []
        told += [thing.text for thing in sortable(task)] if isinstance(task, Sort) else []
        assert all(" ".join(words.split()) in shown for words in told)
        module = ast.parse(notebook[f"answer-{number}"]["source"])
        assert isinstance(module.body[0], ast.Assign)
        answer = ast.literal_eval(module.body[0].value)
        assert answer.strip() == str(getattr(task, "start", "")).strip()
        assert judge_answer(task, answer, lang).outcome == "not-attempted"


def test_text_of_a_task_stays_text(lang: Lang) -> None:
    """Quotation marks, backslashes and braces of a trainer's text come back from the cell as they were written."""
    odd = 'We \\ packed \\n {{ 7 * 7 }} {% x %} """late""" \\""" and '
    entry = tomllib.loads(starter())["mugs-plea"]
    task = make_task("mugs-plea", {**entry, "start": odd + entry["start"] + odd.strip() + '"'})
    source = cells(assignment({"mugs-plea": task}, lang))["answer-1"]["source"]
    assigned = ast.parse(source).body[0]
    assert isinstance(assigned, ast.Assign)
    assert ast.literal_eval(assigned.value).strip() == getattr(task, "start", "").strip()


def test_a_drawn_letter_does_not_tell_its_faults(lang: Lang) -> None:
    """Neither title nor task nor the cell of the verdict shows how many faults were put into a letter, or whether there is one."""
    names = ["practice-7-0", "practice-8-2"]
    shown = [cell["source"] for name, cell in cells(assignment(find_tasks(names, lang=lang), lang)).items() if not name.endswith("title")]
    assert len(shown) == 6
    assert not [text for text in shown if re.search("[78]-[02]", text)]
    assert say("assignment.drawn", lang) in shown[0]


@pytest.mark.parametrize("name", NAMES)
def test_the_cell_of_a_verdict_knows_its_exercise(name: str, own: Path, lang: Lang, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run behind its answer, the cell gives the verdict of its exercise; behind an answer that is no Python, it says what to mend."""
    monkeypatch.chdir(own.parent)
    write_assignment([name], own.parent, lang=lang, own=own)
    cell = cells((own.parent / "practice.ipynb").read_text(encoding="utf-8"))["verdict-1"]["source"]
    task = find_tasks([name], lang=lang, own=own)[name]
    for answer, outcome in (("", "not-attempted"), (marks_of(task) if isinstance(task, Find) else getattr(task, "model", ""), "correct")):
        names: dict[str, Any] = {"answer_1": answer}
        exec(cell, names)  # noqa: S102 - as nbgrader does
        assert names["verdict_1"].outcome == outcome
    exec(cell, names)  # noqa: S102 - as above; the answer that was judged last has gone, so that no older one takes another's place
    assert (names["verdict_1"].outcome, names["verdict_1"].reasons) == ("not-yet", (say("assignment.unread", lang),))


# -- verdicts ---------------------------------------------------------------------------------------------------------------


def test_marks_are_judged_as_in_practice(lang: Lang) -> None:
    """All marks of the key are correct, some are not yet, none is not attempted; only correct is worth a point."""
    task = find_tasks(["practice-7-2"], lang=lang)["practice-7-2"]
    right = marks_of(task)
    for answer, outcome in ((f"\n{right}\n", "correct"), (right.splitlines()[0], "not-yet"), (" \n", "not-attempted")):
        judged = grade("practice-7-2", answer, lang=lang)
        assert judged.outcome == outcome
        assert points(judged) == (outcome == "correct")
        assert judged.reasons


LINES = [
    "blame 3",
    "3",
    "3 shame",
    "x blame",
    "3 blame no-dates",
    "99 blame",
    "-1 blame",
    "no plan",
    "3 blameless",
    "I think: nothing more",
]


@pytest.mark.parametrize("line", LINES)
def test_a_line_that_is_no_mark_is_named(line: str, lang: Lang) -> None:
    """A line that cannot be a mark is repeated, with what to write; the marks beside it are judged all the same."""
    task = find_tasks(["practice-7-2"], lang=lang)["practice-7-2"]
    assert isinstance(task, Find)
    told = say("assignment.no-mark", lang, line=line, least=0, most=len(annotate(task.letter).sentences))
    for marks in (marks_of(task), marks_of(task).splitlines()[0]):
        rest = judge_answer(task, marks, lang)
        judged = judge_answer(task, f"{marks}\n{line}", lang)
        assert (judged.outcome, judged.reasons, judged.key) == ("not-yet", (told, *rest.reasons), rest.key)
    assert judge_answer(task, line, lang).reasons == (told,)


WRITTEN = [
    "- 10 admission too late", "* 10 admission too late", "•10: admission too late", "10 - admission too late",
    "10 = late-acknowledgement",
    "第10句 太晚認錯", "第 10 句\uff1a太晚認錯", "Sentence 10: admission too late",
    "10 late-acknowledgement  admission too late / 太晚認錯", "10 `late-acknowledgement`: admission too late",
    "10 late acknowledgement", "(10) admission too late", "[10] admission too late (late-acknowledgement)",
    "10、太晚認錯",
]  # fmt: skip
FORMS = ["{0} {1}", "[{0}] {1}", "{0}\uff0c{1}\u3002", "{0}\uff1a{1}", "{0}, {1}", " {0}.  {1} ", "{0}\u3001{1}", "{0}{1}"]


@pytest.mark.parametrize("form", FORMS)
def test_ids_and_names_are_read_in_any_form(form: str) -> None:
    """A place or a rule is told by its id or by its name in either language, with whatever sign of a list between it and its number."""
    for name in (
        "sort-vases",
        "sort-endings-quilts",
        next(name for name, task in bank().items() if getattr(task, "into", "") == "principle"),
    ):
        task = bank()[name]
        assert isinstance(task, Sort)
        told = [task.expected, *([place_name(task.into, place, lang).upper() for place in task.expected] for lang in LANGS)]
        for chosen in told:
            answer = "\n".join(form.format(number, place) for number, place in enumerate(chosen, 1))
            assert judge_answer(task, answer, "zh-Hant").outcome == "correct", answer
    drawn = find_tasks(["practice-7-2"], lang="en")["practice-7-2"]
    assert isinstance(drawn, Find)
    for lang in LANGS:
        answer = "\n".join(form.format(number, rule_name(rule, lang)) for number, rule in key(drawn))
        assert judge_answer(drawn, answer, lang).outcome == "correct", answer


@pytest.mark.parametrize("line", WRITTEN)
def test_a_mark_is_read_as_people_write_it(line: str) -> None:
    """A sign of a list, the words of the forms, and a line copied from a list of the rules do not hide a mark."""
    task = make_task("mugs-late", {**tomllib.loads(starter())["mugs-courier"], "faults": ["late-acknowledgement"]})
    assert isinstance(task, Find)
    expected = judge_marks(task, [(10, "late-acknowledgement")], "en")[0]
    assert judge_answer(task, line, "en") == expected


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("zero", ["0 ", "0 - ", "", "- ", "{whole}: ", "3 "])
def test_that_there_is_no_fault_needs_no_number(zero: str, lang: Lang) -> None:
    """That a letter has no fault is said of all of it, with its number or without."""
    clean = make_task("mugs-clean", {**tomllib.loads(starter())["mugs-nobody"], "faults": [], "judged": []})
    for name in ("no-fault", *(rule_name("no-fault", lang) for lang in LANGS)):
        assert judge_answer(clean, zero.format(whole=where(0, lang)) + name, lang).outcome == "correct"


@pytest.mark.parametrize("between", ["; ", "\uff1b", ", ", "、", " / ", ";\n", "\n\n", " | - "])
def test_several_marks_may_stand_on_a_line(between: str) -> None:
    """Marks may stand beside each other, and places of a sorting too."""
    tasks = [find_tasks(["practice-7-2"], lang="en")["practice-7-2"], bank()["sort-vases"]]
    for task in tasks:
        lines = (
            [f"{number} {place}" for number, place in enumerate(task.expected, 1)]
            if isinstance(task, Sort)
            else marks_of(task).splitlines()
        )
        assert len(lines) > 1
        assert judge_answer(task, between.join(lines), "en").outcome == "correct"


def test_an_empty_answer_is_told_where_to_write(lang: Lang) -> None:
    """There is nothing to choose in a cell: what is asked for is an answer in its place."""
    for task in bank().values():
        for answer in ("", " \n", str(getattr(task, "start", ""))):
            assert judge_answer(task, answer, lang).reasons == (say("assignment.untouched", lang),)


def test_no_two_names_are_the_same() -> None:
    """No name, in either language, stands for two things that can be chosen in one exercise."""
    named = [[rule_name(rule, lang) for rule in choices()] for lang in LANGS]
    named += [
        [place_name(task.into, place, lang) for place in places(task)]
        for task in bank().values()
        if isinstance(task, Sort)
        for lang in LANGS
    ]
    assert all(len(set(names)) == len(names) > 1 for names in named)


def test_a_number_has_one_place(lang: Lang) -> None:
    """Where a number of a sorting has two places, the answer is not right, whichever comes last, and both are named; the same twice is."""
    task = bank()["sort-vases"]
    assert isinstance(task, Sort)
    right = [f"{number} {place}" for number, place in enumerate(task.expected, 1)]
    other = next(place for place in places(task) if place != task.expected[0])
    for answer in (["1 " + other, *right], [*right, "1 " + other]):
        judged = judge_answer(task, "\n".join(answer), lang)
        both = listed((line.split()[1] for line in answer if line.startswith("1 ")), lang)
        assert (judged.outcome, judged.reasons[0]) == ("not-yet", say("assignment.two-places", lang, number=1, places=both))
    assert judge_answer(task, "\n".join([*right, right[0]]), lang).outcome == "correct"


def test_a_sound_letter_can_be_drawn(lang: Lang) -> None:
    """Of a letter without faults the task says no more than of others, and that it has none is right."""
    sound, faulty = (find_tasks([name], lang=lang)[name] for name in ("practice-7-0", "practice-7-1"))
    assert sound.about == faulty.about
    assert marks_of(sound) == "0 no-fault"
    assert grade("practice-7-0", "0 no-fault", lang=lang).outcome == "correct"


def test_a_letter_without_faults_is_answered_in_a_line(lang: Lang) -> None:
    """That a letter has no fault stands in the list of what can be marked, is right of a letter without any, and wrong of others."""
    entry = tomllib.loads(starter())["mugs-nobody"]
    clean = make_task("mugs-clean", {**entry, "faults": [], "judged": []})
    assert marks_of(clean) == "0 no-fault"
    assert "- `no-fault`: " in cells(assignment({"mugs-clean": clean}, lang))["title"]["source"]
    for task, outcome in ((clean, "correct"), (make_task("mugs-nobody", entry), "not-yet")):
        assert judge_answer(task, "0 no-fault", lang).outcome == outcome


def test_a_trainer_s_own_exercise_is_graded(own: Path, tmp_path: Path, lang: Lang, monkeypatch: pytest.MonkeyPatch) -> None:
    """A trainer's own exercise is read from the file beside the notebook, and unknown ones are refused by name."""
    task = find_tasks(["mugs-courier"], lang=lang, own=own)["mugs-courier"]
    write_assignment(["mugs-courier"], tmp_path / "source", lang=lang, own=own)
    monkeypatch.chdir(tmp_path / "source")
    assert grade("mugs-courier", marks_of(task), lang=lang).outcome == "correct"
    for name in ("mugs", "practice-7-00", "practice-x-1"):
        with pytest.raises(ExercisesError) as refused:
            grade(name, "", lang=lang)
        assert str(refused.value) == say("assignment.unknown", lang, id=name)


def test_exercises_are_named_by_id_or_title(own: Path, lang: Lang) -> None:
    """An exercise is found by its title in either language as well; one that is named twice, or has too many faults, is refused."""
    mine = next(iter(tomllib.loads(starter()).values()))["title"]["en"]
    named = ["Letter of a rug shop", "花瓶：每一句做什麼？", mine.upper(), "kettles-silent"]
    assert [*find_tasks(named[2:], lang=lang, own=own)] == [next(iter(tomllib.loads(starter()))), "kettles-silent"]
    assert [*find_tasks([bank()[name].title[lang] for name in ("rugs-others", "sort-vases")], lang=lang)] == ["rugs-others", "sort-vases"]
    for twice in (["practice-7-2"] * 2, ["rugs-others", named[0]]):
        with pytest.raises(ExercisesError) as refused:
            find_tasks(twice, lang=lang)
        assert str(refused.value) == say("assignment.twice", lang, id=twice[1])
    with pytest.raises(ExercisesError) as refused:
        find_tasks(["practice-7-99"], lang=lang)
    assert str(refused.value) == say("practice.too-many", lang, faults=99, known=len(faults()))


# -- the command ------------------------------------------------------------------------------------------------------------


def test_command_writes_an_assignment(own: Path, tmp_path: Path, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """`class assignment` writes the notebook and the trainer's file beside it, and replaces no notebook."""
    folder = tmp_path / "source" / "week-1"
    command = ["class", "assignment", str(folder), *NAMES, "--own", str(own), "--lang", lang]
    assert main(command) == CLEAN
    assert capsys.readouterr().out == say("assignment.done", lang, file=folder / "practice.ipynb", count=3, name="week-1") + "\n"
    assert (folder / "practice.ipynb").read_text(encoding="utf-8") == assignment(find_tasks(NAMES, lang=lang, own=own), lang)
    assert (folder / OWN).read_text(encoding="utf-8") == starter()
    assert main(command) == UNREADABLE
    assert capsys.readouterr().err == say("assignment.exists", lang, folder=folder) + "\n"
    assert main(["class", "assignment", str(own / "x"), "practice-7-2", "--lang", lang]) == UNREADABLE
    assert str(own / "x") in capsys.readouterr().err


# -- the whole way, with the real nbgrader ------------------------------------------------------------------------------------


@pytest.fixture
def nbgrader() -> str:
    """Give the path of an nbgrader: that of NBGRADER, or the one on the PATH."""
    found = os.environ.get("NBGRADER") or shutil.which("nbgrader")
    if found:
        return found
    reason = 'The way through nbgrader needs one: pip install "appealkit[classroom]" in an environment of its own, and NBGRADER=its path.'
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def fill(notebook: Path, answers: dict[str, str]) -> None:
    """Answer as a trainee does: change the text in the cells, and nothing else."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    for cell in content["cells"]:
        if cell["id"] in answers:
            cell["source"] = f'{cell["id"].replace("-", "_")} = """\n{answers[cell["id"]]}\n"""'
    notebook.write_text(json.dumps(content), encoding="utf-8")


def test_an_assignment_goes_through_nbgrader(nbgrader: str, own: Path, tmp_path: Path) -> None:
    """The real nbgrader releases, grades and feeds back: who answers well gets each point, who does not gets none; both read why.

    A name that an answer cell takes away, such as `points`, does not change a point.
    """
    course = tmp_path / "course"
    tasks = find_tasks(NAMES, lang="zh-Hant", own=own)
    write_assignment(NAMES, course / "source" / "week-1", lang="zh-Hant", own=own)
    (course / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "kit"\n', encoding="utf-8")
    home = {name: str(tmp_path / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | home
    environment["PATH"] = os.pathsep.join([str(Path(nbgrader).parent), environment["PATH"]])  # it calls a program that stands beside it

    def run(*arguments: str) -> None:
        done = subprocess.run([nbgrader, *arguments], cwd=course, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
        assert done.returncode == 0, done.stdout + done.stderr

    run("generate_assignment", "week-1")
    released = course / "release" / "week-1"
    assert (released / OWN).exists()
    model = getattr(tasks["mugs-plea"], "model", "")
    sly = {"answer-1": '3 denial\n"""\npoints = grade = feedback = display = lambda *_, **__: 1\nLANG = """'}
    good = {"answer-1": marks_of(tasks["mugs-courier"]), "answer-2": marks_of(tasks["practice-7-2"]), "answer-3": model}
    half = {"answer-1": "3 denial", "answer-2": "", "answer-3": model}
    torn = {"answer-1": marks_of(tasks["mugs-courier"]), "answer-2": '7 """blame'}
    for trainee, answers in (("lin", good), ("omar", half), ("rosa", {}), ("sly", sly), ("torn", torn)):
        handed_in = course / "submitted" / trainee / "week-1"
        shutil.copytree(released, handed_in)
        fill(handed_in / "practice.ipynb", answers)
    run("autograde", "week-1")
    run("generate_feedback", "week-1")
    run("export")
    with (course / "grades.csv").open(encoding="utf-8") as file:
        grades = {row["student_id"]: (float(row["score"]), float(row["max_score"])) for row in csv.DictReader(file)}
    assert grades == {"lin": (3, 3), "omar": (1, 3), "rosa": (0, 3), "sly": (0, 3), "torn": (1, 3)}
    assert say("assignment.unread", "zh-Hant")[:40] in unescape((course / "feedback/torn/week-1/practice.html").read_text(encoding="utf-8"))
    for trainee, answers in (("lin", good), ("omar", half)):
        page = unescape((course / "feedback" / trainee / "week-1" / "practice.html").read_text(encoding="utf-8"))
        for number, name in enumerate(NAMES, 1):
            judged = judge_answer(tasks[name], answers[f"answer-{number}"], "zh-Hant")
            assert all(reason[:40] in page for reason in (*judged.reasons, *judged.key))


def test_command_lists_the_exercises_of_the_kit(lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """`class exercises` tells the id of each, by which an assignment names it, and its title."""
    assert main(["class", "exercises", "--lang", lang]) == CLEAN
    lines = capsys.readouterr().out.splitlines()
    assert [(line.split(" · ")[0], line.split(" · ")[-1]) for line in lines] == [(task.id, task.title[lang]) for task in bank().values()]
