"""How fast a class of a thousand is counted, and with how much memory: `python tests/bench/bench_class.py`.

The floor is the same files read as plain JSON, in the same run.
"""

import json
import random
import resource
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from appealkit.classes.classroom import read_class
from appealkit.classes.view import class_to_page
from appealkit.rules import rules

FILES, ATTEMPTS, EXERCISES = 1_000, 200, 40


def write(folder: Path) -> None:
    """Write the files of a class."""
    dice = random.Random(7)  # noqa: S311 - the same files in every run
    known = list(rules())
    for number in range(FILES):
        attempts = []
        for place in range(ATTEMPTS):
            key = [[dice.randrange(16), rule] for rule in dice.sample(known, 3)]
            attempts.append(
                {
                    "exercise": f"letter-{place % EXERCISES}",
                    "at": f"2026-11-{1 + place // 24:02}T{place % 24:02}:30:00+08:00",
                    "outcome": dice.choice(("correct", "not-yet")),
                    "rules": [rule for _, rule in key],
                    "marks": [mark for mark in key if dice.random() < 0.6],
                    "key": key,
                    "principle": dice.choice(("cause", "closing", None)),
                }
            )
        content = {"appealkit": "attempts", "version": 1, "trainee": f"Trainee {number}", "attempts": attempts}
        (folder / f"{number}.json").write_text(json.dumps(content), encoding="utf-8")


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room)
        write(folder)
        start = perf_counter()
        floor = sum(len(json.loads(path.read_bytes())["attempts"]) for path in folder.iterdir())
        plain = perf_counter() - start
        start = perf_counter()
        report = read_class(folder, lang="en")
        page = class_to_page(report, "en")
        took = perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    print(f"{report.tally.attempted} of {floor} attempts in {FILES} files: {took:.1f} s (under 10), a page of {len(page)} characters")
    print(f"{took / plain:.1f} times plain JSON; peak memory {memory:.0f} MB (under 300)")


if __name__ == "__main__":
    main()
