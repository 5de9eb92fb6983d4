"""What is told of a text as a whole: why it is not judged, or what to know of it beside the findings."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from appealkit.language import Lang, listed, metric_name, say
from appealkit.phrases import holds
from appealkit.roles import Role, Sentence
from appealkit.segment import Layout
from appealkit.span import Span
from appealkit.stated.days import impossible_days
from appealkit.tables import load
from appealkit.text import one_line, short


class Remark(NamedTuple):
    """Something told of a text as a whole.

    Args:
        id: key of `remark` in the strings.
        reason: by what it was decided, key of `remark.reason` in the strings; empty where the remark itself says so.
        words: the words of the text that decided, as far as there are some.
        kind: kind of text that they belong to, key of `remark.kind` in the strings; empty for none.
        number: what was counted.
        span: where its words stand; None when it is about all of the text.
        metric: metric that it is about; empty for none.
    """

    id: str
    reason: str = ""
    words: tuple[str, ...] = ()
    kind: str = ""
    number: int = 0
    span: Span | None = None
    metric: str = ""

    def say(self, lang: Lang) -> str:
        """Tell it in one language, with its reason."""
        values = {
            "words": listed((say("remark.quoted", lang, words=words) for words in self.words), lang),
            "kind": say(f"remark.kind.{self.kind}", lang) if self.kind else "",
            "count": self.number,
            "metric": metric_name(self.metric, lang) if self.metric else "",
        }
        told = say(f"remark.{self.id}", lang, **values)
        return say("remark.told", lang, what=told, reason=say(f"remark.reason.{self.reason}", lang, **values)) if self.reason else told


def remarks_on(text: str, sentences: Sequence[Sentence]) -> Iterator[Remark]:
    """Tell what to know of a letter beside its findings.

    Args:
        text: the letter.
        sentences: its sentences.

    Yields:
        `left-out` where a notice stands above the letter, or else `mail-head` where the head of a mail does, `left-out-below` where an
        earlier mail stands below it, `elsewhere` where the letter
        asks another firm than Amazon, `impossible-day` where it tells a day that no calendar has, and `no-part` where sentences are no
        part of a plan, whatever else they may be.

    >>> from appealkit.roles import read
    >>> from appealkit.segment import segment
    >>> text = "Dear Etsy Support, we are sorry."
    >>> [remark.words for remark in remarks_on(text, read(text, segment(text)))]
    [('Etsy',)]
    """
    left_out = [*_left_out(text, sentences)]
    yield from left_out
    if (head := _MAIL_HEAD.match(text)) and _OF_MAIL.search(head["head"]) and not any(remark.id == "left-out" for remark in left_out):
        yield Remark("mail-head", span=Span(*head.span("head")))
    asked = next((found for sentence in sentences if (found := _asks_elsewhere(sentence))), None)
    if asked:
        yield Remark("elsewhere", words=(asked.of(text),), span=asked)
    for sentence in sentences:
        for told in impossible_days(_SPACE.sub(" ", sentence.text)) if sentence.layout is not Layout.NOTICE else ():
            span = Span(sentence.start + told.start, sentence.start + told.end)
            yield Remark("impossible-day", words=(span.of(text),), span=span)
    if beyond := [sentence for sentence in sentences if _is_no_part(sentence)]:
        yield Remark("no-part", words=tuple(short(one_line(sentence.text), _SHOWN) for sentence in beyond[:_MOST]), number=len(beyond))


def _left_out(text: str, sentences: Sequence[Sentence]) -> Iterator[Remark]:
    """Tell how many lines above the letter, and below it, are none of the seller's."""
    above = [*takewhile(_of_notice, sentences)]
    below = [*takewhile(_of_notice, reversed(sentences[len(above) :]))]
    for remark, left in (("left-out", above), ("left-out-below", below[::-1])):
        if left:
            span = Span(left[0].start, left[-1].end)
            yield Remark(remark, number=sum(map(bool, map(str.strip, span.of(text).splitlines()))), span=span)


def _of_notice(sentence: Sentence) -> bool:
    return sentence.layout is Layout.NOTICE


_MOST, _SHOWN = 5, 60  # sentences that are named, and the characters of each


def _is_no_part(sentence: Sentence) -> bool:
    """Is it no part of a plan, no fault that is found, no thank-you, no word on what is enclosed, and not what the letter is about?"""
    if sentence.roles != _NO_ROLE or sentence.signals or sentence.layout not in _TOLD or sentence.shown is None:
        return False
    lower = sentence.text.lower()
    return "c=thanks" not in sentence.shown.classes and not any(holds(lower, "letter", name) for name in _OF_LETTER)


_OF_LETTER = ("papers", "evidence", "opens")  # what speaks of the letter itself
_NO_ROLE = frozenset([Role.OTHER])
_TOLD = frozenset([Layout.ITEM, Layout.PROSE])


_MAIL_HEAD = re.compile(r"\s*+(?P<head>(?:(?:from|sent|date|to|cc|bcc|subject)[ \t]?:[^\n]*\n){2,})", re.IGNORECASE)
_OF_MAIL = re.compile(r"^(?:sent[ \t]?:|from[ \t]?:[^\n@]*@)", re.IGNORECASE | re.MULTILINE)  # the head of a letter may have the others
_SPACE = re.compile(r"\s")


def _asks_elsewhere(sentence: Sentence) -> Span | None:
    """Find the firm, other than Amazon, that a sentence greets or asks to act; to sell there as well is no such thing."""
    if Role.GREETING in sentence.roles and sentence.layout is Layout.GREETING:
        found = None if "amazon" in sentence.text.lower() else _firm().search(sentence.text)
    elif Role.REQUEST in sentence.roles:
        found = _asked().search(sentence.text)
    else:
        found = None
    if not found:
        return None
    first, last = found.span(found.lastindex or 0)
    return Span(sentence.start + first, sentence.start + last)


@cache
def _firm() -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(load('unjudged.toml')['elsewhere']['firm'])})\b", re.IGNORECASE)


@cache
def _asked() -> re.Pattern[str]:
    """“Etsy could take another look”, “ask the Etsy team to reopen it” or “reinstate our Etsy account”; every gap is bounded."""
    words = {name: f"(?:{'|'.join(listed)})" for name, listed in load("unjudged.toml")["elsewhere"].items()}
    gap = r"(?:\W{1,3}\w{1,20}){0,4}\W{1,3}"
    will_act = rf"\b({words['firm']})(?:\W{{1,3}}{words['team']})?\W{{1,3}}{words['may']}{gap}{words['act']}\b"
    return re.compile(rf"{will_act}|\b{words['act']}{gap}({words['firm']})\W{{1,3}}{words['account']}\b", re.IGNORECASE)
