"""Who waits for whom: a person's own writes come one after the other, two people's never wait for each other."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F

from apps.methodology.enums import WorkshopStage
from apps.methodology.errors import Refused
from apps.methodology.models import Participant, Workshop
from apps.methodology.services.fields import CLOSED

IS_OVER = (
    "Cet atelier est terminé\u00a0: il ne reçoit plus rien. Ce que vous aviez écrit est resté ici, copiez-le."
)
MOVED_ON = "L’atelier est passé à une autre étape entre-temps\u00a0: ce geste n’a rien changé."
NO_CHAIR = "Vous n’êtes plus à cette table\u00a0: entrez de nouveau le code."
LIVE = tuple(stage for stage in WorkshopStage if stage != WorkshopStage.OVER)


def held(pk: UUID) -> Workshop:
    """The workshop's row, locked until the transaction ends. Refused when it is over or its démarche closed."""
    found = (
        Workshop.objects.select_for_update(no_key=True, of=("self",)).select_related("engagement").get(pk=pk)
    )
    if found.is_over:
        raise Refused(IS_OVER)
    if not found.engagement.is_open:
        raise Refused(CLOSED)
    return found


def held_chair(pk: UUID, *stages: WorkshopStage) -> tuple[Participant, WorkshopStage]:
    """Her own chair, locked, and where the workshop is: read after the lock, which whoever closes a vote takes too.

    Refused when the workshop is at none of these stages. 2 queries.
    """
    chair = Participant.objects.select_for_update(no_key=True).filter(pk=pk).first()
    if chair is None:
        raise Refused(NO_CHAIR)
    return chair, stage_among(chair.workshop_id, *stages)


def stage_among(pk: UUID, *stages: WorkshopStage) -> WorkshopStage:
    stage, closed_at = Workshop.objects.values_list("stage", "engagement__closed_at").get(pk=pk)
    if closed_at or stage not in stages:
        raise Refused(CLOSED if closed_at else IS_OVER if stage == WorkshopStage.OVER else MOVED_ON)
    return WorkshopStage(stage)


def hold_chairs(workshop: UUID) -> None:
    """Every chair: what is being sent arrives before, what comes after finds the new stage.

    Always before the workshop's row: whoever sends holds her chair, then the row.
    """
    list(Participant.objects.select_for_update().filter(workshop=workshop).order_by("pk").values_list("pk"))


def changed(pk: UUID, *stages: WorkshopStage) -> None:
    """Every screen will show something new. The row is held until the commit: acts on what is shared take their turn.

    Refused when the workshop is at none of these stages.
    """
    rows = Workshop.objects.filter(pk=pk, stage__in=stages or LIVE, engagement__closed_at=None)
    if not rows.update(version=F("version") + 1):
        stage_among(pk, *(stages or LIVE))
        raise Refused(MOVED_ON)  # it moved twice meanwhile
