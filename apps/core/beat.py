"""Beat on a machine whose clock is set back: it would otherwise wait for the hour to come round again."""

from __future__ import annotations

import time
from typing import Any

import structlog
from celery.beat import PersistentScheduler

logger = structlog.get_logger(__name__)
# Clocks are corrected by less all the time.
JUMP = 5.0  # seconds


class SteadyScheduler(PersistentScheduler):
    """Rounds that seem to have run in the future are due again from now on."""

    _seen = 0.0

    def tick(self, *args: Any, **kwargs: Any) -> Any:
        now = time.time()
        if now < self._seen - JUMP:
            self._set_back(self._seen - now)
        self._seen = now
        return super().tick(*args, **kwargs)

    def _set_back(self, seconds: float) -> None:
        moment = self.app.now()
        for entry in self.schedule.values():
            if entry.last_run_at and entry.last_run_at > moment:
                entry.last_run_at = moment
        # What it had planned, in the time of before.
        self._heap = None
        logger.warning("clock_set_back", seconds=round(seconds))
