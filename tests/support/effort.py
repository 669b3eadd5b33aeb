"""What work costs: time of the processor, compared in one run. Seconds of a shared machine say nothing."""

from __future__ import annotations

import time
from collections.abc import Callable


def effort(act: Callable[[], object], rounds: int = 1) -> float:
    """Seconds of the processor, the least of ``rounds``; what waits or what another process takes is not counted."""
    least = float("inf")
    for _ in range(rounds):
        begin = time.process_time()
        act()
        least = min(least, time.process_time() - begin)
    return least
