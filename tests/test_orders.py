"""Files of orders: columns by name in two languages, any common encoding, unreadable rows listed and the others kept."""

import io
import json
import os
import re
from datetime import date, timedelta
from pathlib import Path
from threading import Thread

import pytest

from appealkit.case import Case
from appealkit.cli import main
from appealkit.figures.columns import chosen_columns, parts
from appealkit.figures.daily import Orders
from appealkit.figures.health import HealthError, together
from appealkit.figures.orders import read_figures
from appealkit.figures.orders.days import MOST_PLACES
from appealkit.figures.summary import rate_in_words
from appealkit.figures.view import health_to_json, health_to_text, show_figures
from appealkit.figures.workbench import fill
from appealkit.language import LANGS, Lang, beside, listed, say
from appealkit.tables import load
from appealkit.written import plain_name
from tests.orders import read_orders

HEADER = "Order ID,Order Date,A-to-z Claim,Negative Feedback,Chargeback"


def written(folder: Path, *rows: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
    """Write a file of orders."""
    path = folder / "orders.csv"
    path.write_bytes("\r\n".join([header, *rows, ""]).encode(encoding))
    return path


def odr(orders: Orders) -> tuple[int | None, int | None, dict[str, int]]:
    """Return orders, orders with a defect, and the counts by kind, of the order defect rate."""
    metric = orders.health().metrics[0]
    assert metric.id == "odr"
    return metric.orders, metric.defects, dict(metric.by_kind)


def test_order_with_two_defects_counts_once(tmp_path: Path) -> None:
    """An order with a claim and bad feedback is one defective order, and one of each kind."""
    path = written(tmp_path, "1,2026-03-02,yes,yes,no", "2,2026-03-03,no,no,no", "3,2026-03-04,,x,", "4,2026-03-05,0,0,0")
    assert odr(read_orders(path)) == (4, 2, {"a-to-z": 1, "negative-feedback": 2, "chargeback": 0})


def test_window_is_that_of_the_metric(tmp_path: Path) -> None:
    """The rate is that of the sixty days up to the newest order; older orders do not count."""
    days = [date(2026, 3, 1) - timedelta(days=ago) for ago in (0, 59, 60, 61)]
    metric = read_orders(written(tmp_path, *[f"{number},{day},yes,no,no" for number, day in enumerate(days)])).health().metrics[0]
    assert (metric.orders, metric.start, metric.end) == (2, date(2026, 1, 1), date(2026, 3, 1))
    assert (metric.value, metric.target, metric.meets_target) == (100, 1, False)


@pytest.mark.parametrize(
    ("cell", "negative"),
    [("1", True), ("2", True), ("3", False), ("5", False), ("yes", True), ("", False), ("positive", False), ("負評", True)],
)
def test_column_of_feedback_may_hold_stars(cell: str, negative: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """One or two stars are negative feedback, three and more are none, and so is a kind word."""
    assert odr(read_orders(written(tmp_path, f"1,2026-03-02,no,{cell},no")))[1] == int(negative)


@pytest.mark.parametrize("cell", ["denied", "Withdrawn", "rejected", "已撤銷", "已拒絕"])
def test_claim_that_was_denied_does_not_count(cell: str, tmp_path: Path) -> None:
    """A claim that was denied or withdrawn is no defect, and that it was read so is told."""
    orders = read_orders(written(tmp_path, f"1,2026-03-02,{cell},no,no", "2,2026-03-02,granted,no,no"))
    assert odr(orders)[1] == 1
    assert [note.told("en")["words"] for note in orders.notes if note.key == "taken-as-no"] == [cell]


@pytest.mark.parametrize("cell", ["無索賠", "沒有索賠", "No claim", "$0.00", "0.00", "NT$0", "—"])
def test_no_claim_is_no_claim(cell: str, tmp_path: Path) -> None:
    """Words for none, and an amount of nothing, are no claim, and need no note."""
    orders = read_orders(written(tmp_path, f"1,2026-03-02,{cell},no,no"))
    assert odr(orders)[1] == 0
    assert not {"taken-as-yes", "taken-as-no"} & {note.key for note in orders.notes}


@pytest.mark.parametrize("cell", ["19.90", "2026-09-20", "AZ-4711", '"Yes, lost"', "yes – never arrived", "是，遺失", "granted (refunded)"])
def test_amount_or_day_of_a_claim_is_one_and_is_told(cell: str, tmp_path: Path) -> None:
    """What stands in a column of claims and is neither yes nor no counts, an amount or a day as a yes with a remark does, and is named."""
    orders = read_orders(written(tmp_path, f"1,2026-03-02,{cell},no,no"))
    assert odr(orders)[1] == 1
    assert [note.told("en")["words"] for note in orders.notes if note.key == "taken-as-yes"] == [cell.strip('"')]


@pytest.mark.parametrize(
    ("cell", "negative"),
    [
        *((cell, 1) for cell in ("1", "2.0", "2 stars", "★", "★☆☆☆☆", "⭐⭐", "一星", "2 顆星", "negative", "負面", "1 out of 5")),
        *((cell, 0) for cell in ("3", "5.0", "★★★★☆", "五星", "positive", "正面", "neutral", "", "0", "-", "4/5")),
    ],
)
def test_stars_in_digits_signs_and_words(cell: str, negative: int, tmp_path: Path) -> None:
    """A rating is read however it is written."""
    orders = read_orders(written(tmp_path, f"1,2026-03-02,{cell}", header="Order ID,Order Date,Rating"))
    assert odr(orders)[1] == negative
    assert "unknown-rating" not in {note.key for note in orders.notes}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("cell", ["9", "-1", "12", "abc", "2.5"])
def test_stars_that_are_not_understood_give_no_all_clear(cell: str, lang: Lang, tmp_path: Path) -> None:
    """What is no number of stars is named and not counted, and as it could tip the verdict, there is none."""
    path = written(tmp_path, f"1,2026-03-02,{cell}", "2,2026-03-02,5", header="Order ID,Order Date,Rating")
    health = read_orders(path).health()
    assert (health.metrics[0].defects, health.metrics[0].meets_target) == (0, None)
    assert [note.told("en")["words"] for note in health.notes if note.key == "unknown-rating"] == [cell]
    assert "50%" in health_to_text(health, lang)


def test_stars_that_are_not_understood_are_no_late_shipments(tmp_path: Path) -> None:
    """They leave the late shipment rate alone, and an order that has a claim anyway counts once."""
    path = written(tmp_path, "1,2026-03-02,abc,yes,no", "2,2026-03-02,5,no,no", header="Order ID,Order Date,Rating,Claim,Late")
    odr_, late = read_orders(path).health().metrics
    assert (odr_.defects, [note.key for note in odr_.disagreements]) == (1, ["kinds-absent"])
    assert (late.meets_target, late.disagreements) == (True, ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "big5", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_chinese_columns_in_any_encoding(encoding: str, separator: str, tmp_path: Path) -> None:
    """Columns are found by their Chinese names, in the encodings and with the separators that spreadsheets write."""
    rows = [("1", "2026/3/2", "A-to-z 索賠、負評"), ("2", "2026年3月4日", "無"), ("3", "20260305", "信用卡拒付"), ("4", "2026/3/6", "")]
    header = separator.join(("訂單編號", "下單日期", "缺陷類型"))
    path = written(tmp_path, *map(separator.join, rows), header=header, encoding=encoding)
    assert odr(read_orders(path)) == (4, 2, {"a-to-z": 1, "negative-feedback": 1, "chargeback": 1})


@pytest.mark.parametrize(
    "told",
    [
        "２０２６年３月２日",
        "２０２６／３／２",
        "２０２６－０３－０２",
        "１１５．３．２",
        "115/3/2",
        "115-03-02",
        "1150302",
        "1150302 10:20",
        "0115/03/02",
        "民國115年3月2日",
        "民國 115 年 3 月 2 日 10:20",
        "46083",
        "46083.4375",
        "2026-03-02T10:20:00Z",
    ],
)
def test_dates_of_taiwan_and_of_spreadsheets(told: str, tmp_path: Path) -> None:
    """Years since 1911 and days since 1899 are read; that numbers were taken for days is told."""
    orders = read_orders(written(tmp_path, f"1,{told},yes,no,no", "2,2026-03-03,no,no,no"))
    assert (orders.first, orders.last) == (date(2026, 3, 2), date(2026, 3, 3))
    assert [note.values["count"] for note in orders.notes if note.key == "serial-dates"] == [1] * told.startswith("46083")


@pytest.mark.parametrize("told", ["1151-03-02", "2/3/1151", "1151/13/02", "2 March 1151", "115203", "115/3/222", "2/3/115"])
def test_a_year_in_which_nobody_sold_is_no_date(told: str, tmp_path: Path) -> None:
    """In whatever order it stands, such a year is a slip, or another count of years: its row is told, and not read as one of long ago."""
    orders = read_orders(written(tmp_path, f"1,{told},yes,no,no", "2,2026-03-03,no,no,no"))
    assert orders.first == date(2026, 3, 3)
    assert [note.told("en")["rows"] for note in orders.notes if note.key == "wrong-rows"] == ["2"]


def test_names_of_a_marketplace_differ_by_their_capitals_alone(tmp_path: Path) -> None:
    """One marketplace is not read as two because the file writes its name in two ways."""
    header = "Order ID,Order Date,Claim,Sales Channel"
    path = written(tmp_path, "1,2026-03-02,yes,amazon.com", "2,2026-03-02,no,Amazon.com ", "3,2026-03-02,no,UK", header=header)
    assert [(metric.marketplace, metric.orders) for metric in read_orders(path).health().metrics] == [("Amazon.com", 2), ("UK", 1)]


@pytest.mark.parametrize("lang", LANGS)
def test_columns_may_have_the_names_that_the_kit_uses(lang: Lang, tmp_path: Path) -> None:
    """Each kind of defect is found under the name that the kit itself gives it."""
    kinds = load("strings.toml")["defect"]
    assert kinds
    header = ",".join(["date", *(name[lang] for name in kinds.values())])
    orders = read_orders(written(tmp_path, "2026-03-02" + ",yes" * len(kinds), header=header))
    assert set(orders.kinds) == set(kinds)


@pytest.mark.parametrize("lang", LANGS)
def test_columns_may_have_the_names_by_which_messages_tell_parts(lang: Lang, tmp_path: Path) -> None:
    """Where a message lists what a column can tell, a column of that name is found."""
    told = {part: name[lang] for part, name in load("strings.toml")["health"]["part"].items() if part not in {"total", "status"}}
    path = written(tmp_path, *(",".join(["2026-03-02"] * len(told)),), header=",".join(told.values()))
    orders = read_orders(path)
    assert {note.values["tells"] for note in orders.notes if note.key == "column"} == set(told)


def test_columns_as_sellers_in_taiwan_name_them(tmp_path: Path) -> None:
    """The names that sellers give in their own lists are known beside those of Amazon's reports."""
    orders = read_orders(written(tmp_path, "1,民國115年3月2日,V,", "2,民國115年3月3日,,V", header="單號,下單日,買家申訴(A到Z),刷退"))
    assert odr(orders) == (2, 2, {"a-to-z": 1, "chargeback": 1})


@pytest.mark.parametrize("lang", LANGS)
def test_a_choice_is_told_by_what_is_wrong_in_it(lang: Lang) -> None:
    """A part that there is not is named, and a choice without a column; both list the parts in words."""
    for given, key in (("foo=訂單日期", "no-part"), ("date=", "no-column"), ("訂單日期", "no-column")):
        with pytest.raises(HealthError) as told:
            chosen_columns([given], lang)
        assert str(told.value) == say(f"health.{key}", lang, given=given, part="foo", known=parts(lang))


def test_several_choices_for_one_part_add_their_words(lang: Lang) -> None:
    """Whoever gives the option once more for a further word keeps the first; two columns for one part are refused."""
    for given in (["a-to-z=Guarantee=LATE", "a-to-z = guarantee=LOST|LATE"], ["a-to-z=Guarantee=LATE, A-to-Z=Guarantee=LOST"]):
        assert chosen_columns(given, lang) == {"a-to-z": "Guarantee=LATE|LOST"}
    assert chosen_columns(["a-to-z=Guarantee", "a-to-z=Guarantee=LOST"], lang) == {"a-to-z": "Guarantee=LOST"}
    assert chosen_columns(["date=Placed", "date=Placed"], lang) == {"date": "Placed"}
    with pytest.raises(HealthError) as told:
        chosen_columns(["date=Placed", "date=Sent"], lang)
    assert str(told.value) == say("health.two-columns", lang, part="date", columns=listed(["Placed", "Sent"], lang))


def test_a_few_words_of_big5_are_no_japanese(tmp_path: Path) -> None:
    """A file with Chinese in its headings alone is read, though its bytes could be those of another language."""
    path = written(tmp_path, "1,2026-03-02,是", "2,2026-03-03,否", header="訂單編號,訂購日期,A-to-z 索賠", encoding="big5")
    assert odr(read_orders(path))[:2] == (2, 1)


@pytest.mark.parametrize(
    ("cell", "counted"),
    [
        *((cell, {"negative-feedback"}) for cell in ("1 star", "2 stars", "one star", "2-star", "2 out of 5 stars", "二星")),
        *((cell, set()) for cell in ("3 star", "4 stars", "five stars", "5-star", "3 out of 5", "四星")),
        *((cell, set()) for cell in ("A-to-Z claim denied", "claim withdrawn", "a-to-z: rejected", "Claim (denied)", "A-to-Z 索賠 已駁回")),
        ("A-to-Z claim denied; 1 star", {"negative-feedback"}),
        ("A-to-Z claim", {"a-to-z"}),
    ],
)
def test_kinds_may_be_stars_and_claims_that_do_not_count(cell: str, counted: set[str], tmp_path: Path) -> None:
    """Among kinds of defect three stars and more are none, and neither is a claim that was denied or withdrawn; that is told."""
    orders = read_orders(written(tmp_path, f"2026-03-02,{cell}", header="date,defect"))
    assert {kind for kind, count in odr(orders)[2].items() if count} == counted
    keys = {note.key for note in orders.notes}
    assert "unknown-kind" not in keys
    assert ("taken-as-no" in keys) == (not counted and "star" not in cell and "星" not in cell and "out of" not in cell)


@pytest.mark.parametrize("cell", ["chargeback denied", "A-to-Z claim denied + returned", "3 parcels lost", "claim denied?? appealed"])
def test_what_only_looks_like_no_defect_is_not_understood(cell: str, tmp_path: Path) -> None:
    """What more a cell says may be a defect after all."""
    orders = read_orders(written(tmp_path, f"2026-03-02,{cell}", header="date,defect"))
    assert [note.told("en")["words"] for note in orders.notes if note.key == "unknown-kind"] == [cell]


@pytest.mark.parametrize(
    ("yes", "no"),
    [("V", "X"), ("v", "x"), ("✔", "✘"), ("✓", "✗"), ("✅", "❌"), ("○", "×"), ("yes", "no"), ("X", ""), ("X", "no"), ("Y", "N")],
)
def test_a_cross_beside_ticks_is_a_no(yes: str, no: str, tmp_path: Path) -> None:
    """Where a column has both marks a cross says no, and that it was read so is told; in another an x is a yes."""
    orders = read_orders(written(tmp_path, f"1,2026-03-02,{yes}", *[f"{row},2026-03-02,{no}" for row in (2, 3, 4)], header="id,date,claim"))
    assert odr(orders)[:2] == (4, 1)
    assert [note.told("en")["words"] for note in orders.notes if note.key == "taken-as-no"] == [no] * (no in {*"Xx✘✗❌"})
    assert not [note for note in orders.notes if note.key.startswith("unknown")]


@pytest.mark.parametrize("mark", ["✘", "❌"])
def test_a_cross_without_ticks_is_not_understood(mark: str, tmp_path: Path) -> None:
    """Alone it may mean either."""
    orders = read_orders(written(tmp_path, f"1,2026-03-02,{mark}", "2,2026-03-02,", header="id,date,claim"))
    assert [note.told("en")["words"] for note in orders.notes if note.key == "unknown-cell"] == [mark]


@pytest.mark.parametrize(("day", "read"), [("11-03-26", date(2026, 11, 3)), ("1/2/26", date(2026, 1, 2))])
def test_a_year_of_two_digits_is_told(day: str, read: date, tmp_path: Path) -> None:
    """Such a date is read in the order of the file, and how is told; a whole year, or a month that is spelt out, is not."""
    rows = ["1,11/20/2026,no,no,no", f"2,{day},no,no,no", "3,2-Mar-26,no,no,no"]
    told = [note for note in read_orders(written(tmp_path, *rows)).notes if note.key == "short-years"]
    assert [(note.values["count"], note.values["given"], note.values["day"]) for note in told] == [(1, day, read)]
    assert not [note for note in read_orders(written(tmp_path, *rows[::2])).notes if note.key == "short-years"]


def test_late_is_not_late_delivered(tmp_path: Path) -> None:
    """A kind is read as a whole, so that “delivered late” is no late shipment."""
    path = written(tmp_path, "2026-03-02,delivered late", "2026-03-02,", header="date,defect")
    found = {metric.id: metric.defects for metric in read_orders(path).health().metrics}
    assert found == {"odr": 0, "on-time-delivery": 1}


def test_unknown_words_are_named_and_not_counted(tmp_path: Path) -> None:
    """A word that is no known kind of defect is no defect, and is named."""
    orders = read_orders(written(tmp_path, "2026-03-02,box was ugly", "2026-03-02,chargeback", header="date,defect"))
    assert odr(orders)[1] == 1
    assert [note.told("en")["words"] for note in orders.notes if note.key == "unknown-kind"] == ["box was ugly"]


@pytest.mark.parametrize(("known", "of", "meets"), [("", 2, None), ("chargeback", 2, False), ("", 300, True)])
def test_unknown_words_do_not_lower_the_rate_unseen(known: str, of: int, meets: bool | None, tmp_path: Path) -> None:  # noqa: FBT001
    """The metric itself tells how many orders were not understood and what the rate is with them; the verdict has to hold both ways."""
    path = written(tmp_path, "2026-03-02,lost", f"2026-03-02,{known}", *["2026-03-02,"] * (of - 2), header="date,defect")
    metric = read_orders(path).health().metrics[0]
    (note,) = metric.disagreements
    assert (note.key, note.values["count"]) == ("unknown-in-window", 1)
    assert float(str(note.values["rate"])) == pytest.approx(100 * (1 + bool(known)) / of, abs=0.001)
    assert metric.meets_target is meets


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("date,orders,defects", ["2026-03-02,100,2", "2026-03-03,100,1"]),
        ("日期,訂單數,負評", ["2026-03-02,100,0", "2026-03-03,120,1"]),
        ("date,a-to-z claims,chargebacks", ["2026-03-02,0,0", "2026-03-03,3,0"]),
        ("date,defects", ["2026-03-02,0", "2026-03-03,12"]),
        ("date,negative feedback", ["2026-03-02,0", "2026-03-03,7"]),
    ],
)
@pytest.mark.parametrize("lang", LANGS)
def test_daily_totals_are_refused(header: str, rows: list[str], lang: Lang, tmp_path: Path) -> None:
    """A file with one row a day is refused, with a sentence that names the column and says what one row must be."""
    with pytest.raises(HealthError, match=r"One row must be one order|一列必須是一筆訂單"):
        read_orders(written(tmp_path, *rows, header=header), lang=lang)


def test_column_called_orders_may_hold_their_numbers(tmp_path: Path) -> None:
    """A column of that name that holds order numbers is no total, by its cells or because the user says so."""
    path = written(tmp_path, "111-1,2026-03-02,yes", "111-2,2026-03-02,no", header="Orders,Date,Claim")
    assert odr(read_orders(path))[:2] == (2, 1)
    path = written(tmp_path, "7001,2026-03-02,yes", "7001,2026-03-02,no", header="Orders,Date,Claim")
    assert odr(read_orders(path, columns={"id": "Orders"}))[:2] == (1, 1)


def test_rows_of_one_order_count_once(tmp_path: Path) -> None:
    """Two items of one order are one order, as old as its oldest row and with the defects of both; rows without a number stand alone."""
    rows = ["A,2026-03-03,yes,no,no", "A,2026-03-02,no,yes,no", "B,2026-03-03,no,no,no", ",2026-03-03,no,no,no", ",2026-03-03,no,no,no"]
    orders = read_orders(written(tmp_path, *rows))
    assert odr(orders) == (4, 1, {"a-to-z": 1, "negative-feedback": 1, "chargeback": 0})
    assert [(day.day.day, day.orders) for day in orders.days] == [(2, 1), (3, 3)]
    assert [note.values["count"] for note in orders.notes if note.key == "same-order"] == [1]


def test_marketplaces_and_ways_of_fulfilment_stay_apart(tmp_path: Path) -> None:
    """Orders of each marketplace and way of fulfilment have their own metrics, all with the same window."""
    rows = ["Amazon.com,Merchant,2026-03-02,yes", "amazon.com,Amazon,2026-03-02,no", "Amazon.de,賣家配送,2026-03-09,no", ",,2026-03-09,no"]
    health = read_orders(written(tmp_path, *rows, header="sales-channel,fulfillment-channel,date,claim")).health()
    assert {(metric.marketplace, metric.fulfilment, metric.orders, metric.defects) for metric in health.metrics} == {
        ("Amazon.com", "MFN", 1, 1),
        ("Amazon.com", "AFN", 1, 0),
        ("Amazon.de", "MFN", 1, 0),
        (None, None, 1, 0),
    }
    assert {metric.end for metric in health.metrics} == {date(2026, 3, 9)}


def test_column_with_too_many_places_is_not_read_apart(tmp_path: Path) -> None:
    """A column that tells apart more places than there can be is named, and the orders are counted together."""
    rows = [f"shop {number},2026-03-02,no" for number in range(MOST_PLACES + 1)]
    orders = read_orders(written(tmp_path, *rows, header="channel,date,claim"))
    assert odr(orders)[0] == MOST_PLACES + 1
    assert [note.values["most"] for note in orders.notes if note.key == "not-apart"] == [MOST_PLACES]


def test_window_may_end_on_another_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The window ends on the day that the user names; orders after it do not count, and without any there is no rate."""
    path = written(tmp_path, "1,2026-03-02,yes,no,no", "2,2026-04-02,no,no,no", "3,2026-05-02,no,no,no")
    assert main(["health", str(path), "--end", "2026-04-15", "--format", "json"]) == 0
    metric = json.loads(capsys.readouterr().out)["metrics"][0]
    assert (metric["window"], metric["orders"]) == ({"start": "2026-02-15", "end": "2026-04-15"}, 2)
    assert main(["health", str(path), "--end", "2020-01-01", "--format", "json"]) == 0
    metric = json.loads(capsys.readouterr().out)["metrics"][0]
    assert (metric["orders"], metric["value"], metric["meets_target"]) == (0, None, None)


@pytest.mark.parametrize("option", [["--end", "05/04/2026"], ["--dates", "year-first"], ["--column", "date"], ["--column", "colour=Blue"]])
def test_wrong_option_is_told_in_the_readers_language(option: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An option that cannot be is refused with a sentence in the reader's language, and nothing is printed."""
    path = written(tmp_path, "1,2026-03-02,yes,no,no")
    told = []
    for lang in LANGS:
        assert main(["health", str(path), "--lang", lang, *option]) == 2
        printed = capsys.readouterr()
        told.append(printed.err)
        assert not printed.out
    assert len(set(told)) == len(LANGS)
    assert "usage" not in "".join(told)


@pytest.mark.parametrize("lang", LANGS)
def test_rows_with_a_mistyped_year_are_named(lang: Lang, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One row of next year among four hundred is told with its number and day, and makes no all-clear."""
    rows = [
        f"{number},{date(2026, 1, 1) + timedelta(days=number // 5)},{'yes' if number % 40 == 0 else 'no'},no,no" for number in range(400)
    ]
    path = written(tmp_path, *rows, "400,2027-03-20,no,no,no")
    assert main(["health", str(path), "--lang", lang]) == 0
    printed = capsys.readouterr().out
    assert load("strings.toml")["health"]["meets"][lang] not in printed
    assert "2027-03-20" in printed
    assert [note.told("en")["rows"] for note in read_orders(path).health().notes if note.key == "far-days"] == ["402"]
    assert main(["health", str(path), "--lang", lang, "--end", "2026-03-21"]) == 0
    assert load("strings.toml")["health"]["misses"][lang] in capsys.readouterr().out


@pytest.mark.parametrize("lang", LANGS)
def test_order_of_two_days_is_told_and_gives_no_all_clear(lang: Lang, tmp_path: Path) -> None:
    """The first day of an order counts; where the last would tip the verdict there is none, and the row is named."""
    path = written(tmp_path, "1,2026-01-03,no,no,no", "1,2026-03-20,yes,no,no", "2,2026-03-21,no,no,no", "2,2026-03-21,no,no,no")
    orders = read_orders(path)
    metric = orders.health().metrics[0]
    assert (metric.orders, metric.defects, metric.meets_target) == (1, 0, None)
    assert [note.told("en") for note in orders.notes if note.key == "two-days"] == [{"count": 1, "rows": "3"}]
    assert "50%" in health_to_text(orders.health(), lang)
    inside = read_orders(written(tmp_path, "1,2026-03-03,no,no,no", "1,2026-03-20,yes,no,no", "1,2026-03-20,no,no,no")).health()
    assert (inside.metrics[0].defects, inside.metrics[0].disagreements) == (1, ())


@pytest.mark.parametrize("lang", LANGS)
def test_cancelled_orders_are_told(lang: Lang, tmp_path: Path) -> None:
    """Cancelled orders count, what the rate is without them is told, and where that tips the verdict there is none."""
    states = [f"{number},2026-03-02,{'yes' if number == 0 else 'no'},{'Cancelled' if number == 1 else 'Shipped'}" for number in range(101)]
    least = {"en": "at least 1%", "zh-Hant": "至少是 1%"}[lang]
    for header, more, whole in (("Claim,Order Status,Negative Feedback,Chargeback", ",,", True), ("Claim,Order Status", "", False)):
        rows = [row + more for row in states]
        health = read_orders(written(tmp_path, *rows, header=f"Order ID,Order Date,{header}")).health()
        assert (health.metrics[0].orders, health.metrics[0].value, health.metrics[0].meets_target) == (101, 0.9901, None)
        told = next(note.say(lang) for note in health.metrics[0].disagreements if note.key == "cancelled-in-window")
        assert "1%" in told
        assert (least in told, health.metrics[0].least) == (not whole, not whole)


@pytest.mark.parametrize("lang", LANGS)
def test_a_column_that_names_no_kind_tells_of_none(lang: Lang, tmp_path: Path) -> None:
    """Words that the kit does not know are no proof that there was no chargeback; where nothing else tells a defect, that is said."""
    columns, header = {"kind": "Case"}, "Order Date,Case,Stars"
    known, unknown = ["2026-03-02,chargeback,1", "2026-03-02,LATE,"], ["2026-03-02,Y - INR,1", "2026-03-02,N,"]
    for rows, chargebacks in ((known, 1), (["2026-03-02,N,1"], 0)):
        found = read_orders(written(tmp_path, *rows, header=header), columns=columns)
        assert odr(found)[2] == {"a-to-z": 0, "negative-feedback": 1, "chargeback": chargebacks}
    metric = read_orders(written(tmp_path, *unknown, header=header), columns=columns).health().metrics[0]
    assert metric.by_kind == {"negative-feedback": 1}
    assert [note.values["kinds"] for note in metric.disagreements if note.key == "kinds-absent"] == [("a-to-z", "chargeback")]
    with pytest.raises(HealthError, match="a-to-z=Case=Y - INR"):
        read_orders(written(tmp_path, *unknown, header="Order Date,Case,Note"), columns=columns, lang=lang)


@pytest.mark.parametrize("lang", LANGS)
def test_orders_from_elsewhere_are_left_out(lang: Lang, tmp_path: Path) -> None:
    """What Amazon sent for another shop is no order of its marketplaces; a file of nothing else is refused in plain words."""
    header = "Order ID,Order Date,Claim,Sales Channel"
    orders = read_orders(written(tmp_path, "1,2026-03-02,no,Non-Amazon US", "2,2026-03-02,yes,Amazon.com", header=header))
    assert [metric.marketplace for metric in orders.health().metrics] == ["Amazon.com"]
    assert "Non-Amazon US" in next(note.say(lang) for note in orders.notes if note.key == "elsewhere")
    with pytest.raises(HealthError, match="Sales Channel"):
        read_orders(written(tmp_path, "1,2026-03-02,no,Non-Amazon", header=header), lang=lang)


@pytest.mark.parametrize(
    "other",
    [
        *("eBay", "EBAY_US", "eBayUK", "Walmart.com", "Wal-Mart", "Shopify", "Etsy shop", "TikTokShop", "C-Discount", "Own site"),
        *(
            "Web Store",
            "Bol.com",
            "蝦皮購物",
            "ShopeeTW",
            "官網",
            "Direct",
            "Non Amazon US",
            "NonAmazon",
            "(Not Amazon)",
            "Off-Amazon",
            "非亞馬遜",
        ),
    ],
)
def test_orders_of_other_shops_are_left_out(other: str, tmp_path: Path) -> None:
    """Amazon counts no order of another shop: none stands among its orders, nor in a sum with them."""
    header = "Order ID,Order Date,Claim,Channel"
    orders = read_orders(written(tmp_path, "1,2026-03-02,no,AMZ-US", f"2,2026-03-02,yes,{other}", header=header))
    (metric,) = orders.health().metrics
    assert (metric.marketplace, metric.orders, metric.defects) == ("AMZ-US", 1, 0)
    assert [note.values["names"] for note in orders.notes if note.key == "elsewhere"] == [(other,)]


@pytest.mark.parametrize("name", ["Reverbs", "Wixom", "Targeted", "DE direct", "Bolxcom"])
def test_a_name_that_only_begins_like_a_shop_is_left_in(name: str, tmp_path: Path) -> None:
    """Orders are left out where the name says so, and not where it merely has the letters of a shop."""
    orders = read_orders(written(tmp_path, f"1,2026-03-02,no,{name}", header="Order ID,Order Date,Claim,Channel"))
    assert [metric.marketplace for metric in orders.health().metrics] == [name]


def test_names_that_are_not_amazons_are_not_added_to_its_orders(tmp_path: Path) -> None:
    """What the kit knows neither as Amazon's nor as another shop stands by itself; only what Amazon's marketplaces have is added up."""
    rows = [f"{number},2026-03-02,no,{channel}" for number, channel in enumerate(("AMZ-US", "AMZ-CA", "Depot 7"))]
    metrics = read_orders(written(tmp_path, *rows, header="Order ID,Order Date,Claim,Channel")).health().metrics
    assert [metric.marketplace for metric in metrics] == ["AMZ-CA", "AMZ-US", "Depot 7"]
    assert [(whole.marketplace, whole.orders) for whole in together(metrics)] == [("AMZ-CA + AMZ-US", 2)]


@pytest.mark.parametrize("lang", LANGS)
def test_rows_that_make_a_file_unreadable_are_named(lang: Lang, tmp_path: Path) -> None:
    """A quotation mark that is never closed, and a row of sums, are told with their rows."""
    rows = [f"{number},2026-03-02,no,no,no" for number in range(20)]
    with pytest.raises(HealthError, match=r"\b9\b"):
        read_orders(written(tmp_path, *rows[:7], '7,2026-03-02,"no,no,no', *rows[8:]), lang=lang)
    with pytest.raises(HealthError, match=r"\b22\b"):
        read_orders(written(tmp_path, *rows, "Total,,3,1,"), lang=lang)


@pytest.mark.parametrize("lang", LANGS)
def test_columns_that_were_not_read_are_named(lang: Lang, tmp_path: Path) -> None:
    """A column of defects under a name that the kit does not know is not passed over in silence."""
    orders = read_orders(written(tmp_path, "2026-03-02,no,yes", header="date,claim,拒付款"))
    unused = [note for note in orders.notes if note.key == "unused"]
    assert [note.told("en")["columns"] for note in unused] == ["拒付款"]
    assert "negative-feedback=" in unused[0].say(lang)  # a kind that no column tells, and not one that was found
    assert "拒付款" in health_to_text(orders.health(), lang)
    many = ",".join(f"extra {number}" for number in range(90))
    text = next(
        note.say(lang)
        for note in read_orders(written(tmp_path, "2026-03-02,no", header=f"date,claim,{many}")).notes
        if note.key == "unused"
    )
    assert listed(["extra 29", "…"], lang) in text


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("信用卡退款", "chargeback"),
        ("買家評分", "negative-feedback"),
        ("買家評價星等", "negative-feedback"),
        ("顧客評價", "negative-feedback"),
        ("遲出", "late"),
        ("A-Z claims", "a-to-z"),
        ("Neg. feedback", "negative-feedback"),
    ],
)
def test_further_headings(heading: str, kind: str, tmp_path: Path) -> None:
    """Headings that sellers write are found by themselves."""
    orders = read_orders(written(tmp_path, "2026-03-02,1", header=f"date,{heading}"))
    assert orders.days[0].counts[kind] == 1


def test_file_that_begins_inside_the_window_says_so(tmp_path: Path) -> None:
    """Where orders of the window may be missing from the file, that is said."""
    notes = [note.key for note in read_orders(written(tmp_path, "1,2026-03-02,yes,no,no")).health().notes]
    assert "begins-late" in notes


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "cell", ["under review", "可能", "maybe", "?", "n.b.", "yes - but withdrawn", "yes – denied", "no – granted", "yesterday: lost"]
)
def test_cell_that_is_not_understood_is_neither_a_defect_nor_none(cell: str, lang: Lang, tmp_path: Path) -> None:
    """In a column of its own a word that is neither yes nor no is named with its row; both rates are told, and none goes into a letter."""
    orders = read_orders(written(tmp_path, f"1,2026-03-02,{cell},no,no", "2,2026-03-02,yes,no,no", "3,2026-03-02,no,no,no"))
    assert odr(orders)[1] == 1
    assert [(note.told("en")["words"], note.told("en")["rows"]) for note in orders.notes if note.key == "unknown-cell"] == [(cell, "2")]
    (metric,) = orders.health().metrics
    assert rate_in_words(metric, lang) == say("health.either", lang, low="33.33", high="66.67")
    with pytest.raises(HealthError, match=re.escape(say("health.still-open", lang)[:20])):
        fill(Case(), metric, lang=lang)


def test_cell_that_is_not_understood_leaves_other_metrics_alone(tmp_path: Path) -> None:
    """What may be a late shipment is no order defect, and the verdict that may tip is the one of its own metric."""
    rows = [f"{number},2026-03-02,no,{'perhaps' if number == 1 else 'no'}" for number in range(20)]
    odr_, late = read_orders(written(tmp_path, *rows, header="Order ID,Order Date,Defect,Late")).health().metrics
    assert (odr_.meets_target, odr_.disagreements) == (True, ())
    assert (late.meets_target, late.defects) == (None, 0)


@pytest.mark.parametrize("lang", LANGS)
def test_defect_in_a_row_without_a_date_is_told(lang: Lang, tmp_path: Path) -> None:
    """A row that is left out although it tells a defect is named; one whose order has a day elsewhere is not left out."""
    rows = ["1,,no,1,no", "2,2026-03-02,no,no,no", "3,,no,no,no", "4,,yes,no,no", "4,2026-03-02,no,no,no"]
    health = read_orders(written(tmp_path, *rows)).health()
    assert health.metrics[0].defects == 1
    assert [note.told("en")["rows"] for note in health.notes if note.key == "undated-defects"] == ["2"]
    assert say("health.note.undated-defects", lang, rows="2") in health_to_text(health, lang)


def test_empty_lines_are_no_orders(tmp_path: Path) -> None:
    """Empty lines between rows, or rows of separators alone, are neither counted nor told as unreadable."""
    path = written(tmp_path, "", "2026-03-02,yes", ",", "", "soon,no", header="date/time,claim")
    orders = read_orders(path)
    assert odr(orders)[:2] == (1, 1)
    assert [note.values["count"] for note in orders.notes if note.key == "wrong-rows"] == [1]


@pytest.mark.parametrize(
    ("content", "counts"),
    [
        ("Bestellnummer;Bestelldatum;Käufer;Claim\n1;13.03.2026;Müller;ja\n2;02.03.2026;Größe;nein\n".encode("cp1252"), (2, 1)),
        ("訂單編號,訂購日期,負評,A-to-z 索賠\nA1,2026/3/2,是,否\nA2,2026/3/15,否,否\n".encode("big5"), (2, 1)),
        ("Order Number\tDate\tClaim\r\nX1\t3/2/2026\tYes\r\nX2\t3/25/2026\tNo\r\n".encode("utf-16"), (2, 1)),
        (b"Order ID;Order Date;Claim\n1;31/03/26;oui\n2;01/04/26;non\n", (2, 1)),
        (
            b'"Order ID","Order Date","Note, long","Defect Type"\n"1","March 2, 2026","one\ntwo, x","A-to-z"\n"2","4 Mar 2026","","-"\n',
            (2, 1),
        ),
        (b'"All amounts in USD"\n"date/time","order id","a-to-z claim"\n"Mar 2, 2026 5:00:01 PM PST","111-1","1"\n', (1, 1)),
        (b"Order Date|A-to-Z Guarantee Claim\n2026-03-02|Y\n2026-03-05|N\n", (2, 1)),
        (b"Order ID,Order Date,Claim\rM1,2026-03-02,yes\rM2,2026-03-05,no\r", (2, 1)),
        (b" Order ID , Order Date , Problems\n 1 , 2-Mar-26 , A-to-Z claim / 1 star \n 2 , 30-Apr-26 , n/a\n", (2, 1)),
        (
            "訂單編號,訂購日期,A-to-z 索賠,評價星等\nTW-1,115/2/3,,5\nTW-2,民國115年3月9日,是,1\nTW-2,民國115年3月9日,,\n".encode("big5"),
            (2, 1),
        ),
        ("注文番号,購入日,マーケットプレイス保証,評価\n250-1,2026/03/01,,5\n250-2,2026/03/09,はい,1\n".encode("shift_jis"), (2, 1)),
        ("Bestellnummer;Bestelldatum;Versand;Rückbuchung\n1;15.03.2026;Verkäufer;ja\nSumme;;;1\n".encode("cp1252"), (1, 1)),
    ],
)
def test_files_of_other_hands(content: bytes, counts: tuple[int, int], tmp_path: Path) -> None:
    """Files as other programs, countries and hands write them are read: old line ends, short years, a row of sums, Big5, Shift-JIS."""
    path = tmp_path / "orders.txt"
    path.write_bytes(content)
    assert odr(read_orders(path))[:2] == counts


@pytest.mark.parametrize(
    ("header", "days", "seller", "words"),
    [
        (
            "Datum/Uhrzeit;Bestellnummer;Marketplace;Versand;A-bis-z-Garantieantrag",
            "01.03.2026 10:23 UTC;13.03.2026",
            "Verkäufer",
            "ja;nein",
        ),
        (
            "date/heure;numéro de la commande;site de vente;traitement;réclamation A à Z",
            "1 févr. 2026 0:12 UTC;2 août 2026",
            "Vendeur",
            "oui;non",
        ),
        ("fecha y hora;número de pedido;web de Amazon;gestión logística;reclamación A-Z", "1 ene. 2026;13 dic 2026", "Vendedor", "sí;no"),
        ("fecha/hora;Id. del pedido;marketplace;cumplimiento;reclamo", "1 abr 2026;13 ago 2026", "Vendedor", "sí;no"),
        ("Data/Ora:;Numero ordine;Marketplace;Gestione;reclamo dalla A alla Z", "1 gen 2026;13 lug 2026", "Venditore", "sì;no"),
        (
            "日付/時間;注文番号;Amazon 出品サービス;フルフィルメント;マーケットプレイス保証",
            "2026/03/01 0:12 JST;2026/03/13",
            "出品者",
            "はい;いいえ",
        ),
        ("datum/tijd;bestelnummer;marketplace;fulfilment;claim", "1 mrt 2026;13 mei 2026", "Seller", "ja;nee"),
    ],
)
def test_headings_of_other_marketplaces(header: str, days: str, seller: str, words: str, tmp_path: Path) -> None:
    """Columns are found by the names that Amazon's reports have in other countries, and days by their months there."""
    cells = zip(days.split(";"), ("Amazon", seller), words.split(";"), strict=True)
    rows = [f"{day};{number};amazon.de;{way};{word}" for number, (day, way, word) in enumerate(cells)]
    orders = read_orders(written(tmp_path, *rows, header=header))
    assert [note.values["tells"] for note in orders.notes if note.key == "column"] == ["id", "date", "marketplace", "fulfilment", "a-to-z"]
    assert {day.fulfilment: day.counts["a-to-z"] for day in orders.days} == {"AFN": 1, "MFN": 0}
    assert not {"wrong-rows", "taken-as-yes"} & {note.key for note in orders.notes}


@pytest.mark.parametrize(
    "months",
    [
        "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
        "ene feb mar abr may jun jul ago sep oct nov dic",
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec",
    ],
)
def test_months_are_read_in_their_languages(months: str, tmp_path: Path) -> None:
    """A month that is spelt out is read in the languages of the reports."""
    rows = [f"14 {month} 2026 10:00;yes" for month in months.split()]
    days = [day.day for day in read_orders(written(tmp_path, *rows, header="date;claim")).days]
    assert days == [date(2026, month, 14) for month in range(1, 13)]


@pytest.mark.parametrize("readme", ["README.md", "README.zh-Hant.md"])
def test_readme_tells_how_columns_are_named(readme: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The README names each part that a column can tell, and its example does what it says."""
    text = Path(__file__).parent.with_name(readme).read_text(encoding="utf-8")
    assert all(f"`{part}`" in text for part in load("health.toml")["columns"])
    shown, checked = (line.split() for line in text.splitlines() if line.startswith("    appealkit") and "--dates d" in line)
    header = ",".join(word.partition("=")[2] for word in shown if "=" in word)
    path, letter = written(tmp_path, "04/05/2026,yes", "05/05/2026,no", header=header), tmp_path / "LETTER.txt"
    letter.write_text("Dear Seller Performance,\n\nWe are sorry. Our order defect rate was 7%, 1 of 2 orders.\n", encoding="utf-8")
    files = {"orders.csv": str(path), letter.name: str(letter)}
    assert main([files.get(word, word) for word in shown[1:]]) == 0
    assert "2026-05-05" in capsys.readouterr().out
    assert main([files.get(word, word) for word in checked[1:]]) == 1
    assert "figure-disagrees" in capsys.readouterr().out


HOSTILE = "\x1b[2J\x07\u202e<img src=x onerror=alert(1)>"


@pytest.mark.parametrize(
    "content",
    [
        f"date,claim,{HOSTILE},channel\n2026-03-02,{HOSTILE},x,{HOSTILE}\n",
        f"date,defect\n2026-03-02,{HOSTILE}\n",
        json.dumps(
            {
                "accountStatuses": [{"marketplaceId": HOSTILE, "status": HOSTILE}],
                "performanceMetrics": [
                    {
                        "marketplaceId": HOSTILE,
                        "orderDefectRate": {HOSTILE: 1, "mfn": {"orderCount": HOSTILE, "rate": HOSTILE, "status": HOSTILE}},
                        "warningStates": [{"warningType": HOSTILE, "status": "BAD"}],
                        "accountHealthRating": {"ahrStatus": HOSTILE},
                        HOSTILE: HOSTILE,
                    }
                ],
            }
        ),
    ],
)
def test_nothing_of_a_file_reaches_terminal_or_page_as_a_command(content: str, tmp_path: Path) -> None:
    """What a file says is shown as text: no command for a terminal, no turned writing, no tag of a page."""
    path = tmp_path / f"{HOSTILE[:6]}.csv"
    path.write_text(content, encoding="utf-8")
    found = read_figures(path)
    health = found.health() if isinstance(found, Orders) else found
    for lang in LANGS:
        assert not UNPRINTABLE.search(health_to_text(health, lang))
        assert not UNPRINTABLE.search(json.loads(health_to_json(health, lang))["metrics"][0]["marketplace"] or "")
        html = show_figures(found, lang).html
        assert "<img" not in html
        assert not UNPRINTABLE.search(html)


@pytest.mark.parametrize("content", [f"{HOSTILE}date,claim\n2026-03-02,yes\n", f"date,{HOSTILE}claim\n", f'{{"{HOSTILE}": 1}}'])
def test_no_refusal_is_a_command(content: str, tmp_path: Path) -> None:
    """Neither the names of columns nor that of the file are commands for a terminal when a file is refused."""
    path = tmp_path / f"{HOSTILE[:6]}.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(HealthError) as refused:
        read_figures(path)
    assert not UNPRINTABLE.search(str(refused.value))


UNPRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e]")


@pytest.mark.parametrize(
    "content",
    [
        b"date,claim\n2026-03-02,yes\n" + bytes(range(256)) * 500,
        b"date,claim\n" + b'"' * 300_000,
        b'date,claim\n"2026-03-02,yes\n' + b"2026-03-02,yes\n" * 20_000,
        b"date,claim " * 200_000,
        b'{"performanceMetrics":' + b"[" * 100_000,
        b'{"performanceMetrics": []' + b" " * 21_000_000 + b"}",
        b"<html><body><table><tr><td>date,claim</td></tr></table></body></html>",
        b"PK\x03\x04\x14\x00" + b"\x00" * 500,
    ],
)
def test_broken_or_huge_files_are_refused(content: bytes, tmp_path: Path) -> None:
    """A binary, a quotation mark that is never closed, one endless line, or a report of 21 MB is refused with its name."""
    path = tmp_path / "orders.csv"
    path.write_bytes(content)
    with pytest.raises(HealthError, match=re.escape(str(path))):
        read_figures(path)


def test_wide_file_is_read(tmp_path: Path) -> None:
    """Thousands of columns that tell nothing, or a cell of a megabyte, are in nobody's way."""
    path = written(tmp_path, f"2026-03-02,yes,{'x' * 1_000_000}", header="date,claim," + ",".join(f"c{number}" for number in range(5000)))
    assert odr(read_orders(path))[:2] == (1, 1)


def test_formula_in_a_defect_column_is_named(tmp_path: Path) -> None:
    """A cell that holds a formula counts as yes like other numbers, and is named."""
    orders = read_orders(written(tmp_path, "=cmd|'/C calc'!A0,2026-03-02,=1+1,no,no"))
    assert [note.told("en")["words"] for note in orders.notes if note.key == "taken-as-yes"] == ["=1+1"]


def test_rows_without_numbers_are_told(tmp_path: Path) -> None:
    """Where no column numbers the orders, it is said that each row counts."""
    assert "no-id" in [note.key for note in read_orders(written(tmp_path, "2026-03-02,yes", header="date,claim")).notes]
    assert "no-id" not in [note.key for note in read_orders(written(tmp_path, "1,2026-03-02,yes,no,no")).notes]


def test_flat_file_knows_no_quotation_marks(tmp_path: Path) -> None:
    """In Amazon's own flat file a quotation mark is a character like others; in a spreadsheet's it holds a cell together."""
    rows = [
        '1\t2026-03-02T10:00:00+00:00\t"Deluxe" lamp 12"\tyes',
        '2\t2026-03-02T10:00:00+00:00\t"Lamp\tno',
        "3\t2026-03-03T10:00:00+00:00\tLamp\tno",
    ]
    path = written(tmp_path, *rows, header="amazon-order-id\tpurchase-date\tproduct-name\ta-to-z claim")
    assert odr(read_orders(path))[:2] == (3, 1)
    path = written(tmp_path, '1\t2026-03-02\t"two\nlines"\tyes', header="Order ID\tDate\tNote\tClaim")
    assert odr(read_orders(path))[:2] == (1, 1)


@pytest.mark.parametrize(("encoding", "word"), [("big5", "負評"), ("cp1252", "Käufer: chargeback"), ("utf-8", "負評")])
def test_encoding_may_show_late(encoding: str, word: str, tmp_path: Path) -> None:
    """Where a file begins like plain ASCII, its encoding is told by the first words that are none."""
    rows = ["2026-03-02,"] * 20_000 + [
        f"2026-03-02,{word}",
        "2026-03-03,負評" if encoding != "cp1252" else "2026-03-03,für: chargeback",
    ] * 40
    orders = read_orders(written(tmp_path, *rows, header="date,defect", encoding=encoding))
    words = "".join(str(note.told("en")["words"]) for note in orders.notes if note.key == "unknown-kind")
    assert (odr(orders)[1] == 80) == (encoding != "cp1252")
    assert ("Käufer" in words) == (encoding == "cp1252")


def test_progress_is_told_to_the_end(tmp_path: Path) -> None:
    """Who asks for it is told how many bytes were read, in order, up to the whole file."""
    path = written(tmp_path, *["1,2026-03-02,yes,no,no"] * 90_000)
    told: list[tuple[int, int]] = []
    read_figures(path, progress=lambda done, of: told.append((done, of)))
    assert len(told) > 1
    assert told == sorted(told)
    assert told[-1] == (path.stat().st_size,) * 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_is_read_once(tmp_path: Path) -> None:
    """A named pipe, such as a shell makes for the output of a command, is read like a file."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = Thread(target=lambda: pipe.write_bytes(b"date,claim\n2026-03-02,yes\n"))
    writer.start()
    assert odr(read_orders(pipe))[:2] == (1, 1)
    writer.join()


def test_titles_may_stand_above_the_columns(tmp_path: Path) -> None:
    """Lines above the row that names the columns are passed over; rows keep their number in the file."""
    path = written(tmp_path, "Orders of Blue Kite, spring 2026", "", "Order Date,Claim", "2026-03-02,yes", "soon,no", header="sep=,")
    orders = read_orders(path)
    assert odr(orders)[:2] == (1, 1)
    assert [note.told("en")["rows"] for note in orders.notes if note.key == "wrong-rows"] == ["6"]


def test_a_title_of_a_spreadsheet_may_stand_above_unknown_columns(lang: Lang, tmp_path: Path) -> None:
    """A row of which hardly a cell is filled names no columns: those below it are listed, and which row names them is told."""
    path = written(tmp_path, "Bought;No.;Guarantee case;", "2026-03-02;1;yes;", header="Copper Finch Home;;spring;")
    with pytest.raises(HealthError) as refused:
        read_orders(path, lang=lang)
    assert listed(["Bought", "No.", "Guarantee case"], lang) in str(refused.value)
    assert "Copper Finch" not in str(refused.value)
    orders = read_orders(path, columns={"date": "Bought", "a-to-z": "Guarantee case"}, lang=lang)
    assert odr(orders)[:2] == (1, 1)
    assert say("health.note.heading-row", lang, row=2) in [note.say(lang) for note in orders.notes]


def test_standard_input_may_be_orders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A dash reads orders from standard input, and an error names it in words."""
    path = written(tmp_path, "1,2026-03-02,yes,no,no", encoding="utf-16")
    for content, code in ((path.read_bytes(), 0), (b"date\n", 2)):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
        assert main(["health", "-", "--format", "json"]) == code
    assert capsys.readouterr().err.startswith("standard input: ")


def test_unreadable_rows_are_listed_and_the_others_kept(tmp_path: Path) -> None:
    """Rows without a readable date are listed by their number in the file, and left out."""
    path = written(tmp_path, "1,soon,yes,no,no", "2,2026-03-02,yes,no,no", "3,,yes,no,no", "4,2026-02-30,yes,no,no", "5")
    orders = read_orders(path)
    assert odr(orders)[0] == 1
    assert [note.told("en") for note in orders.notes if note.key == "wrong-rows"] == [{"count": 4, "rows": "2, 4, 5, 6"}]


@pytest.mark.parametrize(
    ("cells", "day"),
    [
        (["13/02/2026", "04/05/2026"], date(2026, 5, 4)),
        (["02/13/2026", "04/05/2026"], date(2026, 4, 5)),
        (["13.02.26", "04.05.26"], date(2026, 5, 4)),
        (["03.02.2026", "04.05.2026"], date(2026, 5, 4)),
        (["02.13.2026", "04.05.2026"], date(2026, 4, 5)),
        (["March 2, 2026", "May 4, 2026"], date(2026, 5, 4)),
        (["2 Mar 2026", "4th May 2026 10:00"], date(2026, 5, 4)),
        (["2026-03-02T10:00:00Z", "2026-05-04 09:00"], date(2026, 5, 4)),
    ],
)
def test_dates_of_many_forms(cells: list[str], day: date, tmp_path: Path) -> None:
    """The whole column tells whether the day or the month stands first; months may be spelt out."""
    path = written(tmp_path, *[f"1;{cell};yes" for cell in cells], header="id;date;claim")
    assert read_orders(path).days[-1].day == day


def test_dates_that_read_in_two_ways_are_asked_about(tmp_path: Path) -> None:
    """Where no date of the file tells the order of its parts, it is asked for and not guessed."""
    path = written(tmp_path, "1,04/05/2026,yes,no,no")
    with pytest.raises(HealthError, match="--dates"):
        read_orders(path)
    assert read_orders(path, dates="day-first").days[0].day == date(2026, 5, 4)
    assert read_orders(path, dates="month-first").days[0].day == date(2026, 4, 5)


def test_dots_stand_behind_the_day(tmp_path: Path) -> None:
    """Dates with dots are day first where nothing in the file says otherwise, which is told; a mark of another kind among them asks."""
    path = written(tmp_path, "1,04.05.2026,yes,no,no", "2,05.05.2026,no,no,no")
    orders = read_orders(path)
    assert (orders.first, "dotted-dates" in {note.key for note in orders.notes}) == (date(2026, 5, 4), True)
    assert read_orders(path, dates="month-first").first == date(2026, 4, 5)
    assert "dotted-dates" not in {note.key for note in read_orders(written(tmp_path, "1,14.05.2026,no,no,no")).notes}
    with pytest.raises(HealthError, match="--dates"):
        read_orders(written(tmp_path, "1,04.05.2026,yes,no,no", "2,05/05/2026,no,no,no", "3,04/05/2026,no,no,no"))


@pytest.mark.parametrize("lang", LANGS)
def test_order_of_dates_that_cannot_be_is_refused(lang: Lang, tmp_path: Path) -> None:
    """A choice that a date of the file contradicts is refused with that date and its row, instead of leaving its rows out."""
    path = written(tmp_path, "1,04/05/2026,no,no,no", "2,13/05/2026,no,no,no")
    with pytest.raises(HealthError, match=re.escape(say("health.not-month-first", lang, file=path, cell="13/05/2026", row=3))):
        read_orders(path, dates="month-first", lang=lang)
    path = written(tmp_path, "1,05/13/2026,no,no,no")
    with pytest.raises(HealthError, match=re.escape(say("health.not-day-first", lang, file=path, cell="05/13/2026", row=2))):
        read_orders(path, dates="day-first", lang=lang)
    both = written(tmp_path, "1,05/13/2026,no,no,no", "2,13/05/2026,no,no,no")  # no order fits all, and so one is chosen
    assert sum(day.orders for day in read_orders(both, dates="day-first").days) == 1


def test_a_slip_does_not_make_dates_read_in_two_ways(tmp_path: Path) -> None:
    """Where nearly all days over twelve show one order, a day that no calendar has is a wrong row; where many contradict, it is asked."""
    path = tmp_path / "orders.csv"
    dates = [f"0{4 + number % 2}/{13 + number % 15}/2026" for number in range(60)]
    for slips, wrong in ((["31/02/2026"], 1), (["31/05/2026"] * 3, None)):
        path.write_text("\n".join(["order date,a-to-z", *(f"{day},0" for day in [*dates, *slips])]), encoding="utf-8")
        if wrong is None:
            with pytest.raises(HealthError, match="two ways"):
                read_orders(path)
        else:
            (note,) = [note for note in read_orders(path).notes if note.key == "wrong-rows"]
            assert note.values["count"] == wrong


@pytest.mark.parametrize("lang", LANGS)
def test_notice_is_no_list_of_orders(lang: Lang, tmp_path: Path) -> None:
    """A text whose lines make no table is told to be none, and its words are not taken for the names of columns."""
    path = tmp_path / "notice.txt"
    text = "Hello,\n\nYour seller account has been deactivated.\nWhy?\nOrders came late, or not at all.\n\nRegards\nAmazon\n"
    for told in (text, "> " + text.replace("\n", "\n> ")):
        path.write_text(told, encoding="utf-8")
        with pytest.raises(HealthError, match=re.escape(say("health.no-columns", lang, file=path))):
            read_figures(path, lang=lang)


@pytest.mark.parametrize("lang", LANGS)
def test_all_parts_that_are_missing_are_named_at_once(lang: Lang, tmp_path: Path) -> None:
    """A file with columns of unknown names is told what is missing, its columns, and what a column can tell, in one sentence."""
    path = written(tmp_path, '1,2026-03-02,"no\nbut",no', "2,2026-03-03,no,no", header="Reference,Placed on,Dispute,Guarantee")
    with pytest.raises(HealthError) as refused:
        read_orders(path, lang=lang)
    told = str(refused.value)
    columns = listed(["Reference", "Placed on", "Dispute", "Guarantee"], lang)
    for words in (say("health.no-date", lang), say("health.no-defect", lang), columns, "late-delivered"):
        assert words in told


@pytest.mark.parametrize("heading", ["銷售平台", "銷售渠道", "平台"])
def test_platform_is_a_marketplace(heading: str, tmp_path: Path) -> None:
    """Taiwan's words for a sales platform name the marketplace."""
    path = written(tmp_path, "1,2026-03-02,是,Amazon.com", header=f"訂單編號,訂單日期,索賠,{heading}")
    assert read_orders(path).days[0].marketplace == "Amazon.com"


@pytest.mark.parametrize("lang", LANGS)
def test_window_before_the_file_says_where_it_begins(lang: Lang, tmp_path: Path) -> None:
    """A window that ends before the first order is told as such, and not as a file that begins a little late."""
    health = read_orders(written(tmp_path, "1,2026-03-02,yes,no,no")).health(date(2025, 1, 1))
    assert say("health.note.before-all", lang, first=date(2026, 3, 2), end=date(2025, 1, 1)) in [note.say(lang) for note in health.notes]
    assert "begins-late" not in {note.key for note in health.notes}


def test_column_can_be_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A column with a name of its own is chosen on the command line; what no column tells is said."""
    path = written(tmp_path, "2026-03-02,yes", "2026-03-02,no", header="Placed,Trouble")
    assert main(["health", str(path)]) == 2
    assert "date=NAME" in capsys.readouterr().err
    assert main(["health", str(path), "--column", "date=Placed", "--column", "a-to-z=trouble", "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["metrics"][0]["by_kind"] == {"a-to-z": 1}
    assert any("negative feedback rating, credit-card chargeback" in note for note in printed["metrics"][0]["disagreements"])


def test_columns_may_be_chosen_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was typed into the form's field is understood on the command line, too."""
    path = written(tmp_path, "2026-03-02,yes,1", "2026-03-02,no,", header='Placed,Trouble,"Stars, of five"')
    for choice in ("date=Placed, a-to-z=Trouble, rating=Stars, of five", "date: Placed; A-to-Z: trouble; rating: Stars, of five"):
        assert main(["health", str(path), "--column", choice, "--format", "json"]) == 0
        assert json.loads(capsys.readouterr().out)["metrics"][0]["by_kind"] == {"a-to-z": 1, "negative-feedback": 1}


def test_the_user_may_say_which_words_are_defects(lang: Lang, tmp_path: Path) -> None:
    """Words of a file's own count where the user says so, in any case; others stay open, and the message tells how to name them."""
    cells = ("N", "Y - LATE", "y - late", "Y - INR", "", "yes")
    path = written(tmp_path, *(f"{number},2026-03-02,{cell}" for number, cell in enumerate(cells)), header="Order ID,Placed,GTY?")
    columns = {"date": "Placed", "a-to-z": "GTY?"}
    (note,) = [note for note in read_orders(path, columns=columns).notes if note.key == "nameable"]
    choice = "a-to-z=GTY?=Y - INR|Y - LATE|y - late"
    assert choice in note.say(lang)
    assert odr(read_orders(path, columns=columns | {"a-to-z": "GTY? = Y - Late"})) == (6, 3, {"a-to-z": 3})
    (note,) = [note for note in read_orders(path, columns=columns | {"a-to-z": "GTY?=Y - Late"}).notes if note.key == "nameable"]
    assert "a-to-z=GTY?=Y - Late|Y - INR" in note.say(lang)
    orders = read_orders(path, columns=chosen_columns([f"date=Placed, {choice}"], lang))
    assert odr(orders) == (6, 4, {"a-to-z": 4})
    assert {"unknown-cell", "taken-as-yes", "unused"}.isdisjoint(note.key for note in orders.notes)
    assert "Y - INR" in next(note.say(lang) for note in orders.notes if note.key == "column-words")


LONG = "The buyer says that the parcel that was sent on Monday came "
"""So long that what is shown of it is cut off, behind a word; the two that begin so differ behind that."""


def test_a_long_cell_is_named_in_full(lang: Lang, tmp_path: Path) -> None:
    """A cell is compared as a whole, shown or not: of two long ones that begin alike one may be a defect and the other none."""
    path = written(tmp_path, f"2026-03-02,{LONG}late", f"2026-03-02,{LONG}broken", header="Date,Case")
    orders = read_orders(path, columns={"a-to-z": f"Case={LONG}late"})
    assert odr(orders) == (2, 1, {"a-to-z": 1})
    (note,) = [note for note in orders.notes if note.key == "unknown-cell"]
    assert note.told(lang)["rows"] == "3"
    assert f"{LONG[:40].strip()}…" in note.say(lang)
    choice = next(note.say(lang) for note in orders.notes if note.key == "nameable")
    assert f"a-to-z=Case={LONG}late|{LONG}broken" in choice


@pytest.mark.parametrize("cell", ["lost|gone", "lost｜gone", '"Lost, total: none"', "x" * 200])
def test_only_what_is_read_as_meant_is_offered_to_be_typed(cell: str, lang: Lang, tmp_path: Path) -> None:
    """A cell that cannot be named behind its column is told with the others, and not in the choice that the kit writes for the user."""
    path = written(tmp_path, f"2026-03-02,{cell}", "2026-03-02,no", "2026-03-02,weird", header="Date,Case")
    notes = read_orders(path, columns={"a-to-z": "Case"}, lang=lang).notes
    (told,) = [note for note in notes if note.key == "unknown-cell"]
    assert cell.strip('"')[:40] in told.say(lang)
    (choice,) = [note.values["choice"] for note in notes if note.key == "nameable"]
    assert choice == "a-to-z=Case=weird"
    path = written(tmp_path, f"2026-03-02,{cell}", header="Date,Case")
    assert "nameable" not in {note.key for note in read_orders(path, columns={"a-to-z": "Case"}).notes}
    path = written(tmp_path, f"2026-03-02,{cell}", header="Date,Other")
    with pytest.raises(HealthError) as refused:
        read_orders(path, columns={"kind": "Other"}, lang=lang)
    assert cell.strip('"')[:40] in str(refused.value)
    assert "a-to-z=" not in str(refused.value)


def test_one_column_may_have_words_for_several_kinds(tmp_path: Path) -> None:
    """Of the words that are one kind's none is the other's; a column whose name has an equals sign is found first."""
    path = written(tmp_path, *(f"2026-03-02,{cell}" for cell in ("INR,", "CB,", "N,", "low,", "N,x")), header="Date,Case,Late=x")
    words = {"a-to-z": "Case=inr", "chargeback": "Case=cb", "rating": "Case=low"}
    orders = read_orders(path, columns=words | {"late": "Late=x"})
    assert odr(orders) == (5, 3, {"a-to-z": 1, "negative-feedback": 1, "chargeback": 1})
    assert orders.health().metrics[1].defects == 1


@pytest.mark.parametrize("part", ["date", "marketplace", "kind"])
def test_what_tells_no_defect_by_itself_has_no_words(part: str, lang: Lang, tmp_path: Path) -> None:
    """Words that are defects are named for a kind of defect, and nothing else."""
    path = written(tmp_path, "2026-03-02,yes,x", header="Date,Claim,Other")
    with pytest.raises(HealthError) as told:
        read_orders(path, columns={part: "Other=x"}, lang=lang)
    assert str(told.value) == say("health.no-words", lang, part=part, column="Other")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n",
        b"\x89PNG\r\n\x00\x00",
        b"date",
        b"a,b\n1,2\n",
        b"date,b\n2026-03-02,2\n",
        b"date,claim\n",
        b"date,claim\nx,yes\n",
        b"\xff" * 99,
    ],
)
@pytest.mark.parametrize("lang", LANGS)
def test_what_is_no_file_of_orders_is_refused(content: bytes, lang: Lang, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is empty, binary, or has no dates, defects or rows is refused with a sentence that names it."""
    path = tmp_path / "=cmd|' orders.csv"
    path.write_bytes(content)
    assert main(["health", str(path), "--lang", lang]) == 2
    printed = capsys.readouterr()
    assert printed.err.startswith(str(path))
    assert not printed.out


def test_rows_whose_read_columns_are_empty_are_counted(tmp_path: Path) -> None:
    """A row that says something in other columns alone is a row without a date: it is named; an empty line is none."""
    path = tmp_path / "orders.csv"
    path.write_text("Placed,Guarantee,Note\n2026-03-01,no,a\n,,b\n,,\n\n,,c\nsoon,no,d\n", encoding="utf-8")
    notes = read_orders(path, columns={"date": "Placed", "a-to-z": "Guarantee"}).notes
    assert [note.told("en") for note in notes if note.key == "wrong-rows"] == [{"count": 3, "rows": "3, 6, 7"}]


def test_what_a_column_can_tell_is_told_in_words(tmp_path: Path, lang: Lang) -> None:
    """Where no column is known, each part stands with what it means, and both the form and the command are told where to name it."""
    path = tmp_path / "orders.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(HealthError) as refused:
        read_orders(path, lang=lang)
    for part in load("health.toml")["columns"]:
        assert (beside(part, "", lang)[:-1] in str(refused.value)) == (part != "total")  # which is refused


@pytest.mark.parametrize(
    "header",
    [
        "Bestellnummer,Datum,Marktplatz,A-Z Antrag,Bewertung (Sterne),Rückbelastung",
        "N° commande,Date commande,Place de marché,Réclamation A-Z,Évaluation (étoiles),Rétrofacturation",
        "N. ordine,Data acquisto,Mercato,Reclamo A-Z,Valutazione (stelle),Riaddebito",
        "N.º de pedido,Fecha pedido,Tienda de Amazon,Garantía A-Z,Valoración (estrellas),Contracargos",
    ],
)
def test_columns_as_sellers_name_them_are_found(header: str, tmp_path: Path) -> None:
    """Columns that a seller named in a table of their own are read in more languages than English, the marketplace among them."""
    path = written(tmp_path, "1,2026-03-02,Amazon.de,1,5,0", "2,2026-03-02,Amazon.de,0,1,0", "3,2026-03-02,Amazon.de,0,,1", header=header)
    (metric,) = read_orders(path).health().metrics
    assert (metric.marketplace, dict(metric.by_kind)) == ("Amazon.de", {"a-to-z": 1, "negative-feedback": 1, "chargeback": 1})


def test_no_name_of_a_column_tells_two_things() -> None:
    """A name stands under one part, or which one it tells would hang on the order of the table."""
    named = [name for names in load("health.toml")["columns"].values() for name in {*map(plain_name, names)}]
    assert len(named) == len(set(named))
