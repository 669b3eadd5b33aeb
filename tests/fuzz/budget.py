"""How long, and from which seed. ``make test`` plays one round of a fixed seed; ``make fuzz`` plays rounds until time is out.

``FUZZ_SEED`` alone replays one round; a failure names the seed of its round.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

from hypothesis import HealthCheck, Phase, settings

SEED = int(os.environ.get("FUZZ_SEED") or 8)
MINUTES = float(os.environ.get("FUZZ_MINUTES") or 0)


def rounds(share: float) -> Iterator[int]:
    """Seeds: one, then others while this share of the minutes lasts."""
    end, seed = time.monotonic() + MINUTES * 60 * share, SEED
    while True:
        print(f"FUZZ_SEED={seed}")  # noqa: T201 - pytest shows it with the failure
        yield seed
        seed += 1
        if time.monotonic() >= end:
            return


def effort(examples: int) -> settings:
    return settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
