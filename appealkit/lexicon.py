"""The words of a sentence, each with what `data/cues.toml` knows of it, and the phrases that several of them make."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from appealkit.memory import Memory
from appealkit.tables import load
from appealkit.vocabulary import months, number_words


@dataclass(frozen=True, slots=True)
class Word:
    """What is known of a word by itself.

    Args:
        text: the word in lower case; a number, a code or a quotation by its kind: `0`, `0date`, `0order`, `"` and the like.
        stem: how it begins (`refun~`), where it is long enough to have forms that begin alike; empty otherwise.
        classes: its classes (`c=admit`).
        verbs: of what kind and form of verbs it is (`v=step.past`).
        symbols: what it can stand for in a phrase: itself, its stem, any number, any word.
        form: form of a verb, such as `past` or `future`; empty when it is none.
        figure: `number` or `month`; empty when it is neither.
    """

    text: str
    stem: str
    classes: tuple[str, ...]
    verbs: tuple[str, ...]
    symbols: tuple[str, ...]
    form: str
    figure: str


NO_WORD = Word("", "", (), (), (), "", "")
"""What stands before the first word of a sentence, and behind its last one."""

_TOKEN = re.compile(
    r"""\d+(?:[.,:/-]\d+)*(?:\s?[ap]\.?m\b\.?)?  # number, date, time, order number
    | B0[A-Z0-9]{8}\b  # ASIN
    | [^\W\d_]+(?:['\u2019][^\W\d_]+)*  # word
    | ["\u201c][^"\u201c\u201d\n]{1,300}["\u201d]  # a quotation or a title
    | [%$\u20ac\u00a3?]""",
    re.VERBOSE,
)
_CLOCK = re.compile(r"m(?:(?<=\d\s[ap]m)|(?<=\d\s[ap]\.m))")  # "8 a.m."
_KIND = re.compile(
    r"""(?P<order>\d{3}-\d{7}-\d{7}|B0[A-Z0-9]{8})
    | (?P<date>\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})
    | (?P<time>\d{1,2}:\d\d|(?i:\d{1,2}\s?[ap]\.?m\.?))
    | (?P<year>(?:19|20)\d\d)""",
    re.VERBOSE,
)
_LONGEST_WORD = 40
_STEM, _STEM_FROM = 5, 4  # letters


def words_of(sentence: str) -> list[Word]:
    """Return the words of a sentence, in order.

    Args:
        sentence: its text. A passage in double quotes counts as one word, since it is somebody else's.

    Returns:
        Its words.

    >>> [word.text for word in words_of("We will refund 4 buyers.")]
    ['we', 'will', 'refund', '0', 'buyers']
    """
    if '"' in sentence or "\u201c" in sentence or _CLOCK.search(sentence):  # else no word reaches over a space
        return list(map(_word, _TOKEN.findall(sentence)))
    return [word for piece in sentence.split() for word in _within[piece]]


def places_of(sentence: str) -> list[tuple[int, int]]:
    """Return the offsets of the words of a sentence, in the order of `words_of`."""
    return [found.span() for found in _TOKEN.finditer(sentence)]


def _words_within(piece: str) -> tuple[Word, ...]:
    bare = piece.strip(".,;:()")
    if bare.isdecimal():  # most figures are met once: they must cost little
        return (_known("0year" if len(bare) == len("2026") and bare.startswith(("19", "20")) else "0"),)
    return tuple(map(_word, _TOKEN.findall(piece)))


_within = Memory(_words_within, most=1 << 13)


@lru_cache(maxsize=1 << 13)
def _word(token: str) -> Word:
    kind = _KIND.fullmatch(token)
    if kind or token[0].isdecimal():
        return _known(f"0{kind.lastgroup if kind else ''}")
    return _known('"' if token[0] in '"\u201c' else token[:_LONGEST_WORD].lower().replace("\u2019", "'"))


@lru_cache(maxsize=1 << 13)
def _known(text: str) -> Word:
    lexicon = _lexicon()
    stems = [stem for size in range(3, len(text) + 1) if (stem := text[:size] + "*") in lexicon.symbols]
    number = text[0] == "0" or text in lexicon.named["number"]
    symbols = (text, *stems, *(("#",) if number else ()), "*")
    classes = [f"c={name}" for symbol in symbols for name in lexicon.classes.get(symbol, ())]
    verbs = lexicon.verbs.get(text, ())
    form = lexicon.auxiliaries.get(text) or (verbs[0][1] if verbs else "")
    if not form and text.isalpha():
        form = "past" if text.endswith("ed") and len(text) > 4 else "ing" if text.endswith("ing") and len(text) > 5 else ""
    return Word(
        text=text,
        stem=f"{text[:_STEM]}~" if len(text) >= _STEM_FROM else "",
        classes=tuple(classes),
        verbs=tuple([f"v={kind}.{of}" for kind, of in verbs]),
        symbols=tuple([symbol for symbol in symbols if symbol in lexicon.symbols]),
        form=form,
        figure="number" if number else "month" if text in lexicon.named["month"] else "",
    )


# -- phrases --------------------------------------------------------------------------------------------------------------

Node = dict[str, Any]
"""A phrase as far as it has been read: the nodes of the next words, and under `""` the names of the phrase that ends here."""


@dataclass(slots=True)
class _State:
    """What has been read so far: every phrase that has begun, with how many words behind its first one have been read."""

    begun: tuple[tuple[Node, int], ...]
    ended: tuple[tuple[str, int], ...] = ()
    after: "dict[tuple[str, ...], _State]" = field(default_factory=dict)  # by the symbols of the next word


class Phrases:
    """Phrases that are looked for all at once.

    To what a word leads from what has been read is worked out when it is first met, and looked up from then on.
    """

    def __init__(self, named: Mapping[str, Sequence[str]]) -> None:
        """Arrange phrases for looking up.

        Args:
            named: phrases by name. In a phrase `word*` is any word that begins so, `*` is any word, and `#` is any number.
        """
        root = _tree(named)
        self._start = _State(((root, -1),))
        self._states: dict[tuple[tuple[int, int], ...], _State] = {}

    def found_in(self, words: Sequence[Word]) -> list[tuple[int, int, str]]:
        """Find the phrases among words.

        Args:
            words: the words of a sentence.

        Returns:
            For each phrase the number of its first word, how many more words it has, and its name; in the order of the words.
        """
        found: list[tuple[int, int, str]] = []
        state = self._start
        for number, word in enumerate(words):
            state = state.after.get(word.symbols) or self._go_on(state, word.symbols)
            for name, more in state.ended:
                found.append((number - more, more, name))
        found.sort()
        return found

    def _go_on(self, state: _State, symbols: tuple[str, ...]) -> _State:
        begun = [(node[symbol], more + 1) for node, more in state.begun for symbol in symbols if symbol in node]
        key = tuple([(id(node), more) for node, more in begun])
        if key not in self._states:
            if len(self._states) == _MOST_STATES:
                self._states.clear()
                self._start.after.clear()
            ended = tuple([(name, more) for node, more in begun for name in node.get("", ())])
            self._states[key] = _State((*begun, *self._start.begun), ended)
        state.after[symbols] = self._states[key]
        return self._states[key]


_MOST_STATES = 1 << 14  # the letters at hand lead to a few thousand


def _tree(named: Mapping[str, Sequence[str]]) -> Node:
    root: Node = {}
    for name, phrases in named.items():
        for phrase in phrases:
            node = root
            for word in phrase.split():
                node = node.setdefault(word, {})
            node.setdefault("", []).append(name)
    return root


# -- the data -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """What `data/cues.toml` says of single words."""

    symbols: frozenset[str]  # all that a phrase can be made of
    classes: Mapping[str, Sequence[str]]  # of words and stems
    verbs: Mapping[str, Sequence[tuple[str, str]]]  # by form: kind of verb, name of the form
    auxiliaries: Mapping[str, str]
    named: Mapping[str, frozenset[str]]


@cache
def phrases() -> Phrases:
    """Return the phrases of several words that are cues, by their classes."""
    several = {f"c={name}": [phrase for phrase in listed if " " in phrase] for name, listed in _phrases_of("phrases").items()}
    return Phrases(several)


@cache
def headings() -> Phrases:
    """Return the words and phrases of headings, by what a heading leads into."""
    return Phrases(_phrases_of("headings"))


@cache
def named(kind: str) -> frozenset[str]:
    """Return the words that `data/cues.toml` lists under a name, such as `duration`."""
    return _lexicon().named[kind]


@cache
def subjects() -> dict[str, str]:
    """Return the words that tell who does something, each with whom it tells."""
    return {word: subject for subject, words in _phrases_of("subjects").items() for word in words}


@cache
def _lexicon() -> _Lexicon:
    stored = load("cues.toml")
    classes: dict[str, list[str]] = {}
    for name, listed in _phrases_of("phrases").items():
        for phrase in listed:
            if " " not in phrase:
                classes.setdefault(phrase, []).append(name)
    verbs: dict[str, list[tuple[str, str]]] = {}
    for kind, listed in _phrases_of("verbs").items():
        for entry in listed:
            for form, name in forms(*entry.split()).items():
                verbs.setdefault(form, []).append((kind, name))
    return _Lexicon(
        symbols=frozenset(" ".join(chain(*_phrases_of("phrases").values(), *_phrases_of("headings").values())).split()),
        classes=classes,
        verbs=verbs,
        auxiliaries={word: form for form, listed in stored["auxiliaries"].items() for word in entries_in(listed)},
        named={
            **{name: frozenset(entries_in(listed)) for name, listed in stored["words"].items()},
            "number": number_words().union(entries_in(stored["words"]["number"])),
            "month": frozenset(months()),
        },
    )


def _phrases_of(table: str) -> dict[str, list[str]]:
    return {name: entries_in(listed) for name, listed in load("cues.toml")[table].items()}


def entries_in(phrases: str) -> list[str]:
    """Return the words and phrases that stand in a string, with commas between."""
    return [" ".join(phrase.split()) for phrase in phrases.split(",") if phrase.strip()]


def forms(base: str, *irregular: str) -> dict[str, str]:
    """Inflect a verb.

    Args:
        base: the bare form.
        irregular: its past forms, where they are irregular.

    Returns:
        Each form with its name. A past that looks like the bare form counts as bare.

    >>> forms("tidy"), forms("send", "sent")
    ({'tidied': 'past', 'tidies': 's', 'tidy': 'base'}, {'sent': 'past', 'sends': 's', 'send': 'base'})
    """
    stem = base.removesuffix("e")
    consonant_y = base.endswith("y") and base[-2] not in "aeiou"
    pasts = irregular or (base[:-1] + "ied" if consonant_y else stem + "ed",)
    third = base[:-1] + "ies" if consonant_y else base + ("es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    return {**dict.fromkeys(pasts, "past"), third: "s", base: "base"}
