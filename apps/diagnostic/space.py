"""What the space home says of the diagnostic, in two queries at most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from apps.accounts.models import Organisation
from apps.accounts.requests import SignedInRequest
from apps.accounts.roles import MANAGERS
from apps.diagnostic import express, selectors
from apps.diagnostic.models import Campaign


@dataclass(frozen=True, slots=True)
class SpacePanel:
    """Campaigns come from ``selectors.campaigns_summary``; ``kept`` counts the express answers she may use now."""

    current: Campaign | None
    closed: list[Campaign]
    elsewhere: list[Campaign]
    manager: bool
    kept: int


def section(request: SignedInRequest, organisation: Organisation | None) -> dict[str, Any] | None:
    """Current campaign, results and next step, for ``settings.SPACE_SECTIONS``; None without an association."""
    if organisation is None:
        return None
    everywhere = list(selectors.campaigns_summary(organisation, request.user))
    campaigns = [c for c in everywhere if c.organisation_id == organisation.pk]
    current = next((c for c in campaigns if c.is_open), None)
    manager = request.place is not None and request.place.role in MANAGERS
    panel = SpacePanel(
        current=current,
        closed=[c for c in campaigns if not c.is_open],
        elsewhere=[c for c in everywhere if c.organisation_id != organisation.pk],
        manager=manager,
        kept=len(express.kept(request)) if manager or current else 0,
    )
    return {"template": "diagnostic/space.html", "context": {"space": panel}}
