"""A copy of what is kept of one person: a page to read and a file for programs, in one archive made by the worker."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.selectors import addresses_of
from apps.audit.events import Event
from apps.audit.services import record
from apps.core.processings import Processing
from apps.core.typography import date_long
from apps.documents import services as documents
from apps.documents.models import Document
from apps.documents.registry import FileSource
from apps.privacy.erasure import lines_of
from apps.privacy.files import files_of
from apps.privacy.registers import model_of, processings, rows_of

KIND = "personal_export"
# Raise it when a field or the page changes.
VERSION = "copie-2"
KEPT = timedelta(days=7)
# The same copy is given again within the hour: it asks a query of each table.
FRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Part:
    """``rows``: one mapping a row, field → what is written in the copy. ``kept_back``: (reason, titles of fields)."""

    processing: Processing
    titles: tuple[str, ...]
    rows: list[dict[str, Any]]
    kept_back: list[tuple[str, list[str]]]


@transaction.atomic
def request_export(*, user: User) -> Document:
    """The copy of this hour: asking twice prepares it once."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    known = latest(user)
    if known and timezone.now() - known.requested_at < FRESH and not known.is_failed:
        return known
    document = documents.request_document(
        kind=KIND,
        key=hashlib.sha256(f"{user.pk}/{hour.isoformat()}/{VERSION}".encode()).hexdigest(),
        subject_id=subject_of(user),
        requested_by=user,
        title="Copie de mes données",
        filename="mes-donnees.zip",
        owner=user,
        kept=KEPT,
    )
    record(Event.EXPORT_ASKED, actor=user, subject=user)
    return document


def latest(user: User) -> Document | None:
    return Document.objects.filter(kind=KIND, owner=user).order_by("-requested_at").first()


def subject_of(user: User) -> UUID:
    """Documents are about a UUID; accounts have numbers."""
    return uuid5(NAMESPACE_URL, f"account:{user.pk}")


def build(subject: UUID) -> FileSource:
    """Run by a worker. Document.DoesNotExist when the account has gone meanwhile."""
    document = (
        Document.objects.select_related("owner").filter(kind=KIND, subject_id=subject).latest("requested_at")
    )
    assert document.owner
    return FileSource(archive(document.owner, timezone.localtime(document.requested_at)))


def note_taken(document: UUID) -> None:
    record(Event.EXPORT_TAKEN, subject=f"document:{document}")


def archive(user: User, at: datetime) -> bytes:
    """``lisez-moi.html``, ``donnees.json`` and her files; the same bytes for the same rows and moment."""
    parts, lines, files = list(parts_of(user)), lines_of(user), list(files_of(user, but=KIND))
    told = {
        "version": VERSION,
        "made_at": at.isoformat(),
        "data": {part.processing.model: part.rows for part in parts},
        "counts": {line.name: line.rows for line in lines},
        "files": [asdict(file.told) for file in files],
    }
    page = render_to_string(
        "privacy/copy.html",
        {
            "parts": parts,
            "lines": lines,
            "files": [file.told for file in files],
            "user": user,
            "day": date_long(at),
        },
    )
    content, moment = io.BytesIO(), at.timetuple()[:6]
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in (
            ("lisez-moi.html", page),
            ("donnees.json", json.dumps(told, ensure_ascii=False, indent=1)),
        ):
            made.writestr(zipfile.ZipInfo(name, moment), text, zipfile.ZIP_DEFLATED)
        for file in files:
            if file.content:
                made.writestr(zipfile.ZipInfo(file.told.place, moment), file.content, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def parts_of(user: User) -> Iterator[Part]:
    """One query a processing; nothing for those that hold no row of hers."""
    mine = addresses_of(user)
    for processing in processings():
        if not processing.export:
            continue
        rows = rows_of(processing, user, mine).order_by("pk")
        found = list(rows.values(*processing.export, *processing.reads.values()))
        if found:
            model = model_of(processing)
            titles = tuple(_title(model, name) for name in processing.export)
            kept_back = [
                (reason, [_title(model, name) for name in names])
                for reason, names in processing.withheld.items()
            ]
            yield Part(processing, titles, [_given(processing, row) for row in found], kept_back)


def _given(processing: Processing, row: dict[str, Any]) -> dict[str, Any]:
    instead = {name: row[lookup] for name, lookup in processing.reads.items() if row[lookup]}
    return {name: _plain(instead.get(name, row[name])) for name in processing.export}


def _title(model: type[Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "verbose_name", name))


def _plain(value: Any) -> Any:
    """What JSON says as it is; the rest in words."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if value is None or isinstance(value, (bool, int, float, str, list, dict)):
        return value
    return str(value)
