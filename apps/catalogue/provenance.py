"""Where a row's parts come from, in words (pure, no Django)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

# What each part of a row is called on the page. The empty key is the row itself: its name, its figures.
PARTS = {
    "": "Liste et noms",
    "text": "Explications",
    "family": "Classement par famille",
    "links": "Liens avec les ODD",
    "indicator": "Indicateur",
    "tags": "Résumé et étiquettes",
    "share": "Chiffre",
    "company": "Taux des entreprises",
    "association": "Taux des associations",
    "fits": "Rapprochement avec une association",
}
STATUSES = {
    "S": "écrit dans le rapport",
    "P": "publié",
    "P-": "publié, source fragile",
    "I": "déduit de plusieurs faits",
    "M": "connaissance générale",
    "R": "proposition pédagogique",
}


@dataclass(frozen=True, slots=True)
class Provenance:
    part: str
    status: str
    label: str
    year: str
    url: str

    @property
    def subject(self) -> str:
        return PARTS[self.part]

    @property
    def status_label(self) -> str:
        return STATUSES[self.status]

    @property
    def is_proposal(self) -> bool:
        return self.status == "R"


def provenances(sources: Mapping[str, Mapping[str, Any]]) -> list[Provenance]:
    """One entry a part, in the order of ``PARTS``."""
    return [
        Provenance(part, **{k: str(v) for k, v in sources[part].items()}) for part in PARTS if part in sources
    ]


def merged(rows: Iterable[Any]) -> list[Provenance]:
    """The distinct origins of a whole list, part by part: what its « d’où vient cette liste ? » says."""
    seen = dict.fromkeys(entry for row in rows for entry in row.provenance)
    return sorted(seen, key=lambda entry: list(PARTS).index(entry.part))
