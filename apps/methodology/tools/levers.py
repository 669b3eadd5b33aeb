"""Step 6, « arbre des leviers »: levers by pillar, partnerships, and the seven steps of a partnership."""

from __future__ import annotations

from apps.methodology.tools.specs import FieldSpec, FieldType, Kind, Tool

# The seven steps of a partnership and the four aims of the « carré magique »: their published names were not found
# (facts.md § 4), these are ours and shown so.
PARTNERSHIP_STEPS = (
    ("clarify", "Clarifier votre projet et vos objectifs"),
    ("type", "Choisir le type de partenariat"),
    ("meet", "Identifier et rencontrer les partenaires"),
    ("build", "Construire ensemble le projet commun"),
    ("contract", "Écrire l’accord"),
    ("steer", "Piloter et faire vivre"),
    ("evaluate", "Évaluer et valoriser"),
)
AIMS = (
    ("means", "Des moyens\u00a0: argent, temps, compétences, lieux"),
    ("reach", "Un rayonnement\u00a0: être connus et crédibles"),
    ("impact", "Un effet plus grand sur le besoin"),
    ("learning", "Un apprentissage\u00a0: faire autrement, innover"),
)

LEVER = Kind(
    "lever",
    "levier",
    "leviers",
    (
        FieldSpec("title", "Levier", FieldType.LINE, most=160),
        FieldSpec("pillar", "Pilier", FieldType.CHOICE, source="pillars"),
        FieldSpec(
            "branch",
            "Branche de l’arbre",
            FieldType.LINE,
            help="Une branche qui existe déjà, ou le nom d’une nouvelle.",
            most=80,
        ),
        FieldSpec("idea", "L’idée en quelques mots", FieldType.TEXT, most=1500),
        FieldSpec("activities", "Activités concernées", FieldType.ITEMS, source="activity"),
        FieldSpec(
            "decision",
            "Décision",
            FieldType.CHOICE,
            choices=(("chosen", "Retenu"), ("later", "Plus tard"), ("set_aside", "Écarté")),
        ),
        FieldSpec("reason", "Pourquoi", FieldType.TEXT, most=1000),
        FieldSpec("conditions", "Conditions de réussite", FieldType.TEXT, most=1500),
        FieldSpec("risks", "Risques", FieldType.TEXT, most=1500),
    ),
    title="title",
    most=200,
)
PARTNERSHIP = Kind(
    "partnership",
    "partenariat",
    "partenariats",
    (
        FieldSpec("title", "Partenaire", FieldType.LINE, most=160),
        FieldSpec("type", "Type de partenariat", FieldType.CHOICE, source="partnership_types"),
        FieldSpec("main_aim", "Objectif prioritaire", FieldType.CHOICE, choices=AIMS),
        FieldSpec("other_aims", "Autres objectifs", FieldType.CHOICES, choices=AIMS),
        FieldSpec("brings", "Ce que le partenaire apporte", FieldType.TEXT, most=1500),
        FieldSpec("receives", "Ce qu’il y gagne", FieldType.TEXT, most=1500),
        FieldSpec("activities", "Activités concernées", FieldType.ITEMS, source="activity"),
        FieldSpec("contact", "Qui s’en occupe chez nous", FieldType.MEMBER),
        FieldSpec("steps_done", "Étapes franchies", FieldType.CHOICES, choices=PARTNERSHIP_STEPS),
        FieldSpec("next", "Prochain pas", FieldType.LINE),
    ),
    title="title",
    most=100,
)
TOOL = Tool(
    "leviers",
    6,
    "Arbre des leviers",
    "Les leviers de chaque pilier, ceux que vous retenez, à quelles conditions, et les partenariats qui les portent.",
    (LEVER, PARTNERSHIP),
)
