"""Files that people send, broken in every way: read, or refused with our own French sentence; quickly; nothing half-kept."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apps.ledger import services as ledger
from apps.ledger.enums import ImportState
from apps.ledger.models import Import as Accounts
from tests.fuzz.bombs import bombs, inside, packed
from tests.fuzz.budget import MINUTES, rounds
from tests.fuzz.importers import EXAMPLES, example, importers, kept, play, tried
from tests.fuzz.places import tables, undone
from tests.fuzz.samples import samples
from tests.support.client import StrictClient
from tests.support.world import World, world

pytestmark = pytest.mark.django_db
NAMES = tuple(EXAMPLES)
# Importer → the address that takes it, who sends it.
VIEWS = {
    "fec": ("ledger:upload", "admin"),
    "yaml": ("curation:imports", "curator"),
    "files": ("curation:imports", "curator"),
    "book": ("curation:imports", "curator"),
    "dossier": ("method:import", "lead"),
}
SENT = 12


@pytest.fixture(name="files")
def make_files(db: None) -> dict[str, list[bytes]]:
    return samples()


@pytest.mark.parametrize("name", NAMES)
def test_what_is_broken_is_read_or_refused(name: str, files: dict[str, list[bytes]]) -> None:
    for content in files[name][: 1 if name == "badge" else None]:
        assert tried(name, content)[0], "the samples are read no more"
    met: Counter[bool] = Counter()
    for start in rounds(0.02):
        met += play(name, files[name], start)
    assert met[False] > met[True] > 0, "too much or too little is broken"


def written(folder: Path, found: dict[str, list[bytes]]) -> None:
    for name, contents in found.items():
        (folder / name).mkdir()
        for place, content in enumerate(contents):
            (folder / name / str(place)).write_bytes(content)


def test_a_small_file_never_becomes_a_large_or_a_slow_one(
    files: dict[str, list[bytes]], tmp_path: Path
) -> None:
    """In a process of its own, which may not take more memory than a container has."""
    written(tmp_path, bombs(files, slow=bool(MINUTES)))
    made = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.importers", str(tmp_path), "0"], capture_output=True, text=True
    )
    assert made.returncode == 0, made.stderr[-3000:]


@pytest.mark.skipif(not MINUTES, reason="make fuzz")
def test_mutations_for_long_in_a_bounded_memory(files: dict[str, list[bytes]], tmp_path: Path) -> None:
    written(tmp_path, files)
    made = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.importers", str(tmp_path), "0.2"], capture_output=True, text=True
    )
    assert made.returncode == 0, made.stdout[-200:] + made.stderr[-3000:]


@dataclass
class Senders:
    """``world`` and a client of each sender: signing in is written on the account."""

    at: World
    clients: dict[str, StrictClient]


def senders() -> Senders:
    at = world()
    return Senders(at, {name: at.client(role) for name, (_, role) in VIEWS.items()})


def send(by: Senders, name: str, content: bytes) -> Any:
    address = VIEWS[name][0]
    arguments = {"organisation": by.at.organisation.pk} if name == "fec" else {}
    fields = {"organisation": str(by.at.organisation.pk), "key": str(uuid4())} if name == "dossier" else {}
    file = SimpleUploadedFile("envoi", content)
    return by.clients[name].post(reverse(address, kwargs=arguments), {**fields, "file": file})


def outcome(by: Senders, name: str, content: bytes) -> tuple[int, bool]:
    """Status of the answer; whether what it leads to can be read."""
    answer = send(by, name, content)
    if answer.status_code != 302:
        return answer.status_code, True
    if name == "fec":
        row = Accounts.objects.latest("pk")
        ledger.read_import(row.pk)
        row.refresh_from_db()
        assert row.state in (ImportState.TO_CHECK, ImportState.REFUSED), row.state
    return 302, by.clients[name].get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("name", VIEWS)
def test_what_is_refused_leaves_nothing_behind(name: str, files: dict[str, list[bytes]]) -> None:
    by, met = senders(), set()
    before, one = tables(), importers()[name]
    for start in rounds(0.02):
        for number in range(SENT):
            content = example(one, files[name], f"{name} sent", start, number) if number else files[name][0]
            try:
                status, after = undone(lambda content=content: (outcome(by, name, content), tables()))
            except Exception as error:
                raise AssertionError(f"FUZZ_SEED={start} {name}, {kept(name, content)}") from error
            met.add(status[0])
            assert status in ((302, True), (422, True), (409, True)), status
            assert status[0] == 302 or after == before, f"FUZZ_SEED={start}: refused, and yet written"
    # The worker reads a FEC later.
    assert met >= ({302} if name == "fec" else {302, 422})


# What fuzzing has found, and close relatives: importer → inputs.
TRAPS = {
    "yaml": [
        b"slug: !!timestamp hier",
        b'slug: !!int ""',
        b"slug: !!bool x",
        b"a: 1" + b":1" * 3_000,
        b"? [a, b]\n: 1",
        b'"\\0": 1\nslug: a',
        b'slug: "a\\0b"\ntitle: "\\0"',
        b"slug: .nan",
        b"date: 9999-12-31 23:59:59 -23:59",
        b'cases: [~, 1, [2], {slug: [3]}, {slug: "\\0"}]\npersons: [~, {slug: "\\0", last_name: "\\0"}]',
        b'"\\0": [1]\ncases: []',
    ],
    "files": [packed([("a\u202e.yaml", b"slug: a")])],
}


@pytest.mark.parametrize(("name", "content"), [(name, one) for name, many in TRAPS.items() for one in many])
def test_what_once_broke_is_told(name: str, content: bytes) -> None:
    tried(name, content)
    status = outcome(senders(), name, content)
    assert status in ((302, True), (422, True)), status


@pytest.mark.parametrize("key", [b"\\ud800", b"\\u0000", b"\\ud800\\u0000"])
def test_a_name_that_cannot_be_written_is_told_all_the_same(
    key: bytes, files: dict[str, list[bytes]]
) -> None:
    """Half a pair quoted by the refusal was a page that could not be sent."""
    content = inside(files["dossier"][0], demarche=b'{"%s": 1, "%s": 2}' % (key, key))
    assert not tried("dossier", content)[0]
    assert outcome(senders(), "dossier", content) == (422, True)


@pytest.mark.parametrize("place", range(0, 200, 7))
def test_a_damaged_archive_is_told_so(place: int, files: dict[str, list[bytes]]) -> None:
    for name in ("files", "book", "dossier"):
        content = bytearray(files[name][0])
        content[40 + place] ^= 0xFF
        is_read, told = tried(name, bytes(content))
        assert is_read or told, f"{name}: refused without a word"
