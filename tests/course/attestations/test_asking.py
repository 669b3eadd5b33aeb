"""From the last step to the attestation: what is missing, the name, once only."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.course.attestations import pdf, services
from apps.course.enums import Verb
from apps.course.errors import Refused
from apps.course.models import Attestation, Page, Progress, Statement
from apps.course.services import learning
from apps.documents.models import Document
from tests.course.attestations.conftest import Holder
from tests.factories import UserFactory, course
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
URL = "/se-former/attestation/"


def words(response: Any) -> str:
    plain = html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
    return re.sub(r"[\s\u00a0\u202f]+", " ", plain)


def test_a_visitor_signs_in_first(visitor: StrictClient) -> None:
    assert visitor.get(URL)["Location"].startswith("/compte/login/?next=/se-former/attestation/")


def test_whoever_has_not_begun_reads_what_it_takes(client_of: Any) -> None:
    page = client_of(UserFactory.create()).get(URL)
    assert "Elle vous attend au bout du parcours" in words(page)
    for step in Page.objects.filter(kind="step"):
        assert f'href="{step.get_absolute_url()}"' in page.content.decode()


def test_what_is_missing_is_said_and_leads_there(client_of: Any) -> None:
    user = UserFactory.create()
    learner = course.learner(user)
    course.follow(learner, 1, 2, 3, 4, 6)
    page = client_of(user).get(URL)
    assert "Encore 2 étapes" in words(page)
    main = page.content.decode().split("<h1>")[1]
    assert course.page(5).get_absolute_url() in main
    assert course.page(7).get_absolute_url() in main
    assert f'href="{course.page(6).get_absolute_url()}"' not in main
    assert "Nom à inscrire" not in words(page)


def test_the_form_proposes_the_name_of_the_account(claire: Holder) -> None:
    page = claire.client.get(URL)
    assert "Vous êtes au bout du parcours" in words(page)
    assert 'value="Claire D."' in page.content.decode()


def test_a_get_gives_nothing(claire: Holder) -> None:
    with CaptureQueriesContext(connection) as queries:
        claire.client.get(URL)
    assert not [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert len(queries) <= 10
    assert not Attestation.objects.exists()


def test_asking_gives_it_signs_it_and_asks_for_its_file(claire: Holder) -> None:
    answer = claire.client.post(URL, {"full_name": "  Claire \u202e Dupont  "}, follow=True)
    assert answer.redirect_chain == [(URL, 302)]
    assert "Votre attestation est délivrée. Bravo !" in words(answer)
    made = Attestation.objects.get()
    assert made.full_name == "Claire Dupont"
    assert made.learner == claire.learner
    assert re.fullmatch(r"[A-HJ-NP-Z]{4}(-[A-HJ-NP-Z]{4}){3}", made.code)
    assert made.credential.count(".") == 2
    file = Document.objects.get(kind=pdf.KIND)
    assert (file.owner, file.is_public, file.organisation) == (claire.user, False, None)
    assert "Votre attestation attend son tour" in words(answer)
    said = Statement.objects.get(verb=Verb.EARNED)
    assert said.learner == claire.learner
    assert said.body["object"]["id"].endswith("/se-former/attestation")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "Écrivez le nom qui doit paraître"),
        ("   ", "Écrivez le nom qui doit paraître"),
        ("12 34", "Ce nom ne contient aucune lettre"),
        ("A" * 81, "Ce nom dépasse 80 caractères"),
    ],
)
def test_a_name_that_will_not_do_is_told_and_kept(claire: Holder, name: str, told: str) -> None:
    page = claire.client.post(URL, {"full_name": name})
    assert page.status_code == 422
    assert told in words(page)
    assert not name.strip() or name in page.content.decode()
    assert not Attestation.objects.exists()


def test_a_name_is_text_whatever_it_holds(claire: Holder, visitor: StrictClient) -> None:
    claire.client.post(URL, {"full_name": "<b>Zoé</b> & Cie"})
    made = Attestation.objects.get()
    for written in (visitor.get(made.get_absolute_url()).content.decode(), pdf.html(made)):
        assert "&lt;b&gt;Zoé&lt;/b&gt; &amp; Cie" in written
        assert "<b>Zoé" not in written


def test_nobody_gets_it_before_the_end(client_of: Any) -> None:
    user = UserFactory.create()
    learner = course.learner(user)
    course.follow(learner, 1, 2, 3, 4, 5, 6)
    page = client_of(user).post(URL, {"full_name": "Trop Tôt"})
    assert page.status_code == 409
    with pytest.raises(Refused, match="Il reste des étapes"):
        services.issue(learner=learner, full_name="Trop Tôt")
    assert not Attestation.objects.exists()
    assert not Statement.objects.filter(verb=Verb.EARNED).exists()


def test_steps_done_as_a_visitor_count_once_signed_in(visitor: StrictClient) -> None:
    for number in range(1, 8):
        visitor.post(f"{course.page(number).get_absolute_url()}terminer/", {"done": "1"})
    visitor.force_login(UserFactory.create())
    assert "Vous êtes au bout du parcours" in words(visitor.get(URL))
    visitor.post(URL, {"full_name": "Venue d’ailleurs"})
    assert Attestation.objects.get().full_name == "Venue d’ailleurs"


def test_twice_it_is_the_same(claire: Holder) -> None:
    for name in ("Claire Dupont", "Claire Durand"):
        assert claire.client.post(URL, {"full_name": name})["Location"] == URL
    assert Attestation.objects.get().full_name == "Claire Dupont"
    assert Document.objects.filter(kind=pdf.KIND).count() == 1
    assert Statement.objects.filter(verb=Verb.EARNED).count() == 1


def test_it_is_frozen_whatever_becomes_of_the_course(claire: Holder) -> None:
    Progress.objects.filter(page=course.page(2)).update(done_at=timezone.now() - timedelta(days=40))
    made = claire.attestation()
    before = made.steps
    assert [row["number"] for row in before] == [1, 2, 3, 4, 5, 6, 7]
    assert before[1]["done_on"] == timezone.localdate(timezone.now() - timedelta(days=40)).isoformat()
    assert before[1]["edition"] == course.page(2).edition
    Page.objects.filter(slug="etape-2").update(title="Un autre titre", edition=9)
    learning.take_back(learner=claire.learner, page=course.page(3))
    made.refresh_from_db()
    assert made.steps == before
    assert "Un autre titre" not in pdf.html(made)


def test_a_file_that_is_gone_is_prepared_again(claire: Holder, given: Attestation) -> None:
    Document.objects.all().delete()
    page = claire.client.get(URL)
    assert "Préparer le PDF" in words(page)
    assert claire.client.post(URL)["Location"] == URL
    assert Document.objects.get().subject_id == given.pk


def test_the_name_of_a_person_is_never_in_the_name_of_her_file(claire: Holder) -> None:
    made = claire.attestation()
    assert Document.objects.get(kind=pdf.KIND).filename == f"attestation-{made.code.lower()}.pdf"


def test_her_page_leads_to_the_proof_and_the_badge(claire: Holder, given: Attestation) -> None:
    page = claire.client.get(URL).content.decode()
    assert f"/attestations/{given.code}/" in page
    for kind in ("svg", "jwt", "json"):
        assert f"/attestations/{given.code}/badge.{kind}" in page
    assert f"/attestations/{given.code}/retirer/" in page
