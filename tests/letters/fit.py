"""Learn the weights of the annotator from the labelled letters: `python -m tests.letters.fit` (needs scikit-learn).

One ridge-regularised logistic regression a label, over the features of `appealkit.roles` and the labels of the sentence before.
Only `tests/letters/tune`, `passages`, `plain` (sentences that leave no doubt) and letters that the kit itself assembles are read;
`tests/letters/held` is there to measure on.
`--cross` prints the score by cross-validation: the letters of each set, which one person wrote, are read with weights learned from the
other sets, the labels before a sentence being those that were read there.
"""

import sys
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Literal

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from appealkit.exercises.practice import make, put_off
from appealkit.letter import Letter as Assembled
from appealkit.letter import assemble
from appealkit.roles import DECIDED, SIGNALS, Description, Role, chosen, describe, follow, near, placed
from appealkit.segment import Segment, segment
from tests.learning import weighing, written_alone
from tests.letters import labelled
from tests.letters.score import Score

HERE = Path(__file__).parent
WEIGHTS = HERE.parents[1] / "appealkit" / "data" / "weights.json"
LABELS = (*map(str, Role), *SIGNALS)
ROLES = len(Role)
STRENGTH = 1.0  # the greater, the closer to the letters
APART = 0.25  # how much sooner a feature is believed that stands with a label far more often, or far less, than without it
# How soon a kind of feature is believed: what a class of phrases says soonest.
SCALE = {"word": 0.6, "pair": 0.5, "place": 0.5, "class": 1.0, "subject": 0.6, "beside": 0.3, "stem": 0.5}
PLACES = ("@", "h=", "p=", "flow=", "before=", "after=", "long=")
EASIER = {
    "acknowledgement": 0.5,
    "fact": 0.5,
    "action_taken": -0.3,
    "commitment": 0.4,
    "request": 0.5,
    "blame": -0.2,
    "denial": -0.1,
    "emotional": -0.1,
    "demanding": 0.3,
    "vague-action": 0.8,
    "vague-cause": 0.9,
}  # added to the bias of what is too often missed, or found too often, by cross-validation
KIT = 48  # letters of the kit's own, each of them once with all steps done or running, and once with all of them planned
COUNTS = {"outright": 2, "kit": 5}  # what is said outright, and what the kit writes itself, counts so often
RARE = 3  # a feature seen in fewer sentences teaches nothing
STEP = 0.1  # weights are whole numbers of it
TELLING = 0.2  # a feature without any weight as heavy is left out, and the others are weighed again without it


@dataclass
class Letter:
    """A labelled letter as it is learned from."""

    id: str
    text: str
    segments: tuple[Segment, ...]
    descriptions: list[Description]
    labels: list[set[str]]

    @property
    def part(self) -> str:
        """The set that it belongs to: all letters of a set are by one person."""
        return self.id.rpartition("-")[0]


def letters(part: Literal["tune", "held", "passages"]) -> list[Letter]:
    """Read the labelled letters of one part, in the order of their names."""
    return [_letter(stored) for stored in labelled(part)]


def _letter(stored: dict[str, Any]) -> Letter:
    pieces = segment(stored["text"])
    return Letter(stored["id"], stored["text"], pieces, describe(stored["text"], pieces), [_labels_of(stored, piece) for piece in pieces])


def plain() -> list[Letter]:
    """Read the sentences that leave no doubt, each as a letter of its own."""
    return [
        Letter(path.stem, text, pieces, describe(text, pieces), [set(group["labels"])] * len(pieces))
        for path in sorted((HERE / "plain").glob("*.toml"))
        for group in tomllib.loads(path.read_text(encoding="utf-8"))["sentences"]
        for text in group["texts"]
        for pieces in [segment(text)]
    ]


