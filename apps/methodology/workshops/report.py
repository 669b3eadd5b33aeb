"""The PDF of a record. One state of the record gives one file, for whoever reads the démarche when she takes it."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify

from apps.accounts.models import User
from apps.core.figures import emblem
from apps.core.typography import date_long, nbsp
from apps.documents import registry
from apps.documents.models import Document
from apps.documents.registry import DocumentSource
from apps.documents.services import request_document
from apps.methodology.models import Workshop
from apps.methodology.workshops.records import RecordView, record_view

KIND = "workshop-record"
# Raise it when the template or the style sheet changes: the next request gives a new file.
VERSION = "workshop-record-1"
WORDS = registry.Words(
    name="le compte rendu",
    yours="le compte rendu",
    says="Il dit la même chose que l’écran.",
    kept="Le compte rendu est intact à l’écran",
    kicker="Atelier",
    door="agir",
    back=("method:engagements",),
    back_label="Revenir à mes démarches",
)


def record_key(workshop: Workshop, view: RecordView) -> str:
    """SHA-256 of all that the file depends on."""
    return hashlib.sha256(f"{VERSION} {workshop.pk} {view!r}".encode()).hexdigest()


def request_record(*, workshop: Workshop, by: User) -> Document:
    """The record as it is now; asking again returns the same file. Who may take it: ``methodology.readers``."""
    view = record_view(workshop)
    return request_document(
        kind=KIND,
        key=record_key(workshop, view),
        subject_id=workshop.pk,
        organisation=workshop.engagement.organisation,
        requested_by=by,
        title=f"Compte rendu de l’atelier «\u202f{view.title}\u202f», {date_long(view.held_on)}",
        filename=f"atelier-{slugify(view.title)[:60]}-{view.held_on.isoformat()}.pdf",
    )


def build_record(workshop_id: UUID) -> DocumentSource:
    """Run by a worker. Workshop.DoesNotExist when it was erased meanwhile."""
    workshop = Workshop.objects.select_related("engagement__organisation").get(pk=workshop_id)
    at = workshop.over_at or timezone.now()
    return DocumentSource(record_html(record_view(workshop), at), at)


def record_html(view: RecordView, at: datetime) -> str:
    context = {
        "view": view,
        "at": at,
        "emblem": emblem.logo(),
        "site_name": settings.SITE_NAME,
        "title": nbsp(f"Compte rendu d’atelier : {view.title}, {date_long(view.held_on)}"),
    }
    return render_to_string("methodology/workshops/record_pdf.html", context)
