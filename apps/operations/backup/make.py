"""Making a backup: one snapshot for the dump and for what proves it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

import psycopg
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from apps.operations.backup import prints, streams
from apps.operations.backup.errors import BackupError
from apps.operations.backup.programs import environment, program

MANIFEST, DUMP, FILES = "manifeste.json", "base.dump.age", "fichiers.tar.age"
FORMAT = 1
NAME = "trajectoires-%Y-%m-%dT%H%M%SZ"


def make_backup(place: Path, *, recipient: str) -> Path:
    """A new folder in ``place``; it has its name once it is whole. Raises BackupError."""
    place.mkdir(parents=True, exist_ok=True)
    moment = timezone.now()
    whole = place / moment.strftime(NAME)
    partial = place / f".{whole.name}.partiel"
    if whole.exists():
        raise BackupError(f"{whole} existe déjà : attendez une seconde.")
    partial.mkdir(mode=0o700)
    try:
        manifest = {"format": FORMAT, "made_at": moment.isoformat(), "recipient": recipient}
        manifest |= _database(partial / DUMP, recipient) | _files(partial / FILES, recipient)
        (partial / MANIFEST).write_text(
            json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8"
        )
        partial.rename(whole)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return whole


def forget_old(place: Path) -> list[Path]:
    """Backups older than settings.BACKUP_DAYS go: the receipts of erasure say that day."""
    limit = timezone.now() - timedelta(days=settings.BACKUP_DAYS)
    old = [folder for folder in sorted(place.glob("trajectoires-*")) if folder.name < limit.strftime(NAME)]
    for folder in old:
        shutil.rmtree(folder)
    return old


@contextmanager
def snapshot() -> Iterator[tuple[psycopg.Connection[Any], str]]:
    """A connection that sees one moment, and the name by which pg_dump sees the same."""
    told = {name: value for name, value in connection.get_connection_params().items() if name in _LIBPQ}
    with psycopg.connect(**told, autocommit=True) as found:
        found.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        name = found.execute("SELECT pg_export_snapshot()").fetchone()
        yield found, str(name[0] if name else "")


_LIBPQ = ("dbname", "host", "port", "user", "password", "sslmode", "connect_timeout")


def _database(target: Path, recipient: str) -> dict[str, Any]:
    with snapshot() as (reading, name):
        arguments = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={name}"]
        process = subprocess.Popen(
            [program("pg_dump"), *arguments],
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdout is not None
        written = streams.encrypt(process.stdout, target, recipient)
        fault = process.communicate()[1].decode(errors="replace")
        if process.returncode:
            raise BackupError(f"pg_dump a échoué : {fault.strip()[-500:]}")
        tables = {table: asdict(one) for table, one in prints.of_tables(reading).items()}
        version = reading.info.server_version
    return {"tables": tables, "postgresql": version, "dump_sha256": written}


def _files(target: Path, recipient: str) -> dict[str, Any]:
    """After the database: a row of the dump has its file, unless it was purged between the two."""
    hashes: dict[str, str] = {}

    def write(end: IO[bytes]) -> None:
        with tarfile.open(mode="w|", fileobj=end) as tar:
            for name in prints.names():
                with default_storage.open(name) as file:
                    member = tarfile.TarInfo(name)
                    member.size = default_storage.size(name)
                    member.mode = 0o600
                    tar.addfile(member, file)
                hashes[name] = prints.of_file(name)

    written = streams.piped(write, lambda end: streams.encrypt(end, target, recipient))
    return {"files": len(hashes), "files_hash": prints.of_files(hashes), "files_sha256": written}


def free_bytes(place: Path) -> int:
    return shutil.disk_usage(place if place.exists() else os.path.dirname(place)).free
