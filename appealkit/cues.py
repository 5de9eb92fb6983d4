"""The words of a sentence to cues: words, pairs of words, classes of phrases, forms of verbs and figures, each with its place.

The classes are data (`data/cues.toml`); what a cue is worth for which role is learned (`data/weights.json`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import Any, NamedTuple

from appealkit.text import load


@dataclass(frozen=True, slots=True)
class Cues:
    """What the words of one sentence show.

    Args:
        sentence: its text.
        shown: every cue with the words that show it, in one number (see `stretches`): `sorry` (a word), `refun~` (how a longer one
            begins), `we failed` (two in a row), `c=admit` (a class of phrases of `data/cues.toml`), `c=admit+` (two phrases of it),
            `v=step.past` (a verb of a class, with its form), `f=count` (a figure), `s=we` (the first word), `t=future` (form of the
            first verb), `speaks=we` (of whom it speaks), `subject=third` (who does what it tells), and pairs of these
            (`c=metric&c=limit`).
        classes: the classes of phrases among them.
        telling: what tells one part of a letter from another: figures, of whom it speaks, forms of its later verbs (`u=s`).
        speaks: of whom it speaks.
        tense: form of its first verb, empty when none is seen.
        length: number of its words.
    """

    sentence: str
    shown: Mapping[str, int]
    classes: tuple[str, ...]
    telling: tuple[str, ...]
    speaks: str
    tense: str
    length: int

    def stretches(self, names: Iterable[str]) -> list[tuple[int, int]]:
        """Return the offsets of some of the cues within the sentence, in its order, each once."""
        spans = [found.span() for found in _TOKEN.finditer(self.sentence)]
        places = {divmod(self.shown[name], _ONE_MORE) for name in names}
        return sorted({(spans[first][0], spans[first + more][1]) for more, first in places})


_ONE_MORE = 1 << 20
"""Added to the number of a cue's first word for each further word of it: sentences have fewer words than this."""


@lru_cache(maxsize=2048)
def cues_of(sentence: str) -> Cues:
    """Find the cues in the words of one sentence.

    Args:
        sentence: its text. A passage in double quotes counts as one word, since it is somebody else's.

    Returns:
        Its cues.

    >>> cues_of("We will refund four buyers.").stretches(["f=count"])
    [(15, 26)]
    """
    known = list(map(_word, _TOKEN.findall(sentence)))
    if not known:
        return Cues(sentence, {}, (), (), "speaks=they", "", 0)
    words = [word.text for word in known]
    pairs = list(map(" ".join, pairwise(words)))
    shown = dict(zip(words, range(len(words)), strict=True))
    shown.update(zip(pairs, range(_ONE_MORE, _ONE_MORE + len(pairs)), strict=True))
    for number, word in enumerate(known):
        for name in word.classes:
            if name in shown:
                shown[f"{name}+"] = number
            else:
                shown[name] = number
    for number, node in _openings(known):
        for name, more in _phrases(node, known, number + 1):
            if name in shown:
                shown[f"{name}+"] = number + more * _ONE_MORE
            else:
                shown[name] = number + more * _ONE_MORE
    classes = tuple([name for name in shown if name.startswith("c=") and not name.endswith("+")])
    shown.update([(word.stem, number) for number, word in enumerate(known) if word.stem])
    figures = dict(_figures(words, known))
    shown.update(figures)
    tenses = dict(_tenses(words, known))
    tense, *later = tenses or ("",)
    speaks = _speaks(words)
    shown[f"t={tense}"] = tenses.get(tense, 0)
    shown[f"s={words[0]}"] = shown[speaks] = 0
    _pair(shown, figures, speaks, tense)
    _pair_subject(shown, classes, known, tense)
    return Cues(sentence, shown, classes, (*figures, speaks, *[f"u={form}" for form in later]), speaks, tense, len(words))


@lru_cache(maxsize=512)
def leads_into(heading: str) -> tuple[str, ...]:
    """Tell what a heading leads into, by its words.

    Args:
        heading: its text.

    Returns:
        Names of the classes of headings in `data/cues.toml`, in their order; `("plain",)` when there is none.

    >>> leads_into("2) Corrective and preventive actions")
    ('taken', 'planned')
    """
    known = list(map(_word, _TOKEN.findall(heading[:_LONGEST_HEADING])))
    root = _lexicon().headings
    names: set[str] = set()
    for number, word in enumerate(known):
        for symbol in word.symbols:
            if symbol in root:
                names.update(name for name, _ in _phrases(root[symbol], known, number))
    return tuple(name for name in load("cues.toml")["headings"] if name in names) or ("plain",)


