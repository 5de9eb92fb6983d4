"""Fields to paste into: a notice, with what it asks and what a draft leaves open; or a finished letter, with the whole judgement on it."""

from functools import lru_cache

from ipywidgets import HTML, Button, Combobox  # type: ignore[import-untyped]

from appealkit.annotate import Annotation, annotate
from appealkit.coverage import Coverage, coverage
from appealkit.drafts import drafts, letter_in
from appealkit.files import file_named
from appealkit.language import Lang, say
from appealkit.notice import Notice
from appealkit.notice_view import show_coverage, show_notice
from appealkit.reading import read_notice
from appealkit.render import show, to_html
from appealkit.text import one_line, short
from appealkit.triage import triage
from appealkit.view import View, sentence
from appealkit.widgets.base import Form, row, writing
from appealkit.widgets.draft_bar import DRAFT_NAME, home
from appealkit.widgets.live import LiveView

_BEGINNING = 90  # characters of a notice, by which it is known again
_read = lru_cache(maxsize=4)(read_notice)  # every keystroke asks for it several times, and most of them change the draft alone


class Pasted(Form):
    """Fields for a notice and for a letter, and the way to a letter that is kept. What follows from them is told by the form that has them.

    Args:
        notice: what stands in the field for the notice.
        draft: what stands in that for the letter.
        names: the names of the two fields, in the reader's language.
        lang: `en` or `zh-Hant`.
    """

    def __init__(self, notice: str, draft: str, names: tuple[str, str], lang: Lang) -> None:
        """Build the fields; nothing is placed yet."""
        super().__init__(lang)
        self.notice, self.draft = writing(names[0], notice), writing(names[1], draft)
        for field in (self.notice, self.draft):
            field.observe(lambda _: self._safely(self._follow), "value")
        kept = [path.name for path in drafts(home(), lang=lang)]
        self.file = Combobox(value=DRAFT_NAME, options=kept, description=say("form.draft.file", lang), ensure_option=False)
        self.take = Button(description=say("notice.take", lang))
        self.take.on_click(lambda _: self._safely(self._take))
        self._kept = row(self.file, self.take)

    @property
    def read(self) -> Notice:
        """What the notice asks."""
        return _read(self.notice.value)

    def _take(self) -> None:
        """Put the letter of a kept draft, or a letter from a file beside it, into its field."""
        self.draft.value = letter_in(home() / file_named(self.file.value), lang=self._lang)

    def _follow(self) -> None:
        raise NotImplementedError


