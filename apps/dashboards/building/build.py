"""One building of one release, from the claim to the attacks. Runs in a worker; may run twice, or die anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from apps.core.outbox import ClaimLostError, Outbox
from apps.dashboards.building import storing
from apps.dashboards.building.aggregates import exact_tables
from apps.dashboards.building.changes import with_moves
from apps.dashboards.building.earlier import earlier_releases, neighbours
from apps.dashboards.building.headline import headline
from apps.dashboards.building.labels import all_rows
from apps.dashboards.building.population import forget, keep_members, populate
from apps.dashboards.building.queries import EVERYBODY
from apps.dashboards.building.scopes import HERE, signatures
from apps.dashboards.disclosure import (
    EarlierRelease,
    ExactTable,
    ProtectedTable,
    Rules,
    leaves_few_together,
    protect_release,
    refused,
)
from apps.dashboards.disclosure.scopes import Signature
from apps.dashboards.enums import ReleaseState
from apps.dashboards.models import Release
from apps.dashboards.tables import TABLES

logger = structlog.get_logger(__name__)

# A million associations on a busy server; the task's own limit.
TIME_LIMIT = 900
LEASE = timedelta(seconds=TIME_LIMIT + 30)
GAVE_UP = "La construction s’est arrêtée trois fois de suite. Rien n’a été publié. Relancez-la\u00a0; si l’échec se répète, lisez le journal du travailleur."
WHOLE = (EVERYBODY, "n")
OUTBOX = Outbox(
    rows=Release,
    task="dashboards.build",
    word="release",
    waiting=ReleaseState.REQUESTED,
    working=ReleaseState.BUILDING,
    pauses=(timedelta(seconds=10), timedelta(seconds=60)),
)


def build_release(pk: UUID) -> bool:
    """Build if the row waits; True when this call built it. Failures are written on the row, not raised."""
    release = claim(pk)
    if release is None:
        return False
    try:
        return _build(release)
    except ClaimLostError:
        return False
    except DatabaseError as error:
        return _database_refused(release, error)
    except Exception:
        logger.exception("release_failed", row=str(pk), attempts=release.attempts)
        give_back(release)
    return False


def claim(pk: UUID) -> Release | None:
    """The row, owned by this call for the length of a lease; None when it is not waiting."""
    taken = OUTBOX.claim(pk, LEASE, error="")
    return Release.objects.select_related("programme").get(pk=pk) if taken else None


def _build(release: Release) -> bool:
    """The tables whole or not at all, then the attacks on what was stored, then the word « built »."""
    # Lazily: the attacks are the only ones to know what is built here, and not the other way.
    from apps.dashboards.audit import services as audits

    started = timezone.now()
    make(release)
    audits.audit(release)
    # The moment when the others were read: what was published since is not in here (``services.releases.publish``).
    if not OUTBOX.change(release, state=ReleaseState.BUILT, claim=None, built_at=started):
        raise ClaimLostError
    return True


def rules_now() -> Rules:
    percent = settings.RELEASE_P_PERCENT
    return Rules(k=settings.RELEASE_K, p=None if percent is None else percent / 100)


@transaction.atomic
def make(release: Release) -> None:
    if not OUTBOX.owned(release).select_for_update().exists():
        raise ClaimLostError
    rules, names, earlier = rules_now(), all_rows(), earlier_releases(release)
    rows = {table.key: names[table.rows] for table in TABLES}
    keys = {key: [row.key for row in found] for key, found in rows.items()}
    with connection.cursor() as cursor:
        populate(cursor, release)
        tables = with_moves(cursor, exact_tables(cursor, keys), earlier)
        keep_members(cursor, release)
        shared = signatures(cursor, earlier)
        forget(cursor)
    protected = protect_release(tables, earlier, rules, str(release.pk))
    storing.store(release, tables, protected, rows, slugs(release))
    describe(release, tables, protected, earlier, rules, shared)


def slugs(release: Release) -> dict[str, str]:
    return {str(there.pk): there.quarter.slug for there in neighbours(release)}


def describe(
    release: Release,
    tables: dict[str, ExactTable],
    protected: dict[str, ProtectedTable],
    earlier: list[EarlierRelease],
    rules: Rules,
    shared: Mapping[Signature, int],
) -> None:
    """What is said of the whole. ``size`` is the number that the table shows: a fresher one would tell who moved."""
    everybody = tables["participation"].cells[WHOLE]
    elsewhere = {e.release: everybody.moved.get(e.release, 0) for e in earlier if not e.same_scope}
    size = protected["participation"].cells[WHOLE].n
    release.rules = rules.as_json()
    release.size = size
    release.headline = headline(protected["axes"], size, release.quarter)
    together = leaves_few_together(shared, HERE, rules, everybody.held)
    release.refusal = refused(everybody.n, elsewhere, rules, everybody.held, together) or ""
    release.is_demo = settings.RELEASES_COUNT_DEMO
    release.save(update_fields=["rules", "size", "headline", "refusal", "is_demo"])


def give_back(release: Release) -> None:
    """Another try later; after the third, failed with a sentence for the operator."""
    if OUTBOX.is_spent(release):
        OUTBOX.change(release, state=ReleaseState.FAILED, claim=None, error=GAVE_UP)
    else:
        OUTBOX.pause(release)


def _database_refused(release: Release, error: DatabaseError) -> bool:
    """A database that is gone writes nothing: the lease runs out and beat takes the row back."""
    logger.exception("release_failed", row=str(release.pk), attempts=release.attempts)
    try:
        give_back(release)
    except DatabaseError:
        raise error from None
    return False
