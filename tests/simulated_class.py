"""A class that answers by stated probabilities, through the kit's own exercises, verdicts, attempt book and export.

    python -m tests.simulated_class FOLDER [TRAINEES] [SEED]

Each trainee has a skill: how likely they see a fault, place it in its sentence, and raise a false alarm; at each further attempt at a
letter they see more. What they did is noted down as it is drawn, apart from what the kit keeps of it: that is the truth that a report
has to agree with.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from appealkit.attempts import Attempt, AttemptBook, Mark
from appealkit.exercises import Outcome
from appealkit.marks import drawn, judge_marks, key
from appealkit.rules import rules

TRIES = 4
LETTERS = tuple((seed, faults) for faults in (1, 2, 3) for seed in range(101, 105))
NAMES = ("Lin Mei", "Chen Yu", "Rosa", "Tomas", "Priya", "Anna", "Wu Ting", "Omar", "Ines", "Kai")
START = datetime(2026, 11, 2, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Skill:
    """How a trainee answers.

    Args:
        sees: probability of marking a fault that is there, at the first attempt at a letter.
        learns: share of the faults not seen yet that each further attempt adds to it.
        places: probability that a mark stands in its sentence.
        invents: probability of one mark too many, in each letter.
        skips: probability of an attempt without an answer, before each letter.
    """

    sees: float
    learns: float
    places: float
    invents: float
    skips: float


def skill(number: int, of: int) -> Skill:
    """Spread the skills evenly from beginners to experts."""
    part = number / max(of - 1, 1)
    return Skill(0.3 + 0.65 * part, 0.4 + 0.3 * part, 0.7 + 0.3 * part, 0.6 - 0.55 * part, 0.2 - 0.15 * part)


@dataclass
class Truth:
    """What was drawn, noted as it was drawn.

    Args:
        outcomes: for each trainee and letter, the outcomes in their order.
        chances: for each trainee and rule, how often its fault was there at a first attempt.
        seen: how often it was marked then.
        elsewhere: how often it was marked then, in a wrong sentence.
        invented: for each trainee, how many marks too many there were at first attempts.
        letters: for each trainee, how many letters were answered.
        asked: for each letter, the rules of its faults.
    """

    outcomes: dict[str, dict[str, list[Outcome]]] = field(default_factory=dict)
    chances: Counter[tuple[str, str]] = field(default_factory=Counter)
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    elsewhere: Counter[tuple[str, str]] = field(default_factory=Counter)
    invented: Counter[str] = field(default_factory=Counter)
    letters: Counter[str] = field(default_factory=Counter)
    asked: dict[str, frozenset[str]] = field(default_factory=dict)


@dataclass
class Simulated:
    """One trainee at work: draws, answers, and notes down what was drawn."""

    name: str
    skill: Skill
    dice: random.Random
    truth: Truth

    def answers(self, exercise: str, faults: tuple[Mark, ...]) -> Iterator[tuple[Mark, ...]]:
        """Yield the marks of each attempt at one letter, until it is solved or the tries are used up, and note the outcome as drawn."""
        outcomes = self.truth.outcomes.setdefault(self.name, {}).setdefault(exercise, [])
        if self.dice.random() < self.skill.skips:
            outcomes.append("not-attempted")
            yield ()
        sees, fresh = self.skill.sees, True
        for _ in range(TRIES):
            looks = [(fault, self.dice.random() < sees, self.dice.random() < self.skill.places) for fault in faults]
            # a mark in the wrong place stands at the whole letter, or at its first sentence
            marks = [(place if right else 0 if place else 1, rule) for (place, rule), seen, right in looks if seen]
            invents = self.dice.random() < self.skill.invents
            if invents:
                asked = {rule for _, rule in faults}
                marks.append((1, self.dice.choice([rule for rule in rules() if rule not in asked])))
            outcomes.append("not-attempted" if not marks else "correct" if sorted(marks) == sorted(faults) else "not-yet")
            if fresh and marks:
                self._note(looks, invents=invents)
                fresh = False
            yield tuple(marks)
            if outcomes[-1] == "correct":
                return
            sees += (1 - sees) * self.skill.learns

    def _note(self, looks: list[tuple[Mark, bool, bool]], *, invents: bool) -> None:
        """Note down the first attempt at a letter that has marks."""
        self.truth.letters[self.name] += 1
        self.truth.invented[self.name] += invents
        for (_, rule), seen, right in looks:
            self.truth.chances[self.name, rule] += 1
            self.truth.seen[self.name, rule] += seen
            self.truth.elsewhere[self.name, rule] += seen and not right


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
    letters = {task.id: (task, key(task.letter)) for task in (drawn(number, faults) for number, faults in LETTERS)}
    truth.asked = {name: frozenset(rule for _, rule in faults) for name, (_, faults) in letters.items()}
    for number in range(trainees):
        name = NAMES[number] if number < len(NAMES) else f"{NAMES[number % len(NAMES)]} {number + 1}"
        book = AttemptBook(folder / f".{number}.sqlite", lang="en")
        book.agree(name)
        trainee = Simulated(name, skill(number, trainees), dice, truth)
        at = START + timedelta(days=number)
        for exercise, (task, faults) in letters.items():
            for marks in trainee.answers(exercise, faults):
                at += timedelta(seconds=dice.randrange(30, 600))
                facts = {"exercise": exercise, "at": at, "rules": task.rules, "principle": task.principle, "marks": marks, "key": faults}
                book.keep(Attempt.model_validate({**facts, "outcome": judge_marks(task, marks, "en")[0].outcome}))
        book.export(folder / f"{number + 1:02}.json")
        book.delete()
    return truth


if __name__ == "__main__":
    room, *numbers = sys.argv[1:]
    simulate(Path(room), *map(int, numbers))
