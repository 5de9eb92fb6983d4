"""Why pydantic refused a value, in the reader's language: the field, why its value cannot be, and what to write."""

import re
from calendar import monthrange
from datetime import date

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from appealkit.dates import why_no_day
from appealkit.language import Lang, beside, listed, say
from appealkit.tables import load
from appealkit.written import in_digits

_JSON_PLACE = re.compile(r"line (?P<line>\d+) column (?P<column>\d+)")
_SHOWN = 60  # characters of a refused value that are repeated to the user


def problems(error: ValidationError, lang: Lang, about: str = "case") -> list[str]:
    """Explain why facts were refused, in the user's language.

    Args:
        error: what pydantic raised.
        lang: `en` or `zh-Hant`.
        about: part of the strings whose own sentences come first, for other files than a case.

    Returns:
        One sentence or two a problem: the field, by its name where it is about a form, why its value cannot be, and what to write.

    >>> from appealkit.case import Case
    >>> try:
    ...     Case(metric={"id": "odr", "value": 140})
    ... except ValidationError as error:
    ...     print(problems(error, "en")[0])
    metric.value: 140 is more than 100. Write a number of at most 100.
    """
    fields = [
        (field_name(path, lang) if about == "form" else counted(path), reason) for path, reason in reasons_by_field(error, lang, about)
    ]
    return [say("case.refused", lang, field=field, reason=reason) for field, reason in fields]


def reasons_by_field(error: ValidationError, lang: Lang, about: str = "case") -> list[tuple[str, str]]:
    """Explain why facts were refused, for whoever names their fields otherwise.

    Args:
        error: what pydantic raised.
        lang: `en` or `zh-Hant`.
        about: as in `problems`.

    Returns:
        The path of the field and the reason, for each problem.
    """
    return [_reason(details, lang, about) for details in error.errors(include_url=False)]


def no_day(given: str, lang: Lang, about: str = "case") -> str:
    """Say why a date that somebody wrote is none that can be taken; empty for words that are no date at all, and for a day that there is.

    Args:
        given: what was written.
        lang: `en` or `zh-Hant`.
        about: `form` where the reader has the examples of a form before the eyes.

    >>> no_day("31.11.2026", "en")
    'There is no day 31 in month 11 of 2026: it has 30 days.'
    """
    if not (told := why_no_day(given)):
        return ""
    why, shown = told
    values: dict[str, object] = {"write": say(f"{'form' if about == 'form' else 'case'}.write-day", lang)}
    values |= dict(zip(("one", "other") if why == "two-ways" else ("year", "month", "day"), shown, strict=False))
    match shown:
        case (int(year), int(month), _) if why == "no-such-day":
            values["last"] = monthrange(year, month)[1]
    return say(f"case.{why}", lang, **values)


def counted(path: str) -> str:
    """Write the path of a field as people count.

    >>> counted("actions.0.when")
    'actions 1.when'
    """
    return re.sub(r"\.(\d+)(?![^.])", lambda number: f" {int(number[1]) + 1}", path)


def field_name(path: str, lang: Lang) -> str:
    """Name a field as the form names it, with its path behind; by its path alone where no form has it.

    >>> field_name("actions.0.when", "en"), field_name("wording.apology.own", "en")
    ('Step 1: day (actions 1.when)', 'wording.apology.own')
    """
    strings, parts = load("strings.toml")["form"], path.split(".")
    entry = say(f"form.entry.{parts[0]}", lang, number=int(parts.pop(1)) + 1) if parts[0] in strings["entry"] and parts[1:2] else ""
    known = strings["field"].get("-".join(parts).removesuffix("-id"))
    if not known:
        return counted(path)
    name = say("form.labelled", lang, entry=entry, field=known[lang]) if entry and parts[1:] else entry or known[lang]
    return beside(name, counted(path), lang)


def _reason(details: ErrorDetails, lang: Lang, about: str) -> tuple[str, str]:
    context = {name: _told(name, value, lang) for name, value in details.get("ctx", {}).items()}
    if "error" in context:  # pydantic's own English: only the place in the JSON is of use
        place = _JSON_PLACE.search(context["error"])
        context |= place.groupdict() if place else {"line": "1", "column": "1"}
    parts = [_shown(part) for part in (*details["loc"], context.pop("field", "")) if part not in {"", "[key]"}]
    strings, problem = load("strings.toml"), details["type"]
    of = next((part for part in (about, "case") if problem in strings[part]["problem"]), "")
    told = f"{of}.problem.{problem}" if of else "case.problem.other"
    field = ".".join(parts) or say("case.whole", lang)
    if problem == "day" and isinstance(given := details["input"], str) and (none := no_day(given, lang, about)):
        return field, none
    if problem == "model_type" and details["loc"] == ("metric",) and isinstance(details["input"], list):
        return field, say("case.one-metric", lang)
    return field, say(told, lang, given=_shown(details["input"]), **context)


def _told(name: str, value: object, lang: Lang) -> str:
    """Write what a problem is about in the user's language; pydantic lists allowed values as English: "'a', 'b' or 'c'"."""
    if name in {"expected", "expected_tags"}:
        value = re.findall(r"'([^']*)'", str(value)) or re.findall(r"\d+", str(value))
    return listed(value, lang) if isinstance(value, list) else _shown(value)


def _shown(value: object) -> str:
    """Repeat a value so that its user knows it again: numbers in digits, and not a whole page of anything."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 10**15:
        return in_digits(value)
    words = " ".join(str(value).split()) if isinstance(value, str | date) else "…"
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
