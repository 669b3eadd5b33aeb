"""What this app keeps of people (apps.core.processings)."""

from __future__ import annotations

from datetime import UTC

from django.db.models import Q
from django.db.models.functions import TruncDay

from apps.accounts.models import User
from apps.accounts.selectors import addresses_of
from apps.core.processings import (
    AS_ORGANISATION,
    INNER,
    RANDOM,
    SEALED,
    SERVICE,
    TEAM,
    TEAMWORK,
    Fate,
    Holding,
    Processing,
)
from apps.diagnostic.enums import CampaignState
from apps.diagnostic.models import Answer, Respondent

PROCESSINGS = (
    Processing(
        model="diagnostic.Respondent",
        name="Place dans un diagnostic : rôle, nom et adresse si l’on vous a invité",
        purpose="Vous donner votre questionnaire, compter les regards",
        legal_basis=SERVICE,
        retention=AS_ORGANISATION,
        fate=Fate.ANONYMISED,
        paths=("user",),
        addresses=("email",),
        reason="Le résultat de l’association est fait de ces réponses ; elles restent sans nom, sans adresse et sans heure",
        cleared={"user": None, "name": "", "email": "", "token_hash": RANDOM},
        export=(
            "role",
            "joined_at",
            "finished_at",
            "name",
            "invited_at",
            "expires_at",
            "created_at",
            "campaign",
        ),
        withheld={SEALED: ("token_hash",)},
    ),
    Processing(
        model="diagnostic.Answer",
        name="Réponses au questionnaire",
        purpose="Calculer le résultat de l’association",
        recipients="Personne : seul le résultat commun se lit",
        legal_basis=SERVICE,
        retention=AS_ORGANISATION,
        fate=Fate.ANONYMISED,
        paths=("respondent__user",),
        reason="Elles sont déjà dans un résultat commun ; plus rien ne les relie à vous",
        export=("statement", "value", "updated_at", "is_suggestion"),
    ),
    Processing(
        model="diagnostic.Campaign",
        name="Qui a ouvert un diagnostic",
        purpose="Savoir qui le conduit",
        legal_basis=SERVICE,
        retention=AS_ORGANISATION,
        fate=Fate.ANONYMISED,
        paths=("opened_by",),
        reason=TEAMWORK,
        cleared={"opened_by": None},
        export=("opened_at", "closed_at", "organisation", "state"),
        withheld={
            INNER: ("instrument", "previous", "code", "is_demo"),
            TEAM: (
                "legal_form",
                "department",
                "size_class",
                "years_since_board_renewal",
                "effort_18_months",
                "effort_7_years",
                "effort_28_years",
                "fragilities",
                "levels",
            ),
        },
    ),
)
HOLDINGS = (
    Holding("diagnostic.Campaign", "Diagnostics, avec leur résultat"),
    Holding("diagnostic.Respondent", "Places dans ces diagnostics", path="campaign__organisation"),
    Holding("diagnostic.Answer", "Réponses au questionnaire", path="respondent__campaign__organisation"),
)


def before(user: User) -> list[tuple[str, int]]:
    """Copies of open diagnostics go: nothing was computed of them. Those of closed ones keep the day alone: an hour would
    be found again in other tables.
    """
    hers = Q(user=user)
    for address in addresses_of(user):
        hers |= Q(email__iexact=address)
    mine = Respondent.objects.filter(hers)
    gone = mine.exclude(campaign__state=CampaignState.CLOSED)
    told = [("Copies d’un diagnostic en cours, avec leurs réponses", gone.count())]
    gone.delete()
    days = ("invited_at", "expires_at", "joined_at", "finished_at", "created_at")
    for copy in mine:
        Respondent.objects.filter(pk=copy.pk).update(**{name: TruncDay(name, tzinfo=UTC) for name in days})
        Answer.objects.filter(respondent=copy).update(updated_at=TruncDay("updated_at", tzinfo=UTC))
    return told
