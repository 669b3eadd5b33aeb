"""Today's balance, the one aimed at, and the way between: an invented example on the house's triangle (pure)."""

from __future__ import annotations

import math

from apps.core.figures import ternary
from apps.core.figures.balance import STYLES
from apps.core.figures.palette import INK, INK_SOFT
from apps.core.figures.svg import Svg
from apps.core.figures.triangle import Shares
from apps.core.microtypography import nbsp
from apps.course.figures.kit import head, label

NOW, AIM = Shares(0.2, 0.7, 0.1), Shares(0.35, 0.45, 0.2)
INVENTED = "Exemple inventé, pour apprendre à lire la figure."
FOOT, SIZE = 44, 23  # on a sheet of 600


def draw() -> Svg:
    base = ternary.draw(ternary.Ternary(NOW, "aujourd’hui", target=AIM, target_label="visé"))
    start, end = ternary.TRIANGLE.point(NOW), ternary.TRIANGLE.point(AIM)
    part = (STYLES["target"][0] + 2) / math.dist(start, end)
    tip = tuple(end[i] + (start[i] - end[i]) * part for i in (0, 1))
    return Svg(
        base.width,
        base.height + FOOT,
        nbsp(f"Exemple inventé. {base.alt} Une flèche va du point d’aujourd’hui au point visé."),
        (
            *base.body,
            head((tip[0], tip[1]), start, INK, 17),
            label((4, base.height + FOOT - 12), INVENTED, size=SIZE, fill=INK_SOFT),
        ),
        base.header,
        base.rows,
    )
