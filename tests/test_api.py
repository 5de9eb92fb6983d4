"""The public API: what `import appealkit` offers."""

import ast
import inspect
import os
import subprocess
import sys
from pathlib import Path

import pytest

import appealkit
from tests import typing_api

ROOT = Path(__file__).parents[1]
TYPED = Path(str(typing_api.__file__))


def test_public_names_are_sorted() -> None:
    """The public names stand once each, in order."""
    assert len(appealkit.__all__) > 20
    assert appealkit.__all__ == sorted(set(appealkit.__all__))


def test_package_only_re_exports() -> None:
    """The package's own file holds imports and the list of names: each public name lives in a module."""
    document, *statements = ast.parse(Path(str(appealkit.__file__)).read_text(encoding="utf-8")).body
    assert isinstance(document, ast.Expr)
    assert {type(statement) for statement in statements} == {ast.ImportFrom, ast.Assign}
    imported = [alias.name for statement in statements if isinstance(statement, ast.ImportFrom) for alias in statement.names]
    assert sorted(imported) == appealkit.__all__


@pytest.mark.parametrize("name", appealkit.__all__)
def test_public_name_explains_itself(name: str) -> None:
    """Each public name has a docstring; each function says what it returns or yields, and each of its arguments."""
    thing = getattr(appealkit, name)
    told = inspect.getdoc(thing) or ""
    assert told
    if inspect.isfunction(thing):
        assert "Return" in told or "Yields" in told
        for argument in inspect.signature(thing).parameters:
            assert f"{argument}:" in told


def test_typed_file_uses_the_whole_api() -> None:
    """The typed file imports each public name and uses it."""
    tree = ast.parse(TYPED.read_text(encoding="utf-8"))
    imported = {
        alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "appealkit" for alias in node.names
    }
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert imported == set(appealkit.__all__)
    assert imported <= used


@pytest.mark.skipif(os.environ.get("CI") == "true", reason="CI has just checked the types of all tests")
def test_typed_file_is_well_typed() -> None:
    """The type checker, at its strictest, agrees with every use of the API."""
    done = subprocess.run([sys.executable, "-m", "mypy", str(TYPED)], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stdout + done.stderr


def test_typed_file_runs() -> None:
    """What the type checker agrees with also runs."""
    letter = typing_api.written(typing_api.facts())
    assert typing_api.shown(typing_api.read(letter, ["no-dates"])).text
    assert typing_api.refused() == ["store：這裡需要文字。請用引號括起來。"]


def test_package_is_marked_as_typed() -> None:
    """The package tells type checkers that its types can be trusted."""
    assert Path(str(appealkit.__file__)).with_name("py.typed").is_file()
