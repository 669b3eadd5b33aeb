"""The whole platform as real processes on throwaway servers: web, worker, beat. To click on, and to kill."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from trajectoires.embedded.servers import Servers, throwaway

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(condition: Callable[[], bool], seconds: float, what: str, *, pause: float = 0.1) -> None:
    """Poll until the condition holds, or fail saying what was awaited."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(pause)
    raise AssertionError(f"not within {seconds} s: {what}")


class Stack:
    """Processes of one platform; ``env`` is what a command needs to speak to it."""

    def __init__(self, servers: Servers, folder: Path, **extra: str) -> None:
        self.servers = servers
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.env = servers.environment(
            {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL")}
        ) | {
            "DJANGO_SETTINGS_MODULE": "trajectoires.settings.local",
            "SITE_URL": self.url,
            "MEDIA_ROOT": str(folder / "media"),
            "STATIC_ROOT": str(folder / "static"),
            "LOG_LEVEL": "WARNING",
            "BEAT_MAIL_SECONDS": "2",
            "BEAT_DOCUMENTS_SECONDS": "2",
            **extra,
        }

    def manage(self, *args: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *args],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"manage.py {args}: {done.stdout[-2000:]}{done.stderr[-4000:]}"
        return done.stdout

    def prepare(self, *, demo: bool) -> None:
        """One process for all the commands: starting Python and Django is most of their time."""
        commands = [("migrate",), ("createcachetable",), ("load_content",), ("collectstatic", "--noinput")]
        if demo:
            commands.append(("seed_demo",))
        steps = "; ".join(f"call_command(*{command}, verbosity=0)" for command in commands)
        self.manage(
            "shell", "--verbosity", "0", "-c", f"from django.core.management import call_command; {steps}"
        )

    def start(self, *names: str) -> None:
        for name in names or ("web", "worker", "beat"):
            log = (self.folder / f"{name}.log").open("ab")
            self.processes[name] = subprocess.Popen(
                self.command(name), cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True
            )
        if "web" in (names or ("web",)):
            wait_for(lambda: self.status("/healthz") == 200, 90, "the web server answers")

    def command(self, name: str) -> list[str]:
        celery = [sys.executable, "-m", "celery", "-A", "trajectoires"]
        return {
            "web": [
                sys.executable,
                "-m",
                "gunicorn",
                "trajectoires.wsgi:application",
                "-w",
                "2",
                "-b",
                f"127.0.0.1:{self.port}",
            ],
            "worker": [*celery, "worker", "-c", "1", "-l", "WARNING"],
            "beat": [*celery, "beat", "-l", "WARNING", "-s", str(self.folder / "beat")],
        }[name]

    def kill(self, name: str, number: signal.Signals = signal.SIGKILL) -> None:
        """The whole process group at once, as the system does when memory runs out."""
        process = self.processes.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        process.wait(20)

    def stop(self) -> None:
        for name in list(self.processes):
            self.kill(name)

    def status(self, path: str) -> int:
        """HTTP status of a page; 0 when nothing answers."""
        return self.get(path)[0]

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.url + path, timeout=20) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def log(self, name: str) -> str:
        path = self.folder / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""


@contextmanager
def running(*, demo: bool = False, **extra: str) -> Iterator[Stack]:
    """A prepared and started platform of one's own."""
    with throwaway() as servers, tempfile.TemporaryDirectory(prefix="trajectoires-pile-") as folder:
        stack = Stack(servers, Path(folder), **extra)
        try:
            stack.prepare(demo=demo)
            stack.start()
            yield stack
        finally:
            stack.stop()
