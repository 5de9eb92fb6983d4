"""The rules at work: one function a rule, each of them reading the draft and yielding what it found."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, cached_property, lru_cache
from itertools import pairwise

from appealkit.agreement import Told, disagreements
from appealkit.coverage import coverage
from appealkit.health import Reading
from appealkit.notice import Notice, question_name
from appealkit.own_words import Samples, has_long_run, own_words, public_samples
from appealkit.roles import Role, Sentence
from appealkit.segment import Layout, Span, sentence_spans
from appealkit.spelling import misspellings
from appealkit.text import LANGS, load, say
from appealkit.topics import has, listed, topics, words_of

Values = dict[str, str]
Found = tuple[Span | None, Values]
MISSING: tuple[Found] = ((None, {}),)
"""What a rule yields for something that is not there."""

LONG_SENTENCE = 40  # words
LONG_LETTER = 600  # words


class Draft:
    """What the rules look at: the seller's own sentences, without a pasted notice, sorted by role once."""

    def __init__(
        self,
        sentences: tuple[Sentence, ...],
        text: str = "",
        samples: Samples | None = None,
        notice: Notice | None = None,
        metrics: Collection[Reading] = (),
    ) -> None:
        """Sort the sentences of a letter."""
        plain = text if text.isascii() else text.translate(_PLAIN)
        if plain != text:  # a space is a space to every check, whichever it was typed as
            sentences = tuple(replace(sentence, text=plain[sentence.start : sentence.end]) for sentence in sentences)
        self.text = plain
        lower = plain.lower()
        self.lower = lower if len(lower) == len(plain) else plain  # a few letters grow in lower case, and move what follows
        self.samples = samples or public_samples()
        self.notice = notice
        self.metrics = metrics
        self.every = sentences
        self.start = max((sentence.end for sentence in sentences if sentence.layout is Layout.NOTICE), default=0)
        self.sentences = [sentence for sentence in sentences if sentence.layout is not Layout.NOTICE]
        self.by_role: dict[Role, list[Sentence]] = {role: [] for role in Role}
        for sentence in self.sentences:
            for role in sentence.roles:
                self.by_role[role].append(sentence)
        steps = {Role.ACTION_TAKEN, Role.ACTION_PLANNED}
        self.steps = [sentence for sentence in self.sentences if sentence.roles & steps]
        self.body = [s for s in self.sentences if s.layout not in {Layout.GREETING, Layout.SIGNOFF}]

    @cached_property
    def alone(self) -> frozenset[int]:
        """Where the sentences begin that have lines of their own, one below the other: a reader takes them for points of a list."""
        breaks = [self.text.count("\n", one.end, after.start) for one, after in pairwise(self.sentences)]
        starts = zip(self.sentences, [2, *breaks], [*breaks, 2], strict=True) if self.sentences else ()
        return frozenset(sentence.start for sentence, above, below in starts if min(above, below) == 1)

    def lacks(self, role: Role) -> bool:
        """Tell whether surely no sentence has a role: none has it, and none nearly."""
        return not self.by_role[role] and not any(role in sentence.perhaps for sentence in self.sentences)

    def find(self, search: "Search") -> list[tuple[Sentence, Span]]:
        """Return where a search finds something in the seller's own sentences; offsets are those of the letter."""
        return self._found.get(search, [])

    @cached_property
    def _found(self) -> "dict[Search, list[tuple[Sentence, Span]]]":
        """What all searches find, so that each sentence is looked up once."""
        found: dict[Search, list[tuple[Sentence, Span]]] = {}
        for sentence in self.sentences:
            for search, start, end in _found_in(sentence.text):
                found.setdefault(search, []).append((sentence, Span(sentence.start + start, sentence.start + end)))
        return found

    def at(self, span: Span) -> Found:
        """Return what a rule yields for a stretch of the letter."""
        return span, {"words": self.text[slice(*span)]}


_PLAIN = dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u3000"), " ")

Check = Callable[[Draft], Iterator[Found]]


