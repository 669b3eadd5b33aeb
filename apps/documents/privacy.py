"""What this app keeps of people (apps.core.processings)."""

from __future__ import annotations

from apps.core.processings import INNER, OTHERS, SERVICE, Fate, Holding, Processing

PROCESSINGS = (
    Processing(
        model="documents.Document",
        name="Fichiers préparés pour vous",
        purpose="Vous les remettre",
        legal_basis=SERVICE,
        retention="Trente jours à deux ans, selon le fichier",
        fate=Fate.ERASED,
        paths=("owner",),
        export=("kind", "title", "requested_at", "expires_at", "filename", "state", "ready_at", "size"),
        withheld={
            INNER: (
                "key",
                "subject_id",
                "organisation",
                "is_public",
                "progress",
                "attempts",
                "claim",
                "file",
                "sha256",
                "pages",
                "error",
                "due_at",
                "claimed_at",
            ),
            OTHERS: ("requested_by",),
        },
    ),
)
HOLDINGS = (Holding("documents.Document", "Fichiers préparés : rapports, dossiers, notes"),)
