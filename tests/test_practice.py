"""Practice letters: each fault that is put in is found by its rule, and nothing else is."""

import json

import pytest

from appealkit.annotate import annotate
from appealkit.cli import main
from appealkit.letter import assemble, missing
from appealkit.practice import faults, make
from appealkit.rules import rules
from appealkit.text import LANGS, Lang, load

SEEDS = range(200)


def test_faults_are_rules() -> None:
    """Each fault has the id of a rule, and those that do not go together name one another's rules."""
    assert len(faults()) > 10
    assert set(faults()) <= set(rules())
    named = {other for entry in load("practice.toml")["faults"].values() for other in entry.get("not_with", ())}
    assert named
    assert named <= set(faults())


@pytest.mark.parametrize("number", range(6))
def test_every_fault_is_found_and_no_other(number: int) -> None:
    """Of letters with none to five faults, the annotator finds exactly those that were put in."""
    seen: set[str] = set()
    for seed in SEEDS:
        letter = make(seed, number)
        assert len(letter.injected) == number
        assert {finding.rule.id for finding in annotate(letter.text).findings} == set(letter.injected), f"seed {seed}"
        seen.update(letter.injected)
    assert seen == (set(faults()) if number else set())


def test_same_seed_same_letter() -> None:
    """The same seed gives the same letter, and seeds give letters of their own."""
    texts = [make(seed, 2).text for seed in SEEDS]
    assert texts == [make(seed, 2).text for seed in SEEDS]
    assert len(set(texts)) == len(texts)


def test_facts_make_a_sound_letter() -> None:
    """The facts of a practice letter, assembled, are a letter without findings, and what it might lack is only evidence and the like."""
    for seed in range(40):
        case = make(seed, 3).case
        assert not annotate(assemble(case).text).findings, f"seed {seed}"
        assert {gap.field.split(".")[0] for gap in missing(case)} <= {"evidence"}


@pytest.mark.parametrize("number", [-1, 99])
@pytest.mark.parametrize("lang", LANGS)
def test_too_many_faults_are_refused(number: int, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """More faults than go together, or fewer than none, are refused with a sentence."""
    with pytest.raises(ValueError, match="do not go together"):
        make(1, number)
    assert main(["practice", "make", "--seed", "1", "--faults", str(number), "--lang", lang]) == 2
    assert str(number) in capsys.readouterr().err


def test_command_prints_letter_and_key(capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON the command prints letter, key and facts; as text the letter alone, so that the key is not seen."""
    assert main(["practice", "make", "--seed", "7", "--faults", "3", "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    letter = make(7, 3)
    assert (printed["text"], tuple(printed["injected"])) == (letter.text, letter.injected)
    assert printed["case"]["store"] == letter.case.store
    assert set(printed) == {"text", "injected", "case"}
    assert main(["practice", "make", "--seed", "7", "--faults", "3"]) == 0
    assert capsys.readouterr().out == letter.text
