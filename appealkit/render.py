"""An annotation as HTML, as plain text and as JSON: pure functions, looks in the templates."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from itertools import groupby
from operator import attrgetter
from textwrap import shorten
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from appealkit.annotate import Annotation, annotate
from appealkit.coverage import Cell, Coverage, Row, coverage
from appealkit.health import Health, Note, Reading, place
from appealkit.letter import Letter
from appealkit.notice import QUESTIONS, Notice, kind_name, metric_name, question_name
from appealkit.outlook import outlook
from appealkit.own_words import SHINGLE, OwnWords, public_samples
from appealkit.practice import PracticeLetter
from appealkit.roles import Principle, Role, Sentence
from appealkit.rules import Finding, Rule
from appealkit.segment import Layout, Span
from appealkit.summary import rate_in_words, summary
from appealkit.text import Lang, load, one_line, say
from appealkit.workbench import Course, misplaced, unclear

_PASSAGE = 400  # characters of a passage that was not understood
_SHORT = 72  # characters of a public run in the plain view


@dataclass(frozen=True, slots=True)
class View:
    """An annotation in one language, ready for a notebook cell: HTML where it can be shown, text where not."""

    html: str
    text: str

    def __repr__(self) -> str:
        """Return the text."""
        return self.text

    def _repr_html_(self) -> str:
        return self.html


ALL_PRINCIPLES = tuple(Principle)


def check(letter: str | Letter, lang: Lang, principles: Collection[str] = ALL_PRINCIPLES) -> View:
    """Annotate a letter and show the result.

    Args:
        letter: any text, or an assembled letter.
        lang: language of the explanations, `en` or `zh-Hant`.
        principles: ids of the principles whose findings are shown; a lesson looks at one of them.

    Returns:
        The view.

    Raises:
        ValueError: when there is no such principle.
    """
    return show(annotate(letter), lang, principles)


def show(annotation: Annotation, lang: Lang, principles: Collection[str] = ALL_PRINCIPLES) -> View:
    """Return an annotation as a view for a notebook cell.

    Args:
        annotation: what `annotate` returned.
        lang: language of the explanations, `en` or `zh-Hant`.
        principles: ids of the principles whose findings are shown.

    Returns:
        The view.

    Raises:
        ValueError: when there is no such principle.
    """
    return View(to_html(annotation, lang, principles), to_text(annotation, lang, principles))


def card(name: str, lang: Lang) -> View:
    """Show a dated fact with its source, and the reminder to check one's own notice.

    Args:
        name: key of the card in `data/cards.toml`.
        lang: `en` or `zh-Hant`.

    Returns:
        The view.

    Raises:
        KeyError: when there is no such card.

    >>> print(str(card("limits", "en")).splitlines()[0])
    Limits on characters and files
    """
    stored = load("cards.toml")[name]
    marketplace = say("lesson.card-everywhere", lang) if stored["marketplace"] == "all" else stored["marketplace"]
    notes = [
        say("view.labelled", lang, label=say("view.source", lang), words=_source(stored, lang)),
        say("view.labelled", lang, label=say("lesson.card-marketplace", lang), words=marketplace),
        *([say("lesson.card-disputed", lang)] if stored.get("disputed") else []),
        say("lesson.card-check", lang),
    ]
    title, text = stored["title"][lang], stored["text"][lang]
    return View(render("card.html.j2", lang, title=title, text=text, notes=notes), "\n".join([title, text, *notes]))


def to_html(annotation: Annotation, lang: Lang, principles: Collection[str] = ALL_PRINCIPLES) -> str:
    """Return the annotated letter as a piece of HTML that needs nothing from outside.

    Args:
        annotation: what `annotate` returned. Its text is escaped wherever it stands.
        lang: language of the explanations; the letter itself is marked as English.
        principles: ids of the principles whose findings are shown.

    Returns:
        The HTML, its style included.

    Raises:
        ValueError: when there is no such principle.
    """
    annotation, chosen = _about(annotation, principles)
    own_words = annotation.own_words
    return render(
        "annotation.html.j2",
        lang,
        pieces=list(_pieces(annotation, own_words, lang)),
        rest=annotation.text[max((sentence.end for sentence in _judged(annotation)), default=0) :],
        public=[sample.describe(lang) for sample in own_words.samples] if own_words else [],
        findings=_findings(annotation, lang),
        principles=[] if annotation.unjudged else [_principle(principle, annotation, lang) for principle in chosen],
        only=_only(chosen, lang),
        ignored=annotation.ignored,
        nothing_found=_nothing_found(annotation, lang),
        notes=[note.say(lang) for note in annotation.notes],
        coverage=_coverage(annotation, lang),
        questions=[question_name(question, lang) for question in QUESTIONS],
    )


def render(template: str, lang: Lang, **values: object) -> str:
    """Fill one of the view templates; every value is escaped unless it is markup already.

    Args:
        template: its file name in `templates`.
        lang: language of the page's own words.
        values: what the template asks for.

    Returns:
        The HTML.
    """
    return _environment().get_template(template).render(values, lang=lang, say=say)


def to_page(
    letters: Iterable[tuple[str, Annotation]], lang: Lang, *, doubts: Sequence[str] = (), summary: Iterable[str] = ()
) -> Iterator[str]:
    """Return annotated letters as one HTML document, piece by piece, so that it need not fit into memory.

    Args:
        letters: for each letter its title (empty for none) and its annotation.
        lang: language of the explanations.
        doubts: what to know of the data that the letters were compared with.
        summary: a line for each letter, asked for when all of them have been written.

    Yields:
        The document from its first line to its last.
    """
    sections = ((title, Markup(to_html(annotation, lang))) for title, annotation in letters)  # noqa: S704 - made by our own template
    return _environment().get_template("page.html.j2").generate(sections=sections, doubts=doubts, summary=summary, lang=lang, say=say)


def to_text(annotation: Annotation, lang: Lang, principles: Collection[str] = ALL_PRINCIPLES) -> str:
    """Return the annotated letter as plain text: one sentence a line with its roles, then the findings.

    Args:
        annotation: what `annotate` returned.
        lang: language of the explanations.
        principles: ids of the principles whose findings are shown.

    Returns:
        The text.

    Raises:
        ValueError: when there is no such principle.
    """
    annotation, chosen = _about(annotation, principles)
    lines = [f"[{_labels(sentence, lang)}] {_in_one_line(sentence)}" for sentence in _judged(annotation)]
    lines += [*([""] if lines else []), *_findings_as_text(annotation, lang)]
    if not annotation.findings:
        lines.append(_nothing_found(annotation, lang))
    lines += (note.say(lang) for note in annotation.notes)
    lines += _own_words_as_text(annotation, lang, alone=chosen != ALL_PRINCIPLES)
    if annotation.notice:
        lines += ["", plain_text("coverage.txt.j2", lang, coverage=_coverage(annotation, lang)).rstrip()]
    if only := _only(chosen, lang):
        lines.append(only)
    if annotation.ignored:
        lines.append(say("check.ignored", lang, rules=", ".join(annotation.ignored)))
    return "\n".join(lines)


def to_json(annotation: Annotation, lang: Lang, *, file: str = "", doubts: Sequence[str] | None = None) -> str:
    """Return the annotation as one JSON object; offsets are code points of the text as it was given.

    Args:
        annotation: what `annotate` returned.
        lang: language of messages, reasons and mends.
        file: name of the letter among others; empty for one alone.
        doubts: what to know of the data that the letter was compared with; None when it was compared with none.
    """
    sentences = [
        {
            "start": sentence.start,
            "end": sentence.end,
            "text": sentence.text,
            "roles": sorted(sentence.roles),
            "cues": [{"role": role, "start": span.start, "end": span.end} for role, span in (() if annotation.unjudged else sentence.cues)],
        }
        for sentence in annotation.sentences
    ]
    findings = [
        {
            "rule": finding.rule.id,
            "principle": finding.rule.principle,
            "severity": finding.severity,
            "message": finding.message(lang),
            "span": finding.span._asdict() if finding.span else None,
            "words": [span._asdict() for span in annotation.reasons(finding)],
            "why": finding.rule.why[lang],
            "mend": finding.rule.mend[lang],
            "source": finding.rule.source,
            "cited": cited(finding.rule.source, lang),
        }
        for finding in annotation.findings
    ]
    ignored = list(annotation.ignored)
    unjudged = annotation.unjudged
    remark = {"id": unjudged.id, "message": unjudged.say(lang)} if unjudged else None
    notes = [{"id": note.id, "message": note.say(lang), "span": note.span._asdict() if note.span else None} for note in annotation.notes]
    result: dict[str, object] = {
        **({"file": file} if file else {}),
        "remark": remark,
        "sentences": sentences,
        "findings": findings,
        "notes": notes,
        "own_words": _own_words(annotation.own_words, lang),
        "ignored": ignored,
    }
    if doubts is not None:
        result["data"] = list(doubts)
    if annotation.notice:
        result["coverage"] = [
            {
                "issue": row.issue.id,
                "name": row.issue.name(lang),
                "asked": [cell.question for cell in row.cells if cell.asked],
                **{cell.question: [span._asdict() for span in cell.spans] for cell in row.cells},
            }
            for row in coverage(annotation, annotation.notice).rows
        ]
    return json.dumps(result, ensure_ascii=False, indent=1)


def notice_to_text(notice: Notice, lang: Lang, *, kind: bool = True) -> str:
    """Return what a notice asks as plain text, each conclusion with the words that it rests on.

    Args:
        notice: what `read_notice` returned.
        lang: language of the explanations.
        kind: tell of which kind it is; not where that stands above.

    Returns:
        The text.
    """
    conclusions = [
        *([(say("notice.kind", lang), kind_name(notice.kind, lang), notice.words("kind"))] if kind else []),
        *([(say("notice.refusal", lang), say("notice.refused", lang), notice.words("refusal"))] if notice.words("refusal") else []),
        *((say("notice.metric", lang), metric_name(metric, lang), notice.words(metric)) for metric in notice.metrics),
        *((say("notice.issue", lang), issue.name(lang), notice.words(issue.id)) for issue in notice.issues),
        *time_and_attempts(notice, lang),
    ]
    asked = {
        issue.name(lang): [
            (question_name(question, lang), notice.words(f"{issue.id}.{question}")) for question in QUESTIONS if issue.asks(question)
        ]
        for issue in notice.issues
    }
    left = not_understood(notice)
    told = {"advice": notice.advice(lang), "note": notice.note(lang)}
    return plain_text("notice.txt.j2", lang, conclusions=conclusions, asked=asked, left=left, **told).strip()


def not_understood(notice: Notice) -> list[str]:
    """Return what of a notice was not understood, each passage in one line, a long one shortened.

    Args:
        notice: what `read_notice` returned.

    Returns:
        The passages.
    """
    passages = (notice.text[span.start : min(span.end, span.start + 2 * _PASSAGE)] for span in notice.not_understood)
    return [shorten(one_line(passage), _PASSAGE, placeholder=" …") for passage in passages]


def time_and_attempts(notice: Notice, lang: Lang) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield until when, and how often, a notice may be answered; a date that cannot be counted in days is told as it is written.

    Args:
        notice: what `read_notice` returned.
        lang: language of the explanations.

    Yields:
        For each what it is called, what is told, and the words that this rests on.
    """
    if notice.deadline_days is not None:
        until = {"days": notice.deadline_days, "until": notice.until, "sent": notice.sent}
        told = say("notice.last-day", lang, **until) if notice.until else str(notice.deadline_days)
        yield say("notice.deadline", lang), told, notice.words("deadline")
    elif words := notice.words("deadline"):
        yield say("notice.until", lang), say("notice.as-written", lang), words
    if notice.attempts is not None:
        yield say("notice.attempts", lang), str(notice.attempts), notice.words("attempts")


