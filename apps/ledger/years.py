"""One exercise of an association, as everything outside the accounts reads it (pure).

Amounts are euros with two places; resources and costs are positive in their normal sense.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

Source = Literal["fec", "pasted", "typed"]

# Nature → the figure of the diagnostic it goes to; "" feeds none of the twelve resources.
RESOURCES: dict[str, str] = {
    "cotisations": "cotisations",
    "ventes": "ventes",
    "commande_publique": "commande_publique",
    "subv_etat": "subv_etat",
    "subv_region": "subv_region",
    "subv_departement": "subv_departement",
    "subv_bloc_communal": "subv_bloc_communal",
    "subv_europe": "subv_europe",
    "subv_autres": "subv_etat",
    "dons": "dons",
    "mecenat": "mecenat",
    "fondations": "fondations",
    "financiers": "financiers",
    "autres_produits": "",
    "exceptionnels": "",
    "reprises": "",
}
# Nature → the line of step 3 of the method it goes to.
COSTS: dict[str, str] = {
    "payroll": "payroll",
    "purchases": "purchases",
    "services": "services",
    "outside_services": "outside_services",
    "taxes": "taxes",
    "depreciation": "depreciation",
    "other_costs": "other_costs",
    "financial_costs": "other_costs",
    "exceptional_costs": "other_costs",
    "income_tax": "other_costs",
}
IN_KIND = ("in_kind_volunteering", "in_kind_services", "in_kind_goods")
ZERO = Decimal("0.00")
MOST_YEARS = 5


def total(amounts: Mapping[str, Decimal], natures: Mapping[str, object] | tuple[str, ...]) -> Decimal:
    return sum((amounts[nature] for nature in natures if nature in amounts), ZERO)


@dataclass(frozen=True, slots=True)
class LedgerYear:
    """``year``: civil year of the last day. ``amounts``: nature → euros; a nature without anything is left out.

    A year read from accounts knows everything: a nature left out is zero there. In a year typed by hand it is unknown.
    ``unmapped``: absolute euros still without nature, balance accounts included; ``unmapped_resources`` and
    ``unmapped_costs`` are the part of it that counts in the result. ``sections``: analytic code → nature → euros.
    """

    key: UUID
    year: int
    starts_on: date
    ends_on: date
    source: Source
    amounts: Mapping[str, Decimal]
    treasury: Decimal | None = None
    equity: Decimal | None = None  # the result of the year included
    dedicated_funds: Decimal | None = None
    receivables: Decimal | None = None
    payables: Decimal | None = None
    borrowings: Decimal | None = None
    volunteer_hours: Decimal | None = None
    employees_fte: Decimal | None = None
    top_funder: Decimal | None = None
    multi_year: Decimal | None = None
    hour_value: Decimal | None = None  # euros for one hour of volunteering
    unmapped: Decimal = ZERO
    unmapped_resources: Decimal = ZERO
    unmapped_costs: Decimal = ZERO
    sections: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        """True when a nature left out is zero; False when it is unknown."""
        return self.source != "typed"

    @property
    def resources(self) -> Decimal:
        """Euros of the natures of resources, without what has no nature nor what is in kind."""
        return total(self.amounts, RESOURCES)

    @property
    def costs(self) -> Decimal:
        return total(self.amounts, COSTS)

    @property
    def in_kind(self) -> Decimal:
        """The contributions that the accounts value, in euros; never in the result."""
        return total(self.amounts, IN_KIND)

    @property
    def result(self) -> Decimal:
        """That of the accounts to the cent: what has no nature yet counts too."""
        return self.resources + self.unmapped_resources - self.costs - self.unmapped_costs

    @property
    def months(self) -> int:
        """12, unless the exercise is longer or shorter; at least 1."""
        whole = (self.ends_on.year - self.starts_on.year) * 12 + self.ends_on.month - self.starts_on.month
        return whole + (1 if self.ends_on.day >= self.starts_on.day else 0) or 1

    def finances(self) -> dict[str, Decimal]:
        """Figures and resources of the diagnostic that these accounts can fill; what is unknown is left out."""
        found = {key: ZERO for key in RESOURCES.values() if key} if self.is_complete else {}
        for nature, key in RESOURCES.items():
            if key and nature in self.amounts:
                found[key] = found.get(key, ZERO) + self.amounts[nature]
        has_costs, has_resources = (
            any(n in self.amounts for n in COSTS),
            any(n in self.amounts for n in RESOURCES),
        )
        if self.is_complete or has_costs:
            found["charges"] = self.costs + self.unmapped_costs
        if self.is_complete or (has_costs and has_resources):
            found["result"] = self.result
        for key in ("payroll", "depreciation"):
            if self.is_complete or key in self.amounts:
                found[key] = self.amounts.get(key, ZERO)
        if any(nature in self.amounts for nature in IN_KIND[1:]):
            found["in_kind"] = total(self.amounts, IN_KIND[1:])
        beside = ("treasury", "equity", "volunteer_hours", "employees_fte", "top_funder", "multi_year")
        return {**found, **self._known(beside)}

    def step3(self) -> dict[str, Decimal]:
        """Lines of an exercise in step 3 of the method, ``autres_produits`` beyond the twelve; nothing unknown."""
        found: dict[str, Decimal] = {}
        for nature, key in {**RESOURCES, **COSTS}.items():
            if nature in self.amounts:
                code = key or "autres_produits"
                found[code] = found.get(code, ZERO) + self.amounts[nature]
        # Volunteering is there in hours: its value beside them would count it twice.
        if any(nature in self.amounts for nature in IN_KIND[1:]):
            found["in_kind"] = total(self.amounts, IN_KIND[1:])
        return {**found, **self._known(("volunteer_hours",))}

    def _known(self, names: tuple[str, ...]) -> dict[str, Decimal]:
        values = {name: getattr(self, name) for name in names}
        return {name: value for name, value in values.items() if value is not None}
