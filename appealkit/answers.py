"""Written answers to the exercises of the bank, judged by the annotator's rules and by nothing else; every verdict shows its reasons."""

import re
from functools import cache

from appealkit.annotate import Annotation, annotate
from appealkit.bank import Build, Mend, Revise
from appealkit.case import Case
from appealkit.exercises import Verdict, gone, lost, settled, untouched
from appealkit.letter import assemble
from appealkit.notice import Notice, read_notice
from appealkit.reviewer import review
from appealkit.text import Lang, say


def judge_mending(task: Mend, answer: str, lang: Lang) -> Verdict:
    """Judge a mended passage: the faults are gone, and none has come.

    Args:
        task: the exercise.
        answer: what the trainee wrote.
        lang: language of the reasons, `en` or `zh-Hant`.

    Returns:
        The verdict, with the answer annotated.
    """
    if early := untouched(answer, task.start, lang):
        return early
    before, annotation = {finding.rule.id for finding in annotate(task.start).findings}, annotate(answer)
    reasons = []
    for finding in annotation.findings:
        if finding.rule.id in task.faults or finding.rule.id not in before:
            kind = "still" if finding.rule.id in task.faults else "came"
            reasons.append(say(f"practice.{kind}", lang, message=finding.message(lang)))
    reasons += lost(annotation, task.keeps, lang)
    reasons += gone("lesson.gone", task.facts, answer, lang)
    return settled(reasons, task.done[lang], lang, annotation)


def judge_building(task: Build, answer: str, lang: Lang) -> Verdict:
    """Judge a letter that was written from a fact sheet and a notice: no rule is broken, nothing is left out, and nothing is invented.

    Args:
        task: the exercise.
        answer: what the trainee wrote.
        lang: language of the reasons, `en` or `zh-Hant`.

    Returns:
        The verdict, with the answer annotated beside the notice.
    """
    if early := untouched(answer, "", lang):
        return early
    annotation = annotate(answer, notice=notice_of(task.notice))
    reasons = [finding.message(lang) for finding in annotation.findings]
    reasons += gone("practice.untold", task.needs, answer, lang)
    reasons += _invented(annotation, task.case, task.notice, lang)
    return settled(reasons, task.done[lang], lang, annotation)


def judge_revision(task: Revise, answer: str, lang: Lang) -> Verdict:
    """Judge a revised draft: nothing that the notice asks is left open, nothing is invented, and no fault has come.

    Args:
        task: the exercise.
        answer: what the trainee wrote.
        lang: language of the reasons, `en` or `zh-Hant`.

    Returns:
        The verdict, with the answer annotated beside the notice.
    """
    if early := untouched(answer, task.start, lang):
        return early
    notice = notice_of(task.notice)
    before = {finding.rule.id for finding in annotate(task.start).findings}
    reply = review(answer, notice, lang)
    rows = {issue.id: issue.name(lang) for issue in notice.issues}
    reasons = [say(f"reviewer.ask.{question}", lang, issue=rows[issue]) for issue, question in reply.gaps]
    came = [found for found in reply.annotation.findings if found.rule.id not in before and found.rule.id != "unanswered-issue"]
    reasons += [say("practice.came", lang, message=finding.message(lang)) for finding in came]
    reasons += _invented(reply.annotation, task.case, f"{task.notice}\n{task.start}", lang)
    return settled(reasons, task.done[lang], lang, reply.annotation)


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
