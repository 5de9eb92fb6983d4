"""The exercises of the lessons on invented samples, judged by the same rules as every other letter."""

from appealkit.annotate import annotate
from appealkit.exercises.unread import nothing_told
from appealkit.exercises.verdicts import Verdict, hints, parted, settled, untouched, verdict
from appealkit.exercises.wanted import Texts, Wanted, asked_first, beyond_rules
from appealkit.figures.report import read_health_report
from appealkit.language import Lang
from appealkit.reading import read_notice
from appealkit.samples import sample_notice, sample_report, stored, stored_text


def beginning(name: str) -> str:
    """Return the text that an exercise hands to the learner.

    Args:
        name: key of the exercise in `data/samples.toml`.

    Returns:
        The text, in English.

    Raises:
        KeyError: when there is no such exercise.
    """
    return stored_text("exercise", name, "start")


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
    """Judge an answer by what the annotator finds in it and what the task asks for.

    Args:
        name: key of the exercise in `data/samples.toml`.
        answer: what the learner wrote.
        lang: language of the reasons, `en` or `zh-Hant`.

    Returns:
        `correct` when no finding of the exercise's principles is left but advice on what it is not about, the sentences and facts that
        it asks for are there, and no day, figure or name that the task does not give; `not-attempted` when the answer is empty, no
        English, or still the text that was handed out, else `not-yet`.

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
    found = (finding for finding in annotation.findings if finding.rule.principle in exercise["principles"])
    wrong, light = parted(found, [exercise["fault"]])
    wanted = Wanted.model_validate({field: exercise[field] for field in Wanted.model_fields if field in exercise})
    asked = beyond_rules(wanted, annotation, Texts(exercise["start"], exercise["model"]), lang)
    reasons = asked_first([finding.message(lang) for finding in wrong], asked, lang, light)
    return settled(reasons, exercise["done"][lang], lang, annotation, hints(light, annotation, lang))
