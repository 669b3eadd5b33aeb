"""``make machine``: from an empty Debian 13 to HTTPS, timed, by the commands of docs/exploitation.md; then an upgrade and
the way back, from an older commit (FROM=…). Real systemd, PostgreSQL, Valkey and Caddy, all Debian's but the last.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time

from tests.deploy.machine import Machine, started, why_not
from tests.deploy.root import PDF, PLACE, say
from tests.deploy.support import ROOT

GUIDE = (ROOT / "docs/exploitation.md").read_text()
# What an operator replaces, and the one line that she does by hand.
WRITTEN = {
    "ADRESSE-DU-DÉPÔT": "/mnt/projet",
    "trajectoires.example": "localhost",
    "nano /etc/trajectoires/env": "sed -i 's#^EMAIL_URL=.*#EMAIL_URL=dummymail://#' /etc/trajectoires/env",
}
AUTHORITY = "/var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt"
PEOPLE = "from apps.accounts.models import User; print('personnes', User.objects.count())"


def commands(title: str, number: int = 0) -> list[str]:
    """Lines of the ``number``-th block of that section."""
    section = GUIDE.split(f"\n## {title}\n")[1].split("\n## ")[0]
    return re.findall(r"```\n(.*?)```", section, re.S)[number].strip().splitlines()


def said(line: str) -> str:
    for written, here in WRITTEN.items():
        line = line.replace(written, here)
    return line


def follow(machine: Machine, lines: list[str]) -> float:
    """Seconds that they took, each told."""
    begun = time.monotonic()
    for line in lines:
        started_at = time.monotonic()
        machine.run(said(line))
        say(f"{time.monotonic() - started_at:6.1f} s  {line[:110]}")
    return time.monotonic() - begun


def fetch(machine: Machine, path: str) -> str:
    """Over TLS, the certificate verified against the authority that Caddy made for « localhost »."""
    line = (
        f'python3 -c \'import ssl,urllib.request as r; c=ssl.create_default_context(cafile="{AUTHORITY}"); '
    )
    line += f'a=r.urlopen("https://localhost{path}", context=c, timeout=60); print(a.status, len(a.read()))\''
    deadline = time.monotonic() + 60
    while "200 " not in (told := machine.run(line, check=False)):
        assert time.monotonic() < deadline, told[-1500:] + machine.run(
            "journalctl -u caddy -n 20", check=False
        )
        time.sleep(1)
    return told.strip()


def shell(machine: Machine, code: str) -> str:
    machine.root.path("root/essai.py").write_text(code)
    told = machine.run('trajectoires shell -v 0 -c "$(cat ~/essai.py)" < /dev/null')
    return told.strip().splitlines()[-1]


def install(machine: Machine) -> None:
    bare = machine.root.path("/mnt/projet")
    subprocess.run(["git", "clone", "--quiet", "--bare", str(ROOT), str(bare)], check=True)
    machine.root.path("root/.gitconfig").write_text("[safe]\n\tdirectory = *\n")
    seconds = follow(machine, commands("Installer par systemd"))
    say(f"          accueil par HTTPS : {fetch(machine, '/')} ; /readyz : {fetch(machine, '/readyz')}")
    say(f"De la machine vide à HTTPS : {seconds / 60:.1f} minutes, réglages saisis non compris")


def live(machine: Machine) -> None:
    """A person, a PDF, a backup, and the state of the units."""
    create = "trajectoires createsuperuser --noinput --email=premiere@localhost.fr < /dev/null"
    say(machine.run(create).strip().splitlines()[-1])
    say(shell(machine, PDF))
    key = machine.run("trajectoires backup_key < /dev/null")
    machine.root.path("root/cle.txt").write_text(key)
    recipient = key.split("BACKUP_RECIPIENT=")[1].split()[0]
    machine.run(f"sed -i 's#^BACKUP_RECIPIENT=.*#BACKUP_RECIPIENT={recipient}#' /etc/trajectoires/env")
    machine.run("systemctl start trajectoires-backup.service")
    say(
        machine.run("journalctl -u trajectoires-backup.service -o cat | grep '^Sauvé dans' | tail -1").strip()
    )
    failed = machine.run("systemctl list-units --failed --plain --no-legend 'trajectoires*' caddy.service")
    assert not failed, failed
    for name in ("web", "worker", "beat"):
        told = machine.run(f"systemd-analyze security --no-pager trajectoires-{name}.service | tail -1")
        say(f"          {told.strip()}")


def newest(machine: Machine) -> str:
    return max(machine.root.path("/var/backups/trajectoires").glob("trajectoires-*")).name


def back(machine: Machine, backup: str, commit: str) -> float:
    lines = [line.replace("trajectoires-…", backup).replace("AVANT", commit)
             for line in commands("Revenir en arrière")]  # fmt: skip
    return follow(
        machine, [line + " < /dev/null" if line.startswith("trajectoires ") else line for line in lines]
    )


def there_and_back(machine: Machine, old: str, new: str) -> None:
    """The older version with its own data, then this one, then the older again from its backup."""
    lines = commands("Revenir en arrière")
    empty = [line for line in lines if "dropdb" in line or "createdb" in line or " stop " in line]
    follow(machine, [*empty, f"sh /opt/trajectoires/source/deploy/systemd/release.sh {old}",
                     "systemctl start trajectoires.target"])  # fmt: skip
    create = "trajectoires createsuperuser --noinput --email=avant@localhost.fr < /dev/null"
    machine.run(create)
    before = shell(machine, PEOPLE)
    machine.run("systemctl start trajectoires-backup.service")
    backup = newest(machine)
    say(f"Version {old} : {before}, {fetch(machine, '/')} ; sauvée dans {backup}")
    seconds = follow(machine, [f"sh /opt/trajectoires/source/deploy/systemd/release.sh {new}",
                               "systemctl restart trajectoires.target caddy"])  # fmt: skip
    say(
        f"Mise à jour vers {new} : {seconds / 60:.1f} minutes ; {shell(machine, PEOPLE)}, {fetch(machine, '/readyz')}"
    )
    machine.run("trajectoires createsuperuser --noinput --email=apres@localhost.fr < /dev/null")
    seconds = back(machine, backup, old)
    assert shell(machine, PEOPLE) == before
    say(f"Retour à {old} : {seconds / 60:.1f} minutes ; {before}, {fetch(machine, '/readyz')}")


def main() -> int:
    if reason := why_not():
        say(f"L’installation ne peut pas être essayée ici : {reason}.")
        return 1
    with started(PLACE / "vm") as machine:
        install(machine)
        live(machine)
        if old := os.environ.get("FROM"):
            there_and_back(machine, old, "HEAD")
    return 0


if __name__ == "__main__":
    sys.exit(main())
