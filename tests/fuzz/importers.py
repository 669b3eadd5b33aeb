"""What reads the files and the codes that people send, without any server: each gives a result, or its own French refusal.

``python -m tests.fuzz.importers FOLDER SHARE`` plays them apart, in a bounded memory.
"""

from __future__ import annotations

import io
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

from tests.fuzz.budget import rounds
from tests.fuzz.mutations import mutated, mutated_zip

# Seconds of the processor for one input, mutated or made to be slow; bytes of memory that the process may ask for.
LONGEST, LARGEST = 8.0, 1_500_000_000
LONGEST_SENTENCE = 1_500
# A second or so each.
EXAMPLES = {"fec": 500, "yaml": 200, "files": 100, "book": 30, "dossier": 100, "badge": 1_000}
# What only a program would say.
UNSAID = re.compile(
    r"Traceback|Error\b|Exception|Node\(|<class|object at 0x|NoneType|[\x00-\x08\x0b-\x1f\ud800-\udfff]"
)


@dataclass(frozen=True)
class Importer:
    """``read``: bytes → what they hold; raises ``refusal`` alone."""

    read: Callable[[bytes], Any]
    refusal: type[Exception]
    mutation: Callable[[Random, bytes, str], bytes]
    language: str


@lru_cache(maxsize=1)
def importers() -> dict[str, Importer]:
    from apps.course.attestations import codes, keys
    from apps.ledger.fec import reader
    from apps.ledger.fec.shape import FecFault
    from apps.methodology.dossier import sent
    from apps.methodology.errors import Refused
    from apps.webinars.exchange import uploads
    from apps.webinars.exchange.rows import FileError

    def sheets(content: bytes) -> Any:
        return uploads.read(content, "fiches.yaml")

    def attestation(content: bytes) -> Any:
        text = content.decode("utf-8", "surrogateescape")
        codes.read(text)
        try:
            return keys.payload(text)
        except ValueError as error:
            raise UnsignedError("Ce badge n’est pas signé.") from error

    return {
        "fec": Importer(lambda data: reader.read(io.BytesIO(data), size=len(data)), FecFault, mutated, "fec"),
        "yaml": Importer(sheets, FileError, mutated, "yaml"),
        "files": Importer(sheets, FileError, mutated_zip, "yaml"),
        "book": Importer(sheets, FileError, mutated_zip, "xml"),
        "dossier": Importer(sent.read, Refused, mutated_zip, "json"),
        "badge": Importer(attestation, UnsignedError, mutated, "token"),
    }


class UnsignedError(Exception):
    """No key of ours signed it."""


def example(one: Importer, seeds: list[bytes], name: str, seed: int, number: int) -> bytes:
    """Always the same for the same arguments."""
    drawn = Random(f"{name} {seed} {number}")
    return one.mutation(drawn, drawn.choice(seeds), one.language)


def judge(one: Importer, content: bytes) -> tuple[bool, Any]:
    """Whether it was read, and what it holds or why not."""
    start = time.thread_time()
    try:
        outcome: tuple[bool, Any] = (True, one.read(content))
    except one.refusal as refusal:
        said = str(refusal)
        assert 0 < len(said) < LONGEST_SENTENCE, said
        assert not UNSAID.search(said), f"no French sentence: {said!r}"
        outcome = (False, said)
    spent = time.thread_time() - start
    assert spent < LONGEST, f"{spent:.1f} s for {len(content)} bytes"
    return outcome


def tried(name: str, content: bytes) -> tuple[bool, Any]:
    """``judge``; an input that breaks is kept in a file, which the failure names."""
    try:
        return judge(importers()[name], content)
    except Exception as error:
        raise AssertionError(f"{name}: {error!r}\nthe input is kept in {kept(name, content)}") from error


def kept(name: str, content: bytes) -> str:
    with tempfile.NamedTemporaryFile(prefix=f"fuzz-{name}-", delete=False) as file:
        file.write(content)
    return file.name


def play(name: str, seeds: list[bytes], seed: int) -> Counter[bool]:
    """How many were read, how many refused."""
    one = importers()[name]
    return Counter(
        tried(name, example(one, seeds, name, seed, number))[0] for number in range(EXAMPLES[name])
    )


def main(folder: str, share: str) -> None:
    """Every file of ``folder``/importer/ as it is; then, with a share of the minutes, mutations of them."""
    import django

    django.setup()
    found = {
        one.name: [path.read_bytes() for path in sorted(one.iterdir())] for one in Path(folder).iterdir()
    }
    importers()
    resource.setrlimit(resource.RLIMIT_AS, (LARGEST, LARGEST))
    for name, contents in sorted(found.items()):
        for content in contents:
            tried(name, content)
    for seed in rounds(float(share)) if float(share) else ():
        for name, contents in sorted(found.items()):
            play(name, contents, seed)


if __name__ == "__main__":
    main(*sys.argv[1:])
