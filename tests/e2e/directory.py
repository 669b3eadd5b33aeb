"""A real HTTP server in the place of the public directory of enterprises."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CANAL = {
    "siren": "732829320",
    "nom_complet": "LES TOITS DU CANAL",
    "nature_juridique": "9220",
    "siege": {"siret": "73282932000074", "departement": "58", "libelle_commune": "CLAMECY"},
    "complements": {"identifiant_association": "W583004126"},
}


@dataclass
class Directory:
    url: str
    # What it answers: 200 with one association, or a fault.
    status: int = 200


@contextmanager
def serving() -> Iterator[Directory]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(directory.status)
            self.end_headers()
            self.wfile.write(json.dumps({"results": [CANAL]}).encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    directory = Directory(f"http://127.0.0.1:{server.server_address[1]}/search")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield directory
    finally:
        server.shutdown()
        server.server_close()
