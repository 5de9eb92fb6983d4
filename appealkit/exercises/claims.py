"""What an exercise claims, held against the annotator, which also judges the trainees, and against what the trainer judges otherwise."""

from collections.abc import Iterator

from appealkit.annotate import Annotation, annotate
from appealkit.coverage import coverage
from appealkit.exercises.answers import judge_written, notice_of
from appealkit.exercises.bank import AnyTask, Build, Find, Mend, Revise, Sort
from appealkit.exercises.given import tells
from appealkit.exercises.marks import Fault, choices, faults_of, found_there
from appealkit.exercises.sorting import places, sortable
from appealkit.exercises.verdicts import Verdict
from appealkit.language import Lang, listed, say
from appealkit.letter import assemble
from appealkit.toml_lines import Place


def claims(exercise: AnyTask, lang: Lang) -> Iterator[tuple[Place, str]]:
    """Tell where an exercise and the annotator disagree.

    Args:
        exercise: the exercise.
        lang: language of the reasons, `en` or `zh-Hant`.

    Yields:
        The place in its entry, and why.
    """
    if isinstance(exercise, Find):
        yield from _find(exercise, lang)
    elif isinstance(exercise, Mend):
        yield from _mend(exercise, lang)
    elif isinstance(exercise, Build):
        yield from _answer(("case",), judge_written(exercise, assemble(exercise.case).text, lang), lang)
    elif isinstance(exercise, Sort):
        yield from _sort(exercise, lang)
    else:
        yield from _revise(exercise, lang)


def _find(exercise: Find, lang: Lang) -> Iterator[tuple[Place, str]]:
    annotation = annotate(exercise.letter)
    keyed = {fault.rule: fault for fault in faults_of(exercise, annotation)}
    listed_at = {fault.places[0]: rule for rule, fault in keyed.items() if rule in exercise.faults and fault.places[0]}
    own = say("own.judge-it", lang)
    for number, rule in enumerate(exercise.faults):
        if rule not in choices():
            yield ("faults", number), say("own.no-choice", lang, rule=rule)
        elif rule not in keyed:
            yield ("faults", number), say("own.not-found", lang, rule=rule) + own
    for rule, fault in keyed.items():
        if rule not in exercise.faults and fault.judgement not in exercise.judged:
            message = fault.judgement.message(lang)
            beside = listed_at.get(fault.places[0])
            instead = say("own.same-sentence", lang, listed=beside) if beside else own
            told = say("own.found-too", lang, rule=rule, message=message) + instead
            yield _in_letter(fault, annotation), told if rule in choices() else say("own.found-unseen", lang, rule=rule, message=message)
    for number, judged in enumerate(exercise.judged):
        if judged.words and exercise.letter.count(judged.words) != 1:
            yield ("judged", number, "words"), say("own.words", lang, count=exercise.letter.count(judged.words))
        if judged.rule not in choices():
            yield ("judged", number, "rule"), say("own.no-choice", lang, rule=judged.rule)
        elif judged.fault and judged.rule not in exercise.faults:
            yield ("judged", number, "rule"), say("own.not-listed", lang, rule=judged.rule)


def _in_letter(fault: Fault, annotation: Annotation) -> Place:
    """Return the line of the letter on which a fault begins, or the letter where the fault is one of all of it."""
    number = fault.places[0]
    return ("letter", annotation.text[: annotation.sentences[number - 1].start].count("\n")) if number else ("letter",)


def judged_otherwise(exercise: AnyTask, lang: Lang) -> Iterator[tuple[Place, str]]:
    """Tell for each judgement of a trainer what the annotator says there.

    Args:
        exercise: the exercise.
        lang: language of what is told, `en` or `zh-Hant`.

    Yields:
        The place in its entry, and what the annotator says.
    """
    if not isinstance(exercise, Find):
        return
    for number, judged in enumerate(exercise.judged):
        found = found_there(judged, annotate(exercise.letter))
        case = "agrees" if judged.fault == bool(found) else "only-you" if judged.fault else "not-you"
        yield ("judged", number), say(f"own.{case}", lang, rule=judged.rule, message=" ".join(finding.message(lang) for finding in found))


def _mend(exercise: Mend, lang: Lang) -> Iterator[tuple[Place, str]]:
    found = {finding.rule.id for finding in annotate(exercise.start).findings}
    for number, rule in enumerate(exercise.faults):
        if rule not in found:
            yield ("faults", number), say("own.not-found", lang, rule=rule)
    given = [" ".join(text.split()) for text in (exercise.start, *exercise.about.values(), *exercise.hint.values())]
    known = tuple(fact for fact in exercise.facts if any(tells(text, fact) for text in given))
    for number, fact in enumerate(exercise.facts):
        if fact not in known:
            yield ("facts", number), say("own.no-fact", lang, words=fact)
    exercise = exercise.model_copy(update={"facts": known})  # or the model would be said to have lost what was never there
    yield from _answer(("model",), judge_written(exercise, exercise.model, lang), lang)
    for number, answer in enumerate(exercise.right):
        yield from _answer(("right", number), judge_written(exercise, answer, lang), lang)
    for number, answer in enumerate(exercise.wrong):
        if judge_written(exercise, answer, lang).outcome == "correct":
            yield ("wrong", number), say("own.not-wrong", lang)


def _sort(exercise: Sort, lang: Lang) -> Iterator[tuple[Place, str]]:
    things = sortable(exercise)
    if len(things) != len(exercise.expected):
        yield ("expected",), say("own.other-number", lang, things=len(things), expected=len(exercise.expected))
        return
    for number, (thing, expected) in enumerate(zip(things, exercise.expected, strict=True)):
        if expected not in places(exercise):
            yield ("expected", number), say("own.no-place", lang, place=expected, places=listed(places(exercise), lang))
        elif expected not in thing.places:
            named = listed(thing.places, lang)
            yield ("expected", number), say("own.elsewhere", lang, text=thing.text, place=expected, places=named)


def _revise(exercise: Revise, lang: Lang) -> Iterator[tuple[Place, str]]:
    if not coverage(annotate(exercise.start), notice_of(exercise.notice)).gaps:
        yield ("start",), say("own.nothing-open", lang)
    yield from _answer(("model",), judge_written(exercise, exercise.model, lang), lang)


def _answer(place: Place, judged: Verdict, lang: Lang) -> Iterator[tuple[Place, str]]:
    """Yield why a good answer is not judged as one."""
    if judged.outcome != "correct":
        reasons = (reason for reason in judged.reasons if reason != say("lesson.beyond", lang))  # there is no view below a list of flaws
        yield place, say("own.not-correct", lang, reasons=" ".join(reasons))
