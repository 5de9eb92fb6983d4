"""The account-health report: what is there is read, what disagrees is said, nothing is guessed."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appealkit.cli import main
from appealkit.figures.health import Health, HealthError, Note, Reading
from appealkit.figures.report import read_health_report
from appealkit.figures.view import health_to_json, health_to_text, show_figures
from appealkit.language import LANGS, Lang, listed, say
from appealkit.tables import load

ODR = {
    "reportingDateRange": {"reportingDateFrom": "2026-03-02T00:00Z", "reportingDateTo": "2026-04-30T23:59Z"},
    "orderCount": 310,
    "orderWithDefects": {"count": 4, "status": "BAD"},
    "claims": {"count": 3, "status": "NONE"},
    "chargebacks": {"count": 0, "status": "NONE"},
    "negativeFeedback": {"count": 1, "status": "NONE"},
    "fulfillmentType": "mfn",
    "status": "BAD",
    "rate": 0.0129,
    "targetValue": 0.01,
    "targetCondition": "LESS_THAN",
}


def report(section: str = "orderDefectRate", /, **changes: object) -> str:
    """Write a report with one section; a change to None takes a part out."""
    part = {key: value for key, value in {**(ODR if section == "orderDefectRate" else {}), **changes}.items() if value is not None}
    place = {"marketplaceId": "ATVPDKIKX0DER", section: {"mfn": part} if section == "orderDefectRate" else part}
    return json.dumps({"accountStatuses": [], "performanceMetrics": [place]})


def only(text: str) -> Reading:
    """Read a report with one metric."""
    (metric,) = read_health_report(text).metrics
    return metric


def keys(metric: Reading) -> list[str]:
    """Name what disagrees."""
    return [note.key for note in metric.disagreements]


def test_sound_report_is_read_as_it_is() -> None:
    """A report without contradictions gives rate, target, counts, kinds and window, and nothing disagrees."""
    metric = only(report())
    assert (metric.id, metric.marketplace, metric.fulfilment) == ("odr", "ATVPDKIKX0DER", "MFN")
    assert (metric.value, metric.target, metric.meets_target) == (1.29, 1.0, False)
    assert (metric.orders, metric.defects) == (310, 4)
    assert metric.by_kind == {"a-to-z": 3, "negative-feedback": 1, "chargeback": 0}
    assert (str(metric.start), str(metric.end)) == ("2026-03-02", "2026-04-30")
    assert not metric.disagreements


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"rate": 0.009}, "rate-differs"),
        ({"rate": 0}, "rate-differs"),
        ({"rate": None}, "rate-counted"),
        ({"rate": "NaN"}, "no-rate"),
        ({"rate": -0.01}, "no-rate"),
        ({"rate": 1.29}, "rate-in-percent"),
        ({"rate": "1,92 %"}, "rate-differs"),
        ({"rate": 7.5}, "no-rate"),
        ({"orderCount": 3}, "more-than-all"),
        ({"orderCount": "many"}, "no-count"),
        ({"orderCount": -310}, "no-count"),
        ({"orderCount": 310.5}, "no-count"),
        ({"orderWithDefects": {"count": 2}}, "kind-exceeds"),
        ({"claims": {"count": 1}}, "kinds-fall-short"),
        ({"status": "GOOD"}, "status-differs"),
        ({"status": "SPLENDID"}, "unknown-status"),
        ({"targetValue": 0.02}, "target-differs"),
        ({"fulfillmentType": "afn"}, "fulfilment-differs"),
        ({"reportingDateRange": {"reportingDateFrom": "2026-05-01", "reportingDateTo": "2026-03-02"}}, "window-turned"),
        ({"reportingDateRange": {"reportingDateFrom": "soon"}}, "no-date"),
    ],
)
def test_contradiction_is_said(changes: dict[str, Any], key: str) -> None:
    """What contradicts itself, the counts or the published facts is said, in both languages."""
    metric = only(report(**changes))
    assert key in keys(metric)
    for note in metric.disagreements:
        assert len({note.say(lang) for lang in LANGS}) == len(LANGS)


@pytest.mark.parametrize("rate", [0.0129, 0.013, 0.01290322, "0.0129", "1.29%", "1,29 %", "0,0129"])
def test_rounding_is_no_contradiction(rate: object) -> None:
    """A rate that is the counts' own, rounded, agrees with them, also when it is stored as a text."""
    metric = only(report(rate=rate))
    assert not metric.disagreements
    assert metric.value == pytest.approx(1.29, abs=0.02)


def test_name_that_stands_twice_is_told(lang: Lang) -> None:
    """Where a part of a report has a name twice, it is said which, since only one value can be read."""
    text = report().replace('"orderCount": 310', '"orderCount": 3100, "orderCount": 310')
    (note,) = (note for note in read_health_report(text).notes if note.key == "twice")
    assert "orderCount" in note.say(lang)
    assert not [note for note in read_health_report(report()).notes if note.key == "twice"]


