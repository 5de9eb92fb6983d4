"""What an answer tells that nobody gave: its days, figures and names beside those that the task tells."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from appealkit.annotate import Annotation
from appealkit.phrases import starred
from appealkit.segment import FRAME
from appealkit.span import Span
from appealkit.spelling import known
from appealkit.stated.days import Day, days_in, same_day, tells_day, without
from appealkit.stated.numbers import FLOATING, half_digit, numbers
from appealkit.stated.patterns import filled
from appealkit.tables import load
from appealkit.vocabulary import months, weekdays

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*(?P<ordinal>st|nd|rd|th)?")
_PER_CENT = re.compile(r" ?(?:%|per ?cent\b)")
_OUT_OF = re.compile(r" (?:out )?of (?:our |the |these |all )?(?:first )?")
_THOUSANDS = re.compile(r",(?=\d{3}(?:\D|\Z))")
_CAPITAL = r"(?<![\w'\u2019-])[^\W\d_a-z][^\W\d_A-Z]+(?!\w)"
_NAME = re.compile(_CAPITAL)
_LEFT = re.compile(rf"(?P<name>{_CAPITAL})(?: |(?P<title>, | of ))\Z")
_RIGHT = re.compile(rf"(?:,| of)? {_CAPITAL}")
_OPENS = re.compile(r"(?:\A|[.:!?\u2026(\"\u201c]\s*)\Z")
_NEAR = 99  # characters beside a name that are looked at: to look at all of them for each of many names takes long
_HALF_DAY = re.compile(r"\b(\d{1,2})(?::(\d\d))? ?([ap])\.?m\b\.?", re.IGNORECASE)
_LONG = re.compile(r"[^\W\d_]{3,}")
_STEM = 5  # letters
_LASTS = re.compile(r"[ -](?:[a-z]+[ -])?(day|week|month|year|decade|hour|minute)s?\b")
_ALONE = re.compile(r"\s*[,)]")


class _Facts(NamedTuple):
    """What a task tells."""

    days: frozenset[Day]
    spans: frozenset[float]
    """How many days there are between two of them, both counted or one."""
    figures: frozenset[float]
    rates: frozenset[float]
    words: frozenset[str]
    things: frozenset[re.Pattern[str]]


def not_given(answer: Annotation, told: Iterable[str], rates: Iterable[float] = ()) -> Iterator[tuple[str, str]]:
    """Find the days, figures and names of an answer that its task does not tell, and the things that would make another cause.

    A day is compared as such, in whatever form; a figure by its value, in digits or in words, and a percentage also with what the task's
    counts make. A name is a word with a capital inside a sentence, one at its start that English does not have, or a person's anywhere.
    Greetings, headings and sign-offs are left alone. What is told of whom and of what, is not compared.

    Args:
        answer: the answer, annotated.
        told: the texts of the task, in English.
        rates: percentages that follow from its facts.

    Yields:
        `day`, `figure`, `name` or `thing`, and the words, each once.

    >>> from appealkit.annotate import annotate
    >>> list(not_given(annotate("On 3 March 2026 Bob refunded 5 buyers."), ["Mei refunded five buyers on 2 March 2026."]))
    [('day', '3 March 2026'), ('name', 'Bob')]
    """
    facts = _facts("\n\n".join(told))
    facts = facts._replace(rates=facts.rates.union(rates))
    seen: set[tuple[str, str]] = set()
    for sentence in answer.sentences:
        if sentence.layout not in FRAME:
            for found in _strangers(" ".join(sentence.text.split()), facts):
                if found not in seen:
                    seen.add(found)
                    yield found


def tells(text: str, fact: str) -> bool:
    """Tell whether a text tells a fact: in the same words, as a day in another form, or with its figures and what they count.

    Args:
        text: any text, with single spaces.
        fact: a few words, a day or figures.

    >>> tells("Sorry, 7 buyers got an open pillow.", "seven pillows"), tells("It was 6.2 per cent.", "6.2%"), tells("It was 6.4%.", "4%")
    (True, True, False)
    """
    text, fact = _by_24_hours(text), _by_24_hours(fact)
    if re.search(rf"(?<!\d)(?<!\d[.,]){re.escape(fact)}(?!\d)", text, re.IGNORECASE) or tells_day(text, fact):
        return True
    (counts, rest), (told, more) = _counts(fact), _counts(text)
    if not counts or not counts.keys() <= told.keys():
        return False
    behind = _LONG.findall(more, min(told[count] for count in counts))
    return all(any(word.startswith(stem) for word in behind) for stem in (word[:_STEM].removesuffix("s") for word in _LONG.findall(rest)))


def _by_24_hours(text: str) -> str:
    """Write a time of day as the tasks do: 6 p.m. as 18:00."""
    return _HALF_DAY.sub(lambda time: f"{int(time[1]) % 12 + 12 * (time[3] in 'pP')}:{time[2] or '00'}", text)


def _counts(text: str) -> tuple[dict[tuple[float, bool], int], str]:
    """Return where the figures of a text first stand, each with whether it is a percentage, and its other words in small letters."""
    rest = text.lower()
    for span, _ in days_in(text):
        rest = without(rest, span)
    found: dict[tuple[float, bool], int] = {}
    for number in reversed(numbers(rest, Span(0, len(rest)))):
        if not rest[number.start].isdigit():
            found[float(number.value), False] = number.start
            rest = without(rest, number.span)
    for figure in reversed([*_FIGURE.finditer(rest)]):
        rate = _PER_CENT.match(rest, figure.end())
        found[_value(figure[0]), rate is not None] = figure.start()
        rest = without(rest, Span(figure.start(), rate.end() if rate else figure.end()))
    return found, rest


def _strangers(text: str, facts: _Facts) -> Iterator[tuple[str, str]]:
    rest = text = _by_24_hours(text)
    for span, readings in days_in(text):
        rest = without(rest, span)
        if not any(all(any(same_day(day, other) for other in facts.days) for day in reading) for reading in readings):
            yield "day", span.of(text)
    for found in _FIGURE.finditer(rest):
        value, rate = _value(found[0]), _PER_CENT.match(rest, found.end())
        spans = _spans(rest, found.end(), facts)
        if not (_rounds(value, found[0], facts) if rate else value in spans or _is_given(value, found, facts)):
            yield "figure", f"{found[0]}{rate[0] if rate else ''}"
    whole = rest.lower()
    for number in numbers(whole, Span(0, len(whole))):
        words, given = rest[number.start : number.end], facts.figures | _spans(whole, number.end, facts)
        counts = _counted().match(whole, number.end) or _LASTS.match(whole, number.end)
        if number.value > 1 and not words[0].isdigit() and float(number.value) not in given and counts:
            yield "figure", words
    yield from (("name", name) for name in _names(rest) if name.lower() not in facts.words)
    strange = (thing.search(text) for thing in _things() if thing not in facts.things)
    yield from (("thing", named[0]) for named in strange if named)


def _spans(text: str, end: int, facts: _Facts) -> frozenset[float]:
    """Return how many days may be told where a number ends: those that follow from the task's own days."""
    lasts = _LASTS.match(text, end)
    return facts.spans if lasts and lasts[1] == "day" else frozenset()


