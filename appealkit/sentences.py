"""Running text to sentences."""

import re
from functools import lru_cache

from appealkit.layout import layout_words
from appealkit.vocabulary import months

_END = re.compile(  # begins with a set of characters, so that a search leaps from one of them to the next
    r"[.!?\u2026\u3002\uff01\uff1f\"\u201c\u201d]"
    r"(?:(?<=[.!?\u2026])[.!?\u2026]*[\"'\u2019\u201d)\]]*|(?<=[\u3002\uff01\uff1f])[\u3002\uff01\uff1f]*[\u300d\u300f\u201d\uff09]*)?"
)
_TOKEN = re.compile(r"[^\W_]+(?:[.'\u2019][^\W_]+)*\Z")
_LONGEST_TOKEN = 40
_DOTTED = re.compile(r"[^\W\d_]{1,2}(?:\.[^\W\d_]{1,3})+")  # "s.a", "o.o"
_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])")  # "23.10", which people write with a full stop behind it
_SPACE = re.compile(r"\s*")


@lru_cache(maxsize=2048)
def sentence_spans(prose: str) -> tuple[tuple[int, int], ...]:
    """Split running text; offsets are relative to it."""
    pieces: list[tuple[int, int]] = []
    start = 0
    quoted_since = -1
    for found in _END.finditer(prose):
        mark = found.group()
        if mark in '"\u201c\u201d':
            inches = prose[max(0, found.start() - 1) : found.start()].isdecimal()
            opening = mark == "\u201c" or (mark == '"' and quoted_since < 0 and not inches)
            quoted_since = found.start() if opening else -1
            continue
        if '"' in mark or "\u201d" in mark:
            quoted_since = -1
        elif quoted_since >= 0 and found.start() - quoted_since < 300:
            continue
        if _ends(prose, found):
            pieces.append((start, found.end()))
            start = found.end()
            while start < len(prose) and prose[start].isspace():
                start += 1
    if start < len(prose):
        pieces.append((start, len(prose)))
    return tuple(pieces)


def _ends(prose: str, found: re.Match[str]) -> bool:
    """Does this punctuation end a sentence?"""
    mark, end = found.group(), found.end()
    if end == len(prose) or mark[0] in "\u3002\uff01\uff1f":
        return True
    follower = prose[end : end + _LONGEST_TOKEN].lstrip() or " "
    before = prose[max(0, found.start() - _LONGEST_TOKEN) : found.start()]
    token = _TOKEN.search(before, before.rfind(" ") + 1)
    word = token.group() if token else ""
    if not prose[end].isspace():
        return mark == "." and _glued(word, follower)
    if follower[0] in "|,;.":  # a cell of a table, or dots that lead to a figure
        return False
    if mark.startswith(("..", "\u2026")) or mark[-1] in '"\u201d':
        return not follower[0].islower()
    start = found.start() - len(word)
    if _DAY.fullmatch(word):
        return mark[0] in "!?" or not _is_day(prose[max(0, start - _LONGEST_TOKEN) : start].split()[-2:], follower)
    return mark[0] in "!?" or not _abbreviated(word.lower(), prose, start, follower)


def _glued(word: str, follower: str) -> bool:
    """Does a sentence end here and the next one begin without a space, as in `late.We`, but not in `amazon.co`?"""
    first, _, rest = follower.partition(" ")
    begins = (follower[0].isupper() and (follower[1:2].islower() or first == "I")) or (bool(rest) and first in layout_words("first_word"))
    return begins and (word.isdigit() or word[-1:].islower()) and word.lower() != "amazon"


def _abbreviated(word: str, prose: str, start: int, follower: str) -> bool:
    """Does the full stop behind a word belong to it?"""
    if word in layout_words("abbreviation") or (not follower[0].isupper() and _DOTTED.fullmatch(word)):
        return True
    next_word = _next_word(follower)
    begins = follower[0].isupper() and next_word in layout_words("first_word")
    if word in layout_words("abbreviation_of_number"):
        return not begins
    if len(word) == 1 and word.isalpha() and (word != "i" or follower.startswith("e.")):
        # "J. Lin" and "O. He", but "of 9 V.", "size M. The" and "in store B. 15 of them"
        counts = follower[0].isdigit() and start > 0 and prose[start].isupper()
        return (
            not counts and not prose[max(0, start - 2) : start].strip().isdigit() and (not begins or next_word in layout_words("surname"))
        )
    if word in layout_words("ordinal"):
        return _SPACE.fullmatch(prose, 0, start) is not None
    if word in layout_words("abbreviation_or_end") or word.endswith("str"):  # "Lindenstr. 4"
        return not begins
    return word.isdigit() and len(word) <= 2 and next_word in months()


def _next_word(follower: str) -> str:
    return re.split(r"[^\w']", follower, maxsplit=1)[0].lower()


def _is_day(before: list[str], follower: str) -> bool:
    """Do the words around "27.11." go on: "on 27.11. they", "On 27.11. Petra", "1.11. to 27.11. they", but not "over 2.5. they"?"""
    next_word, last = _next_word(follower), before[-1] if before else ""
    if follower[0].isupper() and (last.islower() or next_word in layout_words("first_word")):
        return False
    ranging = last.lower() in layout_words("between_days") and _DAY.fullmatch(before[0].rstrip(".")) is not None
    return ranging or last.lower() in layout_words("before_day") or (follower[0].islower() and next_word in layout_words("behind_day"))


_FURTHER_DAY = re.compile(
    r"(?<=[\w,;] )(?:and |then |and then )(?=(?:on|since|from|as of) (?:\d{1,2} \w+|\w+ \d{1,2})(?: \d{4})?,? (?!and\b)\w+ \w+ \w+)",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)
def clauses(sentence: str) -> tuple[str, ...]:
    """Split a sentence in front of each further day on which, or since which, something was done.

    Args:
        sentence: its text.

    Returns:
        Its parts; one where no further day begins another.

    >>> clauses("On 3 May we refunded all, and since 4 May 2026 Li checks each box.")
    ('On 3 May we refunded all', 'since 4 May 2026 Li checks each box.')
    """
    return tuple([part.rstrip(" ,;") for part in _FURTHER_DAY.split(sentence)])
