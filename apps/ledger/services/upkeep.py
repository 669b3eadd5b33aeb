"""What beat does: put back what a dead worker left, erase what nobody waits for any more."""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.utils import timezone

from apps.ledger import files
from apps.ledger.enums import ImportState
from apps.ledger.models import WAITING, Import
from apps.ledger.services.reading import ATTEMPTS, refuse
from apps.ledger.services.reading import GAVE_UP as STOPPED
from apps.ledger.services.sending import send

logger = structlog.get_logger(__name__)

FILE_LIFETIME = timedelta(hours=1)
ROW_LIFETIME = timedelta(days=30)  # refused or set aside: what was said of it stays a month
UNCHECKED = timedelta(days=180)  # read, and never looked at


def put_back() -> int:
    """Send again what waits for too long and take back what a dead worker left; the number of rows moved."""
    due = Import.objects.filter(due_at__lte=timezone.now())
    moved = 0
    for row in due.filter(state=ImportState.READING):
        moved += take_back(row)
    for pk in due.filter(state=ImportState.REQUESTED).order_by("due_at").values_list("pk", flat=True)[:200]:
        if not send(pk):
            break  # the broker is down: the others wait for the next round
        moved += 1
    return moved


def take_back(row: Import) -> int:
    """A reading whose worker died: back to the queue, or refused when it has died three times."""
    logger.warning("import_taken_back", row=str(row.pk), attempts=row.attempts)
    if row.attempts >= ATTEMPTS:
        refuse(row, *STOPPED)
        return 1
    owned = Import.objects.filter(pk=row.pk, state=ImportState.READING, claim=row.claim)
    return owned.update(state=ImportState.REQUESTED, claim=None, progress=0)


def sweep() -> int:
    """Erase the files that no row waits for, and the rows past their time; the number of files."""
    now = timezone.now()
    Import.objects.filter(
        state__in=(ImportState.REFUSED, ImportState.DROPPED), requested_at__lt=now - ROW_LIFETIME
    ).delete()
    Import.objects.filter(state=ImportState.TO_CHECK, requested_at__lt=now - UNCHECKED).delete()
    waited = set(Import.objects.filter(state__in=WAITING).values_list("file", flat=True))
    lost = [name for name in files.written_before(now - FILE_LIFETIME) if name not in waited]
    for name in lost:
        files.discard(name)
    return len(lost)
