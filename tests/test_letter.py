"""The letter: what is written, what is left out, and that nothing is invented."""

import json
import re
from collections.abc import Callable, Collection, Iterator
from copy import deepcopy
from datetime import date
from importlib.resources import files
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from appealkit.annotate import annotate
from appealkit.case import PHRASINGS, Case, Cause, Wordings
from appealkit.gaps import doubtful, missing
from appealkit.language import Lang
from appealkit.ledger import ledger
from appealkit.letter import _line as template_line
from appealkit.letter import assemble, phrasings
from appealkit.marketplaces import known_marketplaces
from appealkit.roles import Role
from appealkit.share import share
from appealkit.tables import load
from appealkit.vocabulary import months
from appealkit.written import in_digits
from tests.cases import FULL, HOSTILE, cases

WORD = re.compile(r"[^\W_]+")
TEMPLATE = files("appealkit").joinpath("templates", "letter.txt.j2").read_text(encoding="utf-8")


def letter(**facts: object) -> str:
    """Return the letter for some facts."""
    return assemble(Case.model_validate(facts)).text


def without(*path: str | int) -> Case:
    """Return the full case without one of its facts."""
    facts = deepcopy(FULL)
    place: Any = facts
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    return Case.model_validate(facts)


# -- what is written --------------------------------------------------------------------------------------------------------


def test_letter_tells_the_whole_case(full: Case) -> None:
    """Every fact of a full case stands in the letter, in the order: admission, facts, causes, plan, request, signature."""
    text = assemble(full).text
    told = [
        "Subject: Plan of action for our order defect rate, Blue Kite (Amazon.co.uk)\n\n",
        "Dear Seller Performance Team,\n\n",
        "We accept that our order defect rate has fallen short",
        "From 24 January 2026 to 24 March 2026, our order defect rate was 1.29% (4 orders out of 310); the target is under 1%.",
        "The count includes 3 A-to-z claims and 1 negative feedback rating.",
        "The problem occurred between 2 March 2026 and 19 March 2026.",
        "Root causes\n",
        "1. Weekly stock count: Our stock sheet was updated only on Mondays",
        "Three buyers waited",
        "2. Late replies: Messages were read by one person, who was away from 9 to 13 March 2026.\n",
        "For cause 1, Weekly stock count:\n",
        "1. On 21 March 2026 we refunded all four buyers (responsible: Lin). (Enclosed: refund confirmations.)\n",
        "2. We now count the shelf, every morning (in place since 23 March 2026).\n",
        "For cause 2, Late replies:\n",
        "3. From 1 April 2026 on we will answer every message within 12 hours, with two phones.\n",
        "For the account as a whole:\n",
        "4. We now look at the order defect rate, every Monday (in place since 30 March 2026).\n",
        "- photographs of the shelf\n",
        "We will keep our order defect rate",
        "We ask you to reinstate our selling privileges.",
        "Please tell us if you need anything else",
        "Kind regards,\nLin Mei, owner\nBlue Kite\nappeal@bluekite.example\n",
    ]
    places = [text.find(words) for words in told]
    assert -1 not in places, told[places.index(-1)]
    assert places == sorted(places)
    assert str(assemble(full)) == text


def test_new_account_has_its_own_letter(full: Case) -> None:
    """The letter of a new account says that it is new, and asks at the end what else is needed."""
    text = assemble(full.model_copy(update={"situation": "new"})).text
    assert "Our account is new, and its order defect rate has fallen short" in text
    assert "Please tell us what else you need to see in order to reinstate our new account" in text
    assert "We accept that" not in text


def test_dates_spell_the_month_out(full: Case) -> None:
    """No date of the letter is in digits alone."""
    text = assemble(full).text
    assert len(re.findall(r"\b\d{1,2} (?:March|April) 2026\b", text)) >= 6
    assert not re.search(r"\d+[-/.]\d+[-/.]\d+", text)


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_its_name(month: int) -> None:
    """A date is written as day, month in words, year."""
    day = date(2026, month, 5)
    assert f"occurred on {day:5 %B %Y}." in letter(period={"start": day, "end": day})


@pytest.mark.parametrize(
    ("metric", "count", "words"),
    [
        ("odr", {"a-to-z": 1}, "1 A-to-z claim "),
        ("odr", {"a-to-z": 2}, "2 A-to-z claims "),
        ("odr", {"negative-feedback": 2}, "2 negative feedback ratings "),
        ("odr", {"chargeback": 2}, "2 credit-card chargebacks "),
        ("late-shipment", {"late": 2}, "2 late shipments "),
        ("cancellation", {"cancelled": 2}, "2 cancelled orders "),
        ("valid-tracking", {"untracked": 2}, "2 untracked orders "),
        ("on-time-delivery", {"late-delivered": 2}, "2 late arrivals "),
        ("late-shipment", {"late": 1234}, "1,234 late shipments "),
    ],
)
def test_kinds_are_counted_in_good_english(metric: str, count: dict[str, int], words: str) -> None:
    """Each kind of defect has its plural, and a great number its commas."""
    assert f"What went wrong\n{words}counted against our" in letter(metric={"id": metric, "defects": count})


def test_every_kind_of_defect_is_looked_at() -> None:
    """The kinds that the test above counts are all that there are."""
    (mark,) = test_kinds_are_counted_in_good_english.pytestmark  # type: ignore[attr-defined]
    assert {kind for _, count, _ in mark.args[1] for kind in count} == set(load("strings.toml")["defect"])


