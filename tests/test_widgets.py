"""The forms, driven without a browser: the letter follows the fields, and nothing that was typed is lost."""

import re
from datetime import date
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from ipywidgets import Button, Checkbox, DOMWidget, Text, Textarea, ValueWidget, Widget  # type: ignore[import-untyped]

from appealkit.annotate import annotate
from appealkit.case import PHRASINGS, Case, Cause, Period, Wordings
from appealkit.drafts import open_draft, save_draft
from appealkit.exercises.lesson import beginning
from appealkit.exercises.sorting import closings
from appealkit.files import read_within
from appealkit.language import LANGS, Lang, say
from appealkit.letter import assemble, phrasings
from appealkit.roles import Principle
from appealkit.samples import sample_case
from appealkit.segment import Layout
from appealkit.share import share
from appealkit.tables import load
from appealkit.widgets import Exercise, LetterComposer, Sorting
from appealkit.widgets.base import Row
from appealkit.widgets.entries import Entry
from appealkit.widgets.export_bar import FORMS
from appealkit.widgets.live import LiveView
from tests.cases import FULL, cases
from tests.forms import HOSTILE, inside, seen


def inputs(form: LetterComposer) -> list[ValueWidget]:
    """Return every field that a form shows."""
    return [widget for widget in inside(form) if isinstance(widget, ValueWidget) and hasattr(widget, "value") and widget.description]


def ticks(step: Entry) -> list[Checkbox]:
    """Return the boxes for the causes that a step may answer."""
    return [widget for widget in inside(step) if isinstance(widget, Checkbox)]


def view(form: LetterComposer) -> LiveView:
    """Return the part of a form that shows the letter."""
    return next(widget for widget in inside(form) if isinstance(widget, LiveView))


def asked(form: LetterComposer) -> str:
    """Return what a form names as missing."""
    return unescape(form._view.value.partition(f"<h4>{say('form.missing', form._lang)}</h4>")[2].partition("<h4>")[0])  # noqa: SLF001 - as shown


def says_something(case: Case) -> bool:
    """Whether every entry of a case says something, as an entry of a form has to."""
    causes = all((cause.title, cause.failed, cause.led_to) != ("", "", "") for cause in case.causes)
    actions = all((step.what, step.when, step.who, step.how, step.frequency) != ("", None, "", "", "") for step in case.actions)
    return causes and actions and all(document.what for document in case.evidence)


# -- the facts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", [Case(), Case.model_validate(FULL), sample_case("lamps")])
def test_a_form_gives_back_the_case_that_it_was_given(case: Case, lang: Lang) -> None:
    """A form that nobody has touched holds the case with which it began, and its letter and annotation."""
    form = LetterComposer(case, lang=lang)
    assert form.case == case
    assert form.letter == assemble(case)
    assert form.annotation == annotate(assemble(case))
    assert form.problems == ()


@given(cases())
@settings(max_examples=20)  # a form is slow to make
def test_no_fact_is_lost_in_a_form(case: Case) -> None:
    """Any case comes back whole from a form, as long as each of its entries says something, and its own words are English."""
    assume(says_something(case))
    assume("包裹" not in case.model_dump_json(include={"wording"}))
    assert LetterComposer(case, lang="en").case == case


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("store", "Amber Heron", "Amber Heron"),
        ("marketplace", "Amazon.co.jp", "(Amazon.co.jp)"),
        ("situation", "new", "Our account is new"),
        ("voice", "I", "I accept that my"),
        ("metric_target", "0.9", "under 0.9%"),
        ("metric_value", "1.3", "1.3%"),
        ("period_start", "2026-02-27", "27 February 2026"),
        ("period_end", "2026/3/20", "20 March 2026"),
        ("metric_window_start", "25 Jan 2026", "From 25 January 2026 to 24 March 2026, our"),
        ("contact_name", "Wu Ya-ting", "Wu Ya-ting, owner"),
        ("contact_role", "manager", "Lin Mei, manager"),
        ("contact_email", "wu@heron.example", "wu@heron.example"),
    ],
)
def test_each_field_changes_the_letter(full: Case, field: str, value: object, shown: str) -> None:
    """What stands in a field is in the letter, in the plain text, in the view, and in the annotation, at once."""
    form = LetterComposer(full, lang="en")
    assert shown not in form.letter.text
    getattr(form, field).value = value
    assert shown in form.letter.text
    assert shown in seen(form)
    assert form.annotation == annotate(form.letter)


@pytest.mark.parametrize(
    ("kind", "field", "value", "shown"),
    [
        ("causes", "title", "Old chart", "Old chart"),
        ("causes", "failed", "The chart was old", "The chart was old."),
        ("causes", "led_to", "Five sizes were wrong", "Five sizes were wrong."),
        ("actions", "what", "replaced the chart", "replaced the chart"),
        ("actions", "status", "done", "Done on 1 April 2026: answer every message"),
        ("actions", "when", "9.4.2026", "9 April 2026"),
        ("actions", "who", "Wu", "(responsible: Wu)"),
        ("actions", "how", "a new sheet", "with a new sheet"),
        ("actions", "frequency", "every Tuesday", "every Tuesday"),
        ("actions", "answers", "c1 c2", "For cause 1 and cause 2:\n3. From 1 April 2026 on we will"),
        ("actions", "answers", "", "For the account as a whole:\n3. From 1 April 2026 on we will"),
        ("evidence", "what", "an invoice", "an invoice"),
        ("evidence", "proves", "c1", "that we could not send. (Enclosed: refund confirmations.)"),
    ],
)
def test_each_field_of_an_entry_changes_the_letter(full: Case, kind: str, field: str, value: object, shown: str) -> None:
    """What stands in a field of a cause, a step or a document is in the letter."""
    without_the_weekly = full.model_copy(update={"actions": full.actions[:3]})
    form = LetterComposer(without_the_weekly, lang="en")
    assert shown not in form.letter.text
    getattr(getattr(form, kind)[0], field).value = value
    assert shown in form.letter.text


def test_the_metric_decides_which_kinds_are_asked_for() -> None:
    """A form asks only for the kinds of defect that count against the metric, and for none before it is chosen."""
    form = LetterComposer(lang="en")
    shown = set(inputs(form)) & set(form.defects.values())
    assert shown == set()
    for metric, facts in load("metrics.toml").items():
        form.metric.value = metric
        assert set(inputs(form)) & set(form.defects.values()) == {form.defects[kind] for kind in facts["counts"]}


def test_figures_of_another_metric_stay_out_of_the_letter(full: Case) -> None:
    """A kind of defect that does not count against the chosen metric stays in its field and is not told."""
    form = LetterComposer(full.model_copy(update={"metric": None, "causes": (), "actions": (), "evidence": ()}), lang="en")
    form.metric.value = "odr"
    form.defects["a-to-z"].value = "3"
    form.metric.value = "late-shipment"
    assert form.problems == ()
    assert "A-to-z" not in form.letter.text
    assert form.defects["a-to-z"].value == "3"


def test_a_period_needs_both_days(lang: Lang) -> None:
    """One day alone is no period: it stays in its field, nothing is refused, and the period is still missing."""
    form = LetterComposer(lang=lang)
    form.metric.value = "odr"
    form.metric_window_start.value = form.period_start.value = "2026-03-02"
    assert form.case.period is None
    assert form.case.metric
    assert form.case.metric.window is None
    assert form.problems == ()
    assert say("missing.period", lang) in seen(form)
    form.period_end.value = "\uff12\uff10\uff12\uff16年\uff13月\uff11\uff19日"
    assert "2 March 2026" in form.letter.text
    assert say("missing.period", lang) not in seen(form)


