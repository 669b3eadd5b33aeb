"""Step 3, « photographie du modèle actuel »: three pillars × two scales × three stages, and three years of accounts."""

from __future__ import annotations

from itertools import product

from apps.methodology.tools.specs import FieldSpec, FieldType, Kind, Tool

PILLARS = (
    ("human", "Richesses humaines"),
    ("financial", "Ressources financières"),
    ("alliances", "Alliances"),
)
SCALES = (("local", "au plan territorial"), ("national", "au plan national"))
STAGES = (("existing", "existant"), ("growing", "en cours"), ("wanted", "à développer"))

# The activity that « all » stands for is none: an empty reference is the association as a whole.
ABOUT = FieldSpec(
    "activity", "Activité", FieldType.ITEM, source="activity", help="Vide : l’association dans son ensemble."
)


def cell(pillar: str, scale: str, stage: str) -> str:
    return f"{pillar}_{scale}_{stage}"


CELLS = tuple(
    FieldSpec(cell(p, s, t), f"{pillar}, {scale}, {stage}", FieldType.TEXT, most=800)
    for (p, pillar), (s, scale), (t, stage) in product(PILLARS, SCALES, STAGES)
)
PHOTOGRAPH = Kind(
    "photograph",
    "fiche",
    "fiches",
    (ABOUT, *CELLS),
    title="activity",
    blank="L’association dans son ensemble",
    is_feminine=True,
    most=61,
)

# The natures of the diagnostic's finances, so that a year typed there can be taken up here; what is none of them is
# « autres produits », which accounts fill and the simulator needs.
RESOURCES = (
    ("cotisations", "Cotisations"),
    ("ventes", "Ventes et participations des usagers"),
    ("commande_publique", "Commande publique"),
    ("subv_etat", "Subventions de l’État"),
    ("subv_region", "Subventions de la région"),
    ("subv_departement", "Subventions du département"),
    ("subv_bloc_communal", "Subventions de la commune ou de l’intercommunalité"),
    ("subv_europe", "Subventions européennes"),
    ("dons", "Dons"),
    ("mecenat", "Mécénat"),
    ("fondations", "Fondations"),
    ("financiers", "Produits financiers"),
    ("autres_produits", "Autres produits"),
)
COSTS = (
    ("payroll", "Salaires et charges sociales"),
    ("purchases", "Achats"),
    ("services", "Loyers, assurances, entretien"),
    ("outside_services", "Honoraires, déplacements, communication"),
    ("taxes", "Impôts et taxes"),
    ("depreciation", "Amortissements"),
    ("other_costs", "Autres charges"),
)
IN_KIND = (
    ("volunteer_hours", "Heures de bénévolat", "heures"),
    ("in_kind", "Contributions volontaires en nature", "€"),
)
YEAR = Kind(
    "year",
    "exercice",
    "exercices",
    (
        FieldSpec("year", "Exercice", FieldType.NUMBER, most=2200),
        ABOUT,
        *(FieldSpec(code, label, FieldType.EUROS, unit="€") for code, label in RESOURCES),
        *(FieldSpec(code, label, FieldType.EUROS, unit="€") for code, label in COSTS),
        *(FieldSpec(code, label, FieldType.NUMBER, unit=unit) for code, label, unit in IN_KIND),
    ),
    title="year",
    most=183,  # three years of the whole and of sixty activities
)

TOOL = Tool(
    "photographie",
    3,
    "Photographie du modèle actuel",
    "Par activité et dans l’ensemble : les trois piliers, ici et au-delà, ce qui existe, ce qui se prépare, ce qui manque.",
    (PHOTOGRAPH, YEAR),
)
