"""The rounds, one after the other, on one database: the machines, then behind PgBouncer, then with a replica."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from apps.core.typography import number
from tests.beyond.engines import Store, nginx, pooler
from tests.beyond.fleet import WEBS, Fleet, production
from tests.beyond.people import client, hired
from tests.beyond.replica import Replica
from tests.beyond.trial import Trial, World, tried
from tests.support.stack import free_port, wait_for
from trajectoires.embedded.place import Place
from trajectoires.embedded.postgres import PostgresServer
from trajectoires.embedded.servers import Servers

PEOPLE, SHARE = 4, 20
ENOUGH = 40  # reads of tables
Round = tuple[str, Callable[[World], None], Callable[[World], str]]


def kill_web(world: World) -> None:
    world.fleet.kill("web-a")


def kill_worker(world: World) -> None:
    """While both are at work."""
    rendering = "SELECT count(*) FROM documents_document WHERE state = 'rendering'"
    wait_for(lambda: world.sql(rendering)[0][0] > 1, 60, "both workers render", pause=0.02)
    world.fleet.kill("worker-a")


def kill_both(world: World) -> None:
    kill_worker(world)
    kill_web(world)


def revive(world: World) -> str:
    world.fleet.start(*({"web-a", "worker-a"} - world.fleet.processes.keys()))
    return ""


MACHINES: list[Round] = [
    ("Une machine web tuée (SIGKILL)", kill_web, revive),
    ("Un travailleur tué (SIGKILL) en pleine fabrication", kill_worker, revive),
    ("Une machine web et un travailleur tués", kill_both, revive),
]
POOLED: list[Round] = [("Les mêmes, derrière PgBouncer (mode transaction)", kill_both, revive)]


def replicated(replica: Replica) -> list[Round]:
    read: list[int] = []

    def breaks(world: World) -> None:
        """Once each web machine has read enough there: its processes have just started."""
        wait_for(lambda: replica.reads("trajectoires") > ENOUGH, 120, "the replica is read", pause=0.5)
        read.append(replica.reads("trajectoires"))
        replica.kill()

    def mends(world: World) -> str:
        replica.start()
        wait_for(lambda: replica.reads("trajectoires") > ENOUGH, 120, "the replica is read again", pause=0.5)
        told = (number(read[0]), number(replica.reads("trajectoires")))
        return (
            "lectures de tables comptées par la réplique, {} avant d’être tuée, {} une fois relancée".format(
                *told
            )
        )

    return [("La réplique tuée, derrière PgBouncer", breaks, mends)]


@dataclass
class Campaign:
    """``parts``: « machines », « pooler », « replica »."""

    folder: Path
    servers: Servers
    files: Store
    parts: Sequence[str]
    made: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.port = free_port()
        self.site = f"https://127.0.0.1:{self.port}"
        told = production(self.folder, self.site, **self.files.environment)
        self.fleet = Fleet(self.folder, self.servers.environment(told))

    @property
    def postgres(self) -> PostgresServer:
        assert self.servers.postgres
        return self.servers.postgres

    def trials(self) -> Iterator[Trial]:
        self.fleet.prepare()
        seeding = f"from tests.beyond.seed import seed; print(seed({PEOPLE}, {5 * SHARE}))"
        self.made = json.loads(self.fleet.manage("shell", "-c", seeding).strip().splitlines()[-1])
        self.free = self.made["campaigns"]
        with ExitStack() as opened:
            opened.enter_context(nginx(self.folder, self.port, [self.fleet.ports[name] for name in WEBS]))
            if "machines" in self.parts:
                yield from self.at_work(MACHINES)
            url = opened.enter_context(pooler(self.postgres))
            self.fleet.settings |= {"DATABASE_URL": url, "DATABASE_POOLER": "True"}
            if "pooler" in self.parts:
                yield from self.at_work(POOLED)
            if "replica" in self.parts:
                replica = opened.enter_context(streaming(self.postgres))
                self.fleet.settings |= {"REPLICA_URL": replica.url}
                yield from self.at_work(replicated(replica))

    def at_work(self, rounds: list[Round]) -> Iterator[Trial]:
        """The five processes and everybody, for these rounds."""
        self.made["campaigns"] = [self.free.pop() for _ in range(SHARE * len(rounds))]
        world = World(self.fleet, self.postgres, self.files, self.site, self.made["admin"], {})
        world.crew = hired(self.site, self.made, world.stopped)
        self.fleet.start()
        try:
            wait_for(lambda: is_up(self.site), 30, "the site answers")
            for person in world.everybody:
                person.start()
            for one in rounds:
                yield tried(world, *one)
        finally:
            world.stopped.set()
            for person in world.everybody:
                if person.ident:  # started
                    person.join(40)
            self.fleet.stop()
        self.made["seats"] = [(one.session, one.item, one.version) for one in world.crew["writing"]]


@contextmanager
def streaming(primary: PostgresServer) -> Iterator[Replica]:
    told = f"host={primary.sockets} port={primary.port} user={primary.user}"
    replica = Replica(Place.temporary(), told)
    try:
        replica.start()
        yield replica
    finally:
        replica.stop()
        replica.place.erase()


def is_up(site: str) -> bool:
    try:
        with client(site, "") as visitor:
            return visitor.get("/readyz").status_code == 200
    except httpx.HTTPError:
        return False
