"""Marks in a letter with faults: each mark of a trainee against the key of the letter, each with its reason.

The key is what the annotator finds, but for what the trainer judges otherwise; whoever needs one takes it from here.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from appealkit.annotate import Annotation, annotate
from appealkit.exercises.bank import Find, Judged
from appealkit.exercises.exported import Mark
from appealkit.exercises.verdicts import Verdict, verdict
from appealkit.language import Lang, listed, role_name, rule_name, say
from appealkit.rules import WHOLE, Finding, rules
from appealkit.span import Span

NO_FAULT = "no-fault"
"""Marks, at 0, a letter that breaks no rule: it stands in every list of rules to choose from, or it would give such a letter away."""


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


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of the key.

    Args:
        rule: id of the rule.
        places: where a mark of it is right; 0 is the letter as a whole. The key has it at the first.
        judgement: who finds it, and why: the annotator, or the trainer.
    """

    rule: str
    places: tuple[int, ...]
    judgement: Finding | Judged

    @property
    def mark(self) -> Mark:
        """The mark that stands for it."""
        return self.places[0], self.rule


def key(task: Find) -> tuple[Mark, ...]:
    """Return the marks that are right in a letter.

    Args:
        task: the exercise.

    Returns:
        One mark a fault, in the order of the letter: the number of the sentence in which it begins, or 0, and the rule. A letter
        without faults has one mark that says so.

    >>> from appealkit.exercises.bank import bank
    >>> key(bank()["kettles-silent"])
    ((0, 'no-commitment'), (0, 'no-request'))
    """
    return tuple(fault.mark for fault in faults_of(task, annotate(task.letter))) or ((0, NO_FAULT),)


def choices() -> tuple[str, ...]:
    """Return what a trainee can mark: the rules that a letter by itself can break, and that it breaks none.

    >>> NO_FAULT in choices(), "blame" in choices(), "unanswered-issue" in choices()
    (True, True, False)
    """
    return (NO_FAULT, *(name for name, rule in rules().items() if rule.alone))


def mark(number: int, rule: str) -> Mark:
    """Return a mark; that there is no fault is said of the letter as a whole, whichever sentence is chosen.

    >>> mark(3, "blame"), mark(3, NO_FAULT)
    ((3, 'blame'), (0, 'no-fault'))
    """
    return (0 if rule == NO_FAULT else number, rule)


def faults_of(task: Find, annotation: Annotation) -> list[Fault]:
    """Return the faults of a letter: what the trainer judges one, and what the annotator finds where the trainer judges nothing.

    Args:
        task: the exercise.
        annotation: its letter, annotated.

    Returns:
        The faults, in the order of the letter.
    """
    replaced = [finding for one in task.judged for finding in found_there(one, annotation)]
    found: dict[Mark, Fault] = {}
    judgements: list[Finding | Judged] = [one for one in task.judged if one.fault]
    judgements += [finding for finding in annotation.findings if finding not in replaced]
    for one in judgements:
        fault = Fault(_rule(one), _right_places(one, annotation), one)
        found.setdefault(fault.mark, fault)
    return [found[place] for place in sorted(found)]


def found_there(judged: Judged, annotation: Annotation) -> list[Finding]:
    """Return what the annotator finds of a trainer's rule, in the sentences that they judge.

    Args:
        judged: the trainer's judgement.
        annotation: the letter, annotated.

    Returns:
        The findings; of the letter as a whole all of the rule.
    """
    places = set(_places(judged, annotation))
    found = (finding for finding in annotation.findings if finding.rule.id == judged.rule)
    return [finding for finding in found if not judged.words or places & set(_places(finding, annotation))]


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


