"""What a choice may be, and the words of what was chosen: lists of the catalogue, people of the team, other items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from apps.accounts.models import Membership
from apps.catalogue.models import Fragility, Level, PartnershipType, Pillar
from apps.catalogue.published import kept
from apps.methodology.models import Field, Item, Seat
from apps.methodology.tools import KINDS
from apps.methodology.tools.specs import FieldSpec, FieldType

Labels = Mapping[str, str]  # code or key → words, in the order of the list
SOMEBODY = "Ancienne personne de l’équipe"
UNTITLED = "Sans nom"
OF_ITEMS = (FieldType.ITEM, FieldType.ITEMS)


@kept
def catalogue_lists() -> dict[str, dict[str, str]]:
    """The published lists by the ``source`` of the fields. 1 query, 5 after a change of the content."""
    return {
        "fragilities": dict(Fragility.objects.values_list("code", "name")),
        "levels": dict(Level.objects.values_list("code", "name")),
        "partnership_types": dict(PartnershipType.objects.values_list("code", "name")),
        "pillars": dict(Pillar.objects.values_list("code", "name")),
        "steps": {str(number): f"Étape {number}" for number in range(1, 9)},
    }


def team_seats(engagement: UUID) -> QuerySet[Seat]:
    """Every seat there ever was, in order, with ``holds``: whether it still does. 1 query."""
    member = Membership.objects.filter(
        user=OuterRef("user"), organisation=OuterRef("engagement__organisation")
    )
    held = Q(left_at=None, user__isnull=False) & (Q(is_outside=True) | Exists(member))
    return (
        Seat.objects.filter(engagement_id=engagement)
        .select_related("user")
        .annotate(holds=held)
        .order_by("joined_at", "pk")
    )


def name_of(seat: Seat | None) -> str:
    return str(seat.user) if seat and seat.user else SOMEBODY


def titles(engagement: UUID, kind: str) -> dict[str, str]:
    """The items of a kind that were not removed, by key. 1 query."""
    title = Field.objects.filter(item=OuterRef("pk"), code=KINDS[kind].title).values("value")[:1]
    found = Item.objects.filter(engagement_id=engagement, kind=kind, gone_at=None).annotate(
        title=Subquery(title)
    )
    return {str(key): str(value or "") or UNTITLED for key, value in found.values_list("pk", "title")}


def allowed(engagement: UUID, spec: FieldSpec) -> dict[str, str]:
    """What may be chosen now. At most 1 query, none for a field that is no choice."""
    if spec.choices:
        return dict(spec.choices)
    if spec.type == FieldType.MEMBER:
        return {str(seat.pk): name_of(seat) for seat in team_seats(engagement) if is_of_the_team(seat)}
    if spec.type in OF_ITEMS:
        return titles(engagement, spec.source)
    return dict(catalogue_lists()[spec.source]) if spec.source else {}


def is_of_the_team(seat: Any) -> bool:
    """Tasks go to people who hold a seat and see contents; never to a network that follows."""
    return bool(seat.holds) and seat.role != "observer"
