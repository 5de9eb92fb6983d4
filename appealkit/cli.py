"""The command line: `appealkit` opens the notebooks; its commands check letters, read notices, write a letter and more."""

import argparse
import gc
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import cast, get_args

from pydantic import ValidationError

from appealkit.annotate import Annotation, annotate
from appealkit.case import Case
from appealkit.class_report import ClassReport, pseudonymous
from appealkit.class_view import class_to_csv, class_to_json, class_to_page, class_to_text
from appealkit.classroom import ClassError, read_class
from appealkit.columns import DateOrder, chosen_columns
from appealkit.courses import all_courses
from appealkit.daily import Orders
from appealkit.drafts import case_in
from appealkit.export import ExportError, export
from appealkit.gaps import Chinese, Untimely, chinese, missing, untimely
from appealkit.health import Health, HealthError, as_of
from appealkit.health_view import doubts, health_to_json, health_to_text
from appealkit.launch import DEFAULT_FOLDER, LaunchError, launch
from appealkit.letter import assemble
from appealkit.mail import text_of
from appealkit.notice import Notice
from appealkit.notice_view import notice_to_json, notice_to_text
from appealkit.outlook import days_to_csv
from appealkit.own_words import SamplesError, add_sample, fingerprint, read_samples
from appealkit.pasted import PASTED, pieces
from appealkit.practice import faults, make
from appealkit.problems import counted, problems
from appealkit.reading import read_notice
from appealkit.render import to_json, to_page, to_text
from appealkit.rules import SEVERITIES, rules
from appealkit.rules_view import rule_to_json, rules_index, rules_to_text
from appealkit.text import LANGS, Lang, printable, say
from appealkit.text_file import NoTextError, text_in

CLEAN, FOUND, UNREADABLE = 0, 1, 2
"""Exit codes: nothing that must be mended, something that must (or a text that is no letter), a file or argument that cannot be used."""


_COMMANDS = frozenset({"check", "notice", "health", "practice", "class", "write", "rules", "fingerprint"})


class _UnreadableError(Exception):
    """A file cannot be used; the message says why and what to do, in the reader's language."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: what stands behind the program's name; those of the process when None.

    Returns:
        0 without findings that must be mended, 1 with or when a text was not judged, 2 when a file or an argument cannot be used.
    """
    gc.freeze()  # what a start has loaded stays to the end: the collector need not go through it again and again
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Windows consoles would refuse what their code page lacks
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parse(sys.argv[1:] if arguments is None else arguments)
    command: Callable[[argparse.Namespace], int] = options.run
    options.langs = (options.lang,) if options.lang else LANGS
    options.lang = options.lang or LANGS[0]
    try:
        code = command(options)
        sys.stdout.flush()
    except (ClassError, ExportError, HealthError, LaunchError, SamplesError, _UnreadableError) as error:
        print(error, file=sys.stderr)
        return UNREADABLE
    except BrokenPipeError:  # the reader of a pipe, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python would complain of what it still has to write
        return CLEAN
    return code


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the arguments: those of a command, or else the kit's own, with all others handed on to JupyterLab."""
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    own = arguments[:cut]
    if _COMMANDS.intersection(own) or {"-h", "--help"}.intersection(own) or (own and not own[0].startswith("-")):
        return _parser().parse_args(arguments)
    options, extra = _parser(commands=False).parse_known_args(own)
    options.extra = [*extra, *arguments[cut + 1 :]]
    return options


