"""Facts to a letter: every sentence comes from a fact, and a fact that is missing is named, never made up."""

import re
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import Any, get_args

from jinja2 import Environment, StrictUndefined, Template

from appealkit.case import Action, Case, Cause, Metric, Status, Wordings
from appealkit.due import deadline
from appealkit.layout import TERMINAL
from appealkit.marketplaces import English, english_of
from appealkit.roles import Role
from appealkit.segment import Layout, Segment
from appealkit.sentences import sentence_spans
from appealkit.steps import after_we, with_tool
from appealkit.tables import load
from appealkit.written import PUNCTUATION, in_digits


@dataclass(frozen=True, slots=True)
class Letter:
    """An assembled letter: its text, and the roles that each sentence of it was written for.

    Args:
        text: plain text that survives a plain-text box.
        parts: its sentences in order, each with its roles; none for the seller's own words, whose roles have to be read.
        case: the facts it was written from.
        sources: for each sentence the path of the fact that it is written from, such as `causes.c1`; empty for the template's own.
    """

    text: str
    parts: tuple[tuple[Segment, frozenset[Role]], ...]
    case: Case
    sources: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the text, as it is sent."""
        return self.text


@dataclass(frozen=True, slots=True)
class _Group:
    """The steps that answer the same causes, each told by its number, done before running before planned; `first` is that of the first."""

    causes: dict[int, Cause]
    first: int
    actions: list[Action]


_LINE = re.compile(r"([a-z_]+(?: [a-z_]+)*)(?:@([\w.-]+))? (\|\||[|+/]) ((?:\d+\. |- )?)(.*)")
_BEFORE = {"||": "\n\n", "|": "\n", "/": "\n", "+": " "}
_LAYOUT = {Role.GREETING: Layout.GREETING, Role.HEADING: Layout.HEADING, Role.SIGNOFF: Layout.SIGNOFF}
_OWN = "own"  # stands in the template where the seller's own words have roles that are not known
_ORDER = get_args(Status)


def assemble(case: Case) -> Letter:
    r"""Write the letter that the facts allow.

    Args:
        case: the seller's facts; any of them may be missing.

    Returns:
        The letter. The same facts always give the same text.

    >>> print(assemble(Case(store="Blue Kite", causes=[{"failed": "We counted stock once a week"}])).text.split("\n\n")[3])
    Root cause
    1. We counted stock once a week.
    """
    rendered = _template(english_of(case.marketplace, case.voice)).render(_facts(case))
    text = ""
    parts: list[tuple[Segment, frozenset[Role]]] = []
    sources: list[str] = []
    for line in filter(None, map(str.strip, rendered.splitlines())):
        roles, source, sign, mark, words = _line(line)
        text += (_BEFORE[sign] if text else "") + mark
        start, block = len(text), len(parts)
        text += words
        if sign == "/":  # the same sentence goes on
            start, block = parts[-1][0].start, parts.pop()[0].block
            source = sources.pop()
        elif sign == "+":
            block = parts[-1][0].block
        layout = next((_LAYOUT[role] for role in roles if role in _LAYOUT), Layout.ITEM if mark else Layout.PROSE)
        parts.append((Segment(start, len(text), layout, block), roles))
        sources.append(source)
    return Letter(text + "\n", tuple(parts), case, tuple(sources))


def phrasings(case: Case) -> dict[str, tuple[str, ...]]:
    """Return the phrasings from which the seller may choose, for each sentence that no fact gives.

    Args:
        case: the facts that stand in some of them.

    Returns:
        The phrasings of each field of `Wordings`, in the order in which the case numbers them.

    >>> phrasings(Case())["apology"][2]
    'We should have prevented this, and we apologise to every buyer who was affected.'
    """
    wordings = _template(english_of(case.marketplace, case.voice)).make_module(_facts(case))
    return {passage: tuple(getattr(wordings, passage)) for passage in Wordings.model_fields}


def _facts(case: Case) -> dict[str, Any]:
    return {"case": case, "metric": case.metric, "plan": _plan(case)}


def _line(line: str) -> tuple[frozenset[Role], str, str, str, str]:
    """Take a line of the template apart: its roles, its source, its sign, its list mark, its words."""
    found = _LINE.fullmatch(line)
    if not found:
        msg = f"templates/letter.txt.j2 gave a line without roles: {line!r}"
        raise ValueError(msg)
    roles, source, sign, mark, words = found.groups()
    return frozenset(map(Role, roles.split() if roles != _OWN else ())), source or "", sign, mark, words


def _plan(case: Case) -> list[_Group]:
    """Group the steps by the causes that they answer; the numbers run through.

    The groups stand in the order of the causes, those of several behind the last one of these. Of the steps about the whole account the
    finished ones come before them, the others last, so that nothing still to come stands before what is done.
    """
    told = dict(enumerate((cause for cause in case.causes if cause.failed), 1))
    answered: dict[tuple[int, ...], list[Action]] = {}
    for step in sorted((step for step in case.actions if step.what and step.status), key=lambda step: _ORDER.index(step.status)):
        answered.setdefault(tuple(number for number, cause in told.items() if cause.id in step.answers), []).append(step)
    others = answered.pop((), [])
    done = sum(step.status == "done" for step in others) if answered else 0  # alone, they stay together
    of_causes = sorted(answered.items(), key=lambda group: (group[0][-1], len(group[0]), group[0]))
    groups: list[_Group] = []
    for numbers, actions in [((), others[:done]), *of_causes, ((), others[done:])]:
        if actions:
            first = 1 + sum(len(group.actions) for group in groups)
            groups.append(_Group({number: told[number] for number in numbers}, first, actions))
    return groups


@cache
def _template(english: English) -> Template:
    """Compile the template in the English of a letter. No value is ever in it, so that what the seller typed stays as typed."""
    # Plain text for a plain-text box: HTML escaping would put "&amp;" into the letter. Values are never compiled as templates.
    environment = Environment(trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined, autoescape=False)  # noqa: S701
    environment.filters |= {
        "day": english.day, "spelt": english.spell, "percent": _percent, "number": _number, "count": _count,
        "kinds": partial(_kinds, english), "clause": _clause, "sentence": _sentence, "capital": _capital, "sentences": _sentences,
        "listed": _listed, "after_we": after_we, "with_tool": with_tool, "said_in": _said_in, "by_a_day": _by_a_day,
        "on_its_day": _on_its_day,
    }  # fmt: skip
    source = files("appealkit").joinpath("templates", "letter.txt.j2").read_text(encoding="utf-8")
    return environment.from_string(english.spell(source), globals={"comma": english.comma})


def _percent(value: float) -> str:
    return f"{in_digits(value)}%"


def _number(value: int) -> str:
    return f"{value:,}"


def _count(value: int, noun: str) -> str:
    return f"{value:,} {noun}{'' if value == 1 else 's'}"


def _kinds(english: English, metric: Metric) -> list[str]:
    nouns: dict[str, Any] = load("strings.toml")["defect"]
    return [_count(count, english.spell(nouns[kind]["en"])) for kind, count in metric.defects.items() if count]


def _listed(words: list[str]) -> str:
    """Join words as a sentence does; where one of them has a comma in it, a semicolon keeps them apart."""
    *before, last = words
    mark = "; " if any("," in word for word in words) else ", "
    return f"{mark.join(before)} and {last}" if before else last


def _by_a_day(action: Action) -> bool:
    """Tell whether the words of a step that is planned tell the day by which it is done."""
    return action.status == "planned" and deadline(action.what) is not None


def _on_its_day(action: Action) -> bool:
    """Tell whether the day of a step is the one by which its words say that it is done."""
    told = deadline(action.what)
    return bool(told and action.when and told[1] in {action.when, (action.when.month, action.when.day)})


def _said_in(words: str, step: str) -> bool:
    """Tell whether a step says some words already, so that the letter need not say them again."""
    return bool(re.search(rf"(?<!\w){re.escape(_clause(words))}(?!\w)", step, re.IGNORECASE))


def _clause(words: str) -> str:
    return words.rstrip(PUNCTUATION)


def _sentence(words: str) -> str:
    return words if words.endswith(TERMINAL) else f"{_clause(words)}."


def _sentences(words: str) -> list[str]:
    prose = _sentence(words)
    return [prose[start:end] for start, end in sentence_spans(prose)]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
