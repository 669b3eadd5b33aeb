"""The figures of the course: each is legible, described, sourced, and says what the reference tables say."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from itertools import combinations, pairwise
from typing import Any

import pytest

from apps.catalogue import models
from apps.catalogue.provenance import STATUSES
from apps.core.figures.lettering import Box
from apps.core.figures.palette import TOKENS
from apps.core.figures.svg import Svg
from apps.core.microtypography import nbsp
from apps.course.figures import FIGURES, draw, ecosystem, mix, read, sources
from apps.pages import figures as pages
from tests.core.figure_cases import numbers, texts, tree
from tests.course.figure_reading import contrast, words

CODES = (
    "tripod", "economy-is-not-finance", "scissors", "three-impacts", "ecosystem-models", "resource-models",
    "human-wealth", "volunteers", "resource-mix", "run-or-invest", "cash", "partnership-types", "face-or-side",
    "alliance-value", "levels", "balance-moves", "trajectory-matrix", "method-steps", "partnership-steps",
)  # fmt: skip
every = pytest.mark.parametrize("code", CODES)
TAGS = {"svg", "title", "text", "tspan", "line", "circle", "rect", "polygon", "path"}


@pytest.fixture(scope="module")
def drawn(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Svg]]:
    with django_db_blocker.unblock():
        yield {code: draw(code) for code in FIGURES}


def test_the_figures_are_these_and_each_has_its_own_name() -> None:
    assert tuple(FIGURES) == CODES
    assert all(figure.code == code for code, figure in FIGURES.items())
    names = [figure.name for figure in FIGURES.values()]
    assert len(set(names)) == len(names)
    assert names == [nbsp(name) for name in names]
    with pytest.raises(KeyError):
        draw("radar")


@every
def test_it_is_described_and_has_its_table(code: str, drawn: dict[str, Svg]) -> None:
    svg = drawn[code]
    assert len(svg.alt) > 40
    assert svg.alt == nbsp(svg.alt)
    assert len(svg.header) > 1
    assert svg.rows
    for row in svg.rows:
        assert len(row) == len(svg.header)
        assert all(cell.strip() for cell in row)
        assert all(cell == nbsp(cell) for cell in row)


@every
def test_the_alternative_holds_every_number_of_the_table_and_of_the_picture(
    code: str, drawn: dict[str, Svg]
) -> None:
    told = numbers(drawn[code].alt)
    shown = {number for text in texts(drawn[code]) for number in numbers(text)}
    if code in ("resource-models", "run-or-invest"):  # the ranks of the rows, and years without a scale
        shown = set()
    assert {number for row in drawn[code].rows for cell in row[1:] for number in numbers(cell)} <= told
    assert shown <= told


@every
def test_every_text_is_inside_large_enough_and_apart_from_the_others(
    code: str, drawn: dict[str, Svg]
) -> None:
    svg = drawn[code]
    found = list(words(svg))
    assert found
    canvas = Box(-0.5, 0, svg.width + 0.5, svg.height)
    for word in found:
        assert word.size * 480 / svg.width >= 15, word.content
        assert word.box.inside(canvas), word.content
    for one, other in combinations(found, 2):
        assert one.box.overlap(other.box) < 1, (one.content, other.content)


@every
def test_every_text_is_read_on_its_ground(code: str, drawn: dict[str, Svg]) -> None:
    """From one end to the other: none runs over the edge of its box."""
    for word in words(drawn[code]):
        for ground in word.grounds:
            assert contrast(word.fill, ground) >= 4.5, (word.content, word.fill, ground)


@every
def test_it_is_drawn_with_the_palette_and_nothing_that_clashes(code: str, drawn: dict[str, Svg]) -> None:
    svg = drawn[code]
    root = tree(svg)
    assert {node.tag.rpartition("}")[2] for node in root.iter()} <= TAGS
    assert not [node for node in root.iter() if node.get("id")]
    used = {node.get(name, "none") for node in root.iter() for name in ("fill", "stroke")}
    assert used <= {*TOKENS.values(), "none"}
    for node in root.iter():
        for name, limit in (("x", svg.width), ("cx", svg.width), ("x1", svg.width), ("x2", svg.width),
                            ("y", svg.height), ("cy", svg.height), ("y1", svg.height), ("y2", svg.height)):  # fmt: skip
            place = float(node.get(name, "0"))
            assert math.isfinite(place)
            assert -0.1 <= place <= limit + 0.1


@every
@pytest.mark.django_db
def test_it_is_the_same_each_time_in_few_queries(
    code: str, drawn: dict[str, Svg], django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_max_num_queries(2):
        again = draw(code)
    assert repr(again) == repr(drawn[code])


@every
@pytest.mark.django_db
def test_it_says_where_it_comes_from(code: str, django_assert_max_num_queries: Callable[[int], Any]) -> None:
    with django_assert_max_num_queries(2):
        found = sources(code)
    assert found
    assert len(set(found)) == len(found)
    for source in found:
        assert source.label == nbsp(source.label)
        assert source.status in STATUSES


def test_a_schema_and_an_old_or_invented_figure_say_so_in_the_picture(drawn: dict[str, Svg]) -> None:
    said = {code: " ".join(texts(svg)).lower() for code, svg in drawn.items()}
    for code in ("scissors", "run-or-invest", "alliance-value"):
        assert "schéma" in said[code]
        assert "échelle" in drawn[code].alt or code == "run-or-invest"
    assert "chiffres anciens" in said["resource-mix"]
    assert "2013-2014" in said["resource-mix"]
    assert "exemple inventé" in said["balance-moves"]
    for code in ("resource-models", "partnership-steps"):
        assert "proposition pédagogique" in said[code]
        assert "proposition pédagogique" in drawn[code].alt
    assert not any(numbers(text) for text in texts(drawn["alliance-value"]))


def test_no_thread_of_the_alliance_crosses_a_word(drawn: dict[str, Svg]) -> None:
    threads = [node for node in tree(drawn["alliance-value"]).iter() if node.get("stroke-dasharray")]
    assert len(threads) == 4
    for node in threads:
        x1, y1, x2, y2 = (float(node.get(name, "0")) for name in ("x1", "y1", "x2", "y2"))
        assert not [
            w.content for w in words(drawn["alliance-value"]) if w.box.crosses((x1, y1), (x2, y2), 80)
        ]


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "points"), [("scissors", read.SCISSORS), ("cash", tuple(read.CASH))])
def test_published_values_are_those_of_the_reference_points(
    code: str, points: tuple[str, ...], drawn: dict[str, Svg]
) -> None:
    values = {point.value for point in models.ReferencePoint.objects.filter(code__in=points)}
    assert len(values) == len(points)
    assert {row[1] for row in drawn[code].rows} == values
    assert all(any(value in text for text in texts(drawn[code])) for value in values)


def test_volunteers_and_resources_are_read_in_published_sentences(drawn: dict[str, Svg]) -> None:
    assert [row[1:] for row in drawn["volunteers"].rows] == [
        ("24\u202f% des Français", "2024"),
        ("≈ 12,5 millions", "2024"),
        ("≈ 5,5 millions", "2024"),
        ("26\u202f%", "2024"),
        ("21\u202f%", "2024"),
        ("23\u202f%", "2024"),
        ("38\u202f%", "2010"),
    ]
    assert [row[:2] for row in drawn["resource-mix"].rows] == [
        ("Public", "50\u202f%"),
        ("Activités", "36\u202f%"),
        ("Cotisations", "10\u202f%"),
        ("Privé", "4\u202f%"),
    ]


@pytest.mark.django_db
def test_each_horizon_keeps_its_impact_and_its_length(drawn: dict[str, Svg]) -> None:
    horizons = models.TrajectoryHorizon.objects.all()
    assert [row[:3] for row in drawn["three-impacts"].rows] == [
        (h.label, h.dimension, h.impact) for h in horizons
    ]
    assert [row[1] for row in drawn["three-impacts"].rows] == ["Performance", "Innovation", "Confiance"]
    bars = [
        float(node.get("width", "0")) for node in tree(drawn["three-impacts"]).iter() if node.get("width")
    ]
    assert bars[0] / bars[-1] == pytest.approx(1.5 / 28, abs=0.01)


@pytest.mark.django_db
def test_every_link_of_the_ecosystem_is_in_the_table_and_has_its_head(drawn: dict[str, Svg]) -> None:
    svg = drawn["ecosystem-models"]
    links = models.EcosystemInteraction.objects.select_related("giver", "receiver")
    assert list(svg.rows) == [(link.giver.name, link.receiver.name, link.name) for link in links]
    nodes = list(tree(svg).iter())
    heads = [node for node in nodes if len((node.get("points") or "").split()) == 3]
    assert len(heads) == links.count()
    pairs = {frozenset((link.giver_id, link.receiver_id)) for link in links}
    assert len([node for node in nodes if node.get("d")]) == len(pairs)
    assert f"reliés par {links.count()} liens" in svg.alt


def test_no_curve_of_the_ecosystem_goes_behind_a_model(drawn: dict[str, Svg]) -> None:
    svg = drawn["ecosystem-models"]
    models_drawn = [around_model(word.box) for word in words(svg) if word.box.bottom < 480]
    curves = [node.get("d", "") for node in tree(svg).iter() if node.get("d")]
    for curve in curves:
        route = [tuple(float(n) for n in pair.split(",")) for pair in re.findall(r"[-.\d]+,[-.\d]+", curve)]
        for box in models_drawn:
            assert not any(box.crosses(start, end) for start, end in pairwise(route))


def around_model(words_box: Box) -> Box:
    middle = (words_box.left + words_box.right) / 2
    return Box(middle - ecosystem.HALF[0], words_box.top, middle + ecosystem.HALF[0], words_box.bottom)


@pytest.mark.django_db
def test_the_two_populations_of_partnerships_are_never_added(drawn: dict[str, Svg]) -> None:
    svg = drawn["partnership-types"]
    kinds = models.PartnershipType.objects.all()
    assert list(svg.rows) == [
        (k.name, f"{k.company_rate}\u202f%", f"{k.association_rate}\u202f%") for k in kinds
    ]
    assert "2024" in svg.header[1]
    assert "2015" in svg.header[2]
    assert "rien ne s’additionne" in " ".join(texts(svg))


@pytest.mark.django_db
def test_levels_and_steps_follow_the_catalogue(drawn: dict[str, Svg]) -> None:
    levels = [(level.name, level.group_name, level.share) for level in models.Level.objects.all()]
    assert [row[:3] for row in drawn["levels"].rows] == levels
    steps = models.Resource.objects.filter(kind="method_step")
    assert [row[1] for row in drawn["method-steps"].rows] == [step.name for step in steps]
    assert len(drawn["method-steps"].rows) == 8
    assert len(drawn["partnership-steps"].rows) == len(drawn["resource-models"].rows) == 7
    pillars = {pillar.name: pillar.question for pillar in models.Pillar.objects.all()}
    assert dict(drawn["tripod"].rows) == pillars  # type: ignore[arg-type]


@pytest.mark.django_db
def test_the_matrix_is_the_one_of_the_public_page(drawn: dict[str, Svg]) -> None:
    rows, horizons = models.TrajectoryRow.objects.all(), models.TrajectoryHorizon.objects.all()
    assert repr(pages.matrix(list(rows), list(horizons))) == repr(drawn["trajectory-matrix"])


@pytest.mark.django_db
def test_a_table_that_lacks_a_figure_is_told_and_not_drawn_half() -> None:
    models.ReferencePoint.objects.filter(code="not-enough-funding").delete()
    models.ReferencePoint.objects.filter(code="volunteers-share").update(note="Beaucoup, chaque semaine.")
    models.ReferencePoint.objects.filter(code="cash-under-3m-employers-2025-03").update(number=None)
    for code, reason in (
        ("scissors", "not-enough-funding"),
        ("volunteers", "nothing like"),
        ("cash", "number"),
    ):
        with pytest.raises(read.IncompleteError, match=reason):
            draw(code)


def test_shares_of_a_mix_make_a_whole() -> None:
    with pytest.raises(ValueError, match="100"):
        mix.draw(mix.Mix((("public", 50), ("activités", 36), ("cotisations", 10), ("privé", 5)), "2013", "x"))
