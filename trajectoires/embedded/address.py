"""Where the site listens, and the questions asked there before and after its start."""

import errno
import http.client
import socket
from collections.abc import Mapping
from dataclasses import dataclass

from trajectoires.embedded.console import EmbeddedError


@dataclass(frozen=True)
class Address:
    """HOST and PORT of ``make run``."""

    host: str
    port: int

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Address":
        """HOST (127.0.0.1 by default) and PORT (8000 by default)."""
        text = environment.get("PORT") or "8000"
        if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
            raise EmbeddedError(f"PORT vaut « {text} » : il faut un nombre entre 1 et 65535.")
        return cls(environment.get("HOST") or "127.0.0.1", int(text))

    @property
    def bind(self) -> str:
        """What the web server is told."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def visited(self) -> str:
        """The host to type in a browser on this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}.get(self.host, self.host)
        return f"[{host}]" if ":" in host and not host.startswith("[") else host

    @property
    def url(self) -> str:
        return f"http://{self.visited}:{self.port}"

    def check_free(self) -> None:
        """EmbeddedError with what to type when the port cannot be listened to."""
        try:
            family, kind, _, _, where = socket.getaddrinfo(
                self.host or None, self.port, type=socket.SOCK_STREAM
            )[0]
            with socket.socket(family, kind) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(where)
        except OSError as error:
            raise EmbeddedError(self._refusal(error)) from None

    def _refusal(self, error: OSError) -> str:
        if error.errno == errno.EADDRINUSE:
            return (
                f"Le port {self.port} est déjà pris par un autre programme. "
                f"Choisissez-en un autre : PORT={self._next_free()} make run"
            )
        if error.errno == errno.EACCES:
            return f"Le port {self.port} est réservé à root. Choisissez-en un autre : PORT=8000 make run"
        return (
            f"L’adresse {self.host}:{self.port} n’est pas utilisable ({error.strerror}). Essayez : make run"
        )

    def _next_free(self) -> int:
        for port in range(self.port + 1, min(self.port + 50, 65536)):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)):
                    return port
        return 8001

    def ready(self) -> bool:
        """Whether ``/readyz`` answers 200 now; proxies of the environment are not asked."""
        connection = http.client.HTTPConnection(self.visited.strip("[]"), self.port, timeout=3)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
