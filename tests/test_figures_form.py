"""The form for the seller's numbers: from a file or typed in; nothing reaches the letter before the click."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from ipywidgets import HTML  # type: ignore[import-untyped]

from appealkit.case import Case
from appealkit.cli.given import day
from appealkit.drafts import open_draft
from appealkit.figures.health import HealthError
from appealkit.language import LANGS, Lang, beside, say
from appealkit.tables import load
from appealkit.widgets import HealthForm, LetterComposer
from tests.forms import seen
from tests.test_health import report

ROWS = ["date,channel,claim", "2026-03-02,<b>A</b>,yes", "2026-04-30,<b>A</b>,no", "2026-04-30,B,no"]


def made(lang: Lang, case: Case | None = None, *, file: Path | str | None = None) -> HealthForm:
    """Make a form beside that of a letter, and read a file."""
    form = HealthForm(LetterComposer(case, lang=lang), lang=lang, today=date(2026, 11, 29))
    if file is not None:
        read(form, file)
    return form


def read(form: HealthForm, file: Path | str) -> None:
    """Type the name of a file, and press the button."""
    form.file.value = str(file)
    form.read.click()


@pytest.fixture
def orders(tmp_path: Path) -> str:
    """Write a small file of orders."""
    path = tmp_path / "=cmd orders.csv"
    path.write_text("\n".join(ROWS), encoding="utf-8")
    return str(path)


def test_nothing_reaches_the_letter_before_the_click(lang: Lang, orders: str) -> None:
    """What was read is shown beside what stands in the letter; only the click puts it in, and the letter can take it back."""
    case = Case.model_validate({"store": "Blue Kite", "metric": {"id": "odr", "value": 3}})
    form = made(lang, case, file=orders)
    assert form.problems == ()
    assert form.composer.case == case
    assert "2026-03-02" in seen(form)
    assert not form.put.disabled
    form.put.click()
    metric = form.composer.case.metric
    assert metric
    assert metric.window
    assert (metric.value, metric.orders, metric.defects) == (50, 2, {"a-to-z": 1})
    assert (metric.window.start, metric.window.end) == (date(2026, 3, 2), date(2026, 4, 30))
    assert form.composer.case.store == "Blue Kite"
    assert form.put.disabled
    form.composer.undo()
    assert form.composer.case == case


def test_the_click_says_that_another_lesson_changed_the_draft(
    lang: Lang, orders: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Figures for a draft that another form has changed meanwhile go into one of their own, and the button's form says so, too."""
    monkeypatch.chdir(tmp_path)
    form, other = made(lang, file=orders), LetterComposer(lang=lang)
    form.composer.drafts.keep.click()
    other.drafts.open.click()
    other.causes[0].failed.value = "Nobody tested the sticks."
    form.put.click()
    own = tmp_path / "my-appeal-2.json"
    assert form.problems == (say("form.draft.elsewhere", lang, left="my-appeal.json", file=own),)
    assert open_draft(own, lang=lang).metric
    assert open_draft(tmp_path / "my-appeal.json", lang=lang).causes[0].failed == "Nobody tested the sticks."


def test_what_the_figures_lack_is_told_beside_the_button(lang: Lang, tmp_path: Path) -> None:
    """Before 214 orders of the letter give way to 211 of a file, it is told that rows of the file are missing from these."""
    path = tmp_path / "orders.csv"
    path.write_text("\n".join([*ROWS[:3], ",<b>A</b>,no"]), encoding="utf-8")
    form = made(lang, file=path)
    offer = form.children[form.children.index(form.put) - 1].value
    assert say("health.note.wrong-rows", lang, count=1, rows="4") in offer
    path.write_text("\n".join([*ROWS[:3], "2026-01-01,<b>A</b>,no"]), encoding="utf-8")
    form.read.click()
    assert say("health.note.wrong-rows", lang, count=1, rows="4") not in form.children[form.children.index(form.put) - 1].value


def test_figures_that_end_long_ago_say_so(lang: Lang, orders: str) -> None:
    """A day on which the rate falls may be past; only the form tells, since the same file gives the same figures on every day."""
    told = say("health.note.ended", lang, end=date(2026, 4, 30), today=date(2026, 11, 29))
    form = made(lang, file=f'"{orders}"')  # as Windows copies a path
    assert form.problems == ()
    assert told in seen(form)
    assert told not in form.figures.html
    recent = HealthForm(LetterComposer(lang=lang), lang=lang, today=date(2026, 5, 2))
    read(recent, orders)
    assert "2026-05-02" not in seen(recent)


