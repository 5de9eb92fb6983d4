"""A fact sheet: the facts of a case as a trainee reads them, under the names that the form has for them."""

from collections.abc import Iterator

from appealkit.case import FIGURES, Action, Case, Cause, Evidence, Metric
from appealkit.language import Lang, listed, say
from appealkit.tables import load
from appealkit.written import in_digits

Line = tuple[str, str]


def fact_sheet(case: Case, lang: Lang) -> tuple[Line, ...]:
    """Return the facts of a case, line by line.

    Args:
        case: the facts.
        lang: language of the names, `en` or `zh-Hant`; the facts themselves are in English, and a metric is named in both.

    Returns:
        Name and value, in the order of the letter; what is not known has no line.

    >>> fact_sheet(Case(store="Blue Kite"), "en")
    (('Store', 'Blue Kite'), ('Account', 'existing account'))
    """
    return tuple((name, value) for name, value in _lines(case, lang) if value)


def _lines(case: Case, lang: Lang) -> Iterator[Line]:
    yield say("form.field.store", lang), case.store
    yield say("form.field.marketplace", lang), case.marketplace
    yield say("form.field.situation", lang), say(f"form.choice.situation-{case.situation}", lang)
    if case.metric:
        yield say("form.field.metric", lang), " · ".join(dict.fromkeys((case.metric.facts.name[lang], case.metric.facts.name["en"])))
        yield from figures(case.metric, lang)
    if case.period:
        yield say("form.field.period-start", lang), case.period.start.isoformat()
        yield say("form.field.period-end", lang), case.period.end.isoformat()
    yield from _entries(case, lang)
    for field in ("name", "role", "email"):
        yield say(f"form.field.contact-{field}", lang), getattr(case.contact, field)


def figures(metric: Metric, lang: Lang) -> Iterator[Line]:
    """Yield the figures of a metric as `fact_sheet` tells them; one that is not known has an empty value."""
    names = figure_names(lang)
    for field in FIGURES:
        figure = getattr(metric, field)
        yield names[field], "" if figure is None else in_digits(figure)
    for kind, count in metric.defects.items():
        yield names[f"defects.{kind}"], str(count)
    if metric.window:
        for field, day in (("metric-window-start", metric.window.start), ("metric-window-end", metric.window.end)):
            yield say(f"form.field.{field}", lang), day.isoformat()


def figure_names(lang: Lang) -> dict[str, str]:
    """Return the names that the form has for the figures of a metric, by their paths in it, such as `defects.late`."""
    kinds = {f"defects.{kind}": say("form.defects", lang, kind=say(f"defect.{kind}", lang)) for kind in load("strings.toml")["defect"]}
    return {field: say(f"form.field.metric-{field}", lang) for field in FIGURES} | kinds


def _entries(case: Case, lang: Lang) -> Iterator[Line]:
    known: dict[str, str] = {}
    kinds: dict[str, tuple[Cause | Action | Evidence, ...]] = {"causes": case.causes, "actions": case.actions, "evidence": case.evidence}
    for kind, entries in kinds.items():
        for number, entry in enumerate(entries, 1):
            name = say(f"form.entry.{kind}", lang, number=number)
            facts = entry.model_dump(mode="json", exclude_defaults=True)
            known[facts.pop("id", "")] = name
            for field, value in facts.items():
                shown = value
                if field in {"answers", "proves"}:
                    shown = listed((known.get(name, name) for name in ([value] if isinstance(value, str) else value)), lang)
                if field == "status":
                    shown = say(f"form.choice.status-{value}", lang)
                yield say("form.labelled", lang, entry=name, field=say(f"form.field.{kind}-{field}", lang)), shown
