"""What a case lacks for a convincing letter, and what in it a reviewer could not use: named, never made up."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from appealkit.case import Case, Wordings
from appealkit.due import deadline
from appealkit.language import Lang, listed, say
from appealkit.lexicon import entries_in
from appealkit.metrics import published
from appealkit.problems import field_name
from appealkit.span import Span
from appealkit.stated.days import days_in, same_day
from appealkit.steps import about, breaks, misfits
from appealkit.tables import load
from appealkit.text import HAN_STRETCH, short
from appealkit.written import BULLETS, in_digits


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that the letter would need and the case does not hold.

    Args:
        field: path of the field, such as `metric.value`.
        key: which question of `missing` in the strings asks for it.
        values: what fills the question.
    """

    field: str
    key: str
    values: tuple[tuple[str, str], ...] = ()

    def named(self, lang: Lang) -> str:
        """Return what the case lacks: the field, or which action where others may stand there already."""
        return say(f"write.lacks.{self.key}", lang) if self.field == "actions" else field_name(self.field, lang)

    def ask(self, lang: Lang) -> str:
        """Return the question that the seller should answer, and why it is asked."""
        return say(f"missing.{self.key}", lang, **dict(self.values))


@dataclass(frozen=True, slots=True)
class Chinese:
    """A fact that is not all in English, as the letter is.

    Args:
        field: path of the field, such as `causes.0.failed`.
        words: what of it is Chinese.
        name: whether it may be a name, and right as it is: it is one by its field, or has English around it.
    """

    field: str
    words: str
    name: bool

    def ask(self, lang: Lang) -> str:
        """Return what the seller should look at."""
        told = "chinese-marketplace" if self.field == "marketplace" else "chinese-name" if self.name else "problem.chinese"
        return say(f"case.{told}", lang, words=self.words)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A day, or words, that do not fit what the letter says of them or what else it says.

    Args:
        field: path of the field, such as `actions.0.when`.
        key: what is wrong with a day: `day-passed` of a planned step, `day-to-come` of one that is done, `start-to-come` of one that is
            running, `end-to-come` of a period, `before-problem` of a step that was there before its problem, `another-day` of one whose
            words begin with another; with words: `worded-` and the state whose tense they do not have, `breaks` of a step that goes on in
            another form than it began, `voice-` and the word that the letter has for the seller; `who-me` of a responsible person without
            a name, `role-me` of a role that is none; `names-one` of a sentence of the kit's own, where the seller's words name another
            metric, too; `signs` of words with what has no place in a sentence; and `proves-step` of a document for a cause that tells of a
            step.
        about: of a day that does not fit today, id of the step or the path of a period's last day.
        words: those that show it.
    """

    field: str
    key: str
    about: str = ""
    words: str = ""

    @property
    def early(self) -> bool:
        """Whether the day is still to come of what is told as done, running or over, so that no letter can say it."""
        return bool(self.about) and self.key != "day-passed"

    @property
    def gap(self) -> str:
        """The path of what the letter lacks for its sake."""
        return self.field.removesuffix(".end").replace("when", "status")

    def ask(self, lang: Lang) -> str:
        """Return what the seller should look at."""
        return say(f"case.{self.key}", lang, words=self.words)


def missing(case: Case) -> tuple[Missing, ...]:
    """Name every fact that a convincing letter states and the case does not hold.

    Args:
        case: the seller's facts.

    Returns:
        One entry a missing fact, in the order of the letter; empty when nothing is missing.

    >>> [gap.field for gap in missing(Case(store="Blue Kite"))][:3]
    ['marketplace', 'metric', 'period']
    """
    return tuple(_missing(case))


def untold(case: Case) -> tuple[str, ...]:
    """Name the fields for want of which the letter leaves out a cause or a step, and the documents that are left out with it.

    Args:
        case: the seller's facts.

    Returns:
        Their paths, in the order of the case.

    >>> step, document = {"id": "a1", "what": "refunded them"}, {"what": "the list", "proves": "a1"}
    >>> untold(Case.model_validate({"actions": [step], "evidence": [document]}))
    ('actions.0.status', 'evidence.0.what')
    """
    absent: set[str] = set()
    fields: list[str] = []
    for number, cause in enumerate(case.causes):
        if not cause.failed:
            absent.add(cause.id)
            fields += [f"causes.{number}.failed"] if cause.title or cause.led_to else []
    for number, action in enumerate(case.actions):
        if not (action.what and action.status):
            absent.add(action.id)
            fields += [f"actions.{number}.{'status' if action.what else 'what'}"]
    documents = (f"evidence.{number}.what" for number, item in enumerate(case.evidence) if item.what and item.proves in absent)
    return (*fields, *documents)


def chinese(case: Case) -> tuple[Chinese, ...]:
    """Name every fact with Chinese in it: a name may be right so, anything else a reviewer cannot read.

    Args:
        case: the seller's facts.

    Returns:
        One entry a fact, in the order of the case.

    >>> [(fact.field, fact.words) for fact in chinese(Case(store="\u5357\u661f Lamps"))]
    [('store', '\u5357\u661f')]
    """
    return tuple(_chinese(case))


def untimely(case: Case, today: date) -> tuple[Doubt, ...]:
    """Name every day that does not fit: what is to come is neither done nor over yet, and what has passed is not planned any more.

    Args:
        case: the seller's facts.
        today: the day on which they are looked at.

    Returns:
        One entry a period or step, in the order of the case.

    >>> case = Case.model_validate({"actions": [{"what": "we counted every shelf", "status": "done", "when": "2026-12-05"}]})
    >>> [(step.field, step.key) for step in untimely(case, date(2026, 11, 29))]
    [('actions.0.when', 'day-to-come')]
    """
    told = {"planned": "day-passed", "done": "day-to-come", "running": "start-to-come"}
    periods = {"metric.window": case.metric and case.metric.window, "period": case.period}
    steps = (
        Doubt(f"actions.{number}.when", told[step.status], step.id)
        for number, step in enumerate(case.actions)
        if step.status and step.when and (step.when < today if step.status == "planned" else step.when > today)
    )
    ends = (Doubt(f"{path}.end", "end-to-come", f"{path}.end") for path, period in periods.items() if period and period.end > today)
    return (*ends, *steps)


def doubtful(case: Case) -> tuple[Doubt, ...]:
    """Name what the facts say in one place and otherwise in another, or so that a reviewer could not use it. It stays in the letter.

    Args:
        case: the seller's facts.

    Returns:
        One entry a field and reason.

    >>> case = Case.model_validate({"actions": [{"what": "refund the buyers", "status": "done", "who": "Lin"}]})
    >>> [(words.field, words.key) for words in doubtful(case)]
    [('actions.0.what', 'worded-done')]
    """
    return (*_of_steps(case), *_of_role(case), *_of_voice(case), *_of_metric(case), *_of_signs(case), *_of_documents(case))


def told_today(case: Case, days: Collection[Doubt]) -> Case:
    """Take away what tells a day to come as past, periods and the states of steps: until it is another, no letter can say it.

    Args:
        case: the seller's facts.
        days: what `untimely` found.

    Returns:
        The facts that a letter can state.

    >>> case = Case.model_validate({"actions": [{"what": "counted every shelf", "status": "done", "when": "2026-12-05"}]})
    >>> told_today(case, untimely(case, date(2026, 11, 29))).actions[0].status is None
    True
    """
    early = {day.about for day in days if day.early}
    actions = tuple(action.model_copy(update={"status": None}) if action.id in early else action for action in case.actions)
    metric = case.metric and case.metric.model_copy(update={"window": None}) if "metric.window.end" in early else case.metric
    return case.model_copy(update={"actions": actions, "metric": metric, "period": None if "period.end" in early else case.period})


def _of_steps(case: Case) -> Iterator[Doubt]:
    nobody = {"seller", *(_PRONOUNS - _ALONE if case.voice == "I" else _PRONOUNS)}
    for number, action in enumerate(case.actions):
        if misfits(action):
            yield Doubt(f"actions.{number}.what", f"worded-{action.status}")
        if broken := breaks(action, case.voice):
            yield Doubt(f"actions.{number}.what", "breaks", words=broken)
        if case.period and action.when and action.status in {"done", "running"} and action.when < case.period.start:
            yield Doubt(f"actions.{number}.when", "before-problem")
        if action.when and (day := _begins_with_another_day(action.what, action.when)):
            yield Doubt(f"actions.{number}.when", "another-day", words=day)
        if action.what and _names_nobody(action.who, nobody):
            yield Doubt(f"actions.{number}.who", "who-me")


def _begins_with_another_day(words: str, when: date) -> str:
    """Return the day with which the words of a step begin, such as “On 18 Nov”, where it is not that of the step; else nothing."""
    span, read = next(days_in(" ".join(words.split())), (Span(0, 0), ()))
    same = any(same_day(day, (when.year, when.month, when.day)) for days in read for day in days)
    return span.of(words) if read and not same and words[: span.start].lower() in {"", "on "} else ""


def _of_role(case: Case) -> Iterator[Doubt]:
    if _names_nobody(case.contact.role, _PRONOUNS):
        yield Doubt("contact.role", "role-me")


def _of_voice(case: Case) -> Iterator[Doubt]:
    """Name what speaks of the seller otherwise than the letter does; what is said of a step in front of it is left out there."""
    told = {
        **_of_plan(case),
        **{f"evidence.{n}.what": document.what for n, document in enumerate(case.evidence)},
        **{f"wording.{name}.own": getattr(case.wording, name).own for name in Wordings.model_fields},
    }
    if case.voice == "I":  # of several people, one may be “me”
        people = {"contact.role": case.contact.role, **{f"actions.{n}.who": step.who for n, step in enumerate(case.actions)}}
        told |= {field: words for field, words in people.items() if not _names_nobody(words, _PRONOUNS)}
    for field, words in told.items():
        if found := _OTHERWISE[case.voice].search(words):
            yield Doubt(field, f"voice-{case.voice}", words=found[0])


def _of_plan(case: Case) -> dict[str, str]:
    """Return the words of the causes and steps, by their fields."""
    return {
        **{f"causes.{n}.{name}": getattr(cause, name) for n, cause in enumerate(case.causes) for name in ("title", "failed", "led_to")},
        **{f"actions.{n}.{name}": getattr(step, name) for n, step in enumerate(case.actions) for name in ("what", "how", "frequency")},
    }


def _of_metric(case: Case) -> Iterator[Doubt]:
    """Name the sentences that speak of the one metric of the case, and are not the seller's own, where causes or steps name another."""
    others = [_METRICS[name] for name in _METRICS if case.metric and name != case.metric.id]
    told = "\n".join(_of_plan(case).values())
    if found := listed(dict.fromkeys(other[0] for metric in others if (other := metric.search(told))), "en"):
        for passage in ("admission", "commitment"):
            if not getattr(case.wording, passage).own:
                yield Doubt(f"wording.{passage}.own", "names-one", words=found)


