"""Phrases of the data to patterns that search a text in linear time."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate

from appealkit.text import load

_SEPARATOR = "\x00"
_CHINESE = re.compile(r"[\u2e80-\u9fff]")
_BETWEEN = r"[^\w.;!?\x00]{1,40}"
_END = r"(?!\w)"
_GAP = rf"(?:{_BETWEEN}\w{{1,40}}){{0,5}}?"
_CHINESE_NUMBER = r"(?:\d{1,3}|[\u4e00\u4e8c\u5169\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]{1,3})"
_CHINESE_GAP = r"[^,;.\u3002\x00]{0,12}?"
_NO_PHRASES = {"yes", "no", "near", "name", "ask", "topics", "unit"}
_NOTHING = re.compile(r"(?!)")


@cache
def pattern(*keys: str) -> re.Pattern[str]:
    """Return a pattern that finds any of the phrases stored under keys of `data/notices.toml`, in lower case.

    Args:
        keys: the path to a list of phrases. In a phrase `word*` is any word that begins so, `a/b` is either, `…` is up to five words, and
            `#` is a number.

    Returns:
        The pattern. Each of its gaps is bounded, so that a search takes as long as the text deserves.

    >>> pattern("issue", "unresponsive", "phrases").search("messages from buyers were not answered").group()
    'messages from buyers were not answered'
    """
    entry = load("notices.toml")
    for key in keys:
        entry = entry[key]
    return _either(entry)


Place = tuple[int, int]
Keys = tuple[str, ...]


def found_in(passages: Sequence[str], lists: Iterable[Keys]) -> tuple[Mapping[Keys, Place], ...]:
    """Search passages for many phrases: each list of phrases goes once over all of them, and no phrase reaches from one into the next.

    Args:
        passages: the passages, in lower case.
        lists: the path to each list of phrases, as for `pattern`.

    Returns:
        For each passage the lists that have a phrase in it, each with start and end of the first one.

    >>> found_in(["a root cause", "tell us why"], [("question", "cause", "weak")])
    ({}, {('question', 'cause', 'weak'): (8, 11)})
    """
    found: tuple[dict[Keys, Place], ...] = tuple({} for _ in passages)
    filled = [number for number, passage in enumerate(passages) if passage]
    starts = [0, *accumulate(len(passages[number]) + 1 for number in filled)]
    text = _SEPARATOR.join(passages[number] for number in filled)
    for keys in lists:
        at = 0
        for match in pattern(*keys).finditer(text):
            while starts[at + 1] <= match.start():
                at += 1
            found[filled[at]].setdefault(keys, (match.start() - starts[at], match.end() - starts[at]))
    return found


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
    ordered = sorted(phrases, key=len, reverse=True)
    chinese = [phrase for phrase in ordered if _CHINESE.search(phrase)]
    words = [phrase for phrase in ordered if not _CHINESE.search(phrase)]
    parts = [
        *([rf"(?<!\w){_ahead(words)}(?:{'|'.join(map(_of_words, words))})"] if words else []),
        *([f"{_ahead(chinese)}(?:{'|'.join(map(_of_characters, chinese))})"] if chinese else []),
    ]
    return re.compile("|".join(parts)) if parts else _NOTHING


def _ahead(phrases: Iterable[str]) -> str:
    first = {re.escape(start[0]) for phrase in phrases for start in phrase.split()[0].split("/")}
    if r"\#" in first:
        first = first - {r"\#"} | {r"\d", r"\s"} | {re.escape(name[0]) for name in load("notices.toml")["number"]}
    return f"(?=[{''.join(sorted(first))}])"


def _of_characters(phrase: str) -> str:
    escaped = _CHINESE_GAP.join(r"\s?".join(map(re.escape, part.split())) for part in phrase.split("\u2026"))
    return escaped.replace(r"\#", rf"\s?{_CHINESE_NUMBER}\s?")


def _of_words(phrase: str) -> str:
    parts = [_BETWEEN.join(map(_word, part.split())) for part in phrase.split("\u2026")]
    return rf"{(_GAP + _BETWEEN).join(parts)}{'' if phrase.endswith(':') else _END}"


def _word(word: str) -> str:
    if word == "#":
        return rf"(?:\d{{1,3}}|{'|'.join(load('notices.toml')['number'])})"
    either = [re.escape(one).replace(r"\*", r"\w*") for one in word.split("/")]
    return either[0] if len(either) == 1 else f"(?:{'|'.join(either)})"
