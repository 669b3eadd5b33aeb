"""What this app keeps of people (apps.core.processings)."""

from __future__ import annotations

from apps.core.processings import INTEREST, Fate, Processing

PROCESSINGS = (
    Processing(
        model="audit.AuditEntry",
        name="Journal des actes : numéros de compte, sans nom",
        purpose="Sécurité, preuve des accords et des effacements",
        legal_basis=INTEREST,
        retention="Un an",
        fate=Fate.KEPT,
        reason="Une chaîne qui se défait ne prouve plus rien ; le numéro d’un compte effacé ne mène à personne",
        not_exported="Lisible sur « Journal de mon compte »",
    ),
)
