"""One year of accounts, in plain words. What was typed is kept whatever is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField

from apps.core.typography import euros
from apps.diagnostic.forms.numbers import FrenchNumberField
from apps.diagnostic.models import FinanceYear
from apps.diagnostic.scoring import RESOURCE_KEYS

BILLION = 1_000_000_000


def money(label: str, help_text: str = "", *, signed: bool = False) -> FrenchNumberField:
    lowest = -BILLION if signed else 0
    return FrenchNumberField(lowest=lowest, highest=BILLION, unit="€", label=label, help_text=help_text)


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the form: what it is about, and its fields."""

    title: str
    note: str
    fields: list[BoundField]


class FinanceYearForm(forms.Form):
    charges = money("Total des charges", "Tout ce que l’année a coûté, au bas du compte de résultat.")
    depreciation = money(
        "Dont amortissements et provisions",
        "Des charges qui ne sortent pas de la caisse. Zéro si vous n’en avez pas.",
    )
    payroll = money("Dont masse salariale", "Salaires et cotisations sociales, employeur compris.")
    result = money(
        "Résultat de l’année", "Avec un signe moins si l’année finit en perte : −1 500.", signed=True
    )
    treasury = money(
        "Trésorerie en fin d’année", "Comptes, livrets et caisse, moins les découverts.", signed=True
    )
    equity = money(
        "Fonds propres en fin d’année",
        "Au passif du bilan : fonds associatifs, réserves, reports.",
        signed=True,
    )
    cotisations = money("Cotisations des membres")
    ventes = money(
        "Ventes et participations des usagers", "Billets, stages, adhésions à une activité, prestations."
    )
    commande_publique = money("Commande publique", "Marchés et prestations payés par une collectivité.")
    subv_etat = money("Subventions de l’État", "Ministères, agences, emplois aidés.")
    subv_region = money("Subventions de la région")
    subv_departement = money("Subventions du département")
    subv_bloc_communal = money("Subventions de la commune et de l’intercommunalité")
    subv_europe = money("Subventions de l’Europe")
    dons = money("Dons des particuliers")
    mecenat = money("Mécénat des entreprises", "En argent ; le mécénat en nature se note plus bas.")
    fondations = money("Fondations et fonds de dotation")
    financiers = money("Produits financiers", "Intérêts des livrets et des placements.")
    resources_complete = forms.BooleanField(
        required=False,
        label="Les lignes de ressources laissées vides valent zéro",
        help_text="Sans cette case, une ligne vide veut dire « je ne sais pas », "
        "et la part de chaque ressource n’est pas calculée.",
    )
    top_funder = money("Ce que verse votre premier financeur", "Toutes ses aides de l’année ensemble.")
    multi_year = money(
        "Ce qui est promis sur plusieurs années", "Part de l’année qui vient de conventions pluriannuelles."
    )
    volunteer_hours = FrenchNumberField(
        highest=10_000_000,
        unit="heures",
        label="Heures de bénévolat dans l’année",
        help_text="Une estimation suffit.",
    )
    employees_fte = FrenchNumberField(
        highest=100_000,
        unit="ETP",
        label="Salariés, en équivalent temps plein",
        help_text="Deux mi-temps font 1. Zéro sans salarié.",
    )
    in_kind = money(
        "Dons et prêts en nature", "Locaux, matériel, mécénat de compétences, à leur valeur estimée."
    )

    GROUPS: ClassVar[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
        ("L’année en bref", "Au compte de résultat.", ("charges", "depreciation", "payroll", "result")),
        ("Au dernier jour", "Au bilan.", ("treasury", "equity")),
        ("D’où vient l’argent", "Les produits de l’année.", (*RESOURCE_KEYS, "resources_complete")),
        ("Ce qui fait tenir", "Dépendance et visibilité.", ("top_funder", "multi_year")),
        ("Ce qui ne passe pas par la caisse", "Le temps et les dons en nature.",
         ("volunteer_hours", "employees_fte", "in_kind")),
    )  # fmt: skip

    @classmethod
    def figures_of(cls, year: FinanceYear) -> dict[str, Any]:
        """Initial values from a saved year."""
        values = {name: getattr(year, name) for name in cls.base_fields if name != "resources_complete"}
        return {**values, "resources_complete": all(values[key] is not None for key in RESOURCE_KEYS)}

    def groups(self) -> list[Group]:
        return [Group(title, note, [self[name] for name in names]) for title, note, names in self.GROUPS]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.pop("resources_complete", False):
            for key in RESOURCE_KEYS:
                # An amount that could not be read stays an error, it is not « left empty ».
                if key not in self.errors and data.get(key) is None:
                    data[key] = Decimal(0)
        self.check_charges(data)
        self.check_total(data)
        if not self.errors and all(value is None for value in data.values()):
            raise forms.ValidationError(
                "Aucun chiffre n’est saisi. Donnez-en au moins un, même approximatif."
            )
        return data

    def check_charges(self, data: dict[str, Any]) -> None:
        charges = data.get("charges")
        if charges is None:
            return
        if (payroll := data.get("payroll")) is not None and payroll > charges * Decimal("1.5"):
            self.add_error(
                "payroll",
                f"La masse salariale dépasse de loin le total des charges ({euros(charges)}), "
                "dont elle fait partie. Vérifiez ces deux montants.",
            )
        if (depreciation := data.get("depreciation")) is not None and depreciation > charges:
            self.add_error(
                "depreciation",
                f"C’est plus que le total des charges ({euros(charges)}), dont ce montant fait partie.",
            )

    def check_total(self, data: dict[str, Any]) -> None:
        amounts = [data.get(key) for key in RESOURCE_KEYS]
        known = [amount for amount in amounts if amount is not None]
        if len(known) < len(amounts):
            return
        total = sum(known, Decimal(0))
        for name in ("top_funder", "multi_year"):
            if (part := data.get(name)) is not None and part > total:
                self.add_error(
                    name, f"C’est plus que le total de vos ressources ({euros(total)}). Vérifiez les deux."
                )
