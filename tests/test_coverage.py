"""The letter beside the notice: which question is answered where, and what is left open."""

import io
import json
import sys
import tomllib
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from appealkit.annotate import annotate
from appealkit.case import Case
from appealkit.cli import CLEAN, FOUND, main
from appealkit.coverage import Coverage, coverage
from appealkit.language import LANGS, Lang, say
from appealkit.letter import assemble
from appealkit.notice import QUESTIONS, Issue, Notice
from appealkit.notice_view import show_coverage
from appealkit.reading import read_notice
from appealkit.render import to_html, to_json, to_text
from appealkit.span import Span
from appealkit.tables import load
from appealkit.widgets import NoticeReader
from tests.cases import FULL
from tests.page import Page

NOTICE = (
    "Buyers complain about late shipments and about items that arrived damaged.\n\nFor each issue, please tell us:\n"
    "- the root cause\n- the actions you have taken to resolve it\n- the steps you have taken to prevent it\n"
)
LETTER = (
    "Dear Amazon,\n\nWe are sorry.\n\nLate shipments\n\n"
    "The cause was that one person packed all orders and fell ill in March 2026.\n\n"
    "- On 2 April we refunded the four buyers.\n- Every parcel now leaves on the day after the order.\n\n"
    "Damaged items\n\nThe cause was that our cartons had a single wall.\n"
)


def laid(letter: str = LETTER, notice: str = NOTICE) -> Coverage:
    """Lay a letter beside a notice."""
    return coverage(annotate(letter), read_notice(notice))


def words(table: Coverage, issue: str, question: str, letter: str = LETTER) -> list[str]:
    """Return the sentences in one cell."""
    (row,) = [row for row in table.rows if row.issue.id == issue]
    (cell,) = [cell for cell in row.cells if cell.question == question]
    return [letter[slice(*span)] for span in cell.spans]


# -- which sentence answers what --------------------------------------------------------------------------------------------


def test_sentences_answer_the_issue_of_their_heading() -> None:
    """Below a heading that names an issue, sentences answer that issue and no other."""
    table = laid()
    assert words(table, "late-shipment", "cause") == ["The cause was that one person packed all orders and fell ill in March 2026."]
    assert words(table, "damaged", "cause") == ["The cause was that our cartons had a single wall."]
    assert words(table, "late-shipment", "taken") == ["On 2 April we refunded the four buyers."]


@pytest.mark.parametrize(
    ("done", "issues"),
    [
        ("we refunded all 14 buyers", ["not-received", "damaged"]),
        ("we sent a replacement to all 14 buyers", ["not-received", "damaged"]),
        ("we apologised to all 14 buyers", ["not-received", "late-shipment", "damaged", "unresponsive"]),
        ("we refunded the buyers of damaged items", ["damaged"]),
        ("we refunded the two A-to-z claims", []),
    ],
)
def test_refunds_are_made_for_what_money_mends(done: str, issues: list[str]) -> None:
    """A refund that names no issue answers each that it can mend: it answers no message, and sends no order in time. An apology does."""
    notice = NOTICE.replace("about late", "about parcels that never arrived, unanswered messages, slow refunds, late")
    cause = "The cause of the late shipments and the late deliveries was that one person packed all orders."
    letter = f"Dear Amazon,\n\n{cause}\n\nOn 2 April 2026 {done}."
    table = laid(letter, notice)
    assert len(table.rows) == 5
    answered = [row.issue.id for row in table.rows if words(table, row.issue.id, "taken", letter)]
    assert sorted(set(answered) - {"refund"}) == sorted(issues)


@pytest.mark.parametrize(
    ("led_to", "issues"), [("Three buyers filed an A-to-z claim.", ["not-received"]), ("Three buyers wrote to us.", [])]
)
def test_what_was_paid_on_claims_is_paid_for_what_led_to_them(led_to: str, issues: list[str]) -> None:
    """Where the cause of an issue tells of claims, paying them is what was done about that issue, and about no other."""
    notice = NOTICE.replace("late shipments", "parcels that never arrived")
    letter = (
        f"Dear Amazon,\n\nRoot causes\n1. Our parcels never arrived, since two labels were swapped. {led_to}\n"
        "2. Items arrived damaged, since our cartons had a single wall.\n\nFor the account as a whole:\n"
        "3. On 2 April 2026 we refunded all three A-to-z buyers in full.\n"
    )
    table = laid(letter, notice)
    assert [row.issue.id for row in table.rows if words(table, row.issue.id, "taken", letter)] == issues


def test_a_label_that_names_another_complaint_hides_none_behind_it() -> None:
    """What is told behind a label answers the issue that it names, although the label is that of another complaint."""
    notice = (
        "Buyers complain about parcels that they did not receive, and about damaged items. Please tell us the root cause of each issue."
    )
    cause = "No tracking on small parcels: We mailed them with plain stamps. Two buyers did not receive their order."
    table = laid(f"Dear Amazon,\n\nRoot causes\n1. {cause}\n2. Thin cartons: Items arrived damaged, as a carton had one wall.\n", notice)
    assert table.gaps == ()


PARCELS = (
    "Dear Amazon,\n\n- On 2 April 2026 we refunded all buyers (Enclosed: the refund confirmations).\n"
    "- We now ship with tracking (enclosed: {})."
)
WRONG = (
    "Buyers complain about parcels that never arrived and about items of the wrong color. "
    "For each issue, please tell us the root cause.\n\nPlease include tracking numbers and proof of delivery."
)


def test_proof_of_delivery_is_asked_of_what_it_can_prove() -> None:
    """That a parcel arrived shows nothing of what was in it; where it can be about no issue of a notice, it is asked of each."""
    letter = PARCELS.format("tracking numbers and proof of delivery")
    table = laid(letter, WRONG)
    assert words(table, "different", "evidence", letter) == []
    assert {("different", "evidence"), ("not-received", "evidence")}.isdisjoint(table.gaps)
    assert ("different", "evidence") in laid("We are sorry.", WRONG.replace("parcels that never arrived and about ", "")).gaps


