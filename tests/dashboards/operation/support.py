"""Releases in every state, and exact tables beside the published ones."""

from __future__ import annotations

from fractions import Fraction
from typing import Any
from uuid import uuid4

from apps.dashboards.disclosure.cells import Exact
from apps.dashboards.enums import ReleaseState, Suppressed
from apps.dashboards.models import AuditRun, Release
from apps.dashboards.quarters import Quarter
from tests.dashboards import world

HERE = "/exploitation/publications/"
# An exact number that no other page may show: it is looked for as it is written.
SECRET = 1237
GONE = "00000000-0000-4000-8000-00000000dead"


def url(release: Release, tail: str = "") -> str:
    return f"{HERE}{release.pk}/{tail}"


def waiting(state: str = ReleaseState.REQUESTED, **fields: Any) -> Release:
    quarter = fields.pop("quarter", Quarter(2025, 1))
    return world.release(state=state, quarter=quarter, **fields)


def draft(**fields: Any) -> Release:
    """Built, clean: only an operator's tick is missing."""
    return world.release(state=ReleaseState.BUILT, **{"quarter": Quarter(2025, 2), "size": 320, **fields})


def attack(code: str = "A2", *findings: str, tries: int = 12, note: str = "") -> dict[str, Any]:
    title = "Retrouver une case masquée par soustraction"
    return {"code": code, "title": title, "tries": tries, "findings": list(findings), "note": note}


def audited(release: Release, *attacks: dict[str, Any]) -> AuditRun:
    clean = not any(one["findings"] for one in attacks)
    return AuditRun.objects.create(release=release, attacks=list(attacks), is_clean=clean)


def with_regions(release: Release) -> None:
    """« axes-region » with one region of each sort: shown, hidden, nobody, nothing given, kept from before."""
    cells = {
        "53": {"state": "shown", "n": 45, "mean": 52},
        "11": {"state": "hidden"},
        "94": {"state": "zero", "n": 0},
        "93": {"state": "missing"},
        "28": {"state": "shown", "n": 30, "mean": 61, "since": "2026-t1"},
    }
    exact = {
        "53": Exact(46, 2, {"mean": Fraction("52.37")}, {str(release.pk): 14}),
        "11": Exact(SECRET, 0, {"mean": Fraction("47.25")}),
        "94": Exact(0),
        "93": Exact(0),
        "28": Exact(33, 0, {"mean": Fraction(64)}, {GONE: 3, str(uuid4()): 0}),
    }
    table = release.tables.get(key="axes-region")
    columns = [{"key": "C", "label": "Alliances stratégiques"}]
    rows = [{"key": key, "label": f"Région {key}", "cells": {"C": cell}} for key, cell in cells.items()]
    table.protected = {**table.protected, "columns": columns, "rows": rows, "hidden": 1}
    table.save()
    stored = {"cells": {f"{key}/C": cell.as_json() for key, cell in exact.items()}, "bases": {}}
    release.exact_tables.filter(key="axes-region").update(exact=stored)
    for row, reason in (("11", Suppressed.SMALL), ("28", Suppressed.MOVED)):
        release.suppressions.create(table="axes-region", row=row, column="C", reason=reason)
