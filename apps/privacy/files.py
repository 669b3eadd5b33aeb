"""The files of a person, for her copy: hers go in the archive, the others are listed where they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_valid_filename

from apps.accounts.models import User
from apps.core.typography import date_long
from apps.documents import files
from apps.documents.models import Document

logger = structlog.get_logger(__name__)

# Bytes: beyond, the archive would be too heavy to prepare and to carry.
MOST = 20_000_000
FOLDER = "fichiers"


@dataclass(frozen=True, slots=True)
class Told:
    """``place``: in the archive, or the whole address where one signed in takes it. Days in French."""

    title: str
    place: str
    asked_on: str
    kept_until: str


@dataclass(frozen=True, slots=True)
class CopiedFile:
    """``content``: empty for a file that is only listed."""

    told: Told
    content: bytes


def files_of(user: User, *, but: str = "") -> Iterator[CopiedFile]:
    """Those that are hers, then those she asked for an association where she still is; none of the kind ``but``. One query."""
    asked = Q(requested_by=user, organisation__memberships__user=user)
    rows = Document.objects.filter(Q(owner=user) | asked).exclude(kind=but).distinct()
    left = MOST
    for number, document in enumerate(rows.order_by("requested_at", "pk"), start=1):
        content = _content(document) if document.owner_id == user.pk and document.size <= left else b""
        left -= len(content)
        yield CopiedFile(_told(document, number if content else 0), content)


def _told(document: Document, number: int) -> Told:
    """``number`` keeps two files of one name apart; 0 when it is not in the archive."""
    if number:
        place = f"{FOLDER}/{number}-{get_valid_filename(document.filename)}"
    else:
        place = settings.SITE_URL + reverse("documents:status", args=[document.pk])
    asked, end = (timezone.localtime(one) for one in (document.requested_at, document.expires_at))
    return Told(document.title, place, date_long(asked), date_long(end))


def _content(document: Document) -> bytes:
    """Empty when it is not ready, or lost: a copy never waits for a storage that is down."""
    if not document.is_ready:
        return b""
    try:
        opened = files.open_file(document)
        if opened is None:
            return b""
        with opened as content:
            return bytes(content.read())
    except Exception as error:  # each storage has its own faults
        logger.warning("file_not_copied", document=str(document.pk), error=str(error))
        return b""
