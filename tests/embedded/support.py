"""What the tests of the embedded servers share: who runs, which processes are left, how to wait."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]
needs_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="root prête sa place à un autre compte : il faut être root"
)


def wait_until(condition: Callable[[], object], seconds: float = 20, what: str = "the condition") -> None:
    """Poll, as no event tells it, and fail saying what was awaited."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.1)


def alive(pid: int) -> bool:
    """Whether ``pid`` runs; a zombie that nobody reaped does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def processes_in(folder: Path) -> list[int]:
    """Processes whose command line names ``folder``, guardians excepted."""
    found = []
    for process in psutil.process_iter(["cmdline", "status"]):
        words = " ".join(process.info["cmdline"] or [])
        if (
            str(folder) in words
            and "guardian.py" not in words
            and process.info["status"] != psutil.STATUS_ZOMBIE
        ):
            found.append(process.pid)
    return found


def embedded(*arguments: str, **options: object) -> subprocess.Popen[str]:
    """``python -m trajectoires.embedded …`` of this project, without the addresses of the running tests."""
    env = without_addresses() | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "trajectoires.embedded", *arguments]
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        command,
        **{"env": env, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, **options},
    )


def without_addresses() -> dict[str, str]:
    """The environment of a newcomer: nothing tells where a server is."""
    hidden = ("DATABASE_URL", "REDIS_URL", "MEDIA_ROOT", "DJANGO_SETTINGS_MODULE", "PORT", "HOST", "SITE_URL")
    return {key: value for key, value in os.environ.items() if key not in hidden}


def ordinary_python() -> tuple[dict[str, object], list[str], dict[str, str]] | None:
    """Popen's identity, Python and environment to run our code as ``nobody`` when the tests run as root.

    None when no Python of the same version can be reached by that account.
    """
    if os.geteuid() != 0:
        return {}, [sys.executable], {"PYTHONPATH": str(ROOT)}
    entry = pwd.getpwnam("nobody")
    identity: dict[str, object] = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    packages = Path(psutil.__file__).parents[1]
    env = {"PYTHONPATH": f"{ROOT}:{packages}", "PYTHONDONTWRITEBYTECODE": "1"}
    name = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    for python in filter(None, (sys.executable, f"/usr/bin/{name}", shutil.which(name))):
        command = [python, "-c", "import psutil, psycopg, trajectoires.embedded"]
        try:
            done = subprocess.run(command, env=env, cwd="/", capture_output=True, check=False, **identity)  # type: ignore[call-overload]
        except OSError:
            continue
        if done.returncode == 0:
            return identity, [python], env
    return None
