"""A migration that would stop the people who are there is refused; its safe way passes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from trajectoires.trust import migrations

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
FIRST = """
from django.db import migrations, models

class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel("Note", [
            ("id", models.BigAutoField(primary_key=True)),
            ("text", models.CharField(max_length=20, db_index=True)),
            ("rank", models.IntegerField(unique=True)),
        ]),
        migrations.AddIndex("note", models.Index(fields=["rank", "text"], name="note_rank_text")),
        migrations.AddConstraint("note", models.CheckConstraint(condition=models.Q(rank__gt=0), name="note_rank")),
    ]
"""
SECOND = """
from django.contrib.postgres.operations import *
from django.db import migrations, models

def move(apps, schema_editor):
    pass

class Migration(migrations.Migration):
    atomic = False
    dependencies = [("core", "0001_first")]
    # {comment}
    operations = [{operation}]
"""
Write = Callable[..., list[str]]


@pytest.fixture(name="judged")
def make_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Write:
    """Codes of the faults of one operation, in a module of migrations made for it."""

    def write(operation: str, comment: str = "") -> list[str]:
        name = f"essai_{uuid4().hex}"
        (tmp_path / name).mkdir()
        for file, text in (
            ("__init__", ""),
            ("0001_first", FIRST),
            ("0002_second", SECOND.replace("{operation}", operation).replace("{comment}", comment)),
        ):
            (tmp_path / name / f"{file}.py").write_text(text)
        monkeypatch.syspath_prepend(tmp_path)
        settings.MIGRATION_MODULES = {"core": name}
        read, found = migrations.faults(everything_else())
        assert read == 2
        assert all(one.name == "core.0002_second" for one in found), found
        return [one.code for one in found]

    return write


def everything_else() -> frozenset[str]:
    return frozenset(
        f"{path.parent.parent.name}.{path.stem}" for path in ROOT.glob("apps/*/migrations/0*.py")
    )


BAD = {
    'migrations.AddField("note", "more", models.IntegerField(default=0))': {"NOT_NULL"},
    'migrations.AlterField("note", "text", models.TextField())': {"ALTER_COLUMN"},
    'migrations.RemoveField("note", "text")': {"DROP_COLUMN"},
    'migrations.RenameField("note", "text", "words")': {"RENAME_COLUMN"},
    'migrations.RenameModel("Note", "Remark")': {"RENAME_TABLE"},
    'migrations.DeleteModel("Note")': {"DROP_TABLE"},
    'migrations.AddIndex("note", models.Index(fields=["text"], name="note_text"))': {"CREATE_INDEX"},
    'migrations.RemoveIndex("note", "note_rank_text")': {"DROP_INDEX"},
    'migrations.AddConstraint("note", models.UniqueConstraint(fields=["text"], name="note_u"))': {"ADD_UNIQUE"},
    'migrations.AddConstraint("note", models.CheckConstraint(condition=models.Q(rank__lt=9), name="note_c"))': {
        "ADD_VALIDATED"
    },
    "migrations.RunPython(move)": {"RUNPYTHON_REVERSIBLE"},
    'migrations.RunSQL("UPDATE core_note SET rank = 1")': {"RUNSQL_REVERSIBLE"},
}
GOOD = (
    'migrations.AddField("note", "more", models.IntegerField(null=True))',
    'migrations.AddField("note", "more", models.IntegerField(db_default=0))',
    'migrations.CreateModel("Other", [("id", models.BigAutoField(primary_key=True)), ("a", models.SlugField())])',
    'AddConstraintNotValid("note", models.CheckConstraint(condition=models.Q(rank__lt=9), name="note_c"))',
    'ValidateConstraint("note", "note_rank")',
    "migrations.RunPython(move, migrations.RunPython.noop)",
)


@pytest.mark.parametrize(("operation", "codes"), BAD.items())
def test_what_would_stop_people_is_refused(judged: Write, operation: str, codes: set[str]) -> None:
    assert set(judged(operation)) >= codes
    assert codes <= migrations.ADVICE.keys()


@pytest.mark.parametrize("operation", GOOD)
def test_the_safe_way_passes(judged: Write, operation: str) -> None:
    assert judged(operation) == []


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("migration-lint: DROP_COLUMN nothing has read it for long", []),
        ("migration-lint: DROP_COLUMN because", ["DROP_COLUMN"]),
        ("migration-lint: DROP_TABLE nothing has read it for long", ["DROP_COLUMN"]),
    ],
)
def test_an_exception_has_its_reason(judged: Write, comment: str, left: list[str]) -> None:
    assert judged('migrations.RemoveField("note", "text")', comment) == left


def test_concurrent_indexes_pass() -> None:
    """Django refuses to write their SQL within the transaction of a test."""
    assert (
        migrations.met(
            ['CREATE UNIQUE INDEX CONCURRENTLY "i" ON "a" ("b")', 'DROP INDEX CONCURRENTLY IF EXISTS "j"']
            + ['ALTER TABLE "a" ADD CONSTRAINT "i" UNIQUE USING INDEX "i"']
        )
        == set()
    )


def test_an_index_on_an_old_table_is_seen_behind_that_of_a_new_one() -> None:
    """The library stops at the first."""
    made = ['CREATE TABLE "a" ("id" bigint)', 'CREATE INDEX "i" ON "a" ("id")', 'CREATE INDEX "j" ON "b" ("id")']
    assert migrations.met(made) == {"CREATE_INDEX"}
    assert migrations.met(made[:2]) == set()


def test_the_baseline_names_migrations_that_exist_and_ours_pass() -> None:
    before = frozenset(migrations.BASELINE.read_text().split())
    assert before <= everything_else()
    # As make check runs it: a concurrent index refuses the transaction of a test.
    command = [sys.executable, "-m", "trajectoires.trust.migrations"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def prepare(folder: Path, failures: int) -> tuple[int, list[str]]:
    """Exit code of the script, and what its commands were run with; ``migrate`` fails so many times first."""
    fake = folder / "python"
    fake.write_text(
        f'#!/bin/sh\necho "$PGOPTIONS $*" >> {folder}/told\n'
        f'[ "$2" != migrate ] || [ "$(grep -c migrate {folder}/told)" -gt {failures} ]\n'
    )
    fake.chmod(0o755)
    done = subprocess.run(
        ["sh", ROOT / "deploy" / "prepare.sh"],
        env={"PATH": f"{folder}:/usr/bin:/bin", "MIGRATION_PAUSE": "0"},
        capture_output=True,
    )
    return done.returncode, (folder / "told").read_text().splitlines()


def test_a_migration_gives_up_its_place_then_tries_again(tmp_path: Path) -> None:
    code, told = prepare(tmp_path, failures=2)
    assert code == 0
    assert told[:3] == ["-c lock_timeout=3s manage.py migrate --noinput"] * 3
    assert [line.split()[1] for line in told[3:]] == ["createcachetable", "load_content"]


def test_a_migration_that_never_passes_stops_the_start(tmp_path: Path) -> None:
    code, told = prepare(tmp_path, failures=99)
    assert (code, len(told)) == (1, 6)


def test_nobody_waits_behind_a_migration_that_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """With real sessions: somebody reads for long, a migration asks for the table, somebody else reads."""
    said = {k: v for k, v in connection.get_connection_params().items() if k in ("dbname", "user", "password", "host", "port")}
    with psycopg.connect(**said) as reader, psycopg.connect(**said, autocommit=True) as other:
        reader.execute("SELECT count(*) FROM audit_auditentry")
        monkeypatch.setenv("PGOPTIONS", "-c lock_timeout=200ms")
        with psycopg.connect(**said) as migration, pytest.raises(psycopg.errors.LockNotAvailable):
            migration.execute("ALTER TABLE audit_auditentry ADD COLUMN never integer")
        other.execute("SET statement_timeout = '2s'")
        assert other.execute("SELECT count(*) FROM audit_auditentry").fetchone() is not None

