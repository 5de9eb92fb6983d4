"""The form for the letter: it and its annotation follow every keystroke."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import get_args

from ipywidgets import HTML, Button, Dropdown, Tab, Text, ValueWidget, VBox  # type: ignore[import-untyped]
from markupsafe import Markup
from pydantic import ValidationError

from appealkit.annotate import Annotation, annotate
from appealkit.case import PHRASINGS, Case, Metric, Situation, Wordings
from appealkit.drafts import DraftError
from appealkit.due import today
from appealkit.gaps import Chinese, Doubt, chinese, missing, misworded, told_today, untimely, untold
from appealkit.letter import Letter, assemble, phrasings
from appealkit.problems import reasons
from appealkit.render import ALL_PRINCIPLES, to_html
from appealkit.roles import Principle
from appealkit.share import share
from appealkit.text import Lang, load, principle_name
from appealkit.typed import PERIODS, UNSAID, Values, concerns, field_of, left_out, read, resumed, settle, unfit, written
from appealkit.view import render
from appealkit.widgets.base import Form, Row, kinds_of, line, metric_fields, offer, passage
from appealkit.widgets.draft_bar import DraftBar
from appealkit.widgets.entries import Entries, Entry
from appealkit.widgets.export_bar import ExportBar
from appealkit.widgets.history import History, Step, Turn
from appealkit.widgets.live import LiveView

_Told = tuple[str, str]
"""Path of a field, or nothing, and what is said about it."""

_PLACES: dict[str, Principle] = {
    "store": Principle.SINCERITY,
    "marketplace": Principle.SINCERITY,
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


def _place(path: str) -> Principle:
    """Return the principle with which a fact, or the whole that it belongs to, is asked for."""
    while path not in _PLACES:
        path = path.rpartition(".")[0]
    return _PLACES[path]


def _dated(case: Case) -> Iterator[tuple[str, object]]:
    """Yield what is told with a day that may not fit today, by the name that a `Doubt` has for it."""
    yield "period.end", case.period
    yield "metric.window.end", case.metric and case.metric.window
    yield from ((step.id, (step.status, step.when)) for step in case.actions)


class LetterComposer(Form):
    """A form for the facts of a case, with the letter and its annotation below: both follow every keystroke.

    A value that cannot be stays in its field, and the form says why; until it fits, the letter is without it.

    The fields are attributes, such as `store`, `metric`, `metric_value`, `period_start`, `contact_name`; `defects` holds one for each
    kind, `phrasings` and `own` those of the sentences that no fact gives, and `causes`, `actions` and `evidence` the entries. `drafts`
    keeps what was typed, and `exports` takes the letter away.

    Args:
        case: the facts to begin with.
        principles: ids of the principles whose fields are shown: a lesson shows one of them. All facts of `case` are kept.
        lang: language of the form, `en` or `zh-Hant`; the letter is in English.
        today: the day on which a step counts as past or to come; None for the day of the computer's clock.

    Raises:
        ValueError: when there is no such principle.

    >>> form = LetterComposer(lang="en")
    >>> form.store.value = "Quiet Heron Lamps"
    >>> form.case.store
    'Quiet Heron Lamps'
    """

    def __init__(
        self, case: Case | None = None, *, principles: Collection[str] = ALL_PRINCIPLES, lang: Lang, today: date | None = None
    ) -> None:
        """Build the form and fill it from the case."""
        super().__init__(lang)
        self._today, self._given = today, dict(_dated(case or Case()))
        wanted = {Principle(name) for name in principles}
        self._principles = [principle for principle in dict.fromkeys(_PLACES.values()) if principle in wanted]
        self._filling = False
        self._typed: Values = {}
        self._accepted: Values = {}
        self._offered: tuple[object, ...] = ()
        self._history = History()
        self._make_fields()
        self._entries = Entries(
            lang,
            follow=self._update,
            add=lambda kind: self._safely(self.add, kind),
            remove=lambda entry: self._safely(self.remove, entry),
        )
        self.drafts, self.exports, self._view = DraftBar(case or Case(), lang=lang), ExportBar(lang=lang), LiveView()
        self._connect()
        self._arrange()
        self._fill(written(case or Case()))

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
        return tuple(self._entries.of["causes"])

    @property
    def actions(self) -> tuple[Entry, ...]:
        """The steps."""
        return tuple(self._entries.of["actions"])

    @property
    def evidence(self) -> tuple[Entry, ...]:
        """The documents."""
        return tuple(self._entries.of["evidence"])

    def add(self, kind: str) -> Entry:
        """Add an empty entry, and go to its first field.

        Args:
            kind: `causes`, `actions` or `evidence`.

        Returns:
            The entry.
        """
        with self._at_once():
            entry = self._entries.append(kind)
        next(iter(entry.fields.values())).focus()
        self._follow()
        return entry

    def remove(self, entry: Entry) -> None:
        """Take an entry away. What referred to it then stands by itself.

        Args:
            entry: one of `causes`, `actions` or `evidence`.
        """
        with self._at_once():
            self._entries.drop(entry)
        self._entries.adders[entry.kind].focus()  # the button that was pressed is gone, and the keyboard with it
        self._follow()

    def fill(self, case: Case) -> None:
        """Put other facts into the fields. `undo` brings back what stood there.

        Args:
            case: the facts.
        """
        self._fill(written(case))

    def undo(self) -> None:
        """Take back the last change; what was typed into one field is one change. Without a change, nothing happens."""
        self._go(self._history.back(self._typed), lambda turn: turn.before)

    def redo(self) -> None:
        """Make the change again that was taken back last. Without one, or after another change, nothing happens."""
        self._go(self._history.forward(self._typed), lambda turn: turn.after)

    def _go(self, step: Step | None, file: Callable[[Turn], Path | None]) -> None:
        if step is not None:
            self._typed, turn = step  # so that going there is no change of its own
            if turn:
                self.drafts.turn_to(file(turn))  # no draft may be overwritten with the work of another
            self._fill(self._typed)

    # -- building -----------------------------------------------------------------------------------------------------------

    def _make_fields(self) -> None:
        situations = [(self._say(f"choice.situation-{name}"), name) for name in get_args(Situation)]
        self._fields: dict[str, ValueWidget] = {
            "store": line(),
            "marketplace": line(),
            "situation": Dropdown(options=situations),
            **{f"metric.{path}": widget for path, widget in metric_fields(self._lang).items()},
            **{f"{period}.{end}": line() for period in PERIODS for end in ("start", "end")},
            **{f"contact.{name}": line() for name in ("name", "role", "email")},
            **{
                f"wording.{name}.phrasing": Dropdown(options=[("", str(n + 1)) for n in range(PHRASINGS)]) for name in Wordings.model_fields
            },
            **{f"wording.{name}.own": passage() for name in Wordings.model_fields},
        }
        self.defects: dict[str, ValueWidget] = {}
        self.phrasings: dict[str, ValueWidget] = {}
        self.own: dict[str, ValueWidget] = {}
        for path, widget in self._fields.items():
            widget.observe(self._update, "value")
            match path.split("."):
                case ["metric", "defects", kind]:
                    self.defects[kind] = widget
                case ["wording", name, way]:
                    (self.phrasings if way == "phrasing" else self.own)[name] = widget
                    widget.description = self._say(f"wording.{way}", passage=self._say(f"passage.{name}"))
                case names:
                    name = "_".join(names).removesuffix("_id")
                    setattr(self, name, widget)
                    widget.description = self._say(f"field.{path.removesuffix('.id').replace('.', '-')}")
                    if isinstance(widget, Text):
                        widget.placeholder = self._say(f"hint.{path.replace('.', '-')}")
        self._rows: list[Row] = []
        self._kinds = self._row()
        self.metric.observe(self._show_kinds, "value")

    def _connect(self) -> None:
        steps: dict[Button, Callable[[], object]] = {
            self.drafts.keep: lambda: self.drafts.begin(self._case, unfit(self._typed, self._case)),
            self.drafts.open: self._open,
            self.drafts.undo: self.undo,
            self.drafts.redo: self.redo,
            self.drafts.empty: self._empty,
            self.drafts.compare: lambda: self.drafts.show_changes(self._case),
            **{button: partial(self._export, form) for form, button in self.exports.buttons.items()},
        }
        for button, step in steps.items():
            button.on_click(lambda _, step=step: self._safely(step))
        self.exports.limit.observe(self._update, "value")

    def _arrange(self) -> None:
        """Put the fields under the principles that they serve: one below the heading, several as tabs."""
        lists, adders = self._entries.lists, self._entries.adders
        shown = {
            Principle.SINCERITY: [
                self._row(self.store, self.marketplace),
                self._row(self.situation, self.metric),
                *self._worded("admission", "apology"),
            ],
            Principle.STRUCTURE: [self._row(self.contact_name, self.contact_role, self.contact_email)],
            Principle.CAUSE: [
                self._row(self.metric_value, self.metric_target),
                self._row(self.metric_orders, self.metric_defective_orders),
                self._kinds,
                self._row(self.metric_window_start, self.metric_window_end),
                self._row(self.period_start, self.period_end),
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
        groups = [VBox((self._introduction(principle), *shown[principle])) for principle in self._principles]
        titles = [principle_name(principle, self._lang) for principle in self._principles]
        fields = Tab(groups, titles=titles) if len(groups) > 1 else VBox(groups)
        self.children = (self.drafts, self._status, fields, self._view, self.exports)

    def _row(self, *fields: ValueWidget) -> Row:
        self._rows.append(Row(*fields))
        return self._rows[-1]

    def _introduction(self, principle: Principle) -> HTML:
        told = load("principles.toml")[principle]
        words = {"name": told["name"][self._lang], "question": told["question"][self._lang], "principle": principle}
        return HTML(render("form_group.html.j2", self._lang, **words))

    def _worded(self, *names: str) -> Iterator[ValueWidget]:
        yield HTML(render("form_worded.html.j2", self._lang))
        for name in names:
            yield self._row(self.phrasings[name].add_class("ak-wide"), self.own[name])

    def _show_kinds(self, _change: object = None) -> None:
        """Ask only for the kinds of defect that count against the metric."""
        self._kinds.hold(self.defects[kind] for kind in kinds_of(self.metric.value))

    # -- following the fields -----------------------------------------------------------------------------------------------

    def _fill(self, values: Values) -> None:
        """Put values into the fields, all at once; a field that they do not name is emptied."""
        with self._at_once():
            for path, widget in self._fields.items():
                widget.value = values.get(path, UNSAID.get(path, ""))
            self._entries.fill({path: value for path, value in values.items() if value not in {"", None}})
        self._follow()

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        """Let several fields change without following each of them."""
        self._filling = True
        try:
            yield
        finally:
            self._filling = False

    def _export(self, form: str) -> None:
        early = {day.gap: day.field for day in self._untimely() if day.early}
        self.exports.write(self._annotation, form, left_out=self._left_out(early.get(path, path) for path in untold(self._letter.case)))

    def _open(self) -> None:
        kept = self.drafts.kept
        self._turn(kept, resumed(*self.drafts.read()))

    def _empty(self) -> None:
        kept = self.drafts.kept
        self.drafts.turn_to(None)  # an empty form must not take the place of the draft
        self._turn(kept, {})

    def _turn(self, kept: Path | None, values: Values) -> None:
        """Put other work into the fields; taking that back leads back to the file of before, too."""
        self._history.part(Turn(kept, self.drafts.kept))
        self._fill(values)

    def _update(self, _change: object = None) -> None:
        if not self._filling:
            self._safely(self._follow)

    def _follow(self) -> None:
        """Read the fields, keep what fits together, and show the letter that it gives."""
        with self._at_once():
            self._entries.offer_references()
        typed = {path: widget.value for path, widget in self._inputs()}
        if self._typed:
            self._history.note(self._typed, typed)
        self._typed = typed
        try:
            case, self._accepted, told = read(typed), typed, []
        except ValidationError as error:
            case, self._accepted = settle(typed)
            told = [*self._explain(error, typed), ("", self._say("left-out", fields=self._left_out()))]
        self._case = case
        self._letter = assemble(told_today(case, self._untimely()))
        self._annotation = annotate(self._letter)
        self._offer_phrasings()
        self._report([*self._remarks(), *told])
        try:
            self.drafts.save(case, lambda: unfit(typed, case))  # behind the view, so that nobody waits for the disk
        except DraftError as error:
            self._report([*self._remarks(), *told, ("", str(error))])

    def _offer_phrasings(self) -> None:
        """Show the phrasings with the facts of the moment in them, when one of those facts has changed."""
        facts = self._case.metric, self._case.situation
        if facts == self._offered:
            return
        self._offered = facts
        with self._at_once():
            for name, offered in phrasings(self._case).items():
                offer(self.phrasings[name], [(words, str(number)) for number, words in enumerate(offered, 1)])

    def _inputs(self) -> Iterator[tuple[str, ValueWidget]]:
        """Yield every field with its path; an entry stands in the path by its name, which outlasts its place."""
        yield from self._fields.items()
        yield from self._entries.inputs()

    def _explain(self, error: ValidationError, values: Values) -> Iterator[_Told]:
        """Say what is wrong with the facts, by the names that the fields have in the form."""
        for path, reason in reasons(error, self._lang, "form"):
            yield self._about(path, values, reason)

    def _left_out(self, wanting: Iterable[str] = ()) -> str:
        """Name the fields of which the letter has nothing, since what stands in them cannot be, and those that are wanting."""
        widgets = dict(self._inputs())
        paths = (*left_out(self._typed, self._accepted), *(field_of(path, self._accepted) for path in wanting))
        return self._say("between").join(widgets[path].description for path in dict.fromkeys(paths))

    def _about(self, path: str, values: Values, reason: str) -> _Told:
        """Say something about a fact, by the name that its field has; where a form has no such field, of no field."""
        field = field_of(path, values)
        widget = dict(self._inputs()).get(field)
        name = widget.description if widget else self._say(f"field.{path.replace('.', '-')}")
        return field, self._say("said", field=name, reason=reason)

    def _gaps(self) -> Iterator[str]:
        """Name the facts that the letter still needs and that this form asks for, each with its field."""
        early = {day.gap: day for day in self._untimely() if day.early}
        left = left_out(self._typed, self._accepted)
        for gap in missing(self._letter.case):
            if _place(gap.field) in self._principles:
                known = early.get(gap.field, gap)
                field, words = self._about(known.field, self._accepted, known.ask(self._lang))
                if not concerns(field, left):  # what is typed is not missing
                    yield words

    def _remarks(self) -> Iterator[_Told]:
        """Say what is typed and would be of no use to the reviewer, though nothing is wrong with it."""
        if not self.metric.value and any(value for path, value in self._typed.items() if path.startswith("metric.")):
            yield "metric.id", self._say("said", field=self.metric.description, reason=self._say("no-metric"))
        doubts: list[Chinese | Doubt] = [*chinese(self._case), *misworded(self._case), *self._untimely()]
        for doubt in doubts:
            if _place(doubt.field) in self._principles:
                yield self._about(doubt.field, self._accepted, doubt.ask(self._lang))

    def _untimely(self) -> list[Doubt]:
        """Find the periods and steps whose day does not fit today; they are left alone as long as they are as the form was given."""
        dated = dict(_dated(self._case))
        return [day for day in untimely(self._case, self._today or today()) if dated[day.about] != self._given.get(day.about)]

    def _mends(self) -> Iterator[str]:
        """Name, for each finding in a sentence, the part of the form that the sentence comes from."""
        starts = {segment.start: source for (segment, _), source in zip(self._letter.parts, self._letter.sources, strict=True)}
        for finding in self._annotation.findings:
            if finding.span and finding.rule.principle in self._principles:
                source = starts[max(start for start in starts if start <= finding.span.start)]
                if source:
                    yield self._say("said", field=self._home(source), reason=finding.message(self._lang))

    def _home(self, source: str) -> str:
        """Return the name that the form has for what a sentence is written from, with its tab where there are several."""
        head, _, name = source.partition(".")
        if head in self._entries.of and name:
            number = [entry.name for entry in self._entries.of[head]].index(name) + 1
            home = self._say(f"entry.{head}", number=number)
        else:
            home = self._say(f"passage.{name}") if head == "wording" else self._say(f"field.{head}")
        if len(self._principles) == 1:
            return home
        return self._say("on-tab", home=home, tab=principle_name(_place(source), self._lang))

    # -- showing ------------------------------------------------------------------------------------------------------------

    def _report(self, told: Iterable[_Told]) -> None:
        """Say each problem below the row of its field, and all of them above the letter, which may not follow for their sake."""
        told, widgets = list(told), dict(self._inputs())
        entries = [entry for kind in self._entries.of.values() for entry in kind]
        for row in (*self._rows, *(row for entry in entries for row in entry.rows)):
            row.tell([words for path, words in told if widgets.get(path) in row.children], self._lang)
        self._tell(())
        self._problems = tuple(words for _, words in told)
        self._show()

    def _show(self) -> None:
        gaps = list(self._gaps())
        findings = [finding for finding in self._annotation.findings if finding.rule.principle in self._principles]
        given, words = share(self._letter)
        told = {"words": words, "given": given, "findings": len(findings), "missing": len(gaps)}
        self._view.value = render(
            "form_view.html.j2",
            self._lang,
            told=told,
            problems=self._problems,
            annotated=Markup(to_html(self._annotation, self._lang, self._principles)),  # noqa: S704 - made by our own template
            gaps=gaps,
            mends=list(self._mends()),
            text=self._letter.text,
            answers=self.exports.answers(self._annotation),
        )
        self._view.said = self._say("summary", **told)
