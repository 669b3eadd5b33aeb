"""Its rows of the permission table (tests/test_permissions.py)."""

from __future__ import annotations

from collections.abc import Callable

# Admins of the association only; they are asked for a proof first, or have nothing to cancel.
ADMINS = "302 302 404 403 403 403 302 404 404 404 404"


def add(row: Callable[..., None]) -> None:
    row("privacy:close", ADMINS, pk="{organisation}")
    row("privacy:close_cancel", ADMINS, "post", pk="{organisation}")
