"""A prepared query gives what its queryset gives: rows, related rows, annotations, what is left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import QuerySet
from pytest_django import DjangoAssertNumQueries

from apps.accounts import backends
from apps.accounts.models import User
from apps.core.prepared import Prepared
from apps.methodology import access, space
from apps.methodology.bench.sheet import items_of
from apps.methodology.board import selectors
from apps.methodology.enums import SeatRole
from apps.methodology.models import Comment, Engagement, Presence, Seat, StepState
from apps.methodology.services.engagements import close_engagement
from apps.methodology.services.items import add_item
from tests.factories import UserFactory
from tests.methodology.support import engagement_of, seat_in

pytestmark = pytest.mark.django_db
Asked = Callable[[Seat], tuple[Any, ...]]
USES: dict[str, tuple[Prepared[Any], Asked]] = {
    "session": (backends.IN_SESSION, lambda seat: (seat.user_id,)),
    "place": (access.HELD, lambda seat: (seat.user_id, seat.engagement_id)),
    "states": (selectors.STATES, lambda seat: (seat.engagement_id,)),
    "team": (selectors.TEAM, lambda seat: (seat.engagement_id,)),
    "sheet": (items_of(("activity", "note")), lambda seat: (seat.engagement_id,)),
    "space": (space.OPEN, lambda seat: (seat.user_id,)),
}


def told(row: Any, depth: int = 3) -> dict[str, Any]:
    """All that a row holds without asking the database again."""
    found = {name: value for name, value in row.__dict__.items() if name != "_state"}
    if depth:
        related = {name: one for name, one in row._state.fields_cache.items() if one is not None}
        found |= {f"→ {name}": told(one, depth - 1) for name, one in related.items()}
    return found


@pytest.fixture
def lead() -> Seat:
    engagement = engagement_of()
    lead = seat_in(engagement, full_name="Ana Lemoine")
    seat_in(engagement, SeatRole.MEMBER, full_name="Bob Marchand")
    for step in (1, 2):
        StepState.objects.create(engagement=engagement, step=step, stage="doing", changed_by=lead)
    item = add_item(seat=lead, kind="activity", key=uuid4(), fields={"title": "Vélo"})
    Comment.objects.create(engagement=engagement, step=2, item=item, seat=lead, text="Oui")
    Presence.objects.create(seat=lead, tool="cadrage")
    close_engagement(seat=seat_in(engagement_of()))
    return lead


@pytest.mark.parametrize("use", sorted(USES))
def test_it_gives_what_its_queryset_gives(lead: Seat, use: str) -> None:
    prepared, asked = USES[use]
    for seat in (lead, *Seat.objects.exclude(pk=lead.pk)):
        values = asked(seat)
        expected: QuerySet[Any] = prepared.build(*values)
        assert list(map(told, prepared(*values))) == list(map(told, expected)), values
    assert prepared(*asked(lead)), "something is compared"


@pytest.mark.parametrize("use", sorted(USES))
def test_it_asks_once_and_finds_nothing_for_a_stranger(
    use: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    prepared, _ = USES[use]
    strangers = [uuid4() if isinstance(value, UUID) else 2_000_000_000 for value in prepared.stand_ins]
    with django_assert_num_queries(1):
        assert prepared.first(*strangers) is None


def test_what_it_gives_is_written_like_any_other() -> None:
    person = UserFactory.create(full_name="Ana")
    found = backends.IN_SESSION.first(person.pk)
    assert found is not None
    found.full_name = "Ana Lemoine"
    found.save(update_fields=["full_name"])
    assert User.objects.get(pk=person.pk).full_name == "Ana Lemoine"


def test_a_value_that_the_query_does_not_hold_is_a_fault_of_ours() -> None:
    prepared = Prepared(lambda pk: Engagement.objects.all(), uuid4())
    with pytest.raises(AssertionError, match="does not hold"):
        prepared(uuid4())
