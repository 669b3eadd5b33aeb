"""What every figure owes: well-formed, escaped, described, legible on a phone, the same each time."""

import base64
import math
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.template import Context, Engine

from apps.core.figures import palette
from apps.core.figures.svg import Element, Svg, el, line, text
from tests.core.figure_cases import SVG, drawings, numbers, texts, tree

ALL = dict(drawings())
TOKENS = Path(__file__).parents[2] / "static" / "css" / "tokens.css"
PHONE = 390
GEOMETRY = ("x", "y", "cx", "cy", "r", "x1", "y1", "x2", "y2", "width", "height", "font-size", "stroke-width")
every = pytest.mark.parametrize("svg", ALL.values(), ids=ALL.keys())


@every
def test_the_root_says_what_the_picture_shows(svg: Svg) -> None:
    root = tree(svg)
    title = root[0]
    assert root.get("role") == "img"
    assert title.tag == "title"
    assert title.text
    assert root.get("aria-label") == title.text
    assert [float(n) for n in (root.get("viewBox") or "").split()] == pytest.approx(
        [0, 0, svg.width, svg.height], abs=0.1
    )
    assert "Atkinson Next" in (root.get("font-family") or "")


@every
def test_nothing_hostile_gets_through(svg: Svg) -> None:
    known = {"svg", "title", "text", "tspan", "line", "circle", "rect", "polygon"}
    assert {node.tag for node in tree(svg).iter()} <= known
    assert "<script" not in svg.inline()


@every
def test_every_coordinate_is_a_finite_number(svg: Svg) -> None:
    for node in tree(svg).iter():
        places = [node.get(name) for name in GEOMETRY] + (node.get("points") or "").replace(",", " ").split()
        assert all(math.isfinite(float(place)) for place in places if place is not None)


@every
def test_the_alternative_holds_every_number_of_the_table(svg: Svg) -> None:
    """But the euros beside a share, which the table alone gives."""
    told = numbers(svg.alt)
    for row in svg.rows:
        assert len(row) == len(svg.header)
        for cell in row[1:]:
            assert numbers(cell.rpartition("(")[2]) <= told


@every
def test_text_is_at_least_twelve_pixels_on_a_phone(svg: Svg) -> None:
    sizes = [float(node.get("font-size", "0")) for node in tree(svg).iter("text")]
    assert all(size * PHONE / svg.width >= 12 for size in sizes)


@every
def test_drawings_stay_inside_the_picture(svg: Svg) -> None:
    limits = dict.fromkeys(("x", "cx", "x1", "x2"), svg.width)
    limits |= dict.fromkeys(("y", "cy", "y1", "y2"), svg.height)
    for node in tree(svg).iter():
        for name, limit in limits.items():
            assert -0.1 <= float(node.get(name, "0")) <= limit + 0.1


def test_the_same_numbers_give_the_same_bytes() -> None:
    again = dict(drawings())
    assert {name: svg.inline() for name, svg in ALL.items()} == {
        name: svg.inline() for name, svg in again.items()
    }


@every
def test_the_file_for_the_pdf_is_the_same_drawing_with_a_size(svg: Svg) -> None:
    kind, _, data = svg.data_uri().partition(",")
    root = ElementTree.fromstring(base64.b64decode(data))
    assert kind == "data:image/svg+xml;base64"
    assert root.tag == f"{SVG}svg"
    assert (float(root.get("width", "0")), float(root.get("height", "0"))) == pytest.approx(
        (svg.width, svg.height), abs=0.1
    )
    assert ["".join(n.itertext()) for n in root.iter(f"{SVG}text")] == texts(svg)


def test_decorative_is_hidden_and_says_nothing() -> None:
    root = ElementTree.fromstring(ALL["logo"].decorative())
    assert root.get("aria-hidden") == "true"
    assert root.get("role") is None
    assert root.find("title") is None


def test_a_template_does_not_escape_a_figure_again() -> None:
    svg = ALL["rungs"]
    assert Engine().from_string("{{ s.inline }}").render(Context({"s": svg})) == str(svg.inline())


def test_the_palette_is_the_style_sheet() -> None:
    declared = dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{6})", TOKENS.read_text()))
    assert declared == palette.TOKENS


def test_pillars_differ_by_colour_and_by_shape() -> None:
    assert len({axis.shape for axis in palette.AXES.values()}) == 5
    assert len({pillar.tone.strong for pillar in palette.PILLARS}) == 3


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_coordinate_must_be_finite(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        line((0, value), (1, 1), "#000000", 1).write()


def test_attributes_and_texts_are_escaped() -> None:
    written = text((0, 0), "a < b & \x07c", size=12, data_name='"><x>').write()
    assert "a &lt; b &amp; c" in written
    assert 'data-name="&quot;&gt;&lt;x&gt;"' in written
    assert el("rect", x=-0.04, y=2.0, width=1.25).write() == '<rect x="0" y="2" width="1.2"/>'
    assert Element("g", (), ("x",)).write() == "<g>x</g>"
