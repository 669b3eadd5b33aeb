"""``make install``: the environment ``.venv`` from ``requirements.lock``, and nothing when it is up to date.

A script for a bare ``python3``, even too old a one: it must be able to say so. The packages come from uv
when it works here (about ten times quicker), from pip otherwise.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

OLDEST = (3, 11)
PROJECT = Path(__file__).resolve().parents[2]
VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = PROJECT / "requirements.lock"
STAMP = VENV / ".installed"


def main() -> int:
    """Exit code 0 when the environment is ready."""
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        return _refuse(f"Python {found} est trop ancien : il faut Python 3.11 ou plus récent.")
    with LOCK.open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two commands at once: the second waits, then has nothing to do
        if STAMP.exists() and STAMP.read_text() == _fingerprint() and _runs(PYTHON):
            return 0
        return _install()


def _install() -> int:
    started = time.monotonic()
    if not _runs(PYTHON) or _version(PYTHON) != sys.version_info[:2]:
        refusal = _create_environment()
        if refusal:
            return _refuse(refusal)
    total = len(re.findall(r"^\S+==", LOCK.read_text(), re.M))
    _say(f"Installation de {total} paquets dans .venv (la première fois, une minute ou deux)…")
    if not (_with_uv() or _with_pip(total)):
        return _refuse("L’installation des paquets a échoué : voir ci-dessus. Le réseau répond-il ?")
    STAMP.write_text(_fingerprint())
    _say(f"Paquets installés en {time.monotonic() - started:.0f} s.")
    return 0


def _create_environment() -> str:
    """Make ``.venv``; a sentence when that is not possible."""
    if importlib.util.find_spec("ensurepip") is None:
        package = f"python3.{sys.version_info[1]}-venv"
        _say("Le module venv de Python est incomplet ici.")
        helper = [sys.executable, str(Path(__file__).with_name("system.py")), "packages", package]
        if subprocess.call(helper):
            return f"Il manque un paquet à Python. Debian, Ubuntu : sudo apt-get install {package}"
    _say("Création de l’environnement Python .venv…")
    result = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False)
    return "" if result.returncode == 0 else "La création de .venv a échoué : voir ci-dessus."


def _with_uv() -> bool:
    """Install uv at the version of the lock, then everything with it. Any refusal leaves the work to pip."""
    pinned = re.search(r"^uv==.*?(?=^\S)", LOCK.read_text() + "\n#", re.M | re.S)
    if not pinned:
        return False
    with tempfile.TemporaryDirectory() as folder:
        only_uv = Path(folder) / "uv.txt"
        only_uv.write_text(pinned[0])
        if not _run([*_PIP, "--quiet", "-r", str(only_uv)], quiet=True):
            return False
    command = [str(VENV / "bin" / "uv"), "pip", "sync", "--require-hashes", "--python", str(PYTHON)]
    return _run([*command, str(LOCK)], env=_uv_environment(), quiet=True)


def _with_pip(total: int) -> bool:
    return _run([*_PIP, "--no-compile", "-r", str(LOCK)], total=total)


# Without dependencies: the lock names them all, and an old pip, meeting « coverage[toml] » with hashes, looks for
# the newest release on the index and refuses it.
_PIP = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "--no-deps", "--disable-pip-version-check"]


def _uv_environment() -> dict[str, str]:
    """pip's index and certificates, which uv does not read by itself."""
    env = dict(os.environ)
    for option, variable in (("index-url", "UV_DEFAULT_INDEX"), ("cert", "SSL_CERT_FILE")):
        value = os.environ.get("PIP_" + option.replace("-", "_").upper())
        for section in ("install", "global"):
            value = value or _pip_setting(f"{section}.{option}")
        if value:
            env.setdefault(variable, value)
    return env


def _pip_setting(name: str) -> str:
    command = [str(PYTHON), "-m", "pip", "config", "get", name]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    return result.stdout.strip() if result.returncode == 0 else ""


def _run(
    command: list[str], *, env: dict[str, str] | None = None, total: int = 0, quiet: bool = False
) -> bool:
    """Run ``command`` while saying how far it is; its last lines when it fails (unless ``quiet``)."""
    with tempfile.TemporaryFile("w+") as log:
        try:
            process = subprocess.Popen(command, cwd=PROJECT, env=env, stdout=log, stderr=subprocess.STDOUT)
        except OSError:
            return False
        started = told = time.monotonic()
        while process.poll() is None:
            time.sleep(0.1)
            if time.monotonic() - told > (1 if sys.stdout.isatty() else 10):
                told = time.monotonic()
                _progress(log.fileno(), told - started, total)
        log.seek(0)
        if process.returncode and not quiet:
            print("".join(log.readlines()[-25:]), file=sys.stderr)
    return process.returncode == 0


def _progress(log: int, seconds: float, total: int) -> None:
    done = os.pread(log, 10_000_000, 0).count(b"\nCollecting ") if total else 0
    text = f"  … {seconds:.0f} s" + (f", {done} paquets sur {total}" if done else "")
    print(text, end="\r" if sys.stdout.isatty() else "\n", flush=True)


def _runs(python: Path) -> bool:
    return _version(python) is not None


def _version(python: Path) -> tuple[int, ...] | None:
    code = "import sys; print(*sys.version_info[:2])"
    try:
        result = subprocess.run([str(python), "-c", code], capture_output=True, check=False)
        return tuple(map(int, result.stdout.split()))[:2] or None
    except (OSError, ValueError):
        return None


def _fingerprint() -> str:
    return hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()


def _say(text: str) -> None:
    print(text, flush=True)


def _refuse(text: str) -> int:
    print("✗ " + text, file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main())
