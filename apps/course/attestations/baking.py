"""The badge as a picture that carries its own proof: an SVG with the signed credential inside (Open Badges 3.0) (pure)."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from apps.core.figures import emblem
from apps.core.figures.palette import FONT, INK, PAPER
from apps.core.figures.svg import Element, el, rect

NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
SIDE = 400


def bake(token: str, *, title: str, description: str, lines: tuple[str, ...]) -> str:
    """``lines``: what the picture says under the emblem. ``token``: compact JWS."""
    drawn = "".join(element.write() for element in _picture(lines))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="{NAMESPACE}" '
        f'width="{SIDE}" height="{SIDE}" viewBox="0 0 {SIDE} {SIDE}" role="img" font-family={quoteattr(FONT)}>\n'
        f"<openbadges:credential verify={quoteattr(token)}></openbadges:credential>\n"
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>\n{drawn}</svg>\n"
    )


def _picture(lines: tuple[str, ...]) -> list[Element]:
    logo = emblem.logo()
    scale = 190 / logo.width
    said = [
        el("text", text, x=SIDE / 2, y=292 + 30 * place, font_size=24 if place == 0 else 17,
           font_weight=700 if place == 0 else 400, text_anchor="middle", fill=INK)
        for place, text in enumerate(lines)
    ]  # fmt: skip
    return [
        rect(8, 8, SIDE - 16, SIDE - 16, rx=24, fill=PAPER, stroke=INK, stroke_width=6),
        el("g", *logo.body, transform=f"translate(105 58) scale({scale})"),
        *said,
    ]
