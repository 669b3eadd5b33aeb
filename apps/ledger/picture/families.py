"""The families that resources and costs are shown in: the same names, colours and fills as in the diagnostic (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from apps.core.figures import mix
from apps.core.figures.fills import filled
from apps.core.figures.palette import ACCENT_DEEP, ACCENT_SOFT, ALLIANCES, HUMAN, LEAF, NEUTRAL, Tone
from apps.core.figures.svg import Svg
from apps.ledger.years import IN_KIND, LedgerYear
from apps.ledger.years import RESOURCES as FEEDS

UNPLACED = "unplaced"  # what has no nature yet
SUBSIDIES = tuple(nature for nature in FEEDS if nature.startswith("subv_"))
GIVEN = frozenset(IN_KIND)
TO_PLACE = Tone(ACCENT_DEEP, ACCENT_SOFT, LEAF)


@dataclass(frozen=True, slots=True)
class Family:
    """``subject`` and ``plural``: how a sentence begins. ``short``: where the name does not fit in a figure."""

    name: str
    short: str
    natures: tuple[str, ...]
    kind: str
    tone: Tone
    subject: str
    plural: bool = True

    @property
    def in_kind(self) -> bool:
        return bool(GIVEN.intersection(self.natures))

    @property
    def swatch(self) -> Svg:
        return Svg(26, 17, self.name, tuple(filled(self.kind, 0, 0, 26, 17, self.tone)))

    def amount(self, year: LedgerYear, amounts: Mapping[str, Decimal]) -> Decimal | None:
        """None when unknown: nothing was typed, or this kind of gift could not be valued."""
        known = [amounts[nature] for nature in self.natures if nature in amounts]
        if known:
            return sum(known, Decimal("0.00"))
        return Decimal("0.00") if year.is_complete and not self.in_kind else None


OTHERS = ("autres_produits", "exceptionnels", "reprises")
SUBJECTS = (
    ("cotisations", "les cotisations"),
    ("ventes", "les ventes et la commande publique"),
    ("subv_etat", "les subventions publiques"),
    ("dons", "les dons, le mécénat et les fondations"),
    ("financiers", "les produits financiers"),
)


def _known(first: str, subject: str) -> Family:
    """A family of the diagnostic's figure; subsidies of other public bodies join the public ones."""
    one = next(family for family in mix.FAMILIES if first in family.keys)
    natures = SUBSIDIES if first in SUBSIDIES else one.keys
    return Family(one.name, one.short, natures, one.kind, one.tone, subject)


VOLUNTEERING = Family(
    "Bénévolat valorisé", "Bénévolat", IN_KIND[:1], "solid", HUMAN, "le bénévolat", plural=False
)
PARTNERS = Family(
    "Apports de partenaires en nature", "En nature", IN_KIND[1:], "solid", ALLIANCES, "les apports en nature"
)
RESOURCES = (
    *(_known(first, subject) for first, subject in SUBJECTS),
    Family(
        "Autres produits et reprises",
        "Autres",
        OTHERS,
        "hatch",
        NEUTRAL,
        "les autres produits et les reprises",
    ),
    Family("Sans nature encore", "Sans nature", (UNPLACED,), "hatch", TO_PLACE, "les produits sans nature"),
    VOLUNTEERING,
    PARTNERS,
)
OTHER_COSTS = ("other_costs", "financial_costs", "exceptional_costs", "income_tax")
COSTS = (
    Family(
        "Salaires et charges sociales",
        "Salaires",
        ("payroll",),
        "solid",
        HUMAN,
        "les salaires et charges sociales",
    ),
    Family("Impôts et taxes", "Taxes", ("taxes",), "hatch", HUMAN, "les impôts et taxes"),
    Family("Achats", "Achats", ("purchases",), "solid", NEUTRAL, "les achats"),
    Family(
        "Loyers, honoraires, déplacements",
        "Services",
        ("services", "outside_services"),
        "hatch",
        NEUTRAL,
        "les loyers, les honoraires et les déplacements",
    ),
    Family(
        "Amortissements et provisions",
        "Amortissements",
        ("depreciation",),
        "hollow",
        NEUTRAL,
        "les amortissements",
    ),
    Family("Autres charges", "Autres", OTHER_COSTS, "dots", NEUTRAL, "les autres charges"),
    Family("Sans nature encore", "Sans nature", (UNPLACED,), "hatch", TO_PLACE, "les charges sans nature"),
    Family(
        "Temps des bénévoles", "Bénévolat", IN_KIND[:1], "dots", HUMAN, "le temps des bénévoles", plural=False
    ),
    Family(
        "Locaux, services et biens reçus",
        "En nature",
        IN_KIND[1:],
        "solid",
        ALLIANCES,
        "les apports en nature",
    ),
)


def amounts_of(year: LedgerYear, unplaced: Decimal, given: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Nature → euros of one year: its own, what has no nature yet, and ``given`` in the place of what is in kind."""
    own = {nature: amount for nature, amount in year.amounts.items() if nature not in GIVEN}
    return own | ({UNPLACED: unplaced} if unplaced else {}) | dict(given)
