"""Two people saved the same draft: both versions side by side, a choice a field, nothing lost (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from apps.editorial import diff

MINE, THEIRS = "mine", "theirs"
# Field → what it holds, in the order of the form; a field that is absent holds nothing.
Values = Mapping[str, Any]
Texts = Mapping[str, Sequence[str]]
Who = Literal["both", "mine", "theirs", "unknown"]


@dataclass(frozen=True, slots=True)
class Clash:
    """A field where the two versions differ. ``choice``: the one that is ticked, "" when a person must decide.

    ``who`` changed it; « unknown » when the version they both come from is not.
    """

    field: str
    label: str
    change: diff.Change
    choice: str
    who: Who


@dataclass(frozen=True, slots=True)
class Versions:
    mine: Values
    theirs: Values
    started: Values | None = None

    @property
    def differing(self) -> list[str]:
        names = dict.fromkeys([*self.theirs, *self.mine])
        return [name for name in names if self.mine.get(name) != self.theirs.get(name)]

    def who(self, name: str) -> Who:
        if self.started is None:
            return "unknown"
        origin = self.started.get(name)
        if self.theirs.get(name) == origin:
            return "mine"
        return "theirs" if self.mine.get(name) == origin else "both"


def asked(chosen: Mapping[str, Any], name: str) -> str:
    """The answer about this field, "" when there is none."""
    said = str(chosen.get(f"garde-{name}", ""))
    return said if said in (MINE, THEIRS) else ""


def clashes(
    versions: Versions,
    labels: Mapping[str, str],
    told: tuple[Texts, Texts],
    chosen: Mapping[str, Any] | None = None,
) -> list[Clash]:
    """``told``: their version and mine as texts. ``chosen``: what was answered, when something was."""
    changes = {change.field: change for change in diff.changes(*told)}
    found = []
    for name in versions.differing:
        who = versions.who(name)
        choice: str = who if who in (MINE, THEIRS) else ""
        if chosen is not None:
            choice = asked(chosen, name)
        found.append(Clash(name, labels[name], changes.get(name, diff.Change(name, ())), choice, who))
    return found