# -- values that cannot be -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value", "label"),
    [
        ("metric_value", "140", "metric-value"),
        ("metric_value", "1,290 %", "metric-value"),
        ("metric_value", "5", "metric-value"),
        ("metric_orders", "3", "metric-defective_orders"),
        ("metric_orders", "many", "metric-orders"),
        ("period_end", "2026-03-01", "period-end"),
        ("period_end", "03/04/2026", "period-end"),
        ("period_end", "19 March", "period-end"),
        ("metric_window_end", "2026-01-01", "metric-window-end"),
        ("contact_email", "appeal@", "contact-email"),
        ("store", "w" * 1001, "store"),
    ],
)
def test_a_value_that_cannot_be_is_explained_and_left_out(full: Case, lang: Lang, field: str, value: object, label: str) -> None:
    """The status line names the field and the reason, what was typed stays, is not asked for, and is left out until it fits."""
    form = LetterComposer(full, lang=lang)
    before, typed = form.letter, getattr(form, field)
    right, typed.value = typed.value, value
    assert form.problems[0].startswith(say(f"form.field.{label}", lang))
    assert form.problems[-1].startswith(say("form.left-out", lang, fields="").rstrip(".\u3002"))
    assert typed.description in form.problems[-1]
    assert '"' not in form.problems[0]
    assert typed.value == value
    assert form.letter != before
    assert form.problems[-1] in seen(form)
    held = say("form.held-back", lang)
    assert all(held in line for line in asked(form).split("<li>") if typed.description in line)
    typed.value = right
    assert form.problems == ()
    assert form.letter == before


def test_one_wrong_value_does_not_hold_up_the_others(full: Case) -> None:
    """While a value cannot be, all other fields go on changing the letter."""
    form = LetterComposer(full, lang="en")
    form.metric_value.value = "a lot"
    form.store.value = "Amber Heron"
    form.causes[0].title.value = "Old chart"
    assert "4 orders out of 310 counted against our order defect rate" in form.letter.text
    assert "Amber Heron" in form.letter.text
    assert "Old chart" in form.letter.text
    assert form.problems != ()


def test_figures_that_contradict_each_other_are_left_out_together(full: Case, lang: Lang) -> None:
    """The letter has none of them, and all that agree with the rest; the form names them, and counts each as missing."""
    form = LetterComposer(full, lang=lang)
    form.metric_value.value = "2.5"
    assert "3 A-to-z claims and 1 negative feedback rating counted against our order defect rate" in form.letter.text
    at_odds = [form.metric_value.description, form.metric_orders.description, form.metric_defective_orders.description]
    assert form.problems[-1] == say("form.left-out", lang, fields=say("form.between", lang).join(at_odds))
    told = [say("form.said", lang, field=name, reason=say("form.held-back", lang)) for name in at_odds]
    assert all(line in asked(form) for line in told)
    assert say("form.summary", lang, words=share(form.letter).words, findings=0, missing=len(told)) in seen(form)
    form.metric_orders.value = "400"
    form.metric_defective_orders.value = "10"
    form.defects["a-to-z"].value = "9"
    assert "2.5% (10 orders out of 400)" in form.letter.text
    assert form.problems == ()


def test_a_figure_that_cannot_be_holds_up_no_other(full: Case) -> None:
    """What is typed beside a total that is none stands in the letter."""
    form = LetterComposer(full, lang="en")
    form.metric_orders.value = "about 310"
    form.defects["a-to-z"].value = "2"
    assert "1.29% (4 orders); the target is under 1%. The count includes 2 A-to-z claims" in form.letter.text
    assert form.problems[-1] == say("form.left-out", "en", fields=form.metric_orders.description)


def test_a_draft_gives_the_letter_that_its_form_gave(full: Case, folder: Path, lang: Lang) -> None:
    """Opened again, fields that contradict each other leave the same letter as before."""
    form = LetterComposer(full, lang=lang, today=date(2026, 3, 31))
    form.drafts.keep.click()
    form.metric_value.value = "7.94"
    form.period_end.value = "Nov 28"
    later = LetterComposer(lang=lang, today=date(2026, 3, 31))
    later.drafts.open.click()
    assert later.letter.text == form.letter.text
    assert later.problems == form.problems
    assert (folder / "my-appeal.json").exists()


@pytest.mark.parametrize(
    ("typed", "orders"),
    [("3,000", 3000), ("3 000", 3000), ("\uff13\uff0c\uff10\uff10\uff10", 3000), ("1.234.567", 1234567), ("3,00", None), ("0,300", None)],
)
def test_thousands_may_be_parted(typed: str, orders: int | None) -> None:
    """A number of orders is read as reports write it."""
    form = LetterComposer(Case.model_validate({"metric": {"id": "odr"}}), lang="en")
    form.metric_orders.value = typed
    assert form.case.metric
    assert form.case.metric.orders == orders
    assert bool(form.problems) == (orders is None)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Nov 28", "no-year"),
        ("December 1", "no-year"),
        ("28.11.", "no-year"),
        ("11/28", "no-year"),
        ("3/4/26", "short-year"),
        ("Nov 28, 26", "short-year"),
        ("18/11/26", "short-year"),
        ("2026-13-45", "no-month"),
        ("31 November 2026", "no-such-day"),
        ("03-04-2026", "two-ways"),
        ("yesterday", "day"),
        ("March 2026", "day"),
    ],
)
def test_what_is_wrong_with_a_date_is_told(typed: str, why: str, lang: Lang) -> None:
    """A year that is missing or short, a day that no calendar has and one with two readings are told apart."""
    form = LetterComposer(Case.model_validate({"actions": [{"what": "counted all", "status": "done"}]}), lang=lang)
    form.actions[0].when.value = typed
    values = {"year": 2026, "month": 13 if why == "no-month" else 11, "day": 31, "last": 30, "given": typed}
    values |= {"one": "2026-04-03", "other": "2026-03-04", "write": say("form.write-day", lang)}
    reason = say("form.problem.day" if why == "day" else f"case.{why}", lang, **values)
    assert form.problems[0] == say("form.said", lang, field=form.actions[0].when.description, reason=reason)


def test_a_date_is_asked_for_as_its_field_shows_it() -> None:
    """The example of a field and that of what is wrong there are dates of one form."""
    form = LetterComposer(lang="en")
    for typed in ("yesterday", "2026-13-45", "3/4/26", "11/28"):
        form.actions[0].what.value, form.actions[0].when.value = "counted all", typed
        assert re.search(r" \d\d? March 2026\.", form.problems[0])
    assert re.search(r" \d\d? March 2026\Z", form.actions[0].when.placeholder)


@pytest.mark.parametrize(
    ("typed", "target"),
    [
        *(("<1%", 1), ("< 1 %", 1), ("under 1%", 1), ("Below 2,5 %", 2.5), ("\u22641", 1), ("less than 4", 4), ("\uff1c\uff11\uff05", 1)),
        *((">95%", 95), ("95% or more", 95), ("at least 90 %", 90), ("\u4f4e\u65bc 1%", 1), ("95% \u4ee5\u4e0a", 95), ("1", 1)),
        *(("one", None), ("under", None), ("under 1% of all", None), ("1,290", None), ("1%2", None)),
    ],
)
def test_a_target_is_taken_as_the_dashboard_writes_it(typed: str, target: float | None, lang: Lang) -> None:
    """The sign or words that say on which side a rate is healthy may stand there; what is no target is told with one as an example."""
    form = LetterComposer(Case.model_validate({"metric": {"id": "odr"}}), lang=lang)
    form.metric_target.value = typed
    assert form.case.metric
    assert form.case.metric.target == target
    reason = say("case.problem.target", lang, given=typed)
    told = () if target else (say("form.said", lang, field=form.metric_target.description, reason=reason),)
    assert form.problems[: len(told) or None] == told


def test_a_period_that_is_not_over_is_left_out(full: Case, lang: Lang) -> None:
    """The letter does not say that something happened up to a day to come; the form says why, and does not ask for the period."""
    form = LetterComposer(full, lang=lang, today=date(2026, 3, 31))
    form.period_end.value = form.metric_window_end.value = "2026-04-01"
    assert "1 April 2026" not in form.letter.text.partition("Root cause")[0]
    told = [
        say("form.said", lang, field=field.description, reason=say("case.end-to-come", lang))
        for field in (form.metric_window_end, form.period_end)
    ]
    assert form.problems == tuple(told)
    assert say("missing.period", lang) not in seen(form)
    assert told[1] in asked(form)


