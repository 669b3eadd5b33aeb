"""Step 7, « trajectoire »: the actions, dated, owned, costed."""

from __future__ import annotations

from apps.methodology.tools.specs import FieldSpec, FieldType, Kind, Tool

PROGRESS = (("todo", "À faire"), ("doing", "En cours"), ("done", "Fait"), ("dropped", "Abandonné"))

ACTION = Kind(
    "action",
    "action",
    "actions",
    (
        FieldSpec("title", "Action", FieldType.LINE, most=160),
        FieldSpec("owner", "Responsable", FieldType.MEMBER),
        FieldSpec("starts", "Début", FieldType.DATE),
        FieldSpec("due", "Échéance", FieldType.DATE),
        FieldSpec("pillar", "Pilier", FieldType.CHOICE, source="pillars"),
        FieldSpec("cost", "Coût", FieldType.EUROS, unit="€"),
        FieldSpec("funding", "Qui le paie", FieldType.LINE),
        FieldSpec("days", "Temps", FieldType.NUMBER, unit="jours", most=100_000),
        FieldSpec("indicator", "Nous saurons que c’est fait quand", FieldType.LINE),
        FieldSpec("after", "Doit venir après", FieldType.ITEMS, source="action"),
        FieldSpec("lever", "Levier", FieldType.ITEM, source="lever"),
        FieldSpec("progress", "Avancement", FieldType.CHOICE, choices=PROGRESS),
        FieldSpec("done_on", "Terminée le", FieldType.DATE),
        FieldSpec("notes", "Notes", FieldType.TEXT, most=2000),
    ),
    title="title",
    is_feminine=True,
    most=200,
)
TOOL = Tool(
    "trajectoire",
    7,
    "Feuille de route",
    "Qui fait quoi, pour quand, avec quel budget, dans quel ordre : à un an et à trois ans.",
    (ACTION,),
)
