"""Learn what words of a notice are like from examples, and what decides from labelled notices.

`python -m tests.notices.fit` (needs scikit-learn).
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, cycle, pairwise
from typing import Any, NamedTuple

from appealkit.alike import NONE, Decision, Examples, features
from appealkit.language import say
from appealkit.notice import PLAN, QUESTIONS, Issue
from appealkit.pasted import without_markup
from appealkit.reading import first_reading
from appealkit.reading.mentions import mentions
from appealkit.reading.page import Page, page_of
from appealkit.reading.terms import periods_of
from appealkit.reading.weighed import Weighed as WeighedNotice
from appealkit.reading.whole import MOST, Whole, readings, shown
from appealkit.tables import DATA, load
from tests.learning import Chosen, Row, Weighed, written
from tests.notices import FRAMES, HERE, LEARNED, TUNED, boilerplate, examples, labelled


def listed(name: str) -> dict[str, list[str]]:
    """Return the examples of a file by their classes, as the reader takes words."""
    return {label: [without_markup(sentence).lower() for sentence in sentences] for label, sentences in examples(name).items()}


def common() -> list[str]:
    """Return sentences that stand in any notice, as words are learned from them."""
    return [without_markup(line).lower() for line in boilerplate()]


def learned_from(name: Examples) -> Iterator[tuple[str, str]]:
    """Yield the sentences that are learned from, each with its class."""
    for label, sentences in listed(name).items():
        for sentence in sentences:
            yield label, sentence
    if name in {"complaints", "questions"}:
        yield from ((NONE, sentence) for sentence in common())
    if name == "questions":
        yield from ((NONE, sentence) for sentences in listed("complaints").values() for sentence in sentences)
    if name == "complaints":
        for issue, entry in load("notices.toml")["issue"].items():
            yield from ((issue, without_markup(entry["name"][lang]).lower()) for lang in ("en", "zh-Hant"))


Learned = tuple[str, dict[str, Any] | None]
"""A notice, and what people said about it; None where it is to be read as the phrases tell it."""
STRENGTH: dict[Examples, float] = {"complaints": 10, "questions": 3, "kinds": 3}
RARE = 3
"""Fewer notices than this have a feature that is not learned from."""
FOLDS = 5
"""Parts of the hands, each weighed by what was learned from the others."""
OFTEN = 2
"""How often a message of a sentence or two counts, so that long mails do not outvote it."""
ALONE = -1
"""The part of what is only learned from: what the phrases were written with, which they read too well."""


def likeness(name: Examples) -> Weighed:
    """Learn from the examples of one file."""
    labels, sentences = zip(*learned_from(name), strict=True)
    rows = [dict.fromkeys(features(sentence), 1.0) for sentence in sentences]
    wanted: Any = [frozenset(label.split()) - {NONE} for label in labels] if name == "questions" else list(labels)
    return Weighed(rows, wanted, strength=STRENGTH[name])


def asked_outright(notices: Iterable[Learned]) -> Weighed:
    """Learn which questions are asked, of those that are mentioned: where labels tell so, or else by the phrases alone."""
    learned: list[tuple[Sequence[str], frozenset[str]]] = []
    for text, wanted in notices:
        issues = (wanted or {}).get("issues", [])
        if wanted and not issues:
            continue
        told = "cause" in next(iter(issues), {})
        found = list(mentions(page_of(text, settled=False).told))
        wants = {question for question in QUESTIONS if told and any(issue[question] for issue in issues)}
        clear = {one.question for one in found if told and one.how == "asks"}
        for one in found:
            right = one.question in wants if told else one.how == "asks"
            if one.how == "asks" or not right or one.question not in clear:
                learned.append((one.shown, frozenset({"asks"} if right else ())))
    return weighing(learned, 0.5)


class Read(NamedTuple):
    """A notice as phrases read it, and what is right."""

    fold: int  # the part of the hands that its writer is in, or `ALONE`
    page: Page
    weighed: WeighedNotice
    asked: Mapping[str, Sequence[str]]
    tells: Sequence[str]
    labels: dict[str, Any]

    @property
    def issues(self) -> frozenset[str]:
        """The complaints that it asks about."""
        return frozenset(issue["id"] for issue in self.labels["issues"])


def read(notices: Iterable[Learned], fold: int) -> Iterator[Read]:
    """Read notices by phrases; where people said nothing about one, what the phrases tell is right."""
    for text, labels in notices:
        page = page_of(text)
        weighed = first_reading(page).weighed
        told = labels or {"kind": weighed.first_kind, "issues": [{"id": name} for name in weighed.first_issues]}
        yield Read(fold, page, weighed, weighed.shown(), weighed.tells(), told)


def read_apart(hands: Iterable[Iterable[Learned]]) -> Iterator[Read]:
    """Read the notices of several hands, each of which belongs to one part."""
    return chain.from_iterable(read(notices, number % FOLDS) for number, notices in enumerate(hands))


def decisions(notices: Sequence[Read]) -> dict[Decision, Weighed]:
    """Learn which complaints are asked about, which kind a notice is of, and how many complaints it asks about."""
    told = [one for one in notices if "issues" in one.labels]
    kinds = [(one.tells, one.labels["kind"]) for one in notices if "kind" in one.labels]
    numbers = [(one.tells, str(min(MOST, len(one.issues)))) for one in told]
    asked = [(shown, frozenset({"asked"} if issue in one.issues else ())) for one in told for issue, shown in one.asked.items()]
    return {"asked": weighing(asked, 0.1), "notices": weighing(kinds, 0.3), "numbers": weighing(numbers, 0.1)}


def deadlines(notices: Iterable[Read]) -> Weighed:
    """Learn which period is the time to answer."""
    told = [(one, {one.labels["deadline_days"]}) for one in notices if "deadline_days" in one.labels]
    shown = [
        (period.shown, frozenset({"deadline"} if period.days in right else ())) for one, right in told for period in periods_of(one.page)
    ]
    return weighing(shown, 0.3)


def whole_readings(notices: Sequence[Read]) -> Chosen:
    """Learn which reading of a notice is right, from what is weighed without the hand that wrote it."""
    choices: list[tuple[Sequence[Row], int]] = []
    for fold in range(FOLDS):
        learned = decisions([one for one in notices if one.fold != fold])
        for one in notices:
            if one.fold == fold and {"kind", "issues"} <= one.labels.keys():
                alone = one.weighed.alone(lambda names, table, learned=learned: learned[table].odds(names))  # type: ignore[misc]
                likely, right = readings(alone), Whole(one.labels["kind"], one.issues)
                if right in likely:
                    choices.append(([shown(alone, reading) for reading in likely], likely.index(right)))
    return Chosen(choices, strength=1)


def weighing(examples: Sequence[tuple[Sequence[str], Any]], strength: float) -> Weighed:
    """Learn from examples, each with its class or classes, without what is rare in them."""
    often = Counter(feature for shown, _ in examples for feature in shown)
    rows = [{feature: 1.0 for feature in shown if often[feature] >= RARE} for shown, _ in examples]
    return Weighed(rows, [label for _, label in examples], strength=strength)


def outright() -> Iterator[Learned]:
    """Yield messages of a sentence or two, in which nothing may overturn what phrases tell."""
    for table in ("issue", "question", "kind", "metric", "refusal"):
        entries = load("notices.toml")[table]
        for entry in entries.values() if table != "refusal" else [entries]:
            for sentence in (*entry["yes"], *entry["no"], *entry["near"]):
                yield (f"{sentence}\n\nPlease tell us the root cause." if table == "issue" else sentence), None
    deadline = load("notices.toml")["deadline"]
    for days, sentences in ((3, deadline["yes"]), (None, [*deadline["no"], *deadline["near"]])):
        for sentence in sentences:
            for frame in ("{}", "Please tell us the root cause of late shipments.\n\n{}", FRAMES["performance"], FRAMES["policy"]):
                yield frame.format(sentence), {"deadline_days": days}
    names = [entry["name"]["en"] for entry in load("notices.toml")["issue"].values()]
    for one, other in pairwise(names):
        refusal = f"Please send us:\n- Greater detail on the root cause of {one}\n- Greater detail on how you will prevent {other}"
        yield from ((text, None) for text in (refusal, f"Hello,\n\nyour account:\nwe looked at it.\n{refusal}"))
    for frame, sentence in zip(cycle(FRAMES.values()), boilerplate(), strict=False):
        yield from ((one.format(sentence), None) for one in (frame, FRAMES["performance"]))


def sketched() -> Iterator[Learned]:
    """Yield short messages with their kind, and sketches of notices."""
    for kind, messages in json.loads((HERE / "kinds.json").read_text(encoding="utf-8")).items():
        yield from ((message.replace(", ", ",\n\n", 1), {"kind": kind}) for message in messages)
    for sketch in chain.from_iterable(
        (HERE / f"{name}.lst").read_text(encoding="utf-8").split("## ")[1:] for name in ("sketches", "voices")
    ):
        labels, _, text = sketch.partition("\n")
        kind, _, issues = labels.partition("|")
        yield text, {"kind": kind.strip(), "issues": [{"id": name.strip()} for name in issues.split(",") if name.strip()]}


def replies() -> Iterator[Learned]:
    """Yield answers of the practice reviewer, which asks in the words of phrases."""
    some = [few for many in (1, 2, 3) for few in combinations(PLAN, many)]
    for (one, other), few in zip(pairwise(map(Issue, load("notices.toml")["issue"])), cycle(some), strict=False):
        points = [
            f"- {say(f'reviewer.ask.{question}', 'en', issue=issue.name('en'))}"
            for issue in (one, other)
            for question in PLAN
            if (question in few) == (issue is one)
        ]
        yield "\n".join([say("reviewer.thanks", "en"), say("reviewer.open", "en"), *points, say("reviewer.more", "en")]), None


def main() -> None:
    """Write the weights."""
    tables: dict[str, dict[str, Any]] = {name: likeness(name).stored() for name in STRENGTH}
    path = DATA / "likeness.json"
    known = json.loads(path.read_text(encoding="utf-8"))
    alone = [*outright(), *sketched()]
    notices = [*(one for hand in (TUNED, *LEARNED) for one in labelled(hand)), *alone]
    path.write_text(written(known | tables), encoding="utf-8")
    load.cache_clear()
    tables["mentions"] = asked_outright([*notices, *replies()]).stored()
    path.write_text(written(known | tables), encoding="utf-8")
    load.cache_clear()
    told = [*read_apart(map(labelled, LEARNED)), *read(labelled(TUNED), ALONE), *read_apart([one] * OFTEN for one in alone)]
    weighed = decisions(told) | {"deadline": deadlines(told)}
    tables |= {name: one.stored() for name, one in weighed.items()} | {"readings": whole_readings(told).stored()}
    path.write_text(written(tables), encoding="utf-8")
    print({name: len(table["features"]) for name, table in tables.items()})


if __name__ == "__main__":
    main()
