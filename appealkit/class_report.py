"""What is counted of a class: who did what, how it came out, and how marks agree with the key."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from appealkit.text import Lang, say


@dataclass(frozen=True, slots=True)
class Tally:
    """How attempts came out.

    Args:
        correct: how many were correct.
        not_yet: how many were not yet.

    >>> Tally(correct=3, not_yet=1).attempted
    4
    """

    correct: int = 0
    not_yet: int = 0

    @property
    def attempted(self) -> int:
        """How many there were."""
        return self.correct + self.not_yet

    def __add__(self, other: "Tally") -> "Tally":
        """Count both."""
        return Tally(self.correct + other.correct, self.not_yet + other.not_yet)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a trainee's marks agree with the key: each rule that can be chosen, in each letter, is one decision.

    Args:
        both: the fault is marked, and the key has it.
        missed: the key has it, and it is not marked.
        false_alarms: it is marked, and the key does not have it.
        neither: it is not marked, and the key does not have it.
        misplaced: of `both`, how many are marked in no sentence in which the key has them.

    >>> Agreement(both=20, missed=5, false_alarms=10, neither=15).kappa
    0.4
    """

    both: int = 0
    missed: int = 0
    false_alarms: int = 0
    neither: int = 0
    misplaced: int = 0

    @property
    def decisions(self) -> int:
        """How many decisions there were."""
        return self.both + self.missed + self.false_alarms + self.neither

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa: 1 full agreement, 0 what chance would give; None where chance alone agrees, or nothing was decided.

        Source: J. Cohen, "A coefficient of agreement for nominal scales", 1960.
        """
        decisions = self.decisions
        marked, keyed = self.both + self.false_alarms, self.both + self.missed
        by_chance = marked * keyed + (decisions - marked) * (decisions - keyed)
        if by_chance == decisions**2:
            return None
        return (decisions * (self.both + self.neither) - by_chance) / (decisions**2 - by_chance)

    def __add__(self, other: "Agreement") -> "Agreement":
        """Count both."""
        return Agreement(
            self.both + other.both,
            self.missed + other.missed,
            self.false_alarms + other.false_alarms,
            self.neither + other.neither,
            self.misplaced + other.misplaced,
        )


@dataclass(frozen=True, slots=True)
class Work:
    """What one trainee did at one exercise.

    Args:
        exercise: id of the exercise.
        tally: how the attempts came out.
        success: the number of the first correct attempt, from 1; None when there is none yet.
        agreement: of the first attempt with marks; None when there was none.
    """

    exercise: str
    tally: Tally
    success: int | None
    agreement: Agreement | None


@dataclass(frozen=True, slots=True)
class Trainee:
    """What one trainee did.

    Args:
        name: as their files give it, or a pseudonym.
        files: how many files they handed in.
        work: one entry an exercise, by its id.
    """

    name: str
    files: int
    work: tuple[Work, ...]

    @property
    def tally(self) -> Tally:
        """How all attempts came out."""
        return sum((work.tally for work in self.work), Tally())

    @property
    def solved(self) -> int:
        """How many exercises were solved at some attempt."""
        return sum(work.success is not None for work in self.work)

    @property
    def agreement(self) -> Agreement:
        """Over all letters."""
        return sum((work.agreement for work in self.work if work.agreement), Agreement())


@dataclass(frozen=True, slots=True)
class ExerciseTally:
    """How a class did at one exercise.

    Args:
        tally: how all attempts came out.
        first: how many trainees solved it at their first attempt.
        second: at the second.
        later: at a later one.
        unsolved: how many tried and have not solved it yet.
    """

    tally: Tally = Tally()
    first: int = 0
    second: int = 0
    later: int = 0
    unsolved: int = 0


@dataclass(frozen=True, slots=True)
class Missed:
    """How often a fault was not seen, at first attempts.

    Args:
        rule: id of the rule.
        letters: how often a trainee met a letter that has the fault.
        missed: how often it was not marked there.
        misplaced: how often it was marked in another sentence only.
    """

    rule: str
    letters: int
    missed: int
    misplaced: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was left out.

    Args:
        file: its path below the folder.
        reasons: why, in the reader's language.
    """

    file: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """Two names under which the same attempts were handed in: one of the files may be the other with its name changed.

    Args:
        names: both.
        count: attempts at the same exercise, at the same moment, with the same outcome and marks.
        of: attempts of the one that has fewer.
    """

    names: tuple[str, str]
    count: int
    of: int


@dataclass(frozen=True, slots=True)
class ClassReport:
    """A class, counted.

    Args:
        trainees: by name.
        exercises: by id.
        rules: attempts at exercises about a rule, by its id.
        principles: attempts at exercises that serve one principle, by its id; those that serve several stand under an empty id.
        missed: faults that the letters have, the most missed first.
        refused: the files that were left out.
        files: how many files were counted.
        repeated: how many attempts stood in several files and count once.
        alike: names under which the same attempts were handed in.
    """

    trainees: tuple[Trainee, ...]
    exercises: Mapping[str, ExerciseTally]
    rules: Mapping[str, Tally]
    principles: Mapping[str, Tally]
    missed: tuple[Missed, ...]
    refused: tuple[Refused, ...]
    files: int
    repeated: int
    alike: tuple[Alike, ...] = ()

    @property
    def tally(self) -> Tally:
        """How all attempts came out."""
        return sum((trainee.tally for trainee in self.trainees), Tally())

    @property
    def agreement(self) -> Agreement:
        """Over all trainees and letters."""
        return sum((trainee.agreement for trainee in self.trainees), Agreement())


def pseudonymous(report: ClassReport, lang: Lang) -> ClassReport:
    """Call the trainees of a report by numbers, and name no file that was left out: its name may be a trainee's.

    Args:
        report: what `read_class` returned.
        lang: language of the pseudonyms, `en` or `zh-Hant`.

    Returns:
        The same figures. The same names give the same numbers, and their order tells nothing of the alphabet.
    """
    order = sorted(report.trainees, key=lambda trainee: sha256(trainee.name.encode()).digest())
    width = len(str(len(order)))
    names = {trainee.name: say("class.pseudonym", lang, number=str(number).zfill(width)) for number, trainee in enumerate(order, 1)}
    trainees = [replace(trainee, name=names[trainee.name]) for trainee in order]
    alike = [replace(pair, names=(names[pair.names[0]], names[pair.names[1]])) for pair in report.alike]
    return replace(report, trainees=tuple(trainees), alike=tuple(alike), refused=tuple(Refused("", ()) for _ in report.refused))
