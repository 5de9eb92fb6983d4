"""A class report as text, JSON, CSV and HTML: pure functions, looks in the templates; no rate without the counts that it comes from."""

import csv
import io
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict

from appealkit.classes.report import Agreement, ClassReport, FalseAlarms, Missed, Place, Trainee
from appealkit.exercises.drawn import Titles, title
from appealkit.exercises.marks import NO_FAULT, where
from appealkit.language import Lang, beside, listed, principle_name, rule_named, say
from appealkit.text import harmless, printable
from appealkit.view import View, render

_BAR = 20  # characters of a bar in plain text
_PLACES = 5  # sentences that are told of a rule; all of them stand in the JSON
_COLUMNS = (
    "trainee", "exercise", "title", "correct", "not_yet", "attempts_to_success",
    "found", "faults", "sound", "letters", "false_alarms", "misplaced", "decisions", "kappa",
)  # fmt: skip


PARTS = ("summary", "principles", "rules", "missed", "false-alarms", "exercises", "trainees", "work", "refused")
"""The parts of a report, in their order."""

_WITHOUT_FILES = frozenset({"summary", "refused"})


def class_to_text(report: ClassReport, lang: Lang, parts: Collection[str] = PARTS) -> str:
    """Return a class report as plain text.

    Args:
        report: what `read_class` returned.
        lang: language, `en` or `zh-Hant`.
        parts: those of `PARTS` that are shown.

    Returns:
        The text.
    """
    return render("class.txt.j2", lang, **_shown(report, lang, parts)).rstrip("\n")


def class_to_html(report: ClassReport, lang: Lang, parts: Collection[str] = PARTS) -> str:
    """Return a class report as a piece of HTML that needs nothing from outside; its charts read without colour.

    Args:
        report: what `read_class` returned. Names are escaped wherever they stand.
        lang: language, `en` or `zh-Hant`.
        parts: those of `PARTS` that are shown.

    Returns:
        The HTML, its style included.
    """
    return render("class.html.j2", lang, **_shown(report, lang, parts))


def class_to_page(report: ClassReport, lang: Lang) -> str:
    """Return a class report as one HTML document.

    Args:
        report: what `read_class` returned.
        lang: language, `en` or `zh-Hant`.

    Returns:
        The document.
    """
    return render("class_page.html.j2", lang, **_shown(report, lang, PARTS))


def show_class(report: ClassReport, lang: Lang, parts: Collection[str] = PARTS) -> View:
    """Return a class report as a view for a notebook cell.

    Args:
        report: what `read_class` returned.
        lang: language, `en` or `zh-Hant`.
        parts: which parts are shown: `summary`, `principles`, `rules`, `missed`, `false-alarms`, `exercises`, `trainees`, `work` and
            `refused`.

    Returns:
        The view.

    Raises:
        ValueError: when there is no such part.
    """
    if unknown := sorted(set(parts) - set(PARTS)):
        raise ValueError(", ".join(unknown))
    return View(class_to_html(report, lang, parts), class_to_text(report, lang, parts))


def class_to_csv(report: ClassReport, lang: Lang) -> str:
    """Return a table for a spreadsheet, with one row a trainee and exercise.

    A cell that a spreadsheet would take for a formula has an apostrophe in front. The text begins with a byte order mark, since
    spreadsheets guess another encoding without it.

    Args:
        report: what `read_class` returned.
        lang: language of the heads of the columns, `en` or `zh-Hant`.

    Returns:
        The CSV.
    """
    text = io.StringIO()
    text.write("\ufeff")
    table = csv.writer(text, lineterminator="\n")
    table.writerow([say(f"class.column.{column}", lang) for column in _COLUMNS])
    for trainee in report.trainees:
        for work in trainee.work:
            tally, agreement = work.tally, work.agreement
            success = "" if work.success is None else work.success
            named = map(harmless, (trainee.name, work.exercise, title(work.exercise, lang, report.titles)))
            table.writerow([*named, tally.correct, tally.not_yet, success, *_agreement_cells(agreement)])
    return text.getvalue()


