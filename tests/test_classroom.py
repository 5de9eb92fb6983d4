"""A class: what is read of its files, what is counted, and how it is shown."""

import csv
import io
import json
import re
import tomllib
import warnings
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from appealkit.classes.assignment import find_tasks
from appealkit.classes.classroom import ClassError, read_class
from appealkit.classes.report import (
    Agreement,
    Alike,
    ClassReport,
    ExerciseTally,
    FalseAlarms,
    Missed,
    OtherKey,
    Place,
    Refused,
    Tally,
    pseudonymous,
)
from appealkit.classes.view import PARTS, class_to_csv, class_to_html, class_to_json, class_to_page, class_to_text, show_class
from appealkit.cli import CLEAN, UNREADABLE, main
from appealkit.exercises.bank import Find
from appealkit.exercises.bank import task as make_task
from appealkit.exercises.drawn import title
from appealkit.exercises.exported import Mark
from appealkit.exercises.marks import choices, judge_marks, key, where
from appealkit.exercises.own import starter
from appealkit.exercises.practice import faults
from appealkit.language import Lang, beside, listed, rule_named, say
from appealkit.roles import Principle
from appealkit.rules import rules
from appealkit.text import CHINESE
from tests.page import Page

ATTEMPT: dict[str, Any] = {
    "exercise": "kettles",
    "at": "2026-11-28T09:30:00+08:00",
    "outcome": "correct",
    "rules": ["blame", "no-dates"],
    "marks": [[0, "no-dates"], [3, "blame"]],
    "key": [[0, "no-dates"], [3, "blame"]],
    "principle": None,
}
NOT_YET: dict[str, Any] = {"outcome": "not-yet", "marks": [[3, "blame"]]}


def attempt(minute: int = 0, **changed: object) -> dict[str, Any]:
    """Return an attempt at a minute."""
    return {**ATTEMPT, "at": f"2026-11-28T09:{minute:02}:00+08:00", **changed}


def put(folder: Path, name: str, trainee: str, attempts: Iterable[dict[str, Any]], **changed: object) -> Path:
    """Write one file of a class."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"appealkit": "attempts", "version": 1, "trainee": trainee, "attempts": list(attempts), **changed}
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def small(tmp_path: Path) -> ClassReport:
    """Give a class of two, one of whom tried one exercise four times and another one once."""
    first = [
        attempt(1, outcome="not-attempted", marks=[]),
        attempt(2, outcome="not-yet", marks=[[3, "blame"], [4, "emotional"]]),
        attempt(3, **NOT_YET),
        attempt(4),
        attempt(5, exercise="mend", marks=[], key=[], rules=["blame"], principle="sincerity", outcome="not-yet"),
    ]
    put(tmp_path, "b.json", "林美", reversed(first))
    put(tmp_path, "a/a.json", "Ada", [attempt(2, marks=[[0, "no-dates"], [5, "blame"]], outcome="not-yet")])
    return read_class(tmp_path, lang="en")


# -- what is counted --------------------------------------------------------------------------------------------------------


def test_who_did_what(small: ClassReport) -> None:
    """Each trainee has their attempts by exercise, in whatever order and folder they were handed in."""
    assert [(trainee.name, trainee.files, trainee.solved) for trainee in small.trainees] == [
        ("Ada", ("a/a.json",), 0),
        ("林美", ("b.json",), 1),
    ]
    assert [(work.exercise, work.tally, work.success) for work in small.trainees[1].work] == [
        ("kettles", Tally(1, 2), 3),
        ("mend", Tally(0, 1), None),
    ]
    assert small.tally == Tally(1, 4)


def test_attempts_to_success(small: ClassReport) -> None:
    """An empty answer is no attempt, and is not counted."""
    assert small.exercises == {
        "kettles": ExerciseTally(Tally(1, 3), later=1, unsolved=1),
        "mend": ExerciseTally(Tally(0, 1), unsolved=1, unbegun=1),
    }


def test_agreement_is_that_of_first_attempts(small: ClassReport) -> None:
    """Only the first attempt counts: later ones have seen a verdict. A fault in another sentence is missed, and a false alarm."""
    every = len(choices())
    assert len(faults()) + 1 < every < len(rules())
    assert small.trainees[1].agreement == Agreement(both=1, missed=1, false_alarms=1, neither=every - 3)
    assert small.trainees[0].agreement == Agreement(both=1, missed=1, false_alarms=1, neither=every - 2, misplaced=1)
    assert small.missed == (
        Missed("no-dates", 2, 1, 0, (Place("kettles", 0, 1),)),
        Missed("blame", 2, 1, 1, (Place("kettles", 3, 1, (5,)),)),
    )
    assert small.false_alarms == (
        FalseAlarms("emotional", 1, 1, 0, (Place("kettles", 4, 1),)),
        FalseAlarms("blame", 2, 1, 1, (Place("kettles", 5, 1, (3,)),)),
    )


def test_what_most_missed_comes_first(tmp_path: Path, lang: Lang) -> None:
    """Counts lead, not rates: one of one stands below three of four, and what nobody missed or marked wrongly does not stand there."""
    key = [[0, "no-commitment"], [3, "blame"]]
    for number, marks in enumerate([[[3, "blame"]], [[3, "blame"]], [[3, "blame"]], key]):
        done = "correct" if marks == key else "not-yet"
        put(tmp_path, f"{number}.json", f"T{number}", [attempt(1, key=key, marks=marks, outcome=done)])
    single = attempt(2, exercise="plates", key=[[0, "no-parts"]], marks=[[4, "no-parts"], [2, "denial"]], outcome="not-yet")
    put(tmp_path, "5.json", "T5", [single])
    report = read_class(tmp_path, lang=lang)
    assert [replace(one, places=()) for one in report.missed] == [Missed("no-commitment", 4, 3, 0), Missed("no-parts", 1, 1, 1)]
    assert [replace(one, places=()) for one in report.false_alarms] == [FalseAlarms("denial", 1, 1, 0), FalseAlarms("no-parts", 1, 1, 1)]
    assert rule_named("blame", lang) not in class_to_text(report, lang, ["missed"])


def test_exercises_stand_in_the_order_of_the_bank(tmp_path: Path, lang: Lang) -> None:
    """Kind by kind as in the bank, then drawn letters by their number, then a trainer's own by their ids."""
    order = ["kettles-silent", "pillows-opening", "build-baskets", "sort-vases", "practice-7-2", "practice-10-1", "a-mug", "b-mug"]
    put(tmp_path, "a.json", "Ada", [attempt(minute, exercise=name) for minute, name in enumerate(reversed(order))])
    report = read_class(tmp_path, lang=lang)
    assert list(report.exercises) == order
    assert [work.exercise for work in report.trainees[0].work] == order


