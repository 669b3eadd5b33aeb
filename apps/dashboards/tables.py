"""The fixed, published list of tables of a release (pure; ``confidentiality.md``, rule 5).

A table has rows of one dimension and never crosses two characteristics that an association can be recognised by.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    COUNT = "count"  # one column, ``n``
    MEANS = "means"  # a mean of 0 to 100 and its n, a column an axis
    DISTRIBUTION = "distribution"  # the columns share out the associations of the row
    CHANGE = "change"  # « before » and « now », means of the same associations
    AMOUNTS = "amounts"  # a sum of euros, told as a band
    QUARTILES = "quartiles"  # q1, q2, q3 on 0 to 100, a column an axis


class Rows(StrEnum):
    """Where the rows come from; ``building.labels`` gives their keys, names and order."""

    REGIONS = "regions"
    SIZES = "sizes"
    FRAGILITIES = "fragilities"
    PROFILES = "profiles"
    AXES = "axes"
    STATEMENTS = "statements"
    ALERTS = "alerts"
    INDICATORS = "indicators"
    RESOURCES = "resources"
    PARTNERSHIPS = "partnerships"
    BALANCES = "balances"
    COURSE_STEPS = "course_steps"
    METHOD_STEPS = "method_steps"
    COHORTS = "cohorts"
    EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Table:
    """``splits``: the rows share out the population, each association in one of them at most.

    ``tells_answers``: being in a cell tells an answer, so that « nobody » and « all of them » are hidden too; the
    other tables count who takes part, by characteristics that anybody can know.
    """

    key: str
    title: str
    says: str
    kind: Kind
    rows: Rows
    columns: tuple[Column, ...] = (Column("n", "Associations"),)
    splits: bool = False
    tells_answers: bool = True


AXES = tuple(
    Column(code, name)
    for code, name in (
        ("A", "Richesses humaines"),
        ("B", "Ressources financières"),
        ("C", "Alliances stratégiques"),
        ("D", "Ancrage et échelons"),
        ("E", "Trajectoire et maturité"),
    )
)
# Lower bounds in, upper bounds out, but 100 is in the last.
SCORE_BANDS = tuple(
    Column(f"b{low}", f"de {low} à {high}")
    for low, high in ((0, 20), (20, 40), (40, 60), (60, 80), (80, 100))
)
VOICES = (
    Column("board_higher", "La gouvernance voit plus haut"),
    Column("same", "Même regard, à moins d’un demi-niveau"),
    Column("team_higher", "L’équipe voit plus haut"),
)
BANDS = tuple(Column(f"b{rank}", f"Tranche {rank}") for rank in (1, 2, 3, 4))
# Upper bounds of the first three bands (out); the fourth has none. Ratios of 0 to 1, months, or a number of sources.
INDICATOR_BANDS: dict[str, tuple[str, tuple[float, float, float], tuple[str, str, str, str]]] = {
    "months_of_cash": (
        "Trésorerie, en mois de charges",
        (1, 3, 6),
        ("moins d’un mois", "de 1 à 3 mois", "de 3 à 6 mois", "6 mois ou plus"),
    ),
    "months_of_equity": (
        "Fonds propres, en mois de charges",
        (0, 3, 6),
        ("négatifs", "de 0 à 3 mois", "de 3 à 6 mois", "6 mois ou plus"),
    ),
    "top_funder_share": (
        "Part du premier financeur",
        (0.3, 0.5, 0.7),
        ("moins de 30 %", "de 30 à 50 %", "de 50 à 70 %", "70 % ou plus"),
    ),
    "public_subsidy_share": (
        "Part des subventions publiques",
        (0.25, 0.5, 0.75),
        ("moins de 25 %", "de 25 à 50 %", "de 50 à 75 %", "75 % ou plus"),
    ),
    "multi_year_share": (
        "Part des ressources pluriannuelles",
        (0.1, 0.3, 0.5),
        ("moins de 10 %", "de 10 à 30 %", "de 30 à 50 %", "50 % ou plus"),
    ),
    "effective_sources": (
        "Nombre équivalent de sources",
        (1.5, 2.5, 4),
        ("moins de 1,5", "de 1,5 à 2,5", "de 2,5 à 4", "4 ou plus"),
    ),
}
# Barycentres: each side of the triangle is cut in five; a cell is the floor of five times each of the three shares.
TERNARY_SIDE = 5

TABLES: tuple[Table, ...] = (
    Table("participation", "Associations comptées", "Toutes celles de cette publication.", Kind.COUNT, Rows.EVERYBODY, tells_answers=False),
    Table("participation-region", "Associations par région", "Une association, une région.", Kind.COUNT, Rows.REGIONS, splits=True, tells_answers=False),
    Table("participation-taille", "Associations par taille", "Une association, une tranche de budget.", Kind.COUNT, Rows.SIZES, splits=True, tells_answers=False),
    Table("participation-fragilite", "Associations par fragilité", "Jusqu’à trois domaines par association : les nombres ne s’additionnent pas.", Kind.COUNT, Rows.FRAGILITIES, tells_answers=False),
    Table("axes", "Les cinq axes", "Moyenne sur 100.", Kind.MEANS, Rows.EVERYBODY, AXES),
    Table("axes-region", "Les cinq axes par région", "Moyenne sur 100.", Kind.MEANS, Rows.REGIONS, AXES, splits=True),
    Table("axes-taille", "Les cinq axes par taille", "Moyenne sur 100.", Kind.MEANS, Rows.SIZES, AXES, splits=True),
    Table("axes-fragilite", "Les cinq axes par fragilité", "Moyenne sur 100 ; jusqu’à trois domaines par association.", Kind.MEANS, Rows.FRAGILITIES, AXES),
    Table("axes-profil", "Les cinq axes par profil", "Moyenne sur 100.", Kind.MEANS, Rows.PROFILES, AXES, splits=True),
    Table("distribution-axes", "Comment les associations se répartissent", "Associations par tranche de vingt points.", Kind.DISTRIBUTION, Rows.AXES, SCORE_BANDS),
    Table("equilibre", "Où se trouve l’équilibre", "Associations par case du triangle des trois appuis.", Kind.COUNT, Rows.BALANCES, splits=True),
    Table("profils", "Les profils", "Une association, un profil.", Kind.COUNT, Rows.PROFILES, splits=True),
    Table("alertes", "Les alertes", "Une association peut en avoir plusieurs.", Kind.COUNT, Rows.ALERTS),
    Table("forces", "Les forces les plus fréquentes", "Jusqu’à trois énoncés par association.", Kind.COUNT, Rows.STATEMENTS),
    Table("fragiles", "Les points les plus souvent fragiles", "Jusqu’à trois énoncés par association.", Kind.COUNT, Rows.STATEMENTS),
    Table("regards", "Gouvernance et équipe", "Associations où les deux voix peuvent être comparées, par axe.", Kind.DISTRIBUTION, Rows.AXES, VOICES),
    Table("finances", "Repères financiers", "Associations par tranche ; les tranches changent d’un repère à l’autre.", Kind.DISTRIBUTION, Rows.INDICATORS, BANDS),
    Table("ressources", "D’où vient l’argent", "Somme du dernier exercice des associations qui l’ont donné, dite par tranche.", Kind.AMOUNTS, Rows.RESOURCES, (Column("total", "Montant"),)),
    Table("partenariats", "Les types de partenariats", "Associations qui en ont écrit au moins un dans leur démarche.", Kind.COUNT, Rows.PARTNERSHIPS),
    Table("evolution", "Depuis la campagne d’avant", "Moyennes des mêmes associations, celles qui ont recommencé.", Kind.CHANGE, Rows.AXES, (Column("before", "La fois d’avant"), Column("now", "Cette fois"))),
    Table("parcours", "Le parcours de formation", "Associations dont au moins une personne a fini l’étape.", Kind.COUNT, Rows.COURSE_STEPS),
    Table("methode", "La méthode en huit étapes", "Associations dont une démarche a validé l’étape, ou l’a finie.", Kind.COUNT, Rows.METHOD_STEPS),
    Table("reperes", "Pour se situer", "Les quarts de chaque groupe, arrondis à 5 points.", Kind.QUARTILES, Rows.COHORTS, AXES),
)  # fmt: skip
BY_KEY: dict[str, Table] = {table.key: table for table in TABLES}
# What a reader may ask to see alone: one value of one of these dimensions (rules 5 and 7).
FILTERS: dict[str, str] = {
    "region": "axes-region",
    "taille": "axes-taille",
    "fragilite": "axes-fragilite",
    "profil": "axes-profil",
}