def _of_signs(case: Case) -> Iterator[Doubt]:
    """Name the fields with list marks or pictures among their words, as they come from a text processor or a telephone."""
    for path, words in _texts("", case.model_dump()):
        if (found := _SIGNS.findall(words)) and path.rpartition(".")[2] not in _NAMES:
            yield Doubt(path, "signs", words=listed(dict.fromkeys(found), "en"))


def _of_documents(case: Case) -> Iterator[Doubt]:
    """Name the documents for a cause that share more words with a step than with it."""
    causes = {cause.id: about(f"{cause.title} {cause.failed} {cause.led_to}") for cause in case.causes}
    for number, document in enumerate(case.evidence):
        told = about(document.what)
        shared = {step.what: len(told & about(step.what)) for step in case.actions}
        nearest = max(shared, key=shared.__getitem__, default="")
        if document.proves in causes and nearest and shared[nearest] > len(told & causes[document.proves]):
            yield Doubt(f"evidence.{number}.proves", "proves-step", words=short(nearest, _SHOWN))


def _names_nobody(words: str, names: set[str]) -> bool:
    """Tell whether words say who somebody is by pronouns, or other such names, alone: “just me”, “it's only myself”."""
    said = {*_WORD.findall(words.lower())}
    return not said.isdisjoint(names) and said <= names | _BESIDE_PRONOUNS


