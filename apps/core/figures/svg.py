"""A tiny SVG builder: every text is escaped, every number finite, the same input gives the same bytes."""

import base64
import math
import re
from dataclasses import dataclass
from functools import cached_property
from html import escape

from apps.core.figures.palette import FONT, INK

Attribute = str | int | float
Point = tuple[float, float]

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Markup(str):
    """Ready for a page: Django and Jinja read `__html__` and do not escape it again."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


@dataclass(frozen=True)
class Element:
    tag: str
    attributes: tuple[tuple[str, Attribute], ...] = ()
    children: "tuple[Element | str, ...]" = ()

    def write(self) -> str:
        attributes = "".join(f' {name}="{_value(value)}"' for name, value in self.attributes)
        if not self.children:
            return f"<{self.tag}{attributes}/>"
        inside = "".join(_escape(c) if isinstance(c, str) else c.write() for c in self.children)
        return f"<{self.tag}{attributes}>{inside}</{self.tag}>"


def _escape(text: str) -> str:
    return escape(_NOT_XML.sub("", text))


def _value(value: Attribute) -> str:
    if isinstance(value, str):
        return _escape(value)
    if not math.isfinite(value):
        raise ValueError("a coordinate is not finite")
    return f"{round(value, 1) + 0:.1f}".removesuffix(".0")


def el(tag: str, *children: Element | str, **attributes: Attribute) -> Element:
    """`stroke_width` is written `stroke-width`."""
    return Element(tag, tuple((name.replace("_", "-"), v) for name, v in attributes.items()), children)


def line(start: Point, end: Point, stroke: str, width: float, **more: Attribute) -> Element:
    ends = {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1]}
    return el("line", **ends, stroke=stroke, stroke_width=width, **more)


def circle(centre: Point, radius: float, **more: Attribute) -> Element:
    return el("circle", cx=centre[0], cy=centre[1], r=radius, **more)


def rect(x: float, y: float, width: float, height: float, **more: Attribute) -> Element:
    return el("rect", x=x, y=y, width=width, height=height, **more)


def polygon(points: tuple[Point, ...], **more: Attribute) -> Element:
    return el("polygon", points=" ".join(f"{_value(x)},{_value(y)}" for x, y in points), **more)


def text(at: Point, *content: Element | str, size: float, fill: str = INK, **more: Attribute) -> Element:
    return el("text", *content, x=at[0], y=at[1], font_size=size, **more, fill=fill)


@dataclass(frozen=True)
class Svg:
    """A picture, its sentence (`alt`, with every number) and its table (`header`, then `rows`, all text)."""

    width: float
    height: float
    alt: str
    body: tuple[Element, ...]
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    css_class: str = ""

    def inline(self) -> Markup:
        """For a page; as wide as its style says."""
        return self._inline

    def decorative(self) -> Markup:
        """The same, hidden from assistive technology: only where the text beside it says it all."""
        return self._decorative

    def data_uri(self) -> str:
        """For `<img src>` in a PDF, which also needs `alt`."""
        size: dict[str, Attribute] = {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": self.width,
            "height": self.height,
        }
        file = self._root({**size, "role": "img", "aria-label": self.alt}, title=True)
        return "data:image/svg+xml;base64," + base64.b64encode(file.encode()).decode()

    @cached_property
    def _inline(self) -> Markup:
        return Markup(self._root({"role": "img", "aria-label": self.alt}, title=True))

    @cached_property
    def _decorative(self) -> Markup:
        return Markup(self._root({"aria-hidden": "true"}, title=False))

    def __repr__(self) -> str:
        """All that it shows, written fast: a report is known by its contents."""
        return f"Svg({self._inline}, {self.header}, {self.rows})"

    def _root(self, attributes: dict[str, Attribute], *, title: bool) -> str:
        box = f"0 0 {_value(self.width)} {_value(self.height)}"
        named: dict[str, Attribute] = {"class": self.css_class} if self.css_class else {}
        # WeasyPrint hands no page style to a figure, and tags it by its <title>.
        named |= {"viewBox": box, **attributes, "font-family": FONT}
        children = (el("title", self.alt), *self.body) if title else self.body
        return Element("svg", tuple(named.items()), children).write()
