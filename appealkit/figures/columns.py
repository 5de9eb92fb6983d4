"""Which column of a file of orders tells what, as a user chooses it."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from appealkit.figures.health import HealthError
from appealkit.language import Lang, beside, listed, say
from appealkit.tables import load
from appealkit.written import plain_name

DateOrder = Literal["day-first", "month-first"]
"""What comes first in a date such as 04/05/2026."""


def _parted(words: str) -> list[str]:
    """Part several choices that stand in one line; a comma within the name of a column parts nothing."""
    return [choice for choice in map(str.strip, _further().split(words)) if choice]


@cache
def _further() -> re.Pattern[str]:
    """Find what parts two choices; also in full width, as a Chinese keyboard writes it."""
    part = "|".join(map(re.escape, load("health.toml")["columns"]))
    return re.compile(rf"[,;\uff0c\uff1b\u3001](?=\s{{0,9}}(?:{part})\s{{0,9}}{_EQUALS.pattern})", re.IGNORECASE)


_EQUALS = re.compile("[=:\uff1d\uff1a]")


def chosen_columns(given: Iterable[str], lang: Lang) -> dict[str, str]:
    """Read which column of a file of orders tells what, as a user writes it.

    Args:
        given: one or more `part=column` each, such as `date=Placed`; behind a second equals sign stands which words of it are defects.
            Of a part that is given several times all words count.
        lang: language of the error, `en` or `zh-Hant`.

    Returns:
        The column of each part, with these words; `column_and_words` parts them.

    Raises:
        HealthError: when one is not written like that, or names no part, or a part has two columns.

    >>> chosen_columns(["date=Placed; rating = Stars, of five", "A-to-z: Guarantee=LATE|LOST"], "en")
    {'date': 'Placed', 'rating': 'Stars, of five', 'a-to-z': 'Guarantee=LATE|LOST'}
    """
    chosen: dict[str, str] = {}
    for words in (choice for line in given for choice in _parted(line) or [line]):
        part, name = map(str.strip, (*_EQUALS.split(words, maxsplit=1), "")[:2])
        if not name:
            raise HealthError(say("health.no-column", lang, given=words.strip(), known=parts(lang)))
        part = part.lower()
        know_part(part, lang)
        chosen[part] = _with_words_of(name, part, chosen[part], lang) if part in chosen else name
    return chosen


def _with_words_of(further: str, part: str, given: str, lang: Lang) -> str:
    """Add the words of a further choice for a part to those of the first; its column has to be the same."""
    (column, words), (other, more) = column_and_words(given), column_and_words(further)
    if plain_name(column) != plain_name(other):
        raise HealthError(say("health.two-columns", lang, part=part, columns=listed([column, other], lang)))
    return with_words(column, dict.fromkeys((*words, *more)))


def with_words(column: str, words: Iterable[str]) -> str:
    """Write a column with the words in it that are defects, as `column_and_words` parts them.

    >>> with_words("Guarantee", ["LATE", "LOST"]), with_words("Guarantee", [])
    ('Guarantee=LATE|LOST', 'Guarantee')
    """
    return "=".join(filter(None, (column, "|".join(words))))


def column_and_words(given: str) -> tuple[str, tuple[str, ...]]:
    """Part the name of a column from the words in it that are defects.

    Args:
        given: what `chosen_columns` returns for a part.

    >>> column_and_words("Guarantee = LATE | never came"), column_and_words("Guarantee")
    (('Guarantee', ('LATE', 'never came')), ('Guarantee', ()))
    """
    name, *words = re.split("[=\uff1d]", given, maxsplit=1)
    return name.strip(), tuple(word.strip() for word in re.split(r"[|\uff5c]", "".join(words)) if word.strip())


def choice_of(part: str, column: str, further: Iterable[str], given: Iterable[str] = ()) -> str:
    """Write a choice for the user to type, which `chosen_columns` reads as it is meant.

    Args:
        part: what the column tells.
        column: its name.
        further: words of it that may be defects.
        given: words that are defects already.

    Returns:
        The choice, without those words that cannot be typed so, or are too long to be; empty where none is left.

    >>> choice_of("a-to-z", "Guarantee", ["LATE", "INR|CB", "lost, total: none"])
    'a-to-z=Guarantee=LATE'
    """
    able = [word for word in further if len(word) <= _LONGEST and _reads_back(part, column, word)]
    return f"{part}={with_words(column, [*given, *able])}" if able else ""


def _reads_back(part: str, column: str, word: str) -> bool:
    """Tell whether a column with a word in it is parted as it was put together."""
    named = with_words(column, [word])
    return column_and_words(named) == (column, (word,)) and _parted(f"{part}={named}") == [f"{part}={named}"]


_LONGEST = 100  # characters of a word that is offered to be typed


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
