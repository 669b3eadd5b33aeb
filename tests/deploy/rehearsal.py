"""The deployment without containers: the files of the image, its commands and its settings, on real servers."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.deploy.support import compose, copy_of_image, environment, instructions
from tests.support.stack import free_port, wait_for
from trajectoires.embedded.servers import Servers, throwaway

HOST = "trajectoires.example"
HTTPS = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "81.2.69.160"}


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@dataclass
class Deployment:
    """Web, worker and beat, each started by the command of its container."""

    folder: Path
    servers: Servers
    port: int = field(default_factory=free_port)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def app(self) -> Path:
        return self.folder / "app"

    @property
    def places(self) -> dict[str, str]:
        return {"/data/media": f"{self.folder}/media", "/data/beat": f"{self.folder}/beat"}

    @property
    def base(self) -> dict[str, str]:
        """What the image itself gives: no variable of the machine, and folders that exist here."""
        env = dict(word.split("=", 1) for word in " ".join(self._given("ENV")).split())
        path = f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin"
        static = {"STATIC_ROOT": f"{self.app}/static-files", "MEDIA_ROOT": self.places["/data/media"]}
        return env | static | {"PATH": path, "HOSTNAME": socket.gethostname(), "HOME": "/tmp"}

    @property
    def env(self) -> dict[str, str]:
        return environment() | self.base | {"LANG": "C.UTF-8"} | self.servers.environment({})

    def build(self) -> None:
        copy_of_image(self.app)
        for place in self.places.values():
            Path(place).mkdir()
        step = " && ".join(self._given("RUN")[-1].split(" && ")[:2])  # the values, the static files
        done = subprocess.run(
            ["/bin/sh", "-c", step], cwd=self.app, env=self.base, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def run(self, command: list[str], **changes: str) -> subprocess.CompletedProcess[str]:
        env = self.env | changes
        return subprocess.run(
            self._here(command), cwd=self.app, env=env, capture_output=True, text=True, timeout=240
        )

    def prepare(self) -> subprocess.CompletedProcess[str]:
        return self.run(compose()["services"]["prepare"]["command"])

    def healthy(self, name: str, **changes: str) -> subprocess.CompletedProcess[str]:
        """The health check of a service, as Docker runs it."""
        kind, *words = compose()["services"][name]["healthcheck"]["test"]
        words = [word.replace("$$", "$") for word in words]
        return self.run(["/bin/sh", "-c", *words] if kind == "CMD-SHELL" else words, **changes)

    def command(self, name: str) -> list[str]:
        if name == "web":
            return [*json.loads(self._given("CMD")[-1]), "--bind", f"127.0.0.1:{self.port}"]
        command: list[str] = compose()["services"][name]["command"]
        return self._here(command)

    def start(self, *names: str) -> None:
        for name in names:
            log = self.log(name).open("ab")
            self.processes[name] = subprocess.Popen(
                self.command(name), cwd=self.app, env=self.env, stdout=log, stderr=log, start_new_session=True
            )
        wait_for(self._answers, 40, "the web server answers")

    def kill(self, name: str) -> None:
        process = self.processes.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)

    def stop(self) -> None:
        for name in list(self.processes):
            self.kill(name)

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def get(self, path: str, headers: dict[str, str] | None = None, **options: Any) -> Answer:
        """One request, no redirection followed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(options.get("method", "GET"), path, headers=headers or {})
            response = connection.getresponse()
            text = response.read().decode(errors="replace")
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, text)
        finally:
            connection.close()

    def _answers(self) -> bool:
        with suppress(OSError):
            return self.get("/healthz").status == 200
        return False

    def _here(self, command: list[str]) -> list[str]:
        changes = {**self.places, "127.0.0.1:8000": f"127.0.0.1:{self.port}"}
        words = list(command)
        for there, here in changes.items():
            words = [word.replace(there, here) for word in words]
        return words

    def _given(self, keyword: str) -> list[str]:
        return [rest for found, rest in instructions("app") if found == keyword]


@contextmanager
def deployed(folder: Path) -> Iterator[Deployment]:
    with throwaway() as servers:
        deployment = Deployment(folder, servers)
        try:
            deployment.build()
            done = deployment.prepare()
            assert done.returncode == 0, done.stdout + done.stderr
            deployment.start("web", "worker", "beat")
            yield deployment
        finally:
            deployment.stop()
