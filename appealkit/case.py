"""The seller's facts: what a letter may say, and nothing else.

Every fact is optional: a letter leaves out what is not given, and `appealkit.gaps.missing` names it. What is given is checked.
"""

import re
from datetime import date
from typing import Annotated, Literal, Self
from unicodedata import normalize

from pydantic import Field, PlainSerializer, StringConstraints, model_validator
from pydantic.functional_validators import AfterValidator, BeforeValidator

from appealkit.metrics import Published, published
from appealkit.strict import Strict, refuse
from appealkit.tables import load
from appealkit.written import PUNCTUATION, decimal_point, half_width, in_digits, without_mark

MetricId = Literal["odr", "late-shipment", "cancellation", "valid-tracking", "on-time-delivery"]
DefectKind = Literal["a-to-z", "negative-feedback", "chargeback", "late", "cancelled", "untracked", "late-delivered"]
Situation = Literal["existing", "new"]
Status = Literal["done", "running", "planned"]
Voice = Literal["we", "I"]

FIGURES = ("value", "target", "orders", "defective_orders")
"""The fields of a metric that are single figures, in the order in which they are shown."""

ROUNDING = 0.1
"""How far, in percentage points, a stated rate may lie from its counts: dashboards round, and some show one decimal."""

PHRASINGS = 3
"""How many phrasings the template has for each sentence that no fact gives."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}([,. '\u2019])\d{3}(?:\1\d{3}){0,2}")
_FIGURE = re.compile(r"\d*\.?\d+")
_BEFORE, _BEHIND = ("|".join(map(re.escape, load("vocabulary.toml")["bound"][side])) for side in ("before", "behind"))
_TARGET = re.compile(rf"(?:{_BEFORE})? ?(?P<figure>[\d.,]+ ?%?) ?(?:{_BEHIND})?", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")


def _one_line(words: str) -> str:
    """Fold white space: a fact is one line of the letter, wherever it was pasted from. Bare punctuation is no fact, nor is a list mark."""
    line = without_mark(" ".join(_CONTROL.sub(" ", half_width(words)).split()))
    return line if line.strip(PUNCTUATION) else ""


def _address(email: str) -> str:
    """Refuse what no mail could reach: an address has one “@”, and a dot in what follows it."""
    if email and not _EMAIL.fullmatch(email):
        refuse("email")
    return email


def _not_boolean(value: object) -> object:
    """Refuse true and false, which Python counts as 1 and 0."""
    if isinstance(value, bool):
        refuse("boolean")
    return value


def _day(value: object) -> date:
    """Take a day as it is written: pydantic would read a number as seconds since 1970, and a time of day as a day."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(half_width(value).strip())
        except ValueError:
            refuse("day")
    return value if type(value) is date else refuse("day")


def _several(value: object) -> object:
    """Take one id, where several may stand, as a list of one."""
    return (value,) if isinstance(value, str) else () if value is None else value


