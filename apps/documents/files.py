"""Where the files live: one storage, local folder or S3, by settings."""

from collections.abc import Iterator
from datetime import datetime

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from apps.documents.models import Document

FOLDER = "documents"


def name_of(document: Document) -> str:
    """One name per rendering: two workers on one row never write, nor delete, the same file."""
    return f"{FOLDER}/{document.pk}-{document.claim}.pdf"


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


def written_before(moment: datetime) -> Iterator[str]:
    """Names of the files older than ``moment``."""
    if not default_storage.exists(FOLDER) and not _has_folders():
        return
    for file in default_storage.listdir(FOLDER)[1]:
        name = f"{FOLDER}/{file}"
        if default_storage.get_modified_time(name) < moment:
            yield name


def _has_folders() -> bool:
    """An object store has no folders: listing an empty prefix is not an error there."""
    return not hasattr(default_storage, "path")