def assembled() -> list[Letter]:
    """Assemble letters from drawn facts: what each sentence of theirs was written for is known."""
    written = [make(seed, 0).case for seed in range(KIT)]
    written += [put_off(case) for case in written]
    return [
        Letter("kit", letter.text, pieces, describe(letter.text, pieces), [_known(letter, piece) for piece in pieces])
        for letter in map(assemble, written)
        for pieces in [segment(letter.text)]
    ]


def besides() -> list[Letter]:
    """Read all that is learned from besides whole letters of sellers."""
    return letters("passages") + plain() + assembled()


def _known(letter: Assembled, piece: Segment) -> set[str]:
    return {str(role) for segment, roles in letter.parts if segment.start < piece.end and piece.start < segment.end for role in roles}


def _labels_of(stored: dict[str, Any], piece: Segment) -> set[str]:
    """Return the labels of the labelled sentence that a segment overlaps most."""

    def overlap(number: int) -> int:
        sentence = stored["sentences"][number]
        shared: int = min(sentence["end"], piece.end) - max(sentence["start"], piece.start)
        return shared

    best = max(range(len(stored["sentences"])), key=overlap)
    if overlap(best) <= 0:
        return {"other"}
    marked = {mark["rule"] for mark in stored.get("marks", ()) if mark["sentence"] == best}
    return {*stored["sentences"][best]["roles"], *(marked & set(SIGNALS))}


def kind(feature: str) -> str:
    """Tell what kind of feature a name stands for."""
    if feature.startswith(PLACES):
        return "place"
    if feature.startswith(("last&", "next&")):
        return "beside"
    if feature.startswith("subject="):
        return "subject"
    if feature.endswith("~"):
        return "stem"
    return "class" if "=" in feature else "pair" if " " in feature else "word"


class Model:
    """Weights of all labels, learned from letters."""

    def __init__(self, learned: list[Letter]) -> None:
        """Learn from the letters."""
        rows, wanted, counts = [], [], []
        for letter in learned:
            for number, piece in enumerate(letter.segments):
                if piece.layout not in DECIDED:
                    rows.append(_row(letter.descriptions[number], sorted(letter.labels[number - 1]) if number else ["^"]))
                    wanted.append([label in letter.labels[number] for label in LABELS])
                    counts.append(COUNTS.get(letter.id, 1))
        count = Counter(feature for row in rows for feature in row)
        targets = np.array(wanted).T
        self._fit([feature for feature in count if count[feature] >= RARE], rows, targets, np.array(counts))
        heaviest = np.abs(self.weights).max(axis=0)
        self._fit([feature for feature, column in self.place.items() if heaviest[column] >= TELLING], rows, targets, np.array(counts))

    def _fit(self, features: list[str], rows: list[list[str]], targets: np.ndarray, counts: np.ndarray) -> None:
        """Weigh features; weights are rounded to steps."""
        self.place = {feature: number for number, feature in enumerate(sorted(features))}
        matrix = self._matrix(rows)
        scale = np.array([SCALE[kind(feature)] for feature in self.place])
        weights, bias = [], []
        for label, target in zip(LABELS, targets, strict=True):
            apart = _parting(matrix, target, counts)
            model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=300, random_state=0)
            model.fit(matrix.multiply(apart).tocsr(), target, counts)
            weights.append(np.round(model.coef_[0] * apart * scale / STEP) * STEP)
            bias.append(model.intercept_[0] + EASIER.get(label, 0))
        self.weights, self.bias = np.array(weights), np.array(bias)

    def _matrix(self, rows: list[list[str]]) -> csr_matrix:
        known = [[feature for feature in row if feature in self.place] for row in rows]
        indices = [self.place[feature] for row in known for feature in row]
        values = [SCALE[kind(feature)] for row in known for feature in row]
        return csr_matrix((values, indices, np.cumsum([0, *map(len, known)])), shape=(len(rows), len(self.place)))

    def read(self, letter: Letter) -> list[set[str]]:
        """Read a letter as `appealkit.roles.read` does."""
        read: list[set[str]] = []
        before = ["^"]
        for piece, description in zip(letter.segments, letter.descriptions, strict=True):
            if piece.layout in DECIDED:
                labels = {str(DECIDED[piece.layout])}
            else:
                places = [self.place[feature] for feature in _row(description, before) if feature in self.place]
                sums = np.round((self.bias + self.weights[:, places].sum(axis=1)) / STEP).astype(int)
                labels = set(chosen(dict(zip(LABELS, sums.tolist(), strict=True))))
            read.append(labels)
            before = sorted(labels)
        return read

    def stored(self) -> dict[str, Any]:
        """Return what `data/weights.json` holds: for each feature, the numbers of labels, each followed by its weight in steps.

        They are one string a feature, and read when it is first met: thousands of lists would make every start longer.
        """
        steps = np.round(self.weights / STEP).astype(int)
        bias = np.round(self.bias / STEP).astype(int).tolist()
        features = {name: ",".join(map(str, parts)) for name, parts in weighing(self.place, steps).items()}
        return {"labels": LABELS, "step": STEP, "bias": bias, "features": features}


