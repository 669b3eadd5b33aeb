"""Its rows of the permission table (tests/test_permissions.py)."""

from __future__ import annotations

from collections.abc import Callable


def add(row: Callable[..., None]) -> None:
    # The people of the table have just been put in a session, without a proof: they are asked for one first.
    row("privacy:erase", "302 " * 11)
    row("privacy:receipt", "404 " * 11, token="inconnu")
