"""Where the letter begins and ends in a text: below a pasted notice of Amazon's, above an earlier mail, and above who signs."""

import re
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise, takewhile
from operator import attrgetter

from appealkit.layout import COLONS, TERMINAL, anywhere, layout_words, opening
from appealkit.lines import Line

_NOTICE_LINES = 200
_SITE = re.compile(r"(?:https?://|www\.)\S{0,20}amazon\.\S{1,40}")  # below who signs
_ANSWER_WORDS = 8
_HEADER = re.compile(r"[^\W\d_][\w -]{1,30}[:\uff1a]\s")
_DIVIDES = re.compile(r"[-=*_#~ ]{2,}[^-=*_#~]{1,60}[-=*_#~ ]{2,}")  # "----- My answer -----"
_AND = re.compile(r"(?:and|&|\+) ", re.IGNORECASE)
_THANKS = re.compile(r"(?:many )?thank(?:s| you)[.,!]?\Z", re.IGNORECASE)
_SHORTENED = re.compile(r"(?:\b[A-Z][^\W\d_]{0,3}|\.[^\W\d_]|\bL\.L\.C)\.\Z")  # "Kft.", "d.o.o."


def end_of_notice(lines: list[Line]) -> int:
    """Count the lines at the top that are a pasted notice of Amazon's."""
    quoted = [number for number, line in enumerate(lines[:_NOTICE_LINES], 1) if line.quoted]
    if quoted and len(quoted) * 2 > quoted[-1] and not _points_of_seller(lines[: quoted[-1]]):
        return quoted[-1]
    opened = bool(lines) and bool(anywhere("notice_opening").search(lines[0].text.lower()))
    cues = closed = 0
    for number, line in enumerate(lines[:_NOTICE_LINES]):
        lower = line.text.lower()
        from_seller = _speaks_as_seller(line.text)
        if not from_seller and _speaks_as_amazon(lower):
            if not cues and number > 5 and not opened:
                return 0
            cues += 1
        elif cues and (lower.rstrip(" .,-") in layout_words("notice_closing") or (closed == number and _SITE.fullmatch(lower))):
            closed = number + 1
        elif (cues or opened) and number and (line.ruled or _answers(lower)):
            return number + (_DIVIDES.fullmatch(line.text) is not None)
        elif from_seller and (line.gap or line.ruled):
            return closed or number if cues > 1 or closed or (opened and cues) else 0
    return closed


def start_of_earlier(lines: list[Line]) -> int:
    """Find the line with which an earlier mail begins below the letter; the number of lines when there is none.

    Below it the seller says nothing any more: else the mail stands above the letter.
    """
    count = len(lines)
    begun = next((number for number, line in enumerate(lines) if not _HEADER.match(line.text)), count)  # behind a head of its own
    first = 1 + max((number for number, line in enumerate(lines) if not line.quoted and _speaks_as_seller(line.text)), default=begun)
    of_amazon = any(_speaks_as_amazon(line.text.lower()) for line in lines[first:])
    quoted = count - len([*takewhile(attrgetter("quoted"), reversed(lines[first:]))])
    if not of_amazon or count - quoted < _HEAD:
        quoted = count
    foreign = of_amazon or any(line.quoted for line in lines[first:])
    return next((number for number in range(first, quoted) if _begins_mail(lines[number : number + _HEAD], foreign=foreign)), quoted)


def _begins_mail(head: list[Line], *, foreign: bool) -> bool:
    """Does an earlier mail begin here: with a line that parts it, one that says who wrote what is foreign below, or its head?"""
    text, *below = [line.text.lower() for line in head]
    if len(text) < _LONGEST_PART and anywhere("mail_parts").search(text) and not any(map(str.isalnum, text[:2])):
        return True
    wrote = _wrote(text) or (bool(below) and not _wrote(below[0]) and _wrote(f"{text} {below[0]}"))  # it may go on in a second line
    return (wrote and foreign) or (len(head) == _HEAD and all(map(_in_head, head)))


_HEAD = 3  # lines of the head of a mail, at least
_LONGEST_PART, _LONGEST_WROTE = 60, 200  # characters


def _wrote(text: str) -> bool:
    """Does it say when somebody wrote what follows?"""
    dated = len(text) < _LONGEST_WROTE and text.endswith(COLONS) and any(map(str.isdecimal, text))
    return dated and bool(anywhere("mail_wrote").search(text))


def _in_head(line: Line) -> bool:
    found = opening("mail_head").match(line.text)
    return found is not None and line.text[found.end() :].startswith((":", " :", "\uff1a"))


