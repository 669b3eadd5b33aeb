"""A FEC of half a million lines: the parser beside ``csv.reader`` alone, on the same file, in the same run.

``python -m tests.bench.fec`` measures this alone; it needs no server.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from apps.ledger.fec import read
from tests.support import fec

LINES, ROUNDS = 500_000, 3
SLOWEST, MOST_MEMORY = 3.0, 300  # times csv.reader; MB
ROOT = Path(__file__).resolve().parents[2]
# The memory is that of a fresh process that only reads: its peak, as the system counts it.
PEAK = """
import resource, sys
from pathlib import Path
from apps.ledger.fec import read
with open(sys.argv[1], "rb") as source:
    assert read(source).lines == int(sys.argv[2])
status = Path("/proc/self/status")
if status.exists():  # ru_maxrss would be the parent's here: Linux keeps it through exec
    print(next(int(line.split()[1]) for line in status.open() if line.startswith("VmHWM")) // 1024)
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 2**20)
"""


@dataclass(frozen=True)
class Measure:
    """Seconds of each round, one after the other on the same file; ``memory``: MB at the peak."""

    lines: int
    megabytes: int
    ours: tuple[float, ...]
    bare: tuple[float, ...]
    memory: int

    @property
    def ratio(self) -> float:
        return median(self.ours) / median(self.bare)


def bare(path: Path) -> float:
    begin = time.perf_counter()
    with path.open(encoding="utf-8", newline="") as source:
        for _ in csv.reader(source, delimiter="\t", quoting=csv.QUOTE_NONE):
            pass
    return time.perf_counter() - begin


def ours(path: Path, count: int) -> float:
    begin = time.perf_counter()
    with path.open("rb") as source:
        reading = read(source, size=path.stat().st_size, progress=lambda percent: None)
    assert reading.lines == count
    return time.perf_counter() - begin


def peak(path: Path, count: int) -> int:
    done = subprocess.run(
        [sys.executable, "-c", PEAK, str(path), str(count)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)


def measure(count: int = LINES, rounds: int = ROUNDS) -> Measure:
    """The two take turns, so that a busy machine slows both."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fec.txt"
        with path.open("w", encoding="utf-8", newline="") as target:
            target.writelines(row + "\r\n" for row in fec.rows(fec.lines(count), fec.Dialect()))
        pairs = [(ours(path, count), bare(path)) for _ in range(rounds)]
        return Measure(
            lines=count,
            megabytes=path.stat().st_size // 2**20,
            ours=tuple(one for one, _ in pairs),
            bare=tuple(other for _, other in pairs),
            memory=peak(path, count),
        )


def told(measured: Measure) -> list[str]:
    slow = "" if measured.ratio <= SLOWEST else "   > 3"
    heavy = "" if measured.memory <= MOST_MEMORY else "   > 300"
    return [
        f"FEC de {measured.lines} lignes ({measured.megabytes} Mo)".replace(".", ","),
        f"  lecture {median(measured.ours):.2f} s   csv.reader seul {median(measured.bare):.2f} s   rapport"
        f" {measured.ratio:.2f}, visé : 3 au plus{slow}".replace(".", ",").replace(
            "csv,reader", "csv.reader"
        ),
        f"  mémoire {measured.memory} Mo, visé : 300 au plus{heavy}",
    ]


if __name__ == "__main__":
    print("\n".join(told(measure())))  # noqa: T201
