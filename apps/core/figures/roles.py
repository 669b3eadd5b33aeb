"""Shapes of the roles in the « regards croisés »: two full, two hollow, never the shape alone of a pillar."""

from dataclasses import dataclass

from apps.core.figures.marks import shape
from apps.core.figures.palette import INK, LEAF, PAPER
from apps.core.figures.svg import Element, Point, Svg, line


@dataclass(frozen=True)
class Role:
    name: str  # under its mark's label
    title: str  # head of a column
    said: str  # « moyenne … »
    shape: str
    full: bool


ROLES = {
    "gouvernance": Role("gouvernance", "Gouvernance", "de la gouvernance", "diamond", True),
    "equipe": Role("équipe", "Équipe", "de l’équipe", "circle", False),
    "referent": Role("référents", "Référents", "des référents", "square", False),
    "partenaire": Role("partenaires", "Partenaires", "des partenaires", "nabla", True),
}


def role_mark(key: str, at: Point, colour: str) -> Element:
    role = ROLES[key]
    if role.full:
        return shape(role.shape, at, 10, fill=colour, stroke=PAPER, stroke_width=2)
    return shape(role.shape, at, 8.6, fill=LEAF, stroke=colour, stroke_width=4)


def legend(key: str) -> Svg:
    """For the legend beside the strips: `etendue`, `mediane`, or a key of ROLES."""
    if key == "etendue":
        band = line((7, 12), (37, 12), INK, 10, stroke_opacity=".28", stroke_linecap="round")
        return Svg(44, 24, "Étendue des réponses", (band,))
    if key == "mediane":
        return Svg(24, 24, "Médiane", (line((12, 0), (12, 24), INK, 4),))
    return Svg(24, 24, ROLES[key].title, (role_mark(key, (12, 12), INK),))
