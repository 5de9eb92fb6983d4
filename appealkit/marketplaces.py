"""Amazon's marketplaces: what they are called, where words name one, and how letters to it write English."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from appealkit.text import load
from appealkit.vocabulary import months


def marketplace_name(given: str) -> str:
    """Return what a marketplace is called.

    Args:
        given: Amazon's id of it, or a name.

    Returns:
        The name for a known id, and whatever else as it was given.

    >>> marketplace_name("A1F83G8C2ARO7P"), marketplace_name("Amazon.de")
    ('Amazon.co.uk', 'Amazon.de')
    """
    name: str = load("health.toml")["marketplaces"].get(given, given)
    return name


def key_of(given: str) -> str:
    """Return the name of the group in which `marketplaces` finds a marketplace.

    Args:
        given: Amazon's id of it, or a name.

    >>> key_of("A1F83G8C2ARO7P"), key_of("Amazon.de")
    ('amazon_co_uk', 'amazon_de')
    """
    return marketplace_name(given).lower().replace(".", "_")


@cache
def marketplaces() -> re.Pattern[str]:
    """Find the marketplaces that a text in lower case names, by their address or by their country."""
    site = "marketplaces?|store|site|account|shop|amazon"
    shapes = {name: re.escape(name.lower()) + r"(?!\.?[a-z0-9_])" for name in load("health.toml")["marketplaces"].values()}
    for name, words in load("agreement.toml")["place"].items():
        country = "|".join(words)
        shapes[name] += rf"|\b(?:{country}) (?:{site})\b|\b(?:{site}) (?:(?:in|for) )?(?:the )?(?:{country})(?!\w)"
    return re.compile("|".join(rf"(?P<{key_of(name)}>{shape})" for name, shape in shapes.items()))


@dataclass(frozen=True, slots=True)
class English:
    """How a letter writes English (`data/english.toml`).

    Args:
        form: that of a date, of its `day`, `month` and `year`.
        comma: what stands behind a date that opens a sentence.
        words: words of the letter's template, each with what is written here.
    """

    form: str
    comma: str = ""
    words: tuple[tuple[str, str], ...] = ()

    def day(self, day: date) -> str:
        """Write a date, with the month spelt out: digits alone can be read as two different days."""
        return self.form.format(day=day.day, month=months()[day.month - 1].capitalize(), year=day.year)

    def spell(self, words: str) -> str:
        """Write words of the kit's own as they are written here."""
        for word, here in self.words:
            words = re.sub(rf"\b{word}\b", here, words)
        return words


@lru_cache(maxsize=64)
def english_of(marketplace: str, voice: str = "we") -> English:
    """Return how a letter writes English.

    Args:
        marketplace: where it goes, as the seller names it; of several the first counts.
        voice: `we` or `I`.

    >>> [english_of(name).day(date(2026, 3, 2)) for name in ("Amazon.com", "Amazon US", "Amazon.com.au", "")]
    ['March 2, 2026', 'March 2, 2026', '2 March 2026', '2 March 2026']
    >>> english_of("Amazon.com", "I").spell("We apologise; the fault was ours.")
    'I apologize; the fault was mine.'
    """
    table = load("english.toml")
    found = marketplaces().search(f"amazon {marketplace_name(marketplace).lower()}")  # so that a country by itself is found, too
    places = {key_of(name): told for name, told in table["marketplace"].items()}
    told = places.get(str(found and found.lastgroup), places[""])
    return English(told["date"], told.get("comma", ""), (*told.get("words", {}).items(), *table["voice"][voice].items()))
