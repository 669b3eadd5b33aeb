"""A stage of the Dockerfile made without an engine: its own instructions, executed in a plain Debian."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.deploy.chroot import SYSTEM_PATH, Jail, Root, debian
from tests.deploy.dockerfile import Copy, Ignored, copy, stages, variables
from tests.deploy.support import ROOT

# Stands for python:3.13-slim-trixie: the same Debian with Debian's own Python 3.13 instead of one compiled in /usr/local,
# and the three other packages that the image has.
STANDS_FOR = "python:3.13-slim-trixie"
PACKAGES = ("python3", "python3-venv", "ca-certificates", "netbase", "tzdata")
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


@dataclass
class Image:
    """What a stage made: its files, and how it starts."""

    root: Root
    env: dict[str, str] = field(default_factory=lambda: {"PATH": SYSTEM_PATH})
    cwd: str = "/"
    user: str = "0:0"


def base(folder: Path) -> Root:
    root = debian(folder / "base", *PACKAGES)
    for name in ("python", "python3"):
        link = root.path(f"/usr/local/bin/{name}")
        if not link.is_symlink():
            link.symlink_to("/usr/bin/python3")
    return root


class Builder:
    """Makes stages, each once, in ``folder``; ``say`` hears what is being done."""

    def __init__(self, folder: Path, say: Callable[[str], None] = lambda _: None) -> None:
        self.folder = folder
        self.say = say
        self.stages = stages((ROOT / "Dockerfile").read_text())
        self.ignored = Ignored((ROOT / ".dockerignore").read_text())
        self.made: dict[str, Image] = {}

    def build(self, name: str) -> Image:
        if name not in self.made:
            stage = self.stages[name]
            assert stage.base == STANDS_FOR, f"rien ne tient lieu de {stage.base} ici"
            image = self.made[name] = Image(base(self.folder).copy(self.folder / name))
            for keyword, rest in stage.steps:
                started = time.monotonic()
                self._step(image, keyword, rest)
                self.say(f"{time.monotonic() - started:6.1f} s  {name} : {keyword} {rest[:90]}")
        return self.made[name]

    def _step(self, image: Image, keyword: str, rest: str) -> None:
        if keyword == "ENV":
            image.env |= variables(rest, image.env)
        elif keyword == "WORKDIR":
            image.cwd = rest
            image.root.path(rest).mkdir(parents=True, exist_ok=True)
        elif keyword == "USER":
            image.user = rest
        elif keyword == "RUN":
            given, jail = self._outside()
            image.root.run(rest, env=image.env | given, cwd=image.cwd, jail=jail)
        elif keyword == "COPY":
            self._copy(image, copy(rest))

    def _outside(self) -> tuple[dict[str, str], Jail]:
        """What lets pip out on this machine; an engine has it from its own settings."""
        given = {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
        if not CERTIFICATES.exists():
            return given, Jail()
        return given | {"PIP_CERT": str(CERTIFICATES)}, Jail(lent={str(CERTIFICATES): CERTIFICATES})

    def _copy(self, image: Image, told: Copy) -> None:
        target = image.root.path(os.path.join(image.cwd, told.target))
        into = told.target.endswith("/") or len(told.sources) > 1
        for source in told.sources:
            if told.origin:
                found = self.build(told.origin).root.path(source)
                _copy(found, target / found.name if into and found.is_file() else target, lambda _: False)
            else:
                found = ROOT / source
                _copy(found, target / found.name if into and found.is_file() else target, self._left_out)

    def _left_out(self, path: Path) -> bool:
        return self.ignored(path.relative_to(ROOT))


def _copy(source: Path, target: Path, left_out: Callable[[Path], bool]) -> None:
    """As the engine: what is in a folder goes into the target, a file takes its name."""
    if left_out(source):
        raise FileNotFoundError(f"{source} est écarté par .dockerignore")
    if source.is_dir():

        def ignore(folder: str, names: Iterable[str]) -> set[str]:
            return {name for name in names if left_out(Path(folder) / name)}

        shutil.copytree(source, target, symlinks=True, ignore=ignore, dirs_exist_ok=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
