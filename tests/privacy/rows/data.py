"""Its rows of the permission table (tests/test_permissions.py)."""

from __future__ import annotations

from collections.abc import Callable


def add(row: Callable[..., None]) -> None:
    """Nothing yet."""