def test_the_words_of_a_step_are_told_at_their_field(full: Case, lang: Lang) -> None:
    """A tense that is not that of the state, and a responsible person without a name, are told below their row, and stay in the letter."""
    form = LetterComposer(full, lang=lang, today=date(2026, 3, 31))
    step = form.actions[0]
    step.status.value, step.what.value, step.who.value, step.when.value = "running", "taped the list to the table", "me", "2026-03-30"
    told = [(step.what, f"worded-{step.status.value}"), (step.who, "who-me")]
    assert form.problems == tuple(say("form.said", lang, field=field.description, reason=say(f"case.{key}", lang)) for field, key in told)
    assert "In place since" in form.letter.text
    assert ": taped the list to the table" in form.letter.text


def test_facts_that_do_not_fit_together_are_told_at_their_fields(full: Case, lang: Lang) -> None:
    """Each is told below the row in which it can be mended, and stays in the letter as it was typed."""
    form = LetterComposer(full, lang=lang, today=date(2026, 3, 31))
    assert not form.problems
    step = form.actions[0]
    step.what.value, step.status.value, step.when.value = "tape the list and counting the shelf", "running", "2026-03-01"
    form.causes[1].failed.value = "I read all messages by myself"
    form.evidence[0].what.value, form.evidence[0].proves.value = "confirmations that all four buyers were refunded", "c1"
    told = [
        (step.what, "breaks", "and counting"),
        (step.when, "before-problem", ""),
        (form.causes[1].failed, "voice-we", "I"),
        (form.evidence[0].proves, "proves-step", "refunded all four buyers"),
    ]
    reasons = [(field.description, say(f"case.{key}", lang, words=words)) for field, key, words in told]
    assert form.problems == tuple(say("form.said", lang, field=field, reason=reason) for field, reason in reasons)
    assert "We now tape the list and counting the shelf" in form.letter.text


def test_a_problem_in_an_entry_names_the_entry(full: Case, lang: Lang) -> None:
    """A problem in the second cause is told of the second cause, also when the first says nothing."""
    form = LetterComposer(full, lang=lang)
    for field in form.causes[0].fields.values():
        field.value = ""
    form.causes[1].failed.value = "w" * 1001
    assert form.problems[0].startswith(form.causes[1].failed.description)
    assert "2" in form.causes[1].failed.description


