"""A notice, and a letter beside it, as HTML, as plain text and as JSON: pure functions, looks in the templates."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from textwrap import shorten
from typing import Any

from appealkit.coverage import Cell, Coverage, Row, products_of_papers
from appealkit.language import Lang, listed, metric_name, say
from appealkit.notice import QUESTIONS, Notice, kind_name, question_name
from appealkit.text import one_line
from appealkit.view import View, render

_ORDERS = 10  # numbers of orders that are shown
_PASSAGE = 400  # characters of a passage that was not understood


def show_notice(notice: Notice, lang: Lang, *, kind: bool = True) -> View:
    """Show what a notice asks, each conclusion with the words that it rests on.

    Args:
        notice: what `read_notice` returned.
        lang: language of the explanations, `en` or `zh-Hant`.
        kind: tell of which kind it is; not where that stands above, as `triage` tells it.

    Returns:
        The view.

    >>> from appealkit.reading import read_notice
    >>> print(show_notice(read_notice("Please upload your passport."), "en").text.splitlines()[0])
    Kind of notice: verification: identity or business documents “passport”
    """
    issues = [
        (
            issue.name(lang),
            notice.words(issue.id),
            [notice.words(f"{issue.id}.{question}") if issue.asks(question) else None for question in QUESTIONS],
        )
        for issue in notice.issues
    ]
    html = render(
        "notice.html.j2",
        lang,
        kind=kind_name(notice.kind, lang) if kind and notice.has_kind else "",
        kind_words=notice.words("kind"),
        refusal=_refusal(notice, lang),
        metrics=[(_failing(notice, metric, lang), notice.words(metric)) for metric in notice.metrics],
        numbers=_terms(notice, lang),
        issues=issues,
        questions=[question_name(question, lang) for question in QUESTIONS],
        advice=notice.advice(lang),
        note=_note(notice, lang),
        left=_not_understood(notice),
    )
    return View(html, notice_to_text(notice, lang, kind=kind))


def notice_to_text(notice: Notice, lang: Lang, *, kind: bool = True) -> str:
    """Return what a notice asks as plain text, each conclusion with the words that it rests on.

    Args:
        notice: what `read_notice` returned.
        lang: language of the explanations.
        kind: tell of which kind it is; not where that stands above.

    Returns:
        The text.
    """
    conclusions = [
        *([(say("notice.kind", lang), kind_name(notice.kind, lang), notice.words("kind"))] if kind and notice.has_kind else []),
        *((say("notice.refusal", lang), told, words) for told, words in _refusal(notice, lang)),
        *((say("notice.metric", lang), _failing(notice, metric, lang), notice.words(metric)) for metric in notice.metrics),
        *((say("notice.issue", lang), issue.name(lang), notice.words(issue.id)) for issue in notice.issues),
        *_terms(notice, lang),
    ]
    asked = {
        issue.name(lang): [
            (question_name(question, lang), notice.words(f"{issue.id}.{question}")) for question in QUESTIONS if issue.asks(question)
        ]
        for issue in notice.issues
    }
    left = _not_understood(notice)
    told = {"advice": notice.advice(lang), "note": _note(notice, lang)}
    return render("notice.txt.j2", lang, conclusions=conclusions, asked=asked, left=left, **told).strip()


def notice_to_json(notice: Notice) -> str:
    """Return what a notice asks as one JSON object.

    Args:
        notice: what `read_notice` returned.

    Returns:
        The JSON; `words` has for each conclusion, named as in `Notice.cues`, the notice's own words that it rests on: a date that cannot
        be counted in days stands there as it is written.
    """
    result = {
        "kind": notice.kind,
        "metrics": notice.metrics,
        "issues": [{name: told for name, told in asdict(issue).items() if told != ""} for issue in notice.issues],
        "deadline_days": notice.deadline_days,
        "attempts": notice.attempts,
        "orders": notice.orders,
        "refusal": bool(notice.words("refusal")),
        "words": {label: notice.words(label) for label in dict.fromkeys(label for label, _ in notice.cues)},
        "not_understood": [span.of(notice.text) for span in notice.not_understood],
    }
    return json.dumps(result, ensure_ascii=False, indent=1)


def _note(notice: Notice, lang: Lang) -> str:
    """Say what the table of issues cannot show: that the rate is asked about, too, and that papers are asked for some goods alone."""
    products = listed(products_of_papers(notice), lang)
    papers = say("notice.papers-of", lang, products=products) if products else ""
    return " ".join(filter(None, (notice.note(lang), papers)))


def _failing(notice: Notice, metric: str, lang: Lang) -> str:
    """Name a metric that fails, with its rate where the notice states one."""
    name, rate = metric_name(metric, lang), notice.rate(metric)
    return say("notice.with-rate", lang, metric=name, rate=one_line(rate.of(notice.text))) if rate else name


def _refusal(notice: Notice, lang: Lang) -> list[tuple[str, tuple[str, ...]]]:
    """Tell that it answers what the seller sent, with the words that say so; empty where it does not."""
    words = notice.words("refusal")
    return [(say("notice.refused" if notice.issues else "notice.refused-alone", lang), words)] if words else []


def _terms(notice: Notice, lang: Lang) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield how it is to be answered: until when, how often, about which orders, in what detail, with what papers; name, told, words."""
    if notice.deadline_days is not None:
        until = {"days": notice.deadline_days, "until": notice.until, "sent": notice.sent}
        told = say("notice.last-day", lang, **until) if notice.until else str(notice.deadline_days)
        yield say("notice.deadline", lang), told, notice.words("deadline")
    elif words := notice.words("deadline"):
        yield say("notice.until", lang), say("notice.as-written", lang), words
    if notice.attempts is not None:
        yield say("notice.attempts", lang), str(notice.attempts), notice.words("attempts")
    if notice.orders:
        yield say("notice.orders", lang), _orders(notice.orders, lang), ()
    for label in ("window", "detail", "papers", "unasked", "unanswered"):
        if words := notice.words(label):
            yield say(f"notice.{label}", lang), say(f"notice.{label}-said", lang), words


