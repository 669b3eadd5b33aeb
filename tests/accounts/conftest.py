from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from post_office.models import Email

from apps.accounts.models import Organisation, User


@pytest.fixture(autouse=True)
def _counters(empty_counters: None) -> None:
    """Guesses and sendings of another test are not counted."""


@pytest.fixture(autouse=True)
def _mails_are_rows(settings: Any) -> None:
    """pytest-django puts mails in memory; here they are what production makes of them."""
    settings.EMAIL_BACKEND = "apps.core.mail_backend.EmailBackend"


@dataclass
class Directory:
    """A real HTTP server on this machine, which misbehaves on demand."""

    url: str = ""
    status: int = 200
    body: str = json.dumps({"results": []})
    # Set by the test to let a slow answer go.
    hold: threading.Event | None = None
    asked: list[str] = field(default_factory=list)

    def answers(self, *results: dict[str, Any]) -> None:
        self.body = json.dumps({"results": list(results)})


@pytest.fixture
def directory(settings: Any) -> Iterator[Directory]:
    state = Directory()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append(parse_qs(urlparse(self.path).query)["q"][0])
            if state.hold:
                state.hold.wait(10)
            try:
                self.send_response(state.status)
                self.end_headers()
                self.wfile.write(state.body.encode())
            except OSError:
                pass  # The client no longer waits.

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_address[1]}/search"
    settings.ENTERPRISE_DIRECTORY_URL = state.url
    settings.ENTERPRISE_DIRECTORY_TIMEOUT = 0.5
    yield state
    if state.hold:
        state.hold.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Real commits, for tests with two connections; only what they made is removed, the content stays."""
    with django_db_blocker.unblock():
        organisations = set(Organisation.objects.values_list("pk", flat=True))
        people = set(User.objects.values_list("pk", flat=True))
        mails = set(Email.objects.values_list("pk", flat=True))
        yield
        Email.objects.exclude(pk__in=mails).delete()
        Organisation.objects.exclude(pk__in=organisations).delete()
        User.objects.exclude(pk__in=people).delete()