def _parser(*, commands: bool = True) -> argparse.ArgumentParser:
    """Make the parser; without the commands it takes no word that is JupyterLab's, such as the 9999 of `--port 9999`, for one."""
    parser = argparse.ArgumentParser(
        prog="appealkit",
        description="Open the notebooks in JupyterLab on this machine. Further arguments are handed on to JupyterLab.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"appealkit {version('appealkit')}")
    parser.set_defaults(lang=None, run=_open)
    language = argparse.ArgumentParser(add_help=False)
    language.add_argument(
        "--lang",
        choices=LANGS,
        default=argparse.SUPPRESS,  # so that a command does not undo what stood before it
        help="language of the notebooks and explanations (default: en); letters are in English",
    )
    for action in language._actions:  # noqa: SLF001 - argparse has no other way to offer one option before and behind a command
        parser._add_action(action)  # noqa: SLF001
    parser.add_argument(
        "--dir", type=Path, default=DEFAULT_FOLDER, help="folder of your working copy of the notebooks (default: %(default)s)"
    )
    parser.add_argument("--no-browser", action="store_true", help="start JupyterLab without opening a browser")
    if commands:
        _add_commands(parser.add_subparsers(title="commands", metavar="COMMAND"), language)
    return parser


def _add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", language: argparse.ArgumentParser) -> None:
    check = commands.add_parser(
        "check",
        parents=[language],
        help="annotate letters",
        epilog="\n".join(say("check.codes", lang) for lang in LANGS),
        formatter_class=argparse.RawDescriptionHelpFormatter,  # it leaves each language its lines
        allow_abbrev=False,
    )
    check.add_argument("files", nargs="+", metavar="FILE", help="a letter as .txt or .docx (- for standard input), or a folder of them")
    check.add_argument("--format", choices=_FORMATS, default="text")
    check.add_argument("--ignore", action="append", default=[], metavar="RULE", help="switch a rule off; may be given several times")
    check.add_argument(
        "--samples",
        action="append",
        default=[],
        metavar="FILE.json",
        help="compare with these public samples too (see fingerprint); may be given several times",
    )
    check.add_argument("--notice", metavar="FILE", help="the notice or refusal that the letters answer, as it came; - for standard input")
    check.add_argument("--health", metavar="FILE", help="the account-health report or file of orders with which figures are compared")
    check.set_defaults(run=_check)

    notice = commands.add_parser("notice", parents=[language], help="say what a notice of Amazon's asks", allow_abbrev=False)
    notice.add_argument("notice", metavar="FILE", help="the notice or refusal as it came; - for standard input")
    notice.add_argument("--format", choices=("text", "json"), default="text")
    notice.set_defaults(run=_notice)

    health = commands.add_parser(
        "health", parents=[language], help="read the account-health report (JSON) or a file of orders (CSV, TSV)", allow_abbrev=False
    )
    health.add_argument("file", metavar="FILE", help="GET_V2_SELLER_PERFORMANCE_REPORT as JSON, or one row an order; - for standard input")
    health.add_argument(
        "--format", choices=("text", "json", "csv"), default="text", help="csv is the rate of each day, of a file of orders"
    )
    for command in (check, health):
        command.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="PART=NAME",
            help="the column of a part in a file of orders, such as date=Placed",
        )
        command.add_argument("--dates", metavar="ORDER", help="what comes first in its dates such as 04/05/2026: day-first or month-first")
        command.add_argument("--end", metavar="YYYY-MM-DD", help="last day of its windows (default: that of the newest order)")
    health.set_defaults(run=_health)

    write = commands.add_parser("write", parents=[language], help="assemble a letter from a case", allow_abbrev=False)
    write.add_argument("case", metavar="CASE.json", help="the facts; - for standard input")
    write.add_argument("--out", metavar="FILE", help="write it to a new file: .txt, .docx or .html; its name must be free")
    write.add_argument("--annotated", action="store_true", help="with --out FILE.html: the annotated letter, to send to a colleague")
    write.set_defaults(run=_write)

    practice = commands.add_parser("practice", parents=[language], help="make letters to practise on", allow_abbrev=False)
    kinds = practice.add_subparsers(title="commands", metavar="COMMAND", required=True)
    making = kinds.add_parser("make", parents=[language], help="make a letter with known faults from drawn facts", allow_abbrev=False)
    making.add_argument("--seed", type=int, required=True, metavar="N", help="the same number gives the same letter")
    making.add_argument("--faults", type=int, default=2, metavar="K", help="how many faults it has (default: %(default)s)")
    making.add_argument("--format", choices=("text", "json"), default="text", help="text is the letter alone, json has the key too")
    making.set_defaults(run=_practice)

    training = commands.add_parser("class", parents=[language], help="for trainers: see how a class does", allow_abbrev=False)
    _add_class_commands(training, language)

    listing = commands.add_parser("rules", parents=[language], help="list the rules (in both languages without --lang)", allow_abbrev=False)
    listing.add_argument("rules", nargs="*", metavar="RULE", help="say all about these rules")
    listing.add_argument("--all", action="store_true", help="say all about all of them; JSON does so anyway")
    listing.add_argument("--format", choices=("text", "json"), default="text")
    listing.set_defaults(run=_list)

    taking = commands.add_parser(
        "fingerprint",
        parents=[language],
        help="add the fingerprints of a public sample to a file of yours",
        description="The text of the sample is not stored: only hashes of every six words in a row.",
        allow_abbrev=False,
    )
    taking.add_argument("sample", metavar="SAMPLE.txt", help="the public text; - for standard input")
    taking.add_argument("--id", required=True, help="a short name for it; a sample of that name in the file is replaced")
    taking.add_argument("--about", required=True, help="what it is")
    taking.add_argument("--source", required=True, help="where it can be read")
    taking.add_argument(
        "--into", required=True, type=Path, metavar="FILE.json", help="your file of fingerprints; made when it is not there"
    )
    taking.set_defaults(run=_fingerprint)


