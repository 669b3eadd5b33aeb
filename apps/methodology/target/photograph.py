"""Step 3, the photograph of the model today: what the page shows beside its lists."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from apps.methodology.bench.sheet import Sheet
from apps.methodology.target import accounts, sheets


def show(sheet: Sheet) -> dict[str, Any]:
    """No query beside the sheet's."""
    made = sheets.cards(sheet)
    lacking = sheets.missing(sheet)
    title, *more = sheets.sentences(made, len(lacking))
    return {
        "title": title,
        "more": more,
        "svg": sheets.picture(made),
        "cards": made,
        "lacking": len(lacking),
        "key": uuid4(),
        "accounts": accounts.overview(sheet),
    }
