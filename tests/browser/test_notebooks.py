"""Every notebook as a learner meets it: in JupyterLab, in a browser, in both languages."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from appealkit.launch import originals
from appealkit.text import Lang
from tests.browser.conftest import COMPLAINTS, Lab

pytestmark = pytest.mark.browser


def test_every_notebook_runs(lab: Lab, lang: Lang) -> None:
    """Each notebook runs from top to bottom without a complaint, shows every output that it stores, and asks no other machine."""
    names = sorted(path.name for path in originals(lang).glob("*.ipynb"))
    assert len(names) > 5
    for name in names:
        lab.open(name)
        lab.run_all()
        shown = lab.page.locator(".jp-Notebook .jp-CodeCell .jp-OutputArea-output")
        expect(shown.first, name).to_be_attached()
        expect(lab.page.locator(COMPLAINTS), name).to_have_count(0)
        expect(lab.page.get_by_text("Error displaying widget"), name).to_have_count(0)
        assert _barriers(lab.page) == [], name
        assert lab.screenshot(f"{name.removesuffix('.ipynb')}.{lang}").stat().st_size > 0
    assert lab.hosts() == {"127.0.0.1"}


def test_cells_that_are_run_too_early_are_told(lab: Lab) -> None:
    """JupyterLab takes the kit's setting: before the kernel is ready, "Run All Cells" says so rather than to do nothing."""
    setting = lab.page.evaluate("async () => (await fetch('/lab/api/settings/@jupyterlab/notebook-extension:tracker')).json()")
    assert setting["schema"]["properties"]["enableKernelInitNotification"]["default"] is True


def _barriers(page: Page) -> list[str]:
    """Return what axe finds serious in what the kit shows, if it shows anything; JupyterLab's own page is not ours."""
    ours = [[kind] for kind in (".appealkit", ".appealkit-form") if page.locator(kind).count()]
    found = Axe().run(page, context={"include": ours}).response["violations"] if ours else []
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found if one["impact"] in {"serious", "critical"}]
