"""Notebook 09 as somebody meets it who has a finished letter: it is pasted, and the whole judgement follows."""

import pytest
from playwright.sync_api import expect

from appealkit.language import Lang, rule_name, say
from tests.browser.conftest import Lab
from tests.browser.test_notebook_07 import NOTICE

pytestmark = pytest.mark.browser

BLAME = "Orders were shipped late because the courier is to blame, and not us."
FEELING = "My family depends on this shop, please have mercy."


def test_a_pasted_letter_is_judged_whole_beside_its_notice(lab: Lab, lang: Lang) -> None:
    """Findings of several principles stand below a letter that is pasted, and the questions of a notice that is pasted beside it.

    Further down, the letter of the lesson is not written to a file of the seller's; a draft can be opened there instead.
    """
    lab.run("09-before-you-send.ipynb")

    form = lab.page.locator(".appealkit-form", has=lab.page.get_by_label(say("letter.paste", lang), exact=True))
    form.get_by_label(say("letter.paste", lang), exact=True).fill(f"Dear Amazon,\n\n{BLAME}\n\n{FEELING}")
    findings = form.locator(".ak-findings")
    for rule in ("blame", "emotional"):
        expect(findings.get_by_text(rule_name(rule, lang), exact=False).first).to_be_attached()
    expect(form.get_by_role("table")).to_have_count(1)
    form.get_by_label(say("letter.notice", lang), exact=True).fill(NOTICE)
    expect(findings.get_by_text(rule_name("unanswered-issue", lang), exact=False).first).to_be_attached()
    expect(form.get_by_text(say("coverage.gap", lang), exact=True).first).to_be_attached()

    bar = lab.page.locator(".appealkit-form", has=lab.page.get_by_label(say("form.export.file", lang), exact=True)).last
    bar.get_by_role("button", name=say("form.export.docx", lang), exact=True).click()
    expect(bar.get_by_role("button", name=say("form.draft.open", lang), exact=True)).to_be_visible()
    expect(bar.get_by_label(say("form.draft.file", lang), exact=True)).to_have_value("my-appeal.json")
    assert not list(lab.folder.parent.glob("*.docx"))

    lab.fits(form, form.get_by_label(say("letter.notice", lang), exact=True), f"09-before-you-send.{lang}")
    assert lab.hosts() == {"127.0.0.1"}
