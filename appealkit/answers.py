"""Written answers to the exercises of the bank, judged by the annotator's rules and by nothing else; every verdict shows its reasons."""

import re
from collections.abc import Iterator
from functools import cache

from appealkit.annotate import Annotation, annotate
from appealkit.bank import Build, Mend, Revise
from appealkit.case import Case
from appealkit.coverage import coverage
from appealkit.exercises import Verdict, settled, untouched
from appealkit.letter import assemble
from appealkit.notice import Notice
from appealkit.reading import read_notice
from appealkit.reviewer import asked
from appealkit.text import Lang, say
from appealkit.wanted import gone, lacking


def judge_written(task: Mend | Build | Revise, answer: str, lang: Lang) -> Verdict:
    """Judge what a trainee wrote.

    Args:
        task: the exercise.
        answer: a mended passage: its faults are gone, and none has come. A built letter: no rule is broken, nothing is left out, and
            nothing is invented. A revised draft: nothing that the notice asks is left open, nothing is invented, and no fault has come.
        lang: language of the reasons, `en` or `zh-Hant`.

    Returns:
        The verdict, with the answer annotated by the rules that the exercise is about.
    """
    start = "" if isinstance(task, Build) else task.start
    if early := untouched(answer, start, lang):
        return early
    notice = None if isinstance(task, Mend) else notice_of(task.notice)
    annotation = annotate(answer, notice=notice, ignore=_beside(task))
    if isinstance(task, Mend):
        reasons = _mended(task, annotation, lang)
    elif isinstance(task, Build):
        reasons = _built(task, annotation, lang)
    else:
        reasons = _revised(task, annotation, lang)
    return settled(list(reasons), task.done[lang], lang, annotation)


def _beside(task: Mend | Build | Revise) -> set[str]:
    """Return the rules that the text as it was handed out breaks, and that the exercise is not about."""
    if isinstance(task, Build):
        return set()
    return {finding.rule.id for finding in annotate(task.start).findings} - set(task.rules)


def _mended(task: Mend, answer: Annotation, lang: Lang) -> Iterator[str]:
    for finding in answer.findings:
        yield say("practice.still" if finding.rule.id in task.faults else "practice.came", lang, message=finding.message(lang))
    yield from lacking(task, answer, task.start, lang)


def _built(task: Build, answer: Annotation, lang: Lang) -> Iterator[str]:
    yield from (finding.message(lang) for finding in answer.findings)
    yield from gone("practice.untold", task.needs, answer.text, lang)
    yield from _invented(answer, task.case, task.notice, lang)


def _revised(task: Revise, answer: Annotation, lang: Lang) -> Iterator[str]:
    notice = notice_of(task.notice)
    rows = {issue.id: issue for issue in notice.issues}
    gaps = coverage(answer, notice).gaps
    yield from (say("practice.open", lang, asked=asked(rows[issue], question, lang)) for issue, question in gaps)
    came = (finding for finding in answer.findings if finding.rule.id != "unanswered-issue")  # told in the reviewer's words above
    yield from (say("practice.came", lang, message=finding.message(lang)) for finding in came)
    yield from _invented(answer, task.case, f"{task.notice}\n{task.start}", lang)


@cache
def notice_of(text: str) -> Notice:
    """Read the notice of an exercise, once.

    Args:
        text: the notice.

    Returns:
        What it asks.
    """
    return read_notice(text)


_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def _figures(text: str) -> set[str]:
    return {figure.replace(",", "").lstrip("0") or "0" for figure in _FIGURE.findall(text)}


def _invented(annotation: Annotation, case: Case, known: str, lang: Lang) -> list[str]:
    """Name the figures of an answer that nobody gave; list marks are none."""
    facts = f"{assemble(case).text} {case.model_dump_json()} {known}".replace("-", " ")
    told = {figure: None for sentence in annotation.sentences for figure in _FIGURE.findall(sentence.text.replace("-", " "))}
    return [say("practice.invented", lang, figure=figure) for figure in told if not _figures(figure) <= _figures(facts)]
