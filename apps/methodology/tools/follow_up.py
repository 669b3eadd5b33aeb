"""Step 8, « mise en œuvre »: indicators and their readings, the yearly review, the pitch on one page."""

from __future__ import annotations

from apps.methodology.tools.specs import FieldSpec, FieldType, Kind, Tool

INDICATOR = Kind(
    "indicator",
    "indicateur",
    "indicateurs",
    (
        FieldSpec("title", "Indicateur", FieldType.LINE, most=160),
        FieldSpec("pillar", "Pilier", FieldType.CHOICE, source="pillars"),
        FieldSpec("unit", "Unité", FieldType.LINE, most=30),
        FieldSpec("start", "Valeur de départ", FieldType.NUMBER, is_signed=True),
        FieldSpec("start_on", "Relevée le", FieldType.DATE),
        FieldSpec("goal", "Valeur visée", FieldType.NUMBER, is_signed=True),
        FieldSpec("goal_on", "À la date du", FieldType.DATE),
        FieldSpec("source", "Où lire ce chiffre", FieldType.LINE),
        FieldSpec("keeper", "Qui le relève", FieldType.MEMBER),
        FieldSpec("action", "Action qu’il suit", FieldType.ITEM, source="action"),
    ),
    title="title",
    most=60,
)
READING = Kind(
    "reading",
    "relevé",
    "relevés",
    (
        FieldSpec("date", "Date du relevé", FieldType.DATE),
        FieldSpec(
            "planned",
            "Prévu",
            FieldType.NUMBER,
            "Vide : sur la droite entre départ et visée.",
            is_signed=True,
        ),
        FieldSpec("actual", "Constaté", FieldType.NUMBER, is_signed=True),
        FieldSpec("comment", "Ce qui explique l’écart", FieldType.TEXT, most=1000),
    ),
    of="indicator",
    title="date",
    most=1200,
)
REVIEW = Kind(
    "review",
    "revue annuelle",
    "revues annuelles",
    (
        FieldSpec("date", "Date de la revue", FieldType.DATE),
        FieldSpec("who", "Qui était là", FieldType.LINE),
        FieldSpec("changed", "Ce qui a changé autour de nous", FieldType.TEXT),
        FieldSpec("worked", "Ce qui a marché", FieldType.TEXT),
        FieldSpec("stuck", "Ce qui a résisté", FieldType.TEXT),
        FieldSpec("decided", "Ce que nous gardons, changeons, arrêtons", FieldType.TEXT),
        FieldSpec("next_on", "Prochaine revue", FieldType.DATE),
    ),
    title="date",
    is_feminine=True,
    most=28,
)
PITCH = Kind(
    "pitch",
    "le pitch du modèle",
    "le pitch du modèle",
    (
        FieldSpec("need", "Le besoin auquel nous répondons", FieldType.TEXT, most=400),
        FieldSpec("answer", "Notre réponse, en une phrase", FieldType.TEXT, most=300),
        FieldSpec("human", "Richesses humaines : qui fait vivre le projet", FieldType.TEXT, most=350),
        FieldSpec("financial", "Ressources financières : ce qui le finance", FieldType.TEXT, most=350),
        FieldSpec("alliances", "Alliances : avec qui nous avançons", FieldType.TEXT, most=350),
        FieldSpec("proof", "Ce que nous pouvons montrer", FieldType.TEXT, most=500),
        FieldSpec("trajectory", "Où nous allons d’ici trois ans", FieldType.TEXT, most=400),
        FieldSpec("ask", "Ce que nous vous proposons", FieldType.TEXT, most=400),
    ),
    is_single=True,
)
TOOL = Tool(
    "suivi",
    8,
    "Tableau de bord, revue et pitch",
    "Ce qui était prévu, ce qui est constaté, ce que vous en faites ; et votre modèle raconté sur une page.",
    (INDICATOR, READING, REVIEW, PITCH),
)