def run(
    sentences: tuple[Sentence, ...],
    text: str,
    samples: Samples | None = None,
    notice: Notice | None = None,
    metrics: Collection[Reading] = (),
) -> Iterator[tuple[str, Span | None, Values]]:
    """Run every check on a letter.

    Args:
        sentences: the letter's sentences with their roles.
        text: the letter.
        samples: the public samples to compare it with; those of the kit when None.
        notice: the notice that it answers, when it is known.
        metrics: the seller's own metrics, when they are known.

    Yields:
        The id of the rule, the words that it is about (None when something is missing), and what fills its message.
    """
    draft = Draft(sentences, text, samples, notice, metrics)
    for rule, check in CHECKS.items():
        for span, values in check(draft):
            yield rule, span, values


class Search:
    """A pattern that sentence after sentence is searched for."""

    def __init__(self, pattern: str, *, lower: bool = False, needs: str = "") -> None:
        """Compile a pattern.

        Args:
            pattern: a regular expression.
            lower: whether the text is searched in lower case.
            needs: a simpler one that is found wherever the pattern is: looking for it is quicker.
        """
        self.first = re.compile(needs or pattern).search
        self.all = re.compile(pattern).finditer
        self.lower = lower


class Shows:
    """A pattern that is found in a text or not, whether in capitals or not."""

    def __init__(self, pattern: str) -> None:
        """Compile a pattern, which must be in lower case."""
        self._plain = re.compile(pattern).search
        self._any_case = re.compile(pattern, re.IGNORECASE).search
        self.within = lru_cache(maxsize=2048)(self._within)  # one memory each: a large pattern takes long to be looked up by

    def _within(self, text: str) -> bool:
        """Tell whether the pattern is found in a text."""
        # To look in lower case is quicker, and the same where no letter but those of English has a lower case.
        return bool(self._plain(text.lower()) if text.isascii() else self._any_case(text))


def _any(kind: str) -> str:
    """Return a pattern of the words that `data/checks.toml` lists under a name."""
    return f"(?:{'|'.join(load('checks.toml')['pattern'][kind])})"


# -- sincerity ----------------------------------------------------------------------------------------------------------


def _no_acknowledgement(draft: Draft) -> Iterator[Found]:
    if draft.lacks(Role.ACKNOWLEDGEMENT):
        yield from MISSING


def _late_acknowledgement(draft: Draft) -> Iterator[Found]:
    admissions = draft.by_role[Role.ACKNOWLEDGEMENT]
    admissions = [admission for admission in admissions if Role.ACKNOWLEDGEMENT in admission.clear] or admissions
    others = [*draft.by_role[Role.CAUSE], *draft.steps]
    if admissions and others and min(s.start for s in others) < admissions[0].start:
        yield _words(admissions[0])


def _own_words(draft: Draft) -> Iterator[Found]:
    if not has_long_run(draft.text[draft.start :], draft.samples):
        return
    overlap = own_words(draft.text, draft.samples, start=draft.start)
    if overlap.long_run:
        samples = ", ".join(f"{sample.id} ({sample.source})" for sample in overlap.samples)
        yield overlap.long_run.span, {"shared": str(overlap.shared), "samples": samples}


# -- structure ----------------------------------------------------------------------------------------------------------


def _no_plan(draft: Draft) -> Iterator[Found]:
    if not draft.steps:
        yield from MISSING


def _unlisted_actions(draft: Draft) -> Iterator[Found]:
    running = [step for step in draft.steps if step.layout is Layout.PROSE]
    # A check of the rate in a paragraph without other steps is the promise with which a letter closes.
    plan = {step.block for step in running if Role.COMMITMENT not in step.roles}
    running = [step for step in running if step.block in plan]
    together = [step for step in running if step.start not in draft.alone]
    if len(running) > 2 and len(together) > 1:
        yield Span(running[0].start, running[-1].end), {"count": str(len(running))}


def _no_parts(draft: Draft) -> Iterator[Found]:
    causes = draft.by_role[Role.CAUSE]
    if not causes or not draft.steps or any(s.layout is Layout.ITEM for s in draft.sentences):
        return
    first = min(causes[0].start, draft.steps[0].start)
    if any(s.layout is Layout.HEADING and s.start > first for s in draft.sentences):
        return
    if {s.block for s in causes} & {s.block for s in draft.steps}:
        yield from MISSING


