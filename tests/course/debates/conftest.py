from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from apps.accounts.models import Organisation
from apps.course.debates import pulse

Clock = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def _empty_counters(request: pytest.FixtureRequest) -> None:
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        cache.clear()


@pytest.fixture(autouse=True)
def _phones_look_at_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """A look is a second late at most; most tests do not wait for it."""
    monkeypatch.setattr(pulse, "FRESH", 0.0)
    pulse._versions.clear()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """``clock(moment)``: it is now this moment, until told otherwise."""
    real, shown = timezone.now, list[datetime]()
    monkeypatch.setattr(timezone, "now", lambda: shown[-1] if shown else real())
    return shown.append


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Real commits, for tests with several connections; only what they made is removed."""
    with django_db_blocker.unblock():
        before = set(Organisation.objects.values_list("pk", flat=True))
        yield
        Organisation.objects.exclude(pk__in=before).delete()
