"""The tone of a letter: which of its words pull to the humble side, which to the proud one, and why."""

from dataclasses import dataclass
from typing import Literal

from appealkit.annotate import Annotation, as_annotation
from appealkit.cards import cited
from appealkit.language import Lang, say
from appealkit.letter import Letter
from appealkit.roles import Sentence
from appealkit.rules import Finding
from appealkit.segment import FRAME
from appealkit.span import Span
from appealkit.tables import load
from appealkit.view import View, render

Side = Literal["humble", "proud"]
Voice = Literal["humble", "steady", "proud"]
"""How a letter speaks to its reader."""

_SIDES: dict[str, Side] = {"emotional": "humble", "demanding": "proud"}  # to which side words with a finding of this rule pull


@dataclass(frozen=True, slots=True)
class Pull:
    """A sentence that pulls to one side.

    Args:
        side: `humble` or `proud`.
        sentence: the sentence.
        words: where the words stand that decided it; the whole sentence where none stand out.
        finding: what the rule says about it.
    """

    side: Side
    sentence: Sentence
    words: tuple[Span, ...]
    finding: Finding


@dataclass(frozen=True, slots=True)
class Tone:
    """How a letter speaks to its reader.

    Args:
        annotation: the letter, annotated.
        pulls: the sentences that pull to a side, in the order of the letter; none when it is steady.
    """

    annotation: Annotation
    pulls: tuple[Pull, ...]

    @property
    def voice(self) -> Voice:
        """The side to which more sentences pull; of two equal ones that of the first sentence; `steady` without any."""
        sides: list[Voice] = [pull.side for pull in self.pulls]
        return max(dict.fromkeys(sides), key=sides.count, default="steady")

    def __repr__(self) -> str:
        """Return one line a pull: the same for the same letter."""
        lines = [f"{pull.side}: {' | '.join(_told(self.annotation.text, span) for span in pull.words)}" for pull in self.pulls]
        return "\n".join(lines) or "steady"


def tone(letter: str | Letter | Annotation) -> Tone:
    """Find the words of a letter that beg, and those that press.

    Args:
        letter: any text, an assembled letter, or a letter that is annotated already.

    Returns:
        The tone. It rests on the rules `emotional` and `demanding` alone.

    >>> tone("We beg you on our knees to give us one last chance.").voice
    'humble'
    """
    annotation = as_annotation(letter)
    pulls = [_pull(annotation, finding) for finding in annotation.findings if finding.rule.id in _SIDES]
    return Tone(annotation, tuple(sorted(pulls, key=lambda pull: pull.sentence.start)))


def show_tone(letter: str | Letter | Annotation, lang: Lang) -> View:
    """Show a letter as a dial: each sentence on the side to which it pulls, the words that pull, and the reasons.

    Args:
        letter: any text, an assembled letter, or a letter that is annotated already.
        lang: language of the explanation, `en` or `zh-Hant`.

    Returns:
        The view, as a table and as text. It gives no score: what stands in it are sentences.

    >>> print(str(show_tone("We ask you to reinstate our account.", "en")).splitlines()[0])
    steady: “We ask you to reinstate our account.”
    """
    heard = tone(letter)
    rows = [
        {voice: _marked(heard.annotation.text, sentence, _pulling(heard, sentence, voice)) for voice in _voices(heard, sentence)}
        for sentence in heard.annotation.sentences
        if sentence.layout not in FRAME
    ]
    reasons = [
        {
            "side": say(f"lesson.voice.{pull.side}", lang),
            "words": " · ".join(say("notice.words", lang, words=_told(heard.annotation.text, span)) for span in pull.words),
            "why": pull.finding.rule.why[lang],
            "mend": pull.finding.rule.mend[lang],
            "source": cited(pull.finding.rule.source, lang),
        }
        for pull in heard.pulls
    ]
    values = {"rows": rows, "reasons": reasons, "voices": load("strings.toml")["lesson"]["voice"]}
    return View(render("tone.html.j2", lang, **values), render("tone.txt.j2", lang, **values).rstrip())


def _pull(annotation: Annotation, finding: Finding) -> Pull:
    start = finding.span.start if finding.span else 0
    sentence = next(sentence for sentence in annotation.sentences if sentence.start == start)
    words = tuple(sorted(annotation.reasons(finding)))
    return Pull(_SIDES[finding.rule.id], sentence, words or (sentence.span,), finding)


def _voices(heard: Tone, sentence: Sentence) -> list[Voice]:
    sides: list[Voice] = [pull.side for pull in heard.pulls if pull.sentence is sentence]
    return sides or ["steady"]


def _pulling(heard: Tone, sentence: Sentence, voice: Voice) -> list[Span]:
    return [span for pull in heard.pulls if pull.sentence is sentence and pull.side == voice for span in pull.words]


def _marked(text: str, sentence: Sentence, pulling: list[Span]) -> list[tuple[str, bool]]:
    """Cut a sentence into words that pull and words that do not."""
    return [(bit.of(text), pulls is not None) for bit, pulls in sentence.span.cut(sorted(pulling))]


def _told(text: str, span: Span) -> str:
    return " ".join(span.of(text).split())
