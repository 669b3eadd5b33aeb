from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from post_office.models import Email

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.course.models import Group
from tests.factories import OrganisationFactory, member
from tests.factories import groups as make

Clock = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def _empty_counters(request: pytest.FixtureRequest) -> None:
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        cache.clear()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    """``clock(moment)``: it is now this moment, until told otherwise."""
    real, shown = timezone.now, list[datetime]()
    monkeypatch.setattr(timezone, "now", lambda: shown[-1] if shown else real())
    yield shown.append
    shown.clear()


@pytest.fixture
def house(db: None) -> Organisation:
    return OrganisationFactory.create(name="Les Ateliers du Pont")


@pytest.fixture
def lead(house: Organisation) -> User:
    return member(house, Role.LEAD, full_name="Chloé Chêne")


@pytest.fixture(name="group")
def open_group(house: Organisation) -> Group:
    return make.group(house)


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Real commits, for tests with several connections; only what they made is removed."""
    with django_db_blocker.unblock():
        rows = (Organisation, User, Email)
        before = [set(model.objects.values_list("pk", flat=True)) for model in rows]
        yield
        for model, known in zip(rows, before, strict=True):
            model.objects.exclude(pk__in=known).delete()
