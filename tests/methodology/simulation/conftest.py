from __future__ import annotations

import pytest

from apps.methodology.enums import SeatRole
from apps.methodology.models import Item, Seat
from tests.factories import OrganisationFactory
from tests.methodology.simulation import support
from tests.methodology.support import engagement_of, seat_in


@pytest.fixture
def lead(db: None) -> Seat:
    return seat_in(engagement_of(OrganisationFactory.create()))


@pytest.fixture
def board(lead: Seat) -> Seat:
    return seat_in(lead.engagement, SeatRole.BOARD)


@pytest.fixture
def scenario(lead: Seat) -> Item:
    """With a base and its settings."""
    support.base(lead)
    support.settings(lead)
    return support.scenario(lead)
