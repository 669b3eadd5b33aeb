"""Asking for a release, publishing it, setting it aside. Nothing here is done by a machine of its own accord."""

from __future__ import annotations

from uuid import UUID

import structlog
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from django.utils import timezone

from apps.accounts.models import User
from apps.audit.events import Event
from apps.audit.services import record
from apps.dashboards.building.build import GAVE_UP, OUTBOX
from apps.dashboards.building.earlier import neighbours
from apps.dashboards.enums import ReleaseState
from apps.dashboards.errors import NotPublishable
from apps.dashboards.models import Programme, Release
from apps.dashboards.quarters import Quarter
from apps.dashboards.services import standing

logger = structlog.get_logger(__name__)

UNPUBLISHED = (ReleaseState.REQUESTED, ReleaseState.BUILDING, ReleaseState.BUILT, ReleaseState.FAILED)
# Any number, always the same: two publications never read each other halfway.
PUBLISHING = 7_011
NOT_ENDED = "Ce trimestre n’est pas fini\u00a0: il se publie quand il est passé, en entier."
NOT_BUILT = "Cette publication n’est pas construite\u00a0: attendez la fin, ou relancez-la."
NO_AUDIT = "Aucun contrôle n’a été fait depuis sa construction\u00a0: lancez-le."
LEAKS = "Le dernier contrôle a trouvé une attaque qui réussit\u00a0: elle ne peut pas paraître."
STALE = (
    "Une autre publication est parue depuis sa construction\u00a0: celle-ci n’en tient pas compte. Écartez-la et "
    "construisez-la de nouveau."
)
NOT_A_DRAFT = "Elle est déjà parue\u00a0: une publication ne change plus."


def request_release(*, quarter: Quarter, by: User | None, programme: Programme | None = None) -> Release:
    """The draft of this scope and quarter: the one that waits when there is one, else the next version."""
    scope = Release.objects.filter(programme=programme, year=quarter.year, quarter_number=quarter.number)
    if waiting := scope.filter(state__in=UNPUBLISHED).first():
        return waiting
    version = (scope.aggregate(last=Max("version"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            made = Release.objects.create(
                slug=slug_of(quarter, version, programme),
                programme=programme,
                year=quarter.year,
                quarter_number=quarter.number,
                version=version,
                is_demo=settings.RELEASES_COUNT_DEMO,
                requested_by=by,
            )
            record(Event.RELEASE_BUILT, actor=by, subject=f"release:{made.slug}")
    except IntegrityError:
        # The other click came first.
        return scope.get(version=version)
    transaction.on_commit(lambda: OUTBOX.send(made.pk))
    return made


def slug_of(quarter: Quarter, version: int, programme: Programme | None) -> str:
    scope = f"p{programme.pk.hex[:8]}-" if programme else ""
    return f"{scope}{quarter.slug}-v{version}"


@transaction.atomic
def publish(*, release: Release, by: User) -> Release:
    """Published twice, it is published once. NotPublishable says why not, and what to do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISHING])
    held = Release.objects.select_for_update().get(pk=release.pk)
    if held.is_published:
        return held
    if why := why_not(held):
        raise NotPublishable(why)
    held.state = ReleaseState.PUBLISHED
    held.published_by, held.published_at = by, timezone.now()
    held.save(update_fields=["state", "published_by", "published_at"])
    logger.info("release_published", release=held.slug, by=by.pk)
    record(Event.RELEASE_PUBLISHED, actor=by, subject=f"release:{held.slug}")
    transaction.on_commit(lambda: ask_papers(held.pk, by))
    return held


def ask_papers(pk: UUID, by: User) -> None:
    """Of the row as it was committed: its date is in the papers, and in what they are known by."""
    # Lazily: files are drawn by half of the house.
    from apps.dashboards.releases import files

    files.request_papers(Release.objects.prefetch_related("tables").get(pk=pk), by)


def why_not(release: Release) -> str:
    """ "" when it may be published."""
    if release.state != ReleaseState.BUILT or release.built_at is None:
        return NOT_BUILT
    if release.quarter.last_day >= timezone.localdate():
        return NOT_ENDED
    if release.refusal:
        return release.refusal
    last = release.audits.first()
    if last is None or last.run_at < release.built_at:
        return NO_AUDIT
    if not last.is_clean:
        return LEAKS
    if neighbours(release).filter(published_at__gt=release.built_at).exists():
        return STALE
    return standing.why_stale(release)


@transaction.atomic
def set_aside(*, release: Release, by: User) -> Release:
    """A draft that will not be published; a worker that builds it finds its claim gone."""
    held = Release.objects.select_for_update().get(pk=release.pk)
    if held.is_published:
        raise NotPublishable(NOT_A_DRAFT)
    if held.state != ReleaseState.SET_ASIDE:
        held.state, held.claim = ReleaseState.SET_ASIDE, None
        held.save(update_fields=["state", "claim"])
        logger.info("release_set_aside", release=held.slug, by=by.pk)
        record(Event.RELEASE_SET_ASIDE, actor=by, subject=f"release:{held.slug}")
    return held


def retry(*, release: Release) -> Release:
    """A failed building goes back to the queue, with all its tries; any other release stays as it is."""
    moved = Release.objects.filter(pk=release.pk, state=ReleaseState.FAILED).update(
        state=ReleaseState.REQUESTED, attempts=0, error="", due_at=timezone.now()
    )
    if moved:
        transaction.on_commit(lambda: OUTBOX.send(release.pk))
    return Release.objects.get(pk=release.pk)


def put_back() -> int:
    return OUTBOX.put_back(take_back)


def take_back(row: Release) -> int:
    """A building whose worker died: back to the queue, or failed when it has died three times."""
    if OUTBOX.is_spent(row):
        return OUTBOX.change(row, state=ReleaseState.FAILED, claim=None, error=GAVE_UP)
    return OUTBOX.change(row, state=ReleaseState.REQUESTED, claim=None)
