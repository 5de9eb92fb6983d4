"""What the kit says about an answer: whether it is right, and why."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from appealkit.annotate import Annotation
from appealkit.language import Lang, say
from appealkit.roles import STEPS, Role
from appealkit.rules import Finding
from appealkit.text import short

Outcome = Literal["correct", "not-yet", "not-attempted"]
_TELLING = STEPS | {Role.CAUSE, Role.ACKNOWLEDGEMENT}
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the kit says about one answer.

    Args:
        outcome: `correct`, `not-yet` or `not-attempted`.
        reasons: why, sentence by sentence, in the reader's language; never empty.
        heading: the outcome in the reader's language.
        annotation: the answer, annotated; None when there was none.
        key: what would give the answer away, and is shown only when it is asked for.
    """

    outcome: Outcome
    reasons: tuple[str, ...]
    heading: str
    annotation: Annotation | None = None
    key: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Return the outcome and one line a reason: the same for the same answer."""
        return "\n".join([self.heading, *(f"- {reason}" for reason in self.reasons)])


def verdict(outcome: Outcome, lang: Lang, *reasons: str, annotation: Annotation | None = None) -> Verdict:
    """Give a verdict its heading.

    Args:
        outcome: `correct`, `not-yet` or `not-attempted`.
        lang: language of the heading and of the reasons.
        reasons: why; at least one.
        annotation: the answer, annotated; None when there was none.

    Returns:
        The verdict.

    >>> verdict("correct", "en", "Nothing is left.").heading
    'Correct'
    """
    return Verdict(outcome, reasons, say(f"lesson.outcome.{outcome}", lang), annotation)


def untouched(answer: str, start: str, lang: Lang) -> Verdict | None:
    """Tell whether an answer is none yet.

    Args:
        answer: what the learner wrote.
        start: the text that was handed out; empty when the field was.
        lang: language of the reason.

    Returns:
        The verdict on an empty or unchanged field; None when there is something to judge.
    """
    if not answer.strip():
        return verdict("not-attempted", lang, say("lesson.empty", lang))
    return verdict("not-attempted", lang, say("lesson.unchanged", lang)) if _lines(answer) == _lines(start) else None


def _lines(text: str) -> list[list[str]]:
    """Return the words of each line: where a line ends is layout, and changing it an attempt; other spaces are none."""
    return [line.split() for line in text.strip().splitlines()]


def parted(findings: Iterable[Finding], about: Collection[str]) -> tuple[list[Finding], list[Finding]]:
    """Part what is wrong with an answer from what would only read better.

    Args:
        findings: what the rules find in it.
        about: ids of the rules that its task is about: they count whatever they weigh.

    Returns:
        What is wrong, and what would read better.
    """
    parts: tuple[list[Finding], list[Finding]] = [], []
    for finding in findings:
        parts[finding.severity == "advice" and finding.rule.id not in about].append(finding)
    return parts


def hints(light: Iterable[Finding], answer: Annotation, lang: Lang) -> list[str]:
    """Say what would read better in an answer, and what stands below the signature, where a reviewer may stop reading.

    Args:
        light: findings that are no reason to say that it is not right yet.
        answer: the answer, annotated.
        lang: language of the hints, `en` or `zh-Hant`.

    Returns:
        One hint each.
    """
    told = [say("lesson.hint", lang, message=finding.message(lang)) for finding in light]
    signed = False
    for sentence in answer.sentences:
        if signed and sentence.roles.intersection(_TELLING):
            told.append(say("lesson.below-signature", lang, words=short(sentence.text, _SHOWN)))
        signed = signed or Role.SIGNOFF in sentence.roles
    return told


def settled(reasons: Sequence[str], done: str, lang: Lang, annotation: Annotation | None = None, light: Sequence[str] = ()) -> Verdict:
    """Give the verdict on an answer that was attempted.

    Args:
        reasons: what is still wrong with it.
        done: what is said when nothing is.
        lang: language of both.
        annotation: the answer, annotated; None when there was none.
        light: hints, which are by themselves no reason to say that the answer is not right yet.

    Returns:
        `not-yet` with the reasons, `correct` without any; the hints stand behind either.
    """
    return verdict("not-yet" if reasons else "correct", lang, *(reasons or [done]), *light, annotation=annotation)
