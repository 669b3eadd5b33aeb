"""The two scripts that run before the environment exists: they explain instead of failing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from trajectoires.embedded import install, system

SYSTEM = str(Path(system.__file__))


@pytest.fixture
def fake_apt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An apt-get that only writes what it was asked, alone on the PATH; and an account that is root."""
    asked = tmp_path / "asked"
    program = tmp_path / "bin" / "apt-get"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$*" >> "{asked}"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return asked


def test_this_machine_can_make_pdf() -> None:
    assert system.missing_libraries() == []


def test_the_browser_named_by_the_environment_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "chrome"
    mine.write_text("#!/bin/sh\nexit 0\n")
    mine.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(mine))
    assert system.find_chromium() == str(mine)
    mine.write_text("#!/bin/sh\nexit 1\n")
    assert system.find_chromium() != str(mine)


def test_this_machine_can_recompute_a_spreadsheet() -> None:
    assert system.missing("spreadsheet") == []


def test_a_spreadsheet_program_that_does_not_start_is_not_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(system, "OFFICE_PLACES", ())
    monkeypatch.delenv("SOFFICE", raising=False)
    assert system.find_office() == str(program)
    assert system.missing("spreadsheet") == []
    program.write_text("#!/bin/sh\nexit 1\n")
    assert system.find_office() is None
    assert system.missing("spreadsheet") == ["libreoffice-calc-nogui"]
    mine = tmp_path / "mine"
    mine.write_text("#!/bin/sh\nexit 0\n")
    mine.chmod(0o755)
    monkeypatch.setenv("SOFFICE", str(mine))
    assert system.find_office() == str(mine)


def test_root_installs_the_missing_packages_without_recommended_ones(fake_apt: Path) -> None:
    assert system.install(["libpango-1.0-0", "chromium"])
    update, installation = fake_apt.read_text().splitlines()
    assert update.endswith("update -qq")
    assert "--no-install-recommends libpango-1.0-0 chromium" in installation


def test_without_the_right_the_command_to_copy_is_printed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(system, "LIBRARIES", {"libpango-1.0-0": ("no-such-library",)})
    assert system.main(["pdf"]) == 1
    assert "sudo apt-get install --no-install-recommends libpango-1.0-0" in capsys.readouterr().err
    assert system.main(["pdf", "--continue"]) == 0
    assert "sans PDF" in capsys.readouterr().err


def test_without_the_right_a_missing_spreadsheet_program_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(system, "OFFICE_PLACES", ())
    monkeypatch.delenv("SOFFICE", raising=False)
    assert system.main(["spreadsheet"]) == 1
    said = capsys.readouterr().err
    assert "LibreOffice, absent ici" in said
    assert "sudo apt-get install --no-install-recommends libreoffice-calc-nogui" in said


def test_the_checker_runs_with_a_python_that_has_no_package() -> None:
    done = subprocess.run([sys.executable, "-I", "-S", SYSTEM, "--help"], capture_output=True, check=False)
    assert done.returncode == 0


def test_an_old_python_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(install.sys, "version_info", (3, 9, 2, "final", 0))
    assert install.main() == 1
    assert "Python 3.9.2 est trop ancien : il faut Python 3.11" in capsys.readouterr().err


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project whose lock names no package, so that installing needs no network."""
    monkeypatch.setattr(install, "PROJECT", tmp_path)
    monkeypatch.setattr(install, "LOCK", tmp_path / "requirements.lock")
    monkeypatch.setattr(install, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(install, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(install, "STAMP", tmp_path / ".venv" / ".installed")
    (tmp_path / ".venv").mkdir()
    install.LOCK.write_text("# empty\n")
    return tmp_path


def test_an_unchanged_lock_installs_nothing_and_a_changed_one_does(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    runs: list[int] = []
    monkeypatch.setattr(install, "_with_pip", lambda total: runs.append(total) or True)
    assert [install.main(), install.main()] == [0, 0]
    assert runs == [0]
    install.LOCK.write_text("django==5.2.0 \\\n    --hash=sha256:00\n")
    assert install.main() == 0
    assert runs == [0, 1]
    assert "Installation de 1 paquets" in capsys.readouterr().out


def test_a_failed_installation_is_tried_again_next_time(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "_with_pip", lambda total: False)
    assert install.main() == 1
    assert not install.STAMP.exists()


def test_a_python_without_ensurepip_names_the_package(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(install.subprocess, "call", lambda command: 1)
    assert f"apt-get install python3.{sys.version_info[1]}-venv" in install._create_environment()


def test_pips_certificate_is_given_to_uv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setenv("PIP_CERT", "/some/cert.pem")
    monkeypatch.setenv("PIP_INDEX_URL", "https://index.example/")
    env = install._uv_environment()
    assert (env["SSL_CERT_FILE"], env["UV_DEFAULT_INDEX"]) == ("/some/cert.pem", "https://index.example/")