def _long_sentence(draft: Draft) -> Iterator[Found]:
    for sentence in draft.body:
        if len(sentence.text.split()) <= LONG_SENTENCE:
            continue
        for start, end in sentence_spans(sentence.text):
            count = _count_words(sentence.text[start:end])
            if count > LONG_SENTENCE:
                words = " ".join(sentence.text[start:end].split()[:8])
                yield Span(sentence.start + start, sentence.start + end), {"words": f"{words} …", "count": str(count)}


def _long_letter(draft: Draft) -> Iterator[Found]:
    if len(draft.text.split()) <= LONG_LETTER:
        return
    count = sum(_count_words(sentence.text) for sentence in draft.sentences)
    if count > LONG_LETTER:
        yield Span(draft.sentences[0].start, draft.sentences[-1].end), {"count": str(count)}


_PLACEHOLDERS = {
    "[": rf"\[(?!{_any('bracketed')}\b)[^\[\]]{{0,60}}?[a-z][^\[\]]{{0,60}}\]",
    "{": r"\{\{?[^{}\n]{1,60}\}\}?",
    "<": r"<[a-z][^<>\n@/]{1,60}>",
    "(": rf"\({_any('blank')}\b[^()\n]{{0,50}}\)",
    "__": r"_{3,}",
    "xx": r"\bx{3,}\b|\bxx%",
    "x.x": r"\bx{1,2}\.x{1,2}\b",
    "x%": r"\bx%",
    "000-0": r"\b0{3,}-0{3,}-0+\b",
    " here": r"\b(?:your|the) (?:name|store|company|date|title) here\b",
    "tb": r"\btb[cd]\b",
}
"""Blanks of a template, each behind a piece of text without which it cannot be there: looking for that is quick."""
_PLACEHOLDER = [(piece, re.compile(pattern)) for piece, pattern in _PLACEHOLDERS.items()]


def _placeholder(draft: Draft) -> Iterator[Found]:
    if not any(piece in draft.lower for piece, _ in _PLACEHOLDER):
        return
    for sentence in draft.sentences:
        for start, end in _blanks(_lower(sentence.text)):
            span = Span(sentence.start + start, sentence.start + end)
            if sentence.layout is not Layout.HEADING or span != sentence.span:  # "[Reason]" by itself is a heading
                yield draft.at(span)


@lru_cache(maxsize=2048)
def _blanks(lower: str) -> tuple[tuple[int, int], ...]:
    return tuple([found.span() for piece, pattern in _PLACEHOLDER if piece in lower for found in pattern.finditer(lower)])


def _misspelling(draft: Draft) -> Iterator[Found]:
    for sentence in draft.sentences:
        names = sentence.layout in {Layout.GREETING, Layout.SIGNOFF}
        for (start, end), word, suggestions in misspellings(sentence.text, names=names):
            yield Span(sentence.start + start, sentence.start + end), {"words": word, "suggestion": " / ".join(suggestions)}


def _unanswered_issue(draft: Draft) -> Iterator[Found]:
    if draft.notice is None:
        return
    for row in coverage(draft, draft.notice).rows:
        gaps = [cell.question for cell in row.cells if cell.gap]
        if gaps:
            told = {f"issue@{lang}": row.issue.name(lang) for lang in LANGS}
            told |= {f"asked@{lang}": say("case.between", lang).join(question_name(gap, lang) for gap in gaps) for lang in LANGS}
            yield None, told


# -- cause --------------------------------------------------------------------------------------------------------------


def _no_cause(draft: Draft) -> Iterator[Found]:
    if draft.lacks(Role.CAUSE) and not any(map(_gives_reason, draft.by_role[Role.ACKNOWLEDGEMENT])):
        yield from MISSING


def _gives_reason(admission: Sentence) -> bool:
    """Does an admission say why as well ("our slow replies led to …")?"""
    return admission.shown is not None and "c=because" in admission.shown.classes


_NO_CAUSE = {"vague-cause", "blame"}
"""Signals of a cause that names nothing in the seller's own operation."""


def _vague_cause(draft: Draft) -> Iterator[Found]:
    causes = draft.by_role[Role.CAUSE]
    vague = [cause for cause in causes if cause.signals & _NO_CAUSE]
    if causes and len(vague) == len(causes):
        yield _words(vague[0])


