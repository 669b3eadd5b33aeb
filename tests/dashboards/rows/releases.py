"""Rows of the permission table for ``apps.dashboards.releases`` (see tests/test_permissions.py)."""

from __future__ import annotations

from collections.abc import Callable


def add(row: Callable[..., None]) -> None:
    """``row(name, expected, method="get", **arguments)``; placeholders come from ``tests.dashboards.world.around``."""
    row("dashboards:releases", "200 " * 11)
    row("dashboards:release", "200 " * 11, slug="{release}")
    row("dashboards:figure", "200 " * 11, slug="{release}", table="axes")
    # The files of a release, and its sheet of confidentiality: see ``export_urls``.
    row("dashboards:sheet", "200 " * 11, slug="{release}")
    row("dashboards:sheet_pdf", "200 " * 11, slug="{release}")
    row("dashboards:pdf", "302 " * 11, "post", slug="{release}")
    row("dashboards:workbook", "200 " * 11, slug="{release}", ext="xlsx")
    row("dashboards:table_file", "200 " * 11, slug="{release}", table="axes", ext="csv")
    row("dashboards:figure_png", "200 " * 11, slug="{release}", table="axes")
