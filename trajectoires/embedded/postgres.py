"""A real PostgreSQL on a Unix socket, without TCP, as an account without power."""

import os
import shutil
import signal
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from trajectoires.embedded.binaries import Program, find_postgres
from trajectoires.embedded.console import EmbeddedError
from trajectoires.embedded.place import Place
from trajectoires.embedded.server import Server, server_environment

INITDB = ("-E", "UTF8", "--auth-local=trust", "--auth-host=reject", "--no-instructions")
# The builtin provider gives the same order everywhere; versions 15 and 16 do not have it.
LOCALES = (
    ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"],
    ["--locale=C.UTF-8"],
    ["--locale=C"],
)
UNSAFE_BUT_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "4GB",
}


class PostgresServer(Server):
    """PostgreSQL with one database; the only way in is a socket in a folder closed to other accounts."""

    name = "postgres"
    title = "PostgreSQL"
    stop_signal = signal.SIGINT  # « fast »: does not wait for clients to leave
    database = "trajectoires"
    user = "trajectoires"
    port = 5432  # only names the socket; in the URL so that PGPORT cannot change it

    def __init__(self, place: Place, *, durable: bool = True) -> None:
        super().__init__(place, durable=durable)
        self.data = place.home / "postgres"
        # More settings of the server, read at its next start.
        self.settings: dict[str, str] = {}
        self._program: Program | None = None

    @property
    def url(self) -> str:
        # django-environ does not decode a %2F host; it takes an absolute path before the name as the folder.
        return f"postgres://{self.user}@:{self.port}/{quote(str(self.sockets))}/{self.database}"

    @property
    def program(self) -> Program:
        if self._program is None:
            version = self.data / "PG_VERSION"
            wanted = int(version.read_text()) if version.exists() else None
            self._program = find_postgres(self.account, wanted=wanted)
        return self._program

    def command(self) -> Sequence[str | Path]:
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        settings = {
            "listen_addresses": "",
            "port": str(self.port),
            "unix_socket_directories": '"' + str(self.sockets).replace('"', '""') + '"',
            "unix_socket_permissions": "0700",
            "logging_collector": "off",
            "log_min_messages": "warning",
        } | ({} if self.durable else UNSAFE_BUT_FAST)
        settings |= self.settings
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        return [self.program.path, "-D", self.data, *options]

    def answers(self) -> bool:
        try:
            self._ensure_database()
        except psycopg.OperationalError:
            return False
        return True

    def connect(self, database: str | None = None) -> "psycopg.Connection[tuple[object, ...]]":
        """A new autocommit connection."""
        return psycopg.connect(
            host=str(self.sockets),
            port=self.port,
            user=self.user,
            dbname=database or self.database,
            connect_timeout=3,
            autocommit=True,
        )

    def _ensure_database(self) -> None:
        with self.connect("postgres") as connection:
            query = "select 1 from pg_database where datname = %s"
            if not connection.execute(query, [self.database]).fetchone():
                connection.execute(sql.SQL("create database {}").format(sql.Identifier(self.database)))

    def _initialise(self) -> None:
        """Create the cluster beside its place, then move it: a creation cut short leaves nothing."""
        draft = self.place.home / "postgres.new"
        quick = [] if self.durable else ["--no-sync"]
        result = None
        for locale in LOCALES[0 if self.program.major >= 17 else 1 :]:
            shutil.rmtree(draft, ignore_errors=True)
            program = self.program.path.with_name("initdb")
            result = self.account.run(
                [program, "-D", draft, *INITDB, "-U", self.user, *locale, *quick], env=server_environment()
            )
            if result.returncode == 0:
                draft.rename(self.data)
                return
        raise EmbeddedError(f"PostgreSQL n’a pas pu créer sa base :\n{result.stdout if result else ''}")

    def stop_orphan(self) -> None:
        """Also clear a stale ``postmaster.pid``: PostgreSQL believes it when its number was given again."""
        super().stop_orphan()
        lock = self.data / "postmaster.pid"
        if not lock.exists():
            return
        try:
            process = psutil.Process(int(lock.read_text().split()[0]))
            if str(self.data) in process.cmdline():
                os.kill(process.pid, self.stop_signal)
                process.wait(self.stop_seconds)
        except (ValueError, IndexError, psutil.NoSuchProcess, psutil.AccessDenied):
            pass
        lock.unlink(missing_ok=True)
