"""Notebook 07 in JupyterLab: a notice and a draft are typed in, and the table of what is asked follows."""

import pytest
from playwright.sync_api import expect

from appealkit.language import Lang, say
from tests.browser.conftest import Lab

pytestmark = pytest.mark.browser

NOTICE = "Buyers complain about late shipments. Please tell us the root cause of late shipments & how you will prevent them."
CAUSE = "Orders were shipped late because one person packed all of them."


def test_table_follows_the_notice_and_the_draft(lab: Lab, lang: Lang) -> None:
    """All of it runs; a pasted notice is read, its gap asks a question, and the draft closes it; it fits a narrow window."""
    lab.run("07-read-the-notice.ipynb")

    form = lab.page.locator(".appealkit-form", has=lab.page.get_by_label(say("notice.draft", lang), exact=True))
    form.get_by_label(say("notice.paste", lang), exact=True).fill(NOTICE)
    draft = form.get_by_label(say("notice.draft", lang), exact=True)
    draft.fill("Dear Amazon,")
    gaps = form.get_by_text(say("coverage.gap", lang), exact=True)
    expect(gaps).to_have_count(2)
    draft.fill(f"Dear Amazon, {CAUSE}")
    expect(gaps).to_have_count(1)
    expect(form.get_by_role("cell", name=CAUSE)).to_have_count(1)
    expect(form.get_by_role("rowheader")).to_have_count(2)

    lab.fits(form, form.get_by_role("rowheader").first, f"07-read-the-notice.{lang}")
    assert lab.hosts() == {"127.0.0.1"}
