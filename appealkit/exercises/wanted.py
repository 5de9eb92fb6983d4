"""What an answer needs besides being free of faults: what it keeps of the text that was handed out, and what the task asks for."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from appealkit.annotate import Annotation, annotate
from appealkit.exercises.asks import Ask, disputes, not_plain, of_others, words_in
from appealkit.exercises.given import not_given, tells
from appealkit.exercises.unread import not_english
from appealkit.language import Lang, listed, role_name, say
from appealkit.roles import Role
from appealkit.segment import FRAME, Layout
from appealkit.strict import Strict

_SLIP = 2  # words by which a sentence that was moved may differ: one that was put in the place of another


class Wanted(Strict):
    """What an answer needs.

    Args:
        keeps: roles that it still has.
        facts: words that it still tells.
        needs: words that the task gives, and that it has to tell.
        asks: what the task asks for besides.
        hides: words that it must not tell any more, such as a name.
        adds: roles, one of which each sentence has that is new in it.
        plain: whether what is new in it is to be a plain request.
        bare: whether what is new in it tells of others only what came from them.
        listed: roles whose sentences stand in lines of their own, each with a number or dash, and with one of the facts at most.
        moves: whether only the order of the sentences is to change.

    Raises:
        pydantic.ValidationError: when an entry is none.
    """

    keeps: tuple[Role, ...] = ()
    facts: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    hides: tuple[str, ...] = ()
    adds: tuple[Role, ...] = ()
    plain: bool = False
    bare: bool = False
    listed: tuple[Role, ...] = ()
    moves: bool = False


class Texts(NamedTuple):
    """The texts of a task, in English.

    Args:
        start: what was handed out.
        model: one good answer.
        more: what else tells facts.
    """

    start: str
    model: str
    more: tuple[str, ...] = ()


def beyond_rules(wanted: Wanted, answer: Annotation, texts: Texts, lang: Lang) -> list[str]:
    """Say what an answer lacks that no rule looks for: English, the facts of the task and no others, and what the task asks for.

    Args:
        wanted: what it needs.
        answer: the answer, annotated.
        texts: the texts of the task.
        lang: language of the reasons.

    Returns:
        The reasons: first what is no English, then what nobody gave, then what is missing.
    """
    foreign = not_english(answer, texts.start, lang)
    strange = not_given(answer, (*texts[:2], *texts.more))
    invented = (say(f"lesson.not-given.{kind}", lang, words=words) for kind, words in strange if words not in wanted.hides)
    return [*foreign, *invented, *_lacking(wanted, answer, texts.start, lang), *_too_much(wanted, answer, texts, lang)]


def asked_first(found: Sequence[str], asked: Sequence[str], lang: Lang, light: Collection[object] = ()) -> list[str]:
    """Put together what the rules find and what the task asks for besides.

    Args:
        found: what the rules find.
        asked: what is lacking that no rule looks for.
        lang: language of the reasons.
        light: what the rules find that does not count.

    Returns:
        What the task asks for first: a figure that nobody gave needs no reckoning. Where the rules find nothing it is said that the
        task asks for more than they do, since the view below finds no problem.
    """
    return [*asked, *found] if found or light or not asked else [*asked, say("lesson.beyond", lang)]


def _lacking(wanted: Wanted, answer: Annotation, start: str, lang: Lang) -> Iterator[str]:
    """Say what an answer lacks of what it kept, told or was to tell, and where it is not written as it was to be."""
    told = [ask for ask in wanted.asks if any(map(ask.told, answer.sentences, [None, *answer.sentences]))]
    kept = {role for sentence in answer.sentences for role in sentence.roles}.union(*(ask.roles for ask in told))
    yield from (say("lesson.lost", lang, role=role_name(role, lang)) for role in wanted.keeps if role not in kept)
    yield from gone("lesson.gone", wanted.facts, answer, lang)
    yield from gone("lesson.untold", wanted.needs, answer, lang)
    yield from (ask.reason[lang] for ask in wanted.asks if ask not in told)
    for sentence in answer.sentences:
        if sentence.roles.intersection(wanted.listed):
            if sentence.layout is not Layout.ITEM:
                yield say("lesson.unmarked", lang, words=sentence.text)
            elif len([fact for fact in wanted.facts if tells(sentence.text, fact)]) > 1:
                yield say("lesson.one-line", lang, words=sentence.text)
    if wanted.moves:
        yield from _moved(_told(annotate(start)), _told(answer), lang)


def _too_much(wanted: Wanted, answer: Annotation, texts: Texts, lang: Lang) -> Iterator[str]:
    """Say what an answer tells that it was not to tell."""
    hidden = (re.search(rf"\b{re.escape(words)}(?:['\u2019]?s)?\b", answer.text, re.IGNORECASE) for words in wanted.hides)
    if told := [found[0] for found in hidden if found]:
        yield say("lesson.hidden", lang, words=listed(told, lang, "practice.between-words"))
    if not (wanted.adds or wanted.plain or wanted.bare):
        return
    before, good = _told(annotate(texts.start)), _told(annotate(texts.model))
    kept = [words for words in before if words in good]
    given = words_in(*good)
    for sentence in answer.sentences:
        if sentence.layout in FRAME or sentence.text in before or any(_alike(words, sentence.text) for words in kept):
            continue
        if wanted.adds and (not sentence.roles.intersection(wanted.adds) or disputes(sentence.text)):
            roles = listed((role_name(role, lang) for role in wanted.adds), lang)
            yield say("lesson.adds", lang, words=sentence.text, roles=roles)
        if wanted.plain and (strange := not_plain(sentence.text, given)):
            yield say("lesson.not-plain", lang, words=listed(strange, lang))
        if wanted.bare:
            yield from (say("lesson.not-bare", lang, words=words) for words in of_others(sentence.text, given))


def gone(string: str, needed: Iterable[str], answer: Annotation, lang: Lang) -> Iterator[str]:
    """Name the words that no sentence of an answer tells, though it must: see `tells`.

    Args:
        string: key of the reason in the strings.
        needed: the words, such as a fact of the case.
        answer: the answer, annotated.
        lang: language of the reasons.

    Yields:
        One reason for each that is not there.
    """
    told = [" ".join(sentence.text.split()) for sentence in answer.sentences]
    missing = (words for words in needed if not any(tells(sentence, words) for sentence in told))
    yield from (say(string, lang, words=words) for words in missing)


def _told(annotation: Annotation) -> list[str]:
    return [sentence.text for sentence in annotation.sentences if sentence.layout not in FRAME]


def _moved(before: list[str], after: list[str], lang: Lang) -> Iterator[str]:
    """Name the sentences that were not only moved: those that are gone, and those that are new or stand there twice."""
    left = list(after)
    for words in before:
        if same := next((other for other in left if _alike(words, other)), None):
            left.remove(same)
        else:
            yield say("lesson.gone", lang, words=words)
    for words in left:
        yield say("lesson.twice" if any(_alike(words, other) for other in before) else "lesson.new", lang, words=words)


def _alike(one: str, other: str) -> bool:
    ours, theirs = Counter(one.casefold().split()), Counter(other.casefold().split())
    return ((ours - theirs) + (theirs - ours)).total() <= _SLIP
