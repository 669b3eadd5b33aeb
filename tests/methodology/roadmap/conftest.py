"""A démarche with a roadmap."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from post_office.models import Email

from apps.accounts.models import Organisation, User
from apps.methodology.enums import SeatRole
from apps.methodology.models import Seat
from tests.methodology.support import engagement_of, seat_in


@pytest.fixture
def lead() -> Seat:
    return seat_in(engagement_of(), full_name="Chloé Chêne")


@pytest.fixture
def member(lead: Seat) -> Seat:
    return seat_in(lead.engagement, SeatRole.MEMBER, full_name="Farid Fort")


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Real commits, for tests with two connections; only what they made is removed, the content stays."""
    with django_db_blocker.unblock():
        cache.clear()
        organisations = set(Organisation.objects.values_list("pk", flat=True))
        people = set(User.objects.values_list("pk", flat=True))
        mails = set(Email.objects.values_list("pk", flat=True))
        yield
        Email.objects.exclude(pk__in=mails).delete()
        Organisation.objects.exclude(pk__in=organisations).delete()
        User.objects.exclude(pk__in=people).delete()
        cache.clear()
