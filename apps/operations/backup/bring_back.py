"""Bringing a backup back, and proving that it is what was saved."""

from __future__ import annotations

import hashlib
import json
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import psycopg
import pyrage
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection
from psycopg import sql

from apps.operations.backup import prints, streams
from apps.operations.backup.errors import BackupError
from apps.operations.backup.make import _LIBPQ, DUMP, FILES, FORMAT, MANIFEST
from apps.operations.backup.programs import environment, program


def manifest_of(folder: Path) -> dict[str, Any]:
    """Raises BackupError when the folder is no backup, is incomplete, or was changed."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BackupError(f"{folder} n’est pas une sauvegarde entière : {MANIFEST} ne se lit pas.") from error
    if manifest.get("format") != FORMAT:
        raise BackupError(
            f"Cette sauvegarde a un autre format ({manifest.get('format')}, au lieu de {FORMAT})."
        )
    for file, key in ((DUMP, "dump_sha256"), (FILES, "files_sha256")):
        if not (folder / file).exists() or _sha256(folder / file) != manifest[key]:
            raise BackupError(f"{file} manque ou n’est plus celui qui a été sauvé.")
    return manifest


def restore(folder: Path, *, identity: str, replace: bool = False) -> list[str]:
    """The database and the files of the backup, in place; differences found afterwards, in French, none if all is well.

    ``replace``: the tables that are there go. Raises BackupError before anything is written when the folder, the key or
    the place is wrong.
    """
    manifest = manifest_of(folder)
    connection.close()
    if not replace and _tables():
        raise BackupError("La base n’est pas vide. Ajoutez --replace pour remplacer ce qu’elle contient.")
    _load(folder / DUMP, identity)
    hashes = _bring_files(folder / FILES, identity)
    return _differences(manifest, hashes)


def check(folder: Path, *, identity: str) -> list[str]:
    """The same in a database of its own, dropped afterwards: nothing of the platform moves."""
    manifest = manifest_of(folder)
    with throwaway_database() as name:
        _load(folder / DUMP, identity, database=name)
        hashes = _hash_files(folder / FILES, identity)
        return _differences(manifest, hashes, database=name)


@contextmanager
def throwaway_database() -> Iterator[str]:
    name = "trajectoires_controle"
    with _connected() as maintenance:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        maintenance.execute(drop)
        maintenance.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        try:
            yield name
        finally:
            maintenance.execute(drop)


def _connected(database: str | None = None) -> psycopg.Connection[Any]:
    told = {name: value for name, value in connection.get_connection_params().items() if name in _LIBPQ}
    return psycopg.connect(**(told | ({"dbname": database} if database else {})), autocommit=True)


def _tables() -> int:
    with _connected() as reading:
        row = reading.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    return int(row[0]) if row else 0


def _load(dump: Path, identity: str, database: str | None = None) -> None:
    arguments = [
        "--clean",
        "--if-exists",
        "--no-owner",
        "--no-privileges",
        "--single-transaction",
        "--exit-on-error",
    ]
    process = subprocess.Popen(
        [program("pg_restore"), *arguments, f"--dbname={environment(database)['PGDATABASE']}"],
        env=environment(database),
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    try:
        streams.decrypt(dump, process.stdin, identity)
    except BrokenPipeError:
        pass  # pg_restore says why
    except pyrage.DecryptError as error:
        process.kill()
        raise BackupError("Cette clé n’ouvre pas la sauvegarde.") from error
    finally:
        fault = process.communicate()[1].decode(errors="replace")
    if process.returncode:
        raise BackupError(f"pg_restore a échoué : {fault.strip()[-500:]}")


def _bring_files(archive: Path, identity: str) -> dict[str, str]:
    for name in list(prints.names()):
        default_storage.delete(name)
    return _walk(archive, identity, keep=True)


def _hash_files(archive: Path, identity: str) -> dict[str, str]:
    return _walk(archive, identity, keep=False)


def _walk(archive: Path, identity: str, *, keep: bool) -> dict[str, str]:
    hashes: dict[str, str] = {}

    def read(end: IO[bytes]) -> None:
        with tarfile.open(mode="r|", fileobj=end) as tar:
            for member in tar:
                content = tar.extractfile(member)
                if content is None:
                    continue
                if keep:
                    default_storage.save(member.name, File(content))
                    hashes[member.name] = prints.of_file(member.name)
                else:
                    hashes[member.name] = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
        end.read()

    streams.piped(lambda end: streams.decrypt(archive, end, identity), read)
    return hashes


def _differences(manifest: dict[str, Any], hashes: dict[str, str], database: str | None = None) -> list[str]:
    with _connected(database) as reading:
        found = prints.of_tables(reading)
    saved = {table: prints.Print(**one) for table, one in manifest["tables"].items()}
    told = [
        f"{table} : {saved[table].rows if table in saved else 'aucune'} lignes sauvées, "
        f"{found[table].rows if table in found else 'aucune'} trouvées, ou un contenu différent"
        for table in sorted(saved.keys() | found.keys())
        if saved.get(table) != found.get(table)
    ]
    if prints.of_files(hashes) != manifest["files_hash"]:
        told.append(f"fichiers : {manifest['files']} sauvés, {len(hashes)} trouvés, ou un contenu différent")
    return told


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
