"""The notice reader on what people labelled: whole notices, single complaints, short messages, and sentences that stand in any notice.

Of much of it a third is read, and in CI all.
"""

import json
import os
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from appealkit.alike import features, most_alike
from appealkit.notice import QUESTIONS, Notice
from appealkit.pasted import without_markup
from appealkit.reading import read_notice
from appealkit.tables import load
from tests.notices import FRAMES, HELD, LEARNED, PLAN, TUNED, boilerplate, examples, labelled, told

HERE = Path(__file__).parent / "notices"
PLAIN = tuple(path for path in HELD if path.stem in {"scapolite", "sodalite", "sunstone", "tanzanite", "ulexite", "wollastonite", "zircon"})
GOAL = 0.95
REACHED = 0.85
"""Share of the notices held back in which kind and issues are right."""
QUESTIONS_REACHED = 0.83
"""Share of these in which every question is right, too."""
EVERY = 1 if os.environ.get("CI") == "true" else 3


def listed(path: Path) -> dict[str, list[str]]:
    """Return passages by what they tell."""
    passages: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    assert sum(map(len, passages.values())) > 10
    return passages


def asked(entry: dict[str, Any]) -> dict[str, Any]:
    """Return what is asked about each issue, whatever the order."""
    return {issue["id"]: {question: issue[question] for question in QUESTIONS} for issue in entry["issues"]}


# -- labelled notices -------------------------------------------------------------------------------------------------------


@cache
def readings(*files: Path) -> list[tuple[dict[str, Any], Notice]]:
    """Return what people said about the notices of some files, each with what the reader takes it for."""
    notices = [notice for path in files for notice in labelled(path)]
    assert len(notices) > 250
    return [(wanted, read_notice(text)) for text, wanted in (notices if files in {(TUNED,), PLAIN} else notices[::EVERY])]


