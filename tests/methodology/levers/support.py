"""A démarche, its people, and campaigns of its association at any point."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.diagnostic.models import Campaign, Result
from apps.methodology.enums import SeatRole
from apps.methodology.levers import services
from apps.methodology.models import CrossedDiagnostic, Engagement, Item, Seat
from apps.methodology.services.items import add_item
from tests.diagnostic.result_cases import closed
from tests.factories import UserFactory, member
from tests.methodology.support import engagement_of, seat_in
from tests.support.client import StrictClient

ROLES = ["gouvernance"] * 3 + ["equipe"] * 3 + ["referent"]
# Two groups that do not see the same on four statements, the widest on B2.
APART = {"A1": ("0", "2"), "B2": ("0", "3"), "C3": ("1", "3"), "D1": ("3", "1")}


def apart(code: str, rank: int) -> str:
    return APART[code][rank >= 3] if code in APART else "1"


def alike(code: str, rank: int) -> str:
    return "2"


def result(engagement: Engagement, level: Any = apart, roles: list[str] | None = None) -> Result:
    return closed(engagement.organisation, roles or ROLES, level)


def link(seat: Seat, campaign: Campaign) -> CrossedDiagnostic:
    services.choose_campaign(seat=seat, campaign=campaign.pk)
    return CrossedDiagnostic.objects.get(engagement=seat.engagement_id)


def seated(engagement: Engagement, role: str, membership: str = "") -> Seat:
    """``membership``: her role in the association; "" for somebody from outside."""
    user: User = member(engagement.organisation, membership) if membership else UserFactory.create()
    return Seat.objects.create(engagement=engagement, user=user, role=role, is_outside=not membership)


def ready(level: Any = apart, roles: list[str] | None = None) -> tuple[Seat, Result]:
    """A lead of the démarche, and the closed campaign that feeds it."""
    lead = seat_in(engagement_of())
    found = result(lead.engagement, level, roles)
    link(lead, found.campaign)
    return lead, found


def client(seat: Seat) -> StrictClient:
    browser = StrictClient()
    browser.force_login(seat.user)
    return browser


def at(seat: Seat, name: str, *more: Any) -> str:
    return reverse(f"method:{name}", args=[seat.engagement_id, *more])


def page(seat: Seat, name: str = "crossed", *more: Any) -> str:
    answer = client(seat).get(at(seat, name, *more))
    assert answer.status_code == 200
    return str(answer.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


def item(seat: Seat, kind: str, **fields: Any) -> Item:
    return add_item(seat=seat, kind=kind, key=uuid4(), fields=fields)


def values(found: Item) -> dict[str, Any]:
    return dict(found.fields.values_list("code", "value"))


__all__ = [
    "ROLES",
    "Role",
    "SeatRole",
    "alike",
    "apart",
    "at",
    "client",
    "item",
    "link",
    "page",
    "ready",
    "result",
    "seated",
    "values",
]
