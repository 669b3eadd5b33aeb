"""A small process that outlives ours just long enough to end what we started, even after a SIGKILL.

It reads its standard input: one line for each process to end or folder to erase. The end of the input,
which the kernel gives when we die in whatever way, is the signal to act. Unlike PR_SET_PDEATHSIG it works
on every Unix, reaches whole process groups, and is not lost when a child changes account.
Run as a script: it imports nothing of the project.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TextIO

PATIENCE_SECONDS = 12.0


class Guardian:
    """Our side of it. ``lock`` is a file descriptor it keeps open until everything has ended."""

    def __init__(self, *, lock: int | None = None) -> None:
        self._writing = threading.Lock()  # servers start side by side
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=() if lock is None else (lock,),
            cwd="/",
            start_new_session=True,
            text=True,
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def watch_group(self, pid: int, number: signal.Signals) -> None:
        """Send ``number`` to ``pid``, wait, then end by force what is left of the group it leads."""
        self._write(f"group {pid} {number.value}")

    def watch_process(self, pid: int, number: signal.Signals) -> None:
        """The same for one process that shares our group."""
        self._write(f"process {pid} {number.value}")

    def forget(self, pid: int) -> None:
        """``pid`` has ended; its number may be given to another."""
        self._write(f"forget {pid} 0")

    def erase(self, folder: Path) -> None:
        """A temporary folder to remove."""
        self._write(f"erase {folder}")

    def dismiss(self) -> None:
        """Everything was ended as it should: nothing to do any more."""
        self._write("dismiss")
        if self._process.stdin:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        self._process.wait()

    def _write(self, line: str) -> None:
        if self._process.stdin:
            with self._writing, contextlib.suppress(OSError):
                self._process.stdin.write(line + "\n")
                self._process.stdin.flush()


def guard(orders: TextIO) -> None:
    """The other side: read until the end, then act."""
    watched: dict[int, tuple[str, int]] = {}
    folders: list[str] = []
    for line in orders:
        word, _, rest = line.rstrip("\n").partition(" ")
        if word == "dismiss":
            return
        if word == "erase":
            folders.append(rest)
            continue
        pid, number = map(int, rest.split())
        if word == "forget":
            watched.pop(pid, None)
        else:
            watched[pid] = (word, number)
    _end(watched)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def _end(watched: dict[int, tuple[str, int]]) -> None:
    """Ask each leader to stop, not its children (a Celery worker finishes its task), then use force."""
    left = [pid for pid, (_, number) in watched.items() if _send(pid, number)]
    deadline = time.monotonic() + PATIENCE_SECONDS
    while left and time.monotonic() < deadline:
        time.sleep(0.05)
        left = [pid for pid in left if _send(pid, 0)]
    for pid, (kind, _) in watched.items():
        if kind == "group":
            with contextlib.suppress(OSError):
                os.killpg(pid, signal.SIGKILL)
        elif pid in left:
            _send(pid, signal.SIGKILL)


def _send(pid: int, number: int) -> bool:
    """Whether the process was still there; a zombie that nobody reaps does not count."""
    try:
        os.kill(pid, number)
    except OSError:
        return False
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return True


if __name__ == "__main__":
    guard(sys.stdin)
