"""How fast the annotator is: `python tests/bench/bench_annotate.py` (needs proselint).

Every figure is a ratio of two times measured in this run, where it can be in turn, so that it means the same on any machine:

- a letter of 190 words, fresh and again, against the floor (one trie-factored pass of all phrases that are cues, and one split), against
  the same with 300 phrases only, and against proselint,
- 100 times the text against 100 times the time,
- one changed sentence in a letter of 600 words against a fresh letter of 600 words,
- the worst inputs of 100 KB against plain prose of the same size.
"""

import itertools
import re
import statistics
from collections.abc import Callable, Sequence
from functools import partial
from time import process_time
from typing import Any

from appealkit.annotate import annotate
from appealkit.tables import load

LETTER = """Dear Seller Performance Team,

We accept that our order defect rate of 1.29% is above the target of under 1%, and that preventing it was our task.

What went wrong
Between 2 March and 19 March 2026, 4 of our 310 orders (no. {number}) drew an A-to-z claim, three of them for items not received.

Root causes
1. Our stock sheet was updated only on Mondays, so we sold units that were no longer on the shelf.
2. Messages were read by one person only, who was away from 9 to 13 March, and nobody had taken over the inbox.

What we have done
- On 21 March 2026 we refunded all four buyers and told them so.
- On 22 March 2026 we counted every shelf and corrected {number} quantities.

How we prevent a repeat
- Each morning at 8:00 a second person counts the shelf against the listings and signs the sheet.
- Lin and Mei answer messages in two shifts; no message waits longer than 12 hours, also on Sunday.
- Every Monday we review the order defect rate and stop a listing at the first claim.

We will keep our order defect rate below 1%. Please reinstate our selling privileges, or tell us what else you need for order {number}.

Kind regards,
Lin Mei
Blue Kite Store
"""


ANY = {"*": r"\w*", "#": r"\d+"}
WORST = {
    "blank lines": "\n", "list marks": "- ", "brackets": "(", "square brackets": "[", "digits": "7", "a a a": "a ", "one letter": "a",
    "full stops": ".", "quotation marks": '"', "quoted lines": "> a\n", "headings": "A:\n", "list items": "- a\n", "dates": "1/2/",
    "commas": "1,", "points": "1.", "rates": "1% ", "dashes": "-", "addresses": "a@", "titles": "Mr. ", "numbers": "1. ",
    "names": "Mr Aa ", "sentences": "a. ",
    "slips": "recived ", "quoted slips": '"recived ', "unknown names": "Xqzt ",
}  # fmt: skip
"""What a pattern could stumble over, by name: the text repeats it."""


def in_turn(runs: Sequence[Callable[[], object]], turns: int, row: int = 1) -> list[float]:
    """Return the median seconds of the processor for each of several runs; they take turns of some in a row: other work hardly counts."""
    times: list[list[float]] = [[] for _ in runs]
    for _ in range(turns):
        for run, taken in zip(runs, times, strict=True):
            for _ in range(row):
                start = process_time()
                run()
                taken.append(process_time() - start)
    return list(map(statistics.median, times))


def fresh_letters(words: int = 190) -> Callable[[], str]:
    """Return a source of letters, each of them new in every sentence, so that nothing remembered helps."""
    counter = itertools.count(1000)

    def letter() -> str:
        parts = [re.sub(r"(?m)([a-z]{4,})(?=[.,;:]|$)", rf"\1 {next(counter)}", LETTER.format(number=next(counter)))]
        while sum(len(part.split()) for part in parts) < words:
            parts.append(re.sub(r"(?m)([a-z]{4,})(?=[.,;:]|$)", rf"\1 {next(counter)}", LETTER.format(number=next(counter))))
        return "\n".join(parts)

    return letter


def trie(phrases: list[str]) -> str:
    """Return a pattern in which phrases share their beginnings; `*` in them is the rest of a word, or a word, and `#` a number."""
    tree: dict[str, Any] = {}
    for phrase in phrases:
        node = tree
        for character in phrase:
            node = node.setdefault(character, {})
        node[""] = {}

    def pattern(node: dict[str, Any]) -> str:
        branches = [ANY.get(character, re.escape(character)) + pattern(rest) for character, rest in sorted(node.items()) if character]
        if not branches:
            return ""
        joined = f"(?:{'|'.join(branches)})" if len(branches) > 1 or "" in node else branches[0]
        return joined + ("?" if "" in node else "")

    return pattern(tree)


def main() -> None:
    """Print the figures."""
    phrases = [phrase.strip() for listed in load("cues.toml")["phrases"].values() for phrase in listed.split(",") if phrase.strip()]
    every_phrase, few_phrases = re.compile(rf"\b{trie(phrases)}\b"), re.compile(rf"\b{trie(phrases[:300])}\b")
    split = re.compile(r"(?<=[.!?])\s+|\n+")
    fresh = fresh_letters()
    annotate(fresh())
    letters = iter([fresh() for _ in range(1000)])
    same = fresh()
    runs: list[Callable[[], object]] = [
        lambda: annotate(next(letters)),
        lambda: annotate(same),
        lambda: (every_phrase.findall((text := next(letters)).lower()), split.split(text)),
        lambda: (few_phrases.findall((text := next(letters)).lower()), split.split(text)),
    ]
    try:
        from proselint.checks import __register__
        from proselint.config import DEFAULT
        from proselint.registry import CheckRegistry
        from proselint.tools import LintFile

        CheckRegistry().register_many(__register__)
        runs.append(lambda: LintFile("letter", next(letters)).lint(DEFAULT))
    except ImportError:
        print("proselint is not installed: no comparison")
    kit, again, floor, lower_floor, *lint = in_turn(runs, turns=8, row=20)
    print(f"floor: {floor * 1000:.3f} ms with {len(phrases)} phrases, {lower_floor * 1000:.3f} ms with 300")
    for name, taken in {f"fresh letter of {len(same.split())} words": kit, "the same letter again": again}.items():
        print(f"{name}: {taken * 1000:.3f} ms, ratio {taken / floor:.1f} (at most 8), {taken / lower_floor:.1f} with 300 phrases")
        for other in lint:
            print(f"  proselint on the same: {other * 1000:.2f} ms, {other / taken:.1f} times slower (at least 5)")

    long = ["\n".join(fresh() for _ in range(100)) for _ in range(3)]
    (hundred, hundred_letters) = in_turn([lambda: annotate(long.pop()), lambda: [annotate(next(letters)) for _ in range(100)]], 3)
    print(f"100 times the text: {hundred / hundred_letters:.2f} times the time of 100 letters (at most 1.2)")

    book = fresh_letters(600)
    text = book()
    text = text[: [found.end() for found in re.finditer(r"\S+", text)][600]]
    annotate(text)
    versions = iter([text.replace("signs the sheet", f"signs the sheet {'x' * number}", 1) for number in range(1, 100)])
    (key,) = in_turn([lambda: annotate(next(versions))], 90)
    print(f"one changed sentence in {len(text.split())} words: {key * 1000:.2f} ms (under 1)")

    for name, unit in WORST.items():
        text = f"We are sorry. {unit * (100_000 // len(unit))}"  # a letter, so that every rule looks for its words
        print(f"100 KB of {name}: {in_turn([partial(annotate, text)], 1)[0]:.3f} s (under 1)")


if __name__ == "__main__":
    main()
