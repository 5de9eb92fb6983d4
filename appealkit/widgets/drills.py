"""The exercises of the bank as forms: what is handed out, a place for the answer, and the verdict with its reasons."""

from datetime import datetime
from typing import TypeVar

from ipywidgets import HTML, Button, Dropdown, Textarea, VBox  # type: ignore[import-untyped]

from appealkit.annotate import annotate
from appealkit.answers import judge_building, judge_mending, judge_revision, notice_of
from appealkit.attempts import Attempt, AttemptBook, Mark
from appealkit.bank import AnyTask, Build, Find, Mend, Revise, Sort, bank
from appealkit.exercises import Verdict, place_name
from appealkit.letter import assemble
from appealkit.marks import judge_marks, key, rule_name
from appealkit.render import render
from appealkit.reviewer import Round, Rounds
from appealkit.rules import rules
from appealkit.sheet import fact_sheet
from appealkit.sorting import judge_sorting, places, sortable
from appealkit.text import Lang, say, short
from appealkit.widgets.base import row, writing
from appealkit.widgets.exercise import Task

T = TypeVar("T", Find, Mend, Build, Sort, Revise)
_SHOWN = 60  # characters of a sentence in a list to choose from
_ROWS = 16


class Drill(Task):
    """An exercise of the bank: what it is about, a hint and a model answer, both folded away, and a check that is kept after agreement.

    Args:
        task: the exercise.
        lang: language of the form, `en` or `zh-Hant`; letters are in English.
        book: where attempts are kept, once the trainee has agreed; nowhere when None.
        button: key of the button's name in the strings.
    """

    def __init__(self, task: AnyTask, *, lang: Lang, book: AttemptBook | None = None, button: str = "lesson.check") -> None:
        """Show what the exercise is about."""
        super().__init__(lang, button)
        self.task, self._book = task, book
        self._head = HTML(render("drill_head.html.j2", lang, task=task, kind=say(f"practice.kind.{task.kind}", lang)))
        self._help = HTML(render("drill_help.html.j2", lang, hint=task.hint[lang], model=self._model()))

    def _model(self) -> str:
        """Return one good answer."""
        raise NotImplementedError

    def _marks(self) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
        """Return the marks of the trainee and those of the annotator; none but where faults are found."""
        return (), ()

    def _judge(self) -> None:
        super()._judge()
        if self._book is None:
            return
        marks, found = self._marks()
        now = datetime.now().astimezone().replace(microsecond=0)
        self._book.keep(
            Attempt.model_validate(
                {
                    "exercise": self.task.id, "at": now, "outcome": self.verdict.outcome, "rules": self.task.rules,
                    "marks": marks, "key": found, "principle": self.task.principle,
                }
            )
        )  # fmt: skip


