"""Who imports whom: one way only, and Jupyter where it is needed and nowhere else."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import appealkit

PACKAGE = Path(str(appealkit.__file__)).parent
MODULES = sorted(".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__") for path in PACKAGE.rglob("*.py"))

LAYERS = (
    # tools
    (
        "alike dates encoding files language lexicon mail memory quoting shows span strict tables text text_file toml_lines view"
        " vocabulary written"
    ),
    "case due marketplaces metrics notice papers phrases problems samples sheet topics typed",  # what is told
    # the figures, and what a sentence says
    "figures | as_read cues edges layout lines outright pasted reasons roles segment sentences spelling stated steps weights",
    # a letter, what is asked of it and what may be wrong with it
    "cards coverage drafts fingerprints gaps letter own_words remarks rules share ties unjudged",
    "agreement annotate checks ledger tone | reading",  # the annotator, and the reader of notices
    "exercises",
    "_view classes export render sending triage",  # what is shown
    "__main__ cli contents launch | widgets",
)
"""From the lowest up: a module imports of its own layer and of lower ones, but not across a `|`.

A package stands for all in it, and `_view` for all whose name ends so; `__init__` re-exports.
"""

PLACES = {name: (height, room) for height, layer in enumerate(LAYERS) for room in layer.split(" | ") for name in room.split()}

LATER = {
    "annotate": {"render"},
    "coverage": {"notice_view"},
    "notice": {"notice_view"},
    "cli.classes": {"classes.assignment", "exercises.own"},
    "cli.figures": {"figures.orders"},
    "figures.view": {"figures.chart"},
    "widgets.figures": {"figures.orders"},
}
"""What a module may import only inside a function: a notebook asks an annotation for its view; the reader of tables is slow to load."""
SLOW = ("classes.assignment", "exercises.own", "figures.chart", "figures.orders")  # of these, what a start does without

JUPYTER = (
    "IPython",
    "ipykernel",
    "ipywidgets",
    "jupyter",
    "jupyter_client",
    "jupyter_core",
    "jupyter_server",
    "jupyterlab",
    "nbclient",
    "nbformat",
    "notebook",
    "traitlets",
)
WITH_JUPYTER = {"widgets", "launch", "contents"}


def imports(module: str, *, everywhere: bool) -> Iterator[str]:
    """Yield the full names of the modules that a module imports: at its top, or everywhere in it."""
    place = PACKAGE.joinpath(*module.split("."))
    source = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    tree = ast.parse(source.read_text(encoding="utf-8"))
    for node in ast.walk(tree) if everywhere else tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            name = str(node.module)
            yield from (f"{name}.{alias.name}" for alias in node.names) if name == "appealkit" else (name,)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "import_module":
            yield ast.literal_eval(node.args[0])


def own(module: str, *, everywhere: bool) -> set[str]:
    """Return the modules of the package that a module imports."""
    return {name.removeprefix("appealkit.") for name in imports(module, everywhere=everywhere) if name.startswith("appealkit.")}


def named(module: str) -> str:
    """Return the name by which a module has its place in a layer."""
    name = module.split(".", maxsplit=1)[0]
    return "_view" if name.endswith("_view") else name


def test_each_module_has_its_layer() -> None:
    """The layers name each module of the package, and no other."""
    assert len(MODULES) > 10
    assert {*PLACES, "__init__"} == {named(module) for module in MODULES}


@pytest.mark.parametrize("module", sorted({*MODULES} - {"__init__"}))
def test_module_imports_of_no_higher_layer(module: str) -> None:
    """A module imports of no higher layer and of no other room of its own one; later, it imports only what is known to be needed later."""
    height, room = PLACES[named(module)]
    at_once = own(module, everywhere=False)
    assert not {name for name in at_once if PLACES[named(name)][0] >= height and PLACES[named(name)] != (height, room)}
    assert own(module, everywhere=True) - at_once == LATER.get(module, set())


def test_imports_go_one_way() -> None:
    """Within a layer too, no module comes to import itself."""
    TopologicalSorter({module: own(module, everywhere=False) for module in MODULES}).prepare()


@pytest.mark.parametrize("module", MODULES)
def test_only_widgets_and_launch_know_jupyter(module: str) -> None:
    """Jupyter is imported by `widgets` and `launch`, and by no other module, not even inside a function."""
    known = {name for name in imports(module, everywhere=True) if name.split(".")[0] in JUPYTER}
    assert not known or module.split(".", maxsplit=1)[0] in WITH_JUPYTER


@pytest.mark.parametrize("module", ["appealkit", "appealkit.cli", "appealkit.exercises.lesson", "appealkit.launch"])
def test_import_loads_no_jupyter(module: str) -> None:
    """A fresh Python that imports the package, or its command line, has loaded nothing of Jupyter, nor what is loaded when it is needed."""
    script = f"import {module}, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)  # noqa: S603
    loaded = {*done.stdout.split()}
    assert loaded > {"appealkit", "pydantic", "jinja2"} or module == "appealkit.launch"
    assert not [name for name in loaded if name in JUPYTER or name.startswith(("jupyter", "nb"))]
    assert loaded.isdisjoint(f"appealkit.{name}" for name in ("widgets", *SLOW))


def test_jupyter_is_there_to_be_imported() -> None:
    """The tests above look for names that exist: `widgets` does load what they must not find."""
    script = "import appealkit.widgets, sys; print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)  # noqa: S603
    assert {"ipywidgets", "traitlets", "IPython"} <= set(done.stdout.split()) & set(JUPYTER)
