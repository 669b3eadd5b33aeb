"""The page of the dossier, its files, the page that imports one: who, how, how many queries."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.models import User
from apps.documents import rendering
from apps.documents.models import Document
from apps.methodology.dossier import archive, kinds, reading, stamp
from apps.methodology.enums import SeatRole
from apps.methodology.models import Comment, Decision, Engagement, Seat
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, member
from tests.methodology.dossier import cases
from tests.methodology.support import engagement_of, seat_in
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], StrictClient]
Made = tuple[Engagement, dict[str, Seat]]


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> None:
    options = {**settings.STORAGES["default"]["OPTIONS"], "location": str(tmp_path)}
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": backend, "OPTIONS": options}}


@pytest.fixture
def made(db: None) -> Made:
    return cases.full()


def url(engagement: Engagement, ext: str = "") -> str:
    return f"/agir/demarches/{engagement.pk}/dossier{f'.{ext}' if ext else '/'}"


def person(seat: Seat) -> User:
    assert seat.user
    return seat.user


def prepared(client: StrictClient, engagement: Engagement, ext: str) -> Document:
    answer = client.post(url(engagement, ext))
    (document,) = Document.objects.filter(kind=kinds.FORMATS[ext].kind, subject_id=engagement.pk)
    assert (answer.status_code, answer["Location"]) == (302, f"/documents/{document.pk}/")
    return document


# --- who ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("role", "status"), [("lead", 200), ("member", 200), ("board", 200), ("observer", 403), (None, 404)]
)
def test_contents_are_for_those_who_read_them(
    client_of: ClientOf, made: Made, role: str | None, status: int
) -> None:
    engagement, seats = made
    client = client_of(person(seats[role]) if role else person(seat_in(engagement_of())))
    assert client.get(url(engagement)).status_code == status
    for ext in kinds.FORMATS:
        assert client.post(url(engagement, ext)).status_code == (302 if status == 200 else status)


def test_an_unknown_file_is_a_missing_one(client_of: ClientOf, made: Made) -> None:
    engagement, seats = made
    assert client_of(person(seats["lead"])).get(url(engagement, "exe")).status_code == 404


def test_files_are_made_for_the_team_not_for_the_association(client_of: ClientOf, made: Made) -> None:
    engagement, seats = made
    document = prepared(client_of(person(seats["lead"])), engagement, "xlsx")
    assert rendering.render_document(document.pk)

    outside = seat_in(engagement, SeatRole.MEMBER, outside=True)
    admin = member(engagement.organisation, "admin")
    for reader, status in (
        (person(seats["board"]), 200),
        (person(outside), 200),
        (person(seats["observer"]), 404),
        (admin, 404),
        (UserFactory.create(), 404),
    ):
        assert client_of(reader).get(f"/documents/{document.pk}/").status_code == status
        assert client_of(reader).get(f"/documents/{document.pk}/telecharger/").status_code == status


def test_who_leaves_takes_nothing_more(client_of: ClientOf, made: Made) -> None:
    engagement, seats = made
    client = client_of(person(seats["member"]))
    document = prepared(client, engagement, "ods")
    rendering.render_document(document.pk)
    assert client.get(url(engagement, "ods")).status_code == 200
    Seat.objects.filter(pk=seats["member"].pk).update(left_at=timezone.now())
    for address in (url(engagement), url(engagement, "ods"), f"/documents/{document.pk}/telecharger/"):
        assert client.get(address).status_code == 404


# --- how ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("ext", list(kinds.FORMATS))
def test_each_file_is_asked_for_made_and_taken(client_of: ClientOf, made: Made, ext: str) -> None:
    engagement, seats = made
    client = client_of(person(seats["lead"]))
    assert client.get(url(engagement, ext))["Location"] == url(
        engagement
    )  # nothing yet, and a GET asks for nothing
    assert not Document.objects.filter(subject_id=engagement.pk).exists()

    document = prepared(client, engagement, ext)
    assert "En préparation" in client.get(url(engagement)).content.decode()
    assert prepared(client, engagement, ext) == document  # asked twice, the same one
    assert rendering.render_document(document.pk)

    answer = client.get(url(engagement, ext))
    content = b"".join(answer.streaming_content)
    assert len(content) > 1000
    assert answer["Content-Disposition"] == f'attachment; filename="dossier-notre-modele-2027-a-2030.{ext}"'
    assert (
        answer["Content-Type"]
        == {
            "pdf": "application/pdf",
            "odt": "application/vnd.oasis.opendocument.text",
            "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "ods": "application/vnd.oasis.opendocument.spreadsheet",
            "zip": "application/zip",
        }[ext]
    )
    assert "no-store" in answer["Cache-Control"]
    assert "à jour" in client.get(url(engagement)).content.decode()
    told = client.get(f"/documents/{document.pk}/").content.decode()
    assert f'href="{url(engagement)}"' in told
    assert ("PDF de" in told) is (ext == "pdf")


def test_a_new_file_replaces_the_one_that_is_out_of_date(client_of: ClientOf, made: Made) -> None:
    engagement, seats = made
    client = client_of(person(seats["lead"]))
    old = prepared(client, engagement, "xlsx")
    rendering.render_document(old.pk)
    Engagement.objects.filter(pk=engagement.pk).update(sequence=88)
    assert "la démarche a changé depuis" in client.get(url(engagement)).content.decode()

    new = prepared(client, engagement, "xlsx")
    assert new != old
    assert new.expires_at < timezone.now() + kinds.KEPT


def test_everything_that_a_file_holds_makes_it_out_of_date(made: Made) -> None:
    engagement, seats = made
    acts: list[Callable[[], Any]] = [
        lambda: Engagement.objects.filter(pk=engagement.pk).update(title="Autre"),
        lambda: Comment.objects.create(engagement=engagement, step=1, text="Un mot", seat=seats["lead"]),
        lambda: Comment.objects.filter(text="Un mot").update(settled_at=timezone.now()),
        lambda: Comment.objects.filter(text="Un mot").update(settled_at=None),
        lambda: Decision.objects.create(
            engagement=engagement, step=1, what="Oui", decided_by="Nous", decided_on="2027-01-01"
        ),
        lambda: engagement.steps.filter(step=2).update(stage="done", changed_at=timezone.now()),
        lambda: engagement.workshops.filter(stage="over").update(record_version=9),
        lambda: cases.put_note(engagement, 3),
        lambda: cases.sign(engagement.notes.get(number=3), seats["board"], "Ana", "Présidente"),
        lambda: User.objects.filter(pk=person(seats["member"]).pk).update(full_name="Malik Marronnier"),
        lambda: Seat.objects.filter(pk=seats["member"].pk).update(left_at=timezone.now()),
    ]
    for number, act in enumerate(acts):
        before = stamp.stamp(engagement)
        assert stamp.stamp(engagement) == before
        act()
        assert stamp.stamp(engagement) != before, number


def test_queries_do_not_depend_on_the_size(client_of: ClientOf) -> None:
    counts = []
    for most in (1, 3):
        engagement = cases.extreme(most)
        client = client_of(person(engagement.seats.get()))
        for ext in list(kinds.FORMATS)[:most]:
            prepared(client, engagement, ext)
        client.get(url(engagement))
        with CaptureQueriesContext(connection) as queries:
            client.get(url(engagement))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8, counts


# --- import ------------------------------------------------------------------------------------------------------
IMPORT = "/agir/demarches/importer/"


@pytest.fixture(scope="module")
def zipped(django_db_setup: None, django_db_blocker: Any) -> bytes:
    """Made once: the rows that it was read from are not kept."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        engagement = Engagement.objects.select_related("organisation").get(pk=cases.full()[0].pk)
        content = archive.write(reading.read(engagement))
        transaction.set_rollback(True)
    return content


