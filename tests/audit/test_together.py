"""Two connections write at once: the chain stays one, without a gap; an act given up leaves none."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from apps.audit.chain import verify
from apps.audit.events import Event
from apps.audit.models import AuditEntry
from apps.audit.services import record

pytestmark = pytest.mark.usefixtures("committed")
WRITERS, EACH = 4, 12


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Real commits. The entries stay, as entries do; nothing else was made."""
    with django_db_blocker.unblock():
        yield


def test_four_writers_make_one_chain() -> None:
    before = list(AuditEntry.objects.values_list("number", flat=True))
    first = before[-1] + 1 if before else 1

    def write(number: int) -> None:
        try:
            for turn in range(EACH):
                with transaction.atomic():
                    record(Event.SIGNED_IN, actor=number)
                    if turn % 3 == 0:
                        transaction.set_rollback(True)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    kept = WRITERS * (EACH - EACH // 3)
    after = list(AuditEntry.objects.filter(number__gte=first).values_list("number", flat=True))
    assert after == list(range(first, first + kept))
    assert verify().entries == len(before) + kept
