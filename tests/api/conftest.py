from __future__ import annotations

from collections.abc import Callable

import pytest

from apps.accounts.models import User
from apps.accounts.services.tokens import create_token
from tests.support.client import StrictClient


@pytest.fixture
def bearer() -> Callable[[User], StrictClient]:
    """``bearer(user)``: a program that sends a personal token of this person, without any session."""

    def make(user: User) -> StrictClient:
        _, secret = create_token(user=user, label="Tableur")
        return StrictClient(headers={"Authorization": f"Bearer {secret}"})

    return make
