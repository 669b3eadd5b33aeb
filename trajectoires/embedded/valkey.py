"""A real Valkey (Redis protocol) on a Unix socket; what it accepted survives a SIGKILL."""

import socket
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from trajectoires.embedded.binaries import Program, find_valkey
from trajectoires.embedded.place import Place
from trajectoires.embedded.server import Server


class ValkeyServer(Server):
    """Valkey with an append-only file: the broker's messages outlive the process."""

    name = "valkey"
    title = "Valkey"

    def __init__(self, place: Place, *, durable: bool = True) -> None:
        super().__init__(place, durable=durable)
        self.data = place.home / "valkey"
        self.socket = self.sockets / "valkey.sock"
        self._program: Program | None = None

    @property
    def url(self) -> str:
        """Celery's form of a Unix socket's address, database 0."""
        return f"redis+socket://{quote(str(self.socket))}?virtual_host=0"

    @property
    def program(self) -> Program:
        if self._program is None:
            self._program = find_valkey(self.account)
        return self._program

    def command(self) -> Sequence[str | Path]:
        self.place.folder("valkey")
        settings: dict[str, str | Path] = {
            "port": "0",
            "unixsocket": self.socket,
            "unixsocketperm": "700",
            "dir": self.data,
            "daemonize": "no",
            "save": "",
            "appendonly": "yes",
            "appendfsync": "everysec" if self.durable else "no",
        }
        return [self.program.path, *(part for key, value in settings.items() for part in (f"--{key}", value))]

    def answers(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as client:
                client.settimeout(2)
                client.connect(str(self.socket))
                client.sendall(b"PING\r\n")
                return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False
