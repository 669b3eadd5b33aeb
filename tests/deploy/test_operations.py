"""``docs/exploitation.md`` is true: its commands, taken from the text, do what it says."""

from __future__ import annotations

import re
import shlex
import subprocess

import pytest
from django.core.management import get_commands

from tests.deploy.journey import WRITTEN, commands
from tests.deploy.rehearsal import Deployment
from tests.deploy.support import ROOT, compose

TEXT = (ROOT / "docs/exploitation.md").read_text()
COMMANDS = [line for block in re.findall(r"```\n(.*?)```", TEXT, re.S) for line in block.splitlines()]


def inside(program: str) -> list[str]:
    """What the documented line runs in its container."""
    line = next(line for line in COMMANDS if f" {program} " in line)
    return shlex.split(re.split(r" [<>] ", line[line.index(f" {program} ") :])[0])


def test_commands_speak_of_services_and_volumes_that_exist() -> None:
    services = set(compose()["services"])
    named = {word for line in COMMANDS for word in line.split() if word in services}
    assert named >= {"web", "worker", "beat", "postgres"}
    for line in COMMANDS:
        if found := re.search(r"docker compose (?:exec|run)(?: -\S+)* (\w+)", line):
            assert found[1] in services, line
    assert {"tar", "-C", "/data/media"} <= set(inside("tar"))


def test_every_command_of_the_platform_exists() -> None:
    """Those of ``manage.py`` and of ``trajectoires``, in blocks and in sentences."""
    named = set(re.findall(r"(?:manage\.py|(?<![\w/.-])trajectoires) ([a-z_]{5,})", TEXT))
    assert named >= {"createsuperuser", "backup", "restore", "backup_key", "verify_audit"}
    assert named <= set(get_commands()), named - set(get_commands())


def test_files_that_the_text_names_are_there() -> None:
    named = {word.rstrip("/") for word in re.findall(r"(?<![\w/])(deploy/[\w./-]+)", TEXT)}
    named |= set(re.findall(r"source/(deploy/[\w./-]+)", TEXT))
    assert len(named) >= 4
    assert not [name for name in named if not (ROOT / name).exists()]


def test_the_trial_of_the_installation_finds_its_lines() -> None:
    """``make machine`` reads them there."""
    assert commands("Installer par systemd")[-1] == "systemctl restart caddy"
    assert [line for line in commands("Revenir en arrière") if "AVANT" in line]
    for word in WRITTEN:
        assert word in TEXT


def test_the_first_person_is_created(deployment: Deployment) -> None:
    command = [*inside("python")[:2], "createsuperuser", "--noinput", "--email=premiere@trajectoires.example"]
    assert inside("python") == command[:3]
    done = deployment.run(command, DJANGO_SUPERUSER_PASSWORD="une phrase de passe longue")
    assert done.returncode == 0, done.stderr


def test_the_mails_that_wait_are_counted(deployment: Deployment) -> None:
    line = next(line for line in COMMANDS if "post_office" in line)
    done = deployment.run(shlex.split(line)[4:])
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-1].isdigit()


def test_a_backup_brings_everything_back(deployment: Deployment) -> None:
    server = deployment.servers.postgres
    assert server
    there = ["-h", str(server.sockets), "-p", str(server.port)]
    account = {"user": server.account.uid} if server.account.dropped else {}

    def postgres(program: str, given: bytes = b"") -> bytes:
        words = [word.replace("=trajectoires", f"={server.user}") for word in inside(program)]
        words = [word.replace(f"dbname={server.user}", f"dbname={server.database}") for word in words]
        binary = server.program.path.with_name(program)
        if not binary.exists():
            pytest.skip(f"{program} n’est pas fourni ici")
        command = [str(binary), *there, *words[1:]]
        done = subprocess.run(command, input=given, capture_output=True, cwd="/", timeout=60, **account)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    def goals() -> int:
        with server.connect() as connection:
            row = connection.execute("select count(*) from catalogue_goal").fetchone()
        return int(str(row[0])) if row else 0

    before = goals()
    assert before == 17
    deployment.stop()
    try:
        backup = postgres("pg_dump")
        with server.connect() as connection:
            connection.execute("truncate catalogue_goal cascade")
        assert goals() == 0
        postgres("pg_restore", backup)
        assert goals() == before
    finally:
        deployment.start("web", "worker", "beat")
    assert deployment.get("/readyz").status == 200
