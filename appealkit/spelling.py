"""Misspelt and run-together words, found with the word list of pyspellchecker.

A word that no list has is as often a product, a tool or a loan word as a slip of the pen. So being unknown is no finding yet:
the word must also lie one slip of a usual kind away from a common word, or fall apart into common words.
"""

import re
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from appealkit.memory import Memory
from appealkit.span import Span
from appealkit.tables import load

SUGGESTIONS = 3
LONGEST = 40  # letters: anything longer is no word
SHORTEST = 5  # letters: one slip away from a shorter word there is always some other, so only its known misspellings count
COMMON, USUAL, FREQUENT = 1_000, 3_000, 10_000
"""How often a word occurs in the list's corpus if people may mean it, if many of them do, if they use it every day."""

_WORD = re.compile(r"(?P<word>\w+(?:['\u2019\u02bc]\w+)*)")
_PLAIN = re.compile(r"[A-Za-z][a-z]*(?:'[a-z]+)*|[a-z]{1,5}[A-Z][a-z]*")  # a code, a unit or a brand such as ShipStation looks otherwise
_OWN_WORD = re.compile(  # passes over a title or a buyer's words in quotation marks, a blank of a template, an address of the net
    r"""["\u201c\u201d][^"\u201c\u201d\n]{1,200}["\u201d]|(?<!\w)['\u2018][^'\u2018\u2019\n]{1,80}['\u2019](?!\w)"""
    r"""|\[[^][\n]{1,60}\]|\{[^{}\n]{1,60}\}|<[^<>\n]{1,60}>|[@#]\w{1,64}|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,64}"""
    r"""|\b(?:\w{1,10}://|www\.)\S{1,200}|\b\w{1,64}(?:[./\\][a-z0-9]\w{0,63}){0,8}[.\\][a-z0-9]\w{0,63}"""
    rf"""|{_WORD.pattern}"""
)
_SET_OFF = re.compile(r"""["\u201c\u201d\u2018\[{<@#/\\.'](?:(?<![.'])|(?<=\.)\S|(?<=')(?<!\w'))""")  # without it there are only words
_TITLE = re.compile(r"\b[A-Z][a-z]{1,3}\.\Z")  # of whom a name follows, in any language: Mrs., Ing., Lic.
_APOSTROPHES = str.maketrans("\u2019\u02bc", "''")
_PLURAL = re.compile(r"(?:(?:s|x|z|ch|sh)(es)|(?:[^cs]h|[^iosxyzh]|[aeiou]y|[eo]o)(s))\Z")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_VOWELS = "aeiouy"
_ALIKE = ("sc", "sz", "xs", "ck", "kq", "gj", "mn", "td", "fv", "bp")  # letters that are taken for one another
_SILENT = re.compile(r"(?<=.)[aeiouyhw']+|(.)(?=\1)")
_SAME_SOUND = str.maketrans("cqzx", "kkss")


class Misspelling(NamedTuple):
    """A word that looks misspelt: where it stands in the text, how it is written there, and what was probably meant."""

    span: Span
    word: str
    suggestions: tuple[str, ...]


