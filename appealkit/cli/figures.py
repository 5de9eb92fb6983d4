"""The command `health`, and the figures with which letters are compared."""

import argparse
import sys
from dataclasses import replace
from typing import cast, get_args

from appealkit.agreement.noticed import counted_to
from appealkit.cli.given import CLEAN, day
from appealkit.dates import today
from appealkit.figures.columns import DateOrder, chosen_columns
from appealkit.figures.courses import all_courses
from appealkit.figures.daily import Orders
from appealkit.figures.health import Health, HealthError, Note, as_of
from appealkit.figures.view import days_to_csv, health_to_json, health_to_text
from appealkit.language import Lang, listed, say
from appealkit.notice import Notice

_MEGA = 1_000_000
_LARGE = 10 * _MEGA  # bytes, from which reading takes long enough to tell how far it is


def health(options: argparse.Namespace) -> int:
    """Print the metrics of a report or a file of orders, or the rate of each day."""
    found = figures(options.file, options)
    end = day(options.end, options.lang)
    followed = all_courses(found, end=end) if isinstance(found, Orders) else []
    if options.format == "csv":
        if not followed:
            raise HealthError(say("health.no-days", options.lang, file=options.file))
        print(days_to_csv(course for course in followed if course.metric == followed[0].metric), end="")
        return CLEAN
    told = at_end(found, options)
    print(health_to_json(told, options.lang) if options.format == "json" else health_to_text(told, options.lang, followed))
    return CLEAN


def figures(name: str, options: argparse.Namespace) -> Health | Orders:
    """Read a report or a file of orders, as the options tell."""
    from appealkit.figures.orders import read_figures  # noqa: PLC0415 - the reader of tables takes longer to load than all the rest

    lang = options.lang
    columns, dates = chosen_columns(options.column, lang), _date_order(options.dates, lang)
    source = sys.stdin.buffer if name == "-" else name
    return read_figures(source, columns=columns, dates=dates, lang=lang, progress=lambda done, of: _progress(name, done, of, lang))


def at_end(found: Health | Orders, options: argparse.Namespace, notice: Notice | None = None) -> Health:
    """Return the metrics; of a file of orders at the end of the window that was asked for, or else of that which the notice states."""
    end = day(options.end, options.lang)
    if not isinstance(found, Orders):
        if end:
            raise HealthError(say("health.own-window", options.lang))
        return as_of(found, today())
    noticed = counted_to(notice) if notice and not end else None
    if noticed is None or noticed < found.first or noticed == found.last:
        return as_of(found.health(end), today())
    told = as_of(found.health(noticed), today())
    return replace(told, notes=(Note("as-noticed", {"end": noticed, "last": found.last}), *told.notes))


def _date_order(given: str | None, lang: Lang) -> DateOrder | None:
    if given is not None and given not in get_args(DateOrder):
        raise HealthError(say("health.no-order", lang, given=given, known=listed(get_args(DateOrder), lang)))
    return cast("DateOrder | None", given)


def _progress(name: str, done: int, of: int, lang: Lang) -> None:
    if of > _LARGE and sys.stderr.isatty():
        if done == of:
            print(say("health.counting", lang, file=name, of=of // _MEGA), file=sys.stderr)
        else:
            print(say("health.progress", lang, file=name, done=done // _MEGA, of=of // _MEGA), end="\r", file=sys.stderr)
