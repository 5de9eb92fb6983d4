"""Amazon's notice or refusal to what it asks: of which kind it is, about which issues, and until when."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from itertools import accumulate
from typing import Literal, NamedTuple, get_args

from appealkit.alike import NONE, most_alike
from appealkit.due import days_in, due, number_in, sent_on
from appealkit.pasted import Piece, pieces, plain
from appealkit.phrases import Keys, Place, found_in, lists_of, pattern, told_together
from appealkit.segment import Span
from appealkit.text import Lang, load

Question = Literal["cause", "taken", "prevention", "evidence"]
QUESTIONS: tuple[Question, ...] = get_args(Question)
_PLAN = QUESTIONS[:3]

PASTED = 400_000
"""Characters; so long is no mail, its markup included. What lies beyond is told as not understood."""
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
        entry: Mapping[str, Mapping[Lang, str]] = load("notices.toml")["kind"][self.kind]
        unread = "unread" in entry and not self.words("kind") and 2 * self._left >= len(self.text.strip())
        return entry["unread" if unread else "advice"].get(lang, "") if "advice" in entry else ""

    @property
    def _left(self) -> int:
        return sum(span.end - span.start for span in self.not_understood)

    def __repr__(self) -> str:
        """Return what it asks, one line an issue: the same for the same notice."""
        lines = [f"{issue.id}: {', '.join(question for question in QUESTIONS if issue.asks(question))}" for issue in self.issues]
        told = {
            "metrics": ", ".join(self.metrics),
            "days": self.deadline_days,
            "attempts": self.attempts,
            "not understood": len(self.not_understood),
        }
        return "\n".join([f"kind: {self.kind}", *lines, *(f"{name}: {value}" for name, value in told.items() if value)])

    def _repr_html_(self) -> str:
        from appealkit.notice_view import show_notice  # noqa: PLC0415 - the view depends on the notice; only notebooks ask for this

        return show_notice(self, "en").html

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

_ISSUE_OF = {
    "odr": "other",
    "cancellation": "cancellation",
    "late-shipment": "late-shipment",
    "valid-tracking": "tracking",
    "on-time-delivery": "not-received",
}
_COUNTED = {"a-to-z", "negative-feedback", "chargeback"}
"""What a defect is counted by: where the next sentence says what most of these are about, that is the issue."""
_POLICY = {"authenticity", "condition", "other"}
"""What a notice about a policy complains of; `other` is the practice that it forbids."""
_LOW = 20  # per cent; a share of valid numbers or parcels in time is never so low, but what is missing of it may be
_READ = 30_000  # characters of Amazon's own words; no notice has as many, and what lies beyond is told as not understood
_HEADING = 60  # characters, at most
_SHORT = 42  # bytes, of which a Chinese character has three; what is as short as this is a heading or a point
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{1,3})?)\s{0,8}%")
_CLAUSE = re.compile(
    r"[;:.\u3001\u3002()\u53ca\u4e26]| and | then "
    r"|,(?!\s?(?:\u4ee5(?!\u53ca)|[\u4f86\u8b93\u4f7f]|\u9632\u6b62|\u907f\u514d|so that|in order))"
)
_QUOTED = re.compile(r'"[^"]{4,200}"')
_PART = re.compile(r'"[^"\w]*|;|(?<!\w)\(?(?:[ivx]{1,4}|[a-h]|\d)\)\s')
_LIKELY = 0.7  # at least, for a complaint that only its words make like others
_SAME_KIND = 0.93  # the same, for a sentence of a kind
_SURE = 0.9  # the same, for one that is asked about
_NO_METRIC = {"condition", "advice", "waived"}


_REQUESTS: tuple[Keys, ...] = (("request", "phrases"), ("question", "cause", "phrases"), ("question", "taken", "phrases"))
_CONCEDES: tuple[Keys, ...] = (("says", "concedes"), ("gives", "phrases"))
_TABLES = ("aside", "request", "gives", "says", "kind", "fails", "metric", "question", "deadline", "attempts", "known")


class _Around(NamedTuple):
    lead: "_Told | None"
    before: "_Told | None"  # in the same paragraph, or as its heading
    above: "_Told | None"
    section: frozenset[str]  # asides of the heading above


class _Told:
    """What one piece of the notice says, by its own words."""

    def __init__(self, piece: Piece, number: int, found: Mapping[Keys, Place], around: "_Around") -> None:
        self.piece = piece
        self.number = number
        self.found = found
        self.lead, self.before, above, section = around
        self.text = _without_concessions(piece.lower) if not found.keys().isdisjoint(_CONCEDES) else piece.lower
        inherited = self.lead.aside & {"dispute", "healthy", "waived"} if self.lead else set()
        self.aside: set[str] = {keys[1] for keys in found if keys[0] == "aside"} | inherited | section
        self.cited: bool = above is not None and self._cited(above)
        self.option: bool = (
            piece.item and above is not None and not self.text.endswith("?") and (above.option or above.has("says", "choose"))
        )
        if self.cited or self.option:
            self.aside.add("waived")
        if above is not None and above.text.endswith("?") and above.piece.block == piece.block:
            self.aside |= above.aside & {"definition", "healthy"}
        if "dispute" in self.aside and self.has("says", "otherwise"):
            self.aside.remove("dispute")
        if self.has("gives", "phrases") and not _in(self.text, "says", "turns"):
            self.aside.add("waived")
        told = {keys[0] for keys in found}
        self.requests: bool = self._requests()
        self.questions: dict[Question, Span] = self._questions() if "question" in told else {}
        self.metrics: list[tuple[str, Span]] = self._metrics() if "metric" in told else []
        self.quoted: bool = bool(_QUOTED.search(self.text))
        self.parts = list(_parts(self.text))
        self.short: bool = len(self.text.encode()) <= _SHORT
        self.asks: bool = bool(self.questions) and "healthy" not in self.aside
        self.complains: bool = self.has("says", "complaint") or any(other.complains for other in (self.lead, self.before) if other)

    def has(self, *keys: str) -> bool:
        """Tell whether it holds a phrase of a list."""
        return keys in self.found

    def find(self, *keys: str) -> Span | None:
        """Return the words of a list that it holds first."""
        found = self.found.get(keys)
        return self.at(*found) if found else None

    def at(self, start: int, end: int) -> Span:
        """Return the place in the notice of a place in it."""
        return Span(self.piece.start + start, self.piece.start + end)

    def words(self, span: Span) -> str:
        """Return its words at a place in the notice."""
        return self.text[span.start - self.piece.start : span.end - self.piece.start]

    def clause(self, words: Span) -> str:
        """Return the clause that holds these words."""
        start, end = words.start - self.piece.start, words.end - self.piece.start
        before = max((found.end() for found in _CLAUSE.finditer(self.text, 0, start)), default=0)
        after = _CLAUSE.search(self.text, end)
        return self.text[before : after.start() if after else len(self.text)]

    def _cited(self, above: "_Told") -> bool:
        """Does it stand in what the seller is said to have sent, from one quotation mark to the other?"""
        begins = '"' in self.text[:2] and above.has("gives", "phrases") and above.text.endswith(":")
        return begins or (above.cited and '"' not in above.text[2:])

    def _requests(self) -> bool:
        """Does it ask for something: by its words, as a question that is no heading, or under a lead that asks?"""
        if not self.found.keys().isdisjoint(_REQUESTS):
            return True
        asks = self.text.endswith("?") and not self.has("says", "heading")
        return asks or bool(self.lead and self.lead.requests)

    def _questions(self) -> dict[Question, Span]:
        """Find the questions that it asks, each with its words."""
        if self.aside & {"waived", "dispute"}:
            return {}
        asks = self.requests and not self.aside & {"advice", "condition", "routine", "standing"}
        lists = ("phrases", "weak", "faint") if asks else ("phrases",)
        return dict(self._asked(lists))

    def _asked(self, lists: Iterable[str]) -> Iterator[tuple[Question, Span]]:
        for question in QUESTIONS:
            for name in lists:
                found = self.find("question", question, name)
                if found and not (question == "taken" and self._only_prevents(found)):
                    yield question, found
                    break

    def _only_prevents(self, words: Span) -> bool:
        """Are the steps that these words ask for asked for as prevention alone?"""
        clause = self.clause(words)
        return _in(clause, "question", "prevention", "weak") and not _in(clause, "says", "resolve")

    def _metrics(self) -> list[tuple[str, Span]]:
        """Find the metrics that it names."""
        named = [
            (found.start(), found.end(), metric)
            for metric in load("notices.toml")["metric"]
            if self.has("metric", metric, "phrases")
            for found in pattern("metric", metric, "phrases").finditer(self.text)
        ]
        return [(metric, self.at(start, end)) for start, end, metric in sorted(named)]

    def failing(self) -> Iterator[tuple[str, Span]]:
        """Yield the metrics that it says do fail: by their rate, or by its words where no rate is given."""
        if self.aside & _NO_METRIC - {"advice"} or not (self.metrics or self.before):
            return
        listed = "advice" not in self.aside and self._listed_as_failing()
        for metric, span, stretch in self._about_metrics():
            rates = [rate for rate in _rates(stretch) if rate != _target(metric)]
            before = _rates(self.before.text) if self.before and not rates and len(self.metrics) == 1 and not self.before.metrics else []
            worded = self.aside.isdisjoint({"healthy", "definition", "advice"}) and _in(stretch, "fails", "phrases")
            if any(_misses(metric, rate) for rate in rates or before) or (not rates and (worded or listed)):
                yield metric, span
        if not self.metrics and self.before and len(dict(self.before.metrics)) == 1 and self.has("fails", "own"):
            metric, span = self.before.metrics[0]
            if any(_misses(metric, rate) for rate in _rates(self.text)):
                yield metric, span

    def _about_metrics(self) -> Iterator[tuple[str, Span, str]]:
        """Yield each metric with the words about it: the whole sentence, or up to the next metric where there are several."""
        if not self.metrics:
            return
        if len({metric for metric, _ in self.metrics}) == 1:
            yield (*self.metrics[0], self.text)
            return
        starts = [span.start - self.piece.start for _, span in self.metrics]
        for (metric, span), start, end in zip(self.metrics, starts, [*starts[1:], len(self.text)], strict=False):
            yield metric, span, self.text[start:end]

    def _listed_as_failing(self) -> bool:
        return bool(self.lead and self.lead.aside.isdisjoint(_NO_METRIC) and self.lead.has("fails", "phrases"))

    def complaints(self) -> str:
        """Return its words as far as they may name complaints: without the names of metrics."""
        if not self.asks and (self.aside or (not self.lead and pattern("says", "instructs").match(self.text))):
            return ""
        example = self.find("says", "example")
        if example:
            return self.text[: example.start - self.piece.start]
        if not self.metrics:
            return self.text
        text = self.text
        names = [span for metric, span in self.metrics if metric == "odr" or not self.asks]
        bits: list[str] = []
        position = 0
        for start, end in sorted((span.start - self.piece.start, span.end - self.piece.start) for span in names):
            if start >= position:
                bits += [text[position:start], " " * (end - start)]
                position = end
        return "".join([*bits, text[position:]])

    def issues_in(self, found: Mapping[Keys, Place], paired: Mapping[Keys, Place]) -> dict[str, Span]:
        """Return the types of complaint that are among what was found in its complaints, each with its words."""
        named: dict[str, Span] = {}
        complains = self.complains or self.requests or self.short or self.lead
        for (_, issue, name), words in found.items():
            if self.asks or (name == "phrases" and (complains or issue not in _COUNTED)):
                named.setdefault(issue, self.at(*words))
        named = {issue: span for issue, span in named.items() if not any(_within(span, other) for other in named.values())}
        if complains:
            taken = list(named.values())
            for (_, issue), words in sorted(paired.items(), key=lambda entry: entry[1][1] - entry[1][0]):
                span = self.at(*words)
                if issue not in named and not any(span.start < other.end and other.start < span.end for other in taken):
                    named[issue] = span
                    taken.append(span)
        if self.metrics and self.asks:
            named = {_ISSUE_OF[metric]: span for metric, span in self.metrics if metric != "odr"} | named
        return dict(sorted(named.items(), key=lambda entry: entry[1])) if len(named) > 1 else named

    def alike(self, named: Iterable[Span]) -> dict[str, Span]:
        """Return the types of complaint that its parts are most like, as far as no phrase tells one in them."""
        if self.aside or self.metrics or (self.requests and not self.asks):
            return {}
        words = self.complaints()
        found = {}
        for start, end in self.parts:
            part = self.at(start, end)
            if not any(part.start < span.end and span.start < part.end for span in named):
                issue, likely = most_alike(words[start:end])
                if issue not in {NONE, "other"} and likely > (_SURE if self.asks else _LIKELY):
                    found[issue] = part
        return found


@cache
def _paired() -> tuple[Keys, ...]:
    """Return the issues that are also told by a thing and its trouble."""
    return tuple(("issue", issue) for issue, entry in load("notices.toml")["issue"].items() if "thing" in entry)


def _without_concessions(words: str) -> str:
    """Blank out what is granted before the turn of a sentence: "you explain the refunds, but not the delays" asks about no refund."""
    turn = max((found.start() for found in pattern("says", "turns").finditer(words)), default=0)
    begun = [found.start() for keys in _CONCEDES for found in [pattern(*keys).search(words)] if found]
    start = min([*begun, turn])
    return words[:start] + " " * (turn - start) + words[turn:]


def _parts(words: str) -> Iterator[Place]:
    """Cut words into what is quoted or counted up in them, each a complaint of its own."""
    position = 0
    for start, end in (*(found.span() for found in _PART.finditer(words)), (len(words), len(words))):
        if start > position:
            yield position, start
        position = end


def _within(span: Span, other: Span) -> bool:
    return span != other and other.start <= span.start and span.end <= other.end


def _rates(words: str) -> list[float]:
    return [float(rate.replace(",", ".")) for rate in _PERCENT.findall(words)]


def _misses(metric: str, rate: float) -> bool:
    """Does a rate miss the published target? Then it fails, whatever the words around say."""
    target = _target(metric)
    return rate > target if load("metrics.toml")[metric]["better"] == "under" else _LOW < rate < target


def _target(metric: str) -> float:
    target: float = load("metrics.toml")[metric]["target"]
    return target


def _in(text: str, *keys: str) -> bool:
    return bool(pattern(*keys).search(text))


# -- the whole notice ---------------------------------------------------------------------------------------------------------


class _Reading:
    """A notice while it is read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.told: list[_Told] = []
        cut = pieces(text[:PASTED])
        lengths = accumulate(max(piece.end - piece.start, _SHORT) for piece in cut)
        last = next((number for number, length in enumerate(lengths) if length > _READ), len(cut))
        beyond = cut[last].start if last < len(cut) else PASTED
        self.unread = [Span(beyond, len(text))] if text[beyond:].strip() else []
        cut = cut[:last]
        found = found_in([piece.lower for piece in cut], lists_of(*_TABLES))
        section: frozenset[str] = frozenset()
        for number, piece in enumerate(cut):
            alone = [other.block for other in cut[max(0, number - 1) : number + 2]].count(piece.block) == 1
            if alone and piece.lower.endswith("?"):
                section = frozenset({"dispute"} if ("aside", "dispute") in found[number] else ())  # of a heading, down to the next one
            elif alone and not piece.item and len(piece.lower) < _HEADING and not piece.lower.endswith((".", "!", "\u3002")):
                section = frozenset({"healthy"} if ("aside", "healthy") in found[number] else ())
            lead = self.told[piece.lead] if piece.lead is not None else None
            above = self.told[-1] if self.told else None
            before = above if above and (above.piece.block == piece.block or (above.short and above.metrics)) else None
            self.told.append(_Told(piece, number, found[number], _Around(lead, before, above, section)))
        self.points: dict[int, list[_Told]] = {}
        for told in self.told:
            if told.lead:
                self.points.setdefault(told.lead.number, []).append(told)
        self.telling = [told for told in self.told if told.found and not told.cited]
        complaints = [told.complaints() for told in self.told]
        named, paired = found_in(complaints, lists_of("issue")), told_together(complaints, _paired())
        self.named = [told.issues_in(*words) for told, *words in zip(self.told, named, paired, strict=True)]
        self._name_by_likeness()
        self._tell_late_apart()
        self.cues: list[Cue] = []

    def _tell_late_apart(self) -> None:
        """Take "late parcels" for late shipment where only that is told otherwise: one matter is one issue."""
        if not any("late-shipment" in named for named in self.named):
            return
        either = pattern("issue", "not-received", "either")
        late = [(told, named) for told, named in zip(self.told, self.named, strict=True) if "not-received" in named]
        if all(either.fullmatch(told.words(named["not-received"])) for told, named in late):
            for _, named in late:
                named.setdefault("late-shipment", named.pop("not-received"))

    def _name_by_likeness(self) -> None:
        """Name complaints that no phrase tells: what is told as one, asked about or quoted, and, where none is found so, what is not."""
        for sure in (True, False):
            for told, issues in zip(self.told, self.named, strict=True):
                surely = told.quoted or "cause" in told.questions or (told.complains and not told.asks)
                if surely if sure else not told.asks:
                    issues.update(told.alike(list(issues.values())))
            if any(self.named) or any(told.metrics for told in self.told):
                return

    def notice(self) -> Notice:
        metrics = self._metrics()
        issues = self._issues(metrics)
        kind = self._kind(metrics, issues)
        if any(told.has("says", "final") for told in self.told) and not self._asks("phrases", *_PLAN):
            issues = ()
        deadline, attempts = self._deadline(), self._attempts()
        if kind in {"other", "verification"}:
            metrics, issues = (), ()
            if kind == "other":
                deadline = attempts = None
        elif kind == "related-account":
            metrics, issues = (), self._merged(issues)
        cues = tuple(
            cue for cue in self.cues if cue[0].split(".")[0] in {"kind", "deadline", "attempts", *metrics, *(i.id for i in issues)}
        )
        used = [span for _, span in cues]
        return Notice(self.text, kind, metrics, issues, deadline, attempts, (*self._left(used), *self.unread), cues)

    def _metrics(self) -> tuple[str, ...]:
        for told in self.told:
            self.cues += told.failing()
        failing = {label for label, _ in self.cues}
        return tuple(metric for metric in load("notices.toml")["metric"] if metric in failing)

    def _issues(self, metrics: tuple[str, ...]) -> tuple[Issue, ...]:
        """Bring together what is complained of and what is asked: a question that names no issue is asked about each."""
        asked: dict[str, dict[Question, list[Span]]] = {}
        general: dict[Question, list[Span]] = {}
        for told, named in self._told_and_named():
            own = (
                named
                or (self.named[told.lead.number] if told.questions and told.lead and told.lead.questions else {})
                or self._same_point(told)
            )
            for issue, span in named.items():
                if issue in _COUNTED and self._explained(told):
                    continue
                asked.setdefault(issue, {})
                self.cues.append((issue, span))
            for question, span in told.questions.items():
                for issue in own:
                    asked.setdefault(issue, {}).setdefault(question, []).append(span)
                if not own or told.has("says", "both"):
                    general.setdefault(question, []).append(span)
        if self._misconduct() and not any(asked[name] for name in asked):
            asked = {name: asked[name] for name in asked if name in _POLICY} or {"other": {}}
        if not any(question in answers for answers in (general, *asked.values()) for question in _PLAN):
            general |= {question: [span] for span in self._plan() for question in _PLAN}
        for issue in [] if asked else [_ISSUE_OF[metric] for metric in metrics] or self._granted(general) or ["other"] * bool(general):
            asked.setdefault(issue, {})
        return tuple(issue for name, answers in asked.items() for issue in self._issue(name, answers, general))

    def _same_point(self, told: _Told) -> dict[str, Span]:
        """Name the complaint that a point begins with, for a question that it ends with, also where the rest is accepted."""
        before = told.before if told.questions and told.piece.item else None
        if not before or before.piece.block != told.piece.block or "waived" not in before.aside:
            return {}
        (found,) = found_in([before.piece.lower], lists_of("issue"))
        return {keys[1]: before.at(*words) for keys, words in found.items() if keys[2] == "phrases" and keys[1] != "other"}

    def _misconduct(self) -> bool:
        """Does it tell of a practice that is forbidden whatever buyers say?"""
        apart = {"condition", "advice", "standing", "routine"}
        return any(told.has("says", "conduct") and not told.aside & apart for told in self.telling)

    def _granted(self, general: Mapping[Question, list[Span]]) -> list[str]:
        """Name the complaint that a sentence about what the seller told already speaks of, when the questions left open name none."""
        granted = [told.piece.lower for told in self.told if "waived" in told.aside] if not general.keys().isdisjoint(_PLAN) else []
        return [keys[1] for found in found_in(granted, lists_of("issue")) for keys in found if keys[1] not in _COUNTED | {"other"}][:1]

    def _told_and_named(self) -> Iterator[tuple[_Told, dict[str, Span]]]:
        """Yield each piece with the issues that it names.

        Where questions name issues, what is told around them names none. What follows the last question are notes, and what a list of
        proofs names is no issue by itself when others name some.
        """
        asking = [told.number for told in self.told if not told.questions.keys().isdisjoint(_PLAN)]
        asking = asking or [told.number for told in self.told if told.questions]
        last = asking[-1] if asking and any(self.named[: asking[-1] + 1]) else len(self.told)
        if any(self.named[told.number] for told in self.told if not told.questions.keys().isdisjoint(_PLAN)):
            last = -1
        proofs = [set(told.questions) == {"evidence"} for told in self.told]
        others = {issue for proof, named in zip(proofs, self.named, strict=True) if not proof for issue in named}
        for told, proof, named in zip(self.told, proofs, self.named, strict=True):
            if told.number > last and not told.questions and not (told.lead and told.lead.requests):
                yield told, {}
            else:
                yield told, {issue: span for issue, span in named.items() if issue in others} if proof and others else named

    def _explained(self, told: _Told) -> bool:
        """Do its points, or the next sentence, say what the claims or the feedback named here are about?"""
        points = self.points.get(told.number, [])
        after = [other for other in self.told[told.number + 1 : told.number + 2] if other.before is told and other.has("says", "most")]
        return not told.asks and any(issue not in _COUNTED for other in points + after for issue in self.named[other.number])

    def _issue(self, name: str, own: dict[Question, list[Span]], general: dict[Question, list[Span]]) -> Iterator[Issue]:
        questions = {question: [*own.get(question, []), *general.get(question, [])] for question in QUESTIONS}
        if any(questions.values()):
            self.cues += [(f"{name}.{question}", span) for question, spans in questions.items() for span in spans]
            yield Issue(name, *(bool(questions[question]) for question in QUESTIONS))

    def _plan(self) -> Iterator[Span]:
        """Find a plan that is asked for without its questions."""
        for told in self.telling:
            found = told.find("says", "plan")
            if found and told.has("request", "phrases") and not told.aside & {"waived", "dispute", "advice", "standing"}:
                yield found
                return

    def _merged(self, issues: tuple[Issue, ...]) -> tuple[Issue, ...]:
        """Of a related account there is one issue: the relation itself; who disputes it is asked all the same."""
        self.cues += [(label.replace(label.split(".")[0], "other", 1), span) for label, span in self.cues if "." in label]
        asked = {question for question in QUESTIONS if any(issue.asks(question) for issue in issues)}
        if not asked:
            proofs = [span for told in self.telling for span in [told.find("question", "evidence", "weak")] if span]
            self.cues += [("other.evidence", span) for span in proofs]
            asked = {question for question in QUESTIONS if question == "evidence" and proofs}
        return (Issue("other", *(question in asked for question in QUESTIONS)),) if asked else ()

    def _kind(self, metrics: tuple[str, ...], issues: tuple[Issue, ...]) -> Kind:
        if pattern("buyer", "phrases").search(plain(self.text[:PASTED]).lower()):
            return "other"
        asks = bool(issues)
        ids = {issue.id for issue in issues}
        weak = bool(ids - {"other"})  # a named complaint makes a question of words that tell little by themselves
        plan = self._asks("phrases", *_PLAN) or (weak and any(not told.questions.keys().isdisjoint(_PLAN) for told in self.told))
        wants = any(told.requests and not told.aside & {"waived", "advice"} for told in self.told)
        checks: list[tuple[Kind, bool]] = [
            ("related-account", True),
            ("other", not asks or not self._sure()),
            ("performance", bool(metrics) and asks),
            ("verification", wants and not plan and not ids & {"authenticity", "condition"}),
            ("policy", bool(ids & _POLICY)),
        ]
        for kind, possible in checks:
            spans = (self._cues_of(kind) or ([] if weak else self._like(kind))) if possible else []
            if spans or (kind == "performance" and possible):
                self.cues += [("kind", span) for span in spans]
                return kind
        if ids and ids <= _POLICY - {"other"}:
            return "policy"
        return "performance" if asks and self._serious(ids) else "other"

    def _sure(self) -> bool:
        """Is more asked than to keep the rules from now on? A reminder in a message of good news is no question."""
        return self._asks("phrases", *_PLAN) or self._asks("weak", "cause", "taken")

    def _serious(self, issues: set[str]) -> bool:
        """Does it ask in words that do nothing else, what became of complaints, or about a closed account? A case or an order does not."""
        closed = any(told.has("says", "serious") or told.has("says", "plan") for told in self.telling)
        tells = any(told.questions and told.has("says", "tell") for told in self.told)
        return closed or self._asks("phrases", *_PLAN) or (issues != {"other"} and (tells or self._asks("weak", "cause", "taken")))

    def _asks(self, name: str, *questions: Question) -> bool:
        return any(question in questions and told.has("question", question, name) for told in self.told for question in told.questions)

    def _cues_of(self, kind: Kind) -> list[Span]:
        """Find the words that tell a kind: phrases that are enough by themselves, or else several that tell a little each."""
        apart = {"condition", "advice", "standing"}
        telling = [told for told in self.telling if not told.aside & apart and not told.has("kind", kind, "not")]
        sure = [span for told in telling for span in [told.find("kind", kind, "phrases")] if span]
        hinting = [told for told in telling if told.has("kind", kind, "weak")]
        hints = [told.at(*found.span()) for told in hinting for found in pattern("kind", kind, "weak").finditer(told.text)]
        return sure or (hints if len(hints) > 1 else [])

    def _like(self, kind: Kind) -> list[Span]:
        """Find sentences that are like those of a kind; one alone tells nothing."""
        spans = []
        for told in self.told:
            name, likely = most_alike(told.piece.lower, "kinds") if told.aside <= {"dispute", "papers"} else (NONE, 0.0)
            if name == kind and likely > _SAME_KIND:
                spans.append(told.at(0, len(told.text)))
        return spans if len(spans) > 1 else []

    def _deadline(self) -> int | None:
        dated: list[Cue] = []
        for told in self.telling:
            if not told.has("deadline", "seller"):
                continue
            found = told.find("deadline", "phrases")
            if found and not _in(told.clause(found), "deadline", "not"):
                self.cues.append(("deadline", found))
                return days_in(told.words(found))
            day = None if told.has("deadline", "not") else due(told.text, self.sent)
            if day and day[2] is not None:
                self.cues.append(("deadline", told.at(*day[:2])))
                return day[2]
            dated += [("deadline", told.at(*day[:2]))] if day else []
        self.cues += dated[:1]
        return None

    @cached_property
    def sent(self) -> date | None:
        """The day on which it was sent, if it tells."""
        end = self.told[0].piece.end if self.told else 0
        clean = plain(self.text[:PASTED]).lower()
        return sent_on(clean[:end]) or sent_on(clean[end:])

    def _attempts(self) -> int | None:
        for told in self.telling:
            if told.has("attempts", "seller") and not told.has("attempts", "not"):
                last = told.find("attempts", "last")
                found = last or told.find("attempts", "phrases")
                if found:
                    self.cues.append(("attempts", found))
                    return 1 if last else number_in(told.words(found))
        return None

    def _left(self, used: list[Span]) -> Iterator[Span]:
        """Yield the pieces that told nothing, lead nothing in, and are no common phrase."""
        starts = sorted(span.start for span in used)
        telling = [told for told in self.told if bisect_left(starts, told.piece.start) < bisect_left(starts, told.piece.end)]
        passed = {id(told) for told in telling} | {id(told.lead) for told in telling}
        for told in self.told:
            words = told.text
            if id(told) not in passed and not told.aside and not told.has("known", "phrases") and any(map(str.isalpha, words)):
                yield Span(told.piece.start, told.piece.end)


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
    name: str = load("metrics.toml")[metric]["name"][lang]
    return name


def _name(table: str, entry: str, lang: Lang) -> str:
    name: str = load("notices.toml")[table][entry]["name"][lang]
    return name