MARKED: list[tuple[Mark, ...]] = [
    ((0, "no-fault"),), ((4, "blame"),), ((0, "vague-action"),), ((0, "no-fault"), (4, "denial")),
    ((1, "blame"), (4, "blame"), (5, "blame")),
]  # fmt: skip


@pytest.mark.parametrize("marks", [(), *MARKED])
@pytest.mark.parametrize("exercise", ["mugs-clean", "mugs-courier", "practice-7-2", "practice-104-3"])
def test_the_figures_are_those_of_the_verdict(exercise: str, marks: tuple[Mark, ...], tmp_path: Path) -> None:
    """Found, missed and false alarms are as many as the verdict on the screen tells, and kappa is 1 for a correct one and no other."""
    entry = tomllib.loads(starter())["mugs-courier"]
    clean = {"letter": entry["letter"].replace(" The courier is to blame for the delays, not us.", ""), "faults": []}
    own = {"mugs-courier": entry, "mugs-clean": {**entry, **clean}}
    task = make_task(exercise, own[exercise]) if exercise in own else find_tasks([exercise], lang="en")[exercise]
    assert isinstance(task, Find)
    for given_ in (marks, (*key(task), *marks), (*key(task)[1:], *marks)):
        judged, told = judge_marks(task, given_, "en")
        if judged.outcome == "not-attempted":
            continue
        kept = [one.mark for one in told if one.kind != "missed"]
        put(tmp_path, "a.json", "Ada", [attempt(exercise=exercise, outcome=judged.outcome, marks=kept, key=key(task))])
        agreed = read_class(tmp_path, lang="en").agreement
        kinds = [one.kind for one in told]
        shown = kinds.count("right"), kinds.count("missed"), kinds.count("false-alarm")
        assert (agreed.both, agreed.missed, agreed.false_alarms) == shown
        assert (agreed.kappa == 1) == (judged.outcome == "correct")


def test_a_letter_without_faults_is_counted(tmp_path: Path, lang: Lang) -> None:
    """That a letter has no fault is marked like a fault; who does not see it has missed it."""
    clean: dict[str, Any] = {"rules": [], "key": [[0, "no-fault"]]}
    put(tmp_path, "a.json", "Ada", [attempt(1, **clean, marks=[[0, "no-fault"]])])
    later = attempt(2, **clean, marks=[[0, "no-fault"]])
    put(tmp_path, "b.json", "Bea", [attempt(1, **clean, marks=[[3, "blame"]], outcome="not-yet"), later])
    report = read_class(tmp_path, lang=lang)
    assert [trainee.agreement for trainee in report.trainees] == [
        Agreement(both=1, neither=len(choices()) - 1, sound=1),
        Agreement(missed=1, false_alarms=1, neither=len(choices()) - 2, unseen=1),
    ]
    agreements = [trainee.agreement for trainee in report.trainees]
    assert [(one.found, one.faults, one.letters) for one in agreements] == [(0, 0, 1)] * 2
    assert report.missed == (Missed("no-fault", 2, 1, 0, (Place("kettles", 0, 1),)),)
    assert report.rules == {}
    assert say("class.no-fault", lang) in class_to_text(report, lang, ["missed"])
    assert say("class.no-fault", lang) in class_to_html(report, lang, ["missed"])


def test_copies_of_a_file_are_told_as_that(tmp_path: Path, lang: Lang) -> None:
    """Two files with the same attempts are one record and its copy, and nobody is asked whether they are two people."""
    for name in ("ada.json", "copy.json"):
        put(tmp_path, name, "Ada", [attempt(1), attempt(2)])
    report = read_class(tmp_path, lang=lang)
    told_in_all(report, lang, say("class.copies", lang, names=beside("Ada", listed(["ada.json", "copy.json"], lang), lang)))
    assert say("class.several-files", lang, names="|").split("|")[0] not in class_to_text(report, lang)
    hidden = pseudonymous(report, lang)
    assert "copy.json" not in class_to_text(hidden, lang) + class_to_json(hidden)
    put(tmp_path, "other.json", "Ada", [attempt(3)])
    (ada,) = read_class(tmp_path, lang=lang).trainees
    assert (ada.copies, ada.records) == ((("ada.json", "copy.json"),), 2)


