"""The options of the command line: which command does what, and what it takes."""

from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path

from appealkit.cli.classes import class_assignment, class_check, class_example, class_exercises, class_report
from appealkit.cli.commands import list_rules, notice, open_notebooks, practice, take_fingerprint, write
from appealkit.cli.figures import health
from appealkit.cli.letters import FORMATS, check
from appealkit.cli.usage import Parser
from appealkit.language import Lang, say
from appealkit.launch import DEFAULT_FOLDER


def parser(lang: Lang, *, whole: bool = True) -> Parser:
    """Make the parser.

    Args:
        lang: the language in which it explains and refuses.
        whole: with the commands; without them it takes no word that is JupyterLab's, such as the 9999 of `--port 9999`, for one.
    """
    made = Parser(lang=lang, prog="appealkit", description=say("help.does", lang))
    made.take("--version", action="version", version=f"appealkit {version('appealkit')}")
    made.take("--dir", type=Path, default=DEFAULT_FOLDER)
    made.take("--no-browser", action="store_true")
    made.take("--allow-root", action="store_true")
    made.set_defaults(lang=None, run=open_notebooks)
    if whole:
        add = made.offer()
        for name, describe in COMMANDS.items():
            describe(add(name))
    return made


def _check(command: Parser) -> None:
    command.epilog = say("check.codes", command.lang)
    command.take("files", nargs="+", metavar="FILE")
    command.take("--format", choices=FORMATS, default="text")
    command.take("--ignore", action="append", default=[], metavar="RULE")
    command.take("--samples", action="append", default=[], metavar="FILE.json")
    command.take("--notice", metavar="FILE")
    command.take("--health", metavar="FILE")
    _figures(command)
    command.set_defaults(run=check)


def _notice(command: Parser) -> None:
    command.take("notice", metavar="FILE")
    command.take("--format", choices=("text", "json"), default="text")
    command.set_defaults(run=notice)


def _health(command: Parser) -> None:
    command.take("file", metavar="FILE")
    command.take("--format", choices=("text", "json", "csv"), default="text")
    _figures(command)
    command.set_defaults(run=health)


def _figures(command: Parser) -> None:
    """Take what tells how a file of orders is read."""
    command.take("--column", told="orders.", action="append", default=[], metavar="PART=NAME")
    command.take("--dates", told="orders.", metavar="ORDER")
    command.take("--end", told="orders.", metavar="YYYY-MM-DD")


def _write(command: Parser) -> None:
    command.take("case", metavar="CASE.json")
    command.take("--out", metavar="FILE")
    command.take("--annotated", action="store_true")
    command.set_defaults(run=write)


def _practice(command: Parser) -> None:
    making = command.offer(required=True)("make")
    making.take("--seed", type=int, required=True, metavar="N")
    making.take("--faults", type=int, default=2, metavar="K")
    making.take("--format", choices=("text", "json"), default="text")
    making.set_defaults(run=practice)


def _class(command: Parser) -> None:
    add = command.offer(required=True)
    reporting = add("report")
    reporting.take("folder", metavar="DIR")
    reporting.take("--format", choices=("text", "json", "csv", "html"), default="text")
    reporting.take("--pseudonyms", action="store_true")
    reporting.take("--own", type=Path, metavar="FILE.toml")
    reporting.set_defaults(run=class_report)
    checking = add("check")
    checking.take("file", metavar="FILE.toml")
    checking.set_defaults(run=class_check)
    add("exercises").set_defaults(run=class_exercises)
    beginning = add("example")
    beginning.take("file", type=Path, metavar="FILE.toml")
    beginning.set_defaults(run=class_example)
    assigning = add("assignment")
    assigning.take("folder", metavar="DIR")
    assigning.take("exercises", nargs="+", metavar="ID")
    assigning.take("--own", type=Path, metavar="FILE.toml")
    assigning.set_defaults(run=class_assignment)


def _rules(command: Parser) -> None:
    command.take("rules", nargs="*", metavar="RULE")
    command.take("--all", action="store_true")
    command.take("--format", choices=("text", "json"), default="text")
    command.set_defaults(run=list_rules)


def _fingerprint(command: Parser) -> None:
    command.take("sample", metavar="SAMPLE.txt")
    command.take("--id", required=True)
    command.take("--about", required=True)
    command.take("--source", required=True)
    command.take("--into", required=True, type=Path, metavar="FILE.json")
    command.take("--replace", action="store_true")
    command.set_defaults(run=take_fingerprint)


COMMANDS: Mapping[str, Callable[[Parser], None]] = {
    "check": _check,
    "notice": _notice,
    "health": _health,
    "write": _write,
    "practice": _practice,
    "class": _class,
    "rules": _rules,
    "fingerprint": _fingerprint,
}
"""What tells each command what it takes."""
