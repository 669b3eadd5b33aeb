"""Rows of the permission table for ``apps.dashboards.consents`` (see tests/test_permissions.py)."""

from __future__ import annotations

from collections.abc import Callable

MEMBERS = "302 302 404 200 200 200 200 404 404 404 404"
DO_MANAGERS = "302 302 404 403 403 302 302 404 404 404 404"
HERE = {"pk": "{organisation}"}


def add(row: Callable[..., None]) -> None:
    """``row(name, expected, method="get", **arguments)``; placeholders come from ``tests.dashboards.world.around``."""
    row("dashboards:sharing", MEMBERS, **HERE)
    row("dashboards:national_switch", DO_MANAGERS, "post", **HERE)
    for name in ("consent_withdraw", "consent_report"):
        row(f"dashboards:{name}", DO_MANAGERS, "post", **HERE, consent="{consent}")