def _each_once(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _as_written(names: tuple[str, ...]) -> str | list[str] | None:
    """Write one id without a list around it."""
    return [*names] if len(names) > 1 else next(iter(names), None)


def _known(field: str, name: str | None, known: list[str]) -> None:
    """Refuse an id that nothing has; where there are no ids at all, none can be suggested."""
    if name is not None and not known:
        refuse("nothing-to-name", field, id=name)
    if name is not None and name not in known:
        refuse("unknown-id", field, id=name, known=known)


def _plain_number(value: object) -> object:
    """Read digits as a Chinese keyboard writes them, and take a per cent sign away; true and false are no numbers."""
    _not_boolean(value)
    return normalize("NFKC", value).strip().removesuffix("%").strip() if isinstance(value, str) else value


def _plain_count(value: object) -> object:
    """Read a whole number as `_plain_number` does, with its thousands parted: 3,000 as reports write it, 3.000 and 3 000 as others do."""
    told = _plain_number(value)
    return re.sub(r"\D", "", told) if isinstance(told, str) and _THOUSANDS.fullmatch(told) else told


def _plain_share(value: object) -> object:
    """Read a rate as `_plain_number` does, with a decimal comma too."""
    told = _plain_number(value)
    return decimal_point(told) if isinstance(told, str) else told


def _plain_target(value: object) -> object:
    """Read a target as `_plain_share` does, without the words and signs that say on which side of it a rate is healthy."""
    found = isinstance(value, str) and _TARGET.fullmatch(" ".join(normalize("NFKC", value).split()))
    told = _plain_share(found["figure"] if found else value)
    return refuse("target") if isinstance(told, str) and not _FIGURE.fullmatch(told) else told


Line = Annotated[str, StringConstraints(max_length=1000), AfterValidator(_one_line)]
Percent = Annotated[float, Field(ge=0, le=100), BeforeValidator(_plain_share)]
Target = Annotated[float, Field(ge=0, le=100), BeforeValidator(_plain_target)]
Count = Annotated[int, Field(ge=0, le=100_000_000), BeforeValidator(_plain_count)]
Name = Annotated[str, StringConstraints(pattern=r"^[\w-]{1,40}$")]
Names = Annotated[tuple[Name, ...], BeforeValidator(_several), AfterValidator(_each_once), PlainSerializer(_as_written)]
Email = Annotated[Line, AfterValidator(_address)]
Day = Annotated[date, BeforeValidator(_day), PlainSerializer(date.isoformat, return_type=str)]


class Period(Strict):
    """The days in which the problem arose, or over which a rate is counted.

    Args:
        start: first day.
        end: last day, not before the first.

    Raises:
        pydantic.ValidationError: when `end` lies before `start`.

    >>> Period(start="2026-03-02", end="2026-03-19").days
    18
    """

    start: Day
    end: Day

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            refuse("period-order", "end", start=self.start, end=self.end)
        return self

    @property
    def days(self) -> int:
        """The number of days, both ends counted."""
        return (self.end - self.start).days + 1


class Metric(Strict):
    """The account-health metric that the notice names, with the figures of one and the same window.

    Args:
        id: which metric, as in `data/metrics.toml`.
        value: the seller's own rate in per cent, 0 to 100, as the dashboard shows it.
        target: Amazon's target in per cent, as the seller's own notice states it: 1, or "under 1%".
        orders: all orders in the window.
        defective_orders: orders that count against the metric, each once.
        defects: how many of each kind, such as `{"a-to-z": 2}`.
        window: the days over which the rate is counted, as the notice or the dashboard gives them.

    Raises:
        pydantic.ValidationError: when a rate is over 100%, a part is greater than its whole, a kind does not belong
            to the metric, or rate and counts contradict each other.
    """

    id: MetricId
    value: Percent | None = None
    target: Target | None = None
    orders: Count | None = None
    defective_orders: Count | None = None
    defects: dict[DefectKind, Count] = Field(default_factory=dict)
    window: Period | None = None

    @model_validator(mode="after")
    def _agree(self) -> Self:
        for kind, count in self.defects.items():
            if kind not in self.facts.counts:
                refuse("defect-kind", f"defects.{kind}", kind=kind, allowed=[*self.facts.counts])
            for whole in (self.defective_orders, self.orders):
                if whole is not None and count > whole:
                    refuse("part-over-whole", f"defects.{kind}", part=count, whole=whole)
        if self.defective_orders is not None:
            if self.orders is not None and self.defective_orders > self.orders:
                refuse("part-over-whole", "defective_orders", part=self.defective_orders, whole=self.orders)
            if len(self.defects) == len(self.facts.counts) and self.defective_orders > sum(self.defects.values()):
                refuse("more-than-kinds", "defective_orders", part=self.defective_orders, whole=sum(self.defects.values()))
        rate = self.rate_from_counts
        if rate is not None and self.value is not None and abs(rate - self.value) > ROUNDING:
            counts = {"defective": self.defective_orders, "orders": self.orders}
            refuse("rate-disagrees", "value", value=in_digits(self.value), rate=f"{rate:.2f}", **counts)
        return self

    @property
    def facts(self) -> Published:
        """What is published about the metric: name, target, window, kinds of defect."""
        return published()[self.id]

    @property
    def rate_from_counts(self) -> float | None:
        """The rate in per cent that the counts give; None when a count is missing."""
        if not self.orders or self.defective_orders is None:
            return None
        return self.facts.rate(100 * self.defective_orders / self.orders)


class Cause(Strict):
    """One cause: what in the seller's own operation failed.

    Args:
        id: a short name by which actions refer to it; `c1`, `c2`, … when left out.
        title: a few words that name it, such as "Stock sheet updated once a week".
        failed: one or two sentences that say what failed.
        led_to: what came of it for buyers, in a sentence of its own.
    """

    id: Name
    title: Line = ""
    failed: Line = ""
    led_to: Line = ""


class Action(Strict):
    """One step of the plan.

    Args:
        id: a short name by which evidence refers to it; `a1`, `a2`, … when left out.
        what: the step, as it goes on behind "we": "refunded all four buyers" when done, "count the shelf" when running or planned; or a
            sentence of its own, such as "Ana counts the shelf".
        status: `done` (over), `running` (standing practice) or `planned`; a step without it is left out of the letter.
        when: the day it was done, began or will begin.
        who: the person or role responsible.
        how: the tool it is done with, in a few words.
        frequency: how often, such as "every morning".
        answers: `id` of the cause that it answers, or of each of several; none for a step about the whole account.
    """

    id: Name
    what: Line = ""
    status: Status | None = None
    when: Day | None = None
    who: Line = ""
    how: Line = ""
    frequency: Line = ""
    answers: Names = ()


class Evidence(Strict):
    """One enclosure and the claim that it proves.

    Args:
        what: the document, such as "refund confirmations of the four orders".
        proves: `id` of the cause or action that it proves; None when it stands by itself.
    """

    what: Line = ""
    proves: Name | None = None


class Contact(Strict):
    """Who signs, and how to reach them: the seller's own data, never a buyer's.

    Raises:
        pydantic.ValidationError: when `email` is none that a mail could reach.
    """

    name: Line = ""
    role: Line = ""
    email: Email = ""


class Wording(Strict):
    """How a sentence that no fact gives is worded.

    Args:
        phrasing: which of the template's phrasings is taken, 1 to 3.
        own: the seller's own words; they stand in place of the phrasing.
    """

    phrasing: Annotated[int, Field(ge=1, le=PHRASINGS), BeforeValidator(_not_boolean)] = 1
    own: Line = ""


class Wordings(Strict):
    """The sentences that no fact gives: of each its wording."""

    admission: Wording = Field(default_factory=Wording)
    apology: Wording = Field(default_factory=Wording)
    commitment: Wording = Field(default_factory=Wording)
    request: Wording = Field(default_factory=Wording)


class Case(Strict):
    """All facts of one appeal, validated; JSON in with `Case.model_validate_json`, out with `model_dump_json`.

    Args:
        store: the store's name as buyers see it.
        marketplace: such as "Amazon.com" or "Amazon.co.jp"; it decides how the letter writes dates and spells.
        voice: how the letter speaks of the seller: `we`, or `I` where one person does it all.
        situation: `existing` or `new` account.
        metric: the metric and its figures.
        period: the days in which the problem arose.
        causes, actions, evidence: in the order in which the letter shall name them.
        contact: who signs.
        wording: how the sentences are worded that no fact gives.

    Raises:
        pydantic.ValidationError: for an impossible value; `problems` explains it in the user's language.

    >>> Case.model_validate({"store": "Blue Kite"}).store
    'Blue Kite'
    """

    store: Line = ""
    marketplace: Line = ""
    voice: Voice = "we"
    situation: Situation = "existing"
    metric: Metric | None = None
    period: Period | None = None
    causes: tuple[Cause, ...] = ()
    actions: tuple[Action, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    contact: Contact = Contact()
    wording: Wordings = Wordings()

    @model_validator(mode="before")
    @classmethod
    def _number(cls, data: object) -> object:
        """Give causes and actions without an id one by their position."""
        if not isinstance(data, dict):
            return data
        numbered = dict(data)
        for field, letter in (("causes", "c"), ("actions", "a")):
            entries = numbered.get(field)
            if isinstance(entries, list | tuple):
                numbered[field] = [
                    {"id": f"{letter}{number}", **entry} if isinstance(entry, dict) else entry for number, entry in enumerate(entries, 1)
                ]
        return numbered

    @model_validator(mode="after")
    def _refer(self) -> Self:
        causes = [cause.id for cause in self.causes]
        claims = [*causes, *(action.id for action in self.actions)]
        for number, name in enumerate(claims):
            if name in claims[:number]:
                field = f"causes.{number}.id" if number < len(causes) else f"actions.{number - len(causes)}.id"
                refuse("id-twice", field, id=name)
        for number, action in enumerate(self.actions):
            for name in action.answers:
                _known(f"actions.{number}.answers", name, causes)
        for number, item in enumerate(self.evidence):
            _known(f"evidence.{number}.proves", item.proves, claims)
        return self
