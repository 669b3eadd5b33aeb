"""Its rows of the permission table (tests/test_permissions.py)."""

from __future__ import annotations

from collections.abc import Callable

PUBLIC = "200 " * 11
SIGNED = "302 302 200 200 200 200 200 200 200 200 200"


def add(row: Callable[..., None]) -> None:
    row("privacy:register", PUBLIC)
    row("privacy:register_csv", PUBLIC)
    row("privacy:data", SIGNED)
    row("privacy:copy", "302 " * 11, "post")
