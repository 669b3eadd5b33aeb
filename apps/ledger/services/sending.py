"""A file sent becomes a request kept in a row; a worker is told, and beat tells again what nobody took."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from apps.accounts.models import Organisation, User
from apps.core.outbox import Outbox
from apps.ledger import files
from apps.ledger.enums import ImportState, Source
from apps.ledger.grouping import plain
from apps.ledger.models import Import

if TYPE_CHECKING:
    from django.core.files.base import File

OUTBOX = Outbox(
    rows=Import,
    task="ledger.read",
    word="import",
    waiting=ImportState.REQUESTED,
    working=ImportState.READING,
)


def request_import(*, organisation: Organisation, by: User, sent: File[bytes], key: UUID) -> Import:
    """The one import of this form: sent twice, the second file is not kept. A file that already waits for a reading or
    for a check in this association is not read twice either.
    """
    if before := Import.objects.filter(organisation=organisation, key=key).first():
        return before
    row = Import(pk=uuid4(), organisation=organisation, key=key, source=Source.FEC, requested_by=by)
    row.filename, row.size = plain(sent.name or "", 120), sent.size
    row.file, row.sha256 = files.keep(row.pk, sent)
    try:
        return _first(row)
    except BaseException:
        files.discard(row.file)
        raise


def _first(row: Import) -> Import:
    """The row written, or the one that came before it; then the file of this one is erased."""
    under_way = (ImportState.REQUESTED, ImportState.READING, ImportState.TO_CHECK)
    same = Import.objects.filter(organisation=row.organisation, sha256=row.sha256, state__in=under_way)
    found = same.first()
    if found is None:
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            # The other click came first.
            found = Import.objects.get(organisation=row.organisation, key=row.key)
    if found is not None:
        files.discard(row.file)
        return found
    transaction.on_commit(lambda: OUTBOX.send(row.pk))
    return row