def test_a_sound_letter_is_no_fault_found(tmp_path: Path, lang: Lang) -> None:
    """Who finds no fault and clicks once that a letter has none has found none of the faults, in every form of the report."""
    sound = attempt(1, exercise="sound", rules=[], key=[[0, "no-fault"]], marks=[[0, "no-fault"]])
    key = [[3, "blame"], [0, "no-dates"]]
    put(tmp_path, "a.json", "Ada", [sound, attempt(2, marks=[[4, "blame"]], key=key, outcome="not-yet")])
    report = read_class(tmp_path, lang=lang)
    agreement = report.agreement
    assert (agreement.found, agreement.faults, agreement.sound, agreement.letters, agreement.false_alarms) == (0, 2, 1, 1, 1)
    counted = {"found": 0, "faults": 2, "sound": 1, "letters": 1, "false_alarms": 1, "misplaced": 1}
    kappa = f"{agreement.kappa:.2f}"
    assert say("class.agreement-counts", lang, **counted, decisions=agreement.decisions, kappa=kappa) in class_to_text(report, lang)
    cells = [cell.text for cell in Page(class_to_html(report, lang, ["trainees"])).tags("td")]
    assert "0 / 2" in cells
    assert "1 / 1" in cells
    assert json.loads(class_to_json(report))["agreement"]["found"] == 0


def told_in_all(report: ClassReport, lang: Lang, *sentences: str) -> None:
    """See that sentences stand in each form of a report that a person reads."""
    for sentence in sentences:
        assert sentence in class_to_text(report, lang, ["summary"])
        assert sentence in unescape(class_to_html(report, lang, ["summary"]))


def test_days_that_cannot_be_are_told(tmp_path: Path, lang: Lang) -> None:
    """Attempts that a wrong clock has dated, ahead or behind, are counted and told; minutes ahead are not."""
    soon = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
    for name, days in (
        ("Ada", ["2046-11-28T09:30:00+08:00", "0001-01-01T00:00:00+14:00"]),
        ("Bea", ["1970-01-01T00:00:00Z"]),
        ("Cleo", []),
    ):
        put(tmp_path, f"{name}.json", name, [attempt(at=at) for at in (*days, soon)])
    report = read_class(tmp_path, lang=lang)
    assert [(one.name, one.count, one.of, one.at.year) for one in report.misdated] == [("Ada", 2, 3, 1), ("Bea", 1, 2, 1970)]
    assert report.tally.attempted == 6
    told_in_all(report, lang, say("class.misdated", lang, name="Bea", count=1, of=2, day="1970-01-01"))
    assert json.loads(class_to_json(report))["misdated"][1]["at"] == "1970-01-01T00:00:00+00:00"
    assert "Bea" not in class_to_text(pseudonymous(report, lang), lang)


def test_keys_that_differ_are_told(tmp_path: Path, lang: Lang) -> None:
    """Where files have different keys for one exercise, the report says whose key is not that of most; each counts by its own."""
    other: dict[str, Any] = {"key": [[0, "no-fault"]], "marks": [[0, "no-fault"]]}
    for name in ("Ada", "Bea", "Kay", "Lou"):
        changed = other if name in {"Kay", "Lou"} else {}
        put(tmp_path, f"{name}.json", name, [attempt(**changed), attempt(2, exercise="mend", marks=[], key=[])])
    put(tmp_path, "Cleo.json", "Cleo", [attempt()])
    report = read_class(tmp_path, lang=lang)
    assert report.keys == (OtherKey("kettles", ("Kay", "Lou")),)
    names = listed(("Kay", "Lou"), lang)
    told_in_all(report, lang, say("class.other-key", lang, exercise="kettles", names=names))
    assert json.loads(class_to_json(report))["keys"] == [{"exercise": "kettles", "names": ["Kay", "Lou"]}]
    assert "Kay" not in class_to_text(pseudonymous(report, lang), lang)


def test_of_two_keys_in_as_many_files_neither_is_that_of_most(tmp_path: Path, lang: Lang) -> None:
    """Where one file stands against one, nobody has another key than most, and the report does not say so."""
    put(tmp_path, "Ada.json", "Ada", [attempt()])
    put(tmp_path, "Kay.json", "Kay", [attempt(key=[[0, "no-fault"]], marks=[[0, "no-fault"]])])
    report = read_class(tmp_path, lang=lang)
    assert report.keys == (OtherKey("kettles", ()),)
    told_in_all(report, lang, say("class.other-keys", lang, exercise="kettles"))


def test_names_that_several_files_share_are_told_with_their_files(tmp_path: Path, lang: Lang) -> None:
    """Who has several files is named with them, under a pseudonym with their number."""
    for minute, (name, trainee) in enumerate((("monday", "Ada"), ("sub/tuesday", "Ada"), ("bea", "Bea"))):
        put(tmp_path, f"{name}.json", trainee, [attempt(minute)])
    report = read_class(tmp_path, lang=lang)
    files = listed(("monday.json", "sub/tuesday.json"), lang)
    told_in_all(report, lang, say("class.several-files", lang, names=beside("Ada", files, lang)))
    hidden = pseudonymous(report, lang)
    name = next(trainee.name for trainee in hidden.trainees if len(trainee.files) > 1)
    named = beside(name, say("class.count-files", lang, count=2), lang)
    told_in_all(hidden, lang, say("class.several-files", lang, names=named))
    assert "monday" not in class_to_text(hidden, lang)