def notice_to_json(notice: Notice) -> str:
    """Return what a notice asks as one JSON object.

    Args:
        notice: what `read_notice` returned.

    Returns:
        The JSON; `words` has for each conclusion, named as in `Notice.cues`, the notice's own words that it rests on: a date that cannot
        be counted in days stands there as it is written.
    """
    result = {
        "kind": notice.kind,
        "metrics": notice.metrics,
        "issues": [{name: told for name, told in asdict(issue).items() if told != ""} for issue in notice.issues],
        "deadline_days": notice.deadline_days,
        "attempts": notice.attempts,
        "refusal": bool(notice.words("refusal")),
        "words": {label: notice.words(label) for label in dict.fromkeys(label for label, _ in notice.cues)},
        "not_understood": [notice.text[slice(*span)] for span in notice.not_understood],
    }
    return json.dumps(result, ensure_ascii=False, indent=1)


def doubts(health: Health, lang: Lang) -> list[str]:
    """Return what to know of data before figures are compared with it: where it contradicts itself, or may not be whole.

    Args:
        health: what `read_health_report` or `Orders.health` returned.
        lang: language, `en` or `zh-Hant`.

    Returns:
        The disagreements, each with its metric, and then the notes; how columns were read, and what stands beside the rates, is left out.
    """
    found = [
        say("view.labelled", lang, label=" · ".join(filter(None, (metric_name(metric.id, lang), where))), words=note.say(lang))
        for metric in health.metrics
        for where in [place(metric.marketplace, metric.fulfilment)]
        for note in (*metric.disagreements, *([_NOT_COMPARED] if misplaced(metric) else ()))
    ]
    return [*found, *(note.say(lang) for note in health.notes if note.key not in _NO_DOUBTS)]


