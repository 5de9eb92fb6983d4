"""What the sentences of a letter are about, of the issues of a notice: the words that tie them, their heading, their label, their cause."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from appealkit.cues import leads_into
from appealkit.notice import COUNTED, Notice
from appealkit.phrases import Keys, around, found_in, holds, pattern
from appealkit.roles import Role, Sentence
from appealkit.segment import FRAME, Layout
from appealkit.span import Span
from appealkit.tables import load
from appealkit.topics import stems

Issues = frozenset[str]


class Tied(NamedTuple):
    """A sentence of the letter's body, and what it is about.

    Args:
        sentence: the sentence.
        issues: the issues that it is about.
        perhaps: those to which no word of its own ties it.
        headed: whether its heading hands papers in.
    """

    sentence: Sentence
    issues: Issues
    perhaps: Issues
    headed: bool


class _Cause(NamedTuple):
    """A cause of the letter: where it stands, its words, by what it is counted, and what it is about; none when of another complaint."""

    block: int
    words: frozenset[str]
    counted: Issues
    issues: Issues | None


class _Before(NamedTuple):
    """The sentence before: where it ends, what it is about, and whether it tells of another complaint."""

    end: int
    issues: Issues
    elsewhere: bool


_RATE: tuple[Keys, ...] = (
    ("metric", "odr", "phrases"),
    ("metric", "odr", "counted"),
    *(("issue", name, "phrases") for name in sorted(COUNTED)),
)
_PARTS = re.compile(r" and |;|, (?=\w{1,20}ed )", re.IGNORECASE)
_CUT = re.compile(r"[,;:.!?()\u3001\u3002\uff0c]|\n[ >]{0,20}(?:\n|[-*\u2022\d(])|\s(?:and|or|that|which|who)\s")
_BEGINS = re.compile(r"[^:.\n]{1,60}[:.](?=\s|\Z)")
_LABEL = 5  # words; a label in front of a colon has no more
_TITLE = 3  # words; nor has one that stands for a sentence
_NUMBER = r"(?:#|no\. ?)?\d{1,2}\b"
_AND = r" ?(?:, ?and\b|,|;|&|\+|and\b|to\b|[-\u2010-\u2015]) ?"
_ENDS = r"(?= ?(?:[,:;)&(+\u2010-\u2015-]|\.?\Z|\. |and\b|to\b))"  # in "cause 1 and 2 boxes" the boxes are counted
_NUMBERED = re.compile(rf"\bcauses ?{_NUMBER}(?:{_AND}{_NUMBER})*|\bcause ?{_NUMBER}(?:{_AND}{_NUMBER}{_ENDS})*", re.IGNORECASE)
_RANGE = re.compile(r"(\d+)(?: ?(?:to|[-\u2010-\u2015]) ?\D{0,4}(\d+))?", re.IGNORECASE)
_SPACE = 1  # character between two sentences of a paragraph
_NO_SECTION = COUNTED | {"refund", "other"}
"""What a heading names that tells of no complaint by itself: under "Refunds" stands what was done."""
_UNNAMED = frozenset({"other"})
"""What a notice asks about without naming a complaint."""
_UNPAID = frozenset({"late-shipment", "tracking", "unresponsive"})
"""What no money mends: it answers no message, and sends no order in time."""
_NONE: Issues = frozenset()
_ELSEWHERE = frozenset({""})
"""What a cause of another complaint is about."""


def tied(sentences: Sequence[Sentence], notice: Notice) -> Iterator[Tied]:
    """Tell what the sentences of a letter are about.

    Args:
        sentences: those of the letter, in order.
        notice: the notice whose issues they may be about.

    Yields:
        The sentences of its body, each with the issues that it is about.
    """
    letter = _Letter(sentences, notice)
    for sentence in sentences:
        if sentence.layout is Layout.GREETING:  # what stands above it is the subject of the letter, and not of a part
            letter.section, letter.headed = None, False
        if sentence.layout is Layout.HEADING:
            letter.begin(sentence.text)
        if sentence.layout not in FRAME:
            yield letter.tie(sentence)


class _Letter:
    """What is known of a letter when it is read down to a sentence."""

    def __init__(self, sentences: Sequence[Sentence], notice: Notice) -> None:
        self.every = frozenset(issue.id for issue in notice.issues)
        self.rate = frozenset(issue.id for issue in notice.issues if issue.metric)
        self.said = {issue: stems(" ".join(_told_by(notice, issue))) for issue in self.every}
        self.apart = any(sentence.layout is Layout.HEADING and _named(sentence.text, self.every) for sentence in sentences)
        self.section: Issues | None = None
        self.of_cause = False
        self.headed = False
        self.before = _Before(0, _NONE, elsewhere=False)
        self.causes: list[_Cause] = []

    def begin(self, heading: str) -> None:
        """Begin a part of the letter."""
        self.headed = "enclosed" in leads_into(heading)
        numbered = _by_number(heading, self.causes)
        if issues := _issues_of(numbered):
            self.section, self.of_cause = issues, True
        elif self.of_cause and self.headed:  # the papers of the whole letter stand behind the steps for its last cause
            self.section, self.of_cause = None, False
        else:
            self.section, self.of_cause = self._governed(heading, numbered or _by_words(heading, self.causes)), False

    def _governed(self, heading: str, causes: Sequence[_Cause]) -> Issues | None:
        """Return the issues that a heading governs; None where it governs no part of its own.

        Where it names another complaint alone, that is the rate that counts it, if that is asked about. Where other headings keep the
        issues apart, one about the order defect rate has a part of its own. One that names causes governs the issues of these.
        """
        titled = _titled(heading)
        if asked := _asked(titled, self.every):
            return asked
        if said := self._said(heading):
            return said
        if holds(heading.lower(), "letter", "whole"):
            return None
        if causes:
            return self.rate if all(cause.issues is None for cause in causes) else _issues_of(causes) or None
        own = _of_the_rate(heading) if self.rate else self.apart and holds(heading.lower(), *_RATE[0])
        return self.rate if own or _others(titled, self.every) else self.section

    def tie(self, sentence: Sentence) -> Tied:
        """Tell what a sentence is about."""
        follows = sentence.span.start - self.before.end <= _SPACE
        if self.section is None:
            about, can, elsewhere = self._free(sentence)
        else:
            section = self.section
            about = section if self.of_cause else _within(sentence.text, section) if section else _named(sentence.text, self.every)
            can, elsewhere = self.every, False
            if _of_the_rate(sentence.text):
                about |= self.rate
        perhaps = _NONE
        if not about and follows:
            elsewhere = elsewhere or self.before.elsewhere
            about = self.before.issues & can
            perhaps = can if about and len(self.every) > 1 else _NONE
        if not about and self.section is None and len(self.every) == 1 and not elsewhere:
            about = can
        if Role.CAUSE in sentence.roles:
            about |= _like(about) & _named(sentence.text, can) if self.section is None else _NONE
            self.causes.append(_Cause(sentence.block, stems(sentence.text), _counted(sentence.text), None if elsewhere else about))
        elif self.section is None and not _for_everyone(sentence.text):
            about |= self._of_like(about)
        self.before = _Before(sentence.span.end, about, elsewhere)
        if not about and self.section is None:
            about, perhaps = (can, perhaps) if self.headed else (self.every & _UNNAMED, can)
        return Tied(sentence, about, perhaps, self.headed)

    def _free(self, sentence: Sentence) -> tuple[Issues, Issues, bool]:
        """Return what a sentence under no heading is about, what it can be about, and whether it tells of another complaint.

        A complaint that is none of the other issues led to what defects are counted by, if that is asked about: what broke was not late.
        """
        text, every = sentence.text, self.every
        label, begun = _label(text), _BEGINS.match(text)
        said = self._said(begun.group() if begun else "")
        can = every if said else every & _UNNAMED | _named(text, every) if _others(label, every) else _able(text, every)
        about = can & (_asked(label, every) or said or (every if _of_all(text, every) else _told(text, every) or self._said(text)))
        if about <= {"refund"} and Role.ACTION_TAKEN in sentence.roles and _for_everyone(text):
            about = can if holds(text.lower(), "letter", "apologies") else can - _UNPAID
        if Role.ACTION_TAKEN in sentence.roles and _for_buyers(text):
            about |= can & self._counted_by(_counted(text))
        if (about and not _named(text, every)) or _of_the_rate(text):
            about |= self.rate
        if about:
            return about, can, False
        nearest = _of_causes(text, self.causes)
        rest = can if can < every and len(can) == 1 and can <= COUNTED else _NONE
        return nearest & can or rest, can, not can or nearest == _ELSEWHERE

    def _counted_by(self, counted: Issues) -> Issues:
        """Return the issues of the causes that led to claims, or ratings, of these types."""
        return _issues_of(cause for cause in self.causes if counted & cause.counted)

    def _of_like(self, about: Issues) -> Issues:
        """Return what else is caused by the one cause of an issue, of those like it: what removes the cause removes both."""
        causes = {cause.block: cause.issues for cause in self.causes if cause.issues and about & cause.issues}
        return _like(about).intersection(*causes.values()) if len(causes) == 1 else _NONE

    def _said(self, text: str) -> Issues:
        """Return the issue that the notice tells in words of which a text has more than one, and more than of any other."""
        words = stems(text)
        shared = {issue: len(words & said) for issue, said in self.said.items()}
        nearest = _with_most(shared)
        return nearest if len(nearest) == 1 and max(shared.values()) > 1 else _NONE


def _told_by(notice: Notice, issue: str) -> Iterator[str]:
    """Yield the parts of sentences in which a notice tells an issue."""
    for label, span in notice.cues:
        if label == issue:
            yield Span(*around(_CUT, notice.text, *span)).of(notice.text)


def _of_causes(text: str, causes: Sequence[_Cause]) -> Issues:
    """Return the issue with whose causes alone a sentence shares words, or more of them than with those of any other."""
    words = stems(text)
    told: dict[str, frozenset[str]] = {}
    for cause in causes:
        told |= {issue: told.get(issue, frozenset()) | cause.words for issue in (_ELSEWHERE if cause.issues is None else cause.issues)}
    nearest = _with_most({issue: len(words & those) for issue, those in told.items()})
    return nearest if len(nearest) == 1 else _NONE


def _with_most(counts: dict[str, int]) -> Issues:
    most = max(counts.values(), default=0)
    return frozenset(issue for issue, count in counts.items() if most and count == most)


def _able(text: str, issues: Issues) -> Issues:
    """Return the issues that a sentence can be about.

    Where a part of it is about a known subject, these are the issues that go with it, and those that the rest has words for, or it names.
    """
    lower = text.lower()
    told = {part: _subject(part) for part in _PARTS.split(lower)}
    if not any(told.values()):
        told = {lower: _subject(lower)}
    if not any(told.values()):
        return issues
    subjects = load("notices.toml")["letter"]["subject"]
    fit = [subjects[name]["of"] if name else _most(part, issues) for part, name in told.items()]
    return issues & _named(text, issues).union(COUNTED, _UNNAMED, *fit)


def _subject(text: str) -> str:
    """Return the first known subject of which a text tells; empty for none."""
    return next((name for name in load("notices.toml")["letter"]["subject"] if holds(text, "letter", "subject", name, "words")), "")


def _others(named: Issues, issues: Issues) -> Issues:
    """Return what is named of complaints that are not asked about, and like none that is."""
    return named.difference(issues, _NO_SECTION, *[group for group in _alike() if not issues.isdisjoint(group)])


def _asked(named: Issues, issues: Issues) -> Issues:
    """Return what is named of the issues; one goes by the name of a like one, too, that is not asked about."""
    like = issues.intersection([issue for group in _alike() if not named.isdisjoint(group) for issue in group])
    return named & issues or (like if len(like) == 1 else _NONE)


def _known() -> Issues:
    return frozenset(load("notices.toml")["issue"])


def _alike() -> Sequence[Sequence[str]]:
    return tuple(load("notices.toml")["letter"]["alike"].values())


def _like(issues: Issues) -> Issues:
    """Return the issues that are like some, and these, where they have their like."""
    return _NONE.union(*[group for group in _alike() if not issues.isdisjoint(group)])


def _label(text: str) -> Issues:
    """Return the complaints that a label names: the words in front of a colon, or a few that stand for a sentence, as "The messages."."""
    begun = _BEGINS.match(text)
    if begun is None or (begun.group().endswith(".") and begun.group() != text):
        return _NONE
    most = _LABEL if begun.group().endswith(":") else _TITLE
    return _titled(begun.group()) if len(begun.group().split()) <= most else _NONE


def _titled(title: str) -> Issues:
    """Return the complaints that a heading or a label names: it is short, so that a word is enough."""
    lower = title.lower()
    labels = load("notices.toml")["letter"]["label"]
    return _named(title, _known()) or frozenset(issue for issue in labels if holds(lower, "letter", "label", issue))


def _of_all(text: str, issues: Issues) -> bool:
    """Does it speak of all issues, and name none of them?"""
    return holds(text.lower(), "letter", "all") and not _named(text, issues)


def _of_the_rate(text: str) -> bool:
    """Does it name the order defect rate, or what it counts?"""
    return any(holds(text.lower(), *keys) for keys in _RATE)


def _by_words(heading: str, causes: Sequence[_Cause]) -> list[_Cause]:
    """Return the cause whose words alone hold all those of a heading."""
    words = stems(heading)
    having = [cause for cause in causes if words and words <= cause.words]
    return having if len(having) == 1 else []


def _by_number(heading: str, causes: Sequence[_Cause]) -> list[_Cause]:
    """Return the causes that a heading names by their numbers, or all where it says so."""
    if holds(heading.lower(), "letter", "causes"):
        return list(causes)
    blocks = list(dict.fromkeys(cause.block for cause in causes))
    named = {blocks[number - 1] for number in causes_numbered(heading) if 0 < number <= len(blocks)}
    return [next(cause for cause in causes if cause.block == block) for block in blocks if block in named]


def causes_numbered(heading: str) -> set[int]:
    """Return the numbers of the causes that a heading names.

    >>> causes_numbered("For causes 1 and 3:"), causes_numbered("For cause #1 to #3"), causes_numbered("Cause 1, 2 late parcels")
    ({1, 3}, {1, 2, 3}, {1})
    """
    ranges = (_RANGE.finditer(found[0]) for found in _NUMBERED.finditer(" ".join(heading.split())))
    return {number for found in chain.from_iterable(ranges) for number in range(int(found[1]), int(found[2] or found[1]) + 1)}


def _issues_of(causes: Iterable[_Cause]) -> Issues:
    """Return what causes are about; one of another complaint is about none of the issues."""
    return _NONE.union(*[cause.issues for cause in causes if cause.issues])


def _for_everyone(text: str) -> bool:
    """Does it tell what was done for buyers, whatever they complained of? What was paid on claims was not done for all."""
    return _for_buyers(text) and not _counted(text)


def _for_buyers(text: str) -> bool:
    return holds(text.lower(), "letter", "everyone")


def _counted(text: str) -> Issues:
    """Return by what defects are counted that it speaks of, such as claims."""
    lower = text.lower()
    return frozenset(name for name in COUNTED if pattern("issue", name, "letter").search(lower))


def _within(text: str, section: Issues) -> Issues:
    """Return the issues of a heading; of several, those that the sentence is about, if it is about any of them."""
    return section if len(section) == 1 else _told(text, section) or section


def _told(text: str, issues: Issues) -> Issues:
    """Return the issues that the parts of a sentence name, or else those that most of their words are about: like issues share words."""
    return frozenset(issue for part in _PARTS.split(text) for issue in _named(part, issues) or _most(part, issues))


def _most(text: str, issues: Issues) -> Issues:
    lower = _without_tools(text)
    return _with_most({issue: len({found.group() for found in pattern("issue", issue, "letter").finditer(lower)}) for issue in issues})


def _named(text: str, issues: Issues) -> Issues:
    (found,) = found_in([_without_tools(text)], [("issue", issue, "phrases") for issue in sorted(issues)])
    return frozenset(keys[1] for keys in found)


def _without_tools(text: str) -> str:
    return pattern("letter", "tools").sub("", text.lower())
