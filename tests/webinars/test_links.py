"""Links of public cases: what answers, what does not, and the doors that stay closed."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from apps.webinars import links
from apps.webinars.enums import LinkState
from apps.webinars.links import Found, Policy, look

HOME = "127.0.0.1"


@dataclass
class Site:
    """A real site on this machine: path → what it answers."""

    port: int = 0
    pages: dict[str, Callable[[Any], None]] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def policy(self) -> Policy:
        return Policy(frozenset([80, 443, self.port]), frozenset([HOME]))

    def url(self, path: str = "/", host: str = HOME) -> str:
        return f"http://{host}:{self.port}{path}"

    def look(self, path: str = "/", host: str = HOME) -> Found:
        return look(self.url(path, host), self.policy)

    def answers(self, path: str, status: int, location: str = "", only: str = "") -> None:
        def answer(handler: Any) -> None:
            handler.send_response(405 if only and handler.command != only else status)
            if location:
                handler.send_header("Location", location)
            handler.end_headers()

        self.pages[path] = answer


@pytest.fixture
def site() -> Iterator[Site]:
    state = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append((self.command, self.path, self.headers["Host"]))
            page = state.pages.get(self.path)
            if page:
                with suppress(OSError):  # the visitor may no longer wait
                    page(self)
            else:
                self.send_response(404)
                self.end_headers()

        do_HEAD = do_GET  # noqa: N815 - asked by http.server

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer((HOME, 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    state.port = server.server_address[1]
    yield state
    server.shutdown()
    server.server_close()


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Name → addresses, told in turn at each question: how a name is rebound."""
    known: dict[str, list[str]] = {}
    real = socket.getaddrinfo

    def answer(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        if host in known:
            told = known[host].pop(0) if len(known[host]) > 1 else known[host][0]
            if not told:
                raise socket.gaierror(-2, "Name or service not known")
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in told.split()]
        assert all(c in "0123456789abcdef.:x" for c in str(host)), f"a real name is asked: {host}"
        return real(host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return known


# What answers


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, LinkState.WORKS),
        (204, LinkState.WORKS),
        (404, LinkState.BROKEN),
        (410, LinkState.BROKEN),
        (400, LinkState.BROKEN),
        (403, LinkState.UNREACHABLE),
        (429, LinkState.UNREACHABLE),
        (500, LinkState.UNREACHABLE),
        (503, LinkState.UNREACHABLE),
    ],
)
def test_what_a_status_means(site: Site, status: int, state: LinkState) -> None:
    site.answers("/", status)
    found = site.look()
    assert found.state == state
    assert str(status) in found.detail


def test_head_first_then_get_when_head_is_not_understood(site: Site) -> None:
    site.answers("/", 200)
    site.answers("/get", 200, only="GET")
    assert site.look().state == LinkState.WORKS
    assert [method for method, *_ in site.asked] == ["HEAD"]
    assert site.look("/get").state == LinkState.WORKS
    assert [method for method, *_ in site.asked] == ["HEAD", "HEAD", "GET"]


def test_five_redirections_are_followed_and_not_six(site: Site) -> None:
    site.answers("/0", 200)
    for n in range(1, 7):
        site.answers(f"/{n}", (301, 302, 303, 307, 308, 302)[n - 1], f"/{n - 1}")
    assert site.look("/5").state == LinkState.WORKS
    assert site.look("/6") == Found(LinkState.BROKEN, "Plus de 5 redirections.")
    site.answers("/boucle", 302, "/boucle")
    assert site.look("/boucle").state == LinkState.BROKEN
    site.answers("/nulle-part", 302)
    assert site.look("/nulle-part").state == LinkState.WORKS


def test_a_server_that_drips_or_keeps_silent_is_left_in_time(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "WAIT", 0.4)
    monkeypatch.setattr(links, "WHOLE", 1.0)

    left, ended = threading.Event(), list[str]()

    def drip(handler: Any) -> None:
        for _ in range(600):
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-"[:1])
            if left.wait(0.1):
                return
        ended.append("drip")

    def keep_silent(handler: Any) -> None:
        if not left.wait(60):
            ended.append("silent")

    site.pages |= {"/drip": drip, "/silent": keep_silent}
    for path in ("/drip", "/silent"):
        assert site.look(path).state == LinkState.UNREACHABLE
    left.set()
    # A minute each: the visitor left long before, however busy the machine.
    assert ended == []


def test_an_endless_body_is_not_read(site: Site) -> None:
    sent = dict.fromkeys(("HEAD", "GET"), 0)

    def endless(handler: Any) -> None:
        handler.send_response(405 if handler.command == "HEAD" else 200)
        handler.end_headers()
        for _ in range(10_000):
            handler.wfile.write(b"x" * 100_000)
            sent[handler.command] += 1

    site.pages["/"] = endless
    assert site.look().state == LinkState.WORKS
    # What the system itself holds of a connection: megabytes at most, of a thousand.
    assert sent["GET"] < 1_000


