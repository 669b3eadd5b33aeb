"""How figures and indicators of the accounts are named, written and explained (pure)."""

from dataclasses import dataclass

from apps.diagnostic.scoring.finances import RESOURCE_KEYS

FIELDS = {
    "charges": "les charges",
    "depreciation": "les amortissements",
    "payroll": "la masse salariale",
    "treasury": "la trésorerie",
    "equity": "les fonds propres",
    "top_funder": "le montant du premier financeur",
    "multi_year": "les ressources pluriannuelles",
    "volunteer_hours": "les heures de bénévolat",
    "employees_fte": "les salariés en équivalents temps plein",
    "in_kind": "les contributions en nature",
    "cotisations": "les cotisations",
    "ventes": "les ventes",
    "commande_publique": "la commande publique",
    "subv_etat": "les subventions de l’État",
    "subv_region": "les subventions de la région",
    "subv_departement": "les subventions du département",
    "subv_bloc_communal": "les subventions de la commune ou de l’intercommunalité",
    "subv_europe": "les subventions européennes",
    "dons": "les dons",
    "mecenat": "le mécénat",
    "fondations": "l’aide de fondations",
    "financiers": "les produits financiers",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """How an indicator is named, written and explained; ``needs`` are the figures of the latest year."""

    label: str
    how: str
    needs: tuple[str, ...]
    unit: str


MEASURES = {
    "months_of_cash": Measure(
        "Trésorerie, en mois",
        "trésorerie ÷ dépenses d’un mois, hors amortissements",
        ("treasury", "charges", "depreciation"),
        "months",
    ),
    "months_of_equity": Measure(
        "Fonds propres, en mois", "fonds propres ÷ charges d’un mois", ("equity", "charges"), "months"
    ),
    "top_funder_share": Measure(
        "Part du premier financeur",
        "premier financeur ÷ ressources",
        ("top_funder", *RESOURCE_KEYS),
        "percent",
    ),
    "effective_sources": Measure(
        "Nombre équivalent de sources",
        "1 ÷ indice de concentration, la somme des parts au carré",
        RESOURCE_KEYS,
        "number",
    ),
    "public_subsidy_share": Measure(
        "Part des subventions publiques", "subventions ÷ ressources", RESOURCE_KEYS, "percent"
    ),
    "public_order_share": Measure(
        "Part de la commande publique", "commande publique ÷ ressources", RESOURCE_KEYS, "percent"
    ),
    "multi_year_share": Measure(
        "Part pluriannuelle",
        "ressources promises sur plusieurs années ÷ ressources",
        ("multi_year", *RESOURCE_KEYS),
        "percent",
    ),
    "payroll_share": Measure(
        "Masse salariale dans les charges",
        "montrée, jamais jugée : les repères publiés se contredisent",
        ("payroll", "charges"),
        "percent",
    ),
    "volunteer_fte": Measure("Bénévolat, en temps plein", "heures ÷ 1 607", ("volunteer_hours",), "number"),
    "volunteer_per_employee": Measure(
        "Bénévolat pour un salarié",
        "bénévolat ÷ salariés, en temps plein",
        ("volunteer_hours", "employees_fte"),
        "number",
    ),
    "in_kind_share": Measure(
        "Part des contributions en nature",
        "en nature ÷ (charges + en nature)",
        ("in_kind", "charges"),
        "percent",
    ),
    "resources_change": Measure(
        "Évolution des ressources", "du premier exercice donné au dernier", (), "change"
    ),
}

INVITATION = (
    "Sans eux, le questionnaire dit comment vous gérez, pas où vous en êtes. À la prochaine "
    "campagne, donnez un à trois "
    "exercices : les charges, le résultat, la trésorerie, les fonds propres et l’origine des "
    "ressources tiennent sur une "
    "page de vos comptes annuels."
)
ACCOUNTS = {
    "charges": "Charges",
    "payroll": "dont masse salariale",
    "result": "Résultat",
    "treasury": "Trésorerie",
    "equity": "Fonds propres",
}