def test_the_same_attempts_under_two_names_are_told(tmp_path: Path, small: ClassReport, lang: Lang) -> None:
    """A file with its name changed is told, with how much of it is the same; one moment that is shared by chance is not."""
    assert small.alike == ()
    mine = [attempt(1), attempt(2, **NOT_YET), attempt(3, exercise="mend")]
    for name, attempts in (("Ada", mine), ("Bea", [*mine[:2], attempt(7)]), ("Cleo", [mine[2], attempt(8)]), ("Dora", mine[:1])):
        put(tmp_path / "class", f"{name}.json", name, attempts)
    report = read_class(tmp_path / "class", lang=lang)
    assert report.alike == (Alike(("Ada", "Bea"), 2, 3), Alike(("Ada", "Dora"), 1, 1), Alike(("Bea", "Dora"), 1, 1))
    assert report.tally.attempted == 9
    told = say("class.alike", lang, one="Ada", other="Bea", count=2, of=3)
    assert told in class_to_text(report, lang, ["summary"])
    assert told in unescape(class_to_html(report, lang, ["summary"]))
    assert json.loads(class_to_json(report))["alike"][0] == {"names": ["Ada", "Bea"], "count": 2, "of": 3}
    hidden = pseudonymous(report, lang)
    assert {name for pair in hidden.alike for name in pair.names} <= {trainee.name for trainee in hidden.trainees}
    assert "Ada" not in class_to_text(hidden, lang)
    assert not re.search(rf"[0-9]{CHINESE}|{CHINESE}[0-9]", class_to_text(hidden, lang, ["summary"]))  # Chinese and figures stand apart


def test_an_attempt_counts_once(tmp_path: Path) -> None:
    """A trainee who exports twice hands in the same attempts again: each counts once, whichever zone its moment is told in."""
    put(tmp_path, "monday.json", "Ada", [attempt(1), attempt(2)])
    again = {**attempt(1), "at": "2026-11-28T01:01:00Z"}
    put(tmp_path, "tuesday.json", "Ada", [again, attempt(2), attempt(3)])
    report = read_class(tmp_path, lang="en")
    assert (report.files, report.repeated, len(report.trainees), report.tally) == (2, 2, 1, Tally(3))
    assert report.rules["blame"] == Tally(3)


def test_two_attempts_of_one_second_count_both(tmp_path: Path) -> None:
    """Who checks twice within a second has tried twice, and what came out later is not lost; a second export adds nothing."""
    quick = [attempt(1, **NOT_YET), attempt(1)]
    for day in ("monday", "tuesday"):
        put(tmp_path / day, "Ada.json", "Ada", quick)
    report = read_class(tmp_path / "monday", lang="en")
    assert (report.repeated, report.tally, report.trainees[0].solved, report.trainees[0].work[0].success) == (0, Tally(1, 1), 1, 2)
    assert (read_class(tmp_path, lang="en").repeated, read_class(tmp_path, lang="en").tally) == (2, Tally(1, 1))


def test_a_trainee_who_did_nothing_is_there(tmp_path: Path) -> None:
    """A file without attempts names a trainee, and nothing is counted; each view says so and divides by nothing."""
    put(tmp_path, "a.json", "Ada", [])
    report = read_class(tmp_path, lang="en")
    assert [(trainee.name, trainee.tally, trainee.agreement.kappa) for trainee in report.trainees] == [("Ada", Tally(), None)]
    counts = dict.fromkeys(("found", "faults", "sound", "letters", "false_alarms", "misplaced", "decisions"), 0)
    dash = "\u2013"
    assert say("class.agreement-counts", "en", **counts, kappa=dash) in class_to_text(report, "en")
    assert class_to_csv(report, "en").count("\n") == 1


cells = st.integers(0, 60)


@given(cells, cells, cells, cells)
def test_kappa_is_that_of_scikit_learn(both: int, missed: int, false_alarms: int, neither: int) -> None:
    """Kappa is what scikit-learn computes from the same decisions, and undefined where it has no number."""
    marked = [1] * both + [0] * missed + [1] * false_alarms + [0] * neither
    keyed = [1] * both + [1] * missed + [0] * false_alarms + [0] * neither
    kappa = Agreement(both, missed, false_alarms, neither).kappa
    if len({*marked, *keyed}) < 2:
        assert kappa is None
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert kappa == pytest.approx(cohen_kappa_score(marked, keyed), abs=1e-12)


