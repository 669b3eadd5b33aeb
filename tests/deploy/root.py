"""``make image``: the image « app » made from the Dockerfile's own steps in a plain Debian, weighed, then lived in.

Its processes run as its account, on a system they cannot write to; the database is Debian 13's PostgreSQL, of the version
of ``docker-compose.yml``, on a second root. Nothing here needs an engine; it needs root, debootstrap and Debian's mirror.
"""

from __future__ import annotations

import http.client
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.deploy.chroot import SYSTEM_PATH, Jail, debian, possible
from tests.deploy.dockerfile import stages
from tests.deploy.image import STANDS_FOR, Builder, Image, base
from tests.deploy.rehearsal import HTTPS
from tests.deploy.support import ROOT, environment
from tests.support.stack import free_port, wait_for

PLACE = ROOT / ".local/image"
LIMIT = 400
PDF = """
from django.utils import timezone
from apps.core.pdf import render_pdf
made = render_pdf("<html lang='fr'><head><title>Essai</title></head><body><h1>Été</h1></body></html>", at=timezone.now())
assert made.pages == 1 and made.content.startswith(b"%PDF-1.7"), made
print("PDF", len(made.content))
"""


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


class Life:
    """Commands and processes of the image, as docker-compose.yml starts them, on these servers."""

    def __init__(self, image: Image, place: Path, address: Mapping[str, str]) -> None:
        self.image = image
        self.port = free_port()
        self.env = environment() | image.env | {"LANG": "C.UTF-8", "HOSTNAME": "essai"} | dict(address)
        self.backups = place / "sauvegardes"
        lent = {name: place / name.strip("/") for name in ("/data/media", "/data/beat")} | {"/mnt": place}
        for folder in (*lent.values(), self.backups):
            folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["chown", "-R", image.user, str(place)], check=True)
        self.jail = Jail(user=image.user, read_only=True, lent=lent)

    def run(self, *command: str, **changes: str) -> str:
        env = self.env | changes
        return self.image.root.run(command, env=env, cwd=self.image.cwd, jail=self.jail)

    @contextmanager
    def served(self, log: Path) -> Iterator[None]:
        command = ["gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{self.port}",
                   "trajectoires.wsgi:application"]  # fmt: skip
        words = self.image.root.words(command, cwd=self.image.cwd, jail=self.jail)
        with log.open("wb") as out:
            process = subprocess.Popen(words, env=self.env, stdout=out, stderr=out)
        try:
            wait_for(lambda: self.get("/healthz")[0] == 200, 120, "gunicorn answers")
            yield
        finally:
            process.kill()
            process.wait(30)

    def get(self, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with suppress(OSError):
            connection.request("GET", path, headers=HTTPS)
            response = connection.getresponse()
            return response.status, response.read().decode(errors="replace")
        return 0, ""


@contextmanager
def servers(place: Path) -> Iterator[dict[str, str]]:
    """PostgreSQL and Valkey of Debian 13, each on a free port; the addresses."""
    root = debian(place / "servers", "postgresql", "valkey-server")
    version = next(root.path("/usr/lib/postgresql").iterdir()).name
    programs, data = f"/usr/lib/postgresql/{version}/bin", "/var/lib/postgresql/essai"
    root.run(
        f"rm -rf {data} && install -d -o postgres {data} && runuser -u postgres -- {programs}/initdb -D {data} -A trust"
        " -U trajectoires -E UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C"
    )
    database, broker = free_port(), free_port()
    account = ["runuser", "-u", "postgres", "--"]
    commands = (
        [*account, f"{programs}/postgres", "-D", data, "-p", str(database), "-k", "/tmp"],
        [
            *account,
            "valkey-server",
            "--port",
            str(broker),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            "/tmp",
        ],
    )
    env = {"PATH": SYSTEM_PATH}
    running = [
        subprocess.Popen(root.words(one), env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for one in commands
    ]
    try:
        where = f"-h 127.0.0.1 -p {database}"
        ready = f"{programs}/pg_isready -q {where} && valkey-cli -p {broker} ping"
        wait_for(lambda: "PONG" in root.run(ready, check=False), 60, "the servers answer", pause=0.5)
        root.run(f"{programs}/createdb {where} -U trajectoires trajectoires")
        yield {
            "DATABASE_URL": f"postgres://trajectoires@127.0.0.1:{database}/trajectoires",
            "REDIS_URL": f"redis://127.0.0.1:{broker}/0",
        }
    finally:
        for process in running:
            process.kill()
            process.wait(30)


def weigh(builder: Builder, image: Image) -> float:
    whole, ground = image.root.megabytes(), base(builder.folder).megabytes()
    say(
        f"Image « app » : {whole:.0f} Mo pour {LIMIT} au plus ; dont {ground:.0f} Mo de Debian {STANDS_FOR.split('-')[-1]} minimale avec"
    )
    say(
        f"Python 3.13 de Debian, qui tient lieu ici de {STANDS_FOR} (non mesurée : aucun dépôt d’images ici),"
    )
    for name in ("/venv", "/app"):
        say(f"  {image.root.megabytes(name):5.0f} Mo  {name}")
    return whole


def live(image: Image, place: Path) -> None:
    with servers(place) as address:
        life = Life(image, place / "vie", address)
        started = time.monotonic()
        life.run("sh", "deploy/prepare.sh")
        say(f"{time.monotonic() - started:6.1f} s  tables et contenus")
        account = life.run(
            "sh",
            "-c",
            "id -u; touch /app/x /venv/x 2>&1 | grep -c 'Read-only' ; grep NoNewPrivs /proc/self/status",
        )
        assert account.split()[:2] == ["10001", "2"], account
        with life.served(place / "web.log"):
            for path in ("/readyz", "/", "/compte/login/"):
                status, text = life.get(path)
                assert status == 200, (path, status, text[-500:])
                say(f"          {path} : {status}, {len(text)} signes")
        say(
            f"          {life.run('python', 'manage.py', 'shell', '-v', '0', '-c', PDF).split(chr(10))[-2]} octets"
        )
        _back_up(life)


def _back_up(life: Life) -> None:
    told = life.run("python", "manage.py", "backup_key")
    (life.backups.parent / "cle.txt").write_text(told)
    recipient = told.split("BACKUP_RECIPIENT=")[1].strip()
    say(
        f"          {life.run('python', 'manage.py', 'backup', '/mnt/sauvegardes', '--recipient', recipient).split(chr(10))[-2]}"
    )
    made = max(life.backups.iterdir()).name
    checked = life.run(
        "python", "manage.py", "restore", f"/mnt/sauvegardes/{made}", "--identity", "/mnt/cle.txt", "--check"
    )
    say(f"          {checked.strip().split(chr(10))[-1]}")


def main() -> int:
    if reason := possible():
        say(f"L’image ne peut pas être essayée ici : {reason}.")
        return 1
    others = [
        stage.name for stage in stages((ROOT / "Dockerfile").read_text()).values() if stage.base != STANDS_FOR
    ]
    say(
        f"Étapes du Dockerfile, exécutées (sauf {', '.join(others)} : son image de base n’est pas une Debian)"
    )
    builder = Builder(PLACE, say)
    image = builder.build("app")
    whole = weigh(builder, image)
    live(image, PLACE)
    return 0 if whole <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
