"""Resources by family, one bar a year (three at most), every bar the same length: shares are the subject."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from apps.core.figures.bars import Part, bar, share_text, spans
from apps.core.figures.fills import filled
from apps.core.figures.lettering import text_width
from apps.core.figures.palette import EDGE, FINANCIAL, INK_SOFT, NEUTRAL, Tone
from apps.core.figures.svg import Element, Svg, rect, text
from apps.core.microtypography import nbsp
from apps.core.typography import Number, euros, exact

WIDTH, BAR, SIZE = 480, 34, 16
YEAR, LEGEND = 76, 27  # heights: a year with its bar, a line of the legend
NOTHING = "–"
EMPTY = "aucune ressource déclarée"


@dataclass(frozen=True)
class Family:
    name: str
    short: str  # where the name does not fit under its part
    keys: tuple[str, ...]
    kind: str
    tone: Tone
    is_extra: bool = False  # not a line of the table when no year has any


PUBLIC = ("subv_etat", "subv_region", "subv_departement", "subv_bloc_communal", "subv_europe")
FAMILIES = (
    Family("Cotisations", "Cotisations", ("cotisations",), "solid", NEUTRAL),
    Family("Ventes et commande publique", "Activité", ("ventes", "commande_publique"), "hatch", FINANCIAL),
    Family("Subventions publiques", "Subventions", PUBLIC, "solid", FINANCIAL),
    Family("Dons, mécénat, fondations", "Privé", ("dons", "mecenat", "fondations"), "dots", FINANCIAL),
    Family("Produits financiers", "Financiers", ("financiers",), "hollow", NEUTRAL),
    Family("Autres produits", "Autres", ("autres_produits",), "dots", NEUTRAL, is_extra=True),
)
KEYS = frozenset(key for family in FAMILIES for key in family.keys)


@dataclass(frozen=True)
class Year:
    """Euros by category, 0 or more; categories left out count for nothing."""

    label: str
    amounts: Mapping[str, Number]

    def totals(self) -> tuple[Fraction, ...]:
        """One a family. ValueError for an unknown category or a negative amount."""
        return self._totals

    @cached_property
    def _totals(self) -> tuple[Fraction, ...]:
        if unknown := set(self.amounts) - KEYS:
            raise ValueError(f"unknown category: {sorted(unknown)}")
        if any(exact(amount) < 0 for amount in self.amounts.values()):
            raise ValueError("a resource is negative")
        return tuple(sum((exact(self.amounts.get(k, 0)) for k in f.keys), Fraction(0)) for f in FAMILIES)

    def shares(self) -> tuple[Fraction, ...]:
        totals = self.totals()
        whole = sum(totals)
        return tuple(total / whole for total in totals) if whole else totals


def draw(years: tuple[Year, ...]) -> Svg:
    """From the oldest to the latest, one to three. ValueError otherwise."""
    if not 1 <= len(years) <= 3:
        raise ValueError("one to three years")
    base = YEAR * len(years) - 20
    named = _named(years[-1])
    under = [text((x, base + 20), name, size=SIZE, text_anchor="middle") for x, name in named.values()]
    legend = [] if not any(years[-1].totals()) else _legend(years, set(named), base + (30 if under else 8))
    height = base + (28 if under else 4) + (LEGEND * (len(legend)) + 4 if legend else 0)
    body = [e for rank, year in enumerate(years) for e in _year(year, YEAR * rank)]
    lines = [element for entry in legend for element in entry]
    return Svg(
        WIDTH,
        height,
        nbsp(f"Ressources par famille. {' '.join(_said(year) for year in years)}"),
        (*body, *under, *lines),
        ("Famille", *(year.label for year in years)),
        _rows(years),
    )


def _year(year: Year, y: float) -> list[Element]:
    total = sum(year.totals())
    head = [text((0, y + 15), year.label, size=SIZE, font_weight=700)]
    if not total:
        frame = rect(
            1, y + 23, WIDTH - 2, BAR - 2, fill="none", stroke=EDGE, stroke_width=1.5, stroke_dasharray="5 4"
        )
        return [*head, frame, text((12, y + 44), EMPTY, size=SIZE, fill=INK_SOFT)]
    head.append(text((WIDTH, y + 15), euros(total), size=SIZE, fill=INK_SOFT, text_anchor="end"))
    parts = [Part(share, f.kind, f.tone) for share, f in zip(year.shares(), FAMILIES, strict=True)]
    return [*head, *bar(parts, y + 22, WIDTH, BAR, SIZE)]


def _named(year: Year) -> dict[str, tuple[float, str]]:
    """Families whose name fits under their part of the last bar: (middle, name)."""
    placed: dict[str, tuple[float, str]] = {}
    for family, (x, width) in zip(FAMILIES, spans(year.shares(), WIDTH), strict=True):
        for name in (family.name, family.short):
            if text_width(name, SIZE) <= width:
                placed.setdefault(family.name, (x + width / 2, name))
    return placed


def _legend(years: tuple[Year, ...], named: set[str], y: float) -> list[list[Element]]:
    """A line for each family drawn somewhere and not named under the bar."""
    lines: list[list[Element]] = []
    for rank, (family, share) in enumerate(zip(FAMILIES, years[-1].shares(), strict=True)):
        if family.name in named or not any(year.totals()[rank] for year in years):
            continue
        top = y + LEGEND * len(lines)
        words = f"{family.name} : {share_text(share)}"
        lines.append(
            [*filled(family.kind, 0, top, 26, 17, family.tone), text((36, top + 14), nbsp(words), size=SIZE)]
        )
    return lines


def _said(year: Year) -> str:
    if not any(year.totals()):
        return f"{year.label} : {EMPTY}."
    families = zip(FAMILIES, year.shares(), strict=True)
    parts = ", ".join(f"{family.name.lower()} {share_text(share)}" for family, share in families if share)
    return f"{year.label}, {euros(sum(year.totals()))} : {parts}."


def _rows(years: tuple[Year, ...]) -> tuple[tuple[str, ...], ...]:
    columns = [_column(year) for year in years]
    rows = zip((*(family.name for family in FAMILIES), "Total"), *columns, strict=True)
    idle = {
        family.name
        for rank, family in enumerate(FAMILIES)
        if family.is_extra and not any(year.totals()[rank] for year in years)
    }
    return tuple(row for row in rows if row[0] not in idle)


def _column(year: Year) -> tuple[str, ...]:
    """Nothing declared is not zero euros."""
    if not any(year.totals()):
        return (NOTHING,) * (len(FAMILIES) + 1)
    cells = zip(year.totals(), year.shares(), strict=True)
    return (*(f"{euros(total)} ({share_text(share)})" for total, share in cells), euros(sum(year.totals())))
