"""What « mon espace » says of the démarches: those that are open where she holds a seat. 1 query."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from apps.accounts.models import Organisation, User
from apps.accounts.requests import SignedInRequest
from apps.accounts.roles import MANAGERS
from apps.accounts.selectors import person_id
from apps.core.prepared import Prepared
from apps.methodology.board import selectors
from apps.methodology.board.listing import listed
from apps.methodology.models import Seat

MOST = 5


def open_seats(user: int) -> QuerySet[Seat]:
    return selectors.my_seats(User(pk=user)).filter(engagement__closed_at=None)[: MOST + 1]


OPEN = Prepared(open_seats, 2_147_480_003)


def section(request: SignedInRequest, organisation: Organisation | None) -> dict[str, Any] | None:
    """For ``settings.SPACE_SECTIONS``. None for who has no démarche and may open none."""
    seats = OPEN(person_id(request.user))
    may_open = request.place is not None and request.place.role in MANAGERS
    if not seats and not may_open:
        return None
    rows = [listed(seat) for seat in seats[:MOST]]
    space = {"rows": rows, "has_more": len(seats) > MOST, "may_open": may_open}
    return {"template": "methodology/board/space.html", "context": {"space": space}}