_NUMBER = rf"(?:\d[\d,.]*|{_any('number')})"
_FIGURE = Shows(
    rf"\d\s?%|\bper ?cent\b|\b(?!(?:19|20)\d\d\b){_NUMBER}\b(?!(?:st|nd|rd|th)?\.? (?:of )?{_any('month')}\b)"
    rf"(?:\W+\w+){{0,4}}?\W+{_any('counted')}\b",
)


_COUNTED = frozenset(["f=value", "f=ratio", "f=count"])  # cues of a figure


def _no_figure(draft: Draft) -> Iterator[Found]:
    if not any(Role.FACT in sentence.roles and _has_figure(sentence) for sentence in draft.body):
        yield from MISSING


def _has_figure(sentence: Sentence) -> bool:
    counted = sentence.shown is not None and not _COUNTED.isdisjoint(sentence.shown.marked)
    return counted or _FIGURE.within(sentence.text)


_MONTH = _any("month")
_DATE_WORDS = (
    rf"(?:\b\d{{1,2}}(?:st|nd|rd|th)?\.?(?: of)? {_MONTH}\b|\b{_MONTH}\.? \d{{1,4}}(?:st|nd|rd|th)?\b"
    rf"|\b{_any('before_month')}[ -]?{_MONTH}\b"
    r"|\bweeks? \d{1,2}\b|\b\d{4}[-/.]\d{1,2}\b|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\bq[1-4]\b"
    rf"|\b{_any('season')}\b|\b(?:past|last|previous) \w+ (?:days|weeks|months)\b)"
)
_DATE = Shows(_DATE_WORDS)


_OF_NOTICE = re.compile(rf"\b{_any('of_notice')}\b(?: \w+){{0,5}}? (?:on|of|from|dated) (?:the )?{_DATE_WORDS}", re.IGNORECASE)


def _dates_problem(text: str) -> bool:
    """Is a date left in a sentence when those of the notice and of the decision are taken out?"""
    return _DATE.within(_OF_NOTICE.sub("", text))


def _no_dates(draft: Draft) -> Iterator[Found]:
    problem = {Role.ACKNOWLEDGEMENT, Role.CAUSE, Role.FACT}
    if not any(sentence.roles & problem and _DATE.within(sentence.text) and _dates_problem(sentence.text) for sentence in draft.body):
        yield from MISSING


_DIGIT_DATE = Search(r"\d(?<![\d/.-]\d)\d?([/.-])\d{1,2}\1(?:\d{4}|\d{2})(?![\d/-]|\.\d)")  # begins with a digit, so that a search leaps


def _ambiguous_date(draft: Draft) -> Iterator[Found]:
    for _, span in draft.find(_DIGIT_DATE):
        one, other, year = map(int, re.split(r"[/.-]", draft.text[slice(*span)]))
        if one != other and 0 < one <= 12 and 0 < other <= 12:
            year += 2000 if year < 100 else 0
            yield span, {**draft.at(span)[1], "first": str(date(year, other, one)), "second": str(date(year, one, other))}


_PERCENT = Search(r"\d{1,3}(?:[.,]\d{1,2})?\s?(?:%|per ?cent\b)", lower=True, needs="%|cent")
_TARGET = rf"\b(?:{_any('target')}|{_any('amazon_says')})\b"
_OWN = re.compile(rf"\b{_any('own_aim')}\b")
_BEFORE = re.compile(rf"(?:{_TARGET}[^.;!?%(]{{0,45}}|\b{_any('amazon_before')})\Z")
_AFTER = re.compile(rf"[^.,;!?%\d]{{0,12}}?{_TARGET}(?![^.;]{{0,25}}\d)| {_any('amazon_after')}\b")
_AMAZON_SAYS = re.compile(rf"\b(?:{_any('amazon_says')}|{_any('amazon_before')})")
_RATE_BEFORE = re.compile(rf"\b{_any('rate_is')}(?: only| at| now)?\W{{0,3}}\Z")
_TARGET_IS = re.compile(rf"\b{_any('target')}\b[^.;,!?%]{{0,30}}\Z")


