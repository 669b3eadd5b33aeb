"""The files that workers make of releases: each kind, who writes it, who may take it."""

from __future__ import annotations

from apps.dashboards.releases import files


def register() -> None:
    files.register()