def test_an_error_of_the_kit_is_told(full: Case, lang: Lang, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the kit itself fails in a callback, the status line says so, and the text and the letter stay."""
    form = LetterComposer(full, lang=lang)
    before = form.letter

    def fail(_case: Case) -> None:
        raise RuntimeError(HOSTILE)

    monkeypatch.setattr("appealkit.widgets.composer.assemble", fail)
    form.store.value = "Amber Heron"
    assert form.problems == (say("form.broken", lang, error=f"RuntimeError: {HOSTILE}"),)
    assert HOSTILE not in seen(form)
    assert form.store.value == "Amber Heron"
    assert form.letter == before


# -- entries ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["causes", "actions", "evidence"])
def test_entries_are_added_and_removed(kind: str, lang: Lang) -> None:
    """The buttons add an empty entry, which changes nothing until it says something, and take one away; the others are numbered anew."""
    form = LetterComposer(sample_case("lamps"), lang=lang)
    before, entries = form.letter, getattr(form, kind)
    button(form, say(f"form.add.{kind}", lang)).click()
    assert form.letter == before
    added = getattr(form, kind)[-1]
    next(iter(added.fields.values())).value = "something new"
    assert len(getattr(form, kind)) == len(entries) + 1
    assert "something new" in form.case.model_dump_json()
    added.remove.click()
    assert form.letter == before
    entries[0].remove.click()
    assert getattr(form, kind) == entries[1:]
    assert say(f"form.entry.{kind}", lang, number=1) in entries[1].remove.description
    assert all(say(f"form.entry.{kind}", lang, number=1) in field.description for field in entries[1].fields.values())
    assert form.problems == ()


def test_what_referred_to_a_removed_cause_stands_by_itself(full: Case) -> None:
    """When a cause goes, the steps that answered it stay, and answer none; the other steps keep their cause."""
    form = LetterComposer(full, lang="en")
    form.causes[0].remove.click()
    assert [step.answers.value for step in form.actions] == ["c2", "", "", ""]
    assert [step.answers for step in form.case.actions] == [("c2",), (), (), ()]
    assert [box.description for box in ticks(form.actions[0])] == ["Step 1 answers Cause 1: Late replies"]


def test_a_step_may_answer_several_causes(full: Case, lang: Lang) -> None:
    """Each step has a box for each cause; it keeps what a draft ticks, in the order of the causes, and the rest when one of them goes."""
    causes = tuple(Cause(id=f"c{number}", title=f"Cause {number}", failed="We forgot it") for number in range(1, 7))
    steps = [{"what": "refunded them", "status": "done", "answers": answers} for answers in ("c1", ["c4", "c1"], ["c1", "c2", "c3", "c4"])]
    form = LetterComposer(Case.model_validate({**full.model_dump(), "causes": causes, "actions": steps, "evidence": ()}), lang=lang)
    assert [step.answers for step in form.case.actions] == [("c1",), ("c1", "c4"), ("c1", "c2", "c3", "c4")]
    boxes = ticks(form.actions[0])
    assert [box.value for box in boxes] == [True, *[False] * 5]
    for number in (2, 1):
        boxes[number].value = True
    boxes[0].value = False
    assert "For cause 2 and cause 3:\n" in form.letter.text
    form.causes[3].remove.click()
    assert [step.answers for step in form.case.actions] == [("c2", "c3"), ("c1",), ("c1", "c2", "c3")]
    form.undo()
    assert [step.answers for step in form.case.actions] == [("c2", "c3"), ("c1", "c4"), ("c1", "c2", "c3", "c4")]
    form.undo()
    assert [box.value for box in ticks(form.actions[0])] == [True, *[False] * 5]  # what is done in one field is one change


@pytest.mark.usefixtures("folder")
def test_a_draft_keeps_the_cause_that_a_step_answers_beside_an_empty_one(full: Case, lang: Lang) -> None:
    """A cause that was ticked before anything of it was told is no cause of the draft; the other one that the step answers still is."""
    form = LetterComposer(full.model_copy(update={"causes": full.causes[:1], "actions": (), "evidence": ()}), lang=lang)
    form.actions[0].what.value = "refunded the buyers"
    empty = form.add("causes")
    for box in ticks(form.actions[0]):
        box.value = True
    assert form.actions[0].answers.value == f"{full.causes[0].id} {empty.name}"
    form.drafts.keep.click()
    again = LetterComposer(lang=lang)
    again.drafts.open.click()
    assert [step.answers for step in again.case.actions] == [(full.causes[0].id,)]


def test_a_new_entry_has_an_id_of_its_own(full: Case) -> None:
    """An entry that is added after one was removed never takes over what referred to another."""
    form = LetterComposer(full, lang="en")
    form.causes[0].remove.click()
    added = form.add("causes")
    added.failed.value = "We read no messages on Sundays"
    assert len({entry.name for entry in (*form.causes, *form.actions)}) == len(form.causes) + len(form.actions)
    assert all(added.name not in step.answers for step in form.case.actions)


def test_the_keyboard_goes_on_where_it_is_needed(full: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """After adding, the first new field has the focus; after removing, the button that adds."""
    focused: list[Widget] = []

    def focus(widget: Widget) -> None:
        focused.append(widget)

    monkeypatch.setattr(DOMWidget, "focus", focus)
    form = LetterComposer(full, lang="en")
    added = form.add("causes")
    form.remove(added)
    assert focused == [added.title, button(form, "Add a cause")]


# -- what is shown --------------------------------------------------------------------------------------------------------


def test_every_input_has_a_name_of_its_own(lang: Lang) -> None:
    """Every field and button of a form has a name to be announced by, and no two have the same."""
    form = LetterComposer(sample_case("lamps"), lang=lang)
    names = [
        widget.description
        for widget in inside(form)
        if isinstance(widget, ValueWidget | Button) and type(widget).__name__ not in {"HTML", "Label"}
    ]
    assert len(names) > 40
    assert all(names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("principle", list(Principle))
def test_a_form_for_one_principle_shows_only_that(full: Case, lang: Lang, principle: Principle) -> None:
    """A form for one principle shows its fields, findings and missing facts alone, and keeps all facts of the case."""
    form = LetterComposer(full, principles=[principle], lang=lang)
    whole = LetterComposer(full, lang=lang)
    assert form.case == full
    assert 0 < len(inputs(form)) < len(inputs(whole))
    empty = unescape(seen(LetterComposer(principles=[principle], lang=lang)))
    others = [other for other in Principle if other is not principle]
    assert load("principles.toml")[principle]["question"][lang] in empty
    assert not any(load("principles.toml")[other]["question"][lang] in empty for other in others)


def test_an_empty_form_names_what_is_missing(lang: Lang) -> None:
    """Each missing fact is named with its field, and its line goes when the fact is there."""
    form = LetterComposer(lang=lang)
    line = say("form.said", lang, field=say("form.field.store", lang), reason=say("missing.store", lang))
    assert line in seen(form)
    form.store.value = "Amber Heron"
    assert line not in seen(form)


def test_nothing_is_missing_from_a_whole_case(lang: Lang) -> None:
    """A case with every fact leaves nothing to ask."""
    assert say("form.nothing-missing", lang) in seen(LetterComposer(sample_case("lamps"), lang=lang))


def test_the_view_can_be_found_heard_and_copied(lang: Lang) -> None:
    """The view has its class, a line that is told to those who listen, and each text to copy has a button that names it."""
    form = LetterComposer(sample_case("lamps"), lang=lang)
    html = seen(form)
    assert '<div class="appealkit-letter">' in html
    assert view(form).said in unescape(html)
    assert 'data-copied-by="letter">Subject: Plan of action' in html
    buttons = re.findall(r'data-copies="(\w+)"', html)
    assert buttons == ["letter", "cause", "taken", "prevention"]
    assert all(f'data-copied-by="{name}"' in html for name in buttons)


@pytest.mark.parametrize("field", ["store", "marketplace", "contact_name"])
def test_what_is_typed_is_shown_as_typed(field: str, lang: Lang) -> None:
    """Markup and template signs in a fact are text: they reach the letter as typed, and the page only escaped."""
    form = LetterComposer(lang=lang)
    getattr(form, field).value = HOSTILE
    assert HOSTILE in form.letter.text
    assert "<script>" not in seen(form)
    assert "&lt;script&gt;" in seen(form)
    assert "62615533" not in seen(form)


def test_hostile_words_in_an_entry_are_escaped(lang: Lang) -> None:
    """Markup in a cause is escaped in the letter, and in the question for the step that answers it."""
    form = LetterComposer(lang=lang)
    form.causes[0].title.value = form.causes[0].failed.value = HOSTILE
    assert "<script>" not in seen(form)
    assert seen(form).count("&lt;script&gt;") >= 3


@pytest.mark.parametrize(
    "make", [LetterComposer, lambda **given: Exercise("parcels", **given), lambda **given: Sorting("closings", **given)]
)
def test_what_is_stored_of_a_form_never_changes(make: Any, lang: Lang) -> None:  # noqa: ANN401 - a class or a function
    """The stored text of a form is one fixed line, before and after it is used."""
    form = make(lang=lang)
    stored = form._repr_mimebundle_()["text/plain"]
    assert stored == repr(form) == say("form.stored", lang)


def test_there_is_no_such_principle() -> None:
    """A form for a principle that does not exist is refused."""
    with pytest.raises(ValueError, match="honesty"):
        LetterComposer(principles=["honesty"], lang="en")


# -- wording --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("passage", list(Wordings.model_fields))
def test_each_passage_can_be_reworded(full: Case, passage: str, lang: Lang) -> None:
    """Each phrasing is offered as it will stand in the letter; own words take its place, and the line of shares counts them as theirs."""
    form = LetterComposer(full, lang=lang)
    assert [words for words, _ in form.phrasings[passage].options] == list(phrasings(full)[passage])
    form.phrasings[passage].value = str(PHRASINGS)
    assert phrasings(full)[passage][-1] in form.letter.text
    figures = sum(map(str.isdigit, form.phrasings[passage].label))
    before = share(form.letter)
    form.own[passage].value = "We have read every message again, and our figures with them."
    assert phrasings(full)[passage][-1] not in form.letter.text
    assert "We have read every message again" in form.letter.text
    assert share(form.letter).given == before.given + 11 - figures
    assert say("form.share", lang, words=share(form.letter).words, given=share(form.letter).given) in unescape(seen(form))


@pytest.mark.parametrize(
    ("words", "admits"),
    [
        ("Thank you for reading.", False),
        ("The buyers are too impatient, Amazon is not fair", False),
        ("It is not my fault, the forwarder is bad.", False),
        ("We are a small shop. We failed to meet the standard.", True),
        ("", True),
    ],
)
def test_own_words_that_admit_nothing_are_told(full: Case, words: str, admits: bool, lang: Lang) -> None:  # noqa: FBT001 - a case of the test
    """Own words in the place of the admission bear its label only if they admit; otherwise the form says so below their field."""
    form = LetterComposer(full, lang=lang)
    form.own["admission"].value = words
    told = say("form.said", lang, field=form.own["admission"].description, reason=say("form.admits-nothing", lang))
    assert (told not in form.problems) == admits


def test_a_finding_in_the_name_of_a_cause_has_its_place(full: Case, lang: Lang) -> None:
    """The name of a cause stands in the heading of its steps, too; what is wrong with it there is to be mended with the cause."""
    form = LetterComposer(full, lang=lang)
    form.causes[0].title.value = "Late delivery because the courier is to blame"
    (heading,) = [s for s in form.annotation.sentences if s.layout is Layout.HEADING and "Late delivery" in s.text]
    (finding,) = [finding for finding in form.annotation.findings if finding.span == heading.span]
    mends = seen(form).partition(say("form.mends", lang))[2].partition(say("form.missing", lang))[0]
    assert finding.message(lang) in unescape(mends)
    assert say("form.entry.causes", lang, number=1) in mends


def test_phrasings_follow_the_facts(full: Case) -> None:
    """The phrasings are offered with the facts of the moment in them, and the choice stays."""
    form = LetterComposer(full, lang="en")
    form.phrasings["commitment"].value = "2"
    form.metric.value = "late-shipment"
    assert form.phrasings["commitment"].label == form.letter.text.split("\n\n")[-3]
    assert "late dispatch rate" in form.phrasings["commitment"].label  # as British notices say


def test_a_finding_names_the_part_of_the_form(full: Case, lang: Lang) -> None:
    """A finding in a sentence is told with the name of the entry or passage that the sentence is written from."""
    form = LetterComposer(full, lang=lang)
    assert say("form.mends", lang) not in seen(form)
    form.own["admission"].value = "Your decision is a mistake."
    form.remove(form.actions[0])
    told = unescape(seen(form)).split(say("form.mends", lang))[1]
    assert say("form.passage.admission", lang) in told
    assert say("form.entry.causes", lang, number=2) in told


def test_a_period_of_which_one_day_cannot_be_is_told_as_a_whole(full: Case, lang: Lang) -> None:
    """The sound day of a period is left out with the other one, and why is told; of other fields nothing is said of periods."""
    form = LetterComposer(full, lang=lang)
    form.period_start.value = "10/25"
    assert form.problems[-1].endswith(say("form.left-out-together", lang))
    form.period_start.value = "2026-03-02"
    form.metric_value.value = "much"
    assert say("form.left-out-together", lang) not in form.problems[-1]


def test_what_was_wrong_with_another_file_is_settled_by_keeping_the_draft(full: Case, folder: Path, lang: Lang) -> None:
    """An error of a file that could not be opened goes once the draft is kept in one that can be written."""
    (folder / "bad.json").write_text("{}", encoding="utf-8")
    form = LetterComposer(full, lang=lang)
    form.drafts.file.value = "bad.json"
    form.drafts.open.click()
    assert form.problems
    form.drafts.file.value = "good.json"
    form.drafts.keep.click()
    assert form.problems == ()


def test_own_words_that_are_no_english_are_left_out(full: Case, lang: Lang) -> None:
    """A sentence that the reviewer cannot read stays in its field and out of the letter until it is mended; a Chinese name may stay."""
    form = LetterComposer(full, lang=lang)
    form.own["admission"].value = "ODR 太高，這是我們的責任。"
    assert "太高" not in form.letter.text
    assert [say("case.problem.chinese", lang, words="ODR 太高，這是我們的責任。") in told for told in form.problems] == [True, False]
    assert form.own["admission"].description in form.problems[1]
    form.own["admission"].value = "We at 南星 accept that this was our fault."
    assert "南星" in form.letter.text


def test_what_is_of_no_use_is_said(full: Case, lang: Lang) -> None:
    """Figures without a metric, and facts that are not in English, are told beside the name of their field; a name may be right so."""
    form = LetterComposer(lang=lang, today=date(2026, 3, 31))
    form.metric_value.value = "1.6"
    assert form.problems == (say("form.said", lang, field=form.metric.description, reason=say("form.no-metric", lang)),)
    form.fill(full)
    form.causes[0].failed.value = "我們太晚出貨。"
    told = say("case.problem.chinese", lang, words="我們太晚出貨")
    assert form.problems == (say("form.said", lang, field=form.causes[0].failed.description, reason=told),)
    assert "。." not in form.letter.text


def test_a_marketplace_in_chinese_is_asked_for_as_amazon_writes_it(lang: Lang) -> None:
    """No marketplace is registered by a name of its own: the hint of a shop's name would be no help."""
    form = LetterComposer(lang=lang)
    form.marketplace.value = "亞馬遜德國站"
    reason = say("case.chinese-marketplace", lang, words="亞馬遜德國站")
    assert form.problems == (say("form.said", lang, field=form.marketplace.description, reason=reason),)
    assert "Amazon.de" in reason


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("store", "南星燈飾", "南星燈飾"), ("contact_name", "Lin 林美", "林美"),
     ("who", "陳波", "陳波"),
     ("failed", "We packed 玻璃燈 with 燈座 in one box", "玻璃燈、燈座")],
)  # fmt: skip
def test_a_chinese_name_is_taken_with_a_hint(full: Case, lang: Lang, field: str, value: str, words: str) -> None:
    """A name in Chinese stands in the letter as it was typed, and a hint below its field says when that is right."""
    form = LetterComposer(full, lang=lang, today=date(2026, 3, 31))
    widget = getattr(form, field, None) or getattr(form.causes[0] if field == "failed" else form.actions[0], field)
    widget.value = value
    hint = say("form.said", lang, field=widget.description, reason=say("case.chinese-name", lang, words=words))
    assert form.problems == (hint,)
    assert value in form.letter.text
    (row,) = [row for row in inside(form) if isinstance(row, Row) and widget in row.children]
    assert hint in unescape(row.children[-1].value)


