"""Looks behind an address that someone typed, without ever reaching our own network.

A name is resolved here, every address behind it is judged, and the connection goes to the address that was judged:
a name that answers otherwise a second later gains nothing. The same at each redirection.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpcore
import httpx
from django.conf import settings

from apps.webinars.enums import LinkState

# One wait, and all of them together: a server that drips would hold a worker as long as it likes.
WAIT, WHOLE = 5.0, 15.0
MOST_REDIRECTS = 5
WEB = {"http": 80, "https": 443}
# Written out: what Python calls global changes with its version. The last one is where a host keeps secrets of its
# machines behind a public address; of IPv6, only what is given to sites is open.
CLOSED = [
    ipaddress.ip_network(net)
    for net in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "168.63.129.16/32",
    )
]  # fmt: skip
SITES = ipaddress.ip_network("2000::/3")
NAT64 = ipaddress.ip_network("64:ff9b::/96")
ASKS_A_PERSON = {401, 402, 403, 406, 418, 429, 451}


class RefusedAddress(Exception):  # noqa: N818 - not an error: the address is refused
    """We do not go there; the message says why, in French."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Where we go. ``allowed``: addresses that tests open, never a setting."""

    ports: frozenset[int] = frozenset(WEB.values())
    allowed: frozenset[str] = frozenset()

    def check(self, address: str) -> None:
        ip = carried(ipaddress.ip_address(address.partition("%")[0]))
        if str(ip) not in self.allowed and not is_public(ip):
            raise RefusedAddress("L’adresse mène vers un réseau privé.")


POLICY = Policy()
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Found:
    state: LinkState
    detail: str = ""


def carried(ip: Address) -> Address:
    """The IPv4 address that some IPv6 ones stand for."""
    if isinstance(ip, ipaddress.IPv6Address):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in NAT64 else ip.ipv4_mapped or ip
    return ip


def is_public(ip: Address) -> bool:
    if isinstance(ip, ipaddress.IPv6Address) and ip not in SITES:
        return False
    return not any(ip in net for net in CLOSED if net.version == ip.version)


def look(url: str, policy: Policy | None = None) -> Found:
    """HEAD, then GET when HEAD is not understood; redirections followed by hand. Never raises, ends in time."""
    guard = Guard(policy or POLICY, time.monotonic() + WHOLE)
    try:
        for _ in range(MOST_REDIRECTS + 1):
            status, location = guard.ask(url)
            if not location:
                return judged(status)
            url = str(httpx.URL(url).join(location))
        return Found(LinkState.BROKEN, f"Plus de {MOST_REDIRECTS} redirections.")
    except RefusedAddress as error:
        return Found(LinkState.REFUSED, str(error))
    except (httpx.InvalidURL, UnicodeError, ValueError):
        return Found(LinkState.REFUSED, "Ce n’est pas une adresse du web.")
    except (httpcore.TimeoutException, TimeoutError):
        return Found(LinkState.UNREACHABLE, "Le site ne répond pas à temps.")
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        return Found(LinkState.UNREACHABLE, trouble(error))


def judged(status: int) -> Found:
    if status < 400:
        return Found(LinkState.WORKS, str(status))
    if status in (404, 410):
        return Found(LinkState.BROKEN, f"{status} : la page n’existe plus.")
    if status in ASKS_A_PERSON:
        return Found(LinkState.UNREACHABLE, f"{status} : le site ne laisse pas passer notre vérification.")
    if status >= 500:
        return Found(LinkState.UNREACHABLE, f"{status} : le site est en panne.")
    return Found(LinkState.BROKEN, f"{status} : le site refuse l’adresse.")


def trouble(error: Exception) -> str:
    cause = error.__context__ or error
    if isinstance(cause, socket.gaierror):
        return "Ce nom de site n’existe pas, ou plus."
    if isinstance(cause, ssl.SSLError) or "certificate" in str(error).lower():
        return "Le certificat du site n’est pas valable."
    return "La connexion ne s’établit pas."


@cache
def certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


class Guard(httpcore.NetworkBackend):
    """Connects only where the policy allows, and never after the deadline."""

    def __init__(self, policy: Policy, deadline: float) -> None:
        self.policy, self.deadline = policy, deadline
        self.real = httpcore.SyncBackend()

    def ask(self, url: str) -> tuple[int, str]:
        """Status, and where a redirection leads ("": it is none)."""
        target = httpx.URL(url)
        if target.scheme not in WEB or not target.raw_host or b"%" in target.raw_host:
            raise RefusedAddress("L’adresse ne commence ni par http:// ni par https://.")
        if target.userinfo:
            raise RefusedAddress("L’adresse contient un nom d’utilisateur.")
        port = target.port or WEB[target.scheme]
        if port not in self.policy.ports:
            raise RefusedAddress(f"Le port {port} n’est pas celui d’un site public.")
        address = httpcore.URL(
            scheme=target.raw_scheme, host=target.raw_host, port=port, target=target.raw_path
        )
        status, location = self.send("HEAD", address)
        if status >= 400:
            status, location = self.send("GET", address)
        return status, location if status in (301, 302, 303, 307, 308) else ""

    def send(self, method: str, address: httpcore.URL) -> tuple[int, str]:
        """The body is never read: the status says enough."""
        headers = [
            ("User-Agent", f"Trajectoires ({settings.SITE_URL}), liens"),
            ("Accept", "*/*"),
            ("Connection", "close"),
        ]
        times = {"connect": WAIT, "read": WAIT, "write": WAIT, "pool": WAIT}
        with (
            httpcore.ConnectionPool(ssl_context=certificates(), network_backend=self) as pool,
            pool.stream(method, address, headers=headers, extensions={"timeout": times}) as response,
        ):
            found = next((value for name, value in response.headers if name.lower() == b"location"), b"")
            return response.status, found.decode("utf-8", "replace")

    def left(self, timeout: float | None) -> float:
        seconds = self.deadline - time.monotonic()
        if seconds <= 0:
            raise httpcore.ReadTimeout("deadline")
        return min(seconds, timeout or WAIT)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = list(
            dict.fromkeys(
                str(found[4][0])
                for found in socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
            )
        )
        for address in addresses:
            self.policy.check(address)
        fault: Exception = OSError("no address")
        for address in addresses[:3]:
            try:
                return Timed(self.real.connect_tcp(address, port, self.left(timeout)), self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                fault = error
        raise fault

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        raise RefusedAddress("Ce n’est pas une adresse du web.")


class Timed(httpcore.NetworkStream):
    """A connection whose every wait counts towards the deadline of the whole visit."""

    def __init__(self, stream: httpcore.NetworkStream, guard: Guard) -> None:
        self.stream, self.guard = stream, guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, self.guard.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, self.guard.left(timeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return Timed(
            self.stream.start_tls(ssl_context, server_hostname, self.guard.left(timeout)), self.guard
        )

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)
