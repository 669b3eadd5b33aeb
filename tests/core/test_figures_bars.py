"""Resources, horizons, units: lengths and numbers say the same."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from apps.core.figures import horizons, mix, units
from apps.core.figures.bars import GAP, SLIVER, share_text, spans
from apps.core.figures.fills import KINDS, filled
from apps.core.figures.palette import FINANCIAL
from tests.core.figure_cases import numbers, texts, tree

LESS = "moins de 1\u202f%"
CASE = {
    "cotisations": 9800, "ventes": 38500, "commande_publique": 21000, "financiers": 200,
    "subv_etat": 18000, "subv_region": 24000, "subv_departement": 31000, "subv_bloc_communal": 71000,
    "subv_europe": 0, "dons": 6300, "mecenat": 12000, "fondations": 15000,
}  # fmt: skip
amounts = st.dictionaries(st.sampled_from(sorted(mix.KEYS)), st.decimals(0, 10**7, places=2))


def test_families_gather_the_categories() -> None:
    svg = mix.draw((mix.Year("2025", CASE),))
    assert svg.header == ("Famille", "2025")
    assert svg.rows == (
        ("Cotisations", "9\u202f800\u202f€ (4\u202f%)"),
        ("Ventes et commande publique", "59\u202f500\u202f€ (24\u202f%)"),
        ("Subventions publiques", "144\u202f000\u202f€ (58\u202f%)"),
        ("Dons, mécénat, fondations", "33\u202f300\u202f€ (13\u202f%)"),
        ("Produits financiers", f"200\u202f€ ({LESS})"),
        ("Total", "246\u202f800\u202f€"),
    )
    drawn = texts(svg)
    assert {"2025", "246\u202f800\u202f€", "58\u202f%", "Subventions publiques"} <= set(drawn)
    assert f"Produits financiers\u00a0: {LESS}" in drawn


@given(amounts)
def test_each_family_is_named_once_and_the_sentence_holds_its_share(
    given_amounts: dict[str, Fraction],
) -> None:
    year = mix.Year("2025", given_amounts)
    assume(any(year.totals()))
    svg = mix.draw((year,))
    drawn = texts(svg)
    for family, share in zip(mix.FAMILIES, year.shares(), strict=True):
        names = [
            t for t in drawn if t in (family.name, family.short) or t.startswith(f"{family.name}\u00a0:")
        ]
        assert len(names) == (1 if share else 0)
        if share:
            assert f"{family.name.lower()} {share_text(share)}" in svg.alt
    assert all(numbers(t) <= numbers(svg.alt) for t in drawn)


def test_a_year_without_resources_is_said_empty() -> None:
    svg = mix.draw((mix.Year("2024", {}), mix.Year("2025", CASE)))
    assert "2024\u00a0: aucune ressource déclarée" in svg.alt
    assert all(row[1] == "–" for row in svg.rows)
    assert "aucune ressource déclarée" in texts(svg)


def test_a_family_of_the_past_stays_in_the_legend() -> None:
    svg = mix.draw((mix.Year("2024", {"dons": 10, "ventes": 90}), mix.Year("2025", {"ventes": 90})))
    assert "Dons, mécénat, fondations\u00a0: 0\u202f%" in texts(svg)


@pytest.mark.parametrize(
    "years",
    [
        (),
        tuple(mix.Year(str(n), {}) for n in range(4)),
        (mix.Year("2025", {"loto": 5}),),
        (mix.Year("2025", {"dons": -5}),),
    ],
)
def test_mix_refuses(years: tuple[mix.Year, ...]) -> None:
    with pytest.raises(ValueError, match=r"years|unknown|negative"):
        mix.draw(years)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=5))
def test_a_bar_is_filled_exactly_and_hides_nothing(weights: list[int]) -> None:
    assume(any(weights))
    shares = [Fraction(w, sum(weights)) for w in weights]
    placed = [(x, w) for (x, w), share in zip(spans(shares, 480), shares, strict=True) if share]
    assert all(width >= SLIVER - 1e-6 for _, width in placed)
    for (x, width), (following, _) in pairwise(placed):
        assert following == pytest.approx(x + width + GAP)
    assert sum(placed[-1]) == pytest.approx(480)


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0, "0\u202f%"), (0.004, LESS), (0.005, "1\u202f%"), (0.996, "plus de 99\u202f%"), (1, "100\u202f%")],
)
def test_shares_near_the_ends(share: float, expected: str) -> None:
    assert share_text(share) == expected


@pytest.mark.parametrize("kind", KINDS)
@given(width=st.floats(4, 400), height=st.floats(10, 40))
def test_patterns_stay_inside_their_bar(kind: str, width: float, height: float) -> None:
    for element in filled(kind, 10, 20, width, height, FINANCIAL):
        for name, value in element.attributes:
            if name in {"x", "x1", "x2", "cx"}:
                assert 10 - 1e-6 <= float(value) <= 10 + width + 1e-6
            if name in {"y", "y1", "y2", "cy"}:
                assert 20 - 1e-6 <= float(value) <= 20 + height + 1e-6


def test_patterns_differ_without_colour() -> None:
    drawn = {kind: sorted({e.tag for e in filled(kind, 0, 0, 60, 30, FINANCIAL)}) for kind in KINDS}
    assert drawn["hatch"] != drawn["dots"] != drawn["solid"]
    assert len({"".join(e.write() for e in filled(kind, 0, 0, 60, 30, FINANCIAL)) for kind in KINDS}) == len(
        KINDS
    )


def test_horizons_beside_the_reference() -> None:
    svg = horizons.draw(horizons.Horizons((80, 15, 5), (60, 25, 15), "Repère : terrain"))
    assert svg.header == ("Horizon", "Votre effort aujourd’hui", "Repère : terrain")
    assert svg.rows[2] == ("28\u00a0ans", "5\u202f%", "15\u202f%")
    assert "18\u00a0mois 80\u202f%, 7\u00a0ans 15\u202f%, 28\u00a0ans 5\u202f%" in svg.alt
    assert all(any(cell in t for t in texts(svg)) for row in svg.rows for cell in row[1:])


@pytest.mark.parametrize("declared", [(50, 20, 10), (120, -30, 10)])
def test_horizons_must_sum_to_a_hundred(declared: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="100"):
        horizons.draw(horizons.Horizons(declared, (60, 25, 15), "Repère"))


@pytest.mark.parametrize("count", [0, 1, 9, 31, 100])
def test_units_fill_as_many_squares(count: int) -> None:
    svg = units.draw(units.Units(count, "associations employeuses"))
    fills = [n.get("fill") for n in tree(svg).iter("rect")]
    assert len(fills) == 100
    assert fills.count(FINANCIAL.strong) == count
    assert svg.rows == (("associations employeuses", f"{count}\u202f%"),)


@pytest.mark.parametrize("count", [-1, 101])
def test_units_are_out_of_a_hundred(count: int) -> None:
    with pytest.raises(ValueError, match="hundred"):
        units.draw(units.Units(count, "x"))
