from __future__ import annotations

from typing import Any

import pytest

from apps.accounts.enums import PlatformRole
from apps.accounts.models import User
from tests.support.client import StrictClient
from tests.support.world import platform_person


@pytest.fixture
def curator(db: None) -> User:
    return platform_person(PlatformRole.CURATOR)


@pytest.fixture
def author(db: None) -> User:
    return platform_person(PlatformRole.AUTHOR)


@pytest.fixture
def desk(curator: User) -> StrictClient:
    """The curator's browser."""
    client = StrictClient()
    client.force_login(curator)
    return client


@pytest.fixture
def pen(author: User) -> StrictClient:
    """The author's browser."""
    client = StrictClient()
    client.force_login(author)
    return client


@pytest.fixture(autouse=True)
def _mails_are_rows(settings: Any) -> None:
    settings.EMAIL_BACKEND = "apps.core.mail_backend.EmailBackend"
