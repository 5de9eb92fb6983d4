"""The part of a form that keeps what was typed: a draft in a file, and the way back."""

from collections.abc import Callable, Mapping
from pathlib import Path

from ipywidgets import HTML, Button, Combobox, Dropdown  # type: ignore[import-untyped]

from appealkit.case import Case
from appealkit.drafts import DraftError, compare, draft_of, drafts, facts_in, in_draft, is_case, open_draft, read_draft, write_draft
from appealkit.files import file_named, free_name
from appealkit.language import LANGS, Lang, say
from appealkit.view import render
from appealkit.widgets.base import Part, note_line, offer, row

DRAFT_NAME = "my-appeal.json"
"""The draft, when the seller names no other."""


def home() -> Path:
    """Return where the seller's files are kept: beside the folders of the languages, so that the notebooks of both find them.

    Returns:
        The folder above that of the notebook, when this has the name of a language; else that of the notebook.
    """
    here = Path.cwd()
    return here.parent if here.name in LANGS else here


class DraftBar(Part):
    """A file name and what can be done with the draft in it. Nothing is stored before the seller asks for it once.

    Args:
        opened: the facts with which the form began; what changed is told from them on.
        lang: `en` or `zh-Hant`.
    """

    def __init__(self, opened: Case, *, lang: Lang) -> None:
        """Offer the draft of an earlier run, if there is one."""
        super().__init__(lang)
        self._opened = self._begun = opened
        self._kept: Path | None = None
        self._left: Path | None = None  # the file that another form changed, until the seller has settled where to go on
        self.unsaved = ""  # what the seller has to know of the file; nothing while each change is stored where it was asked for
        self._known: dict[Path, bytes] = {}  # what this form last wrote to a file, or read from it
        self.file = Combobox(value=DRAFT_NAME, description=self._say("draft.file"), ensure_option=False)
        self.keep, self.open, self.undo, self.redo, self.empty, self.compare = (
            Button(description=self._say(f"draft.{name}")) for name in ("keep", "open", "undo", "redo", "empty", "compare")
        )
        self.earlier = Dropdown(options=[(self._say("draft.as-opened"), "")], value="", description=self._say("draft.earlier"))
        self._note, self._changes = HTML().add_class("ak-stored"), HTML()
        found = self._look()
        self._tell("offered" if DRAFT_NAME in found else "not-kept", home() / DRAFT_NAME)
        self.children = (
            row(self.file, self.keep, self.open, self.undo, self.redo, self.empty),
            self._note,
            row(self.earlier, self.compare),
            self._changes,
        )

    @property
    def kept(self) -> Path | None:
        """The file in which the draft is kept after each change; None before the seller asked for it."""
        return self._kept

    def begin(self, case: Case, typed: Mapping[str, str]) -> None:
        """Keep the draft in the file that is named, from now on.

        Args:
            case: the facts.
            typed: what was typed and is no fact yet.

        Raises:
            DraftError: when no file is named, a draft of another time is in it, or it cannot be written.
        """
        file = self._named()
        if file == self._kept:
            self._left = None  # the next change is stored there as before
            return
        if file.exists():
            open_draft(file, lang=self._lang)  # a file that is no draft is refused for that reason
            raise DraftError(say("draft.exists", self._lang, file=file))
        self._store(case, file, typed)
        self._kept, self._left = file, None
        self._look()
        self._tell_kept(case, file)

    def read(self) -> tuple[Case, dict[str, str]]:
        """Read the draft in the file that is named, and keep it there from now on; a case that is there is read, and left as it is.

        Returns:
            Its facts, and what was typed and is no fact yet.

        Raises:
            DraftError: when no file is named, or it holds neither a sound draft nor a sound case; it is left as it was.
        """
        file = self._named()
        content = read_draft(file, lang=self._lang)
        self._opened, typed = facts_in(content, file, lang=self._lang)
        if is_case(content):  # written by hand, it is not to be replaced by a draft
            self.turn_to(None)
            self._tell("from-case", file)
            return self._opened, typed
        self._known[file] = content
        self.turn_to(file)
        return self._opened, typed

    def save(self, case: Case, typed: Callable[[], Mapping[str, str]]) -> None:
        """Store a change, if the seller asked for the draft to be kept; what changed before is not shown any more.

        Where another form changed the draft meanwhile, its work is left, and this one is kept in a file of its own from now on. That, or
        why nothing can be stored, is then `unsaved`.

        Args:
            case: the facts.
            typed: tells what was typed and is no fact yet; asked only when it is stored.
        """
        self._changes.value = self.unsaved = ""
        if self._kept is None:
            return
        try:
            file = self._own(self._kept)
            self._store(case, file, typed())
        except DraftError as error:
            self._warn(str(error))
            return
        if file != self._kept:
            self._left, self._kept, self.file.value = self._kept, file, _called(file)
            self._look()
        if self._left:
            self._warn(self._say("draft.elsewhere", left=_called(self._left), file=file))
        else:
            self._tell_kept(case, file)

    def _own(self, file: Path) -> Path:
        """Return the file that is kept; where another form changed it, a new one."""
        content = read_draft(file, lang=self._lang) if file.exists() else self._known.get(file)
        if content is None or content == self._known.get(file):
            return file
        in_draft(content, file, lang=self._lang)  # a file that is no draft is refused for that reason
        return free_name(file)

    def _store(self, case: Case, file: Path, typed: Mapping[str, str]) -> None:
        content = draft_of(case, typed)
        write_draft(content, file, lang=self._lang)
        self._known[file] = content

    def turn_to(self, file: Path | None) -> None:
        """Keep the draft in another file from now on, and leave the one in the file of before as it is now.

        Args:
            file: the other file; None to store nothing any more.
        """
        if file is not None:
            self._tell("kept", file)
        elif self._kept is not None:
            self._tell("left", self._kept)
        self._kept, self._left = file, None

    def show_changes(self, case: Case) -> None:
        """Show how the letter differs from the earlier one that is chosen.

        Args:
            case: the facts.

        Raises:
            DraftError: when the draft that is chosen cannot be read any more.
        """
        earlier = open_draft(home() / self.earlier.value, lang=self._lang) if self.earlier.value else self._opened
        self._changes.value = render("form_changes.html.j2", self._lang, lines=list(compare(earlier, case)))

    def _named(self) -> Path:
        name = file_named(self.file.value)
        if not name:
            raise DraftError(say("draft.no-name", self._lang))
        return home() / name

    def _look(self) -> tuple[str, ...]:
        """Find the drafts that there are, and offer them."""
        found = tuple(path.name for path in drafts(home(), lang=self._lang))
        self.file.options = found
        offer(self.earlier, [(self._say("draft.as-opened"), ""), *((name, name) for name in found)])
        return found

    def _tell_kept(self, case: Case, file: Path) -> None:
        """Tell where the draft is kept, and while it says of a shop only what the form began with, that it is not the seller's yet."""
        self._tell("kept-as-begun" if case.store and case == self._begun else "kept", file)

    def _warn(self, words: str) -> None:
        """Say that a change is not stored where it was asked for."""
        self.unsaved = words
        self._note.value = render("form_row.html.j2", self._lang, problems=[words])

    def _tell(self, key: str, file: Path) -> None:
        self._note.value = note_line(self._say(f"draft.{key}", file=file), self._lang)


def _called(file: Path) -> str:
    """Return what stands in the field for a file."""
    return file.name if file.parent == home() else str(file)
