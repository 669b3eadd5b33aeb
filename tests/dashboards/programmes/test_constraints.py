"""What the conditions of the constraints let through, on purpose (the refusals: tests/core/test_constraints.py)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.dashboards.models import Consent, ProgrammeInvitation
from tests.dashboards.violations import asked, consent, row

pytestmark = pytest.mark.django_db


def test_a_withdrawn_consent_leaves_room_for_another() -> None:
    first = consent(withdrawn_at=timezone.now() + timedelta(seconds=1))
    consent(programme=first.programme, organisation=first.organisation)
    assert Consent.objects.count() == 2


def test_whoever_answered_may_be_asked_again() -> None:
    first = asked(answer="declined", answered_at=timezone.now())
    asked(programme=first.programme)
    assert ProgrammeInvitation.objects.count() == 2


@pytest.mark.parametrize("missing", ["built_at", "published_at"])
def test_a_published_release_is_dated(missing: str) -> None:
    dates = {"built_at": timezone.now(), "published_at": timezone.now()}
    with (
        pytest.raises(IntegrityError, match="published_release_is_built_and_not_refused"),
        transaction.atomic(),
    ):
        row(state="published", **{**dates, missing: None})


def test_a_release_set_aside_leaves_room_for_its_next_version() -> None:
    row(state="set_aside")
    row(version=2)
    with pytest.raises(IntegrityError, match="quarter_is_1_to_4"), transaction.atomic():
        row(quarter_number=0, version=3)
