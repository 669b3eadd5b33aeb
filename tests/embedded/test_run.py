"""``run``, ``stop`` and ``reset`` on a tiny project: real web server, worker and beat, really killed."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.embedded.support import ROOT, alive, embedded, processes_in, wait_until, without_addresses
from trajectoires.embedded import Place
from trajectoires.embedded.address import Address
from trajectoires.embedded.console import EmbeddedError

TINY = Path(__file__).with_name("tiny")


class Clone:
    """A copy of the tiny project with the real ``embedded`` package, and its current run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(TINY, folder, dirs_exist_ok=True)
        shutil.copy(ROOT / "manage.py", folder)
        shutil.copytree(ROOT / "trajectoires" / "embedded", folder / "trajectoires" / "embedded")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = str(probe.getsockname()[1])
        self.process: subprocess.Popen[str] | None = None
        self.lines: list[str] = []

    def command(self, *arguments: str) -> subprocess.Popen[str]:
        env = without_addresses() | {"PORT": self.port, "PYTHONPATH": str(self.folder), "FORCE": "1"}
        return embedded(*arguments, cwd=self.folder, env=env)

    def said(self, *arguments: str) -> tuple[int, str]:
        process = self.command(*arguments)
        output, _ = process.communicate(timeout=60)
        return process.returncode, output

    def run(self) -> subprocess.Popen[str]:
        self.lines = []
        self.process = self.command("run")
        threading.Thread(target=self._read, args=(self.process,), daemon=True).start()
        wait_until(lambda: self.has("La plateforme est prête"), 60, "the banner")
        return self.process

    def _read(self, process: subprocess.Popen[str]) -> None:
        self.lines.extend(iter(process.stdout.readline, "") if process.stdout else ())

    def has(self, text: str) -> bool:
        return any(text in line for line in list(self.lines))

    def leader(self, *words: str) -> int:
        """The process of one service: a child of the run whose command line has these words."""
        assert self.process
        for child in psutil.Process(self.process.pid).children():
            with suppress(psutil.ZombieProcess, psutil.NoSuchProcess):
                if set(words) <= set(child.cmdline()):
                    return child.pid
        return 0

    def page(self) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=10) as answer:
            return str(answer.read().decode())


@pytest.fixture
def clone() -> Iterator[Clone]:
    base = Place.temporary().home
    base.rmdir()
    base.mkdir(mode=0o755)
    base.chmod(0o755)
    made = Clone(base / "un clone, à côté")
    yield made
    if made.process and made.process.poll() is None:
        made.process.terminate()
        made.process.wait(30)
    shutil.rmtree(base)


def test_a_whole_life(clone: Clone) -> None:
    """One story, because each start costs seconds: first run, falls, refusals, SIGKILL, second run, stop, reset."""
    first = clone.run()
    assert clone.page() == "runs=1"
    accounts = clone.folder / ".local" / "comptes-de-demonstration.txt"
    assert "dirigeante@demo.example" in accounts.read_text()
    assert (clone.folder / ".local" / "static" / "tiny.css").exists()
    says_where(clone)
    asks_it_with_manage(clone)
    refuses_a_second_run(clone)
    brings_back_what_falls(clone)

    first.kill()
    first.wait(10)
    wait_until(lambda: not processes_in(clone.folder), 30, "the guardian ended everything")

    second = clone.run()
    assert clone.page() == "runs=2"
    code, output = clone.said("stop")
    assert (code, second.wait(30)) == (0, 0)
    assert "Tout est arrêté" in output
    assert processes_in(clone.folder) == []

    assert "ne tourne pas" in clone.said("stop")[1]
    code, output = clone.said("manage", "--", "check")
    assert code == 1
    assert "lancez « make run » dans un autre terminal" in output
    assert clone.said("reset")[0] == 0
    assert not (clone.folder / ".local").exists()