def judge_marks(task: Find, marks: Collection[Mark], lang: Lang) -> tuple[Verdict, tuple[Marked, ...]]:
    """Judge the marks of a trainee against the key.

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
    found = faults_of(task, annotation)
    wanted = [(fault.mark, fault.places, fault.judgement.message(lang)) for fault in found] or [((0, NO_FAULT), (0,), _clean(task, lang))]
    for place, places, message in wanted:
        here = [(number, place[1]) for number in places if (number, place[1]) in left]
        for one in here:
            del left[one]
        (right if here else missed).append(Marked("right" if here else "missed", place, _told(place, message, lang)))
    elsewhere = {fault.rule for fault in found}
    alarms = [Marked("false-alarm", one, _told(one, _no_fault(one, task, elsewhere, annotation, lang), lang)) for one in left]
    judged = (*right, *missed, *alarms)
    told = [say(f"practice.mark.{one.kind}", lang, told=one.reason) for one in (*right, *alarms)]
    if not missed and not alarms:
        return verdict("correct", lang, *told, task.done[lang]), judged
    told.append(say("practice.left", lang, count=len(missed)) if missed and found else say("practice.none-left", lang))
    unseen = tuple(say("practice.mark.missed", lang, told=one.reason) if found else one.reason for one in missed)
    return replace(verdict("not-yet", lang, *told), key=unseen), judged


def _rule(judgement: Finding | Judged) -> str:
    return judgement.rule if isinstance(judgement, Judged) else judgement.rule.id


def _places(judgement: Finding | Judged, annotation: Annotation) -> tuple[int, ...]:
    """Return the numbers of the sentences that a judgement is about; 0 for what is missing, or about the whole letter."""
    if isinstance(judgement, Judged):
        start = annotation.text.find(judgement.words) if judgement.words else -1
        span = None if start < 0 else Span(start, start + len(judgement.words))
    else:
        span = judgement.span
    if span is None:
        return (0,)
    places = tuple(number for number, sentence in enumerate(annotation.sentences, 1) if span.meets(sentence.span))
    return (0,) if len(places) in {0, len(annotation.sentences)} and len(annotation.sentences) > 1 else places


def _right_places(judgement: Finding | Judged, annotation: Annotation) -> tuple[int, ...]:
    """Return where a mark is right: at the words of a fault; one of the letter as a whole also there, and at each sentence it is about."""
    about = rules()[_rule(judgement)].about
    whole = (0,) if WHOLE in about else ()
    told = (number for number, sentence in enumerate(annotation.sentences, 1) if not sentence.roles.isdisjoint(about))
    return tuple(dict.fromkeys((*_places(judgement, annotation), *whole, *told)))


def _clean(task: Find, lang: Lang) -> str:
    """Say why a letter is without faults: the check finds none, and where it does, the trainer judges otherwise."""
    return " ".join(one.message(lang) for one in task.judged if not one.fault) or say("practice.clean", lang)


def _told(marked: Mark, reason: str, lang: Lang) -> str:
    number, rule = marked
    return say("practice.mark.told", lang, place=where(number, lang), rule=rule_name(rule, lang), reason=reason)


def where(number: int, lang: Lang) -> str:
    """Name the place of a mark: a sentence by its number, or the letter as a whole for 0."""
    return say("practice.place.sentence", lang, number=number) if number else say("practice.place.whole", lang)


def _no_fault(marked: Mark, task: Find, elsewhere: Collection[str], annotation: Annotation, lang: Lang) -> str:
    """Say why a mark is a false alarm."""
    number, rule = marked
    if rule == NO_FAULT:
        return say("practice.false.no-fault", lang)
    cleared = (one for one in task.judged if one.rule == rule and not one.fault)
    if said := next((one for one in cleared if not one.words or number in _places(one, annotation)), None):
        return said.message(lang)
    if rule in elsewhere:
        return say("practice.false.elsewhere", lang)
    if not 0 < number <= len(annotation.sentences):
        return say("practice.false.whole", lang)
    roles = listed((role_name(role, lang) for role in sorted(annotation.sentences[number - 1].roles)), lang)
    return say("practice.false.sentence", lang, roles=roles)
