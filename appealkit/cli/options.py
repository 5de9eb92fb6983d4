"""The options of the command line: which command does what, and what it takes."""

import argparse
from importlib.metadata import version
from pathlib import Path
from typing import TypeAlias

from appealkit.cli.classes import class_assignment, class_check, class_example, class_report
from appealkit.cli.commands import list_rules, notice, open_notebooks, practice, take_fingerprint, write
from appealkit.cli.figures import health
from appealkit.cli.letters import FORMATS, check
from appealkit.cli.usage import Parser, language
from appealkit.launch import DEFAULT_FOLDER
from appealkit.text import LANGS, say

COMMANDS = frozenset({"check", "notice", "health", "practice", "class", "write", "rules", "fingerprint"})


_Commands: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001 - it has no public name


def parser(*, whole: bool = True) -> Parser:
    """Make the parser.

    Args:
        whole: with the commands; without them it takes no word that is JupyterLab's, such as the 9999 of `--port 9999`, for one.
    """
    made = Parser(
        prog="appealkit",
        description="Open the notebooks in JupyterLab on this machine. Further arguments are handed on to JupyterLab.",
        allow_abbrev=False,
    )
    made.add_argument("--version", action="version", version=f"appealkit {version('appealkit')}")
    made.set_defaults(lang=None, run=open_notebooks)
    shared = Parser(add_help=False)
    shared.add_argument(
        "--lang",
        type=language,
        choices=LANGS,
        default=argparse.SUPPRESS,  # so that a command does not undo what stood before it
        help="language of the notebooks and explanations (default: en); letters are in English",
    )
    for action in shared._actions:  # noqa: SLF001 - argparse has no other way to offer one option before and behind a command
        made._add_action(action)  # noqa: SLF001
    made.add_argument(
        "--dir", type=Path, default=DEFAULT_FOLDER, help="folder of your working copy of the notebooks (default: %(default)s)"
    )
    made.add_argument("--no-browser", action="store_true", help="start JupyterLab without opening a browser")
    if whole:
        offered = made.add_subparsers(title="commands", metavar="COMMAND")
        _check(offered, shared)
        _notice(offered, shared)
        _health(offered, shared)
        _write(offered, shared)
        _practice(offered, shared)
        _class(offered, shared)
        _rules(offered, shared)
        _fingerprint(offered, shared)
    return made


def _check(offered: _Commands, language: Parser) -> None:
    command = offered.add_parser(
        "check",
        parents=[language],
        help="annotate letters",
        epilog="\n".join(say("check.codes", lang) for lang in LANGS),
        formatter_class=argparse.RawDescriptionHelpFormatter,  # it leaves each language its lines
        allow_abbrev=False,
    )
    command.add_argument("files", nargs="+", metavar="FILE", help="a letter as .txt or .docx (- for standard input), or a folder of them")
    command.add_argument("--format", choices=FORMATS, default="text")
    command.add_argument("--ignore", action="append", default=[], metavar="RULE", help="switch a rule off; may be given several times")
    command.add_argument(
        "--samples",
        action="append",
        default=[],
        metavar="FILE.json",
        help="compare with these samples too (see fingerprint); may be given several times",
    )
    command.add_argument("--notice", metavar="FILE", help="the notice or refusal that the letters answer, as it came; - for standard input")
    command.add_argument("--health", metavar="FILE", help="the account-health report or file of orders with which figures are compared")
    _figures(command)
    command.set_defaults(run=check)


def _notice(offered: _Commands, language: Parser) -> None:
    command = offered.add_parser("notice", parents=[language], help="say what a notice of Amazon's asks", allow_abbrev=False)
    command.add_argument("notice", metavar="FILE", help="the notice or refusal as it came; - for standard input")
    command.add_argument("--format", choices=("text", "json"), default="text")
    command.set_defaults(run=notice)


def _health(offered: _Commands, language: Parser) -> None:
    command = offered.add_parser(
        "health", parents=[language], help="read the account-health report (JSON) or a file of orders (CSV, TSV)", allow_abbrev=False
    )
    command.add_argument("file", metavar="FILE", help="GET_V2_SELLER_PERFORMANCE_REPORT as JSON, or one row an order; - for standard input")
    command.add_argument(
        "--format", choices=("text", "json", "csv"), default="text", help="csv is the rate of each day, of a file of orders"
    )
    _figures(command)
    command.set_defaults(run=health)