def test_wide_letters_and_digits_are_read(lang: Lang) -> None:
    """What a Chinese keyboard typed wide is written as English has it: names, marketplaces, figures, days and limits."""
    form = LetterComposer(lang=lang)
    form.store.value, form.marketplace.value, form.metric.value = "Ｌａｍｐｓ　２４", "Ａｍａｚｏｎ．ｃｏ．ｊｐ", "odr"
    form.metric_value.value, form.metric_orders.value = "１．６％", "３１０"
    form.period_start.value, form.period_end.value = "２０２６－０３－０２", "２０２６／３／１９"
    form.exports.limit.value = "５００"
    assert (form.case.store, form.case.marketplace) == ("Lamps 24", "Amazon.co.jp")
    assert form.case.metric
    assert (form.case.metric.value, form.case.metric.orders) == (1.6, 310)
    assert form.case.period == Period(start=date(2026, 3, 2), end=date(2026, 3, 19))
    assert form.exports.answers(form.annotation)[0].limit == 500
    assert form.problems == ()


def test_a_day_is_read_while_it_is_typed(full: Case, lang: Lang) -> None:
    """Half a day is told in words that stay the same from key to key, below its field; the letter has the day once it is whole."""
    form = LetterComposer(full, lang=lang)
    assert form.period_end.continuous_update
    told = set()
    for keys in range(1, len("2026-03-18") - 1):
        form.period_end.value = "2026-03-18"[:keys]
        told.add(form.problems)
    assert len(told) == 1
    form.period_end.value = "2026-03-18"
    assert form.problems == ()
    assert "18 March 2026" in form.letter.text


@pytest.mark.parametrize(
    ("status", "day", "told"),
    [
        ("planned", 1, "day-passed"),
        ("planned", 2, ""),
        ("done", 3, "day-to-come"),
        ("done", 2, ""),
        ("running", 1, ""),
        ("running", 3, "start-to-come"),
    ],
)
def test_a_day_that_does_not_fit_today_is_told(status: str, day: int, told: str, lang: Lang) -> None:
    """A planned step whose day has passed, and a finished or running one whose day is to come, are told at their day; no other is."""
    form = LetterComposer(lang=lang, today=date(2026, 6, 2))
    step = form.actions[0]
    step.what.value, step.status.value, step.when.value = "put labels up", status, f"2026-06-0{day}"
    wanted = (say("form.said", lang, field=step.when.description, reason=say(f"case.{told}", lang)),) if told else ()
    assert form.problems == wanted


@pytest.mark.parametrize(("status", "told"), [("done", "day-to-come"), ("running", "start-to-come")])
def test_what_cannot_be_so_today_is_a_gap_of_the_letter(status: str, told: str, lang: Lang) -> None:
    """A step told as done on a day to come is no sentence of the letter, but a gap with its reason, until day or state is right."""
    form = LetterComposer(lang=lang, today=date(2026, 6, 2))
    step = form.actions[0]
    step.what.value, step.status.value, step.when.value = "count the shelf", status, "2026-06-03"
    assert "count the shelf" not in form.letter.text
    assert form.case.actions[0].status == status
    reason = escape(say("form.said", lang, field=step.when.description, reason=say(f"case.{told}", lang)))
    assert reason in seen(form).partition(say("form.missing", lang))[2]
    step.when.value = "2026-06-02"
    assert "count the shelf" in form.letter.text


def test_today_is_that_of_the_clock_and_not_for_steps_that_came_with_the_form(full: Case) -> None:
    """Without a day of its own a form takes the clock's; a step that was given with the case is judged once it is changed."""
    form = LetterComposer(full, lang="en")
    assert not form.problems
    form.actions[0].when.value = "2001-01-01"
    assert len(form.problems) == 1
    form.actions[0].when.value = "2099-01-01"
    assert not form.problems


@pytest.mark.parametrize(("typed", "value"), [("3,41 %", 3.41), ("3,4", 3.4), ("3,410", None), ("1,2,3", None)])
def test_a_rate_may_have_a_decimal_comma(typed: str, value: float | None, lang: Lang) -> None:
    """A comma is a decimal one where it cannot part thousands; elsewhere the form says how to write the rate."""
    form = LetterComposer(lang=lang)
    form.metric.value, form.metric_value.value = "odr", typed
    assert form.case.metric is not None
    assert form.case.metric.value == value
    reason = say("case.problem.float_parsing", lang, given=typed)
    wanted = say("form.said", lang, field=form.metric_value.description, reason=reason)
    assert (wanted in form.problems) == (value is None)


def test_a_form_speaks_of_the_seller_in_either_voice(lang: Lang) -> None:
    """No name or example in an empty form says “we” to one person who does it all, unless it says “I”, too."""
    for widget in inside(LetterComposer(Case(voice="I"), lang=lang)):
        for words in (widget.description, getattr(widget, "placeholder", "")) if isinstance(widget, Text | Textarea) else ():
            said = {*re.findall(r"\b(?:we|our|us|I)\b", words)}
            assert said in ({*()}, {"we", "I"}), words


def test_hints_fit_their_fields() -> None:
    """What stands in an empty field of one line is no longer than the field: a third of the form, of about 34 characters."""
    form = LetterComposer(lang="en")
    fields = [widget for widget in inside(form) if isinstance(widget, Text)]
    hints = {load("strings.toml")["form"]["hint"][name][lang] for name in load("strings.toml")["form"]["hint"] for lang in LANGS}
    shown = {field.placeholder for field in fields} & hints
    assert len(shown) > 15
    assert [hint for hint in shown if len(hint) > 34] == []