# -- what is read -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"exercise": "two words"}, "attempts 1.exercise: “two words” cannot be an id"),
        ({"at": "2026-11-28T09:30:00"}, "attempts 1.at: “2026-11-28T09:30:00” is not a moment"),
        ({"at": "1764322200"}, "attempts 1.at: “1764322200” is not a moment"),
        ({"at": 1764322200}, "attempts 1.at: “1764322200” is not a moment"),
        ({"outcome": "right"}, "attempts 1.outcome: “right” is not known. Write one of: correct, not-yet, not-attempted."),
        ({"marks": [["3", "blame"]]}, "attempts 1.marks 1 1: a whole number is needed here"),
        ({"marks": [[-1, "blame"]]}, "attempts 1.marks 1 1: -1 is less than 0"),
        ({"marks": [[1, "blame", 2]]}, "attempts 1.marks 1: there are 3 entries here, and 2 are allowed."),
        ({"key": [[1, "shame"]]}, "attempts 1.key: the kit has no rule “shame”."),
        ({"rules": ["no-fault"]}, "attempts 1.rules: the kit has no rule “no-fault”."),
        ({"principle": "honesty"}, "attempts 1.principle: “honesty” is not known."),
        ({"score": 3}, "attempts 1.score: there is no such field."),
        ({"marks": [[3, "blame"]]}, "attempts 1.outcome: “correct” does not follow from marks and key, from which “not-yet” does."),
        ({"marks": []}, "attempts 1.outcome: “correct” does not follow from marks and key, from which “not-attempted” does."),
        ({"key": []}, "attempts 1.outcome: “correct” does not follow from marks and key, from which “not-yet” does."),
        ({"outcome": "not-yet"}, "attempts 1.outcome: “not-yet” does not follow from marks and key, from which “correct” does."),
        ({"outcome": "not-attempted"}, "attempts 1.outcome: “not-attempted” does not follow from marks and key"),
    ],
)
def test_damaged_file_is_named_with_the_place(changed: dict[str, Any], told: str, tmp_path: Path) -> None:
    """A value that is none of those agreed on refuses the file, and the reason names the place; the other files count."""
    put(tmp_path, "a.json", "Ada", [attempt(**changed)])
    put(tmp_path, "b.json", "Bea", [attempt()])
    report = read_class(tmp_path, lang="en")
    assert [trainee.name for trainee in report.trainees] == ["Bea"]
    assert [refused.file for refused in report.refused] == ["a.json"]
    assert report.refused[0].reasons[0].startswith(told)


def test_nameless_trainee_is_refused(tmp_path: Path) -> None:
    """A name that shows nothing is no name."""
    put(tmp_path, "a.json", " ", [])
    assert read_class(tmp_path, lang="en").refused == (Refused("a.json", ("trainee: “” is no name.",)),)


@pytest.mark.parametrize("part", sorted(ATTEMPT))
def test_no_part_is_guessed(part: str, tmp_path: Path, lang: Lang) -> None:
    """A file in which any part of an attempt is missing is left out."""
    put(tmp_path, "a.json", "Ada", [{name: value for name, value in ATTEMPT.items() if name != part}])
    report = read_class(tmp_path, lang=lang)
    assert report.trainees == ()
    assert report.refused[0].reasons[0].startswith(f"attempts 1.{part}")


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"\xff\xfe\x00", b"[]", b"7", b'{"trainee": "Ada", "attempts": []}', b"[" * 100_000, b'{"appealkit": "draft"}'],
    ids=["empty", "text", "binary", "list", "number", "nameless", "deep", "draft"],
)
def test_foreign_file_is_named(content: bytes, tmp_path: Path, lang: Lang) -> None:
    """A file that is something else is named as that."""
    (tmp_path / "x.json").write_bytes(content)
    assert read_class(tmp_path, lang=lang).refused[0].reasons[0] == say("class.foreign", lang)


@pytest.mark.parametrize(("begins", "told"), [(b"PK\x03\x04", "packed"), (b"SQLite format 3\0", "not-exported")])
def test_a_file_beside_the_export_is_told_from_it(begins: bytes, told: str, tmp_path: Path, lang: Lang) -> None:
    """An archive of exports is not damaged, and who hands in the file of their attempts is told to export them."""
    path = put(tmp_path, "a", "Ada", [attempt()])
    path.write_bytes(begins + path.read_bytes())
    assert read_class(tmp_path, lang=lang).refused == (
        Refused("a", (say(f"class.{told}", lang, export=say("attempts.form.export", lang)),)),
    )


def test_a_file_that_was_cut_off_is_damaged(tmp_path: Path, lang: Lang) -> None:
    """A file that begins as the kit's and ends too early is said to be damaged, not foreign."""
    path = put(tmp_path, "a.json", "Ada", [attempt()])
    path.write_bytes(path.read_bytes()[:-20])
    assert read_class(tmp_path, lang=lang).refused == (Refused("a.json", (say("class.damaged", lang),)),)


def test_file_of_another_version_is_named(tmp_path: Path, lang: Lang) -> None:
    """A file of a later kit is said to be one, not to be damaged."""
    put(tmp_path, "a.json", "Ada", [], version=2)
    assert read_class(tmp_path, lang=lang).refused == (Refused("a.json", (say("class.other-version", lang),)),)


def test_many_problems_are_told_in_part(tmp_path: Path) -> None:
    """Of a file with hundreds of problems a few are told, and how many more there are."""
    put(tmp_path, "a.json", "Ada", [attempt(outcome="right") for _ in range(200)])
    reasons = read_class(tmp_path, lang="en").refused[0].reasons
    assert len(reasons) == 4
    assert reasons[-1] == "197 more problems of this file are not listed."


def test_huge_and_hidden_files_are_not_read(tmp_path: Path) -> None:
    """What is too large for attempts is named unread; what file managers and open documents keep is no file of the class."""
    with (tmp_path / "film.json").open("wb") as file:
        file.truncate(40_000_000)
    put(tmp_path, ".trash/a.json", "Ada", [])
    (tmp_path / "Thumbs.db").write_bytes(b"x")
    (tmp_path / "~$marks.xlsx").write_bytes(b"x")
    report = read_class(tmp_path, lang="en")
    assert report.refused == (Refused("film.json", (say("class.too-large", "en"),)),)
    assert report.trainees == ()


def test_byte_order_mark_is_no_damage(tmp_path: Path) -> None:
    """A mail program or editor may have put a byte order mark in front."""
    path = put(tmp_path, "a.json", "Ada", [attempt()])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_class(tmp_path, lang="en").tally == Tally(1)


