"""Own words: how much of a letter runs along with text that is known to be public, told from fingerprints alone.

A fingerprint is a hash of six words in a row. Fingerprints show where two texts agree; the text of a sample is stored nowhere.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import pairwise, product
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_serializer

from appealkit.case import PHRASINGS, Case, Count, Line, MetricId, Name, Situation, Status, Wordings
from appealkit.files import write_whole
from appealkit.letter import Letter, assemble
from appealkit.problems import counted
from appealkit.segment import Layout, Span, segment
from appealkit.text import Lang, load, say

SHINGLE = 6  # words
LONG_RUN = 12  # words
"""From here on a run makes a finding. It is about a sentence: the courtesies that many letters share are mostly shorter, and a sample in
which one word in ten was changed still has runs like this. Shorter runs are counted and shown all the same."""

Scheme = Literal[
    "lower-case; apostrophes dropped; words are runs of a-z and 0-9; every 6 consecutive words joined by one space; "
    "BLAKE2b, 8 bytes, hex; sorted, unique"
]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class SamplesError(Exception):
    """A sample, or a file of fingerprints, cannot be used; the message says why and what to do, in the reader's language."""


class Sample(BaseModel):
    """A text that is known to be public, by its fingerprints.

    Args:
        id: a short name for it.
        about: what it is; in both languages, or one string for both.
        source: where it can be read.
        words: how many words it has.
        shingles: the fingerprints of every six of its words in a row.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)  # built when a file of the user's is first read

    id: Name
    about: Line | Annotated[dict[Lang, Line], Field(min_length=len(get_args(Lang)))]
    source: Line
    words: Count
    shingles: Annotated[frozenset[Hash], Field(repr=False)]

    @field_serializer("shingles")
    def _sorted(self, shingles: frozenset[str]) -> list[str]:
        return sorted(shingles)

    def describe(self, lang: Lang) -> str:
        """Say what it is and where it can be read."""
        about = self.about if isinstance(self.about, str) else self.about[lang]
        return say("own-words.sample", lang, about=about or self.id, source=self.source)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)

    scheme: Scheme
    samples: tuple[Sample, ...]


class Samples:
    """Public samples, looked up as one. Of two with the same id, the later one counts."""

    def __init__(self, samples: Iterable[Sample]) -> None:
        """Index the fingerprints of all samples."""
        self.all = tuple({sample.id: sample for sample in samples}.values())
        self.by_shingle: dict[str, list[Sample]] = {}
        for sample in self.all:
            for shingle in sample.shingles:
                self.by_shingle.setdefault(shingle, []).append(sample)


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that stand in the same order in a public sample.

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
    """How much of a letter runs along with public samples.

    Args:
        words: the words of the letter, without a pasted notice.
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


@cache
def public_samples() -> Samples:
    """Return the samples that the kit knows.

    >>> [sample.words for sample in public_samples().all if sample.source == "www.bqool.com.tw"]
    [197, 285]
    """
    stored = load("public-samples.json")["samples"]
    return Samples(Sample.model_construct(**entry | {"shingles": frozenset(entry["shingles"])}) for entry in stored)


def own_words(letter: str | Letter, samples: Samples | None = None, *, start: int | None = None) -> OwnWords:
    """Count the words of a letter that run along with public samples.

    Args:
        letter: any text, or an assembled letter.
        samples: the samples to compare with; those of the kit when None.
        start: offset at which the seller's own text begins, behind a pasted notice; it is looked for when None.

    Returns:
        The figures and the runs. That words are shared is a fact about two texts; it says nothing about who reads them.

    >>> own_words("We counted our stock once a week, and so we sold four lamps that we no longer had.")
    0 of 18 words in 0 runs: none
    """
    text = str(letter)
    if start is None:
        start = max((piece.end for piece in segment(text) if piece.layout is Layout.NOTICE), default=0)
    words = _words(text[start:])
    found = list(_found(words, samples or public_samples()))
    if not found:
        return OwnWords(len(words), 0, ())
    spans = [(start + word.start(), start + word.end()) for word in _WORD.finditer(_plain(text[start:]))]
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
    words = _words(text)
    some = [b" ".join(words[first : first + SHINGLE]) for first in range(0, len(words) - SHINGLE + 1, LONG_RUN - SHINGLE + 1)]
    return not samples.by_shingle.keys().isdisjoint(map(_hash, some))


def fingerprint(text: str, name: str, *, about: str, source: str) -> Sample:
    """Take the fingerprints of a public text.

    What the kit itself writes into every letter is left out: it is nobody's sample.

    Args:
        text: the sample. It is not kept.
        name: a short name for it, up to 40 letters, digits, "-" or "_".
        about: what it is.
        source: where it can be read.

    Returns:
        The sample; without fingerprints when it has fewer than six words or only words of the kit.

    Raises:
        pydantic.ValidationError: when name, about or source cannot be used; `appealkit.problems.problems` explains it.

    >>> sorted(fingerprint("Our cat's seven lives ended quite early", "cat", about="a rhyme", source="a wall").shingles)
    ['b0131d16d3ed71a9', 'c6cf56f3ea57c371']
    """
    words = _words(text)
    shingles = frozenset().union(*map(_hashes, _without_the_kit(words)))
    return Sample(id=name, about=about, source=source, words=len(words), shingles=shingles)


