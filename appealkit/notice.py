"""Amazon's notice or refusal to what it asks: of which kind it is, about which issues, and until when."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, get_args

from appealkit.pasted import Piece, pieces, plain
from appealkit.phrases import pattern
from appealkit.segment import Span
from appealkit.text import Lang, load

Question = Literal["cause", "taken", "prevention", "evidence"]
QUESTIONS: tuple[Question, ...] = get_args(Question)
_PLAN = QUESTIONS[:3]

Kind = Literal["performance", "verification", "policy", "related-account", "other"]
Cue = tuple[str, Span]


@dataclass(frozen=True, slots=True)
class Issue:
    """One type of complaint, and what the notice asks about it.

    Args:
        id: its name in `data/notices.toml`, such as `not-received`.
        cause: the root cause is asked for.
        taken: the actions already taken are asked for.
        prevention: the steps that prevent a repeat are asked for.
        evidence: proof is asked for.
    """

    id: str
    cause: bool = False
    taken: bool = False
    prevention: bool = False
    evidence: bool = False

    def asks(self, question: Question) -> bool:
        """Tell whether the notice asks a question about it."""
        return bool(getattr(self, question))

    def name(self, lang: Lang) -> str:
        """Say what it is."""
        return _name("issue", self.id, lang)


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
        not_understood: sentences of Amazon's that told the reader nothing and are no common phrase either.
        cues: what each conclusion rests on: a label such as `kind`, `odr`, `not-received`, `not-received.cause`, `deadline`, and the words.
    """

    text: str
    kind: Kind
    metrics: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    deadline_days: int | None = None
    attempts: int | None = None
    not_understood: tuple[Span, ...] = ()
    cues: tuple[Cue, ...] = field(default=(), repr=False)

    def advice(self, lang: Lang) -> str:
        """Say which answer it needs, when a letter about defects is not what it asks for; empty when it is."""
        advice: Mapping[Lang, str] = load("notices.toml")["kind"][self.kind].get("advice", {})
        return advice.get(lang, "")

    def words(self, label: str) -> tuple[str, ...]:
        """Return the words that a conclusion rests on, in the notice's own terms.

        Args:
            label: that of the conclusion, as in `cues`.
        """
        return tuple(dict.fromkeys(" ".join(self.text[slice(*span)].split()) for name, span in self.cues if name == label))


def read_notice(text: str) -> Notice:
    """Read what a notice of Amazon's asks.

    Args:
        text: the notice as it was pasted: with mail headers, quoted, forwarded, as HTML, in English or Chinese.

    Returns:
        What it asks. The same text always gives the same notice; nothing is guessed that its words do not say.

    >>> notice = read_notice("Please tell us the root cause of late shipments within 3 days.")
    >>> notice.kind, notice.deadline_days, notice.issues[0].id, notice.issues[0].cause, notice.issues[0].taken
    ('performance', 3, 'late-shipment', True, False)
    """
    return _Reading(text).notice()


# -- one sentence -----------------------------------------------------------------------------------------------------------

_TARGET: Mapping[str, tuple[float, bool]] = {
    "odr": (1, True),
    "cancellation": (2.5, True),
    "late-shipment": (4, True),
    "valid-tracking": (95, False),
    "on-time-delivery": (90, False),
}
"""The published targets, and whether a rate has to stay below it. A rate that misses it fails, whatever the words around say."""
_ISSUE_OF = {
    "odr": "other",
    "cancellation": "cancellation",
    "late-shipment": "late-shipment",
    "valid-tracking": "tracking",
    "on-time-delivery": "not-received",
}
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{1,3})?)\s?%")
_CLAUSE = re.compile(r"[,;:.\u3001\u3002()]| and | then ")
_NO_METRIC = {"condition", "advice", "waived"}


