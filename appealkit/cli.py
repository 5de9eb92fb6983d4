"""The command line: `appealkit` opens the notebooks, `appealkit check` annotates letters, `appealkit write` assembles one."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from pydantic import ValidationError

from appealkit.annotate import Annotation, annotate
from appealkit.case import Case, problems
from appealkit.launch import DEFAULT_FOLDER, LaunchError, launch
from appealkit.letter import assemble, missing
from appealkit.render import to_json, to_page, to_text
from appealkit.rules import rules
from appealkit.text import LANGS, Lang, say

CLEAN, FOUND, UNREADABLE = 0, 1, 2
"""Exit codes: nothing that must be mended, something that must, a file or argument that cannot be used."""


class _Unreadable(Exception):
    """A file cannot be used; the message says why and what to do, in the reader's language."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: what stands behind the program's name; those of the process when None.

    Returns:
        0 without findings that must be mended, 1 with, 2 when a file or an argument cannot be used.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Windows consoles would refuse what their code page lacks
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options, extra = _parser().parse_known_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.run
    if command is _open:
        options.extra = [argument for argument in extra if argument != "--"]
    elif extra:
        _parser().error(f"unrecognized arguments: {' '.join(extra)}")
    try:
        return command(options)
    except (LaunchError, _Unreadable) as error:
        print(error, file=sys.stderr)
        return UNREADABLE
    except BrokenPipeError:  # the reader of a pipe, such as `head`, has seen enough
        sys.stderr.close()
        return CLEAN


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="appealkit",
        description="Open the notebooks in JupyterLab on this machine. Further arguments are handed on to JupyterLab.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"appealkit {version('appealkit')}")
    language = argparse.ArgumentParser(add_help=False)
    language.add_argument("--lang", choices=LANGS, default="en", help="language of the notebooks and explanations (letters are in English)")
    for action in language._actions:  # noqa: SLF001 - argparse has no other way to offer one option before and behind a command
        parser._add_action(action)  # noqa: SLF001
    parser.add_argument("--dir", type=Path, default=DEFAULT_FOLDER, help="folder of your working copy of the notebooks (default: %(default)s)")
    parser.add_argument("--no-browser", action="store_true", help="start JupyterLab without opening a browser")
    parser.set_defaults(run=_open)
    commands = parser.add_subparsers(title="commands", metavar="")

    check = commands.add_parser("check", parents=[language], help="annotate letters", allow_abbrev=False)
    check.add_argument("files", nargs="+", metavar="FILE", help="a letter as plain text; - for standard input")
    check.add_argument("--format", choices=_FORMATS, default="text")
    check.add_argument("--ignore", action="append", default=[], metavar="RULE", help="switch a rule off; may be given several times")
    check.set_defaults(run=_check)

    write = commands.add_parser("write", parents=[language], help="assemble a letter from a case", allow_abbrev=False)
    write.add_argument("case", metavar="CASE.json", help="the facts; - for standard input")
    write.set_defaults(run=_write)
    return parser


def _open(options: argparse.Namespace) -> int:
    return launch(lang=options.lang, folder=options.dir, browser=not options.no_browser, extra=options.extra)


def _check(options: argparse.Namespace) -> int:
    unknown = sorted(set(options.ignore) - set(rules()))
    if unknown:
        raise _Unreadable(say("check.unknown-rule", options.lang, rule=", ".join(unknown), known=", ".join(rules())))
    codes = {CLEAN}
    _FORMATS[options.format](_annotations(options, codes), options.lang, several=len(options.files) > 1)
    return max(codes)


def _annotations(options: argparse.Namespace, codes: set[int]) -> Iterator[tuple[str, Annotation]]:
    """Annotate the letters one by one, so that memory does not grow with their number; note the exit code of each."""
    for name in options.files:
        try:
            text = _read(name, options.lang)
        except _Unreadable as error:
            print(error, file=sys.stderr)
            codes.add(UNREADABLE)
            continue
        annotation = annotate(text, ignore=options.ignore)
        codes.add(FOUND if any(finding.severity == "error" for finding in annotation.findings) else CLEAN)
        yield name, annotation


def _print_text(letters: Iterator[tuple[str, Annotation]], lang: Lang, *, several: bool) -> None:
    for name, annotation in letters:
        if several:
            print(f"== {name} ==")
        print(to_text(annotation, lang))
        if several:
            print()


def _print_json(letters: Iterator[tuple[str, Annotation]], lang: Lang, *, several: bool) -> None:
    between = "[\n" if several else ""
    for _, annotation in letters:
        print(between + to_json(annotation, lang), end="")
        between = ",\n"
    if several:
        print("[]" if between.startswith("[") else "\n]")
    elif between:
        print()


def _print_html(letters: Iterator[tuple[str, Annotation]], lang: Lang, *, several: bool) -> None:
    titled = ((name if several else "", annotation) for name, annotation in letters)
    for part in to_page(titled, lang):
        print(part, end="")


_FORMATS = {"text": _print_text, "json": _print_json, "html": _print_html}


def _write(options: argparse.Namespace) -> int:
    """Print the letter; what was left out for want of a fact is named on standard error."""
    try:
        case = Case.model_validate_json(_read(options.case, options.lang))
    except ValidationError as error:
        raise _Unreadable("\n".join(problems(error, options.lang))) from error
    print(assemble(case), end="")
    for gap in missing(case):
        print(say("write.gap", options.lang, field=gap.field, question=gap.ask(options.lang)), file=sys.stderr)
    return CLEAN


def _read(name: str, lang: Lang) -> str:
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Unreadable(say("check.not-text", lang, file=name)) from error
    except OSError as error:
        raise _Unreadable(say("check.unreadable", lang, file=name, reason=error.strerror)) from error
