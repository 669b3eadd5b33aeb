"""The units of ``deploy/systemd``: the processes of the composition, shut in at least as much. ``make machine`` starts them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.deploy.support import ROOT, compose, tool, written_env

FOLDER = ROOT / "deploy/systemd"
SERVICES = sorted(path.name for path in FOLDER.glob("*.service"))
SHARED = "trajectoires-.service.d/commun.conf"
VENV = "/opt/trajectoires/current/venv/bin/"


def read(name: str) -> dict[str, dict[str, list[str]]]:
    """Section → setting → its values, in order."""
    found: dict[str, dict[str, list[str]]] = {}
    section = ""
    for line in (FOLDER / name).read_text().splitlines():
        if head := re.fullmatch(r"\[(\w+)\]", line):
            section = head[1]
        elif line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found.setdefault(section, {}).setdefault(key, []).append(value)
    return found


@pytest.mark.parametrize("name", ["web", "worker", "beat", "prepare"])
def test_a_unit_runs_what_its_container_runs(name: str) -> None:
    [started] = read(f"trajectoires-{name}.service")["Service"]["ExecStart"]
    words = started.replace(VENV, "").replace("/bin/sh", "sh").replace("/var/lib/trajectoires/", "/data/")
    if name == "web":
        dockerfile = re.search(r'^CMD \["gunicorn", (.+)\]$', (ROOT / "Dockerfile").read_text(), re.M)
        assert dockerfile
        expected = ["gunicorn", *dockerfile[1].replace('"', "").split(", ")]
        assert words.replace("--bind 127.0.0.1:8000 ", "").split() == expected
    else:
        words = words.replace("${WORKER_CONCURRENCY}", "2")
        assert words.split() == compose()["services"][name]["command"]


@pytest.mark.parametrize("name", ["web", "worker", "beat", "prepare"])
def test_a_unit_has_the_memory_of_its_container(name: str) -> None:
    [limit] = read(f"trajectoires-{name}.service")["Service"]["MemoryMax"]
    number, unit = limit[:-1], limit[-1]
    assert int(number) * {"M": 1 << 20, "G": 1 << 30}[unit] == int(compose()["services"][name]["mem_limit"])


def test_every_process_is_that_of_an_ordinary_account_without_a_right_to_gain() -> None:
    shared = read(SHARED)["Service"]
    assert shared["User"] == ["trajectoires"]
    assert shared["NoNewPrivileges"] == shared["PrivateDevices"] == shared["ProtectHome"] == ["yes"]
    assert shared["ProtectSystem"] == ["strict"]
    assert shared["CapabilityBoundingSet"] == [""]
    for name in SERVICES:
        assert not {"User", "CapabilityBoundingSet", "AmbientCapabilities"} & set(read(name)["Service"])
        assert name.startswith("trajectoires-")


def test_the_proxy_is_told_nothing_of_the_platform() -> None:
    text = (FOLDER / "caddy.conf").read_text()
    assert "EnvironmentFile=/etc/trajectoires/proxy\n" in text
    assert "SITE_URL|CONTACT_EMAIL" in (FOLDER / "release.sh").read_text()


def root_of(folder: Path) -> Path:
    """A root with our units, Debian's own targets, and a program under every name that is started."""
    units = folder / "etc/systemd/system"
    shutil.copytree(FOLDER, units)
    shutil.copytree("/usr/lib/systemd/system", folder / "usr/lib/systemd/system", symlinks=True,
                    ignore=lambda _, names: {name for name in names if not name.endswith((".target", ".slice"))})  # fmt: skip
    for name in ("/bin/sh", *(VENV + program for program in ("gunicorn", "celery", "python"))):
        program = folder / name.lstrip("/")
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
    return folder


def analyze(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    program = tool("systemd-analyze")
    if program is None:
        pytest.skip("systemd n’est pas installé ici")
    command = [program, f"--root={root_of(folder / 'root')}", *words]
    return subprocess.run(command, capture_output=True, text=True)


def test_systemd_finds_nothing_wrong(tmp_path: Path) -> None:
    names = [path.name for path in FOLDER.iterdir() if path.suffix in {".service", ".timer", ".target"}]
    assert len(names) == 7
    done = analyze(tmp_path, "verify", *names)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", SERVICES)
def test_systemd_judges_each_service_little_exposed(tmp_path: Path, name: str) -> None:
    """Of ten, where an ordinary service has nine and more."""
    done = analyze(tmp_path, "--offline=yes", "--no-pager", "--threshold=20", "security", name)
    assert done.returncode == 0, done.stdout[-300:]


@pytest.mark.parametrize("way", ["", "systemd"])
def test_settings_are_written_with_secrets_of_their_own(way: str) -> None:
    def write() -> dict[str, str]:
        command = ["sh", "deploy/settings.sh", "site.example", "moi@site.example", *[way] * bool(way)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        return dict(re.findall(r"^([A-Z0-9_]+)=(.*)$", done.stdout, re.M))

    first, second = write(), write()
    assert first.keys() == dict(re.findall(r"^([A-Z0-9_]+)=(.*)$", written_env(), re.M)).keys()
    drawn = {name for name in first if first[name] != second[name]}
    password = set() if way else {"POSTGRES_PASSWORD"}
    assert drawn == {"SECRET_KEY", "METRICS_TOKEN", "BADGE_SIGNING_KEY"} | password
    assert (first["SITE_URL"], first["CONTACT_EMAIL"]) == ("https://site.example", "moi@site.example")
    assert re.fullmatch(r"'-----BEGIN PRIVATE KEY-----\\n.+\\n'", first["BADGE_SIGNING_KEY"])
    if way:
        assert not [value for value in first.values() if "${" in value]  # systemd does not expand it
        assert first["MEDIA_ROOT"] == "/var/lib/trajectoires/media"


def test_the_timer_of_backups_starts_the_backup() -> None:
    timer = read("trajectoires-backup.timer")
    assert timer["Timer"]["Persistent"] == ["yes"]
    assert "manage.py backup " in read("trajectoires-backup.service")["Service"]["ExecStart"][0]