_NOT_COMPARED = Note("not-compared")
_NO_DOUBTS = {"column", "unused", "beside", "account-status"}


def health_to_json(health: Health, lang: Lang) -> str:
    """Return the metrics of a report or a file of orders as one JSON object.

    Args:
        health: what `read_health_report` or `Orders.health` returned.
        lang: language of the disagreements and notes, `en` or `zh-Hant`.

    Returns:
        The JSON; rates and targets are in per cent.
    """
    metrics = [
        {
            "id": metric.id,
            "marketplace": metric.marketplace,
            "fulfilment": metric.fulfilment,
            "value": metric.value,
            "target": metric.target,
            "orders": metric.orders,
            "defects": metric.defects,
            "by_kind": dict(metric.by_kind),
            "window": {"start": metric.start and metric.start.isoformat(), "end": metric.end and metric.end.isoformat()},
            "meets_target": metric.meets_target,
            "disagreements": [note.say(lang) for note in metric.disagreements],
        }
        for metric in health.metrics
    ]
    return json.dumps({"metrics": metrics, "notes": [note.say(lang) for note in health.notes]}, ensure_ascii=False, indent=1)


def health_to_text(health: Health, lang: Lang, courses: Iterable[Course] = ()) -> str:
    """Return the metrics of a report or a file of orders as plain text.

    Args:
        health: what `read_health_report` or `Orders.health` returned.
        lang: language, `en` or `zh-Hant`.
        courses: how rates went from day to day, where the orders are known.

    Returns:
        What to look at, in short; for each metric its rate, target, counts and window, what disagrees, and what the figures mean; last the
        notes.
    """
    known = {(course.metric, course.marketplace, course.fulfilment): course for course in courses}
    metrics = [
        {
            "name": load("metrics.toml")[metric.id]["name"][lang],
            "place": place(metric.marketplace, metric.fulfilment),
            "lines": [
                *health_lines(metric, lang),
                *(note.say(lang) for note in metric.disagreements),
                *outlook(metric, lang, known.get((metric.id, metric.marketplace, metric.fulfilment))),
            ],
        }
        for metric in health.metrics
    ]
    told = summary(health, lang) if health.notes or len(metrics) > 1 else ()  # one metric by itself is short enough
    return render("health.txt.j2", lang, summary=told, metrics=metrics, notes=[note.say(lang) for note in health.notes]).rstrip("\n")


