"""A Debian of one's own in a folder, and commands run in it: neither engine nor daemon, mounts of its own that go with it."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

MIRROR = os.environ.get("DEBIAN_MIRROR", "http://deb.debian.org/debian")
SUITE = "trixie"
SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# What debian:…-slim leaves out too.
LEFT_OUT = ("/usr/share/doc/*", "/usr/share/man/*", "/usr/share/info/*", "/usr/share/locale/*")
SOURCES = f"""deb {MIRROR} {SUITE} main
deb {MIRROR} {SUITE}-updates main
deb {MIRROR}-security {SUITE}-security main
"""
# As the Debian images: what was downloaded does not stay.
CLEAN = """DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/*.bin || true"; };
Dir::Cache::pkgcache ""; Dir::Cache::srcpkgcache "";
"""


def possible() -> str:
    """Why this machine cannot do it, in French; empty when it can."""
    if os.geteuid() != 0:
        return "il faut être root : debootstrap, chroot et des montages privés"
    lacking = [name for name in ("debootstrap", "unshare", "chroot", "mount") if not shutil.which(name)]
    return f"commandes absentes : {', '.join(lacking)} (apt-get install debootstrap)" if lacking else ""


@dataclass
class Jail:
    """How a command is shut in: an account without power, a system that is not written to, folders lent to it."""

    user: str = "0:0"
    read_only: bool = False
    lent: Mapping[str, Path] = field(default_factory=dict)


@dataclass
class Root:
    """The root file system of a machine or of an image, in a folder."""

    folder: Path

    def path(self, inside: str) -> Path:
        return self.folder / inside.lstrip("/")

    def words(self, command: Sequence[str], *, cwd: str = "/", jail: Jail | None = None) -> list[str]:
        """The whole command for this machine; killing it ends all that runs below it."""
        jail = jail or Jail()
        here = shlex.quote(str(self.folder))
        lines = [f"mount --bind {here} {here}"]
        lines += [f"mount -o remount,bind,ro {here}"] * jail.read_only
        lines += [f"mount -t proc proc {here}/proc", f"mount --bind /dev {here}/dev"]
        lines += [f"mount -t tmpfs -o mode=1777 tmpfs {here}/dev/shm"]
        lines += [f"mount -t tmpfs -o mode=1777 tmpfs {here}/tmp"] * jail.read_only
        lines += [f"mount --bind /etc/resolv.conf {here}/etc/resolv.conf"]
        lines += [
            f"mount --bind {shlex.quote(str(there))} {here}{inside}" for inside, there in jail.lent.items()
        ]
        lines.append(f'exec chroot {here} sh -c \'cd "$0" && exec "$@"\' "$@"')
        closed = ["setpriv", "--reuid", jail.user.split(":")[0], "--regid", jail.user.split(":")[1]]
        closed += ["--clear-groups", "--no-new-privs", "--bounding-set", "-all", "--inh-caps", "-all"]
        words = [*(closed if jail.user != "0:0" else []), *command]
        return ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-euc", "\n".join(lines),
                "sh", cwd, *words]  # fmt: skip

    def run(
        self,
        command: Sequence[str] | str,
        *,
        env: Mapping[str, str] | None = None,
        cwd: str = "/",
        jail: Jail | None = None,
        stdin: str | None = None,
        check: bool = True,
    ) -> str:
        """What it wrote, both ways. AssertionError with its last words when it failed and ``check``."""
        words = ["/bin/sh", "-c", command] if isinstance(command, str) else command
        done = subprocess.run(
            self.words(words, cwd=cwd, jail=jail),
            env={"PATH": SYSTEM_PATH, "LC_ALL": "C.UTF-8"} | dict(env or {}),
            input=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert not (check and done.returncode), f"{command}\n{done.stdout[-3000:]}"
        return done.stdout

    def copy(self, folder: Path) -> Root:
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run(["cp", "-a", "--reflink=auto", str(self.folder), str(folder)], check=True)
        return Root(folder)

    def megabytes(self, inside: str = "/") -> float:
        """Content as an engine counts it: bytes of files, hard links once; nothing of what is mounted there."""
        command = ["du", "--summarize", "--apparent-size", "--block-size=1", str(self.path(inside))]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return int(done.stdout.split()[0]) / 1_000_000


def debian(folder: Path, *packages: str) -> Root:
    """A minimal Debian, brought up to date, with these packages and no list or archive of apt; kept for the next time."""
    root = Root(folder)
    if folder.is_dir():
        return root
    draft = Root(folder.with_name(folder.name + ".part"))
    shutil.rmtree(draft.folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    # debootstrap does not read a folder whose name has a space, and ours may.
    with tempfile.TemporaryDirectory(prefix="debian-", dir="/var/tmp") as name:
        begun = Path(name) / "root"
        words = ["debootstrap", "--variant=minbase", SUITE, str(begun), MIRROR]
        made = subprocess.run(words, capture_output=True, text=True)
        assert made.returncode == 0, made.stdout[-2000:] + made.stderr[-2000:]
        subprocess.run(["mv", "--", str(begun), str(draft.folder)], check=True)
    draft.path("/etc/apt/sources.list").write_text(SOURCES)
    excludes = "".join(f"path-exclude {path}\n" for path in LEFT_OUT)
    draft.path("/etc/dpkg/dpkg.cfg.d/slim").write_text(excludes)
    draft.path("/etc/apt/apt.conf.d/docker-clean").write_text(CLEAN)
    # Nothing starts by itself: there is no first process here.
    draft.path("/usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n")
    draft.path("/usr/sbin/policy-rc.d").chmod(0o755)
    install = f"apt-get install -y -qq --no-install-recommends {' '.join(packages)}" if packages else "true"
    left = " ".join(LEFT_OUT)
    draft.run(
        f"apt-get update -qq && apt-get -y -qq dist-upgrade && {install} && apt-get clean"
        f" && rm -rf /var/lib/apt/lists/* {left}",
        env={"DEBIAN_FRONTEND": "noninteractive"},
    )
    draft.folder.rename(folder)
    return root
