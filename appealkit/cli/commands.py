"""The commands that need a few lines: opening the notebooks, notices, letters from facts, practice letters, rules, fingerprints."""

import argparse
import sys
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from appealkit.case import Case
from appealkit.cli.given import CLEAN, FOUND, UnreadableError, given_notice, read_text, rules_named
from appealkit.dates import today
from appealkit.drafts import in_draft, is_draft
from appealkit.exercises.drawn import LARGEST
from appealkit.exercises.practice import faults, make
from appealkit.export import export
from appealkit.fingerprints import add_sample, fingerprint
from appealkit.gaps import Chinese, Doubt, chinese, doubtful, missing, told_today, untimely
from appealkit.language import Lang, say
from appealkit.launch import launch
from appealkit.letter import assemble
from appealkit.notice_view import notice_to_json, notice_to_text
from appealkit.own_words import LONG_RUN
from appealkit.problems import field_name, problems
from appealkit.rules import rules
from appealkit.rules_view import rule_to_json, rules_index, rules_to_text
from appealkit.text import mostly_chinese
from appealkit.typed import concerns, field_of, left_out, refused, resumed, settle


def open_notebooks(options: argparse.Namespace) -> int:
    """Open the notebooks in JupyterLab."""
    extra = [*(["--allow-root"] if options.allow_root else []), *options.extra]
    return launch(lang=options.lang, folder=options.dir, browser=not options.no_browser, extra=extra)


def notice(options: argparse.Namespace) -> int:
    """Print what a notice asks."""
    read = given_notice(options)
    print(notice_to_json(read) if options.format == "json" else notice_to_text(read, options.lang))
    return FOUND if read.unclear else CLEAN


def write(options: argparse.Namespace) -> int:
    """Print the letter; what was left out for want of a fact is named on standard error."""
    if options.annotated and not options.out:
        raise UnreadableError(say("write.annotated-alone", options.lang))
    content = read_text(options.case, options.lang, binary="own.not-text")
    if not content.strip():
        raise UnreadableError(say("write.no-facts", options.lang, file=options.case))
    if not content.lstrip().startswith(("{", "[")):
        raise UnreadableError(say("write.no-case", options.lang, file=options.case))
    try:
        stored, typed = content.encode(), dict[str, str]()
        if is_draft(stored):
            case, typed = in_draft(stored, Path(options.case), lang=options.lang)
        else:
            case = Case.model_validate_json(content)
    except ValidationError as error:
        raise UnreadableError("\n".join([options.case, *problems(error, options.lang)])) from error
    if case == Case(voice=case.voice, situation=case.situation):
        raise UnreadableError(say("write.no-facts", options.lang, file=options.case))
    days = untimely(case, today())
    letter = assemble(told_today(case, days))
    if options.out:
        print(say("export.done", options.lang, file=export(letter, options.out, lang=options.lang, annotated=options.annotated)))
    else:
        print(letter, end="")
    for line in _told(case, typed, days, options.lang):
        print(line, file=sys.stderr)
    return CLEAN


def _told(case: Case, typed: Mapping[str, str], days: Collection[Doubt], lang: Lang) -> Iterator[str]:
    """Tell what the letter leaves out, and what in it is to be looked at."""
    values = resumed(case, typed)
    left = left_out(values, settle(values)[1])
    for problem in refused(values, lang):
        yield say("write.typed", lang, problem=problem)
    for gap in missing(case):
        if not concerns(field_of(gap.field, values), left):
            yield say("write.gap", lang, field=gap.named(lang), question=gap.ask(lang))
    doubts: list[Chinese | Doubt] = [*chinese(case), *doubtful(case), *days]
    for doubt in doubts:
        kind = "early" if isinstance(doubt, Doubt) and doubt.early else "doubt"
        yield say(f"write.{kind}", lang, field=field_name(doubt.field, lang), question=doubt.ask(lang))


def practice(options: argparse.Namespace) -> int:
    """Print a letter with known faults."""
    if not 0 <= options.seed <= LARGEST:
        raise UnreadableError(say("practice.no-number", options.lang, words=options.seed, most=LARGEST))
    if options.faults < 0:
        raise UnreadableError(say("practice.too-few", options.lang, faults=options.faults))
    try:
        letter = make(options.seed, options.faults)
    except ValueError as error:
        raise UnreadableError(say("practice.too-many", options.lang, faults=options.faults, known=len(faults()))) from error
    if options.format == "json":
        print(letter.to_json())
    else:
        print(letter.text, end="", flush=True)
        print(say("practice.key", options.lang, seed=options.seed, faults=options.faults), file=sys.stderr)
    return CLEAN


def list_rules(options: argparse.Namespace) -> int:
    """Print the rules, in short or with all that is known of them."""
    options.rules = rules_named(options.rules, options.lang)
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


def take_fingerprint(options: argparse.Namespace) -> int:
    """Add the fingerprints of a sample to a file of the user's."""
    for name in ("about", "source"):
        if not getattr(options, name).strip():
            raise UnreadableError(say("samples.blank", options.lang, option=f"--{name}"))
    try:
        text = read_text(options.sample, options.lang)
        if mostly_chinese(text):
            raise UnreadableError(say("samples.chinese", options.lang, file=options.sample))
        sample = fingerprint(text, options.id, about=options.about, source=options.source)
    except ValidationError as error:
        raise UnreadableError("\n".join(problems(error, options.lang))) from error
    done = "replaced" if add_sample(sample, options.into, lang=options.lang, replace=options.replace) else "added"
    print(say(f"samples.{done}", options.lang, file=options.into, id=sample.id, words=sample.words, shingles=len(sample.shingles)))
    if sample.words < LONG_RUN:
        print(say("samples.short", options.lang, words=LONG_RUN), file=sys.stderr)
    return CLEAN