def _orders(numbers: Sequence[str], lang: Lang) -> str:
    """Name orders, the first ones where there are many."""
    named = listed(numbers[:_ORDERS], lang)
    return named if len(numbers) <= _ORDERS else say("notice.orders-many", lang, orders=named, number=len(numbers) - _ORDERS)


def _not_understood(notice: Notice) -> list[str]:
    """Return what of a notice was not understood, each passage in one line, a long one shortened."""
    passages = (notice.text[span.start : min(span.end, span.start + 2 * _PASSAGE)] for span in notice.not_understood)
    return [shorten(one_line(passage), _PASSAGE, placeholder=" …") for passage in passages]


def show_coverage(table: Coverage, lang: Lang, *, left: bool = True) -> View:
    """Show which questions of a notice a letter answers, the question that each gap leaves, and what was not understood.

    Args:
        table: what `coverage` returned.
        lang: language of the questions, `en` or `zh-Hant`; the letter is in English.
        left: list what of the notice was not understood; not where it stands above, as `show_notice` tells it.

    Returns:
        The view.

    >>> from appealkit.annotate import annotate
    >>> from appealkit.coverage import coverage
    >>> from appealkit.reading import read_notice
    >>> table = coverage(annotate("We are sorry."), read_notice("Please tell us the root cause of late shipments."))
    >>> print(show_coverage(table, "en").text.splitlines()[2])
       Root cause | No answer yet. What in your own operation led to this: late shipment?
    """
    questions = [question_name(question, lang) for question in QUESTIONS]
    prepared = covered(table, lang)
    if not left:
        prepared["left"] = []
    remark = table.unjudged.say(lang) if table.unjudged else ""
    html = render("coverage_alone.html.j2", lang, coverage=prepared, questions=questions, remark=remark)
    return View(html, f"{remark}\n{render('coverage.txt.j2', lang, coverage=prepared)}".strip())


def covered(table: Coverage, lang: Lang) -> dict[str, Any]:
    """Prepare a coverage for its template.

    Args:
        table: what `coverage` returned.
        lang: language of the questions.

    Returns:
        Its rows, what is told in their place or above them, such as that a letter is not the answer, and what was not understood.
    """
    rows = [{"issue": row.issue.name(lang), "cells": [_cell(row, cell, lang) for cell in row.cells]} for row in table.rows]
    notice = table.notice
    orders = say("coverage.orders", lang, orders=_orders(table.orders, lang)) if table.orders else ""
    wanting = notice.words("detail") if any(cell.sentences for row in table.rows for cell in row.cells) else ()
    again = say("coverage.again", lang, words=say("remark.quoted", lang, words=one_line(wanting[0]))) if wanting else ""
    above = notice.advice(lang) or ("" if rows else say("coverage.nothing", lang))
    told = {"above": above, "note": notice.note(lang), "orders": orders, "again": again, "left": _not_understood(notice)}
    return {"rows": rows, **told, "unclear": say("coverage.unclear", lang) if notice.asks_more else ""}


def _cell(row: Row, cell: Cell, lang: Lang) -> dict[str, Any]:
    return {
        "question": question_name(cell.question, lang),
        "asked": cell.asked,
        "answers": [(one_line(sentence.text), sentence in cell.loose) for sentence in cell.sentences],
        "perhaps": [one_line(sentence.text) for sentence in cell.perhaps],
        "beside": [one_line(sentence.text) for sentence in cell.beside],
        "ask": row.ask(cell.question, lang) if cell.gap else "",
    }
