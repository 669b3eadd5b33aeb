"""One reading: all the totals or none, and no file left, whatever happens to the worker."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils import timezone

from apps.ledger import fec as parser
from apps.ledger import files as stored
from apps.ledger import services, tasks
from apps.ledger.enums import ImportState
from apps.ledger.models import AccountLine, Import, SectionLine
from apps.ledger.services import reading
from tests.ledger.support import Place, entries, fec, read, requested, waiting_files
from tests.support.fec import Line


def test_a_file_is_read_to_its_totals_and_erased(at: Place, files: Path) -> None:
    made = requested(at)
    tasks.read(str(made.pk))
    made.refresh_from_db()
    assert (made.state, made.progress, made.file, made.claim) == (ImportState.TO_CHECK, 100, "", None)
    assert (made.starts_on, made.ends_on, made.year) == (date(2025, 1, 1), date(2025, 12, 31), 2025)
    assert (made.lines, made.gap, made.chart) == (8, 0, "anc-2018-06-v1")
    assert waiting_files(files) == []
    lines = {
        line.number: (line.label, line.opening, line.debit, line.credit, line.nature)
        for line in AccountLine.objects.all()
    }
    assert lines == {
        "102000": ("Fonds propres", -1_200_000, 0, 0, "equity"),
        "411": ("", 0, 4_200, 4_200, "third_parties"),
        "512000": ("Banque", 1_200_000, 25_000, 0, "treasury"),
        "641100": ("Salaires", 0, 60_000, 0, "payroll"),
        "699999": ("Compte inventé", 0, 15_000, 0, lines["699999"][4]),
        "706000": ("Ateliers", 0, 0, 100_000, "ventes"),
    }


def test_no_name_of_a_person_is_left_anywhere(at: Place) -> None:
    made = read(at)
    rows = [str(row) for model in (Import, AccountLine, SectionLine) for row in model.objects.values()]
    assert rows
    assert not [row for row in rows if "dupont" in row.lower() or "jeanne" in row.lower()]
    assert made.state == ImportState.TO_CHECK


def test_sections_come_with_the_totals(at: Place) -> None:
    lines = [Line(**{**vars_of(line), "section": "VELO"}) for line in entries()]
    read(at, fec(lines=lines, section="CodeAnalytique"))
    assert {(s.section, s.number, s.debit, s.credit) for s in SectionLine.objects.all()} == {
        ("VELO", "641100", 60_000, 0),
        ("VELO", "699999", 15_000, 0),
        ("VELO", "706000", 0, 100_000),
    }


def vars_of(line: Line) -> dict[str, Any]:
    return {name: getattr(line, name) for name in Line.__slots__}


def test_a_message_that_comes_twice_reads_once(at: Place) -> None:
    made = requested(at)
    assert services.read_import(made.pk)
    assert not services.read_import(made.pk)
    assert AccountLine.objects.count() == 6


def test_a_malformed_file_is_refused_with_its_line_and_erased(at: Place, files: Path) -> None:
    broken = fec().replace(b"20251231\t641100", b"20259931\t641100")
    made = read(at, broken)
    assert made.state == ImportState.REFUSED
    assert made.fault_line
    assert made.fault_reason
    assert made.fault_remedy
    assert made.file == ""
    assert waiting_files(files) == []
    assert not AccountLine.objects.exists()


def test_a_file_that_disappeared_is_said(at: Place) -> None:
    made = requested(at)
    stored.discard(made.file)
    assert not services.read_import(made.pk)
    made.refresh_from_db()
    assert (made.state, made.fault_reason) == (ImportState.REFUSED, "Le fichier n’est plus là.")


def crash(*_: object, **__: object) -> None:
    raise RuntimeError("out of luck")


def test_a_reading_that_fails_is_tried_three_times_then_refused_with_words(
    at: Place, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parser, "read", crash)
    made = requested(at)
    for attempt in (1, 2):
        assert not services.read_import(made.pk)
        made.refresh_from_db()
        assert (made.state, made.attempts, made.progress) == (ImportState.REQUESTED, attempt, 0)
        assert made.due_at > timezone.now()
        assert len(waiting_files(files)) == 1
    assert not services.read_import(made.pk)
    made.refresh_from_db()
    assert made.state == ImportState.REFUSED
    assert "trois fois" in made.fault_reason
    assert waiting_files(files) == []


def test_totals_are_whole_or_absent(at: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database refuses something in the middle: no account is left, and the row is given back by its lease."""

    def refuse(*_: object, **__: object) -> None:
        raise DatabaseError

    made = requested(at)
    monkeypatch.setattr(SectionLine.objects, "bulk_create", refuse)
    with pytest.raises(DatabaseError):
        services.read_import(made.pk)
    made.refresh_from_db()
    assert made.state == ImportState.READING
    assert not AccountLine.objects.exists()


