"""Documents in any state, and a kind of document that is quick to render."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from apps.accounts.models import Organisation
from apps.documents.models import Document
from apps.documents.registry import DocumentSource
from tests.factories.accounts import OrganisationFactory

KIND = "essai"
PAGE = '<!doctype html><html lang="fr"><head><title>Essai</title></head><body><h1>Essai</h1></body></html>'
PDF = b"%PDF-1.7 essai"


def build(subject_id: UUID) -> DocumentSource:
    return DocumentSource(PAGE, datetime(2026, 3, 14, 9, 30, tzinfo=UTC))


def document(organisation: Organisation | None = None, **fields: Any) -> Document:
    """A row that waits for a worker, and has for a minute."""
    before = timezone.now() - timedelta(minutes=1)
    values = {
        "kind": KIND,
        "key": uuid4().hex,
        "subject_id": uuid4(),
        "title": "Rapport d’auto-diagnostic, mars 2026",
        "filename": "auto-diagnostic.pdf",
        "requested_at": before,
        "due_at": before,
        "expires_at": timezone.now() + timedelta(days=700),
        **fields,
    }
    return Document.objects.create(organisation=organisation or OrganisationFactory.create(), **values)


def ready_document(organisation: Organisation | None = None, content: bytes = PDF, **fields: Any) -> Document:
    """A row with its file."""
    name = default_storage.save(f"documents/{uuid4()}.pdf", ContentFile(content))
    values = {"state": "ready", "progress": 100, "attempts": 1, "pages": 8, "ready_at": timezone.now()}
    made = {"file": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    return document(organisation, **values, **made, **fields)
