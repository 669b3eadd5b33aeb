"""What « mon espace » says of programmes: those one leads, those the association is in or asked into. 1 query."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from apps.accounts.enums import PlatformRole
from apps.accounts.models import Organisation, User
from apps.accounts.requests import SignedInRequest
from apps.accounts.selectors import platform_roles_of
from apps.dashboards.models import Consent, Programme, ProgrammeInvitation

MOST = 5


def programmes_around(user: User, organisation: Organisation | None) -> QuerySet[Programme]:
    """Open ones, with ``is_led``, ``is_joined``, ``is_waiting``. 1 query."""
    proven = EmailAddress.objects.filter(user=user, verified=True).annotate(low=Lower("email")).values("low")
    led = Programme.people.through.objects.filter(user=user)
    joined = Consent.objects.filter(organisation=organisation, withdrawn_at=None).order_by()
    waiting = (
        ProgrammeInvitation.objects.alias(low=Lower("email"))
        .filter(answer="", expires_at__gt=timezone.now(), low__in=proven)
        .order_by()
    )
    # Their keys first, each by its index: the three conditions alone would read every programme and invitation.
    around = led.values("programme").union(joined.values("programme"), waiting.values("programme"))
    here = {"programme": OuterRef("pk")}
    rows = Programme.objects.filter(pk__in=around).annotate(
        is_led=Exists(led.filter(**here)),
        is_joined=Exists(joined.filter(**here)),
        is_waiting=Exists(waiting.filter(**here)),
    )
    return rows.filter(Q(is_led=True) | Q(is_joined=True) | Q(is_waiting=True, closed_at=None)).order_by(
        "-opened_at"
    )


def section(request: SignedInRequest, organisation: Organisation | None) -> dict[str, Any] | None:
    """For ``settings.SPACE_SECTIONS``. None for who leads no programme and has no association."""
    roles = platform_roles_of(request.user)
    leads = PlatformRole.FUNDER in roles
    if organisation is None and not leads:
        return None
    rows: list[Any] = list(programmes_around(request.user, organisation))
    led = [row for row in rows if row.is_led and leads]
    space = {
        "leads": leads,
        "led": led[:MOST],
        "has_more": len(led) > MOST,
        "joined": [row for row in rows if row.is_joined],
        "waiting": [row for row in rows if row.is_waiting and not row.is_joined and row.is_open],
        "organisation": organisation,
    }
    return {"template": "dashboards/space.html", "context": {"space": space}}