def test_impossible_counts_give_no_all_clear() -> None:
    """A part that is more than its whole, or a kind that alone misses the target, leaves no verdict that all is well."""
    part = {"shipmentCount": 90, "validTrackingCount": 96, "rate": 0.99}
    assert only(report("validTrackingRate", **part)).meets_target is None
    assert only(report(orderCount=1000, orderWithDefects={"count": 1}, claims={"count": 20}, rate=0.001)).meets_target is None


@pytest.mark.parametrize("changes", [{"rate": 0.009}, {"rate": 0.5, "targetValue": 1, "status": "GOOD"}])
def test_contradicting_figures_give_no_all_clear(changes: dict[str, Any]) -> None:
    """Where the rate and the counts, or the targets, lead to different verdicts, there is none."""
    assert only(report(**changes)).meets_target is None


@pytest.mark.parametrize(
    ("changes", "value", "target"),
    [
        ({"rate": 0.5, "targetValue": 1, "orderCount": None}, 0.5, 1),
        ({"rate": 0.5, "targetValue": 1, "orderCount": 800}, 0.5, 1),
        ({"rate": 0.5, "targetValue": None, "orderCount": 800}, 0.5, 1),
        ({"rate": 0.0129, "targetValue": 1}, 1.29, 1),
        ({"rate": 1.29, "targetValue": 0.01}, 1.29, 1),
        ({"rate": 0.5, "targetValue": 0.01, "orderCount": 8}, 50, 1),
    ],
)
def test_rates_in_per_cent_are_read_as_such(changes: dict[str, Any], value: float, target: float) -> None:
    """By the counts, or by the target beside it, a rate is known to be in per cent or a fraction, and what was assumed is said."""
    metric = only(report(**changes))
    assert (metric.value, metric.target) == (value, target)
    assert ("rate-in-percent" in keys(metric)) == (changes["rate"] == value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_report_in_any_encoding(encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A report is known by its first character, whatever the encoding; it keeps its own window."""
    file = tmp_path / "report"
    file.write_bytes(report().encode(encoding))
    assert main(["health", str(file)]) == 0
    assert "1.29%" in capsys.readouterr().out
    assert main(["health", str(file), "--end", "2026-04-30"]) == 2


def test_without_rate_and_counts_there_is_no_value() -> None:
    """Where neither a rate nor counts are given, there is no value, and no judgement on it."""
    metric = only(report(rate=None, orderCount=None))
    assert (metric.value, metric.meets_target, metric.orders) == (None, None, None)


@pytest.mark.parametrize(
    ("section", "part", "metric", "value", "meets"),
    [
        ("lateShipmentRate", {"orderCount": 200, "lateShipmentCount": 9, "rate": 0.045}, "late-shipment", 4.5, False),
        ("preFulfillmentCancellationRate", {"orderCount": 200, "cancellationCount": 4, "rate": 0.02}, "cancellation", 2, True),
        ("prefulfillmentCancelRate", {"orderCount": 200, "cancellationCount": 4, "rate": 0.02}, "cancellation", 2, True),
        ("validTrackingRate", {"shipmentCount": 200, "validTrackingCount": 190, "rate": 0.95}, "valid-tracking", 95, True),
        ("onTimeDeliveryRate", {"shipmentCountWithValidTracking": 50, "onTimeDeliveryCount": 44}, "on-time-delivery", 88, False),
    ],
)
def test_every_metric_is_read(section: str, part: dict[str, Any], metric: str, value: float, meets: bool) -> None:  # noqa: FBT001
    """Each metric is read under the names that reports use, and judged on its own side of the target."""
    found = only(report(section, **part))
    assert (found.id, found.value, found.meets_target) == (metric, value, meets)
    assert set(keys(found)) <= {"rate-counted"}


def test_marketplaces_and_ways_of_fulfilment_stay_apart() -> None:
    """Each marketplace has its own metrics, and the order defect rate one for each way of fulfilment."""
    places = [{"marketplaceId": name, "orderDefectRate": {"mfn": ODR, "afn": {**ODR, "fulfillmentType": "afn"}}} for name in ("A", "B")]
    metrics = read_health_report(json.dumps({"performanceMetrics": places})).metrics
    assert [(metric.marketplace, metric.fulfilment) for metric in metrics] == [("A", "MFN"), ("A", "AFN"), ("B", "MFN"), ("B", "AFN")]


def test_missing_parts_and_statuses_are_notes() -> None:
    """What a report does not give, and a status that is not published, are named."""
    statuses = [{"marketplaceId": "A", "status": status} for status in ("SUSPENDED", "DEACTIVATED", "ASLEEP")]
    text = json.dumps({"accountStatuses": statuses, "performanceMetrics": [{"marketplaceId": "A"}]})
    notes = [note.key for note in read_health_report(text).notes]
    assert notes == ["account-status", "account-status", "account-status-unknown", *["absent"] * len(load("metrics.toml"))]


@pytest.mark.parametrize("rate", [0, 0.02, None])
def test_without_orders_there_is_no_rate(rate: object, lang: Lang) -> None:
    """No orders have no rate, whatever the report says, and so meet no target; that is said plainly."""
    metric = only(report(orderCount=0, orderWithDefects={"count": 0}, rate=rate, status="GOOD", claims=None, negativeFeedback=None))
    assert (metric.value, metric.meets_target, metric.orders) == (None, None, 0)
    told = health_to_text(Health((metric,)), lang)
    assert say("health.no-orders", lang) in told
    assert say("health.meets", lang) not in told


def test_what_stands_beside_the_rates_is_named(lang: Lang) -> None:
    """The account health rating, policy violations and further rates are named as they stand, and so is what the kit does not know."""
    place = {
        "marketplaceId": "ATVPDKIKX0DER",
        "accountHealthRating": {"ahrStatus": "WARNED"},
        "listingPolicyViolations": {"defectsCount": 86, "status": "BAD"},
        "documentRequest": {"defectsCount": 8, "status": "GOOD"},
        "invoiceDefectRate": {"rate": 0.035, "status": "GOOD"},
        "foodAndProductSafetyIssues": "odd",
        "<b>newPart</b>": {},
    }
    health = read_health_report(json.dumps({"performanceMetrics": [place]}))
    beside, strange = (note.say(lang) for note in health.notes if note.key in {"beside", "not-known"})
    names = load("health.toml")["beside"]
    for part, standing in (
        ("rating", ["WARNED"]),
        ("listing", [86, "BAD"]),
        ("documents", [8, "GOOD"]),
        ("invoice", ["3.5%", "GOOD"]),
        ("food", ["?"]),
    ):
        told = {"beside-part": names[part]["name"][lang], "standing": listed(standing, lang)}
        assert say("health.note.beside-part", lang, **told) in beside
    assert "Amazon.com" in beside
    assert "bnewpartb" in strange
    assert "<b>" not in show_figures(health, lang).html


def test_every_part_of_the_schema_is_a_rate_or_beside_it() -> None:
    """No part that Amazon's schema names is unknown."""
    names = {
        "invoiceDefectRate", "lateShipmentRate", "orderDefectRate", "onTimeDeliveryRate", "unitOnTimeDeliveryRate", "validTrackingRate",
        "preFulfillmentCancellationRate", "warningStates", "accountHealthRating", "listingPolicyViolations",
        "productAuthenticityCustomerComplaints", "productConditionCustomerComplaints", "productSafetyCustomerComplaints",
        "receivedIntellectualPropertyComplaints", "restrictedProductPolicyViolations", "suspectedIntellectualPropertyViolations",
        "foodAndProductSafetyIssues", "otherPolicyViolations", "documentRequests",
    }  # fmt: skip
    notes = read_health_report(json.dumps({"performanceMetrics": [{"marketplaceId": "A", **{name: {} for name in names}}]})).notes
    assert "beside" in [note.key for note in notes]
    assert "not-known" not in [note.key for note in notes]


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "[]", "{}", "null", '{"performanceMetrics": 3}', "1" * 5000])
@pytest.mark.parametrize("lang", LANGS)
def test_what_is_no_report_is_refused(text: str, lang: Lang) -> None:
    """A text that is no report is refused with a sentence in the reader's language."""
    with pytest.raises(HealthError, match="JSON"):
        read_health_report(text, lang=lang)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*ODR, "count", "mfn", "orderDefectRate"]), inner),
    max_leaves=12,
)


