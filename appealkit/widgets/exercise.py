"""The forms with something to do, and a button that says how far the learner has come."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import get_args

from ipywidgets import HTML, Button, Dropdown, ValueWidget, VBox  # type: ignore[import-untyped]
from markupsafe import Markup

from appealkit.exercises import lesson
from appealkit.exercises.sorting import closings, judge_closings, place_name
from appealkit.exercises.verdicts import Verdict
from appealkit.language import Lang, say
from appealkit.render import ALL_PRINCIPLES, to_html
from appealkit.tone import Voice
from appealkit.view import render
from appealkit.widgets.base import Form, note_line, row, writing


class Answered(Form):
    """A form with something to do, and a button that says how far the learner has come."""

    def __init__(self, lang: Lang, button: str, principles: Collection[str] = ALL_PRINCIPLES) -> None:
        """Make the button, named by a key of the strings, and the place for the verdict."""
        super().__init__(lang)
        self._principles = principles
        self.check = Button(description=say(button, lang), button_style="primary")
        self._changed, self._judged = HTML(), HTML()
        self._result = VBox((self._changed, self._judged))
        self.check.on_click(lambda _: self._safely(self._judge))

    @property
    def verdict(self) -> Verdict:
        """What the kit says about what the learner has done so far; of nothing done, that the cell which shows it does not follow."""
        verdict = self._verdict
        if verdict.outcome != "not-attempted":
            return verdict
        return replace(verdict, reasons=(*verdict.reasons, say("lesson.run-again", self._lang)))

    @property
    def _verdict(self) -> Verdict:
        """The same, for the form itself."""
        raise NotImplementedError

    def _judge(self) -> None:
        self._judged.value = self._changed.value = ""  # or an error of the form would stand beside the verdict before
        verdict, annotated = self._verdict, Markup()
        if verdict.annotation:
            annotated = Markup(to_html(verdict.annotation, self._lang, self._principles))  # noqa: S704 - made by our own template
        self._judged.value = render("verdict.html.j2", self._lang, verdict=verdict, annotated=annotated)

    def _outdate(self, *_: object) -> None:
        """Say that the verdict which is shown is about an answer that has changed since: its reasons are still of use."""
        if self._judged.value and not self._changed.value:
            self._changed.value = note_line(say("lesson.changed", self._lang), self._lang)

    def _watch(self, *fields: ValueWidget) -> None:
        """Outdate the verdict whenever one of the fields changes."""
        for field in fields:
            field.observe(self._outdate, "value")


class Places(VBox):  # type: ignore[misc]
    """Texts to sort: each as it stands, and under it a field to choose its place.

    Args:
        texts: what is sorted.
        places: name and id of each place.
        label: key of the name of a field in the strings; it has the text's number.
        lang: language of the form, `en` or `zh-Hant`; the texts are in English.
    """

    def __init__(self, texts: Sequence[str], places: Iterable[tuple[str, str]], label: str, lang: Lang) -> None:
        """Show all texts, none of them sorted."""
        options = [(say("lesson.voice-none", lang), ""), *places]
        self.choices = tuple(
            Dropdown(options=options, value="", description=say(label, lang, number=number)) for number in range(1, len(texts) + 1)
        )
        shown = (HTML(render("sorting_letter.html.j2", lang, letter=text)) for text in texts)
        super().__init__(tuple(widget for text, choice in zip(shown, self.choices, strict=True) for widget in (text, row(choice))))

    @property
    def chosen(self) -> list[str | None]:
        """The place of each text; None where none is chosen."""
        return [choice.value or None for choice in self.choices]


class Exercise(Answered):
    """A letter to mend: the learner changes it in the field, and a button says how far they have come.

    Args:
        name: key of the exercise in `data/samples.toml`.
        lang: language of the verdict, `en` or `zh-Hant`; the letter is in English.

    Raises:
        KeyError: when there is no such exercise.

    >>> Exercise("parcels", lang="en").verdict.outcome
    'not-attempted'
    """

    def __init__(self, name: str, *, lang: Lang) -> None:
        """Hand out the letter."""
        super().__init__(lang, "lesson.check", lesson.principles(name))
        self._name = name
        self.answer = writing(say("lesson.answer", lang), lesson.beginning(name))
        self._watch(self.answer)
        self.children = (self.answer, self.check, self._status, self._result)

    @property
    def _verdict(self) -> Verdict:
        """What the kit says about what stands in the field now."""
        return lesson.judge(self._name, self.answer.value, self._lang)


class Sorting(Answered):
    """Letters to sort by how they speak to the reader: the learner chooses a voice for each, and a button says how far they have come.

    Args:
        name: key of the sorting in `data/samples.toml`.
        lang: language of the verdict, `en` or `zh-Hant`; the letters are in English.

    Raises:
        KeyError: when there is no such sorting.

    >>> Sorting("closings", lang="en").verdict.outcome
    'not-attempted'
    """

    def __init__(self, name: str, *, lang: Lang) -> None:
        """Hand out the letters, none of them sorted."""
        super().__init__(lang, "lesson.check-sorting")
        self._name = name
        voices = [(place_name("voice", voice, lang), voice) for voice in get_args(Voice)]
        self._places = Places([closing.text for closing in closings(name)], voices, "lesson.sorted", lang)
        self.choices = self._places.choices
        self._watch(*self.choices)
        self.children = (self._places, self.check, self._status, self._result)

    @property
    def _verdict(self) -> Verdict:
        """What the kit says about how the letters are sorted now."""
        return judge_closings(self._name, self._places.chosen, self._lang)