def says_where(clone: Clone) -> None:
    wait_until(lambda: clone.has("make stop"), 5, "the end of the banner")
    text = "".join(clone.lines)
    assert f"http://127.0.0.1:{clone.port}/\n" in text
    assert f"http://127.0.0.1:{clone.port}/dev/courrier/" in text
    assert "\033[" not in text  # no colour codes outside a terminal


def asks_it_with_manage(clone: Clone) -> None:
    """On the data of the run, with the code of the command."""
    query = (
        "from django.db import connection as c; cur = c.cursor(); cur.execute('SELECT count(*) FROM runs'); "
    )
    code, output = clone.said(
        "manage", "--", "shell", "-v", "0", "-c", query + "print('runs', *cur.fetchone())"
    )
    assert (code, output.strip()) == (0, "runs 1")
    assert clone.said("manage", "--", "seed_demo", "--inconnu")[0] == 2


def refuses_a_second_run(clone: Clone) -> None:
    code, output = clone.said("run")
    assert code == 1
    assert "La plateforme tourne déjà pour ce dossier" in output
    assert clone.page() == "runs=1"


def brings_back_what_falls(clone: Clone) -> None:
    web = clone.leader("gunicorn")
    wait_until(lambda: clone.leader("celery", "worker"), what="the worker")
    worker = clone.leader("celery", "worker")
    postgres = next(pid for pid in processes_in(clone.folder) if psutil.Process(pid).name() == "postgres")
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: clone.leader("celery", "worker") not in {0, worker}, 30, "the worker came back")
    assert re.search(r"worker │ s’est arrêté \(signal SIGKILL\) ; relancé dans 1 s", "".join(clone.lines))
    os.kill(postgres, signal.SIGKILL)
    wait_until(lambda: clone.has("PostgreSQL s’est arrêté ; relancé"), 30, "PostgreSQL came back")
    wait_until(lambda: answers(clone), 30, "the page, on the restarted database")
    assert alive(web)
    assert clone.leader("gunicorn") == web


def answers(clone: Clone) -> bool:
    try:
        return clone.page() == "runs=1"
    except OSError:
        return False


def test_a_taken_port_is_named_with_the_command_to_type(clone: Clone) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(clone.port)))
        taken.listen()
        code, output = clone.said("run")
    assert code == 1
    assert re.search(rf"Le port {clone.port} est déjà pris.*PORT=\d+ make run", output)
    assert "Traceback" not in output
    assert processes_in(clone.folder) == []


@pytest.mark.parametrize("port", ["abc", "70000", "-1", "²"])
def test_a_port_that_is_not_one_is_a_sentence(port: str) -> None:
    with pytest.raises(EmbeddedError, match=f"PORT vaut « {port} »"):
        Address.from_environment({"PORT": port})


@pytest.mark.parametrize(
    ("given", "bind", "url"),
    [
        ({}, "127.0.0.1:8000", "http://127.0.0.1:8000"),
        ({"HOST": "0.0.0.0", "PORT": "8001"}, "0.0.0.0:8001", "http://127.0.0.1:8001"),
        ({"HOST": "::"}, "[::]:8000", "http://[::1]:8000"),
    ],
)
def test_host_and_port_of_the_environment(given: dict[str, str], bind: str, url: str) -> None:
    address = Address.from_environment(given)
    assert (address.bind, address.url) == (bind, url)


def test_a_failing_preparation_stops_everything_and_says_so(clone: Clone) -> None:
    command = clone.folder / "tiny" / "management" / "commands" / "load_content.py"
    before = command.read_text()
    command.write_text(
        before.replace('self.stdout.write("contenus à jour")', 'raise SystemExit("contenu illisible")')
    )
    try:
        code, output = clone.said("run")
    finally:
        command.write_text(before)
    assert code == 1
    assert "contenu illisible" in output
    assert "La préparation a échoué (code 1)" in output
    assert processes_in(clone.folder) == []
