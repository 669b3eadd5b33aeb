"""The chain: gapless, linked, refusing changes."""

from __future__ import annotations

import hashlib

import pytest
from django.db import InternalError, connection, transaction
from django.db.utils import IntegrityError

from apps.audit.events import Event
from apps.audit.models import AuditEntry
from apps.audit.services import record

pytestmark = pytest.mark.django_db


def test_entries_follow_one_another_by_number_and_by_hash() -> None:
    first, second = record(Event.SIGNED_IN, actor=1), record(Event.SIGNED_OUT, actor=1, details={"é": 1})
    first.refresh_from_db()
    second.refresh_from_db()
    assert second.number == first.number + 1
    assert bytes(second.previous) == bytes(first.hash)
    assert len(bytes(first.hash)) == 32
    assert bytes(first.hash) != hashlib.sha256(b"").digest()


def test_an_entry_is_neither_changed_nor_taken_away() -> None:
    entry = record(Event.SIGNED_IN, actor=1)
    for act in ("UPDATE audit_auditentry SET actor = 2", "DELETE FROM audit_auditentry"):
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(act)
    assert AuditEntry.objects.get(pk=entry.pk).actor == 1
