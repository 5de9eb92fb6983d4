"""A class of twelve simulated trainees of different skill: what the report says of them is what they did."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from appealkit.classes.classroom import read_class
from appealkit.classes.report import Agreement, ClassReport, ExerciseTally, Missed, Tally
from appealkit.exercises.bank import Kind, bank
from appealkit.exercises.marks import choices
from appealkit.rules import rules
from tests.simulated_class import BANK, LETTERS, NAMES, TRIES, Truth, exercises, simulate, skill

TRAINEES = 12


@pytest.fixture(scope="module")
def practised(tmp_path_factory: pytest.TempPathFactory) -> tuple[Truth, ClassReport]:
    """Give what a class did, and the report on the files that it handed in."""
    folder = tmp_path_factory.mktemp("class")
    truth = simulate(folder, TRAINEES)
    return truth, read_class(folder, lang="en")


def tally(outcomes: Sequence[str]) -> Tally:
    """Count outcomes."""
    return Tally(outcomes.count("correct"), outcomes.count("not-yet"))


def test_the_class_is_of_different_skill(practised: tuple[Truth, ClassReport]) -> None:
    """There are twelve trainees, some who nearly always succeed and some who often do not, and every outcome occurs."""
    truth, report = practised
    solved = [sum("correct" in outcomes for outcomes in letters.values()) for letters in truth.outcomes.values()]
    assert len(truth.outcomes) == len(report.trainees) == report.files == TRAINEES
    assert len(NAMES) < TRAINEES
    assert min(solved) <= len(report.exercises) * 2 / 3
    assert max(solved) == len(report.exercises)
    assert min(report.tally.correct, report.tally.not_yet, truth.empty) > 10
    assert report.refused == ()


def test_the_class_works_at_all_kinds_of_exercise(practised: tuple[Truth, ClassReport]) -> None:
    """Everybody works at twelve drawn letters and at exercises of the other four kinds, and at each kind some fail and some succeed."""
    truth, report = practised
    assert {task.kind for task in exercises()} == set(get_args(Kind))
    assert {"find", *(bank()[name].kind for name in BANK)} == set(get_args(Kind))
    assert set(report.exercises) == {task.id for task in exercises()}
    assert len(LETTERS) == 12
    for kind in get_args(Kind):
        outcomes = [
            outcome for letters in truth.outcomes.values() for task in exercises() if task.kind == kind for outcome in letters[task.id]
        ]
        assert min(outcomes.count("correct"), outcomes.count("not-yet")) > 10


def test_who_did_what_is_what_they_did(practised: tuple[Truth, ClassReport]) -> None:
    """For each trainee and letter, the counts and the attempt at which it was solved are those that were drawn."""
    truth, report = practised
    told = {(trainee.name, work.exercise): (work.tally, work.success) for trainee in report.trainees for work in trainee.work}
    done = {}
    for name, letters in truth.outcomes.items():
        for letter, outcomes in letters.items():
            done[name, letter] = tally(outcomes), len(outcomes) if outcomes[-1] == "correct" else None
    assert told == done


def test_attempts_to_success_are_those_drawn(practised: tuple[Truth, ClassReport]) -> None:
    """For each letter, as many trainees solved it at each attempt as were drawn to."""
    truth, report = practised
    for letter, told in report.exercises.items():
        runs = [letters[letter] for letters in truth.outcomes.values()]
        solved = Counter(len(run) for run in runs if run[-1] == "correct")
        every = [outcome for run in runs for outcome in run]
        assert told == ExerciseTally(
            tally(every), solved[1], solved[2], sum(solved[number] for number in range(3, TRIES + 1)), len(runs) - solved.total()
        )


def test_success_by_rule_is_that_drawn(practised: tuple[Truth, ClassReport]) -> None:
    """For each rule, the outcomes are those of the exercises about it."""
    truth, report = practised
    done: dict[str, list[str]] = {}
    for letters in truth.outcomes.values():
        for letter, outcomes in letters.items():
            for rule in truth.asked[letter]:
                done.setdefault(rule, []).extend(outcomes)
    assert len(done) > 8
    assert report.rules == {rule: tally(outcomes) for rule, outcomes in done.items()}


def test_success_by_principle_is_that_drawn(practised: tuple[Truth, ClassReport]) -> None:
    """For each principle, the outcomes are those of the exercises whose rules all guard it; other exercises stand by themselves."""
    truth, report = practised
    done: dict[str, list[str]] = {}
    for letters in truth.outcomes.values():
        for letter, outcomes in letters.items():
            principles = sorted({rules()[rule].principle for rule in truth.asked[letter]})
            done.setdefault(principles[0] if len(principles) == 1 else "", []).extend(outcomes)
    assert len(done) > 2
    assert {name: shown for name, shown in report.principles.items() if shown.attempted} == {
        principle: tally(outcomes) for principle, outcomes in done.items()
    }


def test_faults_most_missed_are_those_drawn(practised: tuple[Truth, ClassReport]) -> None:
    """For each rule, the faults that were met, missed and put in another sentence are those drawn at first attempts."""
    truth, report = practised
    met, seen, elsewhere = Counter[str](), Counter[str](), Counter[str]()
    for (_, rule), number in truth.chances.items():
        met[rule] += number
    for (_, rule), number in truth.seen.items():
        seen[rule] += number
    for (_, rule), number in truth.elsewhere.items():
        elsewhere[rule] += number
    drawn = {Missed(rule, met[rule], met[rule] - seen[rule] + elsewhere[rule], elsewhere[rule]) for rule in met}
    assert {replace(missed, places=()) for missed in report.missed} == {missed for missed in drawn if missed.missed}
    counts = [missed.missed for missed in report.missed]
    assert counts == sorted(counts, reverse=True)


def test_false_alarms_are_those_drawn(practised: tuple[Truth, ClassReport]) -> None:
    """Marks that the key has not are as many as were invented or put in another sentence; rules with most of them come first."""
    truth, report = practised
    elsewhere = sum(truth.elsewhere.values())
    assert sum(alarms.wrong for alarms in report.false_alarms) == sum(truth.invented.values()) + elsewhere
    assert sum(alarms.misplaced for alarms in report.false_alarms) == elsewhere
    assert all(alarms.misplaced <= alarms.wrong <= alarms.marked for alarms in report.false_alarms)
    wrong = [alarms.wrong for alarms in report.false_alarms]
    assert wrong == sorted(wrong, reverse=True)
    assert 0 not in wrong


def test_agreement_is_that_drawn(practised: tuple[Truth, ClassReport]) -> None:
    """For each trainee, found, missed, false alarms and decisions are those drawn, and kappa follows from them by its textbook form."""
    truth, report = practised
    for trainee in report.trainees:
        met, seen, elsewhere = (
            sum(number for (name, _), number in counts.items() if name == trainee.name)
            for counts in (truth.chances, truth.seen, truth.elsewhere)
        )
        found, missed, alarms = seen - elsewhere, met - seen + elsewhere, truth.invented[trainee.name] + elsewhere
        neither = truth.letters[trainee.name] * len(choices()) - met - truth.invented[trainee.name]
        assert trainee.agreement == Agreement(found, missed, alarms, neither, elsewhere)
        decisions = met + alarms + neither
        agreed = (found + neither) / decisions
        marked = (found + alarms) / decisions
        by_chance = marked * met / decisions + (1 - marked) * (1 - met / decisions)
        assert trainee.agreement.kappa == pytest.approx((agreed - by_chance) / (1 - by_chance), abs=1e-12)


def test_the_figures_are_near_the_stated_probabilities(practised: tuple[Truth, ClassReport]) -> None:
    """What each trainee found is within four standard deviations of the probability stated for them, and skill shows in kappa."""
    truth, report = practised
    numbers = {name: number for number, name in enumerate(truth.outcomes)}
    for trainee in report.trainees:
        met = trainee.agreement.both + trainee.agreement.missed
        skilled = skill(numbers[trainee.name], TRAINEES)
        finds = skilled.sees * skilled.puts
        assert abs(trainee.agreement.both - met * finds) <= 4 * math.sqrt(met * finds * (1 - finds))
    kappas = [trainee.agreement.kappa or 0 for trainee in sorted(report.trainees, key=lambda trainee: numbers[trainee.name])]
    assert sum(kappas[:4]) / 4 + 0.2 < sum(kappas[-4:]) / 4


def test_the_same_class_gives_the_same_report(tmp_path: Path) -> None:
    """The same seed gives the same files and the same report."""
    reports = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        simulate(tmp_path / name, 2)
        reports.append(read_class(tmp_path / name, lang="en"))
    assert replace(reports[0], folder="two") == reports[1]
