"""The trainers' notebook in JupyterLab: a trainer names a folder and sees their class, and writes an exercise."""

import pytest
from playwright.sync_api import expect

from appealkit.exercises.own import own_sample
from appealkit.language import Lang, say
from appealkit.samples import stored_text
from tests.browser.conftest import Lab

pytestmark = pytest.mark.browser


def test_a_trainer_sees_their_class(lab: Lab, lang: Lang) -> None:
    """All cells run; the form shows a class under numbers, then by name, and says what is no folder; no other machine is asked."""
    lab.run("11-for-trainers.ipynb")
    form = lab.page.locator(".appealkit-form", has=lab.page.get_by_role("button", name=say("class.form.show", lang)))
    show = form.get_by_role("button", name=say("class.form.show", lang))
    show.click()
    report = form.locator(".ak-class")
    expect(report.get_by_role("rowheader", name=say("class.pseudonym", lang, number=1))).to_be_visible()
    expect(report.get_by_role("rowheader", name="Lin Mei")).to_have_count(0)
    report.scroll_into_view_if_needed()
    assert lab.screenshot(f"11-for-trainers.{lang}").stat().st_size > 0

    form.get_by_label(say("class.form.pseudonyms", lang)).uncheck()
    show.click()
    expect(report.get_by_role("rowheader", name="Lin Mei")).to_be_visible()
    field = form.get_by_label(say("class.form.folder", lang), exact=True)
    field.fill("no/such/folder")
    show.click()
    expect(form.get_by_text(say("class.no-folder", lang, folder=lab.folder.resolve() / "no/such/folder"))).to_be_visible()

    writing = lab.page.locator(".appealkit-form", has=lab.page.get_by_label(say("own.field", lang)))
    field = writing.get_by_label(say("own.field", lang))
    check = writing.get_by_role("button", name=say("lesson.check", lang))
    field.fill(own_sample("mugs").replace("level = 4", "level = 1"))
    check.click()
    expect(writing.get_by_text(say("lesson.outcome.not-yet", lang))).to_be_visible()
    expect(writing.locator(".ak-verdict-not-yet li")).to_have_count(2)
    assert lab.screenshot(f"11-own-exercise.{lang}").stat().st_size > 0
    field.fill(stored_text("own", "mugs", "model"))
    check.click()
    expect(writing.get_by_text(say("own.accepted", lang, count=1))).to_be_visible()
    assert lab.hosts() == {"127.0.0.1"}
