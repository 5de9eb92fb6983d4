"""The invented samples of the lessons: letters, cases, notices and reports."""

from operator import attrgetter
from typing import Any

from appealkit.case import Case
from appealkit.text import load


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
    text: str = stored("letter", name)["text"]
    return text


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
    """Name the facts that say whose letter it is, as far as they are those of an invented case. A person's name alone may be one's own.

    Args:
        case: the facts.

    Returns:
        The paths of their fields; none when the letter is no invented shop's.

    >>> borrowed(sample_case("lamps")), borrowed(Case(store="Blue Kite"))
    (('store', 'contact.email'), ())
    """
    invented = [sample_case(name) for name in load("samples.toml")["case"]]
    return tuple(field for field, told in _OF_SHOP.items() if told(case) and told(case) in map(told, invented))


_OF_SHOP = {field: attrgetter(field) for field in ("store", "contact.email")}


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
    text: str = stored("notice", name)["text"]
    return text


def sample_report(name: str) -> str:
    """Return one of the invented account-health reports of the lessons.

    Args:
        name: key of the report in `data/samples.toml`.

    Returns:
        The report, as JSON.

    Raises:
        KeyError: when there is no such report.

    >>> from appealkit.report import read_health_report
    >>> read_health_report(sample_report("trays")).metrics[0].orders
    240
    """
    text: str = stored("report", name)["text"]
    return text


def stored(kind: str, name: str) -> dict[str, Any]:
    """Return an entry of `data/samples.toml`."""
    entry: dict[str, Any] = load("samples.toml")[kind][name]
    return entry
