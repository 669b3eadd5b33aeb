"""From draft to published: one transaction and one row lock an act, one revision each."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import datetime
from typing import Any, Generic, TypeVar

import structlog
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from apps.accounts.models import User
from apps.audit.events import Event
from apps.audit.services import record
from apps.editorial.enums import DraftState, RevisionAction
from apps.editorial.models import Editorial, EditorialRevision
from apps.editorial.shape import Lack, Part

logger = structlog.get_logger(__name__)
M = TypeVar("M", bound=Editorial)
P = TypeVar("P", bound=Part)

ARCHIVED = "Cette fiche est archivée : rouvrez-la pour la modifier."


class NotNowError(ValueError):
    """The document's state does not allow this act; the message says what to do, in French."""


class ConflictError(Exception):
    """Someone saved the draft since this form was opened; ``row.draft`` is what it says now."""

    def __init__(self, row: Editorial) -> None:
        super().__init__(row.slug)
        self.row = row


class IncompleteError(ValueError):
    """The draft lacks something that readers need; ``lacks`` lists all of it."""

    def __init__(self, found: list[Lack]) -> None:
        super().__init__(" ".join(lack.text for lack in found))
        self.lacks = found


class Workflow(ABC, Generic[M, P]):
    """The acts on one kind of document. A kind gives its model, its shape, what it lacks and what it projects."""

    model: type[M]

    @abstractmethod
    def read(self, data: Any) -> P:
        """ShapeError."""

    @abstractmethod
    def stored(self, row: M, said: P) -> dict[str, Any]:
        """What the draft keeps; the row's address is written in it."""

    @abstractmethod
    def lacks(self, row: M, said: P) -> list[Lack]:
        """Empty when readers may see it."""

    @abstractmethod
    def project(self, row: M) -> None:
        """Saves the row and writes all that derives from ``row.sheet``; the caller holds the row."""

    @abstractmethod
    def withdraw(self, row: M) -> None:
        """Saves the row without its public life."""

    def hold(self, row: M, version: int | None = None) -> M:
        """The same row, locked until the transaction ends. ConflictError when its draft is no longer ``version``."""
        held = self.model._default_manager.select_for_update().get(pk=row.pk)
        if version is not None and held.version != version:
            raise ConflictError(held)
        return held

    def record(self, row: M, action: str, *, by: User | None, reason: str = "") -> EditorialRevision:
        last = row.revisions.aggregate(last=Max("number"))["last"] or 0
        revision: EditorialRevision = row.revisions.create(
            number=last + 1, action=action, sheet=row.draft, by=by, reason=reason.strip()
        )
        return revision

    def move(self, row: M, state: str, action: str, *, by: User | None, reason: str = "", **fields: Any) -> M:
        row.state = state
        for name, value in fields.items():
            setattr(row, name, value)
        row.save(update_fields=["state", "updated_at", *fields])
        self.record(row, action, by=by, reason=reason)
        return row

    def must_be(self, row: M, *states: str) -> None:
        if row.state not in states:
            raise NotNowError(
                f"La fiche est à l’état « {row.get_state_display()} » : "
                "rechargez la page pour voir où elle en est."
            )

    def complete(self, row: M) -> P:
        """The draft, ready for readers. IncompleteError otherwise."""
        said = self.read(row.draft)
        if found := self.lacks(row, said):
            raise IncompleteError(found)
        return said

    @transaction.atomic
    def save_draft(self, *, row: M, draft: P, version: int, by: User | None, reason: str = "") -> M:
        """Replaces the draft. ConflictError when it is no longer ``version``; no change, no revision."""
        held = self.hold(row, version)
        if held.state == DraftState.ARCHIVED:
            raise NotNowError(ARCHIVED)
        said = self.stored(held, draft)
        if said == held.draft:
            return held
        held.draft = said
        held.version += 1
        held.state, held.publish_at = DraftState.DRAFT, None
        held.save(update_fields=["draft", "version", "state", "publish_at", "updated_at"])
        self.record(held, RevisionAction.SAVED, by=by, reason=reason)
        return held

    @transaction.atomic
    def submit(self, *, row: M, by: User | None, version: int | None = None) -> M:
        """The author has finished: the draft waits for a reader of the team. IncompleteError when something lacks."""
        held = self.hold(row, version)
        if held.state == DraftState.REVIEW:
            return held  # sent twice
        self.must_be(held, DraftState.DRAFT)
        self.complete(held)
        return self.move(held, DraftState.REVIEW, RevisionAction.SUBMITTED, by=by, reviewer=None)

    @transaction.atomic
    def send_back(self, *, row: M, by: User | None, reason: str) -> M:
        """Back to the author, with the reason why."""
        if not reason.strip():
            raise NotNowError("Dites à l’autrice ou l’auteur ce qu’il faut reprendre.")
        held = self.hold(row)
        self.must_be(held, DraftState.REVIEW, DraftState.SCHEDULED)
        return self.move(
            held,
            DraftState.DRAFT,
            RevisionAction.RETURNED,
            by=by,
            reason=reason,
            reviewer=by,
            publish_at=None,
        )

    @transaction.atomic
    def publish(
        self,
        *,
        row: M,
        by: User | None,
        at: datetime | None = None,
        reason: str = "",
        version: int | None = None,
    ) -> M:
        """Readers see the draft from now on, or from ``at`` when it is to come. ConflictError as ``hold``."""
        held = self.hold(row, version)
        if held.state == DraftState.PUBLISHED:
            return held
        self.must_be(held, DraftState.REVIEW, DraftState.SCHEDULED)
        self.complete(held)
        if at and at > timezone.now():
            return self.move(
                held,
                DraftState.SCHEDULED,
                RevisionAction.SCHEDULED,
                by=by,
                reason=reason,
                reviewer=by,
                publish_at=at,
            )
        return self.show(held, by=by, reason=reason)

    @transaction.atomic
    def publish_read(
        self, *, row: M, version: int, by: User, at: datetime | None = None, reason: str = ""
    ) -> M:
        """What this person has read, from a draft too: it is then proposed and published by the same person, and the
        history says so. ConflictError when the draft is no longer ``version``.
        """
        held = self.hold(row, version)
        if held.state == DraftState.DRAFT:
            held = self.submit(row=held, by=by)
        return self.publish(row=held, by=by, at=at, reason=reason)

    def show(
        self, held: M, *, by: User | None, action: str = RevisionAction.PUBLISHED, reason: str = ""
    ) -> M:
        """``draft`` becomes what readers see; the caller holds the row."""
        now = timezone.now()
        held.sheet = held.draft
        held.state, held.publish_at = DraftState.PUBLISHED, None
        held.reviewer = by or held.reviewer
        held.first_published_at = held.first_published_at or now
        held.published_at = now
        self.project(held)
        self.record(held, action, by=by, reason=reason)
        record(Event.CONTENT_PUBLISHED, actor=by, subject=held)
        return held

    def publish_due(self) -> int:
        """Publishes what was scheduled for now; called by beat. How many. One that no longer fits goes back to review.

        Each in its own transaction: one that breaks does not hold the others back.
        """
        due = self.model._default_manager.filter(state=DraftState.SCHEDULED, publish_at__lte=timezone.now())
        count = 0
        for pk in due.order_by("publish_at", "pk").values_list("pk", flat=True):
            try:
                count += self.publish_one_due(pk)
            except Exception:
                logger.exception("draft_not_published", kind=self.model.__name__, pk=str(pk))
        return count

    @transaction.atomic
    def publish_one_due(self, pk: Any) -> bool:
        """Whether readers see it now; False when someone acted on it meanwhile."""
        due = self.model._default_manager.select_for_update(skip_locked=True)
        held = due.filter(pk=pk, state=DraftState.SCHEDULED, publish_at__lte=timezone.now()).first()
        if held is None:
            return False
        try:
            self.complete(held)
        except IncompleteError as lack:
            self.move(
                held,
                DraftState.REVIEW,
                RevisionAction.RETURNED,
                by=None,
                reason=str(lack),
                publish_at=None,
            )
            return False
        self.show(held, by=None, reason=self.planned_reason(held))
        return True

    def planned_reason(self, row: M) -> str:
        """What was said when the publication was planned."""
        planned = row.revisions.filter(action=RevisionAction.SCHEDULED).order_by("-number").first()
        return planned.reason if planned else ""

    @transaction.atomic
    def archive(self, *, row: M, by: User | None, reason: str) -> M:
        """Readers no longer see it; nothing is erased."""
        held = self.hold(row)
        if held.state == DraftState.ARCHIVED:
            return held
        self.withdraw(held)
        return self.move(
            held, DraftState.ARCHIVED, RevisionAction.ARCHIVED, by=by, reason=reason, publish_at=None
        )

    @transaction.atomic
    def reopen(self, *, row: M, by: User | None) -> M:
        """An archived document becomes a draft again."""
        held = self.hold(row)
        self.must_be(held, DraftState.ARCHIVED)
        return self.move(held, DraftState.DRAFT, RevisionAction.RESTORED, by=by)

    @transaction.atomic
    def restore(self, *, row: M, revision: EditorialRevision, version: int, by: User | None) -> M:
        """The draft says again what it said at ``revision``; readers see no change before a publication."""
        held = self.hold(row, version)
        if held.state == DraftState.ARCHIVED:
            raise NotNowError(ARCHIVED)
        held.draft = revision.sheet
        held.version += 1
        held.save(update_fields=["draft", "version", "updated_at"])
        return self.move(
            held,
            DraftState.DRAFT,
            RevisionAction.RESTORED,
            by=by,
            reason=f"Version {revision.number}",
            publish_at=None,
        )
