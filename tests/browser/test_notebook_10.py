"""The practice notebook as a trainee meets it: nothing kept before they agree, faults marked, attempts seen and exported."""

import json
import re

import pytest
from playwright.sync_api import expect

from appealkit.attempts import AttemptBook, Export
from appealkit.bank import Find, bank
from appealkit.marks import key
from appealkit.text import Lang, rule_name, say
from tests.browser.conftest import Lab

pytestmark = pytest.mark.browser

TRAINEE = "Lin & Mei"


def test_a_trainee_agrees_marks_faults_and_exports(lab: Lab, lang: Lang) -> None:
    """All of the notebook runs and keeps nothing; after agreement a check is kept, shown and exported, and no other machine is asked."""
    lab.open("10-practice.ipynb")
    lab.run_all()
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