def test_what_is_wrong_with_a_field_stands_below_its_row(lang: Lang) -> None:
    """No row holds more fields than stand beside each other, so that what is said of one is not two rows below it."""
    form = LetterComposer(lang=lang)
    rows = [widget for widget in inside(form) if isinstance(widget, Row)]
    assert max(len(row.children) for row in rows) <= 4  # three fields, and what is said of them
    step = form.actions[0]
    step.when.value = "soon"
    (told,) = [row for row in rows if row.children[-1].value.strip()]
    assert told.children[:-1] == (step.status, step.when, step.who)


# -- keeping ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, as a kernel does in that of its notebook; files are named from it on."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_nothing_is_stored_before_it_is_asked_for(folder: Path, lang: Lang) -> None:
    """A form says that it stores nothing, and stores nothing, whatever is typed."""
    form = LetterComposer(lang=lang)
    form.store.value = "Amber Heron"
    assert say("form.draft.not-kept", lang, file=folder / "my-appeal.json") in unescape(seen(form))
    assert list(folder.iterdir()) == []


def test_a_draft_follows_every_change_and_is_offered_again(folder: Path, lang: Lang) -> None:
    """Once it is asked for, each change is in the file; the next form offers it, and goes on in it."""
    form = LetterComposer(lang=lang)
    form.drafts.keep.click()
    form.store.value = "Amber Heron"
    file = folder / "my-appeal.json"
    assert open_draft(file, lang=lang).store == "Amber Heron"
    later = LetterComposer(sample_case("lamps"), lang=lang)
    assert say("form.draft.offered", lang, file=file) in unescape(seen(later))
    later.drafts.open.click()
    assert later.case == form.case
    later.store.value = "Amber Heron Lamps"
    assert open_draft(file, lang=lang).store == "Amber Heron Lamps"


def test_no_draft_takes_the_place_of_another(folder: Path, lang: Lang) -> None:
    """A draft of another time and a foreign file are left as they are, and the form says so."""
    (folder / "notes.json").write_text("[1]", encoding="utf-8")
    save_draft(Case(store="Other"), "other.json", lang=lang)
    form = LetterComposer(Case(store="Mine"), lang=lang)
    for name, reason in (("notes.json", "foreign"), ("other.json", "exists")):
        form.drafts.file.value = name
        form.drafts.keep.click()
        assert list(form.problems) == [say(f"draft.{reason}", lang, file=folder / name)]
    form.drafts.file.value = "notes.json"
    form.drafts.open.click()
    assert form.problems == (say("draft.foreign", lang, file=folder / "notes.json"),)
    assert form.case.store == "Mine"
    form.drafts.file.value = " "
    form.drafts.keep.click()
    assert form.problems == (say("draft.no-name", lang),)
    assert (folder / "notes.json").read_text(encoding="utf-8") == "[1]"
    assert open_draft("other.json", lang=lang).store == "Other"


def test_a_draft_that_cannot_be_written_any_more_is_told(folder: Path, lang: Lang) -> None:
    """When the file becomes another's, the form says so at the next change, and the letter goes on."""
    form = LetterComposer(lang=lang)
    form.drafts.keep.click()
    (folder / "my-appeal.json").write_text("[1]", encoding="utf-8")
    form.store.value = "Amber Heron"
    told = say("draft.foreign", lang, file=folder / "my-appeal.json")
    assert form.problems == (told,)
    assert unescape(seen(form)).count(told) == 3
    assert say("form.draft.kept", lang, file=folder / "my-appeal.json") not in unescape(seen(form))
    assert form.letter.case.store == "Amber Heron"


def test_two_forms_do_not_overwrite_each_other(folder: Path, lang: Lang) -> None:
    """Where two lessons keep one draft, the later to a change leaves the work of the other, and keeps its own in a file beside."""
    first, second = LetterComposer(lang=lang), LetterComposer(lang=lang)
    first.drafts.keep.click()
    second.drafts.open.click()
    second.store.value = "Amber Heron"
    told = say("form.draft.elsewhere", lang, left="my-appeal.json", file=folder / "my-appeal-2.json")
    for role in ("Own", "Owner"):
        first.contact_role.value = role
        assert first.problems == (told,)
        assert unescape(seen(first)).count(told) == 3  # above the form, below the field, and above the letter
        assert open_draft("my-appeal-2.json", lang=lang).contact.role == role
    assert open_draft("my-appeal.json", lang=lang) == Case(store="Amber Heron")
    assert first.drafts.file.value == "my-appeal-2.json"
    first.drafts.keep.click()
    assert first.problems == ()
    assert say("form.draft.kept", lang, file=folder / "my-appeal-2.json") in unescape(seen(first))
    first.drafts.file.value = "my-appeal.json"
    first.drafts.open.click()
    assert first.case.store == "Amber Heron"
    first.contact_name.value = "Lin Mei"
    assert open_draft("my-appeal.json", lang=lang) == first.case
    assert open_draft("my-appeal-2.json", lang=lang).contact.role == "Owner"


def test_the_draft_of_the_other_form_can_be_chosen(folder: Path, lang: Lang) -> None:
    """A form that was parted from its draft goes on in that of the other, and what it says of the two is gone; undo brings its own back."""
    first, second = LetterComposer(lang=lang), LetterComposer(lang=lang)
    first.drafts.keep.click()
    second.drafts.open.click()
    second.store.value = "Amber Heron"
    first.contact_role.value = "Owner"
    first.drafts.earlier.value = "my-appeal.json"
    first.drafts.compare.click()
    assert "Amber Heron" in seen(first)
    first.drafts.file.value = "my-appeal.json"
    first.drafts.open.click()
    assert (first.problems, first.case) == ((), Case(store="Amber Heron"))
    first.drafts.undo.click()
    assert (first.case.contact.role, first.drafts.kept) == ("Owner", folder / "my-appeal-2.json")


def test_the_marketplace_spells_the_phrasings(lang: Lang) -> None:
    """What is offered is spelt as the letter will spell it, from the moment on at which the marketplace is typed in."""
    form = LetterComposer(lang=lang)
    for marketplace, spelt in (("", "apologise"), ("Amazon.com", "apologize"), ("Amazon.co.uk", "apologise")):
        form.marketplace.value = marketplace
        assert spelt in form.phrasings["apology"].options[0][0]
        assert form.phrasings["apology"].options[0][0] in form.letter.text


def test_a_day_in_chinese_is_a_day(lang: Lang) -> None:
    """A day may be written in Chinese: the letter spells it in English, and nothing is said of its language."""
    form = LetterComposer(sample_case("lamps"), lang=lang, today=date(2026, 12, 1))
    form.actions[0].when.value = "2026年11月10日"
    assert form.problems == ()
    assert "November 10, 2026" in form.letter.text


def test_undo_takes_back_field_by_field(full: Case, folder: Path) -> None:
    """What was typed into one field is taken back at once, entries and an emptied form too; the draft of an emptied form stays."""
    form = LetterComposer(full, lang="en")
    form.drafts.keep.click()
    for words in ("A", "Am", "Amber"):
        form.store.value = words
    form.causes[0].remove.click()
    kept = form.case
    form.drafts.empty.click()
    assert form.case == Case()
    assert open_draft(folder / "my-appeal.json", lang="en") == kept
    form.drafts.undo.click()
    assert form.case == kept
    form.drafts.undo.click()
    assert form.case == full.model_copy(update={"store": "Amber"})
    form.drafts.undo.click()
    assert form.case == full
    form.drafts.undo.click()
    assert form.case == full


def test_what_was_taken_back_is_made_again(full: Case) -> None:
    """Redo goes forward step by step, as far as undo went back, and no further; after another change there is nothing to redo."""
    form = LetterComposer(full, lang="en")
    form.drafts.redo.click()
    assert form.case == full
    form.store.value = "Amber"
    form.causes[0].remove.click()
    last = form.case
    for _ in range(3):
        form.drafts.undo.click()
    assert form.case == full
    form.drafts.redo.click()
    assert form.case == full.model_copy(update={"store": "Amber"})
    for _ in range(2):
        form.drafts.redo.click()
    assert form.case == last
    form.drafts.undo.click()
    form.store.value = "Heron"
    form.drafts.redo.click()
    assert form.case.store == "Heron"
    assert len(form.causes) == len(full.causes)


