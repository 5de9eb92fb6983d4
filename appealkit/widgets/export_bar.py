"""The part of a form with which a letter is taken away: into files, and into the fields of an online form."""

from pathlib import Path

from ipywidgets import HTML, Button, VBox  # type: ignore[import-untyped]

from appealkit.annotate import Annotation
from appealkit.export import Answer, ExportError, export, three_answers
from appealkit.render import render
from appealkit.text import Lang, say
from appealkit.widgets.base import line, row

DEFAULT = "my-appeal"
ENDINGS = (".docx", ".html", ".txt")


class ExportBar(VBox):  # type: ignore[misc]
    """A file name, a button for each form of the letter, and the limit of an online form's field.

    Args:
        lang: `en` or `zh-Hant`.
    """

    def __init__(self, *, lang: Lang) -> None:
        """Name the fields and buttons."""
        super().__init__()
        self._lang = lang
        self.file, self.limit = line(DEFAULT), line()
        self.file.description, self.limit.description = say("form.export.file", lang), say("form.export.limit", lang)
        self.buttons = {ending: Button(description=say(f"form.export.{ending[1:]}", lang)) for ending in ENDINGS}
        self._note = HTML()
        self.children = (row(self.limit), row(self.file, *self.buttons.values()), self._note)

    def write(self, letter: Annotation, ending: str) -> Path:
        """Write the letter to the file that is named.

        Args:
            letter: the letter.
            ending: one of `ENDINGS`; it tells the form.

        Returns:
            The path of the file.

        Raises:
            ExportError: when no file is named, one of that name is there, or it cannot be written.
        """
        name = self.file.value.strip()
        if not name:
            raise ExportError(say("export.no-name", self._lang))
        file = export(letter, Path(name if name.lower().endswith(ending) else name + ending), lang=self._lang)
        self._note.value = render("form_note.html.j2", self._lang, note=say("export.done", self._lang, file=file))
        return file

    def answers(self, letter: Annotation) -> tuple[Answer, ...]:
        """Split the letter into the answers of an online form.

        Args:
            letter: the letter.

        Returns:
            One answer a question, with the limit that the seller set.

        Raises:
            ExportError: when the limit is no whole number from 1.
        """
        typed = self.limit.value.strip()
        if typed and not (typed.isascii() and typed.isdigit() and int(typed[:9])):
            raise ExportError(say("export.limit", self._lang, given=typed))
        return three_answers(letter, limit=int(typed[:9]) if typed else None)
