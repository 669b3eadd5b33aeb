"""A real streaming replica of a running PostgreSQL, made with ``pg_basebackup -R`` as an operator would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.stack import wait_for
from trajectoires.embedded.console import EmbeddedError
from trajectoires.embedded.place import Place
from trajectoires.embedded.postgres import PostgresServer
from trajectoires.embedded.server import server_environment


class Replica(PostgresServer):
    name = "replica"
    title = "Réplique PostgreSQL"

    def __init__(self, place: Place, primary: str, *, durable: bool = True) -> None:
        """``primary``: how libpq finds it, « host=… port=… user=… »."""
        super().__init__(place, durable=durable)
        self.primary = primary

    def _initialise(self) -> None:
        command = [
            self.program.path.with_name("pg_basebackup"),
            "--pgdata",
            self.data,
            "--dbname",
            self.primary,
        ]
        options = ["--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast", "--no-password"]
        done = self.account.run([*command, *options], env=server_environment())
        if done.returncode:
            raise EmbeddedError(done.stdout)

    def pause(self) -> None:
        self.ask("SELECT pg_wal_replay_pause()")
        wait_for(
            lambda: self.ask("SELECT pg_get_wal_replay_pause_state()") == "paused", 10, "replay is paused"
        )

    def resume(self) -> None:
        self.ask("SELECT pg_wal_replay_resume()")

    def ask(self, query: str) -> object:
        with self.connect("postgres") as connection:
            row = connection.execute(query).fetchone()  # type: ignore[call-overload]
            return row[0] if row else None

    def reads(self, database: str) -> int:
        """Scans of the tables that pages read here, since the server started."""
        query = (
            "SELECT coalesce(sum(seq_scan + coalesce(idx_scan, 0)), 0) FROM pg_stat_user_tables "
            "WHERE relname ~ '^(webinars|catalogue|dashboards)_'"
        )
        with self.connect(database) as connection:
            (count,) = connection.execute(query).fetchone()  # type: ignore[misc]
            return int(str(count))

    def asked(self, word: str) -> int:
        """Connections whose last statement holds this word."""
        query = "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND query LIKE %s"
        with self.connect("postgres") as connection:
            (count,) = connection.execute(query, [f"%{word}%"]).fetchone()  # type: ignore[misc]
            return int(str(count))


@contextmanager
def streaming(primary: str) -> Iterator[Replica]:
    """Throwaway: quick rather than durable."""
    replica = Replica(Place.temporary(), primary, durable=False)
    try:
        replica.start()
        yield replica
    finally:
        replica.stop()
        replica.place.erase()
