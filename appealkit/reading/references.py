"""What a question refers back to by a mark: "for (i) and (ii)", "report 2"."""

import re
from collections.abc import Sequence

from appealkit.pasted import plain
from appealkit.reading.complained import Named
from appealkit.reading.page import Page
from appealkit.reading.told import Told

_BARE = r"(?:[ivx]{1,4}|[a-h]|\d|\u7532|\u4e59|\u4e19)"
_WORD = r"(?:one|two|three|four)"
_LABEL = re.compile(rf"(?<!\w){_BARE}(?![\w%])|{_WORD}")
_ITEM = re.compile(rf"(?P<label>{_BARE}|{_WORD})(?:[).:\u3001-]| {{1,9}}[-\u2013\u2014]| {{2,9}}|(?= \Z)) {{0,9}}\Z")  # before a point
_INLINE = re.compile(rf"(?<!\w)\(?(?P<label>{_BARE})\) ?")
_ONE = rf"(?:\({_BARE}\)|(?<![\w.]){_BARE}(?![\w%/]|\.\d))"
_AND = r" ?(?:,|\u3001|and|&|with|\u8207|\u53ca|\u548c) ?(?:and )?"
_REFERS = re.compile(
    rf"{_ONE}(?:{_AND}{_ONE}){{1,7}}"
    rf"|(?<!\w)(?:part|report|complaint|matter|group|point)s? (?:{_ONE}|{_WORD})(?:{_AND}(?:{_ONE}|{_WORD})){{0,3}}"
    rf"|(?:(?<!\w)for |\u7b2c ?|\u95dc\u65bc ?|\u91dd\u5c0d ?)"
    rf"(?:\({_BARE}\)(?:{_AND}\({_BARE}\)){{0,7}}|{_BARE}(?= ?[:\u985e\u9805\u9ede]))"
)
_NUMBERS = {"one": "1", "two": "2", "three": "3", "four": "4"}


class References:
    """The complaints of a notice by the marks of its lists.

    Args:
        page: the notice.
        named: the complaints that each piece names.
    """

    def __init__(self, page: Page, named: Sequence[Named]) -> None:
        """Look for the mark before each complaint that is told."""
        self._told: dict[str, Named] = {}
        clean = plain(page.text).lower()
        for told, issues in zip(page.told, named, strict=True):
            if not issues or told.questions:
                continue
            item = _ITEM.search(clean[clean.rfind("\n", 0, told.piece.start) + 1 : told.piece.start])
            if item:
                self._told.setdefault(_number(item["label"]), issues)
            else:
                self._within(told, issues)

    def _within(self, told: Told, issues: Named) -> None:
        """Take the marks that stand in a sentence."""
        marks = list(_INLINE.finditer(told.text))
        ends = [*(mark.start() for mark in marks[1:]), len(told.text)]
        for mark, end in zip(marks, ends, strict=False):
            part = range(told.piece.start + mark.end(), told.piece.start + end)
            inside = {issue: span for issue, span in issues.items() if span.start in part}
            if inside:
                self._told.setdefault(mark["label"], inside)

    def of(self, told: Told) -> Named:
        """Return the complaints that a piece refers to; none where it names a mark that no complaint bears.

        Args:
            told: the piece.
        """
        if not self._told:
            return {}
        labels = {_number(label) for found in _REFERS.finditer(told.text) for label in _LABEL.findall(found.group())}
        known = labels <= self._told.keys()
        return {issue: span for label in sorted(labels) for issue, span in self._told[label].items()} if known else {}


def _number(label: str) -> str:
    return _NUMBERS.get(label, label)
