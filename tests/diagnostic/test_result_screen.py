"""The result screen: who sees it, what each figure is made of, and what it says when it must not show."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.catalogue import closeness
from apps.core.typography import date_long
from apps.diagnostic.enums import RespondentRole
from apps.diagnostic.models import Lever, Result
from apps.diagnostic.result_page import result_page
from apps.diagnostic.services import close_campaign
from apps.documents.models import Document
from tests.diagnostic.conftest import Place
from tests.diagnostic.report_files import words
from tests.diagnostic.result_cases import CASES
from tests.factories import member
from tests.factories.diagnostic import answer_all, campaign, closed_campaign, respondent
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db


def screen(result: Result) -> str:
    """As a member of the team receives it."""
    client = StrictClient()
    client.force_login(member(result.campaign.organisation, "staff"))
    response = client.get(f"/diagnostic/{result.campaign_id}/resultat/")
    assert response.status_code == 200
    return response.content.decode()


def part(html: str, name: str) -> str:
    found = re.search(rf'<section class="part" id="{name}">.*?</section>', html, re.DOTALL)
    assert found, name
    return found[0]


@pytest.fixture
def seven() -> str:
    return screen(CASES["seven"]())


@pytest.mark.parametrize("role", ["admin", "lead", "board", "staff"])
def test_every_member_sees_it(place: Place, role: str) -> None:
    result = closed_campaign(place.organisation, people=3)
    response = place.client(role).get(place.url("resultat/", result.campaign_id))
    assert response.status_code == 200
    assert "Les Ateliers du Canal" in response.content.decode()


@pytest.mark.parametrize("role", ["stranger", "guest"])
def test_nobody_else_does(place: Place, role: str) -> None:
    result = closed_campaign(place.organisation, people=3)
    assert place.client(role).get(place.url("resultat/", result.campaign_id)).status_code in (302, 404)
    assert place.client(role).post(place.url("rapport/", result.campaign_id)).status_code in (302, 404)
    assert not Document.objects.exists()


@pytest.mark.parametrize("address", ["resultat/", "rapport/"])
def test_an_open_campaign_has_no_result_yet(place: Place, address: str) -> None:
    client = place.client("lead")
    ask = client.post if address == "rapport/" else client.get
    response = ask(place.url(address), follow=True)
    assert response.redirect_chain == [(place.url(), 302)]
    assert "sera calculé quand elle sera close" in response.content.decode()
    assert not Document.objects.exists()


def test_ten_queries_at_most_whatever_the_number_of_campaigns(place: Place) -> None:
    client = place.client("board")

    def queries(result: Result) -> int:
        address = place.url("resultat/", result.campaign_id)
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    place.campaign.delete()
    first = queries(closed_campaign(place.organisation, people=3))
    others = [queries(closed_campaign(place.organisation, people=8)) for _ in range(2)]
    assert first <= 10, first
    assert others == [first, first]


def test_the_report_is_asked_without_a_script(place: Place) -> None:
    result = closed_campaign(place.organisation, people=3)
    client = place.client("staff")
    before = client.get(place.url("resultat/", result.campaign_id)).content.decode()
    assert 'method="post"' in part_of_report(before)
    response = client.post(place.url("rapport/", result.campaign_id))
    document = Document.objects.get()
    assert response.headers["Location"] == f"/documents/{document.pk}/"
    after = client.get(place.url("resultat/", result.campaign_id)).content.decode()
    assert "Préparer le rapport" not in after
    assert f"document-{document.pk}" in after


def part_of_report(html: str) -> str:
    found = re.search(r'<form id="report".*?</form>', html, re.DOTALL)
    assert found
    return found[0]


def test_the_report_asked_by_htmx_answers_with_its_progress(place: Place) -> None:
    result = closed_campaign(place.organisation, people=3)
    response = place.client("admin").post(
        place.url("rapport/", result.campaign_id), headers={"HX-Request": "true"}
    )
    html = response.content.decode()
    assert response.status_code == 200
    assert "Votre rapport attend son tour" in html
    assert "<html" not in html


def test_each_figure_is_a_sentence_a_picture_and_a_table(seven: str) -> None:
    for name in ("equilibre", "finances"):
        for figure in re.findall(r"<figure.*?</figure>", part(seven, name), re.DOTALL):
            assert re.search(r"<figcaption><b>[^<]+</b>[^<]+", figure)
            assert re.search(r'<svg[^>]*role="img"[^>]*aria-label="[^"]{20,}"', figure)
        assert "<table>" in part(seven, name)
    crossed = part(seven, "regards")
    assert crossed.count('role="img"') == crossed.count('class="ask-q"') == 11
    assert "<caption>Regards croisés, niveaux de 0 à 3</caption>" in crossed


def test_everything_folded_is_in_the_page_without_a_script(seven: str) -> None:
    for axis in ("Richesses humaines", "Trajectoire et maturité"):
        assert f"<caption>{axis}, chaque énoncé</caption>" in seven
    assert seven.count("<details") >= 8


def test_last_year_is_beside_this_year(seven: str) -> None:
    balance = part(seven, "equilibre")
    assert "2025\u00a0: richesses humaines" in balance
    assert "2026\u00a0: richesses humaines" in balance
    assert "L’anneau est 2025, la forme pleine est 2026." in balance
    assert '<th scope="col" class="n">2025</th>' in part(seven, "evolution")


def test_a_first_campaign_says_that_it_is_one() -> None:
    html = screen(CASES["four"]())
    assert "première photographie" in html
    assert 'id="evolution"' not in html


def test_our_proposals_say_so(seven: str) -> None:
    assert "proposition pédagogique" in part(seven, "leviers")
    funder = re.search(r"Part du premier financeur.*?</tr>", part(seven, "finances"), re.DOTALL)
    assert funder
    assert "proposition pédagogique" in funder[0]


def test_a_cash_emergency_comes_first_and_says_who_can_help() -> None:
    html = screen(CASES["urgent_alone"]())
    assert html.index('id="alertes"') < html.index('id="equilibre"')
    said = part(html, "alertes")
    assert "Alerte rouge\u00a0: moins d’un mois de trésorerie" in said
    assert "Cette démarche ne règle pas une urgence" in said
    assert "https://www.info-dla.fr/" in said
    assert "ne règle pas une urgence de trésorerie" in part(html, "limites")


def test_an_orange_alert_comes_after_the_balance(seven: str) -> None:
    assert seven.index('id="equilibre"') < seven.index('id="alertes"')


@pytest.mark.parametrize("people", [1, 2])
def test_under_three_people_it_says_why_no_answer_shows(people: int) -> None:
    opened = campaign()
    for _ in range(people):
        answer_all(respondent(opened, RespondentRole.BOARD), "3")
    html = screen(close_campaign(campaign=opened, by=None))
    assert html.count("moins de 3 répondants") == 36
    assert "Il faut trois regards pour les croiser." in html
    assert "une médiane serait la réponse de quelqu’un" in html
    assert "Médiane 3" not in words(html)


def test_from_three_people_medians_but_neither_range_nor_group() -> None:
    html = part(screen(CASES["four"]()), "regards")
    assert "À moins de cinq répondants, l’étendue des réponses et la moyenne d’un groupe" in html
    assert "gouvernance" not in re.sub(r"moyenne d’un groupe.*?</p>", "", html)


def test_a_group_too_small_is_named_as_hidden() -> None:
    html = part(screen(CASES["twenty"]()), "regards")
    assert "référents et partenaires\u00a0: moins de trois réponses" in html
    assert "moins de 3</td>" in html


@pytest.mark.parametrize("case", ["alone", "vague", "no_accounts", "incomplete", "sixteen"])
def test_every_kind_of_campaign_has_its_screen(case: str) -> None:
    html = screen(CASES[case]())
    assert "None" not in words(html)
    for name in ("equilibre", "alertes", "regards", "leviers", "enonces", "finances", "limites"):
        assert part(html, name)


def test_the_page_is_not_kept_by_a_cache(place: Place) -> None:
    result = closed_campaign(place.organisation, people=3)
    response: Any = place.client("lead").get(place.url("resultat/", result.campaign_id))
    assert "no-store" in response["Cache-Control"]


def test_a_screen_kept_from_one_reader_to_the_next_follows_the_result(place: Place) -> None:
    result = closed_campaign(place.organisation, people=3)
    address = place.url("resultat/", result.campaign_id)
    pages = [place.client(role).get(address).content.decode() for role in ("admin", "staff")]
    bodies = [page[page.index('id="equilibre"') : page.index('id="limites"')] for page in pages]
    assert bodies[0] == bodies[1]
    assert "csrf" not in bodies[0]
    Lever.objects.filter(pk__in=["A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9"]).update(
        title="Un titre corrigé"
    )
    assert "Un titre corrigé" in place.client("staff").get(address).content.decode()


def test_a_kept_screen_costs_one_query_and_follows_the_name(
    place: Place, django_assert_num_queries: Any
) -> None:
    campaign = closed_campaign(place.organisation, people=3).campaign
    closeness.names()  # kept until the content changes
    with django_assert_num_queries(10):
        drawn = result_page(campaign)
    with django_assert_num_queries(1):
        assert result_page(campaign) == drawn
    campaign.organisation.name = "Un autre nom"
    campaign.organisation.save()
    assert "Un autre nom" in result_page(campaign).kicker


def test_two_campaigns_of_one_month_are_told_by_their_days(place: Place) -> None:
    closed_campaign(place.organisation, people=3)
    page = result_page(closed_campaign(place.organisation, people=3).campaign)
    today = timezone.localdate()
    day = date_long(today).removesuffix(f" {today.year}")
    assert f"auto-diagnostic du {day}" in page.kicker
    assert f"Depuis le {day}" in page.headline.lede


def test_a_kept_screen_follows_the_campaign_before(place: Place) -> None:
    campaign = closed_campaign(place.organisation, people=3).campaign
    alone = result_page(campaign)
    campaign.previous = closed_campaign(place.organisation, people=2).campaign
    campaign.save()
    assert result_page(campaign).key != alone.key
    assert 'id="evolution"' in result_page(campaign).body