def test_redo_follows_the_draft_too(folder: Path, lang: Lang) -> None:
    """Undo over an opened draft leaves its file, and redo goes on in it."""
    file = save_draft(Case(store="Long letter"), folder / "my-appeal.json", lang=lang)
    form = LetterComposer(Case(store="One word"), lang=lang)
    form.drafts.open.click()
    form.drafts.undo.click()
    assert form.drafts.kept is None
    form.drafts.redo.click()
    assert form.drafts.kept == file
    form.store.value = "Longer letter"
    assert open_draft(file, lang=lang).store == "Longer letter"
    form.drafts.undo.click()
    form.drafts.undo.click()
    assert (form.case.store, form.drafts.kept) == ("One word", None)
    assert open_draft(file, lang=lang).store == "Long letter"


def test_a_change_reads_the_draft_once(folder: Path, lang: Lang, monkeypatch: pytest.MonkeyPatch) -> None:
    """For each change the draft is read once, to see that no other form wrote to it; asking to keep it again overwrites no other's work."""
    form = LetterComposer(lang=lang)
    form.drafts.keep.click()
    reads: list[Path] = []

    def counted(path: Path, most: int) -> bytes:
        reads.append(path)
        return read_within(path, most)

    monkeypatch.setattr("appealkit.drafts.read_within", counted)
    form.store.value = "Amber Heron"
    assert reads == [folder / "my-appeal.json"]
    save_draft(Case(store="Grey Kite"), folder / "my-appeal.json", lang=lang)
    form.drafts.keep.click()
    assert form.problems == (say("form.draft.elsewhere", lang, left="my-appeal.json", file=folder / "my-appeal-2.json"),)
    assert open_draft(folder / "my-appeal.json", lang=lang).store == "Grey Kite"


