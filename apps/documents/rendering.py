"""One rendering of one document, from the claim to the file. Runs in a worker; may run twice, or
die anywhere.
"""

import hashlib
from datetime import timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from apps.core.outbox import ClaimLostError
from apps.core.pdf import PdfFile, render_pdf
from apps.documents import files
from apps.documents.enums import DocumentState
from apps.documents.models import Document
from apps.documents.registry import DocumentSource, FileSource, builder
from apps.documents.services import GAVE_UP, OUTBOX

logger = structlog.get_logger(__name__)


def render_document(pk: UUID) -> bool:
    """Render if the row waits; True when this call made the file. Failures are written on the row,
    not raised.
    """
    document = claim(pk)
    if document is None:
        return False
    try:
        return _render(document)
    except ClaimLostError:
        return False
    except DatabaseError:
        raise  # nothing can be written now: the lease runs out and beat takes the row back
    except Exception:
        logger.exception("document_failed", document=str(pk), kind=document.kind, attempts=document.attempts)
        give_back(document)
        return False


def claim(pk: UUID) -> Document | None:
    """The row, owned by this call for the length of a lease; None when it is not waiting."""
    lease = timedelta(seconds=settings.DOCUMENT_TIME_LIMIT + 5)
    mine = OUTBOX.claim(pk, lease, claimed_at=timezone.now(), progress=10)
    return Document.objects.get(pk=pk, claim=mine) if mine else None


def _render(document: Document) -> bool:
    source = builder(document.kind)(document.subject_id)
    report(document, 40)
    pdf = made(source)
    report(document, 80)
    name = files.name_of(document)
    files.write(name, pdf.content)
    if finish(document, name, pdf):
        return True
    files.discard(name)
    return False


def made(source: DocumentSource | FileSource) -> PdfFile:
    if isinstance(source, FileSource):
        return PdfFile(source.content, pages=0)
    pdf = render_pdf(source.html, at=source.at)
    return PdfFile(source.seal(pdf.content), pdf.pages) if source.seal else pdf


def report(document: Document, progress: int) -> None:
    if not OUTBOX.change(document, progress=progress):
        raise ClaimLostError


def finish(document: Document, name: str, pdf: PdfFile) -> bool:
    """The row is ready with this file, unless another rendering owns it by now."""
    return OUTBOX.change(
        document,
        state=DocumentState.READY,
        progress=100,
        file=name,
        sha256=hashlib.sha256(pdf.content).hexdigest(),
        size=len(pdf.content),
        pages=pdf.pages,
        error="",
        ready_at=timezone.now(),
    )


def give_back(document: Document) -> None:
    """Another try later; after the third, failed with a sentence for the person."""
    files.discard(files.name_of(document))
    if OUTBOX.is_spent(document):
        OUTBOX.change(document, state=DocumentState.FAILED, claim=None, progress=0, error=GAVE_UP)
    else:
        OUTBOX.pause(document, progress=0)
