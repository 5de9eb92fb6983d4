"""Phrases of the data to patterns that search a text in linear time."""

import re
from collections.abc import Iterable
from functools import cache

from appealkit.text import load

_CHINESE = re.compile(r"[\u2e80-\u9fff]")
_BETWEEN = r"[^\w.;!?]{1,40}"
_END = r"(?!\w)"
_GAP = rf"(?:{_BETWEEN}\w{{1,40}}){{0,5}}?"
_CHINESE_NUMBER = r"(?:\d{1,3}|[\u4e00\u4e8c\u5169\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]{1,3})"
_CHINESE_GAP = r"[^,;.\u3002]{0,12}?"


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


def _either(phrases: Iterable[str]) -> re.Pattern[str]:
    """Match the longest phrases first; a look at one character tells most places where none can begin."""
    ordered = sorted(phrases, key=len, reverse=True)
    first = {re.escape(start[0]) for phrase in ordered for start in phrase.split()[0].split("/")}
    ahead = "" if "\\#" in first else f"(?=[{''.join(sorted(first))}])"
    return re.compile(f"{ahead}(?:{'|'.join(map(_compiled, ordered))})")


def _compiled(phrase: str) -> str:
    if _CHINESE.search(phrase):
        escaped = _CHINESE_GAP.join(r"\s?".join(map(re.escape, part.split())) for part in phrase.split("\u2026"))
        return escaped.replace(r"\#", rf"\s?{_CHINESE_NUMBER}\s?")
    parts = [_BETWEEN.join(map(_word, part.split())) for part in phrase.split("\u2026")]
    return rf"(?<!\w){(_GAP + _BETWEEN).join(parts)}{'' if phrase.endswith(':') else _END}"


def _word(word: str) -> str:
    if word == "#":
        return rf"(?:\d{{1,3}}|{'|'.join(load('notices.toml')['number'])})"
    either = [re.escape(one).replace(r"\*", r"\w*") for one in word.split("/")]
    return either[0] if len(either) == 1 else f"(?:{'|'.join(either)})"
