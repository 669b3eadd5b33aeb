from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from apps.accounts.models import Organisation
from apps.methodology.workshops.pulse import PULSE


@pytest.fixture(autouse=True)
def _counters(empty_counters: None) -> None:
    """Guesses of another test are not counted."""


@pytest.fixture(autouse=True)
def _looks_reach_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PULSE, "fresh", 0.0)
    PULSE.known.clear()


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Real commits, for tests with several connections; only what they made is removed."""
    with django_db_blocker.unblock():
        before = set(Organisation.objects.values_list("pk", flat=True))
        yield
        Organisation.objects.exclude(pk__in=before).delete()