def _add_class_commands(training: argparse.ArgumentParser, language: argparse.ArgumentParser) -> None:
    tasks = training.add_subparsers(title="commands", metavar="COMMAND", required=True)
    reporting = tasks.add_parser("report", parents=[language], help="count the attempts that trainees exported", allow_abbrev=False)
    reporting.add_argument("folder", metavar="DIR", help="the folder with the files of the class")
    reporting.add_argument("--format", choices=("text", "json", "csv", "html"), default="text")
    reporting.add_argument("--pseudonyms", action="store_true", help="call the trainees by numbers")
    reporting.set_defaults(run=_class_report)
    checking = tasks.add_parser("check", parents=[language], help="say what is wrong with exercises of your own", allow_abbrev=False)
    checking.add_argument("file", metavar="FILE.toml", help="your exercises")
    checking.set_defaults(run=_class_check)
    beginning = tasks.add_parser("example", parents=[language], help="write exercises to start from into a new file", allow_abbrev=False)
    beginning.add_argument("file", type=Path, metavar="FILE.toml", help="its name must be free")
    beginning.set_defaults(run=_class_example)
    assigning = tasks.add_parser("assignment", parents=[language], help="write a notebook of exercises for nbgrader", allow_abbrev=False)
    assigning.add_argument("folder", metavar="DIR", help="its folder in the course, such as source/practice")
    assigning.add_argument("exercises", nargs="+", metavar="ID", help="exercises of the kit or of your own, or practice-SEED-FAULTS")
    assigning.add_argument("--own", type=Path, metavar="FILE.toml", help="your exercises")
    assigning.set_defaults(run=_class_assignment)


def _open(options: argparse.Namespace) -> int:
    return launch(lang=options.lang, folder=options.dir, browser=not options.no_browser, extra=options.extra)


