"""A JupyterLab that was started as a learner starts it, and a browser that looks at it."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from appealkit.language import LANGS, Lang
from appealkit.launch import originals

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SCREENSHOTS = Path(os.environ.get("APPEALKIT_SCREENSHOTS", Path(__file__).with_name("screenshots")))
PATIENCE = 60_000  # milliseconds; a small machine may be busy with other tests
expect.set_options(timeout=PATIENCE)  # a kernel answers a click: on a busy machine later than the five seconds of Playwright

# The browser tells whom it asks; the server and its kernels do not. Each Python that they start reads this file first,
# and then writes down every name that it looks up and every address that it connects to.
WITNESS = """
import os, sys
notes = os.open(os.environ["APPEALKIT_WITNESS"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def witness(event, args):
    if event == "socket.getaddrinfo":
        host = args[0]
    elif event == "socket.connect" and isinstance(args[1], tuple):
        host = args[1][0]
    else:
        return
    os.write(notes, f"{host}\\n".encode())
sys.addaudithook(witness)
"""

COMPLAINTS = '[data-mime-type="application/vnd.jupyter.stderr"]'  # JupyterLab's mark for errors, warnings and all else on stderr
PROMPTS = ".jp-Notebook .jp-CodeCell .jp-InputPrompt"
RUN = re.compile(r"\[\d+\]:")
STATUS = "#jp-main-statusbar"


@dataclass(frozen=True)
class Kit:
    """The kit as it was started in one language, with nothing shared with the tester's Jupyter."""

    first_page: Path  # a small local one, with which Jupyter sends a browser to its start, token included
    folder: Path
    witness: Path

    @property
    def address(self) -> str:
        """Return the address of its start, token included."""
        return unescape(self.first_page.read_text(encoding="utf-8").partition('href="')[2].partition('"')[0])


@dataclass(frozen=True)
class Lab:
    """JupyterLab in a browser, on a working copy that nobody has touched."""

    page: Page
    kit: Kit
    asked: set[str] = field(default_factory=set)

    @property
    def folder(self) -> Path:
        """Return the folder of the notebooks."""
        return self.kit.folder

    def run(self, notebook: str) -> None:
        """Open a notebook of the working copy, alone, and run all of it: it shows something, and nobody is kept out."""
        self.page.goto(urljoin(self.kit.address, f"{notebook}?reset"))  # without the tabs that are open
        expect(self.page).to_have_url(re.compile(re.escape(notebook) + "$"))
        self.wait_for_kernel()
        self.run_all()
        expect(self.page.locator(".jp-Notebook .jp-CodeCell .jp-OutputArea-output").first, notebook).to_be_attached()
        expect(self.page.get_by_text("Error displaying widget"), notebook).to_have_count(0)
        assert self._barriers() == [], notebook

    def wait_for_kernel(self) -> None:
        """Wait until the kernel takes work: earlier, "Run All" is lost without a word."""
        expect(self.page.locator(STATUS)).to_contain_text("(ipykernel) | Idle")

    def wait_until(self, holds: Callable[[], bool], complaint: str) -> None:
        """Wait until something holds, and ask from here: a page that waits by itself asks with each frame, and a busy one draws none."""
        deadline = time.monotonic() + PATIENCE / 1000
        while not holds():
            if time.monotonic() > deadline:
                prompts, status = (self.page.locator(of).all_text_contents() for of in (PROMPTS, STATUS))
                pytest.fail(f"{complaint} Its cells: {prompts}; its status: {status}.")
            self.page.wait_for_timeout(100)

    def run_all(self) -> None:
        """Clear the stored outputs, run all cells of the notebook that is open, and see that none complains."""
        self._choose("Edit", "Clear Outputs of All Cells")
        self._choose("Run", "Run All Cells")
        count = self._code_cells()
        self.wait_until(lambda: self._ran(count), "Not all cells ran.")
        self.wait_for_kernel()
        assert self.page.locator(COMPLAINTS).all_inner_texts() == []

    def end_kernels(self) -> None:
        """End every kernel, as the end of a day does; one that is being restarted cannot be ended yet."""
        at, key = urljoin(self.kit.address, "/api/sessions/"), {"Authorization": f"token {self.kit.address.rpartition('=')[2]}"}

        def ended() -> bool:
            sessions = self.page.request.get(at, headers=key).json()
            for session in sessions:
                self.page.request.delete(urljoin(at, session["id"]), headers=key)
            return not sessions

        self.wait_until(ended, "A kernel did not end.")

    def restart_kernel(self) -> None:
        """Restart the kernel of the notebook that is open, as its menu does."""
        self.page.get_by_role("menuitem", name="Kernel", exact=True).click()
        self.page.get_by_role("menuitem", name=re.compile("^Restart Kernel\u2026")).click()
        self.page.locator(".jp-Dialog button.jp-mod-accept").click()

    def screenshot(self, name: str) -> Path:
        """Keep a picture of the page as it is now."""
        picture = SCREENSHOTS / f"{name}.png"
        self.page.screenshot(path=picture)
        return picture

    def fits(self, form: Locator, shown: Locator, name: str) -> None:
        """See that no table or letter is wider than its form, in a wide window and in a narrow one, and keep a picture of each."""
        for width in (1280, 800):
            self.page.set_viewport_size({"width": width, "height": 1000})
            shown.evaluate("part => part.scrollIntoView({block: 'center'})")
            wider = form.evaluate("form => [...form.querySelectorAll('table, pre')].some(part => part.scrollWidth > form.clientWidth)")
            assert not wider
            assert self.screenshot(f"{name}.{width}").stat().st_size > 0

    def hosts(self) -> set[str]:
        """Return every machine that the browser, the server or a kernel turned to."""
        return self.asked | set(self.kit.witness.read_text(encoding="utf-8").split())

    def _choose(self, menu: str, item: str) -> None:
        self.page.get_by_role("menuitem", name=menu, exact=True).click()
        self.page.get_by_role("menuitem", name=item, exact=True).click()

    def _barriers(self) -> list[str]:
        """Return what axe finds serious in what the kit shows, if it shows anything; JupyterLab's own page is not ours."""
        ours = [[kind] for kind in (".appealkit", ".appealkit-form") if self.page.locator(kind).count()]
        found = Axe().run(self.page, context={"include": ours}).response["violations"] if ours else []
        return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found if one["impact"] in {"serious", "critical"}]

    def _ran(self, count: int) -> bool:
        """Have all code cells of the notebook that is open run, or one of them complained? After an error no further one runs."""
        prompts = self.page.locator(PROMPTS).all_text_contents()
        return (len(prompts) == count and all(map(RUN.fullmatch, prompts))) or self.page.locator(COMPLAINTS).count() > 0

    def _code_cells(self) -> int:
        """Count the code cells of the notebook that is open."""
        notebook = self.folder / Path(urlsplit(self.page.url).path).name
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        return sum(cell["cell_type"] == "code" for cell in cells)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Give the path of a Chromium that is installed here."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found:
        return found
    reason = f"The browser tests need one of {', '.join(BROWSERS)} on the PATH."
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    """Start Chromium; each test has a context of its own in it, as a browser has that was never used."""
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"]) as browser:
        yield browser


@pytest.fixture(scope="package")
def kits(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Lang, Kit]]:
    """Start the kit once in each language: it takes longer than what most tests do with it."""
    with ExitStack() as stack:
        yield {lang: stack.enter_context(started(lang, tmp_path_factory.mktemp(lang))) for lang in LANGS}