def test_both_languages_keep_their_files_in_one_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft that was kept in one language's folder is offered in the other's, and the letter is written beside it."""
    for lang in LANGS:
        (tmp_path / lang).mkdir()
        monkeypatch.chdir(tmp_path / lang)
        form = LetterComposer(lang=lang)
        if lang == LANGS[0]:
            form.store.value = "Amber Heron"
            form.drafts.keep.click()
        assert say("form.draft.offered" if lang != LANGS[0] else "form.draft.kept", lang, file=tmp_path / "my-appeal.json") in unescape(
            seen(form)
        )
        form.drafts.open.click()
        assert form.case.store == "Amber Heron"
        form.exports.buttons["txt"].click()
    assert {path.name for path in tmp_path.iterdir()} == {*LANGS, "my-appeal.json", "my-appeal.txt", "my-appeal-2.txt"}


def test_taking_back_leaves_the_draft_that_was_opened(folder: Path, lang: Lang) -> None:
    """What was typed before a draft was opened comes back, and the draft is left; taking back an emptied form goes on in its file."""
    file = save_draft(Case(store="Long letter"), folder / "my-appeal.json", lang=lang)
    form = LetterComposer(lang=lang)
    form.store.value = "One word"
    form.drafts.open.click()
    assert form.case.store == "Long letter"
    form.drafts.undo.click()
    assert form.case.store == "One word"
    form.store.value = "Another word"
    assert open_draft(file, lang=lang).store == "Long letter"
    assert say("form.draft.left", lang, file=file) in unescape(seen(form))
    form.drafts.open.click()
    form.drafts.empty.click()
    form.drafts.undo.click()
    form.store.value = "Longer letter"
    assert open_draft(file, lang=lang).store == "Longer letter"


def test_what_is_no_fact_yet_is_in_the_draft_too(full: Case, folder: Path, lang: Lang) -> None:
    """A value that cannot be, figures without a metric and a single day come back with the draft, as they were typed."""
    form = LetterComposer(lang=lang)
    form.drafts.keep.click()
    form.metric_value.value = "140"
    form.period_start.value = "3 Oct 2026"
    form.own["apology"].value = "We are  sorry."
    later = LetterComposer(lang=lang)
    later.drafts.open.click()
    assert (later.metric_value.value, later.period_start.value, later.own["apology"].value) == ("140", "3 Oct 2026", "We are  sorry.")
    later.fill(full)
    later.metric_value.value = "1.29 percent"
    again = LetterComposer(lang=lang, today=date(2026, 3, 31))
    again.drafts.open.click()
    assert again.metric_value.value == "1.29 percent"
    assert again.problems[-1] == say("form.left-out", lang, fields=again.metric_value.description)
    assert again.case == full.model_copy(update={"metric": again.case.metric})
    assert (folder / "my-appeal.json").exists()


def test_a_case_is_opened_as_write_takes_it(full: Case, folder: Path, lang: Lang) -> None:
    """The form takes the file that `appealkit write` takes, leaves it as it is, and says so; broken facts in it are told."""
    file = folder / "case.json"
    file.write_text(full.model_dump_json(), encoding="utf-8-sig")
    form = LetterComposer(lang=lang, today=date(2026, 3, 31))
    form.drafts.file.value = "case.json"
    form.drafts.open.click()
    assert form.case == full
    assert say("form.draft.from-case", lang, file=file) in unescape(seen(form))
    form.store.value = "Amber Heron"
    form.drafts.keep.click()
    assert form.problems == (say("draft.foreign", lang, file=file),)
    assert Case.model_validate_json(file.read_text(encoding="utf-8-sig")) == full
    file.write_text('{"store": "Kite", "metric": {"id": "odr", "value": 140}}', encoding="utf-8")
    form.drafts.open.click()
    assert "metric.value" in form.problems[0]
    assert form.store.value == "Amber Heron"


def test_a_draft_that_is_still_the_invented_shop_is_told(folder: Path, lang: Lang) -> None:
    """Whoever keeps what a form began with is told so, until something of it is changed; an empty form says nothing of the kind."""
    told = {key: escape(say(f"form.draft.{key}", lang, file=folder / "my-appeal.json"), quote=False) for key in ("kept", "kept-as-begun")}
    empty, form = LetterComposer(lang=lang), LetterComposer(sample_case("teapots"), lang=lang)
    form.drafts.keep.click()
    assert told["kept-as-begun"] in seen(form)
    form.store.value = "Amber Heron"
    assert told["kept-as-begun"] not in seen(form)
    assert told["kept"] in seen(form)
    empty.drafts.file.value = "empty.json"
    empty.drafts.keep.click()
    assert say("form.draft.kept", lang, file=folder / "empty.json") in unescape(seen(empty))


def test_changes_are_shown(full: Case, folder: Path, lang: Lang) -> None:
    """The comparison shows what left the letter and what came, against the beginning or against an earlier draft."""
    assert list(folder.iterdir()) == []
    save_draft(full.model_copy(update={"store": "Grey Kite"}), "earlier.json", lang=lang)
    form = LetterComposer(full, lang=lang)
    form.drafts.compare.click()
    assert say("form.changes.none", lang) in seen(form)
    form.store.value = HOSTILE
    form.drafts.compare.click()
    assert "<del>Blue Kite</del>" in seen(form)
    assert "<script>" not in seen(form)
    form.drafts.earlier.value = "earlier.json"
    form.drafts.compare.click()
    assert "<del>Grey Kite</del>" in seen(form)


# -- taking away --------------------------------------------------------------------------------------------------------------


def test_the_letter_is_written_to_files(full: Case, folder: Path, lang: Lang) -> None:
    """Each button writes its form of the letter; a file that is there is left, the letter goes beside it, and the form says both."""
    form = LetterComposer(full, lang=lang)
    form.exports.file.value = "letter"
    for name, pressed in form.exports.buttons.items():
        pressed.click()
        assert say("export.done", lang, file=folder / f"letter{FORMS[name]}") in unescape(seen(form))
    assert {file.name for file in folder.iterdir()} == {"letter.docx", "letter.html", "letter-annotated.html", "letter.txt"}
    assert "ak-letter" in (folder / "letter-annotated.html").read_text(encoding="utf-8")
    assert "ak-letter" not in (folder / "letter.html").read_text(encoding="utf-8")
    assert (folder / "letter.txt").read_text(encoding="utf-8") == form.letter.text
    before = form.letter.text
    form.store.value = "Amber Heron"
    for number in (2, 3):
        form.exports.buttons["txt"].click()
        beside = folder / f"letter-{number}.txt"
        assert say("form.export.beside", lang, file=beside, named="letter.txt") in unescape(seen(form))
        assert beside.read_text(encoding="utf-8") == form.letter.text
    assert (folder / "letter.txt").read_text(encoding="utf-8") == before
    form.exports.file.value = "gone/letter"
    form.exports.buttons["txt"].click()
    assert "gone/letter.txt" in seen(form)
    form.exports.file.value = ""
    form.exports.buttons["txt"].click()
    assert say("export.no-name", lang) in seen(form)
    form.metric_orders.value, form.exports.file.value = "many", '"last letter"'
    form.exports.buttons["txt"].click()
    told = [say("export.done", lang, file=folder / "last letter.txt"), say("form.left-out", lang, fields=form.metric_orders.description)]
    assert " ".join(told) in unescape(seen(form))


def test_the_letter_of_an_invented_shop_is_not_written(folder: Path, lang: Lang) -> None:
    """A file of the seller's never holds the letter of the lesson: the form says by what it is another's, and offers to open the draft."""
    save_draft(Case(store="Amber Heron"), "mine.json", lang=lang)
    form = LetterComposer(sample_case("teapots"), lang=lang)
    own = [
        (form.store, "GREY OTTER TEAPOTS"),
        (form.store, "Amber Heron"),
        (form.contact_email, "lin@amber-heron.example"),
        (form.metric_orders, "240"),
        (form.causes[0].failed, "We counted the shelf on Mondays only"),
        (form.actions[0].what, "refunded all four buyers"),
    ]
    causes, steps = [cause.failed for cause in form.causes], [step.what for step in form.actions]
    fields = [[form.store], [form.store], [form.contact_email], [form.metric_orders], causes, steps]
    for place, (field, words) in enumerate(own):
        form.exports.buttons["docx"].click()
        named = say("form.between", lang).join(dict.fromkeys(left.description for those in fields[place:] for left in those))
        assert say("form.export.invented", lang, fields=named) in unescape(seen(form.exports))
        field.value = words
    assert {file.name for file in folder.iterdir()} == {"mine.json"}
    form.drafts.file.value = "gone.json"
    form.exports.open.click()
    assert "gone.json" in seen(form.exports)
    form.drafts.file.value = "mine.json"
    form.exports.open.click()
    assert say("form.export.opened", lang, file="mine.json") in unescape(seen(form.exports))
    assert form.exports.open not in inside(form.exports)
    form.exports.buttons["txt"].click()
    assert (folder / "my-appeal.txt").read_text(encoding="utf-8") == form.letter.text == assemble(Case(store="Amber Heron")).text


def test_what_is_left_out_of_a_file_is_named_beside_it(folder: Path, lang: Lang) -> None:
    """Steps without a state, a cause without what failed, and their documents stand in no letter; the message of the file names them."""
    steps = [{"id": "a1", "what": "refunded the buyers"}, {"id": "a2", "what": "counted the shelf", "status": "done"}]
    documents = [{"what": "the refunds", "proves": "a1"}, {"what": "the list", "proves": "a2"}]
    facts = {"causes": [{"title": "Late parcels"}], "actions": steps, "evidence": documents}
    form = LetterComposer(Case.model_validate(facts), lang=lang)
    form.exports.buttons["txt"].click()
    fields = (form.causes[0].failed, form.actions[0].status, form.evidence[0].what)
    named = say("form.between", lang).join(field.description for field in fields)
    assert say("form.left-out", lang, fields=named) in unescape(seen(form))
    form.actions[0].status.value = "done"
    form.exports.buttons["txt"].click()
    assert form.evidence[0].what.description not in form.exports.children[-1].value
    assert folder.joinpath("my-appeal-2.txt").exists()
    form.actions[0].when.value = "2999-01-02"  # it is its day then that keeps it out of the letter
    form.exports.buttons["txt"].click()
    assert form.actions[0].when.description in unescape(form.exports.children[-1].value)


@pytest.mark.parametrize("given", ["0", "-1", "many", "1.5", "\u0661"])
def test_a_limit_that_is_none_is_explained(full: Case, lang: Lang, given: str) -> None:
    """What is no whole number from 1 is refused in plain words; a limit counts what is over it."""
    form = LetterComposer(full, lang=lang)
    form.exports.limit.value = given
    assert say("export.limit", lang, given=given) in unescape(seen(form))
    form.exports.limit.value = "10"
    assert say("export.limit", lang, given=given) not in unescape(seen(form))
    cause = form.exports.answers(form.annotation)[0]
    told = say("form.over", lang, limit=10, over=len(cause.text) - 10)
    assert told in seen(form)
    assert say("form.said", lang, field=say("form.question.cause", lang), reason=told) in unescape(seen(form.exports))


# -- exercises ------------------------------------------------------------------------------------------------------------


def button(form: Widget, name: str) -> Button:
    """Return the button of a form that has a name."""
    (found,) = [widget for widget in inside(form) if isinstance(widget, Button) and widget.description == name]
    return found


@pytest.mark.parametrize("name", sorted(load("samples.toml")["exercise"]))
def test_an_exercise_has_three_outcomes(name: str, lang: Lang) -> None:
    """Pressing the button tells not attempted, not yet or correct, each with its reason and the annotated answer."""
    exercise = Exercise(name, lang=lang)
    answers = {
        "not-attempted": beginning(name),
        "not-yet": "Hello,\n\nWe thank you for your notice about our account.",
        "correct": load("samples.toml")["exercise"][name]["model"],
    }
    for outcome, answer in answers.items():
        exercise.answer.value = answer
        exercise.check.click()
        assert exercise.verdict.outcome == outcome
        assert say(f"lesson.outcome.{outcome}", lang) in seen(exercise)
        assert ('<pre class="ak-letter"' in seen(exercise)) is (outcome != "not-attempted")


def test_nothing_is_judged_before_the_button_is_pressed(lang: Lang) -> None:
    """Typing alone shows no verdict."""
    exercise = Exercise("parcels", lang=lang)
    exercise.answer.value = "Hello"
    assert not any(say(f"lesson.outcome.{outcome}", lang) in seen(exercise) for outcome in ("correct", "not-yet", "not-attempted"))


def test_an_answer_is_escaped(lang: Lang) -> None:
    """Markup in an answer is shown as typed."""
    exercise = Exercise("parcels", lang=lang)
    exercise.answer.value = HOSTILE
    exercise.check.click()
    assert "<script>" not in seen(exercise)


@pytest.mark.parametrize(
    ("form", "name", "judge"), [(Exercise, "parcels", "exercises.lesson.judge"), (Sorting, "closings", "widgets.exercise.judge_closings")]
)
def test_an_error_in_an_exercise_is_told(
    form: type[Exercise | Sorting], name: str, judge: str, lang: Lang, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the kit fails to judge, the result says so."""
    exercise = form(name, lang=lang)

    def fail(*_: object) -> None:
        raise RuntimeError(HOSTILE)

    monkeypatch.setattr(f"appealkit.{judge}", fail)
    exercise.check.click()
    assert "RuntimeError" in seen(exercise)
    assert HOSTILE not in seen(exercise)


@pytest.mark.parametrize("name", sorted(load("samples.toml")["sorting"]))
def test_a_sorting_has_three_outcomes(name: str, lang: Lang) -> None:
    """Pressing the button tells not attempted, not yet or correct; each letter is shown, and each field has a name of its own."""
    form = Sorting(name, lang=lang)
    voices = [closing.places[0] for closing in closings(name)]
    assert all(closing.text.split(".")[0].strip() in unescape(seen(form)) for closing in closings(name))
    assert len({choice.description for choice in form.choices}) == len(voices)
    chosen: dict[str, list[str | None]] = {"not-attempted": [None] * len(voices), "not-yet": [*voices[:-1], None], "correct": [*voices]}
    for outcome, choices in chosen.items():
        for field, choice in zip(form.choices, choices, strict=True):
            field.value = choice or ""
        form.check.click()
        assert form.verdict.outcome == outcome
        assert say(f"lesson.outcome.{outcome}", lang) in seen(form)


def test_both_languages_are_shown() -> None:
    """A form has no label in common between its two languages, but what is the same in both."""
    labels = [{field.description for field in inputs(LetterComposer(sample_case("lamps"), lang=lang))} for lang in LANGS]
    assert not labels[0] & labels[1]