def _chinese(case: Case) -> Iterator[Chinese]:
    for field, said in _texts("", case.model_dump()):
        if found := HAN_STRETCH.findall(said):
            words = listed(dict.fromkeys(found), "zh-Hant")
            yield Chinese(field, words, field.rpartition(".")[2] in _NAMES or bool(_LATIN.search(said)))


def _texts(path: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield all words of some facts with their paths; an id is none."""
    match value:
        case dict():
            for name, below in value.items():
                if name not in _IDS:
                    yield from _texts(f"{path}.{name}".lstrip("."), below)
        case tuple() | list():
            for number, below in enumerate(value):
                yield from _texts(f"{path}.{number}", below)
        case str():
            yield path, value


_METRICS = {name: re.compile(rf"\b(?:{'|'.join(metric.named)})\b", re.IGNORECASE) for name, metric in published().items()}
_SIGNS = re.compile(rf"[{BULLETS}\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
_SHOWN = 60  # characters of a step that are repeated
_NUMBERED = "".join(rf"(?<!\b{noun} )" for noun in entries_in(load("steps.toml")["numbered"]))
_OTHERWISE = {
    "we": re.compile(rf"{_NUMBERED}\bI\b|\b[Mm](?:e|yself)\b"),
    "I": re.compile(r"\b(?:[Ww]e|us|[Oo]ur(?:s|selves)?)\b"),
}
"""The words for the seller that a letter does not have, by those that it has. “US”, “Toys R Us” and “Phase I” are none, and “my sister”
packs with us, too."""

_WORD = re.compile(r"[a-z]+")
_PRONOUNS = {"i", "me", "myself", "we", "us", "ourselves"}
_ALONE = {"i", "me", "myself"}  # who signs a letter that says “I”
_BESIDE_PRONOUNS = {"a", "all", "alone", "am", "and", "by", "do", "it", "is", "just", "m", "only", "s", "the", "this"}
_IDS = {"id", "answers", "proves"}
_NAMES = {"store", "marketplace", "name", "who"}
_LATIN = re.compile(r"[A-Za-z]{2}")


def _missing(case: Case) -> Iterator[Missing]:
    if not case.store:
        yield Missing("store", "store")
    if not case.marketplace:
        yield Missing("marketplace", "marketplace")
    yield from _missing_figures(case)
    if not case.period:
        yield Missing("period", "period")
    yield from _missing_causes(case)
    yield from _missing_steps(case)
    if not any(item.what for item in case.evidence):
        yield Missing("evidence", "evidence")
    if not case.contact.name:
        yield Missing("contact.name", "contact-name")


def _missing_figures(case: Case) -> Iterator[Missing]:
    metric = case.metric
    if metric is None:
        yield Missing("metric", "metric")
        return
    if metric.value is None:
        rate = metric.rate_from_counts
        if rate is None:
            yield Missing("metric.value", "metric-value")
        else:
            yield Missing("metric.value", "metric-value-computed", (("rate", f"{rate:.2f}"),))
    if metric.target is None:
        side = "metric-target-over" if metric.facts.high else "metric-target-under"
        yield Missing("metric.target", side, (("target", f"{in_digits(metric.facts.target)}%"),))
    if metric.orders is None:
        yield Missing("metric.orders", "metric-orders")
    if metric.defective_orders is None:
        yield Missing("metric.defective_orders", "metric-defective-orders")
    if not any(metric.defects.values()):
        yield Missing("metric.defects", "metric-defects")


def _missing_causes(case: Case) -> Iterator[Missing]:
    if not case.causes:
        yield Missing("causes", "causes")
    for number, cause in enumerate(case.causes):
        if not cause.failed:
            yield Missing(f"causes.{number}.failed", "cause-failed")
        if not any(cause.id in action.answers and action.what for action in case.actions):
            yield Missing("actions", "cause-unanswered", (("cause", cause.title or cause.failed or cause.id),))


def _missing_steps(case: Case) -> Iterator[Missing]:
    steps = [action for action in case.actions if action.what and action.status]
    if not any(action.status == "done" for action in steps):
        yield Missing("actions", "nothing-done")
    if not any(action.status != "done" for action in steps):
        yield Missing("actions", "no-prevention")
    for number, action in enumerate(case.actions):
        if not action.what:
            yield Missing(f"actions.{number}.what", "action-what")
        elif action.status is None:
            yield Missing(f"actions.{number}.status", "action-status", (("what", action.what),))
        elif action.when is None and not (action.status == "planned" and deadline(action.what)):
            yield Missing(f"actions.{number}.when", "action-when", (("what", action.what),))
