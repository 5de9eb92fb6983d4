"""How long `import appealkit` takes, and against what it stands on: `python tests/bench/bench_import.py [RUNS]`.

Each measure is the best of several fresh Pythons. The aim is under 0.25 s.
"""

import subprocess
import sys

FLOOR, OWN = "import pydantic, jinja2", "import appealkit"
CLOCKED = "import time; begin = time.perf_counter(); {statement}; print(time.perf_counter() - begin)"


def seconds(statement: str) -> float:
    """Return the time that a fresh Python takes for a statement."""
    script = CLOCKED.format(statement=statement)
    return float(subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout)  # noqa: S603


def main(runs: int) -> None:
    """Measure both in turn, so that a busy machine is busy for both, and print them with their ratio."""
    pairs = [(seconds(FLOOR), seconds(OWN)) for _ in range(runs)]
    floor, own = map(min, zip(*pairs, strict=True))
    sys.stdout.write(f"{FLOOR:<24} {floor:.3f} s\n{OWN:<24} {own:.3f} s\nratio {own / floor:.2f}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
