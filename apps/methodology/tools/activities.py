"""Step 2, « carte des activités »: what is done, for whom, about what, and how far."""

from __future__ import annotations

from apps.methodology.tools.specs import FieldSpec, FieldType, Kind, Tool

ACTIVITY = Kind(
    "activity",
    "activité",
    "activités",
    (
        FieldSpec("title", "Nom de l’activité", FieldType.LINE, most=120),
        FieldSpec("what", "Ce que nous faisons", FieldType.TEXT, most=1500),
        FieldSpec(
            "fragilities", "Fragilités auxquelles elle répond", FieldType.CHOICES, source="fragilities"
        ),
        FieldSpec("levels", "Échelons où elle agit", FieldType.CHOICES, source="levels"),
        FieldSpec("beneficiaries", "Pour qui", FieldType.LINE),
        FieldSpec(
            "people", "Personnes concernées par an", FieldType.NUMBER, unit="personnes", most=100_000_000
        ),
        FieldSpec("evidence", "Ce qui nous dit que le besoin existe", FieldType.TEXT, most=1500),
        FieldSpec("share_of_effort", "Part de notre temps", FieldType.NUMBER, unit="%", most=100),
        FieldSpec(
            "place",
            "Place dans le projet",
            FieldType.CHOICE,
            choices=(
                ("core", "Au cœur du projet"),
                ("support", "Elle soutient le cœur"),
                ("trial", "En expérimentation"),
                ("leaving", "À transmettre ou à arrêter"),
            ),
        ),
    ),
    title="title",
    is_feminine=True,
    most=60,
)

TOOL = Tool(
    "activites",
    2,
    "Carte des activités",
    "Chaque activité, les fragilités auxquelles elle répond, ses échelons et les personnes pour qui elle existe.",
    (ACTIVITY,),
)
