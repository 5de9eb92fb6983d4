"""The parser in the user's language: what it explains, and how it refuses arguments. argparse itself speaks English alone."""

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from string import Formatter
from typing import Any, NoReturn

from appealkit.language import LANGS, Lang, beside, listed, say
from appealkit.tables import load

_CHINESE = {"zh", "zh-hant", "zh-tw", "zh-hk", "zh-mo"}


class Parser(argparse.ArgumentParser):
    """A parser that speaks one language, explains itself and takes the language that is asked for.

    Args:
        lang: the language.
        told: what stands before the names of its arguments in the strings of the help, such as `check.`.
        options: what argparse takes beside.
    """

    def __init__(self, *, lang: Lang, told: str = "", **options: Any) -> None:  # noqa: ANN401 - as its base
        """Make the parser."""
        self.lang, self._told = lang, told
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=partial(_Help, lang=lang), **options)
        self._positionals.title, self._optionals.title = say("usage.arguments", lang), say("usage.options", lang)
        self.add_argument("-h", "--help", action="help", help=say("usage.help", lang))
        # Without a default, so that a command does not undo what stood before it.
        self.add_argument("--lang", type=language, choices=LANGS, default=argparse.SUPPRESS, help=say("usage.lang", lang))

    def take(self, name: str, *, told: str = "", **options: Any) -> None:  # noqa: ANN401 - as its base
        """Take an argument, explained by the string of its name behind `told`, the parser's if none is given."""
        self.add_argument(name, help=say(f"help.{told or self._told}{name.lstrip('-')}", self.lang), **options)

    def offer(self, *, required: bool = False) -> Callable[[str], "Parser"]:
        """Offer commands, and return what adds one by its name."""
        commands = self.add_subparsers(title=say("usage.commands", self.lang), metavar="COMMAND", required=required)

        def add(name: str) -> Parser:
            told = f"{self._told}{name}."
            does = say(f"help.{told}does", self.lang)
            return commands.add_parser(name, lang=self.lang, told=told, help=does, description=does)

        return add

    def error(self, message: str) -> NoReturn:
        """Refuse the arguments, and say why: in argparse's own words where another version of it has other ones."""
        for key, words in load("strings.toml")["usage"]["problem"].items():
            values = _filled(words["en"], message)
            if values is not None:
                if key == "missing":
                    values["names"] = listed(map(self._explained, values["names"].split(", ")), self.lang)
                message = say(f"usage.problem.{key}", self.lang, **values)
                break
        self.exit(2, self.format_usage() + say("usage.refused", self.lang, program=self.prog, problem=message) + "\n")

    def _explained(self, name: str) -> str:
        """Name an argument as argparse does, and tell what it is: who has left it out may not know."""
        words = next((action.help for action in self._actions if name in {"/".join(action.option_strings), action.metavar}), None)
        return beside(name, words, self.lang) if words else name


class _Help(argparse.RawDescriptionHelpFormatter):
    """Writes the help of a parser; Chinese stays in a line, since argparse parts lines at spaces."""

    def __init__(self, prog: str, lang: Lang) -> None:
        super().__init__(prog)
        self._lang = lang

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:  # noqa: ANN401 - as its base
        super().add_usage(usage, actions, groups, say("usage.usage", self._lang) if prefix is None else prefix)

    def format_help(self) -> str:
        return super().format_help().replace("\uff1a:\n", "\uff1a\n")  # argparse sets a colon of its own behind each heading

    def _split_lines(self, text: str, width: int) -> list[str]:
        return super()._split_lines(text, width) if self._lang == "en" else [text]


def language(given: str) -> str:
    """Return the language that somebody names; what is none that is known stays as it is.

    >>> language("zh-TW"), language("ZH_Hant_TW"), language("de")
    ('zh-Hant', 'zh-Hant', 'de')
    """
    name = given.lower().replace("_", "-")
    if name in _CHINESE or name.startswith("zh-hant-"):
        return "zh-Hant"
    return "en" if name == "en" else given


def language_in(arguments: Sequence[str]) -> Lang:
    """Return the language that arguments ask for, as far as it can be told before they are read: they are explained and refused in it."""
    named = [after for before, after in pairwise([*arguments, ""]) if before == "--lang"]
    named += [argument.partition("=")[2] for argument in arguments if argument.startswith("--lang=")]
    return "zh-Hant" if named and named[-1].lower().startswith("zh") else "en"


def _filled(template: str, told: str) -> dict[str, str] | None:
    """Return what fills the names of a template so that it reads as what was told; None when nothing does."""
    values: dict[str, str] = {}
    name: str | None = None
    for words, following, _, _ in Formatter().parse(template):
        value, found, told = told.partition(words)
        if not found or (name is None and value):
            return None
        if name is not None:
            values[name] = value
        name = following
    if name is not None:
        values[name], told = told, ""
    return None if told else values
