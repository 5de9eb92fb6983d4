"""Learn what words of a notice are like from the examples of the package: `python -m tests.notices.fit` (needs scikit-learn)."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from appealkit.alike import NONE, Examples, features
from appealkit.pasted import plain
from appealkit.text import load
from tests.learning import Weighed, written

DATA = Path(__file__).parents[2] / "appealkit" / "data"
HERE = Path(__file__).parent


def listed(name: str) -> dict[str, list[str]]:
    """Return the examples of a file by their classes."""
    table: dict[str, list[str]] = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    return {label: [plain(sentence).lower() for sentence in sentences] for label, sentences in table.items()}


def common() -> list[str]:
    """Return sentences that stand in any notice."""
    return [plain(line).lower() for line in (HERE / "boilerplate.lst").read_text(encoding="utf-8").splitlines() if line.strip()]


def examples(name: Examples) -> Iterator[tuple[str, str]]:
    """Yield the sentences that are learned from, each with its class."""
    for label, sentences in listed(name).items():
        for sentence in sentences:
            yield label, sentence
    if name in {"complaints", "questions"}:
        yield from ((NONE, sentence) for sentence in common())
    if name == "questions":
        yield from ((NONE, sentence) for sentences in listed("complaints").values() for sentence in sentences)
    if name == "complaints":
        for issue, entry in load("notices.toml")["issue"].items():
            yield from ((issue, plain(entry["name"][lang]).lower()) for lang in ("en", "zh-Hant"))


STRENGTH: dict[Examples, float] = {"complaints": 10, "questions": 3, "kinds": 3}


def likeness(name: Examples) -> Weighed:
    """Learn from the examples of one file."""
    labels, sentences = zip(*examples(name), strict=True)
    rows = [dict.fromkeys(features(sentence), 1.0) for sentence in sentences]
    wanted: Any = [frozenset(label.split()) - {NONE} for label in labels] if name == "questions" else list(labels)
    return Weighed(rows, wanted, strength=STRENGTH[name])


def main() -> None:
    """Write the weights."""
    tables: dict[str, dict[str, Any]] = {name: likeness(name).stored() for name in STRENGTH}
    (DATA / "likeness.json").write_text(written(tables), encoding="utf-8")
    print({name: len(table["features"]) for name, table in tables.items()})


if __name__ == "__main__":
    main()
