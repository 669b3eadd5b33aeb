"""The drawings: what they show, say and table, at their edges."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from apps.core.figures.ternary import TRIANGLE
from apps.core.figures.triangle import Shares
from apps.methodology.target.figures import activity_map, aim, coverage, plates, spread
from apps.methodology.target.figures.activity_map import Activity, ActivityMap, Family
from apps.methodology.target.figures.coverage import Photo, Six
from apps.methodology.target.figures.fitting import fitted
from apps.methodology.target.figures.spread import Published
from tests.methodology.target.support import plain

FAMILIES = (
    Family("Sociale", (("F06", "Santé"), ("F08", "Éducation"))),
    Family("Environnementale", (("F14", "Mobilité"),)),
)
FULL: Six = (True, True, True, True, True, True)
EMPTY: Six = (False, False, False, False, False, False)


def activities(number: int) -> tuple[Activity, ...]:
    return tuple(
        Activity(rank, f"Activité {rank}", frozenset({"F06"}), "core") for rank in range(1, number + 1)
    )


def test_a_name_is_whole_or_cut_with_an_ellipsis() -> None:
    assert fitted("Court", 16, 200) == "Court"
    cut = fitted("Un nom bien trop long pour la place donnée", 16, 120)
    assert cut.endswith("…")
    assert "Un nom bien trop long".startswith(cut[:-1])


def test_the_map_shows_only_what_is_answered_or_declared() -> None:
    data = ActivityMap(FAMILIES, activities(2), frozenset({"F14"}))
    svg = activity_map.draw(data)
    assert svg.rows == (
        ("Santé", "Sociale", "1. Activité 1, 2. Activité 2"),
        ("Mobilité", "Environnementale", activity_map.UNANSWERED),
    )
    assert "Éducation" not in svg.inline()
    assert "Santé : Activité 1 et Activité 2." in plain(svg.alt)


def test_the_map_grows_downwards_and_keeps_its_width() -> None:
    few, many = (activity_map.draw(ActivityMap(FAMILIES, activities(n))) for n in (12, 13))
    assert few.width == many.width
    assert many.height > few.height + 50
    assert ">13<" in many.inline()


def test_each_place_has_its_own_mark() -> None:
    drawn = {place: repr(activity_map.mark(place, 10, 10)) for place in activity_map.PLACES}
    assert len(set(drawn.values())) == len(activity_map.PLACES)


def test_a_map_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError):
        activity_map.draw(ActivityMap(FAMILIES, (Activity(1, "Seule", frozenset()),)))


def test_the_coverage_counts_the_cells_of_each_pillar() -> None:
    half: Six = (True, False, True, False, False, False)
    svg = coverage.draw([Photo("Ensemble", (FULL, half, EMPTY))])
    assert svg.rows == (("Ensemble", "6 sur 6", "2 sur 6", "0 sur 6"),)
    assert plain(svg.alt).endswith(
        "Ensemble : richesses humaines 6 cases sur 6, ressources financières 2 cases sur 6, alliances stratégiques 0 case sur 6."
    )
    with pytest.raises(ValueError):
        coverage.draw([])


def test_the_triangle_tells_every_point() -> None:
    third = Shares(1, 1, 1)
    svg = aim.draw(
        aim.Aim(
            aim.Named("2025", "Diagnostic du 3 mars 2025", Shares(0.5, 0.3, 0.2)),
            aim.Named("cible", "Équilibre visé", Shares(0.4, 0.3, 0.3)),
            (aim.Scenario(1, "Grandir", third), aim.Scenario(2, "Tenir", third, is_chosen=True)),
        )
    )
    assert [row[0] for row in svg.rows] == [
        "Diagnostic du 3 mars 2025",
        "Équilibre visé",
        "1. Grandir",
        "2. Tenir",
    ]
    # Two scenarios at one place share a mark.
    assert ">1, 2<" in svg.inline()
    assert "Équilibre visé : richesses humaines 40 %" in plain(svg.alt)


def test_a_triangle_without_point_says_so() -> None:
    svg = aim.draw(aim.Aim())
    assert svg.rows == ()
    assert "Aucun point n’est posé" in svg.alt


def test_a_corner_holds_its_point_and_its_label() -> None:
    for corner in ((1, 0, 0), (0, 1, 0), (0, 0, 1)):
        drawn = aim.draw(
            aim.Aim(aim.Named("2025", "2025", Shares(*corner)), aim.Named("cible", "Visé", Shares(*corner)))
        )
        assert "cible" in drawn.inline()


def test_a_scenario_on_the_target_hides_nothing() -> None:
    here = Shares(0.4, 0.3, 0.3)
    x, y = TRIANGLE.point(here)
    drawn = aim.draw(
        aim.Aim(target=aim.Named("cible", "Visé", here), scenarios=(aim.Scenario(1, "Tenir", here),))
    )
    found = [dict(e.attributes) for e in drawn.body if e.tag == "rect" and ("rx", 6) in e.attributes]
    assert len(found) == 1
    centre = (float(found[0]["x"]) + float(found[0]["width"]) / 2, float(found[0]["y"]) + 16)
    assert math.dist(centre, (x, y)) >= plates.CLEAR


def test_the_effort_of_scenarios_stands_before_the_published_rows() -> None:
    published = [
        Published("Action collective", (15, 60, 25), ("en amont", "au cœur", "en aval"), is_ours=True)
    ]
    svg = spread.draw(
        published, [("1. Grandir", (50, 30, 20))], [("18 mois", "Tactique"), ("7 ans", "S"), ("28 ans", "P")]
    )
    assert [row[0] for row in svg.rows] == ["1. Grandir", "Action collective"]
    assert plain(svg.rows[0][1]) == "50 %"
    assert plain(svg.rows[1][1]) == "15 %, en amont"


def test_the_triangle_to_move_has_the_corners_of_the_drawn_one() -> None:
    page = Path("templates/methodology/target/drag.html").read_text()
    corners = " ".join(f"{x},{y}" for x, y in TRIANGLE.corners)
    assert f'data-corners points="{corners}"' in page
