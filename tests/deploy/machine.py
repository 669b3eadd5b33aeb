"""A whole Debian started here without engine nor virtual machine: its own systemd as first process, our network, our kernel."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.deploy.chroot import SYSTEM_PATH, Root, debian, possible
from tests.deploy.image import CERTIFICATES
from tests.support.stack import wait_for

PORTS = (80, 443, 5432, 6379, 8000)
# Its /dev, its control groups and its root are its own: the units' ProtectSystem, PrivateDevices and the like then hold.
START = r"""
root=$1
mount --bind "$root" "$root"
mount --make-rprivate /
cd "$root"
mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
mount -t tmpfs tmpfs sys/fs/cgroup 2>/dev/null || true
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs dev
for name in null zero full random urandom tty; do touch dev/$name; mount --bind /dev/$name dev/$name; done
mkdir dev/shm dev/pts
mount -t tmpfs -o mode=1777 tmpfs dev/shm
ln -s /proc/self/fd dev/fd
ln -s pts/ptmx dev/ptmx
touch dev/console
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs -o mode=1777 tmpfs tmp
mkdir -p mnt/host
pivot_root . mnt/host
exec chroot . sh -c 'umount -l /mnt/host; exec env -i container=other PATH="$0" /lib/systemd/systemd --show-status=false' "$2"
"""


def why_not() -> str:
    """Why it cannot be tried here, in French; empty when it can."""
    busy = [port for port in PORTS if _listens(port)]
    groups = not _groups().is_dir()
    return (
        possible()
        or (f"ports déjà pris : {', '.join(map(str, busy))}" if busy else "")
        or ("pas de cgroup v2 sur cette machine" if groups else "")
    )


@dataclass
class Machine:
    root: Root
    first: int

    def run(self, command: str, *, check: bool = True, cwd: str = "/root", stdin: str | None = None) -> str:
        """A line of shell, as root, inside; what it wrote both ways."""
        inside = [
            "nsenter",
            "--target",
            str(self.first),
            "--mount",
            "--pid",
            "--uts",
            "--ipc",
            "--cgroup",
            "--root",
        ]
        done = subprocess.run(
            [*inside, "/bin/sh", "-c", f"cd {cwd} && {command}"],
            env={
                "PATH": SYSTEM_PATH,
                "LC_ALL": "C.UTF-8",
                "DEBIAN_FRONTEND": "noninteractive",
                "HOME": "/root",
            },
            input=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert not (check and done.returncode), f"{command}\n{done.stdout[-3000:]}"
        return done.stdout


@contextmanager
def started(folder: Path, *, kept: bool = False) -> Iterator[Machine]:
    """A fresh minimal Debian under systemd, in ``folder``; ``kept``: as a former trial left it."""
    if not kept:
        debian(folder.parent / "system", "systemd", "systemd-sysv", "dbus").copy(folder)
    root = Root(folder)
    root.path("/usr/sbin/policy-rc.d").unlink(missing_ok=True)
    shutil.copy("/etc/resolv.conf", root.path("/etc/resolv.conf"))
    if CERTIFICATES.exists():
        # The way out of this machine may have an authority of its own; a virtual machine elsewhere has none.
        shutil.copy(CERTIFICATES, root.path("/etc/here.crt"))
        root.path("/etc/pip.conf").write_text("[global]\ncert = /etc/here.crt\n")
    group = _groups() / "trajectoires-essai"
    group.mkdir(exist_ok=True)
    process = subprocess.Popen(
        ["sh", "-c", 'echo $$ > "$0"; exec "$@"', str(group / "cgroup.procs"), "unshare", "--cgroup", "--pid", "--mount", "--uts", "--ipc", "--fork", "--kill-child",
         "sh", "-euc", START, "sh", str(folder), SYSTEM_PATH],
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(lambda: bool(psutil.Process(process.pid).children()), 10, "the first process is there")
        machine = Machine(root, psutil.Process(process.pid).children()[0].pid)
        ready = ("running", "degraded")
        wait_for(lambda: _state(machine) in ready, 60, "systemd has started")
        yield machine
    finally:
        for child in psutil.Process(process.pid).children():
            child.send_signal(signal.SIGKILL)
        process.wait(30)


def _state(machine: Machine) -> str:
    words = machine.run("systemctl is-system-running", check=False).split()
    return words[-1] if words else ""


def _groups() -> Path:
    places = (Path("/sys/fs/cgroup"), Path("/sys/fs/cgroup/unified"))
    return next((place for place in places if (place / "cgroup.procs").exists()), places[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
