"""The part of a form with which a letter is taken away: into files, and into the fields of an online form."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from ipywidgets import HTML, Button, Combobox  # type: ignore[import-untyped]

from appealkit.annotate import Annotation
from appealkit.export import Answer, ExportError, export, three_answers
from appealkit.files import file_named, free_name
from appealkit.language import Lang, say
from appealkit.widgets.base import Part, line, note_line, row
from appealkit.widgets.draft_bar import home
from appealkit.written import half_width

LETTER_NAME = "my-appeal"
FORMS = {"docx": ".docx", "html": ".html", "annotated": "-annotated.html", "txt": ".txt"}
"""The forms of a letter, each with what its file name ends in."""


class ExportBar(Part):
    """A file name, a button for each form of the letter, and the limit of an online form's field.

    Args:
        draft: the field that names the draft, to be shown where one has to be opened first.
        lang: `en` or `zh-Hant`.
    """

    def __init__(self, draft: Combobox, *, lang: Lang) -> None:
        """Name the fields and buttons."""
        super().__init__(lang)
        self.file, self.limit = (line(value, self._say(f"export.{name}")) for name, value in (("file", LETTER_NAME), ("limit", "")))
        self.buttons = {form: Button(description=self._say(f"export.{form}")) for form in FORMS}
        self.open = Button(description=self._say("draft.open"))
        self._note, self._lengths = HTML(), HTML()
        self._shown = (row(self.limit), self._lengths, row(self.file, *self.buttons.values()), self._note)
        self._draft = row(draft, self.open)
        self.add_class("appealkit-form")  # it may stand by itself
        self.children = self._shown

    def write(self, letter: Annotation, form: str, *, left_out: str = "") -> None:
        """Write the letter to the file that is named, or beside one of that name, and say where it stands or why it does not.

        Args:
            letter: the letter.
            form: one of `FORMS`.
            left_out: the names of the fields of which the letter has nothing, though something stands in them.
        """
        name, ending = file_named(self.file.value), FORMS[form]
        named = home() / (name if name.lower().endswith(ending) else name.removesuffix(Path(ending).suffix) + ending)
        try:
            note = self._written(letter, named, form, left_out) if name else say("export.no-name", self._lang)
        except ExportError as error:
            note = str(error)
        self.tell(note)

    def tell(self, note: str, *, offer: bool = False) -> None:
        """Say how things stand.

        Args:
            note: what is said.
            offer: whether a draft can be opened here.
        """
        self._note.value = note_line(note, self._lang)
        self.children = (*self._shown, *([self._draft] if offer else []))

    def _written(self, letter: Annotation, named: Path, form: str, left_out: str) -> str:
        file = export(letter, free_name(named), lang=self._lang, annotated=form == "annotated")
        done = say("export.done" if file == named else "form.export.beside", self._lang, file=file, named=named.name)
        return " ".join([done, *([self._say("left-out", fields=left_out)] if left_out else [])])

    def answers(self, letter: Annotation) -> tuple[Answer, ...]:
        """Split the letter into the answers of an online form. Beside the field of the limit it is told which of them keep to it.

        Args:
            letter: the letter.

        Returns:
            One answer a question, with the limit that the seller set.
        """
        typed = half_width(self.limit.value).strip()
        sound = typed.isascii() and typed.isdigit() and int(typed[:9]) > 0
        answers = three_answers(letter, limit=int(typed[:9]) if sound else None)
        told = say("export.limit", self._lang, given=typed) if typed and not sound else " ".join(self._over(answers))
        self._lengths.value = note_line(told, self._lang)
        return answers

    def _over(self, answers: Iterable[Answer]) -> Iterator[str]:
        """Tell of each answer whether it keeps to the limit; nothing without one."""
        for answer in answers:
            if answer.limit is not None:
                within = self._say("over" if answer.over else "within", limit=answer.limit, over=answer.over)
                question = self._say(f"question.{answer.question}")
                yield self._say("said", field=question, reason=within)
