"""The words of the kit: both languages, side by side, complete and well set."""

import ast
import re
from collections.abc import Iterator
from errno import ENOENT, EXDEV
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import pytest
from pydantic_core.core_schema import ErrorType

import appealkit
from appealkit.files import why_refused
from appealkit.language import LANGS, Lang, say
from appealkit.tables import load

PACKAGE = Path(str(appealkit.__file__)).parent
TABLES = sorted(path.name for path in (PACKAGE / "data").glob("*.toml"))
MAINLAND = re.compile(
    "信息|軟件|硬件|質量|視頻|默認|賬|鏈接|打印|網絡|郵箱|短信|屏幕|文檔|文件夾|響應|激活|登錄|界面|優化|缺省|粘貼|刷新|反饋|發貨|店鋪|差評"
)
"""Words of other Chinese-speaking markets for which Taiwan has its own."""


def texts(table: dict[str, Any], above: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every entry of a table that stands in a language, with its dotted key."""
    if set(LANGS) & set(table):
        yield above, table
        return
    for key, value in table.items():
        if isinstance(value, dict):
            yield from texts(value, f"{above}.{key}" if above else key)


STRINGS = dict(texts(load("strings.toml")))
EVERYWHERE = [(f"{name}: {key}", entry) for name in TABLES for key, entry in texts(load(name))]
CHINESE = [(key, entry["zh-Hant"]) for key, entry in EVERYWHERE]


def test_there_are_texts() -> None:
    """The tests below have strings, rules, cards and principles to look at."""
    assert len(STRINGS) > 100
    for name in ("rules.toml", "cards.toml", "principles.toml", "metrics.toml"):
        assert sum(key.startswith(name) for key, _ in EVERYWHERE) >= 5


def test_every_text_has_both_languages() -> None:
    """Each text stands in both languages and in no other, and none is empty."""
    for key, entry in EVERYWHERE:
        assert set(entry) == set(LANGS), key
        assert all(entry[lang].strip() for lang in LANGS), key


def test_both_languages_are_filled_with_the_same() -> None:
    """What is filled into a text is the same in both languages."""
    filled = 0
    for key, entry in EVERYWHERE:
        names = {lang: {name for _, name, _, _ in Formatter().parse(entry[lang]) if name is not None} for lang in LANGS}
        assert names["en"] == names["zh-Hant"], key
        filled += bool(names["en"])
    assert filled > 20


# -- which strings are there, and which are asked for ---------------------------------------------------------------------


def sources() -> Iterator[str]:
    """Yield all Python code of the package."""
    yield from (path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py")))


def code() -> Iterator[ast.AST]:
    """Yield every node of the package's code."""
    for source in sources():
        yield from ast.walk(ast.parse(source))


def templates() -> str:
    """Return all templates in one."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((PACKAGE / "templates").glob("*.j2")))


def spoken() -> Iterator[str]:
    """Yield the key of every `say` and `refused_as` with a fixed key, in the code and in the templates."""
    for node in code():
        match node:
            case (
                ast.Call(func=ast.Name(id="say"), args=[ast.Constant(value=str(key)), *_])
                | ast.Call(func=ast.Name(id="refused_as"), args=[_, ast.Constant(value=str(key)), *_])
            ):
                yield key
    yield from re.findall(r"""\bsay\(["']([^"']+)["'],""", templates())


def composed() -> Iterator[re.Pattern[str]]:
    """Yield a pattern for each text that the code composes of others, and for each key that templates do."""
    for node in code():
        if isinstance(node, ast.JoinedStr):
            parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else "(.*)" for part in node.values]
            if re.search("[a-z]{2}", "".join(parts)):
                yield re.compile("".join(parts))
    for start, end in re.findall(r"""\bsay\("([^"]+)" ~ [\w.]+(?: ~ "([^"]+)")?""", templates()):
        yield re.compile(f"{re.escape(start)}(.*){re.escape(end)}")


@cache
def taken_whole() -> set[str]:
    """Return the tables of strings all of whose keys the code goes through."""
    found = set()
    for node in code():
        inner: ast.AST = node
        names: list[str] = []
        while isinstance(inner, ast.Subscript) and isinstance(inner.slice, ast.Constant):
            names = [str(inner.slice.value), *names]
            inner = inner.value
        if names and ast.unparse(inner) == "load('strings.toml')":
            found.add(".".join(names))
    return {table for table in found if not any(other.startswith(f"{table}.") for other in found)}


def keys(entry: object) -> Iterator[str]:
    """Yield the keys of a table and of those in it."""
    if isinstance(entry, dict):
        yield from entry
    for value in entry.values() if isinstance(entry, dict) else entry if isinstance(entry, list) else ():
        yield from keys(value)


@cache
def words() -> set[str]:
    """Return what a key can be composed of: texts of the code and templates, keys of the data, and kinds of errors of pydantic."""
    written = {node.value for node in code() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    written |= set(re.findall(r"""["']([\w.-]+)["']""", templates()))
    stored = {key for name in TABLES if name != "strings.toml" for key in keys(load(name))}
    return {"", *stored, *get_args(ErrorType), *written, *(text.strip("-") for text in written)}


PATTERNS = list(composed())


@cache
def is_composed(text: str) -> bool:
    """Tell whether the code can make a text of others."""
    return any(
        all(map(is_at_hand, made.groups())) for pattern in PATTERNS if (made := pattern.fullmatch(text)) and text not in made.groups()
    )


def is_at_hand(text: str) -> bool:
    """Tell whether the code has a text, can make it, or can make what stands before and behind a point in it."""
    start, point, rest = text.partition(".")
    return text in words() or is_composed(text) or (bool(point) and is_at_hand(start) and is_at_hand(rest))


def test_every_key_that_is_asked_for_exists() -> None:
    """Each key that code or templates ask for is stored."""
    asked = set(spoken())
    assert len(asked) > 20
    assert asked <= set(STRINGS)


def is_asked_for(key: str) -> bool:
    """Tell whether a key stands in the code or the templates, is composed of what stands there or in the data, or is in a whole table."""
    return key in words() or is_composed(key) or key.rpartition(".")[0] in taken_whole()


def test_every_stored_string_is_asked_for() -> None:
    """No string is left over."""
    assert [key for key in STRINGS if not is_asked_for(key)] == []


def named(code: str) -> Iterator[str]:
    """Yield what a module can ask of an entry by its name: its texts, and the fields of its classes."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Constant(value=str(name)) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name


@pytest.mark.parametrize("table", sorted({key.partition(": ")[0] for key, _ in EVERYWHERE} - {"strings.toml", "own-exercises.toml"}))
def test_every_text_of_an_entry_is_asked_for(table: str) -> None:
    """In no other table a text is left over: its name stands in a module that reads the table, by itself or as a sample."""
    readers = [source for source in sources() if f'"{table}"' in source or (table == "samples.toml" and " stored(" in source)]
    asked = {name for source in readers for name in named(source)}
    assert {key.rpartition(".")[2] for key, _ in texts(load(table))} - asked == set()


@pytest.mark.parametrize("table", sorted({key.rpartition(".")[0] for key in STRINGS} - taken_whole()))
def test_string_that_nobody_asks_for_is_found(table: str) -> None:
    """In no table, a key that only looks like its neighbours is taken for one that is asked for."""
    assert not is_asked_for(f"{table}.all-quiet")


def test_every_question_about_a_missing_fact_is_asked() -> None:
    """The questions that are stored are exactly those that `missing` can ask."""
    tree = ast.parse((PACKAGE / "gaps.py").read_text(encoding="utf-8"))
    constants = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    stored = set(load("strings.toml")["missing"])
    assert len(stored) > 10
    assert stored <= constants


# -- how the Chinese is set -------------------------------------------------------------------------------------------------


def found(pattern: str) -> list[tuple[str, str]]:
    """Return where a pattern occurs in the Chinese texts, and what it caught."""
    return [(key, caught.group()) for key, words in CHINESE for caught in re.finditer(pattern, words)]


def test_chinese_punctuation_is_full_width() -> None:
    """Beside a Chinese character stands no half-width punctuation and no straight quotation mark."""
    assert found(r"[\u4e00-\u9fff][,;:!?.\"'()]|[,;:!?\"'()][\u4e00-\u9fff]") == []


def test_chinese_keeps_its_distance_from_latin() -> None:
    """Between Chinese characters and Latin letters or digits stands a space."""
    assert found(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9%][\u4e00-\u9fff]") == []


def test_chinese_is_traditional() -> None:
    """Every Chinese character belongs to the set that Taiwan's computers have used since before Unicode."""
    assert CHINESE
    for key, words in CHINESE:
        for character in re.findall(r"[\u4e00-\u9fff]", words):
            assert character.encode("cp950", "replace") != b"?", (key, character)


def test_chinese_speaks_as_in_taiwan() -> None:
    """No text uses a word for which Taiwan has its own."""
    assert found(MAINLAND.pattern) == []


def test_texts_are_calm() -> None:
    """No text raises its voice or promises that something is easy; words of letters that stand in quotation marks may."""
    for key, entry in EVERYWHERE:
        assert "!" not in entry["en"], key
        assert "！" not in entry["zh-Hant"], key
        assert not re.search(r"\b(?:simply|obviously|guaranteed?)\b", entry["en"], re.IGNORECASE), key


# -- load and say -----------------------------------------------------------------------------------------------------------


def test_tables_are_read_once() -> None:
    """A table that was loaded is the same object the next time."""
    assert load("metrics.toml") is load("metrics.toml")


def test_unknown_table_is_an_error() -> None:
    """A table that the package does not have cannot be loaded."""
    with pytest.raises(FileNotFoundError):
        load("none.toml")


def test_json_is_loaded_too() -> None:
    """Data that is not for people's eyes may be JSON."""
    assert load("weights.json")


def test_say_speaks_the_language_that_is_asked_for() -> None:
    """A string comes in the language of the call."""
    assert (say("view.why", "en"), say("view.why", "zh-Hant")) == ("Why", "為什麼")


@pytest.mark.parametrize("key", ["", "check", "check.none", "none"])
def test_unknown_string_is_an_error(key: str, lang: Lang) -> None:
    """A key without a string is an error of the code, and is told as one."""
    with pytest.raises(KeyError):
        say(key, lang)


def test_missing_value_is_an_error(lang: Lang) -> None:
    """A string cannot be said without what fills it."""
    with pytest.raises(KeyError):
        say("check.ignored", lang)


def test_values_are_no_templates(lang: Lang) -> None:
    """What is filled into a string is never read as a template itself."""
    assert "{0} {rules} %s {{x}}" in say("check.ignored", lang, rules="{0} {rules} %s {{x}}")


def test_the_system_speaks_the_language_of_the_reader() -> None:
    """Why the operating system refused a file is told in both languages; in its own words where these are not known."""
    assert why_refused(FileNotFoundError(ENOENT, "No such file or directory"), "zh-Hant") == say("system.ENOENT", "zh-Hant")
    assert why_refused(OSError(EXDEV, "Invalid cross-device link"), "zh-Hant") == "Invalid cross-device link"
