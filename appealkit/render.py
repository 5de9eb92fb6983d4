"""An annotation as HTML, as plain text and as JSON: pure functions, looks in the templates."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from textwrap import shorten
from typing import Any

from markupsafe import Markup

from appealkit.annotate import Annotation, annotate
from appealkit.cards import cited
from appealkit.coverage import Row, coverage
from appealkit.fingerprints import SHINGLE, public_samples
from appealkit.language import Lang, listed, principle_name, role_name, rule_name, rule_named, say
from appealkit.letter import Letter
from appealkit.notice import QUESTIONS, question_name
from appealkit.notice_view import covered
from appealkit.own_words import OwnWords
from appealkit.roles import Principle, Role, Sentence
from appealkit.rules import Finding
from appealkit.segment import Layout
from appealkit.span import Span
from appealkit.text import one_line
from appealkit.view import View, render, stream

_SHORT = 72  # characters of a public run in the plain view

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
        instead=_instead(annotation, lang),
        pieces=list(_pieces(annotation, own_words, lang)),
        rest=annotation.text[max((sentence.end for sentence in _judged(annotation)), default=0) :],
        public=[sample.describe(lang) for sample in own_words.samples] if own_words else [],
        findings=_findings(annotation, lang),
        principles=[] if annotation.unjudged else [_principle(principle, annotation, lang) for principle in chosen],
        only=_only(chosen, lang),
        ignored=_names(annotation.ignored, lang),
        nothing_found=_nothing_found(annotation, lang),
        notes=_notes(annotation, chosen, lang),
        coverage=_coverage(annotation, lang),
        questions=[question_name(question, lang) for question in QUESTIONS],
    )


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
    return stream("page.html.j2", sections=sections, doubts=doubts, summary=summary, lang=lang)


def to_text(annotation: Annotation, lang: Lang, principles: Collection[str] = ALL_PRINCIPLES, *, explained: Collection[str] = ()) -> str:
    """Return the annotated letter as plain text: one sentence a line with its roles, then the findings.

    Args:
        annotation: what `annotate` returned.
        lang: language of the explanations.
        principles: ids of the principles whose findings are shown.
        explained: ids of the rules that are explained already, such as above at another letter.

    Returns:
        The text.

    Raises:
        ValueError: when there is no such principle.
    """
    annotation, chosen = _about(annotation, principles)
    instead = _instead(annotation, lang)
    lines = [instead, ""] if instead else []
    labelled = [f"[{_labels(sentence, lang)}] {_in_one_line(sentence)}" for sentence in _judged(annotation)]
    lines += [*labelled, *([""] if labelled else []), *_findings_as_text(annotation, lang, explained)]
    if not annotation.findings:
        lines.append(_nothing_found(annotation, lang))
    lines += _notes(annotation, chosen, lang)
    lines += _own_words_as_text(annotation, lang, alone=chosen != ALL_PRINCIPLES)
    if annotation.notice and (answered := render("coverage.txt.j2", lang, coverage=_coverage(annotation, lang)).rstrip()):
        lines += ["", answered]
    if only := _only(chosen, lang):
        lines.append(only)
    if annotation.ignored:
        lines.append(say("check.ignored", lang, rules=_names(annotation.ignored, lang)))
    return "\n".join(lines)


def _notes(annotation: Annotation, chosen: Collection[str], lang: Lang) -> list[str]:
    """Tell what to know beside the findings; of sentences that are no part of a plan only where all of it is looked at."""
    return [note.say(lang) for note in annotation.notes if note.id != "no-part" or tuple(chosen) == ALL_PRINCIPLES]


def _names(rules: Iterable[str], lang: Lang) -> str:
    return listed((say("check.quoted-rule", lang, name=rule_name(rule, lang), id=rule) for rule in rules), lang)


def to_json(annotation: Annotation, lang: Lang, *, file: str = "", doubts: Sequence[str] | None = None) -> str:
    """Return the annotation as one JSON object; offsets are code points of the text as it was given.

    Args:
        annotation: what `annotate` returned.
        lang: language of messages, reasons and mends.
        file: name of the letter among others; empty for one alone.
        doubts: what to know of the data that the letter was compared with; None when it was compared with none.
    """
    unjudged = annotation.unjudged
    result: dict[str, object] = {
        **({"file": file} if file else {}),
        "remark": {"id": unjudged.id, "message": unjudged.say(lang)} if unjudged else None,
        "sentences": [_sentence_as_json(sentence, judged=not unjudged) for sentence in annotation.sentences],
        "findings": [_finding_as_json(annotation, finding, lang) for finding in annotation.findings],
        "notes": [{"id": note.id, "message": note.say(lang), "span": _span_as_json(note.span)} for note in annotation.notes],
        "own_words": _own_words(annotation.own_words, lang),
        "ignored": list(annotation.ignored),
    }
    if doubts is not None:
        result["data"] = list(doubts)
    if annotation.notice:
        table = coverage(annotation, annotation.notice)
        result["instead"] = annotation.notice.instead(lang)
        result["coverage"] = [_row_as_json(row, lang) for row in table.rows]
        result["orders_not_named"] = list(table.orders)
        result["not_understood"] = [
            {"text": span.of(annotation.notice.text), "asks": span in annotation.notice.asks_more}
            for span in annotation.notice.not_understood
        ]
    return json.dumps(result, ensure_ascii=False, indent=1)


def _sentence_as_json(sentence: Sentence, *, judged: bool) -> dict[str, object]:
    return {
        "start": sentence.start,
        "end": sentence.end,
        "text": sentence.text,
        "roles": sorted(sentence.roles),
        "cues": [{"role": role, "start": span.start, "end": span.end} for role, span in (sentence.cues if judged else ())],
    }


def _finding_as_json(annotation: Annotation, finding: Finding, lang: Lang) -> dict[str, object]:
    return {
        "rule": finding.rule.id,
        "principle": finding.rule.principle,
        "severity": finding.severity,
        "message": finding.message(lang),
        "span": _span_as_json(finding.span),
        "words": [span._asdict() for span in annotation.reasons(finding)],
        "why": finding.rule.why[lang],
        "mend": finding.rule.mend[lang],
        "source": finding.rule.source,
        "cited": cited(finding.rule.source, lang),
    }


def _span_as_json(span: Span | None) -> dict[str, int] | None:
    return span._asdict() if span else None


def _row_as_json(row: Row, lang: Lang) -> dict[str, object]:
    return {
        "issue": row.issue.id,
        "name": row.issue.name(lang),
        "asked": [cell.question for cell in row.cells if cell.asked],
        **{cell.question: [span._asdict() for span in cell.spans] for cell in row.cells},
        "beside": [sentence.span._asdict() for cell in row.cells for sentence in cell.beside],
    }


def _coverage(annotation: Annotation, lang: Lang) -> dict[str, Any] | None:
    """Prepare the table of a notice's questions and the letter's answers, without what stands first already; None without a notice."""
    if annotation.notice is None:
        return None
    prepared = covered(coverage(annotation, annotation.notice), lang)
    return prepared | {"above": ""} if annotation.notice.instead(lang) else prepared


def _instead(annotation: Annotation, lang: Lang) -> str:
    """Say first what the notice asks for instead of a letter, and what the findings are worth then; empty where a letter may answer it."""
    words = annotation.notice.instead(lang) if annotation.notice else ""
    return say("check.defects-only", lang, instead=words) if words and annotation.findings else words


def _nothing_found(annotation: Annotation, lang: Lang) -> str:
    """Say that there are no findings, or why the text was not judged; nor is all well beside a notice that may ask more."""
    if annotation.unjudged:
        return annotation.unjudged.say(lang)
    return say("check.none-as-far" if annotation.notice and annotation.notice.unclear else "check.no-findings", lang)


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


def _about(annotation: Annotation, principles: Collection[str]) -> tuple[Annotation, tuple[Principle, ...]]:
    """Leave the findings of some principles, and return those principles in their order."""
    wanted = {Principle(name) for name in principles}
    found = tuple(finding for finding in annotation.findings if finding.rule.principle in wanted)
    return replace(annotation, findings=found), tuple(principle for principle in Principle if principle in wanted)


def _only(principles: tuple[Principle, ...], lang: Lang) -> str:
    """Say which principles were looked at, when it was not all of them: no findings then does not mean that all is well."""
    if principles == ALL_PRINCIPLES:
        return ""
    names = listed((principle_name(principle, lang) for principle in principles), lang, "text.and")
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
    for stretch, run in sentence.span.cut(runs):
        bits = tuple((bit.of(text), cue is not None) for bit, cue in stretch.cut(cues))
        yield _Stretch(bits, run is not None, run is not None and run.start >= since)


def _judged(annotation: Annotation) -> tuple[Sentence, ...]:
    """Return the sentences that bear labels: none where the text is not judged."""
    return () if annotation.unjudged else annotation.sentences


def _labels(sentence: Sentence, lang: Lang) -> str:
    return " · ".join(role_name(role, lang) for role in Role if role in sentence.roles)


def _findings(annotation: Annotation, lang: Lang) -> list[dict[str, Any]]:
    """Prepare the findings; what is said of a rule, and not of a place, is `told` with the first of its findings alone."""
    rules = [finding.rule.id for finding in annotation.findings]
    return [
        {**_finding(annotation, finding, lang), "told": rule != before}
        for finding, rule, before in zip(annotation.findings, rules, ["", *rules], strict=False)
    ]


def _finding(annotation: Annotation, finding: Finding, lang: Lang) -> dict[str, str]:
    words = [one_line(span.of(annotation.text)) for span in annotation.reasons(finding)]
    return {
        "rule": finding.rule.id,
        "severity": finding.severity,
        "severity_name": say(f"severity.{finding.severity}", lang),
        "principle": finding.rule.principle,
        "principle_name": principle_name(finding.rule.principle, lang),
        "name": rule_name(finding.rule.id, lang),
        "message": finding.message(lang),
        "reasons": " · ".join(say("notice.words", lang, words=quote) for quote in words),
        "why": finding.rule.why[lang],
        "mend": finding.rule.mend[lang],
        "source": cited(finding.rule.source, lang),
    }


def _in_one_line(sentence: Sentence) -> str:
    """Write a sentence in one line; who signs stands in lines of its own, which a stroke keeps apart."""
    if sentence.layout is not Layout.SIGNOFF:
        return one_line(sentence.text)
    return " / ".join(filter(None, (one_line(f"\n{line}") for line in sentence.text.splitlines())))


def _findings_as_text(annotation: Annotation, lang: Lang, explained: Collection[str]) -> Iterator[str]:
    for number, finding in enumerate(_findings(annotation, lang), 1):
        kind = " · ".join((finding["severity_name"], finding["principle_name"], rule_named(finding["rule"], lang)))
        yield f"{number}. {finding['message']} [{kind}]"
        for part in ("reasons", "why", "mend", "source"):
            if finding[part] and (part == "reasons" or (finding["told"] and finding["rule"] not in explained)):
                yield f"   {say('view.labelled', lang, label=say(f'view.{part}', lang), words=finding[part])}"


def _own_words_as_text(annotation: Annotation, lang: Lang, *, alone: bool) -> Iterator[str]:
    """Tell what a letter shares with samples; or, unless a lesson looks at some principles alone, that it shares nothing."""
    own_words = annotation.own_words
    if own_words and own_words.runs:
        yield ""
        yield say("own-words.head", lang)
    for run in own_words.runs if own_words else ():
        words = shorten(run.span.of(annotation.text), _SHORT, placeholder=" …")
        samples = listed((sample.describe(lang) for sample in run.samples), lang, "text.between-parts")
        yield say("own-words.run", lang, words=words, count=run.words, samples=samples)
    known = (annotation.samples or public_samples()).all
    if own_words and known and not (own_words.runs or annotation.remark or alone):
        yield say("own-words.none", lang, words=SHINGLE, samples=listed((sample.id for sample in known), lang))


def _principle(principle: Principle, annotation: Annotation, lang: Lang) -> dict[str, object]:
    return {
        "id": principle,
        "name": principle_name(principle, lang),
        "sentences": len(annotation.serving(principle)),
        "findings": sum(finding.rule.principle is principle for finding in annotation.findings),
    }
