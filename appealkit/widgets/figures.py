"""The form for the seller's numbers: from a file or typed in, to figures, a chart, and with one click into the letter."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

from ipywidgets import HTML, Button, Combobox, Dropdown, FileUpload, Tab, Text, VBox  # type: ignore[import-untyped]
from pydantic import ValidationError

from appealkit.agreement import stated_in
from appealkit.annotate import annotate
from appealkit.case import FIGURES, Case, Metric
from appealkit.dates import day_named, today
from appealkit.figures.columns import DateOrder, chosen_columns, parts
from appealkit.figures.courses import Course, all_courses, courses
from appealkit.figures.daily import Orders
from appealkit.figures.health import Health, HealthError, Note, Reading, as_of, partial, uncompared
from appealkit.figures.summary import summary
from appealkit.figures.view import doubts, show_metric
from appealkit.figures.workbench import fill, read_numbers
from appealkit.files import file_named
from appealkit.language import Lang, say
from appealkit.problems import no_day, reasons_by_field
from appealkit.render import to_html
from appealkit.sheet import figure_names, figures
from appealkit.text import printable
from appealkit.view import View, render
from appealkit.widgets.base import Form, kinds_of, line, metric_fields, note_line, row, writing
from appealkit.widgets.composer import LetterComposer

_KINDS = (".csv", ".tsv", ".txt", ".json")

_LACKING = {"wrong-rows", "undated-defects", "begins-late", "ends-early"}
"""Notes that say that orders may be missing from the figures."""


class HealthForm(Form):
    """A form for the account-health report, a file of orders, or numbers that are typed in.

    It shows what they mean, and beside it what they would put into the letter; only a click puts them in.

    The fields are attributes: `file`, or `pick` for one from anywhere on the machine, `dates`, `end`, `columns` and the button `read`;
    `metric`, `value`, `target`, `orders`, `defective_orders`, `defects` and `last` for numbers; `chosen` for one of several metrics, and
    the button `put`; `letter` for a letter whose figures are compared with these.

    Args:
        composer: the form of the letter that the figures are for.
        lang: language of the form, `en` or `zh-Hant`.
        today: the day after which no window can end; None for the day of the computer's clock.

    >>> form = HealthForm(LetterComposer(lang="en"), lang="en")
    >>> form.metric.value, form.orders.value, form.defective_orders.value = "odr", "310", "4"
    >>> form.reading.value, form.composer.case.metric
    (1.2903, None)
    >>> form.put.click()
    >>> form.composer.case.metric.value
    1.29
    """

    def __init__(self, composer: LetterComposer, *, lang: Lang, today: date | None = None) -> None:
        """Build the form, empty."""
        super().__init__(lang)
        self.composer, self._today = composer, today
        self._found: Health | Orders | None = None
        self._readings: tuple[Reading, ...] = ()
        self._missing: list[str] = []  # what the figures lack, told where a click would put them into the letter
        self._picked: tuple[str, bytes] | None = None  # name and content of the file that was picked
        self._emptied: tuple[Mapping[str, Any], ...] = ()  # what the button holds of it
        self._marketplaces: tuple[str, str] | None = None  # what stood in the letter, and what a click put there
        self._make_fields()
        self._short, self._view, self._offer, self._notes, self._checked = HTML(), HTML(), HTML(), HTML(), HTML()
        told = HTML(note_line(self._say("figures.parts", parts=parts(self._lang)), self._lang))
        file = VBox((row(self.file, self.pick), row(self.dates, self.end), row(self.columns), told, self.read))
        numbers = VBox((row(self.metric, *(getattr(self, name) for name in FIGURES), self.last).add_class("ak-grid"), self._kinds))
        source = Tab((file, numbers), titles=[self._say("figures.from-file"), self._say("figures.typed")])
        shown = (self._short, row(self.chosen), self._view, self._notes, self._offer, self.put)
        self.children = (source, self._status, *shown, self.letter, self._checked)
        self._watch()
        self._show()

    @property
    def reading(self) -> Reading | None:
        """The metric that is shown; None as long as there are no figures."""
        number = self.chosen.value
        return self._readings[number] if number is not None and number < len(self._readings) else None

    @property
    def metrics(self) -> tuple[Reading, ...]:
        """The metrics with which a letter can be compared; none as long as there are no figures."""
        return self._readings

    @property
    def figures(self) -> View:
        """What the form shows, for a page without a kernel."""
        if self.reading is None:
            told = say("figures.unread" if self.metric.value else "figures.none", self._lang)  # typed numbers that are right are a reading
            return View(render("figures_none.html.j2", self._lang, told=told), told)
        return show_metric(self.reading, self._lang, self._course())

    def _make_fields(self) -> None:
        here = sorted(path.name for path in Path().iterdir() if path.suffix.lower() in _KINDS and path.is_file())
        self.file = Combobox(options=here, ensure_option=False, description=self._say("figures.file"))
        self.pick = FileUpload(accept=",".join(_KINDS), description=self._say("figures.pick"))
        orders = [(self._say(f"figures.dates-{order}"), order) for order in get_args(DateOrder)]
        self.dates = Dropdown(options=[(self._say("figures.dates-none"), ""), *orders], value="", description=self._say("figures.dates"))
        self.end = self._day_field()
        self.columns = line(name=self._say("figures.columns"))
        self.columns.placeholder = self._say("figures.columns-hint")
        self.read = Button(description=self._say("figures.read"))
        fields = metric_fields(self._lang)
        self.metric = fields.pop("id")
        for name in FIGURES:
            setattr(self, name, fields.pop(name))
        self.defects = {path.removeprefix("defects."): widget for path, widget in fields.items()}
        self.last = self._day_field()
        self._kinds = row().add_class("ak-grid")
        self.chosen = Dropdown(options=[("", None)], description=self._say("figures.chosen"))
        self.put = Button(description=self._say("figures.put"), button_style="primary", disabled=True)
        self.letter = writing(self._say("figures.letter"))

    def _day_field(self) -> Text:
        field = line(name=self._say("figures.end"))
        field.placeholder = self._say("hint.metric-window-end")
        return field

    def _day(self, field: Text) -> date | None:
        """Read the day in a field; what is none is told by the name of the field."""
        typed = field.value.strip()
        found = day_named(typed)
        if typed and not found:
            raise HealthError(
                self._say(
                    "said", field=field.description, reason=no_day(typed, self._lang, "form") or self._say("problem.day", given=typed)
                )
            )
        return found

    def _watch(self) -> None:
        self.read.on_click(lambda _: self._safely(self._read_file))
        self.pick.observe(lambda change: self._safely(self._take_picked, change["new"]), "value")
        self.put.on_click(lambda _: self._safely(self._put))
        self.chosen.observe(lambda _: self._safely(self._show), "value")
        self.letter.observe(lambda _: self._safely(self._check), "value")
        typed = (self.metric, *(getattr(self, name) for name in FIGURES), *self.defects.values(), self.last)
        for widget in typed:
            widget.observe(lambda _: self._safely(self._read_numbers), "value")

    # -- from the fields to figures -----------------------------------------------------------------------------------------

    def _take_picked(self, given: Sequence[Mapping[str, Any]]) -> None:
        """Read the file that was picked: the browser hands it to the kernel, and nothing keeps it but the form while it is open."""
        for file in given if given != self._emptied else ():
            self._picked = str(file["name"]), bytes(file["content"])
            self.file.value = self._picked[0]
            self.pick.description = self._say("figures.picked", file=printable(self._picked[0]))
            self._emptied = ({**file, "content": b""},)  # so that no page that is saved with its widgets holds the orders
            self.pick.value = self._emptied  # the button counts what it holds
            self._read_file()

    def _read_file(self) -> None:
        from appealkit.figures.orders import read_figures  # noqa: PLC0415 - the reader of tables takes longer to load than all the rest

        name = file_named(self.file.value)
        if not name:
            self._tell([self._say("figures.no-file")])
            return
        try:
            columns = chosen_columns(filter(str.strip, [self.columns.value]), self._lang)
            end = self._day(self.end)
            picked = self._picked if self._picked and self._picked[0].strip() == name else None
            source = BytesIO(picked[1]) if picked else Path(name)
            dates = self.dates.value or None
            found = read_figures(source, columns=columns, dates=dates, name=name, lang=self._lang, progress=self._progress)
            health = found.health(end) if isinstance(found, Orders) else found
        except HealthError as error:
            self._take(None, Health(()))  # the figures of another file must not stand under this name
            self._tell([str(error)])
            return
        finally:
            self.read.description = self._say("figures.read")
        self._take(found, health)

    def _progress(self, done: int, of: int) -> None:
        self.read.description = self._say("figures.counting") if done == of else self._say("figures.reading", share=100 * done // of)

    def _read_numbers(self) -> None:
        self._kinds.children = tuple(self.defects[kind] for kind in kinds_of(self.metric.value))
        if not self.metric.value:
            self._take(None, Health(()))
            return
        typed = {name: getattr(self, name).value.strip() or None for name in FIGURES}
        defects = {kind: self.defects[kind].value.strip() for kind in kinds_of(self.metric.value)}
        try:
            metric = Metric.model_validate(
                {"id": self.metric.value, **typed, "defects": {kind: count for kind, count in defects.items() if count}}
            )
            reading = read_numbers(metric, end=self._day(self.last))
        except (ValidationError, HealthError) as error:
            self._take(None, Health(()))
            self._tell(self._explain(error) if isinstance(error, ValidationError) else [str(error)])
            return
        self._take(None, Health((reading,)))

    def _explain(self, error: ValidationError) -> Iterator[str]:
        """Say what is wrong with the numbers, by the names that the fields have in the form."""
        names = figure_names(self._lang)
        for path, reason in reasons_by_field(error, self._lang):
            yield self._say("said", field=names.get(path, path), reason=reason)

    def _take(self, found: Health | Orders | None, health: Health) -> None:
        """Show what was found, and offer its metrics to choose from."""
        self._tell(())
        now = self._today or today()
        health = as_of(health, now)
        self._found, self._readings = found, health.metrics
        names = [metric.title(self._lang) for metric in health.metrics]
        self.chosen.options = [*((name, number) for number, name in enumerate(names))] or [("", None)]
        order = sorted(
            range(len(names)), key=lambda number: (health.metrics[number].meets_target is not False, -(health.metrics[number].orders or 0))
        )
        self.chosen.value = order[0] if names else None
        self._notes.value = self._told((*health.notes, *_ended(health, now)))
        self._missing = [note.say(self._lang) for note in health.notes if note.key in _LACKING]
        ends = {reading.end for reading in health.metrics}
        followed = all_courses(found, end=ends.pop()) if isinstance(found, Orders) and len(ends) == 1 else ()
        several = len(health.metrics) > 1 or bool(health.notes)  # one metric by itself is short enough
        self._short.value = render("health_short.html.j2", self._lang, summary=summary(health, self._lang, followed) if several else ())
        self._show()
        self._check()

    def _check(self) -> None:
        """Lay the letter that was pasted beside the figures."""
        self._checked.value = ""
        if not self.letter.value.strip():
            return
        if not self._readings:
            self._checked.value = note_line(self._say("figures.letter-alone"), self._lang)
            return
        found = annotate(self.letter.value, metrics=self._readings)
        about = tuple(finding for finding in found.findings if finding.rule.id == "figure-disagrees")
        apart = doubts(Health(tuple(filter(uncompared, self._readings))), self._lang)
        if not found.unjudged:
            figures, days = stated_in(found.text.lower())
            apart.append(self._say("figures.compared" if figures or days else "figures.nothing-compared", figures=figures, days=days))
        said = "".join(note_line(note, self._lang) for note in apart)
        self._checked.value = said + to_html(replace(found, findings=about), self._lang, ["cause"])

    def _told(self, notes: tuple[Note, ...]) -> str:
        return render("notes.html.j2", self._lang, notes=[note.say(self._lang) for note in notes], of_file=self._found is not None)

    def _course(self) -> Course | None:
        if self.reading is None or not isinstance(self._found, Orders):
            return None
        followed = courses(self._found, self.reading.id, end=self.reading.end)
        return next((course for course in followed if course.about == self.reading.about), None)

    # -- to the letter ------------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        self.chosen.layout.display = "" if len(self._readings) > 1 else "none"
        self._view.value = self.figures.html
        self._propose()

    def _propose(self) -> None:
        """Show beside each other what stands in the letter and what the figures would put there, or why they cannot be put there."""
        self._offer.value, self.put.disabled = "", True
        if self.reading is None:
            return
        self._tell(())
        try:
            filled = self._filled(self.reading)
        except HealthError as error:
            self._tell([str(error)])
            self._offer.value = note_line(self._say("figures.not-put"), self._lang)
            return
        now, then = (_told(case, self._lang) for case in (self.composer.case, filled))
        absent = [note.say(self._lang)] if (note := partial(self.reading)) else []
        own, placed = self.composer.case.marketplace, filled.marketplace
        replaced = self.reading.marketplace and own not in {"", placed}
        other = [self._say("figures.other-marketplace", own=own, other=placed)] if replaced else []
        rows = [{"field": field, "now": now.get(field, ""), "then": then.get(field, "")} for field in {**now, **then}]
        self._offer.value = render(
            "figures_offer.html.j2", self._lang, rows=rows, caption=self._say("figures.stand" if now == then else "figures.offer")
        ) + "".join(note_line(note, self._lang) for note in (*other, *self._missing, *absent))
        self.put.disabled = now == then

    def _filled(self, reading: Reading) -> Case:
        """Return the case with the figures; a marketplace that came from other figures goes with them."""
        case = self.composer.case
        if self._marketplaces and case.marketplace == self._marketplaces[1]:
            case = case.model_copy(update={"marketplace": self._marketplaces[0]})
        return fill(case, reading, lang=self._lang)

    def _put(self) -> None:
        """Put the figures into the fields of the letter."""
        if self.reading is None:
            return
        filled, before = self._filled(self.reading), self.composer.case.marketplace
        own = self._marketplaces[0] if self._marketplaces and before == self._marketplaces[1] else before
        self._marketplaces = (own, filled.marketplace) if self.reading.marketplace else None
        self.composer.fill(filled)
        self._propose()
        if unsaved := self.composer.drafts.unsaved:
            self._tell([unsaved])  # the form of the letter may be out of sight


def _ended(health: Health, now: date) -> Iterator[Note]:
    """Say that figures end long before today: a day that is told from then on may be past."""
    end = max((metric.end for metric in health.metrics if metric.end), default=now)
    if now - end > _RECENT:
        yield Note("ended", {"end": end, "today": now})


_RECENT = timedelta(days=7)


def _told(case: Case, lang: Lang) -> dict[str, str]:
    """Name the figures of a case as the form of the letter does."""
    told = {say("form.field.marketplace", lang): case.marketplace}
    if case.metric:
        told |= {say("form.field.metric", lang): case.metric.facts.name[lang], **dict(figures(case.metric, lang))}
    return {field: value for field, value in told.items() if value}
