"""The house's own tasks, its probes, and the page shown while the database is away."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import ConnectionHandler, InterfaceError, OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import path
from django.utils import timezone
from post_office import mail as post
from post_office.models import STATUS, Email

from apps.core import tasks
from apps.pages import health
from tests.factories import UserFactory
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db


# Tasks


def in_memory(settings: Any) -> None:
    """Mails end in ``mail.outbox`` instead of a server."""
    backends = {"default": "django.core.mail.backends.locmem.EmailBackend"}
    settings.POST_OFFICE = {**settings.POST_OFFICE, "BACKENDS": backends}


def test_mails_that_wait_are_sent_once(settings: Any) -> None:
    in_memory(settings)
    post.send("anne@exemple.fr", "nous@exemple.fr", subject="Bonjour", message="Texte")
    tasks.send_mails()
    tasks.send_mails()
    assert [sent.to for sent in mail.outbox] == [["anne@exemple.fr"]]
    assert Email.objects.get().status == STATUS.sent


def test_two_runs_at_once_do_not_send_the_same_mails(settings: Any) -> None:
    in_memory(settings)
    post.send("anne@exemple.fr", "nous@exemple.fr", subject="Bonjour", message="Texte")
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [tasks.MAILS_LOCK])
        tasks.send_mails()
        assert mail.outbox == []
    finally:
        other.close()  # as that of a killed worker
    with connection.cursor() as cursor:
        # The server ends a closed connection's session in its own time: wait for the lock.
        cursor.execute("SET LOCAL lock_timeout = '20s'")
        cursor.execute("SELECT pg_advisory_lock(%s)", [tasks.MAILS_LOCK])
        cursor.execute("SELECT pg_advisory_unlock(%s)", [tasks.MAILS_LOCK])
    tasks.send_mails()
    assert len(mail.outbox) == 1


def test_a_batch_of_mails_ends_before_its_task_is_ended(settings: Any) -> None:
    office = settings.POST_OFFICE
    slowest = settings.EMAIL_TIMEOUT * office["BATCH_SIZE"] / office["THREADS_PER_PROCESS"]
    assert slowest < office["BATCH_DELIVERY_TIMEOUT"] < settings.CELERY_TASK_SOFT_TIME_LIMIT


def test_a_mail_server_may_be_down_for_a_day(settings: Any) -> None:
    office = settings.POST_OFFICE
    assert office["MAX_RETRIES"] * office["RETRY_INTERVAL"] >= timedelta(days=1)


def test_cleaning_erases_expired_sessions_and_old_mails() -> None:
    now = timezone.now()
    for key, days in (("old", -1), ("new", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + timedelta(days=days))
    for days in (31, 29):
        made = Email.objects.create(from_email="a@b.fr", to=["c@d.fr"], status=STATUS.sent)
        Email.objects.filter(pk=made.pk).update(created=now - timedelta(days=days))
    tasks.clean_up()
    assert set(Session.objects.values_list("session_key", flat=True)) == {"new"}
    assert Email.objects.count() == 1


# Probes


def ready(client: StrictClient) -> tuple[int, dict[str, str]]:
    answer = client.get("/readyz")
    return answer.status_code, answer.json()["checks"]


def test_a_process_that_can_work_is_ready(client: StrictClient) -> None:
    assert ready(client) == (200, {"database": "ok", "broker": "ok", "migrations": "ok"})


def test_without_broker_it_is_not_ready(client: StrictClient, no_broker: None) -> None:
    assert ready(client) == (503, {"database": "ok", "broker": "unreachable", "migrations": "ok"})


def test_with_a_migration_to_run_it_is_not_ready(client: StrictClient) -> None:
    MigrationRecorder(connection).record_unapplied("documents", "0003_unfinished_documents_are_found_at_once")
    assert ready(client) == (503, {"database": "ok", "broker": "ok", "migrations": "pending"})


def test_without_database_it_is_alive_but_not_ready(
    client: StrictClient, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    nowhere = {**settings.DATABASES["default"], "HOST": "/nulle/part", "TEST": {}}
    monkeypatch.setattr(health, "connection", ConnectionHandler({"default": nowhere})["default"])
    assert ready(client) == (503, {"database": "unreachable", "broker": "ok", "migrations": "unknown"})
    assert client.get("/healthz").status_code == 200


def test_the_probes_ask_for_no_session(client: StrictClient, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert client.get("/healthz").json() == {"status": "ok"}


# The database away

FAULTS = {"operational": OperationalError, "interface": InterfaceError, "other": ValueError}


def faulty(request: HttpRequest, fault: str) -> HttpResponse:
    raise FAULTS[fault]("perdue")


urlpatterns = [path("faute/<str:fault>/", faulty), path("api/v1/faute/<str:fault>/", faulty)]
handler500 = "apps.pages.errors.server_error"


class FaultyMiddleware:
    """Raises before any view, as the session's or the person's middleware does without database."""

    def __init__(self, get_response: object) -> None:
        pass

    def __call__(self, request: HttpRequest) -> HttpResponse:
        raise FAULTS[request.headers["X-Fault"]]("perdue")


@pytest.fixture
def calm_client(settings: Any) -> StrictClient:
    settings.ROOT_URLCONF = __name__
    return StrictClient(raise_request_exception=False)


@pytest.mark.parametrize("fault", ["operational", "interface"])
@pytest.mark.parametrize("place", ["view", "middleware"])
def test_a_database_that_is_away_is_a_503(
    calm_client: StrictClient, settings: Any, fault: str, place: str
) -> None:
    if place == "middleware":
        settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.FaultyMiddleware"]
    page = calm_client.get(f"/faute/{fault}/", headers={"X-Fault": fault})
    assert (page.status_code, page["Retry-After"]) == (503, "15")
    assert "Ce qui était déjà enregistré est gardé." in page.content.decode()
    answer = calm_client.get(f"/api/v1/faute/{fault}/", headers={"X-Fault": fault})
    assert (answer.status_code, answer["Retry-After"]) == (503, "15")
    assert answer.json()["detail"].startswith("La base de données ne répond pas")


@pytest.mark.parametrize("place", ["view", "middleware"])
def test_another_fault_is_a_500(calm_client: StrictClient, settings: Any, place: str) -> None:
    if place == "middleware":
        settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.FaultyMiddleware"]
    assert calm_client.get("/faute/other/", headers={"X-Fault": "other"}).status_code == 500


def test_the_503_page_asks_the_database_nothing(django_assert_num_queries: Any) -> None:
    from apps.core.middleware import unavailable

    request = RequestFactory().get("/espace/")
    request.user = UserFactory.create()
    with django_assert_num_queries(0):
        assert unavailable(request, OperationalError("perdue")).status_code == 503
