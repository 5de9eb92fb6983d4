"""How well the annotator reads letters that people have labelled, measured against floors.

The letters in `tests/letters/tune` taught the annotator its weights, so that a floor on them guards against breakage; what it is worth
on letters that it has not seen is told by a folder of labelled letters in APPEALKIT_LETTERS, or in `../shared/letters` of the checkout.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from appealkit.annotate import Annotation, annotate
from appealkit.roles import Role, Sentence
from tests.letters import labelled
from tests.test_rules import CONTRACT

HERE = Path(__file__).parent
UNSEEN = Path(os.environ.get("APPEALKIT_LETTERS", HERE.parents[1] / "shared" / "letters"))

RULES = {rule for ids in CONTRACT.values() for rule in ids}
_COUNT = r"[(<\[]?(?:\d{1,2}(?:\.\d{1,2})*[a-h]?|[a-zA-Z]\d{0,2}|[ivx]{2,4})"
MARK = re.compile(
    rf"(?:[\s\-\u2010-\u2022\u00b7\u00bb*#>|\u2190-\u21ff\u2460-\u2473\u25a0-\u27bf]|{_COUNT}(?: ?[.:,)\]>|/\u2013-])+\s"
    rf"|[A-H]\d\s|(?:Step|Cause|No\.) ?{_COUNT} ?[.:)\u2013])*"
)


@dataclass
class Score:
    """True and false answers of one kind over all letters."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, wanted: set[Any], given: set[Any]) -> None:
        """Count the answers on one letter, or on one sentence."""
        self.counts += Counter(both=len(wanted & given), missed=len(wanted - given), false=len(given - wanted))

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall over all answers; 1 when there was nothing to say."""
        wrong = self.counts["missed"] + self.counts["false"]
        return 2 * self.counts["both"] / (2 * self.counts["both"] + wrong) if self.counts["both"] + wrong else 1.0


@dataclass
class Scores:
    """What the contract measures: where sentences begin, what they do, and what is wrong with the letter."""

    starts: Score = field(default_factory=Score)
    roles: Score = field(default_factory=Score)
    findings: Score = field(default_factory=Score)

    def add(self, label: dict[str, Any], annotation: Annotation) -> None:
        """Compare an annotation with what people said about the letter."""
        text = label["text"]
        self.starts.add({begin(text, s["start"]) for s in label["sentences"]}, {begin(text, s.start) for s in annotation.sentences})
        for sentence in label["sentences"]:
            read = nearest(sentence, annotation)
            self.roles.add(set(sentence["roles"]), set(map(str, read.roles)) if read else set())
        self.findings.add(RULES & set(label["findings"]), RULES & {finding.rule.id for finding in annotation.findings})


def begin(text: str, start: int) -> int:
    """Return where the words of a sentence begin, behind its list mark."""
    found = MARK.match(text, start)
    return found.end() if found else start


def nearest(sentence: dict[str, Any], annotation: Annotation) -> Sentence | None:
    """Return the annotator's sentence that shares most with a labelled one; None when none shares anything."""

    def shared(other: Sentence) -> int:
        first, last = int(sentence["start"]), int(sentence["end"])
        return min(last, other.end) - max(first, other.start)

    best = max(annotation.sentences, key=shared, default=None)
    return best if best and shared(best) > 0 else None


def unseen() -> list[dict[str, Any]]:
    """Return the labelled letters beside the checkout; skip the test where there are none."""
    letters = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(UNSEEN.glob("*.json"))]
    if not letters:
        pytest.skip(f"There are no labelled letters in {UNSEEN.name}: set APPEALKIT_LETTERS to a folder that has some.")
    return letters


def scores(letters: list[dict[str, Any]]) -> Scores:
    """Score the annotator on labelled letters."""
    result = Scores()
    for letter in letters:
        result.add(letter, annotate(letter["text"]))
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