def test_a_window_without_orders_has_no_good_days(lang: Lang, orders: str) -> None:
    """No rate is no rate on the right side."""
    form = made(lang)
    form.file.value, form.end.value = orders, "2020-01-01"
    form.read.click()
    assert say("health.no-orders", lang) in seen(form)
    assert say("chart.never", lang) not in seen(form)


def test_what_disagrees_is_told_at_once(lang: Lang, tmp_path: Path) -> None:
    """Of a report every metric in trouble is named above the choice of one, before anything is chosen."""
    path = tmp_path / "health.json"
    late = {"orderCount": 160, "lateShipmentCount": 12, "rate": 0.031, "targetValue": 0.04}
    path.write_text(report("lateShipmentRate", **late), encoding="utf-8")
    form = made(lang, file=path)
    short = next(child for child in form.children if isinstance(child, HTML) and say("health.short", lang) in child.value)
    assert load("metrics.toml")["late-shipment"]["name"][lang] in short.value
    assert "7.5%" in short.value


def test_letter_of_ones_own_is_compared(lang: Lang, orders: str) -> None:
    """A letter that was pasted is laid beside the figures, with what differs alone; without figures it is said that there are none."""
    form = made(lang)
    form.letter.value = "Dear team,\n\nOur order defect rate was 7%. It was the carrier's fault. Help <i>us</i>."
    assert say("form.figures.letter-alone", lang) in seen(form)
    read(form, orders)
    assert "“7%”" in seen(form) or "「7%」" in seen(form)
    assert "figure-disagrees" in seen(form)
    assert "blame" not in seen(form)
    assert "<i>us</i>" not in seen(form)
    form.letter.value = ""
    assert "figure-disagrees" not in seen(form)


def test_where_an_unclear_cell_ends_the_comparison_it_is_said(lang: Lang, tmp_path: Path) -> None:
    """A letter with a worse rate is not told to differ while a cell may be a defect, and that stands where the difference would."""
    path = tmp_path / "orders.csv"
    form = made(lang)
    form.letter.value = "Dear team,\n\nOur order defect rate was 60%, and we are sorry for it. We sold mugs that we did not have."
    form.file.value = str(path)
    for cell, silent in (("perhaps", True), ("no", False)):
        path.write_text(f"date,a-to-z\n2026-03-02,{cell}\n2026-03-03,yes\n2026-03-04,no\n2026-03-05,no\n", encoding="utf-8")
        form.read.click()
        assert (say("health.note.worse-not-compared", lang) in seen(form)) == silent


def pick(form: HealthForm, name: str, content: bytes) -> None:
    """Pick a file, as the browser hands it on."""
    facts = {"type": "", "size": len(content), "last_modified": datetime(2026, 11, 29, tzinfo=UTC)}
    form.pick.value = ({"name": name, "content": memoryview(content), **facts},)


def test_a_file_is_picked_from_anywhere(lang: Lang) -> None:
    """What is picked is read at once, and again with other settings; it is written nowhere, nor kept in what a page would save."""
    form = made(lang)
    before = sorted(Path().iterdir())
    pick(form, "my orders.csv", "\n".join(["date,claim", *(f"{day:02}/04/2026,no" for day in range(1, 9))]).encode())
    assert [*form.problems] == [say("health.two-dates", lang, file="my orders.csv")]
    assert form.file.value == "my orders.csv"
    assert [(file["name"], file["content"]) for file in form.pick.value] == [("my orders.csv", b"")]  # the button counts one
    form.dates.value = "day-first"
    form.read.click()
    assert form.problems == ()
    assert form.reading
    assert form.reading.orders == 8
    assert sorted(Path().iterdir()) == before
    read(form, "another.csv")
    assert "another.csv" in " ".join(form.problems)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "health.empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe\x01", "health.no-text"),
        (b"{" + b" " * 20_000_001 + b"}", "health.no-report"),
    ],
)
def test_a_wrong_file_that_is_picked_is_told(content: bytes, problem: str, lang: Lang) -> None:
    """An empty file, a picture and what is too large to be a report are told as those that are named are."""
    form = made(lang)
    pick(form, "picked.csv", content)
    (told,) = form.problems
    assert say(problem, lang, file="picked.csv") in told
    assert "picked.csv" in told
    assert form.reading is None


