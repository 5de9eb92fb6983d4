"""Amazon's account-health report to metrics: what is there is read, what disagrees is said, and nothing is guessed."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from appealkit.figures.health import Health, HealthError, Note, Reading
from appealkit.language import Lang, say
from appealkit.metrics import published
from appealkit.tables import load
from appealkit.text import printable
from appealkit.written import decimal_point, plain_name

MOST_NOTES = 200
"""Notes that a report may cause; a hostile one could cause millions."""


def read_health_report(text: str, *, lang: Lang = "en") -> Health:
    """Read Amazon's account-health report.

    Args:
        text: the report GET_V2_SELLER_PERFORMANCE_REPORT, as JSON. Rates in it are fractions of 1.
        lang: language of the error, `en` or `zh-Hant`.

    Returns:
        Its metrics, one for each marketplace and, for the order defect rate, for each way of fulfilment.

    Raises:
        HealthError: when the text is no JSON, or no such report.

    >>> read_health_report('{"performanceMetrics": [{"lateShipmentRate": {"orderCount": 50, "lateShipmentCount": 1}}]}').metrics[0].value
    2.0
    """
    twice: list[str] = []
    try:
        report = json.loads(text, parse_float=Decimal, parse_constant=str, object_pairs_hook=partial(_once, twice=twice))
    except (ValueError, RecursionError) as error:
        raise HealthError(say("health.not-json", lang)) from error
    report = _named(report)
    sections = report.get("performancemetrics")
    if not isinstance(sections, list | dict):
        raise HealthError(say("health.no-report", lang))
    metrics: list[Reading] = []
    notes = [*_statuses(report.get("accountstatuses"))]
    if twice:
        notes.insert(0, Note("twice", {"names": tuple(sorted({*twice})[:_PARTS_TOLD])}))
    for section in sections if isinstance(sections, list) else [sections]:
        place = _named(section)
        marketplace = _string(place.get("marketplaceid"))
        for metric, names in load("health.toml")["report"].items():
            found = _under(names["section"], place)
            if not isinstance(found, dict):
                notes.append(Note("absent", {"metric": metric, "marketplace": marketplace or "?"}))
                continue
            metrics += _readings(metric, names, marketplace, found)
        notes += [*_warnings(place, marketplace), *_beside(place, marketplace)]
    return Health(tuple(metrics), tuple(notes[:MOST_NOTES]))


def _once(pairs: list[tuple[str, object]], *, twice: list[str]) -> dict[str, object]:
    """Make an object of a report, and keep the names that stand in it more than once."""
    stored = dict(pairs)
    if len(stored) < len(pairs):
        twice += [_short(name) for name in stored if sum(name == other for other, _ in pairs) > 1][:_PARTS_TOLD]
    return stored


def _readings(metric: str, names: Mapping[str, Any], marketplace: str | None, found: dict[str, Any]) -> Iterator[Reading]:
    """Read one metric; the order defect rate stands apart for orders sent by the seller and by Amazon."""
    parts = _named(found)
    split = {way: parts[way] for way in ("mfn", "afn") if isinstance(parts.get(way), dict)}
    for way, part in split.items():
        yield _reading(metric, names, marketplace, _named(part), way.upper())
    if not split:
        yield _reading(metric, names, marketplace, parts, (_string(parts.get("fulfillmenttype")) or "").upper() or None)


def _reading(metric: str, names: Mapping[str, Any], marketplace: str | None, part: Mapping[str, Any], way: str | None) -> Reading:
    notes: list[Note] = []
    count = partial(_count, part, notes)
    orders = count(names["orders"])
    defects = count(names["bad"]) if "bad" in names else _without_good(orders, count(names["good"]), notes)
    by_kind = {kind: number for kind, keys in names.get("kinds", {}).items() if (number := count(keys)) is not None}
    counted = _counted(metric, orders, defects, notes)
    _compare_kinds(by_kind, defects, notes)
    known = published()[metric]
    target, in_percent = _target(known.target, part, notes)
    value = _value(part.get("rate"), counted, notes, in_percent=in_percent) if orders != 0 else None  # without orders there is no rate
    start, end = _window(part.get("reportingdaterange"), notes)
    worst = _counted(metric, orders, max([defects, *by_kind.values()]), []) if defects is not None else None
    verdicts = {known.meets(float(rate), bar) for rate in (value, counted, worst) if rate is not None for bar in (target, known.target)}
    impossible = any(note.key == "more-than-all" for note in notes)
    meets = verdicts.pop() if len(verdicts) == 1 and not impossible else None  # figures that contradict each other give no all-clear
    notes += [*_status(part, value, target, meets), *_fulfilment(part, way)]
    rounded = None if value is None else round(float(value), 4)
    return Reading(metric, marketplace, way, rounded, target, orders, defects, by_kind, start, end, meets, tuple(notes))


def _count(part: Mapping[str, Any], notes: list[Note], keys: Sequence[str]) -> int | None:
    """Return the count that stands under one of these names; None where there is none, or what is given is none."""
    stored = _under(keys, part)
    stored = _named(stored).get("count") if isinstance(stored, dict) else stored
    number = _number(stored)
    if stored is not None and (number is None or number < 0 or number != int(number)):
        notes.append(Note("no-count", {"what": keys[0], "given": _short(stored)}))
        return None
    return None if number is None else int(number)


def _without_good(orders: int | None, good: int | None, notes: list[Note]) -> int | None:
    """Return how many orders count against the seller, where those are given that do not."""
    if orders is None or good is None:
        return None
    if good > orders:
        notes.append(Note("more-than-all", {"part": good, "all": orders}))
        return None
    return orders - good


def _status(part: Mapping[str, Any], value: Decimal | None, target: float, meets: bool | None) -> Iterator[Note]:  # noqa: FBT001
    """Say where the status that the report gives is unknown, or differs from what its figures say."""
    status = _string(part.get("status"))
    if status is None or status.upper() == "NONE":
        return
    if status.upper() not in _STATUSES:
        yield Note("unknown-status", {"status": _short(status)})
    elif value is not None and meets is not None and (status.upper() == "GOOD") != meets:
        yield Note("status-differs", {"status": status, "value": _percent(value), "target": f"{target:g}"})


def _fulfilment(part: Mapping[str, Any], way: str | None) -> Iterator[Note]:
    """Say where the report calls the way of fulfilment otherwise than its section does."""
    stated = _string(part.get("fulfillmenttype"))
    if stated and way and stated.upper() != way:
        yield Note("fulfilment-differs", {"section": way, "stated": _short(stated)})


_STATUSES = {"GOOD", "BAD", "NONE"}
_ACCOUNT_STATUSES = {"NORMAL", "AT_RISK", "DEACTIVATED", "SUSPENDED"}  # the last one stands in the example of the report's schema alone


def _counted(metric: str, orders: int | None, defects: int | None, notes: list[Note]) -> Decimal | None:
    """Return the rate that the counts give, in per cent; None when they give none."""
    if orders is None or defects is None:
        return None
    if defects > orders:
        notes.append(Note("more-than-all", {"part": defects, "all": orders}))
        return None
    if not orders:
        return None
    share = Decimal(100 * defects) / orders
    return published()[metric].rate(share)


def _compare_kinds(by_kind: Mapping[str, int], defects: int | None, notes: list[Note]) -> None:
    """An order can have several kinds of defect, so that the kinds together are no fewer than the orders, and each is no more."""
    if defects is None:
        return
    for kind, number in by_kind.items():
        if number > defects:
            notes.append(Note("kind-exceeds", {"kind": kind, "count": number, "defects": defects}))
    if len(by_kind) == len(load("health.toml")["report"]["odr"]["kinds"]) and sum(by_kind.values()) < defects:
        notes.append(Note("kinds-fall-short", {"sum": sum(by_kind.values()), "defects": defects}))


def _value(stored: object, counted: Decimal | None, notes: list[Note], *, in_percent: bool) -> Decimal | None:
    """Return the stated rate in per cent, or else that of the counts; say where the two disagree."""
    rate = _number(stored)
    if stored is not None and (rate is None or not 0 <= rate <= 100):
        notes.append(Note("no-rate", {"given": _short(stored)}))
        rate = None
    if rate is None:
        if counted is not None:
            notes.append(Note("rate-counted", {"counted": _percent(counted)}))
        return counted
    exponent = rate.as_tuple().exponent
    digits = exponent if isinstance(exponent, int) else 0
    percent = 100 * rate
    if isinstance(stored, str) and stored.strip().endswith("%"):
        percent, digits = rate, digits - 2
    elif _is_percent(rate, counted, in_percent=in_percent):
        percent, digits = rate, digits - 2
        notes.append(Note("rate-in-percent", {"given": _short(stored)}))
    elif rate > 1:  # no fraction, and nothing says that it is meant in per cent
        notes.append(Note("no-rate", {"given": _short(stored)}))
        return counted
    rounding = Decimal(5).scaleb(max(-4, min(-3, digits)) + 1)  # half of the last digit
    if counted is not None and abs(percent - counted) > rounding:
        notes.append(Note("rate-differs", {"stated": _percent(percent), "counted": _percent(counted)}))
    return percent


def _is_percent(rate: Decimal, counted: Decimal | None, *, in_percent: bool) -> bool:
    """Tell whether a rate was given in per cent: by the counts, or where they do not tell, by the target beside it."""
    as_percent, as_fraction = (counted is not None and abs(read - counted) <= _ROUNDING for read in (rate, 100 * rate))
    return as_percent if as_percent != as_fraction else in_percent


_ROUNDING = Decimal("0.05")  # per cent: rates are mostly given to a tenth


def _target(published: float, part: Mapping[str, Any], notes: list[Note]) -> tuple[float, bool]:
    """Return the target that the report states, or else the published one, in per cent; and whether it was stated in per cent."""
    stated = _number(part.get("targetvalue"))
    if stated is None or not 0 < stated <= 100:
        return published, False
    in_percent = stated >= 1  # as a fraction, 1 would be a target of all orders
    percent = float(stated if in_percent else 100 * stated)
    if percent != published:
        notes.append(Note("target-differs", {"stated": f"{percent:g}", "published": f"{published:g}"}))
    return percent, in_percent


def _window(stored: object, notes: list[Note]) -> tuple[date | None, date | None]:
    days: list[date | None] = []
    for key in ("reportingdatefrom", "reportingdateto"):
        given = _named(stored).get(key)
        day = _day(given)
        if given is not None and day is None:
            notes.append(Note("no-date", {"given": _short(given)}))
        days.append(day)
    start, end = days
    if start and end and start > end:
        notes.append(Note("window-turned", {"start": start, "end": end}))
    return start, end


def _statuses(stored: object) -> Iterator[Note]:
    for entry in stored if isinstance(stored, list) else ():
        place = _named(entry)
        status = _string(place.get("status")) or "?"
        key = "account-status" if status.upper() in _ACCOUNT_STATUSES else "account-status-unknown"
        yield Note(key, {"marketplace": _short(place.get("marketplaceid")), "status": _short(status)})


def _warnings(place: Mapping[str, Any], marketplace: str | None) -> Iterator[Note]:
    stored = place.get("warningstates", place.get("warningstate"))
    for entry in stored if isinstance(stored, list) else ():
        warning = _named(entry)
        if _string(warning.get("status")) == "BAD":
            yield Note("warning", {"marketplace": marketplace or "?", "warning": _short(warning.get("warningtype"))})


def _beside(place: Mapping[str, Any], marketplace: str | None) -> Iterator[Note]:
    """Tell what else stands in a report: the account health rating, policy violations, other rates, and what the kit does not know."""
    known = load("health.toml")
    parts = {part: _under(names["section"], place) for part, names in known["beside"].items()}
    given = {part: _named(stored) for part, stored in parts.items() if stored is not None}
    found = tuple(Note("beside-part", _standing(part, stored)) for part, stored in given.items() if not _nothing(stored))
    where, zeros = marketplace or "?", len(given) - len(found)
    if found:
        yield Note("beside", {"marketplace": where, "beside": found, "zeros": zeros})
    elif zeros:
        yield Note("beside-nothing", {"marketplace": where, "count": zeros})
    sections = [*known["report"].values(), *known["beside"].values()]
    names = {*(plain_name(name) for section in sections for name in section["section"]), *_OTHER_PARTS}
    strange = [_short(name) for name in place if name not in names]
    if strange:
        yield Note("not-known", {"marketplace": where, "parts": tuple(strange[:_PARTS_TOLD]), "count": len(strange)})


_OTHER_PARTS = {"marketplaceid", "warningstates", "warningstate"}
_PARTS_TOLD = 8


def _nothing(stored: Mapping[str, Any]) -> bool:
    """Tell whether a part of a report stands at zero, and its status agrees."""
    count = _number(stored.get("defectscount", stored.get("rate") if _number(stored.get("ordercount")) == 0 else None))
    return count == 0 and (_string(stored.get("status")) or "NONE").upper() in {"GOOD", "NONE"}


def _standing(part: str, stored: Mapping[str, Any]) -> dict[str, object]:
    """Return how a part of a report stands: its count or its rate, and its status, as far as they are given."""
    rate = _number(stored.get("rate"))
    figure = _short(stored["defectscount"]) if "defectscount" in stored else None if rate is None else f"{_percent(100 * rate)}%"
    status = next((_short(stored[name]) for name in ("status", "ahrstatus", "accounthealthratingstatus") if name in stored), None)
    return {"beside-part": part, "standing": tuple(filter(None, (figure, status))) or ("?",)}


def _under(names: Iterable[str], place: Mapping[str, Any]) -> Any:  # noqa: ANN401 - what JSON tells
    """Return what stands in a part of a report under the first of some names that is there; None where none is."""
    return next((place[name] for name in map(plain_name, names) if name in place), None)


def _named(stored: object) -> dict[str, Any]:
    return {plain_name(key): value for key, value in stored.items()} if isinstance(stored, dict) else {}


def _string(stored: object) -> str | None:
    return printable(stored).strip() or None if isinstance(stored, str) else None


_LONGEST_NUMBER = 40


def _number(stored: object) -> Decimal | None:
    """Return a number that is stored as one or as a text, None when there is none."""
    if isinstance(stored, bool) or not isinstance(stored, int | Decimal | str) or len(text := str(stored)) > _LONGEST_NUMBER:
        return None
    try:
        plain = text.strip().removesuffix("%").rstrip()
        number = Decimal(decimal_point(plain).replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < _LONGEST_NUMBER else None


def _day(stored: object) -> date | None:
    try:
        return date.fromisoformat(stored[:10]) if isinstance(stored, str) else None
    except ValueError:
        return None


def _percent(value: Decimal) -> str:
    return f"{float(value):.4g}"


def _short(stored: object) -> str:
    text = printable(str(stored)[: 2 * _LONGEST_NUMBER])
    return text if len(text) <= _LONGEST_NUMBER else f"{text[:_LONGEST_NUMBER]}…"
