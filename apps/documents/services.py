"""Asking for a document, asking again, and keeping the outbox moving."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.accounts.models import Organisation, User
from apps.core.outbox import Outbox
from apps.documents import files
from apps.documents.enums import DocumentState
from apps.documents.models import Document

KEPT = timedelta(days=2 * 365)
OUTBOX = Outbox(
    rows=Document,
    task="documents.render",
    word="document",
    waiting=DocumentState.REQUESTED,
    working=DocumentState.RENDERING,
)
GAVE_UP = (
    "La préparation a échoué trois fois de suite. Rien n’est perdu : ce que vous avez fait est gardé. "
    "Réessayez ; si l’échec se répète, écrivez-nous."
)


def request_document(
    *,
    kind: str,
    key: str,
    subject_id: UUID,
    requested_by: User | None,
    title: str,
    filename: str,
    organisation: Organisation | None = None,
    owner: User | None = None,
    kept: timedelta = KEPT,
) -> Document:
    """The one document of this ``(kind, key)``: asking again returns it as it is, without a second
    rendering.

    It is for the members of ``organisation``, or for ``owner``; without either, for everybody.
    """
    document, created = Document.objects.get_or_create(
        kind=kind,
        key=key,
        defaults={
            "subject_id": subject_id,
            "organisation": organisation,
            "owner": owner,
            "is_public": organisation is None and owner is None,
            "requested_by": requested_by,
            "title": title[:200],
            "filename": filename[:120],
            "expires_at": timezone.now() + kept,
        },
    )
    if created:
        transaction.on_commit(lambda: OUTBOX.send(document.pk))
    return document


def retry(*, document: Document) -> Document:
    """Put a failed document, or a ready one whose file is lost, back in the queue; others stay as
    they are.
    """
    again = Q(state=DocumentState.FAILED)
    if document.is_ready and not files.exists(document):
        again |= Q(state=DocumentState.READY)
    now = timezone.now()
    fresh = {"attempts": 0, "progress": 0, "error": "", "claim": None, "requested_at": now, "due_at": now}
    emptied = {"file": "", "sha256": "", "size": 0, "pages": 0, "ready_at": None}
    if Document.objects.filter(again, pk=document.pk).update(
        state=DocumentState.REQUESTED, **fresh, **emptied
    ):
        transaction.on_commit(lambda: OUTBOX.send(document.pk))
    document.refresh_from_db()
    return document


@transaction.atomic
def remove(*, document: Document) -> None:
    """The row now, its file once this is committed; a rendering under way finds no row and leaves nothing."""
    name = document.file.name or ""
    document.delete()
    transaction.on_commit(lambda: files.discard(name))


def put_back_stale() -> int:
    return OUTBOX.put_back(take_back)


def take_back(document: Document) -> int:
    """A rendering whose worker died: back to the queue, or failed when it has died three times."""
    poison = OUTBOX.is_spent(document)
    state = DocumentState.FAILED if poison else DocumentState.REQUESTED
    if not OUTBOX.change(document, state=state, claim=None, progress=0, error=GAVE_UP if poison else ""):
        return 0
    files.discard(files.name_of(document))
    return 1


def purge_expired() -> int:
    """Delete documents past their retention, and files that no row owns; the number of rows deleted."""
    expired = list(Document.objects.filter(expires_at__lte=timezone.now()))
    for document in expired:
        document.delete()
        files.discard(document.file.name or "")
    # A row deleted with its organisation, or a worker killed between two writes, leaves a file behind.
    owned = set(Document.objects.exclude(file="").values_list("file", flat=True))
    for name in list(files.written_before(timezone.now() - timedelta(days=1))):
        if name not in owned:
            files.discard(name)
    return len(expired)
