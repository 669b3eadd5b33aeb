"""A request is read to its end, also when its answer needs nothing of it."""

from __future__ import annotations

import io
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from apps.core.request_body import read_to_the_end
from tests.support.stack import free_port, wait_for

REFUSING = """
from apps.core.request_body import read_to_the_end

def naive(environ, start_response):
    start_response("403 Forbidden", [("Content-Length", "2")])
    return [b"no"]

thorough = read_to_the_end(naive)
"""
"""Web server whose application refuses without reading."""


def refusing(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    environ["wsgi.input"].read(10)
    start_response("403 Forbidden", [])
    return [b"no"]


def test_nothing_is_left_unread() -> None:
    body = io.BytesIO(b"a" * 300_000)
    said: list[str] = []
    answer = read_to_the_end(refusing)({"wsgi.input": body}, lambda status, headers: said.append(status))
    assert list(answer) == [b"no"]
    assert said == ["403 Forbidden"]
    assert body.read() == b""


def test_a_client_that_left_is_no_fault() -> None:
    class Gone(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise ConnectionResetError
            return super().read(size)

    answer = read_to_the_end(refusing)({"wsgi.input": Gone(b"a" * 30)}, lambda status, headers: None)
    assert list(answer) == [b"no"]


def refusals(folder: Path, name: str) -> list[bytes]:
    """First bytes of the answers to five long requests, each sent before its answer is read; empty after a reset."""
    (folder / "refusing.py").write_text(REFUSING)
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", f"refusing:{name}", "--bind", f"127.0.0.1:{port}"]
    root = str(Path(__file__).parents[2])
    server = subprocess.Popen(
        [*command, "--no-control-socket", "--log-level", "critical"],
        cwd=folder,
        env={"PYTHONPATH": f"{folder}:{root}", "PATH": "/usr/bin:/bin"},
    )
    try:
        wait_for(lambda: send(port, b"") != b"", 20, "the server answers")
        return [send(port, b"a" * 3_000_000) for _ in range(5)]
    finally:
        server.terminate()
        server.wait(20)


def send(port: int, body: bytes) -> bytes:
    head = f"POST / HTTP/1.1\r\nHost: a.fr\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as channel:
            channel.sendall(head)
            channel.sendall(body[:300_000])
            time.sleep(0.2 if body else 0)  # the rest is still on its way when the answer is ready
            channel.sendall(body[300_000:])
            return channel.recv(12)
    except OSError:
        return b""


@pytest.mark.parametrize(("name", "whole"), [("naive", False), ("thorough", True)])
def test_a_long_request_that_is_refused_gets_its_answer(tmp_path: Path, name: str, whole: bool) -> None:
    answers = refusals(tmp_path, name)
    assert (answers == [b"HTTP/1.1 403"] * 5) is whole
