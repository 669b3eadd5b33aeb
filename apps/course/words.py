"""Durations and states as people say them (pure)."""

from __future__ import annotations

from apps.core.microtypography import NO_BREAK


def duration(minutes: int) -> str:
    """« 45 min », « 1 h 20 », « 2 h »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{NO_BREAK}min"
    return f"{hours}{NO_BREAK}h{NO_BREAK}{rest:02d}" if rest else f"{hours}{NO_BREAK}h"
