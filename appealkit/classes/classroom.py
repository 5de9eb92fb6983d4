"""A class as its trainer sees it: the attempts that trainees exported, counted.

What is counted, and how:

- An attempt is known by trainee, exercise and moment, so that two exports of one trainee count what they share once. Those of one file
  are all counted, also where two are of the same second.
- Attempts of the same moments under two names are told: one file may be the other with its name changed. They count for both.
- An empty or unchanged answer is no attempt; the forms keep none, and one in a file is not counted.
- An attempt whose outcome does not follow from its marks and key was changed by hand: its file is left out.
- Attempts on days that cannot be, and exercises whose key is not the same in all files, are told and counted.
- Agreement with the key is taken at a trainee's first attempt at each letter: later ones have seen a verdict. It counts as the verdict
  does, mark by mark in its sentence; what neither has in a letter, of all that can be marked, is agreed on as well. Letters in which
  neither the trainee nor the key marks anything say nothing of it and are left out.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar

from pydantic import BeforeValidator, ValidationError, model_validator

from appealkit.classes.report import (
    Agreement,
    Alike,
    ClassReport,
    ExerciseTally,
    FalseAlarms,
    Misdated,
    Missed,
    OtherKey,
    Place,
    Refused,
    Tally,
    Trainee,
    Work,
)
from appealkit.exercises.drawn import listed_at
from appealkit.exercises.exported import Attempt, Export, Mark, PrincipleId
from appealkit.exercises.marks import NO_FAULT, choices
from appealkit.exercises.verdicts import Outcome
from appealkit.files import KitError, TooLargeError, hidden, read_within, why_refused
from appealkit.language import Lang, say
from appealkit.problems import problems
from appealkit.roles import Principle
from appealkit.rules import rules
from appealkit.strict import Id, refuse
from appealkit.tables import DATA

T = TypeVar("T")
_MOST = 5000  # files and folders; a class has a few hundred
_LARGEST = 32_000_000
"""Bytes of the largest file that is read: over a hundred thousand attempts of one trainee. A larger one is something else."""

_EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
"""No attempt is older than the kit."""

_BEGINNINGS = {b"PK\x03\x04": "packed", b"SQLite format 3\0": "not-exported"}
"""How files begin that hold attempts, and are none of those that are read."""

_TOLD = 3
"""How many problems of one file are told; a damaged file may have thousands, all of one kind."""


class ClassError(KitError):
    """The folder of a class cannot be used; the message says why and what to do, in the reader's language."""


def read_class(folder: Path | str, *, lang: Lang, tell: Callable[[int, int], object] | None = None) -> ClassReport:
    """Read the attempt files of a class and count what is in them. No file is changed.

    Args:
        folder: where the files are; folders below it are read too, hidden files are not.
        lang: language of the reasons why files were left out, `en` or `zh-Hant`.
        tell: called after each file with how many were looked at, and of how many.

    Returns:
        The report.

    Raises:
        ClassError: when there is no such folder, or no file in it.
    """
    home = Path(folder)
    if not home.is_dir():
        raise ClassError(say("class.a-file" if home.exists() else "class.no-folder", lang, folder=home.absolute()))
    paths = sorted(_files(home, lang))
    if not paths:
        raise ClassError(say("class.empty", lang, folder=folder))
    count = _Count()
    refused = []
    for number, path in enumerate(paths, 1):
        received = _receive(path, lang)
        if isinstance(received, Export):
            count.take(received, str(path.relative_to(home)))
        else:
            refused.append(Refused(str(path.relative_to(home)), received))
        if tell:
            tell(number, len(paths))
    return count.report(home.absolute().name, tuple(refused))


def _files(home: Path, lang: Lang) -> Iterator[Path]:
    """Yield the files that may be a class's; a folder with too many of anything is another one, and is not read to its end."""
    seen = 0
    for place, folders, names in os.walk(home):
        folders[:] = [name for name in folders if not hidden(Path(name))]
        seen += len(folders) + len(names)
        if seen > _MOST:
            raise ClassError(say("class.too-many", lang, folder=home, most=_MOST))
        yield from (path for name in names if not hidden(Path(name)) and (path := Path(place, name)).is_file())


def sample_class() -> Path:
    """Return the folder with the files of an invented class of six, one of them damaged on purpose.

    Returns:
        The folder, inside the package.

    >>> len(read_class(sample_class(), lang="en").trainees)
    6
    """
    return DATA / "class"


