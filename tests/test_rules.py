"""The rules: those of the contract, each with examples that hold."""

import re
from string import Formatter
from typing import Any

import pytest
from pydantic import ValidationError

from appealkit.annotate import annotate
from appealkit.checks import CHECKS
from appealkit.figures.report import read_health_report
from appealkit.language import LANGS, Lang
from appealkit.reading import read_notice
from appealkit.roles import SIGNALS, Principle
from appealkit.rules import SEVERITIES, WHOLE, Finding, rules
from appealkit.rules import _read as read_rules
from appealkit.span import Span
from appealkit.tables import load

CONTRACT = {
    Principle.SINCERITY: ["no-acknowledgement", "late-acknowledgement", "blame", "denial"],
    Principle.STRUCTURE: ["no-plan", "unlisted-actions", "no-parts", "long-sentence", "long-letter", "placeholder", "misspelling"],
    Principle.CAUSE: ["no-cause", "vague-cause", "no-figure", "no-dates", "ambiguous-date", "wrong-target"],
    Principle.CLOSING: [
        *("vague-action", "unmeasurable-plan", "nothing-done-yet", "no-prevention", "uncovered-cause"),
        *("no-commitment", "no-request", "emotional", "demanding", "buyer-data"),
    ],
}
"""The rules on which people and the annotator agreed before either had read a letter; of no other a label tells whether they would."""


def examples(kind: str) -> list[Any]:
    """Return every example of a kind with its rule, for a test of its own."""
    return [
        pytest.param(name, passage, id=f"{kind}-{name}-{number}")
        for name, rule in rules().items()
        for number, passage in enumerate(getattr(rule, kind), 1)
    ]


# -- the set ----------------------------------------------------------------------------------------------------------------


def test_rules_are_those_of_the_contract() -> None:
    """The 27 rules of the contract are there, each under its principle and in its order; others stand under their principle, too."""
    assert sum(map(len, CONTRACT.values())) == 27
    for principle, ids in CONTRACT.items():
        assert [rule.id for rule in rules().values() if rule.principle is principle and rule.id in ids] == ids
    order = [list(Principle).index(rule.principle) for rule in rules().values()]
    assert order == sorted(order)


def test_every_rule_is_checked() -> None:
    """The checks are those of the rules, in the same order: findings are shown in it."""
    assert list(CHECKS) == list(rules())


def test_every_signal_is_a_rule() -> None:
    """A fault that sits in the words of a sentence is named like its rule."""
    assert SIGNALS
    assert set(SIGNALS) <= set(rules())


def test_rules_are_read_once() -> None:
    """The rules are the same objects each time."""
    assert rules() is rules()


# -- each rule --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", rules())
def test_rule_is_complete(name: str) -> None:
    """A rule says what, why and how to mend it in both languages, rests on a card, and has three examples of each kind."""
    rule = rules()[name]
    assert rule.severity in SEVERITIES
    assert rule.source in load("cards.toml")
    for words in (rule.name, rule.message, rule.why, rule.mend):
        assert set(words) == set(LANGS)
    assert WHOLE in rule.about or not (rule.where or rule.about)  # what is missing is marked at the letter
    for passages in (rule.bad, rule.good, rule.near):
        assert len(set(passages)) >= 3
    assert len({*rule.bad, *rule.good, *rule.near}) == len(rule.bad) + len(rule.good) + len(rule.near)


def test_disputed_point_is_no_error() -> None:
    """No rule on which experts disagree can sink a letter."""
    disputed = {name for name, card in load("cards.toml").items() if card.get("disputed")}
    assert disputed
    assert not [rule.id for rule in rules().values() if rule.severity == "error" and rule.source in disputed]


def test_cards_are_dated_and_sourced() -> None:
    """Every fact that a rule or a metric rests on says where it was read, as of when, and for which marketplace."""
    cards = load("cards.toml")
    assert cards
    for name, card in cards.items():
        assert all(card["source"][lang].strip() for lang in LANGS), name
        assert card["marketplace"].strip(), name
        assert card["as_of"].year >= 2026, name
    assert set(load("metrics.toml")) <= set(cards)


def test_principles_and_roles_are_named() -> None:
    """Each principle has a name and a reviewer's question, and each role a name."""
    told = load("principles.toml")
    assert [name for name in told if name != "role"] == list(Principle)
    assert all(set(told[principle]) == {"name", "question"} for principle in Principle)
    assert len(told["role"]) == 11
    assert all(set(role) == {"name"} for role in told["role"].values())


# -- the examples -----------------------------------------------------------------------------------------------------------


