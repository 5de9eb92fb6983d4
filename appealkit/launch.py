"""Opens JupyterLab on a working copy of the notebooks; nothing in it asks another machine for anything."""

import filecmp
import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from copy import deepcopy
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from appealkit.files import KitError, give_name, refused_as
from appealkit.language import Lang, listed, say
from appealkit.tables import load

# The same place whatever the current folder, so that a second start finds the learner's work again;
# and not "appealkit", which is what a clone of the kit in the home folder is called.
DEFAULT_FOLDER = Path("~", "appealkit-notebooks")
FIRST_NOTEBOOK = "00-the-whole-letter.ipynb"


class LaunchError(KitError):
    """The kit cannot open; the message says why and what to do, in the reader's language."""


def launch(*, lang: Lang, folder: Path = DEFAULT_FOLDER, browser: bool = True, extra: Sequence[str] = ()) -> int:
    """Open JupyterLab on a working copy of the notebooks, and return when it is stopped.

    Args:
        lang: the language of the notebooks.
        folder: where the working copy is, or is made; notebooks that are there already are never overwritten.
        browser: whether to open a web browser.
        extra: further arguments for JupyterLab. They win over the kit's own settings.

    Returns:
        0, once JupyterLab was stopped.

    Raises:
        LaunchError: when the working copy cannot be made, or JupyterLab does not start as root.
        SystemExit: from JupyterLab, with its own exit code, when it cannot start.
    """
    folder = _make_working_copy(lang, folder)
    with TemporaryDirectory(prefix="appealkit-") as config:
        _write_config(Path(config), lang, folder, browser=browser)
        try:
            _run_jupyterlab(Path(config), extra)
        except SystemExit as stop:
            if stop.code and _refuses_root():  # JupyterLab itself says so in English, among its log
                raise LaunchError(say("launch.as-root", lang)) from None
            raise
    return 0


def originals(lang: Lang) -> Path:
    """Return the folder of the kit's own notebooks in one language.

    An installed kit carries them inside the package; in a checkout they stand at the top, where readers look for them.

    Args:
        lang: `en` or `zh-Hant`.

    Returns:
        The folder. Nothing here ever writes to it.

    Raises:
        LaunchError: when this installation has no notebooks.
    """
    package = Path(__file__).parent
    for home in (package, package.parent):
        folder = home / "notebooks" / lang
        if folder.is_dir():
            return folder
    raise LaunchError(say("launch.no-notebooks", lang))


def _make_working_copy(lang: Lang, folder: Path) -> Path:
    """Copy the notebooks that `folder` lacks, say what was done, and return `folder` in full."""
    source = originals(lang)
    folder = Path(os.path.abspath(folder.expanduser()))  # noqa: PTH100 - Path.absolute keeps "..", which a reader has to work out
    target = folder / lang
    with (
        refused_as(LaunchError, "launch.folder-refused", lang, folder=folder),
        refused_as(LaunchError, "launch.folder-is-a-file", lang, of=(FileExistsError, NotADirectoryError), folder=folder),
    ):
        target.mkdir(parents=True, exist_ok=True)
        if target.samefile(source):
            raise LaunchError(say("launch.folder-is-the-kits", lang, folder=folder))
        copied = _copy_missing(source, target)
        outdated = list(_outdated(source, target))
    _tell(say("launch.folder", lang, folder=target))
    if copied:
        _trust([target / name for name in copied])
        _tell(say("launch.copied", lang, names=listed(copied, lang)))
    if outdated:
        _tell(say("launch.outdated", lang, names=listed(outdated, lang)))
    _tell(say("launch.stop", lang))
    return folder


def _copy_missing(source: Path, target: Path) -> list[str]:
    """Copy each notebook that `target` lacks, and return the names of those copied."""
    missing = [notebook for notebook in sorted(source.glob("*.ipynb")) if not (target / notebook.name).exists()]
    # A copy gets its name only once it is whole: a start that is killed leaves no half notebook behind.
    with TemporaryDirectory(dir=target, prefix=".copying-") as staging:
        # The content alone: the kit's own file may be read-only, the learner's must not be.
        wholes = [shutil.copyfile(notebook, Path(staging, notebook.name)) for notebook in missing]
        return [whole.name for whole in wholes if _named(whole, target / whole.name)]


def _named(whole: Path, name: Path) -> bool:
    """Put a finished copy in its place; False when there is one by now, since a second start of the kit was quicker."""
    try:
        give_name(whole, name)
    except FileExistsError:
        return False
    return True


def _trust(notebooks: Sequence[Path]) -> None:
    """Sign the kit's fresh copies, as `jupyter trust` does: JupyterLab strips the colours from stored results that it does not trust."""
    nbformat, sign = import_module("nbformat"), import_module("nbformat.sign")
    notary = sign.NotebookNotary()
    for notebook in notebooks:
        notary.sign(nbformat.read(notebook, as_version=4))
    notary.store.close()


def _outdated(source: Path, target: Path) -> Iterator[str]:
    """Yield the notebooks that changed in the kit after the learner last saved theirs."""
    for notebook in sorted(source.glob("*.ipynb")):
        copy = target / notebook.name
        if notebook.stat().st_mtime > copy.stat().st_mtime and not filecmp.cmp(notebook, copy, shallow=False):
            yield notebook.name


def _write_config(config: Path, lang: Lang, folder: Path, *, browser: bool) -> None:
    """Write the settings of `data/jupyter.toml`, and those that hang on this start."""
    stored = deepcopy(load("jupyter.toml"))
    server = stored["jupyter_server_config"]
    server["ServerApp"] |= {"root_dir": str(folder), "open_browser": browser}
    server["LabApp"] |= {
        "default_url": f"/lab/tree/{lang}/{FIRST_NOTEBOOK}",
        "news_url": None,  # TOML has no word for it
        # Which tabs are open is remembered for all JupyterLabs together: the kit neither shows the learner's others nor changes them.
        "workspaces_dir": str(config / "workspaces"),
    }
    stored["labconfig/default_setting_overrides"]["@jupyterlab/translation-extension:plugin"] = {"locale": say("launch.locale", lang)}
    (config / "labconfig").mkdir()
    for name, settings in stored.items():
        (config / f"{name}.json").write_text(json.dumps(settings), encoding="utf-8")


def _run_jupyterlab(config: Path, extra: Sequence[str]) -> None:
    """Become JupyterLab, until it is stopped.

    In this process rather than in one below it: Ctrl+C (which JupyterLab asks about), a closed terminal and a signal
    reach JupyterLab itself, on every system, and none of them can leave it running with nobody to stop it.
    """
    # A folder of settings before the learner's own, which stay as they are: they decide all that the kit does not. Settings
    # rather than arguments, because JupyterLab refuses an argument that is given twice: so `extra` can change each of them.
    config_path = os.environ.get("JUPYTER_CONFIG_PATH")
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, [str(config), config_path]))
    # Notebooks run in the Python that has the kit, also where the learner once registered another one as "python3".
    os.environ.setdefault("JUPYTER_PREFER_ENV_PATH", "1")

    # Here and not above: it is slow, and nothing else needs it.
    import_module("jupyterlab.labapp").main(list(extra))


def _refuses_root() -> bool:
    """Did JupyterLab stop since nobody told it that it may run as root? Settings of the learner's may have done so."""
    server = import_module("jupyter_server.serverapp").ServerApp
    return hasattr(os, "geteuid") and os.geteuid() == 0 and server.initialized() and not server.instance().allow_root


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
