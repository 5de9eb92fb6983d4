"""The form as a seller uses it: by keyboard, with a draft that outlasts the page, and with a document to take away."""

from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Locator, Page, expect

from appealkit.drafts import open_draft
from appealkit.text import Lang, say
from tests.browser.conftest import PATIENCE, Lab

pytestmark = pytest.mark.browser

STORE = "Lantern & Loom"
LIVE = "application/vnd.jupyter.widget-view+json"


def press(page: Page, key: str, lang: Lang, **values: object) -> None:
    """Press the button of a form, by the keyboard alone."""
    page.get_by_role("button", name=say(key, lang, **values), exact=True).focus()
    page.keyboard.press("Enter")


def field(page: Page, key: str, lang: Lang) -> Locator:
    """Find the field of a form."""
    return page.get_by_label(say(key, lang), exact=True)


def test_a_draft_is_found_again_after_a_reload(lab: Lab, lang: Lang) -> None:
    """What is typed by keyboard is kept once that was asked for; after a reload and a fresh run the draft is offered and goes on."""
    lab.run_all()
    press(lab.page, "form.draft.keep", lang)
    expect(lab.page.get_by_text(say("form.draft.kept", lang, file=lab.folder.parent / "my-appeal.json"))).to_be_attached()
    store = field(lab.page, "form.field.store", lang)
    store.focus()
    lab.page.keyboard.press("Control+a")
    lab.page.keyboard.type(STORE)
    expect(lab.page.locator(".appealkit-letter", has_text=STORE)).to_be_attached()
    expect(store).to_be_focused()
    _wait_for_draft(lab.page, lab.folder.parent / "my-appeal.json", lang)

    lab.open("00-the-whole-letter.ipynb")
    lab.run_all()
    expect(lab.page.get_by_text(say("form.draft.offered", lang, file=lab.folder.parent / "my-appeal.json"))).to_be_attached()
    expect(lab.page.locator(".appealkit-letter", has_text=STORE)).to_have_count(0)
    press(lab.page, "form.draft.open", lang)
    expect(lab.page.locator(".appealkit-letter", has_text=STORE)).to_be_attached()
    expect(field(lab.page, "form.field.store", lang)).to_have_value(STORE)
    press(lab.page, "form.draft.compare", lang)
    expect(lab.page.get_by_text(say("form.changes.none", lang))).to_be_attached()
    press(lab.page, "form.draft.empty", lang)
    expect(field(lab.page, "form.field.store", lang)).to_have_value("")
    press(lab.page, "form.draft.undo", lang)
    expect(field(lab.page, "form.field.store", lang)).to_have_value(STORE)
    press(lab.page, "form.draft.redo", lang)
    expect(field(lab.page, "form.field.store", lang)).to_have_value("")


def test_a_saved_form_never_shows_an_error(lab: Lab, lang: Lang) -> None:
    """After a reload of the page a form is there again as long as its kernel is; once that is gone, a line says what to do."""
    lab.run_all()
    field(lab.page, "form.field.store", lang).fill(STORE)
    expect(lab.page.locator(".appealkit-letter", has_text=STORE)).to_be_attached()
    lab.page.keyboard.press("Escape")  # out of the field: the keys are JupyterLab's
    lab.page.locator(".jp-Notebook").focus()
    lab.page.keyboard.press("Control+s")
    _wait_until_saved(lab)
    lab.page.reload()
    lab.wait_for_kernel()
    expect(field(lab.page, "form.field.store", lang)).to_have_value(STORE, timeout=PATIENCE)

    lab.end_kernels()
    lab.page.reload()
    expect(lab.page.get_by_text(say("form.stored", lang))).to_be_visible(timeout=PATIENCE)
    expect(lab.page.get_by_text("Error displaying widget")).to_have_count(0)
    expect(lab.page.get_by_text("Loading widget")).to_have_count(0)


def test_a_choice_keeps_its_keys_to_itself(lab: Lab, lang: Lang) -> None:
    """Keys on a choice or a button are none of JupyterLab's commands: an arrow chooses, and "d d" deletes no cell."""
    lab.run_all()
    cells = lab.page.locator(".jp-Cell")
    choice = field(lab.page, "form.field.metric", lang)
    choice.focus()
    before = cells.count(), choice.input_value()
    lab.page.keyboard.press("ArrowDown")
    expect(choice).to_be_focused()
    expect(choice).not_to_have_value(before[1])
    lab.page.get_by_role("button", name=say("form.draft.undo", lang), exact=True).focus()
    lab.page.keyboard.type("dd")
    expect(cells).to_have_count(before[0])


def test_the_letter_is_taken_away(lab: Lab, lang: Lang) -> None:
    """The letter is copied as plain text and written as a document that a word processor opens, both as the form holds it."""
    lab.run_all()
    field(lab.page, "form.field.store", lang).fill(STORE)
    expect(lab.page.locator(".appealkit-letter", has_text=STORE)).to_be_attached()
    press(lab.page, "form.copy.name", lang, what=say("form.plain", lang))
    expect(lab.page.get_by_text(say("form.copy.done", lang, what=say("form.plain", lang))).first).to_be_attached()
    copied = lab.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Subject: Plan of action")
    assert STORE in copied

    written = lab.folder.parent / "my-appeal.docx"
    press(lab.page, "form.export.docx", lang)
    expect(lab.page.get_by_text(say("export.done", lang, file=written))).to_be_attached()
    paragraphs = [paragraph.text for paragraph in Document(str(written)).paragraphs]
    assert paragraphs == [line for line in copied.splitlines() if line]
    press(lab.page, "form.export.docx", lang)
    beside = say("form.export.beside", lang, file=written.with_stem("my-appeal-2"), named=written.name)
    expect(lab.page.get_by_text(beside)).to_be_attached()


def test_opened_details_and_what_is_heard_outlast_a_change(lab: Lab, lang: Lang) -> None:
    """While the letter changes, the three answers stay open, and one line for those who listen tells the figures once typing pauses."""
    lab.run_all()
    answers = lab.page.locator(".appealkit-letter details")
    answers.locator("summary").focus()
    lab.page.keyboard.press("Enter")
    expect(answers).to_have_attribute("open", "")
    heard = lab.page.locator(".ak-heard:not(.ak-told *)")
    expect(heard).to_have_text("")
    field(lab.page, "form.field.store", lang).fill("")
    expect(heard).not_to_have_text("")
    assert heard.inner_text() in lab.page.locator(".ak-summary").inner_text()
    expect(answers).to_have_attribute("open", "")


def _wait_until_saved(lab: Lab) -> None:
    """Wait until the notebook that is open names the forms of its kernel."""
    for _ in range(100):
        if LIVE in (lab.folder / "00-the-whole-letter.ipynb").read_text(encoding="utf-8"):
            return
        lab.page.wait_for_timeout(100)
    pytest.fail("The notebook was never saved.")


def _wait_for_draft(page: Page, file: Path, lang: Lang) -> None:
    """Wait until the last key is in the draft: it is stored behind the view."""
    for _ in range(100):
        if open_draft(file, lang=lang).store == STORE:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{file} never held the last key.")
