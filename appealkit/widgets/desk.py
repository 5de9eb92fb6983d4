"""The practice desk: any exercise of the bank or of a trainer's own, and drawn letters that do not run out."""

from pathlib import Path
from time import monotonic
from typing import Any, get_args
from unicodedata import normalize

from ipywidgets import Button, Dropdown, VBox  # type: ignore[import-untyped]

from appealkit.exercises.attempts import AttemptBook
from appealkit.exercises.bank import Kind, bank
from appealkit.exercises.drawn import DRAWN, LARGEST, drawn
from appealkit.exercises.own import check_exercises, file_text
from appealkit.exercises.verdicts import Verdict
from appealkit.language import Lang, say
from appealkit.widgets.base import Form, line, row
from appealkit.widgets.drills import Drill, FindFaults, drill

_FAULTS = 5  # the most that are put into a drawn letter
_TWICE = 1.0  # seconds within which a second click on "next" is the first one's


class PracticeDesk(Form):
    """Choose an exercise by kind and level, or draw a letter by a number.

    Args:
        lang: language of the forms, `en` or `zh-Hant`.
        book: where attempts are kept, once the trainee has agreed.
        own: a trainer's own file of exercises, which are offered in place of all others; those with a flaw are left out, and the form says
            why.

    >>> PracticeDesk(lang="en").drill.task.kind
    'find'
    """

    def __init__(self, *, lang: Lang, book: AttemptBook | None = None, own: Path | str | None = None) -> None:
        """Begin with the first exercise."""
        super().__init__(lang)
        self._book = book
        self._tasks = {} if own else bank()
        self._drill: Drill[Any] | None = None
        if own:
            self._safely(self._take, own)
        every = (say("practice.every", lang), "")
        kinds = [(say(f"practice.kind.{kind}", lang), kind) for kind in get_args(Kind)]
        self.kind = Dropdown(options=[every, *kinds], value="", description=say("practice.kind-name", lang))
        levels = [(say(f"practice.level.{level}", lang), str(level)) for level in (1, 2, 3)]
        self.level = Dropdown(options=[every, *levels], value="", description=say("practice.level-name", lang))
        self.exercise = Dropdown(options=[("", "")], value="", description=say("practice.exercise-name", lang))
        self.seed = line("1", say("practice.seed", lang))
        numbers = [(str(number), number) for number in range(1, _FAULTS + 1)]
        self.faults = Dropdown(options=numbers, value=3, description=say("practice.how-many", lang))
        self.draw = Button(description=say("practice.draw", lang))
        self.next = Button(description=say("practice.next", lang))
        self._at = 0.0
        self._place = VBox()
        self._offer()
        self._open()
        for field in (self.kind, self.level):
            field.observe(lambda _: self._safely(self._offer), "value")
        self.exercise.observe(lambda _: self._safely(self._open), "value")
        self.draw.on_click(lambda _: self._safely(self._typed))
        self.next.on_click(lambda _: self._safely(self._next))
        drawing = () if own else (row(self.seed, self.faults), row(self.draw, self.next))
        self.children = (row(self.kind, self.level, self.exercise), *drawing, self._status, self._place)

    @property
    def drill(self) -> Drill[Any]:
        """The form of the exercise that is open.

        Raises:
            LookupError: when none is: no exercise of a trainer's file can be used.
        """
        if self._drill is None:
            raise LookupError(self.problems)
        return self._drill

    @property
    def verdict(self) -> Verdict:
        """What the kit says about the answer to the exercise that is open; `drill` says what it raises."""
        verdict: Verdict = self.drill.verdict
        return verdict

    def _take(self, own: Path | str) -> None:
        """Take what can be used of a trainer's file, and say what cannot: one mistake costs one exercise, and never brings others."""
        checked = check_exercises(file_text(own, lang=self._lang), self._lang)
        self._tasks = checked.usable
        if self._book:
            self._book.titles.update((name, task.title) for name, task in checked.tasks.items())
        self._tell([say("practice.left-out", self._lang), *(f"{own}:{flaw}" for flaw in checked.flaws)] if checked.flaws else ())

    def _offer(self) -> None:
        """Offer the exercises of the chosen kind and level; the one that is open stays open if it is among them."""
        chosen = self.exercise.value
        tasks = [task for task in self._tasks.values() if self.kind.value in {"", task.kind} and self.level.value in {"", str(task.level)}]
        self.exercise.options = [(task.title[self._lang], task.id) for task in tasks] or [(say("practice.none", self._lang), "")]
        self.exercise.value = chosen if chosen in {task.id for task in tasks} else self.exercise.options[0][1]

    def _open(self) -> None:
        if self.exercise.value:
            self._show(drill(self._tasks[self.exercise.value], lang=self._lang, book=self._book))

    def _typed(self) -> None:
        """Draw the letter of the number that was typed; of one that is no number, say so and leave what is open."""
        number = normalize("NFKC", self.seed.value).strip()
        if number.isascii() and number.isdecimal() and len(number) <= len(str(LARGEST)):
            self._draw(int(number))
        else:
            self._tell([say("practice.no-number", self._lang, words=self.seed.value.strip(), most=LARGEST)])

    def _next(self) -> None:
        """Draw the letter after the one that is open; a double click draws one."""
        open_ = DRAWN.fullmatch(self.drill.task.id)
        if open_ and int(open_[1]) < LARGEST and monotonic() - self._at > _TWICE:
            self._draw(int(open_[1]) + 1)
            self._at = monotonic()

    def _draw(self, number: int) -> None:
        """Open a drawn letter, and show its number; the marks in one that is open already stay."""
        letter = drawn(number, self.faults.value)
        if letter != self.drill.task:
            self._show(FindFaults(letter, lang=self._lang, book=self._book))
        self.seed.value = str(number)
        self._tell(())

    def _show(self, form: Drill[Any]) -> None:
        self._drill = form
        self.next.disabled = not DRAWN.fullmatch(form.task.id)
        self._place.children = (form,)
