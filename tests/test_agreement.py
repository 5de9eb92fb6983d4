"""Figures and dates of a letter beside the seller's data: what differs is found, with both values, and nothing else is."""

import json
import tomllib
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appealkit.agreement import disagreements
from appealkit.agreement.noticed import counted_to
from appealkit.agreement.told import Told
from appealkit.annotate import annotate
from appealkit.case import Case
from appealkit.cli import main
from appealkit.figures.health import Health, Note, Reading, as_of
from appealkit.figures.orders import sample_orders
from appealkit.figures.report import read_health_report
from appealkit.figures.view import doubts
from appealkit.figures.workbench import fill
from appealkit.language import LANGS, Lang, metric_name, say
from appealkit.letter import assemble
from appealkit.reading import read_notice
from appealkit.rules import Finding, rules
from appealkit.samples import sample_case, sample_report
from appealkit.span import Span
from appealkit.stated.numbers import numbers
from tests.cases import in_words
from tests.orders import read_orders

DATA = Reading(
    "odr",
    "Amazon.com",
    "MFN",
    1.2903,
    1.0,
    310,
    4,
    {"a-to-z": 3, "negative-feedback": 0, "chargeback": 1},
    date(2026, 3, 2),
    date(2026, 4, 30),
)


SENTENCES = tomllib.loads(Path(__file__).with_name("figures.toml").read_text(encoding="utf-8"))
EVERY = (
    replace(DATA, by_kind={"a-to-z": 3, "negative-feedback": 2, "chargeback": 0}),
    Reading("late-shipment", "Amazon.com", None, 5.8065, 4.0, 155, 9, {"late": 9}, date(2026, 4, 1), date(2026, 4, 30)),
    Reading("cancellation", "Amazon.com", None, 6.0, 2.5, 50, 3, {"cancelled": 3}, date(2026, 4, 24), date(2026, 4, 30)),
    Reading("valid-tracking", "Amazon.com", None, 96.6667, 95.0, 180, 6, {"untracked": 6}, date(2026, 4, 1), date(2026, 4, 30)),
    Reading("on-time-delivery", "Amazon.com", None, 88.0, 90.0, 50, 6, {"late-delivered": 6}, date(2026, 4, 17), date(2026, 4, 30)),
)


def beside_notice(letter: str, notice: str, *readings: Reading) -> list[tuple[str, str]]:
    """Return the words that differ in a letter that answers a notice."""
    found = annotate(letter, metrics=readings, notice=read_notice(notice)).findings
    return [(letter[slice(*each.span)], dict(each.values)["data"]) for each in found if each.span and each.rule.id == "figure-disagrees"]


AMERICAN = replace(DATA, meets_target=False)
GERMAN = replace(
    DATA, marketplace="A1PA6795UKMFR9", value=0.0, orders=84, defects=0, by_kind=dict.fromkeys(DATA.by_kind, 0), meets_target=True
)
OF_GERMANY = "Our order defect rate was 0%, 0 of 84 orders."


@pytest.mark.parametrize(
    "notice",
    [
        "Your Amazon.com seller account has been deactivated since your order defect rate exceeds our target.",
        "您的Amazon.com賣家帳戶已停用，因為訂單缺陷率超過目標。",
        "Your U.S. account has been deactivated since your order defect rate exceeds our target. Write to x@amazon.de.",
    ],
)
def test_letter_is_compared_with_the_marketplace_of_its_notice(notice: str) -> None:
    """A figure that is right elsewhere is none for the account that was deactivated; which one that is stands beside the figure."""
    wrong = [("0%", "1.29% (Amazon.com)"), ("0 of 84", "4 / 310 (Amazon.com)")]
    assert beside_notice(OF_GERMANY, notice, replace(AMERICAN, meets_target=None), GERMAN) == wrong
    assert beside_notice("Our ODR was 1.29%, 4 of 310 orders.", notice, AMERICAN, GERMAN) == []
    assert beside_notice("On Amazon.de our ODR was 0%, 0 of 84 orders.", notice, AMERICAN, GERMAN) == []


def test_letter_that_names_no_marketplace_is_about_the_one_that_misses() -> None:
    """Where neither letter nor notice names one, and one alone misses a target, the letter is about that one; else about any."""
    both = "Amazon.com + Amazon.de, MFN"
    assert said(OF_GERMANY, AMERICAN, GERMAN) == [
        ("0%", f"1.29% (Amazon.com, MFN) | 1.015% ({both})"),
        ("0 of 84", f"4 / 310 (Amazon.com, MFN) | 4 / 394 ({both})"),
    ]
    assert said(OF_GERMANY, AMERICAN, replace(GERMAN, meets_target=False)) == []
    assert said(OF_GERMANY, replace(AMERICAN, meets_target=None), GERMAN) == []
    assert beside_notice(OF_GERMANY, "Your Amazon.de account was deactivated for late shipments.", AMERICAN, GERMAN) == []
    assert (
        beside_notice(OF_GERMANY, "Your Amazon.fr account was deactivated for late shipments.", GERMAN, replace(GERMAN, marketplace="B"))
        == []
    )


