"""What the first reading of a notice decided, weighed once more with the words around each complaint that it names.

Phrases find a complaint wherever it stands; whether it is asked about or only told (settled, defined, an example, a reminder) shows in its
sentence, in those beside it and in how the notice is built. The weights are learned by `tests/notices/fit.py` from labelled notices, most
of them by writers whose words no phrase was written with.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import NamedTuple

from appealkit.alike import NONE, Decision, log_shares, most_alike, weigh
from appealkit.notice import COUNTED, Kind
from appealkit.phrases import found_in, found_together, lists_of
from appealkit.reading.beside import beginnings, beside, by_ones_and_twos, traits
from appealkit.reading.complained import ISSUE_OF, Named, left_out, paired
from appealkit.reading.page import Page
from appealkit.reading.told import Told, whole_and_parts
from appealkit.reading.whole import Alone, Whole
from appealkit.span import Span

_LIKELY = 0.5  # at least, for words that only their likeness makes a complaint
_DOUBTFUL = -2.0  # odds of a complaint, at least, to be shown as not understood where it is not taken
_MANY = 5  # complaints; more make no difference
_TELLING = ("kind", "says", "refusal", "request", "question", "fails")

Weighing = Callable[[Iterable[str], Decision], Mapping[str, float]]
"""Features and what is decided, to the logarithm of the odds of each class."""


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
        places = list(_places(page.told))
        left = left_out(page.told, ((place.told, place.issue, place.span) for place in places))
        self._places = [place for place in places if (place.told.number, place.issue) not in left]
        self._named = {place.issue for place in self._places}
        self._words = _without_names(page.told, self._places)
        self._leading = {told.lead.number for told in page.told if told.lead}
        self._plans = [told.number for told in page.told if told.asks_plan]
        self._listed = list(_listed(page.told, {place.told.number for place in self._places}))
        self._together = list(_together(self._places, self._listed))
        self._asking = {place.issue for place in self._places if place.told.asks_plan}
        said = {told.counted for told in page.told} - {None}
        self.counted: int | None = said.pop() if len(said) == 1 else None
        """How many complaints the notice says that it asks about; None where it does not say, or says several numbers."""

    def alone(self, weighing: Weighing = weigh) -> Alone:
        """Weigh the kind, the number of complaints and each complaint, each by itself.

        Args:
            weighing: what weighs features; another than `alike.weigh` where its weights are being learned.
        """
        tells = self.tells()
        odds = {issue: weighing(features, "asked")["asked"] for issue, features in self.shown().items()}
        first = Whole(self.first_kind, frozenset(self.first_issues))
        kinds, numbers = log_shares(weighing(tells, "notices")), log_shares(weighing(tells, "numbers"))
        return Alone(kinds, numbers, odds, self._metrics, self.counted, first, self._together)

    def named(self, issues: Collection[str]) -> Named:
        """Return complaints that are asked about, each with the words that name it.

        Args:
            issues: the complaints.
        """
        named: Named = {}
        for place in self._places:
            named.setdefault(place.issue, place.span)
        counted = [told.at(*place) for told in self._told for keys, place in told.found.items() if keys[0] == "counted"]
        whole = Span(self._told[0].piece.start, self._told[-1].piece.end) if self._told else Span(0, 0)
        unnamed = counted[0] if self.counted and counted else whole
        return {issue: named.get(issue, unnamed) for issue in sorted(issues)}

    def doubtful(self, alone: Alone, issues: Collection[str]) -> set[int]:
        """Return the numbers of the pieces that name a complaint which was left out, though it may well be asked about.

        That of a metric which is told to fail is not passed over in silence, nor is the matter of the notice where a complaint is named.

        Args:
            alone: what `alone` returned.
            issues: the complaints that are taken for asked about.
        """
        told = {*issues, *(ISSUE_OF[metric] for metric in self._metrics), *(["other"] if issues else [])}
        left = {issue for issue, odds in alone.odds.items() if odds > _DOUBTFUL and issue not in told}
        return {place.told.number for place in self._places if place.issue in left and not place.told.aside}

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
        words = by_ones_and_twos(beginnings(told.text))
        return [*(f"d:{word}" for word in words), *found, *(f"q:{question}" for question in told.questions)]

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
        yield from (f"way:{way}" for way in place.ways)
        yield from (f"{place.issue}:{word}" for word in beginnings(told.text[place.start : place.end]))
        yield from beside(self._told, self._words, told.number, place.start, place.end)
        is_so = [*traits(told), *self._stands(place)]
        yield from is_so
        yield from _by_twos([*is_so, place.issue])
        yield from (f"{self._said(place.issue)}&{trait}" for trait in is_so)

    def _stands(self, place: _Place) -> Iterator[str]:
        """Yield how the piece of a complaint stands to what the notice asks."""
        told = place.told
        first, last = (self._plans[0], self._plans[-1]) if self._plans else (len(self._told), -1)
        holds = {
            "plan": told.asks_plan,
            "leads": told.number in self._leading,
            "above": told.number < first,
            "below": told.number > last,
            "no-plan": not self._plans,
            "asked-by-name": place.issue in self._asking,
            "others-by-name": bool(self._asking) and place.issue not in self._asking,
            "counted": place.issue in COUNTED,
            "listed": any(told.number in points for points in self._listed),
            "fails": any(ISSUE_OF[metric] == place.issue for metric in self._metrics),
        }
        return (f"is:{name}" for name, so in holds.items() if so)


def _places(told: Sequence[Told]) -> Iterator[_Place]:
    """Yield each complaint that a piece names: by a phrase, a thing and its trouble, its metric, or words like those of known ones."""
    words = [one.text for one in told]
    for one, phrases, pairs in zip(told, found_in(words, lists_of("issue")), found_together(words, paired()), strict=True):
        ways: dict[str, list[tuple[str, int, int]]] = {}
        for (_, issue, name), (start, end) in phrases.items():
            ways.setdefault(issue, []).append((name, start, end))
        for (_, issue), (start, end) in pairs.items():
            ways.setdefault(issue, []).append(("pair", start, end))
        for metric, span in one.metrics:
            if metric != "odr" or one.asks_plan:
                ways.setdefault(ISSUE_OF[metric], []).append(("metric", span.start - one.piece.start, span.end - one.piece.start))
        for start, end in whole_and_parts(one.text):
            issue, likely = most_alike(one.text[start:end])
            if issue != NONE and likely > _LIKELY:
                ways.setdefault(issue, []).append((f"like{round(likely, 1)}", start, end))
        if conduct := one.found.get(("says", "conduct")):
            ways.setdefault("other", []).append(("conduct", *conduct))
        for issue, found in ways.items():
            _, start, end = min(found, key=lambda way: way[2] - way[1])
            yield _Place(one, issue, start, end, frozenset(name for name, _, _ in found))


def _listed(told: Sequence[Told], naming: Collection[int]) -> Iterator[frozenset[int]]:
    """Yield the points of each list that names a complaint in every point."""
    points: dict[int, set[int]] = {}
    for one in told:
        if one.piece.item and one.lead:
            points.setdefault(one.lead.number, set()).add(one.number)
    return (frozenset(numbers) for numbers in points.values() if len(numbers) > 1 and numbers <= set(naming))


def _together(places: Sequence[_Place], listed: Iterable[frozenset[int]]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the complaints that stand in one piece, and those of one list."""
    named: dict[int, set[str]] = {}
    for place in places:
        if not place.told.aside:
            named.setdefault(place.told.number, set()).add(place.issue)
    groups = [("piece", issues) for issues in named.values()]
    groups += [("list", set().union(*[named.get(number, set()) for number in points])) for points in listed]
    return ((where, frozenset(issues)) for where, issues in groups if len(issues) > 1)


def _without_names(told: Sequence[Told], places: Sequence[_Place]) -> list[list[str]]:
    """Return the words of each piece with one word for each complaint, since what is said of one is said of any."""
    named: list[set[tuple[int, int]]] = [set() for _ in told]
    for place in places:
        if (place.start, place.end) != (0, len(place.told.text)):
            named[place.told.number].add((place.start, place.end))
    return [beginnings(_blanked(one.text, sorted(spans))) for one, spans in zip(told, named, strict=True)]


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
