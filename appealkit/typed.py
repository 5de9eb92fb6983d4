"""From what stands in the fields of a form to the facts of a case: all that fits together."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from appealkit.case import Case, Wordings
from appealkit.dates import day_named
from appealkit.language import Lang
from appealkit.metrics import published
from appealkit.problems import problems
from appealkit.text import mostly_chinese
from appealkit.written import in_digits

Values = Mapping[str, Any]
"""What stands in the fields of a form, by path: `store`, `metric.value`, `causes.c1.failed`; of several ids, with spaces between."""

REFERENCES = {"answers", "proves"}
_DAYS = {"start", "end", "when"}
PERIODS = ("metric.window", "period")
"""What has a first and a last day, which are taken together."""

_COUNTED = ("metric.value", "metric.orders", "metric.defective_orders")
"""The figures that may contradict one another, together with the kinds of defect."""

_CHOICES = {"status", *REFERENCES}  # an entry in which nothing else is filled in is still empty
UNSAID = {"voice": "we", "situation": "existing"} | {f"wording.{passage}.phrasing": "1" for passage in Wordings.model_fields}
"""What stands in a field that is never empty, as long as nobody has chosen."""

KINDS = ("causes", "actions", "evidence")


def written(case: Case) -> Values:
    """Write the facts of a case as they stand in the fields of a form.

    Args:
        case: the facts.

    Returns:
        What stands in each field that is not empty, by its path. `read` makes the same facts of it, as long as each entry says something.

    >>> written(Case(store="Blue Kite", causes=[{"failed": "We forgot"}]))
    {'store': 'Blue Kite', 'causes.c1.failed': 'We forgot'}
    """
    facts = case.model_dump(exclude_defaults=True)
    documents = facts.pop("evidence", ())
    return dict(_paths("", facts | {"evidence": {f"e{number}": document for number, document in enumerate(documents, 1)}}))


def _paths(path: str, value: object) -> Iterator[tuple[str, Any]]:
    match value:
        case dict():
            for name, below in value.items():
                yield from _paths(f"{path}.{name}".removeprefix("."), below)
        case [str(), *_]:
            yield path, " ".join(map(str, value))
        case tuple() | list():
            for entry in value:
                yield from _paths(f"{path}.{entry['id']}", {name: below for name, below in entry.items() if name != "id"})
        case int() | float():
            yield path, in_digits(value)
        case str():
            yield path, value


def unfit(typed: Values, case: Case) -> dict[str, str]:
    """Find what stands in fields and is not, or not so, in the facts; a document has no name by which it could be found again.

    Args:
        typed: what stands in the fields.
        case: the facts that were taken from them.

    Returns:
        What stands in those fields, by their paths.
    """
    known = written(case)
    told = {path: value for path, value in typed.items() if (value or "") != known.get(path, UNSAID.get(path, ""))}
    return {path: str(value or "") for path, value in told.items() if not path.startswith("evidence.")}


def resumed(case: Case, rest: Mapping[str, str]) -> Values:
    """Write a draft as it stood in the fields: its facts, and what was none yet.

    Args:
        case: the facts.
        rest: what `unfit` found.

    Returns:
        What stands in each field.
    """
    return {**written(case), **rest}


def read(values: Values) -> Case:
    """Read all fields.

    Args:
        values: what stands in them.

    Returns:
        The facts.

    Raises:
        pydantic.ValidationError: when a value cannot be, two contradict each other, or a sentence in the seller's own words is no English.
    """
    case = Case.model_validate(_facts(values))
    if unread := [*_unread(values)]:
        raise ValidationError.from_exception_data(Case.__name__, unread)
    return case


def _unread(values: Values) -> Iterator[InitErrorDetails]:
    """Yield the sentences in the seller's own words that are mostly Chinese; a Chinese name in an English one may stay."""
    for path, words in values.items():
        if path.startswith("wording.") and path.endswith(".own") and mostly_chinese(words or ""):
            told = PydanticCustomError("chinese", "chinese", {"words": words})
            yield InitErrorDetails(type=told, loc=tuple(path.split(".")), input=words)


def settle(typed: Values) -> tuple[Case, Values]:
    """Take over of what was typed all that can be; the same fields always give the same facts.

    The two days of a period are taken together. Of figures that contradict each other none is taken: only the seller knows which is right.

    Args:
        typed: what stands in the fields.

    Returns:
        The facts, and the values that they are read from.

    >>> figures = {"metric.value": "7.94", "metric.orders": "214", "metric.defective_orders": "16", "metric.defects.a-to-z": "9"}
    >>> settle({"metric.id": "odr", **figures})[0].metric.model_dump(exclude_defaults=True)
    {'id': 'odr', 'defects': {'a-to-z': 9}}
    """
    settled: Values = dict.fromkeys(typed, "")
    wholes = [[f"{period}.{end}" for end in ("start", "end")] for period in PERIODS]
    figures = {path: value for path, value in typed.items() if path in _COUNTED or path.startswith("metric.defects.")}
    parts = [[path] for path in typed if path not in figures and not any(path in whole for whole in wholes)]
    for together in (*parts, *wholes, _agreeing(figures, typed.get("metric.id", ""))):
        trial = {**settled, **{path: typed[path] for path in together if path in typed}}
        if _fits(trial):
            settled = trial
    return read(settled), settled


