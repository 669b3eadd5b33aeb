"""Where the files live: one storage, local folder or S3, by settings."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePath

import structlog
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from apps.documents.models import Document

logger = structlog.get_logger(__name__)

FOLDER = "documents"
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
    ".png": "image/png",
}


def name_of(document: Document) -> str:
    """One name per rendering: two workers on one row never write, nor delete, the same file."""
    return f"{FOLDER}/{document.pk}-{document.claim}{PurePath(document.filename).suffix or '.pdf'}"


def media_type(document: Document) -> str:
    return MEDIA_TYPES.get(PurePath(document.filename).suffix, "application/pdf")


def write(name: str, content: bytes) -> None:
    saved = default_storage.save(name, ContentFile(content))
    if saved != name:
        raise RuntimeError(f"the storage renamed {name} to {saved}")


def exists(document: Document) -> bool:
    """False when the storage has lost the file, or never had it."""
    return bool(document.file.name) and default_storage.exists(str(document.file.name))


def open_file(document: Document) -> "File[bytes] | None":
    """The file of a ready document, or None when the storage has lost it."""
    return default_storage.open(str(document.file.name)) if exists(document) else None


def delete(name: str) -> None:
    if name:
        default_storage.delete(name)


def discard(name: str) -> None:
    """Delete, or leave it to the daily purge: a row never waits for a storage that is down."""
    try:
        delete(name)
    except Exception as error:  # each storage has its own faults
        logger.warning("file_not_deleted", name=name, error=str(error))


def written_before(moment: datetime) -> Iterator[str]:
    """Names of the files older than ``moment``."""
    try:
        names = default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:  # nothing was ever written; an object store has no folders and lists nothing
        return
    for file in names:
        name = f"{FOLDER}/{file}"
        if default_storage.get_modified_time(name) < moment:
            yield name
