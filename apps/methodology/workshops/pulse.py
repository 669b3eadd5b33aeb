"""Screens of a table look every second and a half: most looks are answered before anything else runs."""

from __future__ import annotations

from apps.core.pulse import Pulse
from apps.core.pulse import PulseMiddleware as Base
from apps.methodology.workshops import selectors

# A look and what is believed of it: what one person does is on every screen within two seconds.
PULSE = Pulse(r"/atelier/([A-Z]{6})/", selectors.version_by_code, fresh=0.3)


class PulseMiddleware(Base):
    pulse = PULSE
