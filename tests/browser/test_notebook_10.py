"""The practice notebook as a trainee meets it: nothing kept before they agree, faults marked, attempts seen and exported."""

import json
import re

import pytest
from playwright.sync_api import expect

from appealkit.exercises.attempts import AttemptBook
from appealkit.exercises.bank import Find, bank
from appealkit.exercises.exported import Export
from appealkit.exercises.marks import key
from appealkit.language import Lang, rule_name, say
from tests.browser.conftest import Lab

pytestmark = pytest.mark.browser

TRAINEE = "Lin & Mei"


def test_a_narrow_window_and_a_restart_leave_it_readable(lab: Lab, lang: Lang) -> None:
    """In 800 pixels no code is cut off and tables stay to the left, unstriped; after a restart the form says in words that it is gone."""
    lab.page.set_viewport_size({"width": 800, "height": 1000})
    AttemptBook(lab.folder / "my-attempts.sqlite", lang=lang).agree(TRAINEE)
    lab.run("10-practice.ipynb")
    editors = lab.page.locator(".jp-Notebook .jp-CodeCell .cm-scroller")
    assert editors.evaluate_all("all => all.filter(one => one.scrollWidth > one.clientWidth + 1).length") == 0
    lab.page.get_by_label(say("practice.which-fault", lang), exact=True).first.select_option(index=1)
    lab.page.get_by_role("button", name=say("practice.mark-it", lang), exact=True).first.click()
    lab.page.get_by_role("button", name=say("practice.check-marks", lang), exact=True).first.click()
    expect(lab.page.locator(".ak-verdict-not-yet").first).to_be_attached()
    lab.page.get_by_role("button", name=say("attempts.form.refresh", lang), exact=True).click()
    kept = lab.page.locator(".ak-sheet td").first
    expect(kept).to_have_css("text-align", "left")
    expect(lab.page.locator(".ak-sheet tbody tr").first).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    name = lab.page.locator(".ak-sheet tbody th").filter(has_text=say("form.field.situation", lang)).first
    name.scroll_into_view_if_needed()
    assert lab.screenshot(f"10-narrow.{lang}").stat().st_size > 0
    lab.restart_kernel()
    expect(lab.page.get_by_text(say("form.lost", lang)).first).to_be_visible()
    icons = "all => all.filter(one => getComputedStyle(one, '::before').display !== 'none').length"
    assert lab.page.locator(".appealkit-form .jupyter-widgets-disconnected").evaluate_all(icons) == 0
    lab.page.get_by_text(say("form.lost", lang)).first.scroll_into_view_if_needed()
    assert lab.screenshot(f"10-restarted.{lang}").stat().st_size > 0


def test_a_trainee_agrees_marks_faults_and_exports(lab: Lab, lang: Lang) -> None:
    """All of the notebook runs and keeps nothing; after agreement a check is kept, shown and exported, and no other machine is asked."""
    lab.run("10-practice.ipynb")
    book = AttemptBook(lab.folder / "my-attempts.sqlite", lang=lang)
    assert not book.agreed

    lab.page.get_by_label(say("attempts.form.name", lang), exact=True).fill(TRAINEE)
    lab.page.get_by_role("button", name=say("attempts.form.agree", lang), exact=True).click()
    expect(lab.page.get_by_role("button", name=say("attempts.form.export", lang), exact=True)).to_be_visible()
    assert book.trainee == TRAINEE

    taken_back = re.compile(f"^{re.split('[:：]', say('practice.unmark', lang, place='', rule=''))[0]}")
    where = lab.page.get_by_label(say("practice.which-sentence", lang), exact=True).first
    fault = lab.page.get_by_label(say("practice.which-fault", lang), exact=True).first
    task = bank()["kettles-silent"]
    assert isinstance(task, Find)
    for number, (sentence, rule) in enumerate(key(task), 1):
        where.select_option(index=sentence)
        fault.select_option(label=rule_name(rule, lang))
        lab.page.get_by_role("button", name=say("practice.mark-it", lang), exact=True).first.click()
        expect(lab.page.get_by_role("button", name=taken_back)).to_have_count(number)
        lab.wait_for_kernel()  # what is chosen before the last answer has settled may be lost
    lab.page.get_by_role("button", name=say("practice.check-marks", lang), exact=True).first.click()
    verdict = lab.page.locator(".ak-verdict-correct")
    expect(verdict).to_contain_text(task.done[lang])
    verdict.first.evaluate("verdict => verdict.scrollIntoView({block: 'center'})")
    assert lab.screenshot(f"10-practice.{lang}").stat().st_size > 0

    lab.page.get_by_role("button", name=say("attempts.form.refresh", lang), exact=True).click()
    expect(lab.page.locator(".ak-sheet").filter(has_text=say("attempts.caption", lang))).to_contain_text(task.title[lang])
    lab.page.get_by_role("button", name=say("attempts.form.export", lang), exact=True).click()
    expect(lab.page.get_by_text(say("attempts.exported", lang, file=(lab.folder / "Lin-Mei.json").resolve()))).to_be_visible()
    exported = Export.model_validate(json.loads((lab.folder / "Lin-Mei.json").read_text(encoding="utf-8")))
    assert (exported.trainee, [attempt.outcome for attempt in exported.attempts]) == (TRAINEE, ["correct"])

    drawn = lab.page.get_by_label(say("practice.seed", lang), exact=True)
    drawn.fill("7")
    for button, expected in (("practice.draw", 7), ("practice.next", 8)):
        lab.page.get_by_role("button", name=say(button, lang), exact=True).dblclick()
        expect(lab.page.get_by_text(say("practice.drawn.title", lang, seed=expected, faults=3))).to_be_visible()
        expect(drawn).to_have_value(str(expected))
    assert lab.hosts() == {"127.0.0.1"}
