"""The working copy of the notebooks, and the JupyterLab that opens on it."""

import json
import os
import shutil
import stat
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from appealkit import launch
from appealkit.language import LANGS, Lang, say

NAMES = ["00-the-whole-letter.ipynb", "01-admit-first.ipynb"]


@dataclass
class FakeLab:
    """Stands in for JupyterLab, and notes with what it was started."""

    arguments: list[str] = field(default_factory=list)
    server: dict[str, Any] = field(default_factory=dict)
    page: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    config_path: list[str] = field(default_factory=list)

    def main(self, arguments: list[str]) -> None:
        """Read what JupyterLab would read."""
        self.arguments = arguments
        self.config_path = os.environ["JUPYTER_CONFIG_PATH"].split(os.pathsep)
        config = Path(self.config_path[0])
        self.server = json.loads((config / "jupyter_server_config.json").read_text(encoding="utf-8"))
        self.page = json.loads((config / "labconfig" / "page_config.json").read_text(encoding="utf-8"))
        self.settings = json.loads((config / "labconfig" / "default_setting_overrides.json").read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeLab:
    """Put a fake in JupyterLab's place, away from the tester's own Jupyter, and restore the environment afterwards."""
    fake = FakeLab()
    monkeypatch.setitem(sys.modules, "jupyterlab", SimpleNamespace(labapp=fake))
    monkeypatch.setitem(sys.modules, "jupyterlab.labapp", fake)
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "")
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "1")
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    return fake


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Install a tiny kit, and return where it keeps its notebooks."""
    package = tmp_path / "site-packages" / "appealkit"
    for lang in LANGS:
        (package / "notebooks" / lang).mkdir(parents=True)
        for name in NAMES:
            (package / "notebooks" / lang / name).write_text(notebook(f"the kit's {name} in {lang}"), encoding="utf-8")
    monkeypatch.setattr(launch, "__file__", str(package / "launch.py"))
    return package / "notebooks"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Name a folder for the working copy that is not there yet."""
    return tmp_path / "learner" / "my notebooks"


def notebook(text: str) -> str:
    """Return a notebook of one text cell, as it is stored."""
    cell = {"cell_type": "markdown", "id": "title", "metadata": {}, "source": text}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def contents(folder: Path) -> dict[str, str]:
    """Return the text of every file in a folder, hidden ones too."""
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


