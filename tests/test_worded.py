"""Answers to exercises in everyday words: what is right and what only looks so, noted before what judges them was written."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from appealkit.exercises.answers import judge_written
from appealkit.exercises.bank import Build, Mend, bank
from appealkit.exercises.lesson import beginning, judge
from appealkit.exercises.verdicts import Outcome, Verdict
from appealkit.letter import assemble

WORDED: dict[str, Any] = tomllib.loads((Path(__file__).parent / "worded.toml").read_text("utf-8"))


def worded() -> Iterator[tuple[str, str, Outcome]]:
    """Return each exercise with its words and what they are."""
    outcomes: dict[str, Outcome] = {"right": "correct", "wrong": "not-yet"}
    for name, entry in WORDED.items():
        for kind, outcome in outcomes.items():
            yield from ((name, words, outcome) for words in entry[kind])


def judged(name: str, words: str) -> Verdict:
    """Judge the text that an exercise hands out with other words in the place of a passage, or behind it."""
    entry = WORDED[name]
    name, passage = entry.get("of", name), entry["passage"]
    put = f"{passage}{words} " if entry.get("before") else words
    if entry.get("lesson"):
        assert passage in beginning(name)
        return judge(name, beginning(name).replace(passage, put), "en")
    task = bank()[name]
    assert isinstance(task, Mend | Build)
    start = task.start if isinstance(task, Mend) else assemble(task.case).text
    assert passage in start
    return judge_written(task, start.replace(passage, put), "en")


@pytest.mark.parametrize(("name", "words", "outcome"), list(worded()))
def test_everyday_words_are_judged_as_noted(name: str, words: str, outcome: Outcome) -> None:
    """Right words are right, and words that only look so are not yet right."""
    verdict = judged(name, words)
    assert verdict.outcome == outcome, verdict
