"""An annotation as HTML, as plain text and as JSON: pure functions, looks in the templates."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import escape

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from appealkit.annotate import Annotation, annotate
from appealkit.checks import Sentence
from appealkit.letter import Letter
from appealkit.roles import Principle, Role
from appealkit.rules import Finding
from appealkit.text import Lang, load, say


@dataclass(frozen=True, slots=True)
class View:
    """An annotation in one language, ready for a notebook cell: HTML where it can be shown, text where not."""

    html: str
    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.html


def check(letter: str | Letter, lang: Lang) -> View:
    """Annotate a letter and show the result.

    Args:
        letter: any text, or an assembled letter.
        lang: language of the explanations, `en` or `zh-Hant`.

    Returns:
        The view.
    """
    return show(annotate(letter), lang)


def show(annotation: Annotation, lang: Lang) -> View:
    """Return an annotation as a view for a notebook cell.

    Args:
        annotation: what `annotate` returned.
        lang: language of the explanations, `en` or `zh-Hant`.
    """
    return View(to_html(annotation, lang), to_text(annotation, lang))


def to_html(annotation: Annotation, lang: Lang) -> str:
    """Return the annotated letter as a piece of HTML that needs nothing from outside.

    Args:
        annotation: what `annotate` returned. Its text is escaped wherever it stands.
        lang: language of the explanations; the letter itself is marked as English.

    Returns:
        The HTML, its style included.
    """
    return _environment().get_template("annotation.html.j2").render(
        pieces=list(_pieces(annotation, lang)),
        findings=[_finding(finding, lang) for finding in annotation.findings],
        principles=[_principle(principle, annotation, lang) for principle in Principle],
        ignored=annotation.ignored,
        lang=lang,
        say=say,
    )


def to_page(letters: Iterable[tuple[str, Annotation]], lang: Lang) -> Iterator[str]:
    """Return annotated letters as one HTML document, piece by piece, so that it need not fit into memory.

    Args:
        letters: for each letter its title (empty for none) and its annotation.
        lang: language of the explanations.

    Yields:
        The document from its first line to its last.
    """
    sections = ((title, Markup(to_html(annotation, lang))) for title, annotation in letters)  # noqa: S704 - made by our own template
    return _environment().get_template("page.html.j2").generate(sections=sections, lang=lang, say=say)


def to_text(annotation: Annotation, lang: Lang) -> str:
    """Return the annotated letter as plain text: one sentence a line with its roles, then the findings.

    Args:
        annotation: what `annotate` returned.
        lang: language of the explanations.
    """
    lines = [f"[{_labels(sentence, lang)}] {' '.join(sentence.text.split())}" for sentence in annotation.sentences]
    lines += ["", *(_finding_as_text(number, _finding(finding, lang), lang) for number, finding in enumerate(annotation.findings, 1))]
    if not annotation.findings:
        lines.append(say("check.no-findings", lang))
    if annotation.ignored:
        lines.append(say("check.ignored", lang, rules=", ".join(annotation.ignored)))
    return "\n".join(lines)


def to_json(annotation: Annotation, lang: Lang) -> str:
    """Return the annotation as one JSON object; offsets are code points of the text as it was given.

    Args:
        annotation: what `annotate` returned.
        lang: language of messages, reasons and mends.
    """
    sentences = [
        {
            "start": sentence.start,
            "end": sentence.end,
            "roles": sorted(sentence.roles),
            "cues": [{"role": role, "start": span.start, "end": span.end} for role, span in sentence.cues],
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
            "why": finding.rule.why[lang],
            "mend": finding.rule.mend[lang],
            "source": finding.rule.source,
        }
        for finding in annotation.findings
    ]
    return json.dumps({"sentences": sentences, "findings": findings, "ignored": list(annotation.ignored)}, ensure_ascii=False, indent=1)


def role_name(role: Role, lang: Lang) -> str:
    """Return the short name of a role, as it is written inside a mark."""
    name: str = load("principles.toml")["role"][role]["name"][lang]
    return name


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the letter: a sentence with its labels, or what lies between two of them."""

    words: Markup
    labels: str = ""
    principles: tuple[Principle, ...] = ()
    notes: tuple[int, ...] = ()


def _pieces(annotation: Annotation, lang: Lang) -> Iterator[_Piece]:
    position = 0
    for sentence in annotation.sentences:
        yield _Piece(Markup(escape(annotation.text[position : sentence.start])))  # noqa: S704 - escaped in the same expression
        principles = tuple(p for p in Principle if any(role.principle is p for role in sentence.roles))
        yield _Piece(_cued(sentence), _labels(sentence, lang), principles, _notes(sentence, annotation.findings))
        position = sentence.end
    yield _Piece(Markup(escape(annotation.text[position:])))  # noqa: S704 - escaped in the same expression


def _cued(sentence: Sentence) -> Markup:
    """Mark the words that decided the roles."""
    out = ""
    position = 0
    for start, end in sorted({(span.start - sentence.start, span.end - sentence.start) for _, span in sentence.cues}):
        if start >= position:
            out += f"{escape(sentence.text[position:start])}<b>{escape(sentence.text[start:end])}</b>"
            position = end
    return Markup(out + escape(sentence.text[position:]))  # noqa: S704 - every part is escaped above


def _notes(sentence: Sentence, findings: tuple[Finding, ...]) -> tuple[int, ...]:
    """Return the numbers of the findings that begin in a sentence."""
    return tuple(n for n, finding in enumerate(findings, 1) if finding.span and sentence.start <= finding.span.start < sentence.end)


def _labels(sentence: Sentence, lang: Lang) -> str:
    return " · ".join(role_name(role, lang) for role in Role if role in sentence.roles)


def _finding(finding: Finding, lang: Lang) -> dict[str, str]:
    card = load("cards.toml")[finding.rule.source]
    return {
        "rule": finding.rule.id,
        "severity": finding.severity,
        "severity_name": say(f"severity.{finding.severity}", lang),
        "principle": finding.rule.principle,
        "principle_name": load("principles.toml")[finding.rule.principle]["name"][lang],
        "message": finding.message(lang),
        "why": finding.rule.why[lang],
        "mend": finding.rule.mend[lang],
        "source": f"{card['title'][lang]} ({card['source']}, {card['as_of']:%Y-%m})",
    }


def _finding_as_text(number: int, finding: dict[str, str], lang: Lang) -> str:
    told = [(say(f"view.{part}", lang), finding[part]) for part in ("why", "mend", "source")]
    head = f"{number}. {finding['message']} [{finding['severity_name']} · {finding['principle_name']} · {finding['rule']}]"
    return "\n".join([head, *(f"   {say('view.labelled', lang, label=label, words=words)}" for label, words in told)])


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
        loader=PackageLoader("appealkit"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False
    )
