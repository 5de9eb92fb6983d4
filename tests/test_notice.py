"""The notice reader: phrases with their examples, whatever can be pasted, and the command line."""

import io
import json
import sys
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appealkit.cli import CLEAN, FOUND, UNREADABLE, main
from appealkit.language import LANGS, Lang, metric_name, say
from appealkit.mail import text_of
from appealkit.notice import QUESTIONS, Notice
from appealkit.notice_view import notice_to_text, show_notice
from appealkit.pasted import pieces, without_markup
from appealkit.phrases import pattern
from appealkit.reading import read_notice
from appealkit.reading.mistaken import mistaken
from appealkit.reading.page import page_of
from appealkit.tables import load
from appealkit.triage import triage
from tests.letters import labelled as letters_of
from tests.notices import PLAN, told

LOST = pytest.mark.xfail(reason="was read right before kind and complaints were decided together", strict=True)
LOST_EXAMPLES = {"Buyers made no complaint about late parcels."}


# -- what is asked -----------------------------------------------------------------------------------------------------------


TWO = "Your account is deactivated. Buyers report:\n(1) parcels that never arrived\n(2) bowls that came cracked\n\n{}\n\n{}"


@pytest.mark.parametrize(
    "more",
    [
        "For the latter, please also attach photos of your packaging.",
        "For the bowls, please also attach photos of your packaging.",
        "On the second point, also send photos.",
        "\u7b2c\u4e8c\u9805\u8acb\u9644\u5305\u88dd\u7167\u7247\u3002",
    ],
)
def test_evidence_is_asked_of_the_complaint_that_is_meant(more: str) -> None:
    """What one complaint is asked by its turn, its mark or its own words is not asked of the other."""
    plan = "Please tell us the root cause of each, the actions you have taken and how you will prevent them."
    assert {issue.id: issue.evidence for issue in read_notice(TWO.format(plan, more)).issues} == {"not-received": False, "damaged": True}


@pytest.mark.parametrize(
    "settled",
    ["The root cause is now clear to us.", "We consider your root cause as good enough.", "Your actions taken are well explained."],
)
def test_what_is_settled_is_not_asked(settled: str) -> None:
    """A question that is only mentioned, since its answer was taken, is none."""
    text = f"Your late shipment rate is 6%, above 4%.\n\n{settled}\n\nPlease send us:\n- the steps taken to prevent late shipments"
    (issue,) = read_notice(text).issues
    assert [question for question in QUESTIONS if issue.asks(question)] == ["prevention"]


@pytest.mark.parametrize(
    "last", ["Five tracking IDs from last week with a scan each", pytest.param("Three tracking IDs from this week with a scan", marks=LOST)]
)
def test_a_point_asks_by_those_beside_it(last: str) -> None:
    """A point under a request, in words that no phrase holds, asks what the points around it leave open; its words are shown."""
    points = f"- Root cause\n- Actions taken\n- Steps taken to prevent\n- {last}"
    notice = read_notice(f"Your valid tracking rate is 90%, below 95%.\n\nPlease tell us:\n{points}")
    assert notice.words("tracking.evidence") == (last,)


INCLUDED = """Your Amazon seller account has been temporarily deactivated in accordance with section 3 of Amazon's Business Solutions \
Agreement. Your offers have been removed from Amazon.com. Funds will not be transferred to you but will stay in your account while we work \
with you to address this issue. Please ship any open orders to avoid further impact to your account.

Why is this happening?
Your Order Defect Rate is 2.6%, which exceeds our performance target of less than 1%. Order Defect Rate includes A-to-z Guarantee \
claims, negative feedback and service credit card chargebacks. We reviewed your account and found that buyers filed A-to-z claims about \
items that arrived late or were not received, and left negative feedback about items that were materially different from the listing \
(wrong color).

How do I reactivate my account?
To reactivate your selling account, please submit a plan of action that explains:
-- The root cause(s) that led to the high Order Defect Rate.
-- The actions you have taken to resolve the issue{}
-- The steps you have taken to prevent high Order Defect Rate going forward.
If available, include tracking numbers and proof of delivery for the orders above."""


@pytest.mark.parametrize(
    "included",
    [
        ".",
        ", including any buyers who still wait for an order or a refund.",
        ", such as refunds.",
        " (for example replies to messages).",
        " - in particular for buyers with damaged items.",
        ", including refunds and replacements for broken items.",
        " and any refunds that you made.",
        ", and which buyers you have refunded.",
    ],
)
def test_what_actions_include_is_no_complaint(included: str) -> None:
    """What the question about actions includes neither is asked about by itself, nor takes that question or a complaint away."""
    issues = read_notice(INCLUDED.format(included)).issues
    assert {issue.id for issue in issues} - {"other"} == {"not-received", "different"}
    assert all(getattr(issue, question) for issue in issues for question in ("cause", "taken", "prevention"))


def test_actions_may_name_the_only_complaints() -> None:
    """Where nothing else tells a complaint, what the actions include is what the notice is about."""
    points = "- the root cause\n- the actions taken, including those for late deliveries\n- the steps that prevent them"
    notice = read_notice(f"Your account is deactivated. Please tell us:\n{points}")
    assert [issue.id for issue in notice.issues] == ["not-received"]


def test_a_question_about_what_is_no_issue_is_not_lost() -> None:
    """A question that names only what is not asked about after all is asked about each issue."""
    issues = read_notice(INCLUDED.format(" and the damaged items that you have replaced.")).issues
    assert issues
    assert all(issue.taken for issue in issues)


# -- phrases and their examples ---------------------------------------------------------------------------------------------


def examples(table: str, kind: str) -> list[Any]:
    """Return every example of a table with the entry that it is about, for a test of its own."""
    return [
        pytest.param(name, sentence, id=f"{name}-{number}", marks=[LOST] if sentence in LOST_EXAMPLES else [])
        for name, entry in load("notices.toml")[table].items()
        for number, sentence in enumerate(entry[kind], 1)
    ]


def issues(sentence: str) -> set[str]:
    """Return the issues of a notice that consists of a sentence and a plain request."""
    return {issue.id for issue in read_notice(f"{sentence}\n\nPlease tell us the root cause.").issues}


def questions(sentence: str) -> set[str]:
    """Return what a sentence asks about any issue."""
    return {question for issue in read_notice(sentence).issues for question in QUESTIONS if issue.asks(question)}


@pytest.mark.parametrize(("name", "sentence"), examples("issue", "yes"))
def test_issue_is_told(name: str, sentence: str) -> None:
    """An example of an issue names it."""
    assert name in issues(sentence)


@pytest.mark.parametrize(("name", "sentence"), examples("issue", "no") + examples("issue", "near"))
def test_issue_is_not_told(name: str, sentence: str) -> None:
    """Another sentence, also one that looks like it, does not name the issue."""
    assert name not in issues(sentence)


@pytest.mark.parametrize(("name", "sentence"), examples("question", "yes"))
def test_question_is_asked(name: str, sentence: str) -> None:
    """An example of a question asks it."""
    assert name in questions(sentence)


@pytest.mark.parametrize(("name", "sentence"), examples("question", "no") + examples("question", "near"))
def test_question_is_not_asked(name: str, sentence: str) -> None:
    """Another sentence, also one that looks like it, does not ask the question."""
    assert name not in questions(sentence)


@pytest.mark.parametrize(("name", "heading"), examples("frame", "yes"))
def test_heading_governs_what_stands_under_it(name: str, heading: str) -> None:
    """What a heading makes of the sentences under it holds down to the next one."""
    page = page_of(f"{heading}\n\nBuyers complain about damage.\n\nWhat now\n\nPlease write.")
    assert [name in told.aside for told in page.told] == [True, True, False, False]


@pytest.mark.parametrize(("name", "heading"), examples("frame", "no") + examples("frame", "near"))
def test_heading_does_not_govern_what_stands_under_it(name: str, heading: str) -> None:
    """Under another heading, also one that looks like it, sentences tell what they say."""
    assert name not in page_of(f"{heading}\n\nBuyers complain about damage.").told[-1].aside


def test_heading_takes_back_no_question_that_follows() -> None:
    """A plain request under a heading of what is not asked is asked all the same; a point under it is not."""
    points = (
        "Buyers report late arrival.\n\nWhat we do not ask\n\n- The root cause of damage\n\nNow tell us the root cause of late arrival."
    )
    assert [(issue.id, issue.cause) for issue in read_notice(points).issues] == [("not-received", True)]


def test_questions_are_asked_of_what_their_part_is_about() -> None:
    """Where paragraphs or headings have complaints of their own, a question that names none is about that of its part."""
    paragraphs = (
        "On the orders you cancelled: thank you. What is the root cause?\n\nOn the items that broke: thank you. How will you prevent it?"
    )
    headings = "[Refunds]\n- What is the root cause?\n\n[Damage in transit]\n- How will you prevent it?\n\nYour account is deactivated."
    read = [[(issue.id, issue.cause, issue.prevention) for issue in read_notice(text).issues] for text in (paragraphs, headings)]
    assert read == [[("cancellation", True, False), ("damaged", False, True)], [("refund", True, False), ("damaged", False, True)]]


