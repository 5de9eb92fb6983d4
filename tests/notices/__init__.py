"""Notices that were labelled by hand, each writer's in a file of its own, one a line.

`tuned.jsonl` the phrases were written with; from `learned/` the weights are learned, as from the sentences in `examples/`; `held/` is there
to measure on.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tomli

from appealkit.notice import Notice
from appealkit.notice_view import notice_to_json

HERE = Path(__file__).parent
TUNED = HERE / "tuned.jsonl"
LEARNED = sorted((HERE / "learned").glob("*.jsonl"))
HELD = sorted((HERE / "held").glob("*.jsonl"))

PLAN = "Please send a plan of action with the root cause, the actions taken and the preventive measures."
FRAMES = {
    "performance": f"Your account has been deactivated. Buyers complain about late shipments.\n\n{{}}\n\n{PLAN}",
    "policy": "We removed your listing because a buyer says that the item is not authentic.\n\n{}\n\nPlease send us invoices.",
    "verification": "We could not verify your account.\n\n{}\n\nPlease upload a copy of your passport and a utility bill within 14 days.",
    "related-account": "Your account is related to an account that may not sell here.\n\n{}\n\nPlease send documents that prove it.",
    "other": "We have reinstated your selling privileges.\n\n{}\n\nThank you for selling with us.",
}
"""A notice of each kind, with room for a sentence that changes nothing."""
Labelled = tuple[str, dict[str, Any]]
"""A notice, and what people said about it."""


def labelled(path: Path) -> Iterator[Labelled]:
    """Yield the notices of a file, each with its labels."""
    for line in path.read_text(encoding="utf-8").splitlines():
        entry: dict[str, Any] = json.loads(line)
        yield entry.pop("text"), entry


def examples(name: str) -> dict[str, list[str]]:
    """Return the sentences that `likeness.json` is learned from under a name, by their classes."""
    return tomli.loads((HERE / "examples" / f"{name}.toml").read_text(encoding="utf-8"))


def boilerplate() -> list[str]:
    """Return sentences that stand in any notice."""
    return [line for line in (HERE / "boilerplate.lst").read_text(encoding="utf-8").splitlines() if line.strip()]


def told(notice: Notice) -> dict[str, Any]:
    """Return a notice as the command line tells it."""
    result: dict[str, Any] = json.loads(notice_to_json(notice))
    return result
