"""From draft to published: one transaction and one row lock an act, one revision each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from apps.accounts.models import User
from apps.webinars import checks, selectors, sheet
from apps.webinars.enums import CaseState, RevisionAction
from apps.webinars.models import Revision, Webinar
from apps.webinars.services.projection import project, withdraw

logger = structlog.get_logger(__name__)


class NotNowError(ValueError):
    """The case's state does not allow this act; the message says what to do, in French."""


class ConflictError(Exception):
    """Someone saved the draft since this form was opened; ``theirs`` is what it says now."""

    def __init__(self, webinar: Webinar) -> None:
        super().__init__(webinar.slug)
        self.webinar = webinar
        self.theirs = sheet.read(webinar.draft)


class IncompleteError(ValueError):
    """The draft lacks something that readers need; ``lacks`` lists all of it."""

    def __init__(self, found: list[checks.Lack]) -> None:
        super().__init__(" ".join(lack.text for lack in found))
        self.lacks = found


def hold(webinar: Webinar) -> Webinar:
    """The same row, locked until the transaction ends."""
    return Webinar.objects.select_for_update().get(pk=webinar.pk)


def record(webinar: Webinar, action: str, *, by: User | None, reason: str = "") -> Revision:
    last = webinar.revisions.aggregate(last=Max("number"))["last"] or 0
    return webinar.revisions.create(
        number=last + 1, action=action, sheet=webinar.draft, by=by, reason=reason.strip()
    )


@transaction.atomic
def create_case(*, by: User | None, draft: sheet.Sheet, slug: str = "", reason: str = "") -> Webinar:
    """A new draft. Its address comes from the date, with a suffix when two webinars share it."""
    wanted = slug or address(draft)
    for attempt in range(1, 100):
        free = wanted if attempt == 1 else f"{wanted}-{attempt}"
        if Webinar.objects.filter(slug=free).exists():
            continue
        try:
            with transaction.atomic():
                webinar = Webinar.objects.create(
                    slug=free, draft=sheet.stored(draft.model_copy(update={"slug": free})), author=by
                )
        except IntegrityError:  # taken meanwhile by another curator
            continue
        record(webinar, RevisionAction.CREATED, by=by, reason=reason)
        return webinar
    raise NotNowError("Trop de fiches portent cette date : donnez une autre adresse.")


def address(draft: sheet.Sheet) -> str:
    return f"webinaire-{draft.date.isoformat()}" if draft.date else "fiche"


@transaction.atomic
def save_draft(
    *, webinar: Webinar, draft: sheet.Sheet, version: int, by: User | None, reason: str = ""
) -> Webinar:
    """Replaces the draft. ConflictError when it is no longer the ``version`` that was read; no change, no revision."""
    held = hold(webinar)
    if held.version != version:
        raise ConflictError(held)
    if held.state == CaseState.ARCHIVED:
        raise NotNowError("Cette fiche est archivée : rouvrez-la pour la modifier.")
    said = sheet.stored(draft.model_copy(update={"slug": held.slug}))
    if said == held.draft:
        return held
    held.draft = said
    held.version += 1
    held.state = CaseState.DRAFT
    held.publish_at = None
    held.save(update_fields=["draft", "version", "state", "publish_at", "updated_at"])
    record(held, RevisionAction.SAVED, by=by, reason=reason)
    return held


def move(
    webinar: Webinar, state: str, action: str, *, by: User | None, reason: str = "", **fields: Any
) -> Webinar:
    webinar.state = state
    for name, value in fields.items():
        setattr(webinar, name, value)
    webinar.save(update_fields=["state", "updated_at", *fields])
    record(webinar, action, by=by, reason=reason)
    return webinar


def must_be(webinar: Webinar, *states: str) -> None:
    if webinar.state not in states:
        raise NotNowError(
            f"La fiche est à l’état « {webinar.get_state_display()} » : rechargez la page pour voir où elle en est."
        )


def complete(webinar: Webinar) -> sheet.Sheet:
    """The draft, ready for readers. IncompleteError otherwise."""
    said = sheet.read(webinar.draft)
    if found := checks.lacks(said, selectors.references()):
        raise IncompleteError(found)
    return said


@transaction.atomic
def submit(*, webinar: Webinar, by: User | None) -> Webinar:
    """The author has finished: the draft waits for a reader of the team. IncompleteError when something lacks."""
    held = hold(webinar)
    if held.state == CaseState.REVIEW:
        return held  # sent twice
    must_be(held, CaseState.DRAFT)
    complete(held)
    return move(held, CaseState.REVIEW, RevisionAction.SUBMITTED, by=by, reviewer=None)