def test_a_plan_has_its_three_questions_where_no_other_is_asked() -> None:
    """A plan asks for cause, actions and prevention by itself, and for no more than its points where it has some."""
    assert questions("Your late shipment rate is 9%. Send us a plan of action.") == {"cause", "taken", "prevention"}
    assert questions("Your late shipment rate is 9%. Send us a plan of action.\n\nWhat is the root cause?") == {"cause"}


@pytest.mark.parametrize(("name", "sentence"), examples("metric", "yes"))
def test_metric_fails(name: str, sentence: str) -> None:
    """An example of a metric says that it fails."""
    assert read_notice(f"{sentence} Please send a plan of action.").metrics == (name,)


@pytest.mark.parametrize(("name", "sentence"), examples("metric", "no") + examples("metric", "near"))
def test_metric_does_not_fail(name: str, sentence: str) -> None:
    """A metric that is healthy, or only a target, does not count."""
    assert name not in read_notice(f"{sentence} Please send a plan of action.").metrics


@pytest.mark.parametrize(
    ("sentence", "failing"),
    [
        ("Your late shipment rate and your pre-fulfillment cancel rate do not meet our targets.", ("late-shipment", "cancellation")),
        ("Your order defect rate and your cancellation rate are higher than our targets (1% and 2.5%).", ("odr", "cancellation")),
        ("Your account did not meet the late shipment rate and order defect rate targets.", ("late-shipment", "odr")),
        ("Your order defect rate and late shipment rate are 0.4% and 6%.", ("late-shipment",)),
        ("Your late shipment rate is 1%, and your cancellation rate does not meet our target.", ("cancellation",)),
        ("Keep your late shipment rate and your cancellation rate under our targets.", ()),
    ],
)
def test_metrics_in_a_row_share_what_is_said_of_them(sentence: str, failing: tuple[str, ...]) -> None:
    """What is said of several metrics is said of each, unless each has a rate of its own."""
    assert set(read_notice(f"{sentence} Please send a plan of action.").metrics) == set(failing)


@pytest.mark.parametrize(("name", "sentence"), examples("kind", "yes"))
def test_kind_is_told(name: str, sentence: str) -> None:
    """An example of a kind is of it."""
    assert read_notice(sentence).kind == name


@pytest.mark.parametrize(("name", "sentence"), examples("kind", "no") + examples("kind", "near"))
def test_kind_is_not_told(name: str, sentence: str) -> None:
    """Another sentence, also one that looks like it, is of another kind."""
    assert read_notice(sentence).kind != name


def test_an_answer_is_told_from_a_threat() -> None:
    """A refusal, or thanks for what was sent, makes a notice an answer; what may come, also under its heading, does not."""
    entry = load("notices.toml")["refusal"]
    frame = "Buyers report late arrival.\n\n{}\n\nPlease tell us the root cause."
    assert all(read_notice(frame.format(sentence)).words("refusal") for sentence in entry["yes"])
    assert not any(read_notice(frame.format(sentence)).words("refusal") for sentence in (*entry["no"], *entry["near"]))
    assert not read_notice(f"{frame.format('')}\n\nThank you for your reply.").words("refusal")


def test_questions_that_want_more_detail_are_named(lang: Lang) -> None:
    """A refusal tells which answers were too short: these questions are quoted, and no mention of details that asks nothing."""
    entry = load("notices.toml")["detail"]
    frame = "We cannot reinstate your account, because orders were shipped late.\n\n{}\n\nTell us what you have done about it."
    for sentence in (*entry["yes"], *entry["no"], *entry["near"]):
        notice = read_notice(frame.format(sentence))
        assert notice.words("detail") == (sentence,) * (sentence in entry["yes"])
        assert (say("notice.detail", lang) in notice_to_text(notice, lang)) == (sentence in entry["yes"])


@pytest.mark.parametrize(
    ("lead", "points"),
    [
        ("To reinstate your account, we need greater detail on:", "-- The cause of the late shipments.\n-- The actions you took."),
        ("請就下列各項提供更詳細的說明：", "- 延遲出貨的根本原因\n- 您已採取的措施"),
    ],
)
def test_list_of_questions_that_want_more_detail_is_named(lead: str, points: str) -> None:
    """Where the words stand above a list, what leads into it is quoted; above a list that asks nothing they tell nothing."""
    assert read_notice(f"{lead}\n{points}").words("detail") == (lead,)
    asks = "Please tell us the root cause of the late shipments."
    assert not read_notice(f"{asks}\n\nFor more details, see:\n- Account Health\n- Seller University").words("detail")


@pytest.mark.parametrize("label", ["deadline", "attempts"])
def test_numbers_are_told_where_they_are_meant(label: str) -> None:
    """An example of a deadline or of attempts has its number; another sentence with the same words has none."""
    entry = load("notices.toml")[label]
    wanted = "deadline_days" if label == "deadline" else "attempts"
    frame = "Please tell us the root cause of late shipments.\n\n{}"
    assert [told(read_notice(frame.format(sentence)))[wanted] for sentence in entry["yes"]] == [3] * len(entry["yes"])
    for sentence in (*entry["no"], *entry["near"]):
        assert told(read_notice(frame.format(sentence)))[wanted] is None


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("within 72 hours", 3),
        ("within 17 days", 17),
        ("within seventeen (17) days", 17),
        ("within the next 5 business days", 5),
        ("within two weeks", 14),
        ("within 30 hours", 2),
    ],
)
def test_deadlines_come_in_many_forms(words: str, days: int) -> None:
    """A deadline is told in days, whatever it is counted in."""
    assert read_notice(f"Please send the root cause of late shipments {words}.").deadline_days == days


CLAIM = "A customer has filed an A-to-z Guarantee claim for order 113-5508412-0937026. Reason: the package did not arrive.\n\n{}"


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Please respond within 72 hours with the tracking number.", 3),
        ("If we don't hear from you in 7 days, the claim may be granted.", 7),
        ("Please reply within 11 calendar days with:\n- Shipping date\n- Tracking number", 11),
        ("請在 7 個自然日內提供追蹤號碼。", 7),
        ("The buyer waited 7 days for the parcel.", None),
    ],
)
def test_a_claim_is_to_be_answered_in_time(words: str, days: int | None, lang: Lang) -> None:
    """A mail about one claim asks for no letter, and yet says until when it is to be answered."""
    notice = read_notice(CLAIM.format(words))
    assert (notice.kind, notice.deadline_days) == ("other", days)
    assert (say("notice.deadline", lang) in notice_to_text(notice, lang)) == (days is not None)


@pytest.mark.parametrize(
    "text",
    [
        "Message from a buyer about order 113-5508412-0937026: reply within 3 days or I will file an A-to-z claim.",
        "Prime Day is near. Please send your inventory within 10 days.",
    ],
)
def test_what_is_no_claim_sets_no_time(text: str) -> None:
    """What is no notice has no deadline of Amazon's: neither a buyer's message nor news."""
    assert read_notice(text).deadline_days is None


@pytest.mark.parametrize(
    ("sent", "day", "days"),
    [
        ("Date: Sat, 28 Feb 2026 09:15", "by 14 March 2026", 14),
        ("Sent: March 1, 2026", "no later than 8 March 2026", 7),
        ("Date: 20 December 2025", "by January 3", 14),
        ("Notice date: 2026-03-01", "before 11.03.2026", 10),
        ("日期: 2026年3月1日", "by 2026-03-15", 14),
        ("", "by 14 March 2026", None),
        ("Date: 20 March 2026", "by 14 March 2026", None),
        ("Date: 01/02/2026", "by 14 March 2026", None),
        ("Date: Sat, 28 Feb 2026 09:15", "by 3/14/2026", 14),
        ("Date: Sat, 28 Feb 2026 09:15", "by 03/04/2026", None),
        ("日期: 2026年3月1日", "(請於 3/15 前回覆)", 14),
        ("日期: 2026年3月1日", "(請於 3月15日 前回覆)", 14),
    ],
)
def test_deadline_by_date_counts_from_the_day_of_sending(sent: str, day: str, days: int | None) -> None:
    """A deadline given as a date is told in days where the notice gives its own date, and else not."""
    text = f"From: Amazon <no-reply@amazon.com>\n{sent}\nTo: me\n\nHello,\n\nPlease send the root cause of late shipments {day}."
    notice = read_notice(text)
    assert notice.deadline_days == days
    assert notice.words("deadline")


