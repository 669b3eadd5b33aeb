"""One run at a time for a clone: a lock that the kernel frees, so no stale file can refuse a start."""

import fcntl
import os
import time
from pathlib import Path

import psutil

from trajectoires.embedded.console import EmbeddedError


class RunLock:
    """``run.lock`` of a clone's local folder; holds the number of the running process."""

    def __init__(self, local: Path) -> None:
        self.path = local / "run.lock"
        self.fd: int | None = None

    def acquire(self, *, patience: float = 15.0) -> None:
        """Take it, waiting for a run that was killed to be cleaned; EmbeddedError when one is alive."""
        fd = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        deadline = time.monotonic() + patience
        while not _lock(fd):
            pid = self.holder()
            if (pid and psutil.pid_exists(pid)) or time.monotonic() > deadline:
                os.close(fd)
                raise EmbeddedError(
                    f"La plateforme tourne déjà pour ce dossier (processus {pid}). « make stop » l’arrête."
                )
            time.sleep(0.1)
        os.ftruncate(fd, 0)
        os.write(fd, str(os.getpid()).encode())
        self.fd = fd

    def release(self) -> None:
        if self.fd is not None:
            os.ftruncate(self.fd, 0)
            os.close(self.fd)
            self.fd = None

    def holder(self) -> int | None:
        """Number written by the last run, which may have ended."""
        try:
            return int(self.path.read_text())
        except (OSError, ValueError):
            return None

    def held(self) -> bool:
        """Whether a run, or the cleaning of a killed one, is under way."""
        if not self.path.exists():
            return False
        fd = os.open(self.path, os.O_RDONLY)
        try:
            return not _lock(fd)
        finally:
            os.close(fd)


def _lock(fd: int) -> bool:
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