def _wrong_target(draft: Draft) -> Iterator[Found]:
    named: list[tuple[int, str]] = []
    for sentence, span in draft.find(_PERCENT):
        before = draft.lower[max(sentence.start, span.start - 90) : span.start]
        after = draft.lower[span.end : min(sentence.end, span.end + 40)]
        if sentence.layout in {Layout.GREETING, Layout.SIGNOFF} or not _states_target(before, after):
            continue
        if sentence.roles & {Role.ACTION_PLANNED, Role.COMMITMENT} and not _AMAZON_SAYS.search(before[-40:] + after[:20]):
            continue  # the seller's own aim, or the limit at which a step sets in
        named = named or _named_metrics(draft)
        if not named:
            return
        last = bisect_left(named, (sentence.end, ""))  # the metric that was named last, or else the first of the letter
        facts = load("metrics.toml")[named[max(0, last - 1)][1]]
        words = draft.text[slice(*span)]
        if float(re.split(r"[^\d.,]", words)[0].replace(",", ".")) != facts["target"]:
            yield span, {"words": words, "target": f"{_SIGN[facts['better']]} {facts['target']:g}%"}


_SIGN = {"under": "<", "over": ">"}  # reads the same in every language
_IS_ALLOWED = re.compile(r" (?:is|are|was) (?:allowed|permitted|the (?:limit|maximum|target))\b")


def _named_metrics(draft: Draft) -> list[tuple[int, str]]:
    """Return where which metric is named, in order, the notice above included; where none is, the words that hint at one."""
    for kind in ("metric", "metric_hint"):
        named = [(each.start + place, metric) for each in draft.every for place, metric in _metrics_in(_lower(each.text), kind)]
        if named:
            return named
    return []


@lru_cache(maxsize=2048)
def _metrics_in(lower: str, kind: str) -> tuple[tuple[int, str], ...]:
    names = [(metric, phrase) for phrase, metric in _metric_of(kind) if phrase in lower]
    return tuple(sorted((found.start(), metric) for metric, phrase in names for found in re.finditer(rf"\b{phrase}\b", lower)))


@cache
def _metric_of(kind: str) -> tuple[tuple[str, str], ...]:
    return tuple((phrase, metric) for metric, phrases in load("checks.toml")[kind].items() for phrase in phrases)


@lru_cache(maxsize=2048)
def _states_target(before: str, after: str) -> bool:
    """Is the percentage between these words told as Amazon's target, rather than as the seller's own rate or aim?"""
    if _OWN.search(before[-60:]) or _OWN.search(after[:20]):
        return False
    if _RATE_BEFORE.search(before):
        return bool(_TARGET_IS.search(before) or _IS_ALLOWED.match(after))
    return bool(_BEFORE.search(before) or _AFTER.match(after))


def _figure_disagrees(draft: Draft) -> Iterator[Found]:
    if not draft.metrics:
        return
    problem, steps = {Role.FACT, Role.ACKNOWLEDGEMENT, Role.CAUSE}, {Role.ACTION_TAKEN, Role.ACTION_PLANNED, Role.COMMITMENT}
    telling = [sentence for sentence in draft.body if sentence.roles & problem and not sentence.roles & steps]
    places = {sentence.start for sentence in telling}
    rates = [
        span
        for sentence, span in draft.find(_PERCENT)
        if sentence.start in places
        and not _aimed_at(draft.lower[max(sentence.start, span.start - 90) : span.start], draft.lower[span.end :][:40])
    ]
    told = Told(draft.lower, [sentence.span for sentence in telling], rates, _named_metrics(draft))
    for span, data in disagreements(told, draft.metrics):
        yield span, {**draft.at(span)[1], "data": data}


def _aimed_at(before: str, after: str) -> bool:
    """Is the percentage between these words a target, of Amazon's or of the seller's own, rather than a rate?"""
    return _states_target(before, after) or bool(_OWN.search(before[-60:]) or _OWN.search(after[:20]) or _TARGET_IS.search(before))


# -- closing ------------------------------------------------------------------------------------------------------------


def _vague_action(draft: Draft) -> Iterator[Found]:
    for sentence in draft.body:
        if "vague-action" in sentence.signals and not sentence.roles & {Role.ACTION_TAKEN, Role.ACTION_PLANNED}:
            yield _words(sentence)


