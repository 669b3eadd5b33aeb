"""``make beyond``: machines that share nothing but PostgreSQL, Redis and S3, one of each killed while people work.

About six minutes; writes docs/plusieurs-machines.md; 1 when a promise was broken, or when nothing could be tried.
"""

from __future__ import annotations

import json
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

from tests.beyond import tools
from tests.beyond.engines import Store, nginx, pooler, store
from tests.beyond.fleet import WEBS, Fleet, production
from tests.beyond.paper import page
from tests.beyond.people import client, hired
from tests.beyond.replica import Replica
from tests.beyond.trial import Trial, World, tried
from tests.faults.campaign.world import durable
from tests.support.stack import ROOT, free_port, wait_for
from trajectoires.embedded.place import Place
from trajectoires.embedded.postgres import PostgresServer
from trajectoires.embedded.servers import Servers

PAGE = ROOT / "docs/plusieurs-machines.md"
PEOPLE, REPORTS, ROUNDS = 4, 100, 5
DATABASE = "DATABASE_URL"


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


def of_replica(replica: Replica) -> tuple[Callable[[World], None], Callable[[World], str]]:
    read: list[int] = []

    def breaks(world: World) -> None:
        query = "SELECT xact_commit FROM pg_stat_database WHERE datname = 'trajectoires'"
        read.append(int(str(replica_says(replica, query))))
        replica.kill()

    def mends(world: World) -> str:
        replica.start()
        return f"{read[0]} lectures faites sur la réplique avant qu’elle soit tuée"

    return breaks, mends


def replica_says(replica: Replica, query: str) -> object:
    return replica.ask(query)


@contextmanager
def replicated(primary: PostgresServer) -> Iterator[Replica]:
    told = f"host={primary.sockets} port={primary.port} user={primary.user}"
    replica = Replica(Place.temporary(), told)
    try:
        replica.start()
        yield replica
    finally:
        replica.stop()
        replica.place.erase()


@contextmanager
def started(fleet: Fleet, site: str) -> Iterator[None]:
    """The five processes, behind a proxy that answers."""
    fleet.start()
    try:
        wait_for(lambda: is_up(site), 30, "the site answers")
        yield
    finally:
        fleet.stop()


def is_up(site: str) -> bool:
    try:
        with client(site, "") as visitor:
            return visitor.get("/readyz").status_code == 200
    except httpx.HTTPError:
        return False


def trials(folder: Path, servers: Servers, files: Store) -> Iterator[Trial]:
    port = free_port()
    site = f"https://127.0.0.1:{port}"
    postgres = servers.postgres
    assert postgres
    fleet = Fleet(folder, servers.environment(production(folder, site, **files.environment)))
    fleet.prepare()
    said = fleet.manage(
        "shell", "-c", f"from tests.beyond.seed import seed; print(seed({PEOPLE}, {REPORTS}))"
    )
    made = json.loads(said.strip().splitlines()[-1])
    share, made["all"] = REPORTS // ROUNDS, made["campaigns"]
    with ExitStack() as opened:
        opened.enter_context(nginx(folder, port, [fleet.ports[name] for name in WEBS]))

        def at_work(
            *names_and_breaks: tuple[str, Callable[..., None], Callable[..., str]],
        ) -> Iterator[Trial]:
            made["campaigns"] = [made["all"].pop() for _ in range(share * len(names_and_breaks))]
            world = World(fleet, postgres, files, site, made["admin"], {})
            world.crew = hired(site, made, world.stopped)
            with started(fleet, site):
                for person in world.everybody:
                    person.start()
                for one in names_and_breaks:
                    yield tried(world, *one)
                world.stopped.set()
                for person in world.everybody:
                    person.join(40)
            made["seats"] = [(one.session, one.item, one.version) for one in world.crew["writing"]]

        yield from at_work(
            ("Une machine web tuée (SIGKILL)", kill_web, revive),
            ("Un travailleur tué (SIGKILL) en pleine fabrication", kill_worker, revive),
            ("Une machine web et un travailleur tués", kill_both, revive),
        )
        fleet.settings |= {DATABASE: opened.enter_context(pooler(postgres)), "DATABASE_POOLER": "True"}
        yield from at_work(("Les mêmes, derrière PgBouncer (mode transaction)", kill_both, revive))
        replica = opened.enter_context(replicated(postgres))
        fleet.settings |= {"REPLICA_URL": replica.url}
        yield from at_work(("La réplique tuée, derrière PgBouncer", *of_replica(replica)))


def main() -> int:
    if lacking := tools.missing():
        sys.stderr.write(tools.explained(lacking) + "\n")
        return 1
    found = []
    with tempfile.TemporaryDirectory(prefix="machines-") as place, ExitStack() as opened:
        folder = Path(place)
        folder.chmod(0o755)
        files = opened.enter_context(store(folder))
        servers = opened.enter_context(durable())
        sys.stdout.write(f"Fichiers : {files.name}\n")
        for trial in trials(folder, servers, files):
            sys.stdout.write(f"{'✓' if trial.holds else '✗'} {trial}\n")
            sys.stdout.flush()
            found.append(trial)
        PAGE.write_text(page(found, files.name))
    return 0 if all(trial.holds for trial in found) else 1


if __name__ == "__main__":
    threading.excepthook = lambda problem: sys.stderr.write(
        f"{problem.exc_type.__name__}: {problem.exc_value}\n"
    )
    sys.exit(main())
