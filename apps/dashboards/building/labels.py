"""The rows of each table: their keys, their order, and how they are called. Read from the published content."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from apps.catalogue.models import Fragility, PartnershipType, Region, SizeClass
from apps.core.microtypography import NARROW
from apps.course.enums import PageKind
from apps.course.models import Page
from apps.dashboards.building.queries import EVERYBODY, WITH_EMPLOYEES, WITHOUT_EMPLOYEES
from apps.dashboards.tables import AXES, BANDS, INDICATOR_BANDS, TERNARY_SIDE, Rows
from apps.diagnostic.presenters_words import PROFILES, capital
from apps.diagnostic.scoring import RESOURCE_KEYS
from apps.diagnostic.selectors import current_instrument, questionnaire
from apps.methodology.models import MethodStep
from apps.methodology.models.engagements import FIRST_STEP, LAST_STEP


@dataclass(frozen=True, slots=True)
class RowName:
    """``columns``: names of the columns of this row alone, by key."""

    key: str
    label: str
    columns: Mapping[str, str] = field(default_factory=dict)


PROFILE_ORDER = ("a_securiser", "a_reequilibrer", "en_construction", "a_consolider", "a_deployer")
ALERTS = {
    "cash_critical": "Moins d’un mois de trésorerie",
    "cash_tight": "De un à trois mois de trésorerie",
    "negative_equity": "Fonds propres négatifs",
    "repeated_losses": "Au moins deux exercices de suite en perte",
    "funder_dependency": "Un financeur apporte plus de la moitié",
    "board_not_renewed": "Gouvernance inchangée depuis plus de six ans",
}
RESOURCES = {
    "cotisations": "Cotisations",
    "ventes": "Ventes",
    "commande_publique": "Commande publique",
    "subv_etat": "Subventions de l’État",
    "subv_region": "Subventions de la région",
    "subv_departement": "Subventions du département",
    "subv_bloc_communal": "Subventions de la commune ou de l’intercommunalité",
    "subv_europe": "Subventions européennes",
    "dons": "Dons",
    "mecenat": "Mécénat",
    "fondations": "Aides de fondations",
    "financiers": "Produits financiers",
}
ALL = RowName(EVERYBODY, "Toutes")


def sizes() -> list[RowName]:
    return [RowName(code, name) for code, name in SizeClass.objects.values_list("code", "name")]


def regions() -> list[RowName]:
    return [RowName(code, name) for code, name in Region.objects.values_list("code", "name")]


def fragilities() -> list[RowName]:
    return [RowName(code, name) for code, name in Fragility.objects.values_list("code", "name")]


def partnerships() -> list[RowName]:
    return [RowName(code, name) for code, name in PartnershipType.objects.values_list("code", "name")]


def profiles() -> list[RowName]:
    return [RowName(code, capital(PROFILES[code])) for code in PROFILE_ORDER]


def axes() -> list[RowName]:
    return [RowName(axis.key, axis.label) for axis in AXES]


def statements() -> list[RowName]:
    """Of the instrument in use: another one's statements would be other rows."""
    return [RowName(one.code, one.topic) for one in questionnaire(current_instrument()).statements]


def indicators() -> list[RowName]:
    keys = [column.key for column in BANDS]
    return [
        RowName(key, label, dict(zip(keys, names, strict=True)))
        for key, (label, _, names) in INDICATOR_BANDS.items()
    ]


def balances() -> list[RowName]:
    """The 25 cells of the triangle: their three numbers sum to 3 or to 4 (``columns.BALANCE``)."""
    side = range(TERNARY_SIDE)
    cells = [
        (human, financial, alliances)
        for human in reversed(side)
        for financial in reversed(side)
        for alliances in reversed(side)
        if human + financial + alliances in (TERNARY_SIDE - 1, TERNARY_SIDE - 2)
    ]
    return [RowName("-".join(map(str, cell)), balance_name(cell)) for cell in cells]


def balance_name(cell: Sequence[int]) -> str:
    """« Humaines de 40 à 60 %, financières de 20 à 40 %, alliances de 0 à 20 % »."""
    step = 100 // TERNARY_SIDE
    names = ("Humaines", "financières", "alliances")
    return ", ".join(
        f"{name} de {step * part} à {step * (part + 1)}{NARROW}%"
        for name, part in zip(names, cell, strict=True)
    )


def course_steps() -> list[RowName]:
    pages = Page.objects.filter(kind=PageKind.STEP, sheet__isnull=False).order_by("number")
    return [
        RowName(slug, f"{number}. {title}")
        for slug, number, title in pages.values_list("slug", "number", "title")
    ]


def method_steps() -> list[RowName]:
    """Named by the latest edition; its eight numbers stay."""
    titles = dict(MethodStep.objects.order_by("edition", "number").values_list("number", "title"))
    return [
        RowName(str(number), f"{number}. {titles.get(number, 'étape')}")
        for number in range(FIRST_STEP, LAST_STEP + 1)
    ]


def cohorts() -> list[RowName]:
    employers = (RowName(WITH_EMPLOYEES, "Avec salariés"), RowName(WITHOUT_EMPLOYEES, "Sans salarié"))
    return [ALL, *employers, *sizes()]


ROWS: dict[Rows, Callable[[], Sequence[RowName]]] = {
    Rows.REGIONS: regions,
    Rows.SIZES: sizes,
    Rows.FRAGILITIES: fragilities,
    Rows.PROFILES: profiles,
    Rows.AXES: axes,
    Rows.STATEMENTS: statements,
    Rows.ALERTS: lambda: [RowName(code, name) for code, name in ALERTS.items()],
    Rows.INDICATORS: indicators,
    Rows.RESOURCES: lambda: [RowName(key, RESOURCES[key]) for key in RESOURCE_KEYS],
    Rows.PARTNERSHIPS: partnerships,
    Rows.BALANCES: balances,
    Rows.COURSE_STEPS: course_steps,
    Rows.METHOD_STEPS: method_steps,
    Rows.COHORTS: cohorts,
    Rows.EVERYBODY: lambda: [ALL],
}


def all_rows() -> dict[Rows, Sequence[RowName]]:
    """10 queries."""
    return {kind: read() for kind, read in ROWS.items()}
