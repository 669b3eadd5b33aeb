"""The operator's page: what waits, what failed, and how to try it again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from post_office.models import STATUS, Email

from apps.audit.events import Event
from apps.audit.services import record
from apps.documents.enums import DocumentState
from apps.documents.models import Document
from apps.operations import presenters, tasks, watch
from tests.support.client import StrictClient
from tests.support.world import World, world

pytestmark = pytest.mark.django_db
DOWN = "redis://127.0.0.1:1/0"


@pytest.fixture(name="place")
def make_world(db: None) -> World:
    return world()


@pytest.fixture
def operator(place: World) -> StrictClient:
    client = StrictClient()
    client.force_login(place.people["operator"])
    return client


def document(place: World, **changes: Any) -> Document:
    number = Document.objects.count()
    fields: dict[str, Any] = {
        "kind": "diagnostic_report",
        "key": f"{number:064}",
        "subject_id": place.closed.pk,
        "organisation": place.organisation,
        "title": "Rapport de La Marmite",
        "filename": "rapport.pdf",
        "expires_at": timezone.now() + timedelta(days=1),
    }
    return Document.objects.create(**fields | changes)


def failed(place: World) -> Document:
    return document(
        place, state=DocumentState.FAILED, attempts=3, error="La préparation a échoué trois fois."
    )


def mail(**changes: Any) -> Email:
    fields = {
        "from_email": "a@exemple.fr",
        "to": "claire@exemple.fr",
        "subject": "Pour Claire",
        "status": STATUS.failed,
    }
    return Email.objects.create(**fields | changes)


def test_what_failed_is_tried_again(operator: StrictClient, place: World) -> None:
    row, letter = failed(place), mail()
    for address in (
        f"/exploitation/documents/{row.pk}/relancer/",
        f"/exploitation/courriels/{letter.pk}/relancer/",
    ):
        page = operator.post(address, follow=True)
        assert "C’est relancé." in page.content.decode()
        page = operator.post(address, follow=True)
        assert "n’était plus en échec" in page.content.decode()
    row.refresh_from_db()
    letter.refresh_from_db()
    assert (row.state, row.attempts) == (DocumentState.REQUESTED, 0)
    assert letter.status == STATUS.queued


def test_it_names_neither_an_association_nor_a_person(operator: StrictClient, place: World) -> None:
    failed(place)
    mail()
    page = operator.get("/exploitation/").content.decode()
    for hidden in ("Marmite", place.organisation.name, "claire@", "Pour Claire"):
        assert hidden not in page
    assert "Vers exemple.fr" in page


def test_its_queries_do_not_grow(
    operator: StrictClient, place: World, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    def one_more() -> None:
        failed(place)
        mail()

    one_more()
    with django_assert_max_num_queries(20) as first:
        operator.get("/exploitation/")
    one_more()
    one_more()
    with django_assert_num_queries(len(first)):
        operator.get("/exploitation/")


def said() -> str:
    return " ".join(f"{title} {text}" for title, text in presenters.alerts(watch.watch()))


def test_a_healthy_platform_tells_nothing(place: World) -> None:
    tasks.pulse()
    record(Event.BACKUP_MADE)
    assert said() == ""


def test_each_trouble_is_told_with_what_to_do(place: World, settings: Any) -> None:
    cache.delete(watch.PULSE_KEY)
    assert "Aucun travailleur ne répond" in said()
    assert "Pas de sauvegarde" in said()
    now = timezone.now()
    document(place, due_at=now - timedelta(minutes=12))
    assert "Documents : la file n’avance plus" in said()
    assert "12\u00a0minutes" in said()
    late = mail(status=STATUS.queued)
    Email.objects.filter(pk=late.pk).update(created=now - timedelta(hours=3))
    assert "Des courriels ne partent pas" in said()
    settings.CELERY_BROKER_URL = DOWN
    assert "Le courtier ne répond pas" in said()
    assert "Aucun travailleur" not in said()  # it cannot answer: one cause, told once


def test_the_page_stands_whatever_is_down(operator: StrictClient, settings: Any) -> None:
    settings.CELERY_BROKER_URL = DOWN
    settings.MEDIA_ROOT = "/nowhere/at/all"
    page = operator.get("/exploitation/")
    assert page.status_code == 200
    assert "ne répond pas" in page.content.decode()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0\u00a0seconde"), (61, "1\u00a0minute"), (7300, "2\u00a0heures"), (200_000, "2\u00a0jours")],
)
def test_durations(seconds: int, words: str) -> None:
    assert presenters.duration(seconds) == words


@pytest.mark.parametrize(
    ("size", "words"), [(2_500_000_000, "2,5 Go"), (1_000_000, "1 Mo"), (12_000, "12 Ko")]
)
def test_sizes(size: int, words: str) -> None:
    assert presenters.size(size).replace("1,0", "1") == words
