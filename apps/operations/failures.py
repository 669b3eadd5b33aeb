"""What failed and may be tried again by a press."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from post_office.models import PRIORITY, STATUS, Email

from apps.core.microtypography import nbsp
from apps.core.typography import day_and_hour
from apps.documents import registry
from apps.documents import services as documents
from apps.documents.enums import DocumentState
from apps.documents.models import Document

SHOWN = 20


@dataclass(frozen=True, slots=True)
class FailedDocument:
    """No title: it may hold the name of an association."""

    pk: UUID
    kind: str
    error: str
    when: str


@dataclass(frozen=True, slots=True)
class FailedMail:
    """Neither its address nor its subject, which may name someone: the domain, and what the mail server said."""

    pk: int
    domain: str
    error: str
    when: str


def failed_documents() -> list[FailedDocument]:
    """The latest twenty."""
    rows = Document.objects.filter(state=DocumentState.FAILED).order_by("-requested_at")[:SHOWN]
    return [
        FailedDocument(row.pk, registry.words(row.kind).name, nbsp(row.error), _when(row.requested_at))
        for row in rows
    ]


def failed_mails() -> list[FailedMail]:
    """The latest twenty that were given up. Two queries."""
    rows = Email.objects.filter(status=STATUS.failed).prefetch_related("logs").order_by("-created")[:SHOWN]
    return [FailedMail(row.pk, _domain(row.to), _last_error(row), _when(row.created)) for row in rows]


def _when(moment: datetime) -> str:
    """« le 28 novembre 2026 à 7 h 05 »."""
    return nbsp(day_and_hour(timezone.localtime(moment)))


def _domain(to: list[str]) -> str:
    return to[0].rpartition("@")[2] if to else ""


def _last_error(mail: Email) -> str:
    said = [log.exception_type for log in mail.logs.all() if log.exception_type]
    return said[-1] if said else ""


def retry_document(pk: UUID) -> bool:
    """False when it is no longer in failure. Raises Http404."""
    document = Document.objects.filter(pk=pk).first()
    if document is None:
        raise Http404
    was_failed = document.is_failed
    if was_failed:
        documents.retry(document=document)
    return was_failed


def retry_mail(pk: int) -> bool:
    """False when it is no longer given up. Raises Http404."""
    if not Email.objects.filter(pk=pk).exists():
        raise Http404
    again = Email.objects.filter(pk=pk, status=STATUS.failed)
    fresh = {"number_of_retries": 0, "scheduled_time": None, "expires_at": None}
    return bool(again.update(status=STATUS.queued, priority=PRIORITY.medium, **fresh))