@pytest.mark.parametrize("lang", LANGS)
def test_what_all_have_together_agrees_where_nothing_settles_the_marketplace(lang: Lang) -> None:
    """The sum that the kit itself tells is no wrong figure while neither letter nor notice names a marketplace or states another rate."""
    letter = "Our order defect rate was 1.02%, 4 of 394 orders."
    assert said(letter, AMERICAN, GERMAN) == []
    assert "1.015%" in " ".join(doubts(Health((AMERICAN, GERMAN)), lang))
    assert beside_notice(letter, "Your account was deactivated, since your order defect rate exceeds our target.", AMERICAN, GERMAN) == []
    for notice in (
        "Your account was deactivated, since your order defect rate is 1.29%.",
        "Your Amazon.com account was deactivated, since your order defect rate exceeds our target.",
    ):
        assert beside_notice(letter, notice, AMERICAN, GERMAN)
    assert said(f"We write about Amazon.com.\n\n{letter}", AMERICAN, GERMAN) == [
        ("1.02%", "1.29% (Amazon.com)"),
        ("4 of 394", "4 / 310 (Amazon.com)"),
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_of_a_rate_and_a_count_the_one_that_the_data_has_is_not_blamed(lang: Lang) -> None:
    """Even where the data may count too few, the figure that is right stays; what neither bears out is told as the letter's own."""
    data = replace(DATA, by_kind={"a-to-z": 3, "negative-feedback": 1})
    assert said("Our order defect rate was 1.29% (5 orders out of 310).", data) == [("5 orders out of 310", "4 / 310")]
    assert said("Our order defect rate was 1.29% (4 orders out of 310).", data) == []
    for letter, counted in (("1.9% (4 orders out of 310)", "4 / 310 = 1.29%"), ("1.7% (6 orders out of 310)", "6 / 310 = 1.935%")):
        found = annotate(f"Our order defect rate was {letter}.", metrics=[data]).findings
        (message,) = [finding.message(lang) for finding in found if finding.rule.id == "figure-disagrees"]
        assert say("figure.whose.own", lang) in message
        assert counted in message


def test_a_letter_is_about_no_other_shop() -> None:
    """A marketplace is known by the code of the seller's own files: orders of another name agree with nothing said of it."""
    own, other = replace(AMERICAN, marketplace="AMZ-US"), replace(GERMAN, marketplace="Depot 7")
    for sentence in ("On Amazon.com our order defect rate was {}.", "We write about Amazon.com.\n\nOur order defect rate was {}."):
        assert said(sentence.format("1.29%, 4 of 310 orders"), own, other) == []
        assert [words for words, _ in said(sentence.format("1.02%, 4 of 394 orders"), own, other)] == ["1.02%", "4 of 394"]
        assert [words for words, _ in said(sentence.format("0%, 0 of 84 orders"), own, other)] == ["0%", "0 of 84"]


def test_what_the_data_does_not_count_is_not_compared() -> None:
    """Late orders are none of the order defect rate's: beside its figures alone, nothing is said of them, nor of their rate."""
    letter = "Our order defect rate was 1.29%. 17 of 283 orders {} late (6%)."
    for verb in ("shipped", "went out", "were sent"):
        assert beside_notice(letter.format(verb), "", DATA) == []
        assert beside_notice(letter.format(verb), "", *EVERY)[0][0] == "17 of 283"


def test_what_all_have_together_agrees_where_the_notice_states_it() -> None:
    """A letter may state what its notice states where that is the sum of the data, even if the notice names one marketplace."""
    german = replace(GERMAN, value=5.9524, defects=5, by_kind={"a-to-z": 5, "negative-feedback": 0, "chargeback": 0})
    letter = "Our order defect rate was 2.28%, 9 of 394 orders, with 8 A-to-z claims."
    notice = "Your Amazon.com seller account has been deactivated since your order defect rate of 2.28% exceeds our target."
    assert beside_notice(letter, notice, AMERICAN, german) == []
    assert beside_notice(f"On Amazon.com we failed. {letter}", notice, AMERICAN, german) == []
    (wrong, *_) = beside_notice(letter.replace("2.28", "2.4"), notice, AMERICAN, german)
    assert "2.284% (Amazon.com + Amazon.de, MFN)" in wrong[1]
    other = notice.replace("2.28", "1.29")
    assert beside_notice(letter, other, AMERICAN, german)[0][1].startswith("1.29% (Amazon.com)")


def test_rate_of_a_notice_is_quoted_whole() -> None:
    """The line of a notice may break within what is quoted, which ends where a clause does; a bracket whose end is cut off goes."""
    notice = "> Your account has been deactivated since your\n> order defect rate is 2.28% (9 of 394\n> orders)."
    assert beside_notice("Our order defect rate was 4%.", notice)[0][1] == "order defect rate is 2.28% (9 of 394 orders)"
    notice = notice.replace("394\n> orders", "394 orders placed in the\n> last sixty days by all of the buyers in Europe and beyond")
    assert beside_notice("Our order defect rate was 4%.", notice)[0][1] == "order defect rate is 2.28%"
    notice = "Your account has an order defect rate of 1.8%, which exceeds our performance target of under 1%. Please explain the cause."
    assert beside_notice("Our order defect rate was 4%.", notice)[0][1].endswith("which exceeds our performance target of under 1%")


def test_letter_that_names_one_marketplace_is_about_it() -> None:
    """What a letter names anywhere holds for its figures; where it names two, or an address alone, it does not."""
    assert said(f"This is about our account on Amazon.de.\n\n{OF_GERMANY}", AMERICAN, GERMAN) == []
    assert said(f"We sell on Amazon.de and Amazon.com.\n\n{OF_GERMANY}", AMERICAN, GERMAN) == []
    assert said(f"We wrote to help@amazon.de.\n\n{OF_GERMANY}", AMERICAN, GERMAN) != []


def test_places_without_orders_are_not_told() -> None:
    """Where there were no orders there is nothing that a letter could mean, and “0 / 0” helps nobody."""
    none = replace(DATA, fulfilment="AFN", value=None, orders=0, defects=0, by_kind=dict.fromkeys(DATA.by_kind, 0))
    assert said("Our ODR was 9%, 5 of 290 orders.", DATA, none) == [("9%", "1.29%"), ("5 of 290", "4 / 310")]


def said(letter: str, *readings: Reading) -> list[tuple[str, str]]:
    """Return the words that differ, each with what the data says."""
    found = [finding for finding in annotate(letter, metrics=readings or (DATA,)).findings if finding.rule.id == "figure-disagrees"]
    return [(letter[slice(*finding.span)], dict(finding.values)["data"]) for finding in found if finding.span]


@pytest.mark.parametrize(
    ("letter", "words", "data"),
    [
        ("Our order defect rate was 1.92% in this time.", "1.92%", "1.29%"),
        ("Our order defect rate was 2 per cent in this time.", "2 per cent", "1.29%"),
        ("Our ODR rose because 4 of 301 orders went wrong.", "4 of 301", "4 / 310"),
        ("Our ODR rose because six orders out of 310 went wrong.", "six orders out of 310", "4 / 310"),
        ("Our ODR rose through 5 A-to-z claims.", "5 A-to-z claims", "3"),
        ("From 1 March 2026 to 30 April 2026 our ODR was 1.29%.", "1 March 2026 to 30 April 2026", "2026-03-02 – 2026-04-30"),
        ("From March 2 to April 29, 2026 our ODR was 1.29%.", "March 2 to April 29, 2026", "2026-03-02 – 2026-04-30"),
        ("From 2026-03-02 to 2026-05-30 our ODR was 1.29%.", "2026-03-02 to 2026-05-30", "2026-03-02 – 2026-04-30"),
        ("From 13.02.2026 to 30.04.2026 our ODR was 1.29%.", "13.02.2026 to 30.04.2026", "2026-03-02 – 2026-04-30"),
        ("From 03/02/2026 - 05/30/2026 our ODR was 1.29%.", "03/02/2026 - 05/30/2026", "2026-03-02 – 2026-04-30"),
        ("From 31 April to 31 June 2026 our ODR was 1.29%.", "31 April to 31 June 2026", "2026-03-02 – 2026-04-30"),
        ("From 31/31/2026 to 32/32/2026 our ODR was 1.29%.", "31/31/2026 to 32/32/2026", "2026-03-02 – 2026-04-30"),
        ("Our ODR rose since from 20 April to 9 May 2026 nobody counted the stock.", "20 April to 9 May 2026", "2026-03-02 – 2026-04-30"),
    ],
)
def test_what_differs_is_told_with_both_values(letter: str, words: str, data: str) -> None:
    """A rate, a count, a kind of defect or a period that differs is found, with the words of the letter and the figure of the data."""
    assert said(letter) == [(words, data)]
    (finding,) = [finding for finding in annotate(letter, metrics=[DATA]).findings if finding.rule.id == "figure-disagrees"]
    assert all(words in finding.message(lang) and data in finding.message(lang) for lang in LANGS)


@pytest.mark.parametrize(
    "letter",
    [
        "Our order defect rate was 1.3% in this time.",
        "Our order defect rate was 1% in this time.",
        "Our late shipment rate was 9% in this time.",
        "Our ODR of 1.29% means that 4 of 310 orders went wrong, against a target of under 1%.",
        "Our ODR was 1.29% from 2 March to 30 April 2026.",
        "Our ODR was 1.29% between March 2, 2026 and April 30, 2026.",
        "Of these claims about our ODR two claims came late and one claim came early.",
        "Our ODR rose since from 3 to 9 April 2026 nobody counted the stock.",
        "On 4 of 7 days nobody packed, and our ODR rose to 1.29%.",
        "We will keep our ODR under 0.5% and review 20 of 300 orders each week.",
        "From 02/03/2026 to 30/04/2026 our ODR was 1.29%.",
        "From 3/2/2026 until 4/30/2026 our ODR was 1.29%.",
    ],
)
def test_what_agrees_or_is_about_something_else_is_not_found(letter: str) -> None:
    """Rounding, a target, another metric, a part of the window or of a count, a plan, and a date that is none are no disagreement."""
    assert said(letter) == []


def test_rate_without_cancelled_orders_agrees() -> None:
    """Where the data names what the rate is without cancelled orders, a letter may tell either; nothing between them is right."""
    data = replace(DATA, disagreements=(Note("cancelled-in-window", {"count": 30, "rate": "1.4286"}),))
    for rate, orders in (("1.29%", 310), ("1.43%", 280)):
        assert said(f"Our order defect rate was {rate}, since 4 of {orders} orders went wrong.", data) == []
    assert said("Our order defect rate was 1.36%.", data) == [("1.36%", "1.29%")]


@pytest.mark.parametrize(("letter", "words"), SENTENCES["differs"])
def test_figures_are_read_in_many_orders_of_words(letter: str, words: list[str]) -> None:
    """Numbers in digits and words, before and behind what they count, are compared, each with the figure of its own metric."""
    assert [found for found, _ in said(letter, *EVERY)] == words
    assert words


@pytest.mark.parametrize("letter", SENTENCES["agrees"])
def test_figures_of_something_else_are_left_alone(letter: str) -> None:
    """What agrees in other words, a part, a step, another metric, marketplace or time is no disagreement."""
    assert said(letter, *EVERY) == []


def test_of_a_kind_that_the_data_does_not_tell_there_are_no_more_than_defects() -> None:
    """Where the data has no number for a kind, the letter may tell as many as there are defective orders, and no more."""
    data = replace(DATA, by_kind={})
    assert said("Our ODR rose by 4 A-to-z claims.", data) == []
    assert said("Our ODR rose by 5 A-to-z claims.", data) == [("5 A-to-z claims", "≤ 4")]


def test_marketplace_of_the_paragraph_counts() -> None:
    """A sentence without a marketplace speaks of the one that its paragraph named last, and of no other paragraph's."""
    assert said("On Amazon.de we fell short too. Our ODR was 4%.") == []
    assert said("On Amazon.de we fell short too.\n\nOur ODR was 4%.") == [("4%", "1.29%")]


@given(st.integers(0, 9999))
def test_numbers_in_words_are_those_in_digits(count: int) -> None:
    """Whatever is written in words, as people write it, is read as the same number."""
    words = in_words(count)
    (number,) = numbers(words, Span(0, len(words)))
    assert (number.value, number.end) == (count, len(words))


@given(st.text(alphabet="49 1,./-()%of in orders;claims had\n", max_size=300))
def test_no_text_crashes_the_comparison(text: str) -> None:
    """Whatever a letter says, the comparison says something or nothing."""
    told = Told(text, [Span(0, len(text))], [], [])
    for span, *_ in disagreements(told, EVERY):
        assert 0 <= span.start < span.end <= len(text)


def test_orders_that_count_for_the_seller_agree_too() -> None:
    """Where a rate is to be high, the letter may count the orders that make it so, as the dashboard does."""
    data = Reading("valid-tracking", value=96.6667, target=95.0, orders=180, defects=6)
    assert said("Our valid tracking rate was 96.67%, since 174 of 180 orders had valid tracking.", data) == []
    assert said("Our valid tracking rate was 96.67%, since 170 of 180 orders had valid tracking.", data) == [("170 of 180", "6 / 180")]


def test_window_over_the_turn_of_a_year() -> None:
    """A period without its first year reaches from December to January."""
    data = Reading("odr", value=2.0, start=date(2025, 12, 3), end=date(2026, 1, 31))
    assert said("Our ODR was 2% from 3 December to 31 January 2026.", data) == []
    assert said("Our ODR was 2% from 4 December to 31 January 2026.", data)
    assert said("Our ODR was 2% from 29 February to 5 January 2024.", data)  # 2023 had no such day


def test_any_marketplace_may_agree_and_else_all_are_told() -> None:
    """A letter may speak of one marketplace of several; where none agrees, each figure is told with its place."""
    other = Reading("odr", "A1PA6795UKMFR9", "MFN", 2.5, 1.0, 40, 1)
    assert said("Our ODR was 2.5%.", DATA, other) == []
    assert said("Our ODR was 9%.", DATA, other) == [("9%", "1.29% (Amazon.com, MFN) | 2.5% (Amazon.de, MFN)")]


@pytest.mark.parametrize("lang", LANGS)
def test_command_says_where_the_data_contradicts_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: Lang) -> None:
    """`check --health` tells what `health` tells of data that contradicts itself, before the letters, in each format."""
    letter, report = tmp_path / "letter.txt", tmp_path / "report.json"
    letter.write_text("Our order defect rate was 2% in this time.", encoding="utf-8")
    rate = {"orderCount": 310, "orderWithDefects": {"count": 4}, "rate": 0.009}
    report.write_text(json.dumps({"performanceMetrics": [{"orderDefectRate": {"mfn": rate}}]}), encoding="utf-8")
    health = read_health_report(report.read_text(encoding="utf-8"))
    told = doubts(health, lang)
    assert health.metrics[0].disagreements[0].say(lang) in told[0]
    printed = {}
    for form in ("text", "json", "html"):
        main(["check", str(letter), "--health", str(report), "--format", form, "--lang", lang])
        printed[form] = capsys.readouterr().out
    assert printed["text"].startswith(f"{say('check.doubts', lang)}\n- {told[0]}\n")
    assert json.loads(printed["json"])["data"] == told
    assert "0.9% | 4 / 310 = 1.29%" in printed["json"]
    assert all(doubt in unescape(printed["html"]) for doubt in told)


