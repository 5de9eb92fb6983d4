"""Amazon's marketplaces: what they are called, where words name one, and how letters to it write English."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from appealkit.tables import load
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
    return next((name for name, known in known_marketplaces().items() if known["id"] == given), given)


def known_marketplaces() -> Mapping[str, Mapping[str, Any]]:
    """Return what `data/marketplaces.toml` tells of each marketplace, by its name."""
    known: Mapping[str, Mapping[str, Any]] = load("marketplaces.toml")["marketplace"]
    return known


def key_of(given: str) -> str:
    """Return the name of the group in which `marketplaces` finds a marketplace.

    Args:
        given: Amazon's id of it, or a name, such as one in a seller's own files.

    >>> key_of("A1F83G8C2ARO7P"), key_of("Amazon.de"), key_of("AMZ-DE"), key_of("Our Shop")
    ('amazon_co_uk', 'amazon_de', 'amazon_de', 'our shop')
    """
    return _key(marketplace_meant(given) or given)


def _key(name: str) -> str:
    return name.lower().replace(".", "_")


@lru_cache(maxsize=64)
def marketplace_meant(given: str) -> str:
    """Return the marketplace of Amazon's that a name means; of several the first. Empty where it means none that is known.

    Args:
        given: Amazon's id of it, its address or its country, or a name with the code of the country.

    >>> [marketplace_meant(name) for name in ("ATVPDKIKX0DER", "AMZ-US", "amazon uk", "DE", "Amazon", "eBay-DE")]
    ['Amazon.com', 'Amazon.com', 'Amazon.co.uk', 'Amazon.de', '', '']
    """
    if is_elsewhere(given):
        return ""
    name = marketplace_name(given).lower()
    found = marketplaces().search(f"amazon {name}")  # so that a country by itself is found, too
    if found:
        return next(known for known in known_marketplaces() if _key(known) == found.lastgroup)
    code = _no_code().sub("", name)
    return next((name for name, known in known_marketplaces().items() if code in known["codes"]), "")


@cache
def _no_code() -> re.Pattern[str]:
    """Find what may stand beside the code of a country in the name of a marketplace."""
    stored = load("marketplaces.toml")["amazon"]
    return re.compile(rf"{_any_of(stored['names'])}|(?<![a-z]){_any_of(stored['beside_code'])}(?![a-z])|[^a-z\u4e00-\u9fff]")


def _any_of(words: Iterable[str]) -> str:
    """Match any of some words; a space in one may be another sign, or none."""
    shapes = (r"[\W_]?".join(map(re.escape, word.split())) for word in words)
    return f"(?:{'|'.join(shapes)})"


def is_amazons(given: str) -> bool:
    """Tell whether a name is that of a marketplace of Amazon's, or names Amazon.

    Args:
        given: a name in a seller's own files, or Amazon's id.

    >>> [is_amazons(name) for name in ("AMZ-US", "亞馬遜", "DE", "Our Shop", "Non-Amazon US", "eBay")]
    [True, True, True, False, False, False]
    """
    return not is_elsewhere(given) and bool(_amazon().search(given.lower()) or marketplace_meant(given))


@cache
def _amazon() -> re.Pattern[str]:
    """Find Amazon's name, in whatever script."""
    return re.compile(_any_of(load("marketplaces.toml")["amazon"]["names"]))


def is_elsewhere(given: str) -> bool:
    """Tell whether a name is that of a shop other than Amazon's: a rate of Amazon's counts none of its orders.

    Args:
        given: a name in a seller's own files.

    >>> [is_elsewhere(name) for name in ("Non-Amazon US", "NonAmazon", "eBay-DE", "My web shop", "蝦皮購物")]
    [True, True, True, True, True]
    >>> [is_elsewhere(name) for name in ("Shopify (Amazon US)", "Amazon.com", "Wixom")]
    [False, False, False]
    """
    name = given.lower()
    return bool(_not_amazon().match(name) or (not _amazon().search(name) and _shops().search(name)))


@cache
def _not_amazon() -> re.Pattern[str]:
    """Match the beginning of a name that names Amazon as what it is not."""
    return re.compile(rf"\W*{_any_of(load('marketplaces.toml')['elsewhere']['not_amazon'])}[\W_]{{0,2}}{_amazon().pattern}")


@cache
def _shops() -> re.Pattern[str]:
    """Find the names of shops that are not Amazon's, as whole words; in Chinese nothing parts words."""
    stored = load("marketplaces.toml")["elsewhere"]
    latin = [name for name in stored["names"] if name.isascii()]
    words = rf"(?<![a-z]){_any_of(latin)}{_any_of(stored['behind'])}?(?![a-z])"
    return re.compile(rf"{words}|{_any_of({*stored['names']} - {*latin})}|^\W*{_any_of(stored['alone'])}\W*$")


@cache
def marketplaces() -> re.Pattern[str]:
    """Find the marketplaces that a text in lower case names, by their address or by their country."""
    site = "marketplaces?|store|site|account|shop|amazon"
    shapes = {}
    for name, known in known_marketplaces().items():
        address, country = re.escape(name.lower()), "|".join(known["country"])
        shapes[name] = rf"{address}(?!\.?[a-z0-9_])|\b(?:{country}) (?:{site})\b|\b(?:{site}) (?:(?:in|for) )?(?:the )?(?:{country})(?!\w)"
    return re.compile("|".join(rf"(?P<{_key(name)}>{shape})" for name, shape in shapes.items()))


@dataclass(frozen=True, slots=True)
class English:
    """How a letter writes English (`data/marketplaces.toml`).

    Args:
        form: that of a date, of its `day`, `month` and `year`.
        comma: what stands behind a date that opens a sentence.
        words: words of the kit's own, each with what is written here.
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
    stored = load("marketplaces.toml")
    told = stored["english"] | known_marketplaces().get(marketplace_meant(marketplace), {})
    return English(told["date"], told.get("comma", ""), (*told.get("words", {}).items(), *stored["voice"][voice].items()))


def spellings(words: str) -> tuple[str, ...]:
    """Return words of the kit's own in every way in which a marketplace writes them, its own first.

    >>> spellings("late shipment rate")
    ('late shipment rate', 'late dispatch rate')
    """
    return tuple(dict.fromkeys(english_of(name).spell(words) for name in ("", *known_marketplaces())))
