"""``run``, ``stop``, ``manage`` and ``reset`` of a clone."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from trajectoires.embedded.address import Address
from trajectoires.embedded.binaries import erase_copies
from trajectoires.embedded.console import EmbeddedError, coloured, say
from trajectoires.embedded.guardian import Guardian
from trajectoires.embedded.lock import RunLock
from trajectoires.embedded.place import Place
from trajectoires.embedded.servers import Servers
from trajectoires.embedded.service import Service
from trajectoires.embedded.supervisor import Supervisor

PROJECT = Path(__file__).resolve().parents[2]
LOCAL = PROJECT / ".local"
ACCOUNTS = LOCAL / "comptes-de-demonstration.txt"
WEB = [
    "-m",
    "gunicorn",
    "trajectoires.wsgi:application",
    "--workers",
    "2",
    "--threads",
    "2",
    "--preload",
    "--no-control-socket",
]
CELERY = ["-W", "ignore:You're running the worker with superuser", "-m", "celery", "-q", "-A", "trajectoires"]
WORKER = [*CELERY, "worker", "--concurrency", "1", "--max-tasks-per-child", "50"]
ALONE = ["--without-mingle", "--without-gossip", "--without-heartbeat"]
BEAT = [*CELERY, "beat", "--pidfile="]


def run() -> int:
    """Everything in the foreground, until Ctrl-C or ``make stop``. Returns the exit code."""
    place = Place.of_project(LOCAL)
    lock = RunLock(LOCAL)
    lock.acquire()
    guardian = Guardian(lock=lock.fd)
    try:
        return _run(Servers.missing_from(os.environ, place), guardian)
    finally:
        guardian.dismiss()
        lock.release()


def _run(servers: Servers, guardian: Guardian) -> int:
    address = Address.from_environment(os.environ)
    address.check_free()
    supervisor = Supervisor(servers, guardian)
    supervisor.listen()
    try:
        supervisor.start_servers()
        env = environment(servers.environment(os.environ), address)
        prepare = [sys.executable, "-m", "trajectoires.embedded.prepare", str(ACCOUNTS)]
        if supervisor.asked or not supervisor.prepare(
            Service("prepare", prepare, folder=PROJECT, env=env, guardian=guardian)
        ):
            return 0 if supervisor.asked else 1
        supervisor.run(services(address, env, guardian), ready=address.ready, banner=banner(address))
        return 0
    finally:
        supervisor.stop()


def environment(base: Mapping[str, str], address: Address) -> dict[str, str]:
    """What the platform's processes receive: addresses, local settings unless others are named."""
    defaults = {
        "DJANGO_SETTINGS_MODULE": "trajectoires.settings.local",
        "SITE_URL": address.url,
        "LOG_FORMAT": "console",
        # A line for each request and each beat would push the address and the accounts out of sight.
        "LOG_LEVEL": "WARNING",
        "PYTHONUNBUFFERED": "1",
    }
    return defaults | dict(base)


def services(address: Address, env: Mapping[str, str], guardian: Guardian) -> list[Service]:
    """Web, worker and beat. ``python -m`` rather than scripts, whose first line breaks when a clone moves."""
    schedule = LOCAL / "beat"
    schedule.mkdir(exist_ok=True)
    log_level = ["--loglevel", env["LOG_LEVEL"]]
    commands = {
        "web": [*WEB, "--bind", address.bind],
        "worker": [*WORKER, *ALONE, *log_level],
        "beat": [*BEAT, *log_level, "--schedule", str(schedule / "schedule")],
    }
    return [
        Service(name, [sys.executable, *command], folder=PROJECT, env=env, guardian=guardian)
        for name, command in commands.items()
    ]


def banner(address: Address) -> str:
    lines = [
        f"La plateforme est prête : {coloured(address.url + '/', 'bold')}",
        f"Comptes de démonstration : affichés plus haut, gardés dans {ACCOUNTS.relative_to(PROJECT)}",
        f"Courriers envoyés : {address.url}/dev/courrier/",
        "Pour arrêter : Ctrl-C ici, ou « make stop » dans un autre terminal. Les données sont gardées.",
    ]
    rule = "─" * 72
    return "\n".join(["", rule, *("  " + line for line in lines), rule, ""])


def stop() -> int:
    """Ask the run of this clone to stop, and wait until nothing of it is left."""
    lock = RunLock(LOCAL)
    if not lock.held():
        say("La plateforme ne tourne pas pour ce dossier.")
        return 0
    say("Arrêt en cours…")
    if pid := lock.holder():
        try:
            os.kill(pid, signal.SIGTERM)
        except ProcessLookupError:
            pass  # killed: its guardian is cleaning
        except PermissionError:
            raise EmbeddedError(
                "La plateforme a été lancée par un autre compte : « sudo make stop »."
            ) from None
    deadline = time.monotonic() + 60
    while lock.held():
        if time.monotonic() > deadline:
            raise EmbeddedError(f"Le processus {pid} ne s’arrête pas. Terminez-le avec : kill -9 {pid}")
        time.sleep(0.1)
    say("Tout est arrêté. Les données sont gardées ; « make reset » les efface.")
    return 0


def manage(arguments: Sequence[str]) -> int:
    """A command of ``manage.py`` on the data of the platform that runs from this clone; its exit code."""
    if not RunLock(LOCAL).held():
        raise EmbeddedError(
            "La plateforme ne tourne pas pour ce dossier : lancez « make run » dans un autre terminal."
        )
    servers = Servers.missing_from(os.environ, Place.of_project(LOCAL))
    env = environment(servers.environment(os.environ), Address.from_environment(os.environ))
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=PROJECT, env=env, check=False).returncode


def reset() -> int:
    """Stop, then erase the data of this clone; asks first on a terminal, unless FORCE=1."""
    place = Place.of_project(LOCAL)
    say(f"« make reset » efface les données de démonstration et les fichiers produits ici : {LOCAL}")
    if place.home.parent != LOCAL:
        say(f"et la base de données de ce dossier : {place.home}")
    asks = sys.stdin.isatty() and os.environ.get("FORCE") != "1"
    if asks and input("Effacer ? [o/N] ").strip().lower() not in {"o", "oui"}:
        say("Rien n’a été effacé.")
        return 1
    stop()
    for server in Servers.missing_from({}, place).all:
        server.stop_orphan()
    place.erase()
    erase_copies(place.account)
    shutil.rmtree(LOCAL)
    say("C’est effacé. « make run » repart de zéro.")
    return 0
