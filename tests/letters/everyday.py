"""How sentences in sellers' own everyday words are read: `python -m tests.letters.everyday` (`--misses` also names the others).

Each stands alone in a sound letter, where a seller might have put it: an excuse or a plea opens the letter, and once closes it.
Nothing is learned from them.
"""

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from appealkit.annotate import annotate
from appealkit.roles import SIGNALS

LETTER = """Dear Seller Performance Team,

{opening}We accept that our late shipment rate of 6.4% fell short and that this was ours to prevent: 14 of 220 orders left late between
3 and 17 October 2026, and we are sorry.

Root cause
{cause}Our packer kept the open orders on a paper list, and two pages of it were lost.

What we have done
1. On 20 October 2026 we wrote to all 14 buyers.
2. Since 21 October 2026 Mei checks the list against Manage Orders every evening.

Every Monday Mei reads the late shipment rate in Account Health; we will keep it below 4%.
{closing}Please reinstate our selling privileges.

Kind regards,
Lin
"""
PLACES = ("opening", "cause", "closing")


class Reading(NamedTuple):
    """What was found in one sentence at one place.

    Args:
        sentence: the sentence.
        place: where it stands.
        fault: the fault that it has, empty for none.
        raised: the faults that were raised there.
        named: whether it is named as no part of a plan.
    """

    sentence: str
    place: str
    fault: str
    raised: frozenset[str]
    named: bool

    @property
    def right(self) -> bool:
        """Whether its fault was raised, or none in one that has none."""
        return self.fault in self.raised if self.fault else not self.raised


def readings() -> Iterator[tuple[str, Reading]]:
    """Read every sentence at its places; by whom it is comes with it."""
    for path in sorted((Path(__file__).parent / "everyday").glob("*.toml")):
        for group in tomllib.loads(path.read_text(encoding="utf-8"))["sentences"]:
            fault = next((signal for signal in SIGNALS if signal in group["labels"]), "")
            for sentence in group["texts"]:
                yield from ((path.stem, _read(sentence, place, fault)) for place in _places(group["labels"]))


def _places(labels: list[str]) -> tuple[str, ...]:
    if "cause" in labels:
        return ("cause",)
    if labels[0] == "other":
        return ("opening", "closing")
    return ("opening",) if labels[0] in {"acknowledgement", "fact"} else ("closing",)


def _read(sentence: str, place: str, fault: str) -> Reading:
    text = LETTER.format(**{**dict.fromkeys(PLACES, ""), place: f"{sentence} "})
    start, annotation = text.index(sentence), annotate(text)
    raised = [one.signals for one in annotation.sentences if one.start < start + len(sentence) and start < one.end]
    named = any(note.id == "no-part" for note in annotation.notes)
    return Reading(sentence, place, fault, frozenset().union(*raised), named)


def main(arguments: list[str]) -> None:
    """Print, by whom they are, how many faults were raised, or at least named as no part of a plan, and how many innocent sentences."""
    every = list(readings())
    for _, reading in every if "--misses" in arguments else ():
        if not reading.right:
            print(f"{reading.fault or 'innocent'} at the {reading.place}, read as {sorted(reading.raised)}: {reading.sentence}")
    for writer in [*sorted({writer for writer, _ in every}), "all"]:
        print(f"{writer}:")
        for fault in (*SIGNALS, ""):
            told = [reading for by, reading in every if writer in {by, "all"} and reading.fault == fault]
            raised = sum(bool(reading.raised) and reading.right == bool(fault) for reading in told)
            named = sum(reading.named and not reading.raised for reading in told)
            print(f"  {fault or 'innocent':12} {len(told):4}: {raised} raised, {named} named")


if __name__ == "__main__":
    main(sys.argv[1:])