@pytest.fixture
def lab(browser: Browser, kits: dict[Lang, Kit], lang: Lang) -> Iterator[Lab]:
    """Give a JupyterLab without a kernel, on a new working copy, and a browser that it knows."""
    folder = kits[lang].folder
    shutil.rmtree(folder.parent)
    shutil.copytree(originals(lang), folder)
    with seen(browser, kits[lang]) as lab:
        lab.page.request.get(lab.kit.address)  # the token makes a cookie
        yield lab
        lab.page.goto("about:blank")  # where nothing is saved any more
        lab.end_kernels()


@contextmanager
def seen(browser: Browser, kit: Kit) -> Iterator[Lab]:
    """Look at the kit in a browser that was never used."""
    with browser.new_context(viewport={"width": 1280, "height": 1000}, permissions=["clipboard-read", "clipboard-write"]) as context:
        lab = Lab(context.new_page(), kit)
        lab.page.on("request", lambda request: _note(lab.asked, request.url))
        lab.page.on("websocket", lambda socket: _note(lab.asked, socket.url))
        yield lab


@contextmanager
def started(lang: Lang, folder: Path) -> Iterator[Kit]:
    """Run `python -m appealkit`, which would show its first page in the learner's browser."""
    runtime, log = folder / "runtime", folder / "log"
    (folder / "sitecustomize.py").write_text(WITNESS, encoding="utf-8")
    environment = os.environ | {
        "APPEALKIT_WITNESS": str(folder / "witness"),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")])),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "JUPYTER_RUNTIME_DIR": str(runtime),
        "IPYTHONDIR": str(folder / "ipython"),
    }
    command = [sys.executable, "-m", "appealkit", "--lang", lang, "--dir", str(folder / "copy"), "--no-browser"]
    with (
        log.open("wb") as output,
        subprocess.Popen(  # noqa: S603
            [*command, "--allow-root", "--ServerApp.port=0"], env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        ) as server,
    ):
        try:
            yield Kit(_wait_for_first_page(runtime, server), folder / "copy" / lang, folder / "witness")
        finally:
            server.terminate()
            try:
                server.wait(timeout=PATIENCE / 1000)
            except subprocess.TimeoutExpired:  # stopped in the middle of something, a thread of Jupyter may outlive its server
                server.kill()
            sys.stdout.write(log.read_text(encoding="utf-8", errors="replace"))  # pytest shows it when a test failed


def _wait_for_first_page(runtime: Path, server: subprocess.Popen[bytes]) -> Path:
    """Return the page with which Jupyter sends a browser to its start."""
    deadline = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < deadline and server.poll() is None:
        for page in runtime.glob("jpserver-*-open.html"):
            if "</html>" in page.read_text(encoding="utf-8"):
                return page
        time.sleep(0.1)
    return pytest.fail(f"JupyterLab did not start (exit code {server.poll()}).")


def _note(asked: set[str], url: str) -> None:
    host = urlsplit(url).hostname
    if host:  # data: and blob: have none, and go nowhere
        asked.add(host)
