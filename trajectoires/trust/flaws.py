"""``make audit``: known flaws of the locked libraries (pip-audit), by whatever source answers.

Without a source it says so and ends well: a village without network still works. A known flaw ends badly, unless
``docs/failles-acceptees.toml`` accepts it, with a reason and until a day.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LOCK, ACCEPTED = ROOT / "requirements.lock", ROOT / "docs" / "failles-acceptees.toml"
COMMAND = (sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--format", "json",
           "--progress-spinner", "off", "--timeout", "10")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Flaw:
    library: str
    version: str
    code: str
    mended_in: str


@dataclass(frozen=True, slots=True)
class Report:
    """``read``: libraries that a source told something of; 0 when none answered."""

    read: int
    flaws: tuple[Flaw, ...]


@dataclass(frozen=True, slots=True)
class Acceptance:
    code: str
    reason: str
    until: date


def parse(text: str) -> Report:
    """What pip-audit wrote; nothing read when it wrote no JSON (it failed on the way to its source)."""
    try:
        rows: list[dict[str, Any]] = json.loads(text)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Report(0, ())
    told = [row for row in rows if "skip_reason" not in row]
    return Report(len(told), tuple(_flaws(told)))


def _flaws(rows: Iterable[dict[str, Any]]) -> Iterable[Flaw]:
    for row in rows:
        for one in row["vulns"]:
            yield Flaw(row["name"], row["version"], one["id"], ", ".join(one["fix_versions"]) or "aucune")


def accepted(text: str) -> list[Acceptance]:
    """Raises KeyError or ValueError for an acceptance without its reason or its day."""
    return [
        Acceptance(one["code"], one["raison"], one["jusqu_au"])
        for one in tomllib.loads(text).get("faille", [])
    ]


def verdict(report: Report, acceptances: Sequence[Acceptance], today: date) -> tuple[list[str], int]:
    """French sentences, and the exit code."""
    if not report.read:
        return ["Source des failles injoignable\u00a0: rien n’a été vérifié."], 0
    standing = {one.code for one in acceptances if one.until >= today}
    wrong = [flaw for flaw in report.flaws if flaw.code not in standing]
    told = [
        f"✗ {one.library} {one.version}\u00a0: {one.code}, corrigée dans {one.mended_in}" for one in wrong
    ]
    told += [
        f"✗ {one.code}\u00a0: acceptée jusqu’au {one.until}, c’est passé"
        for one in acceptances
        if one.until < today
    ]
    known = len(report.flaws) - len(wrong)
    told.append(f"{report.read} bibliothèques lues, {len(wrong)} faille(s) à corriger, {known} acceptée(s).")
    return told, 1 if len(told) > 1 else 0


def main(lock: Path = LOCK, command: Sequence[str] = COMMAND) -> int:
    done = subprocess.run([*command, "-r", str(lock)], capture_output=True, text=True, check=False)
    known = accepted(ACCEPTED.read_text(encoding="utf-8")) if ACCEPTED.exists() else []
    told, code = verdict(parse(done.stdout), known, date.today())
    sys.stdout.write("\n".join(told) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
