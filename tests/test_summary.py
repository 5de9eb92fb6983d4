"""What to see first in a report or a file of orders: short, by name, above all else."""

import json
from datetime import date
from pathlib import Path

import pytest

from appealkit.figures.chart import chart
from appealkit.figures.courses import all_courses
from appealkit.figures.health import Health, Note, Reading
from appealkit.figures.report import read_health_report
from appealkit.figures.summary import summary
from appealkit.figures.view import health_to_text, show_figures
from appealkit.language import Lang, listed, say
from appealkit.tables import load
from appealkit.widgets import HealthForm, LetterComposer
from tests.orders import read_orders

COUNT = {"status": "GOOD", "defectsCount": 0}
SECTION = {
    "marketplaceId": "ATVPDKIKX0DER",
    "lateShipmentRate": {"orderCount": 160, "lateShipmentCount": 12, "status": "GOOD", "rate": 0.031, "targetValue": 0.04},
    "orderDefectRate": {"mfn": {"orderCount": 300, "orderWithDefects": {"count": 5}, "rate": 0.0167, "targetValue": 0.01, "status": "BAD"}},
    "validTrackingRate": {"shipmentCount": 100, "validTrackingCount": 99, "rate": 0.99, "targetValue": 0.95, "status": "GOOD"},
    "accountHealthRating": {"ahrStatus": "WARNED"},
    "listingPolicyViolations": COUNT,
    "productConditionCustomerComplaints": {"status": "BAD", "defectsCount": 2},
    "invoiceDefectRate": {"status": "NONE", "rate": 0, "orderCount": 0},
}


def made(**changed: object) -> Health:
    """Read a report of one marketplace that is in trouble."""
    statuses = [{"marketplaceId": "ATVPDKIKX0DER", "status": "DEACTIVATED"}, {"marketplaceId": "A1PA6795UKMFR9", "status": "NORMAL"}]
    return read_health_report(json.dumps({"accountStatuses": statuses, "performanceMetrics": [SECTION | changed]}))


def name(metric: str, lang: Lang) -> str:
    """Return what a metric is called."""
    return str(load("metrics.toml")[metric]["name"][lang])


def test_trouble_is_told_first_and_by_name(lang: Lang) -> None:
    """What misses its target, what disagrees and what is BAD stand above all details, a line each; what is well does not."""
    lines = summary(made(), lang)
    assert [line.split(" ")[0] for line in lines[:2]] == [name(metric, lang).split(" ")[0] for metric in ("odr", "late-shipment")]
    assert say("summary.misses", lang, rate="1.67%", target="1") in lines[0]
    assert "7.5%" in lines[1]
    assert any("DEACTIVATED" in line for line in lines)
    assert any("WARNED" in line for line in lines)
    assert any(line.endswith(listed([2, "BAD"], lang)) for line in lines)
    assert not any(word in line for line in lines for word in ("NORMAL", name("valid-tracking", lang), "GOOD"))
    assert max(len(line) for line in lines) < 140
    for shown in (health_to_text(made(), lang), show_figures(made(), lang).text):
        assert shown.startswith(say("health.short", lang))
    html = show_figures(made(), lang).html
    assert html.index(say("health.short", lang)) < html.index("<h4>")


def test_parts_at_zero_are_counted_and_not_listed(lang: Lang) -> None:
    """A policy without a violation, and a rate of no orders, are no more than a number."""
    (note,) = [note for note in made().notes if note.key == "beside"]
    assert note.values["zeros"] == 2
    assert load("health.toml")["beside"]["listing"]["name"][lang] not in note.say(lang)
    quiet = made(accountHealthRating=COUNT, productConditionCustomerComplaints=COUNT)
    assert [note.values["count"] for note in quiet.notes if note.key == "beside-nothing"] == [4]


def test_status_that_disagrees_with_a_zero_is_not_passed_over() -> None:
    """A count of zero under BAD is told."""
    health = made(listingPolicyViolations={"status": "BAD", "defectsCount": 0})
    assert any(line.endswith("0, BAD") for line in summary(health, "en"))


def test_what_is_missing_contradicts_nothing(lang: Lang) -> None:
    """A rate that is not given is told as such; where figures do contradict each other, that is told first."""
    missing, contrary = Note("rate-counted", {"counted": "1.5"}), Note("rate-differs", {"stated": "2", "counted": "1.5"})
    (told,) = summary(Health((Reading("odr", disagreements=(missing,)),)), lang)
    assert told.endswith(say("summary.look", lang, what=missing.say(lang)))
    (told,) = summary(Health((Reading("odr", disagreements=(missing, contrary)),)), lang)
    assert told.endswith(say("summary.disagrees", lang, what=contrary.say(lang)))


def test_nothing_to_tell_is_said_where_something_is_judged(lang: Lang) -> None:
    """Where all is well one line says so; where nothing can be judged nothing is said."""
    assert summary(Health((Reading("odr", meets_target=True),)), lang) == (say("summary.none", lang),)
    assert summary(Health((Reading("odr"),)), lang) == ()


@pytest.mark.parametrize("key", ["to-come", "far-window"])
def test_window_that_cannot_be_is_short(key: str, lang: Lang) -> None:
    """The reason why a metric is not judged is told in a few words; the details are told below."""
    assert summary(Health((Reading("odr", disagreements=(Note(key),)),)), lang)[0].endswith(say("summary.misplaced", lang))


