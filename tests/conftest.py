"""Fixtures shared by every test: content, people, one client per role."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.template import engines

from tests.support.client import StrictClient


def pytest_configure(config: pytest.Config) -> None:
    if "DATABASE_URL" not in os.environ:
        raise pytest.UsageError("Lancez « make test » : il démarre les serveurs embarqués.")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The published content is loaded once; tests see it as production does."""
    with django_db_blocker.unblock():
        call_command("load_content", verbosity=0)


@pytest.fixture(autouse=True)
def _undefined_variables_fail() -> Iterator[None]:
    from tests.support.templates import UndefinedVariable

    engine = engines["django"].engine  # type: ignore[attr-defined]
    before, engine.string_if_invalid = engine.string_if_invalid, UndefinedVariable("%s")
    yield
    engine.string_if_invalid = before


@pytest.fixture
def client() -> StrictClient:
    return StrictClient()


@pytest.fixture
def client_of() -> Callable[..., StrictClient]:
    """``client_of(user)``: a strict client signed in as this person."""

    def make(user: Any) -> StrictClient:
        client = StrictClient()
        client.force_login(user)
        return client

    return make
