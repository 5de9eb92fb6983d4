"""Marks in a letter with faults: each mark of a trainee against those of the annotator, each with its reason."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from appealkit.annotate import Annotation, annotate
from appealkit.bank import Find, bank
from appealkit.exercises import Verdict, place_name, verdict
from appealkit.practice import make
from appealkit.rules import Finding
from appealkit.text import LANGS, Lang, say

Mark = tuple[int, str]
"""The number of a sentence, from 1, or 0 for the letter as a whole; and the id of a rule."""

DRAWN = re.compile(r"practice-([0-9]{1,9})-([0-9]{1,2})")
"""The ids of letters that can be drawn: seed and number of faults."""


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


def numbered(letter: str) -> str:
    r"""Put the number of each sentence before it, and leave the layout as it is: a fault may be one of layout.

    Args:
        letter: any text.

    Returns:
        The letter with its numbers.

    >>> numbered("Dear Team,\n\n1. We count the shelf.")
    '[1] Dear Team,\n\n1. [2] We count the shelf.'
    """
    starts = [sentence.start for sentence in annotate(letter).sentences]
    parts = [letter[start:end] for start, end in pairwise([*starts, len(letter)])]
    return letter[: starts[0] if starts else len(letter)] + "".join(f"[{number}] {part}" for number, part in enumerate(parts, 1))


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
    values = {"seed": seed, "faults": number}
    told = {part: {lang: say(f"practice.drawn.{part}", lang, **values) for lang in LANGS} for part in ("title", "about", "hint", "done")}
    metric = letter.case.metric.id if letter.case.metric else "odr"
    return Find.model_validate(
        {
            "id": f"practice-{seed}-{number}", "kind": "find", "level": min(3, max(1, number)), "situation": letter.case.situation,
            "metric": metric, **told, "letter": letter.text, "faults": letter.injected,
        }
    )  # fmt: skip


def title(exercise: str, lang: Lang) -> str:
    """Name an exercise.

    Args:
        exercise: its id.
        lang: `en` or `zh-Hant`.

    Returns:
        Its title, if it is one of the kit's or a letter that can be drawn; else the id, which a trainer gave it.

    >>> title("practice-7-2", "en"), title("mugs-courier", "en")
    ('Drawn letter 7 (faults put in: 2)', 'mugs-courier')
    """
    if exercise in bank():
        return bank()[exercise].title[lang]
    match = DRAWN.fullmatch(exercise)
    return say("practice.drawn.title", lang, seed=match[1], faults=match[2]) if match else exercise


def judge_marks(task: Find, marks: Collection[Mark], lang: Lang) -> tuple[Verdict, tuple[Marked, ...]]:
    """Judge the marks of a trainee against those of the annotator.

    Args:
        task: the exercise.
        marks: what was marked, in any order; the letter as a whole is 0.
        lang: language of the reasons, `en` or `zh-Hant`.

    Returns:
        The verdict, `correct` when each fault is marked and nothing else; what was missed is counted in its reasons and told in its key.
        And what became of each mark: right ones first, then those that were missed, then false alarms.
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
    told = [say(f"practice.mark.{one.kind}", lang, told=one.reason) for one in (*right, *alarms)]
    if not missed and not alarms:
        return verdict("correct", lang, *told, task.done[lang]), judged
    told += [say("practice.left", lang, count=len(missed))] if missed else []
    unseen = tuple(say("practice.mark.missed", lang, told=one.reason) for one in missed)
    return replace(verdict("not-yet", lang, *told), key=unseen), judged


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
