"""The addresses of the accounts × the roles of the platform (see tests/test_permissions.py).

``{exercise}``: an exercise that was read; ``{accounts}``: its import; ``{other}``: an import of the same year, to check;
``{to_check}``: another, of a year that does not stand yet. All of them from ``support.around``.
"""

from __future__ import annotations

from collections.abc import Callable

SIGNED = "302 302 302 302 302 302 302 200 200 200 200"
MEMBERS = "302 302 404 200 200 200 200 404 404 404 404"
MANAGERS = "302 302 404 403 403 200 200 404 404 404 404"
DO_MANAGERS = "302 302 404 403 403 302 302 404 404 404 404"
HERE = {"organisation": "{organisation}"}


def add(row: Callable[..., None]) -> None:
    row("ledger:home", SIGNED)
    for name in ("years", "where", "picture"):
        row(f"ledger:{name}", MEMBERS, **HERE)
    for name in ("upload", "paste"):
        row(f"ledger:{name}", MANAGERS, **HERE)
    row("ledger:typed", MANAGERS, **HERE, year="2019")
    for name in ("import", "import_status"):
        row(f"ledger:{name}", MEMBERS, **HERE, pk="{accounts}")
    row("ledger:correct", DO_MANAGERS, "post", **HERE, pk="{accounts}")
    row("ledger:accept", DO_MANAGERS, "post", **HERE, pk="{to_check}")
    row("ledger:refuse", DO_MANAGERS, "post", **HERE, pk="{to_check}")
    row("ledger:year", MEMBERS, **HERE, pk="{exercise}")
    row("ledger:complete", DO_MANAGERS, "post", **HERE, pk="{exercise}")
    row("ledger:remove", DO_MANAGERS, "post", **HERE, pk="{exercise}")
    row("ledger:compare", MANAGERS, **HERE, pk="{exercise}", other="{other}")
