"""How long a start takes, and against what it stands on: `python tests/bench/bench_import.py [RUNS]`.

`import appealkit` is clocked within a fresh Python and `appealkit check` of one letter as a whole process, each the best of several, with
modules compiled as after a first start. The aims are under 0.25 s and under 0.5 s.
"""

import os
import subprocess
import sys
import tempfile
from time import perf_counter

from appealkit.exercises.practice import make

FLOOR, OWN = "import pydantic, jinja2", "import appealkit"
CHECK = "appealkit check"
CLOCKED = "import time; begin = time.perf_counter(); {statement}; print(time.perf_counter() - begin)"


def seconds(statement: str, compiled: str) -> float:
    """Return the time that a fresh Python takes for a statement; what it compiles is kept in a folder."""
    return float(_run(["-c", CLOCKED.format(statement=statement)], compiled))


def checked(letter: str, compiled: str) -> float:
    """Return the time that the command takes for a letter, from the start of Python to its end."""
    begin = perf_counter()
    _run(["-m", *CHECK.split(), "-"], compiled, letter)
    return perf_counter() - begin


def _run(arguments: list[str], compiled: str, given: str = "") -> str:
    places = {**os.environ, "PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": "", "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, *arguments], input=given, capture_output=True, check=False, env=places, text=True)  # noqa: S603
    if done.stderr:
        raise RuntimeError(done.stderr)
    return done.stdout


def main(runs: int) -> None:
    """Measure all in turn, so that a busy machine is busy for each, and print them with their ratios."""
    letter = make(1, 2).text
    with tempfile.TemporaryDirectory() as compiled:
        checked(letter, compiled)
        times = [(seconds(FLOOR, compiled), seconds(OWN, compiled), checked(letter, compiled)) for _ in range(runs)]
    floor, own, check = map(min, zip(*times, strict=True))
    for name, taken in {FLOOR: floor, OWN: own, CHECK: check}.items():
        sys.stdout.write(f"{name:<24} {taken:.3f} s, ratio {taken / floor:.2f}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
