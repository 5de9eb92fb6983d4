"""Labelled letters, and passages of some: one file a hand, one letter a line, in the form that the contract of the annotator fixes."""

import json
from pathlib import Path
from typing import Any, Literal


def labelled(part: Literal["tune", "held", "passages"]) -> list[dict[str, Any]]:
    """Read the labelled letters of one part, in the order of their names.

    Args:
        part: `tune` for those that are learned from, `held` for those to measure on, `passages` for a few sentences each that are
            learned from, too: many with one fault, or one role, and as many that look like it.

    Returns:
        The letters: text, sentences with their roles, findings, and which sentence shows which.
    """
    files = sorted((Path(__file__).parent / part).glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
