"""The chart of a rate: the same every time, readable without colour and without eyes, and harmless wherever it is put."""

import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest

from appealkit.figures.chart import chart
from appealkit.figures.courses import Course, courses
from appealkit.figures.daily import Daily, Orders
from appealkit.language import LANGS, Lang, say
from appealkit.metrics import published
from appealkit.tables import load

FIRST = date(2026, 1, 1)


def course(days: int = 100, marketplace: str | None = None) -> Course:
    """Follow an order defect rate over some days, with two claims."""
    found = [
        Daily(FIRST + timedelta(days=number), 2, {"a-to-z": int(number in {20, 70})}, int(number in {20, 70}), {}, marketplace)
        for number in range(days)
    ]
    return courses(Orders(tuple(found), ("a-to-z",)))[0]


def drawing(html: str) -> ET.Element:
    """Return the drawing of a chart."""
    found = re.search(r"<svg.*</svg>", html, re.DOTALL)
    assert found
    return ET.fromstring(found.group())  # noqa: S314 - our own drawing


def test_chart_is_the_same_every_time() -> None:
    """The same course gives the same chart, in this process and in another."""
    script = "from tests.test_chart import chart, course; import sys; sys.stdout.buffer.write(chart(course(), 'en').html.encode())"
    other = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)  # noqa: S603
    assert chart(course(), "en").html == chart(course(), "en").html == other.stdout.decode()


def test_chart_takes_the_colour_of_the_page() -> None:
    """Every line and letter has the colour of the text around it: there is none to be told apart by colour alone."""
    html = chart(course(), "en").html
    drawn = ET.tostring(drawing(html), encoding="unicode")
    assert drawn.count("currentColor") > 10
    assert not re.search(r"#[0-9a-f]{6}\b(?!\))", re.sub(r"url\(#\w+\)|href=\"#\w+\"|id=\"\w+\"", "", drawn))
    assert "stroke-dasharray" in drawn
    assert "opacity: 0.1" in drawn


def test_chart_leaves_the_page_alone() -> None:
    """No script, no style for the whole page, no address to fetch from, no id that two charts would share unless they are the same."""
    html = chart(course(), "en").html
    assert not re.search(r"<script|\*\{|@import|<metadata|<!DOCTYPE", html)
    assert set(re.findall(r"https?://[^\"']+", html)) == {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    ids = [element.get("id") for element in drawing(html).iter() if element.get("id")]
    assert ids
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z]+[0-9a-f]{10}|[mp][0-9a-f]+|h[0-9a-f]+", str(name)) for name in ids)


@pytest.mark.parametrize("lang", LANGS)
def test_chart_is_told_in_words(lang: Lang) -> None:
    """What the drawing shows stands below it, as its label, and as text."""
    view = chart(course(), lang)
    for words in ("2026-03-01", "2026-04-10", "2026-02-10", "0.833%", "41"):
        assert words in view.text, words
    assert load("metrics.toml")["odr"]["name"][lang] in view.html
    assert all(line in view.html for line in view.text.splitlines())
    assert 'role="img"' in view.html


@pytest.mark.parametrize("days", [1, 2, 59, 60, 61])
def test_short_files_have_a_chart_too(days: int) -> None:
    """From one day of orders on there is something to see, and days whose window is not whole are said to be uncertain."""
    view = chart(course(days), "en")
    assert drawing(view.html) is not None
    assert "not certain" in view.text
    assert (say("chart.key-dot", "en") in view.text) == (days == 60)
    assert (say("chart.key-solid", "en") in view.text) == (days == 61)


def heights(html: str) -> list[float]:
    """Return how high each point of the lines of a drawing lies; the edges of the picture are left out."""
    lines = [path for path in drawing(html).iter() if path.get("clip-path") and "fill: none" in str(path.get("style"))]
    return [float(height) for path in lines for height in re.findall(r"[ML] \S+ (\S+)", str(path.get("d")))]