@pytest.mark.parametrize("lang", LANGS)
def test_window_that_is_hardly_the_accounts_is_compared_with_nothing(lang: Lang) -> None:
    """Where a mistyped day has moved the window of the data, its figures are none to compare with, and `check` says so."""
    late = as_of(Health((DATA,)), date(2026, 4, 1))
    assert said("Our ODR was 4%.", *late.metrics) == []
    assert said("Our ODR was 4%.", *late.metrics, replace(DATA, marketplace="Amazon.de")) == [("4%", "1.29%")]
    assert say("health.note.not-compared", lang) in " ".join(doubts(late, lang))
    assert say("health.note.not-compared", lang) not in " ".join(doubts(Health((DATA,)), lang))


def test_unknown_words_of_the_data_may_be_defects() -> None:
    """Where the data holds words that may be defects, a letter may tell more than was counted, of each kind too."""
    data = replace(DATA, disagreements=(Note("unknown-in-window", {"count": 2, "rate": "1.935"}),))
    assert said("Our ODR was 1.94%, 6 of 310 orders, with 5 A-to-z claims.", data) == []
    assert said("Our ODR was 0.9%, with 2 A-to-z claims.", data) == [("0.9%", "1.29%"), ("2 A-to-z claims", "3")]


def test_groups_may_be_summed_up() -> None:
    """A letter may tell what its marketplaces or ways of fulfilment have together, as a rate, as counts and by kind."""
    afn = replace(DATA, fulfilment="AFN", value=2.0, orders=100, defects=2, by_kind={"a-to-z": 2, "negative-feedback": 0, "chargeback": 0})
    german = replace(afn, marketplace="Amazon.de")
    for right in (
        "Our ODR was 1.46%, 6 of 410 orders, with 5 A-to-z claims.",
        "Our ODR was 1.57%, 8 of 510 orders, with 7 A-to-z claims.",
        "On Amazon.com our ODR was 1.46%.",
    ):
        assert said(right, DATA, afn, german) == []
    assert said("On Amazon.com our ODR was 1.57%.", DATA, afn, german) == [
        ("1.57%", "1.29% (Amazon.com, MFN) | 2% (Amazon.com, AFN) | 1.463% (Amazon.com, MFN + AFN)")
    ]
    assert said("Our ODR rose through 6 A-to-z claims.", DATA, afn) == [
        ("6 A-to-z claims", "3 (Amazon.com, MFN) | 2 (Amazon.com, AFN) | 5 (Amazon.com, MFN + AFN)")
    ]


