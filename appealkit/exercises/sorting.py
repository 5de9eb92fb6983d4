"""Sentences sorted into roles and principles, and closings on the line from humble to proud, as the annotator reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from appealkit.annotate import annotate
from appealkit.exercises.bank import Sort
from appealkit.exercises.verdicts import Verdict, settled, verdict
from appealkit.language import Lang, listed, principle_name, role_name, say
from appealkit.roles import STEPS, Principle, Role, Sentence
from appealkit.samples import sample, stored
from appealkit.segment import FRAME
from appealkit.stated.days import days_in
from appealkit.tone import Voice, tone


@dataclass(frozen=True, slots=True)
class Sorted:
    """One thing to sort.

    Args:
        text: the sentence or closing.
        places: where it belongs; a sentence that does two things has two right places.
        words: what decided that.
    """

    text: str
    places: tuple[str, ...]
    words: tuple[str, ...]


def sortable(task: Sort) -> tuple[Sorted, ...]:
    """Return what an exercise hands out to be sorted, with its places as the annotator reads them.

    Args:
        task: the exercise.

    Returns:
        The sentences of its letter without greeting, headings and sign-off, or its closings.
    """
    if task.into == "voice":
        return tuple(map(_heard, task.letters))
    annotation = annotate(task.letter)
    told = [sentence for sentence in annotation.sentences if sentence.layout not in FRAME]
    return tuple(
        Sorted(
            sentence.text,
            tuple(sorted({str(role) if task.into == "role" else str(role.principle or "none") for role in _does(sentence)})),
            tuple(span.of(annotation.text) for label, span in sentence.cues if label in set(map(str, sentence.roles))),
        )
        for sentence in told
    )


def _does(sentence: Sentence) -> frozenset[Role]:
    """Return what a sentence does: a practice that began on a day is done, and keeps the problem from coming back."""
    begun = any(sentence.text[: span.start].casefold().rstrip().endswith("since") for span, _ in days_in(sentence.text))
    return sentence.roles | STEPS if begun and not STEPS.isdisjoint(sentence.roles) else sentence.roles


def closings(name: str) -> tuple[Sorted, ...]:
    """Return the letters of a lesson that are sorted by their voice, in their order.

    Args:
        name: key of the sorting in `data/samples.toml`.

    Raises:
        KeyError: when there is no such sorting.

    >>> [closing.places for closing in closings("closings")]
    [('proud',), ('steady',), ('humble',)]
    """
    return tuple(_heard(sample(letter)) for letter in stored("sorting", name)["letters"])


def _heard(letter: str) -> Sorted:
    heard = tone(letter)
    return Sorted(letter, (heard.voice,), tuple(pull.sentence.text for pull in heard.pulls))


def places(task: Sort) -> tuple[str, ...]:
    """Return the places into which an exercise sorts.

    Args:
        task: the exercise.

    Returns:
        Ids of roles, principles (and `none`) or voices.
    """
    if task.into == "role":
        return tuple(str(role) for role in Role if role not in {Role.GREETING, Role.HEADING, Role.SIGNOFF})
    return (*map(str, Principle), "none") if task.into == "principle" else get_args(Voice)


def place_name(into: str, place: str, lang: Lang) -> str:
    """Name a place.

    Args:
        into: `role`, `principle` or `voice`.
        place: its id.
        lang: `en` or `zh-Hant`.

    Returns:
        Its name.

    >>> place_name("role", "fact", "en"), place_name("voice", "proud", "en"), place_name("principle", "none", "en")
    ('fact', 'too proud', 'none of the four')
    """
    if into == "voice":
        return say(f"lesson.voice.{place}", lang)
    if place == "none":
        return say("practice.no-principle", lang)
    return role_name(place, lang) if into == "role" else principle_name(place, lang)


def judge_sorting(task: Sort, chosen: Sequence[str | None], lang: Lang) -> Verdict:
    """Judge how things were sorted.

    Args:
        task: the exercise.
        chosen: the place that the trainee chose for each, in their order; None where none was chosen.
        lang: language of the reasons, `en` or `zh-Hant`.

    Returns:
        `correct` when each has a place of its own, `not-attempted` when none was chosen, else `not-yet`. Reasons show the words that
        decide.

    Raises:
        ValueError: when `chosen` has another length.
    """
    return _judged(sortable(task), chosen, words_about(task.into), task.done[lang], lang)


def judge_closings(name: str, chosen: Sequence[str | None], lang: Lang) -> Verdict:
    """Judge how the letters of a lesson were sorted by their voice, as `judge_sorting` does.

    Args:
        name: key of the sorting in `data/samples.toml`.
        chosen: the voice that the learner chose for each.
        lang: language of the reasons, `en` or `zh-Hant`.

    >>> judge_closings("closings", [None, None, None], "en").outcome
    'not-attempted'
    """
    return _judged(closings(name), chosen, words_about("voice"), stored("sorting", name)["done"][lang], lang)


def words_about(into: str) -> str:
    """Return the table of strings that speaks of what is sorted: of closings by their voice, and of sentences."""
    return "lesson" if into == "voice" else "practice"


def _judged(things: Sequence[Sorted], chosen: Sequence[str | None], about: str, done: str, lang: Lang) -> Verdict:
    if not any(chosen):
        return verdict("not-attempted", lang, say(f"{about}.unsorted", lang))
    reasons = []
    for number, (thing, choice) in enumerate(zip(things, chosen, strict=True), 1):
        if choice not in thing.places:
            key = f"{about}.unplaced" if not choice else f"{about}.look-again" if thing.words else f"{about}.no-words"
            reasons.append(say(key, lang, number=number, words=listed(thing.words, lang, "practice.between-words")))
    return settled(reasons, done, lang)
