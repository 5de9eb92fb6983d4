"""A field with a box to tick for each thing that there is, of which several may be chosen."""

from collections.abc import Iterable
from functools import partial

from ipywidgets import Checkbox, Label, ValueWidget, VBox  # type: ignore[import-untyped]
from traitlets import Unicode, dlink, observe, validate


class Ticks(VBox, ValueWidget):  # type: ignore[misc]
    """Boxes to tick. `value` holds the ids of what is ticked, in the order of the boxes and with spaces between; it takes no others.

    >>> field = Ticks()
    >>> field.offer([("Cause 1", "c1"), ("Cause 2", "c2")])
    >>> field.value = "c2 c9 c1"
    >>> field.value
    'c1 c2'
    """

    value = Unicode()
    description = Unicode()

    def __init__(self, hint: str = "") -> None:
        """Begin without boxes; the hint stands behind the name of the field."""
        super().__init__()
        self._name, self._boxes = Label(), dict[str, Checkbox]()
        self.children = (self._name,)
        dlink((self, "description"), (self._name, "value"), (lambda name: f"{name} {hint}".rstrip()))
        self.add_class("ak-ticks")

    def offer(self, options: Iterable[tuple[str, str]]) -> None:
        """Offer other boxes. What is ticked stays so, as far as it is still there.

        Args:
            options: what is shown, and the id that it stands for.
        """
        shown, known = {name: words for words, name in options}, self._boxes
        self._boxes = {name: known.get(name) or self._box(name) for name in shown}
        for name, box in self._boxes.items():
            box.description = shown[name]
        if [*self._boxes] != [*known]:
            self.children = (self._name, *self._boxes.values())
            self.value = self._there(self.value)

    def _box(self, name: str) -> Checkbox:
        box = Checkbox(indent=False)
        box.observe(partial(self._tick, name), "value")
        return box

    def _tick(self, name: str, change: dict[str, bool]) -> None:
        ticked = {*self.value.split()}
        self.value = " ".join(ticked | {name} if change["new"] else ticked - {name})

    def _there(self, value: str) -> str:
        return " ".join(name for name in self._boxes if name in value.split())

    @validate("value")
    def _take(self, proposal: dict[str, str]) -> str:
        return self._there(proposal["value"])

    @observe("value")
    def _show(self, _change: object) -> None:
        for name, box in self._boxes.items():
            box.value = name in self.value.split()