def _agreement_cells(agreement: Agreement | None) -> Iterable[object]:
    if agreement is None:
        return [""] * 8
    kappa = "" if agreement.kappa is None else round(agreement.kappa, 4)
    faults = (agreement.found, agreement.faults, agreement.sound, agreement.letters)
    return *faults, agreement.false_alarms, agreement.misplaced, agreement.decisions, kappa


def class_to_json(report: ClassReport) -> str:
    """Return a class report as one JSON object; its names are the same in every language.

    Args:
        report: what `read_class` returned.

    Returns:
        The JSON.
    """
    result = {
        "folder": report.folder,
        "days": [day.isoformat() for day in report.days or ()],
        "files": report.files,
        "repeated": report.repeated,
        "alike": [asdict(pair) for pair in report.alike],
        "misdated": [{**asdict(one), "at": one.at.isoformat()} for one in report.misdated],
        "keys": [asdict(key) for key in report.keys],
        "attempts": asdict(report.tally),
        "agreement": _agreement_json(report.agreement),
        "principles": {name or "several": asdict(tally) for name, tally in report.principles.items()},
        "rules": {rule: asdict(tally) for rule, tally in report.rules.items()},
        "missed": [asdict(missed) for missed in report.missed],
        "false_alarms": [asdict(alarms) for alarms in report.false_alarms],
        "exercises": {name: asdict(exercise) for name, exercise in report.exercises.items()},
        "trainees": [
            {
                "name": trainee.name,
                "files": len(trainee.files),
                "attempts": asdict(trainee.tally),
                "solved": trainee.solved,
                "agreement": _agreement_json(trainee.agreement),
                "work": [
                    {
                        "exercise": work.exercise,
                        "attempts": asdict(work.tally),
                        "success": work.success,
                        "agreement": _agreement_json(work.agreement) if work.agreement else None,
                    }
                    for work in trainee.work
                ],
            }
            for trainee in report.trainees
        ],
        "refused": [asdict(refused) for refused in report.refused],
    }
    return json.dumps(result, ensure_ascii=False, indent=1)


def _agreement_json(agreement: Agreement) -> dict[str, object]:
    counted = {name: getattr(agreement, name) for name in ("found", "faults", "letters", "decisions")}
    return {**asdict(agreement), **counted, "kappa": agreement.kappa and round(agreement.kappa, 4)}


# -- what text and HTML share ---------------------------------------------------------------------------------------------


def _shown(report: ClassReport, lang: Lang, parts: Collection[str]) -> dict[str, object]:
    """Prepare all words and figures of a report."""
    tally = report.tally
    counted = report.files > 0  # or the files that were left out would stand below a page of headings with nothing under them
    return {
        "report": report,
        "parts": parts if counted else _WITHOUT_FILES.intersection(parts),
        "facts": list(_facts(report, lang)),
        "principles": [_bar(_principle(name, lang), tally.correct, tally.attempted, lang) for name, tally in report.principles.items()],
        "rules": [_bar(_rule(rule, lang), tally.correct, tally.attempted, lang) for rule, tally in report.rules.items()],
        "missed": [
            _bar(_rule(one.rule, lang), one.missed, one.met, lang) | _where(one, "missed", report.titles, lang) for one in report.missed
        ],
        "false_alarms": [
            _bar(_rule(one.rule, lang), one.wrong, one.marked, lang) | _where(one, "alarm", report.titles, lang)
            for one in report.false_alarms
        ],
        "exercises": [{"name": title(name, lang, report.titles), "reached": exercise} for name, exercise in report.exercises.items()],
        "tally": tally,
        "trainees": [_trainee(trainee, report.titles, lang) for trainee in report.trainees],
        "kappa": _kappa(report.agreement),
        "agreement": report.agreement,
    }


def _where(one: Missed | FalseAlarms, kind: str, titles: Titles, lang: Lang) -> dict[str, object]:
    return {"misplaced": one.misplaced, "places": _places(one.places, kind, titles, lang)}


