"""The exercises of the lessons on invented samples, judged by the same rules as every other letter."""

from collections.abc import Sequence

from appealkit.annotate import annotate
from appealkit.reading import read_notice
from appealkit.report import read_health_report
from appealkit.samples import sample, sample_notice, sample_report, stored
from appealkit.text import Lang, say
from appealkit.tone import Voice, tone
from appealkit.unread import nothing_told
from appealkit.verdicts import Verdict, settled, untouched, verdict
from appealkit.wanted import Texts, Wanted, asked_first, beyond_rules


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
    asked = beyond_rules(wanted, annotation, Texts(exercise["start"], exercise["model"]), lang)
    return settled(asked_first(found, asked, lang), exercise["done"][lang], lang, annotation)


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