@pytest.mark.parametrize("lang", LANGS)
def test_papers_of_another_kind_are_shown_beside_those_that_are_asked_for(lang: Lang) -> None:
    """What is enclosed and answers nothing surely is shown in its cell, and told apart."""
    view = show_coverage(laid(PARCELS.format("proof of delivery"), WRONG), lang)
    for told in (view.text, view.html):
        assert "refund confirmations" in told.split(say("coverage.beside", lang))[1]
    letter = PARCELS.format("proof of delivery")
    (row, _) = json.loads(to_json(annotate(letter, notice=read_notice(WRONG)), lang))["coverage"]
    assert ["refund confirmations" in Span(**span).of(letter) for span in row["beside"]] == [True]
    assert say("coverage.beside", lang) not in show_coverage(laid("We enclose the proof of delivery.", WRONG), lang).text


@pytest.mark.parametrize(
    ("enclosed", "open_"),
    [("the postal receipts of 28 and 29 November 2026", True), ("our contract with the forwarder", False), ("both papers", False)],
)
def test_a_contract_that_is_asked_for_is_no_receipt(enclosed: str, open_: bool) -> None:  # noqa: FBT001 - a table of cases
    """A paper that the notice names is not answered by one of another kind; what kind it is may stay untold."""
    asked = "Please tell us the root cause of items not received.\n\nPlease also send a copy of the contract with your previous forwarder."
    table = laid(f"We enclose {enclosed}.", asked)
    assert (("not-received", "evidence") in table.gaps) == open_


@pytest.mark.parametrize("lang", LANGS)
def test_orders_that_the_letter_does_not_name_are_told(lang: Lang) -> None:
    """What the notice names as its examples is not passed over; what the letter names is not told again."""
    notice = f"{NOTICE}\nFor examples, see these orders:\n111-5550101-0000101\n111-5550102-0000102\n"
    table = laid(LETTER.replace("four buyers", "four buyers, also for 111\u20135550101\u20130000101"), notice)
    assert table.orders == ("111-5550102-0000102",)
    told = say("coverage.orders", lang, orders="111-5550102-0000102")
    assert told in show_coverage(table, lang).text
    assert told in show_coverage(table, lang).html
    assert json.loads(to_json(annotate(LETTER, notice=read_notice(notice)), lang))["orders_not_named"] == [
        "111-5550101-0000101",
        "111-5550102-0000102",
    ]
    assert laid().orders == laid("\u89aa\u611b\u7684\u8ce3\u5bb6\uff1a\u6211\u5011\u9053\u6b49\u3002", notice).orders == ()


@pytest.mark.parametrize(
    "number",
    [
        "\uff11\uff11\uff11-\uff15\uff15\uff15\uff10\uff11\uff10\uff11-\uff10\uff10\uff10\uff10\uff11\uff10\uff11",  # of a Chinese keyboard
        "111\uff0d5550101\uff0d0000101",
        "111\u22125550101\u22120000101",
        "111-5550101-\n0000101",
        "111-\r\n5550101-0000101",
    ],
)
def test_an_order_is_named_however_its_number_is_written(number: str) -> None:
    """Wide digits, another dash or a broken line make no other order, neither in the letter nor in the notice; more digits do."""
    plain = "111-5550101-0000101"
    assert read_notice(f"{NOTICE}\nFor examples, see these orders:\n{number}\n").orders == (plain,)
    assert laid(LETTER.replace("four buyers", f"four buyers, also for {number}"), f"{NOTICE}\nSee order {plain}.\n").orders == ()
    assert read_notice(f"{NOTICE}\nSee {number}1.\n").orders == ()


def test_a_refund_answers_what_alone_is_asked() -> None:
    """Where a notice asks about late shipments alone, a refund is what was done about them."""
    notice = "Please tell us the actions you have taken to resolve late shipments."
    assert laid("Dear Amazon,\n\nOn 2 April 2026 we refunded all 14 buyers.", notice).gaps == ()


def test_a_letter_that_is_not_read_answers_nothing(tmp_path: Path) -> None:
    """A letter in Chinese leaves every question open, and the command ends as it does for any letter with errors."""
    letter, notice = tmp_path / "letter.txt", tmp_path / "notice.txt"
    letter.write_text(
        "\u89aa\u611b\u7684\u8ce3\u5bb6\u7e3e\u6548\u5718\u968a\uff1a\n\n\u539f\u56e0\u662f\u4eba\u624b\u4e0d\u8db3\u3002\n",
        encoding="utf-8",
    )
    notice.write_text(NOTICE, encoding="utf-8")
    assert main(["check", "--notice", str(notice), str(letter)]) == FOUND


def test_gaps_are_what_is_asked_and_not_answered() -> None:
    """What is asked and answered nowhere is a gap; what is not asked is none."""
    assert laid().gaps == (("damaged", "taken"), ("damaged", "prevention"))
    assert all(not cell.gap for row in laid().rows for cell in row.cells if cell.question == "evidence")


def test_topic_tells_the_issue() -> None:
    """Without headings the topic of a sentence tells which issue it answers."""
    letter = "We failed. The cause was that our cartons had a single wall. Every item is now wrapped in bubble wrap."
    assert words(laid(letter), "damaged", "cause", letter) == ["The cause was that our cartons had a single wall."]
    assert ("late-shipment", "cause") in laid(letter).gaps


STORMY = (
    "Your late shipment rate is 6%. Customers also complained that items arrived late and that items stopped working.\n\n"
    "For each issue, please tell us:\n- the root cause\n"
    "- the actions you have taken to resolve it\n- the steps you have taken to prevent it\n"
)
STORM = "Three claims for {}. I left my handling time at one day while our post office was shut, so 17 orders shipped late."


@pytest.mark.parametrize("late", ["late packages", "a package late for the party", "late parcels"])
@pytest.mark.parametrize("step", ["On 28 May we changed the handling time to two days.", "Since 28 May no parcel arrives late."])
def test_one_cause_answers_both_issues_that_it_tells(late: str, step: str) -> None:
    """What is told as the cause of two like issues is that of both, and a step about one of them removes it for both."""
    table = laid(f"What went wrong\n\n1. {STORM.format(late)}\n\n2. The lamps stopped working.\n\nWhat we did\n\n- {step}\n", STORMY)
    assert {gap for gap in table.gaps if gap[0] != "defective"} <= {("not-received", "prevention"), ("late-shipment", "prevention")}
    assert ("defective", "taken") in table.gaps