def finds(name: str, passage: str) -> bool:
    """Tell whether the annotator finds a fault in a passage, beside the notice or the report that the rule gives for it."""
    words, report = rules()[name].notice, rules()[name].report
    notice = read_notice(words) if words else None
    metrics = read_health_report(report).metrics if report else ()
    annotation = annotate(passage, notice=notice, metrics=metrics)
    assert not annotation.remark  # an example that is not judged would show nothing
    return any(finding.rule.id == name for finding in annotation.findings)


@pytest.mark.parametrize(("name", "passage"), examples("bad"))
def test_bad_example_has_the_fault(name: str, passage: str) -> None:
    """A bad example of a rule has its finding."""
    assert finds(name, passage)


@pytest.mark.parametrize(("name", "passage"), examples("good") + examples("near"))
def test_good_example_and_near_miss_have_it_not(name: str, passage: str) -> None:
    """A good example of a rule, and what only looks like its fault, is without its finding."""
    assert not finds(name, passage)


# -- the findings -----------------------------------------------------------------------------------------------------------


def test_messages_are_filled_in(lang: Lang) -> None:
    """The message of each finding in the bad examples is filled in, also where the letter itself holds braces."""
    seen = set()
    for rule in rules().values():
        for passage in rule.bad:
            for finding in annotate(passage).findings:
                message = finding.message(lang)
                names = {name for _, name, _, _ in Formatter().parse(finding.rule.message[lang]) if name}
                assert names <= {name.removesuffix(f"@{lang}") for name, _ in finding.values}
                assert message
                assert message.count("{") == sum(value.count("{") for name, value in finding.values if name in names)
                seen.add(finding.rule.id)
    assert len(seen) > 20


def test_finding_weighs_what_its_rule_weighs() -> None:
    """The severity of a finding is that of its rule."""
    assert {finding.severity for finding in (Finding(rule) for rule in rules().values())} == set(SEVERITIES)


def test_what_is_missing_has_a_place(lang: Lang) -> None:
    """A finding about something that is not there says where it would belong; one about words that are there does not."""
    rule = rules()["no-acknowledgement"]
    assert rule.where[lang] in Finding(rule).message(lang)
    assert rule.where[lang] not in Finding(rule, Span(0, 4)).message(lang)
    placed = {name for name, entry in rules().items() if entry.where}
    assert {"no-plan", "no-cause", "no-request"} <= placed
    assert not placed & set(SIGNALS)


def test_message_of_a_gap_reads_well_in_both_languages() -> None:
    """In English a space parts message and place, in Chinese none."""
    finding = Finding(rules()["no-plan"])
    assert re.search(r"\S\. [A-Z]", finding.message("en"))
    assert "。 " not in finding.message("zh-Hant")


def test_words_of_the_letter_are_no_template(lang: Lang) -> None:
    """Braces in the words of a letter are shown, not filled in."""
    finding = Finding(rules()["placeholder"], Span(0, 9), (("words", "{{store}} {0}"),))
    assert "{{store}} {0}" in finding.message(lang)


# -- what is refused --------------------------------------------------------------------------------------------------------

GOOD: dict[str, object] = {
    "name": {"en": "n", "zh-Hant": "n"},
    "principle": "cause",
    "severity": "error",
    "source": "odr",
    "message": {"en": "m", "zh-Hant": "m"},
    "why": {"en": "w", "zh-Hant": "w"},
    "mend": {"en": "m", "zh-Hant": "m"},
    "bad": ["x"],
}


def test_entry_becomes_a_rule() -> None:
    """An entry of the data becomes a rule with its id."""
    assert {name: (rule.id, rule.bad) for name, rule in read_rules({"new": GOOD}).items()} == {"new": ("new", ("x",))}


@pytest.mark.parametrize(
    "wrong",
    [
        {"principle": "luck"},
        {"severity": "fatal"},
        {"name": {"en": "n"}},
        {"message": {"en": "m"}},
        {"why": {"en": "m", "de": "m"}},
        {"mend": {}},
        {"where": {"en": "m"}},
        {"unheard-of": 1},
        {"about": ["letters"]},
        {"source": None},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_entry_that_is_no_rule_is_named(wrong: dict[str, object]) -> None:
    """An entry that is not a rule is refused, and the error names it and what is wrong with it."""
    entry = {key: value for key, value in (GOOD | wrong).items() if value is not None}
    with pytest.raises(ValidationError) as caught:
        read_rules({"new": entry})
    assert {error["loc"][:2] for error in caught.value.errors()} == {("new", *wrong)}


@pytest.mark.parametrize(("lang", "words"), [("en", "outside your shop"), ("zh-Hant", "不在您的掌控之內")])
def test_a_cause_outside_the_shop_is_given_something_that_can_be_done(lang: Lang, words: str) -> None:
    """Nobody can remove a strike or a storm: what can be named is the check of one's own that was missing."""
    assert words in rules()["uncovered-cause"].mend[lang]
