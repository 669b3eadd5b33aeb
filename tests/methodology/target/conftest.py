from __future__ import annotations

import pytest

from apps.accounts.models import Organisation
from apps.methodology.bench.displays import DISPLAYS
from apps.methodology.enums import SeatRole
from apps.methodology.models import Seat
from apps.methodology.target import activities, photograph, scenarios
from tests.factories import OrganisationFactory
from tests.methodology.support import engagement_of, seat_in


@pytest.fixture
def association(db: None) -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def lead(association: Organisation) -> Seat:
    return seat_in(engagement_of(association))


@pytest.fixture
def board(lead: Seat) -> Seat:
    return seat_in(lead.engagement, SeatRole.BOARD)


@pytest.fixture(autouse=True)
def _displays(monkeypatch: pytest.MonkeyPatch) -> None:
    for code, module in (("activites", activities), ("photographie", photograph), ("cible", scenarios)):
        monkeypatch.setitem(DISPLAYS, code, module.show)
