"""The kit's own words, in both languages, which stand side by side under one key."""

from collections.abc import Iterable
from string import Formatter
from typing import Literal, get_args

from appealkit.tables import load

Lang = Literal["en", "zh-Hant"]
LANGS: tuple[Lang, ...] = get_args(Lang)


def say(key: str, lang: Lang, **values: object) -> str:
    """Return the string stored under a dotted key in one language.

    Args:
        key: dotted key of `data/strings.toml`, such as `check.no-findings`.
        lang: `en` or `zh-Hant`.
        values: what fills the string's `{names}`. Values are inserted as they are and never read as a template. A string can choose its
            words by a count: `{count:order|orders}` is the first for one, else the second.

    Returns:
        The string.

    Raises:
        KeyError: when there is no such string, or a value that it needs is not given.

    >>> say("check.no-findings", "en")
    'No findings.'
    >>> say("form.count", "en", count=1), say("form.count", "en", count=2)
    ('1 character.', '2 characters.')
    """
    entry = load("strings.toml")
    for part in key.split("."):
        entry = entry[part]
    string: str = entry[lang]
    return _CHOOSING.vformat(string, (), values) if "|" in string else string.format_map(values)


def listed(parts: Iterable[object], lang: Lang, between: str = "text.between") -> str:
    """Name what stands side by side, as a language sets it apart.

    Args:
        parts: what stands side by side.
        lang: `en` or `zh-Hant`.
        between: key of what stands between, such as `text.between-parts` where commas stand within the parts.

    >>> listed(["late", "cancelled"], "en"), listed([2, 7], "zh-Hant") == "2\u30017"
    ('late, cancelled', True)
    """
    return say(between, lang).join(map(str, parts))


def beside(words: str, more: str, lang: Lang) -> str:
    """Put more behind some words, in brackets.

    >>> beside("date", "day of the order", "en")
    'date (day of the order)'
    """
    return say("text.beside", lang, words=words, more=more)


class _Choosing(Formatter):
    """Fills a string, and chooses among its words by a count."""

    def format_field(self, value: object, format_spec: str) -> str:
        one, apart, more = format_spec.partition("|")
        if not apart:
            return str(super().format_field(value, format_spec))
        return one if str(value) == "1" else more


_CHOOSING = _Choosing()


def metric_name(metric: str, lang: Lang) -> str:
    """Return what a metric is called."""
    name: str = load("metrics.toml")[metric]["name"][lang]
    return name


def principle_name(principle: str, lang: Lang) -> str:
    """Return what a principle is called."""
    name: str = load("principles.toml")[principle]["name"][lang]
    return name


def role_name(role: str, lang: Lang) -> str:
    """Return the short name of a role, as it is written inside a mark."""
    name: str = load("principles.toml")["role"][role]["name"][lang]
    return name


def rule_name(rule: str, lang: Lang) -> str:
    """Name a fault in a few words.

    Args:
        rule: id of its rule, or `no-fault`.
        lang: `en` or `zh-Hant`.

    >>> rule_name("no-dates", "en")
    'no date of the problem'
    """
    if rule == "no-fault":
        return say("practice.no-fault", lang)
    name: str = load("rules.toml")[rule]["name"][lang]
    return name


def rule_named(rule: str, lang: Lang) -> str:
    """Name a fault, and tell the id by which the command line and files know its rule.

    >>> rule_named("no-dates", "en")
    'no date of the problem (no-dates)'
    """
    return beside(rule_name(rule, lang), rule, lang)