def _parting(matrix: csr_matrix, target: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Tell of each feature how far its share among what has a label is from that among the rest (Wang and Manning, 2012); 1 on average."""
    present = matrix.copy()
    present.data = np.ones_like(present.data)
    with_label, without = (present.T @ (counts * some) + 1 for some in (target, ~target))
    far = np.abs(np.log(with_label / with_label.sum()) - np.log(without / without.sum()))
    usual = np.average(far, weights=with_label + without)
    return np.asarray(1 - APART + APART * far / usual)


def _row(description: Description, before: list[str]) -> list[str]:
    cues, around, under, beside = description
    spot, flow, *_ = around
    neighbours = chain.from_iterable(near(*one) for one in beside)
    return [*cues.shown, *around, *placed(*under), *neighbours, *follow(tuple(before), spot, flow, cues.tense, cues.speaks)]


def score(measured: list[Letter], readings: list[list[set[str]]]) -> None:
    """Print micro-F1 of the roles, F1 a label, and letter by letter how often each signal was found, false or missed."""
    roles = Score()
    by: dict[str, Score] = defaultdict(Score)
    letters_with: dict[str, Score] = defaultdict(Score)
    for letter, reading in zip(measured, readings, strict=True):
        for got, want in zip(reading, letter.labels, strict=True):
            roles.add(want - set(SIGNALS), got - set(SIGNALS))
            for label in got | want:
                by[label].add(want & {label}, got & {label})
        had, found = (set(chain.from_iterable(labels)) for labels in (letter.labels, reading))
        for signal in SIGNALS:
            letters_with[signal].add(had & {signal}, found & {signal})
    print(f"roles {roles.f1:.4f} of {len(measured)} letters")
    for label in LABELS[:ROLES]:
        print(f"  {label:16} {by[label].f1:.3f} {dict(by[label].counts)}")
    for signal in SIGNALS:
        print(f"  {signal:16} {letters_with[signal].f1:.3f} {dict(letters_with[signal].counts)} letters")


def cross(learned: list[Letter]) -> list[list[set[str]]]:
    """Read the letters of every set with weights learned from the other sets."""
    readings: dict[str, list[set[str]]] = {}
    for part in sorted({letter.part for letter in learned}):
        model = Model(besides() + [letter for letter in learned if letter.part != part])
        readings |= {letter.id: model.read(letter) for letter in learned if letter.part == part}
    return [readings[letter.id] for letter in learned]


def main(arguments: list[str]) -> None:
    """Write the weights, or print how letters that were not learned from are read."""
    learned = letters("tune")
    if "--cross" in arguments:
        score(learned, cross(learned))
        return
    stored = Model(besides() + learned).stored()
    WEIGHTS.write_text(written_alone(stored) + "\n", encoding="utf-8")
    print(len(stored["features"]), "features")


if __name__ == "__main__":
    main(sys.argv[1:])
