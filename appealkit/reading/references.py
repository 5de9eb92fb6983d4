"""What a question refers back to by a mark or its turn: "for (i) and (ii)", "report 2", "for the latter"."""

import re
from collections.abc import Sequence

from appealkit.pasted import without_markup
from appealkit.phrases import around
from appealkit.reading.complained import Named
from appealkit.reading.page import Page
from appealkit.reading.told import Told
from appealkit.span import Span
from appealkit.text import CHINESE

_BARE = r"(?:[ivx]{1,4}|[a-h]|\d|[\u7532\u4e59\u4e19\u4e00\u4e8c\u4e09\u56db])"
_WORD = r"(?:one|two|three|four)"
_LABEL = re.compile(rf"(?<![a-z\d]){_BARE}(?![a-z\d%])|{_WORD}")
_ITEM = re.compile(rf"(?P<label>{_BARE}|{_WORD})(?:[).:\u3001-]| {{1,9}}[-\u2013\u2014]| {{2,9}}|(?= \Z)) {{0,9}}\Z")  # before a point
_INLINE = re.compile(rf"(?<!\w)\(?(?P<label>{_BARE})\) ?")
_ONE = rf"(?:\({_BARE}\)|(?<![\w.]){_BARE}(?![\w%/]|\.\d))"
_AND = r" ?(?:,|\u3001|and|&|with|\u8207|\u53ca|\u548c) ?(?:and )?"
_REFERS = re.compile(
    rf"{_ONE}(?:{_AND}{_ONE}){{1,7}}"
    rf"|(?<!\w)(?:part|report|complaint|matter|group|point|area|number|listing|item|reason|case of)s?"
    rf" (?:{_ONE}|{_WORD})(?:{_AND}(?:{_ONE}|{_WORD})){{0,3}}"
    rf"|(?<!\w)(?:about|regarding|on) {_BARE}(?=[,:])|\u4e8b\u7531 ?{_BARE}|(?<!\w){_BARE} ?\u9805(?!\u76ee)"
    rf"|(?:(?<!\w)for |\u7b2c ?|\u95dc\u65bc ?|\u91dd\u5c0d ?|\u6709\u95dc ?|\u5c31 ?|\u70ba ?|\u5176\u4e2d ?)"
    rf"(?:\({_BARE}\)(?:(?:{_AND})?\({_BARE}\)){{0,7}}|{_BARE}(?= ?[:,\u985e\u9805\u9ede\u7a2e\u500b\u8acb\u9644]))"
)
_TURNS = {"first": 0, "former": 0, "\u524d\u8005": 0, "second": 1, "latter": 1, "\u5f8c\u8005": 1, "third": 2, "fourth": 3}
_TURN = re.compile(
    r"(?<!\w)(?:for|about|regarding|regards?|on|of|in|to|with) the"
    r" (?P<turn>first|second|third|fourth|former|latter)(?: (?P<many>two|three))?"
    r"(?: (?:ones?|complaints?|issues?|points?|matters?|kinds?|groups?|problems?|listings?|asins?|reports?|reasons?|topics?|types?))?"
    r"(?=[,:;.?)]|\Z| (?:also|only|we|please|you|send|add|attach|include|enclose|tell|alone|in addition|and)\b)"
    r"|\u524d\u8005|\u5f8c\u8005"
)
_OF = re.compile(
    r"(?<!\w)(?:for|about|regarding|regards?|concerning|(?:regard|respect|relation|comes?|as) to|case of) (?P<en>[^,.:;]{3,60})"
    r"|(?:\u5c31|\u91dd\u5c0d|\u95dc\u65bc|\u6709\u95dc|\u5c0d\u65bc|\u81f3\u65bc)(?P<zh>[^,.:;\u3002]{2,20}),"
    r"|(?:\A|[,;])(?P<part>[^,.:;\u3002]{2,16})\u90e8\u5206|\A(?P<label>[^,.:;]{3,40}):"
)
_RANGE = re.compile(r"(\d)\)? ?(?:to|through|\u5230|\u81f3|[-~\u2013]) ?\(?(\d)(?![\d.%])")
_CHINESE = re.compile(rf"{CHINESE}+")
_SAYING = re.compile(r"(?<![a-z\d])b0[a-z\d]{8}(?![a-z\d])|[a-z]{3,}")
_CLAUSE = re.compile(r";|(?:, ?)?\band (?:that )?|[,\u3001](?:\u4ee5\u53ca|\u4e26|\u4e14|\u800c)?")
_STEM = 5  # letters
_COMMON = re.compile(
    r"the|the[smy]e?|tho[st]e?|this|that|each|every|all|both|any|and|whi?ch|with|from|have|been|were|your?|our|what|whose?|their|also|only|not"
    r"|than|asins?|order|buyer|custo|item|produ|compl|issue|accou|amazo|selle|repor|said|time|days"
)
_NUMBERS = {"one": "1", "two": "2", "three": "3", "four": "4", "\u4e00": "1", "\u4e8c": "2", "\u4e09": "3", "\u56db": "4"}