def test_a_step_under_a_numbered_cause_answers_all_that_it_caused() -> None:
    """The heading names one issue by its words, and the cause by its number: the steps are those of the cause."""
    causes = f"Causes\n1. Packages late: {STORM.format('late packages')}\n2. Lamps: Lamps stopped working, as nobody tested one.\n\n"
    steps = "For cause 1, late dispatch:\n3. We now turn on vacation mode at once.\n\nFor cause 2, Lamps:\n4. We now test each.\n"
    papers = "\nAlso enclosed:\n- carrier report on the storm\n"
    table = laid(causes + steps + papers, STORMY)
    assert not [gap for gap in table.gaps if gap[1] == "prevention"]
    assert not [row for row in table.rows if row.issue.id == "defective" and "storm" in str(row.cells[3])]


def test_a_step_that_answers_several_causes_answers_the_issues_of_each() -> None:
    """The heading that the letter has for such steps names the causes by their numbers."""
    notice = NOTICE.replace("late shipments", "parcels that never arrived").replace(
        "damaged", "damaged, and about items of the wrong color"
    )
    causes = ("Two parcels never arrived, as a label fell off", "Items arrived damaged, as a carton was thin", "We sent the wrong color")
    steps = [
        {"what": "paid each of them in full", "status": "done", "when": "2026-04-02", "answers": ["c1", "c2"]},
        {"what": "look twice at everything before it leaves", "status": "running", "when": "2026-04-03", "answers": ["c1", "c2", "c3"]},
    ]
    letter = assemble(Case.model_validate({"causes": [{"failed": cause} for cause in causes], "actions": steps}))
    for read in (letter, letter.text):
        table = coverage(annotate(read), read_notice(notice))
        assert [row.issue.id for row in table.rows if words(table, row.issue.id, "taken", letter.text)] == ["not-received", "damaged"]
    assert "uncovered-cause" not in [finding.rule.id for finding in annotate(letter.text).findings]


@pytest.mark.parametrize(
    "heading",
    [
        "For cause 1 and cause 2:", "For causes 1 and 2:", "For causes 1, 2:", "For causes 1 & 2:", "For causes 1\u20132:",
        "Causes 1 to 2", "For cause 1 and 2:", "For Cause #1 and #2:",
        "For both causes:", "For all root causes", "For each of these causes:",
    ],
)  # fmt: skip
@pytest.mark.parametrize(("asked", "of"), [("parcels that never arrived", "not-received"), ("late shipments", "late-shipment")])
def test_a_heading_may_name_several_causes(heading: str, asked: str, of: str) -> None:
    """However it lists their numbers, or where it says that it means all of them, the steps below answer the issues of each."""
    notice = NOTICE.replace("late shipments", asked)
    causes = "Causes\n1. One packer worked alone, and so {}.\n2. Items arrived damaged, as the carton was thin.\n\n"
    told = {"not-received": "two parcels never arrived", "late-shipment": "19 orders were shipped late"}[of]
    steps = f"{heading}\n- On 2 May 2026 we hired Mei.\n- Since 3 May two people look at everything twice.\n"
    assert laid(causes.format(told) + steps, notice).gaps == ()


@pytest.mark.parametrize("heading", ["For cause 1:", "For cause 1, 2 boxes:", "Cause 1 \u2013 2 of 40 parcels"])
def test_a_heading_that_names_one_cause_means_no_other(heading: str) -> None:
    """What is counted behind the number of a cause is no cause."""
    letter = (
        "Causes\n1. Late shipments: one packer worked alone.\n2. Items arrived damaged, as the carton was thin.\n\n"
        f"{heading}\n- On 2 May 2026 we hired Mei.\n- Since 3 May two people look at everything twice.\n"
    )
    assert laid(letter).gaps == (("damaged", "taken"), ("damaged", "prevention"))


ASKED = (
    "Customers complained about items that arrived late and items that stopped working. Also, 3 buyer messages were not answered.\n\n"
    "Please send us a plan of action that explains:\n- The root cause.\n- The actions you have taken to resolve the issue.\n\n"
)
LAMPS = "Causes\n\n1. The {} stopped working, as nobody tested one.\n\n2. Packages arrived late, as our carrier was on strike.\n\n{}"


@pytest.mark.parametrize(
    ("asked", "thing", "only"),
    [
        ("Please also provide invoices for the string lights issued in the last 365 days.", "string lights", True),
        ("Please also provide invoices for the string lights (ASIN B0FAKE1234).", "lamps (B0FAKE1234)", True),
        ("請另外提供 ASIN B0FAKE1234 的發票。", "lamps (B0FAKE1234)", True),
        ("Please also provide invoices for the string lights and the mugs.", "string lights", False),
        ("Please also provide invoices for the items concerned.", "items", False),
        ("Please also provide invoices issued in the last 365 days.", "string lights", False),
    ],
)
def test_papers_for_a_thing_are_asked_where_its_cause_is_told(asked: str, thing: str, only: bool) -> None:  # noqa: FBT001 - what is expected
    """Nobody has an invoice for an unanswered message: papers that no cause ties are asked for all issues."""
    open_ = {issue for issue, question in laid(LAMPS.format(thing, ""), ASKED + asked).gaps if question == "evidence"}
    assert open_ == ({"defective"} if only else {"not-received", "defective", "unresponsive"})
    enclosed = laid(LAMPS.format(thing, f"Also enclosed:\n- supplier invoice for the {thing}\n"), ASKED + asked)
    assert not [gap for gap in enclosed.gaps if gap == ("defective", "evidence")]
    assert not [row for row in enclosed.rows if "supplier" in str(row.cells[1])]
    assert not only or [row.issue.id for row in enclosed.rows if "supplier" in str(row.cells[3])] == ["defective"]


@pytest.mark.parametrize(
    "notice",
    [
        (
            "Customers complained that lights (ASIN B0FAKE1234) stopped working, and that balloons (ASIN B0FAKE5678) arrived late.\n\n"
            "For each issue, please explain the root cause.\n\nPlease provide invoices for ASIN B0FAKE1234."
        ),
        (
            "Customers complained that string lights stopped working and that balloons arrived late.\n\n"
            "For each issue, please explain the root cause.\n\nPlease provide invoices for the string lights."
        ),
        (
            "買家反映燈串（ASIN B0FAKE1234）故障。另有買家反映氣球（ASIN B0FAKE5678）遲到。\n\n"
            "請針對每個問題說明根本原因。\n\n關於 ASIN B0FAKE1234，請提供發票。"
        ),
    ],
)
def test_papers_for_a_thing_that_the_notice_ties_are_asked_there(notice: str) -> None:
    """A thing, or the number of a product, is enough."""
    assert {issue.id: issue.evidence for issue in read_notice(notice).issues} == {"defective": True, "not-received": False}


