"""Fingerprints of samples: hashes of every six words in a row, from which no text can be read.

One byte stands for each character of a text, so that offsets stay what they are in it.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import product
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints, ValidationError, field_serializer

from appealkit.case import PHRASINGS, Case, Count, Line, MetricId, Name, Situation, Status, Voice, Wordings
from appealkit.files import KitError, refused_as, write_whole
from appealkit.language import Lang, beside, say
from appealkit.letter import assemble
from appealkit.marketplaces import english_of, spellings
from appealkit.metrics import published
from appealkit.problems import counted
from appealkit.strict import Strict
from appealkit.tables import load

SHINGLE = 6  # words

Scheme = Literal[
    "lower-case; apostrophes dropped; words are runs of a-z and 0-9; every 6 consecutive words joined by one space; "
    "BLAKE2b, 8 bytes, hex; sorted, unique"
]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class SamplesError(KitError):
    """A sample, or a file of fingerprints, cannot be used; the message says why and what to do, in the reader's language."""


class Sample(Strict):
    """A text that is known already, public or of a class, by its fingerprints.

    Args:
        id: a short name for it.
        about: what it is; in both languages, or one string for both.
        source: where it can be read.
        words: how many words it has.
        shingles: the fingerprints of every six of its words in a row.
    """

    id: Name
    about: Line | Annotated[dict[Lang, Line], Field(min_length=len(get_args(Lang)))]
    source: Line
    words: Count
    shingles: Annotated[frozenset[Hash], Field(repr=False)]

    @field_serializer("shingles")
    def _sorted(self, shingles: frozenset[str]) -> list[str]:
        return sorted(shingles)

    def describe(self, lang: Lang) -> str:
        """Name it by its id, as every finding does, and say what it is and where it can be read."""
        about = self.about if isinstance(self.about, str) else self.about[lang]
        if not about:
            return beside(self.id, self.source, lang)
        return say("view.labelled", lang, label=self.id, words=beside(about, self.source, lang))


class _File(Strict):
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


@cache
def public_samples() -> Samples:
    """Return the samples that the kit knows.

    >>> [sample.words for sample in public_samples().all if sample.source == "www.bqool.com.tw"]
    [197, 285]
    """
    stored = load("public-samples.json")["samples"]
    return Samples(Sample.model_construct(**entry | {"shingles": frozenset(entry["shingles"])}) for entry in stored)


def fingerprint(text: str, name: str, *, about: str, source: str) -> Sample:
    """Take the fingerprints of a sample.

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
    words = plain_words(text)
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


def add_sample(sample: Sample, file: str | Path, *, lang: Lang, replace: bool = False) -> bool:
    """Store a sample's fingerprints in a file; one of the same id and text is replaced, one of another text only when that is asked for.

    The file is replaced as a whole, so that it is never left half written.

    Args:
        sample: what `fingerprint` returned.
        file: the user's file; it is made when it is not there.
        lang: language of an error message.
        replace: whether a sample of the same id gives way to another text.

    Returns:
        Whether a sample of the same id was replaced.

    Raises:
        SamplesError: when the sample has no fingerprints, its id is that of another one, or the file cannot be used; it is then left as
            it is.
    """
    if not sample.shingles:
        raise SamplesError(say("samples.empty", lang, id=sample.id))
    with refused_as(SamplesError, "samples.unwritable", lang, file=file):
        target = Path(file).resolve()
        stored = {other.id: other for other in _read(Path(file), lang)} if target.exists() else {}
        there = stored.get(sample.id, sample)
        if there.shingles != sample.shingles and not replace:
            raise SamplesError(say("samples.taken", lang, file=file, sample=there.describe(lang)))
        samples = tuple((stored | {sample.id: sample}).values())
        content = _File(scheme=get_args(Scheme)[0], samples=samples).model_dump_json(indent=1)
        write_whole(target, f"{content}\n".encode(), replace=True)
    return sample.id in stored


def _read(file: Path, lang: Lang) -> tuple[Sample, ...]:
    with refused_as(SamplesError, "samples.unreadable", lang, file=file):
        content = file.read_bytes().removeprefix(BOM_UTF8)
    try:
        return _File.model_validate_json(content).samples
    except ValidationError as error:
        place = counted(".".join(map(str, error.errors()[0]["loc"]))) or "JSON"
        raise SamplesError(say("samples.foreign", lang, file=file, place=place)) from error


_APOSTROPHES = "\u2018\u2019\u02bc\u00b4`\uff07"
_WORD = re.compile(rb"[A-Za-z0-9]+(?:'+[A-Za-z0-9]+)*")
_TO_WORDS = bytes(byte if chr(byte).isalnum() else ord(" ") for byte in range(128)).lower() + bytes([ord(" ")] * 128)


def _plain(text: str) -> bytes:
    for apostrophe in _APOSTROPHES:
        text = text.replace(apostrophe, "'")
    return text.encode("ascii", "replace")


def word_places(text: str) -> list[tuple[int, int]]:
    """Return where the words of a text begin and end."""
    return [word.span() for word in _WORD.finditer(_plain(text))]


def plain_words(text: str) -> list[bytes]:
    """Return the words of a text as they are hashed."""
    plain = text.encode() if text.isascii() else _plain(text)
    return plain.translate(_TO_WORDS, b"'`").split()


@lru_cache(maxsize=4096)  # between two keystrokes nearly all shingles of a letter stay the same
def shingle_of(shingle: bytes) -> str:
    """Return the hash of some words in a row, with a space between each two."""
    return blake2b(shingle, digest_size=8).hexdigest()


def _hashes(words: list[bytes]) -> frozenset[str]:
    return frozenset(shingle_of(b" ".join(words[first : first + SHINGLE])) for first in range(len(words) - SHINGLE + 1))


def _without_the_kit(words: list[bytes]) -> Iterator[list[bytes]]:
    """Yield the stretches of a text that lie between passages of the kit's own wording."""
    kept: list[bytes] = []
    kit = 0
    for number, word in enumerate(words):
        if shingle_of(b" ".join(words[number : number + SHINGLE])) in _wording_of_the_kit():
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
        target = published()[metric].target
        bare = {
            "situation": situation,
            "metric": {"id": metric},
            "wording": {passage: {"phrasing": phrasing} for passage in Wordings.model_fields},
        }
        figures = {"id": metric, "value": target, "target": target}
        plan = {"actions": [{"what": "x", "status": status} for status in get_args(Status)], "evidence": [{"what": "x"}]}
        letters += [bare, *(bare | plan | {"metric": figures, "causes": [{"failed": "x"}] * causes} for causes in range(3))]
    texts = [str(assemble(Case.model_validate(letter))) for letter in letters]
    spoken = {spelt for text in texts for voice in get_args(Voice) for spelt in spellings(english_of("", voice).spell(text))}
    return frozenset().union(*(_hashes(plain_words(text)) for text in spoken))