@pytest.mark.parametrize(
    ("sent", "period", "until"),
    [
        ("Date: Thu, 26 Nov 2026 09:15", "within 72 hours", date(2026, 11, 29)),
        ("Date: Thu, 26 Nov 2026 09:15", "by 5 December 2026", date(2026, 12, 5)),
        ("日期: 2026年3月1日", "請於 14 天內回覆。", date(2026, 3, 15)),
        ("Date: Thu, 26 Nov 2026 09:15", "within 5 business days", None),
        ("", "within 72 hours", None),
        ("Gesendet: Donnerstag, 26. November 2026 03:14", "within 14 days", date(2026, 12, 10)),
        ("Gesendet: 26.11.2026 03:14", "within 14 days", date(2026, 12, 10)),
        ("Datum: Do., 5. M\u00e4rz 2026", "within 14 days", date(2026, 3, 19)),
        ("Am 26.11.26 um 03:14 schrieb Amazon <a@amazon.de>:", "within 14 days", date(2026, 12, 10)),
        ("Am Do., 26. Nov. 2026 um 03:14 Uhr schrieb Amazon <a@amazon.de>:", "within 14 days", date(2026, 12, 10)),
        ("Envoy\u00e9\xa0: samedi 1er ao\u00fbt 2026 03:14", "within 14 days", date(2026, 8, 15)),
        ("Le jeu. 26 nov. 2026 \u00e0 03:14, Amazon <a@amazon.fr> a \u00e9crit :", "within 14 days", date(2026, 12, 10)),
        ("Enviado: jueves, 26 de noviembre de 2026 3:14", "within 14 days", date(2026, 12, 10)),
        ("Inviato: luned\u00ec 5 ottobre 2026 03:14", "within 14 days", date(2026, 10, 19)),
        ("Il giorno gio 26 nov 2026 alle ore 03:14 Amazon <a@amazon.it> ha scritto:", "within 14 days", date(2026, 12, 10)),
        ("Verzonden: 26-11-2026 03:14", "within 14 days", date(2026, 12, 10)),
        ("Op wo 4 mrt 2026 om 03:14 schreef Amazon <a@amazon.nl>:", "within 14 days", date(2026, 3, 18)),
        ("\u9001\u4fe1\u65e5\u6642: 2026\u5e7411\u670826\u65e5 3:14", "within 14 days", date(2026, 12, 10)),
        ("Datum: 03-04-2026", "within 14 days", None),
    ],
)
def test_last_day_is_told_where_the_notice_tells_when_it_was_sent(sent: str, period: str, until: date | None, lang: Lang) -> None:
    """The last day to answer is counted from the notice's own date, never from the reader's, and not in days that need a calendar."""
    notice = read_notice(
        f"From: Amazon <no-reply@amazon.com>\n{sent}\nTo: me\n\nHello,\n\nPlease send the root cause of late shipments {period}."
    )
    assert notice.until == until
    assert not notice.not_understood
    assert (str(until) in notice_to_text(notice, lang)) == bool(until)


@pytest.mark.parametrize(
    "words", ["請於 2026 年 4 月 20 日前提交根本原因。", "Please send us the root cause of late shipments by April 20."]
)
def test_a_date_alone_is_no_number_of_days(words: str) -> None:
    """A date gives no days where the notice does not tell its own; it is told as it is written, in text, view and JSON."""
    notice = read_notice(f"買家反映訂單延遲出貨。{words}")
    (date,) = notice.words("deadline")
    assert notice.deadline_days is None
    assert told(notice)["words"]["deadline"] == [date]
    for lang in LANGS:
        (line,) = [line for line in notice_to_text(notice, lang).splitlines() if say("notice.until", lang) in line]
        assert date in line
        assert say("notice.as-written", lang) in show_notice(notice, lang).html
        assert say("notice.until", lang) not in notice_to_text(read_notice("Please send the root cause within 3 days."), lang)


@pytest.mark.parametrize(
    "text",
    [
        "買家投訴商品損壞。為什麼會發生這種情況？您已採取什麼措施？",
        "Buyers complain about broken items.\n\nWhy did this happen?\nWhat have you done about it?",
    ],
)
def test_a_heading_beside_other_questions_is_one(text: str) -> None:
    """What else heads Amazon's own explanation asks for the cause where another question follows it."""
    (issue,) = read_notice(text).issues
    assert (issue.id, issue.cause, issue.taken) == ("damaged", True, True)


def test_what_begins_a_list_within_a_line_is_understood() -> None:
    """Words that end with the mark of the first of several questions lead these in, and are not told as not understood."""
    notice = read_notice(
        "Hello,\n\nYour account was deactivated because of late shipments. Please tell us: 1. What was the root cause? "
        "2. What have you done? 3. How will you keep it from happening?"
    )
    assert notice.not_understood == ()
    assert notice.words("late-shipment.cause") == ("root cause",)


def test_a_refusal_is_named(lang: Lang) -> None:
    """A refusal of an appeal is told as such, by its own words, and a first notice is not."""
    refusal = read_notice(f"We received your submission but do not have enough information.\n\n{REFUSAL}")
    assert refusal.words("refusal") == ("We received your submission but",)
    assert say("notice.refused", lang) in notice_to_text(refusal, lang)
    assert not read_notice(REFUSAL).words("refusal")


@pytest.mark.parametrize(
    "refuses", ["決定不恢復您的銷售權限。我們可能不會再回覆您。", "Our decision is final. We may not respond to e-mails."]
)
def test_a_refusal_that_asks_nothing_is_told(refuses: str, lang: Lang) -> None:
    """A last word is told as a refusal, with its words, and that no answer is promised; a condition is none."""
    told = notice_to_text(read_notice(refuses), lang)
    assert say("notice.refused-alone", lang) in told
    assert say("notice.unanswered-said", lang) in told
    assert show_notice(read_notice(refuses), lang).html.count("<q>") >= 2
    assert not read_notice("Your account will not be reinstated unless you send us invoices.").words("refusal")


def test_that_no_letter_is_asked_for_is_told(lang: Lang) -> None:
    """A warning that wants no answer says so in its own words, and its metric is no riddle."""
    notice = read_notice("Your late shipment rate is 5.6%, above our target of 4%. This is a warning. No response is needed.")
    assert (notice.metrics, notice.issues, notice.not_understood) == (("late-shipment",), (), ())
    assert notice.words("unasked") == ("This is a warning", "No response is needed")
    assert say("notice.unasked-said", lang) in notice_to_text(notice, lang)
    assert not read_notice(REFUSAL + "\n\nThis is a warning.").words("unasked")


LISTED = """Your account has been deactivated. Your order defect rate is 7.94%. We received complaints about the following:

{}

Please send us a plan of action, which must include:
-- The root cause(s) of the order defects.
-- The actions you have taken to resolve the order defects.

Have your listings or account been deactivated in error?
If you believe there has been an error, please tell us why. Your explanation should include the following information:
-- Evidence that shows how your account complies with our policies."""
BLOCK = "{mark}ASIN: B0CJ7QX2LM\n{mark}Title: Train Set with Broken Bridge\n{mark}Complaint type: {type}\n{mark}Buyer comment: {comment}"


@pytest.mark.parametrize("mark", ["", "-- ", "   "])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_complaints_are_listed_by_fields(mark: str, between: str) -> None:
    """Each type in a list of products is a complaint; names of goods, comments of buyers and what only disputes need are none."""
    rows = [
        ("Item not as described", '"Useless, smaller than it says. Where is my refund?"'),
        ("Missing parts or components", '"only 4 of the 6"'),
        ("Seller did not respond to buyer messages", '"nobody answers till Sunday"'),
    ]
    text = LISTED.format(between.join(BLOCK.format(mark=mark, type=row[0], comment=row[1]) for row in rows))
    notice = read_notice(text)
    assert [issue.id for issue in notice.issues] == ["different", "incomplete", "unresponsive"]
    assert {(issue.cause, issue.taken, issue.evidence) for issue in notice.issues} == {(True, True, False)}
    assert notice.words("different.cause") == ("root cause",)
    assert notice.not_understood == ()


def test_a_comment_tells_what_a_claim_is_about() -> None:
    """Where the type only says that there is a claim, the buyer's comment names the complaint."""
    text = LISTED.format(BLOCK.format(mark="- ", type="A-to-z Guarantee claim", comment='"the parcel never arrived"'))
    assert "not-received" in [issue.id for issue in read_notice(text).issues]


@pytest.mark.parametrize(
    ("text", "issues"),
    [
        ("您的帳戶因涉嫌銷售偽造品而被停用。請提供過去 365 天內的發票及供應商聯絡資訊。", {"authenticity": "evidence"}),
        ("您的亞馬遜賣家帳戶已被停用。請提交行動計畫。", {"other": "cause taken prevention"}),
        (
            "Your plan did not address:\n* How you will make sure that buyers get the item as described\n* Why you cancelled orders",
            {"different": "prevention", "cancellation": "cause"},
        ),
        (
            "您的訂單缺陷率為 2.3%，高於 1% 的目標。請提交一份行動計畫，說明根本原因。請提供訂單 111-1000007-2000007 的有效追蹤編號。",
            {"other": "cause taken prevention evidence"},
        ),
        (
            "Buyers complained:\n- Pre-fulfilment cancellation\n- Shipment arrived too late\n\nPlease tell us the root cause of each.",
            {"cancellation": "cause", "not-received": "cause"},
        ),
        *(
            (f"Please send us greater detail on the steps you have taken to prevent {words}.", dict.fromkeys(both, "prevention"))
            for words, both in (
                ("late or damaged deliveries", ("not-received", "damaged")),
                ("damaged or late deliveries", ("damaged", "not-received")),
                ("late and incomplete deliveries", ("not-received", "incomplete")),
                ("late or cancelled shipments", ("late-shipment", "cancellation")),
                ("late or unanswered messages", ("unresponsive",)),
                ("late or lost parcels", ("not-received",)),
            )
        ),
        ("The seller did not replace items that arrived broken. Tell us the root cause.", {"damaged": "cause"}),
    ],
)
def test_what_sellers_were_asked_is_read(text: str, issues: dict[str, str]) -> None:
    """Forms that were once misread: each complaint has the questions that are asked about it."""
    notice = read_notice(text)
    assert asked_in(notice) == issues
    assert notice.kind == ("policy" if "authenticity" in issues else "performance")
    assert notice.words("kind")