@pytest.mark.parametrize(("claims", "said"), [(2, True), (1, False)])
def test_kinds_that_come_to_more_than_the_orders_are_explained(claims: int, said: bool) -> None:  # noqa: FBT001
    """Where the kinds add up to more than the orders, the letter says that an order counts once, since a reviewer may add them up."""
    facts = {"id": "odr", "orders": 300, "defective_orders": 3, "defects": {"a-to-z": claims, "negative-feedback": 2}}
    assert ("an order with several of these counts once" in letter(metric=facts)) == said


def test_kind_of_which_there_was_none_is_not_told() -> None:
    """A count of 0 is no part of the letter."""
    assert "chargeback" not in letter(metric={"id": "odr", "defects": {"a-to-z": 1, "chargeback": 0}})


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        ({"value": 93, "orders": 100, "defective_orders": 7}, "Our valid tracking rate was 93% (7 orders out of 100 counted against it)."),
        ({"value": 93, "target": 95}, "Our valid tracking rate was 93%; the target is 95% or more."),
        ({"orders": 100, "defective_orders": 1}, "1 order out of 100 counted against our valid tracking rate."),
        ({"defective_orders": 7, "target": 95.5}, "7 orders counted against our valid tracking rate; the target is 95.5% or more."),
    ],
)
def test_rate_that_should_be_high_reads_so(figures: dict[str, float], sentence: str) -> None:
    """Of a rate that should be high, the orders that are told are those that count against it."""
    assert f"\nWhat went wrong\n{sentence}\n" in letter(metric={"id": "valid-tracking", **figures})


@pytest.mark.parametrize(
    ("value", "words"), [(100.0, "100%"), (1.5, "1.5%"), (0.00001, "0.00001%"), (-0.0, "0%"), (33.333333333, "33.333333333%")]
)
def test_rate_is_written_as_it_was_given(value: float, words: str) -> None:
    """A rate is neither rounded nor written as a power of ten."""
    assert f"was {words}." in letter(metric={"id": "odr", "value": value})


def test_days_of_the_problem_are_not_those_of_the_rate(full: Case) -> None:
    """A rate is told of the days over which it is counted, and of none when these are not given; the problem has days of its own."""
    assert full.metric
    alone = full.model_copy(update={"metric": full.metric.model_copy(update={"window": None})})
    assert "\nOur order defect rate was 1.29%" in assemble(alone).text
    for case in (alone, full):
        assert "\nThe problem occurred between 2 March 2026 and 19 March 2026.\n" in assemble(case).text
    assert "occurred" not in assemble(full.model_copy(update={"period": None})).text


@pytest.mark.parametrize(
    ("documents", "told"),
    [
        (["a list"], "a list"),
        (["a list", "a photograph"], "a list and a photograph"),
        (["a list", "a photograph", "an invoice"], "a list, a photograph and an invoice"),
        (["lists of May, June", "a photograph", "an invoice"], "lists of May, June; a photograph and an invoice"),
    ],
)
def test_lists_read_as_prose(documents: list[str], told: str) -> None:
    """What is enclosed for a step is joined as a sentence does it."""
    step = {"id": "a1", "what": "counted", "status": "done"}
    assert f"(Enclosed: {told}.)" in letter(actions=[step], evidence=[{"what": what, "proves": "a1"} for what in documents])


def test_plan_is_numbered_through_and_grouped_by_cause(full: Case) -> None:
    """Steps stand under the cause that they answer, done before running before planned, with one run of numbers.

    Of those about the whole account the finished ones come first and the others last: what is to come never stands before what is done.
    """
    statuses = ["planned", "done", "running"]
    verbs = {"done": "put"} | dict.fromkeys(["running", "planned"], "count")
    actions = [
        {"what": f"{verbs[status]} in {cause} {status}", "status": status, "answers": cause}
        for status in statuses
        for cause in ("c2", None, "c1")
    ]
    text = assemble(Case.model_validate({**FULL, "actions": actions, "evidence": []})).text
    steps = re.findall(r"^(\d)\. We (?:now |will )?(?:put|count) in (\w+) (done|running|planned)", text, re.MULTILINE)
    of_causes = [(cause, status) for cause in ("c1", "c2") for status in ("done", "running", "planned")]
    wanted = [("None", "done"), *of_causes, ("None", "running"), ("None", "planned")]
    assert re.findall("^For the account.*", text, re.MULTILINE) == [
        "For the account as a whole:",
        "For the account as a whole, to prevent a repeat:",
    ]
    assert steps == [(str(number), *step) for number, step in enumerate(wanted, 1)]
    assert full.actions  # the case itself keeps the order in which they were given


def test_a_step_may_answer_several_causes() -> None:
    """Its heading names them, and stands behind that of the last one; a cause that is not told is left out of it."""
    causes = [{"failed": "We forgot it"}, {"failed": "We lost it", "title": "Lost"}, {"title": "Untold"}, {"failed": "We broke it"}]
    answered: tuple[object, ...] = (["c4", "c1", "c2"], "c4", ["c2", "c1", "c3"], ["c2"], [])
    actions = [{"what": f"count shelf {number}", "status": "planned", "answers": causes} for number, causes in enumerate(answered)]
    text = letter(causes=causes, actions=actions)
    plan = text.split("how we prevent a repeat\n")[1].split("\n\nWe will keep")[0]
    assert re.findall(r"^For .*:|shelf \d", plan, re.MULTILINE) == [
        "For cause 2, Lost:", "shelf 3",
        "For cause 1 and cause 2:", "shelf 2",
        "For cause 3:", "shelf 1",
        "For cause 1, cause 2 and cause 3:", "shelf 0",
        "For the account as a whole:", "shelf 4",
    ]  # fmt: skip


