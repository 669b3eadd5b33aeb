"""Rows that wait for a worker. The row is the request; a message only says « look », and may come twice or never."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid4

import structlog
from celery import current_app
from django.conf import settings
from django.db.models import F, Model, QuerySet
from django.utils import timezone

logger = structlog.get_logger(__name__)

Row = TypeVar("Row", bound=Model)


class ClaimLostError(Exception):
    """The row was given to another worker meanwhile, or set aside."""


@dataclass(frozen=True)
class Outbox(Generic[Row]):
    """One kind of waiting row: its model has ``state``, ``claim``, ``attempts`` and ``due_at``.

    ``waiting`` and ``working`` are the two states a row is in before its end; ``task`` is told the row's ``pk``;
    ``word`` names the row in the journal; ``pauses`` are the waits after the first failures.
    """

    rows: type[Row]
    task: str
    word: str
    waiting: str
    working: str
    attempts: int = 3
    pauses: Sequence[timedelta] = (timedelta(seconds=5), timedelta(seconds=30))

    def send(self, pk: UUID) -> bool:
        """Tell a worker. Never raises nor waits for a dead broker: the row stays due, and beat sends it again."""
        try:
            tell(self.task, str(pk))
        except Exception as error:  # any fault of a broker, of whatever library, must not reach the person
            logger.warning(f"{self.word}_not_queued", row=str(pk), error=str(error))
            return False
        later = timezone.now() + timedelta(seconds=settings.OUTBOX_RESEND_SECONDS)
        self._all().filter(pk=pk, state=self.waiting).update(due_at=later)
        return True

    def claim(self, pk: UUID, lease: timedelta, **also: object) -> UUID | None:
        """The word that owns the row for the length of ``lease``; None when the row is not waiting."""
        mine = uuid4()
        taken = (
            self._all()
            .filter(pk=pk, state=self.waiting)
            .update(
                state=self.working,
                claim=mine,
                attempts=F("attempts") + 1,
                due_at=timezone.now() + lease,
                **also,
            )
        )
        return mine if taken else None

    def owned(self, row: Row) -> QuerySet[Row]:
        """The row while ``row``'s worker still owns it, else nothing."""
        return self._all().filter(pk=row.pk, state=self.working, claim=claim_of(row))

    def change(self, row: Row, **changes: object) -> bool:
        """Whether the row was still owned, and is changed."""
        return bool(self.owned(row).update(**changes))

    def is_spent(self, row: Row) -> bool:
        """Whether it was tried as often as may be."""
        return tries(row) >= self.attempts

    def pause(self, row: Row, **also: object) -> bool:
        """Another try, later. Not for a row that is spent."""
        later = timezone.now() + self.pauses[tries(row) - 1]
        return self.change(row, state=self.waiting, claim=None, due_at=later, **also)

    def put_back(self, take_back: Callable[[Row], int]) -> int:
        """Send again what waits for too long and give ``take_back`` what a dead worker left; the number of rows moved."""
        due = self._all().filter(due_at__lte=timezone.now())
        moved = 0
        for row in due.filter(state=self.working):
            logger.warning(f"{self.word}_taken_back", row=str(row.pk), attempts=tries(row))
            moved += take_back(row)
        late = due.filter(state=self.waiting).order_by("due_at")
        for pk in late.values_list("pk", flat=True)[:200]:
            if not self.send(pk):
                break  # the broker is down: the others wait for the next round
            moved += 1
        return moved

    def _all(self) -> QuerySet[Row]:
        return self.rows._default_manager.all()


def tell(task: str, *words: str) -> None:
    """Raises within about a second whatever the broker's trouble, silence included."""
    options = {**settings.CELERY_BROKER_TRANSPORT_OPTIONS, "socket_timeout": 1}
    with current_app.connection(transport_options=options) as connection:
        current_app.send_task(task, words, connection=connection, retry=False)


def claim_of(row: Any) -> UUID | None:
    found: UUID | None = row.claim
    return found


def tries(row: Any) -> int:
    found: int = row.attempts
    return found
