"""What a command is given: files, ids of rules, days; and what it tells when one of them cannot be used."""

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from appealkit.dates import day_named
from appealkit.figures.health import HealthError
from appealkit.files import KitError, refused_as
from appealkit.language import Lang, listed, rule_named, say
from appealkit.mail import text_of
from appealkit.notice import Notice
from appealkit.pasted import PASTED, pieces
from appealkit.problems import no_day
from appealkit.reading import read_notice
from appealkit.rules import rule_called, rules, rules_like
from appealkit.rules_view import rules_index
from appealkit.text_file import NoTextError, text_in

_COMMA = re.compile("[,\uff0c\u3001]")

CLEAN, FOUND, UNREADABLE = 0, 1, 2
"""Exit codes: nothing that must be mended, something that must (or perhaps, as a text or a notice was not understood), nothing usable."""


class UnreadableError(KitError):
    """A file cannot be used; the message says why and what to do, in the reader's language."""


def read_text(
    name: str, lang: Lang, *, problem: str = "cannot-read", binary: str = "check.not-text", decode: Callable[[bytes], str] = text_in
) -> str:
    """Return the text of a file, or of standard input.

    Args:
        name: the file, or - for standard input.
        lang: language of the error.
        problem: what is told when it cannot be read, a key below `check` in the strings.
        binary: the key of what is told when it is no text.
        decode: takes the text out of the bytes.

    Raises:
        UnreadableError: in both cases.
    """
    with refused_as(UnreadableError, f"check.{problem}", lang, file=name):
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    try:
        return decode(content)
    except NoTextError as error:
        raise UnreadableError(say(binary, lang, file=name)) from error


def given_notice(options: argparse.Namespace) -> Notice:
    """Read the notice that the options name."""
    text = read_text(options.notice, options.lang, decode=text_of)
    if not pieces(text[:PASTED]):
        file = options.notice
        raise UnreadableError(
            say("notice.empty", options.lang, file=file) if text.strip() else say("notice.blank", options.lang, file=file)
        )
    notice = read_notice(text)
    if notice.mistaken in {"data", "nothing"}:
        raise UnreadableError(say("view.labelled", options.lang, label=options.notice, words=notice.advice(options.lang)))
    return notice


def rules_named(given: Sequence[str], lang: Lang) -> tuple[str, ...]:
    """Return the ids of the rules that are given by id or by name, several of them behind commas.

    Raises:
        UnreadableError: when there is no such rule; it names those that may be meant, and all others.
    """
    names = [name for words in given for name in map(str.strip, _COMMA.split(words)) if name]
    ids = {name: rule_called(name) for name in names}
    if unknown := [name for name, found in ids.items() if found is None]:
        told = [say("check.unknown-rule", lang, rule=name, meant=_meant(name, lang)) for name in unknown]
        raise UnreadableError("\n".join([*told, say("check.known-rules", lang), *rules_index(rules().values(), [lang])]))
    return tuple(filter(None, ids.values()))


def _meant(name: str, lang: Lang) -> str:
    """Ask whether one of the rules is meant that are called like a name; empty where none is."""
    alike = listed((rule_named(rule, lang) for rule in rules_like(name)), lang, "text.or")
    return say("check.rule-meant", lang, rules=alike) if alike else ""


def day(given: str | None, lang: Lang) -> date | None:
    """Read a day in any form that reads in one way; None where none is given."""
    if not given:
        return None
    if found := day_named(given):
        return found
    raise HealthError(no_day(given, lang) or say("health.no-day", lang, given=given))


def counting(command: str, folder: object, done: int, of: int, lang: Lang) -> None:
    """Tell on standard error how many files were looked at."""
    if sys.stderr.isatty() or done == of:  # one line that counts on; in a log only its end
        print(say(f"{command}.progress", lang, folder=folder, done=done, of=of), end="\n" if done == of else "\r", file=sys.stderr)