@pytest.mark.parametrize("lang", LANGS)
def test_copies_each_notebook(kit: Path, folder: Path, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """A first start copies the notebooks of the chosen language, those alone and nothing else, and says where they are."""
    assert launch.launch(lang=lang, folder=folder) == 0
    assert contents(folder / lang) == contents(kit / lang)
    assert len(contents(folder / lang)) == len(NAMES)
    assert [path.name for path in folder.iterdir()] == [lang]
    said = capsys.readouterr().out
    assert str(folder / lang) in said
    assert all(name in said for name in NAMES)


def test_never_overwrites(kit: Path, folder: Path) -> None:
    """What a learner saved stays byte for byte, whatever the kit's own notebook becomes, and the kit's own stays as well."""
    launch.launch(lang="en", folder=folder)
    (folder / "en" / NAMES[0]).write_bytes(b"my work\r\n\xff")
    (kit / "en" / NAMES[0]).write_text("a new edition", encoding="utf-8")
    launch.launch(lang="en", folder=folder)
    assert (folder / "en" / NAMES[0]).read_bytes() == b"my work\r\n\xff"
    assert (kit / "en" / NAMES[0]).read_text(encoding="utf-8") == "a new edition"


def test_adds_what_is_missing(kit: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A notebook that a learner deleted or never had is copied at the next start, and only that one is called new."""
    launch.launch(lang="en", folder=folder)
    (folder / "en" / NAMES[1]).unlink()
    capsys.readouterr()
    launch.launch(lang="en", folder=folder)
    assert contents(folder / "en") == contents(kit / "en")
    said = capsys.readouterr().out
    assert NAMES[1] in said
    assert NAMES[0] not in said


def test_copy_of_a_read_only_kit_is_writable(kit: Path, folder: Path) -> None:
    """A kit that an administrator installed read-only still gives a copy that a learner can save."""
    for notebook in (kit / "en").iterdir():
        notebook.chmod(stat.S_IREAD)
    launch.launch(lang="en", folder=folder)
    assert all(copy.stat().st_mode & stat.S_IWRITE for copy in (folder / "en").iterdir())


def test_killed_start_leaves_no_half_notebook(kit: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A start that is killed while it copies leaves no half notebook, and the next start completes the copy."""

    def killed(source: Path, target: Path) -> Path:
        target.write_text(source.read_text(encoding="utf-8")[:5], encoding="utf-8")
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copyfile", killed)
        with pytest.raises(KeyboardInterrupt):
            launch.launch(lang="en", folder=folder)
    assert contents(folder / "en") == {}
    launch.launch(lang="en", folder=folder)
    assert contents(folder / "en") == contents(kit / "en")


@pytest.mark.usefixtures("kit")
def test_trusts_its_own_copies_only(folder: Path) -> None:
    """JupyterLab shows a fresh copy with its colours, and judges a notebook that somebody else put there by itself."""
    (folder / "en").mkdir(parents=True)
    (folder / "en" / NAMES[1]).write_text(notebook("from a stranger"), encoding="utf-8")
    launch.launch(lang="en", folder=folder)
    nbformat, sign = import_module("nbformat"), import_module("nbformat.sign")
    notary = sign.NotebookNotary()
    trusted = [notary.check_signature(nbformat.read(folder / "en" / name, as_version=4)) for name in NAMES]
    notary.store.close()
    assert trusted == [True, False]


@pytest.mark.usefixtures("kit")
def test_loses_a_race_politely(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """When a notebook appears while the kit is copying it, the one that appeared stays, and is not called new."""
    copyfile = shutil.copyfile

    def overtaken(source: Path, target: Path) -> Path:
        (folder / "en" / source.name).write_text("saved a moment ago", encoding="utf-8")
        return copyfile(source, target)

    monkeypatch.setattr(shutil, "copyfile", overtaken)
    launch.launch(lang="en", folder=folder)
    assert contents(folder / "en") == dict.fromkeys(NAMES, "saved a moment ago")
    assert "New" not in capsys.readouterr().out


def test_copies_where_there_are_no_hard_links(kit: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk without hard links, such as a memory stick, holds a working copy like any other."""

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    launch.launch(lang="en", folder=folder)
    assert contents(folder / "en") == contents(kit / "en")


@pytest.mark.parametrize("lang", LANGS)
def test_names_what_is_outdated(kit: Path, folder: Path, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """A notebook that the kit renewed after the learner last saved theirs is named in one line; one that only they changed is not."""
    launch.launch(lang=lang, folder=folder)
    for name in NAMES:
        (folder / lang / name).write_text("my work", encoding="utf-8")
    saved = (folder / lang / NAMES[0]).stat().st_mtime
    os.utime(kit / lang / NAMES[0], (saved + 60, saved + 60))
    os.utime(kit / lang / NAMES[1], (saved - 60, saved - 60))
    capsys.readouterr()
    launch.launch(lang=lang, folder=folder)
    lines = [line for line in capsys.readouterr().out.splitlines() if ".ipynb" in line]
    assert len(lines) == 1
    assert NAMES[0] in lines[0]
    assert NAMES[1] not in lines[0]


@pytest.mark.usefixtures("kit")
def test_default_folder_is_the_same_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Started from another folder, the kit finds the same working copy, in the learner's home."""
    for home in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(home, str(tmp_path / "home"))
    for current in ("desktop", "downloads"):
        (tmp_path / current).mkdir()
        monkeypatch.chdir(tmp_path / current)
        launch.launch(lang="en")
        assert list((tmp_path / current).iterdir()) == []
    assert sorted(path.name for path in (tmp_path / "home" / "appealkit-notebooks" / "en").iterdir()) == NAMES


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("inside", [False, True])
@pytest.mark.usefixtures("kit")
def test_refuses_a_file(tmp_path: Path, lang: Lang, *, inside: bool) -> None:
    """A file where the working copy should be, or a folder of it, is named, and so is the way out."""
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "below" if inside else tmp_path / "file"
    with pytest.raises(launch.LaunchError, match="--dir") as refusal:
        launch.launch(lang=lang, folder=folder)
    assert str(folder) in str(refusal.value)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.usefixtures("kit")
def test_refuses_a_folder_that_cannot_be_written(folder: Path, lang: Lang, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that may not be written is named with the system's reason and the way out."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(launch.LaunchError, match="--dir") as refusal:
        launch.launch(lang=lang, folder=folder)
    assert str(folder) in str(refusal.value)
    assert say("system.EACCES", lang) in str(refusal.value)


@pytest.mark.parametrize("lang", LANGS)
def test_refuses_the_kits_own_folder(kit: Path, lang: Lang) -> None:
    """The kit's own notebooks are never opened for editing, even where the reader asks for their folder."""
    with pytest.raises(launch.LaunchError, match="--dir"):
        launch.launch(lang=lang, folder=kit)


@pytest.mark.parametrize("lang", LANGS)
def test_says_that_the_notebooks_are_missing(kit: Path, folder: Path, lang: Lang) -> None:
    """An installation without notebooks says so, and makes no empty folder."""
    shutil.rmtree(kit)
    with pytest.raises(launch.LaunchError, match="README"):
        launch.launch(lang=lang, folder=folder)
    assert not folder.exists()


@pytest.mark.parametrize("lang", LANGS)
def test_finds_the_notebooks_of_a_checkout(tmp_path: Path, lang: Lang, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a checkout the notebooks stand beside the package, not in it."""
    (tmp_path / "appealkit").mkdir()
    (tmp_path / "notebooks" / lang).mkdir(parents=True)
    monkeypatch.setattr(launch, "__file__", str(tmp_path / "appealkit" / "launch.py"))
    assert launch.originals(lang) == tmp_path / "notebooks" / lang


@pytest.mark.parametrize("lang", LANGS)
def test_finds_the_notebooks_of_an_installed_kit(kit: Path, lang: Lang) -> None:
    """An installed kit carries its notebooks inside the package."""
    assert launch.originals(lang) == kit / lang


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.usefixtures("kit")
def test_opens_the_first_notebook_on_this_machine_only(folder: Path, lang: Lang, lab: FakeLab) -> None:
    """JupyterLab listens to this machine alone, serves the working copy, opens its first notebook and asks for no news."""
    launch.launch(lang=lang, folder=folder)
    assert lab.arguments == []
    assert lab.server["ServerApp"] == {
        "ip": "127.0.0.1",
        "root_dir": str(folder),
        "open_browser": True,
        "contents_manager_class": "appealkit.contents.Contents",
        "tornado_settings": {"websocket_max_message_size": 1 << 29},
    }
    assert lab.server["LabApp"]["default_url"] == f"/lab/tree/{lang}/00-the-whole-letter.ipynb"
    assert lab.server["LabApp"]["news_url"] is None
    assert lab.page["disabledExtensions"]["@jupyterlab/apputils-extension:announcements"]


@pytest.mark.parametrize(("lang", "locale"), [("en", "default"), ("zh-Hant", "zh_TW")])
@pytest.mark.usefixtures("kit")
def test_the_page_is_in_the_language_of_the_notebooks(folder: Path, lang: Lang, locale: str, lab: FakeLab) -> None:
    """A Chinese page is marked as one, so that its fonts set punctuation as in Taiwan; an English start leaves the language as it is."""
    launch.launch(lang=lang, folder=folder)
    assert lab.settings["@jupyterlab/translation-extension:plugin"] == {"locale": locale}


@pytest.mark.usefixtures("kit")
def test_opens_no_browser_when_told_so(folder: Path, lab: FakeLab) -> None:
    """Without a browser everything else is the same."""
    launch.launch(lang="en", folder=folder, browser=False)
    assert lab.server["ServerApp"]["open_browser"] is False


@pytest.mark.parametrize("extra", [["--port=9000", "--ip=0.0.0.0"], ("--ServerApp.root_dir", "a b")])
@pytest.mark.usefixtures("kit")
def test_hands_further_arguments_on(folder: Path, lab: FakeLab, extra: Sequence[str]) -> None:
    """Further arguments reach JupyterLab as they were given; the kit gives none of its own, so none can be there twice."""
    launch.launch(lang="en", folder=folder, extra=extra)
    assert lab.arguments == list(extra)


@pytest.mark.usefixtures("kit")
def test_keeps_the_learners_own_settings(folder: Path, lab: FakeLab, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kit's settings come before the learner's own, are gone afterwards, and a choice of Python is respected."""
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "learners-own")
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
    launch.launch(lang="en", folder=folder)
    assert lab.config_path[1:] == ["learners-own"]
    assert not Path(lab.config_path[0]).exists()
    assert os.environ["JUPYTER_PREFER_ENV_PATH"] == "0"


@pytest.mark.usefixtures("kit")
def test_passes_on_that_jupyterlab_could_not_start(folder: Path, lab: FakeLab, monkeypatch: pytest.MonkeyPatch) -> None:
    """The exit code with which JupyterLab refuses to start is the kit's own."""

    def refuse(_: list[str]) -> None:
        sys.exit(7)

    monkeypatch.setattr(lab, "main", refuse)
    with pytest.raises(SystemExit) as stop:
        launch.launch(lang="en", folder=folder)
    assert stop.value.code == 7


@pytest.mark.usefixtures("kit")
@pytest.mark.parametrize(("user", "allowed"), [(0, False), (0, True), (1000, False)])
def test_says_what_to_do_as_root(  # noqa: PLR0913 - fixtures
    user: int, lang: Lang, folder: Path, lab: FakeLab, monkeypatch: pytest.MonkeyPatch, *, allowed: bool
) -> None:
    """Why JupyterLab does not start as root is said in the learner's language, and nothing of root where that is not the reason."""
    server = SimpleNamespace(initialized=lambda: True, instance=lambda: SimpleNamespace(allow_root=allowed))
    monkeypatch.setitem(sys.modules, "jupyter_server.serverapp", SimpleNamespace(ServerApp=server))
    monkeypatch.setattr(os, "geteuid", lambda: user, raising=False)
    monkeypatch.setattr(lab, "main", lambda _: sys.exit(1))
    with pytest.raises(launch.LaunchError if user == 0 and not allowed else SystemExit) as stop:
        launch.launch(lang=lang, folder=folder)
    assert str(stop.value) == (say("launch.as-root", lang) if user == 0 and not allowed else "1")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # Jupyter's own
@pytest.mark.usefixtures("kit")
def test_jupyterlab_knows_each_setting(folder: Path, lab: FakeLab, monkeypatch: pytest.MonkeyPatch) -> None:
    """The installed JupyterLab has every setting that the kit makes: one that it lacked would be passed over in silence."""
    launch.launch(lang="en", folder=folder)
    monkeypatch.undo()  # the real JupyterLab again
    modules = {"ServerApp": "jupyter_server.serverapp", "LabApp": "jupyterlab.labapp", "LanguageServerManager": "jupyter_lsp.manager"}
    assert lab.server.keys() == modules.keys()
    for application, settings in lab.server.items():
        known = getattr(import_module(modules[application]), application).class_traits(config=True)
        assert settings.keys() <= known.keys()
    assert lab.server["LabApp"]["check_for_updates_class"] == "jupyterlab.NeverCheckForUpdate"
    assert hasattr(import_module("jupyterlab"), "NeverCheckForUpdate")
