"""A sentence as its words are looked for, wherever its lines break and whatever its spaces are."""

import re

from appealkit.memory import Memory
from appealkit.spelling import known
from appealkit.text import UNSEEN

_INCHES = "\u2033"
_TWINS = str.maketrans({chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)})  # full-width signs
_UNEVEN = re.compile(rf"[^\S ]|\s\s|\A\s|\s\Z|[{UNSEEN}]")
_BROKEN = re.compile(r"-[ \t]{0,9}\r?\n[ \t]{0,40}(?=[a-z])")  # as pages of print break a word
_END_OF_WORD, _BEGINNING = re.compile(r"[^\W\d_]{1,30}\Z"), re.compile(r"[^\W\d_]{1,30}")
_LONGEST_PART = 30


def as_read(text: str) -> str:
    r"""Write a sentence as its words are looked for: between two of them one space, nothing unseen, no full-width signs.

    A line may break between any two words, and within one behind a hyphen; whoever types Chinese types signs of full width.

    Args:
        text: a sentence.

    Returns:
        The same words; `kept` tells which of its characters these are.

    >>> as_read("The courier\n   is to bla\u00adme for 12\uff05."), as_read("We re-\nfunded it in a two-\nday run.")
    ('The courier is to blame for 12%.', 'We refunded it in a two-day run.')
    """
    return _read[text]


def _as_read(text: str) -> str:
    if _UNEVEN.search(text):
        text = "".join([" " if text[place].isspace() else text[place] for place in kept(text)])
    return _with_inches(text if text.isascii() else text.translate(_TWINS))


_read = Memory(_as_read, most=2048)


def kept(text: str) -> list[int]:
    r"""Return at which place of a sentence each character stands that `as_read` keeps.

    >>> kept("a  b\u00ad"), len(as_read("a  b\u00ad"))
    ([0, 1, 3], 3)
    """
    broken = {place for found in _BROKEN.finditer(text) for place in _left_out(text, found)}
    places: list[int] = []
    for place, character in enumerate(text):
        spaced = character.isspace() and (not places or text[places[-1]].isspace())
        if not spaced and character not in UNSEEN and place not in broken:
            places.append(place)
    return places[:-1] if places and text[places[-1]].isspace() else places


def _left_out(text: str, found: re.Match[str]) -> range:
    """Leave out the break of a word, with its hyphen where English knows the whole word: “re-funded”, but not “two-day”."""
    start, end = found.span()
    before = _END_OF_WORD.search(text, max(0, start - _LONGEST_PART), start)
    behind = _BEGINNING.match(text, end)
    whole = before is not None and behind is not None and known(f"{before[0]}{behind[0]}".lower())
    return range(start if whole else start + 1, end)


def _with_inches(text: str) -> str:
    """Tell the mark behind a figure, where no quotation is open, from a quotation mark: it stands for inches."""
    told, *pieces = text.split('"')
    read, quoted, before = [told], False, told[-1:]
    for piece in pieces:
        inches = not quoted and before.isdecimal()
        quoted = quoted != (not inches)
        read += [_INCHES if inches else '"', piece]
        before = piece[-1:]
    return "".join(read)
