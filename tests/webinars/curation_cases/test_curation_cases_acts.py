"""What each person may do with a case, state by state, and what the history says of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.enums import PlatformRole
from apps.accounts.models import User
from apps.diagnostic.models import Lever
from apps.editorial.enums import DraftState
from apps.webinars import sheet
from apps.webinars.models import Webinar
from apps.webinars.services.workflow import CASES
from tests.support.client import StrictClient
from tests.support.world import platform_person
from tests.webinars.curation_cases.browser import Form, words
from tests.webinars.factories import published, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def webinar(author: User, known: None) -> Webinar:
    """A complete draft of the author's."""
    return CASES.create(by=author, draft=whole())


def url(name: str, webinar: Webinar, *more: Any) -> str:
    return reverse(f"curation:{name}", args=[webinar.slug, *more])


def press(client: StrictClient, name: str, webinar: Webinar, **typed: str) -> Any:
    """The button of the case's page, as it is on the page."""
    form = Form(client.get(url("case", webinar)), url(name, webinar))
    return form.typed(**typed).send(client, url(name, webinar), "")


def state(webinar: Webinar) -> str:
    return Webinar.objects.get(pk=webinar.pk).state


def follow(client: StrictClient, sent: Any) -> str:
    assert sent.status_code == 302, words(sent)
    return words(client.get(sent["Location"]))


def test_from_the_author_to_the_readers(pen: StrictClient, desk: StrictClient, webinar: Webinar) -> None:
    assert "La fiche est proposée" in follow(pen, press(pen, "propose", webinar))
    assert state(webinar) == DraftState.REVIEW
    told = follow(desk, press(desk, "send_back", webinar, send_back_reason="Reprenez le chiffre."))
    assert "La fiche est rendue" in told
    page = words(pen.get(url("case", webinar)))
    assert "Rendue par" in page
    assert "Reprenez le chiffre." in page
    press(pen, "propose", webinar)
    assert "Rendue par" not in words(pen.get(url("case", webinar)))
    assert "La fiche est publiée" in follow(desk, press(desk, "publish", webinar))
    assert state(webinar) == DraftState.PUBLISHED
    page = words(desk.get(url("case", webinar)))
    assert "sans relecture" not in page
    assert "Relue par" in page


def test_a_reason_is_asked_for(desk: StrictClient, webinar: Webinar) -> None:
    CASES.submit(row=webinar, by=None)
    refused = press(desk, "send_back", webinar)
    assert refused.status_code == 422
    assert "Dites ce qu’il faut reprendre" in words(refused)
    refused = press(desk, "archive", webinar)
    assert "Dites pourquoi" in words(refused)
    long = "x" * 500
    refused = press(desk, "archive", webinar, archive_reason=long)
    assert refused.status_code == 422
    assert long in refused.content.decode()
    assert state(webinar) == DraftState.REVIEW


def test_an_incomplete_draft_is_not_proposed(desk: StrictClient, author: User) -> None:
    webinar = CASES.create(by=author, draft=sheet.Sheet(title="Presque rien"))
    page = desk.get(url("case", webinar))
    assert url("propose", webinar) not in page.content.decode()
    assert "Le résumé compte 0 mots" in words(page)
    told = follow(desk, desk.post(url("propose", webinar), {"version": "1"}))
    assert "Il manque encore quelque chose" in told
    assert state(webinar) == DraftState.DRAFT


def test_who_writes_and_publishes_alone_is_told(desk: StrictClient, curator: User, known: None) -> None:
    webinar = CASES.create(by=curator, draft=whole())
    told = follow(desk, press(desk, "publish", webinar))
    assert "La fiche est publiée" in told
    assert "Publié sans relecture d’une autre personne" in told
    assert "personne d’autre pour l’instant" in told
    assert [row.action for row in webinar.revisions.all()] == ["published", "submitted", "created"]


def test_a_planned_publication_by_the_writer_is_told_too(
    desk: StrictClient, curator: User, known: None
) -> None:
    webinar = CASES.create(by=curator, draft=whole())
    told = follow(desk, press(desk, "schedule", webinar, day="2045-01-01", hour="08:30"))
    assert "prévue le 1er janvier 2045 à 8 h 30" in told
    assert "Prévu sans relecture" in told
    Webinar.objects.filter(pk=webinar.pk).update(publish_at="2020-01-01T00:00Z")
    assert CASES.publish_due() == 1
    page = words(desk.get(url("case", webinar)))
    assert "Publié sans relecture d’une autre personne" in page
    assert "Publié par la plateforme" in page