def test_folder_without_files_is_refused(tmp_path: Path, lang: Lang) -> None:
    """No folder, and nothing in it, are told apart."""
    with pytest.raises(ClassError, match="none"):
        read_class(tmp_path / "none", lang=lang)
    with pytest.raises(ClassError) as refused:
        read_class(tmp_path, lang=lang)
    assert str(refused.value) == say("class.empty", lang, folder=tmp_path)


def test_report_without_files_is_no_page_of_headings(tmp_path: Path, lang: Lang) -> None:
    """Where every file was left out, the report says so and why, and no table or heading stands before it with nothing under it."""
    (tmp_path / "a.json").write_text("{", encoding="utf-8")
    report = read_class(tmp_path, lang=lang)
    told = class_to_text(report, lang)
    assert told.splitlines()[-2:] == [
        say("class.refused", lang, count=1),
        f"  {say('view.labelled', lang, label='a.json', words=report.refused[0].reasons[0])}",
    ]
    assert len(told.split("\n\n")) == 2
    page = class_to_page(report, lang)
    assert "<table" not in page
    assert report.refused[0].reasons[0] in page


# -- how it is shown --------------------------------------------------------------------------------------------------------


def test_no_rate_without_its_counts(small: ClassReport, lang: Lang) -> None:
    """Wherever a view shows a rate in per cent, the counts stand directly before it."""
    for view in (class_to_text(small, lang), class_to_html(small, lang).split("</style>")[1]):
        rates = [line for line in view.splitlines() if "%" in line]
        assert len(rates) >= 6
        assert all(" / " in line.split("%")[0][-12:] for line in rates)


def test_both_views_tell_the_same_figures(small: ClassReport, lang: Lang) -> None:
    """Text and HTML show each trainee, exercise, rule, principle and count."""
    text, html = class_to_text(small, lang), unescape(class_to_html(small, lang))
    for told in ("Ada", "林美", "kettles", "mend", "1 / 5 · 20%", "1 / 4 · 25%", "1 / 2 · 50%", "0 / 1 · 0%"):
        assert told in text
        assert told in html
    assert f"{small.agreement.kappa:.2f}" in text
    assert f"{small.agreement.kappa:.2f}" in html


def test_chart_reads_without_colour(small: ClassReport) -> None:
    """A bar is drawn in the ink of the text, as long as the share, beside its figures."""
    html = class_to_html(small, "en")
    marked = len(small.missed) + len(small.false_alarms)
    assert html.count("<svg") == len(small.rules) + len(small.principles) + marked + len(small.trainees)
    assert '<rect x="0.5" y="0.5" width="49.5" height="9" fill="currentColor"/>' in html
    assert set(part.split('"')[0] for part in html.split('fill="')[1:]) == {"none", "currentColor"}  # noqa: C401 - reads better so


def test_json_holds_all_figures(small: ClassReport) -> None:
    """The JSON has the counts of everyone and everything, in names that no language changes."""
    told = json.loads(class_to_json(small))
    assert told["attempts"] == {"correct": 1, "not_yet": 4}
    assert told["principles"]["several"]["correct"] == 1
    assert told["missed"][1] == {
        "rule": "blame",
        "met": 2,
        "missed": 1,
        "misplaced": 1,
        "places": [{"exercise": "kettles", "sentence": 3, "count": 1, "elsewhere": [5]}],
    }
    assert told["false_alarms"][1] == {
        "rule": "blame",
        "marked": 2,
        "wrong": 1,
        "misplaced": 1,
        "places": [{"exercise": "kettles", "sentence": 5, "count": 1, "elsewhere": [3]}],
    }
    assert [work["success"] for work in told["trainees"][1]["work"]] == [3, None]
    assert told["trainees"][1]["work"][1]["agreement"] is None
    assert told["agreement"]["kappa"] == round(small.agreement.kappa or 0, 4)


def test_csv_has_a_row_for_each_trainee_and_exercise(small: ClassReport, lang: Lang) -> None:
    """The CSV opens with its mark and its heads, and each row tells one trainee at one exercise."""
    text = class_to_csv(small, lang)
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    success, found = say("class.column.attempts_to_success", lang), say("class.column.found", lang)
    assert [(row[success], row[found]) for row in rows] == [("", "1"), ("3", "1"), ("", "")]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "|calc", '=HYPERLINK("x")', "\u00a0=1"])
def test_csv_runs_no_formula(name: str, tmp_path: Path) -> None:
    """A name that a spreadsheet would run has an apostrophe in front; numbers of ours have none, also below 0."""
    put(
        tmp_path,
        "a.json",
        name,
        [attempt(outcome="not-yet", marks=[[3, rule] for rule in faults() if rule != "buyer-data"], key=[[0, "buyer-data"]])],
    )
    report = read_class(tmp_path, lang="en")
    row = list(csv.reader(io.StringIO(class_to_csv(report, "en"))))[1]
    assert row[0] == f"'{report.trainees[0].name}"
    assert float(row[-1]) <= 0


def test_plain_names_stay_as_they_are(tmp_path: Path) -> None:
    """A name with such a character inside is no formula; commas, quotes and Chinese come back as they were."""
    for number, name in enumerate(('O\'Hara, "Kit"', "林-美", "a=b")):
        put(tmp_path, f"{number}.json", name, [attempt()])
    text = class_to_csv(read_class(tmp_path, lang="en"), "en")
    assert {row[0] for row in list(csv.reader(io.StringIO(text)))[1:]} == {'O\'Hara, "Kit"', "林-美", "a=b"}


