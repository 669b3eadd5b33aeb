"""Axes, strips, rungs: what is drawn is what was given, and nothing that may not be shown."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.figures import axes, rungs, strip
from apps.core.figures.lanes import GAP, Tag, laid_out
from apps.core.figures.lettering import text_width
from apps.core.figures.palette import HUMAN, INK, LINE
from apps.core.figures.roles import ROLES
from tests.core.figure_cases import texts, tree

levels = st.integers(0, 6).map(lambda half: Fraction(half, 2))
means = st.dictionaries(st.sampled_from(list(ROLES)), st.fractions(0, 3)).map(lambda d: tuple(d.items()))


def test_scores_in_the_picture_the_sentence_and_the_table() -> None:
    given_scores = (axes.Score("A", Fraction(633, 9), 66.7), axes.Score("B", None, 23.3), axes.Score("E", 0))
    svg = axes.draw(axes.Axes(given_scores, "2026", "2025"))
    assert svg.header == ("Axe", "2025", "2026")
    assert svg.rows == (
        ("Richesses humaines", "66,7", "70,3"),
        ("Ressources financières", "23,3", "non calculé"),
        ("Trajectoire et maturité", "non calculé", "0,0"),
    )
    assert {"70,3", "0,0", "non calculé"} <= set(texts(svg))
    assert "Ressources financières\u00a0: 23,3 puis non calculé" in svg.alt


def test_a_missing_score_has_a_dashed_line_and_no_shape() -> None:
    missing, there = (axes.draw(axes.Axes((axes.Score("A", score),), "2026")) for score in (None, 50))
    dashed = [n for n in tree(missing).iter("line") if n.get("stroke-dasharray")]
    assert len(dashed) == 1
    assert not [n for n in tree(there).iter("line") if n.get("stroke-dasharray")]
    assert len(list(tree(there).iter("circle"))) == len(list(tree(missing).iter("circle"))) + 1


def test_without_a_previous_campaign_its_scores_stay_out() -> None:
    svg = axes.draw(axes.Axes((axes.Score("A", 50, 12.3),), "2026"))
    assert svg.rows == (("Richesses humaines", "50,0"),)
    assert "12,3" not in svg.inline()


@pytest.mark.parametrize("score", [-0.1, 100.1])
def test_a_score_off_the_scale_is_refused(score: float) -> None:
    with pytest.raises(ValueError, match="0 to 100"):
        axes.draw(axes.Axes((axes.Score("A", score),), "2026"))


@given(st.fractions(0, 100), st.fractions(0, 100))
def test_shapes_stand_where_the_scores_are(now: Fraction, before: Fraction) -> None:
    svg = axes.draw(axes.Axes((axes.Score("A", now, before),), "2026", "2025"))
    mark = [n for n in tree(svg).iter("circle") if n.get("r") == "10"][-1]
    ring = next(n for n in tree(svg).iter("circle") if n.get("stroke") == HUMAN.strong)
    for node, score in ((mark, now), (ring, before)):
        assert float(node.get("cx", "")) == pytest.approx(18 + float(score) * 3.46, abs=0.06)
    hidden = abs(float(now - before)) * 3.46 < 3 and ring.get("r") == "6.5"
    assert not hidden


def test_means_are_told_to_the_half_level_only() -> None:
    svg = strip.draw(strip.Strip("A7", 1, 0, 3, (("equipe", Fraction(2, 3)), ("gouvernance", 2.75))))
    assert svg.header == (
        "Énoncé",
        "Médiane",
        "Réponses",
        "Gouvernance",
        "Équipe",
        "Référents",
        "Partenaires",
    )
    assert svg.rows == (("A7", "1", "0 à 3", "3", "0,5", "–", "–"),)
    said = "A7\u00a0: réponses de 0 à 3, médiane 1, moyenne de la gouvernance 3, moyenne de l’équipe 0,5."
    assert svg.alt == said


@given(levels, means)
def test_strips_show_no_range_nor_mean_unless_given(
    median: Fraction, shown: tuple[tuple[str, Fraction], ...]
) -> None:
    svg = strip.draw(strip.Strip("C5", median, means=shown))
    assert "réponses" not in svg.alt
    assert not [n for n in tree(svg).iter() if n.get("stroke-opacity") or n.get("fill-opacity")]
    drawn = " ".join(texts(svg))
    assert {key for key, role in ROLES.items() if role.name in drawn} == {role for role, _ in shown}
    for role in ROLES.values():
        assert (role.said in svg.alt) == (role.name in drawn)


def test_a_hidden_mean_is_said_hidden_not_drawn() -> None:
    svg = strip.draw(strip.Strip("B5", 1, 0, 2, (("gouvernance", 1.5),), hidden=("equipe",)))
    assert svg.rows[0][4] == "non montrée"
    assert svg.alt.endswith("moyenne de l’équipe non montrée.")
    assert "équipe" not in texts(svg)


def test_full_agreement_is_a_spot_and_a_sentence() -> None:
    svg = strip.draw(strip.Strip("A1", 2, 2, 2))
    assert "réponses toutes à 2" in svg.alt
    assert svg.rows[0][2] == "2"
    assert len([n for n in tree(svg).iter("circle") if n.get("fill-opacity")]) == 1


@pytest.mark.parametrize(
    "data",
    [
        strip.Strip("A1", 3.5),
        strip.Strip("A1", -1),
        strip.Strip("A1", 1, 0),
        strip.Strip("A1", 1, 3, 0),
        strip.Strip("A1", 1, means=(("equipe", 4),)),
    ],
)
def test_what_is_off_the_scale_is_refused(data: strip.Strip) -> None:
    with pytest.raises(ValueError, match="level"):
        strip.draw(data)


@given(
    st.lists(
        st.tuples(st.floats(34, 386), st.text("équipgvna ", max_size=22)),
        max_size=4,
        unique_by=lambda t: t[0],
    )
)
def test_labels_never_touch(tags: list[tuple[float, str]]) -> None:
    placed = laid_out([Tag(x, content) for x, content in tags], 16, 420)
    assert sorted(t.content for t in placed) == sorted(content for _, content in tags)
    for first in placed:
        for second in placed:
            if first is not second and first.lane == second.lane:
                room = (text_width(first.content, 16) + text_width(second.content, 16)) / 2 + GAP
                assert abs(first.centre - second.centre) >= room - 1e-6


def test_marks_on_the_same_level_are_piled_not_hidden() -> None:
    svg = strip.draw(strip.Strip("A1", 2, means=tuple((role, 2) for role in ROLES)))
    assert svg.height > 140
    assert "gouvernance, équipe, référents et partenaires" in texts(svg)
    median = next(n for n in tree(svg).iter("line") if n.get("stroke") == INK)
    scale = next(n for n in tree(svg).iter("line") if n.get("stroke") == LINE)
    assert float(median.get("y1", "")) < float(scale.get("y1", "")) - 40


@pytest.mark.parametrize("level", range(4))
def test_rungs_fill_up_to_the_level(level: int) -> None:
    fills = [n.get("fill") for n in tree(rungs.draw(level)).iter("rect")]
    assert fills == ["currentColor"] * level + ["none"] * (3 - level)
    assert rungs.draw(level).alt == f"Niveau {level} sur 3"


@pytest.mark.parametrize("level", [-1, 4])
def test_rungs_refuse_other_levels(level: int) -> None:
    with pytest.raises(ValueError, match="0 to 3"):
        rungs.draw(level)
