"""The lesson on numbers as a learner meets it: figures are shown first, and reach the letter by one click."""

import pytest
from playwright.sync_api import expect

from appealkit.language import Lang, say
from tests.browser.conftest import Lab

pytestmark = pytest.mark.browser

ORDERS = "date,claim\n2026-03-02,yes\n" + "2026-04-30,no\n" * 49


def test_figures_reach_the_letter_by_one_click(lab: Lab, lang: Lang) -> None:
    """A file in the folder is read, its rate drawn and offered; the letter has it after the click, and not before."""
    (lab.folder / "orders.csv").write_text(ORDERS, encoding="utf-8")
    lab.run("08-your-numbers.ipynb")
    page = lab.page
    letter = page.locator(".appealkit-form .appealkit-letter", has_text="2%")
    field = page.get_by_label(say("form.figures.file", lang), exact=True)
    page.locator(".jp-MarkdownOutput a[href*='own-figures'], .jp-MarkdownOutput a[href='#Your-own-figures']").first.click()
    expect(field).to_be_in_viewport()
    large = lab.folder.parent / "elsewhere.csv"  # more than a connection takes by default
    large.write_text("date,claim,note\n" + f"2026-04-30,no,{'x' * 1_000_000}\n" * 15, encoding="utf-8")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=say("form.figures.pick", lang)).click()
    chooser.value.set_files(large)
    expect(field).to_have_value("elsewhere.csv")
    expect(page.get_by_role("button", name=say("form.figures.picked", lang, file="elsewhere.csv"))).to_contain_text("(1)")
    expect(page.locator(".appealkit-form table", has_text=say("form.figures.offer", lang))).to_contain_text("15")
    assert lab.screenshot(f"08-picked.{lang}").stat().st_size > 0
    field.fill("orders.csv")
    field.press("Tab")
    page.get_by_role("button", name=say("form.figures.read", lang), exact=True).click()
    offer = page.locator(".appealkit-form table", has_text=say("form.figures.offer", lang))
    expect(offer).to_contain_text("2026-03-02")
    expect(page.locator(".appealkit-form .ak-chart svg")).to_be_attached()
    expect(letter).to_have_count(0)
    page.set_viewport_size({"width": 800, "height": 1000})
    view = page.locator(".appealkit-form .widget-html-content", has=page.locator(".ak-chart"))
    width = view.evaluate("box => box.getBoundingClientRect().right - box.closest('.appealkit-form').getBoundingClientRect().right")
    assert width <= 1, "the figures are wider than the form"
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.get_by_role("button", name=say("form.figures.put", lang), exact=True).click()
    expect(letter.first).to_be_attached()
    stands = page.locator(".appealkit-form table", has_text=say("form.figures.stand", lang))
    stands.scroll_into_view_if_needed()
    assert lab.screenshot(f"08-your-numbers.{lang}").stat().st_size > 0
    assert lab.hosts() == {"127.0.0.1"}