Node = dict[str, Any]
"""A phrase as far as it has been read: the nodes of the next words, and under `""` the classes of the phrase that ends here."""


class _Word(NamedTuple):
    """What is known of a word by itself."""

    text: str
    stem: str  # how it begins, where it is long enough to have forms that begin alike
    classes: tuple[str, ...]
    symbols: tuple[str, ...]  # what it can stand for in a phrase: itself, its stem, any number
    starts: tuple[Node, ...]  # the phrases that begin with it
    form: str  # of a verb
    number: bool
    month: bool


_TOKEN = re.compile(
    r"""\d+(?:[.,:/-]\d+)*(?:\s?[ap]\.?m\b\.?)?  # number, date, time, order number
    | B0[A-Z0-9]{8}\b  # ASIN
    | [^\W\d_]+(?:['\u2019][^\W\d_]+)*  # word
    | ["\u201c][^"\u201c\u201d\n]{1,300}["\u201d]  # a quotation or a title
    | [%$\u20ac\u00a3?]""",
    re.VERBOSE,
)
_KINDS = (
    ("0order", re.compile(r"\d{3}-\d{7}-\d{7}|B0[A-Z0-9]{8}")),
    ("0date", re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}")),
    ("0time", re.compile(r"\d{1,2}:\d\d|\d{1,2}\s?[ap]\.?m\.?", re.IGNORECASE)),
    ("0year", re.compile(r"(?:19|20)\d\d")),
    ("0", re.compile(r"\d.*", re.DOTALL)),
    ('"', re.compile(r"[\"\u201c].*", re.DOTALL)),
)
_LONGEST_WORD = 40
_STEM, _STEM_FROM = 5, 4  # letters
_LONGEST_HEADING = 200


@lru_cache(maxsize=1 << 15)
def _word(token: str) -> _Word:
    text = next((name for name, shape in _KINDS if shape.fullmatch(token)), token[:_LONGEST_WORD].lower().replace("\u2019", "'"))
    lexicon = _lexicon()
    stems = [stem for size in range(3, len(text) + 1) if (stem := text[:size] + "*") in lexicon.stems]
    number = text[0] == "0" or text in lexicon.numbers
    symbols = (text, *stems, *(("#",) if number else ()), "*")
    classes = [f"c={name}" for symbol in symbols for name in lexicon.classes.get(symbol, ())]
    verbs = lexicon.verbs.get(text, ())
    form = lexicon.auxiliaries.get(text) or (verbs[0][1] if verbs else "")
    if not form and text.isalpha():
        form = "past" if text.endswith("ed") and len(text) > 4 else "ing" if text.endswith("ing") and len(text) > 5 else ""
    starts = tuple(lexicon.phrases[symbol] for symbol in symbols if symbol in lexicon.phrases)
    stem = f"{text[:_STEM]}~" if len(text) >= _STEM_FROM else ""
    classes += [f"v={kind}.{of}" for kind, of in verbs]
    return _Word(text, stem, tuple(classes), symbols, starts, form, number, text in lexicon.words["month"])


def _openings(known: Sequence[_Word]) -> Iterator[tuple[int, Node]]:
    """Find where the first two words of a phrase stand: the number of the first, and the phrase as far as it has been read."""
    for number, (word, after) in enumerate(pairwise(known)):
        for nodes in word.starts:
            for symbol in after.symbols:
                if symbol in nodes:
                    yield number, nodes[symbol]


def _phrases(node: Node, known: Sequence[_Word], last: int) -> Iterator[tuple[str, int]]:
    """Find the classes of the phrases that go on from a node whose last word is given, each with the words added to the first."""
    nodes, more = [node], 1
    while nodes:
        for name in chain.from_iterable(node.get("", ()) for node in nodes):
            yield name, more
        more += 1
        last += 1
        if last == len(known):
            return
        nodes = [node[symbol] for node in nodes for symbol in known[last].symbols if symbol in node]


def _figures(words: Sequence[str], known: Sequence[_Word]) -> Iterator[tuple[str, int]]:
    """Find what a reviewer can look up, and what only looks like it: name and words."""
    named = _lexicon().words
    for number, word in enumerate(known):
        if word.number:
            yield from _number(words, known, number)
        elif word.month and number and (word.text != "may" or words[number - 1] in named["before_month"]):
            near = (*words[max(0, number - 3) : number], *words[number + 1 : number + 2])
            yield ("f=day" if "0" in near else "f=month"), number


