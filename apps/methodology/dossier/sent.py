"""A whole archive as it was sent: its files, and what makes two archives the same (pure)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, cast

from apps.methodology.dossier import opening, schema

# Of the heading: what changes from one export to the next though nothing was written.
PASSING = ("exported_at", "platform")


@dataclass(frozen=True, slots=True)
class Sent:
    """``fingerprint``: SHA-256 of the contents, the same for two exports of an unchanged démarche."""

    heading: schema.Heading
    steps: list[schema.StepState]
    items: list[schema.Item]
    decisions: list[schema.Decision]
    comments: list[schema.Comment]
    workshops: list[schema.Workshop]
    notes: list[schema.PutNote]
    fingerprint: str


def read(content: bytes) -> Sent:
    """Refused, with a French reason."""
    files = opening.opened(content)
    data = {name: opening.parsed(name, raw) for name, raw in files.items()}
    if schema.check_version(data["demarche"]) > 1:
        opening.require(files, opening.SINCE_2)
    parts: dict[str, Any] = {
        name: schema.read(name, raw.removeprefix(b"\xef\xbb\xbf")) for name, raw in files.items()
    }
    return Sent(
        heading=cast(schema.Heading, parts["demarche"]),
        steps=parts["etapes"].steps,
        items=parts["elements"].items,
        decisions=parts["decisions"].decisions,
        comments=parts["commentaires"].comments,
        workshops=parts["ateliers"].workshops,
        notes=parts[opening.SINCE_2].notes if opening.SINCE_2 in parts else [],
        fingerprint=fingerprint(data),
    )


def fingerprint(data: dict[str, Any]) -> str:
    kept = {**data, "demarche": {key: value for key, value in data["demarche"].items() if key not in PASSING}}
    return hashlib.sha256(
        json.dumps(kept, sort_keys=True, ensure_ascii=False).encode("utf-8", "replace")
    ).hexdigest()
