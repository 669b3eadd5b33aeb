"""What « mon espace » shows to who operates the platform."""

from __future__ import annotations

from typing import Any

from apps.accounts.enums import PlatformRole
from apps.accounts.models import Organisation
from apps.accounts.requests import SignedInRequest
from apps.accounts.selectors import platform_roles_of


def section(request: SignedInRequest, organisation: Organisation | None) -> dict[str, Any] | None:
    """For ``settings.SPACE_SECTIONS``. No query of its own."""
    if PlatformRole.OPERATOR not in platform_roles_of(request.user):
        return None
    return {"template": "operations/space.html", "context": {}}
