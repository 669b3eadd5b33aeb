"""What phones send. The debate's row is held for the length of a ballot: none is lost nor late when a question closes."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.course.debates import selectors
from apps.course.debates.errors import Closed, Refused
from apps.course.enums import DebateStage
from apps.course.models import Ballot, Debate, View

NO_SUCH_CHOICE = "Cette réponse n’est pas dans la liste : choisissez-en une."
TOO_LATE = "Le débat est passé à la suite : ce mot n’est plus pris. Dites-le de vive voix."


def held_live(pk: UUID) -> Debate | None:
    rows = Debate.objects.select_for_update(no_key=True).defer("sheet")
    return rows.filter(pk=pk, stage=DebateStage.LIVE).first()


@transaction.atomic
def vote(*, debate: Debate, question: str, voter: UUID, choice: int) -> None:
    """One ballot a phone and a question; another choice replaces it. Closed when the question is no longer open."""
    row = held_live(debate.pk)
    if row is None or not question or row.question != question:
        raise Closed
    if choice not in range(len(selectors.questions_of(row)[question].choices)):
        raise Refused(NO_SUCH_CHOICE)
    ballot = Ballot(debate=row, question=question, voter=voter, choice=choice, at=timezone.now())
    Ballot.objects.bulk_create(
        [ballot],
        update_conflicts=True,
        unique_fields=["debate", "question", "voter"],
        update_fields=["choice", "at"],
    )


@transaction.atomic
def say(*, debate: Debate, question: str, voter: UUID, text: str) -> None:
    """A point of view on a question open or closed since; one a phone, the last one typed; "" takes it back."""
    row = held_live(debate.pk)
    if row is None or not question or question not in (row.question, *row.results):
        raise Refused(TOO_LATE)
    own = View.objects.filter(debate=row, question=question, voter=voter)
    if not text:
        own.delete()
    elif not own.filter(text=text).exists():
        # Put aside for what it said, not for what it says now.
        View.objects.update_or_create(
            debate=row, question=question, voter=voter, defaults={"text": text, "set_aside": False}
        )