def sending(content: bytes, **more: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("dossier.zip", content, "application/zip"), **more}


@pytest.mark.parametrize(("role", "status"), [("admin", 200), ("lead", 200), ("staff", 403), ("board", 403)])
def test_who_runs_an_association_imports(client_of: ClientOf, role: str, status: int) -> None:
    client = client_of(member(OrganisationFactory.create(), role))
    assert client.get(IMPORT).status_code == status
    assert client.post(IMPORT, sending(b"x")).status_code == (422 if status == 200 else status)


def test_a_person_without_an_association_is_told_what_comes_first(client_of: ClientOf) -> None:
    assert client_of(UserFactory.create()).get(IMPORT).status_code == 302


def test_an_import_opens_a_démarche_and_tells_what_changed(client_of: ClientOf, zipped: bytes) -> None:
    lead = member(OrganisationFactory.create(), "lead")
    client = client_of(lead)
    answer = client.post(IMPORT, sending(zipped, key="8a1f3f0a-8f5c-4f0e-9a53-3c7a1c3c0001"), follow=True)
    made = Engagement.objects.get(organisation__memberships__user=lead)
    assert answer.redirect_chain == [(f"/agir/demarches/{made.pk}/", 302)]
    page = answer.content.decode()
    assert "La démarche est importée." in page
    assert "responsables sont notés en commentaire" in page


