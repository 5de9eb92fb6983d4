"""The first notebook as a learner meets it: in JupyterLab, in a browser, with a letter that changes while they type."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from appealkit.language import Lang
from tests.browser.conftest import Lab, seen, started

pytestmark = pytest.mark.browser

STORE_FIELD: dict[Lang, str] = {"en": "Store", "zh-Hant": "店名"}
PAGE_LANG: dict[Lang, str] = {"en": "en", "zh-Hant": "zh-TW"}
STORE = "Lantern & Loom"  # the ampersand shows that what a learner types is shown as typed


@pytest.fixture
def lab(browser: Browser, lang: Lang, tmp_path: Path) -> Iterator[Lab]:
    """Start the kit for this test alone, and open what it opens."""
    with started(lang, tmp_path) as kit, seen(browser, kit) as lab:
        lab.page.goto(kit.first_page.as_uri())
        lab.wait_for_kernel()
        yield lab


def test_letter_changes_while_the_learner_types(lab: Lab, lang: Lang) -> None:
    """The kit opens notebook 00, all of it runs, the letter takes up each typed fact, and no other machine is asked for anything."""
    assert lab.page.url.endswith(f"/lab/tree/{lang}/00-the-whole-letter.ipynb")
    expect(lab.page.locator("html")).to_have_attribute("lang", PAGE_LANG[lang])  # which chooses the shapes of Chinese punctuation
    expect(lab.page.locator(".jp-RenderedHTML.jp-mod-trusted")).not_to_have_count(0)  # the finished letter, in colour before any cell ran
    lab.run_all()

    letter = lab.page.locator(".appealkit-letter", has_text=STORE)
    expect(letter).to_have_count(0)
    field = lab.page.get_by_label(STORE_FIELD[lang], exact=True)
    field.fill("")
    field.press_sequentially(STORE)
    expect(letter.first).to_be_attached()

    letter.first.evaluate("letter => letter.scrollIntoView()")  # its beginning, however long it is
    assert lab.screenshot(f"00-the-whole-letter.{lang}").stat().st_size > 0
    assert lab.hosts() == {"127.0.0.1"}
    assert lab.page.get_by_text("get notified about official Jupyter news").count() == 0
