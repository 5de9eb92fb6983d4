"""A sentence quoted by the words that decided what is said of it."""

import re
from collections.abc import Collection, Sequence

_QUOTED = 22  # words; of a sentence with more a part is quoted
_FEW = 2  # words; so few at an end of the sentence are not left out
_LEAST = 8  # words; a shorter clause is quoted with what stands around it
_CLAUSE_ENDS = (",", ";", ":", ".", "!", "?", "\u2013", "\u2014")


def quoted(sentence: str, stretches: Collection[tuple[int, int]]) -> str:
    """Quote a sentence in one line: a short one whole, of a long one the part around the words that decided.

    Args:
        sentence: its text.
        stretches: where the words begin and end that decided, the heaviest first; without any, the beginning is quoted.

    Returns:
        The words, with an ellipsis where some are left out.

    >>> quoted("We count and pack by hand, and, as you know, this winter was so hard that the postman, who is lazy, lost it.", [(86, 97)])
    '… this winter was so hard that the postman, who is lazy, lost it.'
    """
    words = [found.span() for found in re.finditer(r"\S+", sentence)]
    first, last = (0, len(words) - 1) if len(words) <= _QUOTED else _part(sentence, words, stretches)
    part = " ".join(sentence[start:end] for start, end in words[first : last + 1])
    return f"{'… ' if first else ''}{part}{' …' if last + 1 < len(words) else ''}"


def _part(sentence: str, words: Sequence[tuple[int, int]], stretches: Collection[tuple[int, int]]) -> tuple[int, int]:
    """Choose the words to quote: as many of the deciding ones as there is room for, and of their clause what there is room for."""
    first, last = 0, -1
    for start, end in stretches:
        touched = [number for number, (begin, stop) in enumerate(words) if begin < end and start < stop]
        wider = (min(first, touched[0]), max(last, touched[-1])) if last >= 0 else (touched[0], touched[-1])
        if last < 0 or wider[1] - wider[0] < _QUOTED:
            first, last = wider
    if last < 0:
        return 0, _QUOTED - 1
    closed = [sentence[end - 1] in _CLAUSE_ENDS for _, end in words]  # does a clause end with a word?
    while (room := _QUOTED - (last - first + 1)) > 0:
        few = last - first + 1 < _LEAST
        before = first > 0 and (few or not closed[first - 1])
        after = last + 1 < len(words) and (few or not closed[last])
        if not (before or after):
            break
        first -= before
        last += after and room > before
    return first if first > _FEW else 0, last if last + _FEW < len(words) - 1 else len(words) - 1
