"""The fields for the facts of a case: each under the principle that it serves, with what is wrong with it below its row."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import get_args

from ipywidgets import HTML, Dropdown, Tab, Text, ValueWidget, VBox  # type: ignore[import-untyped]

from appealkit.case import PHRASINGS, Case, Metric, Situation, Voice, Wordings
from appealkit.language import Lang, listed, principle_name, say
from appealkit.letter import phrasings
from appealkit.marketplaces import english_of
from appealkit.roles import Principle
from appealkit.tables import load
from appealkit.typed import PERIODS, UNSAID, Values, field_of
from appealkit.view import render
from appealkit.widgets.base import Row, kinds_of, line, metric_fields, offer, passage
from appealkit.widgets.entries import Entries, Entry

Told = tuple[str, str]
"""Path of a field, or nothing, and what is said about it."""

_PLACES: dict[str, Principle] = {
    "store": Principle.SINCERITY,
    "marketplace": Principle.SINCERITY,
    "voice": Principle.SINCERITY,
    "situation": Principle.SINCERITY,
    "metric": Principle.SINCERITY,
    "wording.admission": Principle.SINCERITY,
    "wording.apology": Principle.SINCERITY,
    "contact": Principle.STRUCTURE,
    **{f"metric.{figure}": Principle.CAUSE for figure in Metric.model_fields if figure != "id"},
    "period": Principle.CAUSE,
    "causes": Principle.CAUSE,
    "actions": Principle.CLOSING,
    "evidence": Principle.CLOSING,
    "wording.commitment": Principle.CLOSING,
    "wording.request": Principle.CLOSING,
}
"""Where each fact is asked for, in the order of the principles; the figures of the metric are asked for with the cause."""


class Facts:
    """The fields of a form for the facts, in `box`. A fact is named by its path, and an entry in it by its name: that outlasts its place.

    Args:
        lang: `en` or `zh-Hant`.
        principles: ids of the principles whose fields are shown: one below its heading, several as tabs.
        follow: what is done whenever somebody changes a field.
        add: what is done with a kind of entry when its button is pressed.
        remove: what is done with an entry when its button is pressed.

    Raises:
        ValueError: when there is no such principle.
    """

    def __init__(
        self,
        lang: Lang,
        principles: Collection[str],
        *,
        follow: Callable[[], None],
        add: Callable[[str], None],
        remove: Callable[[Entry], None],
    ) -> None:
        """Make empty fields."""
        self._lang, self._follow, self._filling = lang, follow, False
        wanted = {Principle(name) for name in principles}
        self.principles = [principle for principle in dict.fromkeys(_PLACES.values()) if principle in wanted]
        self.fields = _fields(lang)
        for widget in self.fields.values():
            widget.observe(self._changed, "value")
        self.entries = Entries(lang, follow=self._changed, add=add, remove=remove)
        self.defects = {kind: self.fields[f"metric.defects.{kind}"] for kind in load("strings.toml")["defect"]}
        self.phrasings = {name: self.fields[f"wording.{name}.phrasing"] for name in Wordings.model_fields}
        self.own = {name: self.fields[f"wording.{name}.own"] for name in Wordings.model_fields}
        self._offered: tuple[object, ...] = ()
        self._rows: list[Row] = []
        self._kinds = self._row()
        self.fields["metric.id"].observe(self._show_kinds, "value")
        self.box = self._arranged()

    # -- building -----------------------------------------------------------------------------------------------------------

    def _arranged(self) -> Tab | VBox:
        lists, adders = self.entries.lists, self.entries.adders
        shown = {
            Principle.SINCERITY: [
                self._row("store", "marketplace"),
                self._row("voice", "situation", "metric.id"),
                *self._worded("admission", "apology"),
            ],
            Principle.STRUCTURE: [self._row("contact.name", "contact.role", "contact.email")],
            Principle.CAUSE: [
                self._row("metric.value", "metric.target"),
                self._row("metric.orders", "metric.defective_orders"),
                self._kinds,
                self._row("metric.window.start", "metric.window.end"),
                self._row("period.start", "period.end"),
                lists["causes"],
                adders["causes"],
            ],
            Principle.CLOSING: [
                lists["actions"],
                adders["actions"],
                lists["evidence"],
                adders["evidence"],
                *self._worded("commitment", "request"),
            ],
        }
        groups = [VBox((self._introduction(principle), *shown[principle])) for principle in self.principles]
        titles = [principle_name(principle, self._lang) for principle in self.principles]
        return Tab(groups, titles=titles) if len(groups) > 1 else VBox(groups)

    def _row(self, *paths: str) -> Row:
        self._rows.append(Row(*(self.fields[path] for path in paths)))
        return self._rows[-1]

    def _introduction(self, principle: Principle) -> HTML:
        told = load("principles.toml")[principle]
        words = {"name": told["name"][self._lang], "question": told["question"][self._lang], "principle": principle}
        return HTML(render("form_group.html.j2", self._lang, **words))

    def _worded(self, *names: str) -> Iterator[ValueWidget]:
        yield HTML(render("form_worded.html.j2", self._lang))
        for name in names:
            self.phrasings[name].add_class("ak-wide")
            yield self._row(f"wording.{name}.phrasing", f"wording.{name}.own")

    def _show_kinds(self, _change: object = None) -> None:
        """Ask only for the kinds of defect that count against the metric."""
        self._kinds.hold(self.defects[kind] for kind in kinds_of(self.fields["metric.id"].value))

    # -- what stands in the fields ------------------------------------------------------------------------------------------

    def inputs(self) -> Iterator[tuple[str, ValueWidget]]:
        """Yield every field with its path."""
        yield from self.fields.items()
        yield from self.entries.inputs()

    def typed(self) -> Values:
        """Return what stands in the fields; those that refer to an entry offer first the entries that there are."""
        with self._at_once():
            self.entries.offer_references()
        return {path: widget.value for path, widget in self.inputs()}

    def fill(self, values: Values) -> None:
        """Put values into the fields; one that they do not name is emptied."""
        with self._at_once():
            for path, widget in self.fields.items():
                widget.value = values.get(path, UNSAID.get(path, ""))
            self.entries.fill({path: value for path, value in values.items() if value not in {"", None}})

    def append(self, kind: str) -> Entry:
        """Add an empty entry, and go to its first field."""
        with self._at_once():
            entry = self.entries.append(kind)
        next(iter(entry.fields.values())).focus()
        return entry

    def drop(self, entry: Entry) -> None:
        """Take an entry away, and go to the button that adds one."""
        with self._at_once():
            self.entries.drop(entry)
        self.entries.adders[entry.kind].focus()  # the button that was pressed is gone, and the keyboard with it

    def offer_phrasings(self, case: Case) -> None:
        """Show the phrasings with the facts of the moment in them, when one of those facts has changed."""
        facts = case.metric, case.situation, english_of(case.marketplace, case.voice)
        if facts == self._offered:
            return
        self._offered = facts
        with self._at_once():
            for name, offered in phrasings(case).items():
                offer(self.phrasings[name], [(words, str(number)) for number, words in enumerate(offered, 1)])

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        """Let several fields change without following each of them."""
        self._filling = True
        try:
            yield
        finally:
            self._filling = False

    def _changed(self, _change: object) -> None:
        if not self._filling:
            self._follow()

    # -- what is said of them -----------------------------------------------------------------------------------------------

    def asks(self, path: str) -> bool:
        """Tell whether a fact is asked for in one of the principles that are shown."""
        return _place(path) in self.principles

    def names(self, paths: Iterable[str]) -> str:
        """Name some fields, each once."""
        widgets = dict(self.inputs())
        return listed((widgets[path].description for path in dict.fromkeys(paths)), self._lang, "form.between")

    def about(self, path: str, values: Values, reason: str) -> Told:
        """Say something about a fact, by the name that its field has; where a form has no such field, of no field."""
        field = field_of(path, values)
        widget = dict(self.inputs()).get(field)
        name = widget.description if widget else say(f"form.field.{path.replace('.', '-')}", self._lang)
        return field, say("form.said", self._lang, field=name, reason=reason)

    def home(self, source: str) -> str:
        """Return the name that the form has for what a sentence is written from, with its tab where there are several."""
        head, _, name = source.partition(".")
        if head in self.entries.of and name:
            number = [entry.name for entry in self.entries.of[head]].index(name) + 1
            home = say(f"form.entry.{head}", self._lang, number=number)
        else:
            home = say(f"form.passage.{name}" if head == "wording" else f"form.field.{head}", self._lang)
        if len(self.principles) == 1:
            return home
        return say("form.on-tab", self._lang, home=home, tab=principle_name(_place(source), self._lang))

    def tell(self, told: Collection[Told]) -> None:
        """Say each problem below the row of its field."""
        widgets = dict(self.inputs())
        entries = [entry for kind in self.entries.of.values() for entry in kind]
        for row in (*self._rows, *(row for entry in entries for row in entry.rows)):
            row.tell([words for path, words in told if widgets.get(path) in row.children], self._lang)


def _place(path: str) -> Principle:
    """Return the principle with which a fact, or the whole that it belongs to, is asked for."""
    while path not in _PLACES:
        path = path.rpartition(".")[0]
    return _PLACES[path]


def _fields(lang: Lang) -> dict[str, ValueWidget]:
    voices = [(say(f"form.choice.voice-{name}", lang), name) for name in get_args(Voice)]
    situations = [(say(f"form.choice.situation-{name}", lang), name) for name in get_args(Situation)]
    fields: dict[str, ValueWidget] = {
        "store": line(),
        "marketplace": line(),
        "voice": Dropdown(options=voices),
        "situation": Dropdown(options=situations),
        **{f"metric.{path}": widget for path, widget in metric_fields(lang).items()},
        **{f"{period}.{end}": line() for period in PERIODS for end in ("start", "end")},
        **{f"contact.{name}": line() for name in ("name", "role", "email")},
        **{f"wording.{name}.phrasing": Dropdown(options=[("", str(n + 1)) for n in range(PHRASINGS)]) for name in Wordings.model_fields},
        **{f"wording.{name}.own": passage() for name in Wordings.model_fields},
    }
    for path, widget in fields.items():
        match path.split("."):
            case ["wording", name, way]:
                widget.description = say(f"form.wording.{way}", lang, passage=say(f"form.passage.{name}", lang))
            case names:
                widget.description = widget.description or say(f"form.field.{'-'.join(names)}", lang)
                if isinstance(widget, Text) and "defects" not in names:
                    widget.placeholder = say(f"form.hint.{'-'.join(names)}", lang)
    return fields
