"""The forms with something to do, and a button that says how far the learner has come."""

from collections.abc import Collection
from typing import get_args

from ipywidgets import HTML, Button, Dropdown  # type: ignore[import-untyped]
from markupsafe import Markup

from appealkit import exercises
from appealkit.render import ALL_PRINCIPLES, render, to_html
from appealkit.text import Lang, say
from appealkit.tone import Voice
from appealkit.widgets.base import Form, row, writing


class Task(Form):
    """A form with something to do, and a button that says how far the learner has come."""

    def __init__(self, lang: Lang, button: str, principles: Collection[str] = ALL_PRINCIPLES) -> None:
        """Make the button, named by a key of the strings, and the place for the verdict."""
        super().__init__(lang)
        self._principles = principles
        self.check = Button(description=say(button, lang), button_style="primary")
        self._result = HTML()
        self.check.on_click(lambda _: self._safely(self._judge))

    @property
    def verdict(self) -> exercises.Verdict:
        """What the kit says about what the learner has done so far."""
        raise NotImplementedError

    def _judge(self) -> None:
        verdict, annotated = self.verdict, Markup()
        if verdict.annotation:
            annotated = Markup(to_html(verdict.annotation, self._lang, self._principles))  # noqa: S704 - made by our own template
        self._result.value = render("verdict.html.j2", self._lang, verdict=verdict, annotated=annotated)


class Exercise(Task):
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
        super().__init__(lang, "lesson.check", exercises.principles(name))
        self._name = name
        self.answer = writing(say("lesson.answer", lang), exercises.beginning(name))
        self.children = (self.answer, self.check, self._status, self._result)

    @property
    def verdict(self) -> exercises.Verdict:
        """What the kit says about what stands in the field now."""
        return exercises.judge(self._name, self.answer.value, self._lang)


class Sorting(Task):
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
        voices = [(say(f"lesson.voice.{voice}", lang), voice) for voice in get_args(Voice)]
        letters = exercises.sorting(name)
        self.choices = tuple(
            Dropdown(
                options=[(say("lesson.voice-none", lang), ""), *voices], value="", description=say("lesson.sorted", lang, number=number)
            )
            for number in range(1, len(letters) + 1)
        )
        pairs = (
            (HTML(render("sorting_letter.html.j2", lang, letter=letter)), row(choice))
            for letter, choice in zip(letters, self.choices, strict=True)
        )
        self.children = (*(widget for pair in pairs for widget in pair), self.check, self._status, self._result)

    @property
    def verdict(self) -> exercises.Verdict:
        """What the kit says about how the letters are sorted now."""
        return exercises.judge_sorting(self._name, [choice.value or None for choice in self.choices], self._lang)
