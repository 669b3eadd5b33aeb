"""Step 4, « diagnostic croisé »: what the association does not see alike becomes the agenda of a workshop."""

from __future__ import annotations

from apps.core.figures.palette import AXES
from apps.methodology.tools.specs import FieldSpec, FieldType, Kind, Tool

# No figure of a result among the fields: people who may not read the result read the agenda.
AGENDA_POINT = Kind(
    "agenda_point",
    "point",
    "points",
    (
        FieldSpec("title", "Sujet", FieldType.LINE, most=160),
        FieldSpec("question", "Question à débattre", FieldType.TEXT, most=600),
        FieldSpec(
            "axis", "Axe", FieldType.CHOICE, choices=tuple((axis.key, axis.name) for axis in AXES.values())
        ),
        FieldSpec("minutes", "Durée", FieldType.NUMBER, unit="minutes", most=240),
        FieldSpec("introducer", "Qui l’introduit", FieldType.MEMBER),
        FieldSpec("concluded", "Ce que nous en retenons", FieldType.TEXT, most=2000),
    ),
    title="title",
    most=60,
)
TOOL = Tool(
    "ordre-du-jour",
    4,
    "Ordre du jour du diagnostic croisé",
    "Les sujets que vous ne voyez pas de la même façon, chacun avec sa question, et ce que vous en retenez.",
    (AGENDA_POINT,),
)
