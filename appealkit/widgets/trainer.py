"""The forms of a trainer: the folder of a class, and an exercise of one's own."""

from pathlib import Path

from ipywidgets import HTML, Button, Checkbox  # type: ignore[import-untyped]

from appealkit.class_report import pseudonymous
from appealkit.class_view import show_class
from appealkit.classroom import ClassError, read_class
from appealkit.files import file_named
from appealkit.own_exercises import judge_own, own_sample
from appealkit.text import Lang, say
from appealkit.verdicts import Verdict
from appealkit.view import View, render
from appealkit.widgets.base import Form, line, row, writing
from appealkit.widgets.exercise import Answered


class ClassFolder(Form):
    """The folder with the files of a class, and the report on them. Files are read and never changed.

    Args:
        lang: language of the report, `en` or `zh-Hant`.

    >>> ClassFolder(lang="en").view.text
    'No folder is named yet.'
    """

    def __init__(self, *, lang: Lang) -> None:
        """Name no folder yet."""
        super().__init__(lang)
        self.folder = line(name=say("class.form.folder", lang))
        self.pseudonyms = Checkbox(value=True, description=say("class.form.pseudonyms", lang), indent=False)
        self.show = Button(description=say("class.form.show", lang), button_style="primary")
        self._result = HTML()
        self.show.on_click(lambda _: self._safely(self._show))
        self.children = (row(self.folder), self.pseudonyms, self.show, self._status, self._result)

    @property
    def view(self) -> View:
        """The report on what is in the folder now, or why there is none."""
        folder = file_named(self.folder.value)
        if not folder:
            return self._told(say("class.form.none", self._lang))
        try:
            report = read_class(Path(folder), lang=self._lang)
        except ClassError as error:
            return self._told(str(error))
        return show_class(pseudonymous(report, self._lang) if self.pseudonyms.value else report, self._lang)

    def _told(self, words: str) -> View:
        return View(render("form_status.html.j2", self._lang, problems=[words]), words)

    def _show(self) -> None:
        self._result.value = self.view.html


class OwnExercise(Answered):
    """An exercise to write: the trainer changes its TOML in the field, and a button says on which line something is wrong.

    Args:
        name: key of what is handed out in `data/samples.toml`.
        lang: language of the verdict, `en` or `zh-Hant`.

    Raises:
        KeyError: when there is no such sample.

    >>> OwnExercise("mugs", lang="en").verdict.outcome
    'not-attempted'
    """

    def __init__(self, name: str, *, lang: Lang) -> None:
        """Hand out the exercise."""
        super().__init__(lang, "lesson.check")
        self._start = own_sample(name)
        self.answer = writing(say("own.field", lang), self._start, rows=24).add_class("ak-code")
        self._watch(self.answer)
        self.children = (self.answer, self.check, self._status, self._result)

    @property
    def verdict(self) -> Verdict:
        """What the kit says about what stands in the field now."""
        return judge_own(self.answer.value, self._lang, start=self._start)