def test_one_issue_takes_every_sentence() -> None:
    """When the notice has one issue, each sentence whose role fits answers it."""
    notice = "Please tell us the root cause of late shipments."
    assert laid("The reason was that our van broke down.", notice).gaps == ()


def test_pasted_notice_answers_nothing() -> None:
    """A notice that was pasted above the letter is no answer."""
    pasted = "".join(f"> {line}\n" for line in NOTICE.splitlines()) + "\nDear Amazon,\n\nWe look forward to your reply."
    assert len(laid(pasted).gaps) == 6


def test_enclosed_documents_are_evidence() -> None:
    """A sentence that names what is enclosed answers the request for evidence."""
    notice = "Please tell us the root cause of damaged items, and attach photos as evidence."
    letter = "The cause was thin cartons. Photographs of the new cartons are attached."
    assert words(laid(letter, notice), "damaged", "evidence", letter) == ["Photographs of the new cartons are attached."]
    assert ("damaged", "evidence") in laid("The cause was thin cartons.", notice).gaps


@pytest.mark.parametrize(
    "words",
    [
        "The cause was our listing: the photo showed a box of 30 cm.",
        "Since 2 May 2026 we upload photos of every new box to the listing.",
        "We now keep the invoices of the cartons in one folder.",
        "Two buyers sent us a copy of the label.",
    ],
)
def test_papers_that_are_not_handed_in_are_no_evidence(words: str) -> None:
    """A photo in a listing or an invoice in a folder proves nothing; below a heading of what is enclosed, a paper is named to prove."""
    notice = "Please tell us the root cause of damaged items, and attach photos as evidence."
    assert ("damaged", "evidence") in laid(f"We are sorry.\n\n{words}", notice).gaps
    assert ("damaged", "evidence") not in laid("We are sorry.\n\nEnclosed documents\n\n- Photos of the new cartons", notice).gaps


def test_sentences_below_another_issue_answer_none() -> None:
    """What stands below a heading of a complaint that is not asked about is no answer, unless it names one that is."""
    letter = (
        "We are sorry.\n\nDamaged items\n\nThe cause was that our cartons had a single wall.\n\nUnanswered messages\n\n{}\n\n"
        "What we have done\n\n{}\n"
    )
    step = "Since 6 November 2026 Mei checks the inbox every morning."
    assert ("damaged", "prevention") in laid(letter.format(step, step)).gaps
    named = "Since 6 November 2026 Mei checks every carton, so that no item arrives damaged."
    assert ("damaged", "prevention") not in laid(letter.format(step, named)).gaps
    assert ("damaged", "prevention") not in laid(letter.replace("Unanswered messages", "Refunds").format(step, step)).gaps


def test_each_gap_asks_its_question(lang: Lang) -> None:
    """A gap asks the question that is to be answered, and names the issue."""
    for row in laid().rows:
        for question in QUESTIONS:
            assert row.issue.name(lang) in row.ask(question, lang)


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_letter_beside_any_notice(letter: str, notice: str) -> None:
    """Any letter can be laid beside any notice: a row for each issue, with each question once."""
    read = read_notice(notice + "\nPlease tell us the root cause of refunds and of late shipments.")
    table = coverage(annotate(letter), read)
    assert [row.issue for row in table.rows] == list(read.issues)
    assert all([cell.question for cell in row.cells] == list(QUESTIONS) for row in table.rows)


ALIKE = [
    (
        "late-shipment",
        "not-received",
        "The cause was that one packer handled all dispatch alone.",
        "The cause was that the courier lost them in its depot.",
    ),
    (
        "damaged",
        "incomplete",
        "The cause was that our cartons had a single wall.",
        "The cause was that nobody checked the contents against a packing list.",
    ),
    (
        "defective",
        "condition",
        "The cause was that we tested no sample of the new batch.",
        "The cause was that returned units were graded by eye and resold as new.",
    ),
    (
        "different",
        "incomplete",
        "The cause was that two colours shared one bin.",
        "The cause was that sets were not weighed, so pieces were left out.",
    ),
    (
        "cancellation",
        "late-shipment",
        "The cause was that the stock sheet was not synchronised.",
        "The cause was that our cut-off for dispatch was noon.",
    ),
    (
        "not-received",
        "tracking",
        "The cause was that our carrier lost parcels in transit.",
        "The cause was that labels were printed without tracking numbers.",
    ),
    (
        "authenticity",
        "defective",
        "The cause was that we bought from a supplier without an invoice of the brand.",
        "The cause was that the factory skipped its test.",
    ),
    (
        "refund",
        "unresponsive",
        "The cause was that returned goods lay unopened, so refunds waited.",
        "The cause was that nobody read the inbox at weekends.",
    ),
]


@pytest.mark.parametrize(("first", "second", "about_first", "about_second"), ALIKE)
def test_like_issues_are_told_apart(first: str, second: str, about_first: str, about_second: str) -> None:
    """A letter that answers one of two like issues leaves the other open."""
    issues = (Issue(first, cause=True), Issue(second, cause=True))
    notice = Notice("", "performance", issues=issues)
    for letter, answered, left in ((about_first, first, second), (about_second, second, first)):
        table = coverage(annotate(f"We are sorry.\n\n{letter}"), notice)
        assert table.gaps == ((left, "cause"),)
        assert words(table, answered, "cause", f"We are sorry.\n\n{letter}") == [letter]


def test_heading_of_two_issues_leaves_it_to_the_sentence() -> None:
    """Below a heading that names two issues, a sentence about one of them answers that one; a sentence about neither answers both."""
    letter = "We are sorry.\n\nLate shipments and damaged items\n\nThe cause was that our cartons had a single wall.\n"
    assert words(laid(letter), "damaged", "cause", letter)
    assert ("late-shipment", "cause") in laid(letter).gaps
    vague = letter.replace("our cartons had a single wall", "nobody was in charge")
    assert not [issue for issue, question in laid(vague).gaps if question == "cause"]


