"""A campaign is opened or chosen for a démarche; what its result says becomes agenda points and levers, once each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from apps.diagnostic.models import Campaign, Result
from apps.diagnostic.services import open_campaign
from apps.methodology.access import Place
from apps.methodology.errors import NotYours, Refused
from apps.methodology.levers import agenda
from apps.methodology.levers.diagnosis import Powers, linked, powers, result_of, role_in
from apps.methodology.models import Change, CrossedDiagnostic, Engagement, Item, Seat
from apps.methodology.services.items import add_item, locked

NOT_YOURS_TO_OPEN = (
    "Une campagne s’ouvre ici par une personne qui conduit la démarche et qui administre l’association ou en est "
    "référente."
)
NOT_YOURS_TO_CHOOSE = "La campagne se choisit par une personne de l’association qui conduit la démarche."
MEMBERS_ONLY = "Le résultat de l’auto-diagnostic se lit et s’emploie par les membres de l’association."
UNKNOWN = "Choisissez l’une des campagnes de l’association."
NOT_YET = "La campagne n’est pas close\u00a0: son résultat vient ensuite."
NONE_LINKED = "Aucune campagne n’est reliée à cette démarche."


@dataclass(frozen=True, slots=True)
class Taken:
    """What a proposal of the result became. ``is_gone``: the team took it away since; it comes back from its page."""

    item: UUID
    is_gone: bool


@transaction.atomic
def open_diagnostic(*, seat: Seat) -> Campaign:
    """The association’s open campaign, opened when there is none, and linked. Raises NotYours, Refused."""
    engagement = locked(seat.engagement_id)
    if not rights(engagement, seat).opens or seat.user is None:
        raise NotYours(NOT_YOURS_TO_OPEN)
    campaign = open_campaign(organisation=engagement.organisation, by=seat.user)
    link(engagement, campaign, seat)
    return campaign


@transaction.atomic
def choose_campaign(*, seat: Seat, campaign: UUID | None) -> Campaign:
    """Another one of the association takes the place of the one before. Raises NotYours, Refused."""
    engagement = locked(seat.engagement_id)
    if not rights(engagement, seat).chooses:
        raise NotYours(NOT_YOURS_TO_CHOOSE)
    known = Campaign.objects.filter(organisation=engagement.organisation_id)
    found = known.filter(pk=campaign).first() if campaign else None
    if found is None:
        raise Refused(UNKNOWN)
    link(engagement, found, seat)
    return found


def rights(engagement: Engagement, seat: Seat) -> Powers:
    role = role_in(seat.user, engagement.organisation_id) if seat.user else ""
    return powers(Place(engagement, seat), role)


def link(engagement: Engagement, campaign: Campaign, seat: Seat) -> None:
    """The same one again keeps who linked it and when."""
    if CrossedDiagnostic.objects.filter(engagement=engagement, campaign=campaign).exists():
        return
    CrossedDiagnostic.objects.update_or_create(
        engagement=engagement,
        defaults={"campaign": campaign, "linked_by": seat, "linked_at": timezone.now()},
    )


@transaction.atomic
def make_agenda(*, seat: Seat, codes: Collection[str]) -> list[Item]:
    """A point for each of these statements, the widest divergence first; those already made are not made again.

    Raises NotYours, Refused.
    """
    result = result_to_use(seat)
    wanted = [point for point in agenda.agenda(result).points if point.code in codes]
    return [
        item
        for point in wanted
        if (
            item := added(
                seat,
                "agenda_point",
                key_of(result, "agenda", point.code, seat.engagement_id),
                {
                    "title": point.topic,
                    "question": point.question,
                    "axis": point.axis,
                    "minutes": str(point.minutes),
                },
            )
        )
    ]


@transaction.atomic
def take_levers(*, seat: Seat, codes: Collection[str] | None = None) -> list[Item]:
    """Those of ``codes`` (None: all) that were not taken yet; no number of the result goes with them. Raises NotYours, Refused."""
    result = result_to_use(seat)
    wanted = [lever for lever in agenda.proposed(result) if codes is None or lever.code in codes]
    return [
        item
        for lever in wanted
        if (
            item := added(
                seat,
                "lever",
                key_of(result, "lever", lever.code, seat.engagement_id),
                {"title": lever.title, "pillar": lever.pillar, "idea": lever.text},
            )
        )
    ]


def result_to_use(seat: Seat) -> Result:
    engagement = locked(seat.engagement_id)
    if not rights(engagement, seat).uses or seat.user is None:
        raise NotYours(MEMBERS_ONLY)
    found = linked(engagement, seat.user)
    if found is None:
        raise Refused(NONE_LINKED)
    result = result_of(found)
    if result is None:
        raise Refused(NOT_YET)
    return result


def added(seat: Seat, kind: str, key: UUID, fields: Mapping[str, Any]) -> Item | None:
    """None when this key already made one, even one that was taken away since."""
    if Change.objects.filter(engagement=seat.engagement_id, key=key).exists():
        return None
    return add_item(seat=seat, kind=kind, key=key, fields=fields)


def key_of(result: Result, what: str, code: str, engagement: UUID) -> UUID:
    """The same proposal of the same campaign has the same key in a démarche: two clicks make one item."""
    return uuid5(engagement, f"{what}:{result.campaign_id}:{code}")


def taken(engagement: Engagement, keys: Iterable[UUID]) -> dict[UUID, Taken]:
    """1 query."""
    rows = Change.objects.filter(engagement=engagement, key__in=list(keys))
    return {
        key: Taken(item, gone is not None)
        for key, item, gone in rows.values_list("key", "item", "item__gone_at")
    }