def _check(options: argparse.Namespace) -> int:
    _know(options.ignore, options.lang)
    options.samples = read_samples(*options.samples, lang=options.lang)
    options.notice = _given_notice(options) if options.notice else None
    data = _at_end(_figures(options.health, options), options) if options.health else None
    options.metrics = data.metrics if data else ()
    tally = _Tally(options.lang)
    several = len(options.files) > 1 or any(map(os.path.isdir, options.files))
    notes = None if data is None else doubts(data, options.lang)
    _FORMATS[options.format](_annotations(options, tally), options.lang, notes=notes, several=tally if several else None)
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
            weights = Counter(finding.severity for finding in annotation.findings)
            kind = "mend" if weights["error"] else "fine"
            told = [say(f"check.tally.{severity}", self._lang, count=weights[severity]) for severity in SEVERITIES if weights[severity]]
        self.code = max(self.code, {"fine": CLEAN, "unread": UNREADABLE}.get(kind, FOUND))
        self._kinds[kind] += 1
        self._lines.append(" · ".join([name, *(told or [say("check.tally.nothing", self._lang)])]))

    def told(self) -> Iterator[str]:
        """Yield the line of each letter, and the total."""
        yield from self._lines
        counts = (say(f"check.total.{kind}", self._lang, count=self._kinds[kind]) for kind in _KINDS if self._kinds[kind])
        yield " · ".join([say("check.total.letters", self._lang, count=len(self._lines)), *counts])


_KINDS = ("mend", "fine", "unjudged", "unread")


def _annotations(options: argparse.Namespace, tally: _Tally) -> Iterator[tuple[str, Annotation]]:
    """Annotate the letters one by one, so that memory hardly grows with their number; note what became of each."""
    for name in _letters(options, tally):
        try:
            text = _read(name, options.lang, problem="unreadable")
        except _UnreadableError as error:
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
        files = sorted(path for path in Path(name).rglob("*") if path.is_file() and not _hidden(path.relative_to(name)))
        letters = [path for path in files if path.suffix.lower() in _ENDINGS]
        left = [printable(str(path.relative_to(name))) for path in files if path.suffix.lower() not in _ENDINGS]
        if left:
            more = [say("check.more", options.lang, count=len(left) - _NAMED)] if len(left) > _NAMED else []
            print(say("check.left", options.lang, folder=name, files=", ".join([*left[:_NAMED], *more])), file=sys.stderr)
        if not letters:
            print(say("check.empty-folder", options.lang, folder=name), file=sys.stderr)
            tally.code = UNREADABLE
        for number, path in enumerate(letters, 1):
            yield str(path)
            _counting("check", name, number, len(letters), options.lang)


_ENDINGS = {".txt", ".docx"}
_NAMED = 10  # files that are not read


def _hidden(path: Path) -> bool:
    """Is this a file of a system or of a program, such as .git/config or the lock of a document that is open?"""
    return any(part.startswith((".", "~$")) for part in path.parts)


def _counting(command: str, folder: object, done: int, of: int, lang: Lang) -> None:
    if sys.stderr.isatty() or done == of:  # one line that counts on; in a log only its end
        print(say(f"{command}.progress", lang, folder=folder, done=done, of=of), end="\n" if done == of else "\r", file=sys.stderr)


def _print_text(letters: Iterator[tuple[str, Annotation]], lang: Lang, *, notes: Sequence[str] | None, several: _Tally | None) -> None:
    if notes:
        print("\n".join([say("check.doubts", lang), *(f"- {note}" for note in notes)]), end="\n\n")
    for name, annotation in letters:
        if several:
            print(f"== {name} ==")
        print(to_text(annotation, lang))
        if several:
            print()
    if several:
        print("\n".join([f"== {say('check.all', lang)} ==", *several.told()]))


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


_FORMATS = {"text": _print_text, "json": _print_json, "html": _print_html}


def _given_notice(options: argparse.Namespace) -> Notice:
    text = _read(options.notice, options.lang, decode=text_of)
    if not pieces(text[:PASTED]):
        file = options.notice
        raise _UnreadableError(
            say("notice.empty", options.lang, file=file) if text.strip() else say("notice.blank", options.lang, file=file)
        )
    notice = read_notice(text)
    if notice.mistaken in {"data", "nothing"}:
        raise _UnreadableError(say("view.labelled", options.lang, label=options.notice, words=notice.advice(options.lang)))
    return notice


def _notice(options: argparse.Namespace) -> int:
    notice = _given_notice(options)
    print(notice_to_json(notice) if options.format == "json" else notice_to_text(notice, options.lang))
    return CLEAN


