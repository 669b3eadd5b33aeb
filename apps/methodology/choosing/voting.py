"""A vote on a scenario: given, changed or taken back, until one is chosen."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from apps.core.fields import is_hidden
from apps.methodology.access import RIGHTS
from apps.methodology.errors import NotYours, Refused
from apps.methodology.models import Engagement, Field, Item, ScenarioVote, Seat, Stance
from apps.methodology.services.fields import CLOSED, GONE
from apps.methodology.services.seats import lock_team

LONGEST = 1000
NOT_SEATED = "Les voix sont celles de l’équipe projet et de la gouvernance."
CHOSEN = (
    "Un scénario est déjà retenu\u00a0: les voix restent telles qu’elles étaient. Si l’équipe veut y revenir, "
    "la référente ou le référent décoche d’abord «\u00a0Scénario retenu\u00a0» sur la page de ce scénario."
)
NOTHING = "Choisissez l’une des trois réponses."
SAY_WHY = "Dites ce qui vous gêne\u00a0: une objection se discute quand on la connaît."


@dataclass(frozen=True, slots=True)
class Said:
    """A vote as it was typed. ``number``: the last change of the démarche that the page showed."""

    stance: str
    reason: str
    number: int


@transaction.atomic
def vote(*, seat: Seat, scenario: Item, said: Said) -> ScenarioVote:
    """The one she has becomes this one; the same again changes nothing. Raises Refused."""
    held = open_vote(seat, scenario)
    if said.stance not in Stance.values:
        raise Refused(NOTHING)
    reason = checked(said.reason)
    if said.stance == Stance.OBJECTS and not reason:
        raise Refused(SAY_WHY)
    number = min(said.number, held.sequence)
    known = ScenarioVote.objects.filter(item=scenario, seat=seat).first()
    if known and (known.stance, known.reason, known.number) == (said.stance, reason, number):
        return known
    told = {"stance": said.stance, "reason": reason, "number": number, "at": timezone.now()}
    made, _ = ScenarioVote.objects.update_or_create(item=scenario, seat=seat, defaults=told)
    return made


@transaction.atomic
def take_back(*, seat: Seat, scenario: Item) -> None:
    """A second time changes nothing. Raises Refused."""
    open_vote(seat, scenario)
    ScenarioVote.objects.filter(item=scenario, seat=seat).delete()


def open_vote(seat: Seat, scenario: Item) -> Engagement:
    """The démarche, held so that no vote comes while one is chosen. Refused when voting is over."""
    if "talk" not in RIGHTS[seat.role]:
        raise NotYours(NOT_SEATED)
    held = lock_team(seat.engagement_id)
    if not held.is_open:
        raise Refused(CLOSED)
    scenario.refresh_from_db(fields=["gone_at"])
    if scenario.gone_at or scenario.kind != "scenario" or scenario.engagement_id != held.pk:
        raise Refused(GONE)
    if is_decided(held):
        raise Refused(CHOSEN)
    return held


def is_decided(engagement: Engagement) -> bool:
    """Whether one of the scenarios that show is chosen. 1 query."""
    shown = Field.objects.filter(
        item__engagement=engagement, item__kind="scenario", item__gone_at=None, code="is_chosen"
    )
    return shown.filter(value=True).exists()


def checked(text: str) -> str:
    text = text.replace("\r\n", "\n")
    text = "".join(c for c in text if c in "\n\t" or not is_hidden(c)).strip()
    if len(text) > LONGEST:
        raise Refused(
            f"C’est trop long de {len(text) - LONGEST} caractères\u00a0: {LONGEST} au plus. Le reste est gardé."
        )
    return text
