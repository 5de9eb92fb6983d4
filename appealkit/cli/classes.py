"""The commands of trainers: `class` and what stands below it."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace

from appealkit.classes.classroom import read_class
from appealkit.classes.report import ClassReport, pseudonymous
from appealkit.classes.view import class_to_csv, class_to_json, class_to_page, class_to_text
from appealkit.cli.given import CLEAN, FOUND, UNREADABLE, counting
from appealkit.exercises.bank import bank
from appealkit.language import Lang, say


def class_report(options: argparse.Namespace) -> int:
    """Print the report; the files that were left out are named on standard error, also when the report names nobody."""
    lang = options.lang
    read = read_class(options.folder, lang=lang, tell=lambda done, of: counting("class", options.folder, done, of, lang))
    if options.own:
        from appealkit.exercises.own import own_titles  # noqa: PLC0415 - only a trainer's own exercises need it

        read = replace(read, titles=own_titles(options.own, lang=lang))
    for refused in read.refused:
        print(say("class.left-out", lang, file=refused.file, reasons=" ".join(refused.reasons)), file=sys.stderr)
    shown = pseudonymous(read, lang) if options.pseudonyms else read
    print(_FORMATS[options.format](shown, lang), end="" if options.format == "csv" else "\n")
    return UNREADABLE if read.refused else CLEAN


_FORMATS: dict[str, Callable[[ClassReport, Lang], str]] = {
    "text": class_to_text,
    "json": lambda report, _: class_to_json(report),
    "csv": class_to_csv,
    "html": class_to_page,
}


def class_check(options: argparse.Namespace) -> int:
    """Tell what is wrong with a trainer's own exercises."""
    from appealkit.exercises.own import check_exercises, file_text  # noqa: PLC0415 - only these commands judge exercises

    checked = check_exercises(file_text(options.file, lang=options.lang), options.lang)
    for told in (*checked.flaws, *checked.notes):
        print(f"{options.file}:{told}")
    if checked.flaws:
        return FOUND
    print(say("own.fine", options.lang, file=options.file, count=len(checked.tasks)))
    return CLEAN


def class_exercises(options: argparse.Namespace) -> int:
    """List the kit's exercises, one a line."""
    for task in bank().values():
        kind, level = (say(f"practice.{key}", options.lang) for key in (f"kind.{task.kind}", f"level.{task.level}"))
        print(" · ".join([task.id, kind, level, task.title[options.lang]]))
    return CLEAN


def class_example(options: argparse.Namespace) -> int:
    """Write exercises to start from."""
    from appealkit.exercises.own import write_starter  # noqa: PLC0415 - as above

    write_starter(options.file, lang=options.lang)
    print(say("own.written", options.lang, file=options.file))
    return CLEAN


def class_assignment(options: argparse.Namespace) -> int:
    """Write a notebook of exercises for nbgrader."""
    from appealkit.classes.assignment import write_assignment  # noqa: PLC0415 - as above

    path = write_assignment(options.exercises, options.folder, lang=options.lang, own=options.own)
    print(say("assignment.done", options.lang, file=path, count=len(options.exercises), name=path.parent.name))
    return CLEAN
