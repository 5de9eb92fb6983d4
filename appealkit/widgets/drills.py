"""The exercises of the bank as forms: what is handed out, a place for the answer, and the verdict with its reasons."""

from collections.abc import Hashable, Iterable
from datetime import datetime
from typing import Any, Generic, TypeVar

from ipywidgets import HTML, Button, Dropdown, ValueWidget, VBox, Widget  # type: ignore[import-untyped]

from appealkit.annotate import annotate
from appealkit.exercises.answers import judge_written, notice_of
from appealkit.exercises.attempts import AttemptBook
from appealkit.exercises.bank import AnyTask, Build, Find, Mend, Revise, Sort, bank
from appealkit.exercises.exported import Attempt, Mark
from appealkit.exercises.marks import NO_FAULT, choices, judge_marks, key, mark, numbered, where
from appealkit.exercises.reviewer import Round, Rounds
from appealkit.exercises.sorting import judge_sorting, place_name, places, sortable, words_about
from appealkit.exercises.verdicts import Verdict
from appealkit.language import Lang, rule_name, say
from appealkit.letter import assemble
from appealkit.sheet import fact_sheet
from appealkit.text import short
from appealkit.view import render
from appealkit.widgets.base import note_line, row, writing
from appealkit.widgets.exercise import Answered, Places

T = TypeVar("T", bound=AnyTask)
W = TypeVar("W", Mend, Build, Revise)
_SHOWN = 60  # characters of a sentence in a list to choose from


class Drill(Answered, Generic[T]):
    """An exercise: what it is about, a hint and a good answer, both folded away, and a check that is kept after agreement.

    Args:
        task: the exercise, such as a trainer's own, or its id in the bank.
        lang: language of the form, `en` or `zh-Hant`; letters are in English.
        book: where attempts are kept, once the trainee has agreed; nowhere when None.

    Raises:
        KeyError: when the bank holds no such exercise of this kind.
    """

    kind: type[T]
    button = "lesson.check"

    def __init__(self, task: T | str, *, lang: Lang, book: AttemptBook | None = None) -> None:
        """Show the exercise, with nothing answered."""
        super().__init__(lang, self.button)
        found = bank()[task] if isinstance(task, str) else task
        if not isinstance(found, self.kind):
            raise KeyError(found.id)
        self.task: T = found
        self._book = book
        if book:
            book.titles[self.task.id] = self.task.title
        self._kept: set[Hashable] = set()
        self._told, self._note = False, HTML()
        head = HTML(render("drill_head.html.j2", lang, task=self.task, kind=say(f"practice.kind.{self.task.kind}", lang)))
        help_ = HTML(render("drill_help.html.j2", lang, hint=self.task.hint[lang], model=self._model()))
        self.children = (head, *self._hand_out(), help_, self.check, self._status, self._note, self._result)

    def keep(self, book: AttemptBook, at: datetime) -> bool:
        """Keep the answer as it stands now, without what was written; an empty or unchanged one is none.

        Args:
            book: where it is kept, if the trainee has agreed.
            at: the moment, with its offset from UTC.

        Returns:
            Whether it was kept.

        Raises:
            AttemptsError: when the file of the book cannot be used.
        """
        outcome = self.verdict.outcome
        if outcome == "not-attempted" or not book.agreed:
            return False
        marks, found = self._marks()
        facts = {"exercise": self.task.id, "at": at, "outcome": outcome, "rules": self.task.rules, "principle": self.task.principle}
        return book.keep(Attempt.model_validate({**facts, "marks": marks, "key": found}))

    @property
    def _given(self) -> Hashable:
        """The answer as it stands now."""
        raise NotImplementedError

    def _hand_out(self) -> Iterable[Widget]:
        """Return what the trainee works with."""
        raise NotImplementedError

    def _model(self) -> str:
        """Return one good answer."""
        raise NotImplementedError

    def _marks(self) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
        """Return the marks of the trainee and those of the key; none but where faults are found."""
        return (), ()

    def _judge(self) -> None:
        self._tell(())  # or why a mark was not added would stand above the verdict on those that were
        super()._judge()
        self._note.value = ""
        if not self._book or self._given in self._kept:  # a second click, or the same answer again, is no other attempt
            return
        if self.keep(self._book, datetime.now().astimezone().replace(microsecond=0)):
            self._kept.add(self._given)
        elif not self._told and not self._book.agreed and self.verdict.outcome != "not-attempted":
            self._told = True  # once: who does not want it should not have to read it at every check
            self._note.value = note_line(say("attempts.not-kept", self._lang, agree=say("attempts.form.agree", self._lang)), self._lang)


