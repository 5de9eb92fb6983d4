"""The attempts of a trainee: agreed to, seen, exported and deleted by themselves."""

import re
from pathlib import Path

from ipywidgets import HTML, Button  # type: ignore[import-untyped]

from appealkit.exercises.attempts import AttemptBook, AttemptsError
from appealkit.exercises.drawn import title
from appealkit.exercises.exported import Attempt, Mark
from appealkit.exercises.marks import NO_FAULT, choices, where
from appealkit.files import file_named
from appealkit.language import Lang, beside, listed, rule_name, say
from appealkit.view import View, render
from appealkit.widgets.base import Form, line, note_line, row


class MyAttempts(Form):
    """What is kept of the trainee's attempts, and the buttons to agree, to export and to delete.

    Args:
        book: where attempts are kept.
        lang: language of the form, `en` or `zh-Hant`.

    >>> MyAttempts(AttemptBook("there-is-none.sqlite", lang="en"), lang="en").view
    Nothing is kept. You have not agreed that attempts are kept in there-is-none.sqlite.
    This is how it stood when this cell ran. Run the cell again to see what is kept now.
    """

    def __init__(self, book: AttemptBook, *, lang: Lang) -> None:
        """Show what is kept."""
        super().__init__(lang)
        self.book = book
        self.name, self.file = (line(name=say(f"attempts.form.{name}", lang)) for name in ("name", "file"))
        self.agree = Button(description=say("attempts.form.agree", lang), button_style="primary")
        self.refresh = Button(description=say("attempts.form.refresh", lang))
        self.export = Button(description=say("attempts.form.export", lang))
        self.delete = Button(description=say("attempts.form.delete", lang))
        self.confirm = Button(description=say("attempts.form.confirm", lang), button_style="danger")
        self.cancel = Button(description=say("attempts.form.cancel", lang))
        self.agree.on_click(lambda _: self._safely(self._agree))
        self.refresh.on_click(lambda _: self._safely(self._show))
        self.export.on_click(lambda _: self._safely(self._export))
        self.delete.on_click(lambda _: self._safely(self._ask))
        self.confirm.on_click(lambda _: self._safely(self._delete))
        self.cancel.on_click(lambda _: self._safely(self._show))
        self._table, self._done = HTML(), HTML()
        self._safely(self._show)
        book.watch(lambda: self._safely(self._show_table))

    @property
    def view(self) -> View:
        """What is kept now; a cell that shows it does not follow, and says so.

        Raises:
            AttemptsError: when the file cannot be used.
        """
        return self._kept(say("attempts.run-again", self._lang))

    def _kept(self, note: str = "") -> View:
        """Show what is kept now."""
        book = self.book
        if book.agreed:
            intro = say("attempts.kept", self._lang, file=book.path, trainee=book.trainee, count=len(book.attempts))
        else:
            intro = say("attempts.none", self._lang, file=book.path)
        told = list(filter(None, (intro, note)))
        rows = [(*self._row(attempt), [self._marked(mark) for mark in attempt.marks]) for attempt in reversed(book.attempts)]
        lines = (" | ".join(filter(None, (*cells, listed(marks, self._lang)))) for *cells, marks in rows)
        return View(render("attempts.html.j2", self._lang, told=told, rows=rows), "\n".join([*told, *lines]))

    def _row(self, attempt: Attempt) -> tuple[str, str, str]:
        outcome, counted = say(f"lesson.outcome.{attempt.outcome}", self._lang), self._counted(attempt)
        told = beside(outcome, counted, self._lang) if counted else outcome
        return f"{attempt.at:%Y-%m-%d %H:%M}", title(attempt.exercise, self._lang, self.book.titles), told

    def _counted(self, attempt: Attempt) -> str:
        """Count the faults found, or tell that a letter was known to have none; who did not see that may still look for it."""
        right, faults = set(attempt.marks).intersection(attempt.key), [rule for _, rule in attempt.key if rule != NO_FAULT]
        if faults:
            return say("attempts.found", self._lang, found=len(right), faults=len(faults))
        return say("attempts.sound", self._lang) if right else ""

    def _marked(self, mark: Mark) -> str:
        number, rule = mark
        named = rule_name(rule, self._lang) if rule in choices() else rule  # the file may be older or newer than the kit
        return say("view.labelled", self._lang, label=where(number, self._lang), words=named)

    def _agree(self) -> None:
        self.book.agree(self.name.value)
        self._show()

    def _export(self) -> None:
        typed = file_named(self.file.value)
        if not typed:
            raise AttemptsError(say("attempts.no-file", self._lang, example=self._file_name()))
        path = Path(typed)
        if path.is_dir():
            path /= self._file_name()
        path = path if path.suffix == ".json" else path.with_name(f"{path.name}.json")
        again = path.exists()
        written = self.book.export(path).resolve()
        self._show(say("attempts.exported-again" if again else "attempts.exported", self._lang, file=written))

    def _file_name(self) -> str:
        """Return a name of the trainee's own, so that the files of a class can lie in one folder."""
        name = re.sub(r"\W+", "-", self.book.trainee).strip("-")
        return f"{name or 'my-attempts'}.json"

    def _ask(self) -> None:
        self._show(asking=True)

    def _delete(self) -> None:
        self.book.delete()
        self.file.value = ""
        self._show(say("attempts.deleted", self._lang))

    def _show(self, done: str = "", *, asking: bool = False) -> None:
        """Show the buttons that make sense now, and what is kept."""
        kept = (self.refresh, row(self.file), self.export, self.delete, *((self.cancel, self.confirm) if asking else ()))
        buttons = kept if self.book.agreed else (row(self.name), self.agree)
        self.children = (self._table, *buttons, self._status, self._done)
        self._tell(())
        self._done.value = note_line(done, self._lang) if done else ""
        self._show_table()
        if self.book.agreed and not self.file.value:
            self.file.value = self._file_name()

    def _show_table(self) -> None:
        self._table.value = self._kept().html
