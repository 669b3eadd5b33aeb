"""What this app keeps of people: nothing that leads to one."""

from __future__ import annotations

from apps.core.processings import AS_ACCOUNT, INNER, LAW, SERVICE, Fate, Holding, Processing

PROCESSINGS = (
    Processing(
        model="privacy.ErasureReceipt",
        name="Reçus d’effacement : ce qui a été effacé, en nombres",
        purpose="Prouver l’effacement à qui tient le lien du reçu",
        people="Anciens titulaires d’un compte, anciennes associations",
        recipients="Qui tient le lien du reçu",
        legal_basis=LAW,
        retention="Cinq ans",
        fate=Fate.KEPT,
        reason="Rien n’y désigne la personne",
        not_exported="Fait quand le compte n’existe plus",
    ),
    Processing(
        model="privacy.RetentionNotice",
        name="Effacement annoncé\u00a0: le jour du courriel",
        purpose="Ne rien effacer sans vous avoir prévenu",
        legal_basis=LAW,
        retention="Jusqu’à votre retour, ou à l’effacement",
        fate=Fate.ERASED,
        paths=("user",),
        export=("told_on", "left_on", "others_told_on"),
        withheld={INNER: ("letter", "nights", "counted_on")},
    ),
    Processing(
        model="privacy.LastSeen",
        name="Dernier jour où une session vous a vu venir",
        purpose="N’effacer pour inactivité que ce qui est inactif",
        legal_basis=LAW,
        retention=AS_ACCOUNT,
        fate=Fate.ERASED,
        paths=("user",),
        export=("on",),
    ),
    Processing(
        model="privacy.ClosureRequest",
        name="Fermeture d’une association : qui l’a demandée",
        purpose="Laisser le temps de l’annuler",
        legal_basis=SERVICE,
        retention="Quatorze jours",
        fate=Fate.ANONYMISED,
        paths=("asked_by",),
        reason="La demande est celle de l’association ; votre nom en part",
        cleared={"asked_by": None},
        export=("organisation", "asked_at", "due_at", "cause"),
        withheld={INNER: ("nights", "counted_on", "reminded_on")},
    ),
)
HOLDINGS = (Holding("privacy.ClosureRequest", "Demande de fermeture"),)
