"""A year typed by hand, nature by nature; and what accounts do not say. An empty box is unknown, never zero."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from apps.diagnostic.forms.finances import money
from apps.diagnostic.forms.numbers import FrenchNumberField
from apps.ledger.chart.natures import NATURES
from apps.ledger.forms.days import DaysForm
from apps.ledger.models import Exercise
from apps.ledger.services.exercises import BESIDE, COMPLEMENTS
from apps.ledger.years import COSTS, IN_KIND, RESOURCES

BALANCES = ("treasury", "equity", "dedicated_funds", "borrowings")
SIGNED = {
    "treasury": ("Trésorerie au dernier jour", "Comptes, livrets et caisse, moins les découverts."),
    "equity": ("Fonds propres au dernier jour", "Au passif du bilan, résultat de l’année compris."),
}
PLAIN = {
    "dedicated_funds": ("Fonds dédiés au dernier jour", "Reçus pour un projet, pas encore dépensés."),
    "borrowings": ("Emprunts restant à rembourser", ""),
    "receivables": ("Ce qu’on nous doit au dernier jour", "Factures et subventions à recevoir."),
    "payables": ("Ce que nous devons au dernier jour", "Fournisseurs, salaires, cotisations sociales, État."),
}
DAYS = ("starts_on", "ends_on")


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    note: str
    fields: list[BoundField]


class TypedYearForm(DaysForm):
    """The fields are the natures: one list for the accounts that are read and those that are typed."""

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        for nature in (*RESOURCES, *COSTS, *IN_KIND):
            self.fields[nature] = money(NATURES[nature].label)
        for name, (label, note) in (SIGNED | PLAIN).items():
            self.fields[name] = money(label, note, signed=name in SIGNED)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        ends = data.get("ends_on")
        if ends and ends.year != self.year:
            self.add_error("ends_on", f"L’exercice {self.year} se termine en {self.year}.")
        if not self.errors and all(value is None for value in self.amounts().values()):
            raise forms.ValidationError(
                "Aucun montant n’est saisi. Donnez-en au moins un, même approximatif."
            )
        return data

    def amounts(self) -> dict[str, Decimal | None]:
        return {name: value for name, value in self.cleaned_data.items() if name not in DAYS}

    def groups(self) -> list[Group]:
        parts = (
            ("L’exercice", "Douze mois le plus souvent.", DAYS),
            ("Les ressources", "Les produits du compte de résultat.", tuple(RESOURCES)),
            ("Les charges", "Au compte de résultat.", tuple(COSTS)),
            ("Les dons en nature", "S’ils sont valorisés. Ils ne comptent pas dans le résultat.", IN_KIND),
            ("Au dernier jour", "Au bilan.", ("treasury", "equity", "dedicated_funds", "receivables", "payables", "borrowings")),
        )  # fmt: skip
        return [Group(title, note, [self[name] for name in names]) for title, note, names in parts]

    @staticmethod
    def figures_of(exercise: Exercise) -> dict[str, Any]:
        """Initial values from a saved year."""
        natures = {one.nature: one.amount for one in exercise.natures.all() if not one.section}
        beside = {name: getattr(exercise, name) for name in (*BESIDE, *DAYS)}
        return {**natures, **beside}


class ComplementForm(forms.Form):
    """What accounts do not say, typed beside."""

    volunteer_hours = FrenchNumberField(
        highest=10_000_000,
        unit="heures",
        label="Heures de bénévolat dans l’année",
        help_text="Une estimation suffit.",
    )
    hour_value = FrenchNumberField(
        highest=1_000,
        unit="€",
        label="Valeur d’une heure de bénévolat",
        help_text="En euros, selon la méthode que votre association a choisie. Vide\u00a0: les heures ne sont pas valorisées.",
    )
    employees_fte = FrenchNumberField(
        highest=100_000,
        unit="ETP",
        label="Salariés, en équivalent temps plein",
        help_text="Deux mi-temps font 1. Zéro sans salarié.",
    )
    top_funder = money("Ce que verse votre premier financeur", "Toutes ses aides de l’année ensemble.")
    multi_year = money(
        "Ce qui est promis sur plusieurs années", "Part de l’année qui vient de conventions pluriannuelles."
    )

    @staticmethod
    def figures_of(exercise: Exercise) -> dict[str, Any]:
        return {name: getattr(exercise, name) for name in COMPLEMENTS}

    def said(self) -> dict[str, Decimal | None]:
        return dict(self.cleaned_data)