def health_lines(metric: Reading, lang: Lang) -> Iterator[str]:
    """Tell the figures of a metric, without what they mean.

    Args:
        metric: the metric.
        lang: `en` or `zh-Hant`.

    Yields:
        A line with rate, target, verdict and counts, and one with the kinds of defect.
    """
    facts = [rate_in_words(metric, lang)]
    facts.append(say("health.target", lang, target=f"{metric.target:g}"))
    if metric.meets_target is not None:
        facts.append(say("health.meets", lang) if metric.meets_target else say("health.misses", lang))
    if metric.orders and metric.defects is not None:
        open_ = int(str(note.values["count"])) if (note := unclear(metric)) else 0
        told = "health.figures-open" if open_ else "health.figures"
        facts.append(say(told, lang, defects=metric.defects, most=metric.defects + open_, orders=metric.orders))
    yield say("case.between", lang).join(facts)
    if metric.by_kind:
        kinds = [say("view.labelled", lang, label=say(f"defect.{kind}", lang), words=count) for kind, count in metric.by_kind.items()]
        yield say("case.between", lang).join(kinds)


def practice_to_json(letter: PracticeLetter) -> str:
    """Return a practice letter with its key as one JSON object.

    Args:
        letter: what `appealkit.practice.make` returned.

    Returns:
        The JSON: `text`, `injected` (ids of rules) and `case`.
    """
    result = {"text": letter.text, "injected": letter.injected, "case": letter.case.model_dump(mode="json", exclude_defaults=True)}
    return json.dumps(result, ensure_ascii=False, indent=1)


