"""The servers that the environment does not name, as one thing to start and stop."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from trajectoires.embedded.guardian import Guardian
from trajectoires.embedded.place import Place
from trajectoires.embedded.postgres import PostgresServer
from trajectoires.embedded.server import Server
from trajectoires.embedded.valkey import ValkeyServer


@dataclass(frozen=True)
class Servers:
    """Embedded servers; one is None when its address is already in the environment."""

    postgres: PostgresServer | None
    valkey: ValkeyServer | None

    @classmethod
    def missing_from(cls, environment: Mapping[str, str], place: Place, *, durable: bool = True) -> "Servers":
        """Those whose DATABASE_URL or REDIS_URL is absent or empty."""
        return cls(
            None if environment.get("DATABASE_URL") else PostgresServer(place, durable=durable),
            None if environment.get("REDIS_URL") else ValkeyServer(place, durable=durable),
        )

    @property
    def all(self) -> list[Server]:
        return [server for server in (self.postgres, self.valkey) if server]

    def watched_by(self, guardian: Guardian) -> None:
        """``guardian`` ends them if we die, from their next start on."""
        for server in self.all:
            server.guardian = guardian

    def start(self) -> None:
        """Start them side by side; when one refuses, stop the other and raise."""
        try:
            with ThreadPoolExecutor() as pool:
                list(pool.map(lambda server: server.start(), self.all))
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop them side by side."""
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda server: server.stop(), self.all))

    def environment(self, base: Mapping[str, str]) -> dict[str, str]:
        """``base`` with the addresses added, and without the PG* variables that would contradict them."""
        result = dict(base)
        if self.postgres:
            result = {key: value for key, value in result.items() if not key.startswith("PG")}
            result["DATABASE_URL"] = self.postgres.url
        if self.valkey:
            result["REDIS_URL"] = self.valkey.url
        return result


@contextmanager
def throwaway() -> Iterator[Servers]:
    """Two servers of one's own in a temporary place, to kill and restart at will; erased at the end."""
    place = Place.temporary()
    servers = Servers(PostgresServer(place, durable=False), ValkeyServer(place, durable=False))
    try:
        servers.start()
        yield servers
    finally:
        servers.stop()
        place.erase()
