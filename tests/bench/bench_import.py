"""How long `import appealkit` takes, and against what it stands on: `python tests/bench/bench_import.py [RUNS]`.

Each measure is the best of several fresh Pythons, which find their modules compiled, as after a first start. The aim is under 0.25 s.
"""

import os
import subprocess
import sys
import tempfile

FLOOR, OWN = "import pydantic, jinja2", "import appealkit"
CLOCKED = "import time; begin = time.perf_counter(); {statement}; print(time.perf_counter() - begin)"


def seconds(statement: str, compiled: str) -> float:
    """Return the time that a fresh Python takes for a statement; what it compiles is kept in a folder."""
    script = CLOCKED.format(statement=statement)
    places = {**os.environ, "PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}
    return float(subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, env=places).stdout)  # noqa: S603


def main(runs: int) -> None:
    """Measure both in turn, so that a busy machine is busy for both, and print them with their ratio."""
    with tempfile.TemporaryDirectory() as compiled:
        seconds(OWN, compiled)
        pairs = [(seconds(FLOOR, compiled), seconds(OWN, compiled)) for _ in range(runs)]
    floor, own = map(min, zip(*pairs, strict=True))
    sys.stdout.write(f"{FLOOR:<24} {floor:.3f} s\n{OWN:<24} {own:.3f} s\nratio {own / floor:.2f}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
