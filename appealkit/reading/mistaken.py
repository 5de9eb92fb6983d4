"""What is taken for a notice and is none: the seller's own letter to Amazon, data, or words of something else."""

import re

from appealkit.notice import Cue
from appealkit.phrases import holds
from appealkit.reading.page import Page
from appealkit.roles import STEPS, Role, read
from appealkit.segment import segment
from appealkit.span import Span
from appealkit.spelling import known
from appealkit.text import CHINESE

_READ = 30_000  # characters; no letter has as many
_TELLING = (Role.ACKNOWLEDGEMENT, Role.CAUSE, *sorted(STEPS), Role.COMMITMENT)
_KINDS = 3  # of these roles, at least, that a letter has beyond doubt
_SHARE = 0.35  # of the sentences of a letter, at least, that have one
_US = re.compile(r"\b(?:i|me|my|we|us|our)\b")
_YOU = re.compile("\\byours?\\b|\\byou\\b|[\u60a8\u4f60]")
_YOURS = re.compile(r"\byour (?:[a-z.-]{1,20} ){0,3}?(?:account|rate|privileges|listings?|store|shop|offers)\b|[\u60a8\u4f60]\u7684")
"""What Amazon alone calls so: beside it a letter is only quoted, or pasted below the notice."""
_JSON = re.compile(r"\s*(?:\{\s*\"|\[\s*[\[{\"])")
_ROWS = 3  # at least, that make a table
_ALIKE = 0.9  # of the rows of a table, more than; the last may be cut off
_ENDS = ".,:;!?\u3002"  # of a line that names no columns
_SHOWN = 40  # characters of data, or of what is about nothing
_CHINESE = re.compile(CHINESE)
_LATIN = "\u0250"  # from here on, letters are none of the Latin alphabet
_STRANGE = 0.2  # of the letters, more than
_TELL, _ENGLISH = 3, 0.6  # words, more than, of which at least this share is English


def mistaken(page: Page) -> list[Cue]:
    """Tell what was taken for a notice, by its words; nothing of what may be one.

    A letter admits, tells causes and steps that its writer took, and speaks more of him than to the reader; Amazon does the contrary.

    Args:
        page: what was pasted.

    Returns:
        Words of a `letter`, or the beginning of `data`.
    """
    text = page.text[:_READ]
    if _is_data(text):
        start = len(text) - len(text.lstrip())
        return [("data", Span(start, min(start + _SHOWN, len(text))))]
    words = [one.piece.lower for one in page.told]
    us, you = (sum(map(bool, map(person.search, words))) for person in (_US, _YOU))
    if us <= you or any(map(_YOURS.search, words)):
        return []
    start, end = page.told[0].piece.start, min(page.told[-1].piece.end, _READ)
    sentences = read(text[start:end], segment(text[start:end]))
    telling = {role: [sentence for sentence in sentences if role in sentence.clear] for role in _TELLING}
    roles = [role for role, having in telling.items() if having]
    if len(roles) < _KINDS or sum(map(len, telling.values())) < _SHARE * len(sentences):
        return []
    spans = [next(iter(telling[role][0].deciding(role)), telling[role][0].span) for role in roles]
    return [("letter", Span(start + span.start, start + span.end)) for span in sorted(spans)]


def about_nothing(page: Page) -> list[Cue]:
    """Tell that a text in which no question was found is no message of Amazon's: no word of it is about an account or its orders.

    Args:
        page: what was pasted.

    Returns:
        The beginning of the text, as `nothing`.
    """
    text = page.text[:_READ].strip()
    if not text or holds(text.lower(), "matter", "phrases"):
        return []
    start = page.text.index(text)
    end = len(text) if len(text) <= _SHOWN else max(text.rfind(" ", 0, _SHOWN), 0) or _SHOWN
    return [("nothing", Span(start, start + end))]


def is_foreign(page: Page) -> bool:
    """Is it in another language than English and Chinese? A word or two do not tell, nor do names in a Chinese notice.

    Args:
        page: what was pasted.
    """
    text = " ".join(told.piece.lower for told in page.told)
    letters = [letter for letter in text if letter.isalpha()]
    strange = [letter for letter in letters if letter > _LATIN and not _CHINESE.match(letter)]
    words = [word for word in re.findall(r"[^\W\d_]+", text) if word < _LATIN]
    in_latin = len(words) > _TELL and 2 * sum(map(len, words)) > len(letters)
    return len(strange) > _STRANGE * len(letters) or (in_latin and sum(map(known, words)) < _ENGLISH * len(words))


def _is_data(text: str) -> bool:
    """Is it JSON and nothing else, or have nearly all of its lines the columns of the first?"""
    if _JSON.match(text):
        return len(text) == _READ or text.rstrip()[-1] in "]}"
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < _ROWS or lines[0].rstrip()[-1] in _ENDS:
        return False
    columns = [(lines[0].count(sign), sum(line.count(sign) == lines[0].count(sign) for line in lines)) for sign in "\t;,"]
    return any(count > 1 and alike > _ALIKE * len(lines) for count, alike in columns)