_MEASURE = re.compile(rf"\d|\b(?!one\b){_NUMBER}\b(?! differ)|\b{_MONTH}\b", re.IGNORECASE)
_LABEL = re.compile(r"[^:.]{1,40}:\s")  # "Customer outreach: …" names a point, not a person
_EVERYONE = re.compile(rf"\b{_any('everyone')}\b", re.IGNORECASE)  # tells whom a step reached, and not how often it is taken
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][A-Za-z]+")


def _unmeasurable_plan(draft: Draft) -> Iterator[Found]:
    if draft.steps and not any(_measurable(step.text, buyers=_repairs(step)) for step in draft.steps):
        yield from MISSING


def _measurable(text: str, *, buyers: bool) -> bool:
    """Does a step tell when, how often, how much, with what or by whom? A name in one that repairs is rather that of a buyer."""
    label = _LABEL.match(text)
    text = _EVERYONE.sub("", text[label.end() :] if label else text)
    named = not buyers and any(found.group().lower() not in listed("no_name")[0] for found in _NAME.finditer(text))
    return named or bool(_MEASURE.search(text)) or has("rhythm", text) or has("responsible", text)


_NOT_YET = Shows(rf"\b(?:{_any('not_yet')}|by (?:\d|{_MONTH}))\b")
_STANDING = frozenset(["present", "s", "s-", "is", "is-done", "is-ing", "have-done"])  # forms of the verb of what is done or running


def _nothing_done_yet(draft: Draft) -> Iterator[Found]:
    if draft.steps and not draft.by_role[Role.ACTION_TAKEN] and not any(map(_runs, draft.steps)):
        yield from MISSING


def _runs(step: Sentence) -> bool:
    """Is a step standing practice by now, rather than a plan for later?"""
    return step.shown is not None and step.shown.tense in _STANDING and not _NOT_YET.within(step.text)


def _no_prevention(draft: Draft) -> Iterator[Found]:
    if draft.steps and not any(_prevents(step) for step in draft.steps):
        yield from MISSING


def _prevents(step: Sentence) -> bool:
    """Does a step surely keep the problem from coming back, rather than repair what has happened?"""
    if has("prevention", step.text):
        return True
    return Role.ACTION_PLANNED in step.roles and (has("rhythm", step.text) or not has("remedy", step.text))


def _repairs(step: Sentence) -> bool:
    """Does a step only repair what has happened?"""
    return has("remedy", step.text) and not _prevents(step)


def _uncovered_cause(draft: Draft) -> Iterator[Found]:
    if not draft.steps:
        return
    causes = _told_causes(draft)
    if causes and not any(map(_prevents, draft.steps)):
        yield _words(causes[0][0])
        return
    # A step that only watches the results answers no cause, since it would answer every one.
    no_answer = {Role.COMMITMENT, Role.CAUSE}
    steps = [step.text for step in draft.steps if not step.roles & no_answer and not _repairs(step)]
    # What stands outside the list of causes, or admits, tells of one that is told elsewhere.
    points = [cause for cause in causes if any(sentence.layout is Layout.ITEM for sentence in cause)]
    plain = [cause for cause in causes if not all(Role.ACKNOWLEDGEMENT in sentence.roles for sentence in cause)]
    causes = next((some for some in (points, plain) if len(some) > 1), causes)
    if len(causes) < 2:
        return
    told_steps = [(step, _stems(step), topics(step)) for step in steps]
    of_steps = frozenset().union(*[stems for _, stems, _ in told_steps])
    told = [" ".join(sentence.text for sentence in cause) for cause in causes]
    shared = of_steps & frozenset().union(*map(_stems, told))
    spread = Counter(stem for sentence in draft.sentences for stem in shared & _stems(sentence.text))
    about = [topics(text) - _OF_EVERYTHING for text in told]
    often = Counter(topic for some in about for topic in some)
    open_causes, free = [], set(steps)
    for cause, text, some in zip(causes, told, about, strict=True):
        telling = frozenset([stem for stem in _stems(text) & shared if spread[stem] <= _TELLING])
        own = frozenset([topic for topic in some if often[topic] == 1])
        answers = {step for step, stems, subjects in told_steps if _answers(stems, subjects, telling, some, own)}
        free -= answers
        # Without a subject of its own it is what happened, rather than why, or too vague to be answered.
        if not answers and (some or not all(Role.FACT in s.roles or s.signals & _NO_CAUSE for s in cause)):
            open_causes.append(cause)
    if len(open_causes) * _IN_OTHER_WORDS > len(free):
        yield from (_words(cause[0]) for cause in open_causes)