def test_data_that_contradicts_itself_settles_nothing() -> None:
    """Of a rate and counts of the data that contradict each other either may be told, and a finding names both."""
    data = replace(DATA, value=0.9, disagreements=(Note("rate-differs", {"stated": "0.9", "counted": "1.29"}),))
    assert said("Our ODR was 1.29%.", data) == said("Our ODR was 0.9%.", data) == []
    assert said("Our ODR was 4%.", data) == [("4%", "0.9% | 4 / 310 = 1.29%")]
    assert said("Our ODR was 0.9%, 4 of 310 orders.", data) == [("0.9%", "4 / 310 = 1.29%")]


def test_data_that_may_count_too_few_says_nothing_of_more() -> None:
    """Where no column tells of a kind of defect, a letter may tell more than the data has, and no less."""
    data = replace(DATA, value=0.9677, defects=3, by_kind={"a-to-z": 3})
    for more in (
        "Our ODR was 1.29%, 4 of 310 orders.",
        "Our ODR rose by 2 chargebacks.",
        "Our ODR rose because 4 defective orders left our shelf.",
        "Our ODR rose by 9 chargebacks.",
    ):
        assert said(more, data) == []
    assert said("Our ODR was 0.6%.", data) == [("0.6%", "0.9677%")]
    assert said("Our ODR rose because 2 of 310 orders were defective.", data) == [("2 of 310", "3 / 310")]
    assert said("Our ODR rose by 4 A-to-z claims.", data) == [("4 A-to-z claims", "3")]


