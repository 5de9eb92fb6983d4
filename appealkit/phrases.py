"""Phrases of the data to patterns that search a text in linear time."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate

from appealkit.tables import load
from appealkit.text import WIDE
from appealkit.vocabulary import CHINESE_NUMBER, NUMERALS, alone, below_hundred, number_words

_SEPARATOR = "\x00"
_CHINESE = re.compile(WIDE)
_BETWEEN = r"[^\w.;:!?\x00]{1,40}"
_BEFORE_NUMBER = r"[^\w.;!?\x00]{1,40}"  # "late shipments: 3"
_END = r"(?!\w)"
_GAPS = {gap: rf"(?:[^\w.;:,!?\x00]{{1,40}}\w{{1,40}}){{0,{most}}}?" for gap, most in {"~": 2, "\u2026": 5}.items()}
_CHINESE_NUMBER = rf"(?:\d{{1,3}}|{CHINESE_NUMBER})"
_CHINESE_GAP = r"[^,;.\u3002\x00]{0,12}?"
_APART = 45  # characters; a thing and its trouble that stand farther apart are two matters
_CLAUSE_END = re.compile(r"[.;:?!\u3002\x00]|[,(] ")
_NO_PHRASES = {"thing", "trouble", "either", "yes", "no", "near", "name", "ask", "letter", "back", "unit", "unlike"}
_CLASS = re.compile(r"\{(\w+)\}")
_SHORT = {"have": "'ve", "would": "'d", "will": "'ll"}
_SPOKEN = re.compile(rf"(?<![\w/])(we|you|they) ({'|'.join(_SHORT)})(?![\w/*])")
_NOTHING = re.compile(r"(?!)")


@cache
def pattern(*keys: str) -> re.Pattern[str]:
    """Return a pattern that finds any of the phrases stored under keys of `data/notices.toml`, in lower case.

    Args:
        keys: the path to a list of phrases. In a phrase `word*` is any word that begins so, `a/b` is either, `{name}` is any of the words
            listed under `[word]`, `~` is up to two words, `…` is up to five, and `#` is a number; "we have" is "we've", too.

    Returns:
        The pattern. Each of its gaps is bounded, so that a search takes as long as the text deserves.

    >>> pattern("issue", "unresponsive", "phrases").search("messages from buyers were not answered").group()
    'messages from buyers were not answered'
    """
    entry = load("notices.toml")
    for key in keys:
        entry = entry[key]
    return _either(entry)


def holds(text: str, *keys: str) -> bool:
    """Tell whether words hold a phrase of a list.

    Args:
        text: the words, in lower case.
        keys: the path to the list, as for `pattern`.

    >>> holds("send it within # days", "says", "plan")
    False
    """
    return bool(pattern(*keys).search(text))


Place = tuple[int, int]
Keys = tuple[str, ...]


def found_in(passages: Sequence[str], lists: Iterable[Keys]) -> tuple[Mapping[Keys, Place], ...]:
    """Search passages for many phrases: each list of phrases goes once over all of them, and no phrase reaches from one into the next.

    Args:
        passages: the passages, in lower case.
        lists: the path to each list of phrases, as for `pattern`.

    Returns:
        For each passage the lists that have a phrase in it, each with start and end of the first one that does not begin within words that
        the list `unlike` beside it holds.

    >>> found_in(["a plan", "tell us why"], [("question", "cause", "weak")])
    ({}, {('question', 'cause', 'weak'): (8, 11)})
    """
    found: tuple[dict[Keys, Place], ...] = tuple({} for _ in passages)
    text, starts, filled = _joined(passages)
    unlikes: dict[Keys, list[Place]] = {}
    for keys in lists:
        at = 0
        for match in pattern(*keys).finditer(text):
            if keys[:-1] not in unlikes:
                unlikes[keys[:-1]] = _unlike(text, keys)
            if _overlaps(unlikes[keys[:-1]], match.start(), match.start() + 1):
                continue
            while starts[at + 1] <= match.start():
                at += 1
            found[filled[at]].setdefault(keys, (match.start() - starts[at], match.end() - starts[at]))
    return found


def _joined(passages: Sequence[str]) -> tuple[str, list[int], list[int]]:
    """Return one text of all passages with words in them, where each of these begins in it, and which ones they are."""
    filled = [number for number, passage in enumerate(passages) if passage]
    starts = [0, *accumulate(len(passages[number]) + 1 for number in filled)]
    return _SEPARATOR.join(passages[number] for number in filled), starts, filled


def found_together(passages: Sequence[str], tables: Iterable[Keys]) -> tuple[Mapping[Keys, Place], ...]:
    """Search passages for a thing and its trouble: words of the list `thing` and of the list `trouble` close together, in any order.

    Args:
        passages: the passages, in lower case.
        tables: the path to each table that has both lists.

    Returns:
        For each passage the tables that have such a pair in it, each with start and end of the closest one. Between its words stands no
        end of a clause; a pair that begins within words of the list `unlike` beside the two does not count.

    >>> found_together(["two parcels are still lost"], [("issue", "not-received")])
    ({('issue', 'not-received'): (4, 26)},)
    """
    found: tuple[dict[Keys, Place], ...] = tuple({} for _ in passages)
    text, starts, filled = _joined(passages)
    for keys in tables:
        things = [match.span() for match in pattern(*keys, "thing").finditer(text)]
        troubles = [match.span() for match in pattern(*keys, "trouble").finditer(text)] if things else []
        pairs = [*_pairs(text, things, troubles)]
        unlike = _unlike(text, (*keys, "thing")) if pairs else []
        for pair in pairs:
            if _overlaps(unlike, *pair):
                continue
            at = bisect_right(starts, pair[0]) - 1
            here = found[filled[at]]
            place = (pair[0] - starts[at], pair[1] - starts[at])
            if keys not in here or place[1] - place[0] < here[keys][1] - here[keys][0]:
                here[keys] = place
    return found


def _pairs(text: str, things: Sequence[Place], troubles: Iterable[Place]) -> Iterator[Place]:
    """Yield each trouble with the thing next to it, as far as they stand in one clause."""
    for start, end in troubles:
        after = bisect_right(things, start, key=lambda thing: thing[0])
        for thing in things[max(0, after - 2) : after + 2]:
            between = (thing[1], start) if thing[1] <= start else (end, thing[0])
            if 0 <= between[1] - between[0] <= _APART and not _CLAUSE_END.search(text, *between):
                yield min(start, thing[0]), max(end, thing[1])


def _unlike(text: str, keys: Keys) -> list[Place]:
    entry = load("notices.toml")
    for key in keys[:-1]:
        entry = entry[key]
    return [match.span() for match in pattern(*keys[:-1], "unlike").finditer(text)] if "unlike" in entry else []


def _overlaps(places: list[Place], start: int, end: int) -> bool:
    number = bisect_left(places, end, key=lambda place: place[0])
    return number > 0 and start < places[number - 1][1]


def starred(word: str) -> str:
    r"""Return a pattern of a word, or of several, in which `*` stands for the rest of one.

    >>> starred("compensat*")
    'compensat\\w*'
    """
    return re.escape(word).replace(r"\*", r"\w*")


def around(cut: re.Pattern[str], text: str, start: int, end: int) -> Place:
    """Return where the part of a text between two cuts begins and ends that holds the words from start to end.

    >>> around(re.compile(", "), "one, two, three", 5, 8)
    (5, 8)
    """
    begins = max((found.end() for found in cut.finditer(text, 0, start)), default=0)
    ends = cut.search(text, end)
    return begins, ends.start() if ends else len(text)


def between(cut: re.Pattern[str], text: str) -> Iterator[Place]:
    """Yield where each part of a text between two cuts begins and ends.

    >>> list(between(re.compile(", "), "one, two"))
    [(0, 3), (5, 8)]
    """
    start = 0
    for found in cut.finditer(text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


@cache
def lists_of(*tables: str) -> tuple[Keys, ...]:
    """Return the paths to the lists of phrases in tables of `data/notices.toml`, its examples apart.

    Args:
        tables: names of the tables.

    Returns:
        The paths.

    >>> lists_of("question")[:2]
    (('question', 'cause', 'phrases'), ('question', 'cause', 'weak'))
    """
    return tuple(keys for table in tables for keys in _lists((table,), load("notices.toml")[table]))


def _lists(keys: Keys, entry: object) -> Iterator[Keys]:
    if isinstance(entry, dict):
        for key, value in entry.items():
            if key not in _NO_PHRASES:
                yield from _lists((*keys, key), value)
    elif isinstance(entry, list):
        yield keys


def _either(phrases: Iterable[str]) -> re.Pattern[str]:
    """Match the longest phrases first; a look at one character, and at the one before, tells most places where none can begin."""
    written = dict.fromkeys(form for phrase in phrases for form in (phrase, _SPOKEN.sub(_short, phrase)))
    ordered = sorted((_CLASS.sub(_any_of, phrase) for phrase in written), key=len, reverse=True)
    chinese = [phrase for phrase in ordered if _CHINESE.search(phrase)]
    words = [phrase for phrase in ordered if not _CHINESE.search(phrase)]
    parts = [
        *([rf"(?<!\w){_ahead(words)}{_tree([tuple(phrase.split()) for phrase in words])}"] if words else []),
        *([f"{_ahead(chinese)}(?:{'|'.join(map(_of_characters, chinese))})"] if chinese else []),
    ]
    return re.compile("|".join(parts)) if parts else _NOTHING


def _short(words: re.Match[str]) -> str:
    """Write words as they are spoken: "we've" for "we have"."""
    return words.group(1) + _SHORT[words.group(2)]


def _any_of(name: re.Match[str]) -> str:
    words: list[str] = load("notices.toml")["word"][name.group(1)]
    return "/".join(words) if words[0].isascii() else f"[{'/'.join(words)}]"


def _ahead(phrases: Iterable[str]) -> str:
    starts = {start for phrase in phrases for start in phrase.lstrip("[").split("]")[0].split()[0].split("/")}
    first = {re.escape(start[0]) for start in starts}
    if r"\#" in first:
        first = first - {r"\#"} | {r"\d", r"\s"} | {name[0] for name in (*number_words(), *alone(), *NUMERALS)}
    return f"(?=[{''.join(sorted(first))}])"


def _of_characters(phrase: str) -> str:
    escaped = _CHINESE_GAP.join(r"\s?".join(map(re.escape, part.split())) for part in phrase.split("\u2026"))
    either = escaped.replace(r"\[", "(?:").replace(r"\]", ")").replace("/", "|")
    return either.replace(r"\#", rf"\s?{_CHINESE_NUMBER}\s?")


def _tree(phrases: Sequence[tuple[str, ...]], begun: str = "") -> str:
    """Match any of these phrases; what several begin with is matched once."""
    tails: dict[str, list[tuple[str, ...]]] = {}
    for head, *tail in phrases:
        tails.setdefault(head, []).append(tuple(tail))
    starts = [_GAPS.get(head) or (_BEFORE_NUMBER if begun and head == "#" else begun) + _word(head) for head in tails]
    ends = [_rest([tail for tail in some if tail], head if () in some else "") for head, some in tails.items()]
    return f"(?:{'|'.join(map(''.join, zip(starts, ends, strict=True)))})"


def _rest(tails: Sequence[tuple[str, ...]], last: str) -> str:
    end = "" if last.endswith(":") else _END
    if not tails:
        return end
    return f"(?:{_tree(tails, _BETWEEN)}|{end})" if last else _tree(tails, _BETWEEN)


def _word(word: str) -> str:
    if word == "#":
        return rf"(?:\d{{1,3}}|{below_hundred()}|{'|'.join(alone())})"
    either = [starred(one) for one in word.split("/")]
    return either[0] if len(either) == 1 else f"(?:{'|'.join(either)})"