def test_what_is_no_http_and_what_is_not_there(site: Site, names: dict[str, list[str]]) -> None:
    site.pages["/"] = lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH_9\r\n\r\n")
    assert site.look().state == LinkState.UNREACHABLE
    with socket.socket() as free:
        free.bind((HOME, 0))
        port = free.getsockname()[1]
    assert (
        look(f"http://{HOME}:{port}/", Policy(frozenset([port]), frozenset([HOME]))).state
        == LinkState.UNREACHABLE
    )
    names["plus-rien.example"] = [""]
    assert look("https://plus-rien.example/").detail == "Ce nom de site n’existe pas, ou plus."


def test_a_certificate_that_nobody_knows_is_told(site: Site) -> None:
    """Plain HTTP where TLS is expected, then a context that refuses."""
    found = look(f"https://{HOME}:{site.port}/", site.policy)
    assert found == Found(LinkState.UNREACHABLE, "Le certificat du site n’est pas valable.")


def test_names_keep_their_host_header_and_their_accents(site: Site, names: dict[str, list[str]]) -> None:
    names |= {"site.example": [HOME], "été.example".encode("idna").decode(): [HOME]}
    site.answers("/", 200)
    assert site.look(host="site.example").state == LinkState.WORKS
    assert site.look(host="été.example".encode("idna").decode()).state == LinkState.WORKS
    assert site.look(host="été.example").state == LinkState.WORKS
    assert site.asked[0][2] == f"site.example:{site.port}"


# Closed doors


@pytest.mark.parametrize(
    "url",
    [
        "ftp://exemple.fr/",
        "file:///etc/passwd",
        "gopher://exemple.fr/",
        "javascript:alert(1)",
        "//exemple.fr/x",
        "exemple.fr",
        "http://",
        "http://nom:secret@exemple.fr/",
        "http://exemple.fr:22/",
        "https://exemple.fr:8443/",
        "http://exemple.fr:80@127.0.0.1/",
        "http://[::1",
        "http://a b/",
        "http://exemple.fr:99999/",
        "",
        "\x00",
    ],
)
def test_only_plain_addresses_of_the_web(url: str, names: dict[str, list[str]]) -> None:
    assert look(url).state == LinkState.REFUSED


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "0", "0.0.0.0", "2130706433", "0x7f000001", "0177.0.0.1", "10.0.0.1", "172.16.0.1",
        "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "198.18.0.1",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "[::1]", "[::]", "[fe80::1]", "[fe80::1%25lo]", "[fc00::1]",
        "[fd00:ec2::254]", "[fec0::1]", "[::ffff:127.0.0.1]", "[::ffff:a9fe:a9fe]", "[64:ff9b::7f00:1]",
        "[64:ff9b::a00:1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]", "[::127.0.0.1]", "[ff02::1]", "[2001:db8::1]",
    ],
)  # fmt: skip
def test_no_address_of_our_own_network(host: str, names: dict[str, list[str]]) -> None:
    assert look(f"http://{host}/").state == LinkState.REFUSED


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:4700::6810:84e5", "64:ff9b::5db8:d822", "8.8.8.8"]
)
def test_public_addresses_are_open(address: str) -> None:
    Policy().check(address)
    assert not links.is_public(ipaddress.ip_address("::1"))


@pytest.mark.parametrize(
    "told",
    ["10.0.0.7", "93.184.216.34 10.0.0.7", "::1", "169.254.169.254", "::ffff:10.0.0.7", "fe80::1%eth0"],
)
def test_a_name_that_leads_inside_even_among_others_is_refused(
    names: dict[str, list[str]], told: str
) -> None:
    names["piege.example"] = [told]
    assert look("https://piege.example/").state == LinkState.REFUSED


def test_a_name_that_changes_after_it_was_judged_gains_nothing(
    site: Site, names: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Judged public, then rebound to this machine: the connection goes to the address that was judged."""
    names["change.example"] = ["93.184.216.34", HOME]
    tried: list[str] = []

    def connect(self: Any, host: str, *args: Any, **kwargs: Any) -> Any:
        tried.append(host)
        raise links.httpcore.ConnectError("no network in tests")

    monkeypatch.setattr("httpcore.SyncBackend.connect_tcp", connect)
    site.answers("/", 200)
    policy = Policy(site.policy.ports)
    assert look(site.url(host="change.example"), policy).state == LinkState.UNREACHABLE
    assert tried == ["93.184.216.34"]
    assert look(site.url(host="change.example"), policy).state == LinkState.REFUSED
    assert site.asked == []


@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "http://[::1]/",
        "//127.1/",
    ],
)
def test_a_redirection_leads_no_further_than_the_link_itself(
    site: Site, names: dict[str, list[str]], location: str
) -> None:
    site.answers("/", 302, location)
    policy = Policy(site.policy.ports, frozenset(["127.0.0.1"]) if "127" not in location else frozenset())
    names["dehors.example"] = ["127.0.0.1"]
    assert look(site.url(), policy).state == LinkState.REFUSED


def test_a_redirection_to_another_port_is_refused(site: Site) -> None:
    site.answers("/", 302, f"http://{HOME}:6379/")
    found = site.look()
    assert found == Found(LinkState.REFUSED, "Le port 6379 n’est pas celui d’un site public.")


def test_the_environment_gives_no_proxy(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.answers("/", 200)
    assert site.look().state == LinkState.WORKS


def test_the_context_refuses_what_it_does_not_know() -> None:
    assert links.certificates().verify_mode == ssl.CERT_REQUIRED
    assert links.certificates().check_hostname
