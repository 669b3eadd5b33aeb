"""A copy of one's data: hers, all of it, and nobody else's."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from apps.accounts import mails
from apps.accounts.models import User
from apps.audit.events import Event
from apps.audit.models import AuditEntry
from apps.documents.models import Document
from apps.documents.rendering import render_document
from apps.privacy import export, files
from tests.factories import OrganisationFactory
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


def document(user: User, **fields: Any) -> Document:
    values: dict[str, Any] = {
        "kind": "attestation",
        "key": f"{Document.objects.count():064}",
        "subject_id": uuid4(),
        "owner": user,
        "requested_by": user,
        "title": "Attestation",
        "filename": "attestation.pdf",
        "state": "ready",
        "file": default_storage.save("documents/essai.pdf", ContentFile(b"%PDF hers")),
        "sha256": "0" * 64,
        "size": 9,
        "expires_at": timezone.now() + timedelta(days=30),
    }
    return Document.objects.create(**values | fields)


def test_her_files_are_in_it_and_those_of_the_association_are_listed(
    place: World, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path
    user = place.people["staff"]
    document(user)
    heavy = document(user, title="Trop lourd", size=files.MOST + 1)
    lost = document(user, title="Perdu", file="documents/perdu.pdf")
    shared = document(user, title="Rapport", owner=None, organisation=place.organisation)
    document(user, title="D’ailleurs", owner=None, organisation=OrganisationFactory.create())
    document(place.people["lead"], title="D’une autre")
    with zipfile.ZipFile(io.BytesIO(export.archive(user, timezone.localtime()))) as made:
        assert made.namelist()[2:] == ["fichiers/1-attestation.pdf"]
        assert made.read("fichiers/1-attestation.pdf") == b"%PDF hers"
        page, told = made.read("lisez-moi.html").decode(), json.loads(made.read("donnees.json"))
    assert [file["title"] for file in told["files"]] == ["Attestation", "Trop lourd", "Perdu", "Rapport"]
    for one in (heavy, lost, shared):
        assert f"/documents/{one.pk}/" in page
    # Beyond the bound, the rest is listed.
    monkeypatch.setattr(files, "MOST", 12)
    document(user)
    assert [bool(one.content) for one in files.files_of(user)] == [True, False, False, False, False]


def test_the_page_counts_what_is_kept_and_says_what_is_not_given(place: World) -> None:
    user = place.people["staff"]
    mails.row("privacy/soon_erased", to=user.email, context={"end": timezone.now(), "url": "/"}).save()
    page, data = opened(export.archive(user, timezone.localtime()))
    assert data["counts"]["Adresse confirmée"] == 1
    assert "Un secret, que nous ne gardons que haché ou scellé" in page
    # A mail written from values says its subject, not its template.
    told = data["data"]["post_office.Email"][-1]["subject"]
    assert told.startswith("Votre compte Trajectoires sera effacé le")


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
