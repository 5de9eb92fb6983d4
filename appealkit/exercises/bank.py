"""The bank of exercises for support staff, and what an exercise is made of: the same form for the kit's and for a trainer's own.

One table of `data/exercises.toml` is one exercise; its name is the id. What all kinds have:

    kind = "find"                      # or mend, build, sort, revise
    level = 1                          # 1 to 3
    situation = "existing"             # or new
    metric = "odr"                     # one of data/metrics.toml
    title, about, hint, done           # each { en = "…", zh-Hant = "…" }: name, what the trainee is told, a hint, what is learned;
                                       # a trainer who writes one language writes "…"

`find` hands out a `letter`; the faults that it has are `faults`, ids of rules, or `[]` for a letter without any. Where a trainer judges
otherwise than the annotator, `judged` says so, with their reason:

    [[mugs.judged]]
    rule = "vague-action"
    words = "The shelf is counted."    # of the letter; without them the letter as a whole
    fault = true                       # false where the annotator finds a fault that is none
    reason = "…"                       # what trainees are told, in one language or both

`mend` hands out `start` with `faults`; the answer keeps the roles of `keeps` and the words of `facts`, tells those of `needs` and what
`asks` ask for (`asks.py`), none of those of `hides`, and no day, figure or name that stands in no text of the entry; with `moves`
only the order of its sentences changes, with `plain` what is new in it is a plain request. `build` hands out the facts of a `case` and a
`notice`; the letter tells the words of `needs`. `sort` hands out the sentences of a `letter`, or `letters`, to be sorted `into` roles,
principles or voices. `revise` hands out a `notice`, a `case` and a draft, `start`, which the practice reviewer answers. `model` is one good
answer of many, `wrong` are answers that only look good. What is right is written nowhere else: the annotator's rules decide, and a test
holds `faults` and `expected` against them.
"""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, TypeAdapter, model_validator

from appealkit.case import Case, MetricId, Situation
from appealkit.exercises.said import Said
from appealkit.exercises.wanted import Wanted
from appealkit.language import Lang, say
from appealkit.rules import rule_called, rules
from appealkit.strict import Id, Strict, refuse
from appealkit.tables import load

Kind = Literal["find", "mend", "build", "sort", "revise"]
Into = Literal["role", "principle", "voice"]


def _rule(name: str) -> str:
    found = rule_called(name)
    if found is None:
        refuse("unknown-rule", id=name)
    return found


Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
RuleId = Annotated[str, AfterValidator(_rule)]


class Task(Strict):
    """What every exercise has.

    Args:
        id: its name.
        level: 1 (first steps) to 3 (as in daily work).
        situation: `existing` or `new` account.
        metric: the metric that it is about.
        title: its name in the reader's language.
        about: what the trainee is told beforehand.
        hint: a hint, folded away.
        done: what was learned, when it is solved.

    Raises:
        pydantic.ValidationError: when an entry is none.
    """

    id: Id
    level: Literal[1, 2, 3]
    situation: Situation
    metric: MetricId
    title: Said
    about: Said
    hint: Said
    done: Said

    @property
    def rules(self) -> tuple[str, ...]:
        """Ids of the rules that it is about."""
        return tuple(getattr(self, "faults", ()))

    @property
    def principle(self) -> str | None:
        """Id of the principle that all of its rules guard; None when there are several, or none."""
        guarded = {str(rules()[rule].principle) for rule in self.rules}
        return guarded.pop() if len(guarded) == 1 else None


class Judged(Strict):
    """What a trainer judges in a letter, in place of what the annotator finds of this rule there.

    Args:
        rule: id of the rule.
        words: words of the letter, as they stand there; empty for the letter as a whole.
        fault: whether they break the rule.
        reason: why the trainer judges so.

    Raises:
        pydantic.ValidationError: when an entry is none.
    """

    rule: RuleId
    words: str = ""
    fault: bool = True
    reason: Said

    def message(self, lang: Lang) -> str:
        """Say what the trainer judges, whose judgement it is, and why."""
        verdict = say("practice.judged.fault" if self.fault else "practice.judged.no-fault", lang, reason=self.reason[lang])
        return say("practice.judged.words", lang, words=self.words, judged=verdict) if self.words else verdict


class Find(Task):
    """A letter in which the faults are to be found.

    Args:
        letter: the letter.
        faults: ids of the rules that it breaks; none for a letter to recognise as one without faults.
        judged: where the trainer judges otherwise than the annotator.
    """

    kind: Literal["find"]
    letter: Text
    faults: tuple[RuleId, ...]
    judged: tuple[Judged, ...] = ()


class Mend(Task, Wanted):
    """A passage to mend, and what the answer needs (`Wanted`).

    Args:
        start: the passage.
        faults: ids of the rules that the answer must not break any more.
        model: one good answer.
        right, wrong: further answers, for the tests.
    """

    kind: Literal["mend"]
    start: Text
    faults: Annotated[tuple[RuleId, ...], Field(min_length=1)]
    model: Text
    right: tuple[Text, ...] = ()
    wrong: Annotated[tuple[Text, ...], Field(min_length=1)]


class Build(Task):
    """A letter to write from a fact sheet and a notice; the letter that `assemble` makes of the case is one good answer.

    Args:
        notice: the notice, in English.
        case: the facts.
        needs: words of the facts that the letter has to tell.
    """

    kind: Literal["build"]
    notice: Text
    case: Case
    needs: Annotated[tuple[str, ...], Field(min_length=1)]


class Sort(Task):
    """Sentences to sort into roles or principles, or closings on the line from humble to proud.

    Args:
        into: `role`, `principle` or `voice`.
        letter: the letter whose sentences are sorted; empty for voices.
        letters: the closings that are sorted; empty for roles and principles.
        expected: for each in order where it belongs, for the tests.
    """

    kind: Literal["sort"]
    into: Into
    letter: str = ""
    letters: tuple[Text, ...] = ()
    expected: Annotated[tuple[str, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.letters) != (self.into == "voice") or bool(self.letter.strip()) == bool(self.letters):
            refuse("sort-what")
        return self


class Revise(Task):
    """A draft that the practice reviewer answers, and that is revised until nothing asked is left open.

    Args:
        notice: what was asked, in English.
        case: the facts that may be told.
        start: the draft.
        model: one good answer.
    """

    kind: Literal["revise"]
    notice: Text
    case: Case
    start: Text
    model: Text


AnyTask = Find | Mend | Build | Sort | Revise


@cache
def _task() -> TypeAdapter[AnyTask]:
    return TypeAdapter(Annotated[AnyTask, Field(discriminator="kind")])


def task(name: str, entry: Mapping[str, Any]) -> AnyTask:
    """Make an exercise of its entry.

    Args:
        name: its id.
        entry: the table that describes it, as TOML is read.

    Returns:
        The exercise.

    Raises:
        pydantic.ValidationError: when the entry is none; each error names its field.
    """
    return _task().validate_python({**entry, "id": name})


@cache
def bank() -> Mapping[str, AnyTask]:
    """Return the kit's own exercises by their ids, in the order of the bank.

    Raises:
        pydantic.ValidationError: when an entry of `data/exercises.toml` is none.

    >>> bank()["kettles-silent"].kind
    'find'
    """
    return {name: task(name, entry) for name, entry in load("exercises.toml").items()}
