"""Who runs the servers: PostgreSQL refuses root, so root lends its place to an account without power."""

import os
import pwd
import stat
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from trajectoires.embedded.console import EmbeddedError

# Accounts that exist on ordinary systems; none is created.
UNPRIVILEGED = ("postgres", "nobody", "daemon", "www-data")


@dataclass(frozen=True)
class Account:
    """An operating-system account; ``dropped`` when it is not the one that runs this program."""

    uid: int
    gid: int
    dropped: bool

    def popen(
        self,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str] | None = None,
        stdout: int = subprocess.DEVNULL,
        stderr: int = subprocess.STDOUT,
    ) -> subprocess.Popen[str]:
        """Start ``command`` as this account in a session of its own, so that Ctrl-C does not reach it.

        The working folder is ``/``: the caller's may be closed to the account.
        """
        arguments = [str(part) for part in command]
        identity = {"user": self.uid, "group": self.gid, "extra_groups": []} if self.dropped else {}
        return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            cwd="/",
            env=dict(os.environ if env is None else env),
            start_new_session=True,
            text=True,
            **identity,
        )

    def run(
        self, command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, timeout: float = 120
    ) -> subprocess.CompletedProcess[str]:
        """Run ``command`` to its end; ``stdout`` also holds the errors. Never raises on a bad exit code."""
        process = self.popen(command, env=env, stdout=subprocess.PIPE)
        try:
            output, _ = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            output, _ = process.communicate()
        return subprocess.CompletedProcess(process.args, process.returncode, output, "")

    def can_enter(self, folder: Path) -> bool:
        """Whether the account can really go into ``folder``: asked of the system, not guessed from modes."""
        if not self.dropped:
            return os.access(folder, os.X_OK)
        try:
            return self.run(["/bin/sh", "-c", 'cd -- "$1"', "sh", folder]).returncode == 0
        except OSError:
            return False

    def own(self, folder: Path) -> None:
        """Create ``folder`` (its parent exists), closed to all but this account.

        Raises PermissionError when someone else's folder or a link stands there, as may happen in /tmp.
        """
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid not in {self.uid, os.geteuid()}:
            raise PermissionError(folder)
        if status.st_uid != self.uid:
            self._take(folder)
        folder.chmod(0o700)

    def _take(self, folder: Path) -> None:
        os.chown(folder, self.uid, self.gid)
        for parent, folders, files in os.walk(folder):
            for name in (*folders, *files):
                os.chown(os.path.join(parent, name), self.uid, self.gid, follow_symlinks=False)


def myself() -> Account:
    """The account that runs this program."""
    return Account(os.geteuid(), os.getegid(), dropped=False)


def owner(folder: Path) -> Account | None:
    """The account that owns an existing ``folder``, when it may run servers; None otherwise."""
    if not folder.is_dir():
        return None
    status = folder.stat()
    if status.st_uid == 0:
        return None
    return Account(status.st_uid, status.st_gid, dropped=status.st_uid != os.geteuid())


def unprivileged() -> Account:
    """The first ordinary account that this root can really become (containers may map none)."""
    for account in _known():
        try:
            if account.run(["/bin/sh", "-c", "exit 0"]).returncode == 0:
                return account
        except (OSError, subprocess.SubprocessError):
            continue
    raise EmbeddedError(
        "PostgreSQL refuse de tourner avec le compte root, et aucun compte sans privilège "
        f"({', '.join(UNPRIVILEGED)}) n’est utilisable ici. Relancez la commande avec un compte ordinaire."
    )


def _known() -> Iterator[Account]:
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            yield Account(entry.pw_uid, entry.pw_gid, dropped=True)