def test_sentence_goes_on_about_the_issue_before_it() -> None:
    """A sentence without words of its own about an issue goes on about that of the sentence before it, in the same paragraph only."""
    letter = "In May seven orders were shipped late. The cause was that nobody was in charge."
    assert words(laid(letter), "late-shipment", "cause", letter) == ["The cause was that nobody was in charge."]
    assert ("late-shipment", "cause") in laid(letter.replace("late. ", "late.\n\n")).gaps


CAUSES = (
    "We are sorry.\n\nRoot cause\nMarko packs alone and was ill for nine days, so 14 orders left late.\n"
    "Our supplier changed the shade of the lamp, and we compared no box with the listing.\n\nPrevention\n"
)
LATE = "We count the parcels before the courier comes."
OF_BOTH = (
    "Buyers complain about late deliveries and about items that were not as described.\n\n"
    "For each, please tell us the root cause and how you will prevent it."
)


def test_step_goes_with_the_cause_that_it_shares_words_with() -> None:
    """Without words about an issue, a step is about the issue of the cause that it names again, whatever stands before it."""
    supplier, marko = "When a supplier changes we measure the first lamp.", "In future Marko has a stand-in, my cousin Petra."
    letter = f"{CAUSES}{LATE}\n{supplier}\n{marko}\n"
    table = laid(letter, OF_BOTH)
    assert words(table, "not-received", "prevention", letter) == [LATE, marko]
    assert words(table, "different", "prevention", letter) == [supplier]


@pytest.mark.parametrize("before", ["", LATE], ids=["alone", "after-another"])
def test_step_without_words_of_an_issue_is_told_as_such(before: str, lang: Lang) -> None:
    """A step that no word ties to an issue stands beside the gap of each as a perhaps, and is marked where it counts by its place."""
    step = "Every evening two of us look at everything once more."
    letter = f"{CAUSES}{before}\n{step}\n"
    table = laid(letter, OF_BOTH)
    shown = show_coverage(table, lang).text
    assert table.gaps == ((("not-received", "prevention"),) if not before else ()) + (("different", "prevention"),)
    assert f"{say('coverage.perhaps', lang)} {step}" in shown
    assert (f"{step} {say('coverage.loose', lang)}" in shown) == bool(before)
    assert say("coverage.loose", lang) not in show_coverage(laid(f"{CAUSES}{LATE}", OF_BOTH), lang).text
    assert str(escape(say("coverage.perhaps", lang))) in show_coverage(table, lang).html


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("blame", "Also Royal Mail strike in september so is not our problem."),
        ("blame", "The supplier alone is to blame for it."),
        ("denial", "It happened because the metric is wrong."),
        ("vague-cause", "Some unforeseen problems caused this."),
        ("", "The cause was that nobody checked the goods."),
    ],
)
def test_what_answers_no_question_is_not_offered_as_its_answer(rule: str, said: str, lang: Lang) -> None:
    """What shifts the fault, disputes it or names nothing is a finding, and so no perhaps beside a gap; another cause is."""
    table = laid(f"Dear Amazon,\n\nWe are sorry. {said}\n\nPlease reinstate our account.", OF_BOTH)
    sentence = next(sentence for sentence in annotate(said).sentences if sentence.text == said)
    assert (rule in sentence.signals) if rule else not sentence.signals
    assert ("different", "cause") in table.gaps
    assert (said in show_coverage(table, lang).text) == (not rule)


def test_every_issue_has_words_of_letters() -> None:
    """Each issue but the one without a name has words by which a letter is about it."""
    known = load("notices.toml")["issue"]
    assert [name for name, issue in known.items() if not issue["letter"]] == ["other"]


RATES = (
    "Your order defect rate is 1.9% and your late shipment rate is 6%.\n\n"
    "For both, tell us the root cause of the defects and of the late shipments."
)


def test_defects_without_a_complaint_are_the_rate() -> None:
    """Where a notice asks about the order defect rate alone, whatever caused defects answers it, and the rate is called by its name."""
    notice = "Your order defect rate is 1.9%.\n\nTell us:\n- The root cause of the defects\n- How you will prevent defects"
    letter = (
        "We are sorry.\n\nThe cause was that our cartons had a single wall.\n\nEvery box is now dropped from a table before it is sent."
    )
    assert laid(letter, notice).gaps == ()
    without = letter.replace("The cause was that our cartons had a single wall.", "Two buyers filed claims.")
    (row,) = laid(without, notice).rows
    assert laid(without, notice).gaps == (("other", "cause"),)
    assert "your order defect rate" in row.ask("cause", "en")
    assert "\u8a02\u55ae\u7f3a\u9677\u7387" in row.ask("cause", "zh-Hant")


@pytest.mark.parametrize(
    ("letter", "answered"),
    [
        ("The cause was that late shipments were nobody's task.", ["late-shipment"]),
        ("The cause was that glass was packed in one layer of paper.", ["other"]),
        ("Late shipments caused the four A-to-z claims, because one person packed everything.", ["late-shipment", "other"]),
        ("Damaged items\n\nThe cause was that glass was packed in one layer of paper.", ["other"]),
        ("Order defect rate\n\nThe cause was that nobody was in charge.", ["other"]),
        ("Late shipments\n\nThe cause was that nobody was in charge.", ["late-shipment"]),
    ],
)
def test_rate_takes_what_no_other_issue_claims(letter: str, answered: list[str]) -> None:
    """Beside another issue, a sentence answers the rate unless that issue claims it; what names the rate, or what it counts, does, too."""
    table = laid(f"We are sorry.\n\n{letter}", RATES)
    assert [row.issue.id for row in table.rows] == ["late-shipment", "other"]
    assert sorted({row.issue.id for row in table.rows} - {issue for issue, _ in table.gaps}) == answered