def test_step_for_a_cause_that_is_left_out_stays() -> None:
    """A step whose cause says nothing is told as one for the account as a whole; the only group needs no heading."""
    text = letter(causes=[{"title": "Stock"}], actions=[{"what": "count the shelf", "status": "running", "answers": "c1"}])
    assert "What we have done, and how we prevent a repeat\n1. We now count the shelf." in text
    assert "Stock" not in text


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ({"what": "We have refunded them.", "status": "done", "when": "2026-03-21"}, "1. On 21 March 2026 we refunded them.\n"),
        ({"what": "Refunded them", "status": "done", "who": "Lin"}, "1. We refunded them (responsible: Lin).\n"),
        ({"what": "we now count", "status": "running", "frequency": "daily,"}, "1. We now count, daily.\n"),
        ({"what": "FBA-label all", "status": "running", "when": "2026-03-21"}, "1. We now FBA-label all (in place since 21 March 2026).\n"),
        ({"what": "will bring spares", "status": "planned", "how": "a van"}, "1. We will bring spares, with a van.\n"),
        (
            {"what": "send all with a label", "status": "running", "how": "Buy Shipping"},
            "1. We now send all with a label, using Buy Shipping.\n",
        ),
        ({"what": "count the shelf", "status": "running", "how": "Using a scanner"}, "1. We now count the shelf, using a scanner.\n"),
        ({"what": "count the shelf", "status": "running", "how": "In Excel"}, "1. We now count the shelf, in Excel.\n"),
        (
            {"what": "print with, as ever, a stamp", "status": "running", "how": "Tec"},
            "1. We now print with, as ever, a stamp, using Tec.\n",
        ),
        ({"what": "Our clerk counts", "status": "running", "when": "2026-03-21"}, "1. In place since 21 March 2026: Our clerk counts.\n"),
        ({"what": "the shelf is counted", "status": "planned"}, "1. Planned: the shelf is counted.\n"),
        ({"what": "counting the shelf", "status": "done", "who": "Lin"}, "1. Done: counting the shelf (responsible: Lin).\n"),
        ({"what": "we", "status": "done"}, "1. Done: we.\n"),
        (
            {"what": "send all orders by 4 December", "status": "planned", "when": "2026-12-04", "who": "Lin"},
            "1. We will send all orders by 4 December (responsible: Lin).\n",
        ),
        (
            {"what": "send all orders by Friday, 4 December 2026", "status": "planned", "when": "2026-12-01"},
            "1. We will send all orders by Friday, 4 December 2026 (from 1 December 2026 on).\n",
        ),
        (
            {"what": "by 2026-12-04 send all orders", "status": "planned", "when": "2026-12-04"},
            "1. Planned: by 2026-12-04 send all orders.\n",
        ),
        (
            {"what": "pack by 16:00, by UPS standards", "status": "planned", "when": "2026-12-04"},
            "1. From 4 December 2026 on we will pack by 16:00, by UPS standards.\n",
        ),
        (
            {"what": "refunded all by 4 December", "status": "done", "when": "2026-12-04"},
            "1. On 4 December 2026 we refunded all by 4 December.\n",
        ),
    ],
)
def test_a_step_is_a_sentence(step: dict[str, str], told: str) -> None:
    """A step goes on behind “we”, however its writer began it; one that cannot stands behind a colon, as it was written."""
    assert told in letter(actions=[step])


STEPS = {
    ("done", "We "): """
        put a scale up; stopped selling it; had the supplier replace it; tested returned units; shrink-wrapped all; did it all
    """,
    ("running", "We now "): """
        count all; never ship late; have a second scale; double-check each; keep them; do a count; read it aloud
    """,
    ("planned", "We will "): """
        be there by 8; not ship late; hire a packer; start weighing; set up a scale; palletise all; print labels
    """,
    ("done", "Done: "): """
        I refunded both; I've refunded both; Mr. Lin called; Fred checked all; Ana called both; buyers were refunded; Both
        refunded; affected buyers were refunded; refund of both; FBA stock counted; refund both; will refund both; refunds both;
        I will refund both; damaged units removed; Refunding both; \u5df2\u9000\u6b3e
    """,
    ("running", "In place: "): """
        Ms. Lin tests all; My sister Ana answers; Ana answers; Mark tests every one; I'm weighing all; we're weighing; stock is
        counted; label printer is tested; check of all boxes; weekly check of stock; Lin Mei counts; report sent daily; counting
        all; to count all; taped the list; counts the shelf; will count; ana will count
    """,
    ("planned", "Planned: "): """
        I'm going to weigh all; I\u2019ll weigh all; we are going to weigh; Ana will weigh; Mr Chen to hire one; let's weigh; a
        scale is bought; going to weigh all; weighing all; weighed all; new scale arrives; I weighed all; Ana called both; the
        shelf was counted
    """,
}
"""What sellers type as a step, by its state and by what stands before it in the letter."""

TOLD = {
    "done": ["refund both", "will refund both", "refunds both", "I will refund both"],
    "running": ["taped the list", "counts the shelf", "will count", "ana will count"],
    "planned": ["weighed all", "I weighed all", "Ana called both", "the shelf was counted"],
}
"""Which of these say another tense than their state."""


@pytest.mark.parametrize(
    ("status", "begun", "what"), [(*key, " ".join(what.split())) for key, steps in STEPS.items() for what in steps.split(";")]
)
def test_the_words_of_a_step_are_never_garbled(status: str, begun: str, what: str) -> None:
    """Behind “we” goes a verb in the form for the state alone; a sentence of its own stays one, and a wrong tense is told."""
    case = Case.model_validate({"actions": [{"what": what, "status": status, "who": "Ana"}]})
    assert f"1. {begun}{what} (responsible: Ana).\n" in assemble(case).text
    told = [doubt.key for doubt in doubtful(case) if doubt.key != "voice-we"]
    assert told == ([f"worded-{status}"] if what in TOLD[status] else [])


