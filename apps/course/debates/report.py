"""The PDF of a record. One state of the record gives one file."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.text import slugify

from apps.accounts.models import User
from apps.core.figures import emblem
from apps.core.typography import date_long, nbsp
from apps.course.debates.errors import Refused
from apps.course.debates.records import RecordView, record_view
from apps.course.models import Debate
from apps.documents.models import Document
from apps.documents.registry import DocumentSource
from apps.documents.services import request_document

KIND = "debate-record"
# Raise it when the template or the style sheet changes: the next request gives a new file.
VERSION = "debate-record-1"
NOT_OVER = (
    "Terminez d’abord le débat : ses résultats sont alors complets, et le fichier ne changera plus tout seul."
)


def record_key(debate: Debate, view: RecordView) -> str:
    """SHA-256 of all that the file depends on."""
    return hashlib.sha256(f"{VERSION} {debate.pk} {view!r}".encode()).hexdigest()


def request_record(*, debate: Debate, by: User) -> Document:
    """The record as it is now; asking again returns the same file. Refused while the meeting lasts."""
    if not debate.is_over:
        raise Refused(NOT_OVER)
    view = record_view(debate)
    return request_document(
        kind=KIND,
        key=record_key(debate, view),
        subject_id=debate.pk,
        organisation=debate.organisation,
        requested_by=by,
        title=f"Compte rendu du débat, {date_long(debate.held_on)}",
        filename=f"debat-{slugify(view.organisation)[:60]}-{debate.held_on.isoformat()}.pdf",
    )


def build_record(debate_id: UUID) -> DocumentSource:
    """Run by a worker. Debate.DoesNotExist when it was erased meanwhile."""
    debate = Debate.objects.select_related("organisation").get(pk=debate_id)
    assert debate.over_at
    return DocumentSource(record_html(record_view(debate)), debate.over_at)


def record_html(view: RecordView) -> str:
    context = {
        "view": view,
        "emblem": emblem.logo(),
        "site_name": settings.SITE_NAME,
        "title": nbsp(f"Compte rendu du débat : {view.title}, {date_long(view.held_on)}"),
    }
    return render_to_string("course/debates/record_pdf.html", context)
