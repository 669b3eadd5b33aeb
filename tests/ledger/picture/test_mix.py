"""The mix of resources and costs: amounts, shares, sentences."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from apps.core.figures.palette import PILLARS
from apps.ledger.picture import families, parts, pillars, sayings, stack, steps
from apps.ledger.picture.parts import COST_SIDE, RESOURCE_SIDE
from apps.ledger.years import COSTS, IN_KIND, RESOURCES
from tests.ledger.picture.cases import euros, exercise, plain, three


def shown(side: Any, years: Any, given: Any = None) -> tuple[list[Any], list[stack.Column]]:
    return parts.columns_of(years, side, given or {})


@pytest.mark.parametrize(("side", "natures"), [(families.RESOURCES, RESOURCES), (families.COSTS, COSTS)])
def test_every_nature_has_one_family(side: Any, natures: dict[str, str]) -> None:
    found = [nature for family in side for nature in family.natures]
    assert sorted(found) == sorted([*natures, *IN_KIND, families.UNPLACED])


def test_every_nature_has_one_place_among_the_pillars() -> None:
    found = [nature for one in pillars.ATTRIBUTIONS for nature in one.natures]
    assert sorted(found) == sorted([*RESOURCES, *COSTS, *IN_KIND, families.UNPLACED])
    assert all(one.reason.endswith(".") for one in pillars.ATTRIBUTIONS)


@pytest.mark.parametrize("side", [families.RESOURCES, families.COSTS])
def test_families_are_told_apart_without_their_name(side: Any) -> None:
    assert len({(one.kind, "" if one.kind == "hollow" else one.tone.strong) for one in side}) == len(side)


def test_the_totals_are_those_of_the_accounts() -> None:
    years = three()
    for side, name in ((RESOURCE_SIDE, "resources"), (COST_SIDE, "costs")):
        _, columns = shown(side, years)
        assert [column.total for column in columns] == [getattr(year, name) for year in years]


def test_what_has_no_nature_is_counted_and_named() -> None:
    year = exercise(2025, euros(ventes=10), unmapped_resources=Decimal("2.50"), unmapped=Decimal("2.50"))
    found, columns = shown(RESOURCE_SIDE, [year])
    assert [one.name for one in found] == ["Ventes et commande publique", "Sans nature encore"]
    assert columns[0].total == Decimal("12.50")


def test_in_kind_adds_the_same_on_both_sides() -> None:
    years = three()
    given = {2025: euros(in_kind_volunteering=40000, in_kind_services=9600)}
    for side in (RESOURCE_SIDE, COST_SIDE):
        without, with_ = (shown(side, years, one)[1][-1].total for one in ({}, given))
        assert with_ - without == Decimal(49600)  # type: ignore[operator]


def test_what_is_not_valued_is_not_zero() -> None:
    found, columns = shown(RESOURCE_SIDE, three(), {2025: euros(in_kind_services=9600)})
    rank = [one.name for one in found].index("Apports de partenaires en nature")
    assert [column.amounts[rank] for column in columns] == [None, None, Decimal(9600)]
    row = parts.mix(RESOURCE_SIDE, "", "", found, columns).rows[rank]
    assert [cell.is_missing for cell in row.cells] == [True, True, False]


def test_what_was_not_typed_is_not_zero() -> None:
    typed = exercise(2024, euros(ventes=10), source="typed")
    found, columns = shown(RESOURCE_SIDE, [typed, exercise(2025, euros(dons=4))])
    assert [one.name for one in found] == ["Ventes et commande publique", "Dons, mécénat, fondations"]
    assert columns[0].amounts == (Decimal(10), None)
    assert columns[1].amounts == (Decimal(0), Decimal(4))


def test_a_family_below_zero_has_no_share_and_is_said() -> None:
    found, columns = shown(RESOURCE_SIDE, [exercise(2025, euros(ventes=-50, dons=200))])
    assert columns[0].share(0) is None
    assert columns[0].shares() == [0, 1]
    assert columns[0].total == Decimal(150)
    made = parts.mix(RESOURCE_SIDE, "", "", found, columns)
    assert plain(made.notes[0]) == (
        "Sous zéro, donc sans part et sans barre : ventes et commande publique en 2025 (−50 €)."
    )
    assert plain(made.figure.alt).endswith("2025, 150 € : dons, mécénat, fondations 100 %.")


def test_the_figure_says_every_number_and_the_table_too() -> None:
    found, columns = shown(RESOURCE_SIDE, three())
    made = parts.mix(RESOURCE_SIDE, "", "", found, columns)
    alt = plain(made.figure.alt)
    assert "2023, 100 000 € : ventes et commande publique 40 %, subventions publiques 60 %." in alt
    assert "<title>" in made.figure.inline()
    assert made.header == ("Ressources", "2023", "2024", "2025")
    assert plain(made.total.cells[-1].amount) == "162 200 €"
    assert [plain(cell.share) for cell in made.rows[1].cells] == ["60 %", "54 %", "46 %"]


def test_bars_are_as_long_as_their_total() -> None:
    found, columns = shown(
        RESOURCE_SIDE, [exercise(2024, euros(ventes=50)), exercise(2025, euros(ventes=100))]
    )
    assert [stack.length(column, Decimal(100)) for column in columns] == [230, 460]
    tiny = stack.Column("2023", (Decimal(1),))
    assert stack.length(tiny, Decimal(10**9)) == stack.SHORTEST
    assert len(found) == 1


@pytest.mark.parametrize("years", [[exercise(2025)], [exercise(2025, source="typed")]])
def test_a_year_without_anything_is_drawn_and_said(years: Any) -> None:
    found, columns = shown(RESOURCE_SIDE, years)
    made = parts.mix(RESOURCE_SIDE, "", "", found, columns)
    assert plain(made.figure.alt) == "Ressources par famille. 2025 : non donné."
    before, marked, after = sayings.resources_headline(found, columns[-1], in_kind=False, partial=False)
    assert before + marked + after == "Vos ressources de 2025 ne sont pas encore connues."
    assert "pas encore connues" in sayings.costs_title(found, columns[-1])
    assert sayings.moves(found, columns) == sayings.share_change(found, columns) == ""
    assert "pas encore connues" in sayings.heaviest(found, columns[-1])


def test_the_sentences_of_three_years() -> None:
    found, columns = shown(RESOURCE_SIDE, three())
    headline = "".join(sayings.resources_headline(found, columns[-1], in_kind=False, partial=False))
    assert plain(headline) == "Les subventions publiques portent 46 % de vos ressources."
    assert plain(sayings.share_change(found, columns)) == "Leur part a baissé de 14 points en deux ans."
    assert plain(sayings.moves(found, columns)) == (
        "Les dons, le mécénat et les fondations gagnent 16 points, les subventions publiques en perdent 14."
    )
    assert plain(sayings.total_change("vos ressources", columns)) == (
        "Vos ressources sont passées de 100 000 € en 2023 à 162 200 € en 2025 (+62 %)."
    )


def test_the_headline_tells_what_it_counts() -> None:
    given = {2025: euros(in_kind_volunteering=900000)}
    found, columns = shown(RESOURCE_SIDE, three()[-1:], given)
    headline = "".join(sayings.resources_headline(found, columns[-1], in_kind=True, partial=True))
    assert plain(headline) == "Le bénévolat porte 85 % de vos ressources connues, apports en nature compris."


def test_a_year_that_knows_less_is_not_compared() -> None:
    years = three()
    given = {2024: euros(in_kind_services=10000), 2025: euros(in_kind_services=9600)}
    found, columns = shown(RESOURCE_SIDE, years, given)
    assert plain(sayings.share_change(found, columns)) == "Leur part a baissé de 6 points en un an."
    assert "en 2024 à 171 800 €" in plain(sayings.total_change("vos ressources", columns))
    found, columns = shown(RESOURCE_SIDE, years, {2025: given[2025]})
    assert sayings.share_change(found, columns) == sayings.moves(found, columns) == ""
    assert sayings.total_change("vos ressources", columns) == ""


def test_shares_that_do_not_move() -> None:
    years = [exercise(2021, euros(ventes=10, dons=10)), exercise(2025, euros(ventes=20, dons=20))]
    found, columns = shown(RESOURCE_SIDE, years)
    assert plain(sayings.share_change(found, columns)) == "Leur part est la même qu’en 2021."
    assert plain(sayings.moves(found, columns)) == "Les parts n’ont presque pas bougé depuis 2021."


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        ({"ventes": 1}, "Tout vient d’une seule famille."),
        ({"ventes": 1, "dons": 1}, "Deux familles apportent tout."),
        ({"ventes": 6, "dons": 3, "cotisations": 1}, "Deux familles sur trois font 90 % du total."),
    ],
)
def test_the_sentence_of_a_first_year(amounts: dict[str, float], said: str) -> None:
    found, columns = shown(RESOURCE_SIDE, [exercise(2025, euros(**amounts))])
    assert plain(sayings.heaviest(found, columns[-1])) == said


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (None, "Le résultat de 2025 n’est pas connu"),
        (Decimal(0), "L’année 2025 est à l’équilibre."),
        (Decimal(40), "Il reste 40 € à la fin de 2025 : c’est l’excédent."),
        (Decimal(-40), "Il manque 40 € à la fin de 2025 : c’est le déficit."),
    ],
)
def test_the_result_in_words(amount: Decimal | None, said: str) -> None:
    assert plain(sayings.result(amount, "2025")).startswith(said)


def test_totals_that_stay_or_cannot_be_compared() -> None:
    same = [stack.Column("2024", (Decimal(10),)), stack.Column("2025", (Decimal(10),))]
    assert plain(sayings.total_change("vos ressources", same)) == "Vos ressources sont restées à 10 €."
    assert sayings.total_change("vos ressources", same[:1]) == ""
    assert sayings.total_change("vos ressources", [stack.Column("2024", (Decimal(0),)), same[1]]) == ""


def test_the_three_pillars() -> None:
    years = three()
    given = {2025: euros(in_kind_volunteering="40482", in_kind_services=9600)}
    human, money, alliances = parts.pillars_of(years, given)
    assert plain(human.amount) == "160 083 €"  # 118 000,75 + 1 600 + 40 482
    assert plain(money.amount) == "136 200 €"
    assert plain(alliances.amount) == "35 600 €"  # 14 000 + 12 000 + 9 600
    assert [name for name, _ in alliances.lines] == ["Mécénat", "Fondations", "Locaux et services reçus"]
    assert [plain(one) for one in human.beside] == [
        "3,8 salariés, en temps plein",
        "2 600 heures de bénévolat, soit 1,6 temps plein (÷ 1607)",
    ]
    assert (
        plain(alliances.figure.alt) == "Alliances stratégiques : 2023 inconnu, 2024 inconnu, 2025 35 600 €."
    )


def test_hours_of_a_longer_exercise_make_no_more_people() -> None:
    year = exercise(2025, starts_on=date(2024, 7, 1), volunteer_hours=Decimal("2410.5"))
    assert "soit 1,0 temps plein" in plain(parts.pillars_of([year], {})[0].beside[0])


@pytest.mark.parametrize(
    ("money", "alliances", "volunteering", "said"),
    [
        (
            Decimal(200),
            Decimal(50),
            Decimal(20),
            "vos alliances apportent 25 €, et les bénévoles l’équivalent de 10 €.",
        ),
        (Decimal(200), Decimal(50), None, "apportent 25 € ; le bénévolat n’est pas encore valorisé."),
        (Decimal(200), None, Decimal(20), "vos alliances ne sont pas encore connues, et les bénévoles"),
        (Decimal(200), None, None, "n’est pas encore connu."),
        (None, Decimal(1), None, "Ce que votre modèle doit aux personnes"),
        (Decimal(0), Decimal(1), None, "Ce que votre modèle doit aux personnes"),
    ],
)
def test_the_sentence_of_the_pillars(
    money: Decimal | None, alliances: Decimal | None, volunteering: Decimal | None, said: str
) -> None:
    assert said in plain(sayings.pillars(money, alliances, volunteering))


@pytest.mark.parametrize(
    ("amount", "said"),
    [("8400", "8 400 €"), ("152499.99", "152 k€"), ("1250000", "1,3 M€"), ("-12000", "−12 k€")],
)
def test_short_amounts(amount: str, said: str) -> None:
    assert plain(steps.short(Decimal(amount))) == said


def test_five_amounts_side_by_side_do_not_run_into_each_other() -> None:
    axis = PILLARS[0]
    drawn = str(
        steps.draw(axis, [(str(2021 + n), Decimal(308_000)) for n in range(5)], Decimal(308_000)).inline
    )
    assert drawn.count(f'font-size="{steps.SMALL}"') == 5
    four = str(
        steps.draw(axis, [(str(2022 + n), Decimal(308_000)) for n in range(4)], Decimal(308_000)).inline
    )
    assert f'font-size="{steps.SMALL}"' not in four