def _points_of_seller(lines: list[Line]) -> bool:
    """Do lines with ">" before them stand in the seller's own text, nothing in them being Amazon's? Then it is the mark of points."""
    of_seller = any(_speaks_as_seller(line.text) for line in lines if not line.quoted)
    of_seller = of_seller or (all(line.quoted for line in lines) and any(_greets_amazon(line.text) for line in lines))
    parted = not lines[0].quoted and any(one.quoted and not other.quoted for one, other in pairwise(lines))
    return (of_seller or parted) and not any(_speaks_as_amazon(line.text.lower()) for line in lines if line.quoted)


def mark_points(lines: list[Line], first: int) -> None:
    """Take ">" before a few lines of the letter itself, which begins with the first, for the mark of its points."""
    quoted = [number for number in range(first, len(lines)) if lines[number].quoted and not lines[number].mark]
    if len(quoted) * 2 < len(lines) - first:
        for number in quoted:
            lines[number] = replace(lines[number], mark="quote")


def _answers(line: str) -> bool:
    """Does a line say that what follows is the answer to the message above?"""
    return len(line.split()) <= _ANSWER_WORDS and bool(anywhere("notice_answer").search(line))


@lru_cache(maxsize=2048)
def _speaks_as_amazon(lower: str) -> bool:
    return bool(anywhere("notice").search(lower))


@lru_cache(maxsize=2048)
def _speaks_as_seller(line: str) -> bool:
    if line.endswith("?"):  # Amazon asks in the reader's name: "How do I reactivate my account?"
        return False
    return (_greets_amazon(line) and "amazon" in line.lower()) or bool(anywhere("seller").search(line[:400]))


def _greets_amazon(line: str) -> bool:
    lower = line.lower()
    return bool(opening("greeting").match(line)) and ("amazon" in lower or "seller performance" in lower) and "from amazon" not in lower


def start_of_signoff(lines: list[Line], first: int) -> int:
    """Find the line that opens the closing block; the number of lines when there is none."""
    count = len(lines)
    for number in range(count - 1, max(first - 1, count - 9), -1):
        line = lines[number]
        if line.mark.startswith("number") or len(line.text.split()) > 12:
            break
        if opens_signoff(line.text, last=number in {first, count - 1}) and not _is_addressed(line.text):
            return _first_of_signoff(lines, first, number)
    start = count
    while start - 1 > first and count - start < 5 and _is_name(lines[start - 1]):
        start -= 1
        if lines[start].gap:
            return start
    above = start - 1  # a valediction in another language: a few words of their own above the name
    if above > first and start < count and lines[above].gap and not lines[above].mark and _is_short(lines[above].text):
        return above
    return count


def _is_addressed(line: str) -> bool:
    """Does it greet the reader, as the first line of a short letter does where the closing of a long one would stand?"""
    return line.endswith(",") and bool(opening("addressed").match(line))


def _is_short(line: str) -> bool:
    return len(line.split()) <= 4 and line[0].isupper() and not line.endswith((*TERMINAL, ":"))


def _first_of_signoff(lines: list[Line], first: int, number: int) -> int:
    """Go up to where the closing begins: "Thank you." straight above "Regards" belongs to the same block."""
    while number - 1 > first and not lines[number].gap and _closes(lines[number - 1].text):
        number -= 1
    return number


def _closes(line: str) -> bool:
    return bool(_THANKS.match(line)) or opens_signoff(line)


def opens_signoff(line: str, *, last: bool = False) -> bool:
    """Tell whether a line opens the closing block; of the last one, a comma at its end does not tell it."""
    words = line.split()
    if not last and len(words) <= 8 and line.endswith(",") and line[0].isupper():
        return True
    while words and not any(map(str.isalnum, words[-1])):  # pictures behind the words
        words.pop()
    line = " ".join(words)
    found = opening("valediction").match(line)
    if not found or len(words) > 9:
        return False
    rest = line[found.end() :].strip()
    joined = _AND.match(rest)
    if joined and opens_signoff(rest[joined.end() :], last=last):  # "Thank you and God bless"
        return True
    free = found.group().lower().startswith(tuple(layout_words("valediction_free")))
    return not rest or len(rest.split(",")[0].split()) <= 2 or rest[0] in ",.!-\u2013" or free or len(rest.split()) <= 2


def _is_name(line: Line) -> bool:
    """May it be a line of a closing block: a name, an office, an address?"""
    words = line.text.split()
    if (line.mark and not line.mark.startswith("letter")) or len(words) > 9 or line.text.endswith(COLONS):
        return False
    if line.text.endswith(TERMINAL):
        return len(words) <= 7 and _SHORTENED.search(line.text) is not None
    capitals = sum(word[0].isupper() or not word[0].isalpha() for word in words)
    return capitals * 2 > len(words) or (len(words) <= 7 and not anywhere("speech").search(line.text))
