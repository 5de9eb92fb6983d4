"""What stood in a form before: the way back, and the way forward again."""

from pathlib import Path
from typing import NamedTuple

from appealkit.typed import Values

_DEPTH = 200  # steps back; each keeps some fifty short values


class Turn(NamedTuple):
    """Files of drafts: a step that put other work into the form leads from one to the other, and back."""

    before: Path | None
    after: Path | None


Step = tuple[Values, Turn | None]
"""What stands in the fields on the other side of a step, and the files if the step went from one draft to another."""


class History:
    """The states of a form. What is typed into one field, key by key, is one step.

    >>> history = History()
    >>> history.note({"store": ""}, {"store": "B"})
    >>> history.note({"store": "B"}, {"store": "Bl"})
    >>> history.back({"store": "Bl"})
    ({'store': ''}, None)
    >>> history.forward({"store": ""})
    ({'store': 'Bl'}, None)
    """

    def __init__(self) -> None:
        """Begin without a way back."""
        self._past: list[Step] = []
        self._future: list[Step] = []
        self._last: set[str] = set()
        self._turn: Turn | None = None

    def note(self, before: Values, after: Values) -> None:
        """Note a change; there is no way forward from it.

        Args:
            before: what stood in the fields.
            after: what stands in them now.
        """
        changed = {path for path in before.keys() | after.keys() if (before.get(path) or "") != (after.get(path) or "")}
        if changed and changed != self._last:
            self._past = [*self._past[1 - _DEPTH :], (before, self._turn)]
        if changed:
            self._last, self._future = changed, []
        self._turn = None

    def part(self, turn: Turn | None = None) -> None:
        """Let the next change be a step of its own, whatever it changes.

        Args:
            turn: the files, when the change puts other work into the form.
        """
        self._last, self._turn = set(), turn

    def back(self, now: Values) -> Step | None:
        """Take back the last step.

        Args:
            now: what stands in the fields.

        Returns:
            What stood in them before it; None when there is no step left.
        """
        return self._move(self._past, self._future, now)

    def forward(self, now: Values) -> Step | None:
        """Take the step again that was taken back last.

        Args:
            now: what stands in the fields.

        Returns:
            What stood in them after it; None when nothing was taken back, or something was changed since.
        """
        return self._move(self._future, self._past, now)

    def _move(self, source: list[Step], other: list[Step], now: Values) -> Step | None:
        self.part()
        if not source:
            return None
        values, turn = source.pop()
        other.append((now, turn))
        return values, turn
