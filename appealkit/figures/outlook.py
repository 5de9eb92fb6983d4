"""What the figures mean for the letter, as sentences."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from appealkit.figures.courses import Course
from appealkit.figures.health import Reading, misplaced, unclear
from appealkit.figures.workbench import Step, shares, what_if
from appealkit.language import Lang, listed, say
from appealkit.metrics import published

_LISTED = 8
"""Spells, days and steps that are told one by one; of the others their number."""


def outlook(reading: Reading, lang: Lang, course: Course | None = None) -> tuple[str, ...]:
    """Say what the figures of a metric mean: the period to name, the kinds of defect, the days over the target, and what if.

    Args:
        reading: the metric.
        lang: `en` or `zh-Hant`.
        course: how its rate went from day to day, where the orders are known.

    Returns:
        The sentences.
    """
    return tuple(_told(reading, lang, course))


def _told(reading: Reading, lang: Lang, course: Course | None) -> Iterator[str]:
    if misplaced(reading):  # what would follow from it would be as wrong
        return
    turned = bool(reading.start and reading.end and reading.start > reading.end)  # is told, and nothing follows from it
    if reading.start and reading.end and reading.orders != 0 and not turned:
        window = {"start": reading.start, "end": reading.end}
        begins = course.first if course and begins_within(reading, course) else None
        yield say("outlook.period-begun", lang, **window, first=begins) if begins else say("outlook.period", lang, **window)
        if course:
            yield say("outlook.other-end", lang, end=reading.end)
    if reading.least:
        yield say("outlook.understood" if unclear(reading) else "outlook.told", lang)
    yield from _kinds(reading, lang)
    if course:
        yield from _days(course, lang)
    elif reading.meets_target is False and reading.end and reading.defects and not turned:
        gone = reading.end + timedelta(days=reading.facts.window_days)
        yield say("outlook.all-gone", lang, end=reading.end, day=gone)
    yield from _further(reading, lang, course)


def _further(reading: Reading, lang: Lang, course: Course | None) -> Iterator[str]:
    """Tell what further orders would change, and claims that no longer count; nothing where the rate is on the right side already."""
    steps = what_if(reading)
    if not steps or steps[0].needed == 0:
        return
    yield _need(reading, steps[0], lang)
    if course and course.stopped:
        yield say("outlook.stopped", lang, day=course.stopped, goal=goal(reading.id, reading.target, lang))
    elif steps[0].needed:
        yield say("outlook.stopped-report", lang)
    if len(steps) > 1:
        yield _withdrawn(reading, steps[1:], lang)
        yield say("outlook.claims-first", lang)


def begins_within(reading: Reading, course: Course) -> bool:
    """Tell whether a file begins within the window: whether there were earlier orders in it, only the seller knows."""
    return bool(reading.start and course.first and reading.start < course.first)


def _kinds(reading: Reading, lang: Lang) -> Iterator[str]:
    carried = [
        say("outlook.share", lang, kind=say(f"defect.{kind}", lang), count=count, of=reading.defects, share=f"{share:g}")
        for kind, count, share in shares(reading)
        if count
    ]
    if reading.defects and len(carried) > 1:
        yield say("outlook.shares", lang, shares=listed(carried, lang, "text.between-parts"))
        together = sum(reading.by_kind.values())
        if together > reading.defects:
            yield say("outlook.overlap", lang, sum=together, defects=reading.defects)


def goal(metric: str, target: float | None, lang: Lang) -> str:
    """Say on which side of its target a rate has to be.

    Args:
        metric: id in `data/metrics.toml`.
        target: the target in per cent; the published one when None.
        lang: `en` or `zh-Hant`.

    >>> goal("odr", 1.0, "en")
    'under 1%'
    """
    known = published()[metric]
    return say(f"outlook.goal-{known.better}", lang, target=f"{known.target if target is None else target:g}")


def _need(reading: Reading, step: Step, lang: Lang) -> str:
    told = "out-of-reach" if step.needed is None else "needed" if step.needed else "there"
    return say(f"outlook.{told}", lang, count=step.needed, goal=goal(reading.id, reading.target, lang))


def _withdrawn(reading: Reading, steps: Sequence[Step], lang: Lang) -> str:
    """Tell what claims that no longer count would change: each further one until enough are gone, or all where they are too few."""
    last = next((step for step in steps if step.needed == 0), steps[-1])
    if last.needed != 0 or last.withdrawn == 1 or last.withdrawn > _LISTED:
        key = "withdrawn" if last.needed == 0 else "withdrawn-all"
        return say(f"outlook.{key}", lang, count=last.withdrawn, rate=f"{last.rate:.4g}", need=_need(reading, last, lang))
    steps = steps[: last.withdrawn]
    wanted = {"goal": goal(reading.id, reading.target, lang)}
    told = ["beyond" if step.needed is None else "still" if step.needed else "then" for step in steps]
    needs = [say(f"outlook.fewer-{key}", lang, count=step.needed, **wanted) for key, step in zip(told, steps, strict=True)]
    each = [
        say("outlook.fewer", lang, count=step.withdrawn, rate=f"{step.rate:.4g}", need=need)
        for step, need in zip(steps, needs, strict=True)
    ]
    return say("outlook.withdrawn-each", lang, each=listed(each, lang, "text.between-parts"), **wanted)


def _days(course: Course, lang: Lang) -> Iterator[str]:
    sound = course.sound
    if course.over:
        spells = [str(end) if start == end else say("health.window", lang, start=start, end=end) for start, end in course.spells]
        key = "outlook.over-least" if course.least and len(course.over) < len(sound) else "outlook.over"
        yield say(key, lang, days=len(course.over), of=len(sound), spells=listed(spells[-_LISTED:], lang, "text.between-parts"))
    elif sound:
        yield say("outlook.never-known" if course.least else "outlook.never-over", lang, of=len(sound))
    uncertain = [point.day for point in course.points if point.rate is not None and not point.complete]
    if uncertain and sound:
        yield say("outlook.incomplete", lang, window=course.window, first=course.first, day=uncertain[-1])
    if course.leaving:
        leaves = [say("outlook.leaves", lang, count=entry.defects, day=entry.leaves, left=entry.left) for entry in course.leaving[:_LISTED]]
        more = len(course.leaving) - _LISTED
        told = say("outlook.leaving", lang, end=course.points[-1].day, leaves=listed(leaves, lang, "text.between-parts"))
        yield told + (say("outlook.more", lang, count=more) if more > 0 else "")
    if course.falls:
        wanted = goal(course.metric, course.target, lang)
        yield say("outlook.falls", lang, day=course.falls, goal=wanted, end=course.points[-1].day, pace=f"{course.pace:.3g}")