def asked_in(notice: Notice) -> dict[str, str]:
    """Return the complaints that a notice asks about, each with its questions."""
    return {issue.id: " ".join(question for question in QUESTIONS if issue.asks(question)) for issue in notice.issues}


PLAN_OF_RATE = """Your order defect rate is above 1%.

Please send us a plan that explains:
- the root cause of your high order defect rate
- the actions you have taken to bring it down
- how you will prevent a high order defect rate

"""


@pytest.mark.parametrize(
    "beside",
    [
        "Here are a few things to consider as you make your plan:\n- Are parcels lost or late?\n- Do you answer messages at once?",
        "To help you, there are some points to consider when you write:\n- Review the claims and chargebacks that you got.",
        "An order has a defect if a buyer files an A-to-z claim or a chargeback, or leaves negative feedback.",
        "We consider an order to have a defect if it led to negative feedback or a claim.",
    ],
)
def test_what_helps_to_write_or_to_understand_is_not_asked_about(beside: str) -> None:
    """Where Amazon asks about the rate alone, what it bids to consider, and what it says that the rate counts, are no complaints."""
    assert asked_in(read_notice(PLAN_OF_RATE + beside)) == {"other": "cause taken prevention"}


@pytest.mark.parametrize(
    ("lead", "points"),
    [
        (
            "We do not have sufficient detail on these issues",
            "- Items not received\n- Defective items\n- Items not as described",
        ),
        (
            "Please revise your plan so that it explains the root cause of each",
            "- Item not received\n- Item defective\n- Wrong item",
        ),
        ("請說明下列投訴的根本原因", "- 商品未送達\n- 商品存在缺陷\n- 商品與描述不符"),
    ],
)
def test_every_point_of_a_list_of_complaints_is_asked_about(lead: str, points: str) -> None:
    """A list that leads in with words such as "sufficient" or "explains" asks nevertheless, about each of its points."""
    asked = asked_in(read_notice(f"{lead}:\n{points}\n\nFor each of them, tell us the root cause."))
    assert asked.keys() == {"not-received", "defective", "different"}


def test_complaints_on_both_sides_of_and_are_asked_about() -> None:
    """What stands behind "and" takes nothing from what stands before it."""
    asks = "Please send us greater detail on the root cause(s) of items not received and refunds not issued."
    assert asked_in(read_notice(asks)) == {"not-received": "cause", "refund": "cause"}


def test_every_paper_is_named() -> None:
    """Where papers are asked for, each is quoted, not the first alone; a heading of Amazon's own explanation asks nothing."""
    text = "Your listing was removed: counterfeit.\n\nSend us invoices from your supplier, or a letter of authorization from the brand."
    assert read_notice(text).words("authenticity.evidence") == ("invoices", "letter of authorization")


@pytest.mark.parametrize("words", ["民國115年12月5日", "115年12月5日", "一一五年十二月五日", "二〇二六年十二月五日", "十二月五日"])
def test_dates_of_taiwan_are_deadlines(words: str) -> None:
    """A date by Taiwan's years, or in Chinese characters, is quoted whole and counted in days."""
    notice = read_notice(f"日期：2026年11月30日\n\n請於{words}前說明延遲出貨的根本原因。")
    assert (notice.words("deadline"), notice.deadline_days) == ((words,), 5)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Weâ€™ve looked at the root cause", "We've looked at the root cause"),
        ("We=E2=80=99d like the root=\n cause", "We'd like the root cause"),
        ("you can­celled orders", "you cancelled orders"),
        ("Cancellation rate ........ 5.1 %", "Cancellation rate 5.1 %"),
    ],
)
def test_what_the_transport_garbled_is_mended(words: str, meant: str) -> None:
    """Letters that a mail's transport or a wrong reading garbled are read as they were meant, and the length stays."""
    assert len(without_markup(words)) == len(words)
    assert " ".join(without_markup(words).replace("⁣", "").split()) == meant


def test_boxes_that_are_not_ticked_name_nothing() -> None:
    """Where a box is ticked, what stands behind the empty ones is not asked about."""
    text = "Reasons:\n[x] Late shipment\n[ ] Chargebacks\n\nFor each reason, provide the root cause."
    assert [issue.id for issue in read_notice(text).issues] == ["late-shipment"]


def test_no_phrase_stands_twice() -> None:
    """Within a list no phrase stands twice, and phrases are in lower case."""
    seen = 0
    for table in load("notices.toml").values():
        for entry in [table, *table.values()]:
            for phrases in entry.values() if isinstance(entry, dict) else ():
                if isinstance(phrases, list):
                    lists = phrases if entry.get("yes") is not phrases else []
                    assert len(lists) == len(set(lists)), lists
                    seen += len(lists)
    assert seen > 500


def test_both_scripts_are_as_long() -> None:
    """Each simplified character has one traditional one."""
    script = load("notices.toml")["script"]
    assert len(script["simplified"]) == len(script["traditional"]) == len(set(script["simplified"]))


def test_names_are_read_back(lang: Lang) -> None:
    """What the kit calls an issue, in a list of complaints, is read as that issue."""
    for name, entry in load("notices.toml")["issue"].items():
        notice = read_notice(f"Buyers complain about:\n\n- {entry['name'][lang]}\n\nPlease tell us the root cause.")
        assert [issue.id for issue in notice.issues] == [name]


@pytest.mark.parametrize("metric", load("metrics.toml"))
def test_a_stated_rate_is_understood(metric: str) -> None:
    """The stated value of any metric is understood, good or bad, and a target of the notice's own decides whether it fails."""
    name, better = metric_name(metric, "en"), load("metrics.toml")[metric]["better"]
    beyond, bound, value = ("above", 0.6, 0.8) if better == "under" else ("below", 98.6, 97.2)
    read = read_notice(f"Your account was deactivated because your {name} is {beyond} {bound}%. Your {name} is {value}%.\n\n{PLAN}")
    assert (read.metrics, read.not_understood) == ((metric,), ())
    assert read_notice(f"Your {name} is {value}%.\n\n{PLAN}").metrics == ()


@pytest.mark.parametrize("begins", ["For both, tell", "Tell"])
def test_the_rate_is_asked_about_beside_another(begins: str) -> None:
    """Order defects that are asked about beside a metric are a matter of their own, unless a complaint tells what they are."""
    asks = f"{begins} us the root cause of your order defects and of the late shipments."
    rates = "Your order defect rate is 1.9% and your late shipment rate is 6%."
    assert {issue.id: issue.metric for issue in read_notice(f"{rates}\n\n{asks}").issues} == {"late-shipment": "", "other": "odr"}
    assert "other" not in {issue.id for issue in read_notice(f"{rates} Buyers report damaged items.\n\n{asks}").issues}


# -- what can be pasted -----------------------------------------------------------------------------------------------------

REFUSAL = "Please send us:\n- Greater detail on the root cause of late shipments\n- Greater detail on how you will prevent defective items"


@pytest.mark.parametrize(
    "dress",
    [
        str,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace(" ", "&nbsp;").replace("\n", "<br>\n"),
        lambda text: text.replace("- ", "\u2022\u00a0").upper(),
        lambda text: "From: Amazon <x@amazon.com>\nTo: me\nSubject: refunds were late\n\n" + text,
        lambda text: "Hi Bo, the refunds were damaged, see below.\n\n---------- Forwarded message ---------\nFrom: Amazon\n\n" + text,
        lambda text: (
            "> Hello,\n> \n> your account:\n> we looked at it.\n" + "".join(f"> {line}\n" for line in text.splitlines()) + "Refunds??"
        ),
        lambda text: text + "\n\nhttps://example.com/refund-damaged\n[cid:damaged.png]",
    ],
    ids=["plain", "CRLF", "HTML", "capitals", "headers", "forwarded", "quoted", "links"],
)
def test_dress_does_not_matter(dress: Any) -> None:  # noqa: ANN401 - a function of text
    """A notice says the same with mail headers, quoted, forwarded with a colleague's words, as HTML and with links."""
    assert [(issue.id, issue.cause, issue.prevention) for issue in read_notice(dress(REFUSAL)).issues] == [
        ("late-shipment", True, False),
        ("defective", False, True),
    ]


