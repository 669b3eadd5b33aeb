"""Rows of the permission table for ``apps.dashboards.programmes`` (see tests/test_permissions.py)."""

from __future__ import annotations

from collections.abc import Callable

PUBLIC = "200 " * 11
FUNDERS = "302 302 403 403 403 403 403 403 403 200 403"
DO_FUNDERS = "302 302 403 403 403 403 403 403 403 302 403"
ONE = {"pk": "{programme}"}


def add(row: Callable[..., None]) -> None:
    """``row(name, expected, method="get", **arguments)``; placeholders come from ``tests.dashboards.world.around``."""
    for name in ("programmes", "programme_open"):
        row(f"dashboards:{name}", FUNDERS)
    for name in ("programme", "programme_follow_up", "programme_edit", "programme_invite"):
        row(f"dashboards:{name}", FUNDERS, **ONE)
    # Nothing posted: the form again.
    row("dashboards:programme_person_add", FUNDERS.replace("200", "422"), "post", **ONE)
    for name in ("programme_code", "programme_close"):
        row(f"dashboards:{name}", DO_FUNDERS, "post", **ONE)
    row("dashboards:programme_person_remove", DO_FUNDERS, "post", **ONE, person="987654")
    for name in ("programme_invitation_resend", "programme_invitation_revoke"):
        row(f"dashboards:{name}", DO_FUNDERS, "post", **ONE, invitation="{programme_invitation}")
    row("dashboards:programme_join", PUBLIC)
    row("dashboards:programme_join_code", PUBLIC, code="{programme_code}")
    row("dashboards:programme_invitation", "404 " * 11, token="inconnu")
