"""The figures of a report or a file of orders as a view for a notebook: what they are, what disagrees, and what they mean."""

from collections.abc import Iterator

from markupsafe import Markup

from appealkit.health import Health, Reading, place
from appealkit.outlook import outlook
from appealkit.render import View, health_lines, health_to_text, render
from appealkit.summary import summary
from appealkit.text import Lang, load, say
from appealkit.workbench import Course, Orders, courses, misplaced


def show_figures(found: Health | Orders, lang: Lang) -> View:
    """Show what was read.

    Args:
        found: what `read_figures` returned.
        lang: `en` or `zh-Hant`.

    Returns:
        The view; of a file of orders each rate is drawn as well.
    """
    health = found.health() if isinstance(found, Orders) else found
    followed = list(_courses(found)) if isinstance(found, Orders) else []
    html = render(
        "health.html.j2",
        lang,
        summary=summary(health, lang),
        metrics=[_metric(metric, followed, lang) for metric in health.metrics],
        notes=[note.say(lang) for note in health.notes],
    )
    return View(html, health_to_text(health, lang, followed))


def show_metric(reading: Reading, lang: Lang, course: Course | None = None) -> View:
    """Show one metric alone.

    Args:
        reading: the metric.
        lang: `en` or `zh-Hant`.
        course: how its rate went from day to day, where the orders are known.

    Returns:
        The view.
    """
    followed = [course] if course else []
    html = render("health.html.j2", lang, summary=(), metrics=[_metric(reading, followed, lang)], notes=[])
    return View(html, health_to_text(Health((reading,)), lang, followed))


def _courses(orders: Orders) -> Iterator[Course]:
    for metric in load("metrics.toml"):
        yield from courses(orders, metric)


def _metric(metric: Reading, followed: list[Course], lang: Lang) -> dict[str, object]:
    where = (metric.id, metric.marketplace, metric.fulfilment)
    course = next((course for course in followed if (course.metric, course.marketplace, course.fulfilment) == where), None)
    course = None if misplaced(metric) else course
    return {
        "name": load("metrics.toml")[metric.id]["name"][lang],
        "place": place(metric.marketplace, metric.fulfilment),
        "lines": list(health_lines(metric, lang)),
        "disagreements": [note.say(lang) for note in metric.disagreements],
        "outlook": outlook(metric, lang, course),
        "chart": _drawn(course, lang) if course and course.crosses else "",
        "nothing": say("chart.never", lang) if course and not course.crosses else "",
    }


def _drawn(course: Course, lang: Lang) -> Markup:
    from appealkit.chart import chart  # noqa: PLC0415 - the library that draws takes longer to load than all the rest

    return Markup(chart(course, lang).html)  # noqa: S704 - made by our own template
