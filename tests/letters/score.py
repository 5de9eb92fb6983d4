"""How well letters that were not learned from are read: `python -m tests.letters.score` (`--misses` also tells them letter by letter)."""

import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from appealkit.annotate import Annotation, annotate
from appealkit.roles import Sentence
from tests.letters import labelled
from tests.test_rules import CONTRACT

ALL = "all"
RULES = {rule for ids in CONTRACT.values() for rule in ids}
_COUNT = r"[(<\[]?(?:\d{1,2}(?:\.\d{1,2})*[a-h]?|[a-zA-Z]\d{0,2}|[ivx]{2,4})"
MARK = re.compile(
    rf"(?:[\s\-\u2010-\u2022\u00b7\u00bb*#>|\u2190-\u21ff\u2460-\u2473\u25a0-\u27bf]|{_COUNT}(?: ?[.:,)\]>|/\u2013-])+\s"
    rf"|[A-H]\d\s|(?:Step|Cause|No\.) ?{_COUNT} ?[.:)\u2013])*"
)


@dataclass
class Score:
    """True and false answers of one kind over all letters."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, wanted: set[Any], given: set[Any]) -> None:
        """Count the answers on one letter, or on one sentence."""
        self.counts += Counter(both=len(wanted & given), missed=len(wanted - given), false=len(given - wanted))

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall over all answers; 1 when there was nothing to say."""
        wrong = self.counts["missed"] + self.counts["false"]
        return 2 * self.counts["both"] / (2 * self.counts["both"] + wrong) if self.counts["both"] + wrong else 1.0


@dataclass
class Scores:
    """What the contract measures: where sentences begin, what they do, and what is wrong with the letter."""

    starts: Score = field(default_factory=Score)
    roles: Score = field(default_factory=Score)
    findings: Score = field(default_factory=Score)

    def add(self, label: dict[str, Any], annotation: Annotation) -> None:
        """Compare an annotation with what people said about the letter."""
        text = label["text"]
        self.starts.add({begin(text, s["start"]) for s in label["sentences"]}, {begin(text, s.start) for s in annotation.sentences})
        for sentence in label["sentences"]:
            read = nearest(sentence, annotation)
            self.roles.add(set(sentence["roles"]), set(map(str, read.roles)) if read else set())
        self.findings.add(RULES & set(label["findings"]), RULES & {finding.rule.id for finding in annotation.findings})


def begin(text: str, start: int) -> int:
    """Return where the words of a sentence begin, behind its list mark."""
    found = MARK.match(text, start)
    return found.end() if found else start


def nearest(sentence: dict[str, Any], annotation: Annotation) -> Sentence | None:
    """Return the annotator's sentence that shares most with a labelled one; None when none shares anything."""

    def shared(other: Sentence) -> int:
        first, last = int(sentence["start"]), int(sentence["end"])
        return min(last, other.end) - max(first, other.start)

    best = max(annotation.sentences, key=shared, default=None)
    return best if best and shared(best) > 0 else None


def main(arguments: list[str]) -> None:
    """Print, hand by hand and for all, F1 of sentence starts, roles and findings, and how many letters without a fault are alarmed."""
    scores: dict[str, Scores] = defaultdict(Scores)
    clean: dict[str, list[bool]] = defaultdict(list)
    for letter in labelled("held"):
        annotation = annotate(letter["text"])
        wanted, given = RULES & set(letter["findings"]), RULES & {finding.rule.id for finding in annotation.findings}
        for name in (letter["id"].rpartition("-")[0], ALL):
            scores[name].add(letter, annotation)
            clean[name] += [] if wanted else [bool(given)]
        if "--misses" in arguments and wanted != given:
            print(letter["id"], *(f"+{rule}" for rule in sorted(given - wanted)), *(f"-{rule}" for rule in sorted(wanted - given)))
    for name, score in sorted(scores.items(), key=lambda entry: (entry[0] == ALL, entry[0])):
        f1 = f"starts {score.starts.f1:.3f}, roles {score.roles.f1:.3f}, findings {score.findings.f1:.3f}"
        print(f"{name}: {f1}; {sum(clean[name])} of {len(clean[name])} without a fault alarmed")


if __name__ == "__main__":
    main(sys.argv[1:])
