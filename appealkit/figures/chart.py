"""The rate of each day as a chart: drawn on this machine, the same every time, readable without colour, and told in words as well."""

import io
import logging
import re
from collections.abc import Sequence
from datetime import date, timedelta
from math import nan

from markupsafe import Markup

logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # at its first use it would tell that it looks for fonts

import matplotlib.style
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, StrMethodFormatter

from appealkit.figures.courses import Course, Point
from appealkit.figures.health import place
from appealkit.figures.outlook import goal
from appealkit.language import Lang, metric_name, say
from appealkit.metrics import published
from appealkit.view import View, render

_INK = "#010203"  # stands for the colour of the page's own text, light or dark
_PARTS = 4  # in which the axis of days is parted
_STYLE = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 10,
    **dict.fromkeys(("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color"), _INK),
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def chart(course: Course, lang: Lang) -> View:
    """Draw how a rate went: a solid line, dotted where it is not certain, its target as a dashed one, and the newest window shaded.

    Args:
        course: the rate of each day.
        lang: language of the words beside it, `en` or `zh-Hant`.

    Returns:
        The view: the drawing with a caption as HTML, and what it shows in words as text.
    """
    words = tuple(_words(course, lang))
    title = metric_name(course.metric, lang)
    where = place(course.marketplace, course.fulfilment)
    drawing, key = Markup(_drawing(course)), _key(course, lang)  # noqa: S704 - numbers alone
    html = render("chart.html.j2", lang, title=title, place=where, words=words, drawing=drawing, key=key)
    return View(html, "\n".join([" · ".join(filter(None, (title, where))), key, *words]))


def _words(course: Course, lang: Lang) -> list[str]:
    """Say what the drawing shows."""
    rated = [point for point in course.points if point.rate is not None]
    if not rated:
        return [say("chart.nothing", lang)]
    sound, drawn, last = course.sound, _drawn(course), rated[-1]
    told = []
    if len(sound) > 1:  # of a single day nothing is worst
        key = "chart.range-least" if course.least and len(course.over) < len(sound) else "chart.range"
        told.append(say(key, lang, first=sound[0].day, last=last.day, days=len(sound), over=len(course.over)))
        by_rate = sorted(sound, key=lambda point: (point.rate or 0.0, point.day))
        worst = by_rate[0] if published()[course.metric].high else by_rate[-1]
        told.append(say("chart.worst", lang, day=worst.day, rate=_rate(course, worst, lang)))
    told += [
        say("chart.newest", lang, rate=_rate(course, last, lang), defects=last.defects, orders=last.orders, target=f"{course.target:g}"),
        *([_falls(course, lang)] if course.falls and not course.least else []),
        say("chart.window", lang, start=last.day - timedelta(days=course.window - 1), end=last.day),
    ]
    if drawn[0] is not rated[0]:
        told.append(say("chart.from", lang, day=drawn[0].day, orders=drawn[0].orders))
    return told


def _rate(course: Course, point: Point, lang: Lang) -> str:
    """Tell the rate of a day; where more may count against it, as its best case."""
    rate = f"{point.rate:.3g}%"
    if not course.least:
        return rate
    return say("health.at-most" if published()[course.metric].high else "health.at-least", lang, rate=rate)


def _falls(course: Course, lang: Lang) -> str:
    days = {"stopped": course.stopped, "day": course.falls}
    return say("chart.falls", lang, goal=goal(course.metric, course.target, lang), **days)


def _key(course: Course, lang: Lang) -> str:
    """Say what the lines are that are drawn, and no others."""
    whole = [point for point in _drawn(course) if point.complete]
    thin = [say("chart.key-dotted", lang)] if len(whole) < len(_drawn(course)) else []
    solid = [say("chart.key-dot" if len(whole) == 1 else "chart.key-solid", lang)] if whole else []
    return " ".join([*solid, *thin, say("chart.key", lang)])


def _drawn(course: Course) -> list[Point]:
    """Return the days with a rate that are drawn: of uncertain ones those whose window holds half as many orders as the last one.

    The rate of a few orders would leap so high that the line of the others were flat.
    """
    rated = [point for point in course.points if point.rate is not None]
    first = next((place for place, point in enumerate(rated) if point.complete or 2 * point.orders >= rated[-1].orders), 0)
    return rated[first:]


def _drawing(course: Course) -> str:
    salt = {"svg.hashsalt": str(course)}  # so that no two drawings of a page share a name unless they are the same
    with matplotlib.style.context(["default", _STYLE | salt]):
        figure = Figure(figsize=(7.2, 2.9), layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.add_subplot()
        _draw(axes, course)
        out = io.StringIO()
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return _CLEAN.sub("", out.getvalue()).replace(_INK, "currentColor")


_CLEAN = re.compile(r'\A.*?(?=<svg )|<metadata>.*?</metadata>|<style.*?</style>|(?<=<g) id="[^"]*"|<!--.*?-->', re.DOTALL)
"""What a drawing in a page does not need, or must not have twice."""


def _draw(axes: Axes, course: Course) -> None:
    rated = _drawn(course)
    sound = course.sound
    axes.set_xticks([])
    axes.axhline(course.target, color=_INK, linewidth=1.4, linestyle=(0, (6, 4)))
    certain = sound[0].day if sound else date.max
    _line(axes, [point for point in course.points if point.day >= certain], 2.0, "solid")
    if rated and not rated[0].complete:
        _line(axes, [point for point in course.points if rated[0].day <= point.day <= certain], 1.0, "dotted")
    if rated:
        end = rated[-1].day
        start = end - timedelta(days=course.window - 1)
        axes.axvspan(start, end, facecolor=_INK, alpha=0.1, linewidth=0)  # type: ignore[arg-type]
        first = min(rated[0].day, start)
        days = sorted({end - (end - first) * part // _PARTS for part in range(_PARTS + 1)})
        axes.set_xlim(first - timedelta(days=1), end + timedelta(days=1))  # type: ignore[arg-type]
        axes.set_xticks(days, [day.isoformat() for day in days])  # type: ignore[arg-type]
    levels = [course.target, *(point.rate or 0.0 for point in rated)]
    low, high = min(levels), max(levels)
    axes.set_ylim(0 if low < high / 2 or high < 20 else max(0, low - (high - low) / 4), min(100, high * 1.15))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(StrMethodFormatter("{x:g}%"))
    axes.grid(axis="y", color=_INK, alpha=0.15, linewidth=0.6)


def _line(axes: Axes, points: Sequence[Point], width: float, style: str) -> None:
    """Draw the rate of some days, with a gap where there is none; of a single day a mark."""
    rates = [nan if point.rate is None else point.rate for point in points]
    single = "o" if len(points) == 1 else ""
    at = [point.day for point in points]
    axes.plot(at, rates, color=_INK, linewidth=width, linestyle=style, drawstyle="steps-post", marker=single)  # type: ignore[arg-type]
