"""What this app keeps of people (apps.core.processings)."""

from __future__ import annotations

from apps.core.processings import SERVICE, Fate, Processing

PROCESSINGS = (
    Processing(
        model="agenda.Registration",
        name="Inscription à un webinaire : adresse, nom si vous le donnez",
        purpose="Vous envoyer la confirmation et le rappel",
        legal_basis=SERVICE,
        retention="Trente jours après la séance",
        fate=Fate.ERASED,
        addresses=("email",),
        export=("name", "created_at", "cancelled_at"),
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
    ),
)
