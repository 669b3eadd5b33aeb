"""A folder of files and a broker of one's own for each test, and what a worker would be told."""

from __future__ import annotations

import base64
import json
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from redis import Redis

from apps.documents import registry
from tests.factories.documents import KIND, build


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    """The folder where the documents of this test are."""
    use_storage(settings, "django.core.files.storage.FileSystemStorage", tmp_path)
    return tmp_path / "documents"


def use_storage(settings: Any, backend: str, location: Path) -> None:
    options = {**settings.STORAGES["default"]["OPTIONS"], "location": str(location)}
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": backend, "OPTIONS": options}}


@pytest.fixture(autouse=True)
def kind(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """The kind of the factories; ``kind(build)`` replaces its builder."""

    def replace(builder: registry.Build) -> None:
        monkeypatch.setitem(registry._builders, KIND, builder)

    replace(build)
    return replace


@pytest.fixture
def told() -> Iterator[Callable[[], list[UUID]]]:
    """Identifiers sent to the workers since the start of the test, as the broker holds them."""
    url = os.environ["REDIS_URL"].replace("redis+socket://", "unix://").replace("virtual_host=", "db=")
    with Redis.from_url(url) as broker:
        broker.delete("celery")

        def read() -> list[UUID]:
            messages = [json.loads(raw) for raw in broker.lrange("celery", 0, -1)]
            bodies = [json.loads(base64.b64decode(message["body"])) for message in messages]
            assert {message["headers"]["task"] for message in messages} <= {"documents.render"}
            return [UUID(body[0][0]) for body in reversed(bodies)]

        yield read
        broker.delete("celery")


@pytest.fixture
def no_broker(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Nothing listens at the broker's address."""
    address = f"redis+socket:///tmp/{uuid4()}.sock?virtual_host=0"
    monkeypatch.setenv("CELERY_BROKER_WRITE_URL", address)
    settings.CELERY_BROKER_URL = address


@pytest.fixture
def silent_broker(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Something accepts the connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("CELERY_BROKER_WRITE_URL", f"redis://127.0.0.1:{server.getsockname()[1]}/0")
        yield
