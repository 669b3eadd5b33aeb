"""What this app keeps of people (apps.core.processings)."""

from __future__ import annotations

from django.db.models import Count

from apps.accounts.models import User
from apps.core.microtypography import nbsp
from apps.core.processings import (
    AS_ACCOUNT,
    AS_ORGANISATION,
    CONSENT,
    INNER,
    INTEREST,
    OTHERS,
    PUBLISHED,
    SEALED,
    SERVICE,
    Fate,
    Holding,
    Processing,
)
from apps.dashboards.models import Programme

PROCESSINGS = (
    Processing(
        model="dashboards.Programme_people",
        name="Programmes que vous suivez",
        purpose="Savoir qui peut quoi",
        legal_basis=SERVICE,
        retention=AS_ACCOUNT,
        fate=Fate.ERASED,
        paths=("user",),
        export=("programme",),
    ),
    Processing(
        model="dashboards.ProgrammeInvitation",
        name="Invitation à un programme : association, adresse",
        purpose="Faire connaître le programme",
        recipients="Le programme qui invite",
        legal_basis=INTEREST,
        retention="Trente jours après la réponse ou l’expiration",
        fate=Fate.ERASED,
        addresses=("email",),
        export=("association", "sent_at", "answer", "expires_at", "answered_at"),
        withheld={
            INNER: ("programme", "sent_count", "organisation"),
            OTHERS: ("invited_by",),
            SEALED: ("token_hash",),
        },
    ),
    Processing(
        model="dashboards.Consent",
        name="Accord donné à un programme : qui l’a donné, retiré",
        purpose="Prouver l’accord de l’association",
        recipients="Le programme concerné",
        legal_basis=CONSENT,
        retention=AS_ORGANISATION,
        fate=Fate.ANONYMISED,
        paths=("given_by", "withdrawn_by"),
        reason="L’accord est celui de l’association ; il reste daté, sans votre nom",
        cleared={"given_by": None, "withdrawn_by": None},
        export=("given_at", "withdrawn_at", "words", "programme", "organisation", "report_given"),
    ),
    Processing(
        model="dashboards.Objection",
        name="Refus d’être compté : qui l’a dit",
        purpose="Tenir le refus de l’association",
        legal_basis=SERVICE,
        retention=AS_ORGANISATION,
        fate=Fate.ANONYMISED,
        paths=("made_by",),
        reason="Le refus est celui de l’association",
        cleared={"made_by": None},
        export=("made_at", "organisation"),
    ),
    Processing(
        model="dashboards.Release",
        name="Publications que vous avez demandées ou publiées",
        purpose="Dire qui a publié",
        legal_basis=INTEREST,
        retention="Comme la publication",
        fate=Fate.ANONYMISED,
        paths=("requested_by", "published_by"),
        reason="Une publication parue ne change plus ; votre nom en part",
        cleared={"requested_by": None, "published_by": None},
        export=("slug", "requested_at", "published_at"),
        withheld={
            INNER: ("version", "state", "is_demo", "error", "attempts", "claim", "due_at"),
            PUBLISHED: (
                "programme",
                "year",
                "quarter_number",
                "rules",
                "headline",
                "size",
                "refusal",
                "built_at",
            ),
        },
    ),
)
HOLDINGS = (
    Holding("dashboards.Consent", "Accords donnés à des programmes"),
    Holding("dashboards.Objection", "Refus d’être compté"),
    Holding(
        "dashboards.ProgrammeInvitation",
        "Invitations reçues d’un programme",
        fate=Fate.ANONYMISED,
        reason="Elles ne mènent plus à l’association, et s’effacent trente jours après la réponse",
    ),
    Holding(
        "dashboards.ReleaseMember",
        "Présence dans des publications parues",
        fate=Fate.ANONYMISED,
        reason="Les chiffres parus ne changent pas ; rien n’y mène plus à l’association",
    ),
)


def refusals(user: User) -> list[str]:
    """A programme that runs is led by somebody."""
    mine = Programme.people.through.objects.filter(user=user).values("programme")
    alone = (
        Programme.objects.filter(pk__in=mine, closed_at=None)
        .annotate(led_by=Count("people"))
        .filter(led_by=1)
    )
    return [
        nbsp(
            f"Vous menez seule ou seul le programme « {one.name} » : ajoutez quelqu’un, ou clôturez-le d’abord."
        )
        for one in alone
    ]
