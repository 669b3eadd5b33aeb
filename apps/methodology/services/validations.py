"""Governance says of a step that it is validated, or to be taken up again: kept as it was said, never edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from apps.methodology.enums import SeatRole, StepStage, Verdict
from apps.methodology.errors import NotYours, Refused
from apps.methodology.models import Seat, Validation
from apps.methodology.services.stages import check_shown, locked_state, put

GOVERNANCE_ONLY = (
    "Une étape se valide par la gouvernance, ou se consigne par la personne qui mène la démarche."
)
SAY_WHY = "Dites à l’équipe ce qui est à reprendre, et pourquoi."
SAY_WHO = "Écrivez qui a validé, par exemple «\u202fle conseil d’administration\u202f» ou un nom."
STAGES = {Verdict.VALIDATED: StepStage.DONE, Verdict.SENT_BACK: StepStage.DOING}


@dataclass(frozen=True, slots=True)
class Word:
    """``shown``: the stage that the page showed. ``name``: who said it, when the lead writes it down for a board."""

    verdict: str
    decided_on: date
    shown: str
    reason: str = ""
    name: str = ""


@transaction.atomic
def validate(*, seat: Seat, step: int, word: Word, key: UUID | None = None) -> Validation:
    """``key``: drawn with the form; the same one again gives what it wrote. Moves the step to done, or back to doing.

    Raises NotYours; Refused for a closed démarche, a word without its reason or name, a step moved meanwhile.
    """
    if seat.role not in (SeatRole.BOARD, SeatRole.LEAD):
        raise NotYours(GOVERNANCE_ONLY)
    name, recorded_by = signatures(seat, word)
    state = locked_state(seat, step)
    if key and (known := Validation.objects.filter(key=key).first()):
        if (known.engagement_id, known.step) == (seat.engagement_id, step):
            return known
        key = None  # sent for something else
    check_shown(state, word.shown)
    if word.verdict == Verdict.SENT_BACK and not word.reason:
        raise Refused(SAY_WHY)
    state = put(state, seat, STAGES[Verdict(word.verdict)])
    return Validation.objects.create(
        engagement_id=seat.engagement_id,
        step=step,
        verdict=word.verdict,
        seat=seat,
        name=name,
        recorded_by=recorded_by,
        reason=word.reason,
        decided_on=word.decided_on,
        at=state.changed_at,
        key=key or uuid4(),
    )


def signatures(seat: Seat, word: Word) -> tuple[str, str]:
    """(who said it, who wrote it down): frozen as text, whatever becomes of the accounts."""
    own = str(seat.user)
    if seat.role == SeatRole.BOARD:
        return own, ""
    if not word.name:
        raise Refused(SAY_WHO)
    return word.name, own
