"""The causes, steps and documents of a form: as many as the seller has."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby
from textwrap import shorten
from typing import get_args

from ipywidgets import HTML, Button, Dropdown, Text, Textarea, ValueWidget, VBox  # type: ignore[import-untyped]

from appealkit.case import Status
from appealkit.language import Lang, say
from appealkit.typed import KINDS, REFERENCES, Values
from appealkit.view import render
from appealkit.widgets.base import Row, line, offer, passage
from appealkit.widgets.ticks import Ticks


class Entry(VBox):  # type: ignore[misc]
    """One cause, step or document of a form, with its fields by name, such as `failed` of a cause.

    Args:
        kind: `causes`, `actions` or `evidence`.
        name: id of the entry, unique in its form.
        lang: `en` or `zh-Hant`.
    """

    def __init__(self, kind: str, name: str, lang: Lang) -> None:
        """Make empty fields; `label` names them."""
        super().__init__()
        self.kind, self.name = kind, name
        self.fields: dict[str, ValueWidget] = _fields(kind, lang)
        for field, widget in self.fields.items():
            setattr(self, field, widget)
        self.remove = Button()
        self._heading = HTML()
        self.rows = tuple(Row(*fields) for fields in _beside(self.fields.values()))
        self.children = (self._heading, *self.rows, self.remove)

    def label(self, number: int, lang: Lang) -> str:
        """Name the entry and its fields by its place in the form.

        Args:
            number: its place, from 1.
            lang: `en` or `zh-Hant`.

        Returns:
            The name of the entry.
        """
        entry = say(f"form.entry.{self.kind}", lang, number=number)
        self._heading.value = render("form_entry.html.j2", lang, entry=entry)
        self.remove.description = say("form.remove", lang, entry=entry)
        for field, widget in self.fields.items():
            if isinstance(widget, Text | Textarea):
                widget.placeholder = say(f"form.hint.{self.kind}-{field}", lang)
            widget.description = say("form.labelled", lang, entry=entry, field=say(f"form.field.{self.kind}-{field}", lang))
        return entry


class Entries:
    """All entries of a form, by their kind. `lists` shows them and `adders` are the buttons that add one.

    Args:
        lang: `en` or `zh-Hant`.
        follow: what is done whenever a field changes.
        add: what is done with a kind when its button is pressed.
        remove: what is done with an entry when its button is pressed.
    """

    def __init__(
        self, lang: Lang, *, follow: Callable[[object], None], add: Callable[[str], None], remove: Callable[[Entry], None]
    ) -> None:
        """Begin without entries."""
        self._lang, self._follow, self._remove = lang, follow, remove
        self.of: dict[str, list[Entry]] = {kind: [] for kind in KINDS}
        self._names: dict[str, str] = {}
        self.lists = {kind: VBox() for kind in KINDS}
        self.adders = {kind: Button(description=say(f"form.add.{kind}", lang)) for kind in KINDS}
        for kind, button in self.adders.items():
            button.on_click(lambda _, kind=kind: add(kind))

    def fill(self, values: Values) -> None:
        """Make the entries that some values tell of, and an empty one of each kind of which they tell none.

        Args:
            values: what shall stand in the fields.
        """
        for kind in self.of:
            told = (path.split(".") for path in values if path.startswith(f"{kind}."))
            names = dict.fromkeys(name for _, name, _ in told)
            self.of[kind] = [self._entry(kind, name) for name in names or [self._free_name(kind)]]
        self._write(values, lambda field: field not in REFERENCES)
        self.show()
        self._write(values, lambda field: field in REFERENCES)

    def append(self, kind: str) -> Entry:
        """Add an empty entry.

        Args:
            kind: `causes`, `actions` or `evidence`.

        Returns:
            The entry.
        """
        entry = self._entry(kind, self._free_name(kind))
        self.of[kind].append(entry)
        self.show()
        return entry

    def drop(self, entry: Entry) -> None:
        """Take an entry away. What referred to it then stands by itself.

        Args:
            entry: one of the entries.
        """
        self.of[entry.kind].remove(entry)
        self.show()

    def show(self) -> None:
        """Show the entries that there are, and number them."""
        for kind, entries in self.of.items():
            self._names |= {entry.name: entry.label(number, self._lang) for number, entry in enumerate(entries, 1)}
            self.lists[kind].children = tuple(entries)
        self.offer_references()

    def offer_references(self) -> None:
        """Offer the entries, with the words that they begin with, to the fields that refer to them."""
        names = {kind: [(self._told(entry), entry.name) for entry in entries] for kind, entries in self.of.items()}
        for step in self.of["actions"]:
            said = partial(say, "form.choice.answers", self._lang, step=self._names[step.name])
            step.answers.offer((said(cause=cause), name) for cause, name in names["causes"])
        for document in self.of["evidence"]:
            offer(document.proves, [(say("form.choice.proves-none", self._lang), ""), *names["causes"], *names["actions"]])

    def _told(self, entry: Entry) -> str:
        words = next((widget.value for widget in entry.fields.values() if isinstance(widget, Text | Textarea) and widget.value), "")
        name = self._names[entry.name]
        return say("form.labelled", self._lang, entry=name, field=shorten(words, 50, placeholder="…")) if words else name

    def inputs(self) -> Iterable[tuple[str, ValueWidget]]:
        """Yield every field with its path, in which an entry stands by its name: that outlasts its place."""
        for kind, entries in self.of.items():
            for entry in entries:
                yield from ((f"{kind}.{entry.name}.{field}", widget) for field, widget in entry.fields.items())

    def _entry(self, kind: str, name: str) -> Entry:
        entry = Entry(kind, name, self._lang)
        for widget in entry.fields.values():
            widget.observe(self._follow, "value")
        entry.remove.on_click(lambda _: self._remove(entry))
        return entry

    def _free_name(self, kind: str) -> str:
        taken = {entry.name for entries in self.of.values() for entry in entries}
        return next(name for number in range(1, len(taken) + 2) if (name := f"{kind[0]}{number}") not in taken)

    def _write(self, values: Values, wanted: Callable[[str], bool]) -> None:
        for path, widget in self.inputs():
            if path in values and wanted(path.rpartition(".")[2]) and _takes(widget, values[path]):
                widget.value = values[path]


def _beside(fields: Iterable[ValueWidget]) -> Iterator[tuple[ValueWidget, ...]]:
    """Part fields into rows that hardly wrap, so that what is wrong with one stands right below it."""
    for wide, some in groupby(fields, lambda field: isinstance(field, Textarea | Ticks)):
        together, step = tuple(some), 1 if wide else _SIDE_BY_SIDE
        yield from (together[start : start + step] for start in range(0, len(together), step))


_SIDE_BY_SIDE = 3


def _takes(widget: ValueWidget, value: object) -> bool:
    return not isinstance(widget, Dropdown) or value in dict(widget.options).values()


def _fields(kind: str, lang: Lang) -> dict[str, ValueWidget]:
    match kind:
        case "causes":
            return {"title": line(), "failed": passage(), "led_to": passage()}
        case "actions":
            states = [(say(f"form.choice.status-{status or 'none'}", lang), status) for status in ("", *get_args(Status))]
            return {
                "what": passage(),
                "status": Dropdown(options=states, value=""),
                "when": line(),
                "who": line(),
                "how": line(),
                "frequency": line(),
                "answers": Ticks(say("form.hint.actions-answers", lang)),
            }
        case _:
            return {"what": line(), "proves": Dropdown(options=[("", "")], value="")}
