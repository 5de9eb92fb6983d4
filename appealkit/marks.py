"""Marks in a letter with faults: each mark of a trainee against those of the annotator, each with its reason."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from appealkit.annotate import Annotation, annotate
from appealkit.bank import Find
from appealkit.exercises import Verdict, place_name, verdict
from appealkit.practice import make
from appealkit.rules import Finding
from appealkit.text import LANGS, Lang, say

Mark = tuple[int, str]
"""The number of a sentence, from 1, or 0 for the letter as a whole; and the id of a rule."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What became of one mark.

    Args:
        kind: `right`, `missed` or `false-alarm`.
        mark: the mark; one that is right stands where the key has it.
        reason: why, in the reader's language.
    """

    kind: Literal["right", "missed", "false-alarm"]
    mark: Mark
    reason: str


def key(letter: str) -> tuple[Mark, ...]:
    r"""Return the marks that the annotator makes in a letter.

    Args:
        letter: any text.

    Returns:
        One mark a fault, in the order of the letter: the number of the sentence in which it begins, or 0, and the rule.

    >>> key("Dear Seller Performance,\n\nWe will see to it that our lawyer sues you.")[0]
    (0, 'no-acknowledgement')
    """
    annotation = annotate(letter)
    return tuple(sorted({(min(_places(finding, annotation)), finding.rule.id) for finding in annotation.findings}))


def drawn(seed: int, number: int) -> Find:
    """Make an exercise of a practice letter: letters to find faults in do not run out.

    Args:
        seed: any whole number from 0; the same one gives the same exercise.
        number: how many faults are put in, from 1.

    Returns:
        The exercise; its id is `practice-SEED-FAULTS`.

    Raises:
        ValueError: when so many faults do not go together.

    >>> drawn(7, 2).id
    'practice-7-2'
    """
    letter = make(seed, number)
    told = {name: {lang: say(f"practice.drawn.{name}", lang, seed=seed) for lang in LANGS} for name in ("title", "about", "hint", "done")}
    metric = letter.case.metric.id if letter.case.metric else "odr"
    return Find.model_validate(
        {
            "id": f"practice-{seed}-{number}", "kind": "find", "level": min(3, max(1, number)), "situation": letter.case.situation,
            "metric": metric, **told, "letter": letter.text, "faults": letter.injected,
        }
    )  # fmt: skip


def judge_marks(task: Find, marks: Collection[Mark], lang: Lang) -> tuple[Verdict, tuple[Marked, ...]]:
    """Judge the marks of a trainee against those of the annotator.

    Args:
        task: the exercise.
        marks: what was marked, in any order; the letter as a whole is 0.
        lang: language of the reasons, `en` or `zh-Hant`.

    Returns:
        The verdict, `correct` when each fault is marked and nothing else, and what became of each mark: right ones first, then those
        that were missed, then false alarms.
    """
    if not marks:
        return verdict("not-attempted", lang, say("practice.no-marks", lang)), ()
    annotation = annotate(task.letter)
    left = dict.fromkeys(marks)
    right: list[Marked] = []
    missed: list[Marked] = []
    for place, finding in _faults(annotation):
        mark, here = (min(place), finding.rule.id), [(number, finding.rule.id) for number in place if (number, finding.rule.id) in left]
        for found in here:
            del left[found]
        (right if here else missed).append(Marked("right" if here else "missed", mark, _told(mark, finding.message(lang), lang)))
    alarms = [Marked("false-alarm", mark, _told(mark, _no_fault(mark, annotation, lang), lang)) for mark in left]
    judged = (*right, *missed, *alarms)
    reasons = [say(f"practice.mark.{one.kind}", lang, told=one.reason) for one in judged]
    if missed or alarms:
        return verdict("not-yet", lang, *reasons), judged
    return verdict("correct", lang, *reasons, task.done[lang]), judged


def _faults(annotation: Annotation) -> Iterator[tuple[list[int], Finding]]:
    """Yield each fault once, with the sentences in which a mark of it is right."""
    known: dict[Mark, tuple[list[int], Finding]] = {}
    for finding in annotation.findings:
        place = _places(finding, annotation)
        known.setdefault((min(place), finding.rule.id), (place, finding))
    yield from (known[mark] for mark in sorted(known))


def _places(finding: Finding, annotation: Annotation) -> list[int]:
    """Return the numbers of the sentences that a finding is about; 0 for what is missing, or about the whole letter."""
    if finding.span is None:
        return [0]
    start, end = finding.span
    places = [number for number, sentence in enumerate(annotation.sentences, 1) if sentence.start < end and start < sentence.end]
    return [0] if len(places) in {0, len(annotation.sentences)} and len(annotation.sentences) > 1 else places


def _told(mark: Mark, reason: str, lang: Lang) -> str:
    number, rule = mark
    place = say("practice.place.sentence", lang, number=number) if number else say("practice.place.whole", lang)
    return say("practice.mark.told", lang, place=place, rule=rule_name(rule, lang), reason=reason)


def _no_fault(mark: Mark, annotation: Annotation, lang: Lang) -> str:
    """Say why a mark is a false alarm."""
    number, rule = mark
    if any(finding.rule.id == rule for finding in annotation.findings):
        return say("practice.false.elsewhere", lang)
    if not 0 < number <= len(annotation.sentences):
        return say("practice.false.whole", lang)
    roles = say("case.between", lang).join(place_name("role", role, lang) for role in sorted(annotation.sentences[number - 1].roles))
    return say("practice.false.sentence", lang, roles=roles)


def rule_name(rule: str, lang: Lang) -> str:
    """Name a fault in a few words.

    Args:
        rule: id of the rule.
        lang: `en` or `zh-Hant`.

    Returns:
        The name.

    >>> rule_name("no-dates", "en")
    'no date of the problem'
    """
    return say(f"practice.rule.{rule}", lang)