def test_a_cause_may_tell_the_figure_of_the_problem() -> None:
    """What a cause tells in figures counts for a letter whose facts are known as it does for one that has to be read."""
    told = {"failed": "I copied the sizes off a spreadsheet.", "led_to": "Ten buyers got 45x65 cm when the page said 50x70."}
    written = assemble(Case.model_validate({"causes": [told], "period": {"start": "2026-10-06", "end": "2026-11-15"}}))
    for letter_or_text in (written, written.text):
        assert "no-figure" not in [finding.rule.id for finding in annotate(letter_or_text).findings]


def test_a_responsible_person_has_a_name() -> None:
    """A reviewer does not know who “me” is, however it is said; nor is it a role, as that of the seller is."""
    nobody, somebody = ("me", "Myself", "just me", "It's only me!", "I do it all by myself", "the seller"), ("Mei", "me and Ana Chen", "")
    steps = [{"what": "count all", "status": "running", "who": who} for who in (*nobody, *somebody)]
    told = [(word.field, word.key) for word in doubtful(Case.model_validate({"actions": steps}))]
    assert told == [(f"actions.{number}.who", "who-me") for number in range(len(nobody))]
    alone = [word.field for word in doubtful(Case.model_validate({"voice": "I", "actions": steps})) if word.key == "who-me"]
    assert alone == [f"actions.{nobody.index('the seller')}.who"]  # “me” is who signs
    for role in ("just me", "Me", "only myself", "owner", "seller", "Owner, it's just me and my wife", ""):
        told = [(word.field, word.key) for word in doubtful(Case(contact={"name": "Danny Ruiz", "role": role}))]
        assert told == ([("contact.role", "role-me")] if role in {"just me", "Me", "only myself"} else [])


@pytest.mark.parametrize(
    ("status", "what", "broken"),
    [
        ("planned", "separate bins for each color, and scanning the barcode before the box is closed", "and scanning"),
        ("running", "We now count the shelf and writing a list", "and writing"),
        ("done", "refunded both and informing their buyers", "and informing"),
        ("planned", "separate bins for each color, and scan the barcode", ""),
        ("planned", "start weighing each parcel and labelling all boxes", ""),
        ("running", "stop guessing and weighing each parcel", ""),
        ("running", "count the shelf each evening, and everything the van brings", ""),
        ("running", "ship all orders the same day, using a tracked label", ""),
        ("running", "check labels and packaging", ""),
        ("planned", "monitor quality and tracking every day", ""),
        ("planned", "improve speed and handling each working day", ""),
        ("planned", "compare weight and pricing each month", ""),
        ("running", "check the labels and shipping each morning", ""),
        ("running", "check the labels and packing two times a week", ""),
        ("running", "check the labels and weighing each parcel every morning", "and weighing"),
        ("running", "Ana counts the shelf and scanning the box", ""),  # stands as it was typed
    ],
)
def test_a_step_that_goes_on_in_another_form_is_told(status: str, what: str, broken: str) -> None:
    """A step whose second verb has not the form of the first makes no sentence behind “we”; its words stay, and are told."""
    case = Case.model_validate({"actions": [{"what": what, "status": status}]})
    assert [(doubt.field, doubt.words) for doubt in doubtful(case)] == ([("actions.0.what", broken)] if broken else [])


def test_a_step_cannot_be_older_than_its_problem() -> None:
    """What was done or in place before the problem began is no answer to it; a step on its first day may be."""
    steps = [{"what": "put labels up", "status": status, "when": f"2026-10-{day}"} for status in ("done", "running") for day in (18, 19)]
    case = Case.model_validate({"period": {"start": "2026-10-19", "end": "2026-11-09"}, "actions": steps})
    assert [(doubt.field, doubt.key) for doubt in doubtful(case)] == [(f"actions.{n}.when", "before-problem") for n in (0, 2)]
    assert not doubtful(case.model_copy(update={"period": None}))


def test_a_step_whose_words_begin_with_another_day_is_told() -> None:
    """The letter writes the day of a step in front: a second one right behind it is told; one of the orders concerned may stand there."""
    other, same = ("On 18th Nov I refunded", "18/11/2026: refunded"), ("On 24 Nov I refunded", "In November 2026, refunded", "May we")
    steps = [{"what": what, "status": "done", "when": "2026-11-24"} for what in (*other, *same, "refunded the orders of 18 November 2026")]
    told = [doubt for doubt in doubtful(Case.model_validate({"voice": "I", "actions": steps})) if doubt.key == "another-day"]
    assert [(doubt.field, doubt.words) for doubt in told] == [("actions.0.when", "18th Nov"), ("actions.1.when", "18/11/2026")]


@pytest.mark.parametrize("mark", ["\u2022", "\u2022 ", "- ", "\u2013 ", "* ", "\u25aa\ufe0f ", "\uf0b7\t", "\u2705 ", "\n\u00b7 "])
def test_a_list_mark_that_was_copied_along_is_taken_away(mark: str) -> None:
    """Words from a list lose its mark, in whatever field: the letter sets its own."""
    facts = {"store": f"{mark}Wick", "causes": [{"failed": f"{mark}We forgot"}], "actions": [{"what": f"{mark}refunded all"}]}
    case = Case.model_validate(facts)
    assert (case.store, case.causes[0].failed, case.actions[0].what) == ("Wick", "We forgot", "refunded all")
    assert not doubtful(case)


def test_what_has_no_place_in_a_sentence_is_told() -> None:
    """Further list marks, and pictures, stay as they were typed and are told; those of a name, and other signs, are not."""
    failed = "\u2022 We packed at 24 \u00b0C\u2026 \U0001f621\n\u2022 We had no ice \u2764\ufe0f"
    case = Case.model_validate(
        {"store": "Wick \u2665 Willow", "causes": [{"failed": failed, "led_to": "It\u2019s \u00a35 \u2013 3 \u00d7 4\u00bd"}]}
    )
    told = ("causes.0.failed", "signs", "\U0001f621, \u2022, \u2764")
    assert [(doubt.field, doubt.key, doubt.words) for doubt in doubtful(case)] == [told]
    assert " ".join(failed.removeprefix("\u2022 ").split()) in assemble(case).text