@pytest.mark.parametrize(
    ("letter", "words", "counted"),
    [
        ("Our order defect rate was 1.35%, 9 of 412 orders.", "1.35%", "9 / 412 = 2.184%"),
        ("Our ODR was 9.1% (10 orders out of 412).", "9.1%", "10 / 412 = 2.427%"),
        ("Ten of our 412 orders had a defect, an order defect rate of 9.1%.", "9.1%", "10 / 412 = 2.427%"),
        ("Our valid tracking rate was 91%, since 9 of 412 parcels had no tracking.", "91%", "9 / 412 = 2.184%"),
        ("Our ODR was 3.41% from 27 September to 25 November 2026 (9 of 176 orders).", "3.41%", "9 / 176 = 5.114%"),
        ("Our order defect rate was 3.41% in the time between 2 March and 30 April, 9 of our 176 orders.", "3.41%", "9 / 176 = 5.114%"),
        ("Our order defect rate was 3.41%. We had 9 bad orders out of 176.", "3.41%", "9 / 176 = 5.114%"),
        ("Our ODR was 3.41% in April 2026. Nine of 176 orders had a defect in this window.", "3.41%", "9 / 176 = 5.114%"),
    ],
)
def test_rate_and_count_beside_it_are_compared_without_data(letter: str, words: str, counted: str) -> None:
    """A rate that the count beside it, or in the next sentence, does not give is found, whether there is data or not."""
    (finding,) = [finding for finding in annotate(letter).findings if finding.rule.id == "figure-disagrees"]
    assert finding.span
    assert (letter[slice(*finding.span)], dict(finding.values)["data"]) == (words, counted)
    assert all(say("figure.whose.own", lang) in finding.message(lang) for lang in LANGS)


@pytest.mark.parametrize(
    "letter",
    [
        "Our order defect rate was 2.18%, 9 of 412 orders.",
        "Our order defect rate was 2.2% (9 orders out of 412).",
        "Our ODR was 2.4%, 7 A-to-z claims among 412 orders and 3 others.",
        "Our ODR was about 2%, 9 of 412 orders.",
        "Nine of 412 orders had a defect, 30% more than in May.",
        "Nine of 412 orders had a defect, 33% of them with one courier.",
        "Our ODR was 2.43% since 8 of the 10 defective orders came from one supplier.",
        "Our ODR was 2.4% against a target of 1%, and 7 of 9 buyers filed a claim.",
        "Our valid tracking rate was 97.8%, since 9 of 412 parcels had no tracking.",
        "Our ODR was 5.11% from 27 September to 25 November 2026 (9 of 176 orders).",
        "Our ODR was about 5% from 27 September to 25 November 2026 (9 of 176 orders).",
        "Our ODR was 3.41% from 27 September to 25 November 2026 (about 9 of 176 orders).",
        "Our ODR was 3.41% from 27 September to 25 November 2026 (4 of 176 orders drew an A-to-z claim).",
        "Our ODR was 3.41% from 27 September to 25 November 2026, and from 1 to 25 November it was 5 of 90 orders.",
        "Our order defect rate was 5.11%. Nine of 176 orders were defective.",
        "Our order defect rate was 3.41%. Nine of 176 orders were late.",
        "Our order defect rate was 3.41%. Another 9 of 176 orders were defective.",
        "Our order defect rate was 3.41%. About 9 of 176 orders were defective.",
        "Our order defect rate was 3.41%. In October 2 of 40 orders were defective.",
        "Our order defect rate was 3.41%. 2 of 40 orders of the lamp were defective.",
        "Our order defect rate was 3.41%.\n\n2 of 40 orders were defective.",
        "Our order defect rate is 3.41% today. Nine of 176 orders were defective.",
        "Our order defect rate had been 3.41%. Nine of 176 orders were defective.",
        "Our order defect rate rose from 2% to 3.41%. Nine of 176 orders were defective.",
        "Our A-to-z claim rate was 3.41%. Nine of 176 orders were defective.",
        "Our late shipment rate was 3.41%. Nine of 176 orders were defective.",
        "Our ODR was 3.41% and our late shipment rate was 7.6%. Nine of 92 orders were bad.",
    ],
)
def test_rate_and_count_that_can_both_be_right_are_left_alone(letter: str) -> None:
    """Rounding, orders that count for the seller, a count of something else or another time and a comparison are no contradiction."""
    assert all(finding.rule.id != "figure-disagrees" for finding in annotate(letter).findings)


