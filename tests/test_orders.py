"""Files of orders: columns by name in two languages, any common encoding, unreadable rows listed and the others kept."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from appealkit.cli import main
from appealkit.health import HealthError
from appealkit.orders import Orders, read_orders
from appealkit.text import LANGS, Lang

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
    metric = read_orders(written(tmp_path, *[f"1,{day},yes,no,no" for day in days])).health().metrics[0]
    assert (metric.orders, metric.start, metric.end) == (2, date(2026, 1, 1), date(2026, 3, 1))
    assert (metric.value, metric.target, metric.meets_target) == (100, 1, False)


@pytest.mark.parametrize(
    ("cell", "negative"),
    [("1", True), ("2", True), ("3", False), ("5", False), ("yes", True), ("", False), ("positive", False), ("負評", True)],
)
def test_column_of_feedback_may_hold_stars(cell: str, negative: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """One or two stars are negative feedback, three and more are none, and so is a kind word."""
    assert odr(read_orders(written(tmp_path, f"1,2026-03-02,no,{cell},no")))[1] == int(negative)


def test_claim_that_was_denied_does_not_count(tmp_path: Path) -> None:
    """A claim that was denied or withdrawn is no defect."""
    assert odr(read_orders(written(tmp_path, "1,2026-03-02,denied,no,no", "2,2026-03-02,granted,no,no")))[1] == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "big5", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_chinese_columns_in_any_encoding(encoding: str, separator: str, tmp_path: Path) -> None:
    """Columns are found by their Chinese names, in the encodings and with the separators that spreadsheets write."""
    rows = [("1", "2026/3/2", "A-to-z 索賠、負評"), ("2", "2026年3月4日", "無"), ("3", "20260305", "信用卡拒付"), ("4", "2026/3/6", "")]
    header = separator.join(("訂單編號", "下單日期", "缺陷類型"))
    path = written(tmp_path, *map(separator.join, rows), header=header, encoding=encoding)
    assert odr(read_orders(path)) == (4, 2, {"a-to-z": 1, "negative-feedback": 1, "chargeback": 1})


def test_late_is_not_late_delivered(tmp_path: Path) -> None:
    """A kind is read as a whole, so that “delivered late” is no late shipment."""
    path = written(tmp_path, "2026-03-02,delivered late", "2026-03-02,", header="date,defect")
    found = {metric.id: metric.defects for metric in read_orders(path).health().metrics}
    assert found == {"odr": 0, "on-time-delivery": 1}


def test_unknown_words_are_named_and_not_counted(tmp_path: Path) -> None:
    """A word that is no known kind of defect is no defect, and is named."""
    orders = read_orders(written(tmp_path, "2026-03-02,box was ugly", "2026-03-02,chargeback", header="date,defect"))
    assert odr(orders)[1] == 1
    assert [note.values["words"] for note in orders.notes if note.key == "unknown-kinds"] == ["box was ugly"]


@pytest.mark.parametrize("rows", [["2026-03-02,100,2", "2026-03-03,100,1"], ["2026-03-02,1,lost", "2026-03-03,1,"]])
def test_unknown_words_give_no_all_clear(rows: list[str], tmp_path: Path) -> None:
    """Where cells are not understood, such as the counts of whole days, the file is never said to meet the target."""
    assert not any(metric.meets_target for metric in read_orders(written(tmp_path, *rows, header="date,orders,defects")).health().metrics)


def test_unreadable_rows_are_listed_and_the_others_kept(tmp_path: Path) -> None:
    """Rows without a readable date are listed by their number in the file, and left out."""
    path = written(tmp_path, "1,soon,yes,no,no", "2,2026-03-02,yes,no,no", "3,,yes,no,no", "4,2026-02-30,yes,no,no", "5")
    orders = read_orders(path)
    assert odr(orders)[0] == 1
    assert [note.values for note in orders.notes if note.key == "wrong-rows"] == [{"count": 4, "rows": "2, 4, 5, 6"}]


@pytest.mark.parametrize(
    ("cells", "day"),
    [
        (["13/02/2026", "04/05/2026"], date(2026, 5, 4)),
        (["02/13/2026", "04/05/2026"], date(2026, 4, 5)),
        (["13.02.26", "04.05.26"], date(2026, 5, 4)),
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


def test_column_can_be_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A column with a name of its own is chosen on the command line; what no column tells is said."""
    path = written(tmp_path, "2026-03-02,yes", "2026-03-02,no", header="Placed,Trouble")
    assert main(["health", str(path)]) == 2
    assert "--column date=" in capsys.readouterr().err
    assert main(["health", str(path), "--column", "date=Placed", "--column", "a-to-z=trouble", "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["metrics"][0]["by_kind"] == {"a-to-z": 1}
    assert any("negative-feedback, chargeback" in note for note in printed["notes"])


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
