"""Closing, from the page that says what will happen to the result."""

from __future__ import annotations

import pytest

from apps.diagnostic.models import Result
from apps.documents.models import Document
from tests.diagnostic.conftest import Place
from tests.diagnostic.pages import FRAGMENT, body, text
from tests.factories.diagnostic import answer, answer_all, finance_year, respondent

pytestmark = pytest.mark.django_db


def test_the_page_says_what_will_happen_and_does_nothing(place: Place) -> None:
    answer(place.guest)
    respondent(place.campaign, name="Zoé")
    page = place.client("lead").get(place.url("clore/"))
    assert "sur 1 copie commencée" in text(page)
    assert "À moins de trois personnes, le résultat en dit moins." in text(page)
    assert "Zoé" in text(page)
    assert "Aucun exercice n’est saisi" in text(page)
    place.campaign.refresh_from_db()
    assert place.campaign.is_open


def test_with_everyone_and_accounts_the_page_says_so(place: Place) -> None:
    answer_all(place.guest)
    for _ in range(2):
        answer_all(respondent(place.campaign))
    finance_year(place.campaign, 2024)
    page = text(place.client("lead").get(place.url("clore/")))
    assert "Tout le monde a terminé." in page
    assert "1 exercice saisi" in page
    assert "le résultat en dit moins" not in page


def test_nobody_answered_there_is_no_button_and_a_forged_post_is_told_why(place: Place) -> None:
    client = place.client("lead")
    assert "Clore et voir le résultat" not in text(client.get(place.url("clore/")))
    sent = client.post(place.url("clore/"), follow=True)
    assert sent.redirect_chain == [(place.url(), 302)]
    assert "La campagne reste ouverte" in text(sent)


def test_a_double_click_gives_one_result(place: Place) -> None:
    answer(place.guest)
    client = place.client("lead")
    first = client.post(place.url("clore/"))
    second = place.client("admin").post(place.url("clore/"))
    assert first["Location"] == second["Location"] == place.url("resultat/")
    assert Result.objects.filter(campaign=place.campaign).count() == 1
    assert client.get(place.url("clore/"))["Location"] == place.url("resultat/")


def test_a_second_tab_finds_a_closed_campaign_everywhere(place: Place) -> None:
    answer(place.guest)
    client = place.client("lead")
    client.post(place.url("clore/"))
    for name in ("contexte/", "inviter/", "finances/", "finances/2024/"):
        assert client.get(place.url(name))["Location"] == place.url(), name
    for name, data in (
        ("contexte/", {}),
        ("finances/2024/", {"charges": "12"}),
        ("finances/2024/supprimer/", {}),
        (f"personnes/{place.guest.pk}/retirer/", {"confirm": "1"}),
        (f"personnes/{place.guest.pk}/renvoyer/", {}),
    ):
        sent = client.post(place.url(name), data)
        assert sent.status_code == 409, name
        assert "Cette campagne vient d’être close." in text(sent)
        assert "Tout ce qui l’avait été avant est gardé" in text(sent)
    page = client.get(place.url())
    assert "Le résultat est figé" in text(page)
    assert f'href="{place.url("resultat/")}"' in body(page)
    assert "Retirer" not in text(page)
    assert place.campaign.code not in body(page)


def test_the_report_is_asked_by_plain_post_and_in_place(place: Place) -> None:
    answer(place.guest)
    client = place.client("staff")
    place.client("lead").post(place.url("clore/"))
    sent = client.post(place.url("rapport/"))
    document = Document.objects.get()
    assert sent["Location"] == f"/documents/{document.pk}/"
    fragment = client.post(place.url("rapport/"), headers=FRAGMENT)
    assert fragment.status_code == 200
    assert "<html" not in body(fragment)
    assert Document.objects.get() == document


def test_an_open_campaign_has_no_result_page_yet(place: Place) -> None:
    sent = place.client("staff").get(place.url("resultat/"), follow=True)
    assert "encore ouverte" in text(sent)
    report = place.client("staff").post(place.url("rapport/"), follow=True)
    assert "encore ouverte" in text(report)