@cache
def pairs(*files: Path) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return what people said about the notices of some files, each with what the command line tells."""
    return [(wanted, told(notice)) for wanted, notice in readings(*files)]


def right(*files: Path) -> float:
    """Return in which share of labelled notices kind and issues are right."""
    read = pairs(*files)
    return sum((wanted["kind"], set(asked(wanted))) == (given["kind"], set(asked(given))) for wanted, given in read) / len(read)


@pytest.mark.parametrize(
    ("part", "least"),
    [("kind", 0.98), ("metrics", 0.98), ("deadline_days", 0.97), ("attempts", 0.97), ("issues", 0.9)],
)
def test_tuned_notices_are_read_as_labelled(part: str, least: float) -> None:
    """Each part of what people said is right in most of the notices that the reader was made with; of issues also every question."""
    read = pairs(TUNED)
    good = [
        asked(wanted) == asked(given)
        if part == "issues"
        else set(wanted[part]) == set(given[part])
        if part == "metrics"
        else wanted[part] == given[part]
        for wanted, given in read
    ]
    assert sum(good) / len(good) >= least


def test_tuned_notices_reach_the_goal() -> None:
    """Kind and issues are right in 95% of the notices that the phrases were written with."""
    assert right(TUNED) >= GOAL


@pytest.mark.parametrize(("name", "count", "least"), [("sketches", 432, 0.96), ("voices", 132, 0.85)])
def test_sketched_notices_are_read(name: str, count: int, least: float) -> None:
    """Kind and issues are right in most notices that were sketched against the reader, and in four of five by voices made to be hard."""
    sketches = (HERE / f"{name}.lst").read_text(encoding="utf-8").split("## ")[1:]
    assert len(sketches) == count
    wanted = [sketch.split("\n", 1)[0].replace("|", ",").replace(" ", "").strip(",").split(",") for sketch in sketches]
    read = [read_notice(sketch.split("\n", 1)[1]) for sketch in sketches]
    good = [
        labels for labels, given in zip(wanted, read, strict=True) if set(labels) == {given.kind, *(issue.id for issue in given.issues)}
    ]
    assert len(good) / len(sketches) >= least


def test_a_third_is_held_back() -> None:
    """A third of all labelled notices, by writers of their own, is there to measure on."""
    held, others = (sum(1 for path in files for _ in labelled(path)) for files in (HELD, [TUNED, *LEARNED]))
    assert held > 1700
    assert 2 * held > others


def test_held_notices_keep_what_was_reached() -> None:
    """Kind and issues are right in 85% of the notices that were held back, and in five of six of these also every question."""
    assert right(*HELD) >= REACHED
    read = [(asked(wanted), asked(given)) for wanted, given in pairs(*HELD) if wanted["kind"] == given["kind"]]
    same = [wanted == given for wanted, given in read if wanted.keys() == given.keys()]
    assert sum(same) / len(same) >= QUESTIONS_REACHED


def test_plain_notices_are_read() -> None:
    """The goal is reached in held notices whose writers were to write as Amazon mostly does, and not to make it hard."""
    assert right(*PLAIN) >= GOAL


@pytest.mark.xfail(reason="with those that were written to be hard, 3,268 of 3,741 are right, and the goal is 95%", strict=True)
def test_held_notices_reach_the_goal() -> None:
    """Kind and issues are right in as many of the notices that were held back as the goal asks for."""
    assert right(*HELD) >= GOAL


def test_labels_cover_what_can_be_told() -> None:
    """The labelled notices hold every kind, every metric and every issue but those of none."""
    labels = [entry for path in (TUNED, *HELD) for _, entry in labelled(path)]
    assert {entry["kind"] for entry in labels} == set(load("notices.toml")["kind"])
    assert {metric for entry in labels for metric in entry["metrics"]} == set(load("notices.toml")["metric"])
    assert {issue["id"] for entry in labels for issue in entry["issues"]} == set(load("notices.toml")["issue"])


# -- single complaints, messages and sentences that stand in any notice -------------------------------------------------------

COMPLAINT = "Your account has been deactivated because of complaints from buyers."
FRAMED = {"performance": {"late-shipment"}, "policy": {"authenticity"}, "related-account": {"other"}}


def share(passages: dict[str, list[str]], read: Callable[[str], Any]) -> float:
    """Return which share of passages is read as what they are listed under."""
    pairs = [(name, read(passage)) for name, entries in passages.items() for passage in entries]
    return len([name for name, given in pairs if name == given]) / len(pairs)


def one_issue(complaint: str) -> str:
    """Return the issues of a notice with one complaint, and a plan asked for."""
    return " ".join(issue.id for issue in read_notice(f"{COMPLAINT}\n\n{complaint}\n\n{PLAN}").issues)


def complaints() -> dict[str, list[str]]:
    """Return the complaints that the reader knows, without those of a policy and what stands in any notice."""
    known = {name: listed for name, listed in examples("complaints").items() if name not in {"none", "other"}}
    assert set(known) == set(load("notices.toml")["issue"]) - {"other"}
    return known


def test_known_complaints_are_told() -> None:
    """A complaint that the reader knows is told as its one issue; a third is enough, since it learned from all."""
    assert share({name: entries[::3] for name, entries in complaints().items()}, one_issue) >= 0.9


@pytest.mark.parametrize("name", ["complaints", "questions", "kinds"])
def test_weights_are_of_the_examples(name: str) -> None:
    """What was learned has a class for each that the examples name, and weighs words of the examples."""
    learned, known = load("likeness.json")[name], examples(name)
    classes = {label for labels in known for label in labels.split()}
    assert set(learned["classes"]) == classes - ({"none"} if name == "questions" else set())
    words = {feature for sentences in known.values() for sentence in sentences for feature in features(without_markup(sentence).lower())}
    assert len(learned["features"].keys() & words) > 0.9 * len(words)


def test_decisions_are_between_what_can_be_told() -> None:
    """What was learned from notices decides between the kinds, whether a complaint is asked about, and whether a period is the deadline."""
    learned = load("likeness.json")
    assert {name: set(learned[name]["classes"]) for name in ("notices", "asked", "deadline")} == {
        "notices": set(load("notices.toml")["kind"]),
        "asked": {"asked"},
        "deadline": {"deadline"},
    }
    assert all(len(learned[name]["features"]) > 1000 for name in ("notices", "asked", "deadline"))


def test_what_stands_in_any_notice_is_no_complaint() -> None:
    """What the reader knows as no complaint is like no complaint by its words alone."""
    known = examples("complaints")["none"]
    assert len(known) > 200
    assert share({"none": known}, lambda words: most_alike(words.lower())[0]) >= 0.95


@pytest.mark.parametrize(("folder", "least"), [(HERE / "held", 0.93)], ids=["held"])
def test_complaints_come_in_many_words(folder: Path, least: float) -> None:
    """One complaint is told as its one issue, however it is worded."""
    assert share(listed(folder / "complaints.json"), one_issue) >= least


@pytest.mark.parametrize(("folder", "least"), [(HERE, 1.0), (HERE / "held", 0.85)], ids=["tuned", "held"])
def test_short_messages_have_their_kind(folder: Path, least: float) -> None:
    """A message of two or three sentences has its kind; most of Amazon's mail is no notice at all."""
    assert share(listed(folder / "kinds.json"), lambda message: read_notice(message.replace(", ", ",\n\n", 1)).kind) >= least


@pytest.mark.parametrize("kind", FRAMES)
@pytest.mark.parametrize("place", ["within", "behind"])
def test_common_sentences_change_nothing(kind: str, place: str) -> None:
    """What stands in any notice names no issue and changes no kind: where to click, when funds are paid, what is settled or not meant."""
    sentences = boilerplate()
    assert len(sentences) > 200
    frame = FRAMES[kind] if place == "within" else FRAMES[kind].replace("\n\n{}", "") + "\n\n{}"
    sentences = sentences[::EVERY]
    read = [read_notice(frame.format(sentence)) for sentence in sentences]
    changed = [
        sentence
        for sentence, notice in zip(sentences, read, strict=True)
        if notice.kind != kind or {issue.id for issue in notice.issues} != FRAMED.get(kind, set())
    ]
    assert changed == []


@pytest.mark.parametrize("files", [(TUNED,), LEARNED[::8], HELD], ids=["tuned", "learned", "held"])
def test_no_notice_is_taken_for_a_letter_or_data(files: Sequence[Path]) -> None:
    """None of the labelled notices is, nor of some hands that were learned from; one about nothing of the account is a harmless mail."""
    mistaken = [(notice.mistaken, labels["kind"]) for labels, notice in readings(*files) if notice.mistaken]
    assert [kind for taken, kind in mistaken if taken != "nothing" or kind != "other"] == []
    assert len(mistaken) <= 1
