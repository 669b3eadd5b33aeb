"""Phones of a debate look every four seconds: most looks are answered before anything else runs."""

from __future__ import annotations

from apps.core.pulse import Pulse
from apps.core.pulse import PulseMiddleware as Base
from apps.course.debates import selectors

PULSE = Pulse(r"/vote/([A-Z]{6})/", selectors.version_by_code, fresh=1.0)


class PulseMiddleware(Base):
    pulse = PULSE
