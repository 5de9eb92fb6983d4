"""The kit's data, each table read once."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import tomli

DATA = Path(__file__).parent / "data"
"""The folder of the kit's data."""


@cache
def load(name: str) -> dict[str, Any]:
    """Return the table stored as `data/<name>`, read once.

    Args:
        name: file name in `appealkit/data`, ending in `.toml` or `.json`.

    Returns:
        The parsed table. It is shared: callers must not change it.

    Raises:
        FileNotFoundError: when the package has no such file.

    >>> load("metrics.toml")["odr"]["window_days"]
    60
    """
    content = (DATA / name).read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(content) if name.endswith(".json") else tomli.loads(content)
    return table
