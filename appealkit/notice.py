"""What a notice or refusal of Amazon's asks: of which kind it is, about which issues, and until when."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, get_args

from appealkit.language import Lang, metric_name, say
from appealkit.phrases import holds
from appealkit.span import Span
from appealkit.tables import load
from appealkit.text import one_line
from appealkit.written import half_width

Question = Literal["cause", "taken", "prevention", "evidence"]
QUESTIONS: tuple[Question, ...] = get_args(Question)
PLAN = QUESTIONS[:3]
"""The questions that a plan of action answers."""
COUNTED = frozenset({"a-to-z", "negative-feedback", "chargeback"})
"""What a defect is counted by: where the next sentence says what most of these are about, that is the issue."""
Kind = Literal["performance", "verification", "policy", "related-account", "other"]
Cue = tuple[str, Span]
_DASH = r"[-\u2010-\u2015\u2212\uff0d]\s{0,2}"  # a pasted mail breaks its lines behind a dash
_ORDER = re.compile(rf"(?<![\d-])([0-9]{{3}}){_DASH}([0-9]{{7}}){_DASH}([0-9]{{7}})(?![\d-])")


@dataclass(frozen=True, slots=True)
class Issue:
    """One type of complaint, and what the notice asks about it.

    Args:
        id: its name in `data/notices.toml`, such as `not-received`.
        cause: the root cause is asked for.
        taken: the actions already taken are asked for.
        prevention: the steps that prevent a repeat are asked for.
        evidence: proof is asked for.
        metric: the metric whose shortfall is to be explained, where the notice names no complaint behind it.
    """

    id: str
    cause: bool = False
    taken: bool = False
    prevention: bool = False
    evidence: bool = False
    metric: str = field(default="", kw_only=True)

    def asks(self, question: Question) -> bool:
        """Tell whether the notice asks a question about it."""
        return bool(getattr(self, question))

    def name(self, lang: Lang) -> str:
        """Say what it is."""
        return say("notice.rate", lang, metric=metric_name(self.metric, lang)) if self.metric else _name("issue", self.id, lang)


@dataclass(frozen=True, slots=True)
class Notice:
    """What a notice or a refusal of Amazon's asks.

    Args:
        text: the notice as it was pasted.
        kind: `performance`, `verification`, `policy`, `related-account` or `other`.
        metrics: the metrics that fail, by the notice's own words.
        issues: the types of complaint that are to be answered, in its order.
        deadline_days: time to answer; None when it states none.
        attempts: appeals allowed or left; None when it states none.
        sent: the day on which it was sent; None when it does not tell.
        not_understood: sentences of Amazon's that told the reader nothing and are no common phrase either.
        cues: what each conclusion rests on: a label such as `kind`, `odr`, `odr.rate`, `not-received.cause`, `papers`, `detail`, `window`,
            `refusal`, `unasked`, `unanswered`, and the words; `letter`, `data` or `nothing` alone for what is no notice.
        asks_more: those of `not_understood` that ask something.
        orders: the numbers of the orders that it names, each once.
    """

    text: str
    kind: Kind
    metrics: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    deadline_days: int | None = None
    attempts: int | None = None
    sent: date | None = None
    not_understood: tuple[Span, ...] = ()
    cues: tuple[Cue, ...] = field(default=(), repr=False)
    asks_more: tuple[Span, ...] = field(default=(), kw_only=True)
    orders: tuple[str, ...] = field(default=(), kw_only=True)

    @property
    def mistaken(self) -> Literal["letter", "data", "nothing", ""]:
        """What it is instead of a notice: the seller's own letter to Amazon, data, or about nothing; empty for what may be a notice."""
        names: tuple[Literal["letter", "data", "nothing"], ...] = ("letter", "data", "nothing")
        return next((name for name in names if self.words(name)), "")

    def advice(self, lang: Lang) -> str:
        """Say which answer it needs, when a letter about defects is not what it asks for; empty when it is."""
        if name := self.mistaken:
            words = " ".join(say("notice.words", lang, words=words) for words in self.words(name))
            return say(f"notice.mistaken.{name}", lang, words=words)
        entry: dict[str, dict[Lang, str]] = load("notices.toml")["kind"][self.kind]
        told = "part" if self.in_part else "unread" if self.unread else "refused" if self.words("refusal") else "advice"
        return entry[told].get(lang, "") if told in entry else ""

    def instead(self, lang: Lang) -> str:
        """Say what it asks for instead of a letter: documents, or something in another place; empty where a letter may be the answer."""
        if self.advice("en"):
            return self.advice(lang) if self.has_kind and not self.words("refusal") else ""
        asked = {question for issue in self.issues for question in QUESTIONS if issue.asks(question)}
        return say("notice.papers-alone", lang) if asked == {"evidence"} and not self.asks_more else ""

    def note(self, lang: Lang) -> str:
        """Say that the order defect rate is to be explained, too, where it is one of several reasons and each is asked about."""
        unasked = "odr" in self.metrics and bool(self.issues) and not any(issue.metric for issue in self.issues)
        lower = self.text.lower() if unasked else ""
        return say("notice.rate-too", lang) if holds(lower, "says", "beside") and holds(lower, "says", "all") else ""

    @property
    def until(self) -> date | None:
        """The last day of the time to answer; None when the notice does not tell the time or from which day on it counts.

        Nor is there one where it counts working days: no calendar here does.
        """
        words = " ".join(self.words("deadline")).lower()
        if self.sent is None or self.deadline_days is None or any(word in words for word in load("notices.toml")["days"]["working"]):
            return None
        return self.sent + timedelta(self.deadline_days)

    @property
    def unread(self) -> bool:
        """Was so little of it understood that its kind is not known either?"""
        left = sum(span.end - span.start for span in self.not_understood)
        return self.kind == "other" and not self.cues and 2 * left >= len(self.text.strip())

    @property
    def in_part(self) -> bool:
        """Does it say that the seller may not sell, and nothing else that was understood?"""
        return self.kind == "other" and not self.cues and holds(self.text.lower(), "stopped", "phrases")

    @property
    def unclear(self) -> bool:
        """May a notice ask what was not understood: in a sentence that asks, or since no question was found where a letter is the answer?

        What was taken for one and is none tells nothing of what the notice asks.
        """
        return bool(self.asks_more or self.mistaken) or self.unread or self.in_part or not (self.issues or self.advice("en"))

    @property
    def has_kind(self) -> bool:
        """Is it a notice, and so much of it understood that its kind can be told?"""
        return not (self.mistaken or self.unread or self.in_part)

    def __repr__(self) -> str:
        """Return what it asks, one line an issue: the same for the same notice."""
        lines = [f"{issue.id}: {', '.join(question for question in QUESTIONS if issue.asks(question))}" for issue in self.issues]
        told = {
            "metrics": ", ".join(self.metrics),
            "days": self.deadline_days,
            "until": "" if self.deadline_days is not None else ", ".join(self.words("deadline")),
            "attempts": self.attempts,
            "not understood": len(self.not_understood),
        }
        return "\n".join([f"kind: {self.kind}", *lines, *(f"{name}: {value}" for name, value in told.items() if value)])

    def _repr_html_(self) -> str:
        from appealkit.notice_view import show_notice  # noqa: PLC0415 - the view depends on the notice; only notebooks ask for this

        return show_notice(self, "en").html

    def rate(self, metric: str) -> Span | None:
        """Return where it states the rate of a metric that fails; None where it states none, or several."""
        spans = [span for name, span in self.cues if name == f"{metric}.rate"]
        return spans[0] if len({"".join(span.of(self.text).split()) for span in spans}) == 1 else None

    def words(self, label: str) -> tuple[str, ...]:
        """Return the words that a conclusion rests on, in the notice's own terms.

        Args:
            label: that of the conclusion, as in `cues`.
        """
        return tuple(dict.fromkeys(one_line(span.of(self.text)) for name, span in self.cues if name == label))


def orders_in(text: str) -> tuple[str, ...]:
    """Return the numbers of the orders that a text names, each once, with plain digits and hyphens however they are written.

    Args:
        text: a notice, or a letter.

    >>> orders_in("Your orders 114-5550123-7788990 and 114-5550123-7788990 arrived late; call 555-0123456.")
    ('114-5550123-7788990',)
    """
    return tuple(dict.fromkeys("-".join(parts) for parts in _ORDER.findall(half_width(text))))


def question_name(question: Question, lang: Lang) -> str:
    """Return the short name of a question.

    Args:
        question: `cause`, `taken`, `prevention` or `evidence`.
        lang: `en` or `zh-Hant`.

    Returns:
        Its name.
    """
    return _name("question", question, lang)


def kind_name(kind: Kind, lang: Lang) -> str:
    """Return what a kind of notice is called."""
    return _name("kind", kind, lang)


def _name(table: str, entry: str, lang: Lang) -> str:
    name: str = load("notices.toml")[table][entry]["name"][lang]
    return name
