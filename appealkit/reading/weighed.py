"""What the first reading of a notice decided, weighed once more with the words around each complaint that it names.

Phrases find a complaint wherever it stands; whether it is asked about or only told (settled, defined, an example, a reminder) shows in its
sentence, in those beside it and in how the notice is built. The weights are learned by `tests/notices/fit.py` from notices that no phrase
was written with.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import chain, combinations
from typing import NamedTuple, cast

from appealkit.alike import NONE, most_alike, weigh
from appealkit.notice import COUNTED, PLAN, Kind
from appealkit.phrases import found_in, lists_of, told_together
from appealkit.reading.complained import ISSUE_OF, Named, paired
from appealkit.reading.page import Page
from appealkit.reading.told import Told, whole_and_parts
from appealkit.segment import Span

_WORD = re.compile(r"[a-z]+|[\u4e00-\u9fff]")
_FIGURE = re.compile(r"\d[\d.,]*")
_ODDS = -0.3  # logarithm of the odds, at least, of a complaint that is asked about
_STEM = 6  # letters; what follows them is mostly an ending
_WINDOW = 6  # words on either side of a complaint
_SENTENCE = 60  # words; what lies beyond says little about its beginning
_LIKELY = 0.5  # at least, for words that only their likeness makes a complaint
_FIFTHS = 5  # parts of a notice
_MANY = 5  # complaints; more make no difference
_TELLING = ("kind", "says", "refusal", "request", "question", "fails")
_ISSUES = lists_of("issue")


class _Place(NamedTuple):
    """A complaint that a piece names."""

    told: Told
    issue: str
    start: int
    end: int
    ways: frozenset[str]

    @property
    def span(self) -> Span:
        return self.told.at(self.start, self.end)


class Weighed:
    """A notice weighed.

    Args:
        page: the notice.
        kind: its kind by the first reading.
        metrics: the metrics that fail.
        asked: the complaints that it asks about by the first reading.
    """

    def __init__(self, page: Page, kind: Kind, metrics: Collection[str], asked: Collection[str]) -> None:
        """Look for every complaint that it names, whether it counts or not."""
        self._told = page.told
        self.first_kind = kind
        self._metrics = metrics
        self.first_issues = tuple(asked)
        self._places = list(_places(page.told))
        self._named = {place.issue for place in self._places}
        self._words = _without_names(page.told, self._places)
        self._leading = {told.lead.number for told in page.told if told.lead}
        self._plans = [told.number for told in page.told if not told.questions.keys().isdisjoint(PLAN)]
        self._asking = {place.issue for place in self._places if place.told.number in set(self._plans)}

    def issues(self) -> Named:
        """Return the complaints that are asked about, each with the words that name it."""
        shown = self.shown()
        named: Named = {}
        for place in self._places:
            named.setdefault(place.issue, place.span)
        whole = Span(self._told[0].piece.start, self._told[-1].piece.end) if self._told else Span(0, 0)
        return {issue: named.get(issue, whole) for issue, features in shown.items() if weigh(features, "asked")["asked"] > _ODDS}

    def kind(self) -> Kind:
        """Return its kind."""
        told = weigh(self.tells(), "notices")
        return cast("Kind", max(told, key=lambda name: told[name]))

    def told_by(self, kind: Kind) -> list[Span]:
        """Return the words that speak most for a kind: those of one piece."""
        telling = max(self._told, key=lambda told: weigh(self._tells(told), "notices")[kind], default=None)
        return [telling.at(0, len(telling.text))] if telling else []

    def shown(self) -> dict[str, list[str]]:
        """Return, for each complaint that may be asked about, what speaks for or against it."""
        shown: dict[str, dict[str, None]] = {issue: {} for issue in sorted(self._named | {*self.first_issues, "other"})}
        for place in self._places:
            shown[place.issue].update(dict.fromkeys(self._around(place)))
        return {issue: [*features, *self._first(issue, "named" if features else "unnamed")] for issue, features in shown.items()}

    def tells(self) -> list[str]:
        """Return what speaks for or against a kind."""
        first = [f"kind={self.first_kind}", *(f"fails={name}" for name in self._metrics)]
        asked = [f"asks={name}" for name in self.first_issues or ["none"]]
        return list(dict.fromkeys([*chain.from_iterable(map(self._tells, self._told)), *first, *asked]))

    @staticmethod
    def _tells(told: Told) -> list[str]:
        """Return what speaks in a piece for or against a kind."""
        found = [f"has:{'.'.join(keys)}" for keys in told.found if keys[0] in _TELLING]
        return [*(f"d:{word}" for word in _words(told.text)[:_SENTENCE]), *found, *(f"q:{question}" for question in told.questions)]

    def _first(self, issue: str, named: str) -> Iterator[str]:
        """Yield what the first reading says of a complaint, alone and by twos."""
        told = [
            f"issue={issue}",
            self._said(issue),
            f"of={min(3, len(self.first_issues))}",
            "first-other" if "other" in self.first_issues else "no-other",
            f"named={min(_MANY, len(self._named))}",
            named,
        ]
        yield from told
        yield from _by_twos(told)

    def _said(self, issue: str) -> str:
        return "first" if issue in self.first_issues else "not-first"

    def _around(self, place: _Place) -> Iterator[str]:
        """Yield what stands around a complaint, and what its piece is."""
        told = place.told
        before, after = _words(told.text[: place.start])[-_WINDOW:], _words(told.text[place.end :])[:_WINDOW]
        yield from (f"way:{way}" for way in place.ways)
        yield from (f"{place.issue}:{word}" for word in _words(told.text[place.start : place.end]))
        yield from (f"before:{word}" for word in before)
        yield from (f"after:{word}" for word in after)
        above, below = self._told[max(0, told.number - 1) : told.number], self._told[told.number + 1 : told.number + 2]
        for name, beside in (("in", [told]), ("lead", [told.lead] if told.lead else []), ("up", above), ("down", below)):
            yield from (f"{name}:{word}" for one in beside for word in self._words[one.number])
        yield from self._piece(place)

    def _piece(self, place: _Place) -> Iterator[str]:
        """Yield what the piece of a complaint is, and where it stands."""
        told, lead = place.told, place.told.lead
        first, last = (self._plans[0], self._plans[-1]) if self._plans else (len(self._told), -1)
        holds = {
            "item": told.piece.item,
            "heading": told.heading,
            "asks": told.asks,
            "plan": not told.questions.keys().isdisjoint(PLAN),
            "complains": told.complains,
            "requests": told.requests,
            "short": told.short,
            "cited": told.cited,
            "metric": bool(told.metrics),
            "under-question": bool(lead and lead.questions),
            "under-request": bool(lead and lead.requests),
            "leads": told.number in self._leading,
            "above": told.number < first,
            "below": told.number > last,
            "no-plan": not self._plans,
            "asked-by-name": place.issue in self._asking,
            "others-by-name": bool(self._asking) and place.issue not in self._asking,
            "counted": place.issue in COUNTED,
            "fails": any(ISSUE_OF[metric] == place.issue for metric in self._metrics),
        }
        traits = [*(f"is:{name}" for name, so in holds.items() if so), *(f"aside:{name}" for name in sorted(told.aside))]
        yield from traits
        yield from _by_twos([*traits, place.issue])
        yield from (f"{self._said(place.issue)}&{trait}" for trait in traits)
        yield from (f"under:{name}" for name in sorted(lead.aside if lead else ()))
        yield from (f"question:{name}" for name in told.questions)
        yield f"part:{_FIFTHS * told.number // max(1, len(self._told))}"


def _places(told: Sequence[Told]) -> Iterator[_Place]:
    """Yield each complaint that a piece names: by a phrase, a thing and its trouble, its metric, or words like those of known ones."""
    words = [one.text for one in told]
    for one, phrases, pairs in zip(told, found_in(words, _ISSUES), told_together(words, paired()), strict=True):
        ways: dict[str, list[tuple[str, int, int]]] = {}
        for (_, issue, name), (start, end) in phrases.items():
            ways.setdefault(issue, []).append((name, start, end))
        for (_, issue), (start, end) in pairs.items():
            ways.setdefault(issue, []).append(("pair", start, end))
        for metric, span in one.metrics:
            if metric != "odr":
                ways.setdefault(ISSUE_OF[metric], []).append(("metric", span.start - one.piece.start, span.end - one.piece.start))
        for start, end in whole_and_parts(one.text):
            issue, likely = most_alike(one.text[start:end])
            if issue != NONE and likely > _LIKELY:
                ways.setdefault(issue, []).append((f"like{round(likely, 1)}", start, end))
        for issue, found in ways.items():
            if issue != "other":
                _, start, end = min(found, key=lambda way: way[2] - way[1])
                yield _Place(one, issue, start, end, frozenset(name for name, _, _ in found))


def _without_names(told: Sequence[Told], places: Sequence[_Place]) -> list[list[str]]:
    """Return the words of each piece with one word for each complaint, since what is said of one is said of any."""
    named: list[set[tuple[int, int]]] = [set() for _ in told]
    for place in places:
        if (place.start, place.end) != (0, len(place.told.text)):
            named[place.told.number].add((place.start, place.end))
    return [_words(_blanked(one.text, sorted(spans)))[:_SENTENCE] for one, spans in zip(told, named, strict=True)]


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    bits: list[str] = []
    position = 0
    for start, end in spans:
        if start >= position:
            bits += [text[position:start], " iss "]
            position = end
    return "".join([*bits, text[position:]])


def _by_twos(names: Sequence[str]) -> Iterator[str]:
    return (f"{one}&{other}" for one, other in combinations(names, 2))


def _words(text: str) -> list[str]:
    """Return the beginnings of words, a word for each figure; of Chinese the characters."""
    return [word[:_STEM] for word in _WORD.findall(_FIGURE.sub(" num ", text))]