class _Told:
    """What one piece of the notice says, by its own words."""

    def __init__(self, piece: Piece, lead: "_Told | None", before: "_Told | None") -> None:
        self.piece = piece
        self.lead = lead
        self.before = before
        self.text = piece.lower
        inherited = lead.aside & {"dispute", "healthy", "waived"} if lead else set()
        self.aside: set[str] = {name for name in load("notices.toml")["aside"] if _in(self.text, "aside", name)} | inherited
        self.requests: bool = _in(self.text, "says", "request") or bool(lead and lead.requests)
        around = [told for told in (lead, before) if told]
        self.complains: bool = _in(self.text, "says", "complaint") or any(told.complains for told in around)

    @cached_property
    def questions(self) -> dict[Question, Span]:
        """The questions that it asks, each with its words."""
        if self.aside & {"waived", "dispute"}:
            return {}
        lists = ("phrases", "weak") if self.requests else ("phrases",)
        return dict(self._asked(lists))

    def _asked(self, lists: Iterable[str]) -> Iterator[tuple[Question, Span]]:
        for question in QUESTIONS:
            for name in lists:
                found = self._find("question", question, name)
                if found and not (question == "taken" and self._only_prevents(found)):
                    yield question, found
                    break

    def _only_prevents(self, words: Span) -> bool:
        """Are the steps that these words ask for asked for as prevention alone?"""
        start, end = words.start - self.piece.start, words.end - self.piece.start
        before = max((found.end() for found in _CLAUSE.finditer(self.text, 0, start)), default=0)
        after = _CLAUSE.search(self.text, end)
        clause = self.text[before : after.start() if after else len(self.text)]
        return _in(clause, "question", "prevention", "weak") and not _in(clause, "says", "resolve")

    @cached_property
    def metrics(self) -> list[tuple[str, Span]]:
        """The metrics that it names."""
        named = [
            (found.start(), found.end(), metric)
            for metric in load("notices.toml")["metric"]
            for found in pattern("metric", metric, "phrases").finditer(self.text)
        ]
        return [(metric, self._at(start, end)) for start, end, metric in sorted(named)]

    def failing(self) -> Iterator[tuple[str, Span]]:
        """Yield the metrics that it says do fail: by their rate, or by its words where no rate is given."""
        if self.aside & _NO_METRIC:
            return
        for metric, span, stretch in self._about_metrics():
            rates = [float(rate.replace(",", ".")) for rate in _PERCENT.findall(stretch)]
            worded = self.aside.isdisjoint({"healthy", "definition"}) and _in(stretch, "fails", "phrases")
            if any(_misses(metric, rate) for rate in rates) or worded or (not rates and self._listed_as_failing()):
                yield metric, span
        if not self.metrics and self.before and len(dict(self.before.metrics)) == 1 and _in(self.text, "fails", "own"):
            metric, span = self.before.metrics[0]
            if any(_misses(metric, float(rate.replace(",", "."))) for rate in _PERCENT.findall(self.text)):
                yield metric, span

    def _about_metrics(self) -> Iterator[tuple[str, Span, str]]:
        """Yield each metric with the words about it: the whole sentence, or up to the next metric where there are several."""
        if len({metric for metric, _ in self.metrics}) == 1:
            yield (*self.metrics[0], self.text)
            return
        starts = [span.start - self.piece.start for _, span in self.metrics]
        for (metric, span), start, end in zip(self.metrics, starts, [*starts[1:], len(self.text)], strict=False):
            yield metric, span, self.text[start:end]

    def _listed_as_failing(self) -> bool:
        return bool(self.lead and self.lead.aside.isdisjoint(_NO_METRIC) and _in(self.lead.text, "fails", "phrases"))

    @cached_property
    def issues(self) -> dict[str, Span]:
        """The types of complaint that it names, each with its words."""
        asks = bool(self.questions) and not self.aside & {"healthy"}
        if not asks and (self.aside or not (self.complains or self.requests)):
            return {}
        text = self._without_metrics("odr" if asks else "")
        named = {}
        for issue in load("notices.toml")["issue"]:
            found = pattern("issue", issue, "phrases").search(text)
            if found:
                named[issue] = self._at(*found.span())
        if asks:
            named = {_ISSUE_OF[metric]: span for metric, span in self.metrics if metric != "odr"} | named
        return dict(sorted(named.items(), key=lambda entry: entry[1]))

    def _without_metrics(self, only: str) -> str:
        """Blank out the names of the metrics, or of one of them: a rate is no complaint."""
        bits: list[str] = []
        position = 0
        for metric, span in self.metrics:
            start, end = span.start - self.piece.start, span.end - self.piece.start
            if (not only or metric == only) and start >= position:
                bits += [self.text[position:start], " " * (end - start)]
                position = end
        return "".join([*bits, self.text[position:]])

    def _find(self, *keys: str) -> Span | None:
        found = pattern(*keys).search(self.text) if _entries(*keys) else None
        return self._at(*found.span()) if found else None

    def _at(self, start: int, end: int) -> Span:
        return Span(self.piece.start + start, self.piece.start + end)