def _coverage(annotation: Annotation, lang: Lang) -> dict[str, Any] | None:
    """Prepare the table of a notice's questions and the letter's answers; None without a notice."""
    return covered(coverage(annotation, annotation.notice), lang) if annotation.notice else None


def covered(table: Coverage, lang: Lang) -> dict[str, Any]:
    """Prepare a coverage for its template.

    Args:
        table: what `coverage` returned.
        lang: language of the questions.

    Returns:
        Its rows, and what to do instead when a letter is not the answer.
    """
    rows = [{"issue": row.issue.name(lang), "cells": [_cell(row, cell, lang) for cell in row.cells]} for row in table.rows]
    return {"rows": rows, "advice": table.notice.advice(lang), "note": table.notice.note(lang)}


def _cell(row: Row, cell: Cell, lang: Lang) -> dict[str, Any]:
    return {
        "question": question_name(cell.question, lang),
        "asked": cell.asked,
        "answers": [one_line(sentence.text) for sentence in cell.sentences],
        "ask": row.ask(cell.question, lang) if cell.gap else "",
    }


def plain_text(template: str, lang: Lang, **values: object) -> str:
    """Fill a template of plain text, in which nothing is escaped."""
    return _environment().get_template(template).render(values, lang=lang, say=say)


def _nothing_found(annotation: Annotation, lang: Lang) -> str:
    """Say that there are no findings, or why the text was not judged."""
    return annotation.unjudged.say(lang) if annotation.unjudged else say("check.no-findings", lang)


def _own_words(own_words: OwnWords | None, lang: Lang) -> dict[str, object] | None:
    if own_words is None:
        return None
    return {
        "words": own_words.words,
        "shared": own_words.shared,
        "share": round(own_words.share, 3),
        "runs": [{**run.span._asdict(), "words": run.words, "samples": [sample.id for sample in run.samples]} for run in own_words.runs],
        "samples": [{"id": sample.id, "description": sample.describe(lang)} for sample in own_words.samples],
    }


def rules_index(rules: Iterable[Rule], langs: Sequence[Lang]) -> Iterator[str]:
    """Return the ids of rules with their short names, by principle, and how to learn more of one.

    Args:
        rules: the rules, in the order of the principles.
        langs: the languages to show, side by side.

    Yields:
        The list, line by line.
    """
    names = load("principles.toml")
    for principle, listed in groupby(rules, key=attrgetter("principle")):
        yield " / ".join(names[principle]["name"][lang] for lang in langs)
        for rule in listed:
            yield f"  {rule.id:{_ID}} {' / '.join(say(f'practice.rule.{rule.id}', lang) for lang in langs)}"
        yield ""
    yield from (say("rules.more", lang) for lang in langs)


_ID = 21  # characters of the longest id of a rule, and some room


def rules_to_text(rules: Iterable[Rule], langs: Sequence[Lang]) -> Iterator[str]:
    """Return rules as plain text, piece by piece: what each says, then its examples.

    Args:
        rules: the rules, in the order in which they are listed.
        langs: the languages to show, one below the other.

    Yields:
        The text from its first line to its last.
    """
    return _environment().get_template("rules.txt.j2").generate(rules=(_listed(rule, langs) for rule in rules))


def rule_to_json(rule: Rule, langs: Sequence[Lang]) -> str:
    """Return a rule as one JSON object.

    Args:
        rule: the rule.
        langs: the languages to include; words stand under the name of their language.
    """
    entry = asdict(rule)
    entry["message"] = {lang: rule.says(lang) for lang in langs}
    entry["cited"] = {lang: cited(rule.source, lang) for lang in langs}
    for part in ("why", "mend", "where"):
        entry[part] = {lang: words for lang, words in entry[part].items() if lang in langs}
    return json.dumps(entry, ensure_ascii=False, indent=1)


