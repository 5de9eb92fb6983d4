"""The form for the letter: it and its annotation follow every keystroke."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import get_args

from ipywidgets import HTML, Button, DatePicker, Dropdown, Tab, ValueWidget, VBox  # type: ignore[import-untyped]
from markupsafe import Markup
from pydantic import ValidationError

from appealkit.annotate import Annotation, annotate
from appealkit.case import Action, Case, Cause, Evidence, Situation, Status, plain, problems
from appealkit.letter import Letter, assemble, missing
from appealkit.render import ALL_PRINCIPLES, render, to_html
from appealkit.roles import Principle
from appealkit.text import Lang, load, say
from appealkit.widgets.base import Form, line, offer, passage, row
from appealkit.widgets.typed import EMPTY, Values, filled, read, settle

_PLACES = {
    "store": Principle.SINCERITY,
    "marketplace": Principle.SINCERITY,
    "situation": Principle.SINCERITY,
    "metric": Principle.SINCERITY,
    "period": Principle.CAUSE,
    "causes": Principle.CAUSE,
    "actions": Principle.CLOSING,
    "evidence": Principle.STRUCTURE,
    "contact": Principle.STRUCTURE,
}
"""Where each fact is asked for, in the order of the form; the figures of the metric are asked for with the cause."""


class Entry(VBox):  # type: ignore[misc]
    """One cause, step or document of a form, with its fields by name, such as `failed` of a cause.

    Args:
        kind: `causes`, `actions` or `evidence`.
        name: id of the entry, unique in its form.
        fields: its fields, in the order in which they are shown.
    """

    def __init__(self, kind: str, name: str, fields: Mapping[str, ValueWidget]) -> None:
        """Arrange the fields; `label` names them."""
        super().__init__()
        self.kind, self.name, self.fields = kind, name, dict(fields)
        for field, widget in fields.items():
            setattr(self, field, widget)
        self.remove = Button()
        self._heading = HTML()
        self.children = (self._heading, row(*fields.values()), self.remove)

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
            widget.description = say("form.labelled", lang, entry=entry, field=say(f"form.field.{self.kind}-{field}", lang))
        return entry


class LetterComposer(Form):
    """A form for the facts of a case, with the letter and its annotation below: both follow every keystroke.

    A value that cannot be stays in its field, and the form says why; until it fits, the letter keeps the last facts that did.

    The fields are attributes, such as `store`, `metric`, `metric_value`, `period_start`, `contact_name`; `defects` holds one for each
    kind, and `causes`, `actions` and `evidence` hold the entries.

    Args:
        case: the facts to begin with.
        principles: ids of the principles whose fields are shown: a lesson shows one of them. All facts of `case` are kept.
        lang: language of the form, `en` or `zh-Hant`; the letter is in English.

    Raises:
        ValueError: when there is no such principle.

    >>> form = LetterComposer(lang="en")
    >>> form.store.value = "Quiet Heron Lamps"
    >>> form.case.store
    'Quiet Heron Lamps'
    """

    def __init__(self, case: Case | None = None, *, principles: Collection[str] = ALL_PRINCIPLES, lang: Lang) -> None:
        """Build the form and fill it from the case."""
        super().__init__(lang)
        wanted = {Principle(name) for name in principles}
        self._principles = [principle for principle in dict.fromkeys(_PLACES.values()) if principle in wanted]
        self._view = HTML()
        self._make_fields(case or Case())
        self._make_entries(case or Case())
        self._arrange()
        self._accepted: Values = {}
        self._follow()

    @property
    def case(self) -> Case:
        """The facts, as far as they fit together."""
        return self._case

    @property
    def letter(self) -> Letter:
        """The letter that the facts give."""
        return self._letter

    @property
    def annotation(self) -> Annotation:
        """The letter, annotated."""
        return self._annotation

    @property
    def causes(self) -> tuple[Entry, ...]:
        """The causes."""
        return tuple(self._entries["causes"])

    @property
    def actions(self) -> tuple[Entry, ...]:
        """The steps."""
        return tuple(self._entries["actions"])

    @property
    def evidence(self) -> tuple[Entry, ...]:
        """The documents."""
        return tuple(self._entries["evidence"])

    def add(self, kind: str) -> Entry:
        """Add an empty entry, and go to its first field.

        Args:
            kind: `causes`, `actions` or `evidence`.

        Returns:
            The entry.
        """
        entry = self._append(kind)
        self._show_entries()
        next(iter(entry.fields.values())).focus()
        self._update()
        return entry

    def remove(self, entry: Entry) -> None:
        """Take an entry away. What referred to it then stands by itself.

        Args:
            entry: one of `causes`, `actions` or `evidence`.
        """
        self._entries[entry.kind].remove(entry)
        self._show_entries()
        self._add[entry.kind].focus()  # the button that was pressed is gone, and the keyboard with it
        self._update()

    # -- building -----------------------------------------------------------------------------------------------------------

    def _make_fields(self, case: Case) -> None:
        metrics = [(metric["name"][self._lang], name) for name, metric in load("metrics.toml").items()]
        figures, period, contact = case.metric, case.period, case.contact
        self._fields: dict[str, ValueWidget] = {
            "store": line(case.store),
            "marketplace": line(case.marketplace),
            "situation": self._dropdown("situation", get_args(Situation), case.situation),
            "metric.id": Dropdown(options=[(self._say("choice.metric-none"), ""), *metrics], value=figures.id if figures else ""),
            **{f"metric.{name}": line(_number(getattr(figures, name, None))) for name in ("value", "target", "orders", "defective_orders")},
            **{
                f"metric.defects.{kind}": line(_number(figures.defects.get(kind) if figures else None))
                for kind in load("strings.toml")["defect"]
            },
            "period.start": DatePicker(value=period and period.start),
            "period.end": DatePicker(value=period and period.end),
            **{f"contact.{name}": line(getattr(contact, name)) for name in ("name", "role", "email")},
        }
        self.defects: dict[str, ValueWidget] = {}
        for path, widget in self._fields.items():
            head, _, kind = path.partition(".defects.")
            if kind:
                self.defects[kind] = widget
                widget.description = self._say("defects", kind=say(f"defect.{kind}", self._lang))
            else:
                name = head.removesuffix(".id")
                setattr(self, name.replace(".", "_"), widget)
                widget.description = self._say(f"field.{name.replace('.', '-')}")
            widget.observe(self._update, "value")
        self._kinds = row()
        self.metric.observe(self._show_kinds, "value")
        self._show_kinds()

    def _make_entries(self, case: Case) -> None:
        self._entries: dict[str, list[Entry]] = {kind: [] for kind in EMPTY}
        self._lists = {kind: VBox() for kind in self._entries}
        self._add = {kind: Button(description=self._say(f"add.{kind}")) for kind in self._entries}
        for kind, button in self._add.items():
            button.on_click(lambda _, kind=kind: self._safely(self.add, kind))
            for fact in getattr(case, kind):
                self._append(kind, fact)
        for kind in [kind for kind, entries in self._entries.items() if not entries]:
            self._append(kind)
        self._show_entries()

    def _append(self, kind: str, fact: Cause | Action | Evidence | None = None) -> Entry:
        taken = {entry.name for entries in self._entries.values() for entry in entries}
        numbered = (f"{kind[0]}{number}" for number in range(1, len(taken) + 2))
        name = getattr(fact, "id", None) or next(name for name in numbered if name not in taken)
        entry = Entry(kind, name, self._entry_fields(fact or EMPTY[kind]))
        for widget in entry.fields.values():
            widget.observe(self._update, "value")
        entry.remove.on_click(lambda _: self._safely(self.remove, entry))
        self._entries[kind].append(entry)
        return entry

    def _entry_fields(self, fact: Cause | Action | Evidence) -> dict[str, ValueWidget]:
        match fact:
            case Cause():
                return {"title": line(fact.title), "failed": passage(fact.failed), "led_to": passage(fact.led_to)}
            case Action():
                return {
                    "what": passage(fact.what),
                    "status": self._dropdown("status", ("", *get_args(Status)), fact.status or ""),
                    "when": DatePicker(value=fact.when),
                    "who": line(fact.who),
                    "how": line(fact.how),
                    "frequency": line(fact.frequency),
                    "answers": _reference(fact.answers),
                }
            case Evidence():
                return {"what": line(fact.what), "proves": _reference(fact.proves)}

    def _dropdown(self, kind: str, values: Iterable[str], value: str) -> Dropdown:
        return Dropdown(options=[(self._say(f"choice.{kind}-{name or 'none'}"), name) for name in values], value=value)

    def _arrange(self) -> None:
        """Put the fields under the principles that they serve: one below the heading, several as tabs."""
        shown = {
            Principle.SINCERITY: [row(self.store, self.marketplace, self.situation, self.metric)],
            Principle.CAUSE: [
                row(self.metric_value, self.metric_target, self.metric_orders, self.metric_defective_orders),
                self._kinds,
                row(self.period_start, self.period_end),
                self._lists["causes"],
                self._add["causes"],
            ],
            Principle.CLOSING: [self._lists["actions"], self._add["actions"]],
            Principle.STRUCTURE: [
                self._lists["evidence"],
                self._add["evidence"],
                row(self.contact_name, self.contact_role, self.contact_email),
            ],
        }
        groups = [VBox((self._introduction(principle), *shown[principle])) for principle in self._principles]
        titles = [self._say(f"tab.{principle}") for principle in self._principles]
        self.children = (Tab(groups, titles=titles) if len(groups) > 1 else VBox(groups), self._status, self._view)

    def _introduction(self, principle: Principle) -> HTML:
        told = load("principles.toml")[principle]
        words = {"name": told["name"][self._lang], "question": told["question"][self._lang], "principle": principle}
        return HTML(render("form_group.html.j2", self._lang, **words))

    def _show_kinds(self, _change: object = None) -> None:
        """Ask only for the kinds of defect that count against the metric."""
        counts = load("metrics.toml")[self.metric.value]["counts"] if self.metric.value else ()
        self._kinds.children = tuple(self.defects[kind] for kind in counts)

    def _show_entries(self) -> None:
        """Show the entries that there are, number them, and offer them to the fields that refer to one."""
        names = {
            kind: [(entry.label(number, self._lang), entry.name) for number, entry in enumerate(entries, 1)]
            for kind, entries in self._entries.items()
        }
        for kind, entries in self._entries.items():
            self._lists[kind].children = tuple(entries)
        for step in self.actions:
            offer(step.answers, [(self._say("choice.answers-none"), ""), *names["causes"]])
        for document in self.evidence:
            offer(document.proves, [(self._say("choice.proves-none"), ""), *names["causes"], *names["actions"]])

    # -- following the fields -----------------------------------------------------------------------------------------------

    def _update(self, _change: object = None) -> None:
        self._safely(self._follow)

    def _follow(self) -> None:
        """Read the fields, keep what fits together, and show the letter that it gives."""
        typed = {path: widget.value for path, widget in self._inputs()}
        try:
            case, self._accepted, told = read(typed), typed, []
        except ValidationError as error:
            case, self._accepted = settle(typed, self._accepted)
            told = [*self._explain(error, typed), self._say("kept")]
        self._tell(told)
        letter = assemble(case)
        self._case, self._letter, self._annotation = case, letter, annotate(letter)
        self._show()

    def _inputs(self) -> Iterator[tuple[str, ValueWidget]]:
        """Yield every field with its path; an entry stands in the path by its name, which outlasts its place."""
        yield from self._fields.items()
        for kind, entries in self._entries.items():
            for entry in entries:
                yield from ((f"{kind}.{entry.name}.{field}", widget) for field, widget in entry.fields.items())

    def _explain(self, error: ValidationError, values: Values) -> Iterator[str]:
        """Say what is wrong with the facts, by the names that the fields have in the form."""
        for problem in problems(error, self._lang):
            path, _, reason = problem.partition(say("case.refused", self._lang, field="", reason=""))
            yield self._say("said", field=self._name(path, values), reason=reason)

    def _gaps(self) -> Iterator[str]:
        """Name the facts that the letter still needs and that this form asks for, each with its field."""
        for gap in missing(self._case):
            head, _, figure = gap.field.partition(".")
            place = Principle.CAUSE if head == "metric" and figure else _PLACES[head]
            if place in self._principles:
                yield self._say("said", field=self._name(gap.field, self._accepted), reason=gap.ask(self._lang))

    def _name(self, path: str, values: Values) -> str:
        """Return the name that a field of the case has in the form."""
        head, *rest = path.split(".")
        if head in self._entries and rest:
            rest[0] = filled(values, head)[int(rest[0])]
        widget = dict(self._inputs()).get(".".join([head, *rest]))
        return widget.description if widget else self._say(f"field.{path.replace('.', '-')}")

    def _show(self) -> None:
        gaps = list(self._gaps())
        findings = [finding for finding in self._annotation.findings if finding.rule.principle in self._principles]
        summary = self._say("summary", words=len(self._letter.text.split()), findings=len(findings), missing=len(gaps))
        annotated = Markup(to_html(self._annotation, self._lang, self._principles))  # noqa: S704 - made by our own template
        self._view.value = render("form_view.html.j2", self._lang, summary=summary, annotated=annotated, gaps=gaps, text=self._letter.text)


def _number(value: float | None) -> str:
    return "" if value is None else plain(value)


def _reference(value: str | None) -> Dropdown:
    """Make a field that refers to an entry; `offer` names the entries."""
    return Dropdown(options=[("", value or "")], value=value or "")
