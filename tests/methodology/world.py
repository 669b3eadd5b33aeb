"""One démarche, everybody around it, and one thing of each sort in it: for tests about rights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import Membership, Organisation, User
from apps.methodology.enums import SeatRole
from apps.methodology.models import Comment, Engagement, Seat, SeatInvitation, SignedNote, Workshop
from apps.methodology.services import items
from tests.factories import OrganisationFactory, member
from tests.methodology.support import engagement_of, seat_in
from tests.support.client import StrictClient

# Nobody of the first five is in the démarche; « former » was removed, « lapsed » left the association.
ROLES = (
    "anonymous",
    "other_lead",
    "colleague",
    "former",
    "lapsed",
    "observer",
    "board",
    "member",
    "lead",
    "co_lead",
)


@dataclass
class MethodWorld:
    engagement: Engagement
    people: dict[str, User]
    seats: dict[str, Seat]
    names: dict[str, str]

    def client(self, role: str) -> StrictClient:
        client = StrictClient()
        if role != "anonymous":
            client.force_login(self.people[role])
        return client


def people_around(engagement: Engagement) -> dict[str, Seat]:
    seats = {
        "lead": seat_in(engagement, SeatRole.LEAD),
        "co_lead": seat_in(engagement, SeatRole.LEAD, outside=True),
        "member": seat_in(engagement, SeatRole.MEMBER),
        "board": seat_in(engagement, SeatRole.BOARD),
        "observer": seat_in(engagement, SeatRole.OBSERVER, outside=True),
        "former": seat_in(engagement, SeatRole.LEAD),
        "lapsed": seat_in(engagement, SeatRole.MEMBER),
        "other_lead": seat_in(engagement_of(), SeatRole.LEAD),
    }
    seats["former"].left_at = timezone.now() - timedelta(days=1)  # longer than a second click
    seats["former"].save()
    Membership.objects.filter(user=seats["lapsed"].user).delete()
    return seats


def things(engagement: Engagement, lead: Seat) -> dict[str, str]:
    """What the addresses name."""
    activity = items.add_item(seat=lead, kind="activity", key=uuid4(), fields={"title": "Atelier vélo"})
    review = items.add_item(seat=lead, kind="review", key=uuid4(), fields={"date": "2026-03-15"})
    scenario = items.add_item(seat=lead, kind="scenario", key=uuid4(), fields={"title": "Deux lieux"})
    year = {"year": "2025", "dons": "1000", "purchases": "900"}
    items.add_item(seat=lead, kind="year", key=uuid4(), fields=year)
    comment = Comment.objects.create(engagement=engagement, step=2, item=activity, text="Bien", seat=lead)
    note = SignedNote.objects.create(
        engagement=engagement, number=1, lines=[["Mandat", "Oui"]], digest="d" * 64
    )
    workshop = Workshop.objects.create(
        engagement=engagement,
        step=6,
        title="Leviers",
        question="Que changer ?",
        held_on=timezone.localdate(),
        code="ABCDEF",
        opened_by=lead,
    )
    invitation = SeatInvitation.objects.create(
        engagement=engagement,
        email="une.invitee@exemple.fr",
        role=SeatRole.MEMBER,
        token_hash="h" * 64,
        expires_at=timezone.now() + timedelta(days=7),
    )
    return {
        "seat_invitation": str(invitation.pk),
        "engagement": str(engagement.pk),
        "activity": str(activity.pk),
        "scenario": str(scenario.pk),
        "review": str(review.pk),
        "comment": str(comment.pk),
        "note": str(note.pk),
        "workshop": str(workshop.pk),
        "workshop_code": workshop.code,
    }


def method_world(organisation: Organisation | None = None) -> MethodWorld:
    engagement = engagement_of(organisation or OrganisationFactory.create(name="Les Essais du Port"))
    seats = people_around(engagement)
    people = {role: seat.user for role, seat in seats.items() if seat.user}
    people["colleague"] = member(engagement.organisation, Role.ADMIN)
    names = things(engagement, seats["lead"])
    names["member_seat"] = str(seats["member"].pk)
    return MethodWorld(engagement, people, seats, names)


def demarche_of(organisation: Organisation, people: Mapping[str, User]) -> dict[str, str]:
    """The names that addresses need, for the world of the platform: its lead, its team and its board are seated."""
    engagement = engagement_of(organisation)
    roles = {"lead": SeatRole.LEAD, "staff": SeatRole.MEMBER, "board": SeatRole.BOARD}
    seats = {
        name: Seat.objects.create(engagement=engagement, user=people[name], role=role)
        for name, role in roles.items()
    }
    return {**things(engagement, seats["lead"]), "member_seat": str(seats["staff"].pk)}
