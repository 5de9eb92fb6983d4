"""The part of a form with which a letter is taken away: into files, and into the fields of an online form."""

from itertools import count
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
        self._note, self._refused = HTML(), HTML()
        self.children = (row(self.limit), self._refused, row(self.file, *self.buttons.values()), self._note)

    def write(self, letter: Annotation, ending: str) -> None:
        """Write the letter to the file that is named, and say where it stands or why it does not.

        Args:
            letter: the letter.
            ending: one of `ENDINGS`; it tells the form.
        """
        name = self.file.value.strip()
        file = Path(name if name.lower().endswith(ending) else name + ending)
        try:
            note = say("export.done", self._lang, file=export(letter, file, lang=self._lang)) if name else say("export.no-name", self._lang)
        except ExportError as error:
            note = say("form.export.free", self._lang, refused=error, name=_free(file).stem) if file.exists() else str(error)
        self._note.value = render("form_note.html.j2", self._lang, note=note)

    def answers(self, letter: Annotation) -> tuple[Answer, ...]:
        """Split the letter into the answers of an online form; a limit that is none is told beside its field.

        Args:
            letter: the letter.

        Returns:
            One answer a question, with the limit that the seller set.
        """
        typed = self.limit.value.strip()
        sound = typed.isascii() and typed.isdigit() and int(typed[:9]) > 0
        told = say("export.limit", self._lang, given=typed) if typed and not sound else ""
        self._refused.value = render("form_note.html.j2", self._lang, note=told)
        return three_answers(letter, limit=int(typed[:9]) if sound else None)


def _free(file: Path) -> Path:
    """Find the next name that no file has."""
    return next(free for number in count(2) if not (free := file.with_stem(f"{file.stem}-{number}")).exists())
