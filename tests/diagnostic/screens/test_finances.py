"""Up to three years of figures, typed as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from apps.diagnostic.views import finances
from tests.diagnostic.conftest import Place
from tests.diagnostic.pages import body, text
from tests.factories.diagnostic import finance_year

pytestmark = pytest.mark.django_db
YEAR = "finances/2024/"


def test_a_year_is_chosen_typed_and_listed_without_javascript(place: Place) -> None:
    client = place.client("lead")
    last = timezone.localdate().year - 1
    page = client.get(place.url("finances/"))
    assert "Aucun exercice pour l’instant" in text(page)
    assert f'href="{place.url(f"finances/{last}/")}"' in body(page)
    assert client.get(place.url("finances/?annee=2024"))["Location"] == place.url(YEAR)
    sent = client.post(
        place.url(YEAR), {"charges": "1\u202f234,50 €", "result": "−80", "depreciation": "0"}, follow=True
    )
    assert "Les chiffres de 2024 sont enregistrés." in text(sent)
    row = place.campaign.finances.get()
    assert (row.charges, row.result, row.depreciation, row.payroll) == (Decimal("1234.5"), -80, 0, None)
    assert "3 sur 23" in text(sent)
    assert "incomplet" in text(sent)


def test_a_blank_year_shows_blanks_and_a_zero_shows_zero(place: Place) -> None:
    finance_year(place.campaign, 2024, charges=Decimal(0), result=Decimal(-80))
    page = body(place.client("lead").get(place.url(YEAR)))
    assert 'name="charges" value="0"' in page
    assert 'name="result" value="\u221280"' in page
    assert 'name="payroll" inputmode' in page
    listed = text(place.client("lead").get(place.url("finances/")))
    assert "0 €" in listed
    assert "\u221280 €" in listed


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("charges", "douze mille", "« douze mille » n’est pas un nombre."),
        ("charges", "-12", "Ce montant ne peut pas être négatif."),
        ("charges", "9 999 999 999", "Cela dépasse 1 000 000 000 €. Vérifiez l’unité"),
        ("charges", "12.500", "peut se lire de deux façons"),
        ("charges", "12,345678", "Deux chiffres après la virgule suffisent."),
        ("dons", "01/02/2024", "n’est pas un nombre"),
        ("equity", "&lt;b&gt;", "n’est pas un nombre"),
        ("payroll", "9" * 5000, "n’est pas un nombre"),
    ],
)
def test_a_wrong_amount_is_named_and_everything_typed_is_kept(
    place: Place, field: str, typed: str, sentence: str
) -> None:
    finance_year(place.campaign, 2024, treasury=Decimal(3))
    sent = place.client("lead").post(place.url(YEAR), {field: typed, "treasury": "−1 500"})
    assert sent.status_code == 422
    assert sentence in text(sent)
    assert "Rien n’est encore enregistré" in text(sent)
    assert f'name="{field}" value="{typed.replace("&", "&amp;")}"' in body(sent)
    assert 'name="treasury" value="−1 500"' in body(sent)
    assert place.campaign.finances.get().treasury == 3


def test_inconsistent_totals_are_warned_about(place: Place) -> None:
    sent = place.client("lead").post(
        place.url(YEAR),
        {
            "charges": "1000",
            "payroll": "90 000",
            "cotisations": "5",
            "resources_complete": "on",
            "top_funder": "6",
        },
    )
    assert sent.status_code == 422
    assert "La masse salariale dépasse de loin le total des charges (1 000 €)" in text(sent)
    assert "C’est plus que le total de vos ressources (5 €)" in text(sent)
    assert not place.campaign.finances.exists()


def test_an_empty_form_is_refused_without_pointing_at_a_field(place: Place) -> None:
    sent = place.client("lead").post(place.url(YEAR), {})
    assert sent.status_code == 422
    assert "Aucun chiffre n’est saisi." in text(sent)
    assert "Les champs à revoir" not in text(sent)


def test_a_fourth_and_a_fifth_year_are_refused_and_nothing_typed_is_lost(place: Place) -> None:
    for year in (2022, 2023, 2024):
        finance_year(place.campaign, year, charges=Decimal(1))
    client = place.client("lead")
    page = client.get(place.url("finances/"))
    assert "Trois exercices sont saisis" in text(page)
    assert "Saisir cette année" not in text(page)
    for year in (2020, 2021):
        assert "trois suffisent" in text(client.get(place.url(f"finances/{year}/"), follow=True))
        assert "trois suffisent" in text(client.get(place.url(f"finances/?annee={year}")))
        sent = client.post(place.url(f"finances/{year}/"), {"charges": "12 000"})
        assert sent.status_code == 422
        assert "trois suffisent" in text(sent)
        assert 'value="12 000"' in body(sent)
    assert place.campaign.finances.count() == 3
    sent = client.post(place.url("finances/2023/"), {"charges": "7"}, follow=True)
    assert sent.status_code == 200
    assert place.campaign.finances.get(year=2023).charges == 7


def test_a_year_given_in_another_tab_meanwhile_is_refused_with_the_form_kept(place: Place) -> None:
    """The page was asked with two years; a third came in between."""
    for year in (2022, 2023, 2024):
        finance_year(place.campaign, year, charges=Decimal(1))
    assert "trois suffisent" in finances.save(place.campaign, 2021, {})


@pytest.mark.parametrize("typed", ["24", "mille", "1999", "2999", "9" * 3000])
def test_a_year_that_cannot_be_is_refused_in_french(place: Place, typed: str) -> None:
    page = place.client("lead").get(place.url("finances/"), {"annee": typed})
    assert "Écrivez une année en quatre chiffres, entre 2000" in text(page)
    assert f'value="{typed[:10]}"' in body(page)


@pytest.mark.parametrize("year", ["1999", "2999", "99999999999999999999"])
def test_the_address_of_an_impossible_year_leads_back_to_the_list(place: Place, year: str) -> None:
    client = place.client("lead")
    sent = client.get(place.url(f"finances/{year}/"), follow=True)
    assert sent.redirect_chain == [(place.url("finances/"), 302)]
    assert "année en quatre chiffres" in text(sent)
    assert client.post(place.url(f"finances/{year}/"), {"charges": "1"}).status_code == 422
    assert client.post(place.url(f"finances/{year}/supprimer/")).status_code == 302


def test_a_year_is_deleted_by_its_button_only(place: Place) -> None:
    finance_year(place.campaign, 2024, charges=Decimal(1))
    client, url = place.client("lead"), place.url(f"{YEAR}supprimer/")
    assert "C’est définitif." in text(client.get(place.url(YEAR)))
    assert client.get(url).status_code == 405
    assert "L’exercice 2024 est supprimé." in text(client.post(url, follow=True))
    assert "supprimé" not in text(client.post(url, follow=True))
    assert not place.campaign.finances.exists()


def test_an_amount_is_shown_as_it_was_saved_and_saved_as_it_is_shown(place: Place) -> None:
    client = place.client("lead")
    client.post(place.url(YEAR), {"charges": "12500,5", "treasury": "−0,05"})
    page = body(client.get(place.url(YEAR)))
    charges = page.split('name="charges" value="')[1].split('"')[0]
    treasury = page.split('name="treasury" value="')[1].split('"')[0]
    client.post(place.url(YEAR), {"charges": charges, "treasury": treasury})
    row = place.campaign.finances.get()
    assert (row.charges, row.treasury) == (Decimal("12500.50"), Decimal("-0.05"))
