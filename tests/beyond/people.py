"""People on the production settings, through TLS; those of the faults, and three more: one writes a démarche, one reads the
library, one signs in again and again.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from tests.faults.campaign import people
from tests.faults.platform import CSRF

PAGES = (
    "/bibliotheque/",
    "/bibliotheque/?q=mobilite",
    "/catalogue/odd/7/",
    "/publications/",
    "/bibliotheque/personnes/",
)
# Each asks one thing at a time: more refusals than people in one cut would be more than what was under way.
REFUSALS = frozenset({"502", "504", "coupée", "délai"})


def client(url: str, session: str) -> httpx.Client:
    """As a browser: cookies with their prefix, the origin of the page, a certificate of ours."""
    cookies = {"__Host-csrftoken": CSRF, **({"__Host-sessionid": session} if session else {})}
    transport = httpx.HTTPTransport(local_address=people.address(), verify=False)
    headers = {"X-CSRFToken": CSRF, "Origin": url, "Referer": f"{url}/"}
    return httpx.Client(
        base_url=url, cookies=cookies, headers=headers, timeout=people.PATIENCE, transport=transport
    )


class Secure(people.Person):
    def client(self) -> httpx.Client:
        return client(self.url, self.session)


@dataclass
class Answering(Secure, people.Answering):
    __hash__ = people.Person.__hash__


@dataclass
class Asking(Secure, people.Asking):
    __hash__ = people.Person.__hash__


@dataclass
class Reading(Secure):
    """Reads, one page after the other."""

    pause: float = 0.3

    __hash__ = people.Person.__hash__

    def works(self) -> Iterator[str]:
        while True:
            yield random.choice(PAGES)

    def ask(self, client: httpx.Client, path: str, fields: dict[str, str]) -> int:
        return client.get(path).status_code

    def do(self, work: str) -> None:
        self.post(work, {})


@dataclass
class Writing(Secure):
    """Adds a word to her field; without an answer she sends the same again, with the same key, as fields.js does.

    ``keys``: of the writes that were acknowledged. ``text``: what her field then holds; ``tried``: what it may hold.
    """

    place: str = ""
    item: str = ""
    text: str = ""
    tried: str = ""
    version: int = 0
    keys: list[str] = field(default_factory=list)
    key: str = ""

    __hash__ = people.Person.__hash__

    def works(self) -> Iterator[str]:
        number = 0
        while True:
            yield str(number)
            number += 1

    def ask(self, client: httpx.Client, path: str, fields: dict[str, str]) -> int:
        response = client.post(path, data=fields)
        if response.status_code == 200:
            self.version = response.json()["version"]
        return response.status_code

    def do(self, work: str) -> None:
        if not self.key:
            self.key, self.tried = str(uuid4()), f"mot {work}"
        told = {
            "item": self.item,
            "code": "title",
            "value": self.tried,
            "base": str(self.version),
            "key": self.key,
        }
        if self.post(f"{self.place}champ/", told) == 200:
            self.keys.append(self.key)
            self.text, self.key = self.tried, ""


@dataclass
class Signing(Secure):
    """Signs in with her password, and looks at her space with the session that she was given."""

    email: str = ""
    password: str = ""
    pause: float = 2.0
    entered: int = 0

    __hash__ = people.Person.__hash__

    def works(self) -> Iterator[str]:
        while True:
            yield "/compte/login/"

    def ask(self, client: httpx.Client, path: str, fields: dict[str, str]) -> int:
        entry = client.post(path, data=fields)
        if entry.status_code != 302:
            return entry.status_code
        space = client.get("/espace/")
        self.entered += space.status_code == 200
        return space.status_code

    def do(self, work: str) -> None:
        self.post(work, {"login": self.email, "password": self.password})


def hired(url: str, made: dict[str, Any], stopped: Any) -> dict[str, list[Any]]:
    """One list a sort of people; nobody is at work yet."""
    return {
        "answering": [
            Answering(url, session, stopped, copy=copy, statements=made["statements"])
            for session, copy in made["copies"]
        ],
        "writing": [
            Writing(url, session, stopped, place=made["place"], item=item, version=version)
            for session, item, version in made["seats"]
        ],
        "reading": [Reading(url, made["admin"], stopped), Reading(url, "", stopped)],
        "asking": [Asking(url, made["admin"], stopped, campaigns=made["campaigns"], pause=1.0)],
        "signing": [Signing(url, "", stopped, email=made["email"], password=made["password"])],
    }