def test_the_lamp_shop_has_one_set_of_facts() -> None:
    """The letter of the first lesson states the figures of the shop's own orders, and its report states the same."""
    case, orders = sample_case("lamps"), read_orders(sample_orders()).health()
    assert assemble(fill(case, orders.metrics[0])).text == assemble(case).text
    (stated,) = read_health_report(sample_report("lamps")).metrics
    assert assemble(fill(case, stated)).text == assemble(case).text
    assert said(str(assemble(case)), *orders.metrics) == []


def test_without_data_nothing_is_compared() -> None:
    """Without metrics, or with one that has no figures, there is nothing to differ from."""
    letter = "Our ODR was 9% from 3 to 9 April 2020, and 7 of 9 orders went wrong through 5 claims."
    assert said(letter, Reading("odr")) == []
    assert all(finding.rule.id != "figure-disagrees" for finding in annotate(letter).findings)


@given(st.integers(1, 3000), st.integers(0, 60), st.dates(date(2025, 1, 1), date(2027, 1, 1)))
def test_letter_that_was_filled_from_the_data_agrees_with_it(orders: int, defects: int, end: date) -> None:
    """What the data puts into a letter is never found to differ from it; the same letter beside other data is."""
    defects = min(orders, defects)
    start = end - timedelta(days=59)
    data = Reading("odr", None, None, round(100 * defects / orders, 4), 1.0, orders, defects, {"a-to-z": defects}, start, end)
    letter = str(assemble(fill(Case(), data)))
    assert said(letter, data) == []
    assert said(f"Our order defect rate was {data.value:.4g}%.", data) == []  # as `health` prints it
    assert said(letter, Reading("odr", None, None, 100.0, 1.0, orders + 1, orders + 1, {}, start, end)) != []


def test_command_compares_with_a_report_or_orders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`check --health` takes a file of orders as it takes a report, and says what cannot be read."""
    letter, orders = tmp_path / "letter.txt", tmp_path / "orders.csv"
    letter.write_text("Our order defect rate was 2% from 3 April to 3 May 2026.", encoding="utf-8")
    orders.write_text("date,claim\n2026-05-04,yes\n2026-05-05,no\n", encoding="utf-8")
    ignored = [
        option
        for rule in rules().values()
        if rule.severity == "error" and rule.id != "figure-disagrees"
        for option in ("--ignore", rule.id)
    ]
    assert main(["check", str(letter), *ignored]) == 0
    capsys.readouterr()
    assert main(["check", str(letter), *ignored, "--health", str(orders)]) == 1  # a wrong figure must be mended
    printed = capsys.readouterr().out
    assert "50%" in printed
    assert "2026-03-07 – 2026-05-05" in printed
    assert "no column tells of" in printed  # and so the rate may be higher: `check` says it like `health`
    assert main(["check", str(letter), "--health", str(tmp_path / "gone")]) == 2
    assert "gone" in capsys.readouterr().err


@pytest.mark.parametrize("lang", LANGS)
def test_orders_are_counted_to_the_day_of_the_notice(tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: Lang) -> None:
    """Beside a notice that states its window, `check --health` counts the orders to the same day and says so; `--end` to another."""
    paths = {name: tmp_path / name for name in ("letter.txt", "orders.csv", "notice.txt")}
    days = [date(2026, 4, 1) + timedelta(number) for number in range(70)]
    rows = [f"{day},{'yes' if day in {days[10], days[68]} else 'no'}" for day in days]
    paths["orders.csv"].write_text("\n".join(["date,claim", *rows]), encoding="utf-8")
    paths["letter.txt"].write_text("From 1 April to 30 May 2026 our order defect rate was 1.67%, 1 order of 60.", encoding="utf-8")
    paths["notice.txt"].write_text(
        "Your account is deactivated: your order defect rate was 1.67% from April 1 to May 30, 2026. Please send a plan of action.", "utf-8"
    )
    letter, orders, notice = map(str, paths.values())
    told = say("health.note.as-noticed", lang, end=date(2026, 5, 30), last=days[-1])
    for more, asked in (([], True), (["--end", "2026-06-09"], False)):
        main(["check", letter, "--health", orders, "--notice", notice, "--lang", lang, *more])
        printed = capsys.readouterr().out
        assert (told in printed, "figure-disagrees" in printed) == (asked, not asked)
    main(["check", letter, "--health", orders, "--lang", lang])
    assert "figure-disagrees" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("Your order defect rate was 2.4% for the 60 day period of September 20, 2026 to November 18, 2026.", date(2026, 11, 18)),
        ("Your order defect rate (2.4%, 20/09/2026 - 18/11/2026) is above our target of 1%.", date(2026, 11, 18)),
        ("As of 18 November 2026 your order defect rate is 2.4%.", date(2026, 11, 18)),
        ("您的訂單缺陷率為 2.4%（2026年9月20日至11月18日），超過 1% 的目標。", date(2026, 11, 18)),
        ("On November 29, 2026 we deactivated your account, since your order defect rate is 2.4%.", None),
        ("Your order defect rate is 2.4%. Please reply by 18 November 2026.", None),
        ("Your order defect rate is 2.4%. From November 1 to November 18, 2026 you had 7 claims.", None),
    ],
)
def test_day_to_which_a_notice_counts(stated: str, day: date | None) -> None:
    """It is the last one of a period as long as the window, or that on which it says the rate was such; no other day of the notice."""
    assert counted_to(read_notice(f"Your account has been deactivated. {stated}")) == day


# -- the rate of the notice -------------------------------------------------------------------------------------------------

NOTICE = """Your account has been deactivated because your Order Defect Rate is 2.31%, which is above our target of 1%.

