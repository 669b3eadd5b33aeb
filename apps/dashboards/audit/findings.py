"""What an attack brings back (pure)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from apps.core.microtypography import nbsp

# An operator reads the first ones; a release that leaks leaks everywhere.
MOST = 40


@dataclass(slots=True)
class Findings:
    """``findings``: French sentences that name a table, a row, a column; never an association, never an exact number."""

    code: str
    title: str
    tries: int = 0
    findings: list[str] = field(default_factory=list)
    note: str = ""

    def tried(self, count: int = 1) -> None:
        self.tries += count

    def found(self, sentence: str) -> None:
        written = nbsp(sentence)
        if written not in self.findings:
            self.findings.append(written)

    @property
    def is_clean(self) -> bool:
        return not self.findings

    def as_json(self) -> dict[str, Any]:
        more = len(self.findings) - MOST
        shown = self.findings[:MOST] + ([f"Et {more} autres du même genre."] if more > 0 else [])
        return {
            "code": self.code,
            "title": self.title,
            "tries": self.tries,
            "findings": shown,
            "note": self.note,
        }