def test_one_of_several_metrics_is_chosen(lang: Lang, orders: str) -> None:
    """Marketplaces can be chosen from, and a name that looks like a tag stays a name."""
    form = made(lang, file=orders)
    assert [label for label, _ in form.chosen.options] == [
        f"{load('metrics.toml')['odr']['name'][lang]} · {name}" for name in ("<b>A</b>", "B")
    ]
    form.chosen.value = 1
    assert form.reading
    assert (form.reading.marketplace, form.reading.orders) == ("B", 1)
    assert "<b>A</b>" not in seen(form)


def test_day_to_come_makes_no_window(lang: Lang, orders: str) -> None:
    """A window that ends in the future is told as such, typed or read, and its figures are not for the letter."""
    form = made(lang)
    form.metric.value, form.orders.value, form.defective_orders.value, form.last.value = "odr", "310", "1", "2027-11-01"
    assert form.reading
    assert form.reading.meets_target is None
    assert "2026-11-29" in seen(form)
    assert form.put.disabled
    form.last.value = "2026-11-01"
    assert form.reading.meets_target
    assert not form.put.disabled
    form.file.value, form.end.value = orders, "2027-11-01"
    form.read.click()
    assert "2026-11-29" in seen(form)
    assert form.put.disabled


def test_metric_with_most_orders_is_chosen_first(lang: Lang, tmp_path: Path) -> None:
    """Of the marketplaces that miss their target, the one with most orders is shown, and not the first of the alphabet."""
    path = tmp_path / "orders.csv"
    rows = ["2026-03-02,Amazon.ca,yes", *["2026-03-02,Amazon.com,yes"] * 3, *["2026-03-02,Amazon.de,no"] * 9]
    path.write_text("\n".join(["date,channel,claim", *rows]), encoding="utf-8")
    form = made(lang, file=path)
    assert form.reading
    assert form.reading.marketplace == "Amazon.com"


def test_what_a_column_can_tell_stands_below_the_field(lang: Lang) -> None:
    """The field for columns is as wide as the form, and below it stand the parts that can be named, in words."""
    form = HealthForm(LetterComposer(lang=lang), lang=lang)
    file = form.children[0].children[0]
    place = next(number for number, line in enumerate(file.children) if form.columns in getattr(line, "children", ()))
    assert file.children[place].children == (form.columns,)
    assert all(beside(part, "", lang)[:-1] in file.children[place + 1].value for part in load("health.toml")["columns"] if part != "total")


@pytest.mark.parametrize(
    "typed",
    ["date=Day, of order\uff1ba-to-z\uff1aTrouble", "date\uff1dDay, of order\uff0ca-to-z = Trouble", "date=Day, of order, a-to-z=Trouble"],
)
def test_columns_may_be_typed_on_a_chinese_keyboard(typed: str, lang: Lang, tmp_path: Path) -> None:
    """Signs of full width part columns as others do, and a comma within a name parts nothing."""
    path = tmp_path / "orders.tsv"
    path.write_text("Day, of order\tTrouble\tNote\n2026-03-02\tyes\t\n", encoding="utf-8")
    form = made(lang)
    form.file.value, form.columns.value = str(path), typed
    form.read.click()
    assert form.problems == ()
    assert form.reading
    assert form.reading.defects == 1


def test_button_tells_how_far_the_reading_is(lang: Lang, orders: str) -> None:
    """The button says that the orders are counted once the file is read, and is itself again at the end."""
    form = made(lang)
    at_rest, told = form.read.description, []
    form.read.observe(lambda change: told.append(change["new"]), "description")
    read(form, orders)
    assert told == [say("form.figures.counting", lang), at_rest]


def test_a_file_that_cannot_be_read_leaves_no_other_figures(lang: Lang, orders: str, tmp_path: Path) -> None:
    """The figures of one file do not stand under the name of another."""
    form = made(lang, file=orders)
    assert form.reading
    read(form, tmp_path / "nothing.csv")
    assert form.problems
    assert form.reading is None
    assert form.put.disabled


def test_window_and_order_of_dates_can_be_chosen(lang: Lang, tmp_path: Path) -> None:
    """Where the file does not tell which part of a date comes first, the form says so, and takes the answer."""
    path = tmp_path / "orders.tsv"
    path.write_text("date\tclaim\n04/05/2026\tyes\n", encoding="utf-8")
    form = made(lang, file=path)
    assert "04/05/2026" in "".join(form.problems)
    assert form.reading is None
    form.dates.value, form.end.value = "day-first", "05/06/2026"
    form.read.click()
    assert form.problems == (
        say("form.said", lang, field=form.end.description, reason=say("case.two-ways", lang, one="2026-06-05", other="2026-05-06")),
    )
    form.end.value = "31 May 2026"
    form.read.click()
    assert not form.problems
    assert form.reading
    assert (form.reading.end, form.reading.orders) == (date(2026, 5, 31), 1)


