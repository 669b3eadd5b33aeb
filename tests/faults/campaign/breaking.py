"""The faults: each breaks something real for a while, then mends it as a supervisor or an operator would."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

import psutil

from tests.faults.campaign.world import World

# What Docker or systemd takes to start again a process that died.
SUPERVISOR = 1.0
SLOW_CLIENTS = 40
JUMP = 3600


@dataclass(frozen=True)
class Fault:
    """``hold``: seconds that it lasts, when it is tried alone and in full."""

    code: str
    name: str
    hold: float
    breaks: Callable[[World], object]
    needs: Callable[[], bool] = lambda: True


@contextmanager
def worker_killed(world: World) -> Iterator[None]:
    """In the middle of a rendering when one comes within twenty seconds."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and not _rendering(world):
        time.sleep(0.005)
    _kill_and_start(world, "worker")
    yield


@contextmanager
def web_killed(world: World) -> Iterator[None]:
    """One of its processes, then all of them, while people save."""
    for child in psutil.Process(world.stack.processes["web"].pid).children()[:1]:
        with suppress(ProcessLookupError):
            os.kill(child.pid, signal.SIGKILL)
    time.sleep(2)
    _kill_and_start(world, "web")
    yield


@contextmanager
def beat_killed(world: World) -> Iterator[None]:
    _kill(world, "beat")
    yield
    world.stack.start("beat")


@contextmanager
def broker_emptied(world: World) -> Iterator[None]:
    valkey = world.stack.servers.valkey
    assert valkey
    valkey.stop()
    yield
    shutil.rmtree(valkey.data, ignore_errors=True)
    valkey.start()


@contextmanager
def postgres_killed(world: World) -> Iterator[None]:
    postgres = world.stack.servers.postgres
    assert postgres
    postgres.kill()
    yield
    postgres.start()


@contextmanager
def disk_full(world: World) -> Iterator[None]:
    """That of the database and of the files."""
    ballast = world.folder / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(b"\0" * (1 << 20))
    with suppress(OSError), ballast.open("ab", buffering=0) as file:
        while True:
            file.write(b"\0" * 4096)
    yield
    ballast.unlink()
    postgres = world.stack.servers.postgres
    assert postgres
    if (
        not postgres.pid
    ):  # it stops by itself when it cannot write its journal; its supervisor starts it again
        postgres.start()


@contextmanager
def storage_refuses(world: World) -> Iterator[None]:
    folder = world.documents()
    aside = folder.with_name("documents-aside")
    folder.mkdir(parents=True, exist_ok=True)
    folder.rename(aside)
    folder.write_text("a file where a folder is wanted: nothing can be written here")
    yield
    folder.unlink()
    aside.rename(folder)


@contextmanager
def mail_refuses(world: World) -> Iterator[None]:
    world.mail.close()
    yield
    world.mail.open()


@contextmanager
def clock_jumps(world: World) -> Iterator[None]:
    """The clock of the processes goes an hour ahead, then comes back; the database keeps its own."""
    world.clock.write_text(str(JUMP))
    yield
    world.clock.write_text("0")


@contextmanager
def slow_clients(world: World) -> Iterator[None]:
    """Forty phones that send a byte a second."""
    ended = threading.Event()
    crowd = [threading.Thread(target=_drip, args=(world, ended), daemon=True) for _ in range(SLOW_CLIENTS)]
    for one in crowd:
        one.start()
    yield
    ended.set()
    for one in crowd:
        one.join(5)


@contextmanager
def migration(world: World) -> Iterator[None]:
    """What a new version does to the table that people write in: a column, an index, then their way back."""
    for act in (
        "ALTER TABLE diagnostic_answer ADD COLUMN fault_note text",
        "CREATE INDEX CONCURRENTLY fault_index ON diagnostic_answer (fault_note)",
    ):
        _migrate(world, act)
    yield
    for act in (
        "DROP INDEX CONCURRENTLY fault_index",
        "ALTER TABLE diagnostic_answer DROP COLUMN fault_note",
    ):
        _migrate(world, act)


def _migrate(world: World, act: str) -> None:
    """As a careful migration does: gives up after two seconds of waiting for its lock, and tries again."""
    postgres = world.stack.servers.postgres
    assert postgres
    for _ in range(10):
        with suppress(Exception), postgres.connect() as connection:
            connection.execute("SET lock_timeout = '2s'")
            connection.execute(act)  # type: ignore[call-overload]
            return
        time.sleep(0.5)
    raise AssertionError(f"never had its lock: {act}")


def _rendering(world: World) -> bool:
    with suppress(Exception):
        return bool(
            world.sql("SELECT 1 FROM documents_document WHERE state = 'rendering' AND progress >= 20")
        )
    return False


def _kill(world: World, name: str) -> None:
    if name in world.stack.processes:
        world.stack.kill(name)


def _kill_and_start(world: World, name: str) -> None:
    _kill(world, name)
    time.sleep(SUPERVISOR)
    with suppress(AssertionError):  # the web process may take longer when the database is away too
        world.stack.start(name)


def _drip(world: World, ended: threading.Event) -> None:
    at = urlsplit(world.url)
    with suppress(OSError), socket.create_connection((str(at.hostname), at.port or 80), timeout=5) as channel:
        head = f"POST /compte/login/ HTTP/1.1\r\nHost: {at.netloc}\r\nContent-Length: 100000\r\n\r\n"
        channel.sendall(head.encode())
        while not ended.wait(1):
            channel.sendall(b"a")


def _mounted() -> bool:
    return os.geteuid() == 0


FAULTS = (
    Fault("worker", "Travailleur tué (SIGKILL) en pleine fabrication", 1, worker_killed),
    Fault("web", "Processus web tués (SIGKILL) pendant des enregistrements", 1, web_killed),
    Fault("beat", "Beat tué (SIGKILL)", 10, beat_killed),
    Fault("broker", "Courtier arrêté, puis relancé vide", 60, broker_emptied),
    Fault("postgres", "PostgreSQL tué (SIGKILL), puis relancé", 5, postgres_killed),
    Fault("disk", "Disque plein (base et fichiers)", 10, disk_full, _mounted),
    Fault("storage", "Stockage des fichiers qui refuse", 10, storage_refuses),
    Fault("mail", "Serveur de courriel qui refuse", 15, mail_refuses),
    Fault("clock", "Horloge qui avance d’une heure, puis revient", 10, clock_jumps),
    Fault("slow", "Quarante téléphones très lents", 15, slow_clients),
    Fault("migration", "Changement de table pendant les enregistrements", 5, migration),
)
# Two at a time: those that take away what another one needs.
PAIRED = ("worker", "web", "broker", "postgres", "storage", "mail")
