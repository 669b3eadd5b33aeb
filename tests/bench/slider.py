"""One move of a slider, asked of the server: session, seat, two reads, ten thousand drawings, the figures drawn again.

``python -m tests.bench.slider`` starts a platform of its own and measures it; the bar is 150 ms at the 95th percentile.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from statistics import quantiles
from typing import Any

from tests.bench.client import Browser, Times, timed
from tests.support.stack import Stack, running

ROUNDS, SIZES, BAR = 200, (3, 12, 20), 150
MADE = "tests.methodology.simulation.bench"


@dataclass(frozen=True)
class Moved:
    hypotheses: int
    times: Times

    @property
    def p95(self) -> float:
        return quantiles(self.times.seconds, n=20)[-1]


def measure(stack: Stack, rounds: int = ROUNDS, sizes: Sequence[int] = SIZES) -> list[Moved]:
    """Every move tries another value between low and high: nothing counted before serves again."""
    said = stack.manage("shell", "--verbosity", "0", "-c", f"from {MADE} import make; make({list(sizes)!r})")
    made: dict[str, Any] = json.loads(said.strip().splitlines()[-1])
    browser = Browser(stack.port, made["session"])
    found = []
    for size, scenario in zip(sizes, made["scenarios"], strict=True):
        path = f"/agir/demarches/{made['engagement']}/simulateur/{scenario['key']}/"
        browser.ask(path)
        each = []
        for turn in range(rounds):
            key, low, high = scenario["hypotheses"][turn % size]
            value = low + (high - low) * (turn + 0.5) / rounds
            address = f"{path}essai/?v-{key}={value:.2f}"
            each.append(timed(partial(answered, browser, address)))
        found.append(Moved(size, Times(tuple(each))))
    return found


def answered(browser: Browser, address: str) -> None:
    assert browser.ask(address, htmx=True).status == 200, address


def told(moves: Sequence[Moved]) -> list[str]:
    return [
        f"Curseur du simulateur (au plus {BAR} ms au 95e centile)",
        *(
            f"  {one.hypotheses} hypothèses   médiane {1000 * one.times.median:.0f} ms   p95 {1000 * one.p95:.0f} ms"
            for one in moves
        ),
    ]


if __name__ == "__main__":
    with running() as platform:
        print("\n".join(told(measure(platform))))  # noqa: T201
