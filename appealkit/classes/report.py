"""What is counted of a class: who did what, how it came out, and how marks agree with the key."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from operator import add

from appealkit.exercises.drawn import Titles
from appealkit.language import Lang, say


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
    """How a trainee's marks agree with the key, counted as a verdict counts them; so there is no kappa of 1 without a correct verdict.

    Args:
        both: marks that the key has, in their sentences.
        missed: those that the key has and the trainee does not.
        false_alarms: those that the trainee has and the key does not.
        neither: what can be marked, and neither has in any sentence of a letter.
        misplaced: how many of `missed` are a false alarm in another sentence.
        sound: how many of `both` say of a letter that it has no fault.
        unseen: how many of `missed` are that a letter has none.

    >>> Agreement(both=20, missed=5, false_alarms=10, neither=15).kappa
    0.4
    """

    both: int = 0
    missed: int = 0
    false_alarms: int = 0
    neither: int = 0
    misplaced: int = 0
    sound: int = 0
    unseen: int = 0

    @property
    def found(self) -> int:
        """How many faults were found; that a letter has none is no fault."""
        return self.both - self.sound

    @property
    def faults(self) -> int:
        """How many faults there were."""
        return self.found + self.missed - self.unseen

    @property
    def letters(self) -> int:
        """How many letters without fault there were."""
        return self.sound + self.unseen

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
        return Agreement(*map(add, astuple(self), astuple(other)))


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
        files: the paths of their files, as the report tells them; empty ones under a pseudonym.
        work: one entry an exercise, by its id.
        copies: those of the files that hold the same attempts, group by group.
    """

    name: str
    files: tuple[str, ...]
    work: tuple[Work, ...]
    copies: tuple[tuple[str, ...], ...] = ()

    @property
    def records(self) -> int:
        """How many different records the files are."""
        return len(self.files) - sum(len(same) - 1 for same in self.copies)

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
        unbegun: how many never tried.
    """

    tally: Tally = Tally()
    first: int = 0
    second: int = 0
    later: int = 0
    unsolved: int = 0
    unbegun: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of a letter in which a mark and the key differ.

    Args:
        exercise: id of the exercise.
        sentence: its number; 0 for the letter as a whole.
        count: at how many first attempts.
        elsewhere: the sentences of that letter in which the other of both has the rule.
    """

    exercise: str
    sentence: int
    count: int
    elsewhere: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Missed:
    """How often a fault was not seen, at first attempts.

    Args:
        rule: id of the rule.
        met: how many such faults the letters had that trainees met.
        missed: how many of them were not marked in their sentence.
        misplaced: how many of these were marked in another.
        places: where they were missed, the most often first.
    """

    rule: str
    met: int
    missed: int
    misplaced: int
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class FalseAlarms:
    """How often a rule was marked where the key has it not, at first attempts.

    Args:
        rule: id of the rule.
        marked: how often it was marked.
        wrong: how many of these marks the key has not.
        misplaced: how many of these would be right in another sentence.
        places: where they were marked, the most often first.
    """

    rule: str
    marked: int
    wrong: int
    misplaced: int
    places: tuple[Place, ...] = ()


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
class Misdated:
    """Attempts of a trainee on days that cannot be: those to come, and those before there was a kit.

    Args:
        name: of the trainee.
        count: how many there are.
        of: how many attempts the trainee has.
        at: the moment that is furthest off, with its offset from UTC.
    """

    name: str
    count: int
    of: int
    at: datetime


@dataclass(frozen=True, slots=True)
class OtherKey:
    """An exercise whose key is not the same in all files.

    Args:
        exercise: id of the exercise.
        names: the trainees whose files have another key than most; empty where no key is that of most.
    """

    exercise: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClassReport:
    """A class, counted.

    Args:
        trainees: by name.
        exercises: by id.
        rules: attempts at exercises about a rule, by its id.
        principles: attempts at exercises that serve one principle, by its id, those never practised too; those that serve several stand
            under an empty id.
        missed: faults that were missed, those that were most often first.
        false_alarms: rules that were marked where the key has them not, the most often first.
        refused: the files that were left out.
        files: how many files were counted.
        repeated: how many attempts stood in several files and count once.
        alike: names under which the same attempts were handed in.
        misdated: who has attempts on days that cannot be.
        keys: exercises whose key is not the same in all files.
        folder: the name of the folder.
        days: of the first and of the last attempt, but for those that cannot be; None without any.
        titles: what a trainer's own exercises are called, where that is known: files tell their ids alone.
    """

    trainees: tuple[Trainee, ...]
    exercises: Mapping[str, ExerciseTally]
    rules: Mapping[str, Tally]
    principles: Mapping[str, Tally]
    missed: tuple[Missed, ...]
    false_alarms: tuple[FalseAlarms, ...]
    refused: tuple[Refused, ...]
    files: int
    repeated: int
    alike: tuple[Alike, ...] = ()
    misdated: tuple[Misdated, ...] = ()
    keys: tuple[OtherKey, ...] = ()
    folder: str = ""
    days: tuple[date, date] | None = None
    titles: Titles = field(default_factory=dict)

    @property
    def tally(self) -> Tally:
        """How all attempts came out."""
        return sum((trainee.tally for trainee in self.trainees), Tally())

    @property
    def agreement(self) -> Agreement:
        """Over all trainees and letters."""
        return sum((trainee.agreement for trainee in self.trainees), Agreement())


_NUMBERS = 10_000
"""As many pseudonyms there are: more than files that are read."""


def pseudonymous(report: ClassReport, lang: Lang) -> ClassReport:
    """Call the trainees of a report by numbers, and name no file that was left out: its name may be a trainee's.

    Args:
        report: what `read_class` returned.
        lang: language of the pseudonyms, `en` or `zh-Hant`.

    Returns:
        The same figures. A number follows from the name, and stays the same from one report to the next, whoever else is in it; only
        where two names have one number, the later name has the next one. Who knows a name can find its number.
    """
    names: dict[str, str] = {}
    taken: set[int] = set()
    for trainee in report.trainees:
        number = int.from_bytes(sha256(trainee.name.encode()).digest()) % _NUMBERS
        while number in taken:
            number = (number + 1) % _NUMBERS
        taken.add(number)
        names[trainee.name] = say("class.pseudonym", lang, number=f"{number:04}")
    order = sorted(report.trainees, key=lambda trainee: names[trainee.name])
    return replace(
        report,
        trainees=tuple(_under(names[trainee.name], trainee) for trainee in order),
        alike=tuple(replace(pair, names=(names[pair.names[0]], names[pair.names[1]])) for pair in report.alike),
        misdated=tuple(replace(one, name=names[one.name]) for one in report.misdated),
        keys=tuple(replace(key, names=tuple(sorted(names[name] for name in key.names))) for key in report.keys),
        refused=tuple(Refused("", ()) for _ in report.refused),
    )


def _under(pseudonym: str, trainee: Trainee) -> Trainee:
    """Leave of the files how many there are: their names may be the trainee's."""
    return replace(trainee, name=pseudonym, files=("",) * len(trainee.files), copies=tuple(("",) * len(same) for same in trainee.copies))
