"""Step 1, « cadrage »: the note that the board signs, and the meetings."""

from __future__ import annotations

from apps.methodology.tools.specs import FieldSpec, FieldType, Kind, Tool

NOTE = Kind(
    "note",
    "la note de cadrage",
    "la note de cadrage",
    (
        FieldSpec("question", "La question que nous nous posons", FieldType.TEXT, most=600),
        FieldSpec("why_now", "Pourquoi maintenant", FieldType.TEXT),
        FieldSpec("perimeter", "Ce que la démarche couvre", FieldType.TEXT),
        FieldSpec("outside", "Ce qu’elle ne couvre pas", FieldType.TEXT),
        FieldSpec("mandate", "Le mandat donné par le conseil d’administration", FieldType.TEXT),
        FieldSpec("decides", "Qui décide, et de quoi", FieldType.TEXT),
        FieldSpec("sponsor", "La personne de la gouvernance qui porte la démarche", FieldType.LINE),
        FieldSpec("team", "L’équipe projet : qui apporte quoi", FieldType.TEXT),
        FieldSpec("means", "Le temps et l’argent accordés", FieldType.TEXT),
        FieldSpec("starts", "Début", FieldType.DATE),
        FieldSpec("ends", "Fin prévue", FieldType.DATE),
        FieldSpec("success", "À quoi nous verrons que c’est réussi", FieldType.TEXT),
        FieldSpec("care", "Ce à quoi nous ferons attention", FieldType.TEXT),
    ),
    is_single=True,
    is_feminine=True,
)

MEETING = Kind(
    "meeting",
    "rendez-vous",
    "rendez-vous",
    (
        FieldSpec("title", "Objet", FieldType.LINE),
        FieldSpec("date", "Date", FieldType.DATE),
        FieldSpec("step", "Étape", FieldType.CHOICE, source="steps"),
        FieldSpec("who", "Qui vient", FieldType.LINE),
        FieldSpec("delivers", "Ce qui en sort", FieldType.LINE),
    ),
    title="title",
    most=60,
)

TOOL = Tool(
    "cadrage",
    1,
    "Note de cadrage",
    "Un mandat clair, une équipe, un calendrier : trois pages que le conseil d’administration peut signer.",
    (NOTE, MEETING),
)
