"""Contributions in kind: hours and things given, in euros, by one of three stated methods (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from apps.core.typography import euros, nbsp
from apps.ledger.picture.smic import smic_on
from apps.ledger.years import IN_KIND, LedgerYear

VOLUNTEERING, PARTNERS = IN_KIND[0], IN_KIND[1:]
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Method:
    """``how`` and ``limit``: a sentence each."""

    code: str
    label: str
    how: str
    limit: str


METHODS = {
    one.code: one
    for one in (
        Method(
            "comptes",
            "Ce que disent vos comptes",
            "Les montants de vos comptes 87, inscrits par la personne qui tient les comptes.",
            "Leur mode de calcul se lit dans l’annexe : s’il a changé d’une année à l’autre, la courbe ne dit rien.",
        ),
        Method(
            "heure",
            "Vos heures, à votre valeur",
            "Les heures de bénévolat, multipliées par la valeur d’une heure que vous avez choisie.",
            "Cette valeur vous appartient : écrivez comment vous l’avez choisie, et gardez-la d’une année à l’autre.",
        ),
        Method(
            "smic",
            "Vos heures, au Smic chargé",
            "Les heures de bénévolat, multipliées par le Smic horaire brut en vigueur au dernier jour de l’exercice, "
            "augmenté des cotisations patronales.",
            "C’est un plancher : une heure de trésorerie ou de direction se paierait plus cher.",
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Valued:
    """What was given in one year. ``volunteering`` is None when this method cannot value it: ``missing`` says why."""

    year: LedgerYear
    volunteering: Decimal | None
    rate: str = ""  # the value of an hour, in words
    missing: str = ""
    partners: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def amounts(self) -> dict[str, Decimal]:
        """Nature → euros, only what is valued."""
        own = {} if self.volunteering is None else {VOLUNTEERING: self.volunteering}
        return own | dict(self.partners)

    @property
    def total(self) -> Decimal | None:
        """None when nothing is valued."""
        return sum(self.amounts.values(), Decimal("0.00")) if self.amounts else None


def method_for(years: Sequence[LedgerYear], asked: str) -> Method:
    """The one asked; else the accounts when they value volunteering, the hour value typed, then the Smic."""
    if asked in METHODS:
        return METHODS[asked]
    if any(VOLUNTEERING in year.amounts for year in years):
        return METHODS["comptes"]
    if any(year.volunteer_hours is not None and year.hour_value is not None for year in years):
        return METHODS["heure"]
    return METHODS["smic" if any(year.volunteer_hours is not None for year in years) else "comptes"]


def value(year: LedgerYear, method: Method) -> Valued:
    """Things and services given by partners always come from the accounts: no hour is counted for them."""
    partners = {nature: year.amounts[nature] for nature in PARTNERS if nature in year.amounts}
    amount, rate, missing = {"comptes": _accounts, "heure": _hour, "smic": _smic}[method.code](year)
    return Valued(year, amount, nbsp(rate), nbsp(missing), partners)


Found = tuple[Decimal | None, str, str]


def _accounts(year: LedgerYear) -> Found:
    amount = year.amounts.get(VOLUNTEERING)
    return amount, "", "" if amount is not None else f"Aucun bénévolat dans les comptes 87 de {year.year}."


def _hour(year: LedgerYear) -> Found:
    if year.hour_value is None:
        return None, "", f"Il manque la valeur d’une heure en {year.year}."
    return _hours(year, year.hour_value, f"{euros(year.hour_value, 2)} de l’heure, valeur choisie par vous")


def _smic(year: LedgerYear) -> Found:
    found = smic_on(year.ends_on)
    if found is None:
        return None, "", f"Nous n’avons pas le Smic d’avant 2019, pour {year.year}."
    return _hours(year, found.loaded, found.said)


def _hours(year: LedgerYear, hour: Decimal, rate: str) -> Found:
    if year.volunteer_hours is None:
        return None, "", f"Il manque les heures de bénévolat en {year.year}."
    return (year.volunteer_hours * hour).quantize(CENT, ROUND_HALF_UP), rate, ""