_OF_EVERYTHING = {"quality"}  # "we check" and "defect" stand beside every cause
_TELLING = 4  # sentences: a word that stands in more of them, such as the name of the goods, ties no step to a cause
_IN_OTHER_WORDS = 3  # so many steps that answer no cause leave it open whether one of them answers this one


def _answers(stems: frozenset[str], subjects: frozenset[str], telling: frozenset[str], about: frozenset[str], own: frozenset[str]) -> bool:
    """Does a step share with a cause a telling word, all that it is about, what it alone is about, or two topics?"""
    shared = about & subjects
    return not telling.isdisjoint(stems) or len(shared) > 1 or bool(own & shared) or (bool(shared) and shared == about)


_FURTHER = re.compile(rf"{_any('further')}\b", re.IGNORECASE)


def _told_causes(draft: Draft) -> list[list[Sentence]]:
    """Return the causes, each with the sentences that tell it: a paragraph goes on about one until it says that another comes."""
    causes: list[list[Sentence]] = []
    for sentence in draft.by_role[Role.CAUSE]:
        same = causes and causes[-1][-1].block == sentence.block and not _FURTHER.match(sentence.text)
        if same:
            causes[-1].append(sentence)
        else:
            causes.append([sentence])
    return causes


def _no_commitment(draft: Draft) -> Iterator[Found]:
    if not draft.by_role[Role.COMMITMENT]:
        yield from MISSING


def _no_request(draft: Draft) -> Iterator[Found]:
    if not draft.by_role[Role.REQUEST]:
        yield from MISSING


_EMAIL = Search(r"\b[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,64}", needs="@")
_PHONE = Search(
    r"\d(?<![\d-]\d)\d{2,4}\)?[ -]\d{3,4}[ -]?\d{3,6}(?![\d-])|\+\d{1,3}[ -]?\(?\d{2,5}\)?[ -]?\d{3,4}[ -]?\d{3,6}(?![\d-])",
    needs=r"[\d+](?:(?<=\+)\d|\)?[ -]\d{3})",
)
_ADDRESS = Search(rf"\d(?<!\w\d)\d{{0,3}},? (?:[A-Z]\w+ ){{1,3}}(?:{_any('street')}\b|(?<= )[A-Z]\w+, [A-Z][a-z]+)")
_TITLE = Search(rf"(?<![\"\u201c'\u2018])\b{_any('title')}\b\.? [A-Z]\w+(?: [A-Z]\w+)*", needs=rf"{_any('title')}\b\.? [A-Z]")
_STAFF = re.compile(r"\b(?:our|my)\b[\w ,-]{0,30}\Z", re.IGNORECASE)
_BUYER = re.compile(rf"\b{_any('buyer')}\b", re.IGNORECASE)


def _buyer_data(draft: Draft) -> Iterator[Found]:
    for search in (_EMAIL, _PHONE, _ADDRESS):
        for sentence, span in draft.find(search):
            own = _OWN_CONTACT.search(draft.text[max(sentence.start, span.start - 40) : span.start])
            if not own and sentence.layout not in _FRAME and Role.REQUEST not in sentence.roles:
                yield draft.at(span)
    for sentence, span in draft.find(_TITLE):
        if sentence.layout in _FRAME or sentence.roles & {Role.REQUEST, Role.ACTION_PLANNED}:
            continue
        staff = _STAFF.search(draft.text[max(sentence.start, span.start - 40) : span.start])
        near = draft.text[max(sentence.start, span.start - 200) : min(sentence.end, span.end + 200)]
        if not staff and _BUYER.search(near):
            yield draft.at(span)


_OWN_CONTACT = re.compile(r"\b(?:us|me|(?:our|my)(?! (?:customer|buyer|client)))\b", re.IGNORECASE)
_FRAME = {Layout.GREETING, Layout.HEADING, Layout.SIGNOFF}