@pytest.mark.parametrize("line", ["Amazon", "Amazon.co.jp", "We're here to help"])
def test_who_signs_is_passed_over(line: str) -> None:
    """A line with Amazon's name, or its offer of help, is nothing that the seller has to read anew."""
    assert read_notice(f"Please tell us the root cause of late shipments.\n\n{line}").not_understood == ()
    assert read_notice("Please tell us the root cause of late shipments.\n\nAmazon whistles the anthem.").not_understood


@pytest.mark.parametrize("line", ["The Amazon team", "The Amazon.co.uk team", "Your Amazon.de Team"])
def test_team_that_signs_is_passed_over(line: str) -> None:
    """A team may sign with the address of its marketplace."""
    asked = "Please send:\n- the root cause of the late shipments\n- the actions you have taken\n- the steps that prevent them"
    assert read_notice(f"Hello,\n\nYour account has been deactivated.\n\n{asked}\n\n{line}").not_understood == ()


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("We calculated this based on the 31 orders you received between 26 October 2026 and 25 November 2026.", True),
        ("The rate is counted on the 31 orders placed in the 30 days up to 25 November 2026.", True),
        ("Between 26 October 2026 and 25 November 2026 the birds of your village sang.", False),
    ],
)
def test_days_and_orders_of_a_rate_are_read(told: str, read: bool) -> None:  # noqa: FBT001 - it names an outcome
    """A sentence that tells over which orders and days a rate is counted is shown, and nothing that the seller has to read anew."""
    asked = "Please tell us the root cause of the late shipments."
    notice = read_notice(f"Your order defect rate is 6.45%, above our target of under 1%. {told}\n\n{asked}")
    assert notice.words("window") == ((told,) if read else ())
    assert bool(notice.not_understood) is not read


def test_complaint_that_the_questions_name_again_is_understood() -> None:
    """A sentence that tells of what the notice asks about is no riddle; one that tells of something else is shown."""
    asks = "Your order defect rate is 1.9%. {} Explain the root cause of the late shipments and how you prevent late shipments."
    assert read_notice(asks.format("Buyers complain about late shipments.")).not_understood == ()
    assert read_notice(asks.format("Buyers complain about the singing.")).not_understood


def test_a_period_that_a_quoted_line_parts_is_one() -> None:
    """The mark of a quotation may stand within a number of days."""
    text = "Hello,\n\nPlease tell us the root cause of late shipments within 14\ndays.\n\nThank you for your help.\nWe are here for you."
    assert read_notice("".join(f"> {line}\n" for line in text.splitlines())).deadline_days == 14


def test_the_day_of_an_earlier_mail_below_is_not_that_of_the_notice() -> None:
    """What the seller wrote before stands below the notice with a day of its own; a line that names the day of the notice counts there."""
    asks = f"Hello,\n\n{REFUSAL}\n\nPlease answer within 7 days.\n\n" + "We are here to help.\n\n" * 4
    assert read_notice(f"{asks}On Fri, 27 Nov 2026 at 09:02, Dragan wrote:\n> Dear Amazon, we are sorry.\n").sent is None
    assert read_notice(f"{asks}Date of notice: 28 November 2026\n").sent == date(2026, 11, 28)


def test_what_claims_are_about_is_understood_with_them() -> None:
    """A sentence that tells what claims say is no riddle where the complaints in it are asked about."""
    notice = read_notice(
        "We have deactivated your account because your Order Defect Rate (ODR) exceeds our performance target.\nMany of the negative "
        "feedback and A-to-z Guarantee claims say that items\narrived late, did not fit the vehicle model, or arrived damaged.\n\nTo "
        "reactivate your account, please submit a plan of action that includes:\n-- The root cause(s) of the high Order Defect Rate.\n"
        "-- The actions you have taken to resolve the issue.\n-- The steps you have taken to prevent the high Order Defect Rate.\n\nPlease "
        "also provide supporting documents, such as carrier scan reports\nor supplier invoices, issued in the last 365 days."
    )
    assert {issue.id for issue in notice.issues} == {"not-received", "different", "damaged"}
    assert not notice.not_understood
    assert notice.words("damaged.evidence") == ("supporting documents", "scan reports", "invoices")
    assert notice.words("papers") == ("issued in the last 365 days",)


def test_what_is_not_understood_is_shown() -> None:
    """A sentence that tells the reader nothing is shown as such, in the notice's own words."""
    text = f"{REFUSAL}\n\nKindly whistle the anthem backwards."
    assert [text[slice(*span)] for span in read_notice(text).not_understood] == ["Kindly whistle the anthem backwards."]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We need greater detail on the root cause…, the actions you have taken…, the steps…", "performance"),
        ("Thank you for your appeal. We need greater detail on the root cause, the actions you have taken, the steps.", "performance"),
        ("Your listing violates our policy. Tell us the root cause and the actions you have taken.", "policy"),
    ],
)
def test_questions_alone_make_no_notice_about_a_policy(text: str, kind: str) -> None:
    """The questions of a refusal, quoted without what it complains of, are those of a plan; a policy is told by a word."""
    assert read_notice(text).kind == kind


@pytest.mark.parametrize(
    ("asks", "more"),
    [
        ("Please tell us the root cause of the late shipments.", "We also need more about the A-to-z claims."),
        ("Please tell us the root cause of the late shipments.", "We will need more information on the used items."),
        ("Please tell us the root cause of the late shipments.", "Please give us more details on the damaged items."),
        ("請告訴我們延遲出貨的根本原因。", "我們還需要更多有關商品損壞的資訊。"),
    ],
)
def test_more_that_is_asked_about_a_complaint_is_not_passed_over(asks: str, more: str) -> None:
    """What a notice wants to know of a complaint, in words that ask none of the questions, is told as not understood, and as asked."""
    notice = read_notice(f"{asks} {more}")
    assert [[span.of(notice.text) for span in spans] for spans in (notice.not_understood, notice.asks_more)] == [[more], [more]]


def test_where_to_read_more_about_a_complaint_asks_nothing() -> None:
    """Help pages are no question."""
    notice = read_notice("Please tell us the root cause of the late shipments. To learn more about A-to-z claims, see our help page.")
    assert not notice.not_understood


def test_conclusions_rest_on_words() -> None:
    """Each conclusion has the words that it rests on."""
    notice = read_notice(REFUSAL + "\n\nPlease reply within 3 days. This is your last chance.")
    labels = ["late-shipment", "late-shipment.cause", "defective", "defective.prevention", "deadline", "attempts"]
    assert [notice.words(name) for name in labels] == [
        ("late shipments",),
        ("root cause",),
        ("defective",),
        ("prevent",),
        ("within 3 days",),
        ("last chance",),
    ]


def test_kinds_that_need_no_letter_say_so(lang: Lang) -> None:
    """A notice that a letter would not answer comes with advice, the others without."""
    for kind, entry in load("notices.toml")["kind"].items():
        assert bool(read_notice(entry["yes"][0]).advice(lang)) == (kind not in {"performance", "policy"})


def test_a_language_that_is_not_known_is_told(lang: Lang) -> None:
    """Of a notice in German the kit does not say that nothing is asked; of a short message that it knows it does."""
    german = "Ihr Konto wurde deaktiviert. Bitte senden Sie uns einen Ma\u00dfnahmenplan mit der Ursache der Probleme."
    unread = load("notices.toml")["kind"]["other"]["unread"][lang]
    assert read_notice(german).advice(lang) == unread
    assert notice_to_text(read_notice(german), lang).splitlines()[0] == unread, "and no kind"
    assert str(triage(german, lang)) == unread
    assert read_notice("We have reactivated your account.").advice(lang) == load("notices.toml")["kind"]["other"]["advice"][lang]


WORDS = [
    "root cause",
    "please",
    "odr 3%",
    "- ",
    "within",
    "3",
    "days",
    "\n",
    "\n\n",
    ">",
    "<li>",
    "&nbsp;",
    "未收到",
    "請說明",
    "late",
    "not",
    "from: amazon",
    ":",
    "🧸",
]


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)))
def test_any_text_is_read(text: str) -> None:
    """Any text gives a notice, the same each time, whose spans lie in the text; an issue always asks something."""
    notice = read_notice(text)
    assert notice == read_notice(text)
    assert len(without_markup(text)) == len(text)
    for span in (*notice.not_understood, *(span for _, span in notice.cues)):
        assert 0 <= span.start < span.end <= len(text)
    assert all(any(issue.asks(question) for question in QUESTIONS) for issue in notice.issues)
    assert [piece.start for piece in pieces(text)] == sorted(piece.start for piece in pieces(text))


