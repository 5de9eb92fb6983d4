"""How well the annotator reads letters that people have labelled, measured against floors.

The letters in `tests/letters/tune` taught the annotator its weights, so that a floor on them guards against breakage; what it is worth
on letters that it has not seen is told by a folder of labelled letters in APPEALKIT_LETTERS, or in `../shared/letters` of the checkout.
"""

import json
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from appealkit.annotate import annotate
from appealkit.roles import Role
from tests.letters import labelled
from tests.letters.everyday import readings
from tests.letters.score import RULES, Score, Scores, begin

HERE = Path(__file__).parent
UNSEEN = Path(os.environ.get("APPEALKIT_LETTERS", HERE.parents[1] / "shared" / "letters"))


def unseen() -> list[dict[str, Any]]:
    """Return the labelled letters beside the checkout; skip the test where there are none."""
    letters = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(UNSEEN.glob("*.json"))]
    if not letters:
        pytest.skip(f"There are no labelled letters in {UNSEEN.name}: set APPEALKIT_LETTERS to a folder that has some.")
    return letters


def scores(letters: list[dict[str, Any]]) -> Scores:
    """Score the annotator on labelled letters, none of which it may refuse."""
    result = Scores()
    for letter in letters:
        annotation = annotate(letter["text"])
        assert not annotation.remark, letter["id"]
        result.add(letter, annotation)
    return result


def test_labels_are_those_of_the_contract() -> None:
    """The labelled letters are many, use the contract's roles and rules, and their sentences lie in order in the text."""
    letters = labelled("tune")
    assert len(letters) > 50
    for letter in letters:
        assert set(letter["findings"]) <= RULES, letter["id"]
        position = 0
        for sentence in letter["sentences"]:
            assert position <= sentence["start"] < sentence["end"] <= len(letter["text"]), letter["id"]
            assert sentence["roles"], letter["id"]
            assert set(sentence["roles"]) <= set(Role), letter["id"]
            position = sentence["end"]


def test_every_role_and_rule_was_labelled() -> None:
    """The letters have every role and every rule, so that none goes unmeasured."""
    letters = labelled("tune")
    assert {role for letter in letters for sentence in letter["sentences"] for role in sentence["roles"]} == set(Role)
    assert {rule for letter in letters for rule in letter["findings"]} == RULES


@pytest.mark.parametrize(
    ("letters", "starts", "roles", "findings"),
    [pytest.param(partial(labelled, "tune"), 0.98, 0.97, 0.93, id="learned"), pytest.param(unseen, 0.98, 0.93, 0.89, id="unseen")],
)
def test_annotator_agrees_with_people(letters: Callable[[], list[dict[str, Any]]], starts: float, roles: float, findings: float) -> None:
    """Over the letters, the annotator agrees with people on where sentences begin, what they do and what is wrong, by micro-F1."""
    result = scores(letters())
    assert result.starts.f1 >= starts, result
    assert result.roles.f1 >= roles, result
    assert result.findings.f1 >= findings, result


def test_score_is_the_one_of_the_contract() -> None:
    """The scorer counts what is shared, missed and false: 2 shared, 1 missed and 1 false make an F1 of 2/3."""
    score = Score()
    score.add({"a", "b"}, {"a"})
    score.add({"c"}, {"c", "d"})
    assert score.f1 == pytest.approx(2 / 3)
    assert Score().f1 == 1


@pytest.mark.parametrize(
    ("text", "start"), [("- We", 2), ("1. We", 3), ("Step 2: We", 8), ("• (a) We", 6), ("► [2] We", 6), ("Cause 1 – We", 10), ("We", 0)]
)
def test_list_mark_is_no_part_of_a_start(text: str, start: int) -> None:
    """A sentence begins where its words do, be its list mark labelled with it or not."""
    assert begin(text, 0) == start


def test_everyday_words_are_raised_or_named_and_innocent_ones_left_alone() -> None:
    """Of sentences that nothing was learned from, seven faults in ten are raised, or named as no part of a plan; innocent ones hardly."""
    every = [reading for _, reading in readings()]
    faults = [reading for reading in every if reading.fault in {"blame", "denial", "emotional", "demanding"}]
    innocent = [reading for reading in every if not reading.fault]
    assert min(len(faults), len(innocent)) > 2000
    assert sum(bool(reading.raised) or reading.named for reading in faults) > 0.7 * len(faults)
    assert sum(bool(reading.raised) for reading in innocent) < 0.01 * len(innocent)
