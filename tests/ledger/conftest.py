"""A folder of files and a broker of one's own for each test that has the database."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from redis import Redis

from tests.ledger.support import Place, place


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    """The folder where the files of this test wait."""
    default = settings.STORAGES["default"]
    options = {**default["OPTIONS"], "location": str(tmp_path)}
    settings.STORAGES = {**settings.STORAGES, "default": {**default, "OPTIONS": options}}
    return tmp_path


@pytest.fixture
def at(db: None) -> Place:
    return place()


@pytest.fixture
def told() -> Iterator[Callable[[], list[UUID]]]:
    """Imports sent to the workers since the start of the test, as the broker holds them."""
    url = os.environ["REDIS_URL"].replace("redis+socket://", "unix://").replace("virtual_host=", "db=")
    with Redis.from_url(url) as broker:
        broker.delete("celery")

        def heard() -> list[UUID]:
            messages = [json.loads(raw) for raw in broker.lrange("celery", 0, -1)]
            bodies = [json.loads(base64.b64decode(message["body"])) for message in messages]
            return [UUID(body[0][0]) for body in reversed(bodies)]

        yield heard
        broker.delete("celery")


@pytest.fixture
def no_broker(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Nothing listens at the broker's address."""
    address = f"redis+socket:///tmp/{uuid4()}.sock?virtual_host=0"
    monkeypatch.setenv("CELERY_BROKER_WRITE_URL", address)
    settings.CELERY_BROKER_URL = address
