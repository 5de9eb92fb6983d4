"""Written answers to the exercises of the bank, judged by the annotator's rules and by nothing else; every verdict shows its reasons."""

from collections.abc import Iterable, Iterator
from functools import cache

from appealkit.annotate import Annotation, annotate
from appealkit.coverage import coverage
from appealkit.exercises.bank import Build, Mend, Revise
from appealkit.exercises.given import not_given
from appealkit.exercises.reviewer import open_questions
from appealkit.exercises.swapped import not_on_sheet, swapped
from appealkit.exercises.unread import not_english, nothing_told
from appealkit.exercises.verdicts import Verdict, hints, parted, settled, untouched, verdict
from appealkit.exercises.wanted import Texts, asked_first, beyond_rules, gone
from appealkit.figures.workbench import read_numbers
from appealkit.language import Lang, say
from appealkit.letter import assemble
from appealkit.notice import Notice
from appealkit.reading import read_notice
from appealkit.rules import Finding


def judge_written(task: Mend | Build | Revise, answer: str, lang: Lang) -> Verdict:
    """Judge what a trainee wrote.

    Args:
        task: the exercise.
        answer: a mended passage: its faults are gone, and none has come. A built letter: no rule is broken, nothing is left out, and
            nothing is invented. A revised draft: nothing that the notice asks is left open, nothing is invented, and no fault has come.
            A fault that is only advice, on what the exercise is not about, is told and does not count.
        lang: language of the reasons, `en` or `zh-Hant`.

    Returns:
        The verdict, with the answer annotated by the rules that the exercise is about.
    """
    start = "" if isinstance(task, Build) else task.start
    if early := untouched(answer, start, lang):
        return early
    notice = None if isinstance(task, Mend) else notice_of(task.notice)
    metrics = [read_numbers(task.case.metric)] if not isinstance(task, Mend) and task.case.metric else []
    annotation = annotate(answer, notice=notice, metrics=metrics, ignore=_beside(task))
    if nothing := nothing_told(annotation, lang):
        return verdict("not-attempted", lang, nothing)
    wrong, light = parted(annotation.findings, task.rules)
    if isinstance(task, Mend):
        reasons = _mended(task, annotation, wrong, light, lang)
    elif isinstance(task, Build):
        reasons = [*not_english(annotation, start, lang), *_built(task, annotation, wrong, lang)]
    else:
        reasons = [*not_english(annotation, start, lang), *_revised(task, annotation, wrong, lang)]
    compared = [] if isinstance(task, Mend) or reasons else [say("practice.compared", lang)]
    return settled(reasons, task.done[lang], lang, annotation, [*compared, *hints(light, annotation, lang)])


def _beside(task: Mend | Build | Revise) -> set[str]:
    """Return the rules that the text as it was handed out breaks, and that the exercise is not about."""
    if isinstance(task, Build):
        return set()
    return {finding.rule.id for finding in annotate(task.start).findings} - set(task.rules)


def _mended(task: Mend, answer: Annotation, wrong: Iterable[Finding], light: list[Finding], lang: Lang) -> list[str]:
    kinds = {True: "practice.still", False: "practice.came"}
    found = [say(kinds[finding.rule.id in task.faults], lang, message=finding.message(lang)) for finding in wrong]
    more = (task.about["en"], task.hint["en"], *task.facts, *task.needs, *task.right)
    return asked_first(found, beyond_rules(task, answer, Texts(task.start, task.model, more), lang), lang, light)


def _built(task: Build, answer: Annotation, wrong: Iterable[Finding], lang: Lang) -> Iterator[str]:
    yield from (finding.message(lang) for finding in wrong)
    yield from gone("practice.untold", task.needs, answer, lang)
    yield from _invented(answer, task, lang)


def _revised(task: Revise, answer: Annotation, wrong: Iterable[Finding], lang: Lang) -> Iterator[str]:
    yield from (say("practice.open", lang, asked=asked) for asked in open_questions(coverage(answer, notice_of(task.notice)), lang))
    came = (finding for finding in wrong if finding.rule.id != "unanswered-issue")  # told in the reviewer's words above
    yield from (say("practice.came", lang, message=finding.message(lang)) for finding in came)
    yield from _invented(answer, task, lang)


@cache
def notice_of(text: str) -> Notice:
    """Read the notice of an exercise, once.

    Args:
        text: the notice.

    Returns:
        What it asks.
    """
    return read_notice(text)


def _invented(annotation: Annotation, task: Build | Revise, lang: Lang) -> list[str]:
    """Name what an answer tells that nobody gave, and the steps that it tells with the day or the person of another."""
    start = "" if isinstance(task, Build) else task.start
    told = [assemble(task.case).text, task.case.model_dump_json(), task.notice, start]
    rate = task.case.metric.rate_from_counts if task.case.metric else None
    found = not_given(annotation, told, () if rate is None else (rate,))
    invented = [say(f"practice.invented.{kind}", lang, words=words) for kind, words in found]
    return [
        *invented,
        *(say(f"practice.invented.{kind}", lang, words=words) for kind, words in not_on_sheet(annotation, task.case, start)),
        *(say("practice.swapped", lang, words=words, step=step.what) for words, step in swapped(annotation, task.case.actions)),
    ]
