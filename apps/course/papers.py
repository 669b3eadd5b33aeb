"""The files of the course that workers make: each kind, who writes its page, how pages speak of it."""

from __future__ import annotations

from apps.course.attestations import checks as checks
from apps.course.attestations import pdf
from apps.course.debates import report
from apps.course.practical import paper
from apps.course.practical.requests import KIND as SHEET
from apps.documents import registry

ATTESTATION_WORDS = registry.Words(
    name="l’attestation",
    yours="votre attestation",
    e="e",
    says="Une page A4, à imprimer ou à joindre.",
    kept="Votre attestation est toujours valable",
    kicker="Parcours Se former",
    door="se-former",
    back=("course:attest",),
    back_label="Revenir à mon attestation",
)
SHEET_WORDS = registry.Words(
    name="la fiche",
    yours="la fiche",
    e="e",
    says="À imprimer en A4.",
    kept="Rien n’est perdu",
    kicker="Parcours Se former",
    door="se-former",
    back=("pages:door", "se-former"),
    back_label="Revenir au parcours",
)
RECORD_WORDS = registry.Words(
    name="le compte rendu",
    yours="le compte rendu",
    says="À joindre au procès-verbal. Il dit la même chose que l’écran.",
    kept="Le compte rendu est intact à l’écran",
    kicker="Débat en réunion",
    door="se-former",
    back=("course:debates",),
    back_label="Revenir aux débats",
)


def register() -> None:
    registry.register(pdf.KIND, pdf.build, ATTESTATION_WORDS)
    registry.register(SHEET, paper.build, SHEET_WORDS)
    registry.register(report.KIND, report.build_record, RECORD_WORDS)
