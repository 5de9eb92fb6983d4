"""Whether the steps are concrete, can be measured, have begun, and keep the problem from coming back."""

import re
from collections.abc import Iterator

from appealkit.checks.draft import MISSING, Draft, Found, about
from appealkit.checks.patterns import MONTH, NUMBER, any_of
from appealkit.roles import STEPS, Role, Sentence
from appealkit.sentences import clauses
from appealkit.shows import Shows
from appealkit.topics import has, words_of_kind


def vague_action(draft: Draft) -> Iterator[Found]:
    """Find points of the plan that name no concrete step."""
    return (about("vague-action", sentence) for sentence in draft.signalled.get("vague-action", ()) if not sentence.roles & STEPS)


_MEASURE = Shows(rf"\d|\b(?!one\b){NUMBER}\b(?! differ)|\b{MONTH}\b")
_DAY = Shows(rf"\b{NUMBER}[ -]?(?:(?:am|days?|h|hours?|nd|pm|rd|st|th|weeks?)\b|{MONTH})|\b{MONTH} \d|\d[/.:-]\d")
_LABEL = re.compile(r"[^:.\d]{1,40}:\s")  # "Customer outreach: …" names a point, not a person
_NO_RHYTHM = re.compile(rf"\b{any_of('no_rhythm')}\b", re.IGNORECASE)  # "every buyer" tells of whom, and not how often
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][A-Za-z]+")


def unmeasurable_plan(draft: Draft) -> Iterator[Found]:
    """Find that no step tells when, how often, how much, with what or by whom."""
    if draft.steps and not any(_measurable(step.text, buyers=repairs(step)) for step in draft.steps):
        yield from MISSING


def _measurable(text: str, *, buyers: bool) -> bool:
    """Does a step tell when, how often, how much, with what or by whom? A name in one that repairs is rather that of a buyer."""
    label = _LABEL.match(text)
    text = _NO_RHYTHM.sub("", text[label.end() :] if label else text)
    named = not buyers and any(found.group().lower() not in words_of_kind("no_name")[0] for found in _NAME.finditer(text))
    measured = _MEASURE if not buyers else _DAY  # how many buyers there were measures no step
    return named or measured.within(text) or has("rhythm", text) or has("in_charge", text)


_NOT_YET = Shows(rf"(?:{any_of('not_yet')}|(?:as of|before|by|till|until) (?:\d{{1,2}}|{MONTH}))\b", words=True)
_FROM = Shows(rf"from (?:\d{{1,2}}|{MONTH})\b", words=True)
_DONE = frozenset(["past", "done", "have", "have-done", "was-done", "had-done"])  # forms of the verb of what is done
_STANDING = frozenset(["present", "s", "s-", "is", "is-done", "is-ing", "have-done"])  # forms of the verb of what is done or running


def nothing_done_yet(draft: Draft) -> Iterator[Found]:
    """Find that every step lies in the future."""
    if draft.steps and not any(map(_begun, draft.steps)):
        yield from MISSING


def _begun(step: Sentence) -> bool:
    """Is a step done, or standing practice by now, rather than a plan for later? To watch the rate is promised in the present, too."""
    tense = step.shown.tense if step.shown else ""
    if step.shown and "f=since" in step.shown.marked:  # "since 3 May Li packs what is due the next day"
        return True
    if Role.ACTION_TAKEN in step.roles:
        return tense in _DONE or not (_NOT_YET.within(step.text) or _FROM.within(step.text))
    later = _NOT_YET.within(step.text) or (tense != "present" and _FROM.within(step.text))  # "from 3 May I pack": who says so does it
    return Role.COMMITMENT not in step.roles and tense in _STANDING and not later


def no_prevention(draft: Draft) -> Iterator[Found]:
    """Find that no step keeps the problem from coming back."""
    if draft.steps and not any(prevents(step) for step in draft.steps):
        yield from MISSING


def prevents(step: Sentence) -> bool:
    """Does a step, or a part of it, surely keep the problem from coming back, rather than repair what has happened?"""
    return any(_lasts(part, planned=Role.ACTION_PLANNED in step.roles) for part in clauses(step.text))


def _lasts(text: str, *, planned: bool) -> bool:
    if has("prevention", text):
        return True
    if planned:
        return has("rhythm", text) or not has("remedy", text)
    return has("lasting", text) and not has("remedy", text)


def repairs(step: Sentence) -> bool:
    """Does a step only repair what has happened?"""
    return has("remedy", step.text) and not prevents(step)