def test_html_escapes_names(tmp_path: Path, lang: Lang) -> None:
    """A name is text, wherever it stands in the page; so is the name of a file."""
    put(tmp_path, "a.json", "<script>alert(1)</script>", [attempt()])
    put(tmp_path, "<b>.json", "x", [attempt(outcome="<i>")])
    page = class_to_page(read_class(tmp_path, lang=lang), lang)
    assert "<script" not in page
    assert page.count("&lt;script&gt;") == 2
    assert "<b>" not in page
    assert "&lt;b&gt;.json" in page
    assert page.count("<html") == page.count("</html>") == 1


def test_view_shows_the_parts_that_are_asked_for(small: ClassReport, lang: Lang) -> None:
    """The parts of a report together are the report; each can be shown by itself, and one that there is not is refused."""
    whole = show_class(small, lang).text
    parts = [show_class(small, lang, [part]) for part in PARTS]
    assert "\n\n".join(view.text for view in parts if view.text) == whole
    told = {say(f"class.{key}", lang) for key in ("by-principle", "by-rule", "most-missed", "most-alarms", "exercises", "who", "work")}
    for view in parts:
        assert {words for words in told if words in view.text} == {words for words in told if words in unescape(view.html)}
    with pytest.raises(ValueError, match="everything"):
        show_class(small, lang, ["everything"])


def test_pseudonyms_name_nobody(tmp_path: Path, lang: Lang) -> None:
    """With pseudonyms no name and no file stands in any view, which says where they do; the figures and the numbers stay the same."""
    names = [f"Name{letter}" for letter in "ABCDEFGHIJKL"]
    for number, name in enumerate(names):
        put(tmp_path, f"{name}.json", name, [attempt(minute) for minute in range(number + 1)])
    (tmp_path / "NameX.json").write_text("x")
    report = read_class(tmp_path, lang=lang)
    hidden = pseudonymous(report, lang)
    assert hidden == pseudonymous(read_class(tmp_path, lang=lang), lang)
    numbers = {trainee.tally.correct: trainee.name for trainee in hidden.trainees}
    assert len({*numbers.values()}) == len(names)
    for told in (class_to_text, class_to_page):
        assert say("class.unnamed", lang) in unescape(told(hidden, lang))
        assert say("class.unnamed", lang) not in unescape(told(report, lang))
    for view in (class_to_text(hidden, lang), class_to_page(hidden, lang), class_to_csv(hidden, lang), class_to_json(hidden)):
        assert "Name" not in view
        assert numbers[7] in view
    assert sorted(trainee.tally.correct for trainee in hidden.trainees) == list(range(1, 13))
    assert [trainee.tally.correct for trainee in hidden.trainees] != list(range(1, 13))
    assert (hidden.agreement, hidden.rules, len(hidden.refused)) == (report.agreement, report.rules, 1)
    for name in names[:5]:
        (tmp_path / f"{name}.json").unlink()
    put(tmp_path, "new.json", "Aaron", [attempt()])
    later = {trainee.tally.correct: trainee.name for trainee in pseudonymous(read_class(tmp_path, lang=lang), lang).trainees}
    assert {count: later[count] for count in range(6, 13)} == {count: numbers[count] for count in range(6, 13)}


def test_pseudonyms_that_meet_are_told_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lang: Lang) -> None:
    """Two names that would have one number have two."""
    monkeypatch.setattr("appealkit.classes.report._NUMBERS", 3)
    for name in ("Ada", "Ben", "Cleo"):
        put(tmp_path, f"{name}.json", name, [attempt()])
    hidden = pseudonymous(read_class(tmp_path, lang=lang), lang)
    assert [trainee.name for trainee in hidden.trainees] == [say("class.pseudonym", lang, number=f"{n:04}") for n in range(3)]


def test_a_report_says_where_a_fault_was_missed(tmp_path: Path, lang: Lang) -> None:
    """Below a rule stand the letters and sentences in which it was missed, the most often first, and where it was marked instead."""
    keyed: dict[str, Any] = {"key": [[3, "blame"]], "outcome": "not-yet"}
    for number, marked in enumerate([5, 5, 0]):
        marks = [[marked, "blame"]] if marked else [[1, "denial"]]
        put(tmp_path, f"{number}.json", f"T{number}", [attempt(number, exercise="rugs-others", marks=marks, **keyed)])
    put(tmp_path, "x.json", "X", [attempt(exercise=f"practice-{seed}-2", marks=[[1, "denial"]], **keyed) for seed in range(6)])
    report = read_class(tmp_path, lang=lang)
    (missed,) = report.missed
    assert missed.places[0] == Place("rugs-others", 3, 3, (5,))
    assert [place.exercise for place in missed.places[1:]] == [f"practice-{seed}-2" for seed in range(6)]
    shown = say("class.place", lang, exercise=title("rugs-others", lang), place=where(3, lang), count=3)
    shown = beside(shown, say("class.missed-here", lang, places=where(5, lang)), lang)
    for view in (class_to_text(report, lang), unescape(class_to_html(report, lang))):
        assert shown in view
        assert say("class.more-places", lang, count=2) in view