def role_name(role: Role, lang: Lang) -> str:
    """Return the short name of a role, as it is written inside a mark."""
    name: str = load("principles.toml")["role"][role]["name"][lang]
    return name


def _about(annotation: Annotation, principles: Collection[str]) -> tuple[Annotation, tuple[Principle, ...]]:
    """Leave the findings of some principles, and return those principles in their order."""
    wanted = {Principle(name) for name in principles}
    found = tuple(finding for finding in annotation.findings if finding.rule.principle in wanted)
    return replace(annotation, findings=found), tuple(principle for principle in Principle if principle in wanted)


def _only(principles: tuple[Principle, ...], lang: Lang) -> str:
    """Say which principles were looked at, when it was not all of them: no findings then does not mean that all is well."""
    if principles == ALL_PRINCIPLES:
        return ""
    names = say("lesson.and", lang).join(load("principles.toml")[principle]["name"][lang] for principle in principles)
    return say("lesson.only", lang, principles=names)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words of the letter: in bits that decided a role or did not, and all of them public or none; `opens` where a run begins."""

    bits: tuple[tuple[str, bool], ...]
    public: bool = False
    opens: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence with its labels, and what lies between it and the one before."""

    before: str
    stretches: tuple[_Stretch, ...]
    labels: str
    principles: tuple[Principle, ...]
    notes: tuple[int, ...]


def _pieces(annotation: Annotation, own_words: OwnWords | None, lang: Lang) -> Iterator[_Piece]:
    runs = [run.span for run in own_words.runs] if own_words else []
    position = 0
    for sentence in _judged(annotation):
        near = runs[bisect_right(runs, sentence.start, key=attrgetter("end")) : bisect_left(runs, sentence.end, key=attrgetter("start"))]
        found = [(n, f) for n, f in enumerate(annotation.findings, 1) if f.span and position <= f.span.start < sentence.end]
        words = {span for _, span in sentence.cues}.union(*(annotation.reasons(finding) for _, finding in found))
        yield _Piece(
            annotation.text[position : sentence.start],
            tuple(_stretches(annotation.text, sentence, near, words, position)),
            _labels(sentence, lang),
            tuple(p for p in Principle if any(role.principle is p for role in sentence.roles)),
            tuple(number for number, _ in found),
        )
        position = sentence.end


def _stretches(text: str, sentence: Sentence, runs: list[Span], words: Collection[Span], since: int) -> Iterator[_Stretch]:
    """Cut a sentence where a public run begins or ends, then where the words that decided its roles and its findings do."""
    cues = sorted(words)
    for start, end, run in _cut(sentence.start, sentence.end, runs):
        bits = tuple((text[first:last], cue is not None) for first, last, cue in _cut(start, end, cues))
        yield _Stretch(bits, run is not None, run is not None and run.start >= since)


def _cut(start: int, end: int, marks: list[Span]) -> Iterator[tuple[int, int, Span | None]]:
    """Cut a stretch of text into what is marked, each with its mark, and what is not."""
    for mark in marks:
        first, last = max(mark.start, start), min(mark.end, end)
        if first < last:
            if start < first:
                yield start, first, None
            yield first, last, mark
            start = last
    if start < end:
        yield start, end, None


def _judged(annotation: Annotation) -> tuple[Sentence, ...]:
    """Return the sentences that bear labels: none where the text is not judged."""
    return () if annotation.unjudged else annotation.sentences


def _labels(sentence: Sentence, lang: Lang) -> str:
    return " · ".join(role_name(role, lang) for role in Role if role in sentence.roles)


def _findings(annotation: Annotation, lang: Lang) -> list[dict[str, Any]]:
    """Prepare the findings; what is said of a rule, and not of a place, is `told` with the last of its findings alone."""
    rules = [finding.rule.id for finding in annotation.findings]
    return [
        {**_finding(annotation, finding, lang), "told": rule != after}
        for finding, rule, after in zip(annotation.findings, rules, [*rules[1:], ""], strict=False)
    ]


