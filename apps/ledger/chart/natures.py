"""The natures that accounts are placed in: fixed codes, French labels, and the figure of the platform each one feeds (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Side = Literal["resource", "cost", "in_kind", "in_kind_use", "balance"]


@dataclass(frozen=True, slots=True)
class Nature:
    """``feeds``: a resource of the diagnostic, a cost of step 3, a figure of the balance, or "" for none of them.

    ``sign``: 1 when the amount grows with credits, −1 when it grows with debits.
    """

    code: str
    label: str
    side: Side
    feeds: str
    sign: int


def resource(code: str, label: str, feeds: str | None = None) -> Nature:
    return Nature(code, label, "resource", code if feeds is None else feeds, 1)


def cost(code: str, label: str, feeds: str | None = None) -> Nature:
    return Nature(code, label, "cost", code if feeds is None else feeds, -1)


def balance(code: str, label: str, sign: int) -> Nature:
    return Nature(code, label, "balance", code if code in BALANCE_FIGURES else "", sign)


BALANCE_FIGURES = ("equity", "dedicated_funds", "borrowings", "treasury")

NATURES: dict[str, Nature] = {
    nature.code: nature
    for nature in (
        resource("cotisations", "Cotisations"),
        resource("ventes", "Ventes et participations des usagers"),
        resource("commande_publique", "Commande publique et concours publics"),
        resource("subv_etat", "Subventions de l’État"),
        resource("subv_region", "Subventions de la région"),
        resource("subv_departement", "Subventions du département"),
        resource("subv_bloc_communal", "Subventions de la commune ou de l’intercommunalité"),
        resource("subv_europe", "Subventions européennes"),
        # Counted with the State in the twelve categories of the diagnostic: they are public, and none of the others.
        resource("subv_autres", "Subventions d’autres organismes publics (CAF, MSA, agences…)", "subv_etat"),
        resource("dons", "Dons et legs"),
        resource("mecenat", "Mécénat d’entreprises"),
        resource("fondations", "Fondations et autres organismes sans but lucratif"),
        resource("financiers", "Produits financiers"),
        resource("autres_produits", "Autres produits", ""),
        resource("exceptionnels", "Produits exceptionnels", ""),
        resource(
            "reprises", "Reprises, fonds dédiés utilisés, quotes-parts de subventions d’investissement", ""
        ),
        cost("payroll", "Salaires et charges sociales"),
        cost("purchases", "Achats"),
        cost("services", "Loyers, assurances, entretien"),
        cost("outside_services", "Honoraires, déplacements, communication"),
        cost("taxes", "Impôts et taxes"),
        cost("depreciation", "Amortissements et provisions"),
        cost("other_costs", "Autres charges, reports en fonds dédiés"),
        cost("financial_costs", "Charges financières", "other_costs"),
        cost("exceptional_costs", "Charges exceptionnelles", "other_costs"),
        cost("income_tax", "Impôt sur les bénéfices", "other_costs"),
        Nature("in_kind_volunteering", "Bénévolat valorisé", "in_kind", "in_kind", 1),
        Nature("in_kind_services", "Prestations et locaux gratuits", "in_kind", "in_kind", 1),
        Nature("in_kind_goods", "Dons en nature", "in_kind", "in_kind", 1),
        Nature("in_kind_used", "Emplois des contributions en nature", "in_kind_use", "", -1),
        balance("equity", "Fonds propres", 1),
        balance("dedicated_funds", "Fonds dédiés et reportés", 1),
        balance("provisions", "Provisions", 1),
        balance("borrowings", "Emprunts", 1),
        balance("fixed_assets", "Immobilisations", -1),
        balance("stocks", "Stocks", -1),
        balance("third_parties", "Créances et dettes", -1),
        balance("treasury", "Trésorerie", -1),
    )
}

SIDES: dict[str, Side] = {"6": "cost", "7": "resource", "86": "in_kind_use", "87": "in_kind"}
SIDES |= dict.fromkeys("12345", "balance")
SIDE_WORDS: dict[str, str] = {
    "resource": "un produit",
    "cost": "une charge",
    "in_kind": "une contribution en nature reçue",
    "in_kind_use": "un emploi de contribution en nature",
    "balance": "un compte de bilan",
    "": "un compte hors bilan ou de suivi",
}


def side_of(number: str) -> Side | None:
    """The side of an account by its class; None outside classes 1 to 7, 86 and 87."""
    return SIDES.get(number[:2]) or SIDES.get(number[:1])


def refusal(number: str, nature: str) -> str:
    """Why this nature cannot be given to this account, in French; "" when it can."""
    found, side = NATURES.get(nature), side_of(number)
    if found is None:
        return f"La nature «\u00a0{nature}\u00a0» n’existe pas. Choisissez-en une dans la liste."
    if found.side == side:
        return ""
    if side is None:
        return f"Le compte {number} n’entre ni dans le bilan ni dans le résultat\u00a0: il reste à part, sans nature."
    return (
        f"Le compte {number} est {SIDE_WORDS[side]}, et «\u00a0{found.label}\u00a0» désigne {SIDE_WORDS[found.side]}. "
        f"Choisissez une nature du même côté."
    )
