"""A class that answers by stated probabilities, through the kit's own letters, key, attempt book and export.

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

from appealkit.annotate import annotate
from appealkit.attempts import Attempt, AttemptBook, Mark
from appealkit.exercises import Outcome
from appealkit.practice import make
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

    def answers(self, sentences: int, key: tuple[Mark, ...]) -> Iterator[tuple[Outcome, tuple[Mark, ...]]]:
        """Yield the attempts at one letter, until it is solved or the tries are used up."""
        if self.dice.random() < self.skill.skips:
            yield "not-attempted", ()
        sees = self.skill.sees
        self.truth.letters[self.name] += 1
        for number in range(TRIES):
            marks = [*self._seen(sentences, key, sees, first=number == 0)]
            if self.dice.random() < self.skill.invents:
                asked = {rule for _, rule in key}
                marks.append((self.dice.randrange(sentences + 1), self.dice.choice([rule for rule in rules() if rule not in asked])))
                self.truth.invented[self.name] += number == 0
            if sorted(marks) == sorted(key):
                yield "correct", tuple(marks)
                return
            yield "not-yet", tuple(marks)
            sees += (1 - sees) * self.skill.learns

    def _seen(self, sentences: int, key: tuple[Mark, ...], sees: float, *, first: bool) -> Iterator[Mark]:
        for place, rule in key:
            seen, right = self.dice.random() < sees, self.dice.random() < self.skill.places
            if seen:
                yield (place if right else (place + self.dice.randrange(1, sentences)) % (sentences + 1)), rule
            if first:
                self.truth.chances[self.name, rule] += 1
                self.truth.seen[self.name, rule] += seen
                self.truth.elsewhere[self.name, rule] += seen and not right


def key_of(text: str) -> tuple[int, tuple[Mark, ...]]:
    """Return how many sentences a letter has, and where its faults are: sentences count from 1, and 0 is the whole letter."""
    annotation = annotate(text)
    marks = set()
    for finding in annotation.findings:
        span = finding.span
        places = [n for n, s in enumerate(annotation.sentences, 1) if span and s.start < span.end and span.start < s.end]
        marks.add((places[0] if places else 0, finding.rule.id))
    return len(annotation.sentences), tuple(sorted(marks))


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
    letters = {f"practice-{number}-{faults}": key_of(make(number, faults).text) for number, faults in LETTERS}
    truth.asked = {name: frozenset(rule for _, rule in key) for name, (_, key) in letters.items()}
    for number in range(trainees):
        name = NAMES[number] if number < len(NAMES) else f"{NAMES[number % len(NAMES)]} {number + 1}"
        book = AttemptBook(folder / f".{number}.sqlite", lang="en")
        book.agree(name)
        trainee = Simulated(name, skill(number, trainees), dice, truth)
        at = START + timedelta(days=number)
        for exercise, (sentences, key) in letters.items():
            for outcome, marks in trainee.answers(sentences, key):
                at += timedelta(seconds=dice.randrange(30, 600))
                truth.outcomes.setdefault(name, {}).setdefault(exercise, []).append(outcome)
                asked = tuple(sorted(truth.asked[exercise]))
                served = {rules()[rule].principle for rule in asked}
                principle = served.pop().value if len(served) == 1 else None
                book.keep(Attempt(exercise=exercise, at=at, outcome=outcome, rules=asked, marks=marks, key=key, principle=principle))
        book.export(folder / f"{number + 1:02}.json")
        book.delete()
    return truth


if __name__ == "__main__":
    room, *numbers = sys.argv[1:]
    simulate(Path(room), *map(int, numbers))
