from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache
from post_office.models import Attachment, Email

from apps.accounts.models import User
from apps.agenda.models import Session
from tests.support.client import StrictClient
from tests.support.world import platform_person

Clock = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def _counters(empty_counters: None) -> None:
    """Guesses and sendings of another test are not counted."""


@pytest.fixture(autouse=True)
def _december(clock: Clock) -> None:
    """Unless a test says otherwise, the session of the factories is to come in five weeks."""
    clock(datetime(2026, 12, 14, 9, tzinfo=UTC))


@pytest.fixture
def curator(db: None) -> User:
    return platform_person("curator")


@pytest.fixture(name="desk")
def signed_in_curator(client_of: Any, curator: Any) -> StrictClient:
    desk: StrictClient = client_of(curator)
    return desk


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Real commits, for tests with two connections; only what they made is removed, the content stays."""
    with django_db_blocker.unblock():
        cache.clear()
        kept = [(model, set(model.objects.values_list("pk", flat=True))) for model in (Email, Attachment)]
        yield
        Session.objects.all().delete()
        for model, before in kept:
            model.objects.exclude(pk__in=before).delete()
        cache.clear()