@pytest.mark.parametrize(
    "unit",
    [
        "<",
        "&#1;",
        "> ",
        "- a:\n",
        "not ",
        "a",
        "未",
        "odr 5% ",
        "odr 5% lsr 6% ",
        "[",
        "from: amazon\n",
        "\u00a0",
        "採取",
        ". ",
        "within 3 ",
        "please prevent, ",
        "days to send ",
        "1 day, ",
        "=\n",
        "\u00e2\u20ac\u2122",
        "....1",
        "why? what have you done? ",
    ],
)
def test_hostile_text_is_read_at_once(unit: str) -> None:
    """A hundred kilobytes of anything are read; what took longer than linear time would never end here."""
    assert read_notice(unit * (100_000 // len(unit))).kind in load("notices.toml")["kind"]


def test_phrases_keep_to_whole_words() -> None:
    """A phrase does not match within a longer word, and its gap does not cross the end of a sentence."""
    assert not pattern("issue", "refund", "phrases").search("prefunded")
    assert not pattern("issue", "refund", "phrases").search("they return it. money is there")


# -- the command line -------------------------------------------------------------------------------------------------------


def test_command_prints_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`notice --format json` prints one object with the keys of the contract."""
    path = tmp_path / "notice.txt"
    path.write_text(REFUSAL, encoding="utf-8")
    assert main(["notice", "--format", "json", str(path)]) == CLEAN
    given = json.loads(capsys.readouterr().out)
    assert list(given) == ["kind", "metrics", "issues", "deadline_days", "attempts", "orders", "refusal", "words", "not_understood"]
    assert given["issues"][0] == {"id": "late-shipment", "cause": True, "taken": False, "prevention": False, "evidence": False}
    assert given == told(read_notice(REFUSAL))


def test_command_reads_standard_input(lang: Lang, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`notice -` reads standard input and explains in the language that is asked for."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(REFUSAL.encode())))
    assert main(["notice", "--lang", lang, "-"]) == CLEAN
    out = capsys.readouterr().out
    assert out == notice_to_text(read_notice(REFUSAL), lang) + "\n"
    assert say("notice.kind", lang) in out
    assert "late shipments" in out


def test_command_shows_what_it_did_not_understand(lang: Lang) -> None:
    """The text names what was not understood, and the advice for kinds that need no letter."""
    shown = notice_to_text(read_notice("Please upload your passport. Kindly whistle the anthem."), lang)
    assert say("notice.left", lang) in shown
    assert "Kindly whistle the anthem." in shown
    assert load("notices.toml")["kind"]["verification"]["advice"][lang] in shown


def test_notice_that_cannot_be_read_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    """A notice that is not there is named, for both commands."""
    assert main(["notice", "gone.txt"]) == UNREADABLE
    assert main(["check", "--notice", "gone.txt", "letter.txt"]) == UNREADABLE
    assert capsys.readouterr().err.count("gone.txt") == 2


@pytest.mark.parametrize("content", ["", " \n\n", "From: Amazon <x@amazon.com>\nTo: me\nSubject: Your account\n", "---\n***"])
def test_notice_without_words_is_explained(content: str, lang: Lang, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is empty, or one that holds mail headers only, is no notice: both commands say which it is, and what to do."""
    path = tmp_path / "notice.txt"
    path.write_text(content, encoding="utf-8")
    for command in (["notice", "--lang", lang, str(path)], ["check", "--lang", lang, "--notice", str(path), "letter.txt"]):
        assert main(command) == UNREADABLE
        key = "notice.empty" if content.strip() else "notice.blank"
        assert capsys.readouterr().err == say(key, lang, file=path) + "\n"


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\x00\xff",
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00",
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01",
        bytes(range(256)),
    ],
)
def test_notice_that_is_no_text_is_explained(content: bytes, lang: Lang, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A picture of a notice is no text, and the command says so."""
    path = tmp_path / "notice.png"
    path.write_bytes(content)
    assert main(["notice", "--lang", lang, str(path)]) == UNREADABLE
    assert capsys.readouterr().err == say("check.not-text", lang, file=path) + "\n"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "big5", "gb18030"])
@pytest.mark.parametrize(
    "words",
    [
        "\u60a8\u597d\uff1a\n\n\u3000\u3000\u60a8\u7684\u8a02\u55ae\u5ef6\u9072\u51fa\u8ca8\u3002\n\u8acb\u8aaa\u660e\u6839\u672c\u539f\u56e0\u3002\n"
    ],
)
def test_any_common_encoding_is_read(words: str, charset: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A short Chinese notice in Big5, GB 18030 or UTF-16, with its mark or without, is read like one in UTF-8."""
    path = tmp_path / "notice.txt"
    path.write_bytes(words.encode(charset))
    assert main(["notice", "--format", "json", str(path)]) == CLEAN
    given = json.loads(capsys.readouterr().out)
    assert [issue["id"] for issue in given["issues"]] == ["late-shipment"]


@pytest.mark.parametrize("coding", ["base64", "quoted-printable"])
@pytest.mark.parametrize("charset", ["utf-8", "big5"])
def test_saved_mail_is_unwrapped(coding: str, charset: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A mail as a mail program saves it, with its body encoded and styled, is read as what the seller saw."""
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Amazon <no-reply@amazon.com>", "Your account"
    mail.set_content("See the other part.")
    page = "<style>.refund { color: red }</style><p>\u60a8\u597d</p><p>Please tell us the root cause of late&nbsp;shipments.</p>"
    mail.add_alternative(page, subtype="html", charset=charset, cte=coding)
    path = tmp_path / "notice.eml"
    path.write_bytes(mail.as_bytes())
    assert main(["notice", "--format", "json", str(path)]) == CLEAN
    given = json.loads(capsys.readouterr().out)
    assert [issue["id"] for issue in given["issues"]] == ["late-shipment"]
    assert given["not_understood"] == []


def test_what_is_too_long_for_a_notice_is_told() -> None:
    """Ten megabytes are read as far as a notice may be long; what lies beyond is told as not understood, in one short line."""
    huge = "Please tell us the root cause of late shipments. " * 200_000
    notice = read_notice(huge)
    assert [issue.id for issue in notice.issues] == ["late-shipment"]
    assert notice.not_understood[-1].end == len(huge)
    assert len(notice_to_text(notice, "en")) < 2000


def test_names_stand_in_both_languages() -> None:
    """Kinds, questions and issues have a name in both languages."""
    for table in ("kind", "question", "issue"):
        for entry in load("notices.toml")[table].values():
            assert set(entry["name"]) == set(LANGS)


def test_what_is_settled_is_not_asked_about() -> None:
    """A complaint that phrases take for one that is asked about is none where the words around it say otherwise."""
    settled = (
        "Hello Lime Tea,\n\nWe have reviewed your plan of action. You have replied on damaged items. These were dealt with before and are "
        "now settled. The open point is a different one: buyers wait for days for an answer to their messages.\n\nFor that point alone, "
        "please provide\n\n- root cause\n- actions taken\n- preventive steps\n\nYour order defect rate remains at 1.3%.\n\nAmazon.in"
    )
    notice = read_notice(settled)
    assert [issue.id for issue in notice.issues] == ["unresponsive"]
    assert notice.words("unresponsive")


def test_as_many_complaints_are_asked_about_as_the_notice_says() -> None:
    """Complaints that are healthy, and told beside those that are asked about, are none, with and without a word of how many are."""
    text = (
        "Hello,\n\nyour order defect rate is now 1.3%, over the target of 1%.\n\nMost defects are due to parcels going missing, mix-ups of "
        "items, and parts not in the box; there's little damage, and your response times are exemplary.\n\nWhat is the cause? How will you "
        "prevent it? Please write to us {} within five days.\n\nSeller Performance"
    )
    told, untold = ([issue.id for issue in read_notice(text.format(words)).issues] for words in ("about all three", ""))
    assert told == ["not-received", "different", "incomplete"] == untold[:3]


def test_an_earlier_mail_below_does_not_take_the_place_of_the_notice() -> None:
    """Amazon's answer is read, and not the seller's mail quoted below it, though Amazon's address stands above that."""
    answer = (
        "Hello from Amazon.\n\nWe reviewed your account.\n\nYour account is related to one that may not sell here.\n\nPlease tell "
        "us what you have done to end the relation.\n\nWe do not tell how accounts are found to be related.\n\nSeller Performance Team\n"
        'http://www.amazon.com\n\n> From: "Mill" <mill@mill.example>\n> Sent: 11/03/2024\n> I have one account. Late shipments: none.\n'
    )
    notice = read_notice(answer)
    assert (notice.kind, [issue.taken for issue in notice.issues]) == ("related-account", [True])


@pytest.mark.parametrize(
    "matter",
    ["you listed a restricted product", "customers were sold food past its date", "an image in your listing infringes a copyright"],
)
def test_the_matter_of_a_policy_is_asked_about(matter: str) -> None:
    """What a policy forbids is asked about, by its own words, also where the notice speaks of a complaint that it is not about."""
    notice = read_notice(
        f"Hello,\n\nyour listing has been removed, because {matter}. We know that the product is genuine and new.\n\nPlease send us:\n"
        "- the root cause\n- the actions you have taken\n- the steps you have taken to prevent this\n\nAmazon"
    )
    assert any(words in matter or matter in words for words in notice.words("other"))


@pytest.mark.parametrize("words", ["Please submit both within 14 days.", "When both remaining appeals are used, the decision is final."])
def test_a_number_of_other_things_counts_no_complaints(words: str) -> None:
    """“Both” papers, and “both” appeals, say nothing of how many complaints there are."""
    notice = read_notice(f"Your account was deactivated. Buyers complain about late shipments.\n\n{words}\n\n{PLAN}")
    assert [issue.id for issue in notice.issues] == ["late-shipment"]


def test_fewer_complaints_than_the_notice_says_are_told() -> None:
    """Where it says how many and one of them has no name here, it is another matter, or its point is shown, though its words are common."""
    two = read_notice(
        "Your selling privileges have been removed because of two complaints:\n1) Order not received: 4 buyers\n2) Product safety "
        "complaint on ASIN B0C1QX7T2M\nFor each complaint please explain what caused it, what you did about it, how you prevent it."
    )
    assert [issue.id for issue in two.issues] == ["not-received", "other"]
    assert two.words("other")
    three = read_notice(
        "Buyers have reported three problems with your account:\n1) late shipments\n2) messages that are not answered\n3) your ASIN page: "
        "tone\n\nFor each, tell us the root cause."
    )
    assert [issue.id for issue in three.issues] == ["late-shipment", "unresponsive"]
    assert "your ASIN page: tone" in {three.text[slice(*span)] for span in three.not_understood}


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("Time limit: 10 days", 10),
        ("We give you 14 days.", 14),
        ("期限：72 小時", 3),
        ("Your funds are held for 90 days.", None),
        ("Invoices must be from the last 365 days.", None),
        ("We will look at it within 4 days.", None),
    ],
)
def test_a_period_is_told_from_others_by_the_words_beside_it(period: str, days: int | None) -> None:
    """What is a time to answer, and what a window, a hold of funds or Amazon's own time, shows in the words beside it."""
    notice = read_notice(f"Your account is deactivated for late shipments.\n\nPlease tell us the root cause.\n\n{period}")
    assert notice.deadline_days == days
    assert bool(notice.words("deadline")) == (days is not None)


