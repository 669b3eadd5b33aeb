"""``/metrics`` for Prometheus: requests counted by each process, and the figures of ``watch`` read when they are asked.

Several web processes share their counters through PROMETHEUS_MULTIPROC_DIR (deploy/gunicorn.conf.py).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector

from apps.operations.watch import Watch, versions, watch

REQUESTS = Counter("trajectoires_requests", "Requêtes servies", ["method", "route", "status"])
SECONDS = Histogram(
    "trajectoires_request_seconds",
    "Durée d’une requête",
    ["area"],
    buckets=(0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 10),
)
OTHER = "other"


class MetricsMiddleware:
    """Outermost, so that what other middlewares take is counted too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = self.get_response(request)
        found = request.resolver_match
        # Names of addresses, never addresses: those hold identifiers, and are without number.
        route = (found.view_name if found else "") or OTHER
        REQUESTS.labels(_method(request), route, str(response.status_code)).inc()
        SECONDS.labels(route.partition(":")[0] if ":" in route else OTHER).observe(
            time.perf_counter() - begun
        )
        return response


def _method(request: HttpRequest) -> str:
    """A visitor may invent methods; each would be a series more."""
    return (
        request.method
        if request.method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
        else OTHER
    )


class PlatformCollector(Collector):
    """Gauges of the whole platform, the same from any process."""

    def collect(self) -> Iterator[Metric]:
        seen = watch()
        yield from queues(seen)
        yield gauge("mails_waiting", "Courriels qui ne sont pas partis", seen.mails.waiting)
        yield gauge("mails_failed", "Courriels abandonnés", seen.mails.failed)
        yield gauge("mails_oldest_seconds", "Attente du plus ancien courriel", seen.mails.oldest)
        yield gauge("database_bytes", "Taille de la base", seen.disk.database)
        if seen.disk.free is not None:
            yield gauge("files_free_bytes", "Place libre où sont les fichiers", seen.disk.free)
        yield gauge("broker_up", "Le courtier répond", int(seen.broker is not None))
        yield gauge("broker_messages", "Messages dans le courtier", seen.broker or 0)
        yield gauge("worker_pulse_age_seconds", "Depuis le dernier signe d’un travailleur", age(seen.pulse))
        yield gauge("backup_age_seconds", "Depuis la dernière sauvegarde", age(seen.backup))
        yield gauge("journal_entries", "Numéro de la dernière entrée du journal", seen.journal)
        yield version()


def queues(seen: Watch) -> Iterator[Metric]:
    rows = GaugeMetricFamily(
        "trajectoires_queue_rows", "Lignes en attente ou en échec", labels=["queue", "state"]
    )
    late = GaugeMetricFamily(
        "trajectoires_queue_late_seconds", "Retard de la plus ancienne", labels=["queue"]
    )
    for queue in seen.queues:
        for state in ("waiting", "working", "failed"):
            rows.add_metric([queue.name, state], getattr(queue, state))
        late.add_metric([queue.name], queue.oldest)
    yield rows
    yield late


def gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(f"trajectoires_{name}", text, value=value)


def age(moment: object) -> float:
    """Seconds since then; for what never happened, a year: an alert must see it."""
    return (timezone.now() - moment).total_seconds() if moment else 365 * 24 * 3600.0  # type: ignore[operator]


def version() -> Metric:
    found = versions()
    told = GaugeMetricFamily(
        "trajectoires_info", "Versions", labels=["version", "django", "postgresql", "python"]
    )
    told.add_metric([found.platform, found.django, found.postgresql, found.python], 1)
    return told


def exposition() -> bytes:
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        registry.register(PlatformCollector())
        return generate_latest(registry)
    registry.register(PlatformCollector())
    return generate_latest(REGISTRY) + generate_latest(registry)
