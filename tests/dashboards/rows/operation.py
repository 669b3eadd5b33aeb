"""Rows of the permission table for ``apps.dashboards.operation`` (see tests/test_permissions.py)."""

from __future__ import annotations

from collections.abc import Callable

# Pages of operators alone, and what they get of an act: done (302), refused with its page (422).
OPERATORS = "302 302 403 403 403 403 403 403 403 403 200"
DO_OPERATORS = "302 302 403 403 403 403 403 403 403 403 302"
UNSAID = "302 302 403 403 403 403 403 403 403 403 422"


def add(row: Callable[..., None]) -> None:
    """``row(name, expected, method="get", **arguments)``; placeholders come from ``tests.dashboards.world.around``."""
    row("dashboards:operation", OPERATORS)
    row("dashboards:release_build", UNSAID, "post")
    row("dashboards:operation_release", OPERATORS, pk="{draft_release}")
    row("dashboards:release_status", DO_OPERATORS, pk="{draft_release}")
    row("dashboards:release_publish", UNSAID, "post", pk="{draft_release}")
    for name in ("release_set_aside", "release_retry", "release_audit"):
        row(f"dashboards:{name}", DO_OPERATORS, "post", pk="{draft_release}")
    row("dashboards:compare", OPERATORS, pk="{draft_release}", table="axes-region")