@pytest.mark.parametrize(("told", "days"), [("十七天", 17), ("二十天", 20), ("七十二小時", 3), ("一百八十天", 180), ("七日", 7)])
def test_deadlines_in_chinese_words(told: str, days: int) -> None:
    """A number of several characters is read whole: its last one alone would be another deadline."""
    assert read_notice(f"您的帳戶因訂單缺陷率過高而停用。請在{told}內提交行動計畫。").deadline_days == days


@pytest.mark.parametrize("opening", ["-----Original Message-----", "---------- Forwarded message ---------"])
def test_mail_that_was_passed_on(opening: str) -> None:
    """The headers of whoever passed a notice on do not hide the notice."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Date"], mail["Subject"] = "me@shop.example", "you@shop.example", "Mon, 2 Mar 2026 10:00:00 +0000", "FW"
    refusal = "We need greater detail on the root cause of the items not received, and on the steps you have taken to prevent this."
    headers = "From: Seller Performance\nSent: 1 March 2026\nTo: me@shop.example\nSubject: Your account"
    mail.set_content(f"FYI\n\n{opening}\n{headers}\n\nHello,\n\n{refusal}\n")
    found = read_notice(text_of(bytes(mail)))
    assert [issue.id for issue in found.issues] == ["not-received"]


# -- what is no notice --------------------------------------------------------------------------------------------------------


def test_most_letters_are_told_from_notices() -> None:
    """Nine in ten of the labelled letters are known as the seller's own; here every fifth of them."""
    letters = letters_of("tune")[::5]
    assert sum([name for name, _ in mistaken(page_of(letter["text"]))][:1] == ["letter"] for letter in letters) > 0.9 * len(letters)


def test_a_letter_asks_nothing(lang: Lang) -> None:
    """The seller's own letter is of no kind, and the words that tell it are quoted."""
    letter = "We admit that nine orders were late. The cause: one person packed our orders. On 3 May 2026 we refunded all nine buyers."
    notice = read_notice(letter)
    assert (notice.mistaken, notice.kind, notice.issues, notice.not_understood) == ("letter", "other", (), ())
    assert notice.words("letter")
    assert all(say("notice.words", lang, words=words) in notice_to_text(notice, lang) for words in notice.words("letter"))
    assert set(told(notice)["words"]) == {"letter"}
    asked = "Your order defect rate is 2%. Please tell us the root cause of late shipments."
    assert not read_notice(f"{asked}\n\n{letter}").mistaken, "a letter below the notice"


DATA = {
    "json": '{"performanceMetrics": [{"lateShipmentRate": {"rate": 0.05, "targetCondition": "LESS_THAN"}}]}',
    "csv": "Order Date,Order ID,A-to-z Claim\n01/11/2026,1,yes\n02/11/2026,2,no\n",
    "tsv": "Order Date\tOrder ID\tClaim\n01/11/2026\t1\tyes\n02/11/2026\t2\tno\n",
}


@pytest.mark.parametrize("name", DATA)
def test_data_is_no_notice(name: str, lang: Lang, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A report or a table is refused in one sentence that names what reads it."""
    file = tmp_path / f"orders.{name}"
    file.write_text(DATA[name], encoding="utf-8")
    assert main(["notice", str(file), "--lang", lang]) == UNREADABLE
    out, err = capsys.readouterr()
    assert not out
    assert len(err.splitlines()) == 1
    assert "appealkit health" in err
    assert read_notice(DATA[name]).kind == "other"
    around = f"Please tell us the root cause of late shipments.\n\n{DATA[name]}\nSeller Performance"
    assert not read_notice(around).mistaken


@pytest.mark.parametrize(
    ("asked", "papers"),
    [
        ("- invoices from your supplier, issued in the last 365 days", ("issued in the last 365 days",)),
        ("- invoices (365 days or newer) for at least 20 units of it", ("365 days or newer", "for at least 20 units")),
        ("- receipts. They must not be older than 180 days and show 20 units.", ("show 20 units",)),
        ("- invoices. They must be no older than twelve months.", ("no older than twelve months",)),
        ("- 最近 365 天內供應商開立的發票，至少 20 件", ("最近 365 天內", "至少 20 件")),
        ("- 過去廿天內開立的發票，至少廿件", ("過去廿天內", "至少廿件")),
        ("- invoices from your supplier", ()),
        ("- invoices from your supplier, within 17 days", ()),
        ("- photos of the last 365 days", ()),
    ],
)
def test_the_age_and_number_of_papers_is_told_in_the_notices_words(asked: str, papers: tuple[str, ...], lang: Lang) -> None:
    """How old invoices may be and how many units they have to cover is shown among what is asked, where the notice says it."""
    notice = read_notice(
        f"We removed your listing because buyers say that the item is not authentic. Please send us within 17 days:\n\n{asked}"
    )
    assert notice.words("papers") == papers
    assert notice.deadline_days == 17
    for shown in (notice_to_text(notice, lang), show_notice(notice, lang).html):
        assert (say("notice.papers", lang) in shown) == bool(papers)
        assert all(words in shown for words in papers)
    assert told(notice)["words"].get("papers", []) == [*papers]


NOTHING = ("asdf", "milk\neggs\n2 kg potatoes\nbread, butter\ncoffee\n", "牛奶\n雞蛋\n馬鈴薯兩公斤\n")


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_about_nothing_is_no_notice(text: str, lang: Lang, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Words in which nothing is about an account are refused in one sentence: no kind is told, and no translation advised."""
    file = tmp_path / "list.txt"
    file.write_text(text, encoding="utf-8")
    assert main(["notice", str(file), "--lang", lang]) == UNREADABLE
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)
    assert text.split(maxsplit=1)[0] in err
    assert str(triage(text, lang)) == read_notice(text).advice(lang)
    assert not read_notice(f"{text}\n\nPlease tell us the root cause of late shipments.").mistaken


FOREIGN = {
    "German": "Ihr Verkäuferkonto wurde deaktiviert. Ihre Rate an Mängeln liegt bei 2,3 %. Bitte senden Sie uns einen Maßnahmenplan.",
    "French": "Votre compte a été désactivé. Votre taux de commandes défectueuses est de 2,3 %. Veuillez nous envoyer un plan d’action.",
    "Japanese": "アカウントは停止されました。商品が破損していたという苦情を受けています。問題の根本原因と再発防止策を提出してください。",
}


@pytest.mark.parametrize("language", FOREIGN)
def test_a_notice_in_another_language_is_not_read_in_part(language: str, lang: Lang, tmp_path: Path) -> None:
    """What only looks like words that the kit knows is no kind and no complaint, and whether a letter answers it stays open."""
    file, letter = tmp_path / "notice.txt", tmp_path / "letter.txt"
    file.write_text(FOREIGN[language], encoding="utf-8")
    letter.write_text("We are sorry. Nine orders were late.", encoding="utf-8")
    notice = read_notice(FOREIGN[language])
    assert (notice.kind, notice.issues, notice.metrics, notice.cues) == ("other", (), (), ())
    assert notice.advice(lang) == load("notices.toml")["kind"]["other"]["unread"][lang]
    assert main(["notice", str(file)]) == main(["check", "--notice", str(file), str(letter)]) == FOUND
    assert read_notice(f"Weitergeleitete Nachricht\n\n{ASKED}").issues, "a word or two around an English notice"
    assert read_notice(f"Hallo Moira, kannst du das bitte bis Montag beantworten?\n\n{ASKED}").issues


