"""Reads a figure as an eye does: where each text stands, on what ground, with what contrast."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from apps.core.figures.lettering import Box, text_box
from apps.core.figures.palette import PAPER
from apps.core.figures.svg import Point, Svg
from tests.core.figure_cases import tree


@dataclass(frozen=True)
class Word:
    """A line of text, its box, and the colours under its two ends and its middle."""

    content: str
    size: float
    fill: str
    box: Box
    grounds: tuple[str, ...]


def words(svg: Svg) -> Iterator[Word]:
    painted: list[Element] = []
    for node in tree(svg).iter():
        if node.tag == "text":
            yield _word(node, painted)
        elif node.get("fill", "none") != "none":
            painted.append(node)


def _word(node: Element, painted: list[Element]) -> Word:
    content, size = "".join(node.itertext()), float(node.get("font-size", "0"))
    at = (float(node.get("x", "0")), float(node.get("y", "0")))
    bold = 1.02 if int(node.get("font-weight", "400")) > 600 else 1
    box = text_box(at, content, size * bold, node.get("text-anchor", "start"))
    level = (box.top + box.bottom) / 2
    ends = 2.0  # widths are a little generous
    places = ((box.left + ends, level), ((box.left + box.right) / 2, level), (box.right - ends, level))
    return Word(content, size, node.get("fill", ""), box, tuple(_ground(place, painted) for place in places))


def _ground(place: Point, painted: list[Element]) -> str:
    return next((node.get("fill", "") for node in reversed(painted) if _covers(node, place)), PAPER)


def _covers(node: Element, place: Point) -> bool:
    x, y = place
    values = {name: float(node.get(name, "0")) for name in ("x", "y", "width", "height", "cx", "cy", "r")}
    if node.tag == "rect":
        left, top = values["x"], values["y"]
        return left <= x <= left + values["width"] and top <= y <= top + values["height"]
    if node.tag == "circle":
        return (x - values["cx"]) ** 2 + (y - values["cy"]) ** 2 <= values["r"] ** 2
    return node.tag == "polygon" and _inside(node.get("points", ""), place)


def _inside(points: str, place: Point) -> bool:
    """The number of sides to the right of the place is odd."""
    corners = [tuple(float(n) for n in pair.split(",")) for pair in points.split()]
    odd = False
    for (x1, y1), (x2, y2) in zip(corners, [*corners[1:], corners[0]], strict=True):
        if (y1 > place[1]) != (y2 > place[1]):
            odd ^= place[0] < x1 + (place[1] - y1) / (y2 - y1) * (x2 - x1)
    return odd


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
