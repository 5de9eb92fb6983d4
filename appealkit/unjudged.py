"""Texts that are not judged, since they are no English letter to Amazon about an account: one plain sentence says so, and why."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from itertools import chain, pairwise

from appealkit.remarks import Remark
from appealkit.roles import Role, Sentence
from appealkit.segment import Layout
from appealkit.spelling import known
from appealkit.tables import load
from appealkit.text import HAN_STRETCH, UNSEEN, mostly_chinese, short

_LONG_WORD = 200  # characters: no English word, no address of the net in a letter
_WORD_OR_TWO = 3
_FEW_WORDS = 8  # too few to tell the language by, unless none of them is English
_LISTED = 4  # of so many lines one alone may look like a step: "Call the bank"
_PARAGRAPH = 25  # words: a sentence by itself need not say what it is about
_MATTERS = 2  # words of an account that tell a letter in which nobody says “we”
_OWN = 2  # phrases of another kind that one of the seller's own outweighs
_OTHER_KIND = 3  # phrases of another kind beyond those: fewer may be chance
_DENSE, _THIN = 0.06, 0.045  # of all words, at the beginning and in all; in the letters of people they are at most 0.047 and 0.04
_BEGINNING = 500  # characters
_SHOWN, _LONGEST = 4, 40  # words that are quoted, and characters of one
_MISSING = {"nobody", "no-matter"}  # reasons that lie in what a text lacks
_BLANK = " \t\r\n\f\v\u00a0\u200b\ufeff"
_UNSEEN = dict.fromkeys(map(ord, UNSEEN))
_RTF = "{\\rtf"  # so begins what WordPad writes, with the marks of its looks between the words
_FRAME = {Role.GREETING, Role.HEADING, Role.SIGNOFF, Role.OTHER}
_AROUND = ".,;:!?()[]{}\"'\u201c\u201d\u2018\u2019-*#>/"
# A program, or a row of a table; <Name> and {Name} are blanks.
_CODE = re.compile(r"""\{"|":|=|</|\\|\[(?<=\w.)|_(?<=\w.)|\((?<=\w.)(?!s\))|;(?!\S)|,[^\s,]*,[^\s,]*,""")
_VERSE = re.compile(r"[^\W\d_][^:]{8,60}")  # a short line without a list mark or a label
_LINES = 4, 60  # lines of a poem
_SENDER = re.compile(r"(?:from|sender|von|de):.{0,60}(?:amazon|seller.performance|marketplace)")
_SIGNED = re.compile(
    r"(?:the |your )?(?:amazon\b.{0,30}|.{0,25}\bseller performance\b.{0,15}|account health\b.{0,15}|https?://www\.amazon\S*)"
)
_HEADERS, _SIGNATURE = 8, 3  # lines at the top and at the end of a mail that tell who sent it
_PHRASES = 2  # of Amazon's, at least, where none of these does
_ENDINGS = frozenset(["ed", "ng", "es", "er", "ly", "ts", "rs", "ns", "al", "on", "nt"])  # of words that have one in common without a rhyme


def why_unjudged(text: str, sentences: Sequence[Sentence]) -> Remark | None:
    """Tell why a text is not judged.

    Args:
        text: the text as it came.
        sentences: its sentences.

    Returns:
        The remark `empty`, `no-words`, `rtf`, `only-notice`, `too-short`, `not-english` or `not-a-letter`; None for a letter, and for a
        draft of one, however little of it there is.

    >>> remark = why_unjudged("Mix butter, flour and sugar with four eggs, then bake the cake for an hour.", ())
    >>> remark.id, remark.kind, remark.words
    ('not-a-letter', 'home', ('butter', 'flour', 'sugar', 'eggs'))
    """
    if no_text := _no_text(text):
        return no_text
    if sentences and all(sentence.layout is Layout.NOTICE for sentence in sentences):
        return Remark("only-notice")
    admits = any(Role.ACKNOWLEDGEMENT in sentence.clear for sentence in sentences)
    own = [one for one in sentences if one.layout is not Layout.NOTICE]
    if not admits and _amazons(text[own[0].start : own[-1].end] if own else text):
        return Remark("only-notice")
    text = text if text.isascii() else text.translate(_UNSEEN)
    if len(text) > _BEGINNING and not _looks_like(text[:_BEGINNING].rpartition(" ")[0], _DENSE):  # the last word may be cut
        return None
    if not text.isascii() and mostly_chinese(text):
        return Remark("not-english", "chinese")
    remark = _looks_like(text, _THIN if len(text) > _BEGINNING else _DENSE)
    return None if remark and remark.reason in _MISSING and _tells(sentences, len(text.split())) else remark


def _no_text(text: str) -> Remark | None:
    """Tell of a text without a word, and of one whose words stand among marks for its looks."""
    if not any(map(str.isalpha, text)):
        return Remark("no-words", words=(short(text, _LONGEST),)) if text.strip(_BLANK) else Remark("empty")
    return Remark("rtf") if text.lstrip(_BLANK).startswith(_RTF) else None


@lru_cache(maxsize=32)
def _amazons(text: str) -> bool:
    """Did Amazon write all of it? It speaks of the reader more than of itself, or signs, and nothing in it is what a seller alone says."""
    words = [piece.strip(_AROUND).lower() for piece in text.split()]
    phrases = {*words, *map(" ".join, pairwise(words))}
    you = sum(map(_listed("reader").__contains__, words))
    if not you or phrases & _listed("own"):
        return False
    lines = [line.strip().lower() for line in text.splitlines() if line.strip()]
    if any(map(_SENDER.match, lines[:_HEADERS])) or any(map(_SIGNED.fullmatch, lines[1:][-_SIGNATURE:])):
        return True
    we = sum(map(_listed("person").__contains__, words))
    return you >= we and phrases.isdisjoint(_listed("single")) and len(phrases & _listed("amazons")) >= _PHRASES


def _tells(sentences: Sequence[Sentence], words: int) -> bool:
    """Does a text in which nobody says “we”, or of no account, still do what a letter does: some of it, of a longer one all?"""
    clear = [bool(sentence.clear - _FRAME or sentence.signals) for sentence in sentences]
    return sum(clear) * _LISTED > len(clear) if words < _PARAGRAPH else all(clear)


@lru_cache(maxsize=32)  # while somebody types, the beginning mostly stays
def _looks_like(text: str, dense: float) -> Remark | None:
    """Tell by its words what a text is if it is no letter; the bounds leave out none of the letters that people labelled."""
    pieces = [piece for piece in text.split() if piece.isalpha() or any(map(str.isalpha, piece))]
    words = [piece.strip(_AROUND).lower() for piece in pieces]
    return _program(text, pieces) or _by_words(text, words, {*words, *map(" ".join, pairwise(words))}, dense)


def _program(text: str, pieces: Sequence[str]) -> Remark | None:
    code = [piece for piece in pieces if _CODE.search(piece)] if _CODE.search(text) else []
    if len(code) > max(2, len(pieces) * 0.08):
        return _not_a_letter("code", code)
    long = len(pieces) <= _FEW_WORDS and max(map(len, pieces), default=_LONG_WORD + 1) > _LONG_WORD
    return _not_a_letter("code", pieces) if long else None


def _by_words(text: str, words: Sequence[str], phrases: AbstractSet[str], dense: float) -> Remark | None:
    own, both, matter, person = (phrases & _listed(name) for name in ("own", "both", "matter", "person"))
    own |= both
    if len(words) <= _WORD_OR_TWO and not (own or matter or person or phrases & _listed("begins")):
        return Remark("too-short", words=(" ".join(text.split()),))
    if not _is_english(words):
        chinese = _not_a_letter("mixed", HAN_STRETCH.findall(text)).words
        return Remark("not-english", "mixed" if chinese else "few-english", chinese)
    told = _other_kind(words, phrases, _OWN * len(own), dense)
    if own or told:
        return told
    lacks = ""
    if person:
        lacks = "" if matter or len(words) < _PARAGRAPH else "no-matter"
    elif len(words) > _FEW_WORDS:
        lacks = "" if len(matter) >= (1 if len(words) < _PARAGRAPH else _MATTERS) else "nobody"
        lacks = lacks or ("" if _common(words) >= len(words) * 0.1 else "no-sentences")
    return _verse(text) or (_not_a_letter(lacks, ()) if lacks else None)


def _not_a_letter(reason: str, words: Iterable[str], kind: str = "") -> Remark:
    return Remark("not-a-letter", reason, tuple(short(word, _LONGEST) for word in words)[:_SHOWN], kind)


def _is_english(words: Sequence[str]) -> bool:
    common = _common(words)
    if len(words) <= _FEW_WORDS:  # a name or two may stand alone
        return len(words) <= _WORD_OR_TWO or common > 0 or any(map(known, words))
    return common >= len(words) * 0.2 or sum(map(known, words)) >= len(words) * 0.8


def _common(words: Sequence[str]) -> int:
    return sum(map(_listed("common").__contains__, words))


def _other_kind(words: Sequence[str], phrases: AbstractSet[str], own: int, dense: float) -> Remark | None:
    """Tell a text of another kind by phrases that hardly any letter has, where they stand close together and outweigh the seller's own."""
    found = phrases & _kinds().keys()
    if len(found) - own < _OTHER_KIND:
        return None
    parts = set(chain.from_iterable(phrase.split() for phrase in found if " " in phrase))
    found -= parts
    if len(found) - own < max(_OTHER_KIND, len(words) * dense):
        return None
    kinds = Counter(_kinds()[phrase] for phrase in found)
    kind = max(kinds, key=lambda name: (kinds[name], name))
    return _not_a_letter("kind", sorted((phrase for phrase in found if _kinds()[phrase] == kind), key=_place(words)), kind)


def _place(words: Sequence[str]) -> Callable[[str], int]:
    text = f" {' '.join(words)} "
    return lambda phrase: text.index(f" {phrase} ")


def _verse(text: str) -> Remark | None:
    """Tell a poem by its rhymes: all of its lines are short, and none is a point or a label."""
    lines = list(filter(None, map(str.strip, text.splitlines())))
    if not _LINES[0] <= len(lines) <= _LINES[1] or not all(map(_VERSE.fullmatch, lines)):
        return None
    last = [line.split()[-1].strip(_AROUND).lower() for line in lines]
    pairs = ((one, other) for number, one in enumerate(last) for other in last[number + 1 : number + 3])
    rhymes = [f"{one} / {other}" for one, other in pairs if one != other and one[-2:] == other[-2:] and one[-2:] not in _ENDINGS]
    return _not_a_letter("rhymes", rhymes) if len(rhymes) >= max(2, len(lines) / 4) else None


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(load("unjudged.toml")["words"][name])


@cache
def _kinds() -> Mapping[str, str]:
    """Return the phrases of texts of other kinds, each with its kind."""
    return {phrase: kind for kind, phrases in load("unjudged.toml")["kind"].items() for phrase in phrases}