def test_a_last_word_changed_by_the_publisher_is_told(
    desk: StrictClient, curator: User, webinar: Webinar
) -> None:
    said = sheet.read(webinar.draft).model_copy(update={"takeaway": "Autrement dit."})
    CASES.save_draft(row=webinar, draft=said, version=1, by=curator)
    assert "Publié sans relecture" in follow(desk, press(desk, "publish", webinar))


def test_nobody_publishes_what_she_has_not_read(desk: StrictClient, author: User, webinar: Webinar) -> None:
    CASES.submit(row=webinar, by=author)
    form = Form(desk.get(url("case", webinar)), url("publish", webinar))
    said = sheet.read(webinar.draft).model_copy(update={"title": "Changé depuis"})
    CASES.save_draft(row=webinar, draft=said, version=1, by=author)
    CASES.submit(row=webinar, by=author)
    told = follow(desk, form.send(desk, url("publish", webinar), ""))
    assert "La fiche a changé depuis que vous l’avez ouverte" in told
    assert state(webinar) == DraftState.REVIEW


def test_a_button_pressed_twice_acts_once(desk: StrictClient, webinar: Webinar) -> None:
    for _ in range(2):
        told = follow(desk, desk.post(url("publish", webinar), {"version": "1"}))
        assert "La fiche est publiée" in told
    assert webinar.revisions.filter(action="published").count() == 1


def test_an_act_that_came_too_late_gives_the_text_back(desk: StrictClient, webinar: Webinar) -> None:
    CASES.submit(row=webinar, by=None)
    form = Form(desk.get(url("case", webinar)), url("send_back", webinar)).typed(
        send_back_reason="Tapé pour rien"
    )
    CASES.publish(row=webinar, by=None)
    told = follow(desk, form.send(desk, url("send_back", webinar), ""))
    assert "« Tapé pour rien »" in told
    assert state(webinar) == DraftState.PUBLISHED


def test_archived_then_opened_again(desk: StrictClient, pen: StrictClient, webinar: Webinar) -> None:
    CASES.submit(row=webinar, by=None)
    CASES.publish(row=webinar, by=None)
    told = follow(desk, press(desk, "archive", webinar, archive_reason="Un doublon."))
    assert "archivée" in told
    assert "Un doublon." in told
    assert desk.get(webinar.get_absolute_url()).status_code == 404
    page = desk.get(url("case", webinar)).content.decode()
    for name in ("publish", "archive", "schedule", "link_create"):
        assert url(name, webinar) not in page
    assert "rouvrez-la d’abord" in follow(desk, desk.post(url("link_create", webinar)))
    assert "rouverte" in follow(desk, press(desk, "reopen", webinar))
    assert state(webinar) == DraftState.DRAFT


def test_a_case_that_the_diagnostic_recommends_stays(desk: StrictClient) -> None:
    webinar = Webinar.objects.get(slug=Lever.objects.all()[0].webinar_id)
    told = follow(desk, press(desk, "archive", webinar, archive_reason="Essai de retrait."))
    assert "L’auto-diagnostic recommande ce cas" in told
    assert "« Essai de retrait. »" in told
    assert state(webinar) == DraftState.PUBLISHED


@pytest.mark.parametrize(
    ("day", "hour", "told"),
    [
        ("", "", "Choisissez un jour"),
        ("2020-01-01", "9:00", "Ce moment est déjà passé"),
        ("demain", "9h", "Écrivez la date ainsi"),
        ("2027-03-28", "02:30", "n’existe pas : on passe à l’heure d’été"),
    ],
)
def test_a_moment_that_cannot_be(
    desk: StrictClient, webinar: Webinar, day: str, hour: str, told: str
) -> None:
    refused = press(desk, "schedule", webinar, day=day, hour=hour)
    assert refused.status_code == 422
    assert told in words(refused)
    assert Form(refused, url("schedule", webinar)).get("day") == day
    assert state(webinar) == DraftState.DRAFT


def test_the_hour_is_that_of_paris(desk: StrictClient, webinar: Webinar) -> None:
    for day, hour, utc in (
        ("2027-03-28", "03:30", "2027-03-28T01:30:00+00:00"),
        ("2027-10-31", "02:30", "2027-10-31T00:30:00+00:00"),
        ("2027-10-31", "03:30", "2027-10-31T02:30:00+00:00"),
    ):
        press(desk, "schedule", webinar, day=day, hour=hour)
        moment = Webinar.objects.get(pk=webinar.pk).publish_at
        assert moment
        assert moment.isoformat() == utc
    assert "à 3 h 30, heure de Paris" in words(desk.get(url("case", webinar)))


