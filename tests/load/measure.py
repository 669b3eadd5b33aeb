"""One crowd against one server, and what the processes weigh meanwhile."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.support.stack import ROOT

EVERY = 5.0  # seconds between two looks at the memory
# A process has imported what it needs and filled its caches.
WARM_UP = 90.0


@dataclass(frozen=True)
class Line:
    """Of one kind of act, or of all. Milliseconds; ``rate``: acts a second."""

    name: str
    count: int
    failures: int
    rate: float
    p50: float
    p95: float
    p99: float


@dataclass
class Memory:
    """``seen``: process → (seconds since the start, megabytes that are its own or its share of)."""

    seen: dict[int, list[tuple[float, float]]] = field(default_factory=dict)

    def look(self, at: float, root: int) -> None:
        with suppress(psutil.Error):
            parent = psutil.Process(root)
            for process in (parent, *parent.children(recursive=True)):
                with suppress(psutil.Error):
                    weight = process.memory_full_info().pss / 1e6
                    self.seen.setdefault(process.pid, []).append((at, weight))

    @property
    def most(self) -> float:
        """Of all the processes together, at the worst moment."""
        moments: dict[float, float] = {}
        for looks in self.seen.values():
            for at, weight in looks:
                moments[at] = moments.get(at, 0.0) + weight
        return max(moments.values(), default=0.0)

    @property
    def growth(self) -> float:
        """Megabytes that the fattest process took after its warm-up: the mean of its last looks less that of its first."""
        found = [0.0]
        for looks in self.seen.values():
            warm = [weight for at, weight in looks if at >= looks[0][0] + WARM_UP]
            third = len(warm) // 3
            if third:
                found.append(sum(warm[-third:]) / third - sum(warm[:third]) / third)
        return max(found)


@contextmanager
def weighed(*roots: int) -> Iterator[list[Memory]]:
    """One ``Memory`` for each tree of processes, filled until the end of the block."""
    memories, ended, begin = [Memory() for _ in roots], threading.Event(), time.monotonic()

    def watch() -> None:
        while not ended.wait(EVERY):
            at = round(time.monotonic() - begin)
            for memory, root in zip(memories, roots, strict=True):
                memory.look(at, root)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield memories
    finally:
        ended.set()
        thread.join(30)


def crowd(
    port: int,
    folder: Path,
    *,
    people: int,
    seconds: int,
    seed: Path,
    bare: bool = False,
    first: int = 0,
) -> list[Line]:
    """They all arrive within ten seconds; the act under way is finished in the end. The last line is the sum.

    ``first``: the number of the first person, among those of the seed.
    """
    name = folder / ("bare" if bare else "pages")
    env = {
        **os.environ,
        "LOAD_SEED": str(seed),
        "LOAD_FIRST": str(first),
        **({"LOAD_BARE": "1"} if bare else {"LOAD_KEPT": str(folder / f"kept-{first}.json")}),
    }
    command = [
        sys.executable, "-m", "locust", "-f", "tests/load/scenario.py", "--headless", "--only-summary",
        "--host", f"http://127.0.0.1:{port}", "-u", str(people), "-r", str(max(1, people // 10)),
        "--run-time", f"{seconds}s", "--stop-timeout", "60", "--csv", str(name), "--exit-code-on-error", "0",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-4000:]
    return lines(Path(f"{name}_stats.csv"))


def lines(path: Path) -> list[Line]:
    with path.open(newline="") as file:
        return [
            Line(
                name="ensemble" if row["Name"] == "Aggregated" else row["Name"],
                count=int(row["Request Count"]),
                failures=int(row["Failure Count"]),
                rate=float(row["Requests/s"]),
                p50=_milliseconds(row["50%"]),
                p95=_milliseconds(row["95%"]),
                p99=_milliseconds(row["99%"]),
            )
            for row in csv.DictReader(file)
        ]


def _milliseconds(text: str) -> float:
    return 0.0 if text == "N/A" else float(text)
