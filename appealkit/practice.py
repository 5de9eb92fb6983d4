"""Practice letters: a sound letter from drawn facts, with known faults put in. The same seed gives the same letter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from appealkit.case import Case
from appealkit.letter import Letter, assemble, spelt
from appealkit.roles import Role
from appealkit.text import load


@dataclass(frozen=True, slots=True)
class PracticeLetter:
    """A letter to find faults in.

    Args:
        text: the letter.
        injected: ids of the rules whose faults were put in, in the order of the letter's principles; the key of the exercise.
        case: the facts that it was written from, before a fault was put in.
    """

    text: str
    injected: tuple[str, ...]
    case: Case


def faults() -> tuple[str, ...]:
    """Return the ids of the rules whose faults can be put in.

    >>> "blame" in faults()
    True
    """
    return tuple(load("practice.toml")["faults"])


def make(seed: int, number: int) -> PracticeLetter:
    """Make a letter with faults.

    Args:
        seed: any whole number; the same one gives the same letter.
        number: how many faults, from 0.

    Returns:
        The letter, its faults and the facts.

    Raises:
        ValueError: when so many faults do not go together.

    >>> make(7, 2) == make(7, 2)
    True
    """
    draw = Random(seed)  # noqa: S311 - nothing secret: the same letter for the same seed
    chosen = _choose(draw, number)
    case = _case(draw)
    entries = load("practice.toml")["faults"]
    changed = case
    for rule in chosen:
        changed = _without(changed, entries[rule].get("case", ""))
    text = _with_faults(assemble(changed), {rule: entries[rule] for rule in chosen}, draw)
    return PracticeLetter(text, chosen, case)


def _choose(draw: Random, number: int) -> tuple[str, ...]:
    entries = load("practice.toml")["faults"]
    order = draw.sample(list(entries), len(entries))
    chosen: list[str] = []
    for rule in order:
        apart = {*entries[rule].get("not_with", ()), *(other for other in chosen if rule in entries[other].get("not_with", ()))}
        if len(chosen) < number and apart.isdisjoint(chosen):
            chosen.append(rule)
    if len(chosen) < number or number < 0:
        msg = f"{number} faults do not go together in one letter; at most {len(chosen)} do"
        raise ValueError(msg)
    return tuple(rule for rule in entries if rule in chosen)


def _case(draw: Random) -> Case:
    """Draw the facts of a sound letter."""
    stored = load("practice.toml")
    start = date(2026, draw.randint(1, 6), draw.randint(1, 12))
    if start.day == start.month:  # such a date would read the same both ways
        start += timedelta(days=1)
    end = start + timedelta(days=draw.randint(16, 40))
    defects, claims = draw.randint(3, 9), draw.randint(1, 3)
    orders = draw.randint(15, 60) * defects
    done = end + timedelta(days=draw.randint(2, 5))
    people = draw.sample(stored["people"], 3)
    causes = draw.sample(stored["causes"], 2)
    steps = [
        {"what": cause["step"], "frequency": cause["frequency"], "status": "running", "when": done + timedelta(days=1 + number),
         "who": people[number], "answers": cause["id"]}
        for number, cause in enumerate(causes)
    ]  # fmt: skip
    remedy = {
        "what": stored["remedy"]["done"].format(defects=defects),
        "status": "done",
        "when": done,
        "who": people[0],
        "answers": causes[0]["id"],
    }
    return Case.model_validate(
        {
            "store": draw.choice(stored["stores"]),
            "marketplace": draw.choice(stored["marketplaces"]),
            "situation": draw.choice(["existing", "new"]),
            "metric": {
                "id": "odr", "value": round(100 * defects / orders, 2), "target": 1, "orders": orders, "defective_orders": defects,
                "defects": {"a-to-z": claims, "negative-feedback": defects - claims} if defects > claims else {"a-to-z": claims},
            },
            "period": {"start": start, "end": end},
            "causes": [{key: cause[key] for key in ("id", "title", "failed")} for cause in causes],
            "actions": [remedy, *steps],
            "contact": {"name": people[2]},
        }
    )  # fmt: skip


def put_off(case: Case) -> Case:
    """Return the facts of a made case with every step still to be taken.

    Args:
        case: that of a practice letter.

    Returns:
        The same facts, with all steps planned.
    """
    done, planned = (load("practice.toml")["remedy"][state].split("{")[0] for state in ("done", "planned"))
    later = [step.model_copy(update={"status": "planned", "what": step.what.replace(done, planned)}) for step in case.actions]
    return case.model_copy(update={"actions": later})


def _without(case: Case, change: str) -> Case:
    """Take facts out of a case, or put them off."""
    if change == "period":
        return case.model_copy(update={"period": None})
    if change == "second":
        second = case.causes[-1].id
        return case.model_copy(update={"actions": [action for action in case.actions if action.answers != second]})
    if change == "planned":
        return put_off(case)
    return case


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
            inserted.append(draw.choice(entry["insert"]))
        if "step" in entry:
            last = max(number for number, paragraph in enumerate(paragraphs) if paragraph[-1][:1].isdigit())
            paragraphs[last].append(f"{int(paragraphs[last][-1].split('.')[0]) + 1}. {draw.choice(entry['step'])}")
    paragraphs = [kept for paragraph in paragraphs if (kept := [line for line in paragraph if line])]
    before = len(paragraphs) - 1  # above the sign-off, and above the request where there is one
    before -= any(Role.REQUEST in known and words in " ".join(paragraphs[before - 1]) for words, known in roles.items())
    paragraphs[before:before] = [[" ".join(moved)]] if moved else []
    paragraphs[before:before] = [[words] for words in inserted]
    text = "\n\n".join("\n".join(paragraph) for paragraph in paragraphs) + "\n"
    for entry in entries.values():
        for old, new in entry.get("swap", {}).items():
            text = text.replace(old, new)
        if entry.get("date") and letter.case.period and letter.case.period.start:
            start = letter.case.period.start
            text = text.replace(spelt(start), f"{start:%d/%m/%Y}")
    return text


def _cut(line: str, sentences: list[str]) -> str:
    for sentence in sentences:
        line = line.replace(sentence, "")
    return " ".join(line.split())
