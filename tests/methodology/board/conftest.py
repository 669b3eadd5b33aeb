from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from post_office.models import Email

from apps.accounts.models import Organisation, User
from apps.methodology.enums import SeatRole
from apps.methodology.models import Engagement, Field, Item, Seat
from tests.factories import OrganisationFactory
from tests.methodology.support import engagement_of, seat_in
from tests.support.client import StrictClient

Holds = Callable[..., Item]


@pytest.fixture(autouse=True)
def _counters(empty_counters: None) -> None:
    """Guesses and sendings of another test are not counted."""


@pytest.fixture
def house(db: None) -> Organisation:
    return OrganisationFactory.create(name="Les Ateliers du Pont")


@pytest.fixture
def engagement(house: Organisation) -> Engagement:
    return engagement_of(house)


@pytest.fixture
def lead(engagement: Engagement) -> Seat:
    return seat_in(engagement, full_name="Chloé Chêne")


@pytest.fixture
def board(engagement: Engagement) -> Seat:
    return seat_in(engagement, SeatRole.BOARD, full_name="Ana Board", email="ana@exemple.fr")


@pytest.fixture
def desk(lead: Seat, client_of: Callable[..., StrictClient]) -> StrictClient:
    return client_of(lead.user)


@pytest.fixture
def holds() -> Holds:
    """``holds(engagement, "activity", beneficiaries="…")``: an item with these values."""

    def make(engagement: Engagement, kind: str, **values: Any) -> Item:
        item = Item.objects.create(engagement=engagement, kind=kind)
        Field.objects.bulk_create(Field(item=item, code=code, value=value) for code, value in values.items())
        return item

    return make


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Real commits, for tests with several connections; only what they made is removed."""
    with django_db_blocker.unblock():
        rows = (Organisation, User, Email)
        before = [set(model.objects.values_list("pk", flat=True)) for model in rows]
        yield
        for model, known in zip(rows, before, strict=True):
            model.objects.exclude(pk__in=known).delete()
