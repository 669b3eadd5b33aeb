"""The questionnaire as immutable values, read from its published content. No Django here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PILLARS = {"A": "human", "B": "financial", "C": "alliances"}


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    code: str
    slug: str
    name: str
    short: str
    pillar: bool
    intro: str


@dataclass(frozen=True, slots=True)
class Statement:
    code: str
    axis: str
    express: bool
    topic: str
    text: str
    anchors: tuple[str, ...]
    why: str
    example: str
    debate: str
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Axes and statements in the instrument's order."""

    code: str
    title: str
    status: str
    source: str
    minutes: int
    express_minutes: int
    intro: str
    not_for: str
    scale: tuple[Choice, ...]
    outs: tuple[Choice, ...]
    axes: tuple[Axis, ...]
    statements: tuple[Statement, ...]

    def axis(self, code: str) -> Axis:
        return next(axis for axis in self.axes if axis.code == code)

    def of_axis(self, code: str) -> tuple[Statement, ...]:
        return tuple(s for s in self.statements if s.axis == code)

    @property
    def express(self) -> tuple[Statement, ...]:
        return tuple(s for s in self.statements if s.express)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(s.code for s in self.statements)

    def statement(self, code: str) -> Statement:
        """The statement of this code, or KeyError."""
        for statement in self.statements:
            if statement.code == code:
                return statement
        raise KeyError(code)


def parse(content: Mapping[str, Any]) -> Questionnaire:
    """Questionnaire from the shape of ``fixtures/content/instrument/mse-1.yaml``."""
    return Questionnaire(
        code=content["code"],
        title=content["title"],
        status=content["status"],
        source=content["source"],
        minutes=content["minutes"],
        express_minutes=content["express_minutes"],
        intro=content["intro"],
        not_for=content["not_for"],
        scale=tuple(Choice(str(c["value"]), c["label"]) for c in content["scale"]),
        outs=tuple(Choice(c["value"], c["label"], c["note"]) for c in content["outs"]),
        axes=tuple(Axis(**axis) for axis in content["axes"]),
        statements=tuple(
            Statement(**{**row, "anchors": tuple(row["anchors"]), "terms": tuple(row.get("terms", ()))})
            for row in content["statements"]
        ),
    )


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content whatever the layout of its file."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()
