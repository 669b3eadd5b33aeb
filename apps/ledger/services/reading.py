"""One reading of one file, from the claim to the totals. Runs in a worker; may run twice, or die anywhere."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import structlog
from django.db import DatabaseError, transaction
from django.utils import timezone

from apps.core.outbox import ClaimLostError
from apps.ledger import fec, files, placing
from apps.ledger.enums import ImportState
from apps.ledger.grouping import Totals, group
from apps.ledger.models import Import
from apps.ledger.services.sending import OUTBOX

logger = structlog.get_logger(__name__)

LEASE = timedelta(seconds=60)  # given again at each percent read: a dead worker is noticed within a minute
SEND_AGAIN = "Envoyez-le de nouveau."
GAVE_UP = (
    "La lecture s’est arrêtée trois fois de suite sans dire pourquoi.",
    "Rien n’a été importé, et le fichier est effacé. Envoyez-le de nouveau\u00a0; si l’échec se répète, collez votre "
    "balance depuis un tableur, ou écrivez-nous.",
)
LOST = ("Le fichier n’est plus là.", SEND_AGAIN)
NOTHING = ("Ce fichier ne contient aucun compte.", "Vérifiez l’exercice choisi au moment de l’export.")


def read_import(pk: UUID) -> bool:
    """Read if the row waits; True when this call gave the totals. Failures are written on the row, not raised."""
    row = claim(pk)
    if row is None:
        return False
    try:
        return _read(row)
    except ClaimLostError:
        return False
    except fec.FecFault as fault:
        refuse(row, fault.reason, fault.remedy, fault.line)
    except DatabaseError:
        raise  # nothing can be written now: the lease runs out and beat takes the row back
    except Exception:
        logger.exception("import_failed", row=str(pk), attempts=row.attempts)
        give_back(row)
    return False


def claim(pk: UUID) -> Import | None:
    """The row, owned by this call for the length of a lease; None when it is not waiting."""
    taken = OUTBOX.claim(pk, LEASE, progress=0)
    return Import.objects.select_related("organisation").get(pk=pk) if taken else None


def _read(row: Import) -> bool:
    if not files.exists(row.file):
        refuse(row, *LOST)
        return False
    with files.open_file(row.file) as source:
        reading = fec.read(source, size=row.size, progress=lambda percent: report(row, percent))
    report(row, 100)
    if not reading.accounts:
        refuse(row, *NOTHING)
        return False
    store(row, reading)
    files.discard(row.file)
    return True


def report(row: Import, percent: int) -> None:
    if not OUTBOX.change(row, progress=min(max(percent, 0), 100), due_at=timezone.now() + LEASE):
        raise ClaimLostError


@transaction.atomic
def store(row: Import, reading: fec.Reading) -> None:
    """All the totals and the row, or nothing."""
    if not OUTBOX.owned(row).select_for_update(of=("self",)).exists():
        raise ClaimLostError
    totals = group(reading.accounts.values(), reading.sections)
    write(row, totals)
    OUTBOX.change(
        row,
        state=ImportState.TO_CHECK,
        claim=None,
        file="",
        starts_on=reading.starts_on,
        ends_on=reading.ends_on,
        lines=reading.lines,
        entries=reading.entries,
        warnings=[said(remark) for remark in reading.warnings[:50]],
    )


def said(remark: fec.Remark) -> str:
    """The text has its no-break spaces: they stay."""
    place = f"Ligne\u00a0{remark.line}\u00a0: " if remark.line else ""
    return shown(f"{place}{remark.text}")


def shown(text: str) -> str:
    return text.replace("\x00", "")[:600]


def write(row: Import, totals: Totals) -> None:
    """Inside a transaction: the lines, each with its nature, and what they add up to."""
    corrections = placing.corrections_of(row.organisation)
    placing.save(row, totals, placing.place(totals, corrections), corrections)


def refuse(row: Import, reason: str, remedy: str, line: int | None = None) -> None:
    """The last word on this file: it is erased, nothing of it was kept."""
    refused = OUTBOX.change(
        row,
        state=ImportState.REFUSED,
        claim=None,
        file="",
        fault_line=line,
        fault_reason=shown(reason),
        fault_remedy=shown(remedy),
        read_at=timezone.now(),
    )
    if refused:
        files.discard(row.file)


def give_back(row: Import) -> None:
    """Another try later; after the third, refused with a sentence for the person."""
    if OUTBOX.is_spent(row):
        refuse(row, *GAVE_UP)
    else:
        OUTBOX.pause(row, progress=0)
