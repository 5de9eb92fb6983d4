"""Practice letters: a sound letter from drawn facts, with known faults put in. The same seed gives the same letter."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from appealkit.case import Action, Case, Cause, Metric, Period
from appealkit.letter import Letter, assemble
from appealkit.marketplaces import english_of
from appealkit.metrics import published
from appealkit.roles import Role
from appealkit.tables import load


@dataclass(frozen=True, slots=True)
class PracticeLetter:
    """A letter to find faults in.

    Args:
        text: the letter.
        injected: ids of the rules whose faults are in it, in the order of the rules: those that were put in, and those that such a
            fault always brings along; the key of the exercise.
        case: the facts that it was written from, before a fault was put in.
    """

    text: str
    injected: tuple[str, ...]
    case: Case

    def to_json(self) -> str:
        """Return it with its key as one JSON object: `text`, `injected` and `case`."""
        result = {"text": self.text, "injected": self.injected, "case": self.case.model_dump(mode="json", exclude_defaults=True)}
        return json.dumps(result, ensure_ascii=False, indent=1)


def faults() -> tuple[str, ...]:
    """Return the ids of the rules whose faults can be put into a sound letter.

    >>> "blame" in faults()
    True
    """
    return tuple(load("practice.toml")["faults"])


def make(seed: int, number: int) -> PracticeLetter:
    """Make a letter with faults.

    Args:
        seed: any whole number; the same one gives the same letter.
        number: how many faults it has, from 0; one that always brings another along counts as two.

    Returns:
        The letter, its faults and the facts.

    Raises:
        ValueError: when so many faults do not go together.

    >>> make(7, 2) == make(7, 2)
    True
    """
    draw = Random(seed)  # noqa: S311 - nothing secret: the same letter for the same seed
    chosen = _choose(draw, number)
    injected = _all(chosen)
    case = _case(draw)
    entries = load("practice.toml")["faults"]
    changed = case
    for rule in chosen:
        if "case" in entries[rule]:
            changed = _CHANGES[entries[rule]["case"]](changed, draw)
    text = _with_faults(assemble(changed), {rule: entries[rule] for rule in chosen}, draw)
    return PracticeLetter(text, tuple(rule for rule in entries if rule in injected), case)


def _choose(draw: Random, number: int) -> tuple[str, ...]:
    entries = load("practice.toml")["faults"]
    order = draw.sample(list(entries), len(entries))
    chosen: list[str] = []
    for rule in order:
        if len(_all([*chosen, rule])) <= number and not any(_apart(rule, other) for other in chosen):
            chosen.append(rule)
    if len(_all(chosen)) != number:
        msg = f"{number} faults do not go together in one letter; at most {len(_all(chosen))} do"
        raise ValueError(msg)
    return tuple(rule for rule in entries if rule in chosen)


def _all(chosen: Sequence[str]) -> set[str]:
    """Return faults with those that they bring along."""
    return {*chosen, *(implied for rule in chosen for implied in _brings(rule))}


def _apart(one: str, other: str) -> bool:
    """Would two faults hide or bring one another?"""
    entries = load("practice.toml")["faults"]
    return any(name in _brings(mate) or name in entries[mate].get("not_with", ()) for name, mate in ((one, other), (other, one)))


def _brings(rule: str) -> tuple[str, ...]:
    """Return the rules whose faults always come with that of a rule."""
    return tuple(load("practice.toml")["faults"][rule].get("implies", ()))


def _case(draw: Random) -> Case:
    """Draw the facts of a sound letter."""
    stored = load("practice.toml")
    name = draw.choice(list(stored["metric"]))
    metric, known = stored["metric"][name], published()[name]
    period = _period(draw, known.window_days)
    defects = draw.randint(3, 9)
    orders = draw.randint(*metric["share"]) * defects
    done = period.end + timedelta(days=draw.randint(2, 5))
    people = draw.sample(stored["people"], 4)
    causes = draw.sample(metric["causes"], draw.choice([2, 2, 3]))
    remedy = f"{stored['remedy']['done']} {metric['what'].format(defects=defects)}"
    figures = Metric(id=name, orders=orders, defective_orders=defects, defects=_kinds(draw, known.counts, defects))
    return Case.model_validate(
        {
            "store": draw.choice(stored["stores"]),
            "marketplace": draw.choice(stored["marketplaces"]),
            "situation": draw.choice(["existing", "new"]),
            "metric": figures.model_copy(update={"value": round(figures.rate_from_counts or 0, 2), "target": known.target}),
            "period": period,
            "causes": [{key: cause[key] for key in ("id", "title", "failed")} for cause in causes],
            "actions": [
                {"id": "remedy", "what": remedy, "status": "done", "when": done, "who": people[0], "answers": causes[0]["id"]},
                *(
                    {"id": f"{cause['id']}-step", "what": cause["step"], "frequency": cause["frequency"], "status": "running",
                     "when": done + timedelta(days=1 + number), "who": people[number], "answers": cause["id"]}
                    for number, cause in enumerate(causes)
                ),
            ],
            "contact": {"name": people[3]},
        }
    )  # fmt: skip


def _period(draw: Random, most: int) -> Period:
    """Draw the days that a letter tells of."""
    start = date(2026, draw.randint(1, 6), draw.randint(1, 12))
    if start.day == start.month:  # such a date would read the same both ways
        start += timedelta(days=1)
    return Period(start=start, end=start + timedelta(days=draw.randint(most // 4, most - 1)))


def _kinds(draw: Random, kinds: Sequence[str], defects: int) -> dict[str, int]:
    """Draw how many orders of each kind there are: of several kinds the first two."""
    first = draw.randint(1, defects) if len(kinds) > 1 else defects
    return {kind: count for kind, count in zip(kinds[:2], (first, defects - first), strict=False) if count}


def put_off(case: Case) -> Case:
    """Return the facts of a made case with every step still to be taken.

    Args:
        case: that of a practice letter.

    Returns:
        The same facts, with all steps planned.
    """
    remedy = load("practice.toml")["remedy"]
    later = [
        step.model_copy(update={"status": "planned", "what": step.what.replace(remedy["done"], remedy["planned"])}) for step in case.actions
    ]
    return case.model_copy(update={"actions": tuple(later)})


# -- faults that change the facts ---------------------------------------------------------------------------------------------


def _bare(case: Case) -> Case:
    """Put in place of the steps such as are done, with nothing in them that could be checked."""
    stored = load("practice.toml")
    metric = stored["metric"][case.metric.id] if case.metric else {}
    words = {f"{cause['id']}-step": cause["bare"] for cause in metric["causes"]}
    words["remedy"] = f"{stored['remedy']['done']} {metric['bare']}"
    nothing = {"status": "done", "when": None, "who": "", "frequency": "", "answers": ()}
    return case.model_copy(update={"actions": tuple(step.model_copy(update={"what": words[step.id], **nothing}) for step in case.actions)})


def _causes(case: Case, causes: tuple[Cause, ...], *answers: str) -> Case:
    """Put other causes in place of those of a case, with all steps answering some of them, or the account as a whole."""
    return case.model_copy(
        update={"causes": causes, "actions": tuple(step.model_copy(update={"answers": answers}) for step in case.actions)}
    )


def _vague(case: Case, draw: Random) -> Case:
    cause = Cause(id="vague", failed=draw.choice(load("practice.toml")["vague"]["failed"]))
    return _causes(case, (cause,), cause.id)


def _unanswered(case: Case) -> Case:
    further = load("practice.toml")["metric"][case.metric.id]["unanswered"] if case.metric else {}
    return case.model_copy(update={"causes": (*case.causes, Cause(id="unanswered", **further))})


def _steps(case: Case, stay: Callable[[Action], bool]) -> Case:
    return case.model_copy(update={"actions": tuple(filter(stay, case.actions))})


def _without_figures(case: Case) -> Case:
    metric = (
        case.metric.model_copy(update={"value": None, "orders": None, "defective_orders": None, "defects": {}}) if case.metric else None
    )
    return case.model_copy(update={"metric": metric})


_CHANGES: Mapping[str, Callable[[Case, Random], Case]] = {
    "no-steps": lambda case, _: _steps(case, lambda _: False),
    "no-causes": lambda case, _: _causes(case, ()),
    "vague": _vague,
    "untitled": lambda case, _: case.model_copy(update={"causes": tuple(cause.model_copy(update={"title": ""}) for cause in case.causes)}),
    "figures": lambda case, _: _without_figures(case),
    "period": lambda case, _: case.model_copy(update={"period": None}),
    "bare": lambda case, _: _bare(case),
    "planned": lambda case, _: put_off(_steps(case, lambda step: step.id != "remedy")),
    "remedies": lambda case, _: _steps(case, lambda step: step.id == "remedy"),
    "unanswered": lambda case, _: _unanswered(case),
}
"""What a fault does to the facts, by the name that `data/practice.toml` gives it."""


# -- faults that change the letter --------------------------------------------------------------------------------------------


def _with_faults(letter: Letter, entries: Mapping[str, Mapping[str, Any]], draw: Random) -> str:
    """Write the letter's paragraphs again, with the faults in them."""
    roles = {letter.text[segment.start : segment.end]: known for segment, known in letter.parts}
    paragraphs = [paragraph.split("\n") for paragraph in letter.text.rstrip("\n").split("\n\n")]
    moved: list[str] = []
    inserted: list[str] = []
    for entry in entries.values():
        gone = Role(entry.get("drop", entry.get("move", "other")))
        if gone is not Role.OTHER:
            sentences = [words for words, known in roles.items() if gone in known]
            moved += sentences if "move" in entry else []
            paragraphs = [[_cut(line, sentences) for line in paragraph] for paragraph in paragraphs]
        if "insert" in entry:
            inserted += filter(None, [draw.choice(entry["insert"])])
        if "padding" in entry:
            padding = load("practice.toml")["padding"]["paragraphs"]
            inserted += draw.sample(padding, len(padding))
        if "step" in entry:
            last = max(number for number, paragraph in enumerate(paragraphs) if paragraph[-1][:1].isdigit())
            paragraphs[last].append(f"{int(paragraphs[last][-1].split('.')[0]) + 1}. {draw.choice(entry['step'])}")
        if "run_on" in entry:
            paragraphs = _run_on(paragraphs, {words for words, known in roles.items() if known & set(map(Role, entry["run_on"]))})
    paragraphs = [kept for paragraph in paragraphs if (kept := [line for line in paragraph if line])]
    before = len(paragraphs) - 1  # above the sign-off, and above the request where there is one
    before -= any(Role.REQUEST in known and words in " ".join(paragraphs[before - 1]) for words, known in roles.items())
    paragraphs[before:before] = [[" ".join(moved)]] if moved else []
    paragraphs[before:before] = [[words] for words in inserted]
    text = "\n\n".join("\n".join(paragraph) for paragraph in paragraphs) + "\n"
    return _replaced(text, letter.case, entries.values(), draw)


