"""A letter to take away: plain text, three answers of an online form, a document for a word processor, or a page, annotated or not."""

import io
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from appealkit.annotate import Annotation, as_annotation
from appealkit.files import KitError, refused_as, write_whole
from appealkit.language import Lang, listed, say
from appealkit.letter import Letter
from appealkit.render import to_page
from appealkit.roles import Role, Sentence
from appealkit.segment import Layout
from appealkit.text import printable
from appealkit.view import render


class ExportError(KitError):
    """A letter cannot be written to a file."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes into one field of an online form.

    Args:
        question: `cause`, `taken` or `prevention`.
        text: the answer, as plain text; what a heading such as “For cause 1:” leads in stands below it, and the causes keep their numbers.
        limit: how many characters the field takes; None when the user set none.
        sentences: those of the letter that it has.
    """

    question: str
    text: str
    limit: int | None = None
    sentences: tuple[Sentence, ...] = ()

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

    >>> [answer.text for answer in three_answers(as_annotation("Stock was counted once a week. On 2 May 2026 we refunded all buyers."))][1]
    'On 2 May 2026 we refunded all buyers.'
    """
    if limit is not None and limit < 1:
        msg = f"a limit of {limit} characters leaves no room for a letter"
        raise ValueError(msg)
    annotation = as_annotation(letter)
    levels = _levels(annotation)
    lines: dict[str, list[str]] = {question: [] for question in _QUESTIONS}
    answering: dict[str, list[Sentence]] = {question: [] for question in _QUESTIONS}
    head = ""
    heads = dict.fromkeys(_QUESTIONS, "")  # the last one in each answer
    for sentence in annotation.sentences:
        words = " ".join(sentence.text.split())
        if Role.HEADING in sentence.roles:
            head = words if levels.get(sentence.start) == _LEADS_IN else ""
            continue
        question = next((name for name, roles in _QUESTIONS.items() if sentence.roles & roles), None)
        if question:
            item, before = sentence.layout is Layout.ITEM, answering[question][-1:]
            if item and head and heads[question] != head:
                lines[question].append(head)
                heads[question] = head
            if item and before and before[0].block == sentence.block:
                lines[question][-1] += f" {words}"
            else:
                number = _number(annotation.text, sentence) if question == "cause" else ""  # by which the other answers name a cause
                lines[question].append(f"{number or '-'} {words}" if item else words)
            answering[question].append(sentence)
    return tuple(Answer(question, "\n".join(told), limit, tuple(answering[question])) for question, told in lines.items())


_LEADS_IN = 2  # the level of a heading that leads a list in


def _number(text: str, sentence: Sentence) -> str:
    """Return the number in front of a point, such as “1.”; empty where it has another mark."""
    mark = text[: sentence.start].rpartition("\n")[2].strip()
    return mark if _NUMBERED.fullmatch(mark) else ""


def to_docx(letter: Letter | Annotation, *, created: datetime | None = None) -> bytes:
    """Return a letter as a document for a word processor: its subject as title, its headings as headings of two levels.

    A heading that ends in a colon leads a list in: it stands below the others, if there are others.

    Args:
        letter: an assembled letter, or any letter annotated.
        created: the moment at which the document was made; None for that of the computer's clock.

    Returns:
        The content of a `.docx` file. Its title is the subject of the letter, and its author is who signs; it names no one else.
    """
    from docx import Document  # noqa: PLC0415 - only this function needs it, and it is slow to load
    from docx.shared import Pt  # noqa: PLC0415

    annotation = as_annotation(letter)
    levels = _levels(annotation)
    document = Document()
    told = document.core_properties
    told.title, told.author, told.language = _subject(annotation, levels), _signed(annotation), "en"
    told.created = told.modified = (created or datetime.now(UTC)).astimezone(UTC)
    told.comments = told.last_modified_by = ""
    position = 0
    starts = [*levels]
    for line in annotation.text.splitlines(keepends=True):
        words = _printable(line)  # XML knows no other characters
        if words:
            heading = starts[bisect_left(starts, position) : bisect_left(starts, position + len(line))][:1]
            style = _STYLES[levels[heading[0]]] if heading else None
            paragraph = document.add_paragraph(_untitled(words) if style == _STYLES[0] else words, style=style)
            if not (style or annotation.text.startswith("\n", position + len(line))):
                paragraph.paragraph_format.space_after = Pt(0)  # the next line belongs to it, as in a list or a signature
        position += len(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


_STYLES = ("Title", "Heading 1", "Heading 2")


def letter_to_page(letter: Letter | Annotation) -> str:
    r"""Return the letter alone as one HTML document, to read or to print: headings, lists and paragraphs as such, and no explanation.

    Args:
        letter: an assembled letter, or any letter annotated.

    Returns:
        The document; it is in English, as the letter is, and needs nothing from outside. The text of the letter is escaped.

    >>> "<li>We refunded all buyers.</li>" in letter_to_page(as_annotation("Dear Amazon,\n\nDone:\n- We refunded all buyers."))
    True
    """
    annotation = as_annotation(letter)
    levels = _levels(annotation)
    return render("letter.html.j2", "en", title=_subject(annotation, levels), blocks=_blocks(annotation, levels))


@dataclass(frozen=True, slots=True)
class _Block:
    """A part of a page: a heading (`title`, `part`, `group`), a `text` of lines, or a list (`numbered`, `bullets`, `marked`) of points."""

    kind: str
    lines: list[str]
    first: int = 1  # number of the first point


_HEADINGS = ("title", "part", "group")
_NUMBERED = re.compile(r"(\d{1,3})[.)]")
_BULLET = re.compile(r"[^\w()\[\]]{1,3}")


def _blocks(annotation: Annotation, levels: Mapping[int, int]) -> list[_Block]:
    """Take a letter apart as it stands on the page; points that follow each other make one list."""
    text = annotation.text
    blocks: list[_Block] = []
    before = 0
    for _, group in groupby(annotation.sentences, key=attrgetter("block")):
        sentences = list(group)
        start, end = sentences[0].start, sentences[-1].end
        mark = "".join(text[before:start].splitlines()[-1:]).strip()
        lines = list(filter(None, map(_printable, text[start:end].splitlines())))
        number = _NUMBERED.fullmatch(mark)
        point = " ".join(lines if number or _BULLET.fullmatch(mark) else [_printable(mark), *lines]).strip()
        if start in levels:
            words = " ".join([_printable(mark), *lines]).strip()
            blocks.append(_Block(_HEADINGS[levels[start]], [words if levels[start] else _untitled(words)]))
        elif not mark:
            blocks.append(_Block("text", lines))
        else:
            kind = "numbered" if number else "bullets" if _BULLET.fullmatch(mark) else "marked"
            last = blocks[-1] if blocks else _Block("", [])
            if last.kind == kind and (not number or int(number[1]) == last.first + len(last.lines)):
                last.lines.append(point)
            else:
                blocks.append(_Block(kind, [point], int(number[1]) if number else 1))
        before = end
    return blocks


def _subject(annotation: Annotation, levels: Mapping[int, int]) -> str:
    """Return what a letter is about, by its own subject line; empty when it has none."""
    return next((_untitled(_printable(heading.text)) for heading in annotation.having(Role.HEADING) if levels[heading.start] == 0), "")


def _untitled(words: str) -> str:
    """Return a subject line without the word that says that it is one: a mail needs it, a title does not."""
    return _SUBJECT.sub("", words)


_SUBJECT = re.compile(r"^(?:subject|re)\s?:\s*(?=\S)", re.IGNORECASE)


def _signed(annotation: Annotation) -> str:
    """Return who signs a letter: what stands first behind its valediction."""
    words = [word.strip() for signoff in annotation.having(Role.SIGNOFF) for word in re.split(r"[,\r\n]", signoff.text)]
    return next((_printable(word) for word in [*filter(None, words)][1:] if "@" not in word), "")


def _printable(line: str) -> str:
    return printable(line.strip())


def _levels(annotation: Annotation) -> dict[int, int]:
    """Tell where the headings of a letter begin, and of which level each of them is in a document: 0 is its title."""
    body = min((sentence.start for sentence in annotation.sentences if Role.HEADING not in sentence.roles), default=0)
    leads_in = {heading.start: heading.text.rstrip().endswith(":") for heading in annotation.having(Role.HEADING)}
    lower = _LEADS_IN if any(start > body and not leads for start, leads in leads_in.items()) else 1
    return {start: 0 if start < body else lower if leads else 1 for start, leads in leads_in.items()}


def export(letter: Letter | Annotation, path: Path | str, *, lang: Lang, annotated: bool = False) -> Path:
    """Write a letter to a file; the ending of its name tells the form.

    Args:
        letter: an assembled letter, or any letter annotated.
        path: a name that ends in `.txt` (plain text), `.docx` (word processor) or `.html` (a page).
        lang: language of the explanations and of the error, `en` or `zh-Hant`.
        annotated: whether the annotation is written with the letter, as a page to send to a colleague: the name then ends in `.html`.

    Returns:
        The path of the file.

    Raises:
        ExportError: when the ending is another, a file of that name is there, or the folder cannot be written to.
    """
    path = Path(path)
    forms: Mapping[str, Callable[[Annotation], bytes]] = {
        ".txt": lambda letter: letter.text.encode(),
        ".docx": to_docx,
        ".html": lambda letter: letter_to_page(letter).encode(),
    }
    if annotated:
        forms = {".html": lambda letter: "".join(to_page([("", letter)], lang)).encode()}
    make = forms.get(path.suffix.lower())
    if make is None:
        raise ExportError(say("export.unknown-form", lang, file=path, forms=listed(forms, lang)))
    content = make(as_annotation(letter))
    with (
        refused_as(ExportError, "export.unwritable", lang, file=path),
        refused_as(ExportError, "export.exists", lang, of=FileExistsError, file=path),
    ):
        write_whole(path, content, replace=False)
    return path