def _health(options: argparse.Namespace) -> int:
    """Print the metrics of a report or a file of orders, or the rate of each day."""
    found = _figures(options.file, options)
    end = _day(options.end, options.lang)
    followed = all_courses(found, end=end) if isinstance(found, Orders) else []
    if options.format == "csv":
        if not followed:
            raise HealthError(say("health.no-days", options.lang, file=options.file))
        print(days_to_csv(course for course in followed if course.metric == followed[0].metric), end="")
        return CLEAN
    health = _at_end(found, options)
    print(health_to_json(health, options.lang) if options.format == "json" else health_to_text(health, options.lang, followed))
    return CLEAN


def _figures(name: str, options: argparse.Namespace) -> Health | Orders:
    from appealkit.orders import read_figures  # noqa: PLC0415 - the reader of tables takes longer to load than all the rest

    lang = options.lang
    columns, dates = chosen_columns(options.column, lang), _date_order(options.dates, lang)
    source = sys.stdin.buffer if name == "-" else name
    return read_figures(source, columns=columns, dates=dates, lang=lang, progress=lambda done, of: _progress(name, done, of, lang))


def _at_end(found: Health | Orders, options: argparse.Namespace) -> Health:
    """Return the metrics, of a file of orders at the end of the window that was asked for."""
    end = _day(options.end, options.lang)
    if end and not isinstance(found, Orders):
        raise HealthError(say("health.own-window", options.lang))
    health = found.health(end) if isinstance(found, Orders) else found
    return as_of(health, datetime.now().astimezone().date())


def _date_order(given: str | None, lang: Lang) -> DateOrder | None:
    if given is not None and given not in get_args(DateOrder):
        raise HealthError(say("health.no-order", lang, given=given, known=", ".join(get_args(DateOrder))))
    return cast("DateOrder | None", given)


def _day(given: str | None, lang: Lang) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise HealthError(say("health.no-day", lang, given=given)) from error


