"""What « mon espace » says of an association that is about to close."""

from __future__ import annotations

from typing import Any

from apps.accounts.enums import Role
from apps.accounts.models import Organisation
from apps.accounts.requests import SignedInRequest
from apps.privacy.models import ClosureRequest


def section(request: SignedInRequest, organisation: Organisation | None) -> dict[str, Any] | None:
    """For ``settings.SPACE_SECTIONS``. No query when nothing is asked: ``settings.PLACE_RELATED``."""
    asked: ClosureRequest | None = getattr(organisation, "closure", None)
    if asked is None:
        return None
    may_cancel = request.place is not None and request.place.role == Role.ADMIN
    context = {"asked": asked, "organisation": organisation, "may_cancel": may_cancel}
    return {"template": "privacy/closing.html", "context": context}