def _finding(annotation: Annotation, finding: Finding, lang: Lang) -> dict[str, str]:
    words = [one_line(annotation.text[slice(*span)]) for span in annotation.reasons(finding)]
    return {
        "rule": finding.rule.id,
        "severity": finding.severity,
        "severity_name": say(f"severity.{finding.severity}", lang),
        "principle": finding.rule.principle,
        "principle_name": load("principles.toml")[finding.rule.principle]["name"][lang],
        "name": say(f"practice.rule.{finding.rule.id}", lang),
        "message": finding.message(lang),
        "reasons": " · ".join(say("notice.words", lang, words=quote) for quote in words),
        "why": finding.rule.why[lang],
        "mend": finding.rule.mend[lang],
        "source": cited(finding.rule.source, lang),
    }


def cited(card: str, lang: Lang) -> str:
    """Name a card as the source of something.

    Args:
        card: its key in `data/cards.toml`.
        lang: `en` or `zh-Hant`.

    Returns:
        Its title, with its source and the month in which that was read.
    """
    stored = load("cards.toml")[card]
    return f"{stored['title'][lang]} ({_source(stored, lang)})"


def _source(card: Mapping[str, Any], lang: Lang) -> str:
    return say("lesson.card-source", lang, source=card["source"][lang], month=f"{card['as_of']:%Y-%m}")


def _listed(rule: Rule, langs: Sequence[Lang]) -> dict[str, object]:
    examples = {"bad": rule.bad, "good": rule.good, "near": rule.near}
    return {
        "id": rule.id,
        "told": [list(_told(rule, lang)) for lang in langs],
        "examples": [(" / ".join(say(f"rules.{kind}", lang) for lang in langs), passages) for kind, passages in examples.items()],
    }


def _told(rule: Rule, lang: Lang) -> Iterator[str]:
    """Yield what a rule says in one language, line by line."""
    told = [
        (say("view.principle", lang), load("principles.toml")[rule.principle]["name"][lang]),
        (say("rules.severity", lang), say(f"severity.{rule.severity}", lang)),
        (say("rules.message", lang), rule.says(lang)),
        (say("rules.where", lang), rule.where.get(lang)),
        (say("view.why", lang), rule.why[lang]),
        (say("view.mend", lang), rule.mend[lang]),
        (say("view.source", lang), cited(rule.source, lang)),
        (say("rules.notice", lang), rule.notice),
        (say("rules.report", lang), rule.report),
    ]
    return (say("view.labelled", lang, label=label, words=words) for label, words in told if words)


def _in_one_line(sentence: Sentence) -> str:
    """Write a sentence in one line; who signs stands in lines of its own, which a stroke keeps apart."""
    if sentence.layout is not Layout.SIGNOFF:
        return one_line(sentence.text)
    return " / ".join(filter(None, (one_line(f"\n{line}") for line in sentence.text.splitlines())))


def _findings_as_text(annotation: Annotation, lang: Lang) -> Iterator[str]:
    for number, finding in enumerate(_findings(annotation, lang), 1):
        yield f"{number}. {finding['message']} [{finding['severity_name']} · {finding['principle_name']} · {finding['rule']}]"
        for part in ("reasons", "why", "mend", "source"):
            if finding[part] and (finding["told"] or part == "reasons"):
                yield f"   {say('view.labelled', lang, label=say(f'view.{part}', lang), words=finding[part])}"


def _own_words_as_text(annotation: Annotation, lang: Lang, *, alone: bool) -> Iterator[str]:
    """Tell what a letter shares with public texts; or, unless a lesson looks at some principles alone, that it shares nothing."""
    own_words = annotation.own_words
    if own_words and own_words.runs:
        yield ""
        yield say("own-words.head", lang)
    for run in own_words.runs if own_words else ():
        words = shorten(annotation.text[run.span.start : run.span.end], _SHORT, placeholder=" …")
        samples = say("own-words.between", lang).join(sample.describe(lang) for sample in run.samples)
        yield say("own-words.run", lang, words=words, count=run.words, samples=samples)
    known = (annotation.samples or public_samples()).all
    if own_words and known and not (own_words.runs or annotation.remark or alone):
        yield say("own-words.none", lang, words=SHINGLE, samples=", ".join(sample.id for sample in known))


def _principle(principle: Principle, annotation: Annotation, lang: Lang) -> dict[str, object]:
    return {
        "id": principle,
        "name": load("principles.toml")[principle]["name"][lang],
        "sentences": sum(any(role.principle is principle for role in sentence.roles) for sentence in annotation.sentences),
        "findings": sum(finding.rule.principle is principle for finding in annotation.findings),
    }


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("appealkit"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
