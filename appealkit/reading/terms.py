"""Until when a notice is to be answered, how often, and what it says of the papers that it asks for."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from appealkit.alike import weigh
from appealkit.due import days_of, due, sent_on
from appealkit.notice import Cue
from appealkit.pasted import PASTED, without_markup
from appealkit.phrases import holds, pattern
from appealkit.reading.beside import beginnings, beside, traits
from appealkit.reading.page import Page
from appealkit.reading.told import Told
from appealkit.span import Span
from appealkit.stated import periods as stated
from appealkit.stated.numbers import numbers
from appealkit.vocabulary import CHINESE_NUMBER, in_words, number_in

_BEFORE = re.compile(r"(?:with)?in (?:the )?(?:next |coming )?\Z")  # what is shown with it
_BEHIND = re.compile(r"[\u4e4b\u4ee5]?\u5167")
_AHEAD = re.compile(r"(?:with)?in\b|\u5167\Z", re.IGNORECASE)
_NEAR = 24  # characters


@cache
def _period() -> re.Pattern[str]:
    """Find a number of days, hours or weeks."""
    return re.compile(
        rf"(?<![\w.,%$])(?:\d{{1,3}}|a|{in_words()})\)?(?:-| {{1,5}})"
        r"(?:(?:full|calendar|business|working|more|whole|consecutive|clear|week)[- ]){0,2}(?:days?|hours?|hrs?|weeks?)(?!\w)"
        r"|(?<!\w)(?:a )?fortnight(?!\w)"
        rf"|(?<!\u6708)(?<!\u6708 )(?<!\d)(?:\d{{1,3}}|{CHINESE_NUMBER})"
        r" ?\u500b?(?:\u5de5\u4f5c|\u65e5\u66c6|\u81ea\u7136)?(?:\u5929|\u65e5(?!\u671f)|\u5c0f\u6642|\u9031|\u5468|\u661f\u671f)"
    )


@cache
def _of_papers() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Find how old papers may be, which lies behind, unlike the time to answer; and how many units they have to cover."""
    number, chinese = rf"(?:\d{{1,4}}|{in_words()})", rf"(?:\d{{1,4}}|{CHINESE_NUMBER})"
    span = rf"{number} (?:days|weeks|months|years?)\b"
    chinese_span = rf"{chinese} ?(?:\u5929|\u65e5|\u500b\u6708|\u5e74)"
    age = (
        r"(?:\b(?:issued|dated) )?(?:\b(?:within|in|from|of|for|over|during|covering) )?(?:\b(?:the|your) )?"
        rf"\b(?:last|past|previous|preceding) (?:{number}[- ])?(?:days|weeks|months|years?)\b"
        rf"|\b(?:not|no) (?:older|more) than {span}(?: old\b)?|\bless than {span} old\b|\bdated within {span}"
        rf"|\b(?:max\.?|at most) {span} old\b|\b{span} (?:old at (?:the )?most|or (?:newer|younger))\b"
        rf"|(?:\u6700\u8fd1|\u904e\u53bb|\u8fc7\u53bb|\u8fd1) ?{chinese_span}(?:[\u4e4b\u4ee5]?\u5167)?"
        rf"|{chinese_span}[\u4e4b\u4ee5]?\u5167(?=\u6240?\u958b|[)\uff09])|(?<=[(\uff08]){chinese_span}[\u4e4b\u4ee5]?\u5167"
        rf"|\u65e5\u671f\u9808?\u5728 ?{chinese_span}[\u4e4b\u4ee5]?\u5167"
    )
    units = (
        r"(?:\b(?:for|of|covering|showing|show|cover) )?(?:\b(?:at least|a minimum of|(?:no|not) (?:fewer|less) than) )?"
        rf"\b{number} (?:units|pieces|pcs)\b|(?:\u81f3\u5c11|\u4e0d\u5c11\u65bc) ?{chinese} ?(?:\u4ef6|\u500b|\u55ae\u4f4d)"
    )
    return re.compile(age), re.compile(units)


def window(page: Page) -> Iterator[Cue]:
    """Yield the sentences that tell over which days, and which orders, the rates are counted.

    Args:
        page: the notice.
    """
    for told in page.told:
        counts = not (told.asks or told.cited or told.aside) and holds(told.text, "window", "phrases")
        words = " ".join(told.text.split())
        whole = Span(0, len(words))
        if counts and any(stated.periods(words, whole, numbers(words, whole), date.max)):
            yield "window", told.span


class Period(NamedTuple):
    """A period that a notice names.

    Args:
        days: its days.
        span: its words.
        shown: what speaks for or against that it is the time to answer, each once.
    """

    days: int
    span: Span
    shown: tuple[str, ...]


