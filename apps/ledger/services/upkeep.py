"""What beat does: put back what a dead worker left, erase what nobody waits for any more."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from apps.ledger import files
from apps.ledger.enums import ImportState
from apps.ledger.models import WAITING, Import
from apps.ledger.services.reading import GAVE_UP as STOPPED
from apps.ledger.services.reading import refuse
from apps.ledger.services.sending import OUTBOX

FILE_LIFETIME = timedelta(hours=1)
ROW_LIFETIME = timedelta(days=30)  # refused or set aside: what was said of it stays a month
UNCHECKED = timedelta(days=180)  # read, and never looked at


def put_back() -> int:
    return OUTBOX.put_back(take_back)


def take_back(row: Import) -> int:
    """A reading whose worker died: back to the queue, or refused when it has died three times."""
    if OUTBOX.is_spent(row):
        refuse(row, *STOPPED)
        return 1
    return OUTBOX.change(row, state=ImportState.REQUESTED, claim=None, progress=0)


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