def misspellings(text: str, *, names: bool = False) -> tuple[Misspelling, ...]:
    """Find the misspelt words of a sentence.

    Args:
        text: a sentence, a heading or a list item.
        names: whether it consists mostly of names, as a greeting does; then only what can be no name is found.

    Returns:
        The words in order, each with its suggestions. None when the text is of another language.

    >>> [(slip.word, slip.suggestions[0]) for slip in misspellings("We recived it inthe colour that Zhao\u2019s label shows.")]
    [('recived', 'received'), ('inthe', 'in the')]
    """
    if all(map(_fine.__getitem__, text.split())):
        return ()
    words = (_OWN_WORD if _SET_OFF.search(text) else _WORD).finditer(text)
    doubtful = [(found.start(), found[0]) for found in words if found.lastgroup == "word" and not _fine[found[0]]]
    if sum(word[0].islower() for _, word in doubtful) > max(3, min(len(text.split()) // 3, 50)):
        return ()  # another language, or no language
    slips = []
    for start, word in doubtful:
        suggestions = suggest(word, name=names or (word[0].isupper() and not _opens(text[max(0, start - 9) : start])))
        if suggestions:
            slips.append(Misspelling(Span(start, start + len(word)), word, suggestions))
    return tuple(slips)


def as_meant(text: str) -> str:
    """Return a sentence with each misspelt word as it was probably meant.

    Args:
        text: a sentence.

    >>> as_meant("We dont know the adress.")
    "We don't know the address."
    """
    for slip in reversed(misspellings(text)):
        text = f"{text[: slip.span.start]}{slip.suggestions[0]}{text[slip.span.end :]}"
    return text


@lru_cache(maxsize=1 << 13)
def suggest(word: str, *, name: bool = False) -> tuple[str, ...]:
    """Say what a word that no list has was probably meant to be.

    Args:
        word: the word as it is written.
        name: whether it may be a name by its place; then only well-known misspellings count.

    Returns:
        Up to three suggestions, the likeliest first; none when the word is no slip of a usual kind.

    >>> suggest("definatly"), suggest("ofthe"), suggest("churchkhela")
    (('definitely',), ('of the',), ())
    """
    lower = word.translate(_APOSTROPHES).lower()
    known = _misspelt().get(lower)
    candidates: Iterable[str] = ()
    if known and (len(lower) >= SHORTEST or not name):
        candidates = (known,)
    elif not name and len(lower) >= SHORTEST:
        candidates = _candidates(word, lower)
    if word[0].isupper():
        candidates = (other[0].upper() + other[1:] for other in candidates)
    return tuple(dict.fromkeys(candidates))[:SUGGESTIONS]


def _candidates(word: str, lower: str) -> Iterator[str]:
    if not word[1:].islower():
        yield from _unglued(word)
    elif word[0].isupper():
        yield from chain(_slips(lower, sure=True), _apart(lower, small=True))
    else:
        yield from chain(_slips(lower), _apart(lower), _sounding_like(lower))


# -- right words ----------------------------------------------------------------------------------------------------------


def _is_fine(piece: str) -> bool:
    """Is there no misspelling in it at a glance: only listed words and what follows from them, codes, other scripts?"""
    if piece.strip(".,;:()").isdecimal():  # most figures are met once: they must cost little
        return True
    return all(map(_right, _WORD.findall(piece)))


_fine = Memory(_is_fine, most=1 << 13)


def _right(word: str) -> bool:
    plain = word.translate(_APOSTROPHES)
    if len(plain) > LONGEST or not _PLAIN.fullmatch(plain):
        return True
    lower = plain.lower()
    return lower not in _misspelt() and known(lower)


def known(word: str) -> bool:
    """Tell whether English has a word.

    Args:
        word: in lower case, with straight apostrophes.

    >>> known("lorries"), known("bestellung")
    (True, False)
    """
    if _listed(word) or (word.endswith("'s") and known(word[:-2])):
        return True
    return any(_listed(british.sub(american, word)) for british, american in _variants() if british.search(word)) or _derived(word)


def _derived(word: str) -> bool:
    """Is this a regular plural, a doer (`excluder`), or a listed word behind a prefix that goes with most words?"""
    plural = _PLURAL.search(word)
    if plural and known(word[: plural.start(plural.lastindex or 0)]):
        return True
    if word.endswith("er") and (_listed(word[:-1]) or _listed(word[:-2])) and not _listed(f"{word[:-2]}or"):
        return True
    rests = (word.removeprefix(prefix) for prefix in _small("prefix") if word.startswith(prefix))
    return any((len(rest) > 3 and rest in _common()) or (len(rest) > SHORTEST and _listed(rest)) for rest in rests)


def _opens(before: str) -> bool:
    """Does a word behind this text start a sentence, where any word has a capital?"""
    before = before.rstrip(" \t\n\u00a0\"'(*_\u201c\u2018")
    return not before or (before[-1] in ".!?:\u2026" and not _TITLE.search(before))


# -- slips ----------------------------------------------------------------------------------------------------------------


def _slips(word: str, *, sure: bool = False) -> Iterator[str]:
    """Undo one slip: the kinds come in the order of how well they explain a word, words of one kind in that of their frequency."""
    counts = _common()
    least = FREQUENT if sure else USUAL if len(word) < SHORTEST + 2 else COMMON
    for kind, rarest in _edits(word, sure=sure):
        found = (other for other in kind & counts.keys() if counts[other] >= max(least, rarest))
        yield from sorted(found, key=lambda other: (-counts[other], other))


def _edits(word: str, *, sure: bool) -> Iterator[tuple[set[str], int]]:
    """Yield all strings one slip away, kind by kind, each with how frequent a word must be; the first letter stays, being seldom wrong."""
    if sure and len(word) == SHORTEST:
        return
    parts = [(word[:i], word[i], word[i + 1 :]) for i in range(1, len(word))]
    doubled = {head + head[-1] + letter + tail for head, letter, tail in parts} | {word + word[-1]}
    yield doubled | {head + tail for head, letter, tail in parts if head[-1] == letter}, COMMON
    yield {head + tail[0] + letter + tail[1:] for head, letter, tail in parts[:-1]}, COMMON
    if not sure or len(word) >= SHORTEST + 3:
        gaps = [*((head, letter + tail) for head, letter, tail in parts), (word, "")]
        yield {before + letter + after for before, after in gaps for letter in _LETTERS}, COMMON
    yield {head + vowel + tail for head, letter, tail in parts if letter in _VOWELS for vowel in _VOWELS}, COMMON
    yield {f"{word[:-2]}ies"} if word.endswith("ys") else set(), COMMON
    if sure:
        return
    last = len(parts) - (len(word) < SHORTEST + 2)  # a short word with one more letter at its end is rather another word
    yield {head + tail for head, _, tail in parts[:last]}, COMMON
    yield {head + other + tail for head, letter, tail in parts for pair in _ALIKE if letter in pair for other in pair}, COMMON
    if len(word) >= SHORTEST + 2:
        yield {head + other + tail for head, _, tail in parts for other in _LETTERS}, FREQUENT


def _apart(word: str, *, small: bool = False) -> Iterator[str]:
    """Put the space back between two words that ran together; with `small`, only between two small words."""
    glue, before, behind = _small("glue"), _small("before"), _small("behind")
    for cut in range(1, len(word)):
        first, second = word[:cut], word[cut:]
        joined = first in glue and second in glue
        if not small:
            joined |= first in before and _usual(second, beside=first)
            joined |= second in behind and _usual(first, beside=second)
        if joined:
            yield f"{first} {second}"


def _usual(word: str, *, beside: str) -> bool:
    """Is it usual enough to stand beside a small word? Beside one or two letters it must be more so, as many words begin with them."""
    return len(word) > 3 and _common().get(word, 0) >= (USUAL if len(beside) > 2 else FREQUENT)


def _unglued(word: str) -> Iterator[str]:
    """Part a small word from a capital behind it: `toAmazon`."""
    cut = next(i for i, letter in enumerate(word) if i and letter.isupper())
    first, second = word[:cut], word[cut:]
    if first in _small("glue") and second.lower() in _small("proper") | _small("glue"):
        yield f"{first} {second}"


def _sounding_like(word: str) -> Iterator[str]:
    """Find words at most two slips away that have the same consonants, for long words: `definatly`."""
    if len(word) >= SHORTEST + 3:
        yield from (other for other in _by_sound(word[0]).get(_sound(word), ()) if _distance(word, other) < 3)


@cache
def _by_sound(initial: str) -> dict[str, list[str]]:
    sounds: dict[str, list[str]] = {}
    usual = {word: count for word, count in _common().items() if count >= USUAL and word.startswith(initial) and len(word) > SHORTEST}
    for word in sorted(usual, key=lambda word: (-usual[word], word)):
        sounds.setdefault(_sound(word), []).append(word)
    return sounds


def _sound(word: str) -> str:
    return _SILENT.sub("", word.replace("ph", "f").translate(_SAME_SOUND))


def _distance(word: str, other: str) -> int:
    """Count the letters to add, drop or change (Levenshtein)."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        above, row = row, [i]
        for j, counterpart in enumerate(other, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (letter != counterpart)))
    return row[-1]


# -- the words ------------------------------------------------------------------------------------------------------------


@cache
def _lists() -> tuple[list[bytes], list[bytes]]:
    """Return the words of the library's list and their counts as they are written there.

    The list is one JSON object and is cut at its quotation marks, so that words and counts take turns: this takes half the time of
    `json`, and a fifth of what the library takes.
    """
    spec = find_spec("spellchecker")  # finds the package and runs none of it
    path = Path(str(spec and spec.origin)).with_name("resources") / "en.json.gz"
    table = zlib.decompress(path.read_bytes(), wbits=31).split(b'"')
    return table[1::2], table[2::2]


@cache
def _common() -> dict[str, int]:
    """Return how often those words occur that people may mean, the kit's own among them: only a word that is not listed asks for it."""
    long = len(f": {COMMON},\n")
    common = {word.decode(): int(count.strip(b": ,\r\n}")) for word, count in zip(*_lists(), strict=True) if len(count) >= long}
    return common | {word: max(FREQUENT, common.get(word, 0)) for word in _small("british") | _small("trade")}


@cache
def _sorted() -> list[bytes]:
    """Return all words of the library's list in order. They are sorted already, and to sort them again is faster than to hash them."""
    return sorted(_lists()[0])


def _listed(word: str) -> bool:
    words, sought = _sorted(), word.encode(errors="replace")
    place = bisect_left(words, sought)
    return (place < len(words) and words[place] == sought) or any(word in _small(kind) for kind in ("words", "british", "trade"))


@cache
def _misspelt() -> dict[str, str]:
    """Return the slips that are known as such; a contraction without its apostrophe is one, unless it is a word too."""
    bare = {full.replace("'", "").lower(): full for full in sorted(_small("contraction"))}
    slips: dict[str, str] = _data("misspelt")
    return {short: full for short, full in bare.items() if not _listed(short)} | slips


@cache
def _variants() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(british), american) for british, american in _data("american").items())


@cache
def _small(key: str) -> frozenset[str]:
    return frozenset(_data(key).split())


def _data(key: str) -> Any:  # noqa: ANN401 - what a TOML file holds
    return load("spelling.toml")[key]
