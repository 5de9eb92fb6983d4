"""A notice, and a letter beside it, as views for a notebook: pure functions, looks in the templates."""

from appealkit.coverage import Coverage
from appealkit.notice import QUESTIONS, Notice, kind_name, metric_name, question_name
from appealkit.render import View, covered, not_understood, notice_to_text, plain_text, render, time_and_attempts
from appealkit.text import Lang


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
        kind=kind_name(notice.kind, lang) if kind else "",
        kind_words=notice.words("kind"),
        refusal=notice.words("refusal"),
        metrics=[(metric_name(metric, lang), notice.words(metric)) for metric in notice.metrics],
        numbers=time_and_attempts(notice, lang),
        issues=issues,
        questions=[question_name(question, lang) for question in QUESTIONS],
        advice=notice.advice(lang),
        note=notice.note(lang),
        left=not_understood(notice),
    )
    return View(html, notice_to_text(notice, lang, kind=kind))


def show_coverage(table: Coverage, lang: Lang) -> View:
    """Show which questions of a notice a letter answers, and the question that each gap leaves.

    Args:
        table: what `coverage` returned.
        lang: language of the questions, `en` or `zh-Hant`; the letter is in English.

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
    remark = table.unjudged.say(lang) if table.unjudged else ""
    html = render("coverage_alone.html.j2", lang, coverage=prepared, questions=questions, remark=remark)
    return View(html, f"{remark}\n{plain_text('coverage.txt.j2', lang, coverage=prepared)}".strip())
