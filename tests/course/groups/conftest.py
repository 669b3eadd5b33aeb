from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from post_office.models import Email

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.course.models import Group
from tests.factories import OrganisationFactory, member
from tests.factories import groups as make


@pytest.fixture(autouse=True)
def _counters(empty_counters: None) -> None:
    """Guesses and sendings of another test are not counted."""


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
