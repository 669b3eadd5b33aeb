"""Its rows of the permission table (tests/test_permissions.py)."""

from __future__ import annotations

from collections.abc import Callable

SIGNED = "302 302 200 200 200 200 200 200 200 200 200"
OPERATORS = "302 302 403 403 403 403 403 403 403 403 200"
NOTHING = "302 302 403 403 403 403 403 403 403 403 404"


def add(row: Callable[..., None]) -> None:
    row("support:grant", SIGNED)
    row("support:withdraw", "302 " * 11, "post")
    row("support:desk", OPERATORS)
    row("support:start", NOTHING, "post", pk="00000000-0000-4000-8000-000000000000")
    row("support:stop", "302 " * 11, "post")
