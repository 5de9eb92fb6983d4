"""The rules as a list, as plain text and as JSON."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from appealkit.cards import cited
from appealkit.language import Lang, principle_name, rule_name, say
from appealkit.rules import Rule
from appealkit.view import stream


def rules_index(rules: Collection[Rule], langs: Sequence[Lang]) -> Iterator[str]:
    """Return the ids of rules with their short names, by principle, and how to learn more of one.

    Args:
        rules: the rules, in the order of the principles.
        langs: the languages to show, side by side.

    Yields:
        The list, line by line.
    """
    wide = 1 + max(len(rule.id) for rule in rules)
    for principle, listed in groupby(rules, key=attrgetter("principle")):
        yield " / ".join(principle_name(principle, lang) for lang in langs)
        for rule in listed:
            yield f"  {rule.id:{wide}} {' / '.join(rule_name(rule.id, lang) for lang in langs)}"
        yield ""
    yield from (say("rules.more", lang) for lang in langs)


def rules_to_text(rules: Iterable[Rule], langs: Sequence[Lang]) -> Iterator[str]:
    """Return rules as plain text, piece by piece: what each says, then its examples.

    Args:
        rules: the rules, in the order in which they are listed.
        langs: the languages to show, one below the other.

    Yields:
        The text from its first line to its last.
    """
    return stream("rules.txt.j2", rules=(_listed(rule, langs) for rule in rules))


def rule_to_json(rule: Rule, langs: Sequence[Lang]) -> str:
    """Return a rule as one JSON object.

    Args:
        rule: the rule.
        langs: the languages to include; words stand under the name of their language.
    """
    entry = rule.model_dump(mode="json")
    entry["message"] = {lang: rule.says(lang) for lang in langs}
    entry["cited"] = {lang: cited(rule.source, lang) for lang in langs}
    for part in ("why", "mend", "where"):
        entry[part] = {lang: words for lang, words in entry[part].items() if lang in langs}
    return json.dumps(entry, ensure_ascii=False, indent=1)


def _listed(rule: Rule, langs: Sequence[Lang]) -> dict[str, object]:
    examples = {"bad": rule.bad, "good": rule.good, "near": rule.near}
    return {
        "id": rule.id,
        "told": [list(_told(rule, lang)) for lang in langs],
        "examples": [(" / ".join(say(f"rules.{kind}", lang) for lang in langs), passages) for kind, passages in examples.items()],
    }


def _told(rule: Rule, lang: Lang) -> Iterator[str]:
    """Yield what a rule says in one language, line by line."""
    told = [
        (say("view.principle", lang), principle_name(rule.principle, lang)),
        (say("rules.severity", lang), say(f"severity.{rule.severity}", lang)),
        (say("rules.message", lang), rule.says(lang)),
        (say("rules.where", lang), rule.where.get(lang)),
        (say("view.why", lang), rule.why[lang]),
        (say("view.mend", lang), rule.mend[lang]),
        (say("view.source", lang), cited(rule.source, lang)),
        (say("rules.notice", lang), rule.notice),
        (say("rules.report", lang), rule.report),
    ]
    return (say("view.labelled", lang, label=label, words=words) for label, words in told if words)
