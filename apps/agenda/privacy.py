"""What this app keeps of people (apps.core.processings)."""

from __future__ import annotations

from apps.core.processings import INNER, PUBLISHED, SEALED, SERVICE, Fate, Processing

PROCESSINGS = (
    Processing(
        model="agenda.Registration",
        name="Inscription à un webinaire : adresse, nom si vous le donnez",
        purpose="Vous envoyer la confirmation et le rappel",
        recipients="L’équipe qui tient l’agenda",
        legal_basis=SERVICE,
        retention="Trente jours après la séance",
        fate=Fate.ERASED,
        addresses=("email",),
        export=("name", "created_at", "cancelled_at", "session", "sent_at", "sent_count", "reminded_at"),
        withheld={SEALED: ("token_hash",)},
    ),
    Processing(
        model="agenda.Session",
        name="Séances que vous avez annoncées",
        purpose="Tenir l’agenda",
        legal_basis=SERVICE,
        retention="Tant que la séance est gardée",
        fate=Fate.ANONYMISED,
        paths=("created_by",),
        reason="Une séance publique ; votre nom n’y est pas",
        cleared={"created_by": None},
        export=("title", "created_at"),
        withheld={
            INNER: ("slug", "state", "sequence", "is_demo"),
            PUBLISHED: (
                "summary",
                "starts_at",
                "ends_at",
                "join_url",
                "cancelled_reason",
                "updated_at",
                "goals",
                "fragilities",
            ),
        },
    ),
)
