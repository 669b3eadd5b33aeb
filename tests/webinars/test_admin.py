"""What an operator reads of the library: the notes of curators, the states, nothing that she could change."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import PlatformRole
from apps.webinars.models import CitedOrganisation, LinkCheck, Person, PersonRequest, Webinar
from apps.webinars.services import people
from tests.support.client import StrictClient
from tests.support.world import platform_person
from tests.webinars.factories import published

pytestmark = pytest.mark.django_db
OURS = [model for model in admin.site._registry if model._meta.app_label == "webinars"]


@pytest.fixture(name="me")
def make_me(client: StrictClient) -> StrictClient:
    client.force_login(platform_person(PlatformRole.OPERATOR))
    return client


def screen(me: StrictClient, row: object, action: str = "change") -> str:
    label = row._meta.label_lower.replace(".", "_")  # type: ignore[attr-defined]
    page = me.get(reverse(f"admin:{label}_{action}", args=[row.pk] if action == "change" else []))  # type: ignore[attr-defined]
    assert page.status_code == 200
    return page.content.decode()


def test_the_note_of_a_case_is_on_its_screen_and_counted_in_the_list(me: StrictClient) -> None:
    webinar = Webinar.objects.get(slug="webinaire-2022-12-15")
    html = screen(me, webinar)
    for note in webinar.draft["curator_note"]:
        assert note.split("’")[0].split("«")[0][:40] in html
    assert "Note de curation" in html
    assert "La même." in html
    assert f'<td class="field-notes">{len(webinar.draft["curator_note"])}</td>' in screen(
        me, webinar, "changelist"
    )


def test_a_note_is_a_text_whatever_it_holds(me: StrictClient) -> None:
    webinar = published(curator_note=["<script>alert(1)</script>"])
    html = screen(me, webinar)
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html
    webinar.draft["curator_note"] = []
    webinar.save()
    assert "Aucune note." in screen(me, webinar)
    webinar.sheet = None
    webinar.save()
    assert "Rien n’est publié." in screen(me, webinar)


def test_notes_of_people_and_organisations_are_in_the_lists_too(me: StrictClient) -> None:
    person = Person.objects.get(slug="thierry-ferrey")
    assert person.note
    start = person.note.split("»")[0][-6:]
    assert start in screen(me, person)
    assert start in screen(me, person, "changelist")
    place = CitedOrganisation.objects.get(slug="newmeric")
    CitedOrganisation.objects.filter(pk=place.pk).update(note="Note de l’organisation")
    assert "Note de l’organisation" in screen(me, place, "changelist")


def test_states_are_told_and_traces_of_removed_names_are_not(me: StrictClient) -> None:
    person = Person.objects.get(slug="celine-faivre")
    people.withdraw_person(person=person, asked_on=date(2026, 11, 2), reason="", by=None)
    request = PersonRequest.objects.get(person=person)
    html = screen(me, request) + screen(me, request, "changelist")
    assert "Nom retiré à sa demande" in html
    assert not [key for key in request.keys if key in html]
    webinar = Webinar.objects.get(slug="webinaire-2023-12-21")
    check = LinkCheck.objects.create(
        webinar=webinar, url="https://exemple.fr/", state="broken", detail="404", checked_at=timezone.now()
    )
    assert "ne répond plus" in screen(me, check, "changelist")
    assert "personne ou organisation corrigée" in screen(me, webinar.revisions.first())
    assert "Retrait à la demande" in screen(me, webinar.revisions.first(), "changelist")


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_nothing_is_added_changed_or_deleted_here(me: StrictClient, model: type) -> None:
    label = model._meta.label_lower.replace(".", "_")  # type: ignore[attr-defined]
    assert me.get(reverse(f"admin:{label}_add")).status_code == 403
    row = model._default_manager.first()  # type: ignore[attr-defined]
    if row:
        assert me.post(reverse(f"admin:{label}_change", args=[row.pk]), {"slug": "x"}).status_code == 403
        assert me.post(reverse(f"admin:{label}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
