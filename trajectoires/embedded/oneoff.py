"""``exec -- CMD``: a command on throwaway servers, for tests and measures."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from types import FrameType

from trajectoires.embedded.console import EmbeddedError
from trajectoires.embedded.guardian import Guardian
from trajectoires.embedded.place import Place
from trajectoires.embedded.servers import Servers


def execute(command: Sequence[str]) -> int:
    """Run ``command`` with DATABASE_URL and REDIS_URL set; returns its exit code (128 + n for signal n).

    Files that the command writes in MEDIA_ROOT are erased with the servers, unless the variable was set.
    """
    place = Place.temporary()
    guardian = Guardian()
    guardian.erase(place.home)
    servers = Servers.missing_from(os.environ, place, durable=False)
    try:
        servers.watched_by(guardian)
        servers.start()
        env = {"MEDIA_ROOT": str(place.home / "media")} | servers.environment(os.environ)
        return _run(command, env, guardian)
    finally:
        servers.stop()
        place.erase()
        guardian.dismiss()


def _run(command: Sequence[str], env: Mapping[str, str], guardian: Guardian) -> int:
    """At a terminal the command shares our process group: Ctrl-C reaches it, and a debugger can read."""
    own_group = not sys.stdin.isatty()
    try:
        process = subprocess.Popen(command, env=env, start_new_session=own_group)
    except OSError as error:
        raise EmbeddedError(f"La commande « {command[0]} » ne se lance pas : {error.strerror}.") from None
    (guardian.watch_group if own_group else guardian.watch_process)(process.pid, signal.SIGTERM)

    def pass_on(number: int, frame: FrameType | None) -> None:
        if own_group or number != signal.SIGINT:
            process.send_signal(number)

    # Handlers even where nothing is passed on: SIG_IGN would be inherited by the command.
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    previous = {number: signal.signal(number, pass_on) for number in numbers}
    try:
        code = process.wait()
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
    if own_group:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # what it left behind
    guardian.forget(process.pid)
    return code if code >= 0 else 128 - code