class NoticeReader(Pasted):
    """A field for a notice, and one for a draft where a letter is the answer; what is asked, and what is answered, follows every keystroke.

    Args:
        notice: what stands in the first field.
        draft: what stands in the second field.
        lang: language of the explanation, `en` or `zh-Hant`; the notice may be in either, the draft is in English.

    >>> NoticeReader("Please tell us the root cause of late shipments.", "We are sorry.", lang="en").coverage.gaps
    (('late-shipment', 'cause'),)
    """

    def __init__(self, notice: str = "", draft: str = "", *, lang: Lang) -> None:
        """Build the fields, and read what stands in them."""
        super().__init__(notice, draft, (say("notice.paste", lang), say("notice.draft", lang)), lang)
        self._given = self.notice.value, self.draft.value
        self.swap = Button(description=say("notice.swap", lang))
        self.swap.on_click(lambda _: self._safely(self._swap))
        self._view = HTML()
        self.children = (self.notice, self._kept, self.draft, self.swap, self._status, self._view)
        self._follow()

    @property
    def coverage(self) -> Coverage:
        """Which of its questions the draft in the second field answers."""
        return coverage(annotate(self.draft.value), self.read)

    @property
    def shown(self) -> View:
        """What the form shows now, with the notice that it is about: it stays on the page when another one is pasted."""
        if not self.notice.value.strip():
            return self._live
        begun = (self.notice.value, self.draft.value) == self._given
        words = short(one_line(f"\n{self.notice.value}"), _BEGINNING)
        about = say(f"notice.{'begun' if begun else 'about'}", self._lang, words=words)
        return _joined(sentence(about, self._lang), self._live)

    @property
    def _live(self) -> View:
        """The answer that the notice needs, what it asks, and with a draft beside it what is answered."""
        if not self.notice.value.strip():
            return sentence(say("notice.nothing", self._lang), self._lang)
        answer = triage(self.read, self._lang)
        if self.read.mistaken:
            return answer
        views = [*([] if self.read.unread else [answer]), show_notice(self.read, self._lang, kind=False)]
        if self._wants_letter:
            missing = "begun-draft" if self._foreign else "" if self.draft.value.strip() else "no-draft"
            views += [sentence(say(f"notice.{missing}", self._lang), self._lang)] if missing else self._answered()
        return _joined(*views)

    @property
    def _foreign(self) -> bool:
        """Does the draft that the form began with stand beside another notice? It answers that of somebody else."""
        notice, draft = self._given
        return bool(notice.strip() and draft.strip()) and self.notice.value != notice and self.draft.value == draft

    @property
    def _wants_letter(self) -> bool:
        return bool(self.read.issues) and not self.read.advice(self._lang)

    @property
    def _swapped(self) -> bool:
        """Do the fields hold each other's text: a letter where the notice belongs, and no letter where the letter does?"""
        other = self.draft.value.strip()
        return self.read.mistaken == "letter" and bool(other) and not _read(other).mistaken

    def _answered(self) -> list[View]:
        """Show what is told of the draft as a whole, each figure that differs, such as from the notice, and which questions it answers.

        Last, how much else was found in it: a letter that answers every question may still have to be mended.
        """
        draft = annotate(self.draft.value, notice=self.read)
        told = [note.say(self._lang) for note in draft.notes]
        for finding in draft.findings:
            if finding.rule.id == "figure-disagrees":
                label = say(f"severity.{finding.severity}", self._lang)
                told.append(say("view.labelled", self._lang, label=label, words=finding.message(self._lang)))
        views = [*(sentence(words, self._lang) for words in told), show_coverage(coverage(draft, self.read), self._lang, left=False)]
        others = sum(finding.rule.id not in {"figure-disagrees", "unanswered-issue"} for finding in draft.findings)
        return [*views, *([sentence(say("notice.others", self._lang, count=others), self._lang)] if others else [])]

    def _swap(self) -> None:
        self.notice.value, self.draft.value = self.draft.value, self.notice.value

    def _follow(self) -> None:
        swapped = self._swapped
        for part in (self.draft, self._kept):
            part.layout.display = None if self._wants_letter or swapped or not self.notice.value.strip() else "none"
        self.swap.layout.display = None if swapped else "none"
        self._view.value = self._live.html
        self._tell(())


class LetterReader(Pasted):
    """A field for a finished letter of anybody's, and one for the notice that it answers; the whole judgement follows every keystroke.

    Args:
        draft: what stands in the first field.
        notice: what stands in the second field; it may stay empty.
        lang: language of the explanation, `en` or `zh-Hant`; the letter is in English.

    >>> LetterReader("We are sorry.", lang="en").annotation.findings[0].rule.id
    'no-plan'
    """

    def __init__(self, draft: str = "", notice: str = "", *, lang: Lang) -> None:
        """Build the fields, and judge what stands in them."""
        super().__init__(notice, draft, (say("letter.notice", lang), say("letter.paste", lang)), lang)
        self._view = LiveView()
        self.children = (self._kept, self.draft, self.notice, self._status, self._view)
        self._follow()

    @property
    def annotation(self) -> Annotation:
        """What every sentence of the letter does, and what is wrong with it: beside the notice, where there is one."""
        return annotate(self.draft.value, notice=self.read if self.notice.value.strip() else None)

    @property
    def shown(self) -> View:
        """What the form shows now, with the letter that it is about: it stays on the page when another one is pasted."""
        judged = show(self.annotation, self._lang)
        words = short(one_line(self.draft.value), _BEGINNING)
        return _joined(sentence(say("letter.about", self._lang, words=words), self._lang), judged) if words else judged

    def _follow(self) -> None:
        annotation = self.annotation
        self._view.value = to_html(annotation, self._lang)
        self._view.said = say("letter.said", self._lang, findings=len(annotation.findings))
        self._tell(())


def _joined(*views: View) -> View:
    return View("".join(view.html for view in views), "\n\n".join(view.text for view in views if view.text))
