"""The exercises of the lessons on invented samples, judged by the same rules as every other letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from appealkit.annotate import Annotation, annotate
from appealkit.given import not_given
from appealkit.reading import read_notice
from appealkit.report import read_health_report
from appealkit.samples import sample, sample_notice, sample_report, stored
from appealkit.text import Lang, principle_name, role_name, say
from appealkit.tone import Voice, tone
from appealkit.unread import not_english, nothing_told
from appealkit.wanted import Wanted, lacking

Outcome = Literal["correct", "not-yet", "not-attempted"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the kit says about one answer.

    Args:
        outcome: `correct`, `not-yet` or `not-attempted`.
        reasons: why, sentence by sentence, in the reader's language; never empty.
        heading: the outcome in the reader's language.
        annotation: the answer, annotated; None when there was none.
        key: what would give the answer away, and is shown only when it is asked for.
    """

    outcome: Outcome
    reasons: tuple[str, ...]
    heading: str
    annotation: Annotation | None = None
    key: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Return the outcome and one line a reason: the same for the same answer."""
        return "\n".join([self.heading, *(f"- {reason}" for reason in self.reasons)])


def beginning(name: str) -> str:
    """Return the text that an exercise hands to the learner.

    Args:
        name: key of the exercise in `data/samples.toml`.

    Returns:
        The text, in English.

    Raises:
        KeyError: when there is no such exercise.
    """
    text: str = stored("exercise", name)["start"]
    return text


def principles(name: str) -> tuple[str, ...]:
    """Return the ids of the principles that an exercise is about.

    Args:
        name: key of the exercise in `data/samples.toml`.

    Returns:
        The ids.

    Raises:
        KeyError: when there is no such exercise.
    """
    return tuple(stored("exercise", name)["principles"])


def judge(name: str, answer: str, lang: Lang) -> Verdict:
    """Judge an answer: what the annotator finds in it is all that counts.

    Args:
        name: key of the exercise in `data/samples.toml`.
        answer: what the learner wrote.
        lang: language of the reasons, `en` or `zh-Hant`.

    Returns:
        `correct` when no finding of the exercise's principles is left, the sentences and facts that it asks for are there, and no day,
        figure or name that the task does not give; `not-attempted` when the answer is empty, no English, or still the text that was
        handed out, else `not-yet`.

    Raises:
        KeyError: when there is no such exercise.

    >>> judge("parcels", "", "en").outcome
    'not-attempted'
    """
    exercise = stored("exercise", name)
    if early := untouched(answer, exercise["start"], lang):
        return early
    metrics = read_health_report(sample_report(exercise["report"])).metrics if "report" in exercise else ()
    notice = read_notice(sample_notice(exercise["notice"])) if "notice" in exercise else None
    annotation = annotate(answer, notice=notice, metrics=metrics)
    if nothing := nothing_told(annotation, lang):
        return verdict("not-attempted", lang, nothing)
    found = [finding.message(lang) for finding in annotation.findings if finding.rule.principle in exercise["principles"]]
    wanted = Wanted.model_validate({field: exercise[field] for field in Wanted.model_fields if field in exercise})
    asked = beyond(wanted, annotation, exercise["start"], [exercise["start"], exercise["model"]], lang)
    return settled(both(found, asked, lang), exercise["done"][lang], lang, annotation)


def beyond(wanted: Wanted, answer: Annotation, start: str, told: Sequence[str], lang: Lang) -> list[str]:
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
    return [*foreign, *invented, *lacking(wanted, answer, start, lang)]


def both(found: Sequence[str], asked: Sequence[str], lang: Lang) -> list[str]:
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


def sorting(name: str) -> tuple[str, ...]:
    """Return the letters that a sorting hands to the learner, in their order.

    Args:
        name: key of the sorting in `data/samples.toml`.

    Returns:
        The letters, in English.

    Raises:
        KeyError: when there is no such sorting.
    """
    return tuple(map(sample, stored("sorting", name)["letters"]))


def voice(letter: str) -> tuple[Voice, tuple[str, ...]]:
    """Tell how a letter speaks to its reader.

    Args:
        letter: any text.

    Returns:
        The voice, and the words that make it so: none when it is steady.

    >>> voice("We beg you on our knees to give us one last chance.")
    ('humble', ('We beg you on our knees to give us one last chance.',))
    """
    heard = tone(letter)
    return heard.voice, tuple(pull.sentence.text for pull in heard.pulls)


def judge_sorting(name: str, chosen: Sequence[str | None], lang: Lang) -> Verdict:
    """Judge how letters were sorted by their voice: what the annotator finds in them decides.

    Args:
        name: key of the sorting in `data/samples.toml`.
        chosen: the voice that the learner chose for each letter, in their order; None where none was chosen.
        lang: language of the reasons, `en` or `zh-Hant`.

    Returns:
        `correct` when each letter has its voice, `not-attempted` when none was chosen, else `not-yet`. Reasons show the words.

    Raises:
        KeyError: when there is no such sorting.

    >>> judge_sorting("closings", [None, None, None], "en").outcome
    'not-attempted'
    """
    letters = sorting(name)
    if not any(chosen):
        return verdict("not-attempted", lang, say("lesson.unsorted", lang))
    reasons = []
    for number, (letter, choice) in enumerate(zip(letters, chosen, strict=True), 1):
        right, words = voice(letter)
        if choice != right:
            key = "unplaced" if choice is None else "look-again" if words else "nothing-pulls"
            reasons.append(say(f"lesson.{key}", lang, number=number, words=" ".join(words)))
    return settled(reasons, stored("sorting", name)["done"][lang], lang)


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


def verdict(outcome: Outcome, lang: Lang, *reasons: str, annotation: Annotation | None = None) -> Verdict:
    """Give a verdict its heading.

    Args:
        outcome: `correct`, `not-yet` or `not-attempted`.
        lang: language of the heading and of the reasons.
        reasons: why; at least one.
        annotation: the answer, annotated; None when there was none.

    Returns:
        The verdict.

    >>> verdict("correct", "en", "Nothing is left.").heading
    'Correct'
    """
    return Verdict(outcome, reasons, say(f"lesson.outcome.{outcome}", lang), annotation)


def untouched(answer: str, start: str, lang: Lang) -> Verdict | None:
    """Tell whether an answer is none yet.

    Args:
        answer: what the learner wrote.
        start: the text that was handed out; empty when the field was.
        lang: language of the reason.

    Returns:
        The verdict on an empty or unchanged field; None when there is something to judge.
    """
    if not answer.strip():
        return verdict("not-attempted", lang, say("lesson.empty", lang))
    return verdict("not-attempted", lang, say("lesson.unchanged", lang)) if _lines(answer) == _lines(start) else None


def settled(reasons: Sequence[str], done: str, lang: Lang, annotation: Annotation | None = None) -> Verdict:
    """Give the verdict on an answer that was attempted.

    Args:
        reasons: what is still wrong with it.
        done: what is said when nothing is.
        lang: language of both.
        annotation: the answer, annotated; None when there was none.

    Returns:
        `not-yet` with the reasons, `correct` without any.
    """
    return verdict("not-yet" if reasons else "correct", lang, *(reasons or [done]), annotation=annotation)


def _lines(text: str) -> list[list[str]]:
    """Return the words of each line: where a line ends is layout, and changing it an attempt; other spaces are none."""
    return [line.split() for line in text.strip().splitlines()]
