"""Ternary and emblem: wherever the balance, the point is inside and the labels are apart."""

import math
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.figures import emblem, ternary
from apps.core.figures.palette import ACCENT, INK, LEAF, PILLARS
from apps.core.figures.svg import Point, Svg
from apps.core.figures.triangle import THIRD, Shares, Triangle
from tests.core.figure_cases import texts, tree

weights = st.one_of(st.integers(0, 100), st.floats(0, 1), st.fractions(0, 1))
shares = st.builds(Shares, weights, weights, weights)


def inside(triangle: Triangle, point: Point) -> bool:
    """Same side of the three edges, with room for rounding to a tenth."""
    a, b, c = triangle.corners

    def side(p: Point, q: Point) -> float:
        return ((q[0] - p[0]) * (point[1] - p[1]) - (q[1] - p[1]) * (point[0] - p[0])) / math.dist(p, q)

    return max(side(a, b), side(b, c), side(c, a)) <= 0.2


def now_point(svg: Svg) -> Point:
    (node,) = [n for n in tree(svg).iter("circle") if n.get("fill") == ACCENT]
    return float(node.get("cx", "")), float(node.get("cy", ""))


@given(shares)
def test_the_point_is_inside_whatever_the_balance(balance: Shares) -> None:
    assert inside(ternary.TRIANGLE, now_point(ternary.draw(ternary.Ternary(balance, "2026"))))
    assert inside(emblem.GROUND, now_point(emblem.cover(balance)))


@given(shares, shares, shares)
def test_every_point_has_its_label_inside_the_picture(now: Shares, before: Shares, target: Shares) -> None:
    svg = ternary.draw(ternary.Ternary(now, "2026", before, "2025", target))
    labels = {"".join(n.itertext()): n for n in tree(svg).iter("text")}
    assert {"2026", "2025", "cible"} <= set(labels)
    for name in ("2026", "2025", "cible"):
        assert 0 < float(labels[name].get("x", "")) < svg.width
        assert 10 < float(labels[name].get("y", "")) < svg.height
    # The saffron point comes after every ring, so that none covers it.
    rings = [n.get("fill") for n in tree(svg).iter("circle") if n.get("stroke") == INK]
    assert rings[-1] == ACCENT
    assert rings.count(LEAF) == 2


def test_corners_and_centre() -> None:
    triangle = ternary.TRIANGLE
    for corner, balance in zip(
        triangle.corners, (Shares(1, 0, 0), Shares(0, 7, 0), Shares(0, 0, 2)), strict=True
    ):
        assert triangle.point(balance) == pytest.approx(corner)
    assert triangle.point(Shares(0, 0, 0)) == pytest.approx(triangle.at(THIRD, THIRD, THIRD))


def test_more_of_a_pillar_is_nearer_to_its_corner() -> None:
    less, more = (ternary.TRIANGLE.point(Shares(f, 1 - f, 0)) for f in (0.2, 0.3))
    assert math.dist(more, ternary.TRIANGLE.top) < math.dist(less, ternary.TRIANGLE.top)


def test_a_negative_share_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        ternary.draw(ternary.Ternary(Shares(-0.1, 0.6, 0.5), "2026"))


def test_picture_sentence_and_table_agree() -> None:
    now, before = Shares(Fraction(4, 9), 0.252, 0.304), Shares(0.56, 0.19, 0.25)
    svg = ternary.draw(ternary.Ternary(now, "2026", before, "2025"))
    assert svg.header == ("Appui", "2025", "2026")
    assert svg.rows[0] == ("Richesses humaines", "56\u202f%", "44\u202f%")
    drawn = " ".join(texts(svg))
    assert all(row[2] in drawn for row in svg.rows)
    assert "2026\u00a0: richesses humaines 44\u202f%, ressources financières 25\u202f%" in svg.alt


def test_points_on_the_same_spot_become_rings() -> None:
    same = Shares(0.4, 0.3, 0.3)
    svg = ternary.draw(ternary.Ternary(same, "2026", same, "2025", same))
    radii = [float(n.get("r", "")) for n in tree(svg).iter("circle") if n.get("stroke") == INK]
    assert len(set(radii)) == 3
    places = {(n.get("x"), n.get("y")) for n in tree(svg).iter("text") if n.text in ("2026", "2025", "cible")}
    assert len(places) == 3


def test_the_caption_of_the_centre_moves_then_gives_way() -> None:
    def caption(data: ternary.Ternary) -> list[str | None]:
        return [n.get("y") for n in tree(ternary.draw(data)).iter("text") if n.text == ternary.CAPTION]

    below = Shares(0.28, 0.36, 0.36)
    crowd = ternary.Ternary(
        below, "automne 2026", Shares(0.35, 0.3, 0.35), "automne 2025", Shares(0.21, 0.39, 0.4)
    )
    (usual,) = caption(ternary.Ternary(Shares(1, 0, 0), "2026"))
    (moved,) = caption(ternary.Ternary(below, "2026"))
    assert moved != usual
    assert caption(replace(crowd, target_label="cible 2030")) == []


def test_signature_fills_the_pillars_at_play() -> None:
    strong = [p.tone.strong for p in PILLARS]
    kites = [n.get("fill") for n in tree(emblem.signature("CA")).iter("polygon")]
    assert kites == [strong[0], PILLARS[1].tone.soft, strong[2]]
    assert "richesses humaines, alliances stratégiques" in emblem.signature("CA").alt
    assert "aucun" in emblem.signature(()).alt
    with pytest.raises(ValueError, match="not a pillar"):
        emblem.signature("D")