def test_a_letter_says_what_was_compared(lang: Lang, orders: str) -> None:
    """Beside the figures a letter without any is told to state none, and of another how many figures and days were found."""
    form = made(lang, file=orders)
    form.letter.value = "We are sorry that our buyers were let down, and it was our fault."
    assert say("form.figures.nothing-compared", lang) in seen(form)
    form.letter.value = "From 2 March to 30 April 2026 our order defect rate was 33.3%, 1 of 3 orders."
    assert say("form.figures.compared", lang, figures=3, days=1) in seen(form)
    form.letter.value = "From 2026/3/2 to 2026/4/30 our ODR was 33.3%, 1 of 3 orders.\n\n1. On 2026/5/3 at 9:30 we refunded."
    assert say("form.figures.compared", lang, figures=3, days=2) in seen(form)
    assert say("form.figures.nothing-compared", lang) not in seen(form)


def test_the_button_names_the_file_that_was_picked(lang: Lang) -> None:
    """The button says which file was read, and counts it, although the page must not hold the orders."""
    form = made(lang)
    form.pick.value = ({"name": "o.csv", "type": "", "size": 9, "content": "\n".join(ROWS).encode(), "last_modified": datetime.now(UTC)},)
    assert [file["content"] for file in form.pick.value] == [b""]
    assert form.pick.description == say("form.figures.picked", lang, file="o.csv")


@pytest.mark.parametrize("given", ["31.11.2026", "31/11/2026", "2026-11-31", "31 November 2026"])
def test_a_day_that_no_calendar_has_is_told_as_such(given: str, lang: Lang) -> None:
    """Where the month has no such day, the form of the letter, that of the figures and the command say so."""
    told = say("case.no-such-day", lang, year=2026, month=11, day=31, last=30)
    letter, form = LetterComposer(lang=lang), HealthForm(LetterComposer(lang=lang), lang=lang)
    letter.period_start.value = letter.period_end.value = given
    form.metric.value, form.last.value = "odr", given
    assert any(told in problem for problem in letter.problems)
    assert any(told in problem for problem in form.problems)
    with pytest.raises(HealthError, match=re.escape(told)):
        day(given, lang)


def test_the_command_takes_the_days_of_the_form() -> None:
    """`--end` takes a dotted date as the form does, and refuses what reads in two ways."""
    assert day("30.11.2026", "en") == day("2026-11-30", "en") == date(2026, 11, 30)
    with pytest.raises(HealthError):
        day("05/06/2026", "en")


def test_columns_can_be_named(lang: Lang, tmp_path: Path) -> None:
    """Where a column is not found by its name, the form says so, and takes the names; what is no part is told."""
    path = tmp_path / "orders.csv"
    path.write_text("Placed,Trouble\n2026-03-02,yes\n", encoding="utf-8")
    form = made(lang)
    form.file.value = str(path)
    for columns, right in (("", False), ("colour=Placed", False), ("date=Placed, a-to-z = trouble", True)):
        form.columns.value = columns
        form.read.click()
        assert bool(form.problems) != right
        assert bool(form.reading) == right


def test_report_is_read_too(lang: Lang, tmp_path: Path) -> None:
    """A report gives its metrics, without a course of days."""
    path = tmp_path / "report.json"
    path.write_text(report(), encoding="utf-8")
    form = made(lang, file=path)
    assert form.reading
    assert form.reading.value == 1.29
    assert "1.29%" in form.figures.text


def test_numbers_that_are_typed_in(lang: Lang) -> None:
    """Counts give a rate at once; a number that cannot be is explained by the field's own name, and no old figure stays beside it."""
    form = made(lang)
    form.metric.value, form.orders.value, form.defective_orders.value, form.last.value = "odr", "310", "4", "2026-04-30"
    assert form.reading
    assert (form.reading.value, form.reading.start) == (1.2903, date(2026, 3, 2))
    form.defective_orders.value = "400"
    assert form.reading is None
    assert form.defective_orders.description in "".join(form.problems)
    assert form.put.disabled
    form.defective_orders.value = "4"
    assert not form.problems
    form.last.value = "04/05/2026"
    assert form.reading is None
    assert form.last.description in "".join(form.problems)
    form.last.value = ""
    assert not form.problems


