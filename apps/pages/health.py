"""Two probes. ``/healthz``: the process answers. ``/readyz``: it can work (database, broker, migrations)."""

from collections.abc import Callable

import structlog
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from apps.core import broker as core_broker

logger = structlog.get_logger(__name__)


def healthz(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> HttpResponse:
    """200, or 503 with the word that says which check failed."""
    found = {name: check() for name, check in CHECKS.items()}
    ready = all(word == "ok" for word in found.values())
    if not ready:
        logger.error("not_ready", **found)
    return JsonResponse(
        {"status": "ok" if ready else "unavailable", "checks": found}, status=200 if ready else 503
    )


def database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unreachable"
    return "ok"


def broker() -> str:
    try:
        core_broker.ask(lambda client: client.ping())
    except core_broker.SilentBrokerError:
        return "unreachable"
    return "ok"


def migrations() -> str:
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "unknown"
    return "pending" if plan else "ok"


CHECKS: dict[str, Callable[[], str]] = {"database": database, "broker": broker, "migrations": migrations}
PROBES = {"/healthz": healthz, "/readyz": readyz}


class HealthMiddleware:
    """Answers the probes before anything reads a session: a dead database must not make the process look dead."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path_info)
        return probe(request) if probe else self.get_response(request)
