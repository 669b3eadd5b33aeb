"""A backup comes back whole in a fresh cluster, and nothing is readable in it without its key."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from apps.operations.backup.make import DUMP, FILES, MANIFEST
from tests.support.stack import ROOT, Stack
from trajectoires.embedded.servers import throwaway

pytestmark = pytest.mark.fault
MARKER = "Les Ateliers du Canal"


def manage(stack: Stack, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=stack.env, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def filled() -> Iterator[Stack]:
    """A platform with demonstration data and a few files."""
    with throwaway() as servers, tempfile.TemporaryDirectory() as folder:
        stack = Stack(servers, Path(folder))
        stack.prepare(demo=True)
        media = Path(stack.env["MEDIA_ROOT"]) / "documents"
        media.mkdir(parents=True, exist_ok=True)
        for number in range(3):
            (media / f"rapport-{number}.pdf").write_bytes(f"{MARKER} {number}".encode() * 50_000)
        yield stack


@pytest.fixture(scope="module")
def key(filled: Stack, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The file of the key, and its public half."""
    told = filled.manage("backup_key")
    path = tmp_path_factory.mktemp("key") / "cle.txt"
    path.write_text(told)
    return path, told.split("BACKUP_RECIPIENT=")[1].strip()


@pytest.fixture(scope="module")
def saved(filled: Stack, key: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("backups")
    filled.manage("backup", str(place), "--recipient", key[1])
    # Beside it, the list of what is erased.
    [made] = [one for one in place.iterdir() if one.is_dir()]
    return made


@pytest.fixture
def fresh() -> Iterator[Stack]:
    """Empty servers, an empty folder of files."""
    with throwaway() as servers, tempfile.TemporaryDirectory() as folder:
        yield Stack(servers, Path(folder))


def test_it_comes_back_whole_in_a_fresh_cluster(saved: Path, key: tuple[Path, str], fresh: Stack) -> None:
    told = fresh.manage("restore", str(saved), "--identity", str(key[0]))
    assert "mêmes tables, mêmes lignes, mêmes fichiers" in told
    media = Path(fresh.env["MEDIA_ROOT"]) / "documents"
    assert (media / "rapport-2.pdf").read_bytes() == f"{MARKER} 2".encode() * 50_000
    # The platform starts on it, and the chain of the journal holds.
    fresh.manage("check")
    assert "No changes detected" in fresh.manage("makemigrations", "--check", "--dry-run")
    fresh.manage("migrate", "--check")


def test_a_full_place_is_not_written_over_unless_told(
    saved: Path, key: tuple[Path, str], filled: Stack
) -> None:
    done = manage(filled, "restore", str(saved), "--identity", str(key[0]))
    assert done.returncode == 1
    assert "La base n’est pas vide" in done.stderr
    filled.manage(
        "shell", "-c", "from apps.accounts.models import Organisation as O; O.objects.all().delete()"
    )
    assert "mêmes tables" in filled.manage("restore", str(saved), "--identity", str(key[0]), "--replace")


def test_it_is_checked_beside_the_platform(saved: Path, key: tuple[Path, str], filled: Stack) -> None:
    assert "mêmes tables" in filled.manage("restore", str(saved), "--identity", str(key[0]), "--check")
    assert filled.servers.postgres is not None
    with filled.servers.postgres.connect("postgres") as connection:
        names = {row[0] for row in connection.execute("SELECT datname FROM pg_database").fetchall()}
    assert "trajectoires_controle" not in names


def test_nothing_is_readable_without_the_key(saved: Path, filled: Stack, tmp_path: Path) -> None:
    for name in (DUMP, FILES):
        assert MARKER.encode() not in (saved / name).read_bytes()
        assert (saved / name).read_bytes().startswith(b"age-encryption.org/v1")
    assert MARKER not in (saved / MANIFEST).read_text()
    other = tmp_path / "autre.txt"
    other.write_text(filled.manage("backup_key"))
    done = manage(filled, "restore", str(saved), "--identity", str(other), "--check")
    assert done.returncode == 1
    assert "Cette clé n’ouvre pas la sauvegarde" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", [DUMP, FILES, MANIFEST])
def test_a_changed_or_missing_part_is_told(
    name: str, saved: Path, key: tuple[Path, str], filled: Stack, tmp_path: Path
) -> None:
    copy = tmp_path / saved.name
    copy.mkdir()
    for part in saved.iterdir():
        content = bytearray(part.read_bytes())
        if part.name == name:
            content[len(content) // 2] ^= 1
        (copy / part.name).write_bytes(bytes(content))
    if name == MANIFEST:
        (copy / name).write_text((saved / name).read_text()[:-20])
    done = manage(filled, "restore", str(copy), "--identity", str(key[0]), "--check")
    assert done.returncode == 1
    assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_a_row_that_did_not_come_back_is_named(
    saved: Path, key: tuple[Path, str], filled: Stack, tmp_path: Path
) -> None:
    copy = tmp_path / saved.name
    copy.mkdir()
    for part in saved.iterdir():
        (copy / part.name).write_bytes(part.read_bytes())
    manifest = json.loads((copy / MANIFEST).read_text())
    manifest["tables"]["accounts_user"]["rows"] += 1
    (copy / MANIFEST).write_text(json.dumps(manifest))
    done = manage(filled, "restore", str(copy), "--identity", str(key[0]), "--check")
    assert done.returncode == 1
    assert "accounts_user" in done.stderr


def test_old_ones_go_and_an_interrupted_one_leaves_nothing(
    filled: Stack, key: tuple[Path, str], tmp_path: Path
) -> None:
    for name in ("trajectoires-2020-01-01T000000Z", "trajectoires-2099-01-01T000000Z", "autre-2020"):
        (tmp_path / name).mkdir()
    assert "1\u00a0ancienne effacée" in filled.manage("backup", str(tmp_path), "--recipient", key[1])
    left = {path.name for path in tmp_path.iterdir()}
    assert "trajectoires-2020-01-01T000000Z" not in left
    assert {"trajectoires-2099-01-01T000000Z", "autre-2020"} < left
    done = manage(filled, "backup", str(tmp_path), "--recipient", "age1nimporte")
    assert done.returncode == 1
    assert {path.name for path in tmp_path.iterdir()} == left


def test_what_was_erased_since_is_erased_again(
    filled: Stack, key: tuple[Path, str], fresh: Stack, tmp_path: Path
) -> None:
    models = "from apps.accounts.models import User; "
    filled.manage("shell", "-c", models + "User.objects.create(email='partie@exemple.fr')")
    filled.manage("backup", str(tmp_path), "--recipient", key[1])
    [first] = tmp_path.glob("trajectoires-*")
    erase = (
        "from apps.privacy.erasure import erase_person as e; from apps.privacy.models import Cause; "
        "e(user=User.objects.get(email='partie@exemple.fr'), cause=Cause.ASKED)"
    )
    filled.manage("shell", "-c", models + erase)
    filled.manage("backup", str(tmp_path), "--recipient", key[1])
    fresh.manage("restore", str(first), "--identity", str(key[0]))
    count = "print(User.objects.filter(email='partie@exemple.fr').count(), 'ici')"
    assert "1 ici" in fresh.manage("shell", "-c", models + count)
    fresh.manage("re_erase", str(tmp_path / "effacements.jsonl"), "--apply")
    assert "0 ici" in fresh.manage("shell", "-c", models + count)
