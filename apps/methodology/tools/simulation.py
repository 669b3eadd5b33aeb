"""Step 5, « simulateur »: where the figures start from, and the hypotheses of each scenario.

The twelve sorts of ``apps.simulator`` say which of these fields a hypothesis asks; here are all of them, each once.
"""

from __future__ import annotations

from apps.core.typography import MONTHS as MONTH_NAMES
from apps.methodology.tools.photograph import COSTS, RESOURCES
from apps.methodology.tools.specs import FieldSpec, FieldType, Kind, Tool
from apps.simulator.plan import FEWEST_YEARS, MOST_YEARS
from apps.simulator.sorts import ALL, EUROS, YEARLY, Quantity

NATURES = (("all_costs", "Toutes les charges, sauf les amortissements"), *COSTS, *RESOURCES)
DELAYS = (("0", "Dans le mois"), ("1", "1 mois après"), *((str(n), f"{n} mois après") for n in range(2, 13)))
MONEY = (EUROS, YEARLY)
MOST_EACH = 40


def quantities() -> dict[str, list[Quantity]]:
    """By code, as each sort that asks it words it."""
    found: dict[str, list[Quantity]] = {}
    for sort in ALL:
        for one in sort.quantities:
            found.setdefault(one.code, []).append(one)
    return found


QUANTITIES = quantities()


def amount(code: str) -> FieldSpec:
    """Its label where no sort is chosen; the page words it as the sort does."""
    first, *_ = said = QUANTITIES[code]
    units = {one.unit for one in said}
    return FieldSpec(
        code,
        first.label,
        FieldType.EUROS if units <= set(MONEY) else FieldType.NUMBER,
        first.help,
        unit=first.unit if len(units) == 1 else "",
        is_signed=any(one.is_signed for one in said),
    )


HYPOTHESIS = Kind(
    "hypothesis",
    "hypothèse",
    "hypothèses",
    (
        FieldSpec("title", "Nom de l’hypothèse", FieldType.LINE, most=120),
        FieldSpec("sort", "Sorte", FieldType.CHOICE, choices=tuple((sort.code, sort.label) for sort in ALL)),
        FieldSpec("starts", "Commence le", FieldType.DATE, "Vide : dès la première année."),
        FieldSpec("lasts", "Dure", FieldType.NUMBER, "Vide : jusqu’à la fin du calcul.", unit="ans", most=50),
        FieldSpec("nature", "Ressource ou charge", FieldType.CHOICE, choices=NATURES),
        FieldSpec("saved_on", "Charge allégée", FieldType.CHOICE, choices=COSTS),
        FieldSpec("low", "Au plus bas", FieldType.NUMBER, is_signed=True),
        FieldSpec("mid", "Le plus probable", FieldType.NUMBER, is_signed=True),
        FieldSpec("high", "Au plus haut", FieldType.NUMBER, is_signed=True),
        *(amount(code) for code in QUANTITIES),
        FieldSpec("notes", "D’où viennent ces chiffres", FieldType.TEXT, most=1000),
    ),
    of="scenario",
    title="title",
    is_feminine=True,
    most=600,
    most_each=MOST_EACH,
    shown_at="method:simulation",
)
SIMULATION = Kind(
    "simulation",
    "le réglage du calcul",
    "le réglage du calcul",
    (
        FieldSpec(
            "base_year", "Exercice de départ", FieldType.NUMBER, "Vide : le dernier de l’étape 3.", most=2200
        ),
        FieldSpec(
            "years",
            "Nombre d’années à calculer",
            FieldType.CHOICE,
            "Vide : cinq ans.",
            choices=tuple((str(n), f"{n} ans") for n in range(FEWEST_YEARS, MOST_YEARS + 1)),
        ),
        FieldSpec(
            "treasury",
            "Trésorerie",
            FieldType.EUROS,
            "Banque et caisse, le dernier jour de l’exercice.",
            unit="€",
            is_signed=True,
        ),
        FieldSpec(
            "equity", "Fonds propres", FieldType.EUROS, "Au bilan, le même jour.", unit="€", is_signed=True
        ),
        FieldSpec(
            "receivables",
            "Ce qu’on nous doit",
            FieldType.EUROS,
            "Subventions et factures qui ne sont pas encore payées.",
            unit="€",
        ),
        FieldSpec(
            "payables",
            "Ce que nous devons",
            FieldType.EUROS,
            "Fournisseurs et retards. Ni emprunts, ni ce qui revient chaque mois comme les cotisations.",
            unit="€",
        ),
        FieldSpec(
            "delay_public",
            "Subventions et commande publique",
            FieldType.CHOICE,
            "Vide : versées dans le mois.",
            choices=DELAYS,
        ),
        FieldSpec(
            "public_month",
            "Ou le mois où les subventions arrivent",
            FieldType.CHOICE,
            "Vide : réparties sur l’année, au délai ci-dessus.",
            choices=tuple((str(rank), name) for rank, name in enumerate(MONTH_NAMES, 1)),
        ),
        FieldSpec("delay_sales", "Ventes", FieldType.CHOICE, "Vide : payées dans le mois.", choices=DELAYS),
        FieldSpec(
            "delay_suppliers",
            "Nos fournisseurs",
            FieldType.CHOICE,
            "Vide : nous les payons dans le mois.",
            choices=DELAYS,
        ),
        FieldSpec(
            "settle_months",
            "Temps pour solder ce qui est dû au départ",
            FieldType.CHOICE,
            "Vide : trois mois.",
            choices=tuple((str(n), f"{n} mois") for n in range(1, 13)),
        ),
        FieldSpec(
            "hour_value",
            "Valeur d’une heure de bénévolat",
            FieldType.EUROS,
            "Vide : les heures ne comptent pas dans le barycentre.",
            unit="€ par heure",
            most=1000,
        ),
        FieldSpec(
            "with_in_kind",
            "Bénévolat et apports en nature dans le barycentre",
            FieldType.CHOICE,
            "Vide : oui.",
            choices=(("yes", "Oui"), ("no", "Non")),
        ),
    ),
    is_single=True,
)
TOOL = Tool(
    "simulateur",
    5,
    "Simulateur",
    "Ce que chaque scénario donnerait : résultat, trésorerie, équilibre des trois piliers, et ce qui reste incertain.",
    (SIMULATION, HYPOTHESIS),
    reads=("scenario", "year", "target"),
)
