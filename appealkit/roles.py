"""The roles of a sentence and the principles that they serve."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise, starmap
from typing import Any, NamedTuple

from appealkit.as_read import as_read, kept
from appealkit.cues import Cues, cues_of, leads_into
from appealkit.layout import TERMINAL
from appealkit.outright import Outright, outright, said_at
from appealkit.phrases import holds
from appealkit.reasons import deciding
from appealkit.segment import Layout, Segment
from appealkit.sentences import clauses, sentence_spans
from appealkit.span import Span
from appealkit.weights import LEAST, steps_of, weights


class Principle(StrEnum):
    """The four principles of the letter, in the order in which it meets them."""

    SINCERITY = "sincerity"
    STRUCTURE = "structure"
    CAUSE = "cause"
    CLOSING = "closing"


class Role(StrEnum):
    """What a sentence does in the letter."""

    GREETING = "greeting"
    HEADING = "heading"
    ACKNOWLEDGEMENT = "acknowledgement"
    CAUSE = "cause"
    FACT = "fact"
    ACTION_TAKEN = "action_taken"
    ACTION_PLANNED = "action_planned"
    COMMITMENT = "commitment"
    REQUEST = "request"
    SIGNOFF = "signoff"
    OTHER = "other"

    @property
    def principle(self) -> Principle | None:
        """The principle that the role serves; None for `other`."""
        return _PRINCIPLE.get(self)


_PRINCIPLE = {
    Role.GREETING: Principle.STRUCTURE,
    Role.HEADING: Principle.STRUCTURE,
    Role.SIGNOFF: Principle.STRUCTURE,
    Role.ACKNOWLEDGEMENT: Principle.SINCERITY,
    Role.CAUSE: Principle.CAUSE,
    Role.FACT: Principle.CAUSE,
    Role.ACTION_TAKEN: Principle.CLOSING,
    Role.ACTION_PLANNED: Principle.CLOSING,
    Role.COMMITMENT: Principle.CLOSING,
    Role.REQUEST: Principle.CLOSING,
}


STEPS = frozenset({Role.ACTION_TAKEN, Role.ACTION_PLANNED})
"""What a step of the plan does."""
SIGNALS = ("blame", "denial", "emotional", "demanding", "vague-action", "vague-cause")
"""Faults that sit in the words of a sentence: weighed like roles, by the same cues, and read by the rules of the same name."""


class Sentence(NamedTuple):
    """One sentence of the letter with what it does.

    Args:
        start: offset of its first character, in code points.
        end: offset behind its last one.
        text: its words.
        layout: what it is by its place on the page.
        block: number of the paragraph or list item in which it stands.
        roles: what it does; never empty, and `other` only alone.
        signals: faults that sit in its words, by the id of their rule.
        perhaps: roles that it nearly has: enough not to say that the letter lacks them, unless it accuses or disputes.
        clear: roles that it has beyond doubt.
    """

    start: int
    end: int
    text: str
    layout: Layout
    block: int
    roles: frozenset[Role]
    signals: frozenset[str] = frozenset()
    perhaps: frozenset[Role] = frozenset()
    clear: frozenset[Role] = frozenset()

    @property
    def span(self) -> Span:
        """Where it stands in the letter."""
        return Span(self.start, self.end)

    @property
    def shown(self) -> Cues | None:
        """All cues of its words; None where its layout decided, or it has no words."""
        cues = None if self.layout in DECIDED else cues_of(as_read(self.text))
        return cues if cues and cues.words else None

    @property
    def cues(self) -> tuple[tuple[str, Span], ...]:
        """The words that decided each role and each signal; none for what the place on the page decided.

        They are looked up when they are asked for, since most readers of a letter never ask for most of them.
        """
        shown = self.shown
        if shown is None:
            return ()
        labels = (*sorted(self.roles), *sorted(self.signals))
        return tuple((label, span) for label in labels for span in sorted(self.deciding(label)))

    def deciding(self, label: str) -> list[Span]:
        """Return the words that decided a role or a signal: those that say it outright, then those that weighed, the heaviest first."""
        read = as_read(self.text)
        stretches = _deciding(read, label) if self.shown else ()
        places = range(len(read)) if read == self.text else kept(self.text)
        return [Span(self.start + places[start], self.start + places[end - 1] + 1) for start, end in stretches]


_Under = tuple[tuple[str, ...], str, str, tuple[str, ...]]
_Beside = tuple[str, str, tuple[str, ...]]


class Description(NamedTuple):
    """What speaks for the roles of one segment: features that `data/weights.json` weighs."""

    cues: Cues
    """Those of its own words."""
    around: tuple[str, ...]
    """Those of its place: `@item` (layout), `flow=on` (same paragraph as before), `p=0` (fifth of the letter) and the like."""
    under: _Under
    """What the heading above leads into, its layout, the form of its first verb, and its figures: see `placed`."""
    beside: tuple[_Beside, ...]
    """The cues of its neighbours: see `near`."""


def follow(before: tuple[str, ...], spot: str, flow: str, tense: str, speaks: str) -> tuple[str, ...]:
    """Return the features that hang on the labels of the segment before.

    Args:
        before: those labels; `("^",)` for the first segment.
        spot: layout of the segment itself, as in its place.
        flow: whether it goes on in the same paragraph.
        tense: form of its first verb.
        speaks: of whom it speaks.

    Returns:
        Names such as `before=cause` and `before=cause&t=future`.
    """
    ends = ("", f"&t={tense}", f"&{spot}", f"&{speaks}", f"&{flow}", f"&{flow}&t={tense}")
    return tuple(f"before={label}{end}" for label in before for end in ends)


def near(side: str, flow: str, classes: tuple[str, ...]) -> list[str]:
    """Return the features that hang on the words of a neighbour.

    Args:
        side: `last` or `next`.
        flow: whether the later of the two goes on in the paragraph of the earlier.
        classes: classes of phrases in the neighbour, and of the next one its layout and of whom it speaks.

    Returns:
        Names such as `next&flow=on&c=admit`.
    """
    return [f"{side}&{flow}&{name}" for name in classes]


DECIDED = {Layout.GREETING: Role.GREETING, Layout.SIGNOFF: Role.SIGNOFF, Layout.NOTICE: Role.OTHER}
"""Layouts that decide the role without a look at the words."""


def read(text: str, segments: Sequence[Segment]) -> tuple[Sentence, ...]:
    """Give every segment its roles.

    A role is a sum of weights: of the words of the segment, of the heading above it, of its place and of the roles before it.
    The weights are data (`data/weights.json`), learned from labelled letters by `tests/letters/fit.py`.

    Args:
        text: the letter.
        segments: its segments, as `segment` gives them.

    Returns:
        One sentence a segment, in order.
    """
    sentences: list[Sentence] = []
    before: tuple[str, ...] = ("^",)
    for (start, end, layout, block), place in zip(segments, _places(text, segments), strict=True):
        labels = _weighed(place, before)
        sentences.append(Sentence._make((start, end, text[start:end], layout, block, *labels[1:])))
        before = labels.names
    return tuple(sentences)


_ROLES = {str(role): role for role in Role}
_SIGNALS = frozenset(SIGNALS)


def describe(text: str, segments: Sequence[Segment]) -> list[Description]:
    """Describe every segment by its words and its place.

    Args:
        text: the letter.
        segments: its segments.

    Returns:
        One description a segment, in order.
    """
    return list(map(_described, starmap(_Place, _places(text, segments))))


class _Place(NamedTuple):
    """A segment with all that its description hangs on, save for the words of its neighbours as far as they are known by their text."""

    sentence: str
    layout: Layout
    spot: str
    flow: str
    fifth: int
    section: tuple[str, ...]
    last: str
    before: Layout | None
    next: str
    after: Layout | None
    next_spot: str
    next_flow: str


def _places(text: str, segments: Sequence[Segment]) -> Iterator[tuple[Any, ...]]:
    """Return what each `_Place` is made of: it is looked up by that, and made where something new is weighed."""
    starts, ends, layouts, blocks = zip(*segments, strict=True) if segments else ((), (), (), ())
    texts = [as_read(text[start:end]) for start, end in zip(starts, ends, strict=True)]
    flows = ["flow=new", *["flow=on" if one == after else "flow=new" for one, after in pairwise(blocks)]]
    body = max(1, len(layouts) - layouts.count(Layout.NOTICE))
    section: tuple[str, ...] = ("-",)
    place = 0
    listed = False  # has a list stood in this section?
    spots, fifths, sections = [], [], []
    for sentence, layout in zip(texts, layouts, strict=True):
        if layout is Layout.HEADING:
            section = leads_into(sentence)
        listed = layout is Layout.ITEM or (listed and layout is not Layout.HEADING)
        spots.append("@prose-after" if listed and layout is Layout.PROSE else _SPOT[layout])
        fifths.append(5 * place // body)
        sections.append(section)
        place += layout is not Layout.NOTICE
    before, after = (["", *texts], [None, *layouts]), ([*texts[1:], ""], [*layouts[1:], None], [*spots[1:], ""], [*flows[1:], ""])
    return zip(texts, layouts, spots, flows, fifths, sections, *before, *after, strict=False)


_SPOT = {layout: f"@{layout}" for layout in Layout}  # made once; prose behind a list is told from prose before one


def _described(place: _Place) -> Description:
    cues, flow = cues_of(place.sentence), place.flow
    ahead = cues_of(place.next) if place.after else None
    around = (
        place.spot,
        flow,
        f"p={place.fifth}",
        f"long={min(4, len(cues.words) // 8)}",
        f"before=@{place.before or '^'}",
        f"after=@{place.after or '$'}",
        f"after=t={ahead.tense}" if ahead else "after=$",
    )
    beside = [("last", flow, cues_of(place.last).classes)] if place.before else []
    if ahead and place.after not in DECIDED:
        beside.append(("next", place.next_flow, (*ahead.classes, ahead.speaks, place.next_spot)))
    return Description(cues, around, (place.section, place.spot, cues.tense, cues.telling), tuple(beside))


def placed(section: tuple[str, ...], spot: str, tense: str, shown: tuple[str, ...]) -> tuple[str, ...]:
    """Pair what the heading above leads into with the layout, the verbs and the figures of a segment.

    Args:
        section: what the heading leads into.
        spot: layout of the segment, such as `@item`.
        tense: form of its first verb.
        shown: its figures, of whom it speaks, and the forms of its later verbs.

    Returns:
        Names such as `h=cause`, `h=cause&@item` and `h=cause&f=day`.
    """
    names: tuple[str, ...] = (f"{spot}&t={tense}",)
    if spot == "@heading":
        return names
    for part in section if len(section) == 1 else (*section, "+".join(section)):
        names += (
            f"h={part}",
            f"h={part}&{spot}",
            f"h={part}&t={tense}",
            f"h={part}&{spot}&t={tense}",
            *(f"h={part}&{one}" for one in shown),
        )
    return names


_DISPUTES = frozenset(["blame", "denial"])
_APART = (
    (frozenset([Role.ACKNOWLEDGEMENT]), _DISPUTES),
    (STEPS, frozenset(["vague-action"])),
    (STEPS, frozenset(["blame", "demanding"])),
)
"""Roles and faults of which only the heavier stay.

