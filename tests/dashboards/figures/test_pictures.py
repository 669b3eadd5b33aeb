"""Pictures and tables of the protected tables: every number said, and nothing that a hidden cell would tell."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import Any

import pytest

from apps.dashboards.figures import balance_cells, gallery, protected, region_map, slope, states
from apps.dashboards.figures.france_shapes import BOX, PATHS
from apps.dashboards.quarters import Quarter
from apps.dashboards.tables import BY_KEY, TABLES
from tests.dashboards import samples

DRAWN = [table.key for table in TABLES if table.key not in ("reperes",)]


def table(key: str, **options: Any) -> protected.Table:
    return protected.read(samples.protected(key, **options))


@pytest.mark.parametrize("key", DRAWN)
def test_each_picture_is_well_formed_and_says_what_it_shows(key: str) -> None:
    drawn = gallery.figure(table(key, since="2026-t2"), 11)
    assert drawn.panels
    for panel in drawn.panels:
        root = ET.fromstring(str(panel.svg.inline()))
        assert root.attrib["role"] == "img"
        assert root.attrib["aria-label"].strip()


@pytest.mark.parametrize("key", DRAWN)
def test_letters_stay_readable_on_a_telephone(key: str) -> None:
    """358 px are left for a picture on a telephone of 390 px; two of the small ones share them."""
    drawn = gallery.figure(table(key), 11)
    room = (390 - 32 - 24) / 2 if drawn.layout == "multiples" else 358
    for panel in drawn.panels:
        scale = min(room / panel.svg.width, 1.3)
        for size in re.findall(r'<text[^>]*font-size="([\d.]+)"', str(panel.svg.inline())):
            assert float(size) * scale >= 12, (key, size)


@pytest.mark.parametrize("key", [one for one in DRAWN if BY_KEY[one].kind == "count" and one != "equilibre"])
def test_alternative_texts_have_every_number_that_is_drawn(key: str) -> None:
    read = table(key)
    drawn = gallery.figure(read, 11)
    said = drawn.panels[0].svg.alt
    rows = [row for row in read.rows if row.cell.is_shown]
    if key in gallery.LONG:
        rows = [row for row in read.by_size() if row.cell.is_shown][: gallery.MOST_LINES]
    assert rows
    for row in rows:
        assert (
            re.search(
                rf"{re.escape(row.label)}\s: {row.cell.n}\b",
                said.replace("\u202f", " ").replace("\u00a0", " "),
            )
            or str(row.cell.n) in said
        )


def test_hidden_zero_missing_and_kept_are_four_different_marks() -> None:
    drawn = gallery.figure(table("participation-region", since="2026-t2"), 11)
    words = {words for _, words in drawn.legend}
    assert len(words) == 4
    said = dict(drawn.listing.rows)
    assert [said[name][0].words for name in ("Corse", "Martinique", "Guyane")] == [
        "masqué",
        "0",
        "pas de donnée",
    ]
    assert {cell[0].note for cell in said.values()} == {"", "valeur du T2\u00a02026"}


def test_a_legend_names_only_the_marks_of_its_figure() -> None:
    assert states.legend(frozenset({"shown"}), 11) == ()


@pytest.mark.parametrize("key", DRAWN)
def test_a_hidden_cell_is_drawn_the_same_whatever_it_hides(key: str) -> None:
    """The stored table keeps only its state: two stored ones with the same states give the same bytes."""
    first, second = (gallery.figure(table(key), 11) for _ in range(2))
    assert first == second
    data = samples.protected(key)
    for row in data["rows"]:
        row["cells"] = {column: {"state": "hidden"} for column in row["cells"]}
    drawn = gallery.figure(protected.read(data), 11)
    pictures = " ".join(panel.svg.alt for panel in drawn.panels)
    assert not re.search(r": \d", pictures.replace("\u00a0", " "))


def test_rows_are_sorted_by_published_number_then_by_the_list() -> None:
    rows = table("participation-fragilite").by_size()
    shown = [row.cell.n for row in rows if row.cell.is_shown]
    assert shown == sorted(shown, reverse=True)
    order = [row.key for row in table("participation-fragilite").rows]
    for size in set(shown):
        equal = [order.index(row.key) for row in rows if row.cell.is_shown and row.cell.n == size]
        assert equal == sorted(equal)


def test_every_region_of_the_list_is_on_the_map() -> None:
    codes = {row.key for row in table("participation-region").rows}
    assert set(PATHS) | set(region_map.OVERSEAS) == codes
    assert set(PATHS) == set(region_map.AT)
    for code in PATHS:
        for ring in region_map.rings(code):
            assert len(ring) >= 3
            assert all(0 <= x <= BOX[0] and 0 <= y <= BOX[1] for x, y in ring)


def test_the_steps_of_the_map_hold_every_number_once() -> None:
    read = table("participation-region")
    steps = region_map.steps_of(read)
    assert 1 <= len(steps) <= 4
    for row in read.rows:
        if row.cell.is_shown:
            assert sum(low <= row.cell.n <= high for low, high in steps) == 1


def test_the_triangle_is_covered_by_its_25_cells() -> None:
    keys = samples.balances()
    assert len(keys) == 25

    def area(ring: tuple[tuple[float, float], ...]) -> float:
        return (
            abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True)))
            / 2
        )

    whole = area(balance_cells.TRIANGLE.corners)
    assert sum(area(balance_cells.corners(key)) for key in keys) == pytest.approx(whole)
    assert balance_cells.corners("5-0-0") == ()


def test_hatching_stays_inside_its_polygon() -> None:
    path = states.hatch_lines(((0, 0), (100, 0), (100, 50), (0, 50))).write()
    ends = [
        (int(x), int(y), int(dx), int(dy))
        for x, y, dx, dy in re.findall(r"M(\d+) (\d+)l(-?\d+) (-?\d+)", path)
    ]
    assert ends
    for x, y, dx, dy in ends:
        assert -1 <= x <= 101
        assert -1 <= x + dx <= 101
        assert -1 <= y <= 51
        assert -1 <= y + dy <= 51


def test_labels_of_the_slope_never_meet() -> None:
    placed = slope.spread([("A", 100), ("B", 101), ("C", 102), ("D", 180), ("E", 181)])
    spots = sorted(placed.values())
    assert all(after - before >= slope.APART - 1e-9 for before, after in pairwise(spots))


def test_an_axis_looks_back_over_the_quarters() -> None:
    past = [(Quarter(2026, 1), table("axes", shift=-4)), (Quarter(2026, 2), table("axes", shift=-2))]
    drawn = gallery.axes_by_quarter(table("axes"), Quarter(2026, 3), past, 11)
    assert [panel.axis for panel in drawn.panels] == ["human", "financial", "alliances", "anchor", "path"]
    assert drawn.listing.header == ("Axe", "T1 2026", "T2 2026", "T3 2026")
    assert "T1 2026\u00a0: 59, T2 2026\u00a0: 61, T3 2026\u00a0: 63" in drawn.panels[0].svg.alt
    assert drawn.sentence == "Les cinq axes montent."
