"""The figures of a report or a file of orders: what they are, what disagrees and what they mean, as HTML, text, JSON and a table."""

import csv
import io
import json
from collections.abc import Collection, Iterable, Iterator

from markupsafe import Markup

from appealkit.figures.courses import Course, all_courses
from appealkit.figures.daily import Orders
from appealkit.figures.health import Health, Reading, misplaced, place, unclear, uncompared
from appealkit.figures.outlook import outlook
from appealkit.figures.summary import rate_in_words, summary, told_together
from appealkit.language import Lang, listed, metric_name, say
from appealkit.text import harmless
from appealkit.view import View, render


def show_figures(found: Health | Orders, lang: Lang) -> View:
    """Show what was read.

    Args:
        found: what `read_figures` returned.
        lang: `en` or `zh-Hant`.

    Returns:
        The view; of a file of orders each rate is drawn as well.
    """
    health = found.health() if isinstance(found, Orders) else found
    followed = all_courses(found) if isinstance(found, Orders) else []
    return _shown(health, lang, followed, summary(health, lang, followed))


def show_metric(reading: Reading, lang: Lang, course: Course | None = None) -> View:
    """Show one metric alone.

    Args:
        reading: the metric.
        lang: `en` or `zh-Hant`.
        course: how its rate went from day to day, where the orders are known.

    Returns:
        The view.
    """
    return _shown(Health((reading,)), lang, [course] if course else [], ())


def health_to_text(health: Health, lang: Lang, courses: Iterable[Course] = ()) -> str:
    """Return the metrics of a report or a file of orders as plain text.

    Args:
        health: what `read_health_report` or `Orders.health` returned.
        lang: language, `en` or `zh-Hant`.
        courses: how rates went from day to day, where the orders are known.

    Returns:
        What to look at, in short; for each metric its rate, target, counts and window, what disagrees, and what the figures mean; last the
        notes.
    """
    known = {course.about: course for course in courses}
    metrics = [_metric(metric, known.get(metric.about), lang) for metric in health.metrics]
    told = summary(health, lang, known.values()) if health.notes or len(metrics) > 1 else ()  # one metric by itself is short enough
    return render("health.txt.j2", lang, summary=told, metrics=metrics, notes=[note.say(lang) for note in health.notes]).rstrip("\n")


def health_to_json(health: Health, lang: Lang) -> str:
    """Return the metrics of a report or a file of orders as one JSON object.

    Args:
        health: what `read_health_report` or `Orders.health` returned.
        lang: language of the disagreements and notes, `en` or `zh-Hant`.

    Returns:
        The JSON; rates and targets are in per cent.
    """
    metrics = [
        {
            "id": metric.id,
            "marketplace": metric.marketplace,
            "fulfilment": metric.fulfilment,
            "value": metric.value,
            "target": metric.target,
            "orders": metric.orders,
            "defects": metric.defects,
            "by_kind": dict(metric.by_kind),
            "window": {"start": metric.start and metric.start.isoformat(), "end": metric.end and metric.end.isoformat()},
            "meets_target": metric.meets_target,
            "disagreements": [note.say(lang) for note in metric.disagreements],
        }
        for metric in health.metrics
    ]
    return json.dumps({"metrics": metrics, "notes": [note.say(lang) for note in health.notes]}, ensure_ascii=False, indent=1)


def days_to_csv(courses: Iterable[Course]) -> str:
    """Return the rate of each day as a table for a spreadsheet.

    Args:
        courses: as `courses` returns them.

    Returns:
        CSV with a heading row. A name that a spreadsheet would take for a formula gets an apostrophe in front.

    >>> print(days_to_csv([]).strip())
    day,marketplace,fulfilment,orders,defects,rate,target
    """
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("day", "marketplace", "fulfilment", "orders", "defects", "rate", "target"))
    for course in courses:
        names = (harmless(course.marketplace or ""), harmless(course.fulfilment or ""))
        for point in course.points:
            table.writerow(
                (point.day, *names, point.orders, point.defects, "" if point.rate is None else f"{point.rate:g}", f"{course.target:g}")
            )
    return out.getvalue()


def doubts(health: Health, lang: Lang) -> list[str]:
    """Return what to know of data before figures are compared with it: where it contradicts itself, or may not be whole.

    Args:
        health: what `read_health_report` or `Orders.health` returned.
        lang: language, `en` or `zh-Hant`.

    Returns:
        The disagreements, each with its metric, what several have together, and then the notes; how columns were read, and what stands
        beside the rates, is left out.
    """
    found = [
        say("view.labelled", lang, label=metric.title(lang), words=note.say(lang))
        for metric in health.metrics
        for note in (*metric.disagreements, *filter(None, (uncompared(metric),)))
    ]
    return [*found, *told_together(health, lang), *(note.say(lang) for note in health.notes if note.key not in _NO_DOUBTS)]


_NO_DOUBTS = {"column", "column-words", "unused", "beside", "account-status"}


def _shown(health: Health, lang: Lang, followed: Collection[Course], told: Collection[str]) -> View:
    known = {course.about: course for course in followed}
    metrics = [
        _metric(metric, known.get(metric.about), lang) | _chart(None if misplaced(metric) else known.get(metric.about), lang)
        for metric in health.metrics
    ]
    html = render("health.html.j2", lang, summary=told, metrics=metrics, notes=[note.say(lang) for note in health.notes])
    return View(html, health_to_text(health, lang, followed))


def _metric(metric: Reading, course: Course | None, lang: Lang) -> dict[str, object]:
    return {
        "name": metric_name(metric.id, lang),
        "place": place(metric.marketplace, metric.fulfilment),
        "lines": list(_lines(metric, lang)),
        "disagreements": [note.say(lang) for note in metric.disagreements],
        "outlook": [*outlook(metric, lang, course)],
    }


def _chart(course: Course | None, lang: Lang) -> dict[str, object]:
    nothing = course and not course.crosses and any(point.orders for point in course.points)
    return {
        "chart": _drawn(course, lang) if course and course.crosses else "",
        "nothing": say("chart.never-known" if course.least else "chart.never", lang) if course and nothing else "",
    }


def _drawn(course: Course, lang: Lang) -> Markup:
    from appealkit.figures.chart import chart  # noqa: PLC0415 - the library that draws takes longer to load than all the rest

    return Markup(chart(course, lang).html)  # noqa: S704 - made by our own template


def _lines(metric: Reading, lang: Lang) -> Iterator[str]:
    """Tell the figures of a metric, not what they mean: a line with rate, target, verdict and counts, and one with the kinds of defect."""
    facts = [rate_in_words(metric, lang)]
    facts.append(say("health.target", lang, target=f"{metric.target:g}"))
    if metric.meets_target is not None:
        facts.append(say("health.meets", lang) if metric.meets_target else say("health.misses", lang))
    if metric.orders and metric.defects is not None:
        open_ = int(str(note.values["count"])) if (note := unclear(metric)) else 0
        told = "health.figures-open" if open_ else "health.figures"
        facts.append(say(told, lang, defects=metric.defects, most=metric.defects + open_, orders=metric.orders))
    yield listed(facts, lang)
    if metric.by_kind:
        kinds = [say("view.labelled", lang, label=say(f"defect.{kind}", lang), words=count) for kind, count in metric.by_kind.items()]
        yield listed(kinds, lang)
