"""How fast a notice is read, and a hundred kilobytes of what may be pasted: `python tests/bench/bench_notice.py`.

The floor is the same text folded to lower case in the same run.
"""

import json
from pathlib import Path
from time import perf_counter

from appealkit.reading import read_notice

BYTES = 100_000
UNITS = ("not ", "why?\n\n", "- not received\n", "item not ", "please prevent, ", "odr 5% lsr 6% ", "- a:\n", "未收到商品", "<", "a")
NOTICES = Path(__file__).parent.parent / "notices" / "tuned.jsonl"


def seconds(text: str, rounds: int = 1) -> float:
    """Return how long it takes to read a notice."""
    start = perf_counter()
    for _ in range(rounds):
        read_notice(text)
    return (perf_counter() - start) / rounds


def main() -> None:
    """Print the figures."""
    texts = [json.loads(line)["text"] for line in NOTICES.read_text(encoding="utf-8").splitlines()]
    print(f"the first notice, with its patterns made: {seconds(texts[0]):.2f} s")
    print(f"each of {len(texts)} notices: {1000 * sum(map(seconds, texts)) / len(texts):.1f} ms")
    for text in (texts[0] * (BYTES // len(texts[0])), *(unit * (BYTES // len(unit.encode())) for unit in UNITS)):
        start = perf_counter()
        text.lower()
        floor = perf_counter() - start
        took = seconds(text)
        print(
            f"{len(text.encode()) / 1000:.0f} KB of {text[:16]!r}: {took:.2f} s (at most 1), {took / floor:.0f} times a fold to lower case"
        )


if __name__ == "__main__":
    main()
