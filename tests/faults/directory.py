"""A directory of enterprises that misbehaves on demand, as a real HTTP server."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

EMPTY = b'{"results": []}'
DRIP = 0.3


class Directory(ThreadingHTTPServer):
    """``mode``: well, silent (no answer), dripping (a byte at a time), refusing (429), hanging up."""

    daemon_threads = True
    mode = "well"
    asked = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/search"


class Talk(BaseHTTPRequestHandler):
    server: Directory

    def do_GET(self) -> None:
        self.server.asked += 1
        with suppress(OSError):  # the client no longer waits
            getattr(self, self.server.mode)()

    def well(self) -> None:
        self.start(200)
        self.wfile.write(EMPTY)

    def silent(self) -> None:
        time.sleep(60)

    def dripping(self) -> None:
        self.start(200)
        for _ in range(200):
            self.wfile.write(b" ")
            time.sleep(DRIP)
        self.wfile.write(EMPTY)

    def refusing(self) -> None:
        self.start(429)

    def hanging_up(self) -> None:
        self.connection.close()

    def start(self, status: int) -> None:
        self.send_response(status)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def misbehaving() -> Iterator[Directory]:
    with Directory(("127.0.0.1", 0), Talk) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
