"""A letter to take away: plain text, three answers of an online form, a document for a word processor, or an annotated page."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from appealkit.annotate import Annotation, annotate
from appealkit.files import FileError, write_whole
from appealkit.letter import Letter
from appealkit.render import to_page
from appealkit.roles import Role
from appealkit.segment import Layout
from appealkit.text import Lang, say


class ExportError(FileError):
    """A letter cannot be written to a file."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes into one field of an online form.

    Args:
        question: `cause`, `taken` or `prevention`.
        text: the answer, as plain text.
        limit: how many characters the field takes; None when the user set none.
    """

    question: str
    text: str
    limit: int | None = None

    @property
    def over(self) -> int:
        """How many characters are too many; 0 without a limit."""
        return max(0, len(self.text) - self.limit) if self.limit is not None else 0


_QUESTIONS: Mapping[str, frozenset[Role]] = {
    "cause": frozenset({Role.ACKNOWLEDGEMENT, Role.FACT, Role.CAUSE}),
    "taken": frozenset({Role.ACTION_TAKEN}),
    "prevention": frozenset({Role.ACTION_PLANNED, Role.COMMITMENT}),
}
"""The three questions of a plan of action (card `plan-of-action`), each with the roles that answer it."""


def three_answers(letter: Letter | Annotation, *, limit: int | None = None) -> tuple[Answer, ...]:
    """Split a letter into the three answers that some forms ask for: root cause, actions taken, prevention.

    Args:
        letter: an assembled letter, or any letter annotated. Of a sentence with several roles the first question that fits takes it.
        limit: characters that a field takes, at least 1; None for no limit. Amazon publishes none: it is the user's own.

    Returns:
        One answer a question; its text is empty when no sentence of the letter answers it.

    Raises:
        ValueError: when the limit is below 1.

    >>> [answer.text for answer in three_answers(annotate("Stock was counted once a week. On 2 May 2026 we refunded all buyers."))][1]
    'On 2 May 2026 we refunded all buyers.'
    """
    if limit is not None and limit < 1:
        msg = f"a limit of {limit} characters leaves no room for a letter"
        raise ValueError(msg)
    annotation = _annotated(letter)
    lines: dict[str, list[str]] = {question: [] for question in _QUESTIONS}
    for sentence in annotation.sentences:
        question = next((name for name, roles in _QUESTIONS.items() if sentence.roles & roles), None)
        if question and Role.HEADING not in sentence.roles:
            words = " ".join(sentence.text.split())
            lines[question].append(f"- {words}" if sentence.layout is Layout.ITEM else words)
    return tuple(Answer(question, "\n".join(told), limit) for question, told in lines.items())


def to_docx(letter: Letter | Annotation) -> bytes:
    """Return a letter as a document for a word processor: its subject as title, its headings as headings of two levels.

    A heading that ends in a colon leads a list in: it stands below the others, if there are others.

    Args:
        letter: an assembled letter, or any letter annotated.

    Returns:
        The content of a `.docx` file. It carries the text of the letter and no name of a person or machine.
    """
    from docx import Document  # noqa: PLC0415 - only this function needs it, and it is slow to load
    from docx.shared import Pt  # noqa: PLC0415

    annotation = _annotated(letter)
    styles = _styles(annotation)
    document = Document()
    document.core_properties.author = ""
    document.core_properties.comments = ""
    position = 0
    for line in annotation.text.splitlines(keepends=True):
        words = "".join(character for character in line.strip() if character.isprintable())  # XML knows no other characters
        if words:
            style = next((styles[start] for start in styles if position <= start < position + len(line)), None)
            paragraph = document.add_paragraph(words, style=style)
            if not (style or annotation.text.startswith("\n", position + len(line))):
                paragraph.paragraph_format.space_after = Pt(0)  # the next line belongs to it, as in a list or a signature
        position += len(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _styles(annotation: Annotation) -> dict[int, str]:
    """Tell where the headings of a letter begin, and which style each of them has in a document."""
    headings = [*annotation.having(Role.HEADING)]
    body = min((sentence.start for sentence in annotation.sentences if sentence not in headings), default=0)
    leading = [heading for heading in headings if heading.text.rstrip().endswith(":")]
    parts = [heading for heading in headings if heading.start > body and heading not in leading]
    lower = {heading.start for heading in leading if parts}
    return {
        heading.start: "Title" if heading.start < body else "Heading 2" if heading.start in lower else "Heading 1" for heading in headings
    }


def export(letter: Letter | Annotation, path: Path | str, *, lang: Lang, overwrite: bool = False) -> Path:
    """Write a letter to a file; the ending of its name tells the form.

    Args:
        letter: an assembled letter, or any letter annotated.
        path: a name that ends in `.txt` (plain text), `.docx` (word processor) or `.html` (annotated, to send to a colleague).
        lang: language of the explanations and of the error, `en` or `zh-Hant`.
        overwrite: whether a file of that name may be replaced.

    Returns:
        The path of the file.

    Raises:
        ExportError: when the ending is another, a file of that name is there, or the folder cannot be written to.
    """
    path = Path(path)
    make = _FORMS.get(path.suffix.lower())
    if make is None:
        raise ExportError(say("export.unknown-form", lang, file=path, forms=", ".join(_FORMS)))
    content = make(_annotated(letter), lang)
    try:
        write_whole(path, content, replace=overwrite)
    except FileExistsError as error:
        raise ExportError(say("export.exists", lang, file=path)) from error
    except OSError as error:
        raise ExportError(say("export.unwritable", lang, file=path, reason=error.strerror)) from error
    return path


def _annotated(letter: Letter | Annotation) -> Annotation:
    return letter if isinstance(letter, Annotation) else annotate(letter)


_FORMS: Mapping[str, Callable[[Annotation, Lang], bytes]] = {
    ".txt": lambda letter, _: letter.text.encode(),
    ".docx": lambda letter, _: to_docx(letter),
    ".html": lambda letter, lang: "".join(to_page([("", letter)], lang)).encode(),
}
