"""Its rows of the permission table (tests/test_permissions.py)."""

from __future__ import annotations

from collections.abc import Callable


def add(row: Callable[..., None]) -> None:
    row("audit:journal", "302 302 200 200 200 200 200 200 200 200 200")
