"""The kind of a notice and its complaints, decided together."""

from collections.abc import Mapping
from math import exp

import pytest

from appealkit.alike import log_shares
from appealkit.notice import Kind
from appealkit.reading.whole import MOST, Alone, Whole, likeliest, readings, shown
from appealkit.tables import load

KINDS = load("notices.toml")["kind"]
NUMBERS = {str(number): 0.0 for number in range(MOST + 1)}


def alone(
    kind: Kind, odds: Mapping[str, float], *, counted: int | None = None, metrics: tuple[str, ...] = (), first: frozenset[str] | None = None
) -> Alone:
    """Return what was weighed of a notice of a kind, where any number of complaints is as likely."""
    kinds = log_shares({name: 4.0 * (name == kind) for name in KINDS})
    taken = frozenset(issue for issue, one in odds.items() if one > 0)
    return Alone(kinds, log_shares(NUMBERS), odds, metrics, counted, Whole(kind, taken if first is None else first))


def test_what_is_clear_is_taken() -> None:
    """Complaints that are surely asked about are taken, those that are surely not are left."""
    clear = alone("performance", {"not-received": 6, "damaged": 5, "refund": -5, "other": -6}, metrics=("odr",))
    assert likeliest(clear) == Whole("performance", frozenset({"not-received", "damaged"}))


@pytest.mark.parametrize(("counted", "wanted"), [(2, {"not-received", "damaged"}), (1, {"not-received"})])
def test_a_doubtful_complaint_is_taken_by_their_number(counted: int, wanted: set[str]) -> None:
    """A doubtful complaint is taken or left so that there are as many as the notice says."""
    first = frozenset({"not-received"})
    doubtful = alone("performance", {"not-received": 4, "damaged": 0, "other": -6}, counted=counted, metrics=("odr",), first=first)
    assert likeliest(doubtful).issues == wanted


def test_the_likely_number_of_complaints_decides() -> None:
    """How many complaints a notice seems to ask about decides what they leave open."""
    doubtful = alone("performance", {"late-shipment": 3, "tracking": 0.1, "other": -6}, first=frozenset({"late-shipment"}))
    few, many = (likeliest(doubtful._replace(numbers=log_shares(NUMBERS | {number: 6.0}))).issues for number in ("1", "2"))
    assert sorted(few) == ["late-shipment"]
    assert sorted(many) == ["late-shipment", "tracking"]


@pytest.mark.parametrize("kind", ["other", "verification"])
def test_some_kinds_ask_about_nothing(kind: Kind) -> None:
    """A mail that only informs, or wants papers of identity, asks about no complaint, whatever it names."""
    assert likeliest(alone(kind, {"not-received": 1, "other": 0}, first=frozenset())) == Whole(kind, frozenset())


def test_only_possible_readings_are_weighed() -> None:
    """Every reading that is weighed is possible, each is weighed once, and always in the same order."""
    odds = {"not-received": 2.0, "damaged": 1.0, "other": -0.5, "refund": -1.0}
    told = readings(alone("related-account", odds))
    assert len(told) == len(set(told)) > 10
    assert all(not reading.issues for reading in told if reading.kind in {"other", "verification"})
    assert all(reading.issues <= {"other"} for reading in told if reading.kind == "related-account")
    assert told == readings(alone("related-account", dict(reversed(odds.items()))))


def test_an_issue_that_nothing_names_can_be_right() -> None:
    """The reading of the phrases is among those that are weighed, also where nothing was weighed of its complaint."""
    first = frozenset({"chargeback"})
    told = alone("performance", {"other": -1.0}, first=first)
    assert Whole("performance", first) in readings(told)
    assert shown(told, Whole("performance", first))["complaints"] < -3


def test_all_that_speaks_for_a_reading_was_learned() -> None:
    """What is shown of ordinary readings has a weight, and nothing else was learned."""
    learned = load("likeness.json")["readings"]["features"]
    told = alone("performance", {"not-received": 3.0, "late-shipment": -1.0, "other": -3.0}, metrics=("odr", "late-shipment"), counted=2)
    names = {name for reading in readings(told) for name in shown(told, reading)}
    assert len(names & learned.keys()) > 0.8 * len(names)
    assert {name.split(":")[0] for name in learned} <= {
        "kind",
        "number",
        "complaints",
        "least taken",
        "most left",
        "between",
        "counted",
        "first",
        "metrics",
        "odr",
        "piece",
        "list",
        *KINDS,
    }


def test_odds_too_far_for_a_number_are_weighed() -> None:
    """Odds that a long notice may add up to, whose exponential no number holds, are weighed like others."""
    far = alone("performance", {"not-received": 2000.0, "refund": -2000.0, "other": -2000.0}, metrics=("odr",))
    assert likeliest(far) == Whole("performance", frozenset({"not-received"}))


def test_shares_of_all_kinds_are_one() -> None:
    """The logarithms of shares are of shares that together are one."""
    assert sum(map(exp, log_shares({"one": 700.0, "other": 701.5, "third": -900.0}).values())) == pytest.approx(1)
