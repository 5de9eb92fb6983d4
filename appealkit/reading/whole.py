"""The kind of a notice and the complaints that it asks about, decided together: whole readings of it, weighed against one another.

Each complaint by itself is doubtful; how many a notice asks about, which of them go together and which kind of notice asks about such
are often clear. The weights are learned by `tests/notices/fit.py`.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product
from math import exp, log1p
from typing import NamedTuple, get_args

from appealkit.alike import weigh
from appealkit.notice import Kind
from appealkit.reading.asked import POLICY
from appealkit.reading.complained import ISSUE_OF

MOST = 4  # complaints; that there are more is not told apart
_LONGEST = 6  # complaints, at most, that are taken by their odds alone
_DOUBTFUL = 2.0  # odds, at most, either way, of a complaint that is also tried the other way
_TRIED = 3  # kinds
_UNNAMED = -4.0  # odds of a complaint that nothing names
_FAR = 3.0  # odds that are as good as sure
ASKS_NOTHING = frozenset({"other", "verification"})
"""Kinds that ask about no complaint."""
_OTHER = frozenset({"other"})
_OF_RATES = frozenset({"cancellation", "late-shipment", "tracking"})
"""Complaints that are a metric of their own, beside which the order defect rate is asked about for itself."""


class Whole(NamedTuple):
    """One way to read a notice as a whole."""

    kind: Kind
    issues: frozenset[str]


class Alone(NamedTuple):
    """What was weighed of a notice, each by itself, and what its phrases tell.

    Args:
        kinds: for each kind the logarithm of its share.
        numbers: the same for each number of complaints, as text.
        odds: for each complaint that may be asked about the logarithm of its odds.
        metrics: those that fail.
        counted: how many complaints it says that it asks about; None where it does not say.
        first: how phrases alone read it.
        together: complaints that it names in one piece, and in one list.
    """

    kinds: Mapping[str, float]
    numbers: Mapping[str, float]
    odds: Mapping[str, float]
    metrics: Collection[str]
    counted: int | None
    first: Whole
    together: Sequence[tuple[str, frozenset[str]]] = ()


def likeliest(alone: Alone) -> Whole:
    """Return the reading that most speaks for, of all that are worth weighing.

    Args:
        alone: what was weighed by itself.
    """
    return max(readings(alone), key=lambda reading: weigh(shown(alone, reading), "readings")["right"])


def readings(alone: Alone) -> list[Whole]:
    """Return the readings that are worth weighing, in an order of their own.

    Args:
        alone: what was weighed by itself.
    """
    kinds = sorted(get_args(Kind), key=lambda kind: -alone.kinds[kind])[:_TRIED]
    found = {Whole(kind, issues) for kind, issues in product(kinds, _issues(alone)) if _may_be(kind, issues)}
    return sorted(found, key=lambda reading: (reading.kind, sorted(reading.issues)))


def _may_be(kind: Kind, issues: frozenset[str]) -> bool:
    """Of a related account the relation alone is asked about, of a verification and of other mails nothing."""
    return not issues or (issues == _OTHER if kind == "related-account" else kind not in ASKS_NOTHING)


def _issues(alone: Alone) -> Iterator[frozenset[str]]:
    """Yield sets of complaints: the likeliest ones, those of the first reading, and with each doubtful one the other way."""
    by_odds = sorted(alone.odds, key=lambda issue: (-alone.odds[issue], issue))
    for many in range(_LONGEST + 1):
        likely = frozenset(by_odds[:many])
        yield from (likely, likely | _OTHER, likely - _OTHER)
    taken = frozenset(issue for issue in by_odds if alone.odds[issue] > 0)
    doubtful = [issue for issue in by_odds if abs(alone.odds[issue]) < _DOUBTFUL]
    yield from (taken ^ {issue} for issue in doubtful)
    yield from (taken, alone.first.issues)


def shown(alone: Alone, reading: Whole) -> dict[str, float]:
    """Return what speaks for or against a reading, each with how much of it there is.

    Args:
        alone: what was weighed by itself.
        reading: a reading of the same notice.
    """
    kind, issues = reading
    amounts = {"kind": alone.kinds[kind], "number": alone.numbers[str(min(MOST, len(issues)))]}
    if alone.counted is not None:
        amounts[f"counted: {_yes(alone.counted == len(issues))}"] = 1
    amounts[f"first: issues {_yes(alone.first.issues == issues)}, kind {_yes(alone.first.kind == kind)}"] = 1
    policy = ", ".join(sorted(issues & POLICY)) or "none"
    amounts[f"{kind}: {policy} of a policy, others {_yes(issues - POLICY)}"] = 1
    return amounts if kind in ASKS_NOTHING else amounts | _of_issues(alone, reading) | dict.fromkeys(_of_metrics(alone, reading), 1.0)


def _of_issues(alone: Alone, reading: Whole) -> dict[str, float]:
    """Return how likely the complaints are that are taken, and those that are left."""
    issues = reading.issues
    odds = {issue: alone.odds.get(issue, _UNNAMED) for issue in (*alone.odds, *sorted(issues - alone.odds.keys()))}
    amounts = {"complaints": sum(_log_share(one if issue in issues else -one) for issue, one in odds.items())}
    added, dropped = (min(2, len(some)) for some in (issues - alone.first.issues, alone.first.issues - issues))
    amounts[f"first: {added} added, {dropped} dropped"] = 1
    for where, some in alone.together:
        taken = "all" if some <= issues else "some" if some & issues else "none"
        amounts[f"{where}: {taken}"] = 1
    if issues:
        least, most = min(odds[issue] for issue in issues), max((one for issue, one in odds.items() if issue not in issues), default=-9.0)
        amounts |= {"least taken": _near(least), "most left": _near(most), "between": _near(least - most)}
    return amounts


def _of_metrics(alone: Alone, reading: Whole) -> Iterator[str]:
    """Yield how the metrics that fail go with the complaints."""
    issues = reading.issues
    of_metrics = {ISSUE_OF[metric] for metric in alone.metrics if metric != "odr"}
    if of_metrics:
        among = "all" if of_metrics <= issues else "some" if of_metrics & issues else "none"
        yield from (f"metrics: {among}", f"metrics: {among} of {min(3, len(issues))}")
    others = issues - _OTHER
    beside = "complaints" if others - _OF_RATES else "rates" if others else "none"
    yield f"odr: {_yes('odr' in alone.metrics)}, other {_yes(issues & _OTHER)}, beside {beside}"
    yield f"{reading.kind}: metrics {_yes(alone.metrics)}, issues {_yes(issues)}"


def _yes(so: object) -> str:
    return "yes" if so else "no"


def _near(odds: float) -> float:
    return max(-_FAR, min(_FAR, odds))


def _log_share(odds: float) -> float:
    """Return the logarithm of the share that goes with the logarithm of odds, also where these are too far for a number."""
    return min(odds, 0.0) - log1p(exp(-abs(odds)))