# -- one file ------------------------------------------------------------------------------------------------------------


def _moment(value: object) -> datetime:
    """Take a moment as it is written: pydantic would read a number as seconds since 1970."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        refuse("moment")
    return moment


class _ReceivedAttempt(Attempt):
    """An attempt in which nothing is left to be guessed."""

    at: Annotated[datetime, BeforeValidator(_moment)]
    rules: tuple[Id, ...]
    marks: tuple[Mark, ...]
    key: tuple[Mark, ...]
    principle: PrincipleId | None

    @model_validator(mode="after")
    def _known(self) -> Self:
        named = {"rules": self.rules, "marks": [rule for _, rule in self.marks], "key": [rule for _, rule in self.key]}
        for part, names in named.items():
            for name in names:
                if name not in rules() and (part == "rules" or name != NO_FAULT):
                    refuse("unknown-rule", part, id=name)
        follows = "not-attempted" if not self.marks else "correct" if set(self.marks) == set(self.key) else "not-yet"
        if (self.marks or self.key) and self.outcome != follows:
            refuse("contradiction", "outcome", outcome=self.outcome, follows=follows)
        return self


class _Received(Export):
    """A file in which nothing is left to be guessed."""

    appealkit: Literal["attempts"]
    version: Literal[1]
    attempts: tuple[_ReceivedAttempt, ...]


def _receive(path: Path, lang: Lang) -> Export | tuple[str, ...]:
    """Read one file, or say why it is left out."""
    try:
        content = read_within(path, _LARGEST).removeprefix(b"\xef\xbb\xbf")
    except TooLargeError:
        return (say("class.too-large", lang),)
    except OSError as error:
        return (say("class.unreadable", lang, reason=why_refused(error, lang)),)
    try:
        return _Received.model_validate_json(content, strict=True)
    except ValidationError as error:
        return _refused(error, content, lang)


def _refused(error: ValidationError, content: bytes, lang: Lang) -> tuple[str, ...]:
    """Say why a file is none of the kit's, or what in it is none of the values that were agreed on."""
    found = error.errors(include_url=False)
    if foreign := next((key for begins, key in _BEGINNINGS.items() if content.startswith(begins)), None):
        return (say(f"class.{foreign}", lang, export=say("attempts.form.export", lang)),)
    if found[0]["type"] == "json_invalid" and b'"appealkit"' in content[:100]:
        return (say("class.damaged", lang),)
    if found[0]["type"] in {"json_invalid", "model_type"} or any(details["loc"] == ("appealkit",) for details in found):
        return (say("class.foreign", lang),)
    if any(details["loc"] == ("version",) for details in found):
        return (say("class.other-version", lang),)
    told = problems(error, lang, "class")
    return (*told[:_TOLD], *([say("class.more", lang, count=len(told) - _TOLD)] if len(told) > _TOLD else []))


# -- counting ------------------------------------------------------------------------------------------------------------


_Moment = tuple[datetime, int]
"""When an attempt was made, and the how manyth of that second it is in its file."""


@dataclass(slots=True)
class _Moments:
    """The attempts of one trainee at one exercise, by their moments."""

    answers: dict[_Moment, tuple[Outcome, int]] = field(default_factory=dict)
    """What tells one attempt from another besides its moment: its outcome, and a hash of its marks."""
    first: tuple[_Moment, tuple[Mark, ...], tuple[Mark, ...]] | None = None
    """The earliest attempt with marks or a key: moment, marks, key."""