def _between(days: Iterable[Day]) -> Iterator[float]:
    whole = sorted({date(year, month, day) for year, month, day in days if year and day})
    for one, other in combinations(whole, 2):
        yield from ((other - one).days, (other - one).days + 1)


def _names(text: str) -> Iterator[str]:
    for found in _NAME.finditer(text):
        word = found[0].lower()
        before, after = text[max(0, found.start() - _NEAR) : found.start()], text[found.end() : found.end() + _NEAR]
        left, right = _LEFT.search(before), _RIGHT.match(after)
        surname = left is not None and not left["title"] and left["name"].lower() in _persons()  # what stands in front may be a title
        label = before.rstrip().endswith(":") and _ALONE.match(after)  # “(responsible: Bob, packing table)”
        at_start = not label and _OPENS.search(before)
        person = word in _persons() or surname
        plain = known(word) and (at_start or left or right)  # “Customer Service”: a title, unless English has no such word
        capital = found[0][0].isupper()  # letters without, such as Chinese ones, are told to be no English
        if capital and word.removesuffix("s") not in _no_names() and (person or not plain):
            yield found[0]


def _is_given(value: float, found: re.Match[str], facts: _Facts) -> bool:
    return value in facts.figures or (bool(found["ordinal"]) and any(value == day[2] for day in facts.days))


def _rounds(value: float, written: str, facts: _Facts) -> bool:
    """Tell whether a percentage is one of the task's, as exact as it is written."""
    return value in facts.figures or any(abs(value - rate) <= half_digit(written) + FLOATING for rate in facts.rates)


def _value(written: str) -> float:
    digits = _THOUSANDS.sub("", written.rstrip("stndrh")).replace(",", ".")
    whole, _, rest = digits.partition(".")
    return float(f"{whole}.{rest.replace('.', '')}")


@lru_cache(maxsize=64)
def _facts(told: str) -> _Facts:
    days: set[Day] = set()
    figures: set[float] = set()
    rates: set[float] = set()
    for line in (_by_24_hours(" ".join(each.split())) for each in told.splitlines()):
        rest = line
        for span, readings in days_in(line):
            rest = without(rest, span)
            days.update(day for reading in readings for day in reading)
        whole = rest.lower()
        stated = numbers(whole, Span(0, len(whole)))
        figures.update(_value(found[0]) for found in _FIGURE.finditer(rest))
        figures.update(float(number.value) for number in stated)
        shares = ((one, other) for one, other in pairwise(stated) if _OUT_OF.fullmatch(whole, one.end, other.start))
        rates.update(100 * part.value / all_.value for part, all_ in shares if all_.value)
    figures.update(float(day[0]) for day in days if day[0])
    things = frozenset(thing for thing in _things() if thing.search(told))
    spans = frozenset(_between(days))
    return _Facts(frozenset(days), spans, frozenset(figures), frozenset(rates), frozenset(re.findall(r"\w+", told.lower())), things)


@cache
def _no_names() -> frozenset[str]:
    return frozenset(["amazon", "english", "seller", "central", *months(), *weekdays()])


@cache
def _persons() -> frozenset[str]:
    """Return words that are the name of a person wherever they have a capital, though English has them as words."""
    return frozenset(load("answers.toml")["persons"].split())


@cache
def _counted() -> re.Pattern[str]:
    return filled(r"(?: (?:{quality}))? (?:{orders}|{people})\b| (?:out )?of (?:[a-z]+ ){0,2}\d")


@cache
def _things() -> tuple[re.Pattern[str], ...]:
    """Return for each list of things the pattern that finds one of them."""
    return tuple(re.compile(rf"\b(?:{'|'.join(map(starred, words))})\b", re.IGNORECASE) for words in load("answers.toml")["things"])