@pytest.mark.parametrize(
    ("failed", "what", "words"),
    [
        ("Three left late, so my late dispatch rate was 9.68%", "count", "late dispatch rate"),
        ("We forgot", "read our LDR and the Valid Tracking Rate every Monday", "LDR, Valid Tracking Rate"),
        ("Our order defect rate, the ODR, rose", "buy labels with valid tracking, so that no order is late or cancelled", ""),
    ],
)
def test_a_second_metric_is_named_where_only_the_first_is_admitted(failed: str, what: str, words: str) -> None:
    """Whoever tells of another metric in a cause or step is told that admission and commitment name one, unless they are own words."""
    facts = {"metric": {"id": "odr"}, "causes": [{"failed": failed}], "actions": [{"what": what, "status": "running"}]}
    passages = ("admission", "commitment")

    def told(own: Collection[str] = ()) -> list[tuple[str, str]]:
        case = Case.model_validate(facts | {"wording": {name: {"own": "Both rates fell short."} for name in own}})
        return [(doubt.field, doubt.words) for doubt in doubtful(case) if doubt.key == "names-one"]

    expected = [(f"wording.{name}.own", words) for name in passages if words]
    assert told() == expected
    assert told(["admission"]) == expected[1:]
    assert not told(passages)
    assert not [doubt for doubt in doubtful(Case.model_validate({**facts, "metric": None})) if doubt.key == "names-one"]


@pytest.mark.parametrize(
    ("voice", "failed", "what", "told"),
    [
        ("I", "Our only packer left", "We refunded all five", [("causes.0.failed", "Our"), ("actions.0.what", "We")]),
        ("I", "My only packer left for the US", "I refunded all five", []),
        ("we", "I was away", "I refunded all five", [("causes.0.failed", "I"), ("actions.0.what", "I")]),
        ("we", "Our only packer left", "We refunded all five of my sister's buyers", []),
        ("we", "Phase I of the move took nine days", "At this stage I refunded all five", [("actions.0.what", "I")]),
        ("we", "On Monday I was away", "Parcels from the mine shaft were refunded", [("causes.0.failed", "I")]),
        ("I", "My order of Toys R Us stock was late", "I refunded those who told us", [("actions.0.what", "us")]),
    ],
)
def test_a_letter_has_one_word_for_the_seller(voice: str, failed: str, what: str, told: list[tuple[str, str]]) -> None:
    """Facts that say “we” in a letter that says “I”, or the other way round, are told, and stay as they were typed."""
    case = Case.model_validate({"voice": voice, "causes": [{"failed": failed}], "actions": [{"what": what, "status": "done"}]})
    assert [(doubt.field, doubt.words) for doubt in doubtful(case) if doubt.key == f"voice-{voice}"] == told
    assert failed in assemble(case).text


def test_who_does_a_step_is_told_in_the_word_for_the_seller() -> None:
    """One who packs alone has no “our packer”, whoever it is; among several, one may be “me”. Documents are the seller's, too."""
    facts = {
        "contact": {"name": "Danny Ruiz", "role": "our manager"},
        "actions": [{"what": "counted", "status": "done", "who": who} for who in ("our packer", "us", "my packer")],
        "evidence": [{"what": "our invoice"}, {"what": "the invoice that I paid"}],
    }
    told = {voice: doubtful(Case.model_validate({"voice": voice, **facts})) for voice in ("I", "we")}
    assert [(doubt.field, doubt.key, doubt.words) for doubt in told["we"]] == [
        ("actions.1.who", "who-me", ""),
        ("evidence.1.what", "voice-we", "I"),
    ]
    assert {(doubt.field, doubt.key, doubt.words) for doubt in told["I"]} == {
        ("actions.1.who", "who-me", ""),
        ("evidence.0.what", "voice-I", "our"),
        ("contact.role", "voice-I", "our"),
        ("actions.0.who", "voice-I", "our"),
    }


def test_a_document_that_tells_of_a_step_is_asked_about_at_a_cause() -> None:
    """A refund proves no cause: a document that shares more words with a step is asked about where it stands for a cause."""
    facts = {
        "causes": [{"id": "c1", "title": "Packer left", "failed": "Nobody took over the shifts, and orders lay about."}],
        "actions": [{"id": "a1", "what": "refunded all five buyers", "status": "done"}],
    }
    documents = [
        ("the refund confirmations for the five orders", "c1"),
        ("the refund confirmations for the five orders", "a1"),
        ("the rota of shifts", "c1"),
        ("a photograph", "c1"),
    ]
    case = Case.model_validate(facts | {"evidence": [{"what": what, "proves": of} for what, of in documents]})
    assert [(doubt.field, doubt.words) for doubt in doubtful(case)] == [("evidence.0.proves", "refunded all five buyers")]


def test_a_step_with_a_deadline_is_not_asked_for_a_day() -> None:
    """The day by which a planned step is done is told by its words, in the ledger too; a finished step is asked for its own."""
    steps = [{"what": "send all by the end of May", "status": status} for status in ("planned", "done")]
    case = Case.model_validate({"actions": steps})
    assert [gap.field for gap in missing(case) if gap.key == "action-when"] == ["actions.1.when"]
    assert [step.when for step in ledger(case)] == ["May", ""]