def periods_of(page: Page) -> Iterator[Period]:
    """Yield the periods that a notice names: times to answer, and windows, holds of funds, ages of documents.

    Args:
        page: the notice.
    """
    words = [beginnings(told.text) for told in page.told]
    for told in page.told:
        for found in _period().finditer(told.text):
            start, end = found.span()
            shown = [*(f"period:{word}" for word in beginnings(found.group())), *traits(told)]
            words_before, behind = _BEFORE.search(told.text[max(0, start - _NEAR) : start]), _BEHIND.match(told.text, end)
            span = told.at(start - len(words_before.group() if words_before else ""), behind.end() if behind else end)
            shown += beside(page.told, words, told.number, start, end)
            yield Period(days_of(found.group()), span, tuple(dict.fromkeys(shown)))


def time_to_answer(page: Page, sent: date | None) -> tuple[int | None, list[Cue]]:
    """Tell how many days a notice gives for the answer.

    Args:
        page: the notice.
        sent: the day on which it was sent, as `sent_day` tells it.

    Returns:
        The days, and the words that tell them; with words and no days it names a date and not its own.
    """
    sure = _found(page, "phrases")
    weighed = [(_meets(period.span, sure), weigh(period.shown, "deadline")["deadline"], period) for period in _possible(page)]
    said, odds, best = max(weighed, key=lambda one: one[:2], default=(False, 0.0, None))
    dated = [(told, day) for told in page.telling if _seller_acts(told) and (day := due(told.text, sent))]
    told, day = min(dated, key=lambda one: one[1][2] is None, default=(None, None))
    cues = [("deadline", told.at(*day[:2]))] if told and day else []
    if best and (said or odds > 0):
        return best.days, [("deadline", best.span), *cues]
    return day[2] if day else None, cues


def unread_times(page: Page) -> set[int]:
    """Return the numbers of the pieces that may tell the time to answer, of a notice in which none was read.

    Args:
        page: the notice.
    """
    ages = [told.at(*found.span()) for told in page.told for found in _of_papers()[0].finditer(told.text)]
    spans = [period.span for period in _possible(page) if _AHEAD.search(period.span.of(page.text)) and not _meets(period.span, ages)]
    return {told.number for told in page.telling if _seller_acts(told) and _meets(told.span, spans)}


def _seller_acts(told: Told) -> bool:
    return told.has("deadline", "seller") and not told.has("deadline", "not")


def _possible(page: Page) -> Iterator[Period]:
    """Yield the periods that no phrase tells to be something else."""
    others = _found(page, "unlike")
    yield from (period for period in periods_of(page) if not _meets(period.span, others))


def _found(page: Page, name: str) -> list[Span]:
    return [told.at(*found.span()) for told in page.telling for found in pattern("deadline", "sure", name).finditer(told.text)]


def _meets(span: Span, others: Iterable[Span]) -> bool:
    return any(map(span.meets, others))


def papers(page: Page) -> Iterator[Cue]:
    """Yield how old the papers may be that a notice asks for, and how many units they have to cover, each once and in its own words.

    Args:
        page: the notice.
    """
    said = set[str]()
    for told in page.told:
        asking = told.requests or "evidence" in told.questions or holds(told.text, "papers", "must")
        about = (told, told.before) if told.before and told.before.piece.block == told.piece.block else (told,)
        if asking and told.aside <= {"papers"} and not told.cited and any(holds(one.text, "papers", "phrases") for one in about):
            for found in (found for words in _of_papers() for found in words.finditer(told.text)):
                if found.group() not in said:
                    said.add(found.group())
                    yield "papers", told.at(*found.span())


def sent_day(page: Page) -> date | None:
    """Return the day on which a notice was sent, by its headers or its first line.

    Args:
        page: the notice.

    Returns:
        The day; None when it does not tell.
    """
    clean = without_markup(page.text[:PASTED]).lower()
    end = clean.find("\n", page.told[0].piece.end) if page.told else 0
    end = end if end >= 0 else len(clean)
    return sent_on(clean[:end]) or sent_on(clean[end:], headed=False)


def attempts(page: Page) -> tuple[int | None, list[Cue]]:
    """Tell how many appeals a notice allows, or leaves.

    Args:
        page: the notice.

    Returns:
        The number, and the words that tell it.
    """
    for told in page.telling:
        if told.has("attempts", "seller") and not told.has("attempts", "not"):
            last = told.find("attempts", "last")
            alone = pattern("attempts", "alone").fullmatch(told.text.strip(" .")) and told.find("attempts", "alone")
            found = last or told.find("attempts", "phrases") or alone
            if found:
                return 1 if last else number_in(told.words(found)), [("attempts", found)]
    return None, []