@dataclass(slots=True)
class _Count:
    """A class while its files are read, one after the other: what they hold is counted and let go."""

    trainees: dict[str, dict[str, _Moments]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(_Moments)))
    files: dict[str, dict[int, list[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    """The files of each trainee, by a hash of the attempts in them."""
    keys: dict[str, dict[frozenset[Mark], set[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    """For each exercise the keys that files have of it, each with the trainees whose files they are."""
    rules: Counter[tuple[str, Outcome]] = field(default_factory=Counter)
    principles: Counter[tuple[str, Outcome]] = field(default_factory=Counter)
    repeated: int = 0

    def take(self, export: Export, file: str) -> None:
        self.files[export.trainee][hash(export.attempts)].append(file)
        exercises = self.trainees[export.trainee]
        seconds: Counter[tuple[str, datetime]] = Counter()
        for attempt in export.attempts:
            if attempt.outcome == "not-attempted":
                continue
            seconds[attempt.exercise, attempt.at] += 1
            moments, moment = exercises[attempt.exercise], (attempt.at, seconds[attempt.exercise, attempt.at])
            if moment in moments.answers:
                self.repeated += 1
                continue
            moments.answers[moment] = attempt.outcome, hash(frozenset(attempt.marks))
            self.keys[attempt.exercise][frozenset(attempt.key)].add(export.trainee)
            self.principles[attempt.principle or "", attempt.outcome] += 1
            for rule in set(attempt.rules):
                self.rules[rule, attempt.outcome] += 1
            if (attempt.marks or attempt.key) and (moments.first is None or moment < moments.first[0]):
                moments.first = moment, attempt.marks, attempt.key

    def report(self, folder: str, refused: tuple[Refused, ...]) -> ClassReport:
        first = [
            (exercise, *moments.first[1:])
            for exercises in self.trainees.values()
            for exercise, moments in exercises.items()
            if moments.first
        ]
        trainees = tuple(
            _trainee(name, self.files[name].values(), [_work(exercise, moments) for exercise, moments in _in_order(exercises)])
            for name, exercises in sorted(self.trainees.items())
        )
        return ClassReport(
            trainees=trainees,
            exercises=_by_exercise(trainees),
            rules=_tallies(self.rules, rules()),
            principles=dict.fromkeys(Principle, Tally()) | _tallies(self.principles, [*Principle, ""]),
            missed=tuple(Missed(*counts) for counts in _unmatched((exercise, key, marks) for exercise, marks, key in first)),
            false_alarms=tuple(FalseAlarms(*counts) for counts in _unmatched(first)),
            refused=refused,
            files=sum(len(trainee.files) for trainee in trainees),
            repeated=self.repeated,
            alike=tuple(self._alike()),
            misdated=tuple(self._misdated(datetime.now(UTC))),
            keys=tuple(self._other_keys()),
            folder=folder,
            days=self._days(datetime.now(UTC)),
        )

    def _moments(self, name: str) -> list[datetime]:
        return [moment for moments in self.trainees[name].values() for moment, _ in moments.answers]

    def _days(self, now: datetime) -> tuple[date, date] | None:
        """Return the days of the first and of the last attempt."""
        days = [moment.date() for name in self.trainees for moment in self._moments(name) if _can_be(moment, now)]
        return (min(days), max(days)) if days else None

    def _alike(self) -> Iterator[Alike]:
        """Find names under which the same attempts were handed in."""
        done: dict[tuple[str, _Moment, tuple[Outcome, int]], list[str]] = defaultdict(list)
        for name, exercises in sorted(self.trainees.items()):
            for exercise, moments in exercises.items():
                for moment, answer in moments.answers.items():
                    done[exercise, moment, answer].append(name)
        shared = Counter(pair for names in done.values() for pair in combinations(names, 2))
        for names, count in sorted(shared.items()):
            of = min(sum(len(moments.answers) for moments in self.trainees[name].values()) for name in names)
            if count > 1 or of == 1:  # one of several may be chance: moments are told in seconds
                yield Alike(names, count, of)

    def _misdated(self, now: datetime) -> Iterator[Misdated]:
        """Find attempts that a wrong clock has dated."""
        for name in sorted(self.trainees):
            every = self._moments(name)
            if odd := [moment for moment in every if not _can_be(moment, now)]:
                yield Misdated(name, len(odd), len(every), max(odd, key=lambda moment: abs(moment - now)))

    def _other_keys(self) -> Iterator[OtherKey]:
        """Find exercises with several keys, and who has another than most; nobody where no key is that of most."""
        for exercise, keys in sorted(self.keys.items()):
            most, *others = sorted(keys, key=lambda key: (-len(keys[key]), sorted(key)))
            tied = others and len(keys[others[0]]) == len(keys[most])
            if others:
                yield OtherKey(exercise, () if tied else tuple(sorted({name for key in others for name in keys[key]})))


def _trainee(name: str, records: Iterable[Sequence[str]], work: Iterable[Work]) -> Trainee:
    """Tell of one trainee; files that hold the same attempts are one record, and copies."""
    groups = [tuple(files) for files in records]
    copies = tuple(files for files in groups if len(files) > 1)
    return Trainee(name, tuple(sorted(file for files in groups for file in files)), tuple(work), copies)


def _can_be(moment: datetime, now: datetime) -> bool:
    """Tell whether a clock was right; a day is left for one that is a little fast."""
    return _EARLIEST <= moment <= now + timedelta(days=1)


def _in_order(exercises: Mapping[str, T]) -> list[tuple[str, T]]:
    """Return exercises in the order in which people know them, those of a trainer by their ids."""
    return sorted(exercises.items(), key=lambda entry: (listed_at(entry[0]), entry[0]))


def _tallies(counts: Counter[tuple[str, Outcome]], names: Iterable[str]) -> dict[str, Tally]:
    tallies = {name: Tally(counts[name, "correct"], counts[name, "not-yet"]) for name in names}
    return {name: tally for name, tally in tallies.items() if tally != Tally()}


def _work(exercise: str, moments: _Moments) -> Work:
    tried = [outcome for _, (outcome, _) in sorted(moments.answers.items())]
    return Work(
        exercise,
        Tally(tried.count("correct"), tried.count("not-yet")),
        tried.index("correct") + 1 if "correct" in tried else None,
        _agreement(*moments.first[1:]) if moments.first else None,
    )


def _agreement(marks: Collection[Mark], key: Collection[Mark]) -> Agreement:
    marked, keyed = set(marks), set(key)
    neither = set(choices()) - {rule for _, rule in marked | keyed}
    misplaced = _misplaced(marked, keyed).total()
    sound, unseen = ([rule for _, rule in some].count(NO_FAULT) for some in (marked & keyed, keyed - marked))
    return Agreement(
        len(marked & keyed), len(keyed - marked), len(marked - keyed), len(neither), misplaced=misplaced, sound=sound, unseen=unseen
    )


def _misplaced(marked: set[Mark], keyed: set[Mark]) -> Counter[str]:
    """Count by rule the marks that would be right in another sentence."""
    return Counter(rule for _, rule in keyed - marked) & Counter(rule for _, rule in marked - keyed)


def _by_exercise(trainees: Collection[Trainee]) -> dict[str, ExerciseTally]:
    done: dict[str, list[Work]] = defaultdict(list)
    for trainee in trainees:
        for work in trainee.work:
            done[work.exercise].append(work)
    return {
        exercise: ExerciseTally(
            sum((work.tally for work in works), Tally()),
            first=sum(work.success == 1 for work in works),
            second=sum(work.success == 2 for work in works),
            later=sum(work.success is not None and work.success > 2 for work in works),
            unsolved=sum(work.success is None for work in works),
            unbegun=len(trainees) - len(works),
        )
        for exercise, works in _in_order(done)
    }


def _unmatched(letters: Iterable[tuple[str, Collection[Mark], Collection[Mark]]]) -> list[tuple[str, int, int, int, tuple[Place, ...]]]:
    """Count by rule the first marks of a letter, those that the second have not, those that they have in another sentence, and where.

    Rules with most of them come first: a rate of one or two marks says little. Of equal ones, first that with fewer in another sentence.
    """
    every: Counter[str] = Counter()
    unmatched: Counter[str] = Counter()
    misplaced: Counter[str] = Counter()
    places: dict[str, Counter[tuple[str, int]]] = defaultdict(Counter)
    elsewhere: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for exercise, one, other in letters:
        ours, theirs = set(one), set(other)
        for number, rule in ours - theirs:
            places[rule][exercise, number] += 1
        for number, rule in theirs - ours:
            elsewhere[rule][exercise].add(number)
        every.update(rule for _, rule in ours)
        unmatched.update(rule for _, rule in ours - theirs)
        misplaced += _misplaced(ours, theirs)
    ranked = sorted(+unmatched, key=lambda rule: (-unmatched[rule], misplaced[rule], every[rule], rule))
    return [(rule, every[rule], unmatched[rule], misplaced[rule], _places(places[rule], elsewhere[rule])) for rule in ranked]


def _places(counts: Mapping[tuple[str, int], int], elsewhere: Mapping[str, Collection[int]]) -> tuple[Place, ...]:
    """Return sentences of letters by how often something is there; `elsewhere` has for each letter the sentences beside them."""
    ranked = sorted(counts, key=lambda place: (-counts[place], listed_at(place[0]), place))
    return tuple(Place(letter, number, counts[letter, number], tuple(sorted(elsewhere.get(letter, ())))) for letter, number in ranked)
