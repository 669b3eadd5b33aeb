"""What this app keeps of people (apps.core.processings)."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from apps.accounts.models import Organisation
from apps.core.processings import AS_ORGANISATION, INNER, SERVICE, TEAM, TEAMWORK, Fate, Holding, Processing
from apps.ledger import files
from apps.ledger.models import Import

PROCESSINGS = (
    Processing(
        model="ledger.Import",
        name="Fichiers de comptes que vous avez apportés",
        purpose="Lire les comptes de l’association",
        legal_basis=SERVICE,
        retention=AS_ORGANISATION,
        fate=Fate.ANONYMISED,
        paths=("requested_by",),
        reason=TEAMWORK,
        cleared={"requested_by": None},
        export=("filename", "requested_at", "state", "organisation", "source"),
        withheld={
            INNER: ("key", "file", "sha256", "progress", "attempts", "claim", "due_at", "lines", "chart"),
            TEAM: (
                "size",
                "read_at",
                "fault_line",
                "fault_reason",
                "fault_remedy",
                "starts_on",
                "ends_on",
                "entries",
                "warnings",
                "gap",
                "booked_gap",
                "receivables",
                "payables",
            ),
        },
    ),
    Processing(
        model="ledger.Correction",
        name="Classements que vous avez corrigés",
        purpose="Lire les comptes de l’association",
        legal_basis=SERVICE,
        retention=AS_ORGANISATION,
        fate=Fate.ANONYMISED,
        paths=("corrected_by",),
        reason=TEAMWORK,
        cleared={"corrected_by": None},
        export=("number", "nature", "corrected_at", "organisation", "year"),
    ),
    Processing(
        model="ledger.Exercise",
        name="Exercices que vous avez enregistrés",
        purpose="Montrer d’où vient l’argent et où il va",
        legal_basis=SERVICE,
        retention=AS_ORGANISATION,
        fate=Fate.ANONYMISED,
        paths=("saved_by",),
        reason=TEAMWORK,
        cleared={"saved_by": None},
        export=("year", "saved_at", "organisation", "source"),
        withheld={
            INNER: ("accounts",),
            TEAM: (
                "starts_on",
                "ends_on",
                "equity",
                "receivables",
                "payables",
                "unmapped",
                "unmapped_resources",
                "unmapped_costs",
                "volunteer_hours",
                "employees_fte",
                "top_funder",
                "multi_year",
                "hour_value",
            ),
        },
    ),
)
HOLDINGS = (
    Holding("ledger.Import", "Fichiers de comptes lus"),
    Holding("ledger.Exercise", "Exercices enregistrés"),
    Holding("ledger.Correction", "Classements corrigés"),
)


def closing(organisation: Organisation) -> None:
    """What was sent and not yet read leaves the storage once the rows have left."""
    for name in (
        Import.objects.filter(organisation=organisation).exclude(file="").values_list("file", flat=True)
    ):
        transaction.on_commit(partial(files.discard, name))
