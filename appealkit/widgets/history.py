"""What stood in a form before: the way back."""

from appealkit.widgets.typed import Values

_DEPTH = 200  # steps back; each keeps some fifty short values


class History:
    """The earlier states of a form. What is typed into one field, key by key, is one step.

    >>> history = History()
    >>> history.note({"store": ""}, {"store": "B"})
    >>> history.note({"store": "B"}, {"store": "Bl"})
    >>> history.back()
    {'store': ''}
    """

    def __init__(self) -> None:
        """Begin without a way back."""
        self._past: list[Values] = []
        self._last: set[str] = set()

    def note(self, before: Values, after: Values) -> None:
        """Note a change.

        Args:
            before: what stood in the fields.
            after: what stands in them now.
        """
        changed = {path for path in before.keys() | after.keys() if (before.get(path) or "") != (after.get(path) or "")}
        if changed and changed != self._last:
            self._past = [*self._past[1 - _DEPTH :], before]
        self._last = changed or self._last

    def part(self) -> None:
        """Let the next change be a step of its own, whatever it changes."""
        self._last = set()

    def back(self) -> Values | None:
        """Take back the last step.

        Returns:
            What stood in the fields before it; None when there is no step left.
        """
        self.part()
        return self._past.pop() if self._past else None