def test_one_cause_is_no_plural() -> None:
    """The heading counts the causes."""
    assert "\n\nRoot cause\n1. " in letter(causes=[{"failed": "We forgot"}])
    assert "\n\nRoot causes\n1. " in letter(causes=[{"failed": "We forgot"}, {"failed": "We slept"}])


@pytest.mark.parametrize(
    ("failed", "end"),
    [
        ("We forgot", "We forgot."),
        ("We forgot!", "We forgot!"),
        ("We forgot.", "We forgot."),
        ("We forgot;", "We forgot."),
        ("Who looked?", "Who looked?"),
    ],
)
def test_sentences_end_once(failed: str, end: str) -> None:
    """A sentence ends with the mark that it was given, or with a full stop, and never with two."""
    assert letter(causes=[{"failed": failed}]).count(f"1. {end}\n") == 1


def test_letter_survives_a_plain_text_box(full: Case) -> None:
    """The letter is plain text: no tabs, no spaces at the end of a line, no two empty lines, one line end at the end."""
    text = assemble(full).text
    assert not re.search(r"[\t\r\x00-\x09]| \n|\n \S|\n{3}|\n\n\Z", text)
    assert text.endswith("\n")


# -- what is left out -------------------------------------------------------------------------------------------------------

FACTS: list[tuple[tuple[str | int, ...], str, str]] = [
    (("store",), "Blue Kite", "store"),
    (("marketplace",), "Amazon.co.uk", "marketplace"),
    (("metric",), "order defect rate was", "metric"),
    (("metric", "value"), "1.29%", "metric.value"),
    (("metric", "target"), "under 1%", "metric.target"),
    (("metric", "orders"), "out of 310", "metric.orders"),
    (("metric", "defective_orders"), "4 orders", "metric.defective_orders"),
    (("metric", "defects"), "3 A-to-z claims", "metric.defects"),
    (("period",), "2 March 2026", "period"),
    (("causes", 1, "failed"), "Messages were read", "causes.1.failed"),
    (("actions", 0, "what"), "answer every message", "actions.0.what"),
    (("actions", 0, "when"), "1 April 2026", "actions.0.when"),
    (("evidence",), "refund confirmations", "evidence"),
    (("contact",), "Lin Mei", "contact.name"),
    (("contact", "name"), "Lin Mei", "contact.name"),
]


@pytest.mark.parametrize(("path", "words", "field"), FACTS)
def test_missing_fact_is_left_out_and_named(full: Case, path: tuple[str | int, ...], words: str, field: str) -> None:
    """A fact that is missing leaves its words out of the letter, and `missing` names it."""
    case = without(*path)
    assert words in assemble(full).text
    assert words not in assemble(case).text
    assert field in [gap.field for gap in missing(case)]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (("causes", 0, "title"), "Weekly stock count"),
        (("causes", 0, "led_to"), "Three buyers"),
        (("actions", 0, "how"), "two phones"),
        (("actions", 1, "frequency"), "every morning"),
        (("actions", 2, "who"), "responsible"),
        (("evidence", 0, "proves"), "(Enclosed"),
        (("contact", "role"), "owner"),
        (("contact", "email"), "@"),
    ],
)
def test_letter_does_without_what_is_good_to_have(full: Case, path: tuple[str | int, ...], words: str) -> None:
    """What makes the letter better but is not needed leaves its words out, and is not asked for."""
    case = without(*path)
    assert words in assemble(full).text
    assert words not in assemble(case).text
    assert missing(case) == ()


def test_full_case_misses_nothing(full: Case) -> None:
    """Of a full case no fact is missing."""
    assert missing(full) == ()


def test_empty_case_still_gives_a_letter() -> None:
    """Without any fact the letter is its frame, and all that it needs is named in the order of the letter."""
    assert [gap.field for gap in missing(Case())] == [
        *("store", "marketplace", "metric", "period", "causes", "actions", "actions", "evidence", "contact.name")
    ]
    text = letter()
    assert "Dear Seller Performance Team," in text
    assert not re.search(r"\d|What went wrong|Root cause|What we have done|enclosed", text)


def test_cause_without_a_step_is_named(lang: Lang) -> None:
    """A cause that no step answers is named by its title, or what else is known of it."""
    for cause, name in (({"title": "Stock"}, "Stock"), ({"failed": "We forgot"}, "We forgot"), ({"id": "x9"}, "x9")):
        gaps = [gap for gap in missing(Case.model_validate({"causes": [cause]})) if gap.key == "cause-unanswered"]
        assert [name in gap.ask(lang) for gap in gaps] == [True]


def test_plan_needs_something_done_and_something_lasting() -> None:
    """A plan of promises misses a step that is done; a plan of repairs misses one that lasts."""
    asked = {
        status: [gap.key for gap in missing(Case.model_validate({"actions": [{"what": "count", "status": status}]}))]
        for status in ("done", "planned")
    }
    assert ("no-prevention" in asked["done"], "nothing-done" in asked["done"]) == (True, False)
    assert ("no-prevention" in asked["planned"], "nothing-done" in asked["planned"]) == (False, True)


def test_rate_is_asked_for_and_not_worked_out(lang: Lang) -> None:
    """Counts give a rate, but the letter states only the one that the seller read; the question tells what to expect."""
    case = Case.model_validate({"metric": {"id": "odr", "orders": 310, "defective_orders": 4}})
    assert "1.29" not in assemble(case).text
    (question,) = [gap.ask(lang) for gap in missing(case) if gap.field == "metric.value"]
    assert "1.29%" in question


