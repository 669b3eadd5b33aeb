"""What the operator reads, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from apps.core.microtypography import nbsp
from apps.core.typography import count, number
from apps.operations import failures
from apps.operations.watch import Disk, Queue, Watch, versions, watch

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600
# A row this late is a queue that does not move.
LATE = 5 * MINUTE
BACKUP_LATE = 2 * DAY
LITTLE_DISK = 0.1
NEVER = "jamais"


@dataclass(frozen=True, slots=True)
class Alert:
    title: str
    text: str


def home_page() -> dict[str, Any]:
    """Fourteen queries at most, whatever failed."""
    seen = watch()
    found = versions()
    return {
        "alerts": [Alert(nbsp(title), nbsp(text)) for title, text in alerts(seen)],
        "queues": [_queue(one) for one in seen.queues],
        "mails": [
            ("En attente", nbsp(_waiting(seen.mails.waiting, seen.mails.oldest))),
            ("Abandonnés", number(seen.mails.failed)),
        ],
        "machine": [
            ("Travailleur", nbsp(_ago(seen.pulse))),
            ("Courtier", nbsp(_broker(seen.broker))),
            ("Fichiers", nbsp(_files(seen.disk))),
            ("Base", nbsp(size(seen.disk.database))),
            ("Dernière sauvegarde", nbsp(_ago(seen.backup))),
            ("Journal des actes", nbsp(count(seen.journal, "entrée", "entrées"))),
        ],
        "versions": [
            ("Plateforme", found.platform),
            ("PostgreSQL", found.postgresql),
            ("Django", found.django),
            ("Python", found.python),
        ],
        "documents": failures.failed_documents(),
        "failed_mails": failures.failed_mails(),
    }


def alerts(seen: Watch) -> list[tuple[str, str]]:
    """(title, what to do), the gravest first. The same conditions as deploy/prometheus/alerts.yml."""
    told = []
    if seen.broker is None:
        told.append(
            (
                "Le courtier ne répond pas",
                "Le site marche, rien ne se perd, les fichiers attendent : relancez-le.",
            )
        )
    elif seen.worker_is_late:
        told.append(
            (
                "Aucun travailleur ne répond",
                "Rien ne se perd, mais rien ne part : regardez les journaux de worker et de beat.",
            )
        )
    told += [
        (
            f"{queue.label} : la file n’avance plus",
            f"La plus ancienne demande attend depuis {duration(queue.oldest)}.",
        )
        for queue in seen.queues
        if queue.oldest > LATE
    ]
    if seen.mails.oldest > HOUR:
        told.append(
            (
                "Des courriels ne partent pas",
                f"Le plus ancien attend depuis {duration(seen.mails.oldest)} : regardez le serveur de courriel.",
            )
        )
    if seen.disk.free is not None and seen.disk.total and seen.disk.free < LITTLE_DISK * seen.disk.total:
        told.append(("Le disque est presque plein", f"Il reste {size(seen.disk.free)} pour les fichiers."))
    if seen.backup is None or (timezone.now() - seen.backup).total_seconds() > BACKUP_LATE:
        told.append(
            (
                "Pas de sauvegarde depuis deux jours",
                "Lancez « manage.py backup », et regardez pourquoi la nuit ne l’a pas fait.",
            )
        )
    return told


def duration(seconds: float) -> str:
    """« 40 secondes », « 3 minutes », « 2 heures », « 5 jours »."""
    for unit, one, several in (
        (DAY, "jour", "jours"),
        (HOUR, "heure", "heures"),
        (MINUTE, "minute", "minutes"),
    ):
        if seconds >= unit:
            return count(int(seconds // unit), one, several)
    return count(int(seconds), "seconde", "secondes")


def size(bytes_: int) -> str:
    """« 1,2 Go »."""
    for unit, name in ((10**9, "Go"), (10**6, "Mo")):
        if bytes_ >= unit:
            return f"{number(bytes_ / unit, 1)} {name}"
    return f"{number(bytes_ // 1000)} Ko"


def _queue(queue: Queue) -> dict[str, Any]:
    return {
        "label": queue.label,
        "waiting": _waiting(queue.waiting, queue.oldest),
        "working": number(queue.working),
        "failed": number(queue.failed),
    }


def _waiting(rows: int, oldest: float) -> str:
    return nbsp(f"{number(rows)}, retard {duration(oldest)}" if oldest >= 1 else number(rows))


def _ago(moment: datetime | None) -> str:
    return f"il y a {duration((timezone.now() - moment).total_seconds())}" if moment else NEVER


def _broker(messages: int | None) -> str:
    return (
        "ne répond pas"
        if messages is None
        else f"répond, {count(messages, 'message en attente', 'messages en attente')}"
    )


def _files(disk: Disk) -> str:
    if disk.free is None or disk.total is None:
        return "dans un espace S3"
    return f"{size(disk.free)} libres sur {size(disk.total)}"