Please send us a plan of action with the root cause of the late parcels, the actions taken, and the steps to prevent this."""


def differing_from_notice(letter: str, notice: str, *data: Reading) -> list[Finding]:
    """Return what of a letter differs from a notice, or from data."""
    found = annotate(letter, notice=read_notice(notice), metrics=data).findings
    return [finding for finding in found if finding.rule.id == "figure-disagrees"]


@pytest.mark.parametrize(
    ("letter", "words"),
    [
        ("Our order defect rate rose to 3.1% in March 2026, over the target of 1%.", ["3.1%"]),
        ("Our ODR was 1.7% when you wrote to us, and we are sorry. It is 1.4% now.", ["1.7%"]),
        ("Our order defect rate rose to 2.3% in March 2026.", []),
        ("Our order defect rate was 2.310%, seven of 303 orders.", []),
        ("Our order defect rate, which had been 0.4%, rose to 2.31%.", []),
        ("Our order defect rate was 2.31% on the day of your notice and is 1.4% today.", []),
        ("Our order defect rate was over 2% in March 2026.", []),
        ("Our order defect rate was 2.2% in March 2026.", ["2.2%"]),
        ("Our order defect rate was 2% in March 2026.", []),
        ("Our order defect rate is 0.9% today, and we are sorry that it was higher.", []),
        ("We are sorry that we missed the target of 1% for the order defect rate.", []),
        ("Our late shipment rate was 6.2%, over the target of 4%.", []),
        ("We will keep our order defect rate under 0.5%.", []),
    ],
)
def test_a_rate_is_compared_with_that_of_the_notice(letter: str, words: list[str], lang: Lang) -> None:
    """Another rate than the notice states is told with the notice's words; targets, healthy rates and other metrics are not compared."""
    found = differing_from_notice(letter, NOTICE)
    assert [letter[slice(*finding.span)] for finding in found if finding.span] == words
    for finding in found:
        assert say("figure.whose.notice", lang) in finding.message(lang)
        assert "Order Defect Rate is 2.31%" in finding.message(lang)


@pytest.mark.parametrize(
    ("letter", "words"),
    [
        ("Our order defect rate was too high. 17 of 283 orders shipped late (6%).", []),
        ("Our order defect rate suffered because 6% of our orders shipped late.", []),
        ("Our order defect rate was too high. 17 of 283 orders shipped late (7%).", ["7%"]),
        ("Our order defect rate was 6% in March 2026.", ["6%"]),
        ("Our order defect rate was 2.31% and our late shipment rate 5.1%.", ["5.1%"]),
    ],
)
def test_a_rate_is_of_the_metric_of_which_the_notice_states_it(letter: str, words: list[str]) -> None:
    """A rate that the notice states of another metric is compared with that one, unless its sentence says that it is this one's."""
    found = differing_from_notice(letter, f"{NOTICE} Your Late Shipment Rate was 6%, above our target of 4%.")
    assert [letter[slice(*finding.span)] for finding in found if finding.span] == words


OF_DAYS = (
    "Your account has been deactivated. Your order defect rate is 6.45%, which exceeds our target of under 1%. Your late dispatch rate is "
    "9.68%, which exceeds our target of under 4%. We calculated this based on the 31 orders you received between 26 October 2026 and "
    "25 November 2026.\n\nPlease tell us the root cause of the claims and of the late dispatch, and the actions taken."
)


@pytest.mark.parametrize(
    ("letter", "words"),
    [
        ("From 26 October 2026 to 25 November 2026, our order defect rate was 6.45% (2 orders out of 31).", []),
        ("From 26 October to 25 November, our order defect rate was 6.45% (2 orders out of 31).", []),
        ("In the 30 days up to 25 November 2026, our order defect rate was 6.45%.", []),
        ("From 26 September 2026 to 25 October 2026, our order defect rate was 6.45%.", ["26 september 2026 to 25 october 2026"]),
        ("Our order defect rate was 6.45%. The problem occurred between 4 and 19 November 2026.", []),
        ("Our order defect rate was 6.45%, and our late dispatch rate was 3.2%.", ["3.2%"]),
        ("Our order defect rate was 6.45%. Our late dispatch rate was 3.2%; the target is under 4%.", ["3.2%"]),
        ("Our order defect rate was 6.45%. Our late dispatch rate was 3.2% for years.", []),
        ("Five of the 31 orders left one or two days late, so our late dispatch rate was 9.68%.", ["9.68%"]),
        ("Three of the 31 orders left one or two days late, so our late dispatch rate was 9.68%.", []),
    ],
)
def test_each_rate_and_its_days_are_compared_with_the_notice(letter: str, words: list[str]) -> None:
    """Each metric of the notice is compared, also on the healthy side where its rate is told plainly; so are the days beside a rate."""
    found = differing_from_notice(letter, OF_DAYS)
    assert [letter[slice(*finding.span)].lower() for finding in found if finding.span] == words


