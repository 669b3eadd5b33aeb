"""What PostgreSQL and Valkey share: start and wait, stop, kill, come back at the same address."""

import abc
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

from trajectoires.embedded.account import Account
from trajectoires.embedded.console import EmbeddedError
from trajectoires.embedded.guardian import Guardian
from trajectoires.embedded.place import Place

LOG_BYTES = 5_000_000


class Server(abc.ABC):
    """One server process in a :class:`Place`; ``url`` is known before start and never changes."""

    name: str
    title: str
    stop_signal = signal.SIGTERM
    start_seconds = 120.0
    retry_seconds = 8.0
    stop_seconds = 30.0

    def __init__(self, place: Place, *, durable: bool = True) -> None:
        self.place = place
        self.durable = durable
        self.sockets = place.sockets()
        self.process: subprocess.Popen[str] | None = None
        self.guardian: Guardian | None = None

    @property
    @abc.abstractmethod
    def url(self) -> str:
        """Address for the settings of Django or Celery."""

    @abc.abstractmethod
    def command(self) -> Sequence[str | Path]:
        """Command line of the server in the foreground; prepares the data folder on first use."""

    @abc.abstractmethod
    def answers(self) -> bool:
        """Whether the server serves a request now."""

    @property
    def account(self) -> Account:
        return self.place.account

    @property
    def log(self) -> Path:
        return self.place.home / f"{self.name}.log"

    @property
    def pid(self) -> int | None:
        """Process identifier while the server runs, None otherwise."""
        return self.process.pid if self.process and self.process.poll() is None else None

    def start(self) -> None:
        """Start and wait until it answers; raises EmbeddedError with the end of its log when it does not."""
        if self.pid:
            return
        self.stop_orphan()
        # The children of a killed server may hold its files a moment longer: an early end is tried again.
        patience = time.monotonic() + self.retry_seconds
        while not self._attempt():
            if self.pid or time.monotonic() > patience:
                self.kill()
                raise EmbeddedError(
                    f"{self.title} ne démarre pas. Fin de son journal ({self.log}) :\n{self._tail()}"
                )
            time.sleep(0.3)

    def stop(self) -> None:
        """Clean stop, then by force after ``stop_seconds``."""
        if self.process:
            self._signal(self.stop_signal)
            try:
                self.process.wait(self.stop_seconds)
            except subprocess.TimeoutExpired:
                self.kill()
        self.process = None
        self._pid_file.unlink(missing_ok=True)

    def kill(self) -> None:
        """SIGKILL, as a power cut would: the data must survive it."""
        if self.process:
            self._signal(signal.SIGKILL)
            self.process.wait()
        self.process = None

    def restart(self) -> None:
        """Stop and start at the same address."""
        self.stop()
        self.start()

    def _attempt(self) -> bool:
        """One start; False when the process ended early, or still runs without an answer at the end."""
        deadline = time.monotonic() + self.start_seconds
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.unlink()
        command = self.command()
        if self.guardian and self.process:
            self.guardian.forget(self.process.pid)
        with self.log.open("ab") as log:
            self.process = self.account.popen(command, env=server_environment(), stdout=log.fileno())
        # At once: whoever kills us as soon as the server answers must not leave it behind.
        if self.guardian:
            self.guardian.watch_group(self.process.pid, self.stop_signal)
        started = psutil.Process(self.process.pid).create_time()
        self._pid_file.write_text(f"{self.process.pid} {started}")
        while self.process.poll() is None and time.monotonic() < deadline:
            if self.answers():
                return True
            time.sleep(0.02)
        return False

    def _signal(self, number: signal.Signals) -> None:
        if self.process and self.process.poll() is None:
            os.kill(self.process.pid, number)

    @property
    def _pid_file(self) -> Path:
        return self.place.home / f"{self.name}.pid"

    def stop_orphan(self) -> None:
        """End a server that outlived the program that started it: two on the same data would spoil it."""
        if not self._pid_file.exists():
            return
        try:
            pid, started = self._pid_file.read_text().split()
            process = psutil.Process(int(pid))
            if abs(process.create_time() - float(started)) < 2:
                process.send_signal(self.stop_signal)
                process.wait(self.stop_seconds)
        except (ValueError, psutil.NoSuchProcess):
            pass
        self._pid_file.unlink()

    def _tail(self, lines: int = 12) -> str:
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def server_environment() -> dict[str, str]:
    """The environment without the variables by which PostgreSQL and its clients would be led elsewhere."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    return kept | {"LC_ALL": "C", "TZ": "UTC"}
