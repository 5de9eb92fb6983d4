"""How well letters that were not learned from are read: `python -m tests.letters.score` (`--misses` also tells them letter by letter)."""

import sys
from collections import defaultdict

from appealkit.annotate import annotate
from tests.letters import labelled
from tests.test_letters import RULES, Scores

ALL = "all"


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
