"""The draft as the rules look at it, and what they yield."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from appealkit.as_read import as_read, kept
from appealkit.checks.patterns import Search, any_of
from appealkit.checks.seen import Values, seen
from appealkit.figures.health import Reading
from appealkit.fingerprints import Samples, public_samples
from appealkit.notice import Notice
from appealkit.outright import outright
from appealkit.own_words import start_of_own
from appealkit.quoting import quoted
from appealkit.roles import STEPS, Role, Sentence
from appealkit.segment import Layout
from appealkit.shows import Shows
from appealkit.span import Span
from appealkit.text import in_lower_case

Found = tuple[Span | None, Values]
MISSING: tuple[Found] = ((None, {}),)
"""What a rule yields for something that is not there."""


class Draft:
    """What the rules look at: the seller's own sentences, without a pasted notice, sorted by role once."""

    def __init__(
        self,
        sentences: tuple[Sentence, ...],
        text: str = "",
        samples: Samples | None = None,
        notice: Notice | None = None,
        metrics: Collection[Reading] = (),
    ) -> None:
        """Sort the sentences of a letter."""
        self.text, sentences, self._places = _as_read(text, sentences)
        self.lower = in_lower_case(self.text)
        self.samples = samples or public_samples()
        self.notice = notice
        self.metrics = metrics
        self.every = sentences
        self.unjudged = None  # rules look at what is judged
        self.start = start_of_own(sentences)
        self.sentences = [sentence for sentence in sentences if sentence.layout is not Layout.NOTICE]
        self.by_role: dict[Role, list[Sentence]] = {role: [] for role in Role}
        for sentence in self.sentences:
            for role in sentence.roles:
                self.by_role[role].append(sentence)
        self.steps = [sentence for sentence in self.sentences if not STEPS.isdisjoint(sentence.roles)]
        self.body = [sentence for sentence in self.sentences if sentence.layout not in _AROUND]

    @cached_property
    def notice_lower(self) -> str:
        """The notice in lower case, empty without one."""
        return in_lower_case(self.notice.text) if self.notice else ""

    @cached_property
    def alone(self) -> frozenset[int]:
        """Where the sentences begin that have lines of their own, one below the other: a reader takes them for points of a list."""
        breaks = [_lines_between(self.text[one.end : after.start]) for one, after in pairwise(self.sentences)]
        lines: list[list[Sentence]] = []
        beside: list[list[Sentence]] = []  # of each line, the sentences that begin the lines right above and right below
        for sentence, above in zip(self.sentences, [2, *breaks], strict=False):
            if above:
                lines.append([])
                beside.append([lines[-2][0]] if above == 1 else [])
                if above == 1:
                    beside[-2].append(sentence)
            lines[-1].append(sentence)
        points = [
            line
            for line, others in zip(lines, beside, strict=True)
            if len(line) < 3 and any(other.layout is not Layout.HEADING for other in others)
        ]
        return frozenset(sentence.start for line in points for sentence in line)

    def parted(self, one: Sentence, after: Sentence) -> bool:
        """Tell whether a sentence begins a line of its own below that of another one."""
        return _lines_between(self.text[one.end : after.start]) > 0 and after.start in self.alone

    def lacks(self, role: Role) -> bool:
        """Tell whether surely no sentence has a role: none has it, and none nearly, for which one that accuses or disputes is not taken."""
        return not self.by_role[role] and (
            not _AGAINST.isdisjoint(self.signalled) or not any(role in sentence.perhaps for sentence in self.sentences)
        )

    def find(self, search: Search) -> list[tuple[Sentence, Span]]:
        """Return where a search finds something in the seller's own sentences; offsets are those of the letter."""
        return self._seen.found.get(search, [])

    def faults(self, rule: str) -> list[tuple[Sentence, Span, Values]]:
        """Return where words break a rule by themselves, with what fills its message."""
        return self._seen.faults.get(rule, [])

    @property
    def words(self) -> int:
        """How many words the seller's own sentences have."""
        return self._seen.words

    @property
    def signalled(self) -> Mapping[str, list[Sentence]]:
        """The sentences between greeting and sign-off whose words have a fault, by its rule."""
        return self._seen.signalled

    @cached_property
    def _seen(self) -> "_Seen":
        """What the words of all sentences show, so that each sentence is looked up once."""
        every = _Seen()
        for sentence, after in zip(self.sentences, [*self.sentences[1:], None], strict=True):
            start, frame = sentence.start, sentence.layout in _AROUND
            words, found, faults = seen(sentence.text, frame)
            every.words += words
            for search, first, last in found:
                every.found.setdefault(search, []).append((sentence, Span(start + first, start + last)))
            for rule, first, last, values in faults:
                every.faults.setdefault(rule, []).append((sentence, Span(start + first, start + last), values))
            for rule in sentence.signals - _BLAME if after and _owns(after, sentence) else sentence.signals:
                every.signalled.setdefault(rule, []).append(sentence)
        return every

    def at(self, span: Span) -> Found:
        """Return what a rule yields for a stretch of the letter."""
        return span, {"words": span.of(self.text)}

    def typed(self, span: Span) -> Span:
        """Return where a stretch stands in the letter as it was typed."""
        places = self._places
        return Span(places[span.start], places[span.end - 1] + 1) if places and span.start < span.end else span


