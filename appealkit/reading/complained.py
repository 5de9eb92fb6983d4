"""The complaints that a sentence of a notice names: by phrases, by a thing and its trouble, or by words like those of known ones."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import islice

from appealkit.alike import NONE, most_alike, shares
from appealkit.notice import COUNTED
from appealkit.phrases import Keys, Place, between, found_in, found_together, lists_of, pattern
from appealkit.reading.defects import counted_in, only_counted
from appealkit.reading.page import Page
from appealkit.reading.told import Told
from appealkit.span import Span
from appealkit.tables import load

ISSUE_OF = {
    "odr": "other",
    "cancellation": "cancellation",
    "late-shipment": "late-shipment",
    "valid-tracking": "tracking",
    "on-time-delivery": "not-received",
}
"""The issue that a metric is about."""
_QUOTED = re.compile(r'"[^"]{4,200}"')
_WORD = r"[A-Z\d][\w'./-]{0,30}"
_NAME = re.compile(
    rf"""["\u201c\u300c]{_WORD}(?:,? (?:{_WORD}|&|and|of|the|for|with|\d{{1,4}} [a-z]{{1,12}})){{1,8}}["\u201d\u300d]"""
)  # of goods: each word begins with a capital
_PART = re.compile(r'"[^"\w]*|;|(?<!\w)\(?(?:[ivx]{1,4}|[a-h]|\d)\)\s')
_ASIDE = re.compile(r"(?<=\w) ?\([^()]{12,200}\)")  # an example, or what is asked besides
_UNLIKE = 0.2  # how likely the words around a phrase are the complaint, at least, to be one
_OTHERS = 5  # phrases of a sentence that are looked at when the first is unlike; more would take time and tell nothing
_LIKELY = 0.7  # at least, for a complaint that only its words make like others
_SURE = 0.9  # the same, for one that is asked about


Named = dict[str, Span]
"""Types of complaint that a piece names, each with its words."""


def named_on(page: Page) -> list[Named]:
    """Return the types of complaint that each piece of a notice names.

    Args:
        page: the notice.

    Returns:
        For each piece its complaints, in its own order.
    """
    words = [_complaints(told) for told in page.told]
    phrases, pairs = found_in(words, lists_of("issue")), found_together(words, paired())
    named = [_issues_in(told, *found) for told, *found in zip(page.told, phrases, pairs, strict=True)]
    _leave_out_unlike(page, named)
    _leave_out_names(page, named)
    _name_by_likeness(page, named)
    _tell_late_apart(page, named)
    naming = ((told, issue, span) for told in page.told for issue, span in named[told.number].items())
    for number, issue in left_out(page.told, naming):
        del named[number][issue]
    _name_the_rate(page, named)
    return named


def _leave_out_unlike(page: Page, all_named: list[Named]) -> None:
    """Leave out a complaint that the words around each of its phrases are not like: "insufficient" alone is no item left out."""
    for told, named in zip(page.told, all_named, strict=True):
        for issue, span in list(named.items()):
            if issue == "other" or _like_it(told, issue, span):
                continue
            found = islice(pattern("issue", issue, "phrases").finditer(told.text), _OTHERS)
            others = (told.at(*match.span()) for match in found)
            better = next((other for other in others if _like_it(told, issue, other)), None)
            if better:
                named[issue] = better
            else:
                del named[issue]


def _leave_out_names(page: Page, all_named: list[Named]) -> None:
    """Leave out a word in the name of goods: the "Late Arrival Diorama Train Set" did not arrive late."""
    for told, named in zip(page.told, all_named, strict=True):
        names = _names_in(page, told) if named else []
        for issue, span in list(named.items()):
            if any(_within(span, name) and 2 * (span.end - span.start) < name.end - name.start for name in names):
                del named[issue]


def _names_in(page: Page, told: Told) -> list[Span]:
    """Find names of goods in quotation marks."""
    return [Span(*found.span()) for found in _NAME.finditer(page.text, told.piece.start, told.piece.end)]


def _like_it(told: Told, issue: str, span: Span) -> bool:
    return any(shares(words, "complaints")[issue] >= _UNLIKE for words in _around(told, span))


def _around(told: Told, span: Span) -> tuple[str, ...]:
    """Return the words of a phrase, those around it, and its last word with the one behind it."""
    part, words = told.part(span), told.words(span)
    end = span.end - told.piece.start
    return part, words, f"{words.split()[-1]} {' '.join(told.text[end:].split()[:1])}"


def _tell_late_apart(page: Page, all_named: list[Named]) -> None:
    """Take "late parcels" for late shipment where only that is told otherwise: one matter is one issue."""
    if not any("late-shipment" in named for named in all_named):
        return
    either = pattern("issue", "not-received", "either")
    late = [(told, named) for told, named in zip(page.told, all_named, strict=True) if "not-received" in named]
    if all(either.fullmatch(told.words(named["not-received"])) for told, named in late):
        for _, named in late:
            named.setdefault("late-shipment", named.pop("not-received"))


def left_out(told: Sequence[Told], naming: Iterable[tuple[Told, str, Span]]) -> set[tuple[int, str]]:
    """Return which complaints are none though they are named, each with the number of its piece.

    These are the defects that the order defect rate counts, where no word makes them faults of goods; and what is only included in the
    actions that are asked for, where the notice tells others.

    Args:
        told: the pieces of the notice.
        naming: each piece with a complaint that it names, and the words that do.
    """
    naming = list(naming)
    defective = [one for one, issue, _ in naming if issue == "defective"]
    left = {(one.number, "defective") for one in defective} if only_counted(told, defective) else set()
    included: set[tuple[int, str]] = set()
    telling = False
    for one, issue, span in naming:
        if (one.number, issue) in left:
            continue
        if one.only_includes(span):
            included.add((one.number, issue))
        elif issue not in COUNTED and not one.aside:
            telling = True
    return left | included if telling else left


def _name_the_rate(page: Page, all_named: list[Named]) -> None:
    """Name the order defect rate where it is asked about beside other metrics: "the cause of your order defects and late shipments"."""
    rated = {ISSUE_OF[metric] for told in page.told for metric, _ in told.metrics if metric != "odr"}
    spoken = any(metric == "odr" for told in page.told if not told.aside for metric, _ in told.metrics)
    if not spoken or not any(all_named) or not all(named.keys() <= rated for named in all_named):
        return
    for told, named in zip(page.told, all_named, strict=True):
        span = next((span for metric, span in told.metrics if metric == "odr"), None) or counted_in(told)
        if span and told.asks_plan and not told.aside:
            named["other"] = span


def _name_by_likeness(page: Page, all_named: list[Named]) -> None:
    """Name complaints that no phrase tells: what is told as one, asked about or quoted, and, where none is found so, what is not."""
    for sure in (True, False):
        for told, issues in zip(page.told, all_named, strict=True):
            if told.number in page.points:
                continue
            surely = _quoted(told) or "cause" in told.questions or (told.complains and not told.asks)
            if surely if sure else not told.asks:
                issues.update(_alike(told, [*issues.values(), *_names_in(page, told)]))
        if any(all_named) or any(told.metrics for told in page.told):
            return


def _complaints(told: Told) -> str:
    """Return its words as far as they may name complaints: without the names of metrics."""
    if not told.asks and (told.aside or (not told.lead and pattern("says", "instructs").match(told.text))):
        return ""
    example = told.find("says", "example")
    if example:
        return told.text[: example.start - told.piece.start]
    text = _ASIDE.sub(lambda found: " " * len(found.group()), told.text) if told.asks else told.text
    if not told.metrics:
        return text
    names = [span for metric, span in told.metrics if metric == "odr" or not told.asks]
    places = sorted(Span(name.start - told.piece.start, name.end - told.piece.start) for name in names)
    return "".join(" " * (bit.end - bit.start) if name else bit.of(text) for bit, name in Span(0, len(text)).cut(places))


def _issues_in(told: Told, found: Mapping[Keys, Place], pairs: Mapping[Keys, Place]) -> Named:
    """Return the types of complaint that are among what was found in its complaints, each with its words."""
    named: Named = {}
    complains = told.complains or told.requests or told.short or told.lead
    for (_, issue, name), words in found.items():
        if told.asks or (name == "phrases" and (complains or issue not in COUNTED)):
            named.setdefault(issue, told.at(*words))
    named = {issue: span for issue, span in named.items() if not any(_part_of(told, span, other) for other in named.values())}
    if complains:
        taken = list(named.values())
        for (_, issue), words in sorted(pairs.items(), key=lambda entry: entry[1][1] - entry[1][0]):
            span = told.at(*words)
            if issue not in named and not any(map(span.meets, taken)):
                named[issue] = span
                taken.append(span)
    if told.metrics and told.asks:
        named = {ISSUE_OF[metric]: span for metric, span in told.metrics if metric != "odr"} | named
    return dict(sorted(named.items(), key=lambda entry: entry[1])) if len(named) > 1 else named


def _alike(told: Told, named: Iterable[Span]) -> Named:
    """Return the types of complaint that its parts are most like, as far as no phrase tells one in them."""
    if told.aside or told.metrics or (told.requests and not told.asks):
        return {}
    words = _complaints(told)
    found = {}
    for start, end in between(_PART, told.text):  # what is quoted or counted up in it is a complaint of its own
        part = told.at(start, end)
        if start < end and not any(map(part.meets, named)):
            issue, likely = most_alike(words[start:end])
            if issue not in {NONE, "other"} and likely > (_SURE if told.asks else _LIKELY):
                found[issue] = part
    return found


def _part_of(told: Told, span: Span, other: Span) -> bool:
    """Are its words part of other ones, and not a complaint beside these: "damaged" in "late or damaged deliveries" is one?"""
    return _within(span, other) and not told.words(Span(other.start, span.start)).endswith((" or ", " and "))


def _quoted(told: Told) -> bool:
    """Tell whether a passage of it stands in quotation marks."""
    return bool(_QUOTED.search(told.text))


@cache
def paired() -> tuple[Keys, ...]:
    """Return the paths to the issues that are also told by a thing and its trouble."""
    return tuple(("issue", issue) for issue, entry in load("notices.toml")["issue"].items() if "thing" in entry)


def _within(span: Span, other: Span) -> bool:
    return span != other and other.start <= span.start and span.end <= other.end
