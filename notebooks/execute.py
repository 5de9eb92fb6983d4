"""Run the notebooks and write their outputs: the one script that does.

    python notebooks/execute.py                                   run every notebook of both languages, and write what changed
    python notebooks/execute.py notebooks/en/01-admit-first.ipynb  run only those given
    python notebooks/execute.py --translated 01-admit-first.ipynb title explain
                                                                  record that these cells of the translation were written from today's
                                                                  English; without cells, all of them

What it writes holds no clock, no random id and no version of Python, so a second run changes nothing. Whether the notebooks hold what
their code gives is told by `pytest notebooks`.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

HOME = Path(__file__).parent
SOURCE, TRANSLATION = HOME / "en", HOME / "zh-Hant"
LIVE = "application/vnd.jupyter.widget-view+json"  # the id of a widget that is gone when the kernel is
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
}

Notebook = dict[str, Any]


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notebooks", nargs="*", type=Path, metavar="NOTEBOOK", help="notebooks to run; all of them when left out")
    parser.add_argument("--translated", nargs="+", metavar=("NOTEBOOK", "CELL"), help="record that cells of a translation are up to date")
    options = parser.parse_args()
    if options.translated:
        name, *cells = options.translated
        stamp(Path(name).name, cells)
        return
    for path in options.notebooks or sorted(HOME.glob("*/*.ipynb")):
        old = path.read_text(encoding="utf-8")
        new = written(execute(json.loads(old)))
        if new != old:
            path.write_text(new, encoding="utf-8", newline="\n")
            print(path)


def execute(notebook: Notebook) -> Notebook:
    """Run a notebook in a fresh kernel.

    Args:
        notebook: the notebook, as JSON holds it.

    Returns:
        The same notebook with the outputs of this run, and nothing that another run would give differently.

    Raises:
        nbclient.exceptions.CellExecutionError: when a cell raises an error.
    """
    run = nbformat.reads(json.dumps(notebook), as_version=nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]
    client = NotebookClient(
        run,
        kernel_name="python3",
        store_widget_state=False,
        record_timing=False,
        resources={"metadata": {"path": HOME}},
        extra_arguments=["--log-level=CRITICAL"],
    )
    executed: Notebook = json.loads(nbformat.writes(client.execute()))  # type: ignore[no-untyped-call]
    for cell in executed["cells"]:
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop(LIVE, None)
    return {**executed, "metadata": METADATA}


def written(notebook: Notebook) -> str:
    """Return a notebook as the text of its file.

    Args:
        notebook: the notebook, as JSON holds it.
    """
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def digest(cell: dict[str, Any]) -> str:
    """Return the mark by which a translated cell names the English that it was written from.

    Args:
        cell: an English cell.
    """
    return hashlib.sha256("".join(cell["source"]).encode()).hexdigest()[:16]


def stamp(name: str, cells: list[str]) -> None:
    """Record in a translation which English its text cells were written from.

    Args:
        name: file name of the notebook.
        cells: ids of the cells; all text cells when empty.
    """
    english = {cell["id"]: digest(cell) for cell in json.loads((SOURCE / name).read_text(encoding="utf-8"))["cells"]}
    path = TRANSLATION / name
    notebook = json.loads(path.read_text(encoding="utf-8"))
    texts = {cell["id"]: cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"}
    unknown = set(cells) - texts.keys()
    if unknown:
        sys.exit(f"{path}: no text cell {', '.join(sorted(unknown))}")
    for cell in cells or texts:
        texts[cell]["metadata"]["appealkit"] = {"from": english[cell]}
    path.write_text(written(notebook), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
