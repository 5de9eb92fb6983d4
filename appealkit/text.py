"""The kit's data and its words, loaded once; both languages stand side by side under one key."""

import json
import re
from collections.abc import Callable, Iterable
from errno import errorcode
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Generic, Literal, TypeVar, get_args

import tomli

DATA = Path(__file__).parent / "data"
"""The folder of the kit's data."""
Lang = Literal["en", "zh-Hant"]
LANGS: tuple[Lang, ...] = get_args(Lang)
HAN = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
"""Pattern of a Chinese, Japanese or Korean character."""
HAN_STRETCH = re.compile(rf"{HAN}+(?:[^\w\n]{{1,3}}{HAN}+)*")
"""Such characters in a row, with the marks between as they were written."""
CHINESE = r"[\u4e00-\u9fff]"
"""Pattern of a Chinese character, but for rare ones."""
WIDE = r"[\u2e80-\u9fff]"
"""Pattern of a Chinese or Japanese character or mark, which takes the room of two."""
_FORMULA = tuple("=+-@|%\uff1d\uff0b\uff0d\uff20")
"""With these a cell begins that a spreadsheet may run; the last four are full-width."""
_HAN = re.compile(HAN)
_LETTER = re.compile(r"[^\W_]")
_QUOTED = re.compile(r"\n(?:[ \t]*>)+[ \t]*(\d?)")


Known = TypeVar("Known")


class Memory(dict[str, Known], Generic[Known]):
    """What is known of each word, worked out when it is first met: a look into a dict takes a third of the time of a call.

    >>> Memory(len, most=2)["shelf"]
    5
    """

    def __init__(self, know: Callable[[str], Known], *, most: int) -> None:
        """Remember what a function returns.

        Args:
            know: returns what is known of a word.
            most: how many words are remembered; then all are forgotten.
        """
        super().__init__()
        self._know, self._most = know, most

    def __missing__(self, word: str) -> Known:
        """Work out what is known of a word."""
        known = self._know(word)
        if len(self) == self._most:
            self.clear()
        self[word] = known
        return known


@cache
def load(name: str) -> dict[str, Any]:
    """Return the table stored as `data/<name>`, read once.

    Args:
        name: file name in `appealkit/data`, ending in `.toml` or `.json`.

    Returns:
        The parsed table. It is shared: callers must not change it.

    Raises:
        FileNotFoundError: when the package has no such file.

    >>> load("metrics.toml")["odr"]["window_days"]
    60
    """
    content = (DATA / name).read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(content) if name.endswith(".json") else tomli.loads(content)
    return table


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


def in_lower_case(text: str) -> str:
    """Return a text in lower case, each character at its place."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text  # a few letters grow in lower case, and move what follows


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


def printable(words: str) -> str:
    r"""Take out what no one can read, and what a terminal would take for a command.

    >>> printable("Amazon\x1b[2J.de")
    'Amazon[2J.de'
    """
    return "".join(filter(str.isprintable, words))


def harmless(words: str) -> str:
    """Keep a spreadsheet from running what somebody else wrote.

    Args:
        words: the content of a cell.

    Returns:
        The content; with an apostrophe in front when a spreadsheet would take it for a formula.

    >>> harmless("=1+1"), harmless("Mei")
    ("'=1+1", 'Mei')
    """
    return f"'{words}" if words.lstrip().startswith(_FORMULA) else words


def why_refused(error: OSError, lang: Lang) -> str:
    """Say in the reader's language why the operating system refused; in its own words where these are not known.

    >>> why_refused(FileNotFoundError(2, "No such file or directory"), "zh-Hant")
    '找不到這個檔案或資料夾'
    """
    known: dict[str, dict[Lang, str]] = load("strings.toml")["system"]
    name = errorcode.get(error.errno or 0, "")
    return known[name][lang] if name in known else error.strerror or str(error)


def count_words(text: str) -> int:
    """Count the words of a text: what stands between spaces and has a letter or a digit in it.

    Args:
        text: any text.

    Returns:
        How many words it has.

    >>> count_words("3 A-to-z claims \u2013 and 1 rating.")
    6
    """
    words = text.split()
    return len(words) - sum(not _LETTER.search(word) for word in words if not word.isalnum())


def mostly_chinese(text: str) -> bool:
    """Tell whether most letters of a text are Chinese, Japanese or Korean characters.

    >>> mostly_chinese("\u6797\u7f8e counts the shelf"), mostly_chinese("\u6211\u5011\u5df2\u9000\u6b3e, ok")
    (False, True)
    """
    return 2 * len(_HAN.findall(text)) > sum(map(str.isalpha, text))


def one_line(words: str) -> str:
    r"""Write words in one line, without the marks of a quoted message between them.

    Args:
        words: any text.

    Returns:
        The line.

    >>> one_line("tell us\n> the root cause, where it is\n> 4%")
    'tell us the root cause, where it is > 4%'
    """
    return " ".join(_QUOTED.sub(_unquoted, words).split())


def _unquoted(mark: re.Match[str]) -> str:
    return mark.group() if mark.group(1) else "\n"  # before a figure it says "more than"


def short(words: str, most: int) -> str:
    """Write words in one line, cut where there is no more room.

    Args:
        words: any text.
        most: how many characters there is room for, at least 1.

    Returns:
        The line; when it is cut, it ends in an ellipsis.

    >>> short("We count  the shelf.", 9)
    'We count…'
    """
    line = one_line(words)
    return line if len(line) <= most else f"{line[: most - 1]}…"