def test_a_report_says_what_was_not_practised(tmp_path: Path, lang: Lang) -> None:
    """A principle that nobody practised is named, and who never began an exercise is counted."""
    put(tmp_path, "a.json", "Ada", [attempt(exercise="then-frames", outcome="correct", marks=[], key=[])])
    put(tmp_path, "b.json", "Ben", [attempt(exercise="sort-vases", outcome="correct", marks=[], key=[])])
    report = read_class(tmp_path, lang=lang)
    assert set(Principle) <= {*report.principles}
    assert report.exercises["then-frames"].unbegun == 1
    told = class_to_text(report, lang)
    assert told.count(say("class.none", lang)) >= 3
    assert say("class.to-success", lang, first=1, second=0, later=0, unsolved=0, unbegun=1) in told


def test_a_report_bears_its_folder_and_its_days(tmp_path: Path, lang: Lang) -> None:
    """Two printed reports can be told apart; an attempt that a wrong clock dated gives no day."""
    folder = tmp_path / "class-7"
    folder.mkdir()
    put(folder, "a.json", "Ada", [attempt(), attempt(at="1970-01-01T00:00:00+00:00")])
    report = read_class(folder, lang=lang)
    assert report.days
    told = say("class.of", lang, folder="class-7", days=str(report.days[0]))
    for view in (class_to_text(report, lang), unescape(class_to_page(report, lang))):
        assert told in view
    assert json.loads(class_to_json(report))["folder"] == "class-7"


# -- the command ------------------------------------------------------------------------------------------------------------


def test_command_prints_the_report(tmp_path: Path, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """`class report` prints what the views give, tells its progress on standard error, and 0 says that every file was read."""
    put(tmp_path, "a.json", "Ada", [attempt()])
    report = read_class(tmp_path, lang=lang)
    views = {
        "text": class_to_text(report, lang) + "\n",
        "json": class_to_json(report) + "\n",
        "csv": class_to_csv(report, lang),
        "html": class_to_page(report, lang) + "\n",
    }
    for form, view in views.items():
        assert main(["class", "report", str(tmp_path), "--lang", lang, "--format", form]) == CLEAN
        printed = capsys.readouterr()
        assert printed.out == view
        assert printed.err == say("class.progress", lang, folder=tmp_path, done=1, of=1) + "\n"


def test_reports_name_exercises_and_rules_in_the_reader_s_language(tmp_path: Path, lang: Lang) -> None:
    """Exercises of the kit and drawn letters have their titles, rules their names; a trainer's own exercise has its id."""
    missed = {"marks": [[0, "no-dates"]], "outcome": "not-yet"}
    names = ("kettles-silent", "practice-7-2", "own")
    put(tmp_path, "a.json", "Ada", [attempt(number, exercise=name, **missed) for number, name in enumerate(names)])
    report = read_class(tmp_path, lang=lang)
    for view in (class_to_text(report, lang), unescape(class_to_html(report, lang))):
        for name in ("kettles-silent", "practice-7-2"):
            assert view.count(title(name, lang)) == 3  # solved when, by whom, and where a fault was marked
            assert name not in view
        assert view.count("own") >= 2
        assert view.count(rule_named("blame", lang)) == 2
    assert title("practice-7-2", lang) in class_to_csv(report, lang)


def test_what_was_counted_and_what_was_not(tmp_path: Path, lang: Lang) -> None:
    """The report tells how many of the files it counts, also where some were left out."""
    put(tmp_path, "a.json", "Ada", [attempt()])
    (tmp_path / "b.json").write_text("{}", encoding="utf-8")
    report = read_class(tmp_path, lang=lang)
    assert say("class.facts", lang, trainees=1, files=1, of=2, exercises=1) in class_to_text(report, lang)


def test_command_names_what_it_left_out(tmp_path: Path, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that was left out is named on standard error, also with pseudonyms, the others are counted, and the code is 2."""
    put(tmp_path, "a.json", "Ada", [attempt()])
    (tmp_path / "b.json").write_text("{}", encoding="utf-8")
    assert main(["class", "report", str(tmp_path), "--lang", lang, "--pseudonyms"]) == UNREADABLE
    printed = capsys.readouterr()
    assert say("class.left-out", lang, file="b.json", reasons=say("class.foreign", lang)) in printed.err
    assert re.search(say("class.pseudonym", lang, number=r"\d{4}"), printed.out)
    assert "Ada" not in printed.out
    assert main(["class", "report", str(tmp_path / "none"), "--lang", lang]) == UNREADABLE
    assert capsys.readouterr().err == say("class.no-folder", lang, folder=tmp_path / "none") + "\n"
    assert main(["class", "report", str(tmp_path / "a.json"), "--lang", lang]) == UNREADABLE
    assert capsys.readouterr().err == say("class.a-file", lang, folder=tmp_path / "a.json") + "\n"


def test_a_folder_of_something_else_is_left_soon(tmp_path: Path, lang: Lang, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a folder with more files than a class can have none is read, and hidden folders are not even looked into."""
    monkeypatch.setattr("appealkit.classes.classroom._MOST", 3)
    (tmp_path / ".cache").mkdir()
    for number in range(9):
        (tmp_path / ".cache" / f"{number}").touch()
    (tmp_path / "notes.txt").write_text("no attempt", encoding="utf-8")
    assert [refused.file for refused in read_class(tmp_path, lang=lang).refused] == ["notes.txt"]
    for number in range(4):
        (tmp_path / f"{number}.json").touch()
    with pytest.raises(ClassError, match=re.escape(say("class.too-many", lang, folder=tmp_path, most=3))):
        read_class(tmp_path, lang=lang)