def _replaced(text: str, case: Case, entries: Iterable[Mapping[str, Any]], draw: Random) -> str:
    """Put other words, or digits for the first day, in place of those of a letter."""
    for entry in entries:
        if "swap" in entry:
            for old, new in draw.choice(entry["swap"]).items():
                text = text.replace(old, new)
        if "date" in entry and case.period:
            first = case.period.start
            told = english_of(case.marketplace).day(first)
            text = re.sub(rf"(?<!\d){told}", format(first, draw.choice(entry["date"])), text)  # "5 March" stands in "25 March"
    return text


_NUMBERED = re.compile(r"\d+\. ")


def _run_on(paragraphs: list[list[str]], items: set[str]) -> list[list[str]]:
    """Put items one after the other into one paragraph, where the first of them stood, and take out the headings between them."""
    places = [place for place, paragraph in enumerate(paragraphs) for line in paragraph if _NUMBERED.sub("", line, count=1) in items]
    first, last = places[0], places[-1]
    told = [_NUMBERED.sub("", line, count=1) for paragraph in paragraphs[first : last + 1] for line in paragraph]
    return [*paragraphs[:first], [" ".join(line for line in told if line in items)], *paragraphs[last + 1 :]]


def _cut(line: str, sentences: list[str]) -> str:
    for sentence in sentences:
        line = line.replace(sentence, "")
    return " ".join(line.split())
