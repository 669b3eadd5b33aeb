"""The strip of an axis."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import combinations_with_replacement, pairwise
from typing import Any

import pytest

from apps.core.figures.lettering import text_width
from apps.dashboards.situate.figure import SIZE, WIDTH, Beside, draw
from apps.dashboards.situate.place import place

GROUP = "des associations de votre taille"


def strip(own: Any = Decimal("52.5"), values: tuple[int, int, int] = (35, 45, 60), axis: str = "C") -> Beside:
    return Beside(axis, own, values, GROUP, place(own, values).says)


def test_the_sentence_says_every_number_of_the_drawing() -> None:
    drawn = draw(strip())
    assert drawn.alt == (
        "Alliances stratégiques\xa0: votre résultat, 52,5, est entre le 2e et le 3e quart "
        "des associations de votre taille. Leurs quarts\xa0: 35, 45 et 60, sur 100."
    )
    assert drawn.rows == (("Alliances stratégiques", "35", "45", "60", "52,5"),)
    assert drawn.header == ("Axe", "1er quart", "2e quart", "3e quart", "Votre résultat")


def labels(svg: str) -> list[tuple[float, float, str]]:
    found = re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]+)</text>', svg)
    return [(float(x), float(y), words) for x, y, words in found]


@pytest.mark.parametrize("values", list(combinations_with_replacement((0, 5, 10, 50, 95, 100), 3)))
def test_labels_stay_inside_and_never_touch(values: tuple[int, int, int]) -> None:
    for own in (0, 50, 100):
        placed = [
            (x - text_width(words, SIZE) / 2, x + text_width(words, SIZE) / 2, y)
            for x, y, words in labels(draw(strip(own, values)).inline())
        ]
        assert all(left >= 0 and right <= WIDTH for left, right, _ in placed)
        lower = sorted(box for box in placed if box[2] > 60)
        assert all(one[1] < two[0] for one, two in pairwise(lower))


@pytest.mark.parametrize("axis", ["A", "B", "C", "D", "E"])
def test_each_axis_keeps_its_colour_and_its_shape(axis: str) -> None:
    assert draw(strip(axis=axis)).inline() != draw(strip(axis="A" if axis != "A" else "B")).inline()


def test_a_value_out_of_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="0 to 100"):
        draw(Beside("A", 50, (35, 45, 105), GROUP, "quelque part"))
