"""Point-in-time recovery, with the scripts that docs/exploitation.md names: to the second before the mistake."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.support.stack import ROOT, wait_for
from trajectoires.embedded.place import Place
from trajectoires.embedded.postgres import PostgresServer

pytestmark = pytest.mark.fault
SCRIPTS = ROOT / "deploy/pitr"


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that the account of the servers may enter; the scripts copied where it can read them."""
    home = Place.temporary()
    try:
        home.account.own(home.home)
        shutil.copytree(SCRIPTS, home.home / "pitr")
        for name in ("wal", "base"):
            home.account.own(home.home / name)
        yield home.home
    finally:
        home.erase()


def started(place: Path, **settings: str) -> PostgresServer:
    server = PostgresServer(Place.temporary())
    server.settings = settings
    server.start()
    return server


def run(server: PostgresServer, place: Path, *arguments: str) -> None:
    environment = {
        "PATH": f"{server.program.path.parent}:{os.environ['PATH']}",
        "WAL_ARCHIVE": str(place / "wal"),
        "PGHOST": str(server.sockets),
        "PGPORT": str(server.port),
        "PGUSER": server.user,
    }
    done = server.account.run(["sh", *arguments], env=environment)
    assert done.returncode == 0, done.stdout


def names(server: PostgresServer) -> list[str]:
    with server.connect() as connection:
        return [str(row[0]) for row in connection.execute("SELECT name FROM kept ORDER BY name").fetchall()]


def opened(server: PostgresServer) -> bool:
    with server.connect() as connection:
        return connection.execute("SELECT pg_is_in_recovery()").fetchone() == (False,)


def test_the_platform_comes_back_to_the_moment_before_the_mistake(place: Path) -> None:
    archive = f'WAL_ARCHIVE="{place}/wal" sh "{place}/pitr/archive.sh" "%p" "%f"'
    first = started(place, archive_mode="on", archive_command=archive, wal_level="replica")
    second = PostgresServer(Place.temporary())
    try:
        with first.connect() as connection:
            connection.execute("CREATE TABLE kept (name text)")
            connection.execute("INSERT INTO kept VALUES ('avant la base')")
            run(first, place, f"{place}/pitr/base.sh", f"{place}/base/une")
            connection.execute("INSERT INTO kept VALUES ('après la base')")
            time.sleep(1.1)
            moment = connection.execute("SELECT now()::text").fetchone()
            assert moment
            time.sleep(1.1)
            connection.execute("DELETE FROM kept")  # the mistake
            connection.execute("INSERT INTO kept VALUES ('après l’erreur')")
            connection.execute("SELECT pg_switch_wal()")
        assert names(first) == ["après l’erreur"]
        first.stop()  # its last segment is archived before it leaves
        assert any((place / "wal").iterdir())

        shutil.move(place / "base/une", second.data)
        run(second, place, f"{place}/pitr/point.sh", str(second.data), str(moment[0]))
        second.start()
        assert names(second) == ["après la base", "avant la base"]
        wait_for(lambda: opened(second), 30, "the recovered server opens to writing")
        with second.connect() as connection:
            connection.execute("INSERT INTO kept VALUES ('on reprend')")
        assert "on reprend" in names(second)
    finally:
        for server in (first, second):
            server.stop()
            server.place.erase()


def test_a_segment_is_never_written_over_by_another() -> None:
    with tempfile.TemporaryDirectory() as folder:
        wal, one, other = (Path(folder) / name for name in ("wal", "one", "other"))
        wal.mkdir()
        one.write_bytes(b"1" * 100)
        other.write_bytes(b"2" * 100)

        def archive(source: Path) -> int:
            command = ["sh", str(SCRIPTS / "archive.sh"), str(source), "0001"]
            return subprocess.run(command, env=os.environ | {"WAL_ARCHIVE": str(wal)}).returncode

        assert archive(one) == 0
        assert archive(one) == 0  # asked again after a crash: the same is fine
        assert archive(other) != 0
        assert (wal / "0001").read_bytes() == one.read_bytes()


def test_the_composition_archives_with_the_script_that_was_tried() -> None:
    service = yaml.safe_load((SCRIPTS / "docker-compose.yml").read_text())["services"]["postgres"]
    assert '--archive_command=sh /pitr/archive.sh "%p" "%f"' in service["command"]
    assert "./deploy/pitr:/pitr:ro" in service["volumes"]