@given(JSON)
def test_no_report_crashes_the_reader(stored: object) -> None:
    """Whatever stands where a section should, the reader says something or nothing, and its answer can be shown."""
    text = json.dumps({"accountStatuses": stored, "performanceMetrics": [stored, {"orderDefectRate": stored, "warningStates": stored}]})
    health = read_health_report(text)
    json.loads(health_to_json(health, "en"))
    assert health_to_text(health, "zh-Hant")


def test_json_has_the_fields_of_every_metric(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints each metric with the same fields, and dates as texts."""
    file = tmp_path / "report.json"
    file.write_text("\ufeff" + report(), encoding="utf-8")
    assert main(["health", str(file), "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert set(printed) == {"metrics", "notes"}
    fields = [
        "id",
        "marketplace",
        "fulfilment",
        "value",
        "target",
        "orders",
        "defects",
        "by_kind",
        "window",
        "meets_target",
        "disagreements",
    ]
    assert [list(metric) for metric in printed["metrics"]] == [fields]
    assert printed["metrics"][0]["window"] == {"start": "2026-03-02", "end": "2026-04-30"}


@pytest.mark.parametrize("lang", LANGS)
def test_text_names_figures_and_disagreements(lang: Lang) -> None:
    """The text shows the metric's name, its figures and what disagrees, and sends the reader to the notice."""
    metric = Reading("odr", "<b>A</b>", "MFN", 1.29, 1.0, 310, 4, {"a-to-z": 4}, disagreements=(Note("no-date", {"given": "soon"}),))
    text = health_to_text(Health((metric,)), lang)
    assert load("metrics.toml")["odr"]["name"][lang] in text
    assert all(part in text for part in ("<b>A</b>", "1.29%", "310", "soon"))


def test_missing_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is not there is named, and the exit code is 2."""
    assert main(["health", "gone.json"]) == 2
    assert capsys.readouterr().err.startswith("gone.json: cannot be read")