def _misses(metric: str, rate: float) -> bool:
    target, below = _TARGET[metric]
    return rate > target if below else rate < target and rate > 20


def _in(text: str, *keys: str) -> bool:
    return bool(_entries(*keys)) and bool(pattern(*keys).search(text))


def _entries(*keys: str) -> Any:  # noqa: ANN401 - a table or a list of the data
    entry: Any = load("notices.toml")
    for key in keys:
        entry = entry[key]
    return entry


# -- the whole notice ---------------------------------------------------------------------------------------------------------


class _Reading:
    """A notice while it is read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.told: list[_Told] = []
        for piece in pieces(text):
            lead = self.told[piece.lead] if piece.lead is not None else None
            before = self.told[-1] if self.told and self.told[-1].piece.block == piece.block else None
            self.told.append(_Told(piece, lead, before))
        self.cues: list[Cue] = []

    def notice(self) -> Notice:
        metrics = self._metrics()
        issues = self._issues(metrics)
        kind = self._kind(metrics, issues)
        deadline, attempts = self._deadline(), self._attempts()
        if kind in {"other", "verification"}:
            metrics, issues = (), ()
            if kind == "other":
                deadline = attempts = None
        elif kind == "related-account":
            issues = self._merged(issues)
        cues = tuple(
            cue for cue in self.cues if cue[0].split(".")[0] in {"kind", "deadline", "attempts", *metrics, *(i.id for i in issues)}
        )
        used = [span for _, span in cues]
        return Notice(self.text, kind, metrics, issues, deadline, attempts, tuple(self._left(used)), cues)

    def _metrics(self) -> tuple[str, ...]:
        for told in self.told:
            self.cues += told.failing()
        failing = {label for label, _ in self.cues}
        return tuple(metric for metric in _TARGET if metric in failing)

    def _issues(self, metrics: tuple[str, ...]) -> tuple[Issue, ...]:
        """Bring together what is complained of and what is asked: a question that names no issue is asked about each."""
        asked: dict[str, dict[Question, list[Span]]] = {}
        general: dict[Question, list[Span]] = {}
        for told in self.told:
            own = told.issues or (told.lead.issues if told.questions and told.lead and told.lead.questions else {})
            for issue, span in told.issues.items():
                asked.setdefault(issue, {})
                self.cues.append((issue, span))
            for question, span in told.questions.items():
                for issue in own:
                    asked.setdefault(issue, {}).setdefault(question, []).append(span)
                if not own:
                    general.setdefault(question, []).append(span)
        if not any(question in answers for answers in (general, *asked.values()) for question in _PLAN):
            general |= {question: [span] for span in self._plan() for question in _PLAN}
        for issue in [] if asked else [_ISSUE_OF[metric] for metric in metrics] or ["other"] * bool(general):
            asked.setdefault(issue, {})
        return tuple(issue for name, answers in asked.items() for issue in self._issue(name, answers, general))

    def _issue(self, name: str, own: dict[Question, list[Span]], general: dict[Question, list[Span]]) -> Iterator[Issue]:
        questions = {question: [*own.get(question, []), *general.get(question, [])] for question in QUESTIONS}
        if any(questions.values()):
            self.cues += [(f"{name}.{question}", span) for question, spans in questions.items() for span in spans]
            yield Issue(name, *(bool(questions[question]) for question in QUESTIONS))

    def _plan(self) -> Iterator[Span]:
        """Find a plan that is asked for without its questions."""
        for told in self.told:
            found = told._find("says", "plan")  # noqa: SLF001 - the same module
            if found and _in(told.text, "says", "request") and not told.aside & {"waived", "dispute"}:
                yield found
                return

    def _merged(self, issues: tuple[Issue, ...]) -> tuple[Issue, ...]:
        """Of a related account there is one issue: the relation itself."""
        self.cues += [(label.replace(label.split(".")[0], "other", 1), span) for label, span in self.cues if "." in label]
        return (Issue("other", *(any(issue.asks(question) for issue in issues) for question in QUESTIONS)),) if issues else ()

    def _kind(self, metrics: tuple[str, ...], issues: tuple[Issue, ...]) -> Kind:
        if pattern("buyer", "phrases").search(plain(self.text).lower()):
            return "other"
        asks = bool(issues)
        plan = any(issue.asks(question) for issue in issues for question in _PLAN)
        ids = {issue.id for issue in issues}
        checks: list[tuple[Kind, bool]] = [
            ("related-account", True),
            ("other", not asks),
            ("performance", bool(metrics) and asks),
            ("verification", not plan and not ids & {"authenticity", "condition"}),
            ("policy", asks or ids == set()),
        ]
        for kind, possible in checks:
            spans = self._cues_of(kind) if possible else []
            if spans or (kind == "performance" and possible):
                self.cues += [("kind", span) for span in spans]
                return kind
        if ids and ids <= {"authenticity", "condition"}:
            return "policy"
        return "performance" if asks else "other"

    def _cues_of(self, kind: Kind) -> list[Span]:
        return [
            span
            for told in self.told
            if not told.aside & {"condition", "advice"}
            for span in [told._find("kind", kind, "phrases")]  # noqa: SLF001 - the same module
            if span
        ]

    def _deadline(self) -> int | None:
        for told in self.told:
            found = pattern("deadline", "phrases").search(told.text)
            if found and _in(told.text, "deadline", "seller") and not _in(told.text, "deadline", "not"):
                self.cues.append(("deadline", told._at(*found.span())))  # noqa: SLF001 - the same module
                return _days(found.group())
        return None

    def _attempts(self) -> int | None:
        for told in self.told:
            last = pattern("attempts", "last").search(told.text)
            found = last or pattern("attempts", "phrases").search(told.text)
            if found and _in(told.text, "attempts", "seller") and not _in(told.text, "attempts", "not"):
                self.cues.append(("attempts", told._at(*found.span())))  # noqa: SLF001 - the same module
                return 1 if last else _number(found.group())
        return None

    def _left(self, used: list[Span]) -> Iterator[Span]:
        """Yield the pieces that told nothing, lead nothing in, and are no common phrase."""
        starts = sorted(span.start for span in used)
        telling = [told for told in self.told if bisect_left(starts, told.piece.start) < bisect_left(starts, told.piece.end)]
        passed = {id(told) for told in telling} | {id(told.lead) for told in telling}
        for told in self.told:
            words = told.text
            if id(told) not in passed and not told.aside and not _in(words, "known", "phrases") and any(map(str.isalpha, words)):
                yield Span(told.piece.start, told.piece.end)


_NUMBER = re.compile(r"\d{1,3}")


def _number(words: str) -> int:
    digits = _NUMBER.search(words)
    if digits:
        return int(digits.group())
    numbers: Mapping[str, int] = load("notices.toml")["number"]
    named = [value for word, value in numbers.items() if word in re.split(r"\W+", words) or (not word.isascii() and word in words)]
    return named[0] if named else 1


def _days(words: str) -> int:
    number = _number(words)
    if _in(words, "deadline", "unit", "hour"):
        return -(-number // 24)
    return number * 7 if _in(words, "deadline", "unit", "week") else number


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


def metric_name(metric: str, lang: Lang) -> str:
    """Return what a metric is called."""
    return _name("metric", metric, lang)


def _name(table: str, entry: str, lang: Lang) -> str:
    name: str = load("notices.toml")[table][entry]["name"][lang]
    return name
