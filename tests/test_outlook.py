"""What the figures mean: the period to name, days over the target, when defects leave, what if; and the table for a spreadsheet."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from appealkit.cli import main
from appealkit.figures.courses import courses
from appealkit.figures.daily import Daily, Orders
from appealkit.figures.health import Reading
from appealkit.figures.outlook import goal, outlook
from appealkit.figures.view import days_to_csv
from appealkit.language import LANGS, Lang, say
from appealkit.metrics import published

FIRST = date(2026, 1, 1)
ORDERS = Orders(
    tuple(Daily(FIRST + timedelta(days=number), 2, {"a-to-z": int(number in {20, 70})}, int(number in {20, 70})) for number in range(100)),
    ("a-to-z",),
)


@pytest.mark.parametrize("lang", LANGS)
def test_outlook_tells_period_days_and_needs(lang: Lang) -> None:
    """The window, the days on the wrong side, the day on which a defect leaves, and the orders that are needed are told as figures."""
    reading = ORDERS.health().metrics[0]
    told = "\n".join(outlook(reading, lang, courses(ORDERS)[0]))
    assert (reading.defects, reading.orders) == (1, 120)
    assert say("outlook.other-end", lang, end=reading.end) in told
    assert not any(sentence == say("outlook.other-end", lang, end=reading.end) for sentence in outlook(reading, lang))  # as of a report
    for figure in ("2026-02-10", "2026-04-10", "2026-03-12", "2026-03-21", "60", "2026-05-11", "2026-01-01", "2026-02-28"):
        assert figure in told, figure


def test_where_more_may_count_no_day_is_told_to_be_sound(lang: Lang) -> None:
    """A kind that no column tells leaves days open, as a cell does that is not understood; where all is told, nothing is said of it."""
    kinds = published()["odr"].counts
    days = tuple(replace(day, counts=dict.fromkeys(kinds, 0), odr=0) for day in ORDERS.days)
    unclear = (*days[:-1], replace(days[-1], unclear={"odr": 1}))
    for orders, heads in (
        (Orders(days, kinds), ("never-over",)),
        (Orders(unclear, kinds), ("never-known", "understood")),
        (Orders(days, ("a-to-z",)), ("never-known", "told")),
    ):
        told = outlook(orders.health().metrics[0], lang, courses(orders)[0])
        known = {key: say(f"outlook.{key}", lang, of=41) for key in ("never-over", "never-known", "understood", "told")}
        assert {key for key, sentence in known.items() if sentence in told} == {*heads}


def test_kinds_are_weighed_where_there_are_several(lang: Lang) -> None:
    """Which kind carries how much is told where several do, from the greatest on."""
    told = "\n".join(outlook(Reading("odr", target=1.0, orders=900, defects=8, by_kind={"a-to-z": 2, "negative-feedback": 6}), lang))
    assert told.index("75%") < told.index("25%")


@pytest.mark.parametrize(
    "reading", [Reading("odr"), Reading("odr", value=0.2, target=1.0), Reading("odr", orders=9, defects=0, target=1.0)]
)
def test_outlook_says_nothing_that_the_data_does_not(reading: Reading, lang: Lang) -> None:
    """Without a window or counts, or with a rate on the right side, there is nothing to say."""
    assert outlook(reading, lang) == ()


def test_nothing_follows_from_a_window_that_ends_before_it_begins(lang: Lang) -> None:
    """Neither is such a period to be named in the letter, nor a day told on which its defects are gone."""
    dated = Reading("late-shipment", value=6, target=4, orders=100, defects=6, start=FIRST, end=FIRST + timedelta(29), meets_target=False)
    turned = replace(dated, start=dated.end, end=dated.start)
    assert str(FIRST) in "\n".join(outlook(dated, lang))
    told = "\n".join(outlook(turned, lang))
    assert told
    assert "2026-" not in told


def test_kinds_that_add_up_to_more_than_the_orders_are_explained(lang: Lang) -> None:
    """Where orders have several kinds, both sums are told, since a reviewer may add them up; where none has, nothing is."""
    several = Reading("odr", target=1.0, orders=310, defects=4, by_kind={"a-to-z": 3, "negative-feedback": 2})
    single = Reading("odr", target=1.0, orders=310, defects=5, by_kind={"a-to-z": 3, "negative-feedback": 2})
    assert say("outlook.overlap", lang, sum=5, defects=4) in outlook(several, lang)
    assert not any(told.startswith(say("outlook.overlap", lang, sum=5, defects=5)[:12]) for told in outlook(single, lang))


def test_what_further_claims_would_change_is_one_sentence(lang: Lang) -> None:
    """Each claim that no longer counts is told with its rate and what is still needed, in one sentence, up to the first that is enough."""
    reading = Reading("odr", value=2.0, target=1.0, orders=200, defects=4, by_kind={"a-to-z": 4}, meets_target=False)
    (told,) = [sentence for sentence in outlook(reading, lang) if "1.5%" in sentence]
    needs = [say("outlook.fewer-still", lang, count=count) for count in (101, 1)]
    each = [*zip((1, 2), ("1.5", "1"), needs, strict=True), (3, "0.5", say("outlook.fewer-then", lang))]
    assert all(say("outlook.fewer", lang, count=count, rate=rate, need=need) in told for count, rate, need in each)
    assert say("outlook.fewer", lang, count=4, rate="0", need=say("outlook.fewer-then", lang)) not in told


@pytest.mark.parametrize(("claims", "left", "rate"), [(4, 4, "2"), (1, 7, "3.5"), (30, 4, "2")])
def test_claims_that_are_too_few_are_told_once(claims: int, left: int, rate: str, lang: Lang) -> None:
    """Where no number of claims is enough, what would come of all says it, and no list of each does."""
    reading = Reading(
        "odr", value=4.0, target=1.0, orders=200, defects=left + claims, by_kind={"a-to-z": claims, "negative-feedback": left}
    )
    told = outlook(reading, lang)
    need = say("outlook.needed", lang, count=100 * left + 1 - 200, goal=goal("odr", 1.0, lang))
    assert say("outlook.withdrawn-all", lang, rate=rate, need=need) in told
    assert sum(say("defect.a-to-z", lang) in sentence and need in sentence for sentence in told) <= 1


def test_many_claims_are_told_by_the_number_that_is_enough(lang: Lang) -> None:
    """As many as are enough are told, and not every one before; also where a hostile report counts billions."""
    reading = Reading("odr", value=4.0, target=1.0, orders=1000, defects=40, by_kind={"a-to-z": 40})
    there = say("outlook.there", lang, goal=goal("odr", 1.0, lang))
    assert say("outlook.withdrawn", lang, count=31, rate="0.9", need=there) in outlook(reading, lang)
    assert outlook(replace(reading, orders=10**12, defects=10**11, by_kind={"a-to-z": 10**11}), lang)


def test_a_stopped_account_gets_no_orders(lang: Lang) -> None:
    """Beside the orders that would be enough stands that only an account that may sell gets them, and what the rate does without."""
    bad = {FIRST + timedelta(30), FIRST + timedelta(70)}
    orders = replace(ORDERS, days=tuple(replace(day, odr=int(day.day in bad)) for day in ORDERS.days[:80]))
    (course,), (reading,) = courses(orders), orders.health().metrics
    assert course.falls == FIRST + timedelta(30 + 60)
    assert course.stopped == FIRST + timedelta(70 + 60)  # good orders leave, too, so that the last defect has to
    wanted = goal("odr", 1.0, lang)
    assert say("outlook.stopped", lang, day=course.stopped, goal=wanted) in outlook(reading, lang, course)
    assert say("outlook.stopped-report", lang) in outlook(reading, lang)


def test_window_that_reaches_back_before_the_file_is_named_with_care(lang: Lang) -> None:
    """One answer does not name the whole window, judge it and say that it is not judged: it says what it rests on."""
    orders = replace(ORDERS, days=ORDERS.days[:40])
    (course,), (reading,) = courses(orders), orders.health().metrics
    window = {"start": reading.start, "end": reading.end}
    told = outlook(reading, lang, course)
    assert say("outlook.period-begun", lang, first=FIRST, **window) in told
    assert say("outlook.period", lang, **window) not in told
    assert not any("60" in sentence for sentence in told)
    assert say("outlook.period", lang, **window) in outlook(reading, lang)


def test_target_out_of_reach_is_said_to_be(lang: Lang) -> None:
    """A target of all orders is out of reach once one went wrong, and no number of orders is named."""
    (told,) = outlook(Reading("valid-tracking", target=100.0, orders=9, defects=1), lang)
    assert "100%" in told


def test_table_has_a_row_a_day() -> None:
    """The table has each day with orders, defects and rate of its window, as plain numbers."""
    rows = [*csv.DictReader(io.StringIO(days_to_csv(courses(ORDERS))))]
    assert len(rows) == 100
    assert rows[20] == {
        "day": "2026-01-21",
        "marketplace": "",
        "fulfilment": "",
        "orders": "42",
        "defects": "1",
        "rate": "2.381",
        "target": "1",
    }


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", " =1", "%0A=1"])
def test_no_name_becomes_a_formula(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A marketplace whose name a spreadsheet would take for a formula gets an apostrophe in front; a plain one does not."""
    path = tmp_path / "orders.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["date", "channel", "claim"], ["2026-03-02", name, "yes"], ["2026-03-02", "Amazon.com", "no"]])
    assert main(["health", str(path), "--format", "csv"]) == 0
    places = {row["marketplace"] for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert places == {f"'{name.strip()}", "Amazon.com"}


def test_report_has_no_table_of_days(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A report tells no single days, and says so rather than print an empty table."""
    path = tmp_path / "report.json"
    path.write_text('{"performanceMetrics": []}', encoding="utf-8")
    assert main(["health", str(path), "--format", "csv"]) == 2
    assert str(path) in capsys.readouterr().err
