"""Its rows of the permission table (tests/test_permissions.py)."""

from __future__ import annotations

from collections.abc import Callable

OPERATORS = "302 302 403 403 403 403 403 403 403 403 200"
NOTHING = "302 302 403 403 403 403 403 403 403 403 404"
NO_TOKEN = "404 " * 11


def add(row: Callable[..., None]) -> None:
    row("operations:home", OPERATORS)
    row("operations:document_retry", NOTHING, "post", pk="00000000-0000-4000-8000-000000000000")
    row("operations:mail_retry", NOTHING, "post", pk="987654")
    row("operations:metrics", NO_TOKEN)