def _number(words: Sequence[str], known: Sequence[_Word], number: int) -> Iterator[tuple[str, int]]:
    """Tell what a number counts or measures."""
    named = _lexicon().words
    word, after, ahead = words[number], words[number + 1] if number + 1 < len(words) else "", known[number + 1 : number + 4]
    if word in {"0order", "0date", "0year", "0time"}:
        yield f"f={word[1:]}", number
    elif after in {"%", "percent"} or (after == "per" and "cent" in words[number + 2 : number + 3]):
        rest = number + (3 if after == "per" else 2)
        bound = not named["before_limit"].isdisjoint(words[max(0, number - 3) : number])
        bound = bound or not named["after_limit"].isdisjoint(words[rest : rest + 1])
        yield ("f=limit" if bound else "f=value"), number + _ONE_MORE
    elif after in {"of", "out", "from"} and any(other.number for other in ahead[1:]):
        yield "f=ratio", number + _ONE_MORE
    elif any(other.month for other in known[max(0, number - 1) : number + 3]):
        yield "f=day", number
    elif after in named["duration"]:
        yield "f=duration", number + _ONE_MORE
    elif after in named["unit"]:
        yield "f=measure", number + _ONE_MORE
    elif word in named["loose"]:
        yield "f=one", number
    else:
        counted = "count" if any("c=thing" in other.classes for other in ahead) else "number"
        if counted == "number" and any(other.form in {"past", "was", "had"} for other in ahead):
            counted = "happened"
        yield f"f={counted}", number + _ONE_MORE * (counted != "number")
        if not number:
            yield "f=first", number


def _tenses(words: Sequence[str], known: Sequence[_Word]) -> Iterator[tuple[str, int]]:
    """Find the forms of the verbs that stand for themselves, in order, each with its place."""
    done = -1  # the participle that an auxiliary has taken
    for number, word in enumerate(known):
        if not word.form or number <= done:
            continue
        if word.form in _WITH_PARTICIPLE:
            ahead = range(number + 1, min(len(known), number + 4))
            done = next((k for k in ahead if known[k].form in {"past", "ing"}), done)
            kind = known[done].form if done > number and word.form != "future" else ""
            yield word.form + {"past": "-done", "ing": "-ing", "": ""}[kind], number
        elif not number:
            yield {"base": "bare", "past": "done", "s": "s-"}.get(word.form, word.form), number
        elif form := _finite(word.form, words[number - 1], after_number=known[number - 1].number):
            yield form, number


_WITH_PARTICIPLE = frozenset(["have", "had", "is", "was", "future"])


def _finite(form: str, before: str, *, after_number: bool) -> str:
    """Return the form of a verb by the word before it; empty when it is likely a noun, an adjective or a participle."""
    named = _lexicon().words
    if form == "base":
        return "" if before not in named["before_base"] else "present" if before in {"we", "i"} else "base"
    if form == "ing" or (form in {"s", "past"} and before in named["determiner"]) or (form == "s" and after_number):
        return ""
    return form


def _speaks(words: Sequence[str]) -> str:
    """Tell of whom a sentence speaks: the seller, the reader, both, or somebody else."""
    named = _lexicon().words
    seller = "" if named["seller"].isdisjoint(words) else "we"
    reader = "" if named["reader"].isdisjoint(words) else "you"
    return f"speaks={seller + reader or 'they'}"


_FOUND = ("f=count", "f=number", "f=happened", "f=value", "f=month", "f=day", "f=date", "c=period")
_PAIRS = {
    "c=third_party": ("c=accuse", "c=scorn", "c=excuse", "c=lapse", "c=disclaim", "c=own"),
    "c=metric": ("c=promise", "c=frequency", "c=watch", "c=trigger", "c=limit", "c=admit", "c=apology", "c=own", "f=limit", "f=value"),
    "c=frequency": ("c=staff", "c=watch", "c=tool"),
    "c=ask": ("c=reinstate", "c=offer", "c=plead", "c=deadline"),
    "c=admit": _FOUND,
    "c=apology": _FOUND,
    "c=own": _FOUND,
    "c=lapse": _FOUND,
    "c=family": ("c=hardship", "c=feeling"),
    "c=tenure": ("c=weigh", "c=dispute"),
    "c=threat": ("c=deadline", "c=reinstate"),
    "c=deadline": ("c=reinstate",),
    "c=because": ("c=lapse", "c=vague_cause"),
    "c=vague_cause": ("c=lapse", "c=tool"),
    "c=vague_step": ("c=tool", "c=frequency", "c=staff", "f=number"),
}
"""Cues that mean more together than each by itself."""


