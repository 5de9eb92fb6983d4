"""Percentages of a letter, in digits or in words, and what they are a part of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, pairwise

from appealkit.span import Span
from appealkit.stated.counts import Share
from appealkit.stated.numbers import FLOATING, Bound, Number, bound_of, fits, half_digit, number_of, of_time
from appealkit.stated.patterns import AHEAD, MOST, behind, counted, filled, rate_words
from appealkit.vocabulary import below_hundred, in_words


@dataclass(frozen=True, slots=True)
class Rate:
    """A percentage of a letter.

    Args:
        span: where it stands.
        value: what it says, in per cent.
        rounding: half of the last digit that was written.
        bound: how exact it is meant.
        worded: whether it is written in words.
    """

    span: Span
    value: float
    rounding: float
    bound: Bound = ""
    worded: bool = False

    def apart(self, known: float) -> float:
        """Return how far it lies from what is known, beyond what its words and its rounding allow: 0 where it can be the same."""
        return 0.0 if fits(self.value, self.bound, known, self.rounding) else max(0.0, self._off(known) - self.rounding)

    def counts(self, known: float) -> bool:
        """Tell whether it is what counts give, rounded or cut off."""
        return self._off(known) <= 2 * self.rounding

    def _off(self, known: float) -> float:
        return abs(self.value - known) - FLOATING


def rates(text: str, sentence: Span, spans: Sequence[Span]) -> Iterator[Rate]:
    """Read the percentages of a sentence.

    Args:
        text: the letter, in lower case.
        sentence: where the sentence is.
        spans: where its percentages in digits are.

    Yields:
        Those in digits, and those in words.

    >>> [rate.value for rate in rates("it was 1.3%, or one point two nine per cent", Span(0, 43), [Span(7, 11)])]
    [1.3, 1.29]
    """
    for span in spans[:MOST]:
        digits = re.split(r"[^\d.,]", span.of(text))[0].replace(",", ".").rstrip(".")
        yield Rate(span, float(digits), half_digit(digits), _exact(text, span.start))
    for match in islice(_worded_rate().finditer(text, *sentence), MOST):
        digits = "".join(str(number_of(word)) for word in re.findall(_digit(), match["digits"] or ""))
        value = f"{number_of(match['whole'])}.{digits}"
        yield Rate(Span(*match.span()), float(value), half_digit(value), _exact(text, match.start()), worded=True)


def _exact(text: str, start: int) -> Bound:
    """Tell how exact a rate is meant; “a rate of 2%” is no part of one."""
    return bound_of(text[max(0, start - AHEAD) : start]).replace("part", "")


def part_of(text: str, rate: Span, sentence: Span) -> str:
    """Tell what a percentage is a part of, other than the orders that a metric counts.

    Returns:
        A kind of defect for its own rate, such as that of claims; `orders` where nothing says that the orders are defective, `other` for a
        part of something else; else nothing.

    >>> part_of("we lost 5% of the parcels.", Span(8, 10), Span(0, 26)), part_of("5% of the parcels were late", Span(0, 2), Span(0, 27))
    ('orders', '')
    """
    before = text[max(sentence.start, rate.start - AHEAD) : rate.start]
    for kind, (_, verb, _) in counted("kind").items():
        found = verb.match(text, rate.end, sentence.end)
        if found and not behind("both").match(text, found.end(), sentence.end):
            return kind
    for kind, ahead in rate_words("kind").items():
        if ahead.search(before):
            return str(kind)
    if any(rate_words(name).search(before) for name in ("by", "of-them", "of-others")):
        return "other"
    if any(rate_words(name).match(text, rate.end, sentence.end) for name in ("more", "defects")):
        return "other"
    if rate_words("rate").search(before) or not rate_words("of").match(text, rate.end, sentence.end):
        return ""
    answers = (("failed", ""), ("all-orders", "orders"))
    return next((answer for name, answer in answers if rate_words(name).match(text, rate.end, sentence.end)), "other")


def from_to(text: str, first: Span, then: Span) -> bool:
    """Tell whether a rate is told to have gone from one percentage to another.

    >>> from_to("rose from 1% in may to 2%", Span(10, 12), Span(23, 25))
    True
    """
    return bool(
        rate_words("from").search(text, max(0, first.start - AHEAD), first.start)
        and rate_words("to").fullmatch(text, first.end, then.start)
    )


def told_as_earlier(text: str, rate: Span) -> bool:
    """Tell whether a percentage is what a rate was before, or is compared with: “had been 0.4%”.

    >>> told_as_earlier("it had been 0.4%", Span(12, 16))
    True
    """
    return bool(rate_words("earlier").search(text, max(0, rate.start - AHEAD), rate.start))


def says_the_same(text: str, rate: Span, share: Share) -> bool:
    """Tell whether a percentage and a count out of orders say the same thing: “9 of 412 orders (2.2%)”."""
    span, whole = share.span, share.whole.end
    of_orders = any(rate_words("of-orders").match(text, end) for end in (whole, share.part.end))
    if span.start >= rate.end and (link := rate_words("then-count").fullmatch(text, rate.end, span.start)):
        return bool(of_orders or (not link["words"] and rate_words("of-nothing").match(text, whole)))
    then = span.end <= rate.start and rate_words("then-rate").fullmatch(text, span.end, rate.start)
    return bool(
        then
        and (of_orders or rate_words("of-nothing").match(text, whole))
        and not any(rate_words(name).match(text, rate.end) for name in ("more", "of"))
    )


def with_time(text: str, rate: Span, times: Sequence[Span]) -> Span:
    """Return where a rate stands with the period that follows it right behind.

    >>> with_time("2% from 2 to 9 may", Span(0, 2), [Span(8, 18)])
    Span(start=0, end=18)
    """
    behind = (time.end for time in times if time.start > rate.end and rate_words("then-time").fullmatch(text, rate.end, time.start))
    return Span(rate.start, next(behind, rate.end))


def is_rate_of(text: str, rate: Rate, share: Share) -> bool:
    """Tell whether a percentage only says again what the count before it does: “five of the seven claims (71%)”."""
    if (
        share.span.end > rate.span.start
        or not share.whole.value
        or not rate_words("then-rate").fullmatch(text, share.span.end, rate.span.start)
    ):
        return False
    return rate.counts(100 * share.part.value / share.whole.value)


def one_in(text: str, sentence: Span, given: Sequence[Number]) -> Iterator[tuple[Span, Number]]:
    """Find rates that are told as one order in so many.

    Yields:
        Where they stand, and the number of orders.
    """
    for first, second in pairwise(given):
        of_orders = not (of_time(text, second.end, sentence) or rate_words("of-goods").match(text, second.end, sentence.end))
        if first.value == 1 and of_orders and _one_in().fullmatch(text, first.end, second.start):
            yield Span(first.start, second.end), replace(second, bound=first.bound)


@cache
def _one_in() -> re.Pattern[str]:
    return filled("(?: (?:{quality} )?(?:{orders}))? in (?:every |each )?")


@cache
def _worded_rate() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<whole>{in_words()})(?: point (?P<digits>{_digit()}(?: {_digit()}){{0,2}}))? per ?cent\b")


@cache
def _digit() -> str:
    return f"(?:zero|{below_hundred()})"  # “one point two nine”, “one point twenty-nine”