def test_an_author_sees_her_cases_and_no_other(pen: StrictClient, webinar: Webinar, curator: User) -> None:
    other = CASES.create(by=curator, draft=whole(short_title="Celle d’une autre"))
    orphan = published(short_title="Celle de personne")
    for case in (other, orphan):
        for name in ("case", "case_edit", "case_preview", "compare"):
            assert pen.get(url(name, case)).status_code == 404, name
        for name in ("propose", "link_create"):
            assert pen.post(url(name, case), {"version": "1"}).status_code == 404, name
        assert pen.post(url("restore", case, 1), {"version": "1"}).status_code == 404
        assert pen.post(url("case_edit", case), {"version": "1", "title": "x"}).status_code == 404
    for page in (reverse("curation:home"), reverse("curation:cases")):
        told = words(pen.get(page))
        assert "Celle d’une autre" not in told
        assert "Un essai pour voir" in told


def test_an_author_neither_reads_nor_publishes_nor_archives(pen: StrictClient, webinar: Webinar) -> None:
    CASES.submit(row=webinar, by=None)
    page = pen.get(url("case", webinar)).content.decode()
    for name in ("send_back", "publish", "schedule", "archive", "reopen"):
        assert url(name, webinar) not in page
        assert pen.post(url(name, webinar), {"version": "1"}).status_code == 403
    assert state(webinar) == DraftState.REVIEW


def test_an_author_leaves_a_case_that_is_read_or_published_alone(pen: StrictClient, webinar: Webinar) -> None:
    CASES.submit(row=webinar, by=None)
    CASES.publish(row=webinar, by=None)
    told = follow(pen, pen.get(url("case_edit", webinar)))
    assert "Vous la modifierez de nouveau si elle vous est rendue" in told
    told = follow(pen, pen.post(url("restore", webinar, 1), {"version": "1"}))
    assert "rien n’est repris" in told
    assert state(webinar) == DraftState.PUBLISHED


def test_other_platform_roles_stay_out(webinar: Webinar) -> None:
    for role in (PlatformRole.FUNDER, PlatformRole.OPERATOR):
        client = StrictClient()
        client.force_login(platform_person(role))
        assert client.get(url("case", webinar)).status_code == 403


def test_a_version_is_taken_up_again(desk: StrictClient, author: User, webinar: Webinar) -> None:
    said = sheet.read(webinar.draft).model_copy(update={"title": "Deuxième"})
    CASES.save_draft(row=webinar, draft=said, version=1, by=author)
    page = desk.get(url("compare", webinar))
    assert "Reprendre la version 1" in words(page)
    restore = url("restore", webinar, 1)
    form = Form(page, restore)
    told = follow(desk, form.send(desk, restore, ""))
    assert "ce que disait la version 1" in told
    again = Webinar.objects.get(pk=webinar.pk)
    assert again.draft["title"] == whole().title
    assert "La fiche a changé" in follow(desk, form.send(desk, restore, ""))
    assert desk.post(url("restore", webinar, 99), {"version": "3"}).status_code == 404


def test_what_was_typed_under_a_button_waits_for_the_session(
    client: StrictClient, curator: User, webinar: Webinar
) -> None:
    CASES.submit(row=webinar, by=None)
    sent = client.post(url("send_back", webinar), {"send_back_reason": "Tapé hors session"})
    assert sent["Location"].endswith(f"?next={url('case', webinar)}")
    client.force_login(curator)
    page = client.get(url("case", webinar))
    form = Form(page, url("send_back", webinar))
    assert form.get("send_back_reason").strip() == "Tapé hors session"
    assert form.send(client, url("send_back", webinar), "").status_code == 302
    assert "Tapé hors session" not in Form(client.get(url("case", webinar)), url("archive", webinar)).get(
        "archive_reason"
    )


def test_the_number_of_queries_does_not_grow(desk: StrictClient, curator: User, webinar: Webinar) -> None:
    def counted(name: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(url(name, webinar)).status_code == 200
        return len(queries)

    names = ("case", "compare", "case_preview")
    assert all(desk.get(url(name, webinar)).status_code == 200 for name in names)
    before = [counted(name) for name in names]
    for n in range(3):
        held = Webinar.objects.get(pk=webinar.pk)
        said = sheet.read(held.draft).model_copy(update={"title": f"Titre {n}"})
        CASES.save_draft(row=held, draft=said, version=held.version, by=curator)
        desk.post(url("link_create", webinar))
    desk.get(url("case", webinar))
    after = [counted(name) for name in names]
    assert before == after
    assert max(after) <= 10


def test_a_long_history_has_pages(desk: StrictClient, webinar: Webinar) -> None:
    for _ in range(30):
        CASES.record(webinar, "saved", by=None)
    assert "Page 1 sur 2" in words(desk.get(url("case", webinar)))
    assert "Créé" in words(desk.get(url("case", webinar) + "?page=2"))
