"""Encrypted streams: nothing in clear touches the disk of the backup, nothing is kept whole in memory."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pyrage


class Hashed:
    """A file that is written and hashed at once."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.sha256 = hashlib.sha256()

    def write(self, chunk: bytes) -> int:
        self.sha256.update(chunk)
        return self.file.write(chunk)

    def flush(self) -> None:
        self.file.flush()


def encrypt(source: IO[bytes], target: Path, recipient: str) -> str:
    """Everything of ``source`` to ``target``; the SHA-256 of what was written. It is on the disk when this returns."""
    with target.open("xb") as file:
        hashed = Hashed(file)
        pyrage.encrypt_io(source, hashed, [pyrage.x25519.Recipient.from_str(recipient)])
        file.flush()
        os.fsync(file.fileno())
    return hashed.sha256.hexdigest()


def decrypt(source: Path, target: Any, identity: str) -> None:
    """Raises pyrage.DecryptError: another key, or a changed file."""
    with source.open("rb") as file:
        pyrage.decrypt_io(file, target, [pyrage.x25519.Identity.from_str(identity)])


def piped(write: Callable[[IO[bytes]], None], read: Callable[[IO[bytes]], Any]) -> Any:
    """``write`` in a thread at one end, ``read`` here at the other; what ``read`` gives. A fault of either is raised."""
    out, into = os.pipe()
    faults: list[BaseException] = []

    def run() -> None:
        with os.fdopen(into, "wb") as end:
            try:
                write(end)
            except BaseException as fault:
                faults.append(fault)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        with os.fdopen(out, "rb") as end:
            result = read(end)
    finally:
        thread.join()
    if faults:
        raise faults[0]
    return result
