"""How the words of a step stand in a letter: behind “we” if they begin with a verb in the form for its state, else as typed."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import dropwhile, takewhile

from appealkit.case import Action, Voice
from appealkit.lexicon import entries_in, forms, words_of
from appealkit.tables import load
from appealkit.written import PUNCTUATION

_WE = {
    "done": "(?:we |we['\u2019]ve )?(?:have )?",
    "running": "(?:we )?(?:now )?",
    "planned": "(?:we |we['\u2019]ll )?(?:will )?",
}
"""What sellers write in front of a step although the letter says it."""

_FORM = {"done": "past", "running": "base", "planned": "base"}
_OPPOSED = {"done": {"base", "s"}, "running": {"past", "s"}, "planned": {"past", "s"}}
_FINITE = {"past", "future", "have", "is", "modal"}  # forms behind which the subject of a sentence is over
_AUXILIARY = {"future", "have", "had", "is", "was", "modal"}
_FEW = 6  # words among which a sentence has its verb
_TIME = 3  # words of a time, such as “every working day”
_NEAR = 4  # words among which the main one of a sentence with a subject of its own is told as to come


def after_we(action: Action, voice: Voice = "we") -> str:
    """Return a step as it goes on behind “we”.

    Args:
        action: a step with words and a state.
        voice: what stands in the letter for “we”.

    Returns:
        Its words without what the letter says itself; nothing when they do not begin with a verb that is known, in the form for the state.

    >>> after_we(Action(id="a1", what="We have refunded them.", status="done"))
    'refunded them'
    >>> after_we(Action(id="a1", what="Ms. Lin counts the shelf", status="running"))
    ''
    """
    words, told = _told(action, voice)
    if not told or _FORM[str(action.status)] not in _forms(told[0]) or _has_subject(told):
        return ""
    first, _, rest = words.partition(" ")
    return f"{first.lower() if first[1:].islower() else first} {rest}".strip()  # a capital, as telephones set it; FBA keeps its own


def with_tool(action: Action) -> str:
    """Return the tool of a step as it goes on behind the step: with “with”, or another word where the step or the tool has one.

    Args:
        action: a step with a tool.

    >>> [with_tool(Action(id="a1", what=what, how="Buy Shipping")) for what in ("buy labels", "send all with a label")]
    ['with Buy Shipping', 'using Buy Shipping']
    """
    first, *rest = action.how.split()
    if first.lower() in _listed("means"):  # “In Excel” is met far more often than a tool whose name begins so
        return " ".join([first.lower(), *rest])
    word = "using" if re.search(r"\bwith\b", action.what, re.IGNORECASE) else "with"
    return f"{word} {action.how}"


def about(words: str) -> frozenset[str]:
    """Return how the words begin that tell what some words are about.

    >>> about("refunds for our buyers") & about("refunded both") == about("refund")
    True
    """
    bare = _listed("subject") | _listed("link") | _listed("adverb")
    return frozenset(word.stem for word in words_of(words) if word.stem and word.text not in bare and word.form not in _AUXILIARY)


def misfits(action: Action) -> bool:
    """Tell whether the words of a step say another tense than its state, as far as they are understood.

    Args:
        action: a step.

    >>> [misfits(Action(id="a1", what=what, status="running")) for what in ("taped the list", "tape the list", "Ana will tape the list")]
    [True, False, True]
    """
    if not action.status or not action.what or after_we(action):
        return False
    _, told = _told(action)
    if not told:
        return False
    if "going to" in " ".join(told[:_NEAR]).lower() or any("future" in _forms(word) for word in told[:_NEAR]):
        return action.status != "planned"
    if not _has_subject(told):
        return bool(_forms(told[0]) & _OPPOSED[action.status])
    return action.status != "done" and _is_past(told, names=action.status == "planned")


def breaks(action: Action, voice: Voice = "we") -> str:
    """Return the words with which a step that goes on behind “we” goes on in another form; empty when it does not.

    Args:
        action: a step.
        voice: what stands in the letter for “we”.

    >>> breaks(Action(id="a1", what="sort the bins by color, and scanning each box", status="planned"))
    'and scanning'
    """
    words = re.findall(r"[\w'\u2019-]+", after_we(action, voice)) if action.what and action.status else []
    for place, word in enumerate(words):
        if _is_gerund(word):  # a later one goes on from it: “stop guessing and weighing each parcel”
            return f"and {word}" if words[place - 1 : place] == ["and"] and _has_object(words[place + 1 :]) else ""
    return ""


def _is_gerund(word: str) -> bool:
    """Tell whether a word is the “-ing” of a verb that is known: “morning” is none."""
    stem = word.lower().removesuffix("ing")
    verbs = stem, f"{stem}e", stem[:-1] if stem[-2:-1] == stem[-1:] else ""
    return stem != word.lower() and any("base" in _forms(verb) for verb in verbs)


def _has_object(rest: Sequence[str]) -> bool:
    """Tell whether an object follows, by the word that it begins with: that of a time follows a noun, too, as in “tracking every day”."""
    first, *more = (word.lower() for word in [*rest[:_TIME], ""])
    return first in _listed("subject") and not any(word in _listed("time") or word.endswith("day") for word in more)


def _told(action: Action, voice: Voice = "we") -> tuple[str, list[str]]:
    """Return a step without what the letter says itself, and its words from the first one on that says more than how or when."""
    what = action.what.rstrip(PUNCTUATION)
    words = re.sub(_WE[str(action.status)].replace("we", voice), "", what, count=1, flags=re.IGNORECASE) or what
    adverbs = {*_listed("adverb"), *(("not",) if action.status == "planned" else ())}  # “we now not …” is none
    return words, list(dropwhile(lambda word: word.lower() in adverbs or word.endswith("ly"), words.split()))


def _has_subject(told: Sequence[str]) -> bool:
    """Tell whether words begin with a subject, or a noun: with no verb that is known, or what “of” or a verb soon follows."""
    first, subject = _forms(told[0]), _listed("subject")
    if not first or re.split("['\u2019]", told[0].lower())[0] in subject:
        return True
    if told[1:2] == ["of"]:
        return "past" not in first
    acts = "s" in _forms(" ".join(told[1:2])) and " ".join(told[2:3]).lower() in subject  # “Mark counts the shelf”
    object_ = takewhile(lambda word: word.lower() not in subject | _listed("link"), told[1:_FEW])
    return acts or any([_forms(word) & _FINITE for word in object_][1 if "past" in first else 0 :])


def _is_past(told: Sequence[str], *, names: bool = False) -> bool:
    """Tell whether a sentence with a subject of its own tells what is over: by “was” or “did”, or by a verb right behind a person."""
    if any(word.form in {"was", "had"} or word.text == "did" for word in words_of(" ".join(told[:_FEW]))):
        return True
    rest = list(dropwhile(lambda word: word.lower() in _listed("person") or (names and word.istitle() and not _forms(word)), told[:_FEW]))
    return len(rest) < len(told[:_FEW]) and bool(rest) and _forms(rest[0]) == {"past"}


@cache
def _forms(word: str) -> frozenset[str]:
    """Return the forms of verbs that a word can be; none when it is not known as a verb."""
    known = words_of(word)[-1:] if word[:1].isascii() else []
    if not known:
        return frozenset()
    text, form = known[0].text, known[0].form
    found = {name.rpartition(".")[2] for name in known[0].verbs} | {name for name, of in _more() if of == text}
    if text in _listed("same"):
        found |= {"base", "past"}
    if not found and form == "past" and not word.islower():  # “Fred” and “Ahmed” end as verbs do
        return frozenset()
    return frozenset(found | ({{"was": "past", "had": "past"}.get(form, form)} - {""}))


@cache
def _more() -> frozenset[tuple[str, str]]:
    return frozenset((name, form) for verb in _listed("verb") for form, name in forms(*verb.split()).items())


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(entries_in(load("steps.toml")[name]))
