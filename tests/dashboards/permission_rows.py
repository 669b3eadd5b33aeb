"""The addresses of the dashboards × the roles of the platform (see tests/test_permissions.py)."""

from __future__ import annotations

from collections.abc import Callable

from tests.dashboards.rows import consents, operation, programmes, releases, situate


def add(row: Callable[..., None]) -> None:
    for part in (releases, programmes, consents, operation, situate):
        part.add(row)
