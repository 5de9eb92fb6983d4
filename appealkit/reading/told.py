"""What one sentence, heading or point of a notice says, by its own words and by what stands around it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from appealkit.alike import likely
from appealkit.notice import PLAN, QUESTIONS, Question
from appealkit.pasted import Piece
from appealkit.phrases import Keys, Place, around, between, holds, pattern
from appealkit.reading.frames import Frame
from appealkit.span import Span
from appealkit.tables import load
from appealkit.vocabulary import value_of

SHORT = 42
"""Bytes, of which a Chinese character has three; what is as short as this is a heading or a point."""

_ASKED = 0.7  # how likely a clause asks a question, at least, that no phrase asks
_CLAUSE = re.compile(
    r"[;:.\u3001\u3002()\u53ca\u4e26]| and | then "
    r"|,(?!\s?(?:\u4ee5(?!\u53ca)|[\u4f86\u8b93\u4f7f]|\u9632\u6b62|\u907f\u514d|so that|in order))"
)
CUT = re.compile(r'[;:,()"\u3001\u3002?!]| and | or |[\u53ca\u4e26\u6216]|(?<=[a-z])\. ')
"""What parts clauses."""
_ASKING = re.compile(r"(?:why|how|what|which|where)\b|\u70ba\u4ec0\u9ebc|\u70ba\u4f55|\u5982\u4f55")
_WITHOUT = re.compile(r"(?:without|lack|lacking|no|missing|invalid) (?:a )?\Z")  # then a complaint, and no metric
_SELLER_ASKS = re.compile(r"(?<![\w'])(?:i|my)(?![\w'])[^?]{0,200}\?\Z")  # what Amazon lets the seller ask is not asked of the seller
_TAIL = re.compile(r"(?::|>| [-\u2013\u2014]) ?([^:>.]{2,30}?)\W{0,3}\Z")
_LINE = 60  # characters; as long as this is no sentence, but a line that names what is asked
_TINY = 3  # characters; a shorter clause tells nothing
_REQUESTS: tuple[Keys, ...] = (("request", "phrases"), ("question", "cause", "phrases"), ("question", "taken", "phrases"))
_CONCEDES: tuple[Keys, ...] = (("says", "concedes"), ("gives", "phrases"))
TABLES = ("aside", "request", "refusal", "gives", "says", "kind", "fails", "metric", "question", "deadline", "attempts", "counted", "known")
"""Tables of `data/notices.toml` that each piece is searched for."""


class Around(NamedTuple):
    """What stands around a piece."""

    lead: "Told | None"
    before: "Told | None"  # in the same paragraph, or as its heading
    above: "Told | None"
    frame: Frame


class Told:
    """What one piece of the notice says, by its own words."""

    def __init__(self, piece: Piece, number: int, found: Mapping[Keys, Place], around: Around) -> None:
        """Read a piece.

        Args:
            piece: the piece.
            number: its number in the notice.
            found: the lists of `TABLES` that have a phrase in it, with the place of the first.
            around: the pieces around it, read before.
        """
        self.piece = piece
        self.number = number
        self.heading = around.frame.heading
        self.found = found
        self.lead, self.before, above, frame = around
        self.text = _without_concessions(piece.lower) if not found.keys().isdisjoint(_CONCEDES) else piece.lower
        inherited = self.lead.aside & {"dispute", "healthy", "tips", "waived"} if self.lead else set()
        self.aside: set[str] = {keys[1] for keys in found if keys[0] == "aside"} | inherited | frame.asides
        self.cited: bool = above is not None and self._cited(above)
        self.option: bool = (
            piece.item and above is not None and not self.text.endswith("?") and (above.option or above.has("says", "choose"))
        )
        tail = _TAIL.search(self.text)
        if self.cited or self.option or (tail and pattern("says", "settled").fullmatch(tail.group(1))):
            self.aside.add("waived")
        if above is not None and above.text.endswith("?") and above.piece.block == piece.block:
            self.aside |= above.aside & {"definition", "healthy", "dispute"}
        if "dispute" in self.aside and self.has("says", "otherwise"):
            self.aside.remove("dispute")
        if self.wants_more:
            self.aside.discard("routine")
        if self.has("gives", "phrases") and not holds(self.text, "says", "turns"):
            self.aside.add("waived")
        told = {keys[0] for keys in found}
        alike = above is not None and piece.item and above.piece.lead == piece.lead and bool(above.questions)
        self.requests: bool = alike or self._requests()
        self.questions: dict[Question, Span] = self._questions() if "question" in told else {}
        self.planned: set[Question] = set()
        self.likely: dict[str, float] = {}
        self._ask_by_likeness()
        self.metrics: list[tuple[str, Span]] = self._metrics() if "metric" in told else []
        self.short: bool = len(" ".join(self.text.split()).encode()) <= SHORT
        self.asks: bool = bool(self.questions) and "healthy" not in self.aside
        self.complains: bool = self.has("says", "complaint") or any(other.complains for other in (self.lead, self.before) if other)

    @property
    def span(self) -> Span:
        """Where in the notice it stands."""
        return Span(self.piece.start, self.piece.end)

    @property
    def asks_plan(self) -> bool:
        """Tell whether it asks a question that a plan of action answers."""
        return not self.questions.keys().isdisjoint(PLAN)

    def only_includes(self, words: Span) -> bool:
        """Tell whether it names something only as part of the actions that it asks for: "the actions taken, including refunds".

        Args:
            words: what names it.
        """
        includes, taken = self.find("says", "includes"), self.questions.get("taken")
        return includes is not None and taken is not None and "cause" not in self.questions and taken < includes <= words

    @property
    def wants_more(self) -> bool:
        """Tell whether it asks for more about a matter than was told, in words that ask none of the questions."""
        return self.has("says", "wants_more")

    @property
    def counted(self) -> int | None:
        """How many complaints it says that the notice is about: "for both", "these three points"; None where it does not."""
        said = [keys[1] for keys in self.found if keys[0] == "counted"]
        return value_of(said[0]) if len(said) == 1 else None

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
        return self._around(words, _CLAUSE)

    def part(self, words: Span) -> str:
        """Return the part between commas, colons and conjunctions that holds these words."""
        return self._around(words, CUT)

    def part_of(self, words: Span) -> Place:
        """Return where the part of the sentence between semicolons begins and ends that holds these words."""
        before = self.text.rfind(";", 0, words.start - self.piece.start) + 1
        behind = self.text.find(";", words.end - self.piece.start)
        return before, behind if behind >= 0 else len(self.text)

    def _around(self, words: Span, cuts: re.Pattern[str]) -> str:
        place = around(cuts, self.text, words.start - self.piece.start, words.end - self.piece.start)
        return Span(*place).of(self.text)

    def _cited(self, above: "Told") -> bool:
        """Does it stand in what the seller is said to have sent, from one quotation mark to the other?"""
        begins = '"' in self.text[:2] and above.has("gives", "phrases") and above.text.endswith(":")
        return begins or (above.cited and '"' not in above.text[2:])

    def _requests(self) -> bool:
        """Does it ask for something: by its words, as a question that is no heading, or under a lead that asks?"""
        if not self.found.keys().isdisjoint(_REQUESTS):
            return True
        asks = (self.text.endswith("?") or (self.piece.item and bool(_ASKING.match(self.text)))) and not self.has("says", "heading")
        return asks or bool(self.lead and (self.lead.requests or self.lead.has("says", "plan")))

    def _questions(self) -> dict[Question, Span]:
        """Find the questions that it asks, each with its words."""
        if self.aside & {"waived", "dispute", "advice", "standing", "tips"} or _SELLER_ASKS.search(self.text):
            return {}
        asks = self.requests and not self.aside & {"condition", "routine"}
        lists = ("phrases", "weak", "faint") if asks else ("phrases",) if self._is_point() else ()
        return {question: span for question in QUESTIONS for span in [self.worded(question, lists)] if span}

    def _is_point(self) -> bool:
        """Is it a point, a heading or a few words, which asks without a word for it?"""
        return self.piece.item or self.heading or self.requests or self.text.endswith((":", "?")) or len(self.text) < _LINE

    def ask_with_next(self) -> None:
        """Take what looks like a heading of Amazon's own for the question that it is where another question follows it."""
        if self.text.endswith("?") and self.has("says", "heading") and not self.aside and likely(self.text, "questions")["cause"] > _ASKED:
            self.questions["cause"] = self.at(0, len(self.text))
            self.asks = self.requests = True

    def _ask_by_likeness(self) -> None:
        """Find the questions that no phrase asks, by clauses that are like known ones."""
        if self.aside or self.has("says", "heading") or self.text.startswith('"') or _SELLER_ASKS.search(self.text):
            return
        worded = self.asks_plan
        for start, end in whole_and_parts(self.text):
            asked = likely(self.text[start:end], "questions")
            for question in QUESTIONS:
                self.likely[question] = max(asked[question], self.likely.get(question, 0))
                span = self.at(start, end)
                told = self._only_prevents(question, span) or holds(self.text[start:end], "question", question, "unlike")
                if asked[question] > _ASKED and question not in self.questions and not told:
                    self.questions[question] = span
                    if question in PLAN and not worded and holds(self.text[start:end], "says", "plan"):
                        self.planned.add(question)

    def worded(self, question: Question, lists: Iterable[str] = ("phrases", "weak", "faint")) -> Span | None:
        """Return the words that it holds of a question, whether it asks it or not; None where they only prevent or tell."""
        if question == "evidence" and self._only_tells():
            return None
        found = [span for name in lists for span in [self.find("question", question, name)] if span and self.words(span).strip()]
        return next((span for span in found if not self._only_prevents(question, span)), None)

    def every(self, question: Question, first: Span) -> list[Span]:
        """Return the words of a question, and behind them those of each further paper where papers are asked for.

        Args:
            question: the question.
            first: the words that ask it.
        """
        if question != "evidence":
            return [first]
        others = pattern("question", question, "weak").finditer(self.text, first.end - self.piece.start)
        unlike = [found.span() for found in pattern("question", question, "unlike").finditer(self.text)]
        places = (found.span() for found in others)
        return [first, *(self.at(*place) for place in places if not any(place[0] < end and start < place[1] for start, end in unlike))]

    def _only_tells(self) -> bool:
        """Are words asked for, and no papers? What became of invoices is told, not handed in."""
        asking = [one for one in (self, self.lead) if one]
        return any(one.has("says", "tell") for one in asking) and not any(one.has("says", "hands") for one in asking)

    def _only_prevents(self, question: Question, words: Span) -> bool:
        """Are the steps that these words ask for asked for as prevention alone?"""
        if question != "taken":
            return False
        clause = self.clause(words)
        return holds(clause, "question", "prevention", "weak") and not holds(clause, "says", "resolve")

    def _metrics(self) -> list[tuple[str, Span]]:
        """Find the metrics that it names."""
        named = [
            (found.start(), found.end(), metric)
            for metric in load("notices.toml")["metric"]
            if self.has("metric", metric, "phrases")
            for found in pattern("metric", metric, "phrases").finditer(self.text)
            if not _WITHOUT.search(self.text, 0, found.start())
        ]
        return [(metric, self.at(start, end)) for start, end, metric in sorted(named)]


def _without_concessions(words: str) -> str:
    """Blank out what is granted before the turn of a sentence: "you explain the refunds, but not the delays" asks about no refund."""
    turn = max((found.start() for found in pattern("says", "turns").finditer(words)), default=0)
    begun = [found.start() for keys in _CONCEDES for found in [pattern(*keys).search(words)] if found]
    start = min([*begun, turn])
    return words[:start] + " " * (turn - start) + words[turn:]


def long_clauses(words: str) -> Iterator[Place]:
    """Cut a sentence into its clauses, without those of a letter or two."""
    return ((start, end) for start, end in between(CUT, words) if len(words[start:end].strip()) > _TINY)


def whole_and_parts(words: str) -> list[Place]:
    """Return a sentence and, where it has several, its clauses."""
    parts = list(long_clauses(words))
    return parts if len(parts) == 1 else [(0, len(words)), *parts]
