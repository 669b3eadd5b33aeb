"""What tests of screens read from pages, and how they answer."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.accounts.helpers import text

__all__ = ["FRAGMENT", "applied", "body", "checked", "count_queries", "invitees", "main", "text"]

FRAGMENT = {"HX-Request": "true"}
STATE = re.compile(r'(<div id="etat" role="status">).*?(</div>)', re.S)
RAIL = re.compile(r'<nav class="where".*?</nav>', re.S)


def body(response: Any) -> str:
    html: str = response.content.decode()
    return html


def main(html: str) -> str:
    """The content of a page, without what differs at each request."""
    found = re.search(r"<main.*?</main>", html, re.S)
    assert found, html[:400]
    masked = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]*', r"\1", found[0])
    return re.sub(r"\s+", " ", masked)


def applied(page: str, fragment: str) -> str:
    """The page once htmx has swapped the fragment: the state, and the rail out of band."""
    rail = RAIL.search(fragment)
    assert rail
    assert ' hx-swap-oob="true"' in rail[0], "the rail must travel out of band"
    state = fragment.replace(rail[0], "")
    page = RAIL.sub(lambda _: rail[0].replace(' hx-swap-oob="true"', ""), page)
    return STATE.sub(lambda found: found[1] + state + found[2], page)


def checked(html: str) -> list[str]:
    """Values of the radio buttons that are chosen."""
    return re.findall(r'<input type="radio" name="\w+" value="(\w+)" checked>', html)


def count_queries(client: Client, url: str) -> int:
    """Queries of a second visit: what is read once a process is already there."""
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as seen:
        client.get(url)
    return len(seen)


def invitees(*lines: tuple[str, str], **extra: str) -> dict[str, str]:
    """The form of invitations as a browser sends it: an address and a role a line."""
    data = {"form-TOTAL_FORMS": str(max(len(lines), 4)), "form-INITIAL_FORMS": "0", **extra}
    for rank, (email, role) in enumerate(lines):
        data |= {f"form-{rank}-email": email, f"form-{rank}-role": role}
    return data
