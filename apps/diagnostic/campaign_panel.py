"""The page of a campaign: who has finished, never what they said, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apps.accounts.models import User
from apps.core.typography import count
from apps.diagnostic.disclosure import MEDIAN_FROM
from apps.diagnostic.models import Campaign, Respondent


@dataclass(frozen=True, slots=True)
class Person:
    """A respondent as her colleagues see her: a name or a place, and one of three states."""

    pk: str
    name: str
    role: str
    state: str
    has_started: bool
    is_finished: bool
    is_me: bool
    can_resend: bool


@dataclass(frozen=True, slots=True)
class NextStep:
    """``action`` is what the one filled button does: answer, continue, invite, close, result or ""."""

    title: str
    text: str
    action: str


def state_of(respondent: Respondent, has_started: bool) -> str:
    if respondent.finished_at:
        return "terminé"
    return "en cours" if has_started else "pas commencé"


def person(respondent: Respondent, user: User, manager: bool) -> Person:
    """``respondent`` comes from ``selectors.respondents_of``."""
    started: bool = respondent.has_started  # type: ignore[attr-defined]
    invited = bool(respondent.invited_at and respondent.email)
    # Only who invites needs the address; the others see a name or a place.
    name = respondent.name or (respondent.email if manager and invited else "")
    return Person(
        pk=str(respondent.pk),
        name=name or "Une personne",
        role=respondent.get_role_display(),
        state=state_of(respondent, started),
        has_started=started,
        is_finished=respondent.finished_at is not None,
        is_me=respondent.user_id == user.pk,
        can_resend=invited and respondent.finished_at is None,
    )


def next_step(campaign: Campaign, people: Sequence[Person], manager: bool) -> NextStep:
    if not campaign.is_open:
        return NextStep("Cette campagne est close.", "Le résultat est figé : il ne changera plus.", "result")
    me = next((p for p in people if p.is_me), None)
    if me is None:
        return NextStep(
            "Commencez par votre regard.", "Comptez un quart d’heure, en une ou plusieurs fois.", "answer"
        )
    if not me.is_finished:
        return NextStep(
            "Votre questionnaire vous attend.",
            "Vos réponses sont gardées, reprenez où vous étiez.",
            "continue",
        )
    waited = [p for p in people if not p.is_finished]
    if len(people) < MEDIAN_FROM:
        return few(len(people), manager)
    if waited:
        title = f"Il manque {count(len(waited), 'regard', 'regards')}."
        text = "La campagne reste ouverte jusqu’à ce que vous décidiez de la clore."
        return NextStep(title, text, "close" if manager else "")
    text = (
        "Vous pouvez clore : le résultat se calcule aussitôt." if manager else "La campagne peut être close."
    )
    return NextStep("Tout le monde a terminé.", text, "close" if manager else "")


def few(people: int, manager: bool) -> NextStep:
    missing = MEDIAN_FROM - people
    title = f"Invitez encore au moins {count(missing, 'personne', 'personnes')}."
    text = "À trois, les regards se croisent. À cinq, on voit aussi l’étendue des réponses."
    return NextStep(title, text, "invite" if manager else "")
