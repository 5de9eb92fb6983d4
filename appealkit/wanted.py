"""What an answer needs besides being free of faults: what it keeps of the text that was handed out, and what the task asks for."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from appealkit.annotate import Annotation, annotate
from appealkit.cues import cues_of
from appealkit.given import not_given
from appealkit.roles import Role, Sentence
from appealkit.said import Said
from appealkit.segment import FRAME, Layout
from appealkit.stated.days import tells_day
from appealkit.strict import Strict
from appealkit.text import Lang, role_name, say
from appealkit.unread import not_english

_SLIP = 2  # words by which a sentence that was moved may differ: one that was put in the place of another


class Ask(Strict):
    """Something that a task asks for, and that no rule looks for.

    Args:
        roles: the roles of the sentences in which it is looked for.
        words: beginnings of words; a sentence that tells it has one of each list.
        owns: whether the sentence has to say whose responsibility it was.
        reason: what the trainee is told when no sentence tells it.

    Raises:
        pydantic.ValidationError: when an entry is none.
    """

    roles: tuple[Role, ...]
    words: tuple[tuple[str, ...], ...] = ()
    owns: bool = False
    reason: Said

    def told(self, sentence: Sentence) -> bool:
        """Tell whether a sentence tells it."""
        if not sentence.roles.intersection(self.roles) or (self.owns and "c=own" not in cues_of(sentence.text).classes):
            return False
        text = sentence.text.casefold()
        return all(any(re.search(rf"\b{re.escape(word)}", text) for word in words) for words in self.words)


class Wanted(Strict):
    """What an answer needs.

    Args:
        keeps: roles that it still has.
        facts: words that it still tells.
        needs: words that the task gives, and that it has to tell.
        asks: what the task asks for besides.
        listed: roles whose sentences stand in lines of their own, each with a number or dash.
        moves: whether only the order of the sentences is to change.

    Raises:
        pydantic.ValidationError: when an entry is none.
    """

    keeps: tuple[Role, ...] = ()
    facts: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    listed: tuple[Role, ...] = ()
    moves: bool = False


def beyond_rules(wanted: Wanted, answer: Annotation, start: str, told: Sequence[str], lang: Lang) -> list[str]:
    """Say what an answer lacks that no rule looks for: English, the facts of the task and no others, and what the task asks for.

    Args:
        wanted: what it needs.
        answer: the answer, annotated.
        start: the text that was handed out.
        told: all texts of the task, in English.
        lang: language of the reasons.

    Returns:
        The reasons: first what is no English, then what nobody gave, then what is missing.
    """
    foreign = not_english(answer, start, lang)
    invented = (say(f"lesson.not-given.{kind}", lang, words=words) for kind, words in not_given(answer, told))
    return [*foreign, *invented, *_lacking(wanted, answer, start, lang)]


def asked_first(found: Sequence[str], asked: Sequence[str], lang: Lang) -> list[str]:
    """Put together what the rules find and what the task asks for besides.

    Args:
        found: what the rules find.
        asked: what is lacking that no rule looks for.
        lang: language of the reasons.

    Returns:
        What the task asks for first: a figure that nobody gave needs no reckoning. Where the rules find nothing it is said that the
        task asks for more than they do, since the view below finds no problem.
    """
    return [*asked, *found] if found or not asked else [*asked, say("lesson.beyond", lang)]


def _lacking(wanted: Wanted, answer: Annotation, start: str, lang: Lang) -> Iterator[str]:
    """Say what an answer lacks of what it kept, told or was to tell, and where it is not written as it was to be."""
    yield from (say("lesson.lost", lang, role=role_name(role, lang)) for role in wanted.keeps if not any(answer.having(role)))
    yield from gone("lesson.gone", wanted.facts, answer.text, lang)
    yield from gone("lesson.untold", wanted.needs, answer.text, lang)
    yield from (ask.reason[lang] for ask in wanted.asks if not any(map(ask.told, answer.sentences)))
    for sentence in answer.sentences:
        if sentence.roles.intersection(wanted.listed) and sentence.layout is not Layout.ITEM:
            yield say("lesson.unmarked", lang, words=sentence.text)
    if wanted.moves:
        yield from _moved(_told(annotate(start)), _told(answer), lang)


def gone(string: str, needed: Iterable[str], answer: str, lang: Lang) -> Iterator[str]:
    """Name the words that an answer must have and has not, whatever their capitals and line ends, and a day in whatever form.

    Args:
        string: key of the reason in the strings.
        needed: the words, such as a fact of the case.
        answer: what the learner wrote.
        lang: language of the reasons.

    Yields:
        One reason for each that is not there.
    """
    told = " ".join(answer.split()).casefold()
    missing = (words for words in needed if words.casefold() not in told and not tells_day(answer, words))
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
