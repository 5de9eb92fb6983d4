"""Practice letters: each fault that is put in is found by its rule, and nothing else is."""

import json
import re
from collections.abc import Iterable
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appealkit.annotate import annotate
from appealkit.cli import main
from appealkit.exercises.drawn import LARGEST
from appealkit.exercises.practice import faults, make
from appealkit.gaps import missing
from appealkit.language import LANGS, Lang, say
from appealkit.letter import assemble
from appealkit.rules import rules
from appealkit.tables import load

SEEDS = range(200)


def test_faults_are_rules() -> None:
    """Every rule about the letter alone has its fault, in the order of the rules; those that go or do not go together are faults too.

    A rule that compares the letter with a report is practised in letters that are written for it.
    """
    assert [name for name, rule in rules().items() if rule.alone and not rule.report] == list(faults())
    for kind in ("not_with", "implies"):
        named = {other for entry in load("practice.toml")["faults"].values() for other in entry.get(kind, ())}
        assert named
        assert named <= set(faults())


def brought(rules: Iterable[str]) -> set[str]:
    """Return rules with those whose faults they bring along."""
    entries = load("practice.toml")["faults"]
    return {*rules, *(implied for rule in rules for implied in entries[rule].get("implies", ()))}


@pytest.mark.parametrize("number", range(7))
def test_every_fault_is_found_and_no_other(number: int) -> None:
    """Of letters with none to six faults put in, the annotator finds exactly those and what they bring; all come up in time."""
    seen: set[str] = set()
    for seed in SEEDS:
        letter = make(seed, number)
        assert letter.injected == tuple(rule for rule in faults() if rule in letter.injected)
        assert len(letter.injected) == number
        assert {finding.rule.id for finding in annotate(letter.text).findings} == set(letter.injected), f"seed {seed}"
        seen.update(letter.injected)
    paired = {name for name, entry in load("practice.toml")["faults"].items() if "implies" in entry}
    assert seen == (set(faults()) - (paired if number == 1 else set()) if number else set())


WORDED = [
    (rule, part, wording)
    for rule, entry in load("practice.toml")["faults"].items()
    for part in ("insert", "step", "swap", "date")
    for wording in entry.get(part, ())
] + [("vague-cause", "failed", wording) for wording in load("practice.toml")["vague"]["failed"]]


@cache
def seeds_of(rule: str) -> list[int]:
    """Return some seeds that put in one fault, that of a rule."""
    return [seed for seed in range(400) if make(seed, 1).injected == (rule,)][:3]


@pytest.mark.parametrize(("rule", "part", "wording"), WORDED)
def test_every_wording_of_a_fault_is_found(rule: str, part: str, wording: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain or subtle, each wording of a fault is found by its rule, and no other rule speaks."""
    stored = load("practice.toml")
    assert len(seeds_of(rule)) == 3
    monkeypatch.setitem(stored["vague"] if part == "failed" else stored["faults"][rule], part, [wording])
    for seed in seeds_of(rule):
        letter = make(seed, 1)
        assert {finding.rule.id for finding in annotate(letter.text).findings} == {rule}
        assert not isinstance(wording, str) or part == "date" or wording in letter.text


def test_the_seed_draws_the_wording() -> None:
    """What shows in words has several wordings, and seeds draw different ones."""
    several = {rule for rule, _, _ in WORDED}
    assert {"blame", "denial", "vague-cause", "vague-action", "emotional", "demanding", "buyer-data", "placeholder"} <= several
    assert all(sum(worded[0] == rule for worded in WORDED) > 1 for rule in several)
    blame = {wording for rule, _, wording in WORDED if rule == "blame" for seed in SEEDS if str(wording) in make(seed, 4).text}
    assert len(blame) > 3


@given(seed=st.integers(), number=st.integers(0, 6))
def test_any_seed_gives_what_it_says(seed: int, number: int) -> None:
    """Whatever the seed, the letter comes again from it, and has the faults that it says and no other."""
    letter = make(seed, number)
    assert letter == make(seed, number)
    assert {finding.rule.id for finding in annotate(letter.text).findings} == set(letter.injected) == brought(letter.injected)
    assert len(letter.injected) == number


def test_an_ambiguous_date_takes_the_place_of_a_whole_one() -> None:
    """The first day of the problem is written in digits, and no day that ends like it: "6 April" stands in "26 April"."""
    letter = make(4617, 4)
    assert "ambiguous-date" in letter.injected
    assert re.findall(r"\d+/\d+/\d+", letter.text) == ["06/04/2026"]
    assert "From 26 April 2026 on" in letter.text


def test_a_fault_brings_what_its_entry_says() -> None:
    """A fault that brings another one never comes without it: the two count as two, the key names both, and one alone is neither."""
    pairs = {"no-parts": "unlisted-actions", "no-prevention": "uncovered-cause"}
    keys = [make(seed, 2).injected for seed in range(400)]
    for fault, brought_along in pairs.items():
        assert {key for key in keys if fault in key} == {tuple(sorted((fault, brought_along), key=faults().index))}
    assert not any(pairs.keys() & make(seed, 1).injected for seed in range(100))


def test_cases_cover_metrics_and_situations() -> None:
    """Letters are about each metric of the data, from existing and new accounts, with two or three causes."""
    cases = [make(seed, 0).case for seed in SEEDS]
    metrics = {case.metric.id for case in cases if case.metric}
    assert metrics == set(load("practice.toml")["metric"])
    assert len(metrics) > 3
    assert {case.situation for case in cases} == {"existing", "new"}
    assert {len(case.causes) for case in cases} == {2, 3}
    assert not any(metric.value < metric.facts.target for case in cases if (metric := case.metric) and metric.id == "odr" and metric.value)


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


@pytest.mark.parametrize(
    ("seed", "number", "key"), [(1, -1, "too-few"), (1, 99, "too-many"), (-3, 2, "no-number"), (10**9, 2, "no-number")]
)
@pytest.mark.parametrize("lang", LANGS)
def test_letters_that_cannot_be_made_are_refused(seed: int, number: int, key: str, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """More faults than go together, fewer than none, or a number that the forms draw no letter by, are refused with the reason."""
    assert main(["practice", "make", "--seed", str(seed), "--faults", str(number), "--lang", lang]) == 2
    assert capsys.readouterr().err == say(f"practice.{key}", lang, faults=number, known=len(faults()), words=seed, most=LARGEST) + "\n"


@pytest.mark.parametrize("number", [-1, 99])
def test_faults_that_do_not_go_together_are_refused(number: int) -> None:
    """More faults than go together, or fewer than none, make no letter."""
    with pytest.raises(ValueError, match="do not go together"):
        make(1, number)


def test_command_prints_letter_and_key(capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON the command prints letter, key and facts; as text the letter alone, so that the key is not seen."""
    assert main(["practice", "make", "--seed", "7", "--faults", "3", "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    letter = make(7, 3)
    assert (printed["text"], tuple(printed["injected"])) == (letter.text, letter.injected)
    assert printed["case"]["store"] == letter.case.store
    assert set(printed) == {"text", "injected", "case"}
    for lang in LANGS:
        assert main(["practice", "make", "--seed", "7", "--faults", "3", "--lang", lang]) == 0
        assert tuple(capsys.readouterr()) == (letter.text, say("practice.key", lang, seed=7, faults=3) + "\n")