Who shifts the fault or disputes it admits nothing; a point is a concrete step or names none; a step shifts no fault and threatens nobody.
"""
_CLEARLY = 8  # steps from which on a role is beyond doubt
_NEARLY = {Role.ACKNOWLEDGEMENT: 17, Role.CAUSE: 25, Role.REQUEST: 8}
"""Steps by which a role may be missed and still be one that a sentence perhaps has."""
_BESIDE = {Role.CAUSE: frozenset([Role.FACT])}
"""What a sentence may do beyond doubt and still perhaps have a role; else anything but nothing (`other`)."""
_SOMETHING = frozenset(Role) - {Role.OTHER}


@lru_cache(maxsize=2048)
def _deciding(sentence: str, label: str) -> tuple[tuple[int, int], ...]:
    """Choose the words that decided a label: what says it outright, with what weighed around it, and what else weighed for it."""
    cues = cues_of(sentence)
    heavy = {cue: steps_of(cue).get(label, 0) for cue in cues.shown}
    rows = tuple(deciding(cues, heavy, figures=label == Role.FACT))
    if label not in outright(sentence).said:
        return rows
    start, end = said_at(label, sentence)
    met = [(start, end), *[row for row in rows if row[0] < end and start < row[1]]]
    return ((min(met)[0], max(last for _, last in met)), *[row for row in rows if row not in met])


# What has been weighed once is remembered, so that a letter that is read again after a change costs little.


@lru_cache(maxsize=2048)
def _weighed(places: tuple[Any, ...], before: tuple[str, ...]) -> "_Labels":
    """Weigh a sentence in its place, behind the labels of the one before."""
    place = _Place(*places)
    decided = DECIDED.get(place.layout)
    if decided is None and (not cues_of(place.sentence).words or _lists_paper(place)):
        decided = Role.OTHER
    if decided:
        return _Labels((decided,), frozenset((decided,)), frozenset(), frozenset(), frozenset((decided,)))
    cues, around, under, beside = _described(place)
    weight = _of_words(cues.sentence) + _of_place(around) + _under_heading(*under) + sum(starmap(_near, beside))
    weight += _behind(before, *around[:2], cues.tense, cues.speaks)
    by_words = outright(place.sentence)
    labels = _chosen(weight, by_words)
    said = frozenset().union(*map(_said, _inside(place)))
    parts = clauses(place.sentence)
    if len(parts) > 1:
        labels = _of_parts(labels, [_weighed(place._replace(sentence=part), before) for part in parts])
    return labels._replace(signals=labels.signals | said) if said else labels


def _lists_paper(place: _Place) -> bool:
    """Is it an entry in a list of enclosures, which names a paper and tells nothing else?"""
    if place.section != ("enclosed",) or place.layout is Layout.HEADING or place.sentence.endswith(TERMINAL):
        return False
    cues = cues_of(place.sentence)
    named = cues.tense in _OF_PAPER and holds(place.sentence.lower(), "letter", "papers")
    return "c=ask" not in cues.classes and (named or cues.tense in _NO_FINITE_VERB)


_NO_FINITE_VERB = frozenset(["", "bare", "ing"])  # "Copy of the invoice", "Packing list"
_OF_PAPER = frozenset(["done", "s", "s-"])  # "Scanned receipts", "the invoice that shows it"


def _of_parts(whole: "_Labels", parts: Sequence["_Labels"]) -> "_Labels":
    """Add the steps that the parts of a sentence tell, each with its day; without a fact in any of them, their days are those of steps."""
    steps = frozenset().union(*[part.roles & STEPS for part in parts])
    if not steps:
        return whole
    facts = frozenset([Role.FACT]) if all(Role.FACT not in part.roles for part in parts) else frozenset()
    roles = (whole.roles - facts - {Role.OTHER}) | steps
    return whole._replace(roles=roles, names=(*roles, *whole.signals))


def _inside(place: _Place) -> list[str]:
    """Return the sentences of a list item or a heading that has several: among its others, the fault of one weighs little."""
    if place.layout is Layout.PROSE:
        return []
    spans = sentence_spans(place.sentence)
    return [cues_of(place.sentence[start:end]).sentence for start, end in spans] if len(spans) > 1 else []


@lru_cache(maxsize=2048)
def _of_words(sentence: str) -> int:
    cues = cues_of(sentence)
    return weights().total([*{*cues.words}, *{*map(" ".join, pairwise(cues.words))}, *{*cues.stems}, *cues.marked])


def _said(sentence: str) -> frozenset[str]:
    """Return the faults that the words of a sentence show by themselves, wherever it stands."""
    return weights().outright(_of_words(sentence))


@lru_cache(maxsize=4096)
def _of_place(around: tuple[str, ...]) -> int:
    return weights().total(around)


@lru_cache(maxsize=4096)
def _under_heading(section: tuple[str, ...], spot: str, tense: str, shown: tuple[str, ...]) -> int:
    return weights().total(placed(section, spot, tense, shown))


@lru_cache(maxsize=4096)
def _near(side: str, flow: str, classes: tuple[str, ...]) -> int:
    return weights().total(near(side, flow, classes))


@lru_cache(maxsize=4096)
def _behind(before: tuple[str, ...], spot: str, flow: str, tense: str, speaks: str) -> int:
    return weights().total(follow(before, spot, flow, tense, speaks))


class _Labels(NamedTuple):
    """The labels of a sentence."""

    names: tuple[str, ...]
    roles: frozenset[Role]
    signals: frozenset[str]
    perhaps: frozenset[Role]
    clear: frozenset[Role]


@lru_cache(maxsize=2048)
def _chosen(total: int, by_words: Outright) -> _Labels:
    """Choose the labels of a sentence by their packed sum, and by what its words say outright."""
    weighed = weights().sums_of(total) | dict.fromkeys(by_words.unsaid, LEAST) | dict.fromkeys(by_words.said, -LEAST)
    names = chosen(weighed)
    roles = frozenset([_ROLES[name] for name in names if name in _ROLES])
    clear = frozenset([role for role in roles if weighed[role] > _CLEARLY])
    nearly = [role for role, steps in _NEARLY.items() if weighed[role] > -steps and clear <= _BESIDE.get(role, _SOMETHING)]
    return _Labels(tuple(names), roles, _SIGNALS.intersection(names), frozenset(nearly) - roles, clear)


def chosen(weighed: dict[str, int]) -> list[str]:
    """Choose the labels that weigh more than nothing; without a role among them, the heaviest role; `other` only alone.

    Args:
        weighed: what each label weighs. A label that another excludes weighs nothing any more.

    Returns:
        The labels, roles before signals.
    """
    for roles, faults in _APART:
        role, fault = (max([weighed[label] for label in labels]) for labels in (roles, faults))
        if fault > 0 and fault != role:  # what is said outright of both, in an item of several sentences, holds
            weighed.update(dict.fromkeys(roles if fault > role else faults, LEAST))
    names = [name for name, weight in weighed.items() if weight > 0]
    found = [name for name in names if name in _ROLES]
    if not found:
        names.insert(0, max(_ROLES, key=weighed.__getitem__))
    elif len(found) > 1 and Role.OTHER in found:
        names.remove(Role.OTHER)
    return names