@pytest.mark.parametrize("name", ["", "gone.csv", "\0", "x" * 5000])
def test_file_that_cannot_be_read_is_explained(name: str, lang: Lang) -> None:
    """No name, a wrong one, or one that no file can have, is told in the status line."""
    form = made(lang, file=name)
    (problem,) = form.problems
    assert "Error" not in problem
    assert form.read.description == say("form.figures.read", lang)
    assert form.reading is None


def test_contradicting_figures_are_not_offered(lang: Lang, tmp_path: Path) -> None:
    """Figures of a report that no letter could state are shown with what disagrees, and cannot be put in."""
    path = tmp_path / "report.json"
    path.write_text(report(rate=0.5, targetValue=0.01), encoding="utf-8")
    form = made(lang, file=path)
    assert form.put.disabled
    assert "50%" in seen(form)
    assert form.problems
    assert say("form.figures.not-put", lang) in seen(form)


def test_metric_that_misses_its_target_is_shown_first(lang: Lang, tmp_path: Path) -> None:
    """Of several metrics the one that misses its target is chosen, and what is wrong with one is not said of the next."""
    rows = ["date,channel,claim", "2026-03-02,A,no", "2026-03-02,B,yes", "2026-03-02,C,no"]
    (tmp_path / "orders.csv").write_text("\n".join(rows), encoding="utf-8")
    form = made(lang, file=tmp_path / "orders.csv")
    assert form.reading
    assert form.reading.marketplace == "B"
    (tmp_path / "report.json").write_text(
        report(rate=0.5, targetValue=0.01).replace(
            '"marketplaceId"', '"lateShipmentRate": {"orderCount": 9, "lateShipmentCount": 0}, "marketplaceId"'
        ),
        encoding="utf-8",
    )
    read(form, tmp_path / "report.json")
    for number, reading in enumerate(form.metrics):
        form.chosen.value = number
        assert bool(form.problems) == (reading.id == "odr")
        assert form.put.disabled == (reading.id == "odr")


def test_no_orders_are_not_offered(lang: Lang) -> None:
    """Where there are no orders there is no rate to put into the letter, and the form says why the button stays off."""
    form = made(lang)
    form.metric.value, form.orders.value, form.defective_orders.value = "odr", "0", "0"
    assert form.put.disabled
    assert form.problems == (say("health.nothing-to-state", lang),)
    assert say("health.meets", lang) not in seen(form)


def test_marketplace_goes_with_the_figures_that_brought_it(lang: Lang, tmp_path: Path) -> None:
    """Figures of another source take the marketplace of the earlier ones away again; one that the seller typed in stays."""
    form = made(lang, Case.model_validate({"marketplace": "Amazon.ca"}))
    for name, content in (("a.csv", "date,claim,channel\n2026-03-02,yes,Amazon.de\n"), ("b.csv", "date,claim\n2026-03-02,yes\n")):
        (tmp_path / name).write_text(content, encoding="utf-8")
    for name, marketplace in (("a.csv", "Amazon.de"), ("b.csv", "Amazon.ca"), ("a.csv", "Amazon.de")):
        read(form, tmp_path / name)
        own = form.composer.case.marketplace
        assert (say("form.figures.other-marketplace", lang, own=own, other=marketplace) in seen(form)) == (name == "a.csv")
        form.put.click()
        assert form.composer.case.marketplace == marketplace
    form.composer.marketplace.value = "Amazon.fr"
    read(form, tmp_path / "b.csv")
    form.put.click()
    assert form.composer.case.marketplace == "Amazon.fr"


def test_form_is_stored_as_one_line() -> None:
    """The form's stored output is the same line as that of the others, and without figures it says what to do."""
    for lang in LANGS:
        form = made(lang)
        assert repr(form) == repr(form.composer)
        assert form.figures.text in form.figures.html


def test_what_was_typed_is_not_called_a_file(lang: Lang) -> None:
    """Numbers that were typed in, and one that cannot be read among them, are told of as what they are."""
    form = made(lang)
    assert say("figures.none", lang) in form.figures.text
    form.metric.value, form.value.value, form.target.value, form.last.value = "odr", "1.9", "<1", "11/01/2026"
    assert form.problems
    assert form.figures.text == say("figures.unread", lang)
    form.target.value, form.last.value = "1", "11/18/26"
    assert say("health.note.ended", lang, end=date(2026, 11, 18), today=date(2026, 11, 29)) in seen(form)
    assert say("health.disagrees", lang) in seen(form)
    assert say("health.read-so", lang) not in seen(form)