def test_what_names_no_complaint_is_not_answered_under_another(lang: Lang) -> None:
    """A matter that is no rate is answered by what is about no other issue, and not below a heading about a complaint that is not asked."""
    notice = Notice("", "policy", issues=(Issue("other", cause=True), Issue("authenticity", cause=True)))
    cause = "The cause was that nobody was in charge."
    assert ("other", "cause") not in coverage(annotate(f"We are sorry.\n\n{cause}"), notice).gaps
    assert ("other", "cause") in coverage(annotate(f"We are sorry.\n\nLate shipments\n\n{cause}"), notice).gaps
    assert load("notices.toml")["issue"]["other"]["name"][lang] == notice.issues[0].name(lang)


# -- what the notice asks in words that were not understood ---------------------------------------------------------------------

GERMAN = "Ihr Konto wurde deaktiviert. Bitte senden Sie uns einen Ma\u00dfnahmenplan mit der Ursache der Probleme."


def test_a_question_that_was_not_understood_is_told_beside_the_letter(lang: Lang) -> None:
    """What was not understood stands below the table, in text, HTML and JSON, and a question of it takes back that nothing was found."""
    asks, tells = "Why did the choir hum?", "The choir hums."
    text = f"{NOTICE}\n{asks} {tells}"
    spans = tuple(Span(text.index(words), text.index(words) + len(words)) for words in (asks, tells))
    notice = replace(read_notice(NOTICE), text=text, not_understood=spans)
    for more in ((), spans[:1]):
        beside = replace(notice, asks_more=more)
        annotation = replace(annotate(LETTER), findings=(), notice=beside)
        for shown in (
            to_text(annotation, lang),
            to_html(annotation, lang),
            show_coverage(coverage(annotation, beside), lang).text,
        ):
            assert asks in shown
            assert tells in shown
            assert (say("coverage.unclear", lang) in shown) == bool(more)
        assert (say("check.none-as-far", lang) in to_text(annotation, lang)) == bool(more)
        assert (say("check.no-findings", lang) in to_text(annotation, lang)) != bool(more)
        told = json.loads(to_json(annotation, lang))["not_understood"]
        assert told == [{"text": asks, "asks": bool(more)}, {"text": tells, "asks": False}]
        assert asks not in show_coverage(coverage(annotation, beside), lang, left=False).text


@pytest.mark.parametrize(
    ("notice", "code"), [("Please tell us the root cause of your messages that were not answered.", CLEAN), (GERMAN, FOUND)]
)
def test_nothing_must_be_mended_is_not_said_beside_a_notice_that_was_not_understood(
    notice: str, code: int, tmp_path: Path, lang: Lang, capsys: pytest.CaptureFixture[str]
) -> None:
    """Beside a notice that may ask what was not understood, the command does not end as for a letter with nothing to mend."""
    letter, file = tmp_path / "letter.txt", tmp_path / "notice.txt"
    letter.write_text(assemble(Case.model_validate(FULL)).text, encoding="utf-8")
    file.write_text(notice, encoding="utf-8")
    assert main(["check", "--lang", lang, "--notice", str(file), str(letter), str(letter)]) == code
    shown = capsys.readouterr().out
    assert (say("check.tally.unclear", lang) in shown) == (code == FOUND)
    assert (say("check.total.unclear", lang, count=2) in shown) == (code == FOUND)
    assert (say("check.total.fine", lang, count=2) in shown) == (code == CLEAN)


# -- what a sentence cannot be about -------------------------------------------------------------------------------------------

PAIRS = tomllib.loads((Path(__file__).parent / "covered.toml").read_text(encoding="utf-8"))["pair"]
USED = (
    "Your order defect rate is 1.8%. Buyers also complained that used items were sold as new.\n\n"
    "For each complaint, tell us the root cause, the actions you have taken, and how you will prevent it."
)


@pytest.mark.parametrize(("held", "answered", "left"), [(False, 0, 1), (True, 1, 2)], ids=["tuned", "held"])
def test_labelled_pairs(held: bool, answered: int, left: int) -> None:  # noqa: FBT001 - it names a part of the pairs
    """Of the questions that a reader found open hardly one counts as answered, and hardly one that is answered as open."""
    wrongly_answered = wrongly_left = 0
    for pair in [pair for pair in PAIRS if pair.get("held", False) is held]:
        read = read_notice(pair["notice"])
        assert [issue.id for issue in read.issues] == pair["issues"]
        wanted = {tuple(name.split(".")) for name in pair["open"]}
        assert all(question != "evidence" or issue.evidence for issue in read.issues for name, question in wanted if name == issue.id)
        gaps = set(coverage(annotate(pair["letter"].strip()), read).gaps)
        wrongly_answered += len(wanted - gaps)
        wrongly_left += len(gaps - wanted)
    assert wrongly_answered <= answered
    assert wrongly_left <= left


def test_a_third_of_the_pairs_is_held_back() -> None:
    """A third of the pairs was never tuned to, and in half of all a question is open."""
    assert 3 * sum(1 for pair in PAIRS if pair.get("held")) >= len(PAIRS) == 21
    assert 2 * sum(1 for pair in PAIRS if pair["open"]) >= len(PAIRS)


PASSAGES = tomllib.loads((Path(__file__).parent / "covered_short.toml").read_text(encoding="utf-8"))["passage"]


@pytest.mark.parametrize(
    "passage",
    [pytest.param(passage, id=f"{passage['asks'][0]}-{number}") for number, passage in enumerate(PASSAGES)],
)
def test_passage_answers_what_it_speaks_of(passage: dict[str, Any]) -> None:
    """A sentence answers an issue that it, its heading, its label or its cause names, and papers a request for papers of their kind."""
    letter = f"We are sorry.\n\n{passage['letter'].strip()}\n"
    asks = [tuple(name.split(".")) for name in passage["asks"]]
    questions: dict[str, dict[str, Any]] = {issue: {question: True for other, question in asks if other == issue} for issue, _ in asks}
    issues = [replace(Issue(issue), **asked) for issue, asked in questions.items()]
    notice = read_notice(passage["notice"]) if "notice" in passage else Notice("", "performance", issues=tuple(issues))
    assert [issue.id for issue in notice.issues] == passage.get("issues", [issue.id for issue in notice.issues])
    table = coverage(annotate(letter), notice)
    assert {gap for gap in table.gaps if gap in asks} == {tuple(name.split(".")) for name in passage["open"]}
    for issue, told in passage.get("never", ()):
        answers = [answer for question in QUESTIONS for answer in words(table, issue, question, letter)]
        assert not [answer for answer in answers if told in answer]


