"""What the bench speaks with: a browser of a few lines, the agent, and the statistics it prints."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from statistics import median
from typing import Any
from urllib.parse import urlencode

from tests.support.stack import ROOT

TOKEN = "mesure" + "0" * 26  # a CSRF secret is 32 letters


class Browser:
    """One signed-in person; takes compressed pages as browsers do."""

    def __init__(self, port: int, session: str) -> None:
        self.port = port
        self.headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "Accept-Encoding": "gzip"}

    def ask(
        self, path: str, fields: dict[str, str] | None = None, *, htmx: bool = False
    ) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = self.headers | ({"HX-Request": "true"} if htmx else {})
        if fields is None:
            connection.request("GET", path, headers=headers)
        else:
            form = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": TOKEN}
            connection.request("POST", path, urlencode(fields), headers | form)
        response = connection.getresponse()
        response.read()
        connection.close()
        return response


class AgentProcess:
    def __init__(self, env: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.agent"],
            cwd=ROOT,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, *order: Any) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def stop(self) -> None:
        self.process.kill()
        self.process.wait(20)


@dataclass(frozen=True)
class Times:
    """Seconds of the same thing, several times."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.seconds)

    def __str__(self) -> str:
        low, high = (f"{1000 * value:.1f}" for value in (min(self.seconds), max(self.seconds)))
        return f"{1000 * self.median:7.1f} ms ({low}–{high})"


def timed(action: Any) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start
