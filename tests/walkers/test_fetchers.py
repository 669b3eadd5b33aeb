"""What opens a connection: a closed list, and why none of them can be sent elsewhere by what a person types."""

from __future__ import annotations

import ast
from typing import Any

import httpx
import pytest

from apps.accounts import directory
from apps.core.pdf import RefusedAddressError, StaticOnlyFetcher
from tests.walkers.scanning import imported, sources

CLIENTS = (
    "aiohttp", "boto3", "botocore", "ftplib", "http.client", "httpcore", "httpx", "imaplib", "requests", "smtplib", "socket",
    "ssl", "telnetlib", "urllib.request", "urllib3", "websockets", "xmlrpc",
)  # fmt: skip
# Module → where it goes.
FETCHERS = {
    "apps.accounts.directory": "the address of the setting ENTERPRISE_DIRECTORY_URL; what is typed is a parameter",
    "apps.core.pdf": "nowhere: static files of the project, by StaticOnlyFetcher",
    "apps.webinars.links": "addresses that curators type, judged then connected to: tests/webinars/test_links.py",
    "trajectoires.embedded.address": "this machine: `make run` asks for its own page",
    "trajectoires.embedded.place": "this machine: a free port",
    "trajectoires.embedded.valkey": "this machine: a free port",
}
# Settings alone say where: S3 (django-storages), the mail server, Sentry; opened by libraries that read no content.
LIBRARIES = {"trajectoires.settings.logs": "sentry_sdk"}


def is_fetcher(text: str) -> bool:
    if not any(one.split(".")[0] in text for one in (*CLIENTS, "weasyprint")):
        return False
    return any(
        one == client or one.startswith(f"{client}.")
        for one in imported(ast.parse(text))
        for client in (*CLIENTS, "weasyprint")
    )


def test_every_module_that_may_open_a_connection_is_known() -> None:
    assert {name for name, text in sources("apps", "trajectoires").items() if is_fetcher(text)} == set(
        FETCHERS
    )
    assert {name for name, text in sources("apps", "trajectoires").items() if "sentry_sdk" in text} == set(
        LIBRARIES
    )


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data/",
        "https://exemple.fr/pixel.png",
        "file:///etc/passwd",
        "//exemple.fr/a.css",
        "ftp://exemple.fr/a",
        "FILE:///etc/passwd",
        "data://exemple.fr/../../etc/passwd",
        "https://exemple.fr/static/css/base.css",
        "/static/../manage.py",
        "/static/%2e%2e/manage.py",
        "/static/%2e%2e%2fmanage.py",
    ],
)
def test_a_pdf_asks_nothing_of_anybody(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: Any, **__: Any) -> Any:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr("socket.socket.connect", connect)
    monkeypatch.setattr("socket.getaddrinfo", connect)
    with pytest.raises((RefusedAddressError, ValueError)):
        StaticOnlyFetcher().fetch(url)


def test_what_is_typed_never_chooses_where_the_directory_is(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ENTERPRISE_DIRECTORY_URL = "https://annuaire.example/search"
    asked: list[httpx.URL] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url)
        return httpx.Response(302, headers={"Location": "http://169.254.169.254/"})

    def stream(method: str, url: str, **said: Any) -> Any:
        said.pop("timeout")
        assert not said.get("follow_redirects")
        return httpx.Client(transport=httpx.MockTransport(answer)).stream(method, url, **said)

    monkeypatch.setattr(directory.httpx, "stream", stream)
    for typed in ("http://10.0.0.1/", "@127.0.0.1/#", "../../admin?x=", "a&page=9\r\nHost: mal.example"):
        with pytest.raises(httpx.HTTPStatusError):
            directory._fetch(typed)
    assert {(url.scheme, url.host, url.path) for url in asked} == {("https", "annuaire.example", "/search")}
    assert all(url.params["page"] == "1" for url in asked)