def left_out(typed: Values, settled: Values) -> list[str]:
    """Find the fields in which something stands that is not taken over.

    Args:
        typed: what stands in the fields.
        settled: what `settle` took over.

    Returns:
        Their paths.
    """
    return [path for path, value in typed.items() if value not in {"", None} and settled[path] != value]


def concerns(fact: str, fields: Iterable[str]) -> bool:
    """Tell whether a fact is that of one of some fields, or is made up of theirs.

    Args:
        fact: the path of its field.
        fields: the paths of the fields, such as `left_out` finds them.

    >>> concerns("period", ["period.end"]), concerns("period", ["periods"])
    (True, False)
    """
    return any(f"{field}.".startswith(f"{fact}.") for field in fields)


def refused(values: Values, lang: Lang) -> list[str]:
    """Say why some of what was typed is not taken over.

    Args:
        values: what stands in the fields.
        lang: `en` or `zh-Hant`.

    Returns:
        One sentence or two a problem; none when all of it is.
    """
    try:
        read(values)
    except ValidationError as error:
        return problems(error, lang, "form")
    return []


def _agreeing(figures: Values, metric: str) -> list[str]:
    """Find the figures that can be, and contradict no others: of those that do, as few as contradict each other are looked at together."""

    def fit(some: Iterable[str]) -> bool:
        return _fits({"metric.id": metric, **{path: figures[path] for path in some}})

    given = [path for path, value in figures.items() if value not in {"", None} and fit([path])]
    at_odds: list[set[str]] = []
    for size in range(2, _MOST_AT_ODDS + 1) if not fit(given) else ():
        for some in combinations(given, size):
            if not any(odd.issubset(some) for odd in at_odds) and not fit(some):
                at_odds.append(set(some))
    return [path for path in given if not any(path in odd for odd in at_odds)]


_MOST_AT_ODDS = 4  # all kinds of defect, and the orders that have them


def _fits(values: Values) -> bool:
    try:
        read(values)
    except ValidationError:
        return False
    return True


def _facts(values: Values) -> dict[str, Any]:
    """Put what stands in the fields into the shape of a case; what is empty, or belongs to nothing, is left out."""
    facts: dict[str, Any] = {}
    for path, value in values.items():
        if value not in {"", None}:
            *parents, field = path.split(".")
            branch = facts
            for parent in parents:
                branch = branch.setdefault(parent, {})
            branch[field] = (field in _DAYS and day_named(value)) or value
    metric = facts.pop("metric", {})
    for branch, name in ((metric, "window"), (facts, "period")):
        _whole(branch, name)
    if "id" in metric:
        counts = published()[metric["id"]].counts
        defects = {kind: count for kind, count in metric.get("defects", {}).items() if kind in counts}
        facts["metric"] = metric | {"defects": defects}
    names = {kind: filled(values, kind) for kind in KINDS}
    for kind, entries in names.items():
        facts[kind] = [facts[kind][name] | ({"id": name} if kind != "evidence" else {}) for name in entries]
    for entry in (*facts["actions"], *facts["evidence"]):
        for reference in entry.keys() & REFERENCES:
            known = [name for name in entry.pop(reference).split() if name in names["causes"] + names["actions"]]
            if known:
                entry[reference] = known if len(known) > 1 else known[0]
    return facts


def _whole(facts: dict[str, Any], name: str) -> None:
    """Take a period away of which one day alone is given: it is none yet."""
    if len(facts.get(name, {})) == 1:
        del facts[name]


def field_of(path: str, values: Values) -> str:
    """Return the path of the field in which a fact stands: an entry has its name there, and in a case its number.

    Args:
        path: the path of a fact in a case.
        values: what stands in the fields.

    >>> field_of("causes.0.failed", {"causes.c2.failed": "We forgot"})
    'causes.c2.failed'
    """
    head, *rest = path.split(".")
    if head in KINDS and rest:
        rest[0] = filled(values, head)[int(rest[0])]
    return ".".join([head, *rest])


def filled(values: Values, kind: str) -> list[str]:
    """Find the entries that say something.

    Args:
        values: what stands in the fields.
        kind: `causes`, `actions` or `evidence`.

    Returns:
        Their names, in their order.
    """
    told = (path.split(".") for path, value in values.items() if value not in {"", None} and path.startswith(f"{kind}."))
    return list(dict.fromkeys(name for _, name, field in told if field not in _CHOICES))
