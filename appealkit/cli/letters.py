"""The command `check`: letters one by one, with a line for each of several at the end."""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from appealkit.annotate import Annotation, annotate
from appealkit.cli.figures import at_end, figures
from appealkit.cli.given import CLEAN, FOUND, UNREADABLE, UnreadableError, counting, given_notice, read_text, rules_named
from appealkit.figures.view import doubts
from appealkit.files import hidden
from appealkit.fingerprints import read_samples
from appealkit.language import Lang, listed, say
from appealkit.render import to_json, to_page, to_text
from appealkit.rules import SEVERITIES
from appealkit.text import printable

_ENDINGS = {".txt", ".docx"}
_NAMED = 10  # files that are not read
_KINDS = ("mend", "unclear", "fine", "unjudged", "unread")


def check(options: argparse.Namespace) -> int:
    """Check the letters, and print what was found in the form that was asked for."""
    options.ignore = rules_named(options.ignore, options.lang)
    options.samples = read_samples(*options.samples, lang=options.lang)
    options.notice = given_notice(options) if options.notice else None
    data = at_end(figures(options.health, options), options, options.notice) if options.health else None
    options.metrics = data.metrics if data else ()
    tally = _Tally(options.lang)
    several = len(options.files) > 1 or any(map(os.path.isdir, options.files))
    notes = None if data is None else doubts(data, options.lang)
    FORMATS[options.format](_annotations(options, tally), options.lang, notes=notes, several=tally if several else None)
    return tally.code


class _Tally:
    """What became of each letter: a short line, and how many there are of each kind."""

    def __init__(self, lang: Lang) -> None:
        self.code = CLEAN
        self._lang = lang
        self._lines: list[str] = []
        self._kinds: Counter[str] = Counter()

    def add(self, name: str, annotation: Annotation | None) -> None:
        """Note a letter; None for one that could not be read."""
        if annotation is None:
            kind, told = "unread", [say("check.tally.unread", self._lang)]
        elif annotation.remark:
            kind, told = "unjudged", [say(f"check.tally.{annotation.remark}", self._lang)]
        else:
            unclear = annotation.notice is not None and annotation.notice.unclear
            told = list(_weighed(annotation, self._lang))
            kind = "mend" if any(finding.severity == "error" for finding in annotation.findings) else "unclear" if unclear else "fine"
            told += [say("check.tally.unclear", self._lang)] if unclear else []
        self.code = max(self.code, {"fine": CLEAN, "unread": UNREADABLE}.get(kind, FOUND))
        self._kinds[kind] += 1
        self._lines.append(" · ".join([name, *(told or [say("check.tally.nothing", self._lang)])]))

    def told(self) -> Iterator[str]:
        """Yield the line of each letter, and the total."""
        yield from self._lines
        counts = (say(f"check.total.{kind}", self._lang, count=self._kinds[kind]) for kind in _KINDS if self._kinds[kind])
        yield " · ".join([say("check.total.letters", self._lang, count=len(self._lines)), *counts])


def _weighed(annotation: Annotation, lang: Lang) -> Iterator[str]:
    """Tell how many findings of a letter weigh how much."""
    weights = Counter(finding.severity for finding in annotation.findings)
    yield from (say(f"check.tally.{severity}", lang, count=weights[severity]) for severity in SEVERITIES if weights[severity])


def _annotations(options: argparse.Namespace, tally: _Tally) -> Iterator[tuple[str, Annotation]]:
    """Annotate the letters one by one, so that memory hardly grows with their number; note what became of each."""
    for name in _letters(options, tally):
        try:
            text = read_text(name, options.lang, problem="unreadable")
        except UnreadableError as error:
            print(error, file=sys.stderr)
            tally.add(name, None)
            continue
        annotation = annotate(text, ignore=options.ignore, samples=options.samples, notice=options.notice, metrics=options.metrics)
        tally.add(name, annotation)
        yield name, annotation


def _letters(options: argparse.Namespace, tally: _Tally) -> Iterator[str]:
    """Name the letters to check; of a folder, those in it and in the folders below, and tell on standard error how far the work is."""
    for name in options.files:
        if not os.path.isdir(name):  # noqa: PTH112 - what was typed is what messages name
            yield name
            continue
        files = sorted(path for path in Path(name).rglob("*") if path.is_file() and not hidden(path.relative_to(name)))
        letters = [path for path in files if path.suffix.lower() in _ENDINGS]
        left = [printable(str(path.relative_to(name))) for path in files if path.suffix.lower() not in _ENDINGS]
        if left:
            more = [say("check.more", options.lang, count=len(left) - _NAMED)] if len(left) > _NAMED else []
            print(say("check.left", options.lang, folder=name, files=listed([*left[:_NAMED], *more], options.lang)), file=sys.stderr)
        if not letters:
            print(say("check.empty-folder", options.lang, folder=name), file=sys.stderr)
            tally.code = UNREADABLE
        for number, path in enumerate(letters, 1):
            yield str(path)
            counting("check", name, number, len(letters), options.lang)


def _print_text(letters: Iterator[tuple[str, Annotation]], lang: Lang, *, notes: Sequence[str] | None, several: _Tally | None) -> None:
    if notes:
        print("\n".join([say("check.doubts", lang), *(f"- {note}" for note in notes)]), end="\n\n")
    explained: Counter[str] = Counter()
    for name, annotation in letters:
        if several:
            print(f"== {name} ==")
        print(to_text(annotation, lang, explained=explained))
        explained.update({finding.rule.id for finding in annotation.findings})
        if several:
            print()
        elif annotation.findings:
            print("\n" + say("check.in-all", lang, counts=" · ".join(_weighed(annotation, lang))))
    if several:
        once = [say("check.explained-once", lang), ""] if explained.total() > len(explained) else []
        print("\n".join([*once, f"== {say('check.all', lang)} ==", *several.told()]))


def _print_json(letters: Iterator[tuple[str, Annotation]], lang: Lang, *, notes: Sequence[str] | None, several: _Tally | None) -> None:
    between = "[\n" if several else ""
    for name, annotation in letters:
        print(between + to_json(annotation, lang, file=name if several else "", doubts=notes), end="")
        between = ",\n"
    if several:
        print("[]" if between.startswith("[") else "\n]")
    elif between:
        print()


def _print_html(letters: Iterator[tuple[str, Annotation]], lang: Lang, *, notes: Sequence[str] | None, several: _Tally | None) -> None:
    titled = ((name if several else "", annotation) for name, annotation in letters)
    for part in to_page(titled, lang, doubts=notes or (), summary=several.told() if several else ()):
        print(part, end="")


FORMATS = {"text": _print_text, "json": _print_json, "html": _print_html}
