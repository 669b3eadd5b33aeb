"""The rows of the libraries' addresses, and how a row is tried."""

from __future__ import annotations

from collections import Counter

from django.urls import URLPattern, URLResolver

from tests.rights import rows_admin, rows_allauth, rows_api
from tests.rights.ground import Ground, rows_written
from tests.rights.network import network

Row = tuple[str, dict[str, str], str]
LIBRARIES: dict[str, Row] = {}
# What a reading may write: the counters of the rate limits, one row of the cache for each address of a network.
COUNTERS = {"cache"}


def row(name: str, expected: str, method: str = "get", **arguments: str) -> None:
    assert name not in LIBRARIES, name
    LIBRARIES[name] = (method, arguments, expected)


for rows in (rows_allauth, rows_admin, rows_api):
    rows.add(row)


def patterns(resolver: URLResolver, space: str = "", route: str = "") -> list[tuple[str, str]]:
    """(name or nothing, route) of every address that the site answers, libraries' included."""
    found = []
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += patterns(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space, here)
        elif isinstance(pattern, URLPattern):
            found.append((space + pattern.name if pattern.name else "", here))
    return found


def try_row(at: Ground, name: str, row: Row) -> list[str]:
    """What is not as the row says, in words; a GET that writes included."""
    method, arguments, expected = row
    told = dict(zip(at.roles, map(int, expected.split()), strict=False))
    told["network"] = network(name, arguments, told["outsider"])
    url, before = at.url(name, arguments), rows_written()
    return try_address(at, f"{name} {url}", method, url, told, before)


def try_address(
    at: Ground, label: str, method: str, url: str, told: dict[str, int], before: int
) -> list[str]:
    faults, written = [], Counter[str]()
    for role, status in told.items():
        answer = at.ask(role, method, url)
        if answer.status != status:
            faults.append(f"{label}: {role} gets {answer.status} {answer.fault}, not {status}")
        if method == "get" and answer.promised:
            faults.append(f"{label}: a GET of {role} acts after the commit")
        written.update(answer.written)
    if method == "get":
        extra = set(written) - COUNTERS
        if extra or (not written and rows_written() != before):
            faults.append(f"{label}: a GET writes {sorted(extra) or 'by no statement of ours'}")
    return faults
