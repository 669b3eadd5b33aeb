"""What « mon espace » says of the accounts, to the members of the association. No query: the page it leads to says the rest."""

from __future__ import annotations

from typing import Any

from apps.accounts.models import Organisation
from apps.accounts.requests import SignedInRequest
from apps.accounts.roles import MANAGERS


def section(request: SignedInRequest, organisation: Organisation | None) -> dict[str, Any] | None:
    """For ``settings.SPACE_SECTIONS``. None without an association."""
    if organisation is None or request.place is None:
        return None
    context = {"organisation": organisation, "writes": request.place.role in MANAGERS}
    return {"template": "ledger/space.html", "context": context}