class FindFaults(Drill):
    """A letter in which faults are to be found: choose a sentence and what is wrong with it, as often as there are faults.

    Args:
        task: the exercise, or its id in the bank.
        lang: language of the form, `en` or `zh-Hant`.
        book: where attempts are kept, once the trainee has agreed.

    Raises:
        KeyError: when there is no such exercise.

    >>> form = FindFaults("kettles-silent", lang="en")
    >>> form.mark(0, "no-request")
    >>> form.verdict.outcome, form.marks
    ('not-yet', ((0, 'no-request'),))
    """

    def __init__(self, task: Find | str, *, lang: Lang, book: AttemptBook | None = None) -> None:
        """Hand out the letter, with nothing marked."""
        self._find = task if isinstance(task, Find) else _of(Find, task)
        super().__init__(self._find, lang=lang, book=book, button="practice.check-marks")
        sentences = [sentence.text for sentence in annotate(self._find.letter).sentences]
        self._chosen: list[Mark] = []
        self._list = VBox()
        whole = (say("practice.place.whole", lang), 0)
        shown = [(short(f"{number}  {text}", _SHOWN), number) for number, text in enumerate(sentences, 1)]
        self.sentence = Dropdown(options=[whole, *shown], value=0, description=say("practice.which-sentence", lang))
        names = [(rule_name(rule, lang), rule) for rule in rules() if rule not in {"own-words", "unanswered-issue", "figure-disagrees"}]
        self.fault = Dropdown(
            options=[(say("lesson.voice-none", lang), ""), *names], value="", description=say("practice.which-fault", lang)
        )
        self.add = Button(description=say("practice.mark-it", lang))
        self.add.on_click(lambda _: self._safely(self.mark, self.sentence.value, self.fault.value))
        letter = HTML(render("numbered_letter.html.j2", lang, sentences=sentences))
        self.children = (
            self._head, letter, row(self.sentence, self.fault), self.add, self._list, self._help, self.check, self._status, self._result,
        )  # fmt: skip

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What is marked, in the order in which it was."""
        return tuple(self._chosen)

    def mark(self, sentence: int, rule: str) -> None:
        """Mark a fault; nothing happens while none is chosen, or when it is marked already.

        Args:
            sentence: number of the sentence, from 1; 0 for the letter as a whole.
            rule: id of the rule that it breaks.
        """
        if rule and (sentence, rule) not in self._chosen:
            self._chosen.append((sentence, rule))
            self._show_marks()

    def unmark(self, sentence: int, rule: str) -> None:
        """Take a mark back.

        Args:
            sentence: number of the sentence.
            rule: id of the rule.
        """
        self._chosen.remove((sentence, rule))
        self._show_marks()
        self.add.focus()

    @property
    def verdict(self) -> Verdict:
        """What the kit says about the marks as they are now."""
        return judge_marks(self._find, self.marks, self._lang)[0]

    def _model(self) -> str:
        return "\n".join(f"{_place(number, self._lang)}: {rule_name(rule, self._lang)}" for number, rule in key(self._find.letter))

    def _marks(self) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
        judged = judge_marks(self._find, self.marks, self._lang)[1]
        return tuple(one.mark for one in judged if one.kind != "missed"), key(self._find.letter)

    def _show_marks(self) -> None:
        self._list.children = tuple(map(self._taken_back, self._chosen))

    def _taken_back(self, mark: Mark) -> Button:
        words = {"place": _place(mark[0], self._lang), "rule": rule_name(mark[1], self._lang)}
        button = Button(description=say("practice.unmark", self._lang, **words))
        button.on_click(lambda _: self._safely(self.unmark, *mark))
        return button


class MendPassage(Drill):
    """A passage to mend.

    Args:
        name: id of the exercise in the bank.
        lang: language of the form, `en` or `zh-Hant`.
        book: where attempts are kept, once the trainee has agreed.

    Raises:
        KeyError: when there is no such exercise.

    >>> MendPassage("pillows-opening", lang="en").verdict.outcome
    'not-attempted'
    """

    def __init__(self, name: str, *, lang: Lang, book: AttemptBook | None = None) -> None:
        """Hand out the passage."""
        self._mend = _of(Mend, name)
        super().__init__(self._mend, lang=lang, book=book)
        self.answer = _answer(self._mend.start, lang, 9)
        self.children = (self._head, self.answer, self._help, self.check, self._status, self._result)

    @property
    def verdict(self) -> Verdict:
        """What the kit says about what stands in the field now."""
        return judge_mending(self._mend, self.answer.value, self._lang)

    def _model(self) -> str:
        return self._mend.model


class BuildLetter(Drill):
    """A letter to write from a fact sheet and a notice.

    Args:
        name: id of the exercise in the bank.
        lang: language of the form, `en` or `zh-Hant`.
        book: where attempts are kept, once the trainee has agreed.

    Raises:
        KeyError: when there is no such exercise.

    >>> BuildLetter("build-baskets", lang="en").verdict.outcome
    'not-attempted'
    """

    def __init__(self, name: str, *, lang: Lang, book: AttemptBook | None = None) -> None:
        """Hand out notice and facts, and an empty field."""
        self._build = _of(Build, name)
        super().__init__(self._build, lang=lang, book=book)
        self.answer = _answer("", lang, _ROWS)
        given = HTML(render("drill_given.html.j2", lang, notice=self._build.notice, sheet=fact_sheet(self._build.case, lang)))
        self.children = (self._head, given, self.answer, self._help, self.check, self._status, self._result)

    @property
    def verdict(self) -> Verdict:
        """What the kit says about what stands in the field now."""
        return judge_building(self._build, self.answer.value, self._lang)

    def _model(self) -> str:
        return assemble(self._build.case).text


class SortSentences(Drill):
    """Sentences to sort into roles or principles, or closings from humble to proud.

    Args:
        name: id of the exercise in the bank.
        lang: language of the form, `en` or `zh-Hant`.
        book: where attempts are kept, once the trainee has agreed.

    Raises:
        KeyError: when there is no such exercise.

    >>> SortSentences("sort-vases", lang="en").verdict.outcome
    'not-attempted'
    """

    def __init__(self, name: str, *, lang: Lang, book: AttemptBook | None = None) -> None:
        """Hand out what is to be sorted, with nothing sorted."""
        self._sort = _of(Sort, name)
        super().__init__(self._sort, lang=lang, book=book, button="lesson.check-sorting")
        things = sortable(self._sort)
        names = [(place_name(self._sort.into, place, lang), place) for place in places(self._sort)]
        self.choices = tuple(
            Dropdown(
                options=[(say("lesson.voice-none", lang), ""), *names],
                value="",
                description=say("practice.sorted", lang, number=number),
            )
            for number in range(1, len(things) + 1)
        )
        pairs = zip(things, self.choices, strict=True)
        shown = (
            widget for thing, choice in pairs for widget in (HTML(render("sorting_letter.html.j2", lang, letter=thing.text)), row(choice))
        )
        self.children = (self._head, *shown, self._help, self.check, self._status, self._result)

    @property
    def verdict(self) -> Verdict:
        """What the kit says about how things are sorted now."""
        return judge_sorting(self._sort, [choice.value or None for choice in self.choices], self._lang)

    def _model(self) -> str:
        names = (place_name(self._sort.into, place, self._lang) for place in self._sort.expected)
        return "\n".join(f"{number}  {name}" for number, name in enumerate(names, 1))


class ThenWhat(Drill):
    """A draft that a practice reviewer answers: revise it and send it again; the rounds are kept with what has changed.

    Args:
        name: id of the exercise in the bank.
        lang: language of the form, `en` or `zh-Hant`.
        book: where attempts are kept, once the trainee has agreed.

    Raises:
        KeyError: when there is no such exercise.

    >>> ThenWhat("then-frames", lang="en").verdict.outcome
    'not-attempted'
    """

    def __init__(self, name: str, *, lang: Lang, book: AttemptBook | None = None) -> None:
        """Hand out notice, facts and draft; the first round is the draft itself."""
        self._revise = _of(Revise, name)
        super().__init__(self._revise, lang=lang, book=book, button="practice.send")
        self._rounds = Rounds(notice_of(self._revise.notice), lang)
        self._rounds.send(self._revise.start)
        self.answer = _answer(self._revise.start, lang, _ROWS)
        self._shown = HTML()
        self._show_rounds()
        given = HTML(render("drill_given.html.j2", lang, notice=self._revise.notice, sheet=fact_sheet(self._revise.case, lang)))
        self.children = (self._head, given, self.answer, self._help, self.check, self._status, self._shown, self._result)

    @property
    def rounds(self) -> tuple[Round, ...]:
        """The drafts that were sent, each with its answer."""
        return self._rounds.all

    @property
    def verdict(self) -> Verdict:
        """What the kit says about what stands in the field now."""
        return judge_revision(self._revise, self.answer.value, self._lang)

    def _judge(self) -> None:
        if self.answer.value.strip():
            self._rounds.send(self.answer.value)
        self._show_rounds()
        super()._judge()

    def _show_rounds(self) -> None:
        self._shown.value = render("rounds.html.j2", self._lang, rounds=self.rounds[::-1])

    def _model(self) -> str:
        return self._revise.model


def drill(name: str, *, lang: Lang, book: AttemptBook | None = None) -> Drill:
    """Make the form of any exercise of the bank.

    Args:
        name: its id.
        lang: language of the form, `en` or `zh-Hant`.
        book: where attempts are kept, once the trainee has agreed.

    Returns:
        The form.

    Raises:
        KeyError: when there is no such exercise.

    >>> type(drill("sort-vases", lang="en")).__name__
    'SortSentences'
    """
    forms: dict[str, type[FindFaults | MendPassage | BuildLetter | SortSentences | ThenWhat]] = {
        "find": FindFaults,
        "mend": MendPassage,
        "build": BuildLetter,
        "sort": SortSentences,
        "revise": ThenWhat,
    }
    return forms[bank()[name].kind](name, lang=lang, book=book)


def _of(kind: type[T], name: str) -> T:
    task = bank()[name]
    if not isinstance(task, kind):
        raise KeyError(name)
    return task


def _answer(start: str, lang: Lang, rows: int) -> Textarea:
    return writing(say("lesson.answer", lang), start.strip() + "\n" if start else "", rows)


def _place(number: int, lang: Lang) -> str:
    return say("practice.place.sentence", lang, number=number) if number else say("practice.place.whole", lang)
