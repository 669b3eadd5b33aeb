"""What of the model leans on each pillar: our proposal, declared once with its reasons; never a score (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from apps.ledger.picture.families import UNPLACED

HUMAN, FINANCIAL, ALLIANCES, NONE = "human", "financial", "alliances", ""


@dataclass(frozen=True, slots=True)
class Attribution:
    """``natures`` that ``pillar`` counts, NONE for none of the three."""

    name: str
    natures: tuple[str, ...]
    pillar: str
    reason: str


ATTRIBUTIONS = (
    Attribution(
        "Salaires et charges sociales",
        ("payroll",),
        HUMAN,
        "Ce que coûte le travail des personnes salariées.",
    ),
    Attribution(
        "Impôts et taxes",
        ("taxes",),
        HUMAN,
        "Dans une association, surtout la taxe sur les salaires et la formation.",
    ),
    Attribution(
        "Bénévolat valorisé",
        ("in_kind_volunteering",),
        HUMAN,
        "Du temps donné par des personnes : le compter, c’est le voir.",
    ),
    Attribution("Cotisations", ("cotisations",), FINANCIAL, "De l’argent des membres, libre d’emploi."),
    Attribution(
        "Ventes et commande publique",
        ("ventes", "commande_publique"),
        FINANCIAL,
        "De l’argent reçu en échange d’une activité.",
    ),
    Attribution(
        "Subventions publiques",
        ("subv_etat", "subv_region", "subv_departement", "subv_bloc_communal", "subv_europe", "subv_autres"),
        FINANCIAL,
        "De l’argent public. Quand la collectivité agit aussi à vos côtés, c’est également une alliance : à débattre.",
    ),
    Attribution(
        "Dons et legs", ("dons",), FINANCIAL, "De l’argent donné par des personnes, sans relation organisée."
    ),
    Attribution(
        "Produits financiers et autres produits",
        ("financiers", "autres_produits", "exceptionnels", "reprises", UNPLACED),
        FINANCIAL,
        "De l’argent, ou une écriture qui en tient lieu.",
    ),
    Attribution(
        "Mécénat", ("mecenat",), ALLIANCES, "Une entreprise s’engage avec vous : l’argent suit la relation."
    ),
    Attribution("Fondations", ("fondations",), ALLIANCES, "Un partenaire qui choisit un projet et le suit."),
    Attribution(
        "Locaux et services reçus",
        ("in_kind_services",),
        ALLIANCES,
        "Une commune, une entreprise ou une autre association met en commun ce qu’elle a.",
    ),
    Attribution(
        "Biens reçus",
        ("in_kind_goods",),
        ALLIANCES,
        "Des biens donnés, le plus souvent par un partenaire régulier.",
    ),
    Attribution(
        "Achats, loyers, honoraires, amortissements, autres charges",
        (
            "purchases",
            "services",
            "outside_services",
            "depreciation",
            "other_costs",
            "financial_costs",
            "exceptional_costs",
            "income_tax",
        ),
        NONE,
        "Des moyens de faire tourner l’ensemble : ils ne disent rien d’un appui.",
    ),
)


def lines(pillar: str, amounts: Mapping[str, Decimal]) -> list[tuple[Attribution, Decimal]]:
    """What ``pillar`` counts in these amounts, the largest first; nothing for what is not there."""
    found = [(one, _sum(one, amounts)) for one in ATTRIBUTIONS if one.pillar == pillar]
    return sorted(
        ((one, amount) for one, amount in found if amount is not None and amount), key=lambda pair: -pair[1]
    )


def total(pillar: str, amounts: Mapping[str, Decimal]) -> Decimal | None:
    """None when nothing that it counts is known."""
    known = [
        amount for one in ATTRIBUTIONS if one.pillar == pillar and (amount := _sum(one, amounts)) is not None
    ]
    return sum(known, Decimal("0.00")) if known else None


def _sum(one: Attribution, amounts: Mapping[str, Decimal]) -> Decimal | None:
    known = [amounts[nature] for nature in one.natures if nature in amounts]
    return sum(known, Decimal("0.00")) if known else None
