"""Where a step stands, said by the team; two people at once are told of each other."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from apps.methodology.access import RIGHTS
from apps.methodology.choices import name_of
from apps.methodology.enums import StepStage
from apps.methodology.errors import NotYours, Refused
from apps.methodology.models import Seat, StepState
from apps.methodology.services.items import locked

TEAM_ONLY = (
    "L’état d’une étape se change par l’équipe projet. La gouvernance, elle, valide ou demande de reprendre."
)
SAY_WHY = "Dites en une phrase pourquoi cette étape est passée\u00a0: la question reviendra."


@dataclass(frozen=True, slots=True)
class Move:
    """``shown``: the stage that the page showed when the person chose ``to``. ``why``: of a step that is skipped."""

    to: str
    shown: str
    why: str = ""


@transaction.atomic
def change_stage(*, seat: Seat, step: int, move: Move) -> StepState:
    """The same stage again changes nothing. Raises NotYours; Refused when closed, unexplained, or moved meanwhile."""
    if "write" not in RIGHTS[seat.role]:
        raise NotYours(TEAM_ONLY)
    state = locked_state(seat, step)
    why = move.why if move.to == StepStage.SKIPPED else ""
    if (state.stage, state.why_skipped) == (move.to, why):
        return state
    check_shown(state, move.shown)
    if move.to == StepStage.SKIPPED and not why:
        raise Refused(SAY_WHY)
    return put(state, seat, move.to, why)


def locked_state(seat: Seat, step: int) -> StepState:
    """Held with its démarche until the end of the transaction."""
    engagement = locked(seat.engagement_id)
    state, _ = StepState.objects.get_or_create(engagement=engagement, step=step)
    return state


def check_shown(state: StepState, shown: str) -> None:
    if state.stage != shown:
        who = name_of(state.changed_by)
        label = StepStage(state.stage).label
        raise Refused(
            f"L’étape n’est plus celle que vous lisiez\u00a0: elle est passée à «\u202f{label}\u202f» entre-temps, par {who}. "
            "Ce que vous avez écrit est gardé\u00a0: relisez, puis enregistrez de nouveau."
        )


def put(state: StepState, seat: Seat, stage: str, why: str = "") -> StepState:
    state.stage, state.why_skipped, state.changed_by = stage, why, seat
    state.changed_at, state.board_told_at = timezone.now(), None
    state.save(update_fields=["stage", "why_skipped", "changed_by", "changed_at", "board_told_at"])
    return state
