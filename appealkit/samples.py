"""The invented samples of the lessons: letters, cases, notices and reports."""

from collections.abc import Iterator
from typing import Any

from appealkit.case import Case
from appealkit.tables import load


def sample(name: str) -> str:
    """Return one of the invented letters of the lessons.

    Args:
        name: key of the letter in `data/samples.toml`.

    Returns:
        The letter, in English.

    Raises:
        KeyError: when there is no such letter.

    >>> sample("lamps-1").splitlines()[0]
    'Dear Seller Performance Team,'
    """
    return stored_text("letter", name)


def sample_case(name: str) -> Case:
    """Return one of the invented cases of the lessons.

    Args:
        name: key of the case in `data/samples.toml`.

    Returns:
        The case.

    Raises:
        KeyError: when there is no such case.

    >>> sample_case("lamps").store
    'Quiet Heron Lamps'
    """
    return Case.model_validate(stored("case", name)["facts"])


def borrowed(case: Case) -> tuple[str, ...]:
    """Name the facts that are those of an invented case: whose letter it is, all figures, and all causes or steps.

    A person's name alone may be one's own, and so may some of the figures, or one of several steps.

    Args:
        case: the facts.

    Returns:
        The paths of their fields; none when the letter is no invented shop's.

    >>> borrowed(Case(store="quiet heron lamps", contact={"name": "Lin Yu-chen"})), borrowed(Case(store="Blue Kite"))
    (('store',), ())
    """
    theirs = [[told for _, told in _telling(sample_case(name))] for name in load("samples.toml")["case"]]
    ours = zip(_telling(case), *theirs, strict=True)
    return tuple(field for (fields, told), *others in ours if told and any(told <= other for other in others) for field in fields)


def _telling(case: Case) -> Iterator[tuple[tuple[str, ...], frozenset[object]]]:
    """Yield what tells one letter from another, and the fields in which it stands."""
    yield _words({"store": case.store})
    yield _words({"contact.email": case.contact.email})
    yield _words({"metric.orders": case.metric.model_dump_json() if case.metric and case.metric.orders else ""})
    yield _words({f"causes.{number}.failed": cause.failed for number, cause in enumerate(case.causes)})
    yield _words({f"actions.{number}.what": step.what for number, step in enumerate(case.actions)})


def _words(fields: dict[str, str]) -> tuple[tuple[str, ...], frozenset[object]]:
    told = {field: words.casefold() for field, words in fields.items() if words}
    return tuple(told), frozenset(told.values())


def sample_notice(name: str) -> str:
    """Return one of the invented notices of the lessons.

    Args:
        name: key of the notice in `data/samples.toml`.

    Returns:
        The notice, in English.

    Raises:
        KeyError: when there is no such notice.

    >>> sample_notice("documents").splitlines()[0]
    'Hello,'
    """
    return stored_text("notice", name)


def sample_report(name: str) -> str:
    """Return one of the invented account-health reports of the lessons.

    Args:
        name: key of the report in `data/samples.toml`.

    Returns:
        The report, as JSON.

    Raises:
        KeyError: when there is no such report.

    >>> from appealkit.figures.report import read_health_report
    >>> read_health_report(sample_report("trays")).metrics[0].orders
    240
    """
    return stored_text("report", name)


def stored(kind: str, name: str) -> dict[str, Any]:
    """Return an entry of `data/samples.toml`."""
    entry: dict[str, Any] = load("samples.toml")[kind][name]
    return entry


def stored_text(kind: str, name: str, part: str = "text") -> str:
    """Return a text of an entry of `data/samples.toml`."""
    text: str = stored(kind, name)[part]
    return text