def test_a_refusal_says_why_and_a_box_lets_go_on(client_of: ClientOf, zipped: bytes) -> None:
    lead = member(OrganisationFactory.create(), "lead")
    client = client_of(lead)
    client.post(IMPORT, sending(zipped))
    first = Engagement.objects.get(organisation__memberships__user=lead)

    answer = client.post(IMPORT, sending(zipped))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Cette archive a déjà été importée" in page
    assert f'href="/agir/demarches/{first.pk}/"' in page
    assert 'type="checkbox" name="again"' in page
    assert 'type="checkbox" name="partly"' not in page

    assert client.post(IMPORT, sending(zipped, again="on")).status_code == 302
    assert Engagement.objects.filter(organisation__memberships__user=lead).count() == 2


def test_another_s_démarche_made_of_the_same_archive_is_not_shown(client_of: ClientOf, zipped: bytes) -> None:
    organisation = OrganisationFactory.create()
    client_of(member(organisation, "lead")).post(IMPORT, sending(zipped))
    page = client_of(member(organisation, "admin")).post(IMPORT, sending(zipped)).content.decode()
    assert "Cette archive a déjà été importée" in page
    assert str(Engagement.objects.get(organisation=organisation).pk) not in page


def test_an_empty_form_a_wrong_file_and_a_heavy_one_are_refused_in_words(client_of: ClientOf) -> None:
    client = client_of(member(OrganisationFactory.create(), "lead"))
    for sent, said in (
        ({}, "Choisissez un fichier."),
        (sending(b""), "Ce fichier est vide"),
        (sending(b"bonjour"), "pas une archive"),
        (sending(b"PK\x03\x04" + b"\0" * 20_000_000), "dépasse 20"),
    ):
        answer = client.post(IMPORT, sent)
        assert answer.status_code == 422
        assert said in answer.content.decode()


def test_an_archive_goes_to_the_chosen_association_of_hers(client_of: ClientOf, zipped: bytes) -> None:
    first, second, other = (OrganisationFactory.create(name=name) for name in ("Une", "Deux", "Autre"))
    lead = member(first, "lead")
    MembershipFactory.create(user=lead, organisation=second, role="admin")
    client = client_of(lead)
    assert client.post(IMPORT, sending(zipped, organisation=str(other.pk))).status_code == 422
    assert client.post(IMPORT, sending(zipped, organisation=str(second.pk))).status_code == 302
    assert [one.organisation for one in Engagement.objects.filter(opened_by=lead)] == [second]


def test_the_archive_of_the_page_is_the_one_that_is_imported(client_of: ClientOf, made: Made) -> None:
    engagement, seats = made
    client = client_of(person(seats["lead"]))
    rendering.render_document(prepared(client, engagement, "zip").pk)
    content = b"".join(client.get(url(engagement, "zip")).streaming_content)
    assert zipfile.ZipFile(BytesIO(content)).testzip() is None
    there = client_of(member(OrganisationFactory.create(), "admin"))
    assert there.post(IMPORT, sending(content)).status_code == 302
