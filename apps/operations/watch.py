"""What is watched, in figures: the operator's page and the metrics read the same."""

from __future__ import annotations

import platform
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Min, Model, Q
from django.utils import timezone
from post_office.models import STATUS, Email

from apps.audit.events import Event
from apps.audit.models import AuditEntry
from apps.core import broker
from apps.dashboards.models import Release
from apps.documents.models import Document
from apps.ledger.models import Import

PULSE_KEY, PULSE_KEPT = "operations:pulse", 7 * 24 * 3600
# Beat sends one a minute.
PULSE_LATE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Queue:
    """Rows that wait for a worker. ``oldest``: seconds that the oldest has waited beyond its due moment, 0 when none."""

    name: str
    label: str
    waiting: int
    working: int
    failed: int
    oldest: float


@dataclass(frozen=True, slots=True)
class Mails:
    """``oldest``: seconds since the oldest that waits was written."""

    waiting: int
    failed: int
    oldest: float


@dataclass(frozen=True, slots=True)
class Disk:
    """Bytes. ``free`` and ``total``: where files are kept; None in an object store."""

    free: int | None
    total: int | None
    database: int


@dataclass(frozen=True, slots=True)
class Watch:
    queues: tuple[Queue, ...]
    mails: Mails
    disk: Disk
    pulse: datetime | None
    broker: int | None
    backup: datetime | None
    journal: int

    @property
    def worker_is_late(self) -> bool:
        """Nothing came back from a worker for five minutes, or never did."""
        return self.pulse is None or timezone.now() - self.pulse > PULSE_LATE


@dataclass(frozen=True, slots=True)
class Versions:
    platform: str
    python: str
    django: str
    postgresql: str


# Name, label, rows, its two states before the end, the state of failure.
_QUEUES: tuple[tuple[str, str, type[Model], str, str, str], ...] = (
    ("documents", "Documents", Document, "requested", "rendering", "failed"),
    ("imports", "Fichiers de comptes", Import, "requested", "reading", ""),
    ("releases", "Publications", Release, "requested", "building", "failed"),
)


def watch() -> Watch:
    """Eight queries, and a word to the broker."""
    return Watch(
        queues=tuple(_queue(*one) for one in _QUEUES),
        mails=_mails(),
        disk=_disk(),
        pulse=cache.get(PULSE_KEY),
        broker=_broker(),
        backup=last_backup(),
        journal=AuditEntry.objects.order_by("-number").values_list("number", flat=True).first() or 0,
    )


def beat_pulse() -> None:
    """Written by the worker when beat asks: both are alive, and the broker between them."""
    cache.set(PULSE_KEY, timezone.now(), PULSE_KEPT)


def last_backup() -> datetime | None:
    made = AuditEntry.objects.filter(event=Event.BACKUP_MADE).order_by("-number")
    return made.values_list("at", flat=True).first()


def versions() -> Versions:
    number = connection.cursor().connection.info.server_version
    return Versions(
        platform=settings.VERSION,
        python=platform.python_version(),
        django=django.get_version(),
        postgresql=f"{number // 10000}.{number % 10000}",
    )


def _queue(name: str, label: str, rows: type[Model], waiting: str, working: str, failed: str) -> Queue:
    now = timezone.now()
    # Those that are done are nearly all of them: they are not read.
    unfinished = rows._default_manager.filter(
        state__in=[waiting, working, failed] if failed else [waiting, working]
    )
    found: dict[str, Any] = unfinished.aggregate(
        waiting=Count("pk", filter=Q(state=waiting)),
        working=Count("pk", filter=Q(state=working)),
        failed=Count("pk", filter=Q(state=failed or None)),
        due=Min("due_at", filter=Q(state=waiting, due_at__lt=now)),
    )
    return Queue(name, label, found["waiting"], found["working"], found["failed"], _since(found["due"], now))


def _mails() -> Mails:
    waits = Q(status__in=(STATUS.queued, STATUS.requeued))
    found = Email.objects.filter(waits | Q(status=STATUS.failed)).aggregate(
        waiting=Count("pk", filter=waits),
        failed=Count("pk", filter=Q(status=STATUS.failed)),
        oldest=Min("created", filter=waits),
    )
    return Mails(found["waiting"], found["failed"], _since(found["oldest"], timezone.now()))


def _since(moment: datetime | None, now: datetime) -> float:
    return max((now - moment).total_seconds(), 0.0) if moment else 0.0


def _disk() -> Disk:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        [size] = cursor.fetchone()
    folder = Path(settings.MEDIA_ROOT)
    if "S3" in settings.STORAGES["default"]["BACKEND"] or not folder.exists():
        return Disk(None, None, size)
    usage = shutil.disk_usage(folder)
    return Disk(usage.free, usage.total, size)


def _broker() -> int | None:
    """Messages that wait in it; None when it does not answer."""
    try:
        return int(broker.ask(lambda client: client.llen("celery")))
    except broker.SilentBrokerError:
        return None
