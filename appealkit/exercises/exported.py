"""Attempts at exercises as they are exported: one JSON file a trainee, made to be handed to a trainer.

    {"appealkit": "attempts", "version": 1, "trainee": "Lin Mei", "attempts": [
      {"exercise": "kettles", "at": "2026-11-28T09:30:00+08:00", "outcome": "not-yet", "rules": ["blame", "no-dates"],
       "marks": [[3, "blame"]], "key": [[0, "no-dates"], [3, "blame"]], "principle": null}]}

`exercise` is the id of an exercise of `data/exercises.toml` or of the trainer's own; `practice-SEED-FAULTS` is the letter that
`practice.make(SEED, FAULTS)` makes again. `at` is the moment of the check, with its offset from UTC. `outcome` is `correct`,
`not-yet` or `not-attempted`. `rules` are the ids of the rules that the exercise is about, `principle` is the principle that all of it
serves, or null. `marks` and `key` are empty but for exercises in which faults are found: there each mark of the trainee, and each
of the key, is a number and the id of a rule, or `no-fault`. Sentences are numbered from 1 as the annotator reads them; 0 is the letter
as a whole, where the fault is that something is missing. What a trainee wrote is not kept.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints

from appealkit.exercises.verdicts import Outcome
from appealkit.strict import Id, Strict

PrincipleId = Literal["sincerity", "structure", "cause", "closing"]
Mark = tuple[Annotated[int, Field(ge=0, le=100_000)], Id]
"""The number of a sentence, from 1, or 0 for the letter as a whole; and the id of a rule, or `NO_FAULT`."""


def _one_line(words: str) -> str:
    """Fold white space, and refuse a name that shows nothing."""
    line = " ".join("".join(character if character.isprintable() else " " for character in words).split())
    if not line:
        msg = "a name has letters"
        raise ValueError(msg)
    return line


Trainee = Annotated[str, StringConstraints(max_length=100), AfterValidator(_one_line)]


class Attempt(Strict):
    """One check of one exercise.

    Args:
        exercise: id of the exercise.
        at: the moment of the check, with its offset from UTC.
        outcome: `correct`, `not-yet` or `not-attempted`.
        rules: ids of the rules that the exercise is about.
        marks: what the trainee marked; empty but for exercises in which faults are found.
        key: the marks that are right there.
        principle: id of the principle that all of it serves; None when there are several.

    Raises:
        pydantic.ValidationError: when a value is none of these.
    """

    exercise: Id
    at: AwareDatetime
    outcome: Outcome
    rules: tuple[Id, ...] = ()
    marks: tuple[Mark, ...] = ()
    key: tuple[Mark, ...] = ()
    principle: PrincipleId | None = None


class Export(Strict):
    r"""All attempts of one trainee, as their file tells them.

    Args:
        appealkit: what the file is.
        version: of its form.
        trainee: the name that they chose; it may be a pseudonym.
        attempts: their attempts, the earliest first.

    Raises:
        pydantic.ValidationError: when a value is none of these.

    >>> Export(trainee="  Lin\nMei ").model_dump_json()
    '{"appealkit":"attempts","version":1,"trainee":"Lin Mei","attempts":[]}'
    """

    appealkit: Literal["attempts"] = "attempts"
    version: Literal[1] = 1
    trainee: Trainee
    attempts: tuple[Attempt, ...] = ()
