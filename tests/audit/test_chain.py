"""The chain: gapless, linked, refusing changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import InternalError, connection, transaction
from django.db.utils import IntegrityError
from structlog.testing import capture_logs

from apps.audit import tasks
from apps.audit.chain import TEXT
from apps.audit.events import Event
from apps.audit.models import AuditAnchor, AuditEntry
from apps.audit.retention import forget_old
from apps.audit.services import record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty(db: None) -> None:
    """The contents published for the tests are in it."""
    with unguarded() as cursor:
        cursor.execute("ALTER TABLE audit_auditanchor DISABLE TRIGGER USER")
        cursor.execute("TRUNCATE audit_auditentry, audit_auditanchor")
        cursor.execute("ALTER TABLE audit_auditanchor ENABLE TRIGGER USER")


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
        with (
            pytest.raises((InternalError, IntegrityError)),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(act)
    assert AuditEntry.objects.get(pk=entry.pk).actor == 1


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE audit_auditanchor SET hash = sha256('x')",
        "DELETE FROM audit_auditanchor",
        "INSERT INTO audit_auditanchor (id, number, hash) VALUES (2, 99, sha256('x'))",
        "TRUNCATE audit_auditanchor",
        "TRUNCATE audit_auditentry",
        "TRUNCATE audit_auditentry, audit_auditanchor CASCADE",
    ],
)
def test_where_the_chain_begins_is_the_journal_s_own_affair(act: str) -> None:
    old(written(2), days=400)
    assert forget_old() == 2
    young = record(Event.SIGNED_IN, actor=1)
    with (
        pytest.raises((InternalError, IntegrityError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act)
    assert AuditAnchor.objects.get().number == young.number - 1
    assert "1 entrée," in verified()


@contextmanager
def unguarded() -> Iterator[Any]:
    """As somebody who owns the tables."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER USER")
        yield cursor
        cursor.execute("ALTER TABLE audit_auditentry ENABLE TRIGGER USER")


def written(count: int = 5) -> list[AuditEntry]:
    made = [
        record(Event.SIGNED_IN, actor=number, details={"by": ["é", number]}) for number in range(1, count + 1)
    ]
    for entry in made:
        entry.refresh_from_db()
    return made


def verified(*options: str) -> str:
    out = StringIO()
    call_command("verify_audit", *options, stdout=out)
    return out.getvalue().replace("\u00a0", " ")


def test_an_untouched_journal_is_said_so() -> None:
    assert "aucune entrée" in verified()
    head = bytes(written()[-1].hash).hex()
    said = verified()
    assert "Journal intact : 5 entrées" in said
    assert f"tête {head}" in said
    assert "intact" in verified("--head", head)


@pytest.mark.parametrize(
    ("touch", "told"),
    [
        ("UPDATE audit_auditentry SET actor = 99 WHERE number = {third}", "L’entrée {third} a été changée"),
        (
            "UPDATE audit_auditentry SET at = at - interval '1 day' WHERE number = {third}",
            "L’entrée {third} a été changée",
        ),
        (
            """UPDATE audit_auditentry SET details = '{{"by": []}}' WHERE number = {third}""",
            "L’entrée {third} a été changée",
        ),
        (
            "UPDATE audit_auditentry SET hash = sha256('x') WHERE number = {third}",
            "L’entrée {third} a été changée",
        ),
        ("DELETE FROM audit_auditentry WHERE number = {third}", "L’entrée {third} manque"),
        ("DELETE FROM audit_auditentry WHERE number <= {third}", "manque"),
    ],
)
def test_what_was_touched_is_named(touch: str, told: str) -> None:
    third = written()[2].number
    with unguarded() as cursor:
        cursor.execute(touch.format(third=third))
    with pytest.raises(CommandError) as caught:
        verified()
    assert told.format(third=third) in str(caught.value).replace("\u00a0", " ")


def test_an_end_that_was_taken_away_is_seen_by_a_head_noted_elsewhere() -> None:
    last = written()[-1]
    with unguarded() as cursor:
        cursor.execute("DELETE FROM audit_auditentry WHERE number = %s", [last.number])
    assert "Journal intact" in verified()
    with pytest.raises(CommandError, match="n’est plus dans le journal"):
        verified("--head", bytes(last.hash).hex())


LINKED = f"""UPDATE audit_auditentry SET previous = p.link, hash = sha256(p.link || convert_to({TEXT}, 'UTF8'))
    FROM (SELECT coalesce((SELECT hash FROM audit_auditentry WHERE number = %s), sha256('')) AS link) p WHERE number = %s"""


def old(entries: list[AuditEntry], days: int) -> None:
    """The entries and their links, as if they had been written then."""
    with unguarded() as cursor:
        for entry in entries:
            moved = "UPDATE audit_auditentry SET at = now() - make_interval(days => %s) WHERE number = %s"
            cursor.execute(moved, [days, entry.number])
            cursor.execute(LINKED, [entry.number - 1, entry.number])


def test_after_a_year_entries_go_and_the_chain_still_holds() -> None:
    old(written(3), days=400)
    assert "3 entrées" in verified()
    young = record(Event.SIGNED_OUT, actor=1)
    assert forget_old() == 3
    assert AuditAnchor.objects.get().number == young.number - 1
    assert "1 entrée," in verified()
    record(Event.SIGNED_IN, actor=2)
    assert "2 entrées" in verified()
    assert forget_old() == 0


def test_the_numbers_go_on_when_all_have_gone() -> None:
    made = written(3)
    last = made[-1]
    old(made, days=400)
    assert forget_old() == 3
    assert "aucune entrée" in verified()
    assert record(Event.SIGNED_IN, actor=1).number == last.number + 1
    assert "1 entrée," in verified()


def test_each_night_the_head_leaves_with_the_logs() -> None:
    last = written(2)[-1]
    with capture_logs() as logs:
        tasks.forget()
    assert logs[-1] == {
        "event": "audit_head", "log_level": "info", "number": last.number, "head": bytes(last.hash).hex(), "forgotten": 0,
    }  # fmt: skip
