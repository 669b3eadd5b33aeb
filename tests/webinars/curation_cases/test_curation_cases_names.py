"""Names that a form brings: never a silent double, never a silent merge, never the name of who asked to leave."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.webinars import sheet
from apps.webinars.models import CitedOrganisation, Person, Webinar
from apps.webinars.services import drafting, identities
from apps.webinars.services.people import withdraw_person
from apps.webinars.services.workflow import CASES
from tests.support.client import StrictClient
from tests.webinars.curation_cases.browser import Form, words
from tests.webinars.factories import organisation, person, published, whole

pytestmark = pytest.mark.django_db
NEW = reverse("curation:case_create")


def speaker(
    form: Form, first: str, last: str, where: str = "", line: int = 0, role: str = "Directrice"
) -> Form:
    names = {"first_name": first, "last_name": last, "organisation": where, "role": role}
    for name, value in names.items():
        form.put(f"speakers-{line}-{name}", value)
    return form


def said(sent: Any) -> sheet.Sheet:
    assert sent.status_code == 302, words(sent)[:3000]
    return sheet.read(Webinar.objects.order_by("-pk")[0].draft)


def test_the_same_name_where_she_already_spoke_is_the_same_person(desk: StrictClient) -> None:
    published()
    form = speaker(Form(desk.get(NEW)), "ADA", "essai", "les essais")
    found = said(form.send(desk, NEW))
    assert found.speakers == [sheet.Speaker(person="ada-essai", organisation="les-essais", role="Directrice")]
    assert Person.objects.filter(last_name__iexact="essai").count() == 1


def test_the_same_name_elsewhere_is_asked_about(desk: StrictClient) -> None:
    published()
    organisation("ailleurs", "Ailleurs")
    page = speaker(Form(desk.get(NEW)), "Ada", "Essai", "Ailleurs").send(desk, NEW)
    assert page.status_code == 422
    assert "C’est la même : Ada Essai , Directrice, Les Essais (2024)" in words(page)
    assert not Webinar.objects.filter(author__isnull=False).exists()
    another = said(Form(page).put("qui-person-ada-essai", "nouvelle").send(desk, NEW))
    assert another.speakers[0].person == "ada-essai-2"
    assert Person.objects.filter(last_name="Essai").count() == 2


def test_a_resembling_name_is_asked_about_and_may_be_the_same(desk: StrictClient) -> None:
    published()
    page = speaker(Form(desk.get(NEW)), "Adda", "Essais", "Les Essais").send(desk, NEW)
    assert "C’est la même : Ada Essai" in words(page)
    found = said(Form(page).put("qui-person-adda-essais", "ada-essai").send(desk, NEW))
    assert found.speakers[0].person == "ada-essai"
    assert not Person.objects.filter(last_name="Essais").exists()


def test_a_name_that_resembles_nobody_is_added_and_told(desk: StrictClient, known: None) -> None:
    sent = speaker(Form(desk.get(NEW)), "Zoé", "Zwyx", "Les Essais").send(desk, NEW)
    assert said(sent).speakers[0].person == "zoe-zwyx"
    assert "Ajoutés à la bibliothèque : Zoé Zwyx." in words(desk.get(sent["Location"]))


def test_a_new_organisation_needs_its_kind(desk: StrictClient) -> None:
    page = speaker(Form(desk.get(NEW)), "", "", "Qwertz Solidaire").send(desk, NEW)
    assert "Qwertz Solidaire" in words(page)
    form = Form(page)
    assert form.get("qui-organisation-qwertz-solidaire") == "nouvelle"
    page = form.send(desk, NEW)
    assert page.status_code == 422
    assert "Choisissez son type" in words(page)
    form = Form(page).put("type-organisation-qwertz-solidaire", "reseau")
    form.put("region-organisation-qwertz-solidaire", "84")
    found = said(form.send(desk, NEW))
    made = CitedOrganisation.objects.get(slug=found.speakers[0].organisation)
    assert (made.name, made.kind, made.region_id) == ("Qwertz Solidaire", "reseau", "84")


def test_one_organisation_written_in_several_places_is_asked_once(desk: StrictClient) -> None:
    form = Form(desk.get(NEW))
    form.put("speakers-0-organisation", "Qwertz Solidaire").put("figures-0-organisation", "QWERTZ solidaire")
    form.put("views-0-organisation", "Qwertz Solidaire").put("project_organisation", "Qwertz Solidaire")
    page = form.send(desk, NEW)
    assert "1 nom à vérifier" in words(page)
    found = said(Form(page).put("type-organisation-qwertz-solidaire", "reseau").send(desk, NEW))
    assert set(found.organisations()) == {"qwertz-solidaire"}
    assert CitedOrganisation.objects.filter(name__iexact="qwertz solidaire").count() == 1


def test_two_organisations_of_one_name_are_told_apart(desk: StrictClient, known: None) -> None:
    organisation("les-essais-bis", "Les Essais")
    page = desk.get(NEW)
    assert "Les Essais [les-essais-bis]" in page.content.decode()
    page = speaker(Form(page), "", "", "Les Essais").send(desk, NEW)
    assert page.status_code == 422
    found = said(Form(page).put("speakers-0-organisation", "Les Essais [les-essais-bis]").send(desk, NEW))
    assert found.speakers[0].organisation == "les-essais-bis"


def test_an_answer_about_somebody_who_does_not_exist_is_asked_again(desk: StrictClient) -> None:
    published()
    page = speaker(Form(desk.get(NEW)), "Adda", "Essais", "Les Essais").send(desk, NEW)
    again = Form(page).put("qui-person-adda-essais", "personne-inventee").send(desk, NEW)
    assert again.status_code == 422
    assert "1 nom à vérifier" in words(again)


def test_who_asked_to_leave_does_not_come_back_by_a_form(desk: StrictClient, known: None) -> None:
    gone = withdraw_person(person=person(), asked_on=date(2026, 1, 1), reason="", by=None)
    assert gone == []
    sent = speaker(Form(desk.get(NEW)), "Ada", "Essai", "Les Essais").send(desk, NEW)
    found = said(sent)
    row = Person.objects.get(slug=found.speakers[0].person)
    assert row.is_withdrawn
    assert found.speakers[0].role == ""
    page = desk.get(sent["Location"])
    assert "a demandé à ne plus être nommée" in words(page)
    assert "Ada Essai" not in words(page)
    webinar = Webinar.objects.order_by("-pk")[0]
    edit = reverse("curation:case_edit", args=[webinar.slug])
    form = Form(desk.get(edit))
    assert form.get("speakers-0-last_name") == ""
    assert form.send(desk, edit).status_code == 302
    assert Webinar.objects.get(pk=webinar.pk).draft == webinar.draft


def test_another_name_on_a_known_line_is_another_person(desk: StrictClient, known: None) -> None:
    webinar = CASES.create(by=None, draft=whole())
    edit = reverse("curation:case_edit", args=[webinar.slug])
    form = Form(desk.get(edit)).put("speakers-0-first_name", "Zoé").put("speakers-0-last_name", "Zwyx")
    assert form.send(desk, edit).status_code == 302
    found = sheet.read(Webinar.objects.get(pk=webinar.pk).draft)
    assert found.speakers[0].person == "zoe-zwyx"
    # Who was ticked in a point of view is the person of that line.
    assert found.points_of_view[0].people == ["zoe-zwyx"]
    assert person().last_name == "Essai"


def test_another_spelling_on_a_known_line_changes_nobody(desk: StrictClient, known: None) -> None:
    webinar = CASES.create(by=None, draft=whole())
    edit = reverse("curation:case_edit", args=[webinar.slug])
    assert Form(desk.get(edit)).put("speakers-0-last_name", "ESSAI").send(desk, edit).status_code == 302
    assert Webinar.objects.get(pk=webinar.pk).draft == webinar.draft
    assert person().last_name == "Essai"


def test_a_removed_speaker_is_no_longer_ticked(desk: StrictClient, known: None) -> None:
    webinar = CASES.create(by=None, draft=whole())
    edit = reverse("curation:case_edit", args=[webinar.slug])
    assert Form(desk.get(edit)).put("speakers-0-DELETE", "on").send(desk, edit).status_code == 302
    found = sheet.read(Webinar.objects.get(pk=webinar.pk).draft)
    assert list(found.people()) == []


def test_a_new_speaker_is_ticked_before_anything_is_saved(desk: StrictClient, known: None) -> None:
    form = speaker(Form(desk.get(NEW)), "Zoé", "Zwyx", "Les Essais")
    page = form.send(desk, NEW, "people")
    form = Form(page)
    assert "Zoé Zwyx" in words(page)
    form.put("views-0-people", form.get("speakers-0-ref")).put("views-0-theme", "Ouvrir")
    found = said(form.send(desk, NEW))
    assert found.points_of_view[0].people == ["zoe-zwyx"]


def test_names_that_no_slug_can_write_stay_apart(desk: StrictClient, known: None) -> None:
    person("li-wei", "", "李雷")
    page = speaker(Form(desk.get(NEW)), "", "韩梅梅", "Les Essais").send(desk, NEW)
    if page.status_code == 422:
        page = Form(page).put("qui-person-韩梅梅", "nouvelle").send(desk, NEW)
    assert Person.objects.get(slug=said(page).speakers[0].person).last_name == "韩梅梅"


def test_a_name_added_meanwhile_is_taken_not_doubled(curator: User, known: None) -> None:
    """She said « another » before a colleague, or her own first click, added that other one."""
    typed = drafting.Typed(
        sheet.Sheet(speakers=[sheet.Speaker(person="n1", organisation="Les Essais")]),
        {"n1": identities.TypedPerson("Ada", "Essai", "Les Essais")},
        {"person-ada-essai": identities.Answer("nouvelle", frozenset({"ada-essai"}))},
    )
    first = drafting.create(typed=typed, by=curator)
    again = drafting.create(typed=typed, by=curator)
    assert first.webinar == again.webinar
    assert first.settled.added == ["Ada Essai"]
    assert again.settled.added == []
    assert Person.objects.filter(last_name="Essai").count() == 2
