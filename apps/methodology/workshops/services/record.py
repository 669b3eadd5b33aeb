"""What the table concluded, in the words of whoever keeps the record."""

from __future__ import annotations

from django.db import transaction

from apps.methodology.errors import Conflict, Refused
from apps.methodology.models import Workshop
from apps.methodology.services.fields import CLOSED


@transaction.atomic
def save_record(*, workshop: Workshop, text: str, version: int) -> Workshop:
    """At any moment, also once over. ``version``: the one on the screen.

    Raises Refused, Conflict when somebody wrote it meanwhile: nothing is replaced.
    """
    row = (
        Workshop.objects.select_for_update(no_key=True, of=("self",))
        .select_related("engagement")
        .get(pk=workshop.pk)
    )
    if not row.engagement.is_open:
        raise Refused(CLOSED)
    if row.record == text:
        return row  # sent twice
    if row.record_version != version:
        raise Conflict(version=row.record_version, theirs=row.record, by="")
    row.record, row.record_version = text, row.record_version + 1
    row.save(update_fields=["record", "record_version"])
    return row
