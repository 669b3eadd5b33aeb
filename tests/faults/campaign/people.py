"""People who go on working whatever happens, and remember what they were told was kept."""

from __future__ import annotations

import random
import threading
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.faults.platform import CSRF

VALUES = ("1", "2", "3")
ANSWER, REPORT, MAIL = 0.5, 4.0, 5.0  # seconds between two
PATIENCE = 30.0


def address() -> str:
    """One of this machine's own, drawn: a rate limit counts by address."""
    return f"127.0.{random.randint(1, 250)}.{random.randint(1, 250)}"


@dataclass
class Person(threading.Thread, ABC):
    """``seen``: what she met, by fault under way: a status, or « coupée » and « délai » without any answer."""

    url: str
    session: str
    stopped: threading.Event
    seen: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    last_kept: float = 0.0
    pause: float = ANSWER
    # Held during each act: who holds them all sees nobody in the middle of one.
    busy: Any = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        for work in self.works():
            if self.stopped.is_set():
                return
            with self.busy:
                self.do(work)
            time.sleep(self.pause)

    @abstractmethod
    def works(self) -> Iterator[str]:
        """What she would do, one after the other."""

    @abstractmethod
    def do(self, work: str) -> None:
        """One act, remembered when it was acknowledged."""

    def client(self) -> httpx.Client:
        cookies = {"csrftoken": CSRF, **({"sessionid": self.session} if self.session else {})}
        transport = httpx.HTTPTransport(local_address=address())
        return httpx.Client(base_url=self.url, cookies=cookies, timeout=PATIENCE, transport=transport)

    def ask(self, client: httpx.Client, path: str, fields: dict[str, str]) -> int:
        headers = {"X-CSRFToken": CSRF, "HX-Request": "true"}
        return client.post(path, data=fields, headers=headers).status_code

    def post(self, path: str, fields: dict[str, str]) -> int:
        """The status; 0 without an answer. A new connection each time, as a phone in a village hall."""
        begin = time.monotonic()
        try:
            with self.client() as client:
                status = self.ask(client, path, fields)
        except httpx.TimeoutException:
            status, word = 0, "délai"
        except httpx.HTTPError:
            status, word = 0, "coupée"
        else:
            word = str(status)
        self.seen[word] += 1
        self.slowest = max(self.slowest, time.monotonic() - begin)
        if status and status < 400:
            self.last_kept = time.monotonic()
        return status


@dataclass
class Answering(Person):
    """Changes her answers for ever. ``kept``: statement → the last value that was acknowledged, and those tried since."""

    copy: str = ""
    statements: list[str] = field(default_factory=list)
    kept: dict[str, tuple[str | None, set[str]]] = field(default_factory=dict)
    acknowledged: int = 0

    __hash__ = Person.__hash__

    def works(self) -> Iterator[str]:
        turn = 0
        while True:
            for statement in self.statements:
                yield f"{statement}/{VALUES[turn % len(VALUES)]}"
            turn += 1

    def do(self, work: str) -> None:
        statement, value = work.split("/")
        kept, since = self.kept.get(statement, (None, set()))
        # Before the request: it may be written without our ever hearing of it.
        self.kept[statement] = (kept, since | {value})
        if self.post(f"/diagnostic/reponses/{self.copy}/{statement}/", {"value": value}) == 200:
            self.kept[statement] = (value, set())
            self.acknowledged += 1


@dataclass
class Asking(Person):
    """Asks for a report, then another. ``asked``: campaigns whose report was promised."""

    campaigns: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    pause: float = REPORT

    __hash__ = Person.__hash__

    def works(self) -> Iterator[str]:
        while self.campaigns:
            yield self.campaigns[-1]

    def do(self, work: str) -> None:
        status = self.post(f"/diagnostic/{work}/rapport/", {})
        if status and status < 400:
            self.asked.append(work)
        # Without an answer she presses again: asking twice makes one file.
        if status:
            self.campaigns.pop()


@dataclass
class Registering(Person):
    """Registers a new address to the session. ``registered``: those told that a mail would come."""

    slug: str = ""
    registered: list[str] = field(default_factory=list)
    pause: float = MAIL

    __hash__ = Person.__hash__

    def works(self) -> Iterator[str]:
        number = 0
        while True:
            yield f"personne{number}-{id(self)}@exemple.fr"
            number += 1

    def do(self, work: str) -> None:
        status = self.post(f"/s-informer/agenda/{self.slug}/", {"email": work, "name": ""})
        if status and status < 400:
            self.registered.append(work)
