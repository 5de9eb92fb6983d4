"""Own words: how much of a letter runs along with samples, told from fingerprints alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from appealkit.fingerprints import SHINGLE, Sample, Samples, plain_words, public_samples, shingle_of, word_places
from appealkit.letter import Letter
from appealkit.roles import Sentence
from appealkit.segment import Layout
from appealkit.span import Span

LONG_RUN = 12  # words
"""From here on a run makes a finding. It is about a sentence: the courtesies that many letters share are mostly shorter, and a sample in
which one word in ten was changed still has runs like this. Shorter runs are counted and shown all the same."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that stand in the same order in a sample.

    Args:
        span: where they stand in the letter.
        words: how many they are.
        samples: the samples that have them.
    """

    span: Span
    words: int
    samples: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class OwnWords:
    """How much of a letter runs along with samples.

    Args:
        words: the words of the letter, without a pasted notice, its subject and its greeting.
        shared: how many of them stand in a run.
        runs: the runs, in order.
    """

    words: int
    shared: int
    runs: tuple[Run, ...]

    @property
    def share(self) -> float:
        """The part of the words that stands in a run, 0 to 1."""
        return self.shared / self.words if self.words else 0.0

    @property
    def samples(self) -> tuple[Sample, ...]:
        """The samples that share a run with the letter, in the order in which they appear."""
        return tuple({sample.id: sample for run in self.runs for sample in run.samples}.values())

    @property
    def long_run(self) -> Run | None:
        """The first run that is long enough for a finding; None when there is none."""
        return next((run for run in self.runs if run.words >= LONG_RUN), None)

    def __repr__(self) -> str:
        """Return one line of figures: the same for the same letter."""
        return f"{self.shared} of {self.words} words in {len(self.runs)} runs: {', '.join(sample.id for sample in self.samples) or 'none'}"


_ABOVE = 6
"""Within so many sentences a greeting stands, below the lines of an address and a subject."""


def start_of_own(sentences: Sequence[Sentence]) -> int:
    """Return where the seller's own words begin: behind a pasted notice, and behind greeting and subject, which all letters share."""
    behind = len([*takewhile(Layout.NOTICE.__eq__, (sentence.layout for sentence in sentences))])
    top = [sentence.layout for sentence in sentences[behind : behind + _ABOVE]]
    subject = len([*takewhile(Layout.HEADING.__eq__, top)])
    behind += top.index(Layout.GREETING) + 1 if Layout.GREETING in top else subject
    return sentences[behind - 1].end if behind else 0


def own_words(letter: str | Letter, samples: Samples | None = None, *, start: int = 0) -> OwnWords:
    """Count the words of a letter that run along with samples.

    Args:
        letter: any text, or an assembled letter.
        samples: the samples to compare with; those of the kit when None.
        start: offset at which the seller's own words begin, behind a pasted notice and the greeting.

    Returns:
        The figures and the runs. That words are shared is a fact about two texts; it says nothing about who reads them.

    >>> own_words("We counted our stock once a week, and so we sold four lamps that we no longer had.")
    0 of 18 words in 0 runs: none
    """
    text = str(letter)
    words = plain_words(text[start:])
    found = list(_found(words, samples or public_samples()))
    if not found:
        return OwnWords(len(words), 0, ())
    spans = [(start + first, start + last) for first, last in word_places(text[start:])]
    shared = SHINGLE + sum(min(SHINGLE, other - one) for (one, _), (other, _) in pairwise(found))
    return OwnWords(len(words), shared, tuple(_runs(found, spans)))


def has_long_run(text: str, samples: Samples) -> bool:
    """Say whether a text may hold a run that is long enough for a finding; after a no, `own_words` need not be asked.

    A long run begins a shingle at each of several words one after the other, so looking at every seventh word misses none.
    That is quick enough for every keystroke.

    Args:
        text: the seller's own text.
        samples: the samples to compare with.

    Returns:
        False when no run is long enough; True when one may be.
    """
    words = plain_words(text)
    some = [b" ".join(words[first : first + SHINGLE]) for first in range(0, len(words) - SHINGLE + 1, LONG_RUN - SHINGLE + 1)]
    return not samples.by_shingle.keys().isdisjoint(map(shingle_of, some))


def _found(words: list[bytes], samples: Samples) -> Iterator[tuple[int, list[Sample]]]:
    """Yield each place at which a shingle of the samples begins, and the samples that have it."""
    known: Mapping[str, list[Sample]] = samples.by_shingle
    for first in range(len(words) - SHINGLE + 1):
        having = known.get(shingle_of(b" ".join(words[first : first + SHINGLE])))
        if having:
            yield first, having


def _runs(found: list[tuple[int, list[Sample]]], spans: list[tuple[int, int]]) -> Iterator[Run]:
    """Merge shingles that follow one another word by word."""
    opening = 0
    for number, (last, _) in enumerate(found):
        if number + 1 == len(found) or found[number + 1][0] > last + 1:
            first = found[opening][0]
            samples = {sample.id: sample for _, having in found[opening : number + 1] for sample in having}
            yield Run(Span(spans[first][0], spans[last + SHINGLE - 1][1]), last + SHINGLE - first, tuple(samples.values()))
            opening = number + 1
