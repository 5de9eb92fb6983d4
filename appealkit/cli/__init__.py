"""The command line: `appealkit` opens the notebooks; its commands check letters, read notices, write a letter and more."""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence

from appealkit.cli.given import CLEAN, FOUND, UNREADABLE
from appealkit.cli.options import COMMANDS, parser
from appealkit.cli.usage import language_in
from appealkit.files import KitError
from appealkit.language import LANGS

__all__ = ["CLEAN", "FOUND", "UNREADABLE", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: what stands behind the program's name; those of the process when None.

    Returns:
        0 without findings that must be mended, 1 with, or when a text was not judged or a question of the notice not understood, 2 when a
        file or an argument cannot be used.
    """
    gc.freeze()  # what a start has loaded stays to the end: the collector need not go through it again and again
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Windows consoles would refuse what their code page lacks
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    arguments = sys.argv[1:] if arguments is None else arguments
    options = _parse(arguments)
    command: Callable[[argparse.Namespace], int] = options.run
    options.langs = (options.lang,) if options.lang else LANGS
    options.lang = options.lang or LANGS[0]
    try:
        code = command(options)
        sys.stdout.flush()
    except KitError as error:
        print(error, file=sys.stderr)
        return UNREADABLE
    except BrokenPipeError:  # the reader of a pipe, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python would complain of what it still has to write
        return CLEAN
    return code


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the arguments: those of a command, or else the kit's own, with all others handed on to JupyterLab."""
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    own, lang = arguments[:cut], language_in(arguments)
    if COMMANDS.keys() & set(own) or {"-h", "--help"}.intersection(own) or (own and not own[0].startswith("-")):
        return parser(lang).parse_args(arguments)
    options, extra = parser(lang, whole=False).parse_known_args(own)
    options.extra = [*extra, *arguments[cut + 1 :]]
    return options
