"""Who may do what in a démarche: strangers get a 404, people seated without the right a 403."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from apps.accounts.models import Membership, User
from apps.accounts.requests import SignedInRequest
from apps.accounts.selectors import Person, person_id
from apps.core.prepared import Prepared
from apps.methodology.enums import SeatRole
from apps.methodology.models import Engagement, Seat

# What a role may do. « follow »: stages and dates, never contents. A closed démarche is refused by the services.
RIGHTS: dict[str, frozenset[str]] = {
    SeatRole.LEAD: frozenset({"follow", "read", "talk", "write", "lead"}),
    SeatRole.MEMBER: frozenset({"follow", "read", "talk", "write"}),
    SeatRole.BOARD: frozenset({"follow", "read", "talk", "validate"}),
    SeatRole.OBSERVER: frozenset({"follow"}),
}
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Place:
    """A person's place in one démarche. ``engagement`` comes with its organisation, ``seat`` with its person.

    ``session``: the key of the browser's session, "" outside a page.
    """

    engagement: Engagement
    seat: Seat
    session: str = ""

    def may(self, right: str) -> bool:
        return right in RIGHTS[self.seat.role]

    @property
    def writes(self) -> bool:
        """Whether this screen shows fields to fill."""
        return self.may("write") and self.engagement.is_open


def held_seats(user: Person) -> QuerySet[Seat]:
    """The person's seats that still hold: left ones do not, nor those of an association that she is no member of."""
    member = Membership.objects.filter(
        user=OuterRef("user"), organisation=OuterRef("engagement__organisation")
    )
    return Seat.objects.filter(Q(is_outside=True) | Exists(member), user_id=person_id(user), left_at=None)


def seats_held_in(user: int, engagement: UUID) -> QuerySet[Seat]:
    """That of the person in this démarche, with all that a ``Place`` holds."""
    rows = held_seats(User(pk=user)).select_related("engagement__organisation", "user")
    return rows.filter(engagement_id=engagement)[:1]


HELD = Prepared(seats_held_in, 2_147_480_002, UUID(int=2))


def place_or_404(user: Person, pk: UUID, right: str = "follow") -> Place:
    """1 query."""
    seat = HELD.first(person_id(user), pk)
    if seat is None:
        raise Http404
    place = Place(seat.engagement, seat)
    if not place.may(right):
        raise PermissionDenied
    return place


def seated(
    right: str, gate: Callable[[Any], Any] = login_required
) -> Callable[
    [Callable[Concatenate[SignedInRequest, Place, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, UUID, P], HttpResponse],
]:
    """The view of a démarche, ``view(request, place, …)`` at an address with ``<uuid:pk>``.

    ``gate``: what is asked of a visitor; ``login_required_keeping_draft`` for a form.
    """

    def decorate(
        view: Callable[Concatenate[SignedInRequest, Place, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, UUID, P], HttpResponse]:
        @gate
        @wraps(view)
        def guarded(request: HttpRequest, pk: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            signed = cast(SignedInRequest, request)
            place = place_or_404(request.user, pk, right)
            return view(signed, replace(place, session=request.session.session_key or ""), *args, **kwargs)

        return cast(Callable[Concatenate[HttpRequest, UUID, P], HttpResponse], guarded)

    return decorate
