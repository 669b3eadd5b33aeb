"""Fixtures shared by every test: content, people, one client per role."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.core.management import call_command
from django.template import engines
from django.utils import timezone
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

from tests.support.client import StrictClient

# A busy machine draws slowly: that is no fault of what is tested.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    if "DATABASE_URL" not in os.environ:
        raise pytest.UsageError("Lancez « make test » : il démarre les serveurs embarqués.")


# Suites that start a whole platform: each stays on one worker and shares it. The longest begin first.
PLATFORMS = ("e2e", "faults", "deploy", "embedded", "bench")


def suite(nodeid: str) -> str:
    """The folder of a suite that starts a platform, the file of any other test."""
    file = nodeid.split("::")[0]
    folder = file.split("/")[1]
    return folder if folder in PLATFORMS else file


class OneSuiteOneWorker(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return suite(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneSuiteOneWorker:
    """Its own ``--dist loadgroup`` loses the groups with pytest 9: the names it writes on them are read no more."""
    return OneSuiteOneWorker(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {name: place for place, name in enumerate(PLATFORMS)}
    items.sort(key=lambda item: places.get(suite(item.nodeid), len(places)))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The published content is loaded once; tests see it as production does."""
    from apps.documents.models import Document

    with django_db_blocker.unblock():
        call_command("load_content", verbosity=0)
        # The practical sheets that publication asks for: each test counts its own documents.
        Document.objects.all().delete()


@pytest.fixture
def empty_counters(request: pytest.FixtureRequest) -> None:
    """The cache (counters of the rate limits, answers of the directory) is empty in a test that reads the database."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        cache.clear()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[datetime], None]]:
    """``clock(moment)``: it is now this moment, until told otherwise."""
    real, shown = timezone.now, list[datetime]()
    # A module first imported during the test keeps this function: after the test, it tells the true time.
    monkeypatch.setattr(timezone, "now", lambda: shown[-1] if shown else real())
    yield shown.append
    shown.clear()


@pytest.fixture(autouse=True)
def _pages_are_drawn_again() -> None:
    """No page kept by the test before: what a test counts does not depend on their order."""
    caches["pages"].clear()


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
