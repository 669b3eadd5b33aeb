"""Real servers: what they keep, how they come back, and that nothing of them is left."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import environ
import psutil
import psycopg
import pytest
import redis

from tests.embedded.support import alive, ordinary_python, wait_until
from trajectoires.embedded import Place, PostgresServer, Servers, ValkeyServer, binaries, throwaway
from trajectoires.embedded.console import EmbeddedError


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    with throwaway() as started:
        yield started


@pytest.fixture
def postgres(servers: Servers) -> PostgresServer:
    assert servers.postgres
    servers.postgres.start()
    return servers.postgres


@pytest.fixture
def valkey(servers: Servers) -> ValkeyServer:
    assert servers.valkey
    servers.valkey.start()
    return servers.valkey


def value(postgres: PostgresServer, query: str) -> object:
    with postgres.connect() as connection:
        row = connection.execute(query).fetchone()  # type: ignore[arg-type]
    return row[0] if row else None


def broker(valkey: ValkeyServer) -> redis.Redis:
    return redis.Redis(unix_socket_path=str(valkey.socket))


def process_of(server: PostgresServer | ValkeyServer) -> psutil.Process:
    assert server.pid
    return psutil.Process(server.pid)


def test_postgres_is_the_packaged_one_with_the_builtin_order(postgres: PostgresServer) -> None:
    assert str(value(postgres, "select version()")).startswith("PostgreSQL 18.")
    query = (
        "select datlocprovider::text || ' ' || datlocale from pg_database where datname = current_database()"
    )
    assert value(postgres, query) == "b C.UTF-8"
    assert value(postgres, "show server_encoding") == "UTF8"


def test_neither_server_runs_as_root_nor_listens_on_the_network(
    postgres: PostgresServer, valkey: ValkeyServer
) -> None:
    for server in (postgres, valkey):
        assert process_of(server).uids().effective != 0
        assert process_of(server).net_connections(kind="inet") == []
    mode = stat.S_IMODE(postgres.sockets.stat().st_mode)
    assert mode == 0o700


def test_the_address_is_understood_by_django(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "1")
    parsed = environ.Env.db_url_config(postgres.url)
    assert (parsed["HOST"], parsed["NAME"]) == (str(postgres.sockets), "trajectoires")
    with psycopg.connect(
        host=parsed["HOST"], port=parsed["PORT"], user=parsed["USER"], dbname=parsed["NAME"]
    ) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_rows_outlive_a_restart_and_a_sigkill(postgres: PostgresServer) -> None:
    address = postgres.url
    with postgres.connect() as connection:
        connection.execute("create table kept (n int)")
        connection.execute("insert into kept values (41)")
    postgres.restart()
    assert value(postgres, "select n from kept") == 41
    postgres.kill()
    assert postgres.pid is None
    postgres.start()
    assert value(postgres, "select n from kept") == 41
    assert postgres.url == address


def test_messages_outlive_a_sigkill(valkey: ValkeyServer) -> None:
    broker(valkey).lpush("celery", "a message")
    address = valkey.url
    valkey.kill()
    assert not valkey.answers()
    valkey.start()
    assert broker(valkey).lrange("celery", 0, -1) == [b"a message"]
    assert valkey.url == address


def test_a_server_whose_starter_died_is_ended_before_the_next_start(postgres: PostgresServer) -> None:
    orphan = postgres.pid
    assert orphan
    successor = PostgresServer(postgres.place, durable=False)
    successor.start()
    try:
        assert not alive(orphan)
        assert value(successor, "select 1") == 1
    finally:
        successor.stop()


def test_a_stale_pid_file_naming_a_living_stranger_does_not_refuse_the_start(
    postgres: PostgresServer,
) -> None:
    postgres.kill()
    lock = postgres.data / "postmaster.pid"
    wait_until(lambda: not process_children_of(postgres.data), what="the killed server's children ended")
    lock.write_text(f"{os.getpid()}\n{postgres.data}\n0\n5432\n{postgres.sockets}\n\n")
    postgres.start()
    assert value(postgres, "select 1") == 1


def process_children_of(data: Path) -> list[int]:
    found = []
    for process in psutil.process_iter(["name"]):
        try:
            if process.info["name"] == "postgres" and process.cwd() == str(data):
                found.append(process.pid)
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            continue
    return found


def test_a_second_place_shares_nothing_and_leaves_nothing(postgres: PostgresServer) -> None:
    with throwaway() as other:
        assert other.postgres
        with other.postgres.connect() as connection:
            connection.execute("create table only_here (n int)")
        assert value(postgres, "select to_regclass('only_here')") is None
        pids = [process.pid for server in other.all for process in family(server.pid)]
        home = other.postgres.place.home
        assert len(pids) > 3
    assert not [pid for pid in pids if alive(pid)]
    assert not home.exists()


def family(pid: int | None) -> list[psutil.Process]:
    process = psutil.Process(pid)
    return [process, *process.children(recursive=True)]


@pytest.mark.parametrize("name", ["x" * 120, "l'été, + 20%20"])
def test_any_folder_name_has_a_working_socket(name: str) -> None:
    base = Place.temporary()
    home = base.home / name
    base.account.own(home)
    place = Place(home, base.account)
    server = PostgresServer(place, durable=False)
    broker_server = ValkeyServer(place, durable=False)
    try:
        Servers(server, broker_server).start()
        assert environ.Env.db_url_config(server.url)["HOST"] == str(server.sockets)
        assert len(os.fsencode(server.sockets / ".s.PGSQL.5432")) < 108
        assert value(server, "select 1") == 1
        assert broker(broker_server).ping()
    finally:
        Servers(server, broker_server).stop()
        place.erase()
        base.erase()
    assert not server.sockets.exists()


def test_data_of_another_major_version_are_refused_in_words(postgres: PostgresServer) -> None:
    with pytest.raises(EmbeddedError, match=r"format PostgreSQL 12.*make reset"):
        binaries.find_postgres(postgres.account, wanted=12)


def test_without_the_package_the_systems_postgresql_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "_package", lambda name: None)
    place = Place.temporary()
    server = PostgresServer(place, durable=False)
    try:
        server.start()
    except EmbeddedError as refusal:
        if "Aucun PostgreSQL utilisable" in str(refusal):
            pytest.skip("aucun PostgreSQL ≥ 15 installé sur ce système")
        raise
    else:
        assert str(server.program.path).startswith("/usr")
        assert value(server, "show server_encoding") == "UTF8"
    finally:
        server.stop()
        place.erase()


def test_without_any_program_the_refusal_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place.temporary()
    monkeypatch.setattr(binaries, "_postgres_candidates", lambda: iter([Path("/nowhere/postgres")]))
    monkeypatch.setattr(binaries, "_valkey_candidates", lambda: iter([]))
    try:
        with pytest.raises(EmbeddedError, match=r"(?s)apt-get install.*postgresql.*DATABASE_URL"):
            binaries.find_postgres(place.account)
        with pytest.raises(EmbeddedError, match=r"(?s)valkey-server.*REDIS_URL"):
            binaries.find_valkey(place.account)
    finally:
        place.erase()


def test_a_server_that_cannot_start_shows_the_end_of_its_log(monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place.temporary()
    server = ValkeyServer(place, durable=False)
    monkeypatch.setattr(ValkeyServer, "retry_seconds", 0.0)
    real = server.command()
    monkeypatch.setattr(server, "command", lambda: [*real, "--no-such-option", "1"])
    try:
        with pytest.raises(EmbeddedError, match=r"(?s)Valkey ne démarre pas.*no-such-option"):
            server.start()
    finally:
        server.stop()
        place.erase()


def test_addresses_of_the_environment_start_nothing() -> None:
    given = {"DATABASE_URL": "postgres://somewhere/db", "REDIS_URL": "redis://somewhere", "PGPORT": "9"}
    place = Place.temporary()
    try:
        assert Servers.missing_from(given, place).all == []
        assert Servers.missing_from(given, place).environment(given) == given
        only = Servers.missing_from({"REDIS_URL": "redis://somewhere"}, place)
        assert [server.name for server in only.all] == ["postgres"]
        assert "PGPORT" not in only.environment({"PGPORT": "9"})
    finally:
        place.erase()


def test_an_ordinary_account_runs_its_own_servers() -> None:
    """The same program started by ``nobody``: it drops to no one, and its folder is its own."""
    found = ordinary_python()
    if found is None:
        pytest.skip("aucun Python de même version n’est accessible à un compte ordinaire")
    identity, python, env = found
    code = (
        "import os\nfrom trajectoires.embedded import throwaway\n"
        "with throwaway() as servers:\n"
        "    with servers.postgres.connect() as connection:\n"
        "        print(connection.execute('select 1').fetchone(), servers.valkey.answers())\n"
        "    print(servers.postgres.account.dropped, os.stat(servers.postgres.data).st_uid == os.geteuid())\n"
    )
    done = subprocess.run(  # type: ignore[call-overload]
        [*python, "-c", code], env=env, cwd="/", capture_output=True, text=True, check=False, **identity
    )
    assert done.stdout.splitlines() == ["(1,) True", "False True"], done.stderr


def test_fast_stop_does_not_wait_for_a_connected_client(postgres: PostgresServer) -> None:
    client = postgres.connect()
    process = process_of(postgres)
    assert postgres.stop_signal == signal.SIGINT
    postgres.stop()
    assert not alive(process.pid)
    with pytest.raises(psycopg.OperationalError):
        client.execute("select 1")