class References:
    """The complaints of a notice by the marks of its lists.

    Args:
        page: the notice.
        named: the complaints that each piece names.
    """

    def __init__(self, page: Page, named: Sequence[Named]) -> None:
        """Look for the mark before each complaint that is told."""
        self._told: dict[str, Named] = {}
        self._order: Named = {}
        self._stems: dict[str, set[str]] = {}
        clean = without_markup(page.text).lower()
        for told, issues in zip(page.told, named, strict=True):
            if not issues or told.questions:
                continue
            if not told.aside:
                self._order |= issues
                for issue, span in issues.items():
                    self._stems.setdefault(issue, set()).update(_stems(told.text if len(issues) == 1 else _clause(told, span)))
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
                self._told.setdefault(_number(mark["label"]), inside)

    def of(self, told: Told, words: str = "") -> Named:
        """Return the complaints that a piece refers to; none where it names a mark that no complaint bears.

        Args:
            told: the piece.
            words: those of its words that count, where not all do.
        """
        words = words or told.text
        labels = {_number(label) for found in _REFERS.finditer(words) for label in _LABEL.findall(found.group())}
        for found in _RANGE.finditer(words):
            labels |= set(map(str, range(int(found[1]), int(found[2]) + 1))) if found[1] in labels else set()
        if labels and labels <= self._told.keys():
            return {issue: span for label in sorted(labels) for issue, span in self._told[label].items()}
        return self._by_turn(labels, words)

    def echoed(self, words: str) -> Named:
        """Return the complaint that was told in the words by which something is asked of it: "for the lamps", of lamps that flicker."""
        of = {stem for found in _OF.finditer(words) for stem in _stems(next(filter(None, found.groups())))}
        heard = {issue: len(of & (stems - self._of_others(issue))) for issue, stems in self._stems.items()}
        most = max(heard.values(), default=0)
        best = [issue for issue in heard if heard[issue] == most]
        return {issue: self._order[issue] for issue in best} if most and len(best) == 1 and len(heard) > 1 else {}

    def _of_others(self, issue: str) -> set[str]:
        return {stem for other, stems in self._stems.items() if other != issue for stem in stems}

    def _by_turn(self, labels: set[str], words: str) -> Named:
        """Return the complaints that are meant by their order alone."""
        order = list(self._order.items())
        turns = {int(label) - 1 for label in labels if label.isdigit()} if all(map(str.isdigit, labels)) and not self._told else set()
        for found in _TURN.finditer(words):
            first = _TURNS[found["turn"] or found.group()]
            turns |= set(range(first, first + {"two": 2, "three": 3}.get(found["many"], 1)))
        return dict(order[turn] for turn in sorted(turns)) if len(order) > 1 and turns <= set(range(len(order))) else {}


def _number(label: str) -> str:
    return _NUMBERS.get(label, label)


def _clause(told: Told, span: Span) -> str:
    """Return what is told of one complaint of several in a sentence."""
    start = span.start - told.piece.start
    return Span(*around(_CLAUSE, told.text, start, start + len(span))).of(told.text)


def _stems(words: str) -> set[str]:
    """Return the beginnings of words that say something, the numbers of products, and each two Chinese characters in a row."""
    chinese = {run[place : place + 2] for run in _CHINESE.findall(words) for place in range(len(run) - 1)}
    said = {word[:_STEM] if word.isalpha() else word for word in _SAYING.findall(words)}
    return {word for word in said if not _COMMON.fullmatch(word)} | chinese