def test_other_days_are_told_as_such(lang: Lang) -> None:
    """Days that differ from those of the notice are told with these, and not as a rate."""
    (found,) = differing_from_notice("From 1 to 30 September 2026, our order defect rate was 6.45%.", OF_DAYS)
    assert say("figure.whose.notice-days", lang) in found.message(lang)
    assert dict(found.values)["data"] == "2026-10-26 \u2013 2026-11-25"


def test_what_differs_from_counts_and_notice_is_told_once(lang: Lang) -> None:
    """A rate that neither the counts beside it nor the notice bear out is one finding that names both, even if a last digit is one off."""
    letter = "Our order defect rate was 2.2% (9 of 312 orders)."
    (found,) = differing_from_notice(letter, NOTICE.replace("2.31%", "2.3%"))
    assert say("figure.whose.own-both", lang) in found.message(lang)
    assert dict(found.values)["data"].startswith("9 / 312 = 2.885% | ")
    (found,) = differing_from_notice(letter, NOTICE.replace("2.31%", "2.2%"))
    assert say("figure.whose.own", lang) in found.message(lang)


@pytest.mark.parametrize("said", [" which is only like", ", that\u2019s just", ", so", " which means", ", it's basically"])
def test_a_count_is_found_beside_its_rate_however_it_is_said(said: str) -> None:
    """What stands between a rate and its count may be chatty, and the orders may stand before the number that they are counted out of."""
    letter = f"My ODR is 1.8%{said} 7 orders out of 421."
    ((words, data),) = beside_notice(letter, "")
    assert (words, data) == ("1.8%", "7 / 421 = 1.663%")
    assert not beside_notice(letter.replace("1.8", "1.7"), "")
    assert not beside_notice(letter.replace(said, " which is over 1%, and"), "")


@pytest.mark.parametrize(
    "stated",
    [
        "Your order defect rate rose from 1.4% to 2.31%.",
        "Your order defect rate has exceeded 2.31%.",
        "Order defect rate: 2.31% (60 days), 1.9% (30 days).",
        "Your order defect rate is 0.31%, as it should be.",
        "Your order defect rate misses the target of 1%.",
    ],
)
def test_a_notice_without_one_rate_is_compared_with_nothing(stated: str) -> None:
    """Where a notice states several rates of a metric, a limit, or none that misses the target, nothing is compared with it."""
    asked = "Please tell us the root cause of the late parcels and the steps to prevent them."
    assert not differing_from_notice("Our order defect rate rose to 3.1% in March 2026, over the target of 1%.", f"{stated} {asked}")


@pytest.mark.parametrize("sign", ["2.31&#37;", "2.31\uff05", "\uff12\uff0e\uff13\uff11\uff05", "2,31 %"])
def test_a_rate_of_a_notice_is_read_as_it_was_pasted(sign: str) -> None:
    """The rate of a notice stands in HTML, in full-width signs or with a comma, and is compared all the same."""
    notice = NOTICE.replace("2.31%", sign)
    assert differing_from_notice("Our order defect rate rose to 3.1% in March 2026, over the target of 1%.", notice)
    assert not differing_from_notice("Our order defect rate rose to 2.3% in March 2026, over the target of 1%.", notice)


def test_a_rate_is_compared_whatever_its_sentence_does() -> None:
    """A sentence of which it is not known what it does states the seller's rate, too."""
    letter = "Dear Amazon,\n\nOur ODR is 3.7% which is over Amazon target 1%. We sold bad cables because we did not test them."
    found = annotate(letter, metrics=[DATA]).findings
    assert [letter[slice(*each.span)] for each in found if each.span and each.rule.id == "figure-disagrees"] == ["3.7%"]


def test_a_letter_is_compared_with_own_data_and_with_the_notice(lang: Lang) -> None:
    """Data and notice may state other rates: each is compared, and what differs from both is told once; of the notice's own it is told."""
    letter = "Our order defect rate was {} from 2 March 2026 to 30 April 2026."
    for rate, sources in (("1.29%", ["notice"]), ("1.92%", ["both"]), ("2.31%", ["alone"])):
        found = differing_from_notice(letter.format(rate), NOTICE, DATA)
        for finding, source in zip(found, sources, strict=True):
            assert say(f"figure.whose.{source}", lang) in finding.message(lang)
            assert ("1.29%" in dict(finding.values)["data"]) == (source != "notice")
            assert ("Order Defect Rate is 2.31%" in dict(finding.values)["data"]) == (source != "alone")


@pytest.mark.parametrize(
    ("letter", "told"),
    [
        ("We accept that our order defect rate was 1.29%.", ["unnamed-notice", "unnamed-data"]),
        ("We accept that our order defect rate was 1.29% and that we shipped orders late.", ["unnamed-data"]),
        ("We accept that our order defect rate was 1.29% and our late dispatch rate 5.8%. Our VTR was 91.3%.", []),
    ],
)
def test_a_metric_that_fails_and_is_not_named_is_told_beside_the_findings(letter: str, told: list[str], lang: Lang) -> None:
    """What fails beside the order defect rate, by notice or data, and is not named, is a note; what is fine or not known is none."""
    notice = read_notice(f"{NOTICE} Your Late Shipment Rate was 5.8%, above our target of 4%.")
    data = [replace(reading, meets_target=reading.id == "cancellation") for reading in (*EVERY[:1], *EVERY[2:4])]
    plain = annotate(letter, notice=notice, metrics=data)
    assert notice.metrics == ("odr", "late-shipment")
    assert [note.id for note in plain.notes] == told
    names = [metric_name(note.metric, lang) for note in plain.notes]
    assert all(name in note.say(lang) for name, note in zip(names, plain.notes, strict=True))
    assert annotate(letter).notes == ()
