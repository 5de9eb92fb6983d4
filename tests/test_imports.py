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

ALLOWED: dict[str, set[str]] = {
    "text": set(),
    "strict": set(),
    "metrics": set(),
    "case": {"strict", "metrics"},
    "layout": set(),
    "lines": {"layout"},
    "edges": {"layout", "lines"},
    "sentences": {"layout"},
    "span": set(),
    "segment": {"edges", "layout", "lines", "sentences"},
    "spelling": {"span"},
    "lexicon": set(),
    "cues": {"lexicon"},
    "reasons": {"cues", "lexicon"},
    "roles": {"segment", "cues", "reasons", "sentences", "span"},
    "steps": {"case", "lexicon"},
    "letter": {"case", "due", "segment", "roles", "sentences", "steps"},
    "files": set(),
    "cells": set(),
    "share": {"case", "letter"},
    "problems": {"case", "due"},
    "fingerprints": {"case", "files", "letter", "problems", "strict", "metrics"},
    "own_words": {"letter", "segment", "fingerprints", "span"},
    "rules": {"roles", "span"},
    "topics": set(),
    "phrases": set(),
    "due": {"phrases"},
    "pasted": {"phrases", "sentences"},
    "alike": set(),
    "notice": {"phrases", "span"},
    "reading.frames": {"pasted", "phrases"},
    "reading.told": {"alike", "reading.frames", "notice", "pasted", "phrases", "span"},
    "reading.beside": {"reading.told"},
    "reading.mentions": {"alike", "reading.beside", "notice", "reading.told", "span"},
    "reading.page": {"reading.frames", "reading.mentions", "notice", "pasted", "phrases", "reading.told", "span"},
    "reading.failing": {"notice", "phrases", "reading.told", "metrics", "span"},
    "reading.defects": {"phrases", "reading.told", "span"},
    "reading.complained": {"alike", "reading.defects", "notice", "reading.page", "phrases", "reading.told", "span"},
    "reading.references": {"pasted", "reading.complained", "reading.page", "reading.told"},
    "reading.asked": {"reading.complained", "notice", "reading.page", "phrases", "reading.references", "reading.told", "span"},
    "reading.kinds": {"alike", "reading.asked", "notice", "reading.page", "pasted", "phrases", "span"},
    "reading.mistaken": {"notice", "phrases", "reading.page", "roles", "segment", "spelling", "span"},
    "reading.terms": {"alike", "reading.beside", "due", "notice", "reading.page", "pasted", "phrases", "span"},
    "reading.whole": {"alike", "notice", "reading.asked", "reading.complained"},
    "reading.weighed": {
        "alike",
        "reading.beside",
        "reading.complained",
        "reading.defects",
        "notice",
        "reading.page",
        "phrases",
        "reading.told",
        "reading.whole",
        "span",
    },
    "reading": {
        "reading.asked",
        "reading.failing",
        "reading.kinds",
        "reading.mistaken",
        "notice",
        "phrases",
        "reading.page",
        "reading.terms",
        "reading.told",
        "reading.weighed",
        "reading.whole",
        "span",
    },
    "ties": {"notice", "phrases", "roles", "segment", "topics"},
    "coverage": {"notice", "phrases", "remarks", "roles", "ties", "topics", "span"},
    "stated.patterns": set(),
    "stated.numbers": {"stated.patterns", "span"},
    "stated.counts": {"stated.numbers", "stated.patterns", "span"},
    "stated.rates": {"stated.counts", "stated.numbers", "stated.patterns", "span"},
    "stated.periods": {"stated.numbers", "stated.patterns", "span"},
    "stated.days": {"stated.patterns", "stated.periods", "span"},
    "stated": set(),
    "agreement.told": {"span"},
    "agreement.known": {"health", "metrics"},
    "agreement.where": {"health", "span"},
    "agreement.noticed": {"agreement.told", "stated.rates", "metrics", "span"},
    "agreement.rates": {
        "agreement.known",
        "agreement.told",
        "agreement.where",
        "health",
        "stated.counts",
        "stated.numbers",
        "stated.periods",
        "stated.rates",
        "metrics",
        "span",
    },
    "agreement.counts": {
        "agreement.known",
        "agreement.told",
        "agreement.where",
        "health",
        "stated.counts",
        "stated.numbers",
        "metrics",
        "span",
    },
    "agreement.dates": {"agreement.known", "agreement.told", "agreement.where", "health", "stated.numbers", "stated.periods", "span"},
    "agreement": {
        "stated.periods",
        "agreement.counts",
        "agreement.dates",
        "agreement.known",
        "agreement.rates",
        "agreement.told",
        "agreement.where",
        "health",
        "stated.counts",
        "stated.numbers",
        "stated.rates",
        "span",
    },
    "checks.patterns": set(),
    "checks.seen": {"checks.patterns", "spelling", "sentences"},
    "quoting": set(),
    "checks.draft": {"checks.patterns", "checks.seen", "health", "notice", "roles", "segment", "fingerprints", "quoting", "span"},
    "checks.sincerity": {"checks.draft", "own_words", "roles"},
    "checks.structure": {"checks.draft", "cues", "roles", "segment", "span"},
    "checks.targets": {
        "agreement",
        "agreement.noticed",
        "agreement.told",
        "agreement.where",
        "health",
        "checks.draft",
        "checks.patterns",
        "checks.seen",
        "notice",
        "roles",
        "segment",
        "metrics",
        "span",
    },
    "checks.cause": {"checks.draft", "checks.patterns", "checks.targets", "roles"},
    "checks.plan": {"checks.draft", "checks.patterns", "roles", "topics"},
    "checks.unanswered": {
        "checks.draft",
        "checks.patterns",
        "checks.plan",
        "coverage",
        "notice",
        "roles",
        "segment",
        "topics",
    },
    "checks.closing": {"checks.draft", "checks.patterns", "roles", "segment", "topics"},
    "checks": {
        "checks.cause",
        "checks.closing",
        "checks.draft",
        "checks.plan",
        "checks.seen",
        "checks.sincerity",
        "checks.structure",
        "checks.targets",
        "checks.unanswered",
        "span",
    },
    "remarks": {"roles", "segment", "span"},
    "unjudged": {"remarks", "roles", "segment", "spelling"},
    "annotate": {
        "unjudged",
        "health",
        "remarks",
        "letter",
        "notice",
        "segment",
        "roles",
        "rules",
        "checks",
        "checks.draft",
        "checks.targets",
        "own_words",
        "fingerprints",
        "span",
    },
    "health": {"files", "metrics"},
    "workbench": {"case", "health", "problems", "metrics"},
    "daily": {"health", "metrics"},
    "courses": {"daily", "health", "metrics"},
    "outlook": {"cells", "health", "workbench", "courses", "metrics"},
    "summary": {"courses", "health", "outlook"},
    "columns": {"health"},
    "report": {"case", "health", "metrics"},
    "orders.dates": {"columns"},
    "orders.source": {"encoding", "health"},
    "orders.heading": {"columns", "health", "report", "orders.source"},
    "orders.days": {"columns", "daily", "health", "orders.cells", "orders.dates", "orders.heading", "metrics"},
    "orders": {"health", "columns", "daily", "report", "orders.dates", "orders.days", "orders.heading", "orders.source"},
    "attempts": {"exercises", "files", "strict"},
    "samples": {"case"},
    "said": {"strict"},
    "wanted": {"annotate", "cues", "roles", "said", "segment", "stated.days", "strict"},
    "given": {"annotate", "segment", "spelling", "stated.days", "stated.numbers", "stated.patterns", "span"},
    "unread": {"annotate", "segment", "spelling"},
    "exercises": {"annotate", "given", "reading", "tone", "report", "samples", "unread", "wanted"},
    "view": set(),
    "cards": {"view"},
    "render": {
        "annotate",
        "coverage",
        "letter",
        "notice",
        "segment",
        "roles",
        "rules",
        "own_words",
        "cards",
        "notice_view",
        "view",
        "fingerprints",
        "span",
    },
    "chart": {"health", "outlook", "view", "courses"},
    "bank": {"case", "rules", "said", "strict", "wanted"},
    "sheet": {"case"},
    "reviewer": {"annotate", "coverage", "notice"},
    "marks": {"annotate", "attempts", "bank", "exercises", "practice", "rules", "span"},
    "answers": {
        "annotate",
        "bank",
        "coverage",
        "exercises",
        "given",
        "letter",
        "notice",
        "reading",
        "reviewer",
        "unread",
        "wanted",
        "workbench",
    },
    "sorting": {"annotate", "bank", "exercises", "roles", "segment", "tone"},
    "health_view": {"health", "outlook", "summary", "view", "courses", "daily"},
    "practice": {"case", "letter", "roles", "metrics"},
    "class_report": set(),
    "classroom": {"attempts", "exercises", "files", "marks", "roles", "rules", "class_report", "problems", "strict"},
    "class_view": {"cells", "marks", "view", "class_report"},
    "toml_lines": set(),
    "claims": {"annotate", "answers", "bank", "exercises", "letter", "marks", "practice", "reviewer", "sorting", "toml_lines"},
    "own_exercises": {
        "bank",
        "files",
        "exercises",
        "marks",
        "rules",
        "toml_lines",
        "problems",
        "claims",
    },
    "assignment": {
        "annotate",
        "answers",
        "bank",
        "exercises",
        "marks",
        "own_exercises",
        "sheet",
        "sorting",
        "view",
    },
    "export": {"annotate", "files", "letter", "render", "roles", "segment", "view"},
    "drafts": {"case", "files", "letter", "problems", "text_file"},
    "widgets.base": {"files", "widgets.live", "view"},
    "widgets.live": set(),
    "ledger": {"annotate", "case", "due", "letter", "phrases", "roles", "segment", "topics"},
    "sending": {"annotate", "export", "ledger", "letter", "notice", "roles", "segment", "cards", "view"},
    "triage": {"notice", "reading", "cards", "view"},
    "encoding": set(),
    "text_file": {"encoding"},
    "mail": {"text_file"},
    "notice_view": {"coverage", "notice", "view"},
    "tone": {"annotate", "letter", "roles", "rules", "segment", "cards", "view", "span"},
    "typed": {"case", "due", "problems", "metrics"},
    "widgets.history": {"typed"},
    "widgets.entries": {"case", "widgets.base", "typed", "view"},
    "widgets.draft_bar": {"case", "drafts", "files", "widgets.base", "view"},
    "widgets.export_bar": {"annotate", "case", "export", "files", "widgets.base", "widgets.draft_bar"},
    "gaps": {"case", "due", "problems", "steps"},
    "widgets.composer": {
        "annotate",
        "case",
        "drafts",
        "letter",
        "render",
        "roles",
        "share",
        "widgets.base",
        "widgets.draft_bar",
        "widgets.entries",
        "widgets.export_bar",
        "widgets.history",
        "widgets.live",
        "typed",
        "view",
        "gaps",
        "problems",
        "metrics",
    },
    "widgets.exercise": {"exercises", "render", "tone", "widgets.base", "view"},
    "widgets.notice": {
        "annotate",
        "coverage",
        "drafts",
        "files",
        "notice",
        "notice_view",
        "reading",
        "triage",
        "widgets.base",
        "widgets.draft_bar",
        "view",
    },
    "widgets.figures": {
        "agreement",
        "annotate",
        "case",
        "due",
        "files",
        "health",
        "health_view",
        "render",
        "summary",
        "widgets.base",
        "widgets.composer",
        "workbench",
        "view",
        "columns",
        "courses",
        "daily",
        "problems",
        "metrics",
    },
    "widgets.trainer": {
        "class_view",
        "classroom",
        "exercises",
        "files",
        "own_exercises",
        "widgets.base",
        "widgets.exercise",
        "view",
        "class_report",
    },
    "widgets.drills": {
        "annotate",
        "answers",
        "attempts",
        "bank",
        "exercises",
        "letter",
        "marks",
        "reviewer",
        "sheet",
        "sorting",
        "widgets.base",
        "widgets.exercise",
        "view",
    },
    "widgets.desk": {"attempts", "bank", "exercises", "marks", "own_exercises", "widgets.base", "widgets.drills"},
    "widgets.my_attempts": {"attempts", "files", "marks", "widgets.base", "view"},
    "widgets": {
        "widgets.composer",
        "widgets.desk",
        "widgets.drills",
        "widgets.entries",
        "widgets.exercise",
        "widgets.figures",
        "widgets.my_attempts",
        "widgets.trainer",
        "widgets.notice",
    },
    "launch": {"files"},
    "contents": set(),
    "rules_view": {"cards", "rules", "view"},
    "cli.given": {"files", "due", "health", "mail", "notice", "pasted", "problems", "reading", "rules", "text_file"},
    "cli.options": {"cli.figures", "cli.letters", "cli.usage", "launch", "cli.classes", "cli.commands"},
    "cli.usage": set(),
    "cli": {"files", "cli.given", "cli.options", "cli.usage"},
    "__main__": {"cli"},
    "orders.cells": {"report"},
    "cli.classes": {"class_report", "class_view", "classroom", "cli.given"},
    "cli.commands": {
        "case",
        "cli.given",
        "drafts",
        "export",
        "gaps",
        "launch",
        "letter",
        "notice_view",
        "practice",
        "problems",
        "typed",
        "rules",
        "rules_view",
        "fingerprints",
    },
    "cli.figures": {"cli.given", "columns", "courses", "daily", "health", "health_view", "outlook"},
    "cli.letters": {"annotate", "cli.figures", "cli.given", "health_view", "render", "rules", "fingerprints"},
}
"""What each module may import of the package. Everything may import `text`, which holds the words; `__init__` re-exports."""
LAYERS = (
    "alike cells encoding files lexicon mail quoting said span strict text text_file toml_lines view",  # tools
    "case due metrics notice phrases problems samples sheet topics typed",  # what is told
    (
        "columns courses daily health orders outlook report summary workbench"  # the figures, and what a sentence says
        " | cues edges layout lines pasted reasons roles segment sentences spelling stated steps"
    ),
    # a letter, what is asked of it and what may be wrong with it
    "cards coverage drafts fingerprints gaps letter own_words practice remarks rules share ties unjudged",
    "agreement annotate checks given ledger reviewer tone unread wanted | reading",  # the annotator, and the reader of notices
    "answers attempts bank claims class_report classroom exercises marks own_exercises sorting",  # lessons and classes
    "_view assignment chart export render sending triage",  # what is shown
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
    "cli.classes": {"assignment", "own_exercises"},
    "cli.figures": {"orders"},
    "health_view": {"chart"},
    "widgets.figures": {"orders"},
}
"""What a module may import only inside a function: a notebook asks an annotation for its view; the reader of tables is slow to load."""
SLOW = ("assignment", "chart", "orders", "own_exercises")  # of these, what a start does without

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


@pytest.mark.parametrize("module", ["appealkit", "appealkit.cli", "appealkit.exercises", "appealkit.launch"])
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
