"""A QR code as one of our figures (pure): black on white whatever the page, with the quiet margin readers need."""

from __future__ import annotations

from functools import lru_cache

import qrcode  # type: ignore[import-untyped]
from qrcode.constants import ERROR_CORRECT_M  # type: ignore[import-untyped]

from apps.core.figures.palette import INK
from apps.core.figures.svg import Element, Svg, el, rect

QUIET = 4  # modules, as the standard asks


@lru_cache(maxsize=64)
def draw(address: str, alt: str) -> Svg:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(address)
    code.make(fit=True)
    matrix = code.get_matrix()
    side = len(matrix)
    body = (rect(0, 0, side, side, fill="#ffffff"), _modules(matrix))
    return Svg(side, side, alt, body)


def _modules(matrix: list[list[bool]]) -> Element:
    """One path: runs of dark modules, row by row."""
    drawn = []
    for y, row in enumerate(matrix):
        start = None
        for x, dark in enumerate([*row, False]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                drawn.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
                start = None
    return el("path", d="".join(drawn), fill=INK, shape_rendering="crispEdges")
