"""Where a file waits to be read. It is erased at the end, whatever the end is; the sweep takes what a crash left."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, cast
from uuid import UUID

import structlog
from django.core.files.base import File
from django.core.files.storage import default_storage

logger = structlog.get_logger(__name__)

FOLDER = "ledger"


def keep(pk: UUID, sent: File[bytes]) -> tuple[str, str]:
    """Name in the storage and SHA-256 of what was sent; read by chunks, never whole in memory."""
    digest = hashlib.sha256()
    for chunk in sent.chunks():
        digest.update(chunk)
    sent.seek(0)
    name = default_storage.save(f"{FOLDER}/{pk}.txt", sent)
    return name, digest.hexdigest()


def exists(name: str) -> bool:
    return bool(name) and default_storage.exists(name)


def open_file(name: str) -> BinaryIO:
    return cast(BinaryIO, default_storage.open(name, "rb"))


def discard(name: str) -> None:
    """Erase, or leave it to the sweep: a row never waits for a storage that is down."""
    if not name:
        return
    try:
        default_storage.delete(name)
    except Exception as error:  # each storage has its own faults
        logger.warning("ledger_file_not_deleted", name=name, error=str(error))


def written_before(moment: datetime) -> Iterator[str]:
    """Names of the files older than ``moment``."""
    try:
        names = default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:  # nothing was ever sent; an object store has no folders
        return
    for file in names:
        name = f"{FOLDER}/{file}"
        if default_storage.get_modified_time(name) < moment:
            yield name
