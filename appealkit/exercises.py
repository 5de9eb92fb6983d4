"""The invented samples of the lessons, and the exercises on them, judged by the same rules as every other letter."""

from dataclasses import dataclass
from typing import Any, Literal

from appealkit.annotate import Annotation, annotate
from appealkit.case import Case
from appealkit.roles import Role
from appealkit.text import Lang, load, say

Outcome = Literal["correct", "not-yet", "not-attempted"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the kit says about one answer.

    Args:
        outcome: `correct`, `not-yet` or `not-attempted`.
        reasons: why, sentence by sentence, in the reader's language; never empty.
        heading: the outcome in the reader's language.
        annotation: the answer, annotated; None when there was none.
    """

    outcome: Outcome
    reasons: tuple[str, ...]
    heading: str
    annotation: Annotation | None = None

    def __repr__(self) -> str:
        """Return the outcome and one line a reason: the same for the same answer."""
        return "\n".join([self.heading, *(f"- {reason}" for reason in self.reasons)])


def sample(name: str) -> str:
    """Return one of the invented letters of the lessons.

    Args:
        name: key of the letter in `data/samples.toml`.

    Returns:
        The letter, in English.

    Raises:
        KeyError: when there is no such letter.

    >>> sample("lamps-1").splitlines()[0]
    'Dear Seller Performance Team,'
    """
    text: str = _stored("letter", name)["text"]
    return text


def sample_case(name: str) -> Case:
    """Return one of the invented cases of the lessons.

    Args:
        name: key of the case in `data/samples.toml`.

    Returns:
        The case.

    Raises:
        KeyError: when there is no such case.

    >>> sample_case("lamps").store
    'Quiet Heron Lamps'
    """
    return Case.model_validate(_stored("case", name)["facts"])


def beginning(name: str) -> str:
    """Return the text that an exercise hands to the learner.

    Args:
        name: key of the exercise in `data/samples.toml`.

    Returns:
        The text, in English.

    Raises:
        KeyError: when there is no such exercise.
    """
    text: str = _stored("exercise", name)["start"]
    return text


def principles(name: str) -> tuple[str, ...]:
    """Return the ids of the principles that an exercise is about.

    Args:
        name: key of the exercise in `data/samples.toml`.

    Returns:
        The ids.

    Raises:
        KeyError: when there is no such exercise.
    """
    return tuple(_stored("exercise", name)["principles"])


def judge(name: str, answer: str, lang: Lang) -> Verdict:
    """Judge an answer: what the annotator finds in it is all that counts.

    Args:
        name: key of the exercise in `data/samples.toml`.
        answer: what the learner wrote.
        lang: language of the reasons, `en` or `zh-Hant`.

    Returns:
        `correct` when no finding of the exercise's principles is left and the sentences that it asks for are there,
        `not-attempted` when the answer is empty or still the text that was handed out, else `not-yet`.

    Raises:
        KeyError: when there is no such exercise.

    >>> judge("parcels", "", "en").outcome
    'not-attempted'
    """
    exercise = _stored("exercise", name)
    if not answer.strip():
        return _verdict("not-attempted", lang, say("lesson.empty", lang))
    if answer.split() == exercise["start"].split():
        return _verdict("not-attempted", lang, say("lesson.unchanged", lang))
    annotation = annotate(answer)
    reasons = [finding.message(lang) for finding in annotation.findings if finding.rule.principle in exercise["principles"]]
    reasons += [
        say("lesson.lost", lang, role=load("principles.toml")["role"][role]["name"][lang])
        for role in map(Role, exercise["keeps"])
        if not any(annotation.having(role))
    ]
    if reasons:
        return _verdict("not-yet", lang, *reasons, annotation=annotation)
    return _verdict("correct", lang, exercise["done"][lang], annotation=annotation)


def _verdict(outcome: Outcome, lang: Lang, *reasons: str, annotation: Annotation | None = None) -> Verdict:
    return Verdict(outcome, reasons, say(f"lesson.outcome.{outcome}", lang), annotation)


def _stored(kind: str, name: str) -> dict[str, Any]:
    entry: dict[str, Any] = load("samples.toml")[kind][name]
    return entry