def test_sentence_about_another_subject_answers_no_single_issue() -> None:
    """Beside used items a carrier is no cause and no action, also where the notice asks about nothing else."""
    letter = (
        "Dear Amazon,\n\nMost problems were caused by the carrier, who lost several parcels.\n\n- On 2 May 2026 we called the carrier.\n"
    )
    assert {("condition", "cause"), ("condition", "taken")} <= set(laid(letter, USED).gaps)
    own = "Dear Amazon,\n\nThe cause was that the helper of the carrier put used items back on the shelf.\n"
    assert ("condition", "cause") not in laid(own, USED).gaps


def test_one_word_is_not_enough_for_another_subject() -> None:
    """A packer who takes returned goods for new ones is no cause of late shipments."""
    packer = "Our packer took returned boxes and put them back on the shelf, because we had no separate shelf for returns."
    assert ("late-shipment", "cause") in laid(f"We are sorry.\n\nThe cause: {packer}", RATES).gaps
    assert ("other", "cause") not in laid(f"We are sorry.\n\nThe cause: {packer}", RATES).gaps


@pytest.mark.parametrize(
    ("heading", "answers"),
    [("Order defect rate", False), ("Late shipments", False), ("Items not as described", True), ("Root cause", True)],
)
def test_heading_of_another_matter_keeps_its_sentences(heading: str, answers: bool) -> None:  # noqa: FBT001 - what is expected
    """Where one issue alone is asked about, what stands below another complaint, or the rate, is about that; a like name is its own."""
    letter = f"We are sorry.\n\n{heading}\n\nThe cause was that nobody was in charge.\n\nUsed items sold as new\n\nWe removed 14 of them.\n"
    assert (("condition", "cause") not in laid(letter, USED).gaps) is answers


def test_rate_is_the_only_heading() -> None:
    """Where no heading names the issue, one that names the rate keeps nothing from it."""
    letter = "We are sorry.\n\nOrder defect rate\n\nThe cause was that nobody was in charge.\n"
    assert ("condition", "cause") not in laid(letter, USED).gaps


def test_enclosing_papers_is_no_action() -> None:
    """Papers that are handed in are evidence, and nothing that was done; what was done before them is."""
    notice = "Please tell us the actions you have taken to resolve damaged items, and attach photos as evidence."
    assert laid("We are sorry.\n\nWe enclose two invoices of our supplier dated 3 March 2026.", notice).gaps == (("damaged", "taken"),)
    both = "On 3 May 2026 we bought 200 strong cartons and enclose two photos of them."
    assert laid(f"We are sorry.\n\n{both}", notice).gaps == ()


def test_papers_about_any_complaint_prove_the_rate() -> None:
    """What is enclosed below the heading of a complaint is evidence about the rate that counts it, too."""
    issues = (Issue("condition", evidence=True), Issue("other", evidence=True, metric="odr"))
    letter = "We are sorry.\n\nOrder defect rate\n\nWe failed.\n\nUsed items sold as new\n\nWe enclose two invoices.\n"
    assert coverage(annotate(letter), Notice("", "performance", issues=issues)).gaps == ()


def test_what_is_said_of_all_issues_answers_each() -> None:
    """A sentence about all problems answers each of them, unless its subject goes with one alone."""
    cause = "The cause of both problems was {}."
    assert not [gap for gap in laid(f"We are sorry.\n\n{cause.format('that nobody was in charge')}").gaps if gap[1] == "cause"]
    assert ("late-shipment", "cause") in laid(f"We are sorry.\n\n{cause.format('the thin foam')}").gaps


@pytest.mark.parametrize(
    ("step", "open_"),
    [
        ("bought a barcode scanner off Amazon, it comes Thursday", ["taken", "prevention"]),
        ("On 28 November we ordered a barcode scanner, which arrives on 3 December.", ["taken", "prevention"]),
        ("We have ordered two barcode scanners (expected on 3 December).", ["taken", "prevention"]),
        ("We refunded all buyers on 28 November and ordered a scanner, which arrives on 3 December.", ["prevention"]),
        ("On 28 November we bought a scanner from a shop that comes recommended, and put it on the table.", []),
        ("On 28 November we bought a scanner, and every item is scanned.", []),
    ],
)
def test_what_has_not_arrived_answers_nothing(step: str, open_: list[str]) -> None:
    """With a thing that was ordered and is not there yet nothing is done so far, and nothing prevented."""
    asks = "Please tell us the actions you have taken to resolve it, and how you will prevent it."
    gaps = laid(f"Dear Amazon,\n\nSo what I did:\n- {step}\n", f"Buyers complain about items of the wrong color. {asks}").gaps
    assert [question for _, question in gaps] == open_


def test_what_goes_on_prevents() -> None:
    """What is done since some day prevents a repeat; what was paid since then does not."""
    notice = "Please tell us how you will prevent damaged items."
    step = "Since 10 June 2026 Ben looks at the bottom of the box."
    assert laid(f"We are sorry.\n\n{step}", notice).gaps == ()
    assert laid("We are sorry.\n\nSince 10 June 2026 we have refunded five buyers.", notice).gaps


@pytest.mark.parametrize(
    "text", ["\u89aa\u611b\u7684\u8ce3\u5bb6\u7e3e\u6548\u5718\u968a\uff1a\n\n\u539f\u56e0\u662f\u4eba\u624b\u4e0d\u8db3\u3002", "ok", ""]
)
def test_what_is_not_judged_answers_nothing(text: str, lang: Lang) -> None:
    """A letter that is not in English, or no letter, answers nothing, and the table says why, once, in text and in the form."""
    table = laid(text, USED)
    assert len(table.gaps) == 3
    assert table.unjudged
    view, form = show_coverage(table, lang), NoticeReader(lang=lang, notice=USED, draft=text)
    assert view.text.splitlines()[0] == table.unjudged.say(lang)
    assert str(escape(table.unjudged.say(lang))) in view.html
    assert form.shown.text.count(table.unjudged.say(lang)) == bool(text)


def test_subjects_go_with_known_issues() -> None:
    """Each subject has words, and goes with some of the issues, but not with all."""
    known = set(load("notices.toml")["issue"])
    for subject in load("notices.toml")["letter"]["subject"].values():
        assert subject["words"]
        assert set() < set(subject["of"]) < known
    assert all(known.issuperset(group) for group in load("notices.toml")["letter"]["alike"].values())


