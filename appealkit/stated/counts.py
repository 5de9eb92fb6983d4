"""Counts of a letter: so many out of so many, and so many of a kind."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import Any

from appealkit.span import Span
from appealkit.stated.numbers import Number, numbers, of_time
from appealkit.stated.patterns import AHEAD, behind, counted, data, filled, rate_words

_PARTNERS = 6
"""Numbers behind a number that may be counted out of it; between them stand those of days."""


@dataclass(frozen=True, slots=True)
class Share:
    """A count out of orders.

    Args:
        part: the number that is counted.
        whole: the number that it is counted out of.
    """

    part: Number
    whole: Number

    @property
    def span(self) -> Span:
        """From the first of the two to the last."""
        return Span(min(self.part.start, self.whole.start), max(self.part.end, self.whole.end))


@dataclass(frozen=True, slots=True)
class Count:
    """A number of which a letter says what it counts.

    Args:
        what: what is counted: a kind of defect, `defects` or `orders`.
        number: the number.
        span: the words that say so.
        by_verb: whether it is told by what became of orders or buyers, and not by a noun right behind the number.
    """

    what: str
    number: Number
    span: Span
    by_verb: bool


def shares(text: str, sentence: Span, given: Sequence[Number]) -> Iterator[Share]:
    """Find which numbers of a sentence are counted out of which.

    Args:
        text: the letter, in lower case.
        sentence: where the sentence is.
        given: its numbers.

    Yields:
        The shares; a number stands in one of them at most.
    """
    taken: set[int] = set()
    for shape in _shares():
        for place, first in enumerate(given):
            for second in islice(given, place + 1, place + 1 + _PARTNERS):
                if {first.start, second.start} & taken or not shape["between"].fullmatch(text, first.end, second.start):
                    continue
                before = text[max(sentence.start, first.start - AHEAD) : first.start]
                if not (shape["before"].search(before) and shape["behind"].match(text, second.end, sentence.end)):
                    continue
                if of_time(text, first.end, sentence) or of_time(text, second.end, sentence):
                    continue
                part, whole = (second, first) if shape["turned"] else (first, second)
                if part is second and not part.value and second is not given[place + 1]:  # “of 310 orders, 306 had no defect”
                    continue
                if part.value > whole.value and not part.bound:
                    continue
                taken |= {first.start, second.start}
                over = whole is second and text[first.end : second.start].endswith("over ")
                exact = whole.bound == "part" or (over and whole.bound == "above")  # “of” and “over” stand before a whole
                yield Share(part, replace(whole, bound="") if exact else whole)


def counts(text: str, sentence: Span, given: Sequence[Number], kind: str) -> Iterator[Count]:
    """Find the numbers of which a sentence says what they count.

    Args:
        text: the letter, in lower case.
        sentence: where the sentence is.
        given: its numbers.
        kind: `kind` for kinds of defect, `sum` for all defects and all orders, `in-window` for what is so only beside the window.

    Yields:
        What is counted, with its number.
    """
    for number in given:
        before = text[max(sentence.start, number.start - AHEAD) : number.start]
        if rate_words("of-all").search(before):  # “2% of our 310 orders”
            continue
        for what, (noun, verb, pairs) in counted(kind).items():
            found = noun.match(text, number.end, sentence.end) or verb.match(text, number.end, sentence.end)
            ahead = next((told for told in (_told(pair, text, before, number, sentence) for pair in pairs) if told), None)
            if not found and not ahead:
                continue
            end = found.end() if found else (ahead or (0, number.end))[1]
            if behind("both").match(text, end, sentence.end) or behind("rhythm").match(text, end, sentence.end):
                continue
            start = number.start if found else number.start - (ahead or (0, 0))[0]
            some = replace(number, bound=number.bound or "part") if behind("named-part").match(text, end, sentence.end) else number
            yield Count(what, some, Span(start, end), bool(found and found.re is verb))


def _told(pair: tuple[re.Pattern[str], re.Pattern[str]], text: str, before: str, number: Number, sentence: Span) -> tuple[int, int] | None:
    """Return how many characters before a number tell what it counts, and where the words behind it end."""
    ahead, then = pair
    found, behind = ahead.search(before), then.match(text, number.end, sentence.end)
    return (len(before) - found.start(), behind.end()) if found and behind else None


def count_alone(text: str, sentence: Span) -> Share | None:
    """Return the count of a sentence that tells nothing but how many of all orders were defective; None for any other sentence.

    >>> (share := count_alone("we had 6 bad orders out of 176.", Span(0, 31))) and (share.part.value, share.whole.value)
    (6, 176)
    """
    given = numbers(text, sentence)
    if len(given) != 2 or given[0].bound or not given[0].value <= given[1].value:
        return None
    part, whole = given
    shape = f"{text[sentence.start : part.start]}#{text[part.end : whole.start]}#{text[whole.end : sentence.end]}"
    return Share(part, whole) if whole.value and rate_words("count-alone").fullmatch(shape) else None


@cache
def _shares() -> list[dict[str, Any]]:
    return [
        {
            "turned": shape.get("turned", False),
            "between": filled(shape["between"]),
            "behind": filled(shape.get("behind", "")),
            "before": filled(rf"\b{shape['before']}\Z" if "before" in shape else ""),
        }
        for shape in data()["share"]
    ]
