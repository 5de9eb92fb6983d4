"""A text, or an assembled letter, to an annotation: what each sentence does, by which words, and what is wrong."""

from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from appealkit.checks import run
from appealkit.checks.draft import Draft, reasons
from appealkit.checks.targets import unnamed_metrics
from appealkit.figures.health import Reading
from appealkit.fingerprints import Samples
from appealkit.letter import Letter
from appealkit.notice import Notice
from appealkit.own_words import OwnWords, own_words, start_of_own
from appealkit.remarks import Remark, remarks_on
from appealkit.roles import STEPS, Principle, Role, Sentence, read
from appealkit.rules import SEVERITIES, Finding, rules
from appealkit.segment import segment
from appealkit.span import Span
from appealkit.text import short
from appealkit.unjudged import why_unjudged

_NOTHING, _NONE = frozenset([Role.OTHER]), frozenset[Any]()
_SHORT = 72  # characters of a sentence in the one-line view


@dataclass(frozen=True, slots=True)
class Annotation:
    """What the kit says about one letter.

    Args:
        text: the letter as it was given.
        sentences: its sentences, in order; of a text that is not judged, none does anything (`other`).
        findings: its faults, those that weigh most first, and in the order of the rules.
        ignored: ids of the rules that were switched off.
        samples: the samples that it was compared with; those of the kit when None.
        unjudged: why there is nothing to judge; None when there is.
        notice: the notice that it answers; None when none was given.
        unnamed: the metrics that fail by the notice or the data, and that the letter does not name.
    """

    text: str
    sentences: tuple[Sentence, ...]
    findings: tuple[Finding, ...]
    ignored: tuple[str, ...] = ()
    samples: Samples | None = None
    unjudged: Remark | None = None
    notice: Notice | None = None
    unnamed: tuple[Remark, ...] = ()

    @property
    def remark(self) -> str:
        """Why there is nothing to judge, as `why_unjudged` names it; empty for a letter."""
        return self.unjudged.id if self.unjudged else ""

    @property
    def notes(self) -> tuple[Remark, ...]:
        """What to know beside the findings: a notice that was left out, another firm that it asks, or a metric that fails unnamed."""
        return () if self.unjudged else (*remarks_on(self.text, self.sentences), *self.unnamed)

    @property
    def own_words(self) -> OwnWords | None:
        """How much of the letter runs along with samples, counted when it is asked for; None when the rule is off."""
        if "own-words" in self.ignored:
            return None
        return own_words(self.text, self.samples, start=start_of_own(self.sentences))

    def having(self, role: Role) -> Iterator[Sentence]:
        """Iterate over the sentences that have a role."""
        return (sentence for sentence in self.sentences if role in sentence.roles)

    def serving(self, principle: Principle) -> list[Sentence]:
        """Return the sentences that serve a principle."""
        return [sentence for sentence in self.sentences if any(role.principle is principle for role in sentence.roles)]

    def reasons(self, finding: Finding) -> list[Span]:
        """Return where the words stand that decided a finding about a sentence, the heaviest first; none for any other finding."""
        place = bisect_left(self.sentences, finding.span.start, key=attrgetter("start")) if finding.span else len(self.sentences)
        about = [sentence for sentence in self.sentences[place : place + 1] if sentence.span == finding.span]
        return reasons(finding.rule.id, about[0]) if about else []

    def __repr__(self) -> str:
        """Return one line a sentence, and one that names the findings: the same for the same letter."""
        lines = [f"{', '.join(sorted(sentence.roles))}: {short(sentence.text, _SHORT)}" for sentence in self.sentences]
        return "\n".join([*lines, f"findings: {', '.join(finding.rule.id for finding in self.findings) or 'none'}"])

    def _repr_html_(self) -> str:
        from appealkit.render import to_html  # noqa: PLC0415 - the view depends on the annotation; only notebooks ask for this

        return to_html(self, "en")


def annotate(
    letter: str | Letter,
    *,
    ignore: Collection[str] = (),
    samples: Samples | None = None,
    notice: Notice | None = None,
    metrics: Collection[Reading] = (),
) -> Annotation:
    """Say what every sentence of a letter does, and what is wrong with it.

    Args:
        letter: any text, or an assembled letter; of the latter the roles are known and not guessed.
        ignore: ids of rules to switch off; the annotation names them.
        samples: the samples to compare with, as `read_samples` returns them; those of the kit when None.
        notice: the notice that the letter answers, as `read_notice` returns it; a question of it without an answer is a finding.
        metrics: the seller's own metrics, as `Health` holds them; a figure of the letter that differs from them is a finding.

    Returns:
        The annotation. The same text always gives the same one, and so does the same assembled letter.

    Raises:
        ValueError: when `ignore` names a rule that does not exist.

    >>> annotate("We are sorry that our late replies led to two claims.").sentences[0].text
    'We are sorry that our late replies led to two claims.'
    """
    unknown = sorted(set(ignore) - rules().keys())
    if unknown:
        msg = f"no such rule: {', '.join(unknown)}"
        raise ValueError(msg)
    text = str(letter)
    sentences = _read(letter)
    unjudged = why_unjudged(text, sentences)
    if unjudged and isinstance(letter, str):
        sentences = tuple(sentence._replace(roles=_NOTHING, signals=_NONE, perhaps=_NONE, clear=_NONE) for sentence in sentences)
    draft = Draft(sentences, text, samples, notice, metrics)
    found = () if unjudged else run(draft)
    findings = [
        Finding(rules()[rule], span and draft.typed(span), tuple(values.items())) for rule, span, values in found if rule not in ignore
    ]
    findings.sort(key=_weight)
    unnamed = unnamed_metrics(draft) if notice or metrics else ()
    remarks = tuple(Remark(f"unnamed-{source}", metric=metric) for metric, source in unnamed)
    return Annotation(text, sentences, tuple(findings), tuple(sorted(ignore)), samples, unjudged, notice, remarks)


def _weight(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity)


def as_annotation(letter: str | Letter | Annotation) -> Annotation:
    """Return a letter annotated; one that is so already stays as it is."""
    return letter if isinstance(letter, Annotation) else annotate(letter)


def _read(letter: str | Letter) -> tuple[Sentence, ...]:
    """Read a letter; of an assembled one take over the sentences, and the roles that they were written for."""
    if isinstance(letter, str):
        return read(letter, segment(letter))
    segments, known = zip(*letter.parts, strict=True)
    sentences = read(letter.text, segments)
    return tuple(
        sentence._replace(roles=_roles(sentence, roles), perhaps=frozenset() if roles else sentence.perhaps, clear=roles or sentence.clear)
        for sentence, roles in zip(sentences, known, strict=True)
    )


def _roles(sentence: Sentence, known: frozenset[Role]) -> frozenset[Role]:
    """Take over the roles that a sentence was written for; own wording has none, and “be more careful” is a step in name alone.

    A cause may tell facts as well, as in a letter of which nothing is known.
    """
    if known & STEPS and "vague-action" in sentence.signals and not sentence.roles & STEPS:
        return frozenset({Role.COMMITMENT})
    return known | (sentence.roles & {Role.FACT}) if Role.CAUSE in known else known or sentence.roles
