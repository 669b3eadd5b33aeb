"""Two web machines, two workers and one beat: gunicorn and Celery as the image starts them, on production settings.

Each has a folder of its own for everything that a process writes, so that nothing is shared by accident.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.support.stack import ROOT, free_port, wait_for
from trajectoires.settings.badges import new_key

WEBS, WORKERS = ("web-a", "web-b"), ("worker-a", "worker-b")
NAMES = (*WEBS, *WORKERS, "beat")
PYTHON = sys.executable


@dataclass
class Fleet:
    """``settings``: what all the machines are told; ``ports``: where each web listens."""

    folder: Path
    settings: dict[str, str]
    ports: dict[str, int] = field(default_factory=lambda: {name: free_port() for name in WEBS})
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def environment(self, name: str) -> dict[str, str]:
        own = self.folder / name
        for place in ("media", "tmp"):
            (own / place).mkdir(parents=True, exist_ok=True)
        private = {"MEDIA_ROOT": str(own / "media"), "TMPDIR": str(own / "tmp"), "HOME": str(own)}
        return self.settings | private

    def command(self, name: str) -> list[str]:
        celery = [PYTHON, "-m", "celery", "-A", "trajectoires"]
        if name in WEBS:
            bind = f"127.0.0.1:{self.ports[name]}"
            return [
                PYTHON,
                "-m",
                "gunicorn",
                "-c",
                "deploy/gunicorn.conf.py",
                "trajectoires.wsgi",
                "--bind",
                bind,
            ]
        if name == "beat":
            return [
                *celery,
                "beat",
                "--pidfile=",
                f"--schedule={self.folder}/beat/schedule",
                "--loglevel=WARNING",
            ]
        return [*celery, "worker", f"--hostname={name}@essai", "--concurrency=1", "--loglevel=WARNING"]

    def start(self, *names: str) -> None:
        for name in names or NAMES:
            env = self.environment(name)
            log = (self.folder / f"{name}.log").open("ab")
            self.processes[name] = subprocess.Popen(
                self.command(name), cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True
            )
        for name in names or NAMES:
            if name in WEBS:
                wait_for(lambda name=name: self.answers(name), 90, f"{name} answers")  # type: ignore[misc]

    def answers(self, name: str) -> bool:
        with suppress(httpx.HTTPError):
            return httpx.get(f"http://127.0.0.1:{self.ports[name]}/healthz", timeout=3).status_code == 200
        return False

    def kill(self, name: str) -> None:
        """All its processes at once, as a machine that stops."""
        process = self.processes.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)

    def stop(self) -> None:
        for name in list(self.processes):
            self.processes[name].terminate()
        deadline = time.monotonic() + 15
        for name in list(self.processes):
            with suppress(subprocess.TimeoutExpired):
                self.processes[name].wait(max(0.1, deadline - time.monotonic()))
            self.kill(name)

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(
            [PYTHON, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment("prepare"),
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
        return done.stdout

    def prepare(self) -> None:
        steps = [("migrate",), ("createcachetable",), ("load_content",), ("collectstatic", "--noinput")]
        calls = "; ".join(f"call_command(*{step}, verbosity=0)" for step in steps)
        said = f"from django.core.management import call_command; {calls}"
        self.manage("shell", "--verbosity", "0", "-c", said)

    def left_behind(self) -> list[str]:
        """Files that some machine keeps for itself alone where produced files go."""
        return [
            str(path)
            for name in NAMES
            for path in (self.folder / name / "media").rglob("*")
            if path.is_file()
        ]

    def log(self, name: str) -> str:
        path = self.folder / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""


def production(folder: Path, site: str, **told: str) -> dict[str, str]:
    """What an operator writes in ``.env``, and nothing of the machine that runs the campaign."""
    return {
        "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "DJANGO_SETTINGS_MODULE": "trajectoires.settings.production",
        "SECRET_KEY": "0123456789-ABCDEFGHIJ" * 4,
        "BADGE_SIGNING_KEY": new_key(),
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": site,
        "EMAIL_URL": "dummymail://",
        "STATIC_ROOT": str(folder / "static"),
        "WEB_CONCURRENCY": "2",
        "LOG_LEVEL": "INFO",
        "LOG_REQUESTS": "WARNING",
        "BEAT_DOCUMENTS_SECONDS": "2",
        **told,
    }