class FindFaults(Drill[Find]):
    """A letter in which faults are to be found: choose a sentence and what is wrong with it, as often as there are faults.

    >>> form = FindFaults("kettles-silent", lang="en")
    >>> form.mark(0, "no-request")
    >>> form.verdict.outcome, form.marks
    ('not-yet', ((0, 'no-request'),))
    """

    kind = Find
    button = "practice.check-marks"

    def _hand_out(self) -> Iterable[Widget]:
        lang, sentences = self._lang, [sentence.text for sentence in annotate(self.task.letter).sentences]
        self._chosen: dict[Mark, Button] = {}
        self._list = VBox()
        whole = (where(0, lang), 0)
        shown = [(short(f"{number}  {text}", _SHOWN), number) for number, text in enumerate(sentences, 1)]
        self.sentence = Dropdown(options=[whole, *shown], value=0, description=say("practice.which-sentence", lang))
        names = [(rule_name(rule, lang), rule) for rule in choices()]
        self.fault = Dropdown(options=[(say("lesson.voice-none", lang), ""), *names], value="")
        self.fault.description = say("practice.which-fault", lang)
        self.add = Button(description=say("practice.mark-it", lang))
        self.add.on_click(lambda _: self._safely(self.mark, self.sentence.value, self.fault.value))
        letter = HTML(render("numbered_letter.html.j2", lang, letter=numbered(self.task.letter)))
        return letter, row(self.sentence, self.fault), self.add, self._list

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What is marked, in the order in which it was."""
        return tuple(self._chosen)

    def mark(self, sentence: int, rule: str) -> None:
        """Mark a fault; the form says why nothing is marked: none is chosen, it is marked already, or “no fault” stands beside.

        Args:
            sentence: number of the sentence, from 1; 0 for the letter as a whole.
            rule: id of the rule that it breaks, or `no-fault`.
        """
        marked = mark(sentence, rule)
        if not rule:
            self._tell([say("practice.choose-fault", self._lang)])
        elif marked in self._chosen:
            self._tell([say("practice.marked-already", self._lang, **self._named(marked))])
        elif self._chosen and (rule == NO_FAULT or (0, NO_FAULT) in self._chosen):
            self._tell([say("practice.either", self._lang)])
        else:
            self._chosen[marked] = self._taken_back(marked)
            self._show_marks()

    def unmark(self, sentence: int, rule: str) -> None:
        """Take a mark back; nothing happens when it has been taken back, as by the first of two clicks.

        Args:
            sentence: number of the sentence.
            rule: id of the rule.
        """
        if button := self._chosen.pop((sentence, rule), None):
            self._show_marks()
            button.close()
            self.add.focus()

    @property
    def _given(self) -> Hashable:
        return frozenset(self.marks)

    @property
    def _verdict(self) -> Verdict:
        """What the kit says about the marks as they are now."""
        return judge_marks(self.task, self.marks, self._lang)[0]

    def _model(self) -> str:
        return "\n".join(f"{where(number, self._lang)}: {rule_name(rule, self._lang)}" for number, rule in key(self.task))

    def _marks(self) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
        judged = judge_marks(self.task, self.marks, self._lang)[1]
        return tuple(one.mark for one in judged if one.kind != "missed"), key(self.task)

    def _show_marks(self) -> None:
        self._list.children = tuple(self._chosen.values())
        self._tell(())
        self._outdate()

    def _taken_back(self, mark: Mark) -> Button:
        button = Button(description=say("practice.unmark", self._lang, **self._named(mark)))
        button.on_click(lambda _: self._safely(self.unmark, *mark))
        return button

    def _named(self, mark: Mark) -> dict[str, str]:
        return {"place": where(mark[0], self._lang), "rule": rule_name(mark[1], self._lang)}


class SortSentences(Drill[Sort]):
    """Sentences to sort into roles or principles, or closings from humble to proud.

    >>> SortSentences("sort-vases", lang="en").verdict.outcome
    'not-attempted'
    """

    kind = Sort
    button = "lesson.check-sorting"

    def _hand_out(self) -> Iterable[Widget]:
        texts = [thing.text for thing in sortable(self.task)]
        names = [(place_name(self.task.into, place, self._lang), place) for place in places(self.task)]
        self._places = Places(texts, names, f"{words_about(self.task.into)}.sorted", self._lang)
        self.choices = self._places.choices
        self._watch(*self.choices)
        return (self._places,)

    @property
    def _given(self) -> Hashable:
        return tuple(self._places.chosen)

    @property
    def _verdict(self) -> Verdict:
        """What the kit says about how things are sorted now."""
        return judge_sorting(self.task, self._places.chosen, self._lang)

    def _model(self) -> str:
        names = (place_name(self.task.into, place, self._lang) for place in self.task.expected)
        return "\n".join(f"{number}  {name}" for number, name in enumerate(names, 1))


class Written(Drill[W]):
    """An exercise whose answer is written."""

    rows = 16

    def _hand_out(self) -> Iterable[Widget]:
        start = "" if isinstance(self.task, Build) else f"{self.task.start.strip()}\n"
        self.answer: ValueWidget = writing(say("lesson.answer", self._lang), start, self.rows)
        self._watch(self.answer)
        if isinstance(self.task, Mend):
            return (self.answer,)
        sheet = fact_sheet(self.task.case, self._lang)
        return HTML(render("drill_given.html.j2", self._lang, notice=self.task.notice, sheet=sheet)), self.answer

    @property
    def _given(self) -> Hashable:
        return str(self.answer.value).strip()

    @property
    def _verdict(self) -> Verdict:
        """What the kit says about what stands in the field now."""
        return judge_written(self.task, self.answer.value, self._lang)

    def _model(self) -> str:
        return assemble(self.task.case).text if isinstance(self.task, Build) else self.task.model


class MendPassage(Written[Mend]):
    """A passage to mend.

    >>> MendPassage("pillows-opening", lang="en").verdict.outcome
    'not-attempted'
    """

    kind = Mend
    rows = 9


class BuildLetter(Written[Build]):
    """A letter to write from a fact sheet and a notice.

    >>> BuildLetter("build-baskets", lang="en").verdict.outcome
    'not-attempted'
    """

    kind = Build


class ThenWhat(Written[Revise]):
    """A draft that a practice reviewer answers: revise it and send it again; the rounds are kept with what has changed.

    >>> [round.number for round in ThenWhat("then-frames", lang="en").rounds]
    [1]
    """

    kind = Revise
    button = "practice.send"

    def _hand_out(self) -> Iterable[Widget]:
        self._rounds = Rounds(notice_of(self.task.notice), self._lang)
        self._rounds.send(self.task.start)
        self._shown = HTML()
        self._result.children = (self._changed, self._shown, self._judged)
        self._show_rounds()
        return super()._hand_out()

    @property
    def rounds(self) -> tuple[Round, ...]:
        """The drafts that were sent, each with its answer."""
        return self._rounds.all

    def _judge(self) -> None:
        if self.answer.value.strip():
            self._rounds.send(self.answer.value)
        self._show_rounds()
        super()._judge()

    def _show_rounds(self) -> None:
        self._shown.value = render("rounds.html.j2", self._lang, rounds=self.rounds[::-1])


def drill(task: AnyTask | str, *, lang: Lang, book: AttemptBook | None = None) -> Drill[Any]:
    """Make the form of any exercise.

    Args:
        task: the exercise, or its id in the bank.
        lang: language of the form, `en` or `zh-Hant`.
        book: where attempts are kept, once the trainee has agreed.

    Returns:
        The form.

    Raises:
        KeyError: when there is no such exercise.

    >>> type(drill("sort-vases", lang="en")).__name__
    'SortSentences'
    """
    found = bank()[task] if isinstance(task, str) else task
    forms: tuple[type[Drill[Any]], ...] = (FindFaults, MendPassage, BuildLetter, SortSentences, ThenWhat)
    return next(form for form in forms if isinstance(found, form.kind))(found, lang=lang, book=book)