def test_uncertain_line_is_drawn_whole() -> None:
    """A line that is not certain runs off no edge, though it rises above the rate of the newest day."""
    claims = {30, 40, 41}
    days = [Daily(FIRST + timedelta(days=number), 5, {"a-to-z": int(number in claims)}, int(number in claims)) for number in range(60)]
    html = chart(courses(Orders(tuple(days), ("a-to-z",)))[0], "en").html
    clip = next(element for element in drawing(html).iter() if element.tag.endswith("rect"))
    top, height = float(str(clip.get("y"))), float(str(clip.get("height")))
    assert heights(html)
    assert all(top < y <= top + height + 0.01 for y in heights(html))


@pytest.mark.parametrize("lang", LANGS)
def test_days_with_few_orders_are_not_drawn(lang: Lang) -> None:
    """One defect among the first two orders is 50%, of which nobody is to be frightened: the line begins later, and that is said."""
    days = [Daily(FIRST + timedelta(days=number), 2, {"a-to-z": int(number == 0)}, int(number == 0)) for number in range(90)]
    view = chart(courses(Orders(tuple(days), ("a-to-z",)))[0], lang)
    assert say("chart.from", lang, day=FIRST + timedelta(days=29), orders=60) in view.text
    assert "50%" not in view.html


def test_days_without_a_rate_are_a_gap() -> None:
    """Where no window holds an order there is no line: the rate was not nought all the while."""
    days = tuple(Daily(FIRST + timedelta(days=number), 2, {"a-to-z": 1}, 1) for number in (0, 59, 60, 200, 201))
    lines = [path.get("d", "") for path in drawing(chart(courses(Orders(days, ("a-to-z",)))[0], "en").html).iter() if "path" in path.tag]
    assert max(line.count("M") for line in lines) == 2


@pytest.mark.parametrize("lang", LANGS)
def test_worst_day_is_one_of_the_thick_line(lang: Lang) -> None:
    """The worst day is one whose rate is certain, and so are the days of which it is the worst."""
    days = (Daily(FIRST, 1, {"a-to-z": 1}, 1), *(Daily(FIRST + timedelta(days=number), 2, {"a-to-z": 0}) for number in range(1, 90)))
    told = chart(courses(Orders(days, published()["odr"].counts))[0], lang).text
    since = FIRST + timedelta(days=59)
    assert say("chart.worst", lang, day=since, rate="0.84%") in told
    assert say("chart.range", lang, first=since, last=FIRST + timedelta(days=89), days=31, over=0) in told


@pytest.mark.parametrize(("metric", "kind", "bound"), [("odr", "a-to-z", "least"), ("valid-tracking", "untracked", "most")])
def test_where_more_may_count_the_rate_is_a_best_case(metric: str, kind: str, bound: str, lang: Lang) -> None:
    """While cells are not understood, no day's rate is told as a fact, and no day from which on it would be on the right side."""
    kinds = published()[metric].counts
    days = tuple(Daily(FIRST + timedelta(days=number), 2, {kind: int(number > 80)}, int(number > 80)) for number in range(90))
    sure = courses(Orders(days, kinds), metric)[0]
    unsure = courses(Orders((*days[:-1], replace(days[-1], unclear={metric: 1})), kinds), metric)[0]
    told, open_ = (chart(course, lang).text for course in (sure, unsure))
    rate = f"{sure.points[-1].rate:.3g}%"
    assert say("chart.falls", lang, goal="", stopped="", day="")[:9] in told
    assert say("chart.falls", lang, goal="", stopped="", day="")[:9] not in open_
    best = say(f"health.at-{bound}", lang, rate=rate)
    assert best in open_
    assert best not in told


def test_nothing_to_draw_is_said(lang: Lang) -> None:
    """A course without any rate is a chart that says so."""
    assert len(chart(Course("odr", None, None, 1.0, 60, (), ()), lang).text.splitlines()) == 3


def test_names_in_a_chart_are_no_markup() -> None:
    """A marketplace with the name of a tag is shown as it is."""
    assert "<b>x</b>" not in chart(course(3, "<b>x</b>"), "en").html


def test_kit_is_imported_without_the_slow_libraries() -> None:
    """Neither the drawing nor the reader of tables is loaded before it is used."""
    script = "import appealkit, appealkit.cli, sys; print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)  # noqa: S603
    assert {"pydantic"} <= set(done.stdout.split())
    assert not {"matplotlib", "numpy", "polars"} & set(done.stdout.split())
