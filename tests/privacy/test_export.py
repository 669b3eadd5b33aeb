"""A copy of one's data: hers, all of it, and nobody else's."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.audit.events import Event
from apps.audit.models import AuditEntry
from apps.documents.models import Document
from apps.documents.rendering import render_document
from apps.privacy import export
from tests.support.client import StrictClient
from tests.support.world import World, world

pytestmark = pytest.mark.django_db


@pytest.fixture(name="place")
def make_world(db: None) -> World:
    return world()


def opened(content: bytes) -> tuple[str, dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        assert made.namelist() == ["lisez-moi.html", "donnees.json"]
        return made.read("lisez-moi.html").decode(), json.loads(made.read("donnees.json"))


def test_from_the_button_to_the_archive(place: World) -> None:
    hers, me = place.client("staff"), place.people["staff"]
    for _ in range(2):
        assert hers.post("/espace/compte/donnees/copie/").status_code == 302
    document = Document.objects.get(kind=export.KIND)
    assert (document.owner, document.state) == (me, "requested")
    assert render_document(document.pk)
    answer = hers.get(f"/documents/{document.pk}/telecharger/")
    page, data = opened(b"".join(answer.streaming_content))  # type: ignore[arg-type]
    assert me.email in page
    assert data["data"]["accounts.User"][0]["email"] == me.email
    assert data["data"]["accounts.Membership"][0]["role"] == "staff"
    assert AuditEntry.objects.filter(event=Event.EXPORT_ASKED, actor=me.pk).count() == 1
    assert "password" not in str(data)
    assert "<script" not in page


def test_nobody_else_is_in_it(place: World) -> None:
    for name, user in place.people.items():
        user.full_name = f"Marque-{name}"
        user.save()
        user.emailaddress_set.update_or_create(email=user.email, defaults={"verified": True})
    mine = place.people["staff"]
    page, data = opened(export.archive(mine, timezone.now()))
    assert "Marque-staff" in page
    for name, user in place.people.items():
        if name != "staff":
            assert f"Marque-{name}" not in page + str(data)
            assert user.email not in page + str(data)


def test_another_person_does_not_reach_it(place: World) -> None:
    place.client("staff").post("/espace/compte/donnees/copie/")
    document = Document.objects.get(kind=export.KIND)
    for role in ("admin", "operator", "outsider"):
        assert place.client(role).get(f"/documents/{document.pk}/").status_code == 404
    assert StrictClient().get(f"/documents/{document.pk}/").status_code == 302


def test_the_same_moment_gives_the_same_bytes(place: World) -> None:
    at = timezone.localtime()
    assert export.archive(place.people["staff"], at) == export.archive(place.people["staff"], at)


def test_an_hour_later_it_is_a_new_one_and_a_week_later_it_goes(place: World, clock: Any) -> None:
    user = place.people["staff"]
    first = export.request_export(user=user)
    assert export.request_export(user=user) == first
    clock(timezone.now() + timedelta(hours=1, minutes=1))
    assert export.request_export(user=user) != first
    assert first.expires_at - first.requested_at < timedelta(days=7, minutes=1)


def test_its_queries_do_not_depend_on_the_rows(place: World, django_assert_num_queries: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        export.archive(place.people["staff"], timezone.now())
    count = len(one)
    with CaptureQueriesContext(connection) as other:
        export.archive(place.people["admin"], timezone.now())
    assert len(other) == count
