"""What the page of the framing note shows beside its fields."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from apps.methodology.bench.sheet import Sheet


def show(sheet: Sheet) -> dict[str, Any]:
    """``is_empty``: nothing written yet; ``coming``: (date, title, step) of the meetings ahead, soonest first."""
    today = timezone.localdate().isoformat()
    ahead = [row for row in sheet.rows("meeting") if str(row.get("date")) >= today]
    coming = [
        {"on": date.fromisoformat(row.get("date")), "title": row.title, "step": sheet.said(row, "step")}
        for row in sorted(ahead, key=lambda row: str(row.get("date")))
    ]
    return {"is_empty": not any(sheet.single("note").values.values()), "coming": coming}
