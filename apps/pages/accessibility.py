"""The accessibility statement, theme by theme (RGAA 4.1, 106 criteria): what we know, not what we hope."""

from __future__ import annotations

from dataclasses import dataclass

TESTED = "Rien de contraire trouvé"
PARTLY = "En partie"
NONE = "Sans objet"


@dataclass(frozen=True, slots=True)
class Theme:
    number: int
    name: str
    criteria: int
    means: str
    verdict: str
    note: str


THEMES = (
    Theme(
        1, "Images", 9, "axe, relecture", TESTED, "Chaque figure a un texte de remplacement et un tableau."
    ),
    Theme(2, "Cadres", 2, "relecture", NONE, "Aucune page n’en contient."),
    Theme(
        3, "Couleurs", 3, "axe, mesure des contrastes", TESTED, "Une forme ou un mot double chaque couleur."
    ),
    Theme(4, "Multimédia", 13, "relecture", NONE, "Ni vidéo ni son dans cette version."),
    Theme(
        5,
        "Tableaux",
        8,
        "axe, relecture",
        TESTED,
        "En-têtes de lignes et de colonnes, titre de chaque tableau.",
    ),
    Theme(
        6,
        "Liens",
        2,
        "axe, relecture",
        PARTLY,
        "La clarté de chaque intitulé n’a pas été jugée par des utilisateurs.",
    ),
    Theme(
        7,
        "Scripts",
        5,
        "axe, clavier",
        PARTLY,
        "Tout marche sans script\u202f; l’annonce des changements par un lecteur d’écran reste à essayer.",
    ),
    Theme(
        8,
        "Éléments obligatoires",
        10,
        "axe, tests",
        TESTED,
        "Langue, titre de page, code valide pour le navigateur.",
    ),
    Theme(
        9,
        "Structuration",
        4,
        "axe, relecture",
        TESTED,
        "Un titre de niveau 1 par page, des régions, de vraies listes.",
    ),
    Theme(
        10,
        "Présentation",
        14,
        "axe, 320 px, zoom",
        PARTLY,
        "Les contrastes élevés et l’espacement forcé du texte restent à essayer.",
    ),
    Theme(
        11,
        "Formulaires",
        13,
        "axe, clavier, tests",
        TESTED,
        "Étiquettes, aides et erreurs reliées à leur champ\u202f; la saisie est gardée.",
    ),
    Theme(
        12,
        "Navigation",
        11,
        "axe, clavier",
        TESTED,
        "Menu, plan du site, lien d’évitement, ordre de passage au clavier.",
    ),
    Theme(
        13,
        "Consultation",
        12,
        "tests, contrôle PDF/UA",
        PARTLY,
        "Le PDF est balisé mais n’a pas été lu avec une aide technique.",
    ),
)