@transaction.atomic
def send_back(*, webinar: Webinar, by: User | None, reason: str) -> Webinar:
    """Back to the author, with the reason why."""
    if not reason.strip():
        raise NotNowError("Dites à l’autrice ou l’auteur ce qu’il faut reprendre.")
    held = hold(webinar)
    must_be(held, CaseState.REVIEW, CaseState.SCHEDULED)
    return move(
        held, CaseState.DRAFT, RevisionAction.RETURNED, by=by, reason=reason, reviewer=by, publish_at=None
    )


@transaction.atomic
def publish(*, webinar: Webinar, by: User | None, at: datetime | None = None) -> Webinar:
    """Readers see the draft from now on, or from ``at`` when it is to come."""
    held = hold(webinar)
    if held.state == CaseState.PUBLISHED:
        return held
    must_be(held, CaseState.REVIEW, CaseState.SCHEDULED)
    complete(held)
    if at and at > timezone.now():
        return move(held, CaseState.SCHEDULED, RevisionAction.SCHEDULED, by=by, reviewer=by, publish_at=at)
    return show(held, by=by)


def show(
    held: Webinar, *, by: User | None, action: str = RevisionAction.PUBLISHED, reason: str = ""
) -> Webinar:
    """``draft`` becomes what readers see; the caller holds the row."""
    now = timezone.now()
    held.sheet = held.draft
    held.state, held.publish_at = CaseState.PUBLISHED, None
    held.reviewer = by or held.reviewer
    held.first_published_at = held.first_published_at or now
    held.published_at = now
    project(held)
    record(held, action, by=by, reason=reason)
    return held


def publish_due() -> int:
    """Publishes what was scheduled for now; called by beat. How many. One that no longer fits goes back to review.

    Each in its own transaction: a case that breaks does not hold the others back.
    """
    due = Webinar.objects.filter(state=CaseState.SCHEDULED, publish_at__lte=timezone.now())
    count = 0
    for pk in due.order_by("publish_at", "pk").values_list("pk", flat=True):
        try:
            count += publish_one_due(pk)
        except Exception:
            logger.exception("case_not_published", case=pk)
    return count


@transaction.atomic
def publish_one_due(pk: int) -> bool:
    """Whether readers see it now; False when someone acted on it meanwhile."""
    due = Webinar.objects.select_for_update(skip_locked=True)
    held = due.filter(pk=pk, state=CaseState.SCHEDULED, publish_at__lte=timezone.now()).first()
    if held is None:
        return False
    try:
        complete(held)
    except IncompleteError as lack:
        move(held, CaseState.REVIEW, RevisionAction.RETURNED, by=None, reason=str(lack), publish_at=None)
        return False
    show(held, by=None)
    return True


@transaction.atomic
def archive(*, webinar: Webinar, by: User | None, reason: str) -> Webinar:
    """Readers no longer see it; nothing is erased. StillCitedError when the diagnostic recommends it."""
    held = hold(webinar)
    if held.state == CaseState.ARCHIVED:
        return held
    withdraw(held)
    return move(held, CaseState.ARCHIVED, RevisionAction.ARCHIVED, by=by, reason=reason, publish_at=None)


@transaction.atomic
def reopen(*, webinar: Webinar, by: User | None) -> Webinar:
    """An archived case becomes a draft again."""
    held = hold(webinar)
    must_be(held, CaseState.ARCHIVED)
    return move(held, CaseState.DRAFT, RevisionAction.RESTORED, by=by)


@transaction.atomic
def restore(*, webinar: Webinar, revision: Revision, version: int, by: User | None) -> Webinar:
    """The draft says again what it said at ``revision``; readers see no change before a publication."""
    held = hold(webinar)
    if held.version != version:
        raise ConflictError(held)
    if held.state == CaseState.ARCHIVED:
        raise NotNowError("Cette fiche est archivée : rouvrez-la pour la modifier.")
    held.draft = revision.sheet
    held.version += 1
    held.save(update_fields=["draft", "version", "updated_at"])
    return move(
        held,
        CaseState.DRAFT,
        RevisionAction.RESTORED,
        by=by,
        reason=f"Version {revision.number}",
        publish_at=None,
    )