def _progress(name: str, done: int, of: int, lang: Lang) -> None:
    if of > _LARGE and sys.stderr.isatty():
        if done == of:
            print(say("health.counting", lang, file=name, of=of // _MEGA), file=sys.stderr)
        else:
            print(say("health.progress", lang, file=name, done=done // _MEGA, of=of // _MEGA), end="\r", file=sys.stderr)


_MEGA = 1_000_000
_LARGE = 10 * _MEGA  # bytes, from which reading takes long enough to tell how far it is


def _write(options: argparse.Namespace) -> int:
    """Print the letter; what was left out for want of a fact is named on standard error."""
    if options.annotated and not options.out:
        raise _UnreadableError(say("write.annotated-alone", options.lang))
    content = _read(options.case, options.lang, binary="own.not-text")
    if not content.strip():
        raise _UnreadableError(say("write.no-facts", options.lang, file=options.case))
    try:
        case = Case.model_validate_json(case_in(content))
    except ValidationError as error:
        raise _UnreadableError("\n".join([options.case, *problems(error, options.lang)])) from error
    if case == Case(situation=case.situation):
        raise _UnreadableError(say("write.no-facts", options.lang, file=options.case))
    if options.out:
        print(say("export.done", options.lang, file=export(assemble(case), options.out, lang=options.lang, annotated=options.annotated)))
    else:
        print(assemble(case), end="")
    for gap in missing(case):
        print(say("write.gap", options.lang, field=gap.named(options.lang), question=gap.ask(options.lang)), file=sys.stderr)
    doubts: list[Chinese | Untimely] = [*chinese(case), *untimely(case, datetime.now().astimezone().date())]
    for doubt in doubts:
        print(say("write.doubt", options.lang, field=counted(doubt.field), question=doubt.ask(options.lang)), file=sys.stderr)
    return CLEAN


def _practice(options: argparse.Namespace) -> int:
    try:
        letter = make(options.seed, options.faults)
    except ValueError as error:
        raise _UnreadableError(say("practice.too-many", options.lang, faults=options.faults, known=len(faults()))) from error
    if options.format == "json":
        print(letter.to_json())
    else:
        print(letter.text, end="", flush=True)
        print(say("practice.key", options.lang, seed=options.seed, faults=options.faults), file=sys.stderr)
    return CLEAN


def _class_report(options: argparse.Namespace) -> int:
    """Print the report; the files that were left out are named on standard error, also when the report names nobody."""
    lang = options.lang
    report = read_class(options.folder, lang=lang, tell=lambda done, of: _counting("class", options.folder, done, of, lang))
    for refused in report.refused:
        print(say("class.left-out", lang, file=refused.file, reasons=" ".join(refused.reasons)), file=sys.stderr)
    shown = pseudonymous(report, lang) if options.pseudonyms else report
    print(_CLASS_FORMATS[options.format](shown, lang), end="" if options.format == "csv" else "\n")
    return UNREADABLE if report.refused else CLEAN


_CLASS_FORMATS: dict[str, Callable[[ClassReport, Lang], str]] = {
    "text": class_to_text,
    "json": lambda report, _: class_to_json(report),
    "csv": class_to_csv,
    "html": class_to_page,
}


def _class_check(options: argparse.Namespace) -> int:
    from appealkit.own_exercises import check_exercises, file_text  # noqa: PLC0415 - only these commands judge exercises

    checked = check_exercises(file_text(options.file, lang=options.lang), options.lang)
    for told in (*checked.flaws, *checked.notes):
        print(f"{options.file}:{told}")
    if checked.flaws:
        return FOUND
    print(say("own.fine", options.lang, file=options.file, count=len(checked.tasks)))
    return CLEAN


def _class_example(options: argparse.Namespace) -> int:
    from appealkit.own_exercises import write_starter  # noqa: PLC0415 - as above

    write_starter(options.file, lang=options.lang)
    print(say("own.written", options.lang, file=options.file))
    return CLEAN


def _class_assignment(options: argparse.Namespace) -> int:
    from appealkit.assignment import write_assignment  # noqa: PLC0415 - as above

    path = write_assignment(options.exercises, options.folder, lang=options.lang, own=options.own)
    print(say("assignment.done", options.lang, file=path, count=len(set(options.exercises)), name=path.parent.name))
    return CLEAN


def _list(options: argparse.Namespace) -> int:
    _know(options.rules, options.lang)
    chosen = [rule for name, rule in rules().items() if name in options.rules or not options.rules]
    if options.format == "json":
        print("[\n" + ",\n".join(rule_to_json(rule, options.langs) for rule in chosen) + "\n]")
        return CLEAN
    if not options.rules:
        print("\n".join(rules_index(chosen, options.langs)))
    if options.rules or options.all:
        for part in rules_to_text(chosen, options.langs):
            print(part, end="")
    return CLEAN


def _fingerprint(options: argparse.Namespace) -> int:
    try:
        text = _read(options.sample, options.lang)
        sample = fingerprint(text, options.id, about=options.about, source=options.source)
    except ValidationError as error:
        raise _UnreadableError("\n".join(problems(error, options.lang))) from error
    done = "replaced" if add_sample(sample, options.into, lang=options.lang) else "added"
    print(say(f"samples.{done}", options.lang, file=options.into, id=sample.id, words=sample.words, shingles=len(sample.shingles)))
    return CLEAN


def _know(names: Sequence[str], lang: Lang) -> None:
    unknown = sorted(set(names) - set(rules()))
    if unknown:
        raise _UnreadableError(say("check.unknown-rule", lang, rule=", ".join(unknown), known=", ".join(rules())))


def _read(
    name: str, lang: Lang, *, problem: str = "cannot-read", binary: str = "check.not-text", decode: Callable[[bytes], str] = text_in
) -> str:
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return decode(content)
    except NoTextError as error:
        raise _UnreadableError(say(binary, lang, file=name)) from error
    except OSError as error:
        raise _UnreadableError(say(f"check.{problem}", lang, file=name, reason=error.strerror)) from error
