"""One trial: people work, a machine is killed, it comes back, and what they were promised is counted."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from tests.beyond.engines import Store
from tests.beyond.fleet import WEBS, Fleet
from tests.beyond.people import REFUSALS, client
from tests.faults.campaign.people import Person
from trajectoires.embedded.postgres import PostgresServer

# A rendering whose worker was killed belongs to it for forty-five seconds.
LONGEST = 150.0
WARM, DEAD = 6.0, 8.0
DOWNLOADS = 6


@dataclass
class World:
    fleet: Fleet
    postgres: PostgresServer
    store: Store
    url: str
    admin: str
    crew: dict[str, list[Any]]
    stopped: threading.Event = field(default_factory=threading.Event)

    @property
    def everybody(self) -> list[Person]:
        return [person for people in self.crew.values() for person in people]

    def sql(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with self.postgres.connect() as connection:
            return connection.execute(query, values).fetchall()  # type: ignore[call-overload,no-any-return]


@dataclass(frozen=True)
class Trial:
    """``seen``: statuses met while the machine was dead and until all was done; ``all``: seconds, None beyond LONGEST."""

    name: str
    seen: dict[str, int]
    most: int
    slowest: float
    answers: tuple[int, int]
    fields: tuple[int, int]
    reports: tuple[int, int, int]
    downloads: tuple[int, int]
    entered: int
    all: float | None
    note: str = ""

    @property
    def refused(self) -> int:
        return sum(count for word, count in self.seen.items() if word in REFUSALS)

    @property
    def odd(self) -> list[str]:
        """Whatever is neither done nor the cut of a request under way: 403 or a sign-in page would be a lost session."""
        return [word for word in self.seen if word not in REFUSALS | {"200", "302", "204"}]

    @property
    def holds(self) -> bool:
        lost = self.answers[1] + self.fields[1] + self.reports[1] + self.reports[2] + self.downloads[1]
        return lost == 0 and not self.odd and self.refused <= self.most and self.all is not None


def tried(world: World, name: str, breaks: Callable[[World], None], mends: Callable[[World], str]) -> Trial:
    """``breaks`` kills, ``mends`` starts again and says something of what was seen."""
    before = promised(world)
    time.sleep(WARM)
    for person in world.everybody:
        person.seen.clear()
        person.slowest = 0.0
    for person in world.crew["signing"]:
        person.entered = 0
    breaks(world)
    time.sleep(DEAD)
    note = mends(world)
    begin = time.monotonic()
    with ExitStack() as quiet:
        for person in world.everybody:
            quiet.enter_context(person.busy)
        while (done := settled(world)) is False and time.monotonic() - begin < LONGEST:
            time.sleep(0.3)
        spent = time.monotonic() - begin
        return counted(world, name, before, spent if done else None, note)


def promised(world: World) -> tuple[int, int, int]:
    answers = sum(person.acknowledged for person in world.crew["answering"])
    fields = sum(len(person.keys) for person in world.crew["writing"])
    return answers, fields, len(asked(world))


def asked(world: World) -> list[str]:
    found: list[str] = world.crew["asking"][0].asked
    return found


def settled(world: World) -> bool:
    query = "SELECT count(DISTINCT subject_id) FROM documents_document WHERE subject_id::text = ANY(%s) AND state = 'ready'"
    return bool(world.sql(query, asked(world))[0][0] == len(asked(world)))


def counted(world: World, name: str, before: tuple[int, int, int], spent: float | None, note: str) -> Trial:
    after = promised(world)
    seen: Counter[str] = sum((person.seen for person in world.everybody), Counter())
    lost, doubled = reports(world)
    return Trial(
        name=name,
        seen=dict(seen),
        most=len(world.everybody),
        slowest=max(person.slowest for person in world.everybody),
        answers=(after[0] - before[0], lost_answers(world)),
        fields=(after[1] - before[1], lost_fields(world)),
        reports=(after[2] - before[2], lost, doubled),
        downloads=downloaded(world),
        entered=sum(person.entered for person in world.crew["signing"]),
        all=spent,
        note=note,
    )


def lost_answers(world: World) -> int:
    """Of those acknowledged: before the first, what a trial before this one left is as good."""
    rows = world.sql("SELECT respondent_id::text, statement, value FROM diagnostic_answer")
    held = {(copy, statement): value for copy, statement, value in rows}
    return sum(
        kept is not None and held.get((person.copy, statement)) not in {kept, *since}
        for person in world.crew["answering"]
        for statement, (kept, since) in person.kept.items()
    )


def lost_fields(world: World) -> int:
    """Writes acknowledged that are not in the history exactly once, and fields that hold neither text."""
    rows = world.sql("SELECT key::text FROM methodology_change")
    written = Counter(key for (key,) in rows)
    fields = dict(world.sql("SELECT item_id::text, value FROM methodology_field WHERE code = 'title'"))
    people = world.crew["writing"]
    wrong = sum(written[key] != 1 for person in people for key in person.keys)
    return wrong + sum(
        bool(person.keys) and fields.get(person.item) not in ({person.text, person.tried})
        for person in people
    )


def reports(world: World) -> tuple[int, int]:
    """(promised and never ready, rows or files beyond one for a campaign)."""
    query = (
        "SELECT subject_id::text, id::text, state FROM documents_document WHERE subject_id::text = ANY(%s)"
    )
    rows = world.sql(query, asked(world))
    files = Counter(key.rsplit("/", 1)[-1][:36] for key in world.store.names())
    ready = {campaign for campaign, _, state in rows if state == "ready"}
    many = Counter(campaign for campaign, _, _ in rows)
    doubled = sum(many[campaign] - 1 for campaign in many) + sum(max(files[one] - 1, 0) for _, one, _ in rows)
    return len(set(asked(world)) - ready), doubled


def downloaded(world: World) -> tuple[int, int]:
    """(Files taken from each web machine, those that are not the bytes that a worker wrote)."""
    query = (
        "SELECT id::text, sha256 FROM documents_document WHERE subject_id::text = ANY(%s) AND state = 'ready' "
        "ORDER BY requested_at DESC LIMIT %s"
    )
    taken = wrong = 0
    for document, digest in world.sql(query, asked(world), DOWNLOADS):
        for web in WEBS:
            with client(f"http://127.0.0.1:{world.fleet.ports[web]}", world.admin) as person:
                headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.9"}
                got = person.get(f"/documents/{document}/telecharger/", headers=headers)
            taken += 1
            wrong += got.status_code != 200 or hashlib.sha256(got.content).hexdigest() != digest
    return taken, wrong + len(world.fleet.left_behind())