@pytest.mark.parametrize(("metric", "en", "zh"), [("odr", "under 1%", "低於 1%"), ("valid-tracking", "95% or more", "95% 以上")])
def test_published_target_is_told_but_not_written(metric: str, en: str, zh: str) -> None:
    """A target that the case lacks is not filled in; the question names the published one, in the reader's language."""
    case = Case.model_validate({"metric": {"id": metric}})
    assert en not in assemble(case).text
    (gap,) = [gap for gap in missing(case) if gap.field == "metric.target"]
    assert en in gap.ask("en")
    assert zh in gap.ask("zh-Hant")
    assert "under" not in gap.ask("zh-Hant")


@given(cases())
def test_missing_asks_in_both_languages(case: Case) -> None:
    """Whatever is missing has a question in both languages, and the path of a field that a case has."""
    for gap in missing(case):
        assert gap.ask("en") != gap.ask("zh-Hant")
        assert gap.field.partition(".")[0] in Case.model_fields


# -- nothing is invented ----------------------------------------------------------------------------------------------------


def words_of(text: str) -> set[str]:
    """Return the words of a text, without regard to capitals."""
    return set(WORD.findall(text.casefold()))


def wording() -> set[str]:
    """Return every word that the kit itself may put into a letter: those of the template, of metrics and of kinds of defect."""
    tokens = Environment(autoescape=True).lex(TEMPLATE)
    fixed = set().union(*(words_of(str(value)) for _, kind, value in tokens if kind in {"data", "string"}))
    spelt = [word for entry in known_marketplaces().values() for word in entry.get("words", {}).values()]
    spelt += load("marketplaces.toml")["voice"]["I"].values()
    nouns = [kind["en"] for kind in load("strings.toml")["defect"].values()] + ["order"]
    names = [metric["name"]["en"] for metric in load("metrics.toml").values()]
    return fixed.union(*map(words_of, [*names, *nouns, *spelt, *(f"{noun}s" for noun in nouns)]))


def told(facts: object) -> Iterator[str]:
    """Yield every value of some facts as a letter may write it; ids and kinds are no values."""
    match facts:
        case dict():
            for field, value in facts.items():
                if field not in {"id", "answers", "proves", "status", "voice", "situation"}:
                    yield from told(value)
        case list() | tuple():
            for value in facts:
                yield from told(value)
        case str():
            yield facts
        case date():
            yield f"{facts.day} {facts:%B} {facts.year}"
        case int():
            yield f"{facts:,}"
            yield in_digits(facts)
        case float():
            yield in_digits(facts)


def test_wording_is_the_templates() -> None:
    """The wording that the test below allows is that of the template, and holds no figure and no month."""
    fixed = wording()
    assert {"dear", "responsibility", "reinstate", "orders", "rate"} <= fixed
    assert not any(word.isdigit() for word in fixed)
    assert not fixed & set(months()) - {"may"}


@given(cases())
def test_every_word_is_wording_or_fact(case: Case) -> None:
    """Each word of a letter stands in the template or in the case; beyond them there are only the numbers of causes and steps."""
    numbers = {str(number) for number in range(1, 1 + max(len(case.causes), len(case.actions)))}
    facts = case.model_dump() | {"days": [action.when for action in case.actions]}
    window = case.metric.window if case.metric else None
    facts |= {"period": [day for period in (case.period, window) if period for day in (period.start, period.end)]}
    assert words_of(assemble(case).text) <= wording() | numbers | words_of(" ".join(told(facts)))


@given(cases(), st.sampled_from(["store", "marketplace", "metric", "period", "causes", "actions", "evidence", "contact"]))
def test_letter_with_fewer_facts_says_no_more(case: Case, field: str) -> None:
    """Without one of its facts, a letter holds no word that it did not hold before, but wording of the template."""
    facts = json.loads(case.model_dump_json())
    del facts[field]
    if field == "causes":
        facts["actions"] = [{**action, "answers": None} for action in facts["actions"]]
    if field in {"causes", "actions"}:
        facts["evidence"] = []
    less = assemble(Case.model_validate(facts))
    before = words_of(assemble(case).text)
    steps = {str(number) for number in range(1, 1 + len(case.actions))}
    assert words_of(less.text) - before <= wording() | steps


@given(cases())
def test_same_facts_give_the_same_letter(case: Case) -> None:
    """A letter depends on the facts alone: it comes out the same a second time, and from the case's own JSON."""
    again = Case.model_validate_json(case.model_dump_json())
    assert assemble(case) == assemble(case) == assemble(again)


@given(cases())
def test_any_case_gives_a_tidy_letter(case: Case) -> None:
    """Whatever the facts, the letter is tidy plain text whose parts lie in order and hold all of its words."""
    made = assemble(case)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]| \n|\n |\n{3}", made.text)
    for (before, _), (after, _) in pairwise(made.parts):
        assert before.end < after.start
        assert re.fullmatch(r"\s+(?:\d+\. |- )?", made.text[before.end : after.start])
    assert made.text[made.parts[-1][0].end :] == "\n"
    assert all(roles <= set(Role) for _, roles in made.parts)
    own = {f"wording.{passage}" for passage, wording in case.wording if wording.own}
    assert {source for (_, roles), source in zip(made.parts, made.sources, strict=True) if not roles} == own


PLACES: list[Callable[[str], dict[str, Any]]] = [
    lambda words: {"store": words},
    lambda words: {"marketplace": words},
    lambda words: {"causes": [{"title": words, "failed": "We forgot"}]},
    lambda words: {"causes": [{"failed": words}]},
    lambda words: {"causes": [{"failed": "We forgot", "led_to": words}]},
    lambda words: {"actions": [{"what": words, "status": "done"}]},
    lambda words: {"actions": [{"what": "count", "status": "done", "how": words}]},
    lambda words: {"actions": [{"what": "count", "status": "done", "who": words}]},
    lambda words: {"actions": [{"what": "count", "status": "done", "frequency": words}]},
    lambda words: {"evidence": [{"what": words}]},
    lambda words: {"contact": {"name": words}},
    lambda words: {"wording": {"commitment": {"own": words}}},
]