def _places(places: Sequence[Place], kind: str, titles: Titles, lang: Lang) -> list[str]:
    """Tell in which sentences of which letters, the most frequent ones."""
    told = []
    for place in places[:_PLACES]:
        at = say("class.place", lang, exercise=title(place.exercise, lang, titles), place=where(place.sentence, lang), count=place.count)
        instead = listed((where(number, lang) for number in place.elsewhere), lang)
        told.append(beside(at, say(f"class.{kind}-here", lang, places=instead), lang) if instead else at)
    more = len(places) - _PLACES
    return [*told, say("class.more-places", lang, count=more)] if more > 0 else told


def _facts(report: ClassReport, lang: Lang) -> Iterator[str]:
    tally = report.tally
    of = report.files + len(report.refused)
    days = " / ".join(map(str, sorted({*report.days}))) if report.days else say("class.none", lang)
    yield say("class.of", lang, folder=printable(report.folder), days=days)
    yield say("class.facts", lang, trainees=len(report.trainees), files=report.files, of=of, exercises=len(report.exercises))
    yield say("class.attempts", lang, attempts=tally.attempted, correct=tally.correct, not_yet=tally.not_yet)
    if report.repeated:
        yield say("class.repeated", lang, count=report.repeated)
    if shared := [_with_files(trainee.name, trainee.files, lang) for trainee in report.trainees if trainee.records > 1]:
        yield say("class.several-files", lang, names=listed(shared, lang))
    if same := [_with_files(trainee.name, files, lang) for trainee in report.trainees for files in trainee.copies]:
        yield say("class.copies", lang, names=listed(same, lang))
    for pair in report.alike:
        yield say("class.alike", lang, one=pair.names[0], other=pair.names[1], count=pair.count, of=pair.of)
    for one in report.misdated:
        yield say("class.misdated", lang, name=one.name, count=one.count, of=one.of, day=one.at.date())
    for key in report.keys:
        told = "other-key" if key.names else "other-keys"
        yield say(f"class.{told}", lang, exercise=title(key.exercise, lang, report.titles), names=listed(key.names, lang))


def _with_files(name: str, files: Sequence[str], lang: Lang) -> str:
    """Name a trainee with files of theirs, or under a pseudonym with how many there are."""
    named = listed(filter(None, files), lang)
    return beside(name, named or say("class.count-files", lang, count=len(files)), lang)


def _principle(name: str, lang: Lang) -> str:
    return principle_name(name, lang) if name else say("class.several-principles", lang)


def _rule(rule: str, lang: Lang) -> str:
    return say("class.no-fault", lang) if rule == NO_FAULT else rule_named(rule, lang)


def _bar(name: str, part: int, whole: int, lang: Lang) -> dict[str, object]:
    """Prepare a bar with its figures: how long it is, and what it comes from."""
    filled = round(_BAR * part / whole) if whole else 0
    share = say("class.share", lang, part=part, whole=whole, percent=round(100 * part / whole)) if whole else say("class.none", lang)
    return {
        "name": name,
        "share": share,
        "misplaced": 0,
        "places": [],
        "part": part,
        "whole": whole,
        "text": "#" * filled + "." * (_BAR - filled),
    }


def _kappa(agreement: Agreement) -> str:
    return "–" if agreement.kappa is None else f"{agreement.kappa:.2f}"  # noqa: RUF001 - a dash where there is no number


def _trainee(trainee: Trainee, titles: Titles, lang: Lang) -> dict[str, object]:
    return {
        "name": trainee.name,
        "tally": trainee.tally,
        "solved": _bar(trainee.name, trainee.solved, len(trainee.work), lang),
        "agreement": trainee.agreement,
        "kappa": _kappa(trainee.agreement),
        "work": [
            {
                "exercise": title(work.exercise, lang, titles),
                "told": say("class.solved-at", lang, number=work.success)
                if work.success
                else say("class.unsolved", lang, attempts=work.tally.attempted),
            }
            for work in trainee.work
        ],
    }
