"""A clock that a file moves, in every process of the platform under test.

libfaketime would be nearer to the truth, but gunicorn under it does not always start.
"""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine

EVERY = 0.3  # seconds between two looks


def follow(path: Path) -> None:
    """From now on, here and in the processes forked from this one. The file holds seconds, « 0 » for the true time."""

    def start() -> None:
        threading.Thread(target=_turn, args=(path,), daemon=True).start()

    os.register_at_fork(after_in_child=start)
    start()


def _turn(path: Path) -> None:
    shown, traveller = 0, None
    while True:
        time.sleep(EVERY)
        wanted = shown
        with suppress(OSError, ValueError):
            wanted = int(path.read_text())
        if wanted == shown:
            continue
        if traveller:
            traveller.stop()
            traveller = None
        if wanted:
            traveller = time_machine.travel(datetime.now(UTC) + timedelta(seconds=wanted), tick=True)
            traveller.start()
        shown = wanted
