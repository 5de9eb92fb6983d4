"""Arguments that cannot be used, told in the user's language: argparse itself speaks English alone."""

import argparse
from collections.abc import Sequence
from itertools import pairwise
from string import Formatter
from typing import NoReturn

from appealkit.text import Lang, load, say

_CHINESE = {"zh", "zh-hant", "zh-tw", "zh-hk", "zh-mo"}


class UsageError(Exception):
    """Arguments cannot be used.

    Args:
        usage: how the command is called.
        program: the command.
        message: what argparse says.
    """

    def __init__(self, usage: str, program: str, message: str) -> None:
        """Keep what is needed to tell it, until the language is known."""
        super().__init__(message)
        self.usage, self.program, self.message = usage, program, message

    def told(self, lang: Lang) -> str:
        """Say what is wrong; in argparse's own words where another version of it has other ones."""
        for key, words in load("strings.toml")["usage"]["problem"].items():
            values = _filled(words["en"], self.message)
            if values is not None:
                problem = say(f"usage.problem.{key}", lang, **values)
                break
        else:
            problem = self.message
        usage = self.usage.replace("usage: ", say("usage.usage", lang), 1)
        return usage + say("usage.refused", lang, program=self.program, problem=problem)


class Parser(argparse.ArgumentParser):
    """A parser that leaves telling what is wrong to whoever knows the language."""

    def error(self, message: str) -> NoReturn:
        """Refuse the arguments."""
        raise UsageError(self.format_usage(), self.prog, message)


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
    """Return the language in which to refuse arguments: that which they ask for, as far as it can be told."""
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