def test_the_day_from_which_on_a_rate_is_right_is_told_in_short(lang: Lang, tmp_path: Path) -> None:
    """What a seller asks first, from which day on the rate meets its target, stands in short; while cells are open it does not."""
    path = tmp_path / "orders.csv"
    rows = [f"{number},2026-03-{number % 28 + 1:02},{'claim' if number == 9 else 'no'}" for number in range(90)]
    path.write_text("\n".join(["Order ID,Order Date,Defect", *rows, ""]), encoding="utf-8")
    (course,) = all_courses(read_orders(path))
    told = say("summary.falls", lang, goal=say("outlook.goal-under", lang, target="1"), stopped=course.stopped, day=course.falls)
    assert course.falls == date(2026, 4, 1)
    assert told.index(str(course.stopped)) < told.index(str(course.falls))  # most readers' accounts are stopped
    (short, *_) = summary(read_orders(path).health(), lang, [course])
    assert short.endswith(told)
    assert say("summary.from", lang, first=course.first) in short  # the file begins within the window
    assert told in show_figures(read_orders(path), lang).html
    assert told in health_to_text(read_orders(path).health(), lang, [course])
    form = HealthForm(LetterComposer(lang=lang), lang=lang)
    form.file.value = str(path)
    form.read.click()
    assert any(told in widget.value for widget in form.children if hasattr(widget, "value"))
    assert str(course.stopped) in chart(course, lang).text
    path.write_text(path.read_text(encoding="utf-8").replace("8,2026-03-09,no", "8,2026-03-09,perhaps"), encoding="utf-8")
    assert not summary(read_orders(path).health(), lang, all_courses(read_orders(path)))[0].endswith(told)


def test_rows_that_may_change_a_rate_are_named(lang: Lang, tmp_path: Path) -> None:
    """Cells that are not understood, and defects without a day, are told with their rows."""
    path = tmp_path / "orders.csv"
    path.write_text("Order ID,Order Date,Claim\n1,2026-03-02,maybe\n2,,yes\n3,2026-03-02,no\n", encoding="utf-8")
    health = read_orders(path).health()
    assert summary(health, lang)[2:] == (
        say("summary.row-left-out", lang, count=1, rows="3"),
        say("summary.row-unclear", lang, column="Claim", words="maybe", rows="2"),
        say("summary.row-undated", lang, rows="3"),
    )
    assert "0% " in summary(health, lang)[1]


def test_a_part_that_is_not_known_is_told_first(lang: Lang, tmp_path: Path) -> None:
    """Where no column tells of a kind that counts, nothing is called met, the rate is a least one, and the kind is named above all else."""
    path = tmp_path / "orders.csv"
    rows = [f"{number},2026-03-02,no,no,{'Amazon.fr' if number % 2 else 'Amazon.de'}" for number in range(300)]
    path.write_text("\n".join(["Order ID,Order Date,Foo,Chargeback,Marktplatz", *rows, ""]), encoding="utf-8")
    health = read_orders(path).health()
    lines = summary(health, lang, all_courses(read_orders(path)))
    absent = {"metric": "odr", "kinds": ("a-to-z", "negative-feedback")}
    assert lines[0] == Note("kinds-absent", absent).say(lang)
    assert all(metric.meets_target is None for metric in health.metrics)
    assert say("summary.none", lang) not in lines
    assert not any(str(line) == lines[0] for line in lines[1:])  # once, and not for each marketplace
    assert say("health.at-least", lang, rate="0%") in health_to_text(health, lang)
    form = HealthForm(LetterComposer(lang=lang), lang=lang)
    form.file.value = str(path)
    form.read.click()
    assert sum(widget.value.count(Note("kinds-absent", absent).say(lang)) for widget in form.children if hasattr(widget, "value")) == 3


def test_a_day_of_a_rate_that_is_not_whole_is_not_told_in_short(lang: Lang, tmp_path: Path) -> None:
    """As little as where cells are open can a day be told from which on the rate is right, where claims may be missing."""
    path = tmp_path / "orders.csv"
    rows = [f"{number},2026-03-{number % 28 + 1:02},{'yes' if number == 9 else 'no'}" for number in range(90)]
    path.write_text("\n".join(["Order ID,Order Date,Chargeback", *rows, ""]), encoding="utf-8")
    (course,) = all_courses(read_orders(path))
    assert course.falls
    assert not any(str(course.falls) in line for line in summary(read_orders(path).health(), lang, [course]))


def test_what_several_marketplaces_have_together_is_told(lang: Lang, tmp_path: Path) -> None:
    """A notice may state the rate of all, so that it stands beside those of each; where cells are open there is no such rate."""
    path = tmp_path / "orders.csv"
    rows = [f"{number},2026-03-02,{'claim' if number < 6 else 'no'},{'Amazon.fr' if number % 3 else 'Amazon.de'}" for number in range(300)]
    path.write_text("\n".join(["Order ID,Order Date,Defect,Marketplace", *rows, ""]), encoding="utf-8")
    told = say("summary.together", lang, rate="2%", defects=6, orders=300)
    label = f"{name('odr', lang)} · Amazon.de + Amazon.fr"
    assert summary(read_orders(path).health(), lang)[-1] == say("view.labelled", lang, label=label, words=told)
    path.write_text(path.read_text(encoding="utf-8").replace("9,2026-03-02,no", "9,2026-03-02,perhaps"), encoding="utf-8")
    assert not any(" + " in line for line in summary(read_orders(path).health(), lang))
    well = (Reading("odr", place, None, 0.0, 1.0, 20, 0, meets_target=True) for place in ("Amazon.de", "Amazon.fr"))
    assert summary(Health((*well,)), lang)[0] == say("summary.none", lang)
