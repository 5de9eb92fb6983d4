"""The form as a seller uses it: by keyboard, with a draft that outlasts the page, and with a document to take away.

Where a test differs in nothing but the words of the form between the languages, it has one of them.
"""

from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Locator, Page, expect

from appealkit.drafts import open_draft
from appealkit.language import Lang, principle_name, say
from appealkit.launch import FIRST_NOTEBOOK
from tests.browser.conftest import Lab

pytestmark = pytest.mark.browser

STORE, EMAIL = "Lantern & Loom", "mei@lantern-loom.example"
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
    lab.run(FIRST_NOTEBOOK)
    press(lab.page, "form.draft.keep", lang)
    expect(lab.page.get_by_text(say("form.draft.kept", lang, file=lab.folder.parent / "my-appeal.json"))).to_be_attached()
    store = field(lab.page, "form.field.store", lang)
    store.focus()
    lab.page.keyboard.press("Control+a")
    lab.page.keyboard.type(STORE)
    expect(lab.page.locator(".appealkit-letter", has_text=STORE)).to_be_attached()
    expect(store).to_be_focused()
    _wait_for_draft(lab, lab.folder.parent / "my-appeal.json", lang)

    lab.run(FIRST_NOTEBOOK)
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


@pytest.mark.parametrize("lang", ["zh-Hant"])
def test_a_saved_form_never_shows_an_error(lab: Lab, lang: Lang) -> None:
    """After a reload of the page a form is there again, saved by itself, while its kernel is; once that is gone, a line says what to do."""
    lab.run(FIRST_NOTEBOOK)
    field(lab.page, "form.field.store", lang).fill(STORE)
    expect(lab.page.locator(".appealkit-letter", has_text=STORE)).to_be_attached()
    _wait_until_saved(lab)
    lab.page.reload()
    lab.wait_for_kernel()
    expect(field(lab.page, "form.field.store", lang)).to_have_value(STORE)

    lab.end_kernels()
    lab.page.reload()
    expect(lab.page.get_by_text(say("form.stored", lang))).to_be_visible()
    expect(lab.page.get_by_text("Error displaying widget")).to_have_count(0)
    expect(lab.page.get_by_text("Loading widget")).to_have_count(0)
    lab.wait_for_kernel()  # a new one: it would be ended in the middle of its start


@pytest.mark.parametrize("lang", ["en"])
def test_a_form_says_that_its_kernel_was_restarted(lab: Lab, lang: Lang) -> None:
    """After a restart of the kernel the form says that what is typed is kept nowhere, and what to do; that brings a working one.

    That each change is stored, it then does not say any more.
    """
    lab.run(FIRST_NOTEBOOK)
    told, stored = lab.page.locator(".ak-told", has_text=say("form.lost", lang)), lab.page.locator(".ak-stored")
    expect(told).to_have_count(0)
    lab.page.get_by_role("button", name=say("form.draft.keep", lang), exact=True).click()
    expect(stored).to_contain_text("my-appeal.json")
    lab.restart_kernel()
    expect(told).to_be_visible()
    expect(stored).to_be_hidden()
    lab.wait_for_kernel()
    lab.run_all()
    expect(told).to_have_count(0)
    expect(stored).to_be_visible()


@pytest.mark.parametrize("lang", ["zh-Hant"])
def test_a_choice_keeps_its_keys_to_itself(lab: Lab, lang: Lang) -> None:
    """Keys on a choice or a button are none of JupyterLab's commands: an arrow chooses, and "d d" deletes no cell."""
    lab.run(FIRST_NOTEBOOK)
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
    """The letter is copied as plain text and written as a document that a word processor opens, both as the form holds it.

    Before that all that tells of the invented shop has to be gone.
    """
    lab.run(FIRST_NOTEBOOK)
    press(lab.page, "form.draft.empty", lang)
    expect(field(lab.page, "form.field.store", lang)).to_have_value("")
    field(lab.page, "form.field.store", lang).fill(STORE)
    lab.page.get_by_role("tab", name=principle_name("structure", lang)).click()
    field(lab.page, "form.field.contact-email", lang).fill(EMAIL)
    expect(lab.page.locator(".appealkit-letter", has_text=EMAIL)).to_contain_text(STORE)
    press(lab.page, "form.copy.name", lang, what=say("form.plain", lang))
    expect(lab.page.get_by_text(say("form.copy.done", lang, what=say("form.plain", lang))).first).to_be_attached()
    copied = lab.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Subject: Plan of action")
    assert STORE in copied

    written = lab.folder.parent / "my-appeal.docx"
    press(lab.page, "form.export.docx", lang)
    expect(lab.page.get_by_text(say("export.done", lang, file=written))).to_be_attached()
    paragraphs = [paragraph.text for paragraph in Document(str(written)).paragraphs]
    assert paragraphs == [line for line in copied.removeprefix("Subject: ").splitlines() if line]
    press(lab.page, "form.export.docx", lang)
    beside = say("form.export.beside", lang, file=written.with_stem("my-appeal-2"), named=written.name)
    expect(lab.page.get_by_text(beside)).to_be_attached()