@pytest.mark.parametrize("words", [words for words in HOSTILE if Case(store=words).store])
def test_hostile_words_are_only_words(words: str) -> None:
    """Words that look like markup, a template or the template's own signs stand in the letter as they are, and open no new line."""
    for place in PLACES:
        plain_letter, hostile = (assemble(Case.model_validate(place(filling))) for filling in ("plain", words))
        assert words_of(Case(store=words).store) <= words_of(hostile.text)
        known, expected = ([roles for _, roles in made.parts if roles] for made in (hostile, plain_letter))  # own words may be several
        assert known == expected
        assert hostile.text.count("\n") == plain_letter.text.count("\n")


def test_line_of_the_template_without_roles_is_an_error() -> None:
    """A line of the template that names no role is refused, and the error shows it."""
    with pytest.raises(ValueError, match="'Dear all,'"):
        template_line("Dear all,")
    with pytest.raises(ValueError, match="nonsense"):
        template_line("nonsense || Dear all,")


def test_wording_has_one_home() -> None:
    """Each line of the template that puts words into the letter names its roles and its sign."""
    body = re.sub(r"\{#.*?#\}|\{%-? macro.*?endmacro %\}|\{% set \w+ = .*?%\}", "", TEMPLATE, flags=re.DOTALL)
    lines = [line for line in body.splitlines() if line.strip() and not line.lstrip().startswith("{%")]
    worded = [line for line in lines if line.startswith("{{ worded(")]
    assert len(worded) == len(Wordings.model_fields)
    assert len(lines) > 20
    for line in set(lines) - set(worded):
        assert re.match(r"(?:[a-z_]+|\{\{ .*? \}\})(?:@\S+|@\S+\{\{ \S+ \}\})? (?:\|\||[|+/]) \S", line), line


# -- wording ------------------------------------------------------------------------------------------------------------


@given(cases(), st.sampled_from(list(Wordings.model_fields)), st.integers(1, PHRASINGS))
def test_a_phrasing_is_in_the_letter_as_it_was_offered(case: Case, passage: str, number: int) -> None:
    """The phrasing that is chosen stands in the letter word for word, whatever the facts; the roles stay known."""
    chosen = case.model_copy(update={"wording": Wordings.model_validate({passage: {"phrasing": number}})})
    offered = phrasings(chosen)[passage]
    made = assemble(chosen)
    assert len(set(offered)) == PHRASINGS
    assert offered[number - 1] in made.text
    assert all(roles for _, roles in made.parts)


def test_own_words_take_the_place_of_a_phrasing() -> None:
    """The seller's own words stand where the phrasing stood; what they do is read and not taken for granted."""
    facts = FULL | {"wording": {"admission": {"own": "Your system is wrong. We did nothing wrong"}}}
    made = assemble(Case.model_validate(facts))
    assert phrasings(made.case)["admission"][0] not in made.text
    assert "Your system is wrong. We did nothing wrong. It was our responsibility" in made.text
    known = [roles for (_, roles), source in zip(made.parts, made.sources, strict=True) if source == "wording.admission"]
    assert known == [frozenset(), frozenset()]
    assert "denial" in {finding.rule.id for finding in annotate(made).findings}
    assert "denial" not in {finding.rule.id for finding in annotate(assemble(Case.model_validate(FULL))).findings}


@pytest.mark.parametrize("situation", ["existing", "new"])
@pytest.mark.parametrize("number", range(1, PHRASINGS + 1))
def test_no_phrasing_brings_a_fault(situation: str, number: int) -> None:
    """Whichever phrasings are chosen, the whole letter has no finding, neither as it was assembled nor when its text is pasted."""
    wording = {passage: {"phrasing": number} for passage in Wordings.model_fields}
    made = assemble(Case.model_validate(FULL | {"situation": situation, "wording": wording}))
    assert annotate(made).findings == annotate(made.text).findings == ()


def test_each_sentence_knows_its_fact() -> None:
    """A sentence that is written from a fact names it by its path; what the template says by itself names none."""
    made = assemble(Case.model_validate(FULL))
    sources = dict(zip(made.sources, (made.text[segment.start : segment.end] for segment, _ in made.parts), strict=True))
    assert "Weekly stock count" in sources["causes.c1"]
    assert "refunded all four buyers" in sources["actions.a3"]
    assert {source.partition(".")[0] for source in sources} == {"", "wording", "metric", "period", "causes", "actions", "evidence"}


@given(cases())
def test_shares_add_up(case: Case) -> None:
    """Whatever the facts, the words that the seller gave are some of the letter's words."""
    given_words, words = share(assemble(case))
    assert 0 <= given_words <= words


def test_what_a_step_says_already_is_not_said_again() -> None:
    """A tool or a rhythm that stands in the words of a step is not written behind it once more; a title begins its line with a capital."""
    step = {"what": "compare all listings with TecDoc every morning", "status": "running", "how": "TecDoc", "frequency": "every morning"}
    text = assemble(Case.model_validate({"causes": [{"title": "late parcels", "failed": "We packed late"}], "actions": [step]})).text
    assert "We now compare all listings with TecDoc every morning." in text
    assert "1. Late parcels: We packed late." in text
    assert ", using Tec." in assemble(Case.model_validate({"actions": [step | {"how": "Tec"}]})).text


def test_what_came_of_a_cause_begins_a_sentence() -> None:
    """It stands behind a full stop, so it begins with a capital, as it may not in a form."""
    letter = assemble(Case(causes=[Cause(id="c", failed="We sold it twice", led_to="three buyers got nothing")]))
    assert "We sold it twice. Three buyers got nothing." in letter.text
