from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from apps.accounts.enums import PlatformRole
from apps.accounts.models import User
from apps.catalogue.models import Resource
from apps.webinars.models import CitedOrganisation, Person, SearchWord, Webinar
from tests.support.client import StrictClient
from tests.support.world import platform_person
from tests.webinars.factories import organisation, person


@pytest.fixture
def curator(db: None) -> User:
    return platform_person(PlatformRole.CURATOR)


@pytest.fixture
def author(db: None) -> User:
    return platform_person(PlatformRole.AUTHOR)


@pytest.fixture
def desk(curator: User) -> StrictClient:
    client = StrictClient()
    client.force_login(curator)
    return client


@pytest.fixture
def pen(author: User) -> StrictClient:
    """The author's browser."""
    client = StrictClient()
    client.force_login(author)
    return client


@pytest.fixture
def known(db: None) -> None:
    """Ada Essai and Les Essais."""
    person()
    organisation()


@pytest.fixture(autouse=True)
def _mails_are_rows(settings: Any) -> None:
    settings.EMAIL_BACKEND = "apps.core.mail_backend.EmailBackend"


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Real commits, for tests with two connections; only what they made is removed, the content stays."""
    with django_db_blocker.unblock():
        kept = {
            model: set(model._default_manager.values_list("pk", flat=True))
            for model in (Webinar, Resource, Person, CitedOrganisation, SearchWord, User)
        }
        yield
        for model, rows in kept.items():
            model._default_manager.exclude(pk__in=rows).delete()
        cache.clear()