def _pair(shown: dict[str, int], figures: Mapping[str, int], speaks: str, tense: str) -> None:
    shown[f"{speaks}&t={tense}"] = shown[speaks]
    for figure, span in figures.items():
        shown[f"{figure}&t={tense}"] = span
    if "c=third_party" in shown:
        shown[f"c=third_party&{speaks}"] = shown[f"c=third_party&t={tense}"] = shown["c=third_party"]
    for one in _PAIRS.keys() & shown.keys():
        for other in _PAIRS[one]:
            if other in shown:
                shown[f"{one}&{other}"] = shown[other]


_SUBJECTS = {
    "we": ("our", "my", "us"),
    "you": ("you", "your", "amazon", "amazon's"),
    "they": ("they", "he", "she"),
    "it": ("it", "this", "that", "there"),
    "no": ("nothing", "nobody", "no", "none"),
}
_SUBJECT_OF = {word: subject for subject, words in _SUBJECTS.items() for word in words}
_SUBJECT_WITHIN = 14  # words


def _pair_subject(shown: dict[str, int], classes: Sequence[str], known: Sequence[_Word], tense: str) -> None:
    """Tell who does what the sentence tells, by the words before its first verb; pair that with the verb and the classes."""
    subject, place = _subject(known)
    shown[f"subject={subject}"] = shown[f"subject={subject}&t={tense}"] = place
    for name in classes:
        shown[f"subject={subject}&{name}"] = shown[name]


def _subject(known: Sequence[_Word]) -> tuple[str, int]:
    who, place = "", 0
    for number, word in enumerate(known[:_SUBJECT_WITHIN]):
        if word.text in {"we", "i"}:  # whatever stands before them
            return "we", number
        if number and word.form not in _NO_VERB:
            break
        if "c=third_party" in word.classes:
            who, place = "third", number
        elif not who and word.text in _SUBJECT_OF:
            who, place = _SUBJECT_OF[word.text], number
    return who or "noun", place


_NO_VERB = frozenset(["", "base", "ing"])  # forms that a noun or an adjective can have as well


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """`data/cues.toml`, arranged for looking up."""

    classes: Mapping[str, Sequence[str]]  # of single words and stems
    stems: frozenset[str]
    phrases: Node  # those of two and more words
    headings: Node
    verbs: Mapping[str, Sequence[tuple[str, str]]]  # by form: kind of verb, name of the form
    auxiliaries: Mapping[str, str]
    words: Mapping[str, frozenset[str]]
    numbers: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    stored = load("cues.toml")
    phrases = {name: _listed(listed) for name, listed in stored["phrases"].items()}
    headings = {name: _listed(listed) for name, listed in stored["headings"].items()}
    classes: dict[str, list[str]] = {}
    for name, listed in phrases.items():
        for phrase in listed:
            if " " not in phrase:
                classes.setdefault(phrase, []).append(name)
    verbs: dict[str, list[tuple[str, str]]] = {}
    for kind, listed in stored["verbs"].items():
        for entry in _listed(listed):
            for form, name in _forms(*entry.split()).items():
                verbs.setdefault(form, []).append((kind, name))
    every = " ".join(phrase for listed in (*phrases.values(), *headings.values()) for phrase in listed)
    trie = _trie({f"c={name}": [phrase for phrase in listed if " " in phrase] for name, listed in phrases.items()})
    words = {name: frozenset(_listed(listed)) for name, listed in stored["words"].items()}
    return _Lexicon(
        classes=classes,
        stems=frozenset(word for word in every.split() if word.endswith("*") and len(word) > 1),
        phrases=trie,
        headings=_trie(headings),
        verbs=verbs,
        auxiliaries={word: form for form, listed in stored["auxiliaries"].items() for word in _listed(listed)},
        words=words,
        numbers=words["number"],
    )


def _listed(phrases: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in phrases.split(",") if phrase.strip()]


def _forms(base: str, *irregular: str) -> dict[str, str]:
    """Inflect a verb: each form with its name. A past that looks like the bare form counts as bare."""
    stem = base.removesuffix("e")
    consonant_y = base.endswith("y") and base[-2] not in "aeiou"
    pasts = irregular or (base[:-1] + "ied" if consonant_y else stem + "ed",)
    third = base[:-1] + "ies" if consonant_y else base + ("es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    return {**dict.fromkeys(pasts, "past"), third: "s", base: "base"}


def _trie(classes: Mapping[str, Sequence[str]]) -> Node:
    root: Node = {}
    for name, phrases in classes.items():
        for phrase in phrases:
            node = root
            for word in phrase.split():
                node = node.setdefault(word, {})
            node.setdefault("", []).append(name)
    return root
