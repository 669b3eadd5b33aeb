"""Accounts, reference points and the horizons: what is shown, and what is missing to show it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from apps.catalogue.models import ReferencePoint, TrajectoryRow
from apps.core.sources import SourceStatus
from apps.diagnostic.models import Campaign
from apps.diagnostic.presenters_finances import finances
from apps.diagnostic.presenters_measures import MEASURES
from apps.diagnostic.presenters_references import References
from apps.diagnostic.presenters_trajectory import trajectory
from apps.diagnostic.scoring.finances import RESOURCE_KEYS
from tests.diagnostic.test_presenters_words import plain

EMPTY = References((), None)


def year(of: int = 2025, **figures: Any) -> dict[str, Any]:
    resources = {key: figures.pop(key, 100) for key in RESOURCE_KEYS}
    return {"year": of, "charges": 1200, "result": 0, "resources": resources} | figures


def shown(years: list[dict[str, Any]], references: References = EMPTY, **indicators: float | None) -> Any:
    return finances({"indicators": dict.fromkeys(MEASURES) | indicators}, years, references)


def one(key: str, years: list[dict[str, Any]], **indicators: float | None) -> Any:
    return next(i for i in shown(years, **indicators).indicators if i.key == key)


def test_without_accounts_an_invitation() -> None:
    found = shown([])
    assert not found.has_years
    assert found.title == "Les comptes n’ont pas été donnés cette fois."
    assert (found.mix, found.indicators, found.accounts) == (None, (), ())


@pytest.mark.parametrize(
    ("figures", "title", "text"),
    [
        (
            {},
            "Subventions publiques : 42 % de vos ressources en 2025.",
            "Aucune répartition n’est bonne en soi",
        ),
        (dict.fromkeys(RESOURCE_KEYS, 0) | {"ventes": 5}, "100 % de vos ressources", "d’une seule famille"),
        (
            dict.fromkeys(RESOURCE_KEYS, 0),
            "Aucune ressource n’a été déclarée.",
            "ne peuvent pas être calculées",
        ),
        (
            {"dons": None},
            "Vos comptes, tels que vous les avez donnés.",
            "incomplète pour le dernier exercice",
        ),
    ],
)
def test_the_sentence_says_where_the_money_comes_from(figures: Any, title: str, text: str) -> None:
    found = shown([year(**figures)])
    assert title in plain(found.title)
    assert text in plain(found.text)


def test_what_lacks_is_named_once_then_told_in_short() -> None:
    found = shown([year(dons=None, mecenat=None, charges=None)])
    assert plain(found.why_no_mix) == "Il manque les dons et le mécénat en 2025."
    by_key = {i.key: plain(i.missing) for i in found.indicators}
    assert by_key["effective_sources"] == "Il manque l’origine de toutes les ressources en 2025."
    assert by_key["payroll_share"] == "Il manque la masse salariale et les charges en 2025."
    assert by_key["multi_year_share"].startswith("Il manque les ressources pluriannuelles et l’origine")


def test_many_lacking_origins_are_counted() -> None:
    assert shown([year(**dict.fromkeys(RESOURCE_KEYS))]).why_no_mix.startswith(
        "Il manque 12 origines en 2025"
    )


def test_a_past_year_with_all_its_origins_is_still_drawn() -> None:
    found = shown([year(2024), year(2025, dons=None)])
    assert found.title == "Vos comptes, tels que vous les avez donnés."
    assert found.mix.header[1:] == ("2024",) or "2024" in found.mix.alt
    assert found.why_no_mix == ""


def test_accounts_hold_the_figures_given_and_say_which_were_not() -> None:
    found = shown([year(2024, treasury=5000, charges=None), year(2025, treasury=None)])
    assert found.accounts_header == ("En euros", "2024", "2025")
    rows = {row[0]: tuple(plain(cell) for cell in row[1:]) for row in found.accounts}
    assert rows["Trésorerie"] == ("5 000", "non donné")
    assert rows["Charges"] == ("non donné", "1 200")
    assert "Fonds propres" not in rows


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("months_of_cash", 2.14, "2,1 mois"),
        ("payroll_share", 0.6975, "70 %"),
        ("effective_sources", 5.24, "5,2"),
        ("resources_change", 0.0213, "+2,1 %"),
        ("resources_change", -0.0213, "\u22122,1 %"),
    ],
)
def test_an_indicator_is_written_in_its_unit(key: str, value: float, said: str) -> None:
    found = one(key, [year(2024), year()], **{key: value})
    assert (plain(found.value), found.missing) == (said, "")


def test_concentration_is_quoted_beside_the_number_of_sources() -> None:
    assert one(
        "effective_sources", [year()], effective_sources=5.2, resource_concentration=0.191
    ).how.endswith("0,191")


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ([year()], "Il faut deux exercices."),
        ([year(2023, dons=None), year(2025)], "Origine des ressources incomplète en 2023."),
        (
            [year(2023, dons=None), year(2025, dons=None)],
            "Origine des ressources incomplète en 2023 et 2025.",
        ),
        ([year(2024), year()], "Non calculé : les ressources du premier exercice sont nulles."),
    ],
)
def test_why_a_change_is_not_computed(years: Any, said: str) -> None:
    assert plain(one("resources_change", years).missing) == said


def test_a_divisor_of_zero_is_said() -> None:
    found = one("payroll_share", [year(payroll=0)])
    assert plain(found.missing) == "Non calculé : le total qui sert de diviseur est nul."


def point(name: str = "Repère", population: str = "Associations employeuses", **more: Any) -> ReferencePoint:
    values = {
        "indicator": "months_of_cash", "value": "31 %", "number": 31, "year": "2025", "source_label": "Enquête",
        "source_year": "2025", "status": SourceStatus.PUBLISHED, "note": "",
    }  # fmt: skip
    return ReferencePoint(name=name, population=population, **values | more)


def texts(points: list[ReferencePoint], employer: bool | None) -> list[str]:
    return [plain(r.text) for r in References(points, employer).of("months_of_cash")]


def test_employers_and_others_are_never_mixed() -> None:
    points = [point("Avec"), point("Sans", "Associations sans salarié"), point("Tout", "Toute association")]
    assert texts(points, True) == ["Avec : 31 %", "Tout : 31 %"]
    assert texts(points, False) == ["Sans : 31 %", "Tout : 31 %"]
    assert len(texts(points, None)) == 2


def test_a_weak_source_only_where_there_is_no_other_and_it_says_so() -> None:
    weak = point("Fragile", status=SourceStatus.WEAK, source_year="2020", year="")
    assert texts([weak, point("Sûr")], None) == ["Sûr : 31 %"]
    (alone,) = References([weak], None).of("months_of_cash")
    assert plain(alone.source) == "Enquête, 2020, source fragile"
    assert alone.population == "Associations employeuses"


def test_a_point_without_a_number_or_of_another_indicator_is_not_beside_it() -> None:
    assert texts([point(number=None), point(indicator="payroll_share")], None) == []
    assert References([], None).first("months_of_cash") is None


def test_two_figures_of_one_survey_are_said_together() -> None:
    points = [point("Moins de trois mois"), point("Un an ou plus", value="10 %")]
    (said,) = References(points, None).grouped("months_of_cash")
    assert plain(said.text) == "Moins de trois mois : 31 %. Un an ou plus : 10 %"
    apart = [points[0], point("Autre", source_label="Autre enquête")]
    assert len(References(apart, None).grouped("months_of_cash")) == 2


ROW: Any = SimpleNamespace(
    name="Action collective",
    months_18=15,
    years_7=60,
    years_28=25,
    source_label="Rapport",
    source_year="2024",
)


def effort(*shares: int | None) -> Campaign:
    return Campaign(effort_18_months=shares[0], effort_7_years=shares[1], effort_28_years=shares[2])


@pytest.mark.parametrize(
    ("shares", "title"),
    [
        ((70, 25, 5), "Vous donnez plus de place aux 18 mois que la matrice."),
        ((15, 20, 65), "Vous donnez moins de place aux 7 ans que la matrice."),
        ((20, 60, 20), "Votre effort se partage à peu près comme la matrice le propose."),
        ((None, None, None), "L’effort entre les horizons n’a pas été dit."),
    ],
)
def test_the_declared_effort_beside_the_row_of_the_matrix(shares: Any, title: str) -> None:
    found = trajectory(effort(*shares), ROW)
    assert found
    assert plain(found.title) == title
    assert plain(found.shares) == "15 % aux 18 mois, 60 % aux 7 ans, 25 % aux 28 ans"
    assert (found.svg is None) == (None in shares)


def test_a_matrix_without_a_row_for_us_says_nothing() -> None:
    assert trajectory(effort(70, 25, 5), None) is None


@pytest.mark.django_db
def test_the_published_matrix_has_our_row() -> None:
    row = TrajectoryRow.objects.filter(fits_associations=True).get()
    assert (row.months_18, row.years_7, row.years_28) in {(15, 60, 25), (60, 25, 15)}
