"""A field for a notice, and below it whether a letter is the answer to it."""

from ipywidgets import HTML  # type: ignore[import-untyped]

from appealkit.render import View
from appealkit.text import Lang, say
from appealkit.triage import triage
from appealkit.widgets.base import Form, writing


class NoticeTriage(Form):
    """A field for a notice; what the notice asks for follows every keystroke.

    Args:
        notice: what stands in the field at first.
        lang: language of the explanation, `en` or `zh-Hant`; the notice may be in either.

    >>> print(str(NoticeTriage("Please upload your passport.", lang="en").triage).splitlines()[0])
    A letter is not the answer: matching documents are.
    """

    def __init__(self, notice: str = "", *, lang: Lang) -> None:
        """Build the field, and read what stands in it."""
        super().__init__(lang)
        self.notice = writing(say("triage.notice", lang), notice)
        self._view = HTML()
        self.children = (self.notice, self._status, self._view)
        self.notice.observe(lambda _: self._safely(self._follow), "value")
        self._follow()

    @property
    def triage(self) -> View:
        """What the notice that stands in the field now asks for."""
        return triage(self.notice.value, self._lang)

    def _follow(self) -> None:
        self._view.value = self.triage.html
        self._tell(())
