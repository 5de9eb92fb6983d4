"""What a notice asks: about which complaints, and which questions about each."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from appealkit.notice import COUNTED, PLAN, QUESTIONS, Cue, Issue, Question
from appealkit.phrases import found_in, holds, lists_of, pattern
from appealkit.reading.complained import ISSUE_OF, Named, named_on
from appealkit.reading.page import Page
from appealkit.reading.references import References
from appealkit.reading.told import Told
from appealkit.span import Span

Answers = dict[str, dict[Question, list[Span]]]
"""The questions about each complaint, with the words that ask them."""
POLICY = frozenset({"authenticity", "condition", "other"})
"""What a notice about a policy complains of; `other` is the practice that it forbids."""
_ABOUT = re.compile(
    r"\W{0,3}(?:guarantee )?(?:claims? |ratings? )?(?:about|over|due to|(?:say|state|mention|report|complain)(?:s|ed)?|said)\b"
)

_ALL = ""  # stands for every complaint, in the place of one


class Asked:
    """What a notice asks, with the words that tell it.

    Args:
        page: the notice.
        metrics: the metrics that fail.
    """

    def __init__(self, page: Page, metrics: tuple[str, ...]) -> None:
        """Bring together what is complained of and what is asked."""
        self.told = page.told
        self.telling = page.telling
        self.points = page.points
        self.named = named_on(page)
        self.refers = References(page, self.named)
        self.cues: list[Cue] = []
        self.issues = self._issues(metrics)

    def _issues(self, metrics: tuple[str, ...]) -> tuple[Issue, ...]:
        """Bring together what is complained of and what is asked: a question that names no issue is asked about each."""
        asked, plans = self._answers()
        general = asked.pop(_ALL, {})
        for issue, questions in plans.items():
            others = asked if issue == _ALL else {issue: asked[issue]}
            if not _asks_for_more(general, *others.values()):
                (general if issue == _ALL else asked[issue]).update(questions)
        practices = self._misconduct()
        if practices and not any(asked[name] for name in asked):
            asked = {name: asked[name] for name in asked if name in POLICY} or {"other": {}}
        if asked.keys() <= POLICY and any(not self.named[number].keys() & POLICY for number in practices) and self._several():
            asked.setdefault("other", {})
        if not _asks_for_more(general, *asked.values()):
            general |= {question: [span] for span in self._plan() for question in PLAN}
        failing = [ISSUE_OF[metric] for metric in metrics if metric != "odr" or not asked]
        for issue in failing or ([] if asked else self._granted(general) or self._rated() or ["other"] * bool(general)):
            asked.setdefault(issue, {})
        self.general = general
        return tuple(issue for name, answers in asked.items() for issue in self._issue(name, answers, general))

    def _answers(self) -> tuple[Answers, Answers]:
        """Return what is asked of each complaint, and apart from it the plans that are asked for without their questions."""
        asked: Answers = {}
        plans: Answers = {}
        topics = self._topics()
        for told, named in self._told_and_named():
            lead = self.named[told.lead.number] if told.questions and told.lead and told.lead.questions else {}
            above = lead or self._same_point(told) or topics.get(told.number, {})
            for issue, span in named.items():
                if issue in COUNTED and (self._explained(told) or self._about_another(told, named, span) or self._made_up(told)):
                    continue
                asked.setdefault(issue, {})
                self.cues.append((issue, span))
            all_ = told.has("says", "both") or (not named and told.has("says", "them"))
            for question, span in told.questions.items():
                echoed = self.refers.echoed(told.text) if question == "evidence" and not told.has("says", "all") else {}
                own = self._meant_by(told, span, named) or echoed or above
                for issue in [*own, _ALL] if not own or all_ else own:
                    asked.setdefault(issue, {})
                    of_issue = (plans if question in told.planned else asked).setdefault(issue, {})
                    of_issue.setdefault(question, []).extend(told.every(question, span))
        return asked, plans

    def _meant_by(self, told: Told, question: Span, named: Named) -> Named:
        """Return the complaints that a question refers to by their marks, or names: in its part of the sentence, or else in all of it."""
        start, end = told.part_of(question)
        here = {issue: span for issue, span in named.items() if start <= span.start - told.piece.start < end}
        marked = self.refers.of(told, told.text[start:end]) or self.refers.of(told)
        return marked or (self.refers.of(told.lead) if told.lead else {}) or here or named

    def _topics(self) -> dict[int, dict[str, Span]]:
        """Name, for each question that names no complaint, what its heading or its paragraph is about, where several are so told apart."""
        topics: dict[int, dict[str, Span]] = {}
        heading: dict[str, Span] = {}
        above: dict[str, Span] = {}
        for told in self.told:
            named = self.named[told.number]
            heading = named if told.heading else heading
            above = above if told.before and told.before.piece.block == told.piece.block else {}
            if told.questions and not told.aside:
                topics[told.number] = named or (self.named[told.lead.number] if told.lead else {}) or above or heading
            above = named or self._accepted(told) or above
        apart = {frozenset(topic) for number, topic in topics.items() if self.told[number].asks_plan}
        several = len(apart) > 1 and all(apart) and not frozenset.intersection(*apart)
        return {number: topic for number, topic in topics.items() if frozenset(topic) in apart} if several else {}

    def _same_point(self, told: Told) -> dict[str, Span]:
        """Name the complaint that a point begins with, for a question that it ends with, also where the rest is accepted."""
        before = told.before if told.questions and told.piece.item else None
        return self._accepted(before) if before and before.piece.block == told.piece.block else {}

    def _accepted(self, before: Told) -> dict[str, Span]:
        """Name the complaint of a sentence that accepts what was told of it."""
        if "waived" not in before.aside and before.text == before.piece.lower:
            return {}
        (found,) = found_in([before.piece.lower], lists_of("issue"))
        return {keys[1]: before.at(*words) for keys, words in found.items() if keys[2] == "phrases" and keys[1] != "other"}

    def _misconduct(self) -> list[int]:
        """Return the numbers of the pieces that tell of a practice that is forbidden whatever buyers say."""
        apart = {"condition", "advice", "standing", "routine"}
        telling = (told for told in self.telling if told.has("says", "conduct") and not told.aside & apart)
        return [told.number for told in telling if told.asks or not holds(told.text, "says", "forbids")]

    def _several(self) -> bool:
        """Does it say that several matters are asked about?"""
        return any(told.has("says", "all") and not told.aside for told in self.told)

    def _granted(self, general: Mapping[Question, list[Span]]) -> list[str]:
        """Name the complaint that a sentence about what the seller told already speaks of, when the questions left open name none."""
        granted = [told.piece.lower for told in self.told if "waived" in told.aside] if general else []
        return [keys[1] for found in found_in(granted, lists_of("issue")) for keys in found if keys[1] not in COUNTED | {"other"}][:1]

    def _rated(self) -> list[str]:
        """Name what the only metric is about that is spoken of, when nothing else is complained of."""
        rated = {metric for told in self.told if not told.aside for metric, _ in told.metrics}
        return [ISSUE_OF[metric] for metric in rated] if len(rated) == 1 else []

    def _told_and_named(self) -> Iterator[tuple[Told, dict[str, Span]]]:
        """Yield each piece with the issues that it names.

        Where questions name issues, what is told around them names none. What follows the last question are notes, and what a list of
        proofs names is no issue by itself when others name some.
        """
        asking = self._asking
        last = max(asking) if asking and any(self.named[: max(asking) + 1]) else len(self.told)
        if any(self.named[number] for number in asking if self._plans(self.told[number])):
            last = -1
        again = self._meant_again() if last < 0 else set()
        first, meant = self._meant()
        proofs = [set(told.questions) == {"evidence"} and not told.has("says", "complained") for told in self.told]
        others = {issue for proof, named in zip(proofs, self.named, strict=True) if not proof for issue in named}
        for told, proof, named in zip(self.told, proofs, self.named, strict=True):
            known: set[str] | None = others if proof and others else None
            if told.number > last and told.number not in asking and not told.questions and not (told.lead and told.lead.requests):
                known = again | meant if told.number < first else again
            elif told.number > first:
                known = meant
            yield told, named if known is None else {issue: span for issue, span in named.items() if issue in known}

    def _meant(self) -> tuple[int, set[str]]:
        """Return the first piece that asks about all of what was named before, and what that is: nothing else is named behind it."""
        asking, before = self._asking, set[str]()
        for told in self.told[: max(asking, default=-1) + 1]:
            marked = set(self.refers.of(told)) if told.number in asking else set()
            if marked or (told.number in asking and told.has("says", "all") and not told.has("says", "below")):
                own = {issue for number in asking if number <= told.number for issue in self.named[number]}
                if own != before and own <= before and len(before) == (told.counted or 1):
                    own = before
                if marked or own or before:
                    return told.number, marked or own or before
            before |= self.named[told.number].keys()
        return len(self.told), set()

    @cached_property
    def _asking(self) -> set[int]:
        """The numbers of the pieces that ask for a plan, or its questions; if there are none, of those that ask for evidence."""
        asking = {told.number for told in self.told if self._plans(told)}
        return asking or {told.number for told in self.told if told.questions}

    def _plans(self, told: Told) -> bool:
        """Does it ask for a plan, or one of its questions, or lead these in?"""
        asks = told.asks_plan
        plan = told.has("says", "plan") and told.has("request", "phrases") and not told.has("says", "grounds") and not told.aside
        leads = any(point.asks_plan for point in self.points.get(told.number, [])) and not told.aside
        return asks or plan or leads

    def _meant_again(self) -> set[str]:
        """Return the complaints told before that questions come back to by a word that goes with them: "what caused the disputes"."""
        asking = [told for told in self.told if told.asks and not told.aside and told.asks_plan]
        asked = {issue for told in asking for issue in self.named[told.number]}
        open_ = {issue for told in self.told if told.complains and not told.asks for issue in self.named[told.number]} - asked - {"other"}
        return {issue for issue in open_ if any(self._comes_back(told, issue) for told in asking)}

    def _comes_back(self, told: Told, issue: str) -> bool:
        taken = list(self.named[told.number].values())
        found = (told.at(*match.span()) for match in pattern("issue", issue, "back").finditer(told.text))
        return any(not any(map(span.meets, taken)) for span in found)

    def _explained(self, told: Told) -> bool:
        """Do its points, or the next sentence, say what the claims or the feedback named here are about?"""
        points = self.points.get(told.number, [])
        after = [other for other in self.told[told.number + 1 : told.number + 2] if other.before is told and other.has("says", "most")]
        return not told.asks and any(issue not in COUNTED for other in points + after for issue in self.named[other.number])

    def _made_up(self, told: Told) -> bool:
        """Does it only name what a metric is made up of, where complaints are told elsewhere?"""
        several = len(self.named[told.number].keys() & COUNTED) > 1 and not told.asks and told.number not in self._asking
        return several and any(not issues.keys() & COUNTED for issues in self.named if issues)

    def _about_another(self, told: Told, named: dict[str, Span], span: Span) -> bool:
        """Does it say of claims or feedback what complaint they are about?"""
        behind = told.piece.lower[span.end - told.piece.start :]
        return bool(_ABOUT.match(behind)) and any(
            other not in COUNTED and place.start >= span.end and " and " not in behind[: place.start - span.end]
            for other, place in named.items()
        )

    def _issue(self, name: str, own: dict[Question, list[Span]], general: dict[Question, list[Span]]) -> Iterator[Issue]:
        questions = {question: [*own.get(question, []), *general.get(question, [])] for question in QUESTIONS}
        # "What steps have you taken to prevent it" is shown under prevention alone, where other words ask what was done.
        prevents = questions["prevention"]
        other = [span for span in questions["taken"] if not any(map(span.meets, prevents))]
        questions["taken"] = other or questions["taken"]
        if any(questions.values()):
            self.cues += [(f"{name}.{question}", span) for question, spans in questions.items() for span in spans]
            yield Issue(name, *(bool(questions[question]) for question in QUESTIONS))

    def among(self, wanted: Named) -> tuple[Issue, ...]:
        """Return the issues that are among some; one that the first reading left out is asked what all are asked, or else what is asked.

        A question that is asked of no issue but one that is none after all, is asked about each.

        Args:
            wanted: the types of complaint that are asked about, each with the words that name it.
        """
        kept = tuple(issue for issue in self.issues if issue.id in wanted)
        added = {name: span for name, span in wanted.items() if name not in {issue.id for issue in kept}}
        freed = self._freed(kept) if wanted else {}
        also: dict[str, Any] = dict.fromkeys(freed, True)
        kept = tuple(replace(issue, **also) for issue in kept)
        self.cues += [(f"{issue.id}.{question}", span) for issue in kept for question, spans in freed.items() for span in spans]
        questions = dict(self.general)
        for told in self.told if added and not questions else ():
            for question, span in told.questions.items():
                questions.setdefault(question, []).append(span)
        questions = questions or {question: [span] for span in self._plan() for question in PLAN}
        self.cues += added.items()
        return (*kept, *(issue for name in added for issue in self._issue(name, freed | questions, {})))

    def _freed(self, kept: Sequence[Issue]) -> dict[Question, list[Span]]:
        """Return the questions that are asked of none of the issues that are kept, with the words by which another was asked them."""
        left = [issue for issue in self.issues if issue not in kept]
        freed = [question for question in QUESTIONS if not any(issue.asks(question) for issue in kept)]
        words = {question: [span for issue in left for label, span in self.cues if label == f"{issue.id}.{question}"] for question in freed}
        return {question: spans for question, spans in words.items() if spans}

    def _plan(self) -> Iterator[Span]:
        """Find a plan that is asked for without its questions."""
        for told in self.telling:
            found = told.find("says", "plan")
            if found and told.has("request", "phrases") and not told.aside & {"waived", "dispute", "advice", "standing"}:
                yield found
                return

    def rated(self, issue: Issue) -> Issue:
        """Name the matter that is asked about by the order defect rate, where no complaint behind it is told.

        Args:
            issue: one of the issues of the notice.
        """
        spoken = any(metric == "odr" for told in self.told if not told.aside for metric, _ in told.metrics)
        named = any(holds(told.text, "issue", "other", "phrases") for told in self.told if "other" in self.named[told.number])
        return replace(issue, metric="odr") if issue.id == "other" and spoken and not named else issue

    def merged(self) -> tuple[Issue, ...]:
        """Of a related account there is one issue: the relation itself; who disputes it is asked all the same."""
        self.cues += [(label.replace(label.split(".")[0], "other", 1), span) for label, span in self.cues if "." in label]
        asked = {question for question in QUESTIONS if any(issue.asks(question) for issue in self.issues)}
        if not asked:
            proofs = [span for told in self.telling for span in [told.find("question", "evidence", "weak")] if span]
            self.cues += [("other.evidence", span) for span in proofs]
            asked = {question for question in QUESTIONS if question == "evidence" and proofs}
        return (Issue("other", *(question in asked for question in QUESTIONS)),) if asked else ()


def _asks_for_more(*answers: Mapping[Question, list[Span]]) -> bool:
    """Is any question of a plan among these?"""
    return any(question in questions for questions in answers for question in PLAN)
