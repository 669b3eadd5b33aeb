"""What is kept of the meeting: who was there, what was said, what was decided."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone

from apps.course.debates.errors import ChangedMeanwhile
from apps.course.models import Debate, View


@dataclass(frozen=True, slots=True)
class Record:
    """``mandate``: a value of ``Mandate``, "" while nothing is decided."""

    present: int | None = None
    minutes_text: str = ""
    mandate: str = ""
    mandate_text: str = ""
    mandate_reason: str = ""


def record_of(debate: Debate) -> Record:
    return Record(**{name: getattr(debate, name) for name in Record.__dataclass_fields__})


@transaction.atomic
def save_record(*, debate: Debate, record: Record, version: int) -> Debate:
    """``version``: the one that was read; ChangedMeanwhile when the record is no longer that one."""
    row = Debate.objects.select_for_update().get(pk=debate.pk)
    known = record_of(row)
    if known == record:
        return row  # sent twice
    if row.record_version != version:
        raise ChangedMeanwhile
    for name, value in asdict(record).items():
        setattr(row, name, value)
    if record.mandate != known.mandate:
        row.decided_at = timezone.now() if record.mandate else None
    row.record_version += 1
    row.save()
    return row


def put_aside(*, view: View, aside: bool) -> None:
    """A point of view leaves the record, or comes back."""
    View.objects.filter(pk=view.pk).update(set_aside=aside)
