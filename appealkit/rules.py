"""The rules: what a careful reviewer would mark in a draft, each with its reason, its source and a way to mend it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, TypeAdapter

from appealkit.language import LANGS, Lang
from appealkit.roles import Principle, Role
from appealkit.span import Span
from appealkit.strict import Id, Strict
from appealkit.tables import load

Severity = Literal["error", "warning", "advice"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
Whole = Literal["letter"]
WHOLE: Whole = "letter"
"""What a rule is about whose fault is one of the letter as a whole."""
_ALIKE = 0.55
"""How much alike, of 1, words are that may be meant: one word of an id that has two still is."""
_Words = Annotated[dict[Lang, str], Field(min_length=len(LANGS))]


class Rule(Strict):
    """One rule, as `data/rules.toml` holds it.

    Args:
        id: by which files, the command line and people's labels know it, such as `no-dates`.
        name: what is wrong, in a few words, by language.
        principle: the principle that it guards.
        severity: `error` (would sink the letter), `warning` (weakens it) or `advice` (reads better).
        source: key of the card in `data/cards.toml` that it rests on.
        message: what was found, by language; `{words}` and other names are filled in.
        why: why it matters to the reviewer, by language.
        mend: how to mend it, by language.
        where: where the missing thing would belong, by language; empty for a rule about words that are there.
        about: what its fault is about beside the words of a finding: `letter` for the letter as a whole, and roles of sentences.
        bad: passages that have the fault.
        good: passages that do not have it.
        near: passages without the fault that look as if they had it.
        alone: whether a letter can show it with nothing beside, such as a notice; only then can a trainee find it.
        notice: the notice that these passages answer; empty for a rule about the letter alone.
        report: the account-health report that these passages stand beside; empty for a rule about the letter alone.

    Raises:
        pydantic.ValidationError: when an entry is none.
    """

    id: Id
    name: _Words
    principle: Principle
    severity: Severity
    source: str
    message: _Words
    why: _Words
    mend: _Words
    where: _Words = Field(default_factory=dict)
    about: tuple[Role | Whole, ...] = ()
    bad: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    alone: bool = True
    notice: str = ""
    report: str = ""

    def says(self, lang: Lang) -> str:
        """Say what it finds, with an ellipsis for each thing that a letter fills in."""
        return re.sub(r"\{\w+\}", "…", self.message[lang])


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of one letter.

    Args:
        rule: the rule that it breaks.
        span: the words that it is about; None when something is missing.
        values: what fills the rule's message; `name@en` fills `{name}` in English alone.
    """

    rule: Rule
    span: Span | None = None
    values: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> Severity:
        """How much it weighs: that of its rule."""
        return self.rule.severity

    def message(self, lang: Lang) -> str:
        """Say what was found, and for what is missing where it would belong."""
        message = self.rule.message[lang].format_map({name.removesuffix(f"@{lang}"): value for name, value in self.values})
        where = self.rule.where.get(lang, "") if self.span is None else ""
        return f"{message} {where}".strip() if lang == "en" else message + where


@cache
def rules() -> Mapping[str, Rule]:
    """Return all rules by id, in the order of the principles.

    Raises:
        pydantic.ValidationError: when an entry of the data is not a rule; it names the entry and what is wrong with it.

    >>> rules()["no-dates"].principle.value
    'cause'
    """
    return _read(load("rules.toml"))


def _read(table: Mapping[str, Mapping[str, Any]]) -> dict[str, Rule]:
    return TypeAdapter(dict[Id, Rule]).validate_python({name: {"id": name, **entry} for name, entry in table.items()})


def rule_called(words: str) -> str | None:
    """Return the id of a rule that is called by it, or by its name in either language; None when there is none.

    >>> rule_called("blame"), rule_called("\u6b65\u9a5f\u542b\u7cca"), rule_called("blaming")
    ('blame', 'vague-action', None)
    """
    return _called().get(words.strip().casefold())


def rules_like(words: str) -> list[str]:
    """Return the ids of the rules whose id, or name in either language, is most like some words, the most alike first.

    >>> rules_like("blam"), rules_like("\u6c92\u8a8d\u932f")
    (['blame'], ['no-acknowledgement', 'late-acknowledgement'])
    """
    alike = get_close_matches(words.strip().casefold(), _called(), cutoff=_ALIKE)
    return list(dict.fromkeys(_called()[called] for called in alike))


@cache
def _called() -> Mapping[str, str]:
    """Return what the rules are called, by id and by name in both languages, each with the id."""
    return {called.casefold(): name for name, rule in rules().items() for called in (name, *rule.name.values())}