# -- what several rules share -----------------------------------------------------------------------------------------------


def _signalled(rule: str) -> Check:
    """Make the check for a fault that sits in the words of single sentences."""

    def check(draft: Draft) -> Iterator[Found]:
        return (_words(sentence) for sentence in draft.body if rule in sentence.signals or rule in _outright(sentence.text))

    return check


_OUTRIGHT = {rule: Shows(rf"\b{_any(rule)}\b") for rule in ("blame", "emotional")}
_ANY_OUTRIGHT = Shows(rf"\b(?:{'|'.join(map(_any, _OUTRIGHT))})\b")
_QUOTES = frozenset('"\u201c\u201d\u201e\u00ab')
_NEGATED = Shows(rf"\b{_any('negated')}\b")


@lru_cache(maxsize=2048)
def _outright(text: str) -> frozenset[str]:
    """Return the faults that words say outright, such as “the courier is at fault”: no word takes it back, and nobody is quoted."""
    if not _ANY_OUTRIGHT.within(text) or _NEGATED.within(text) or not _QUOTES.isdisjoint(text):
        return frozenset()
    return frozenset([rule for rule, words in _OUTRIGHT.items() if words.within(text)])


def _words(sentence: Sentence) -> Found:
    words = sentence.text.split()
    return sentence.span, {"words": " ".join(words[:12]) + (" …" if len(words) > 12 else "")}


_SEARCHES = (_DIGIT_DATE, _PERCENT, _EMAIL, _PHONE, _ADDRESS, _TITLE)


@lru_cache(maxsize=2048)
def _found_in(text: str) -> tuple[tuple[Search, int, int], ...]:
    lower = _lower(text)
    found: list[tuple[Search, int, int]] = []
    for search in _SEARCHES:
        searched = lower if search.lower else text
        if search.first(searched):
            found += [(search, *match.span()) for match in search.all(searched)]
    return tuple(found)


@lru_cache(maxsize=2048)
def _lower(text: str) -> str:
    lower = text.lower()
    return lower if len(lower) == len(text) else text  # a few letters grow in lower case, and move what follows


_WORD = re.compile(r"[^\W_]")


@lru_cache(maxsize=2048)
def _count_words(text: str) -> int:
    return sum(word.isalnum() or bool(_WORD.search(word)) for word in text.split())


_STEM = 5  # letters in which "packed", "packing" and "packs" are alike


@lru_cache(maxsize=2048)
def _stems(text: str) -> frozenset[str]:
    """Return the beginnings of the words that say what a sentence is about."""
    commonplace = listed("commonplace")[0]
    return frozenset([word[:_STEM] for word in words_of(text) if len(word) > 3 and word not in commonplace])


CHECKS: Mapping[str, Check] = {
    "no-acknowledgement": _no_acknowledgement,
    "late-acknowledgement": _late_acknowledgement,
    "blame": _signalled("blame"),
    "denial": _signalled("denial"),
    "own-words": _own_words,
    "no-plan": _no_plan,
    "unlisted-actions": _unlisted_actions,
    "no-parts": _no_parts,
    "long-sentence": _long_sentence,
    "long-letter": _long_letter,
    "placeholder": _placeholder,
    "misspelling": _misspelling,
    "unanswered-issue": _unanswered_issue,
    "no-cause": _no_cause,
    "vague-cause": _vague_cause,
    "no-figure": _no_figure,
    "no-dates": _no_dates,
    "ambiguous-date": _ambiguous_date,
    "wrong-target": _wrong_target,
    "figure-disagrees": _figure_disagrees,
    "vague-action": _vague_action,
    "unmeasurable-plan": _unmeasurable_plan,
    "nothing-done-yet": _nothing_done_yet,
    "no-prevention": _no_prevention,
    "uncovered-cause": _uncovered_cause,
    "no-commitment": _no_commitment,
    "no-request": _no_request,
    "emotional": _signalled("emotional"),
    "demanding": _signalled("demanding"),
    "buyer-data": _buyer_data,
}
"""Every rule and the check that finds it, in the order in which findings are shown."""
