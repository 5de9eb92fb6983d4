"""From key to paint: the form beside the smallest callback that there can be, in one page of JupyterLab.

Run by hand, with nothing else running: `python -m tests.bench.bench_form`. It needs Chromium.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import BROWSERS, Lab, started

KEYS = 50
ROUNDS = 4
MOST = 1.25
"""How many times as long as the smallest callback the form may take."""

CELLS = [
    """
from ipywidgets import HTML, Text, VBox
text, shown = Text(description="smallest"), HTML()
text.observe(lambda change: setattr(shown, "value", change.new), "value")
VBox([text, shown.add_class("bench-smallest")])
""",
    """
from appealkit.samples import sample_case
from appealkit.widgets import LetterComposer
LetterComposer(sample_case("lamps"), lang="en")
""",
]

WATCH = """([input, target]) => {
  const times = window.benchTimes = []
  let began
  document.querySelector(input).addEventListener("keydown", () => { began = performance.now() }, { capture: true })
  new MutationObserver(() => {
    if (began === undefined) return
    const start = began
    began = undefined
    requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - start)))
  }).observe(document.querySelector(target), { childList: true, subtree: true, characterData: true, attributes: true })
}"""


def main() -> int:
    """Measure both, in turn, and say how they compare."""
    with tempfile.TemporaryDirectory() as folder, started("en", Path(folder)) as kit, sync_playwright() as playwright:
        chromium = next(filter(None, map(shutil.which, BROWSERS)))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 3000})
        page.request.get(kit.address)  # the token makes a cookie
        (kit.folder / "bench.ipynb").write_text(json.dumps(_notebook()), encoding="utf-8")
        Lab(page, kit).run("bench.ipynb")
        times: dict[str, list[float]] = {"smallest": [], "form": []}
        for _ in range(ROUNDS):
            times["smallest"] += _type(page, ".widget-text input[type=text]", ".bench-smallest")
            times["form"] += _type(page, ".appealkit-form .widget-tab input[type=text]", ".appealkit-letter")
        browser.close()
    smallest, form = (median(taken) for taken in times.values())
    print(f"smallest callback {smallest:.1f} ms, form {form:.1f} ms, {form / smallest:.2f} times as long (at most {MOST})")
    return form > MOST * smallest


def _type(page: Page, field: str, target: str) -> list[float]:
    """Type into a field, key by key, and return how long each key took until it was painted, in milliseconds."""
    page.locator(field).first.focus()
    page.evaluate(WATCH, [field, target])
    for number in range(KEYS):
        page.keyboard.press("abcdefghij"[number % 10])
        page.wait_for_function("count => window.benchTimes.length > count", arg=number, polling=5)
    return [float(taken) for taken in page.evaluate("window.benchTimes")][5:]


def _notebook() -> dict[str, object]:
    cells: list[dict[str, object]] = [
        {"cell_type": "code", "id": f"cell-{number}", "metadata": {}, "source": source.strip(), "outputs": [], "execution_count": None}
        for number, source in enumerate(CELLS)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


if __name__ == "__main__":
    sys.exit(main())