def read_samples(*files: str | Path, lang: Lang) -> Samples:
    """Return the samples that the kit knows together with those of the user's files.

    Args:
        files: files that `add_sample` made.
        lang: language of an error message.

    Returns:
        All samples.

    Raises:
        SamplesError: when a file cannot be read, or holds no fingerprints of this scheme.
    """
    return Samples((*public_samples().all, *(sample for file in files for sample in _read(Path(file), lang))))


def add_sample(sample: Sample, file: str | Path, *, lang: Lang) -> bool:
    """Store a sample's fingerprints in a file; one of the same id is replaced.

    The file is replaced as a whole, so that it is never left half written.

    Args:
        sample: what `fingerprint` returned.
        file: the user's file; it is made when it is not there.
        lang: language of an error message.

    Returns:
        Whether a sample of the same id was replaced.

    Raises:
        SamplesError: when the sample has no fingerprints, or the file cannot be used; it is then left as it is.
    """
    if not sample.shingles:
        raise SamplesError(say("samples.empty", lang, id=sample.id))
    try:
        target = Path(file).resolve()
        stored = {other.id: other for other in _read(Path(file), lang)} if target.exists() else {}
        samples = tuple((stored | {sample.id: sample}).values())
        content = _File(scheme=get_args(Scheme)[0], samples=samples).model_dump_json(indent=1)
        write_whole(target, f"{content}\n".encode(), replace=True)
    except OSError as error:
        raise SamplesError(say("samples.unwritable", lang, file=file, reason=error.strerror)) from error
    return sample.id in stored


def _read(file: Path, lang: Lang) -> tuple[Sample, ...]:
    try:
        return _File.model_validate_json(file.read_bytes().removeprefix(BOM_UTF8)).samples
    except ValidationError as error:
        place = counted(".".join(map(str, error.errors()[0]["loc"]))) or "JSON"
        raise SamplesError(say("samples.foreign", lang, file=file, place=place)) from error
    except OSError as error:
        raise SamplesError(say("samples.unreadable", lang, file=file, reason=error.strerror)) from error


# -- words and their hashes: one byte stands for each character, so that offsets stay what they are in the letter ----------

_APOSTROPHES = "\u2018\u2019\u02bc\u00b4`\uff07"
_WORD = re.compile(rb"[A-Za-z0-9]+(?:'+[A-Za-z0-9]+)*")
_TO_WORDS = bytes(byte if chr(byte).isalnum() else ord(" ") for byte in range(128)).lower() + bytes([ord(" ")] * 128)


def _plain(text: str) -> bytes:
    for apostrophe in _APOSTROPHES:
        text = text.replace(apostrophe, "'")
    return text.encode("ascii", "replace")


def _words(text: str) -> list[bytes]:
    plain = text.encode() if text.isascii() else _plain(text)
    return plain.translate(_TO_WORDS, b"'`").split()


@lru_cache(maxsize=4096)  # between two keystrokes nearly all shingles of a letter stay the same
def _hash(shingle: bytes) -> str:
    return blake2b(shingle, digest_size=8).hexdigest()


def _hashes(words: list[bytes]) -> frozenset[str]:
    return frozenset(_hash(b" ".join(words[first : first + SHINGLE])) for first in range(len(words) - SHINGLE + 1))


def _found(words: list[bytes], samples: Samples) -> Iterator[tuple[int, list[Sample]]]:
    """Yield each place at which a shingle of the samples begins, and the samples that have it."""
    known: Mapping[str, list[Sample]] = samples.by_shingle
    for first in range(len(words) - SHINGLE + 1):
        having = known.get(_hash(b" ".join(words[first : first + SHINGLE])))
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


def _without_the_kit(words: list[bytes]) -> Iterator[list[bytes]]:
    """Yield the stretches of a text that lie between passages of the kit's own wording."""
    kept: list[bytes] = []
    kit = 0
    for number, word in enumerate(words):
        if _hash(b" ".join(words[number : number + SHINGLE])) in _wording_of_the_kit():
            kit = number + SHINGLE
        if number >= kit:
            kept.append(word)
        else:
            yield kept
            kept = []
    yield kept


@cache
def _wording_of_the_kit() -> frozenset[str]:
    """Return the fingerprints of what the template says by itself, whatever the facts are: here each of them is an x."""
    letters: list[dict[str, object]] = []
    for situation, metric, phrasing in product(get_args(Situation), get_args(MetricId), range(1, PHRASINGS + 1)):
        target = load("metrics.toml")[metric]["target"]
        bare = {
            "situation": situation,
            "metric": {"id": metric},
            "wording": {passage: {"phrasing": phrasing} for passage in Wordings.model_fields},
        }
        figures = {"id": metric, "value": target, "target": target}
        plan = {"actions": [{"what": "x", "status": status} for status in get_args(Status)], "evidence": [{"what": "x"}]}
        letters += [bare, *(bare | plan | {"metric": figures, "causes": [{"failed": "x"}] * causes} for causes in range(3))]
    return frozenset().union(*(_hashes(_words(str(assemble(Case.model_validate(letter))))) for letter in letters))