ASKED = (
    "Your account has been deactivated, since buyers complain about late shipments.\n\n"
    "Please send us a plan of action that tells us:\n- the root cause\n- the steps that you have taken\n\nYou have 17 days."
)


def test_a_letter_in_place_of_the_notice_leaves_open_what_is_answered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A letter beside itself is not told to answer everything."""
    file = tmp_path / "letter.txt"
    file.write_text(
        "We admit that nine orders were late. The cause: one person packed. On 3 May 2026 we refunded all buyers.", encoding="utf-8"
    )
    assert main(["notice", str(file)]) == main(["check", "--notice", str(file), str(file)]) == FOUND
    assert say("notice.words", "en", words="We admit") in capsys.readouterr().out


def test_a_question_behind_the_closing_is_told() -> None:
    """Where a second notice stands below the first, whether its question is answered is not known; that no reply is read asks nothing."""
    first = f"Hello,\n\n{ASKED}\n\nSincerely,\nSeller Performance Team\nAmazon.com\n\n"
    second = "Hello,\n\nPlease send us greater detail on the root cause of the damaged items. You have 72 hours.\n\nSeller Performance Team"
    assert read_notice(first + second).asks_more
    assert not read_notice(f"{first}Note: this e-mail was sent from a notification-only address. Please do not reply.").unclear


def test_that_selling_is_stopped_is_no_harmless_message(lang: Lang) -> None:
    """Where the seller may not sell, and no question was found, nobody is told that nothing is asked: it may be a part of a notice."""
    entry = load("notices.toml")["stopped"]
    for text in entry["yes"]:
        assert read_notice(text).advice(lang) == str(triage(text, lang)) == load("notices.toml")["kind"]["other"]["part"][lang]
    for text in (*entry["no"], *entry["near"]):
        assert not read_notice(text).in_part
    of_notice = read_notice("We have deactivated your account because of your order defect rate.")
    assert (of_notice.kind, of_notice.metrics) == ("performance", ("odr",))


def test_doubtful_complaint_is_not_passed_over() -> None:
    """What may well be a complaint that is asked about, but was not taken for one, is shown: nothing of it is lost without a word."""
    text = (
        "Why is this happening?\n\n1. Between 27 September 2026 and 25 November 2026 your Order Defect Rate was 3.41%, which is above our "
        "maximum of 1%. Most are A-to-z claims for orders the buyers say never arrived.\n\n2. Your Late Dispatch Rate was 7.6%. Sellers "
        'are expected to stay under 4%.\n\n3. We have had complaints from customers who received ASIN B0C7XK4T2N "Brass coat hook" in used '
        "condition although it was offered as new.\n\nWhat do I need to send?\n\nFor the Order Defect Rate, please tell us:\n- why the "
        "parcels of the orders above did not arrive, and what you have done for each of these buyers\n\nFor the Late Dispatch Rate, please "
        "explain what changed in your warehouse since October.\n\nFor the complaints about ASIN B0C7XK4T2N, we need:\n- a description of "
        "how you check returned items before they go back on sale\n"
    )
    notice = read_notice(text)
    shown = " ".join(text[slice(*span)] for span in notice.not_understood)
    assert notice.words("condition") or "in used condition" in shown


def test_products_and_common_headings_are_no_riddle() -> None:
    """The number of a product with its name, and the usual headings, tell nothing that must be read; a sentence about a product does."""
    frame = (
        "{}\n\nWe received complaints about late shipments. The ASINs affected are:\n    {}\n\n"
        "Please tell us the root cause of late shipments."
    )
    product = "B0C1QX7T2M  Stainless lunch box, 1.2 l"
    for heading in ("Why is this happening?", "為什麼會發生這種情況？"):
        assert read_notice(frame.format(heading, product)).not_understood == ()
    assert len(read_notice(frame.format("", "B0C1QX7T2M whistles the anthem.")).not_understood) == 1


def test_quotation_marks_are_not_shown(lang: Lang) -> None:
    """A quoted notice is shown without the marks before its lines; its offsets stay those of the text as it came."""
    quoted = "> Buyers complain about late\n> shipments. Please tell us the root\n> cause of them. Kindly whistle the\n> anthem."
    notice = read_notice(quoted)
    assert notice.words("late-shipment") == ("late shipments",)
    assert ">" not in notice_to_text(notice, lang)
    assert quoted[slice(*notice.not_understood[0])] == "Kindly whistle the\n> anthem."


def test_steps_to_prevent_are_quoted_under_prevention_alone() -> None:
    """Where other words ask what was done, a question about steps that prevent is not shown as one about what was done, too."""
    done, prevent = "What actions have you taken to resolve the issue?", "What steps have you taken to prevent the issue going forward?"
    read = read_notice(f"Buyers complain that used items were sold as new.\n\n1. What was the root cause?\n2. {done}\n3. {prevent}")
    assert not [words for words in read.words("condition.taken") if "steps" in words]
    assert any("steps" in words for words in read.words("condition.prevention"))


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("若我們未在 17 天內收到您的資訊，您的帳戶可能會永久停用。", 17),
        ("如果您未於 72 小時內提供資訊，我們可能不會再回覆。", 3),
        ("若您沒有在十七天內回覆，帳戶可能永久停用。", 17),
        ("如果我們在二十一天內未收到您的回覆，您的帳戶可能會永久停用。", 21),
        ("若您未能於兩個星期內提出申訴，帳戶將永久停用。", 14),
        ("十七日內未回覆者，視為放棄申訴。", 17),
        ("如果您在 17 天內沒有收到我們的回覆，請再次聯絡我們。", None),
        ("若買家在 3 天內沒有收到您的回覆，可提出索賠。", None),
    ],
)
def test_deadlines_in_chinese_conditions(words: str, days: int | None) -> None:
    """What happens where nothing is received in time tells the time, whoever is its subject; what buyers or Amazon wait for does not."""
    notice = read_notice(f"您的帳戶因訂單缺陷率過高而停用。\n請提交行動計畫，說明根本原因。\n{words}")
    assert notice.deadline_days == days


def test_a_date_stands_beside_the_time_to_answer() -> None:
    """Where a notice tells days and a date, both are shown: only its reader can say which of them counts."""
    notice = read_notice("請說明延遲出貨的根本原因。\n請於 2026 年 12 月 5 日前提交。\n若我們未在 17 天內收到您的資訊，您的帳戶會停用。")
    assert (notice.deadline_days, notice.words("deadline")) == (17, ("17 天內", "2026 年 12 月 5 日"))


@pytest.mark.parametrize("words", ["The appeal has up to 17 days more.", "The appeal runs for another 17 days."])
def test_a_time_that_is_not_read_is_told(words: str) -> None:
    """A sentence of common words that may tell the time to answer is not passed over where no time was read."""
    notice = read_notice(f"Please tell us the root cause of late shipments.\n{words}")
    assert (notice.deadline_days, [span.of(notice.text) for span in notice.not_understood]) == (None, [words])


@pytest.mark.parametrize(
    "words", ["請於收到本通知後 17 天內提交您的行動計畫。", "附註：您可以再申訴一次。", "PS: Please send us invoices, too."]
)
def test_what_is_asked_behind_the_closing_is_told(words: str) -> None:
    """Nobody can say whether Amazon wrote what stands behind who signs: it is not read, and what it asks is named."""
    asked = "please tell us:\n- the root cause of late shipments\n- the steps taken\n- the steps that prevent them"
    notice = read_notice(f"Hello,\n\n{asked}\n\nAmazon 賣家績效團隊敬上\nAmazon.com\n{words}")
    assert (notice.deadline_days, notice.attempts) == (None, None)
    assert [span.of(notice.text) for span in notice.not_understood] == [words]


def test_tracking_numbers_of_the_orders_are_papers() -> None:
    """Where the number of each order is asked for, it is a paper, and no complaint about tracking, in Chinese as in English."""
    points = "- 導致 A-to-Z 保證索賠的根本原因\n- 您已採取的步驟\n- 每個索賠訂單的追蹤號碼"
    notice = read_notice(f"請送出含有下列資訊的計畫：\n{points}")
    assert [(issue.id, issue.evidence) for issue in notice.issues] == [("a-to-z", True)]


def test_a_reason_that_is_told_is_no_question() -> None:
    """“The main reason is …” asks nothing, so that a letter can answer all of the notice."""
    notice = read_notice(
        "Your order defect rate is 2.1%. The main reason is A-to-z Guarantee claims about orders that arrived late or did not arrive.\n\n"
        "To reactivate your account, please submit a plan of action that explains:\n-- The root cause(s) of the high order defect rate.\n"
        "-- The actions you have taken to resolve the issue.\n-- The steps you have taken to prevent high order defect rate going forward."
    )
    assert notice.issues
    assert not notice.asks_more
