"""A class that answers by stated probabilities, through the forms of practice, the attempt book and its export.

    python -m tests.simulated_class FOLDER [TRAINEES] [SEED]

Each trainee has a skill: how likely they see a fault, place it in its sentence, raise a false alarm, sort a thing rightly, and write a
good answer; at each further attempt they know more. They work at all five kinds of exercise. What they did is noted down as it is
drawn, apart from what the kit keeps of it: that is the truth that a report has to agree with.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from appealkit.exercises.attempts import AttemptBook
from appealkit.exercises.bank import AnyTask, Build, Mend, Revise, bank
from appealkit.exercises.drawn import drawn
from appealkit.exercises.exported import Mark
from appealkit.exercises.marks import key
from appealkit.exercises.practice import faults
from appealkit.exercises.sorting import places, sortable
from appealkit.exercises.verdicts import Outcome
from appealkit.letter import assemble
from appealkit.widgets.drills import Drill, FindFaults, SortSentences, drill

TRIES = 4
LETTERS = tuple((seed, number) for number in (1, 2, 3) for seed in range(101, 105))
BANK = (
    "pillows-opening", "brushes-order", "hats-begging", "trays-holidays", "build-baskets", "build-boots", "sort-vases",
    "sort-lamps-principles", "sort-endings-quilts", "then-frames", "then-mirrors",
)  # fmt: skip
NAMES = ("Lin Mei", "Chen Yu", "Rosa", "Tomas", "Priya", "Anna", "Wu Ting", "Omar", "Ines", "Kai")
START = datetime(2026, 11, 2, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Skill:
    """How a trainee answers.

    Args:
        sees: probability of marking a fault that is there, at the first attempt at a letter.
        learns: share of what is not known yet that each further attempt adds to it.
        puts: probability that a mark stands in its sentence.
        invents: probability of one mark too many, in each letter.
        skips: probability of a check without an answer, before each exercise.
        sorts: probability of putting a thing where it belongs, at the first attempt.
        writes: probability of a good written answer, at the first attempt.
    """

    sees: float
    learns: float
    puts: float
    invents: float
    skips: float
    sorts: float
    writes: float


def skill(number: int, of: int) -> Skill:
    """Spread the skills evenly from beginners to experts."""
    part = number / max(of - 1, 1)
    return Skill(
        sees=0.3 + 0.65 * part, learns=0.4 + 0.3 * part, puts=0.7 + 0.3 * part, invents=0.6 - 0.55 * part, skips=0.2 - 0.15 * part,
        sorts=0.6 + 0.38 * part, writes=0.15 + 0.75 * part,
    )  # fmt: skip


@dataclass
class Truth:
    """What was drawn, noted as it was drawn.

    Args:
        outcomes: for each trainee and exercise, the outcomes of their answers in their order.
        chances: for each trainee and rule, how often its fault was there at a first attempt.
        seen: how often it was marked then.
        elsewhere: how often it was marked then, in a wrong sentence.
        invented: for each trainee, how many marks too many there were at first attempts.
        letters: for each trainee, how many letters were answered.
        asked: for each exercise, the rules that it is about.
        empty: how many checks had no answer: they are no attempts.
    """

    outcomes: dict[str, dict[str, list[Outcome]]] = field(default_factory=dict)
    chances: Counter[tuple[str, str]] = field(default_factory=Counter)
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    elsewhere: Counter[tuple[str, str]] = field(default_factory=Counter)
    invented: Counter[str] = field(default_factory=Counter)
    letters: Counter[str] = field(default_factory=Counter)
    asked: dict[str, frozenset[str]] = field(default_factory=dict)
    empty: int = 0


def exercises() -> tuple[AnyTask, ...]:
    """Return what the class works at: drawn letters, and exercises of the other four kinds from the bank."""
    return (*(drawn(seed, number) for seed, number in LETTERS), *(bank()[name] for name in BANK))


@dataclass
class Simulated:
    """One trainee at work: draws, answers in the form, and notes down what was drawn."""

    name: str
    skill: Skill
    dice: random.Random
    truth: Truth

    def practise(self, task: AnyTask) -> Iterator[Drill[Any]]:
        """Yield the form at each check of one exercise, until it is solved or the tries are used up, and note the outcomes as drawn."""
        self.truth.asked[task.id] = frozenset(task.rules)
        form = drill(task, lang="en")
        if self.dice.random() < self.skill.skips:
            self.truth.empty += 1
            yield form
        outcomes = self.truth.outcomes.setdefault(self.name, {}).setdefault(task.id, [])
        for number in range(TRIES):
            solved = self._answer(form, number)
            if solved is None:  # nothing was marked
                self.truth.empty += 1
            else:
                outcomes.append("correct" if solved else "not-yet")
            yield form
            if solved:
                return

    def _answer(self, form: Drill[Any], number: int) -> bool | None:
        """Put an answer into the form, and return whether it was drawn to be right; None for no answer."""
        if isinstance(form, FindFaults):
            return self._mark(form, number)
        if isinstance(form, SortSentences):
            return self._sort(form, number)
        right = self._draws(self.skill.writes, number)
        form.answer.value = good(form.task) if right else poor(form.task)
        return right

    def _mark(self, form: FindFaults, number: int) -> bool | None:
        asked = key(form.task)
        looks = [(mark, self._draws(self.skill.sees, number), self.dice.random() < self.skill.puts) for mark in asked]
        marks = {(place if right else 1, rule) for (place, rule), seen, right in looks if seen}  # no fault is one of the first sentence
        invents = self.dice.random() < self.skill.invents
        if invents:
            marks.add((1, self.dice.choice([rule for rule in faults() if rule not in {rule for _, rule in asked}])))
        for mark in form.marks:
            form.unmark(*mark)
        for mark in sorted(marks):
            form.mark(*mark)
        if marks and not self.truth.outcomes[self.name][form.task.id]:
            self._note(looks, invents=invents)
        return marks == set(asked) if marks else None

    def _sort(self, form: SortSentences, number: int) -> bool:
        """Sort each thing; who errs takes a place in which the annotator does not put it."""
        ends, right = places(form.task), True
        for choice, thing in zip(form.choices, sortable(form.task), strict=True):
            knows = self._draws(self.skill.sorts, number)
            choice.value = self.dice.choice([place for place in ends if (place in thing.places) == knows])
            right = right and knows
        return right

    def _draws(self, chance: float, number: int) -> bool:
        """Draw with the chance that a trainee has at an attempt, numbered from 0."""
        return self.dice.random() < 1 - (1 - chance) * (1 - self.skill.learns) ** number

    def _note(self, looks: list[tuple[Mark, bool, bool]], *, invents: bool) -> None:
        """Note down the first attempt at a letter that has marks."""
        self.truth.letters[self.name] += 1
        self.truth.invented[self.name] += invents
        for (_, rule), seen, right in looks:
            self.truth.chances[self.name, rule] += 1
            self.truth.seen[self.name, rule] += seen
            self.truth.elsewhere[self.name, rule] += seen and not right


def good(task: Mend | Build | Revise) -> str:
    """Return a good answer."""
    return assemble(task.case).text if isinstance(task, Build) else task.model


def poor(task: Mend | Build | Revise) -> str:
    """Return an answer that is not good enough yet."""
    if isinstance(task, Mend):
        return task.wrong[0]
    return good(task).replace(task.needs[0], "some") if isinstance(task, Build) else f"{task.start}\nThank you for reading this.\n"


def simulate(folder: Path, trainees: int = 30, seed: int = 6) -> Truth:
    """Let a class practise, and collect what it exports.

    Args:
        folder: where the exported files are written.
        trainees: how many there are.
        seed: the same one gives the same class.

    Returns:
        What the trainees did.
    """
    dice, truth = random.Random(seed), Truth()  # noqa: S311 - the same class for the same seed
    for number in range(trainees):
        name = NAMES[number] if number < len(NAMES) else f"{NAMES[number % len(NAMES)]} {number + 1}"
        book = AttemptBook(folder / f".{number}.sqlite", lang="en")
        book.agree(name)
        trainee = Simulated(name, skill(number, trainees), dice, truth)
        at = START + timedelta(days=number)
        for task in exercises():
            for form in trainee.practise(task):
                at += timedelta(seconds=dice.randrange(30, 600))
                form.keep(book, at)
        book.export(folder / f"{number + 1:02}.json")
        book.delete()
    return truth


if __name__ == "__main__":
    room, *numbers = sys.argv[1:]
    simulate(Path(room), *map(int, numbers))
