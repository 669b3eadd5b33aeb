"""Two people, one draft: the second is told who, when, what, and overwrites nothing unless she chooses to."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.webinars import sheet
from apps.webinars.models import Webinar
from apps.webinars.services.people import merge
from apps.webinars.services.workflow import CASES
from tests.accounts.helpers import PASSWORD
from tests.support.client import StrictClient
from tests.webinars.curation_cases.browser import Form, words
from tests.webinars.factories import organisation, person, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def webinar(author: User, known: None) -> Webinar:
    return CASES.create(by=author, draft=whole())


@pytest.fixture
def edit(webinar: Webinar) -> str:
    return reverse("curation:case_edit", args=[webinar.slug])


def save(webinar: Webinar, by: User | None, **changes: Any) -> Webinar:
    said = sheet.read(webinar.draft).model_copy(update=changes)
    return CASES.save_draft(row=webinar, draft=said, version=webinar.version, by=by)


def draft(webinar: Webinar) -> sheet.Sheet:
    return sheet.read(Webinar.objects.get(pk=webinar.pk).draft)


def test_the_second_is_told_and_chooses_field_by_field(
    desk: StrictClient, webinar: Webinar, edit: str, author: User
) -> None:
    form = Form(desk.get(edit)).typed(title="Le mien", takeaway="Ma phrase.", curator_note="À moi seule.")
    save(webinar, author, title="Le sien", takeaway="Sa phrase.", teaser="Elle seule.")
    page = form.send(desk, edit)
    assert page.status_code == 409
    told = words(page)
    assert f"{author.full_name} a enregistré le" in told
    for text in ("Le mien", "Le sien", "Ma phrase.", "Sa phrase.", "À moi seule.", "Elle seule."):
        assert text in told or text.split()[0] in told
    assert draft(webinar).title == "Le sien"
    choice = Form(page)
    # Fields that one side alone changed are proposed from that side; the others are hers to decide.
    assert choice.get("garde-curator_note") == "mine"
    assert choice.get("garde-teaser") == "theirs"
    assert choice.get("garde-title") == choice.get("garde-takeaway") == ""
    refused = choice.put("garde-title", "mine").send(desk, edit, "settle")
    assert refused.status_code == 422
    assert "Il reste un choix à faire" in words(refused)
    again = Form(refused)
    assert again.get("garde-title") == "mine"
    done = again.put("garde-takeaway", "theirs").send(desk, edit, "settle")
    assert done.status_code == 302
    after = draft(webinar)
    assert (after.title, after.takeaway, after.teaser, after.curator_note) == (
        "Le mien",
        "Sa phrase.",
        "Elle seule.",
        ["À moi seule."],
    )
    assert webinar.revisions.count() == 3


def test_a_third_save_during_the_choice_is_told_too(
    desk: StrictClient, webinar: Webinar, edit: str, author: User
) -> None:
    form = Form(desk.get(edit)).typed(title="Le mien")
    webinar = save(webinar, author, title="Le sien")
    choice = Form(form.send(desk, edit)).put("garde-title", "mine")
    save(webinar, author, title="Le sien, encore")
    page = choice.send(desk, edit, "settle")
    assert page.status_code == 409
    assert "encore" in words(page)
    assert draft(webinar).title == "Le sien, encore"
    assert Form(page).put("garde-title", "mine").send(desk, edit, "settle").status_code == 302
    assert draft(webinar).title == "Le mien"


def test_the_same_form_sent_twice_is_no_conflict(desk: StrictClient, webinar: Webinar, edit: str) -> None:
    form = Form(desk.get(edit)).typed(title="Une seule fois")
    assert form.send(desk, edit).status_code == 302
    assert form.send(desk, edit).status_code == 302
    assert webinar.revisions.count() == 2


def test_a_new_person_typed_before_the_conflict_is_kept(
    desk: StrictClient, webinar: Webinar, edit: str, author: User
) -> None:
    form = Form(desk.get(edit)).typed(speakers__0__first_name="Zoé", speakers__0__last_name="Zwyx")
    save(webinar, author, title="Le sien")
    page = form.send(desk, edit)
    assert page.status_code == 409
    assert "Zoé Zwyx, Les Essais" in words(page)
    assert Form(page).send(desk, edit, "settle").status_code == 302
    assert draft(webinar).speakers[0].person == "zoe-zwyx"
    assert draft(webinar).title == "Le sien"


def test_a_person_merged_during_the_choice_is_followed(
    desk: StrictClient, webinar: Webinar, edit: str, author: User
) -> None:
    other = person("ada-essais", "Ada", "Essais")
    form = Form(desk.get(edit)).typed(
        speakers__0__role="Présidente", speakers__0__first_name="Ada", speakers__0__last_name="Essais"
    )
    save(webinar, author, title="Le sien")
    page = form.put("qui-person-ada-essais", other.slug).send(desk, edit)
    assert page.status_code == 409
    merge(kept=person(), other=other, by=None)
    page = Form(page).send(desk, edit, "settle")
    if page.status_code == 409:
        page = Form(page).put("garde-speakers", "mine").send(desk, edit, "settle")
    assert page.status_code == 302
    assert draft(webinar).speakers[0] == sheet.Speaker(
        person="ada-essai", organisation="les-essais", role="Présidente"
    )


def test_an_archived_case_is_not_written_and_nothing_typed_is_lost(
    desk: StrictClient, webinar: Webinar, edit: str
) -> None:
    form = Form(desk.get(edit)).typed(title="Tapé longtemps")
    CASES.archive(row=webinar, by=None, reason="x")
    page = form.send(desk, edit)
    assert page.status_code == 409
    assert "archivé" in words(page)
    assert Form(page).get("title") == "Tapé longtemps"
    assert draft(webinar).title != "Tapé longtemps"
    assert desk.get(edit).status_code == 302


def test_an_author_whose_case_was_proposed_meanwhile_keeps_what_she_typed(
    pen: StrictClient, webinar: Webinar, edit: str, author: User
) -> None:
    form = Form(pen.get(edit)).typed(title="Tapé longtemps")
    CASES.submit(row=webinar, by=author)
    page = form.send(pen, edit)
    assert page.status_code == 409
    assert "en relecture" in words(page)
    assert Form(page).get("title") == "Tapé longtemps"
    assert draft(webinar).title != "Tapé longtemps"
    webinar.refresh_from_db()
    assert webinar.state == "review"
    sent = pen.get(edit)
    assert sent.status_code == 302


def test_an_answer_to_a_conflict_respects_the_state_too(
    pen: StrictClient, webinar: Webinar, edit: str, author: User
) -> None:
    form = Form(pen.get(edit)).typed(title="Le mien")
    save(webinar, None, title="Le sien")
    page = form.send(pen, edit)
    choice = Form(page).put("garde-title", "mine")
    CASES.submit(row=webinar, by=author)
    page = choice.send(pen, edit, "settle")
    assert page.status_code == 409
    assert "Rien n’est enregistré" in words(page)
    assert Form(page).get("mine") == choice.get("mine")


@pytest.mark.parametrize("mine", ["", "pas du JSON", "[]", '{"inconnu": 1}'])
def test_a_damaged_answer_writes_nothing(desk: StrictClient, webinar: Webinar, edit: str, mine: str) -> None:
    sent = desk.post(edit, {"act": "settle", "mine": mine, "version": "1"})
    assert sent.status_code == 302
    assert draft(webinar) == sheet.read(webinar.draft)


def test_without_the_version_it_came_from_everything_is_to_decide(
    desk: StrictClient, webinar: Webinar, edit: str, author: User
) -> None:
    form = Form(desk.get(edit)).typed(title="Le mien").put("base", "abc")
    save(webinar, author, teaser="Elle seule.")
    page = form.send(desk, edit)
    choice = Form(page)
    assert choice.get("garde-title") == choice.get("garde-teaser") == ""


def test_a_version_that_is_no_number_is_a_conflict_not_a_fault(
    desk: StrictClient, webinar: Webinar, edit: str
) -> None:
    form = Form(desk.get(edit)).typed(title="Le mien").put("version", "٣")
    assert form.send(desk, edit).status_code == 409


def sign_in(client: StrictClient, user: User, then: str) -> Any:
    """By the password, then the second factor, as a real person."""
    client.force_login(user)
    return client.get(then.partition("next=")[2])


def test_a_session_that_ends_loses_neither_a_form_nor_a_choice(
    client: StrictClient, desk: StrictClient, curator: User, webinar: Webinar, edit: str, author: User
) -> None:
    form = Form(desk.get(edit)).typed(title="Tapé longtemps")
    save(webinar, author, title="Le sien")
    sent = form.send(client, edit)
    assert "ce que vous aviez écrit est gardé" in words(client.get(sent["Location"]))
    back = sign_in(client, curator, sent["Location"])
    assert "Voici ce que vous aviez écrit" in words(back)
    kept = Form(back)
    assert kept.get("title") == "Tapé longtemps"
    choice = Form(kept.send(client, edit)).put("garde-title", "mine")
    client.logout()
    sent = choice.send(client, edit, "settle")
    before = webinar.revisions.count()
    back = sign_in(client, curator, sent["Location"])
    assert "Quelqu’un a enregistré avant vous" in words(back)
    # Opening the page again writes nothing.
    assert webinar.revisions.count() == before
    again = Form(back)
    assert again.get("garde-title") == "mine"
    assert again.send(client, edit, "settle").status_code == 302
    assert draft(webinar).title == "Tapé longtemps"
    assert "Voici ce que vous aviez" not in words(client.get(edit))


def test_a_new_case_typed_before_the_session_ended_is_found_again(
    client: StrictClient, curator: User
) -> None:
    new = reverse("curation:case_create")
    client.force_login(curator)
    form = Form(client.get(new)).typed(title="Né hors session", summary="é" * 12_000)
    client.logout()
    sent = form.send(client, new)
    back = sign_in(client, curator, sent["Location"])
    assert Form(back).get("title") == "Né hors session"
    assert len(Form(back).get("summary")) == 12_000


def test_a_real_sign_in_leads_back_too(
    client: StrictClient, curator: User, webinar: Webinar, edit: str
) -> None:
    curator.set_password(PASSWORD)
    curator.save()
    sent = client.post(edit, {"title": "x"})
    page = client.post(sent["Location"], {"login": curator.email, "password": PASSWORD})
    assert page.status_code == 302
    assert organisation().name == "Les Essais"
