"""The Dockerfile read as data: its stages, and of each instruction what our trial without an engine understands."""

from __future__ import annotations

import fnmatch
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

# Every instruction that may be written; another one is refused before anything is made.
UNDERSTOOD = frozenset({"FROM", "WORKDIR", "ENV", "COPY", "RUN", "USER", "EXPOSE", "CMD"})


class UnknownInstructionError(ValueError):
    """The trial would do something else than the engine."""


@dataclass
class Stage:
    """``base``: an image or the name of another stage. ``steps``: (keyword, rest), continued lines joined."""

    name: str
    base: str
    steps: list[tuple[str, str]] = field(default_factory=list)


def stages(text: str) -> dict[str, Stage]:
    """Raises UnknownInstructionError for an instruction, or an option of one, that the trial does not know."""
    found: dict[str, Stage] = {}
    joined = re.sub(r"\\\n\s*", "", re.sub(r"^\s*#.*\n", "", text, flags=re.M))
    for line in filter(str.strip, joined.splitlines()):
        keyword, _, rest = line.partition(" ")
        _refuse_unknown(keyword, rest)
        if keyword == "FROM":
            base, _, name = rest.partition(" AS ")
            stage = found[name] = Stage(name, base)
        else:
            stage.steps.append((keyword, rest))
    return found


def _refuse_unknown(keyword: str, rest: str) -> None:
    if keyword not in UNDERSTOOD:
        raise UnknownInstructionError(keyword)
    option = rest.startswith("--") and not (keyword == "COPY" and rest.startswith("--from="))
    if option or (keyword == "RUN" and "<<" in rest) or (keyword == "FROM" and " AS " not in rest):
        raise UnknownInstructionError(f"{keyword} {rest}")


def variables(rest: str, before: Mapping[str, str]) -> dict[str, str]:
    """What ``ENV`` adds; ``$NAME`` is what stood before the instruction."""
    pairs = dict(word.split("=", 1) for word in shlex.split(rest))
    return {
        name: re.sub(r"\$\{?(\w+)\}?", lambda found: before.get(found[1], ""), value)
        for name, value in pairs.items()
    }


@dataclass(frozen=True)
class Copy:
    """``origin``: a stage, or the project when it is empty."""

    origin: str
    sources: tuple[str, ...]
    target: str


def copy(rest: str) -> Copy:
    words = shlex.split(rest)
    origin = words.pop(0).removeprefix("--from=") if words[0].startswith("--from=") else ""
    return Copy(origin, tuple(words[:-1]), words[-1])


class Ignored:
    """``.dockerignore``: the last line that fits a path decides, by the name of any folder above it too."""

    def __init__(self, text: str) -> None:
        self.lines = [line for line in text.splitlines() if line and not line.startswith("#")]

    def __call__(self, path: Path) -> bool:
        """``path`` is relative to the project."""
        verdict = False
        for line in self.lines:
            pattern = line.removeprefix("!")
            if any(_fits(part, pattern) for part in (path, *path.parents[:-1])):
                verdict = not line.startswith("!")
        return verdict


def _fits(path: Path, pattern: str) -> bool:
    if pattern.startswith("**/"):
        return fnmatch.fnmatch(path.name, pattern[3:])
    return len(path.parts) == len(Path(pattern).parts) and fnmatch.fnmatch(str(path), pattern)
