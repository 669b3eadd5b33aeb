"""Rows of the permission table for ``apps.dashboards.situate`` (see tests/test_permissions.py)."""

from __future__ import annotations

from collections.abc import Callable

MEMBERS = "302 302 404 200 200 200 200 404 404 404 404"


def add(row: Callable[..., None]) -> None:
    """``row(name, expected, method="get", **arguments)``; placeholders come from ``tests.dashboards.world.around``."""
    row("dashboards:situate", MEMBERS, campaign="{closed}")
