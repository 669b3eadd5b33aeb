"""What the page of a release is made of, in order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """``tables``: those drawn there; the parts « axes » and « selon » are made apart."""

    slug: str
    title: str
    note: str
    tables: tuple[str, ...] = ()


GROUPS = "selon"
PARTS = (
    Part(
        "qui",
        "Qui est compté",
        "Des associations dont la dernière campagne est close. On lit un nombre, jamais un nom.",
        ("participation-region", "participation-taille", "participation-fragilite"),
    ),
    Part("axes", "Cinq axes", "Moyenne sur 100. Aucune note d’ensemble : cinq lectures."),
    Part(GROUPS, "Groupe par groupe", "Un seul groupe à la fois, parmi ceux qui peuvent se montrer."),
    Part(
        "repartition",
        "Derrière la moyenne",
        "Combien d’associations dans chaque tranche de vingt points.",
        ("distribution-axes",),
    ),
    Part(
        "equilibre",
        "L’équilibre des appuis",
        "Le triangle est découpé en 25 cases.",
        ("equilibre", "profils"),
    ),
    Part("alertes", "Alertes", "Les mêmes seuils que dans l’auto-diagnostic.", ("alertes",)),
    Part(
        "forces",
        "Forces et points fragiles",
        "Les dix premiers énoncés qui se montrent.",
        ("forces", "fragiles"),
    ),
    Part("regards", "Gouvernance et équipe", "Là où les deux voix peuvent être comparées.", ("regards",)),
    Part(
        "finances",
        "L’argent",
        "Des tranches, jamais un montant exact.",
        ("finances", "ressources"),
    ),
    Part("partenariats", "Partenariats", "Écrits dans une démarche.", ("partenariats",)),
    Part("evolution", "Depuis la dernière fois", "Les mêmes associations, à deux campagnes.", ("evolution",)),
    Part("chemin", "Se former, avancer", "Le parcours et la méthode.", ("parcours", "methode")),
)
