"""The page: what it says with and without years, its choices in the address, its queries."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

from apps.accounts.enums import Role
from apps.ledger.models import Exercise
from apps.ledger.picture import page as module
from apps.ledger.picture.page import page
from tests.factories.accounts import OrganisationFactory, member
from tests.ledger.picture.cases import euros, exercise, plain, three
from tests.support.client import check_html

pytestmark = pytest.mark.django_db
ORGANISATION: Any = SimpleNamespace(pk="6a5a8f0e-0000-4000-8000-000000000001", name="Les Ateliers du Canal")


def drawn(years: Any, query: str = "") -> str:
    said = QueryDict(query)
    request: Any = RequestFactory().get("/")
    request.user, request.organisation = AnonymousUser(), None
    context = page(years, ORGANISATION, said.get("nature") == "1", said)
    html = render_to_string("ledger/picture.html", context, request)
    check_html(html, "portrait")
    return plain(html)


def test_three_years() -> None:
    html = drawn(three())
    assert re.search(
        r"<h1>Les subventions publiques <span class=\"hl\">portent 46 %</span> de vos ressources\.</h1>", html
    )
    assert "Leur part a baissé de 14 points en deux ans." in html
    assert "Alerte orange : 1,6 mois de trésorerie" in html
    assert "info-dla.fr" in html
    assert html.count("proposition pédagogique") >= 1
    assert html.count('role="img"') == 5
    assert "Moins de trois mois de trésorerie : 31 %" in html
    assert "aux comptes" in html


def test_no_year_says_what_to_do() -> None:
    html = drawn([])
    assert "Il manque un premier exercice." in html
    assert reverse("ledger:years", args=[ORGANISATION.pk]) in html


def test_the_switch_changes_the_mix_and_says_so() -> None:
    without, with_ = drawn(three()), drawn(three(), "nature=1")
    assert "Le bénévolat et les apports en nature ne sont pas comptés ici : 50 082 € en 2025." in without
    assert "sont comptés : 50 082 € de plus en 2025, des deux côtés. Le résultat ne change pas." in with_
    assert "Bénévolat valorisé" in with_
    assert "apports en nature compris" in with_
    assert "212 282 €" in with_
    assert "212 282 €" not in without


def test_gifts_without_volunteering_say_it() -> None:
    html = drawn([exercise(2025, euros(ventes=10, payroll=5, in_kind_goods=7))], "nature=1")
    assert "Les apports en nature, sans le bénévolat, sont comptés : 7 € de plus en 2025" in html


def test_choices_stay_from_one_form_to_the_other() -> None:
    context = page(
        three(), ORGANISATION, True, QueryDict("nature=1&valeur=smic&cle=equal&commun=SIEGE&autre=x")
    )
    assert parse_qs(context["without_address"][1:]) == {
        "valeur": ["smic"],
        "cle": ["equal"],
        "commun": ["SIEGE"],
    }
    assert parse_qs(context["with_address"][1:])["nature"] == ["1"]
    assert context["keep_split"] == [("cle", "equal"), ("commun", "SIEGE")]
    assert context["keep_gifts"] == [("nature", "1"), ("valeur", "smic")]


@pytest.mark.parametrize("query", ["valeur=rien&cle=rien&commun=rien", "valeur=%00&cle=&commun=%3Cb%3E"])
def test_a_strange_address_changes_nothing_but_the_common_sections(query: str) -> None:
    html = drawn(three(), query)
    assert "<b>Vos heures, au Smic chargé" in html
    assert "Selon le coût direct" in html
    assert "est comptée comme commune" not in html


def test_the_common_section_is_guessed_then_chosen() -> None:
    guessed, chosen = drawn(three()), drawn(three(), "cle=direct")
    assert "« SIEGE » est comptée comme commune" in guessed
    assert "est comptée comme commune" not in chosen
    assert "<b>SIEGE</b>" in chosen
    assert "<b>SIEGE</b>" not in guessed


def test_all_sections_common_is_said() -> None:
    html = drawn(three(), "cle=direct&commun=SIEGE&commun=ATELIERS&commun=JARDIN")
    assert "il ne reste aucune activité à montrer" in html


def test_without_sections_two_ways_are_told() -> None:
    html = drawn([replace(three()[0], sections={})])
    assert "code analytique par activité" in html
    assert reverse("method:engagements") in html


def test_missing_figures_lead_to_where_they_are_typed() -> None:
    years = three()
    html = drawn(years)
    url = reverse("ledger:year", args=[ORGANISATION.pk, years[-1].key])
    assert f'Il manque les ressources pluriannuelles en 2025. <a href="{url}">Compléter 2025' in html


def test_accounts_without_nature_are_named_with_their_amount() -> None:
    year = exercise(2025, euros(ventes=5), unmapped=Decimal("12.40"), unmapped_costs=Decimal("12.40"))
    assert "Ranger 12 € en 2025" in drawn([year])


def test_a_typed_year_counts_nothing_for_zero() -> None:
    html = drawn([exercise(2025, euros(ventes=12000, payroll=800), source="typed")])
    assert "de vos ressources connues" in html
    assert "Saisi à la main en 2025 : ce qui n’a pas été donné n’est pas compté pour zéro." in html
    assert "Il manque la trésorerie et les amortissements en 2025." in html


def test_hours_never_valued_by_default_at_zero() -> None:
    html = drawn([exercise(2025, euros(ventes=10, payroll=5))], "nature=1")
    assert "Aucun apport en nature n’est valorisé en 2025" in html
    assert "Bénévolat valorisé</span>" not in html


def test_the_address_draws_it_for_a_member(client_of: Any, django_assert_max_num_queries: Any) -> None:
    organisation = OrganisationFactory.create()
    client = client_of(member(organisation, Role.STAFF))
    url = reverse("ledger:picture", args=[organisation.pk])
    assert "Il manque un premier exercice." in plain(client.get(url).content.decode())
    Exercise.objects.create(
        organisation=organisation,
        source="typed",
        year=2025,
        starts_on=date(2025, 1, 1),
        ends_on=date(2025, 12, 31),
        volunteer_hours=Decimal(160),
    )
    with django_assert_max_num_queries(10):
        html = plain(client.get(url, {"nature": "1"}).content.decode())
    assert "portent" not in html
    assert "porte 100 %</span> de vos ressources connues, apports en nature compris." in html
    assert "2 491 €" in html  # 160 hours at 15,57


def test_one_query_once_the_points_are_kept(django_assert_num_queries: Any) -> None:
    module.points()
    for years in (three()[:1], three()):
        with django_assert_num_queries(1):
            page(years, ORGANISATION, False)
