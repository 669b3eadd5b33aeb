"""Sentences and figures: amounts as the house writes them, chances that one can picture, drawings that hold."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.figures.triangle import Shares
from apps.core.typography import euros
from apps.methodology.bench.sheet import Row
from apps.methodology.simulation import pictures, words
from apps.methodology.simulation.drawings import alliance, path, tornado, treasury
from apps.methodology.simulation.drawings.scale import Scale, short
from apps.methodology.simulation.reading import Said
from apps.methodology.simulation.sliders import slider, step
from apps.methodology.tools.simulation import HYPOTHESIS
from apps.simulator.outcome import Swing
from apps.simulator.plan import Base, Hypothesis, Plan, Settings
from apps.simulator.sorts import SORTS
from apps.simulator.study import study
from tests.core.figure_cases import texts, tree
from tests.methodology.target.support import plain

BASE = Base(2025, {"ventes": 50_000_00, "payroll": 48_000_00, "depreciation": 1_200_00}, treasury=6_000_00)
LOSS = Hypothesis(
    "h1", "funder_lost", "Perte", Decimal(4000), Decimal(0), Decimal(9000), choices={"nature": "ventes"}
)
PLAN = Plan("graine", BASE, Settings(years=3))


@given(st.integers(-(10**14), 10**14))
def test_amounts_are_written_as_everywhere(cents: int) -> None:
    assert words.money(cents) == euros(Fraction(cents, 100))
    assert words.signed(cents).removeprefix("+") == euros(Fraction(cents, 100))
    assert words.signed(cents).startswith("+") == (cents >= 50)


@pytest.mark.parametrize(
    ("share", "sentence", "short_one"),
    [
        (0, "aucun des futurs tirés", "aucun"),
        (0.0001, "moins d’1 futur sur 10", "< 1 sur 10"),
        (0.1, "1 futur sur 10", "1 sur 10"),
        (0.31, "3 futurs sur 10", "3 sur 10"),
        (0.9999, "plus de 9 futurs sur 10", "> 9 sur 10"),
        (1, "tous les futurs tirés", "10 sur 10"),
    ],
)
def test_chances(share: float, sentence: str, short_one: str) -> None:
    assert plain(words.futures(share)) == sentence
    assert plain(words.odds(share)) == short_one


def test_the_headline_says_result_cash_and_when() -> None:
    calm = study(PLAN)
    assert (
        plain(words.headline(calm))
        == "En 2028, ce futur donne un excédent de 800 €, et 3 mois de trésorerie."
    )
    said = list(map(plain, words.more(calm)))
    assert said[0] == "Au plus bas, la trésorerie est de 6 167 €, fin janvier 2026."
    assert said[1:] == [
        "Chaque année est à l’équilibre ou au-dessus.",
        "Aucune hypothèse n’a de bas ni de haut : un seul futur est calculé.",
    ]
    assert words.risk(calm, 0) == "non"
    hard = study(replace(PLAN, hypotheses=(LOSS,)))
    assert "un déficit de 3 200 €" in plain(words.headline(hard))
    assert any(
        sentence.startswith("Passer à un moment sous 1 mois") for sentence in map(plain, words.more(hard))
    )
    ruin = study(replace(PLAN, hypotheses=(replace(LOSS, mid=Decimal(30_000), low=None, high=None),)))
    assert "il manque" in words.headline(ruin)
    assert words.more(ruin)[0].startswith("La trésorerie passe sous zéro")


def test_a_page_without_uncertainty_shows_no_band() -> None:
    shown = pictures.show(study(PLAN))
    assert shown.tornado is None
    assert len(shown.treasury.svg.header) == 2
    assert [key.label for key in shown.keys] == [
        "Résultat 2028",
        "Mois de trésorerie fin 2028",
        "Fonds propres fin 2028",
    ]
    assert not any("Futurs" in row[0] for row in shown.yearly.rows)


def test_figures_and_tables_say_the_same() -> None:
    counted = study(replace(PLAN, hypotheses=(LOSS,)))
    shown = pictures.show(counted, [40, 30, 30])
    assert len(shown.treasury.svg.rows) == 36
    assert shown.treasury.svg.rows[-1][:2] == ("décembre 2028", words.money(counted.projection.treasury[-1]))
    assert [row[0] for row in shown.results.svg.rows] == ["2025 (départ)", "2026", "2027", "2028"]
    assert shown.natures.rows[-1] == ("Résultat", *map(words.signed, counted.projection.results))
    assert shown.path.svg.rows[-1][0] == "cible"
    assert shown.tornado
    assert shown.tornado.svg.rows[0][0] == "Perte"
    for one in (shown.treasury, shown.results, shown.path, shown.tornado):
        tree(one.svg)  # well formed
        assert one.svg.alt


def test_the_way_is_drawn_above_the_ground_and_under_the_points() -> None:
    steps = (("2026", Shares(5, 3, 2)), ("2027", Shares(4, 3, 3)), ("2028", Shares(3, 3, 4)))
    tags = [element.tag for element in path.draw(path.Way(steps)).body]
    assert tags[: path.GROUND].count("polygon") == 4
    assert tags[path.GROUND - 1] == "line"
    assert tags[path.GROUND] == "polyline"


def test_terms_of_an_alliance_add_up() -> None:
    svg = alliance.draw(alliance.Terms(100_00, 50_00, 200_00, 80_00))
    assert [plain(row[1]) for row in svg.rows] == ["+100 €", "+50 €", "+200 €", "−80 €", "+270 €"]
    assert alliance.draw(alliance.Terms(0, 0, 0, 0)).rows[-1][1] == words.money(0)


def test_a_long_title_stays_in_the_tornado() -> None:
    wide = Swing("a", "Une très longue hypothèse " * 6, -100_00, 900_00, 0, 0)
    same = Swing("b", "Sans effet", 5, 5, 0, 0)
    svg = tornado.draw([wide, same], 200_00)
    assert svg
    assert any(text.endswith("…") for text in texts(svg))
    assert [row[0] for row in svg.rows] == [wide.title]
    assert tornado.draw([same], 5) is None


@pytest.mark.parametrize("central", [(0,) * 36, (-5_00,) * 36, tuple(range(0, 36_000_00, 1_000_00))])
def test_treasury_is_drawn_whatever_it_is(central: tuple[int, ...]) -> None:
    svg = treasury.draw(treasury.Treasury(2026, 0, central, central, central, (0, 100_00, 100_00)))
    tree(svg)
    assert len(svg.rows) == 36


@given(st.integers(-(10**12), 10**12), st.integers(0, 10**12))
def test_an_axis_holds_zero_and_round_amounts(low: int, width: int) -> None:
    scale = Scale.over((low, low + width), 300, 0)
    ticks = scale.ticks()
    assert 0 in ticks
    assert len(ticks) <= 7
    assert all(-1e-6 <= scale.at(tick) <= 300 + 1e-6 for tick in ticks)


def test_short_amounts() -> None:
    assert [plain(short(cents)) for cents in (0, 80_000, 5_000_000, -150_000_000)] == [
        "0 €",
        "800 €",
        "50 k€",
        "−1,5 M€",
    ]


# --- sliders -------------------------------------------------------------------------------------------------------------
@given(st.lists(st.integers(-(10**9), 10**9), min_size=3, max_size=3, unique=True))
def test_a_step_reaches_the_three_values(hundredths: list[int]) -> None:
    low, mid, high = (Decimal(one) / 100 for one in sorted(hundredths))
    size = step(low, mid, high)
    assert size > 0
    assert (mid - low) % size == 0
    assert (high - low) % size == 0


def test_a_slider_between_low_and_high() -> None:
    row = Row("h", HYPOTHESIS, None, {}, {"mid": 3}, 0, "Perte")  # type: ignore[arg-type]
    made = slider(Said(row, LOSS), Decimal(2500))
    assert made
    assert (made.low, made.mid, made.high, made.at, made.step) == ("0", "4000", "9000", "2500", "100")
    assert (plain(made.at_words), made.is_tried, made.base) == ("2 500 € par an", True, 3)
    assert slider(Said(row, replace(LOSS, low=None, high=None))) is None


def test_every_sort_has_words() -> None:
    for sort in SORTS.values():
        assert words.value(replace(LOSS, sort=sort.code), Decimal(5))
        assert words.span(replace(LOSS, sort=sort.code))


def test_a_line_that_leaves_its_band_is_explained() -> None:
    middle, edge = (
        pictures.show(study(replace(PLAN, hypotheses=(replace(LOSS, mid=Decimal(mid)),))))
        for mid in (4000, 0)
    )
    assert "sort de la bande" not in middle.treasury.text
    assert "sort de la bande" in edge.treasury.text