@dataclass(slots=True)
class _Seen:
    words: int = 0
    found: dict[Search, list[tuple[Sentence, Span]]] = field(default_factory=dict)
    faults: dict[str, list[tuple[Sentence, Span, Values]]] = field(default_factory=dict)
    signalled: dict[str, list[Sentence]] = field(default_factory=dict)


_AGAINST = frozenset(["blame", "denial", "demanding"])
_AROUND = frozenset([Layout.GREETING, Layout.SIGNOFF])


def _as_read(text: str, sentences: tuple[Sentence, ...]) -> tuple[str, tuple[Sentence, ...], list[int]]:
    """Write each sentence as its words are looked for, but where lines tell more than words do.

    Returns:
        The letter, its sentences, and at which place of the letter as it was typed each character stands; no places when nothing changes.
    """
    read = [_BLANK.sub(" ", sentence.text) if sentence.layout in _IN_LINES else as_read(sentence.text) for sentence in sentences]
    if all(words == sentence.text for words, sentence in zip(read, sentences, strict=True)):
        return text, sentences, []
    pieces, places, moved, end = list[str](), list[int](), list[Sentence](), 0
    for words, sentence in zip(read, sentences, strict=True):
        pieces += [text[end : sentence.start], words]
        places += range(end, sentence.start)
        start, end = len(places), sentence.end
        if len(words) == end - sentence.start:
            places += range(sentence.start, end)
        else:  # what nobody sees at either end belongs to it
            places += [sentence.start, *[sentence.start + place for place in kept(sentence.text)[1:-1]], end - 1][: len(words)]
        moved.append(sentence._replace(start=start, end=len(places), text=words))
    return "".join([*pieces, text[end:]]), tuple(moved), [*places, *range(end, len(text))]


def _owns(after: Sentence, sentence: Sentence) -> bool:
    """Does the next sentence own what was missing: “The courier was on strike. We knew it and had no second one.”? That is no excuse."""
    return after.block == sentence.block and _OWNED.within(after.text) and "blame" not in outright(sentence.text).said


_BLAME = frozenset(["blame"])
_OWNED = Shows(any_of("owned"), words=True)


def _lines_between(gap: str) -> int:
    return len(f"{gap}.".splitlines()) - 1


_IN_LINES = frozenset([Layout.SIGNOFF, Layout.NOTICE])
_BLANK = re.compile(r"[^\S \n\r]")

Check = Callable[[Draft], Iterator[Found]]


NO_CAUSE = ("vague-cause", "blame")
"""Signals of a cause that names nothing in the seller's own operation."""

_DECIDED_BY = {
    "late-acknowledgement": ("acknowledgement",),
    "vague-cause": NO_CAUSE,
    "uncovered-cause": ("cause",),
}
"""The roles and signals by which a rule finds a sentence, where it is not the signal of the same name."""


def reasons(rule: str, sentence: Sentence) -> list[Span]:
    """Return the words of a sentence that decided what a rule finds there, the heaviest first; none when no words of it did."""
    label = next((label for label in _DECIDED_BY.get(rule, (rule,)) if label in sentence.roles or label in sentence.signals), "")
    return sentence.deciding(label)


def about(rule: str, sentence: Sentence) -> Found:
    """Return what a rule yields for a sentence: it quotes the words that decided, and what stands around them."""
    stretches = [(span.start - sentence.start, span.end - sentence.start) for span in reasons(rule, sentence)]
    return sentence.span, {"words": quoted(sentence.text, stretches)}
