"""What the campaign starts from; run by ``manage.py shell`` inside the platform under test."""

from __future__ import annotations

import json
from uuid import uuid4

from apps.methodology.enums import SeatRole
from apps.methodology.services import items
from tests.factories import OrganisationFactory, UserFactory
from tests.faults.campaign.seed import seed as seed_faults
from tests.faults.campaign.seed import session_of
from tests.methodology.support import engagement_of, seat_in

PASSWORD = "une phrase assez longue 2026"


def seed(people: int, reports: int) -> str:
    """That of the faults, with a démarche (one activity for each of two people) and an account with a password: JSON."""
    made = json.loads(seed_faults(people, reports))
    engagement = engagement_of(OrganisationFactory.create(name="Les Deux Machines"))
    seats = [seat_in(engagement, SeatRole.LEAD), seat_in(engagement, SeatRole.MEMBER)]
    written = [
        items.add_item(seat=seat, kind="activity", key=uuid4(), fields={"title": "mot"}) for seat in seats
    ]
    user = UserFactory.create()
    user.set_password(PASSWORD)
    user.save()
    return json.dumps(
        {
            **made,
            "place": f"/agir/demarches/{engagement.pk}/",
            "seats": [
                (session_of(seat.user), str(item.pk), 1) for seat, item in zip(seats, written, strict=True)
            ],
            "email": user.email,
            "password": PASSWORD,
        }
    )