# -- the rule ---------------------------------------------------------------------------------------------------------------


def test_rule_joins_when_a_notice_is_given(lang: Lang) -> None:
    """With a notice each issue that is not fully answered is a finding of its own; without one there is none."""
    findings = [finding for finding in annotate(LETTER, notice=read_notice(NOTICE)).findings if finding.rule.id == "unanswered-issue"]
    assert len(findings) == 1
    assert load("notices.toml")["issue"]["damaged"]["name"][lang] in findings[0].message(lang)
    assert load("notices.toml")["question"]["prevention"]["name"][lang] in findings[0].message(lang)
    assert "unanswered-issue" not in [finding.rule.id for finding in annotate(LETTER).findings]


def test_notice_without_issues_asks_nothing() -> None:
    """A notice that asks for documents leaves no gap in a letter."""
    read = read_notice("Please upload your passport.")
    assert "unanswered-issue" not in [finding.rule.id for finding in annotate(LETTER, notice=read).findings]
    assert read.advice("en") in to_html(annotate(LETTER, notice=read), "en")


def test_what_is_asked_instead_of_a_letter_stands_first(lang: Lang) -> None:
    """Where a notice asks for documents or something else, that is told before any finding, once, and what the findings hold for."""
    other_account = "Your account is related to another account that was deactivated. Please reinstate that account first."
    invoices = "Your listing may be inauthentic. Please send invoices from your supplier for the last 365 days."
    for notice in ("Please upload your passport.", other_account, invoices):
        read = read_notice(notice)
        told, annotation = read.instead(lang), annotate(LETTER, notice=read)
        assert told
        first, *rest = to_text(annotation, lang).splitlines()
        assert first == say("check.defects-only", lang, instead=told)
        assert told not in "\n".join(rest)
        page = unescape(to_html(annotation, lang))
        assert page.count(told) == 1
        assert page.index(told) < page.index(say("view.principles", lang))
        assert json.loads(to_json(annotation, lang))["instead"] == told


def test_nothing_stands_first_where_a_letter_may_be_the_answer(lang: Lang) -> None:
    """A notice that asks for a plan, refuses a letter, or was not understood, says nothing of something else instead."""
    refusal = "We have reviewed your appeal and decided not to reinstate your account."
    unread = "Bonjour, votre compte a besoin de votre attention. Nous attendons votre courrier avec impatience."
    for notice in (NOTICE, refusal, unread):
        assert read_notice(notice).instead(lang) == ""


# -- how it is shown ----------------------------------------------------------------------------------------------------------


def test_table_has_row_and_column_headers(lang: Lang) -> None:
    """In HTML the coverage is a table: a header for each question and each issue, and a cell for each of both."""
    page = Page(to_html(annotate(LETTER, notice=read_notice(NOTICE)), lang))
    assert [head.attributes["scope"] for head in page.tags("th") if head.within("ak-coverage")] == ["col"] * 5 + ["row"] * 2
    assert len([cell for cell in page.tags("td") if cell.within("ak-coverage")]) == 8


def test_answers_are_escaped() -> None:
    """Markup in the letter is shown as text in the table."""
    letter = "The cause was <script>alert(1)</script> in our cartons."
    shown = to_html(annotate(letter, notice=read_notice("Please tell us the root cause of damaged items.")), "en")
    assert "<script" not in shown
    assert "&lt;script" in shown.partition('ak-coverage"')[2]


def test_text_and_html_show_gaps(lang: Lang) -> None:
    """A gap is visible as words, with its question, in text and in HTML; without a notice there is no table."""
    annotation = annotate(LETTER, notice=read_notice(NOTICE))
    ask = laid().rows[1].ask("prevention", lang)
    for shown in (to_text(annotation, lang), to_html(annotation, lang)):
        assert shown.count(say("coverage.gap", lang)) == 2
        assert ask in shown
    assert say("coverage.caption", lang) not in to_text(annotate(LETTER), lang)


def test_answers_that_nobody_asked_for_are_told_apart(lang: Lang) -> None:
    """Beside an answer that the notice does not ask for stands that it does not."""
    annotation = annotate("The cause was a broken printer.", notice=read_notice("Please tell us how you will prevent late shipments."))
    assert f"{load('notices.toml')['question']['cause']['name'][lang]} \u00b7 {say('coverage.not-asked', lang)} | The" in to_text(
        annotation, lang
    )
    assert to_html(annotation, lang).count(say("coverage.not-asked", lang)) == 3


def test_notice_without_questions_says_so(lang: Lang) -> None:
    """Where a notice asks nothing, and no other answer is known, that stands in the place of the table."""
    annotation = annotate(LETTER, notice=Notice("Your order defect rate is 1.2%.", "performance", ("odr",)))
    assert all(say("coverage.nothing", lang) in shown for shown in (to_text(annotation, lang), to_html(annotation, lang)))


def test_without_a_notice_there_is_no_coverage(lang: Lang) -> None:
    """JSON has a coverage only where a notice is given."""
    assert "coverage" not in json.loads(to_json(annotate(LETTER), lang))


def test_check_takes_a_notice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`check --notice` adds the coverage to its JSON, with spans of the letter; an open question makes the exit code 1."""
    path = tmp_path / "notice.txt"
    path.write_text(NOTICE, encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LETTER.encode())))
    assert main(["check", "--format", "json", "--notice", str(path), "-"]) == FOUND
    told = json.loads(capsys.readouterr().out)
    assert [row["issue"] for row in told["coverage"]] == ["late-shipment", "damaged"]
    assert list(told["coverage"][0]) == ["issue", "name", "asked", *QUESTIONS, "beside"]
    assert told["coverage"][0]["asked"] == ["cause", "taken", "prevention"]
    (span,) = told["coverage"][1]["cause"]
    assert LETTER[span["start"] : span["end"]] == "The cause was that our cartons had a single wall."
    assert told["coverage"][1]["taken"] == []


def test_languages_are_those_of_the_kit() -> None:
    """Questions are asked in each language of the kit."""
    assert all(set(entry["ask"]) == set(LANGS) for entry in load("notices.toml")["question"].values())
