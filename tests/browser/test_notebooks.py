"""Every notebook as a learner meets it: in JupyterLab, in a browser, in both languages."""

from pathlib import Path
from urllib.parse import urljoin

import pytest

from appealkit.language import Lang
from appealkit.launch import originals
from tests.browser.conftest import Lab

pytestmark = pytest.mark.browser


def test_every_notebook_runs(lab: Lab, lang: Lang) -> None:
    """Each notebook runs from top to bottom without a complaint, and asks no other machine; some have a file of tests, which run them."""
    names = sorted(path.name for path in originals(lang).glob("*.ipynb"))
    others = [name for name in names if not Path(__file__).with_name(f"test_notebook_{name[:2]}.py").exists()]
    assert others
    for name in others:
        lab.run(name)
        assert lab.screenshot(f"{name.removesuffix('.ipynb')}.{lang}").stat().st_size > 0
    assert lab.hosts() == {"127.0.0.1"}


@pytest.mark.parametrize("lang", ["en"])
def test_cells_that_are_run_too_early_are_told(lab: Lab) -> None:
    """JupyterLab takes the kit's setting: before the kernel is ready, "Run All Cells" says so rather than to do nothing."""
    setting = lab.page.request.get(urljoin(lab.kit.address, "/lab/api/settings/@jupyterlab/notebook-extension:tracker")).json()
    assert setting["schema"]["properties"]["enableKernelInitNotification"]["default"] is True
