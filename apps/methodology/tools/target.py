"""Step 5, « modèle cible »: where the balance should be, and the scenarios that lead there."""

from __future__ import annotations

from apps.methodology.tools.specs import FieldSpec, FieldType, Kind, Tool

HORIZONS = (("18_mois", "18 mois"), ("7_ans", "7 ans"), ("28_ans", "28 ans"))

TARGET = Kind(
    "target",
    "l’équilibre visé",
    "l’équilibre visé",
    (
        FieldSpec(
            "balance",
            "Parts visées : richesses humaines, ressources financières, alliances",
            FieldType.SHARES,
        ),
        FieldSpec("ambition", "Notre ambition, en une phrase", FieldType.TEXT, most=600),
        FieldSpec("why", "Pourquoi cet équilibre", FieldType.TEXT),
        FieldSpec("keep", "Ce que nous ne voulons pas perdre en chemin", FieldType.TEXT),
    ),
    is_single=True,
)
SCENARIO = Kind(
    "scenario",
    "scénario",
    "scénarios",
    (
        FieldSpec("title", "Nom du scénario", FieldType.LINE, most=120),
        FieldSpec("horizon", "Horizon", FieldType.CHOICE, choices=HORIZONS),
        FieldSpec("story", "Ce qui a changé à cet horizon", FieldType.TEXT),
        FieldSpec("human", "Richesses humaines", FieldType.TEXT, most=1500),
        FieldSpec("financial", "Ressources financières", FieldType.TEXT, most=1500),
        FieldSpec("alliances", "Alliances", FieldType.TEXT, most=1500),
        FieldSpec("balance", "Parts des trois piliers", FieldType.SHARES),
        FieldSpec("effort", "Partage de l’effort : 18 mois, 7 ans, 28 ans", FieldType.SHARES),
        FieldSpec("conditions", "Ce qu’il faut pour qu’il devienne possible", FieldType.TEXT),
        FieldSpec("risks", "Ce qui pourrait l’empêcher", FieldType.TEXT),
        FieldSpec(
            "is_chosen",
            "Scénario retenu",
            FieldType.YES_NO,
            help="Un seul à la fois. La page « Choisir un scénario », dans le simulateur, note aussi la décision et décoche les autres.",
        ),
    ),
    title="title",
    most=30,
)
TOOL = Tool(
    "cible",
    5,
    "Modèle cible",
    "L’équilibre que vous voulez entre les trois piliers, et ce qu’il demande à 18 mois, à 7 ans et à 28 ans.",
    (TARGET, SCENARIO),
)
