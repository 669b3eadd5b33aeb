"""What the home page shows: the doors, two published shares, the board's module, a case."""

from __future__ import annotations

from datetime import date
from typing import Any

from apps.catalogue import presenters, selectors
from apps.catalogue.enums import ResourceKind
from apps.catalogue.models import Door
from apps.pages import figures
from apps.pages.presenters import case_of_the_week

WEEKS = 52  # among the latest: the whole library is never read for one case


def context(today: date) -> dict[str, Any]:
    case = case_of_the_week(list(selectors.webinars()[:WEEKS]), today)
    return {
        "doors": Door.objects.all(),
        "cash": figures.cash(selectors.reference_points().filter(code__in=figures.CASH)),
        "case": presenters.cards([case])[0] if case else None,
        "signature": figures.signature([pillar.code for pillar in case.pillars.all()]) if case else None,
        "module": selectors.resource_names(ResourceKind.MODULE).first(),
    }
