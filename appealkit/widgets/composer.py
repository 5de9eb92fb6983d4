"""The form for the letter: it and its annotation follow every keystroke."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup
from pydantic import ValidationError

from appealkit.annotate import Annotation, annotate
from appealkit.case import Case
from appealkit.dates import today
from appealkit.files import KitError
from appealkit.gaps import Chinese, Doubt, chinese, doubtful, missing, told_today, untimely, untold
from appealkit.language import Lang
from appealkit.letter import Letter, assemble
from appealkit.problems import reasons_by_field
from appealkit.render import ALL_PRINCIPLES, to_html
from appealkit.roles import Role, Sentence
from appealkit.samples import borrowed
from appealkit.share import share
from appealkit.typed import PERIODS, Values, concerns, field_of, left_out, read, resumed, settle, unfit, written
from appealkit.view import render
from appealkit.widgets.base import Form
from appealkit.widgets.draft_bar import DraftBar
from appealkit.widgets.entries import Entry
from appealkit.widgets.export_bar import ExportBar
from appealkit.widgets.facts import Facts, Told
from appealkit.widgets.history import History, Step, Turn
from appealkit.widgets.live import LiveView

_ADMISSION = "wording.admission.own"


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
        self._typed: Values = {}
        self._accepted: Values = {}
        self._history = History()
        self._facts = Facts(
            lang,
            principles,
            follow=partial(self._safely, self._follow),
            add=partial(self._safely, self.add),
            remove=partial(self._safely, self.remove),
        )
        self._name_fields()
        self.drafts, self._view = DraftBar(case or Case(), lang=lang), LiveView()
        self.exports = ExportBar(self.drafts.file, lang=lang)
        self._connect()
        self.children = (self.drafts, self._status, self._facts.box, self._view, self.exports)
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
        return tuple(self._facts.entries.of["causes"])

    @property
    def actions(self) -> tuple[Entry, ...]:
        """The steps."""
        return tuple(self._facts.entries.of["actions"])

    @property
    def evidence(self) -> tuple[Entry, ...]:
        """The documents."""
        return tuple(self._facts.entries.of["evidence"])

    def add(self, kind: str) -> Entry:
        """Add an empty entry, and go to its first field.

        Args:
            kind: `causes`, `actions` or `evidence`.

        Returns:
            The entry.
        """
        entry = self._facts.append(kind)
        self._follow()
        return entry

    def remove(self, entry: Entry) -> None:
        """Take an entry away. What referred to it then stands by itself.

        Args:
            entry: one of `causes`, `actions` or `evidence`.
        """
        self._facts.drop(entry)
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

    def _name_fields(self) -> None:
        """Let whoever drives the form find its fields, each by a name of its own."""
        self.defects, self.phrasings, self.own = self._facts.defects, self._facts.phrasings, self._facts.own
        for path, widget in self._facts.fields.items():
            if not path.startswith(("metric.defects.", "wording.")):
                setattr(self, path.removesuffix(".id").replace(".", "_"), widget)

    def _connect(self) -> None:
        steps: dict[Any, Callable[[], object]] = {
            self.drafts.keep: self._keep,
            self.drafts.open: self._open,
            self.drafts.undo: self.undo,
            self.drafts.redo: self.redo,
            self.drafts.empty: self._empty,
            self.drafts.compare: lambda: self.drafts.show_changes(self._case),
            self.exports.open: self._open_to_export,
            **{button: partial(self._export, form) for form, button in self.exports.buttons.items()},
        }
        for button, step in steps.items():
            button.on_click(lambda _, step=step: self._safely(step))
        self.exports.limit.observe(lambda _: self._safely(self._follow), "value")

    # -- following the fields -----------------------------------------------------------------------------------------------

    def _fill(self, values: Values) -> None:
        self._facts.fill(values)
        self._follow()

    def _export(self, form: str) -> None:
        if invented := borrowed(self._case):  # a file of the seller's must not hold the letter of the lesson
            self.exports.tell(
                self._say("export.invented", fields=self._facts.names(field_of(path, self._accepted) for path in invented)), offer=True
            )
            return
        early = {day.gap: day.field for day in self._untimely() if day.early}
        self.exports.write(self._annotation, form, left_out=self._left_out(early.get(path, path) for path in untold(self._letter.case)))

    def _keep(self) -> None:
        self.drafts.begin(self._case, unfit(self._typed, self._case))
        self._follow()  # what was said of another file is settled

    def _open(self) -> None:
        kept = self.drafts.kept
        self._turn(kept, resumed(*self.drafts.read()))

    def _open_to_export(self) -> None:
        """Open the draft that is named, and tell how that went beside the button: the bar may stand far from the rest of the form."""
        try:
            self._open()
        except KitError as error:
            self.exports.tell(str(error), offer=True)
            return
        self.exports.tell(self._say("export.opened", file=self.drafts.file.value))
        self.exports.file.focus()  # the button that was pressed is gone, and the keyboard with it

    def _empty(self) -> None:
        kept = self.drafts.kept
        self.drafts.turn_to(None)  # an empty form must not take the place of the draft
        self._turn(kept, {})

    def _turn(self, kept: Path | None, values: Values) -> None:
        """Put other work into the fields; taking that back leads back to the file of before, too."""
        self._history.part(Turn(kept, self.drafts.kept))
        self._fill(values)

    def _follow(self) -> None:
        """Read the fields, keep what fits together, and show the letter that it gives."""
        typed = self._facts.typed()
        changed = next((path for path, value in typed.items() if value != self._typed.get(path)), "")
        if self._typed:
            self._history.note(self._typed, typed)
        self._typed = typed
        try:
            case, self._accepted, told = read(typed), typed, []
        except ValidationError as error:
            case, self._accepted = settle(typed)
            told = [*self._explain(error, typed), ("", self._left_out_in_words())]
        self._case = case
        self._letter = assemble(told_today(case, self._untimely()))
        self._annotation = annotate(self._letter)
        self._facts.offer_phrasings(case)
        self._report([*self._remarks(), *told])
        self.drafts.save(case, lambda: unfit(typed, case))  # behind the view, so that nobody waits for the disk
        if self.drafts.unsaved:
            self._report([*self._remarks(), *told, (changed, self.drafts.unsaved)])  # below the field, where the seller looks

    def _explain(self, error: ValidationError, values: Values) -> Iterator[Told]:
        """Say what is wrong with the facts, by the names that the fields have in the form."""
        for path, reason in reasons_by_field(error, self._lang, "form"):
            yield self._facts.about(path, values, reason)

    def _left_out(self, wanting: Iterable[str] = ()) -> str:
        """Name the fields of which the letter has nothing, since what stands in them cannot be, and those that are wanting."""
        return self._facts.names((*left_out(self._typed, self._accepted), *(field_of(path, self._accepted) for path in wanting)))

    def _left_out_in_words(self) -> str:
        """Say what the letter has nothing of; that a period needs both its days, where one of them may be sound."""
        left, told = left_out(self._typed, self._accepted), self._say("left-out", fields=self._left_out())
        together = any({f"{period}.start", f"{period}.end"}.issubset(left) for period in PERIODS)
        return f"{told} {self._say('left-out-together')}" if together else told

    def _gaps(self) -> Iterator[str]:
        """Name the facts that the letter still needs and that this form asks for, each with its field; what is typed is not asked for."""
        early = {day.gap: day for day in self._untimely() if day.early}
        left = left_out(self._typed, self._accepted)
        for gap in missing(self._letter.case):
            if self._facts.asks(gap.field):
                known = early.get(gap.field, gap)
                held = concerns(field_of(known.field, self._accepted), left)
                yield self._facts.about(known.field, self._accepted, self._say("held-back") if held else known.ask(self._lang))[1]

    def _remarks(self) -> Iterator[Told]:
        """Say what is typed and would be of no use to the reviewer, though nothing is wrong with it."""
        if not self.metric.value and any(value for path, value in self._typed.items() if path.startswith("metric.")):
            yield self._facts.about("metric.id", self._typed, self._say("no-metric"))
        doubts: list[Chinese | Doubt] = [*chinese(self._case), *doubtful(self._case), *self._untimely()]
        for doubt in doubts:
            if self._facts.asks(doubt.field):
                yield self._facts.about(doubt.field, self._accepted, doubt.ask(self._lang))
        admission = [sentence.roles for sentence, source in self._written() if source == "wording.admission"]
        if self._facts.asks(_ADMISSION) and Role.ACKNOWLEDGEMENT not in frozenset().union(*admission):
            yield self._facts.about(_ADMISSION, self._accepted, self._say("admits-nothing"))

    def _untimely(self) -> list[Doubt]:
        """Find the periods and steps whose day does not fit today; they are left alone as long as they are as the form was given."""
        dated = dict(_dated(self._case))
        return [day for day in untimely(self._case, self._today or today()) if dated[day.about] != self._given.get(day.about)]

    def _written(self) -> Iterator[tuple[Sentence, str]]:
        """Pair each sentence of the letter with the path of the fact that it is written from."""
        return zip(self._annotation.sentences, self._letter.sources, strict=True)

    def _mends(self) -> Iterator[str]:
        """Name, for each finding in a sentence, the part of the form that the sentence comes from."""
        starts = {sentence.start: source for sentence, source in self._written()}
        for finding in self._annotation.findings:
            if finding.span and finding.rule.principle in self._facts.principles:
                source = starts[max(start for start in starts if start <= finding.span.start)]
                if source:
                    yield self._say("said", field=self._facts.home(source), reason=finding.message(self._lang))

    # -- showing ------------------------------------------------------------------------------------------------------------

    def _report(self, told: Collection[Told]) -> None:
        """Say each problem below the row of its field, and all of them above the letter, which may not follow for their sake."""
        self._facts.tell(told)
        self._tell(())
        self._problems = tuple(words for _, words in told)
        self._show()

    def _show(self) -> None:
        gaps = list(self._gaps())
        findings = [finding for finding in self._annotation.findings if finding.rule.principle in self._facts.principles]
        given, words = share(self._letter)
        told = {"words": words, "given": given, "findings": len(findings), "missing": len(gaps)}
        self._view.value = render(
            "form_view.html.j2",
            self._lang,
            told=told,
            problems=self._problems,
            annotated=Markup(to_html(self._annotation, self._lang, self._facts.principles)),  # noqa: S704 - made by our own template
            gaps=gaps,
            mends=list(self._mends()),
            text=self._letter.text,
            answers=self.exports.answers(self._annotation),
        )
        self._view.said = self._say("summary", **told)
