"""What an exercise asks for that no rule looks for, compared word by word with what its task gives."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from appealkit.cues import cues_of
from appealkit.exercises.given import tells
from appealkit.exercises.said import Said
from appealkit.phrases import starred
from appealkit.roles import STEPS, Role, Sentence
from appealkit.spelling import as_meant
from appealkit.stated.days import days_in, tells_day, without
from appealkit.strict import Strict
from appealkit.tables import load

_ANY = 1  # words of a request that may be any, such as the name of a document
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W\d_]+)*")
_CLAUSE = re.compile(r"[;:()\u2013\u2014]|,(?! wh)|\b(?:and|but|because|as|since|although|though)\b")
_THEIR_LAPSE = re.compile(r"\W+(?:\w+\W+)?(?:not|never|failed|should|ought|\w+n['\u2019]t)\b")
_OURS = re.compile(r"(?:we|i|nobody|no[ -]one|none of us)\b")
_POINTS_BACK = re.compile(r"(?:(?:And|All|All of) )?(?:this|that|these|those)\b", re.IGNORECASE)
_DUTY = r"responsibility|fault|mistake|error|job|task|duty|blame"
_DUTY_OF = re.compile(rf"\b(?:{_DUTY}) (?:of|lies with|is with|was with) (?:the|our|my|a) (?!own\b|shop\b|company\b|store\b|team\b)")


class Ask(Strict):
    """Something that a task asks for, and that no rule looks for.

    Args:
        roles: the roles of the sentences in which it is looked for; none for any sentence. A step has to be done or begun: one that is
            only intended does not tell it.
        words: beginnings of words, a misspelt one as it was meant; a sentence that tells it has one of each list.
        facts: words that stand in the same sentence, such as the day of a step and who does it; a day in whatever form.
        owns: whether the sentence has to say whose responsibility it was.
        lapse: whether it is something that could have been helped.
        reason: what the trainee is told when no sentence tells it.

    Raises:
        pydantic.ValidationError: when an entry is none.
    """

    roles: tuple[Role, ...] = ()
    words: tuple[tuple[str, ...], ...] = ()
    facts: tuple[str, ...] = ()
    owns: bool = False
    lapse: bool = False
    reason: Said

    def told(self, sentence: Sentence, before: Sentence | None = None) -> bool:
        """Tell whether a sentence tells it.

        Args:
            sentence: the sentence.
            before: the one in front of it, whose words are its own where it begins with “This” or “That”.
        """
        text = _meant(" ".join(sentence.text.split()))
        if (
            (self.roles and not sentence.roles.intersection(self.roles))
            or (self.owns and not _owns(text))
            or (self.lapse and _one_of("excused").search(text.casefold()))
            or (self.roles and STEPS.issuperset(self.roles) and _one_of("intended").search(text.casefold()))
        ):
            return False
        if before and _POINTS_BACK.match(text):
            text = f"{_meant(' '.join(before.text.split()))} {text}"
        return all(_begins(words).search(text.casefold()) for words in self.words) and tells_all(text, self.facts)


def tells_all(text: str, facts: Sequence[str]) -> bool:
    """Tell whether a text tells facts, and no day only about or before which it was.

    Args:
        text: any text, with single spaces.
        facts: words of it, whatever their capitals, or days.

    >>> tells_all("Since 9 June Ana scans.", ["Ana", "9 June 2026"]), tells_all("About 9 June Ana came.", ["9 June 2026"])
    (True, False)
    """
    return all(tells(text, fact) for fact in facts) and not _hedges(text, facts)


def _hedges(text: str, facts: Sequence[str]) -> bool:
    sure = text
    for span, _ in days_in(text):
        before, behind = f" {text[: span.start].casefold().rstrip()}", text[span.end :].casefold().lstrip()
        if before.endswith(tuple(f" {word}" for word in _data("hedged")["before"])) or behind.startswith(tuple(_data("hedged")["behind"])):
            sure = without(sure, span)
    return any(tells_day(text, fact) and not tells_day(sure, fact) for fact in facts)


def _owns(text: str) -> bool:
    classes, told = cues_of(text).classes, text.casefold()
    if "c=disown" in classes or "c=sham" in classes or _one_of("not_owned").search(told) or _DUTY_OF.search(told):
        return False
    return "c=own" in classes or bool(_one_of("owned").search(told))


def disputes(text: str) -> bool:
    """Tell whether a sentence disputes what it might admit, and admits no part of one's own.

    >>> disputes("We do not agree, but we are sorry."), disputes("It was our own silly mistake.")
    (True, False)
    """
    classes = cues_of(_meant(text)).classes
    return "c=dispute" in classes and not {"c=own", "c=admit"}.intersection(classes)


def not_plain(text: str, given: frozenset[str]) -> list[str]:
    """Return the words of a sentence by which it is more than a plain request: one that presses or pleads, or several that no request has.

    Args:
        text: a sentence that is new in an answer.
        given: words of the exercise's own texts, in lower case.

    >>> not_plain("Please reinstate our account by tomorrow.", frozenset()), not_plain("Please read our ledger.", frozenset())
    (['tomorrow'], [])
    """
    told = _one_of("phrases").sub(" ", _meant(text).casefold())
    pressing = [found[0].strip() for pattern in (_one_of("pressing"), _any_of("pleading")) for found in pattern.finditer(told)]
    strange = _strange(told, _words("plain") | given)
    return pressing or (strange if len(strange) > _ANY else [])


def of_others(text: str, given: frozenset[str]) -> list[str]:
    """Return the parts of a sentence that tell more of somebody outside the shop than the bare fact.

    Args:
        text: a sentence.
        given: words of the exercise's own texts, in lower case.

    >>> of_others("The boxes came from our supplier, and the supplier cheats.", frozenset())
    ['the supplier cheats.']
    """
    clauses = (clause.strip() for clause in _CLAUSE.split(_meant(text)) if clause)
    return [
        clause
        for clause in clauses
        if (found := _any_of("outsider").search(clause.casefold())) and _blamed(clause.casefold(), found, given)
    ]


def _blamed(clause: str, outsider: re.Match[str], given: frozenset[str]) -> bool:
    behind = clause[outsider.end() :]
    if _OURS.match(clause):  # what the shop did without is its own part, told in whatever words
        behind = behind.partition(" without ")[0]
    rest = f"{clause[: outsider.start()]} {behind}"
    return bool(_THEIR_LAPSE.match(clause, outsider.end()) or _strange(rest, _words("bare") | given))


def words_in(*texts: str) -> frozenset[str]:
    """Return the words of some texts, in lower case."""
    return frozenset(word.replace("\u2019", "'") for text in texts for word in _WORD.findall(text.casefold()))


def _meant(text: str) -> str:
    return as_meant(text.replace("\u2019", "'"))


def _strange(text: str, known: frozenset[str]) -> list[str]:
    return list(dict.fromkeys(word for word in _WORD.findall(text) if word not in known))


@cache
def _begins(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})")


def _one_of(key: str) -> re.Pattern[str]:
    return _begins(tuple(_data(key)))


@cache
def _any_of(key: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(starred, _data(key)))})\b(?:['\u2019]s\b)?")


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(_data(key).split())


def _data(key: str) -> Any:  # noqa: ANN401 - what a TOML file holds
    return load("answers.toml")[key]
