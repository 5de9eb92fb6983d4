"""What to see first in a report or a file of orders: which metrics miss their target, what disagrees, and what else is in trouble."""

from collections.abc import Iterable, Iterator, Mapping

from appealkit.figures.courses import Course
from appealkit.figures.health import Health, Note, Reading, misplaced, partial, together, unclear
from appealkit.figures.outlook import begins_within, goal
from appealkit.language import Lang, listed, say

_SOUND = {"GOOD", "NONE", "NORMAL", "HEALTHY"}
"""How a report calls what is in no trouble."""
_ROWS = {
    "unknown-cell": "row-unclear",
    "unknown-kind": "row-unclear",
    "unknown-rating": "row-unclear",
    "undated-defects": "row-undated",
    "wrong-rows": "row-left-out",
}
"""Notes of a file of orders that may change its rates, and how they are told in short."""
_UNREAD = {"no-count", "no-rate", "rate-counted", "rate-in-percent", "no-date", "unknown-status"}
"""What is missing from a report or was read in a way to look at, and contradicts nothing."""


def summary(health: Health, lang: Lang, courses: Iterable[Course] = ()) -> tuple[str, ...]:
    """Tell in short what needs to be looked at.

    Args:
        health: what `read_health_report` or `Orders.health` returned.
        lang: `en` or `zh-Hant`.
        courses: how rates went from day to day, where the orders are known.

    Returns:
        First what is not counted; then a line for each metric that misses its target, with the days from which on it would not, or whose
        figures disagree, and for each other trouble; one that says so when there is none, and nothing when no metric can be judged; last
        what several marketplaces or ways of fulfilment have together.

    >>> summary(Health((Reading("odr", value=1.67, target=1.0, meets_target=False),)), "en")
    ('order defect rate: misses the target (1.67%, target 1%)',)
    """
    absent = dict.fromkeys(note.say(lang) for note in map(partial, health.metrics) if note)
    lines = (*absent, *_metrics(health, lang, {course.about: course for course in courses}), *_beside(health, lang))
    sound = (say("summary.none", lang),) if any(metric.meets_target for metric in health.metrics) else ()
    return (*(lines or sound), *told_together(health, lang))


def rate_in_words(metric: Reading, lang: Lang) -> str:
    """Tell the rate of a metric; where cells are not understood, without them and with them.

    Args:
        metric: the metric.
        lang: `en` or `zh-Hant`.
    """
    if metric.value is None:
        return say("health.no-orders" if metric.orders == 0 else "health.no-value", lang)
    if note := unclear(metric):
        low, high = sorted((metric.value, float(str(note.values["rate"]))))
        return say("health.either", lang, low=f"{low:.4g}", high=f"{high:.4g}")
    rate = f"{metric.value:.4g}%"
    return say("health.at-least", lang, rate=rate) if partial(metric) else rate


def _metrics(health: Health, lang: Lang, courses: Mapping[tuple[str, str | None, str | None], Course]) -> Iterator[str]:
    for metric in health.metrics:
        told = [*_doubt(metric, lang)]
        if metric.meets_target is False:
            told.insert(0, say("summary.misses", lang, rate=rate_in_words(metric, lang), target=f"{metric.target:g}"))
            course = courses.get(metric.about)
            if course and course.falls and not (metric.least or misplaced(metric)):
                days = {"stopped": course.stopped, "day": course.falls}
                told.insert(1, say("summary.falls", lang, goal=goal(metric.id, course.target, lang), **days))
            if course and begins_within(metric, course) and not misplaced(metric):
                told.insert(1, say("summary.from", lang, first=course.first))
        if told:
            yield say("view.labelled", lang, label=metric.title(lang), words=listed(told, lang, "text.between-parts"))


def told_together(health: Health, lang: Lang) -> Iterator[str]:
    """Tell what several marketplaces or ways of fulfilment have together: a notice may state that.

    Args:
        health: the metrics.
        lang: `en` or `zh-Hant`.
    """
    open_ = {metric.id for metric in health.metrics if unclear(metric) or misplaced(metric)}
    for whole in together(health.metrics):
        if whole.value is not None and whole.id not in open_:
            told = say("summary.together", lang, rate=rate_in_words(whole, lang), defects=whole.defects, orders=whole.orders)
            yield say("view.labelled", lang, label=whole.title(lang), words=told)


def _doubt(metric: Reading, lang: Lang) -> Iterator[str]:
    """Say in short what is not certain about a metric."""
    inside = [note for note in metric.disagreements if note.key.endswith("-in-window")]
    other = [note for note in metric.disagreements if note not in inside and note != partial(metric)]
    if misplaced(metric):
        yield say("summary.misplaced", lang)
    elif other:
        contrary = [note for note in other if note.key not in _UNREAD]
        yield say("summary.disagrees" if contrary else "summary.look", lang, what=(contrary or other)[0].say(lang))
    elif inside and metric.meets_target is not False and (metric.meets_target is None or unclear(metric)):
        yield say("summary.open", lang, rate=rate_in_words(metric, lang))


def _beside(health: Health, lang: Lang) -> Iterator[str]:
    """Tell what stands beside the rates and is in trouble."""
    for note in health.notes:
        values: Mapping[str, object] = note.values
        if note.key in {"account-status-unknown", "warning", "far-days"} or (note.key == "account-status" and not _sound(values["status"])):
            yield note.say(lang)
        elif note.key in _ROWS:
            yield say(f"summary.{_ROWS[note.key]}", lang, **note.told(lang))
        elif note.key == "beside" and isinstance(parts := values["beside"], tuple):
            for part in parts:
                if isinstance(part, Note) and isinstance(standing := part.values["standing"], tuple) and not _sound(standing[-1]):
                    where = Note("beside-in", {"marketplace": values["marketplace"], "beside": (part,)})
                    yield where.say(lang)


def _sound(status: object) -> bool:
    """Tell whether a status is in no trouble; a figure alone is none."""
    return str(status).upper() in _SOUND or not str(status).isidentifier()