@pytest.mark.parametrize("lang", ["zh-Hant"])
def test_opened_details_and_what_is_heard_outlast_a_change(lab: Lab, lang: Lang) -> None:
    """While the letter changes, the three answers stay open, and one line for those who listen tells the figures once typing pauses."""
    lab.run(FIRST_NOTEBOOK)
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
    notebook = lab.folder / FIRST_NOTEBOOK
    lab.wait_until(lambda: LIVE in notebook.read_text(encoding="utf-8"), "The notebook was never saved.")


def _wait_for_draft(lab: Lab, file: Path, lang: Lang) -> None:
    """Wait until the last key is in the draft: it is stored behind the view."""
    lab.wait_until(lambda: open_draft(file, lang=lang).store == STORE, f"{file} never held the last key.")


@pytest.mark.parametrize("lang", ["en"])
def test_the_whole_way_by_keyboard(lab: Lab, lang: Lang) -> None:
    """With Tab, arrows, Enter and Space alone, an empty form becomes a letter in a file: no control traps the keyboard or loses it."""
    lab.run(FIRST_NOTEBOOK)
    page = lab.page
    field(page, "form.draft.file", lang).focus()  # the first field; from here on there are keys only
    _tab_to(page, say("form.draft.empty", lang))
    page.keyboard.press("Enter")
    expect(field(page, "form.field.store", lang)).to_have_value("")

    _type(page, _field_name("store", lang), STORE)
    _type(page, _field_name("marketplace", lang), "Amazon.com")
    _choose_next(page, _field_name("metric", lang))
    _next_tab(page, 1)
    _type(page, _field_name("contact-name", lang), "Lin Mei")
    _next_tab(page, 2)
    for name, words in (("metric-value", "1.29"), ("period-start", "2026-03-02"), ("period-end", "2026-03-19")):
        _type(page, _field_name(name, lang), words)
    _type(page, _field_name("causes-failed", lang, 1), "Our stock sheet was updated only on Mondays.")
    _tab_to(page, say("form.add.causes", lang))
    page.keyboard.press("Space")
    expect(page.get_by_label(_field_name("causes-title", lang, 2), exact=True)).to_be_focused()
    page.keyboard.type("Late replies")
    _type(page, _field_name("causes-failed", lang, 2), "Nobody read messages on Sundays.")
    _next_tab(page, 3)
    _type(page, _field_name("actions-what", lang, 1), "refunded all four buyers")
    _choose_next(page, _field_name("actions-status", lang, 1))
    _type(page, _field_name("actions-when", lang, 1), "2026-03-21")
    first = "Step 1 answers Cause 1: Our stock sheet was updated only on Mondays."
    for name in (first, "Step 1 answers Cause 2: Late replies"):
        _tab_to(page, name)
        page.keyboard.press("Space")
    letter = page.locator(".appealkit-letter .ak-plain").first
    expect(letter).to_contain_text("On March 21, 2026, we refunded all four buyers.")
    expect(letter).to_contain_text("For cause 1 and cause 2:")
    _tab_to(page, first, "Shift+Tab")
    page.keyboard.press("Space")
    expect(letter).to_contain_text("For cause 2, Late replies:")

    _tab_to(page, say("form.copy.name", lang, what=say("form.plain", lang)))
    page.keyboard.press("Enter")
    expect(page.get_by_text(say("form.copy.done", lang, what=say("form.plain", lang))).first).to_be_attached()
    written = lab.folder.parent / "my-appeal.docx"
    _tab_to(page, say("form.export.docx", lang))
    page.keyboard.press("Space")
    expect(page.get_by_text(say("export.done", lang, file=written))).to_be_attached()
    text = "\n".join(paragraph.text for paragraph in Document(str(written)).paragraphs)
    for words in (STORE, "1.29%", "between March 2, 2026 and March 19, 2026", "Late replies: Nobody read messages on Sundays.", "Lin Mei"):
        assert words in text


def _field_name(key: str, lang: Lang, number: int = 0) -> str:
    """Return the name of a field, of an entry with its number."""
    name = say(f"form.field.{key}", lang)
    entry = say(f"form.entry.{key.split('-', maxsplit=1)[0]}", lang, number=number) if number else ""
    return say("form.labelled", lang, entry=entry, field=name) if entry else name


def _type(page: Page, name: str, words: str) -> None:
    _tab_to(page, name)
    page.keyboard.type(words)


def _choose_next(page: Page, name: str) -> None:
    _tab_to(page, name)
    page.keyboard.press("ArrowDown")


def _next_tab(page: Page, number: int) -> None:
    """Go from the fields of a tab back to its name, and on to the next one."""
    tabs = page.locator(".appealkit-form [role=tab]")
    _tab_to(page, tabs.nth(number - 1).inner_text(), "Shift+Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(tabs.nth(number)).to_have_attribute("aria-selected", "true")


NAME = """() => {
  const one = document.activeElement
  const label = one.labels && one.labels.length ? one.labels[0].textContent : one.getAttribute("aria-label") || one.textContent
  return (label || "").trim()
}"""


def _tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press a key until the control of that name has the keyboard."""
    met = []
    for _ in range(60):
        page.keyboard.press(key)
        met.append(page.evaluate(NAME)[:60])
        if met[-1] == name[:60]:
            return
    pytest.fail(f"No {key} leads to “{name}”; it led to {met}.")
