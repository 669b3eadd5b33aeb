"""Where the servers keep their data and sockets, and as whom they run.

Two traps live here. Root cannot lend a folder inside its own home: the account that runs the servers
could not walk to it, and opening root's home is not ours to do, so the data goes outside. And the path
of a Unix socket holds at most 107 bytes, so a deep clone needs a short folder elsewhere.
"""

import contextlib
import hashlib
import os
import secrets
import shutil
import socket
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from trajectoires.embedded.account import Account, myself, owner, unprivileged
from trajectoires.embedded.console import EmbeddedError

OUTSIDE = (Path("/var/lib"), Path("/var/tmp"), Path("/tmp"))
LONGEST_SOCKET = ".s.PGSQL.5432"


@dataclass(frozen=True)
class Place:
    """A folder owned by the account that runs the servers, closed to the others."""

    home: Path
    account: Account

    @classmethod
    def of_project(cls, local: Path) -> "Place":
        """The lasting place of a clone, ``local`` being its ``.local`` folder (created if absent)."""
        if not local.is_dir():
            local.mkdir(parents=True)
            local.chmod(0o755)
        if os.geteuid() != 0:
            return cls._ordinary(local / "servers")
        homes = [local / "servers", *_outside_homes(local)]
        for home in homes:
            account = owner(home)
            if account and (home / "postgres").is_dir() and account.can_enter(home):
                return cls(home, account)
        return cls._first_reachable(homes, owner(local) or unprivileged())

    @classmethod
    def temporary(cls) -> "Place":
        """A new empty place that :meth:`erase` removes."""
        account = unprivileged() if os.geteuid() == 0 else myself()
        bases = dict.fromkeys([Path(tempfile.gettempdir()), *OUTSIDE])
        homes = (base / f"trajectoires-{secrets.token_hex(6)}" for base in bases)
        return cls._first_reachable(homes, account)

    @classmethod
    def _ordinary(cls, home: Path) -> "Place":
        try:
            myself().own(home)
        except PermissionError:
            raise EmbeddedError(
                f"Le dossier « {home} » appartient à un autre compte : la plateforme a sans doute "
                "d’abord été lancée en root. Relancez-la ainsi, ou effacez tout : « sudo make reset »."
            ) from None
        return cls(home, myself())

    @classmethod
    def _first_reachable(cls, homes: Iterable[Path], account: Account) -> "Place":
        for home in homes:
            try:
                account.own(home)
            except OSError:
                continue
            if account.can_enter(home):
                return cls(home, account)
            with contextlib.suppress(OSError):
                home.rmdir()
        raise EmbeddedError("Aucun dossier ne convient aux données de PostgreSQL sur cette machine.")

    def folder(self, name: str) -> Path:
        """A sub-folder of the place, created if absent."""
        folder = self.home / name
        self.account.own(folder)
        return folder

    def sockets(self) -> Path:
        """A folder where Unix sockets really can be made: here, or in a short one kept for this place."""
        for folder in (self.home / "s", *self._short_folders()):
            try:
                self.account.own(folder)
                _make_socket(folder / LONGEST_SOCKET)
            except OSError:
                continue
            return folder
        raise EmbeddedError(f"Aucune socket Unix ne peut être créée pour « {self.home} ».")

    def erase(self) -> None:
        """Remove everything: data, logs, sockets. The servers must be stopped."""
        for folder in (self.home, *self._short_folders()):
            if folder.is_dir() and not folder.is_symlink():
                shutil.rmtree(folder, ignore_errors=True)

    def _short_folders(self) -> Iterator[Path]:
        bases = ["/run", "/tmp"] if os.geteuid() == 0 else [os.environ.get("XDG_RUNTIME_DIR"), "/tmp"]
        name = "trajectoires-" + _digest(str(self.home))
        return (Path(base) / name for base in bases if base)


def shared_folder(name: str, account: Account) -> Path:
    """Path, not yet created, of a folder outside every home where root may put what ``account`` must read."""
    for base in OUTSIDE:
        if os.access(base, os.W_OK) and account.can_enter(base):
            return base / name
    raise EmbeddedError("Aucun dossier commun n’est accessible pour y copier PostgreSQL.")


def _outside_homes(local: Path) -> list[Path]:
    # The path alone would give a new clone the data of a deleted one; the identifier alone would give a
    # copied clone the data of its original.
    identifier = local / "instance"
    if not identifier.exists():
        identifier.write_text(secrets.token_hex(16))
    key = _digest(f"{local.resolve()}\0{identifier.read_text()}")
    return [base / f"trajectoires-{key}" for base in OUTSIDE]


def _make_socket(path: Path) -> None:
    if "," in str(path):
        raise OSError("libpq takes a comma in its host for a list")
    with socket.socket(socket.AF_UNIX) as probe:
        if not path.exists():
            probe.bind(str(path))
            path.unlink()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
