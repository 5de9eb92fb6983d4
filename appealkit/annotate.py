"""A text, or an assembled letter, to an annotation: what each sentence does, by which words, and what is wrong."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from appealkit.checks import Sentence, run
from appealkit.letter import Letter
from appealkit.roles import Role, read
from appealkit.rules import Finding, rules
from appealkit.segment import segment

_SHORT = 72  # characters of a sentence in the one-line view


@dataclass(frozen=True, slots=True)
class Annotation:
    """What the kit says about one letter.

    Args:
        text: the letter as it was given.
        sentences: its sentences, in order.
        findings: its faults, in the order of the rules.
        ignored: ids of the rules that were switched off.
    """

    text: str
    sentences: tuple[Sentence, ...]
    findings: tuple[Finding, ...]
    ignored: tuple[str, ...] = ()

    def having(self, role: Role) -> Iterator[Sentence]:
        """Iterate over the sentences that have a role."""
        return (sentence for sentence in self.sentences if role in sentence.roles)

    def __repr__(self) -> str:
        """Return one line a sentence, and one that names the findings: the same for the same letter."""
        lines = [f"{', '.join(sorted(sentence.roles))}: {_short(sentence.text)}" for sentence in self.sentences]
        return "\n".join([*lines, f"findings: {', '.join(finding.rule.id for finding in self.findings) or 'none'}"])

    def _repr_html_(self) -> str:
        from appealkit.render import to_html  # noqa: PLC0415 - the view depends on the annotation; only notebooks ask for this

        return to_html(self, "en")


def annotate(letter: str | Letter, *, ignore: Collection[str] = ()) -> Annotation:
    """Say what every sentence of a letter does, and what is wrong with it.

    Args:
        letter: any text, or an assembled letter; of the latter the roles are known and not guessed.
        ignore: ids of rules to switch off; the annotation names them.

    Returns:
        The annotation. The same letter always gives the same one.

    Raises:
        ValueError: when `ignore` names a rule that does not exist.

    >>> annotate("We are sorry that our late replies led to two claims.").sentences[0].text
    'We are sorry that our late replies led to two claims.'
    """
    unknown = sorted(set(ignore) - set(rules()))
    if unknown:
        msg = f"no such rule: {', '.join(unknown)}"
        raise ValueError(msg)
    text = str(letter)
    sentences = tuple(
        Sentence(
            start=reading.segment.start,
            end=reading.segment.end,
            text=text[reading.segment.start : reading.segment.end],
            layout=reading.segment.layout,
            block=reading.segment.block,
            roles=reading.roles,
            signals=reading.signals,
            cues=reading.cues,
        )
        for reading in read(text, segment(text))
    )
    if isinstance(letter, Letter):
        sentences = tuple(_known(sentence, letter) for sentence in sentences)
    found = [Finding(rules()[rule], span, tuple(values.items())) for rule, span, values in run(sentences) if rule not in ignore]
    return Annotation(text, sentences, tuple(found), tuple(sorted(ignore)))


def _known(sentence: Sentence, letter: Letter) -> Sentence:
    """Give a sentence of an assembled letter the roles that it was written for."""
    roles = next((roles for span, roles in letter.parts if span.start <= sentence.start < span.end), sentence.roles)
    return replace(sentence, roles=roles, cues=tuple((role, span) for role, span in sentence.cues if role in roles))


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHORT else f"{line[: _SHORT - 1]}…"
