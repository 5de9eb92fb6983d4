"""Which column of a file of orders tells what, as a user chooses it."""

import re
from collections.abc import Iterable
from typing import Literal

from appealkit.health import HealthError
from appealkit.text import Lang, beside, listed, load, say

DateOrder = Literal["day-first", "month-first"]
"""What comes first in a date such as 04/05/2026."""


def parted(words: str) -> list[str]:
    """Part several choices of columns that stand in one line: at a comma or semicolon of any width, if a further choice follows.

    Args:
        words: such as `date=Placed, a-to-z=Guarantee`.

    Returns:
        One choice each; a comma within the name of a column parts nothing.

    >>> parted("date=Placed; rating = Stars, of five")
    ['date=Placed', 'rating = Stars, of five']
    """
    return [choice for choice in map(str.strip, _FURTHER.split(words)) if choice]


_FURTHER = re.compile(
    r"[,;\uff0c\uff1b\u3001](?=\s{0,9}[a-z-]{1,30}\s{0,9}[=\uff1d\uff1a])"
)  # full width, as a Chinese keyboard writes them
_EQUALS = re.compile(r"[=\uff1d\uff1a]")


def chosen_columns(given: Iterable[str], lang: Lang) -> dict[str, str]:
    """Read which column of a file of orders tells what, as a user writes it.

    Args:
        given: one `part=column` each, such as `date=Placed`.
        lang: language of the error, `en` or `zh-Hant`.

    Returns:
        The column of each part.

    Raises:
        HealthError: when one is not written like that, or names no part.

    >>> chosen_columns(["date=Placed", "a-to-z = Guarantee"], "en")
    {'date': 'Placed', 'a-to-z': 'Guarantee'}
    """
    chosen = {}
    for words in given:
        part, name = map(str.strip, (*_EQUALS.split(words, maxsplit=1), "")[:2])
        if not name:
            raise HealthError(say("health.no-column", lang, given=words.strip(), known=parts(lang)))
        know_part(part, lang)
        chosen[part] = name
    return chosen


def know_part(part: str, lang: Lang) -> None:
    """Refuse what no column can tell.

    Args:
        part: what a column is to tell.
        lang: language of the error, `en` or `zh-Hant`.

    Raises:
        HealthError: when it is no part of a file of orders.
    """
    if part not in load("health.toml")["columns"]:
        raise HealthError(say("health.no-part", lang, part=part, known=parts(lang)))


def parts(lang: Lang) -> str:
    """List what a column can tell, each by the name that chooses it and in words; a file with a `total` is refused, so it is not named.

    Args:
        lang: `en` or `zh-Hant`.
    """
    strings = load("strings.toml")
    of = {**strings["defect"], **strings["health"]["part"]}
    return listed((beside(part, of[part][lang], lang) for part in load("health.toml")["columns"] if part != "total"), lang)