def dead(at: Place, attempts: int) -> Import:
    return requested(
        at,
        state=ImportState.READING,
        attempts=attempts,
        progress=40,
        due_at=timezone.now() - timedelta(seconds=1),
    )


def test_a_killed_worker_gives_its_file_back(at: Place) -> None:
    made = dead(at, 1)
    assert services.put_back() == 2  # taken back, and sent again at once
    made.refresh_from_db()
    assert (made.state, made.progress, made.claim) == (ImportState.REQUESTED, 0, None)
    assert services.read_import(made.pk)


def test_a_file_that_killed_three_workers_is_refused_with_words(at: Place, files: Path) -> None:
    made = dead(at, 3)
    services.put_back()
    made.refresh_from_db()
    assert (made.state, made.fault_reason) == (ImportState.REFUSED, reading.GAVE_UP[0])
    assert waiting_files(files) == []


def test_a_reading_within_its_lease_is_left_alone(at: Place) -> None:
    made = requested(at, state=ImportState.READING, due_at=timezone.now() + timedelta(seconds=30))
    assert services.put_back() == 0
    made.refresh_from_db()
    assert made.state == ImportState.READING


def test_a_row_given_to_another_is_not_written_by_the_first(
    at: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = requested(at)
    true = parser.read

    def slow(source: Any, **options: Any) -> Any:
        Import.objects.filter(pk=made.pk).update(state=ImportState.REQUESTED, claim=None)
        return true(source, **options)

    monkeypatch.setattr(parser, "read", slow)
    assert not services.read_import(made.pk)
    assert not AccountLine.objects.exists()
    assert stored.exists(made.file)


def test_progress_gives_the_lease_again(at: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    made = requested(at)
    seen: list[tuple[int, bool]] = []

    def step(source: Any, *, size: int, progress: Any) -> Any:
        Import.objects.filter(pk=made.pk).update(due_at=timezone.now())
        progress(37)
        row = Import.objects.get(pk=made.pk)
        seen.append((row.progress, row.due_at > timezone.now() + timedelta(seconds=50)))
        raise parser.FecFault("x", "Non.", "Rien.")

    monkeypatch.setattr(parser, "read", step)
    services.read_import(made.pk)
    assert seen == [(37, True)]


def test_the_sweep_takes_what_a_crash_left(at: Place, files: Path) -> None:
    waiting = requested(at)
    lost = files / "ledger" / "perdu.txt"
    fresh = files / "ledger" / "nouveau.txt"
    for one in (lost, fresh):
        one.write_bytes(b"x")
    for one in (lost, files / waiting.file):
        past = (timezone.now() - timedelta(hours=2)).timestamp()
        os.utime(one, (past, past))
    assert services.sweep() == 1
    assert waiting_files(files) == sorted([Path(waiting.file).name, "nouveau.txt"])


def test_rows_past_their_time_leave(at: Place) -> None:
    old = read(at, b"rien\n")
    Import.objects.filter(pk=old.pk).update(requested_at=timezone.now() - timedelta(days=31))
    recent = read(at, b"rien du tout\n")
    tasks.sweep()
    assert list(Import.objects.all()) == [recent]


def test_a_storage_that_is_down_does_not_stop_the_end_of_a_reading(
    at: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = requested(at)
    monkeypatch.setattr("django.core.files.storage.FileSystemStorage.delete", crash)
    assert services.read_import(made.pk)
    made.refresh_from_db()
    assert (made.state, made.file) == (ImportState.TO_CHECK, "")


def test_accounts_that_nobody_checks_leave_after_six_months(at: Place) -> None:
    old, recent = read(at), read(at, fec(2024))
    Import.objects.filter(pk=old.pk).update(requested_at=timezone.now() - timedelta(days=181))
    tasks.sweep()
    assert list(Import.objects.all()) == [recent]
