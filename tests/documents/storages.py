"""Storages that misbehave, named by the tests in STORAGES."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.core.files.storage import FileSystemStorage

from apps.documents.models import Document


class Renaming(FileSystemStorage):
    """Saves under another name than the one asked."""

    def save(self, name: Any, content: Any, max_length: int | None = None) -> str:
        return super().save(f"{name}.bis", content, max_length)


class Overtaken(FileSystemStorage):
    """While the file is written, the row is given to another rendering."""

    def save(self, name: Any, content: Any, max_length: int | None = None) -> str:
        Document.objects.update(claim=uuid4())
        return super().save(name, content, max_length)
