from __future__ import annotations

import pytest

from apps.methodology.enums import SeatRole
from apps.methodology.models import Item, Seat
from tests.methodology.choosing import cases
from tests.methodology.support import engagement_of, seat_in


@pytest.fixture
def lead(db: None) -> Seat:
    return seat_in(engagement_of(), full_name="Chloé Chêne")


@pytest.fixture
def member(lead: Seat) -> Seat:
    return seat_in(lead.engagement, SeatRole.MEMBER, full_name="Farid Fort")


@pytest.fixture
def board(lead: Seat) -> Seat:
    return seat_in(lead.engagement, SeatRole.BOARD, full_name="Ana Aubépine")


@pytest.fixture
def first(lead: Seat) -> Item:
    return cases.scenario(lead)


@pytest.fixture
def second(lead: Seat) -> Item:
    return cases.scenario(lead, "Tenir bon")
