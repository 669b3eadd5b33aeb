"""One child of the run: its output line by line under its name, its restart when it falls."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from trajectoires.embedded.console import say
from trajectoires.embedded.guardian import Guardian

LONGEST_PAUSE = 30.0
STEADY_SECONDS = 60.0


class Service:
    """A process in a group of its own, so that Ctrl-C reaches it through us and in order."""

    def __init__(
        self, name: str, command: Sequence[str], *, folder: Path, env: Mapping[str, str], guardian: Guardian
    ) -> None:
        self.name = name
        self.command = list(command)
        self.folder = folder
        self.env = dict(env)
        self.guardian = guardian
        self.process: subprocess.Popen[str] | None = None
        self._started = 0.0
        self._failures = 0
        self._next_start = 0.0
        self._reader: threading.Thread | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command,
            cwd=self.folder,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        self.guardian.watch_group(self.process.pid, signal.SIGTERM)
        self._started = time.monotonic()
        self._reader = threading.Thread(target=self._relay, args=(self.process,), daemon=True)
        self._reader.start()

    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def keep_alive(self) -> None:
        """Call often: starts the process again when it has ended, later each time it falls early."""
        if self.running():
            return
        if self.process:
            code = self._bury()
            steady = time.monotonic() - self._started > STEADY_SECONDS
            self._failures = 1 if steady else self._failures + 1
            pause = min(2.0 ** (self._failures - 1), LONGEST_PAUSE)
            self._next_start = time.monotonic() + pause
            say(f"s’est arrêté ({describe(code)}) ; relancé dans {pause:.0f} s.", name=self.name)
        elif time.monotonic() >= self._next_start:
            self.start()

    def ask_to_stop(self) -> None:
        """To the leader alone: a Celery worker finishes its task; a signal to its children would cut it."""
        if self.running() and self.process:
            self.process.terminate()

    def finish(self, deadline: float) -> int:
        """Wait for the end until ``deadline`` (monotonic clock), then use force. Returns the exit code."""
        if not self.process:
            return 0
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            say("ne s’arrête pas : arrêt forcé.", name=self.name)
        return self._bury()

    def force(self) -> None:
        """End the whole group now, what its own children left included."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def _bury(self) -> int:
        self.force()
        code = 0
        if self.process:
            code = self.process.wait()
            self.guardian.forget(self.process.pid)
        if self._reader:
            self._reader.join(1)
        self.process = None
        return code

    def _relay(self, process: "subprocess.Popen[str]") -> None:
        for line in process.stdout or ():
            say(line.rstrip("\n"), name=self.name)


def describe(code: int) -> str:
    """How a process ended, in words."""
    if code >= 0:
        return f"code {code}"
    try:
        return f"signal {signal.Signals(-code).name}"
    except ValueError:
        return f"signal {-code}"
