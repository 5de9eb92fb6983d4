"""The forms of a trainer: the folder of a class, and an exercise of one's own."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from ipywidgets import HTML, Button, Checkbox  # type: ignore[import-untyped]

from appealkit.classes.classroom import ClassError, read_class
from appealkit.classes.report import ClassReport, pseudonymous
from appealkit.classes.view import class_to_csv, class_to_page, show_class
from appealkit.exercises.own import judge_own, own_sample, own_titles
from appealkit.exercises.verdicts import Verdict
from appealkit.files import KitError, file_named, free_name, refused_as, write_whole
from appealkit.language import Lang, say
from appealkit.view import View, render
from appealkit.widgets.base import Form, line, note_line, row, writing
from appealkit.widgets.draft_bar import home
from appealkit.widgets.exercise import Answered

_PAGES: Mapping[str, Callable[[ClassReport, Lang], str]] = {"html": class_to_page, "csv": class_to_csv}
"""The files that a report is written to, by the ending of their names."""


class ClassFolder(Form):
    """The folder with the files of a class, and the report on them. Files are read and never changed.

    Args:
        lang: language of the report, `en` or `zh-Hant`.
        own: a trainer's own file of exercises, which tells their titles.

    >>> ClassFolder(lang="en").view.text
    'No folder is named yet.'
    """

    def __init__(self, *, lang: Lang, own: Path | str | None = None) -> None:
        """Name no folder yet."""
        super().__init__(lang)
        self._own = own
        self.folder = line(name=say("class.form.folder", lang))
        self.pseudonyms = Checkbox(value=True, description=say("class.form.pseudonyms", lang), indent=False)
        self.show = Button(description=say("class.form.show", lang), button_style="primary")
        self.pages = {ending: Button(description=say(f"class.form.{ending}", lang)) for ending in _PAGES}
        self._written, self._result = HTML(), HTML()
        self.show.on_click(lambda _: self._safely(self._show))
        for ending, button in self.pages.items():
            button.on_click(lambda _, ending=ending: self._safely(self._write, ending))
        self.children = (row(self.folder), self.pseudonyms, row(self.show, *self.pages.values()), self._status, self._written, self._result)

    @property
    def view(self) -> View:
        """The report on what is in the folder now, or why there is none."""
        try:
            return show_class(self._report(), self._lang)
        except KitError as error:
            return View(render("form_status.html.j2", self._lang, problems=[str(error)]), str(error))

    def _report(self) -> ClassReport:
        """Read the folder that is named, and call its trainees as the form says."""
        folder = file_named(self.folder.value)
        if not folder:
            raise ClassError(say("class.form.none", self._lang))
        titles = own_titles(self._own, lang=self._lang) if self._own else {}
        report = replace(read_class(Path(folder), lang=self._lang), titles=titles)
        return pseudonymous(report, self._lang) if self.pseudonyms.value else report

    def _show(self) -> ClassReport:
        """Show the report, and nothing of what was told before."""
        self._written.value = self._result.value = ""
        report = self._report()
        self._result.value = show_class(report, self._lang).html
        self._tell(())
        return report

    def _write(self, ending: str) -> None:
        """Write the report that is shown to a file beside those of the kit, never over one that is there, and say where it stands."""
        content = _PAGES[ending](self._show(), self._lang).encode()
        file = free_name(home() / f"class-report.{ending}")
        with refused_as(ClassError, "export.unwritable", self._lang, file=file):
            write_whole(file, content, replace=False)
        self._written.value = note_line(say("class.form.written", self._lang, file=file), self._lang)


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
    def _verdict(self) -> Verdict:
        """What the kit says about what stands in the field now."""
        return judge_own(self.answer.value, self._lang, start=self._start)