def _figures(command: Parser) -> None:
    """Add what tells how a file of orders is read."""
    command.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="PART=NAME",
        help="the column of a part in a file of orders, such as date=Placed",
    )
    command.add_argument("--dates", metavar="ORDER", help="what comes first in its dates such as 04/05/2026: day-first or month-first")
    command.add_argument("--end", metavar="YYYY-MM-DD", help="last day of its windows (default: that of the newest order)")


def _write(offered: _Commands, language: Parser) -> None:
    command = offered.add_parser("write", parents=[language], help="assemble a letter from a case", allow_abbrev=False)
    command.add_argument("case", metavar="CASE.json", help="the facts; - for standard input")
    command.add_argument("--out", metavar="FILE", help="write it to a new file: .txt, .docx or .html; its name must be free")
    command.add_argument("--annotated", action="store_true", help="with --out FILE.html: the annotated letter, to send to a colleague")
    command.set_defaults(run=write)


def _practice(offered: _Commands, language: Parser) -> None:
    kinds = offered.add_parser("practice", parents=[language], help="make letters to practise on", allow_abbrev=False)
    below = kinds.add_subparsers(title="commands", metavar="COMMAND", required=True)
    command = below.add_parser("make", parents=[language], help="make a letter with known faults from drawn facts", allow_abbrev=False)
    command.add_argument("--seed", type=int, required=True, metavar="N", help="the same number gives the same letter")
    command.add_argument("--faults", type=int, default=2, metavar="K", help="how many faults it has (default: %(default)s)")
    command.add_argument("--format", choices=("text", "json"), default="text", help="text is the letter alone, json has the key too")
    command.set_defaults(run=practice)


def _class(offered: _Commands, language: Parser) -> None:
    training = offered.add_parser("class", parents=[language], help="for trainers: see how a class does", allow_abbrev=False)
    below = training.add_subparsers(title="commands", metavar="COMMAND", required=True)
    reporting = below.add_parser("report", parents=[language], help="count the attempts that trainees exported", allow_abbrev=False)
    reporting.add_argument("folder", metavar="DIR", help="the folder with the files of the class")
    reporting.add_argument("--format", choices=("text", "json", "csv", "html"), default="text")
    reporting.add_argument("--pseudonyms", action="store_true", help="call the trainees by numbers")
    reporting.set_defaults(run=class_report)
    checking = below.add_parser("check", parents=[language], help="say what is wrong with exercises of your own", allow_abbrev=False)
    checking.add_argument("file", metavar="FILE.toml", help="your exercises")
    checking.set_defaults(run=class_check)
    beginning = below.add_parser("example", parents=[language], help="write exercises to start from into a new file", allow_abbrev=False)
    beginning.add_argument("file", type=Path, metavar="FILE.toml", help="its name must be free")
    beginning.set_defaults(run=class_example)
    assigning = below.add_parser("assignment", parents=[language], help="write a notebook of exercises for nbgrader", allow_abbrev=False)
    assigning.add_argument("folder", metavar="DIR", help="its folder in the course, such as source/practice")
    assigning.add_argument("exercises", nargs="+", metavar="ID", help="exercises of the kit or of your own, or practice-SEED-FAULTS")
    assigning.add_argument("--own", type=Path, metavar="FILE.toml", help="your exercises")
    assigning.set_defaults(run=class_assignment)


def _rules(offered: _Commands, language: Parser) -> None:
    command = offered.add_parser("rules", parents=[language], help="list the rules (in both languages without --lang)", allow_abbrev=False)
    command.add_argument("rules", nargs="*", metavar="RULE", help="say all about these rules")
    command.add_argument("--all", action="store_true", help="say all about all of them; JSON does so anyway")
    command.add_argument("--format", choices=("text", "json"), default="text")
    command.set_defaults(run=list_rules)


def _fingerprint(offered: _Commands, language: Parser) -> None:
    command = offered.add_parser(
        "fingerprint",
        parents=[language],
        help="add the fingerprints of a sample to a file of yours",
        description="The text of the sample is not stored: only hashes of every six words in a row.",
        allow_abbrev=False,
    )
    command.add_argument("sample", metavar="SAMPLE.txt", help="its text; - for standard input")
    command.add_argument("--id", required=True, help="a short name for it; a sample of that name in the file is replaced")
    command.add_argument("--about", required=True, help="what it is")
    command.add_argument("--source", required=True, help="where it can be read")
    command.add_argument(
        "--into", required=True, type=Path, metavar="FILE.json", help="your file of fingerprints; made when it is not there"
    )
    command.set_defaults(run=take_fingerprint)
